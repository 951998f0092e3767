/* rungs-pull-dialog.c: how the provider of an endpoint is asked for what it would send. */

#include "rungs-pull-dialog.h"

#include <glib/gi18n.h>

#include "leads/rungs-business-store.h"
#include "mail/rungs-secret.h"
#include "rungs-page-opening.h"
#include "rungs-pull-now.h"
#include "web/rungs-web-pull-store.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"
#include "wire/rungs-provider-option.h"

#define MOST_MINUTES (60 * 24 * 30)

/* What is read before the form opens. */
typedef struct
{
  gint64 id;                  /* (in) */
  char *file;                 /* (owned) uuid of the business */
  RungsWebEndpoint *endpoint; /* (owned) */
  RungsWebPullPlan *plan;     /* (owned) */
  gboolean is_new;
  RungsProvider *provider; /* (owned) */
  GPtrArray *options;      /* (owned) (element-type RungsProviderOption) */
} Facts;

/* The form while it is open. */
typedef struct
{
  RungsPage *page; /* (owned) */
  Facts *facts;    /* (owned) */
  GPtrArray *rows; /* (owned) (element-type GtkWidget): of the options, unowned */
  AdwEntryRow *minutes;
  AdwEntryRow *key;
} Dialog;

static void
facts_free (gpointer data)
{
  Facts *self = data;

  g_free (self->file);
  g_clear_pointer (&self->endpoint, rungs_web_endpoint_free);
  g_clear_pointer (&self->plan, rungs_web_pull_plan_free);
  g_clear_pointer (&self->provider, rungs_provider_unref);
  g_clear_pointer (&self->options, g_ptr_array_unref);
  g_free (self);
}

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_object_unref (self->page);
  facts_free (self->facts);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/* ---- storing */

/* A key on its way into the keyring. */
typedef struct
{
  RungsPage *page; /* (owned) */
  gint64 endpoint;
} Keeping;

static void
keeping_free (Keeping *self)
{
  g_object_unref (self->page);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Keeping, keeping_free)

static void
key_stored_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (Keeping) keeping = data;
  g_autoptr (GError) error = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (keeping->page)) == NULL)
    return;
  if (rungs_secret_store_finish (result, &error))
    rungs_pull_now_start (keeping->page, keeping->endpoint);
  else
    rungs_page_notify_error (keeping->page, error);
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          Dialog    *self)
{
  const char *key = gtk_editable_get_text (GTK_EDITABLE (self->key));
  g_autofree char *owner = rungs_web_pull_dup_owner (self->facts->endpoint);
  g_autofree char *label = NULL;
  Keeping *keeping;

  rungs_page_queue_refresh (self->page);
  if (*key == '\0')
    return;
  keeping = g_new0 (Keeping, 1);
  keeping->page = g_object_ref (self->page);
  keeping->endpoint = id;
  label = g_strdup_printf (_ ("Rungs: API key of the endpoint %s"), self->facts->endpoint->name);
  rungs_secret_store_async (self->facts->file, owner, label, key, RUNGS_SECRET_PATIENT_TIMEOUT,
                            NULL, key_stored_cb, keeping);
}

/* On the store's writing thread. */
static gpointer
store_plan (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const RungsWebPullPlan *plan = data;

  return rungs_web_pull_plan_save (db, plan, error)
           ? g_memdup2 (&plan->endpoint, sizeof plan->endpoint)
           : NULL;
}

static char *
dup_value (GtkWidget *row)
{
  return RUNGS_IS_CHOICE_ROW (row)
           ? g_strdup (rungs_choice_row_get_value (RUNGS_CHOICE_ROW (row)))
           : rungs_form_dup_entry (ADW_ENTRY_ROW (row));
}

/* Returns: (transfer full) (nullable): NULL where one is marked as wrong. */
static char *
dup_options (Dialog *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  gboolean right = TRUE;

  json_node_take_object (node, object);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const RungsProviderOption *option = self->facts->options->pdata[i];
      g_autofree char *value = dup_value (self->rows->pdata[i]);
      g_autoptr (GError) fault = NULL;
      gboolean fits = rungs_provider_option_check (option, value ? value : "", &fault);

      if (ADW_IS_ENTRY_ROW (self->rows->pdata[i]))
        rungs_error_mark_row (self->rows->pdata[i], fits ? NULL : fault->message);
      right = fits && right;
      json_object_set_string_member (object, option->key, value ? value : "");
    }
  return right ? json_to_string (node, FALSE) : NULL;
}

