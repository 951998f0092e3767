/* rungs-endpoint-command.c: where forms, shops and mail providers send what happened. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "engine/rungs-pull-round.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-secret.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-password-prompt.h"
#include "rungs-source-argument.h"
#include "web/rungs-web-endpoint-store.h"
#include "web/rungs-web-keys.h"
#include "web/rungs-web-relay-store.h"
#include "web/rungs-web-trial.h"
#include "wire/rungs-provider.h"
#include "wire/rungs-signature.h"
#include "wire/rungs-wire-json.h"

static const RungsColumn COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "provider", N_ ("Provider"), RUNGS_COLUMN_TEXT, NULL },
  { "path", N_ ("Path"), RUNGS_COLUMN_TEXT, NULL },
  { "source", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "form", N_ ("Form"), RUNGS_COLUMN_TEXT, NULL },
  { "wording", N_ ("Agreed to"), RUNGS_COLUMN_TEXT, NULL },
  { "product", N_ ("Product"), RUNGS_COLUMN_TEXT, NULL },
  { "shop", N_ ("Shop"), RUNGS_COLUMN_TEXT, NULL },
  { "verify", N_ ("Signed"), RUNGS_COLUMN_TEXT, NULL },
  { "mapping", N_ ("Answers"), RUNGS_COLUMN_TEXT, NULL },
  { "handshake", N_ ("Its word"), RUNGS_COLUMN_TEXT, NULL },
  { "pulled_at", N_ ("Asked"), RUNGS_COLUMN_TIME, NULL },
  { "pull_next_at", N_ ("Asked next"), RUNGS_COLUMN_TIME, NULL },
  { "pull_trouble", N_ ("Trouble"), RUNGS_COLUMN_TEXT, NULL },
  { "retired_at", N_ ("Retired"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn PROVIDER_COLUMNS[] = {
  { "key", N_ ("Provider"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "scheme", N_ ("Signed"), RUNGS_COLUMN_TEXT, NULL },
  { "secret", N_ ("Its secret"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn TRIAL_COLUMNS[] = {
  { "step", N_ ("Step"), RUNGS_COLUMN_TERM, NULL },
  { "well", N_ ("Well"), RUNGS_COLUMN_FLAG, NULL },
  { "words", N_ ("What happened"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

/* When its provider is asked, and how that went. */
static void
set_pull (JsonObject             *row,
          RungsDb                *db,
          const RungsWebEndpoint *endpoint)
{
  g_autoptr (RungsWebPullPlan) plan = rungs_web_pull_plan_load (db, endpoint->id, NULL);
  g_auto (RungsWebPullState) state = { 0 };
  gint64 next_at = 0;

  if (plan != NULL && rungs_web_pull_state_load (db, endpoint->id, &state, NULL)
      && !rungs_pull_next_at (db, plan, state.looked_at, &next_at, NULL))
    next_at = 0;
  rungs_row_set_time (row, "pulled_at", state.looked_at);
  rungs_row_set_time (row, "pull_next_at",
                      plan == NULL || plan->stopped_at != 0 || next_at == G_MAXINT64 ? 0 : next_at);
  rungs_row_set_text (row, "pull_trouble",
                      state.trouble != NULL && *state.trouble ? state.trouble : NULL);
}

static JsonObject *
endpoint_to_row (RungsDb                *db,
                 const RungsWebEndpoint *endpoint)
{
  JsonObject *row = rungs_row_new ();
  g_autoptr (RungsSource) source
      = endpoint->source != 0 ? rungs_source_load (db, endpoint->source, NULL) : NULL;
  g_autoptr (RungsProduct) product
      = endpoint->product != 0 ? rungs_product_load (db, endpoint->product, NULL) : NULL;
  g_autofree char *from = source != NULL
                            ? g_strdup_printf ("%s:%s", rungs_source_kind_to_text (source->kind),
                                               source->name)
                            : NULL;

  rungs_row_set_number (row, "id", endpoint->id);
  rungs_row_set_text (row, "name", endpoint->name);
  rungs_row_set_text (row, "provider", endpoint->provider);
  rungs_row_set_text (row, "path", endpoint->path);
  rungs_row_set_text (row, "source", from);
  rungs_row_set_text (row, "form", *endpoint->form ? endpoint->form : NULL);
  rungs_row_set_text (row, "wording", *endpoint->wording ? endpoint->wording : NULL);
  rungs_row_set_text (row, "product", product != NULL ? product->sku : NULL);
  rungs_row_set_text (row, "shop", *endpoint->shop ? endpoint->shop : NULL);
  rungs_row_set_text (row, "verify", endpoint->verify);
  rungs_row_set_text (row, "mapping",
                      strcmp (endpoint->mapping, "{}") != 0 ? endpoint->mapping : NULL);
  rungs_row_set_text (row, "handshake", *endpoint->handshake ? endpoint->handshake : NULL);
  set_pull (row, db, endpoint);
  rungs_row_set_time (row, "retired_at", endpoint->retired_at);
  return row;
}

