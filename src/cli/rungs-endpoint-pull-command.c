/* rungs-endpoint-pull-command.c: providers that are asked for what they would push. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "engine/rungs-pull-round.h"
#include "mail/rungs-secret.h"
#include "rungs-column.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-password-prompt.h"
#include "wire/rungs-provider-option.h"

static const RungsColumn COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "minutes", N_ ("Asked every … minutes"), RUNGS_COLUMN_COUNT, NULL },
  { "options", N_ ("Told to the provider"), RUNGS_COLUMN_TEXT, NULL },
  { "stopped_at", N_ ("Not asked since"), RUNGS_COLUMN_TIME, NULL },
  { "looked_at", N_ ("Asked"), RUNGS_COLUMN_TIME, NULL },
  { "heard_until", N_ ("Heard until"), RUNGS_COLUMN_TIME, NULL },
  { "next_at", N_ ("Asked next"), RUNGS_COLUMN_TIME, NULL },
  { "trouble", N_ ("Trouble"), RUNGS_COLUMN_TEXT, NULL },
  { "taken", N_ ("Deliveries taken"), RUNGS_COLUMN_NUMBER, NULL },
  { "applied", N_ ("Done"), RUNGS_COLUMN_NUMBER, NULL },
  { "ignored", N_ ("Said nothing new"), RUNGS_COLUMN_COUNT, NULL },
  { "quarantined", N_ ("Wait for a person"), RUNGS_COLUMN_COUNT, NULL },
  { "waiting", N_ ("Wait for their orders"), RUNGS_COLUMN_COUNT, NULL },
  { NULL },
};

/* ---- what it is to be */

/* "KEY=VALUE", with several. */
static gboolean
take_options (RungsInvocation   *call,
              RungsWebPullPlan  *plan,
              GError           **error)
{
  GPtrArray *given = rungs_invocation_get_texts (call, "option");
  g_autoptr (JsonNode) node = json_from_string (plan->options, NULL);

  for (guint i = 0; i < given->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (given->pdata[i], "=", 2);

      if (g_strv_length (parts) != 2 || *parts[0] == '\0')
        return rungs_invocation_refuse (call, "option", _ ("KEY=VALUE"), error);
      json_object_set_string_member (json_node_get_object (node), parts[0], parts[1]);
    }
  g_free (plan->options);
  plan->options = json_to_string (node, FALSE);
  return TRUE;
}

typedef struct
{
  RungsInvocation *call;
  RungsWebPullPlan *plan;
} Saving;

static gboolean
save_plan (RungsDb  *db,
           gpointer  data,
           GError  **error)
{
  Saving *saving = data;

  return rungs_web_pull_plan_save (db, saving->plan, error);
}

static gboolean
is_set_up (RungsInvocation *call)
{
  static const char *const OPTIONS[] = { "every", "since", "option", "key", "stop", "start" };

  for (guint i = 0; i < G_N_ELEMENTS (OPTIONS); i++)
    if (rungs_invocation_has (call, OPTIONS[i]))
      return TRUE;
  return FALSE;
}

/* The key may be there to fetch what deliveries only name; then nothing is asked by itself. */
static gboolean
is_key_alone (RungsInvocation *call)
{
  return rungs_invocation_has (call, "key") && !rungs_invocation_has (call, "every")
         && !rungs_invocation_has (call, "since") && !rungs_invocation_has (call, "option")
         && !rungs_invocation_has (call, "stop") && !rungs_invocation_has (call, "start");
}

/* The one that there is, or a new one. */
static RungsWebPullPlan *
load_plan (RungsDb                 *db,
           const RungsWebEndpoint  *endpoint,
           GError                 **error)
{
  g_autoptr (GError) failure = NULL;
  RungsWebPullPlan *plan = rungs_web_pull_plan_load (db, endpoint->id, &failure);

  if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    return rungs_web_pull_plan_new (endpoint);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return plan;
}

static gboolean
set_up (RungsInvocation         *call,
        RungsDb                 *db,
        const RungsWebEndpoint  *endpoint,
        GError                 **error)
{
  g_autoptr (RungsWebPullPlan) plan = load_plan (db, endpoint, error);
  g_autofree char *owner = rungs_web_pull_dup_owner (endpoint);
  g_autofree char *label
    = g_strdup_printf (_ ("Rungs: API key of the endpoint %s"), endpoint->name);
  Saving saving = { call, plan };

  if (is_key_alone (call))
    return rungs_password_replace (call, db, owner, endpoint->name, label, error);
  if (plan == NULL
      || !rungs_invocation_get_number (call, "every", 0, 60 * 24 * 30, &plan->minutes, error)
      || !rungs_invocation_get_time (call, "since", &plan->since, error)
      || !take_options (call, plan, error))
    return FALSE;
  if (rungs_invocation_has (call, "stop"))
    plan->stopped_at = rungs_invocation_get_now (call);
  else if (rungs_invocation_has (call, "start"))
    plan->stopped_at = 0;
  return rungs_db_write (db, save_plan, &saving, error)
         && (!rungs_invocation_has (call, "key")
             || rungs_password_replace (call, db, owner, endpoint->name, label, error));
}

/* ---- showing */