static void
agreed_cb (RungsForm *form,
           Dialog    *self)
{
  g_autofree char *minutes = rungs_form_dup_entry (self->minutes);
  char *options = dup_options (self);
  guint64 number = 0;
  gboolean is_number
    = *minutes == '\0' || g_ascii_string_to_unsigned (minutes, 10, 1, MOST_MINUTES, &number, NULL);
  RungsWebPullPlan *plan;

  rungs_error_mark_row (self->minutes, is_number ? NULL : _ ("that is not what it can be"));
  if (options == NULL || !is_number)
    {
      g_free (options);
      return;
    }
  plan = rungs_web_pull_plan_new (self->facts->endpoint);
  g_free (plan->options);
  plan->options = options;
  plan->minutes = (gint64) number;
  plan->since = self->facts->plan->since;
  rungs_form_save (form, rungs_page_get_store (self->page), store_plan, plan,
                   (GDestroyNotify) rungs_web_pull_plan_free, _ ("This Could Not Be Saved"),
                   NULL);
}

/* ---- the form */

static GtkWidget *
add_option (Dialog                    *self,
            RungsForm                 *form,
            const RungsProviderOption *option,
            const char                *value)
{
  GtkWidget *row;

  if (option->choices->len == 0)
    {
      row = GTK_WIDGET (rungs_form_add_entry (form, option->label, value));
      gtk_widget_set_tooltip_text (row, option->help);
      return row;
    }
  row = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", option->label, NULL);
  for (guint i = 0; i < option->choices->len; i++)
    {
      const RungsProviderChoice *choice = option->choices->pdata[i];

      rungs_choice_row_add (RUNGS_CHOICE_ROW (row), choice->value, choice->label);
    }
  rungs_choice_row_set_value (RUNGS_CHOICE_ROW (row), *value != '\0' ? value : option->usual);
  rungs_form_add_widget (form, row);
  return row;
}

static void
add_options (Dialog    *self,
             RungsForm *form)
{
  g_autoptr (JsonNode) node = json_from_string (self->facts->plan->options, NULL);

  for (guint i = 0; i < self->facts->options->len; i++)
    {
      const RungsProviderOption *option = self->facts->options->pdata[i];
      const char *value = json_object_get_string_member_with_default (
        json_node_get_object (node), option->key, "");

      g_ptr_array_add (self->rows, add_option (self, form, option, value));
    }
}

static void
fill (Dialog    *self,
      RungsForm *form)
{
  const char *const *languages = g_get_language_names ();
  const char *help
    = rungs_provider_get_secret_help (self->facts->provider, RUNGS_PROVIDER_PULL, languages);
  const char *label
    = rungs_provider_get_secret_label (self->facts->provider, RUNGS_PROVIDER_PULL, languages);
  g_autofree char *stays = g_strdup_printf (_ ("%s (empty: the stored one stays)"), label);
  g_autofree char *minutes
    = self->facts->plan->minutes > 0
        ? g_strdup_printf ("%" G_GINT64_FORMAT, self->facts->plan->minutes)
        : g_strdup ("");
  g_autofree char *text = g_strdup_printf (
    _ ("While Rungs runs it asks %s for what it would send, also for what happened while it did "
       "not. What was sent already comes once.\n\n%s"),
    rungs_provider_get_name (self->facts->provider), help);
  GtkWidget *key = adw_password_entry_row_new ();

  rungs_form_set_text (form, text);
  add_options (self, form);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (key), self->facts->is_new ? label : stays);
  rungs_form_add_widget (form, key);
  self->key = ADW_ENTRY_ROW (key);
  self->minutes = rungs_form_add_entry (form, _ ("Minutes Between (empty: as the provider likes)"),
                                        minutes);
}

/* ---- opening it */

static gpointer
load_facts (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Facts *facts = data;
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  if (business == NULL)
    return NULL;
  facts->file = g_strdup (business->uuid);
  facts->endpoint = rungs_web_endpoint_load (db, facts->id, error);
  if (facts->endpoint == NULL)
    return NULL;
  facts->provider = rungs_provider_load (facts->endpoint->provider, error);
  if (facts->provider == NULL)
    return NULL;
  facts->options = rungs_provider_list_options (facts->provider, RUNGS_PROVIDER_PULL,
                                                g_get_language_names ());
  facts->plan = rungs_web_pull_plan_load (db, facts->id, NULL);
  facts->is_new = facts->plan == NULL;
  if (facts->is_new)
    facts->plan = rungs_web_pull_plan_new (facts->endpoint);
  return facts;
}

static void
show (RungsPage *page,
      GtkWindow *parent,
      gpointer   facts)
{
  RungsForm *form = rungs_form_new (parent, _ ("Ask the Provider"), _ ("_Save"));
  Dialog *self = g_new0 (Dialog, 1);

  self->page = g_object_ref (page);
  self->facts = facts;
  self->rows = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (form), "rungs-pull", self, dialog_free);
  fill (self, form);
  g_signal_connect (form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect (form, "saved", G_CALLBACK (saved_cb), self);
  gtk_window_present (GTK_WINDOW (form));
}

void
rungs_pull_dialog_open (RungsPage *page,
                        gint64     endpoint)
{
  Facts *facts = g_new0 (Facts, 1);

  facts->id = endpoint;
  rungs_page_open_with (page, load_facts, facts, facts_free, show);
}