static gboolean
list_endpoints (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (GPtrArray) endpoints = rungs_web_endpoint_list (db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (endpoints == NULL)
    return FALSE;
  for (guint i = 0; i < endpoints->len; i++)
    rungs_listing_add (listing, endpoint_to_row (db, endpoints->pdata[i]));
  rungs_listing_end (listing, _ ("There are no endpoints."));
  return TRUE;
}

static gboolean
list_providers (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (GPtrArray) providers = rungs_provider_list (RUNGS_PROVIDER_RECEIVE, NULL);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, PROVIDER_COLUMNS);

  for (guint i = 0; i < providers->len; i++)
    {
      const RungsProvider *provider = providers->pdata[i];
      JsonObject *receive = rungs_provider_get_section (provider, RUNGS_PROVIDER_RECEIVE);
      JsonObject *row = rungs_row_new ();

      rungs_row_set_text (row, "key", rungs_provider_get_key (provider));
      rungs_row_set_text (row, "name", rungs_provider_get_name (provider));
      rungs_row_set_text (row, "scheme",
                          rungs_wire_json_text (rungs_wire_json_object (receive, "verify"),
                                                "scheme"));
      rungs_row_set_text (row, "secret",
                          rungs_provider_get_words (receive, "secret", g_get_language_names ()));
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no providers."));
  return TRUE;
}

/* ---- adding and changing */

/* "ANSWER=FIELD", with several. */
static gboolean
take_mapping (RungsInvocation   *call,
              RungsWebEndpoint  *endpoint,
              GError           **error)
{
  GPtrArray *given = rungs_invocation_get_texts (call, "map");
  g_autoptr (JsonNode) node = json_from_string (endpoint->mapping, NULL);

  for (guint i = 0; i < given->len; i++)
    {
      const char *equals = strrchr (given->pdata[i], '=');
      g_autofree char *answer
          = equals != NULL
              ? g_strndup (given->pdata[i], (gsize) (equals - (const char *) given->pdata[i]))
              : NULL;

      if (answer == NULL || *answer == '\0')
        return rungs_invocation_refuse (call, "map", _ ("ANSWER=FIELD"), error);
      if (equals[1] == '\0')
        json_object_remove_member (json_node_get_object (node), answer);
      else
        json_object_set_string_member (json_node_get_object (node), answer, equals + 1);
    }
  g_free (endpoint->mapping);
  endpoint->mapping = json_to_string (node, FALSE);
  return TRUE;
}

static gboolean
take_product (RungsInvocation   *call,
              RungsDb           *db,
              RungsWebEndpoint  *endpoint,
              GError           **error)
{
  const char *sku = rungs_invocation_get_text (call, "product", NULL);
  g_autoptr (RungsProduct) product = NULL;

  if (sku == NULL)
    return TRUE;
  if (*sku == '\0')
    {
      endpoint->product = 0;
      return TRUE;
    }
  product = rungs_product_load_by_sku (db, sku, error);
  if (product != NULL)
    endpoint->product = product->id;
  return product != NULL;
}

static gboolean
take_options (RungsInvocation   *call,
              RungsDb           *db,
              RungsWebEndpoint  *endpoint,
              GError           **error)
{
  const char *source = rungs_invocation_get_text (call, "source", NULL);
  const char *verify = rungs_invocation_get_text (call, "verify", NULL);

  rungs_invocation_take_text (call, "name", &endpoint->name);
  rungs_invocation_take_text (call, "form", &endpoint->form);
  rungs_invocation_take_text (call, "wording", &endpoint->wording);
  rungs_invocation_take_text (call, "shop", &endpoint->shop);
  rungs_invocation_take_text (call, "handshake", &endpoint->handshake);
  if (verify != NULL)
    {
      g_free (endpoint->verify);
      endpoint->verify = *verify != '\0' ? g_strdup (verify) : NULL;
    }
  if (source != NULL)
    endpoint->source
        = rungs_source_ensure_by_text (db, source, rungs_invocation_get_now (call), error);
  return (source == NULL || endpoint->source != 0) && take_product (call, db, endpoint, error)
         && take_mapping (call, endpoint, error);
}

/* What programs that show the keyring call the secret. */
static char *
dup_label (const RungsWebEndpoint *endpoint)
{
  return g_strdup_printf (_ ("Rungs: endpoint %s"), endpoint->name);
}

static gboolean
add_endpoint (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsWebEndpoint) endpoint = NULL;

  if (!rungs_invocation_require (call, "provider", error))
    return FALSE;
  endpoint = rungs_web_endpoint_new (rungs_invocation_get_argument (call, 0),
                                     rungs_invocation_get_text (call, "provider", ""));
  if (!take_options (call, db, endpoint, error)
      || rungs_web_endpoint_add (db, endpoint, rungs_invocation_get_now (call), error) == 0)
    return FALSE;
  rungs_column_say (call, endpoint_to_row (db, endpoint),
                    _ ("The endpoint “%s” was added: deliveries come in at %s."), endpoint->name,
                    endpoint->path);
  return TRUE;
}