static gboolean
show (RungsInvocation         *call,
      RungsDb                 *db,
      const RungsWebEndpoint  *endpoint,
      const RungsPullReport   *report,
      GError                 **error)
{
  g_autoptr (RungsWebPullPlan) plan = rungs_web_pull_plan_load (db, endpoint->id, NULL);
  gboolean is_asked = plan != NULL && plan->stopped_at == 0;
  g_auto (RungsWebPullState) state = { 0 };
  gint64 now = rungs_invocation_get_now (call), next_at = G_MAXINT64;
  JsonObject *row;

  if (plan == NULL)
    plan = rungs_web_pull_plan_new (endpoint);
  if ( !rungs_web_pull_state_load (db, endpoint->id, &state, error)
      || !rungs_pull_next_at (db, plan, now, &next_at, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_text (row, "name", endpoint->name);
  rungs_row_set_number (row, "minutes", plan->minutes);
  rungs_row_set_text (row, "options", strcmp (plan->options, "{}") != 0 ? plan->options : NULL);
  rungs_row_set_time (row, "since", plan->since);
  rungs_row_set_time (row, "stopped_at", plan->stopped_at);
  rungs_row_set_time (row, "looked_at", state.looked_at);
  rungs_row_set_time (row, "heard_until", state.heard);
  rungs_row_set_time (row, "next_at",
                      is_asked && next_at != G_MAXINT64 ? next_at : 0);
  rungs_row_set_text (row, "trouble", *state.trouble ? state.trouble : NULL);
  rungs_row_set_number (row, "taken", report->taken);
  rungs_row_set_number (row, "applied", report->result.applied);
  rungs_row_set_number (row, "ignored", report->result.ignored);
  rungs_row_set_number (row, "quarantined", report->result.quarantined);
  rungs_row_set_number (row, "waiting", report->result.waiting);
  rungs_column_show (call, COLUMNS, row);
  return TRUE;
}

static gboolean
pull_endpoint (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsWebEndpoint) endpoint
    = rungs_web_endpoint_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
  RungsPullReport report = { 0 };
  char *key = NULL;
  gboolean done;

  if (endpoint == NULL)
    return FALSE;
  if (is_set_up (call))
    return set_up (call, db, endpoint, error) && show (call, db, endpoint, &report, error);
  if (rungs_invocation_has (call, "password-stdin")
      && !rungs_password_prompt (call, "", &key, error))
    return FALSE;
  done = rungs_pull_now (db, rungs_invocation_get_clock (call), endpoint->id, key, NULL, &report,
                         error);
  rungs_secret_free (key);
  return done && show (call, db, endpoint, &report, error);
}

/* ---- what may be said */

static const RungsColumn OPTION_COLUMNS[] = {
  { "provider", N_ ("Provider"), RUNGS_COLUMN_TEXT, NULL },
  { "option", N_ ("Option"), RUNGS_COLUMN_TEXT, NULL },
  { "label", N_ ("What it is"), RUNGS_COLUMN_TEXT, NULL },
  { "help", N_ ("Where one finds it"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static void
add_option (RungsListing        *listing,
            const RungsProvider *provider,
            const char          *key,
            const char          *label,
            const char          *help)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "provider", rungs_provider_get_key (provider));
  rungs_row_set_text (row, "option", key);
  rungs_row_set_text (row, "label", label);
  rungs_row_set_text (row, "help", *help ? help : NULL);
  rungs_listing_add (listing, row);
}

static gboolean
list_pullable (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  const char *const *languages = g_get_language_names ();
  g_autoptr (GPtrArray) providers = rungs_provider_list (RUNGS_PROVIDER_PULL, NULL);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, OPTION_COLUMNS);

  for (guint i = 0; i < providers->len; i++)
    {
      const RungsProvider *provider = providers->pdata[i];
      g_autoptr (GPtrArray) options
        = rungs_provider_list_options (provider, RUNGS_PROVIDER_PULL, languages);

      add_option (listing, provider, NULL,
                  rungs_provider_get_secret_label (provider, RUNGS_PROVIDER_PULL, languages),
                  rungs_provider_get_secret_help (provider, RUNGS_PROVIDER_PULL, languages));
      for (guint j = 0; j < options->len; j++)
        {
          const RungsProviderOption *option = options->pdata[j];

          add_option (listing, provider, option->key, option->label, option->help);
        }
    }
  rungs_listing_end (listing, _ ("There are no providers."));
  return TRUE;
}

static const GOptionEntry OPTIONS[] = {
  RUNGS_OPTION ("every", N_ ("MINUTES"),
                N_ ("So often, and not more often than the provider likes")),
  RUNGS_OPTION ("since", N_ ("WHEN"), N_ ("Ask for what happened since then")),
  RUNGS_OPTION ("option", N_ ("KEY=VALUE"),
                N_ ("What the provider must be told: see endpoint asks")),
  RUNGS_FLAG ("key", N_ ("Put the provider's API key into the keyring")),
  RUNGS_FLAG ("stop", N_ ("Ask no more")),
  RUNGS_FLAG ("start", N_ ("Ask again")),
  RUNGS_FLAG ("password-stdin", N_ ("Read the API key from standard input")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_ENDPOINT_PULL_COMMANDS[] = {
  { "endpoint asks", "", N_ ("List who can be asked, and what they must be told"),
    RUNGS_COMMAND_READS, list_pullable, NULL, NULL, "[provider, option, label, help]" },
  { "endpoint pull", "NAME", N_ ("Ask the provider of an endpoint for what it would send"),
    RUNGS_COMMAND_HOLDS, pull_endpoint, OPTIONS,
    N_ ("Without options it is asked now. With them it is said how it is asked; from then on it\n"
        "is, while the engine runs. What was pushed already is not done twice."),
    "{name, minutes, options, since, stopped_at, looked_at, heard_until, next_at, trouble, taken,"
    " applied, ignored, quarantined, waiting}" },
  { NULL },
};