static gboolean
edit_endpoint (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsWebEndpoint) endpoint
      = rungs_web_endpoint_load_by_name (db, rungs_invocation_get_argument (call, 0), error);

  if (endpoint == NULL || !take_options (call, db, endpoint, error)
      || !rungs_web_endpoint_save (db, endpoint, error))
    return FALSE;
  rungs_column_say (call, endpoint_to_row (db, endpoint), _ ("The endpoint “%s” was changed."),
                    endpoint->name);
  return TRUE;
}

static gboolean
show_endpoint (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsWebEndpoint) endpoint
      = rungs_web_endpoint_load_by_name (db, rungs_invocation_get_argument (call, 0), error);

  if (endpoint == NULL)
    return FALSE;
  rungs_column_show (call, COLUMNS, endpoint_to_row (db, endpoint));
  return TRUE;
}

static gboolean
retire_endpoint (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  g_autoptr (RungsWebEndpoint) endpoint
      = rungs_web_endpoint_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
  gboolean undo = rungs_invocation_has (call, "undo");

  if (endpoint == NULL)
    return FALSE;
  endpoint->retired_at = undo ? 0 : rungs_invocation_get_now (call);
  if (!rungs_web_endpoint_retire (db, endpoint->id, endpoint->retired_at, error))
    return FALSE;
  rungs_column_say (call, endpoint_to_row (db, endpoint),
                    undo ? _ ("The endpoint “%s” is in use again.")
                         : _ ("What comes to “%s” is kept, but no longer done."),
                    endpoint->name);
  return TRUE;
}

static gboolean
set_secret (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsWebEndpoint) endpoint
      = rungs_web_endpoint_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
  g_autofree char *label = endpoint != NULL ? dup_label (endpoint) : NULL;

  if (endpoint == NULL
      || !rungs_password_replace (call, db, endpoint->uuid, endpoint->name, label, error))
    return FALSE;
  rungs_column_say (call, endpoint_to_row (db, endpoint), _ ("The keyring has the secret of “%s”."),
                    endpoint->name);
  return TRUE;
}

/* ---- a sample the whole way */

static void
told_cb (RungsWebTrialStep  step,
         gboolean           well,
         const char        *words,
         gpointer           data)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "step", rungs_web_trial_step_to_text (step));
  rungs_row_set_flag (row, "well", well);
  rungs_row_set_text (row, "words", words);
  rungs_listing_add (data, row);
}

static gboolean
test_endpoint (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsWebEndpoint) endpoint
      = rungs_web_endpoint_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
  g_autoptr (RungsBusiness) business = endpoint != NULL ? rungs_business_load (db, error) : NULL;
  g_autoptr (RungsWebRelay) relay = NULL;
  g_autoptr (RungsWebKeyring) keyring = NULL;
  g_autoptr (RungsListing) listing = NULL;
  g_autoptr (RungsClock) clock = rungs_clock_new ();
  char *secret = NULL;
  char *key = NULL;
  gboolean well = FALSE, ended;
  RungsWebKeys keys;

  if (business == NULL
      || (rungs_invocation_has (call, "password-stdin")
          && !rungs_password_prompt (call, "", &secret, error)))
    return FALSE;
  relay = rungs_web_relay_load (db, NULL);
  if (relay != NULL)
    key = rungs_secret_lookup (business->uuid, relay->uuid, RUNGS_SECRET_TIMEOUT, NULL, NULL);
  keyring = rungs_web_keyring_new (business->uuid, secret);
  rungs_secret_free (secret);
  keys = rungs_web_keyring_get_keys (keyring);
  listing = rungs_listing_new (call, TRIAL_COLUMNS);
  ended = rungs_web_trial (db, endpoint->id, &keys, key, clock, told_cb, listing, NULL, &well,
                           error);
  rungs_secret_free (key);
  if (!ended)
    return FALSE;
  rungs_listing_end (listing, "");
  if (!well)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED,
                 _ ("What is sent to “%s” would not be done."), endpoint->name);
  return well;
}

#define ENDPOINT_OPTIONS                                                                           \
  RUNGS_OPTION ("source", N_ ("KIND:NAME"), N_ ("Where its leads come from")),                     \
    RUNGS_OPTION ("form", N_ ("NAME"), N_ ("What its form is called; else as it says itself")),    \
    RUNGS_OPTION ("wording", N_ ("TEXT"), N_ ("What who sends the form agrees to")),               \
    RUNGS_OPTION ("product", N_ ("SKU"), N_ ("What an order is of that names no product here")),   \
    RUNGS_OPTION ("shop", N_ ("NAME"), N_ ("Which of the seller's shops it is")),                  \
    RUNGS_OPTION ("map", N_ ("ANSWER=FIELD"),                                                      \
                  N_ ("Where an answer goes: email, field:KEY, consent, tags, ignore …")),         \
    RUNGS_OPTION ("handshake", N_ ("WORD"),                                                        \
                  N_ ("With which Meta asks whether it is yours; made where it is not said")),     \
    RUNGS_OPTION ("verify", N_ ("JSON"), N_ ("How it is signed, where not as the provider does"))

static const GOptionEntry ADD_OPTIONS[] = {
  RUNGS_OPTION ("provider", N_ ("PROVIDER"), N_ ("Who sends: see endpoint providers")),
  ENDPOINT_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry EDIT_OPTIONS[] = {
  RUNGS_OPTION ("name", N_ ("NAME"), N_ ("Name of the endpoint")),
  ENDPOINT_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry RETIRE_OPTIONS[] = {
  RUNGS_FLAG ("undo", N_ ("Take it into use again")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry SECRET_OPTIONS[] = {
  RUNGS_FLAG ("password-stdin", N_ ("Read the secret from standard input")),
  RUNGS_OPTIONS_END,
};

#define KEYS                                                                                       \
  "id, name, provider, path, source, form, wording, product, shop, verify, mapping,"          \
  " handshake, pulled_at, pull_next_at, pull_trouble, retired_at"

const RungsCommand RUNGS_ENDPOINT_COMMANDS[] = {
  { "endpoint list", "", N_ ("List where forms, shops and mail providers send to"),
    RUNGS_COMMAND_READS, list_endpoints, NULL, NULL, "[" KEYS "]" },
  { "endpoint providers", "", N_ ("List who can send, and how they sign it"), RUNGS_COMMAND_READS,
    list_providers, NULL, NULL, "[key, name, scheme, secret]" },
  { "endpoint show", "NAME", N_ ("Show an endpoint"), RUNGS_COMMAND_READS, show_endpoint, NULL,
    NULL, "{" KEYS "}" },
  { "endpoint add", "NAME", N_ ("Add an endpoint, with a path that nobody can guess"),
    RUNGS_COMMAND_WRITES, add_endpoint, ADD_OPTIONS, NULL, "{" KEYS "}" },
  { "endpoint edit", "NAME", N_ ("Change an endpoint"), RUNGS_COMMAND_WRITES, edit_endpoint,
    EDIT_OPTIONS, NULL },
  { "endpoint secret", "NAME", N_ ("Put the secret of an endpoint into the keyring"),
    RUNGS_COMMAND_HOLDS, set_secret, SECRET_OPTIONS, NULL },
  { "endpoint test", "NAME", N_ ("Send a sample the whole way, of which nothing stays"),
    RUNGS_COMMAND_HOLDS, test_endpoint, SECRET_OPTIONS, NULL, "[step, well, words]" },
  { "endpoint retire", "NAME", N_ ("Keep what comes to an endpoint, but do it no longer"),
    RUNGS_COMMAND_WRITES, retire_endpoint, RETIRE_OPTIONS, NULL },
  { NULL },
};
