/* rungs-endpoint-dialog.c: adds or edits an endpoint.
 *
 * What can be chosen is read first, then the form opens. The secret is put into the keyring when
 * the endpoint is stored: only then it has the uuid by which it is found. */

#include "rungs-endpoint-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "compat/rungs-question.h"
#include "import/rungs-import-words.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-source-store.h"
#include "mail/rungs-secret.h"
#include "rungs-page-opening.h"
#include "web/rungs-web-endpoint-store.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"
#include "wire/rungs-provider.h"
#include "wire/rungs-signature.h"
#include "wire/rungs-wire-json.h"

/* How it can be signed otherwise than its provider does. */
static const struct
{
  const char *value; /* of the row */
  const char *words;
  const char *rule;
} WAYS[] = {
  { "path", N_ ("Not at all: its address is the secret"),
    "{\"scheme\":\"shared-secret\",\"where\":[\"path\"]}" },
  { "bearer", N_ ("With a password (Bearer)"),
    "{\"scheme\":\"shared-secret\",\"where\":[\"bearer\"]}" },
  { "basic", N_ ("With name and password (Basic)"),
    "{\"scheme\":\"shared-secret\",\"where\":[\"basic\"]}" },
};

#define AS_PROVIDER ""
#define AS_IT_IS "own"

/* What is read before the form opens. */
typedef struct
{
  gint64 id;                  /* (in) */
  char *provider;             /* (in) (owned) (nullable) */
  char *file;                 /* (owned) uuid of the business */
  RungsWebEndpoint *endpoint; /* (owned) */
  GPtrArray *sources;         /* (owned) (element-type RungsSource) */
  GPtrArray *products;        /* (owned) (element-type RungsProduct) */
  GPtrArray *providers;       /* (owned) (element-type RungsProvider) */
} Facts;

static void
facts_free (gpointer data)
{
  Facts *self = data;

  g_free (self->provider);
  g_free (self->file);
  g_clear_pointer (&self->endpoint, rungs_web_endpoint_free);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_clear_pointer (&self->providers, g_ptr_array_unref);
  g_free (self);
}

/* The form while it is open. */
typedef struct
{
  RungsForm *form; /* (unowned): holds this */
  RungsPage *page; /* (owned) */
  Facts *facts;    /* (owned) */
  RungsChoiceRow *provider;
  AdwEntryRow *name;
  RungsChoiceRow *source;
  AdwEntryRow *form_name;
  AdwEntryRow *wording;
  RungsChoiceRow *product;
  AdwEntryRow *shop;
  AdwEntryRow *handshake;
  RungsChoiceRow *way;
  AdwEntryRow *secret;
  AdwEntryRow *second_secret;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_object_unref (self->page);
  facts_free (self->facts);
  g_free (self);
}

/* ---- which fields there are */

static const RungsProvider *
get_provider (Dialog *self)
{
  const char *key = rungs_choice_row_get_value (self->provider);

  for (guint i = 0; i < self->facts->providers->len; i++)
    if (g_strcmp0 (rungs_provider_get_key (self->facts->providers->pdata[i]), key) == 0)
      return self->facts->providers->pdata[i];
  return NULL;
}

static JsonObject *
get_receive (Dialog *self)
{
  const RungsProvider *provider = get_provider (self);

  return provider != NULL ? rungs_provider_get_section (provider, RUNGS_PROVIDER_RECEIVE) : NULL;
}

/* Returns: (transfer full) (nullable): how it is signed, where not as the provider does. */
static char *
dup_rule (Dialog *self)
{
  const char *way = rungs_choice_row_get_value (self->way);

  if (g_strcmp0 (way, AS_IT_IS) == 0)
    return g_strdup (self->facts->endpoint->verify);
  for (guint i = 0; i < G_N_ELEMENTS (WAYS); i++)
    if (g_strcmp0 (way, WAYS[i].value) == 0)
      return g_strdup (WAYS[i].rule);
  return NULL;
}

static gboolean
needs_secret (Dialog *self)
{
  g_autofree char *rule = dup_rule (self);
  g_autoptr (JsonNode) node = rule != NULL ? json_from_string (rule, NULL) : NULL;
  JsonObject *verify = node != NULL ? json_node_get_object (node)
                                    : rungs_wire_json_object (get_receive (self), "verify");

  return verify != NULL && rungs_signature_needs_secret (verify);
}

static void
show_fields (Dialog *self)
{
  JsonObject *receive = get_receive (self);
  const char *about = receive != NULL ? rungs_wire_json_text (receive, "about") : NULL;
  gboolean is_order = g_strcmp0 (about, "order") == 0;
  gboolean is_mail = g_strcmp0 (about, "mail") == 0;
  gboolean is_secret = needs_secret (self);
  const char *words = receive != NULL ? rungs_provider_get_words (receive, "secret",
                                                                  g_get_language_names ())
                                      : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->source), !is_mail);
  gtk_widget_set_visible (GTK_WIDGET (self->form_name), !is_order && !is_mail);
  gtk_widget_set_visible (GTK_WIDGET (self->wording), !is_mail);
  gtk_widget_set_visible (GTK_WIDGET (self->product), is_order);
  gtk_widget_set_visible (GTK_WIDGET (self->shop), is_order);
  gtk_widget_set_visible (GTK_WIDGET (self->handshake),
                          receive != NULL && json_object_has_member (receive, "handshake"));
  gtk_widget_set_visible (GTK_WIDGET (self->secret), is_secret);
  gtk_widget_set_visible (GTK_WIDGET (self->second_secret), is_secret);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret),
                                 words != NULL ? words : _ ("Secret"));
}

/* ---- storing */

static void
secret_stored_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (RungsPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (page)) == NULL
      || rungs_secret_store_finish (result, &error))
    return;
  body = g_strdup_printf (_ ("The endpoint is there, but the keyring did not take its secret, and "
                             "Rungs keeps it nowhere else. What comes in waits in quarantine until "
                             "it is there.\n\n%s"),
                          error->message);
  rungs_question_tell (GTK_WIDGET (page), _ ("The Secret Could Not Be Stored"), body,
                       error->message);
}

/* A secret on its way. */
typedef struct
{
  RungsPage *page; /* (owned) */
  char *file;      /* (owned) */
  char *secret;    /* (owned) */
} Keeping;

static void
keeping_free (Keeping *self)
{
  g_object_unref (self->page);
  g_free (self->file);
  rungs_secret_free (self->secret);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Keeping, keeping_free)

static gpointer
load_endpoint (RungsDb       *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return rungs_web_endpoint_load (db, *(gint64 *) data, error);
}

static void
loaded_again_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (Keeping) keeping = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsWebEndpoint) endpoint
      = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  g_autofree char *label = NULL;

  if (endpoint == NULL)
    {
      rungs_page_notify_error (keeping->page, error);
      return;
    }
  /* Translators: what programs that show the keyring call a secret of Rungs. */
  label = g_strdup_printf (_ ("Rungs: endpoint %s"), endpoint->name);
  rungs_secret_store_async (keeping->file, endpoint->uuid, label, keeping->secret,
                            RUNGS_SECRET_PATIENT_TIMEOUT, NULL, secret_stored_cb,
                            g_object_ref (keeping->page));
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          Dialog    *self)
{
  const char *first = gtk_editable_get_text (GTK_EDITABLE (self->secret));
  const char *second = gtk_editable_get_text (GTK_EDITABLE (self->second_secret));
  g_autofree char *target = g_strdup_printf ("endpoints:%" G_GINT64_FORMAT, id);
  Keeping *keeping;

  rungs_page_show_target (self->page, target);
  if (*first == '\0' || !needs_secret (self))
    return;
  keeping = g_new0 (Keeping, 1);
  keeping->page = g_object_ref (self->page);
  keeping->file = g_strdup (self->facts->file);
  keeping->secret = *second != '\0' ? g_strdup_printf ("%s\n%s", first, second) : g_strdup (first);
  rungs_store_read_async (rungs_page_get_store (self->page), load_endpoint,
                          g_memdup2 (&id, sizeof id), g_free,
                          (GDestroyNotify) rungs_web_endpoint_free, NULL, loaded_again_cb, keeping);
}

/* On the store's writing thread. */
static gpointer
store_endpoint (RungsDb       *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  RungsWebEndpoint *endpoint = data;
  gboolean stored = endpoint->id == 0
                        ? rungs_web_endpoint_add (db, endpoint, rungs_display_now (), error) != 0
                        : rungs_web_endpoint_save (db, endpoint, error);

  return stored ? g_memdup2 (&endpoint->id, sizeof endpoint->id) : NULL;
}

static gint64
number_of (RungsChoiceRow *row)
{
  const char *value = rungs_choice_row_get_value (row);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

static void
take (AdwEntryRow  *row,
      char        **text)
{
  g_free (*text);
  *text = rungs_form_dup_entry (row);
}

static void
agreed_cb (RungsForm *form,
           Dialog    *self)
{
  const RungsWebEndpoint *old = self->facts->endpoint;
  const char *provider = rungs_choice_row_get_value (self->provider);
  RungsWebEndpoint *endpoint = NULL;
  g_autofree char *name = rungs_form_dup_entry (self->name);

  rungs_error_mark_row (self->name, *name != '\0' ? NULL : _ ("this is needed"));
  if (*name == '\0' || provider == NULL)
    return;
  endpoint = rungs_web_endpoint_new (name, provider);
  endpoint->id = old->id;
  g_free (endpoint->mapping);
  endpoint->mapping = g_strdup (old->mapping);
  endpoint->source = number_of (self->source);
  endpoint->product = number_of (self->product);
  endpoint->verify = dup_rule (self);
  take (self->form_name, &endpoint->form);
  take (self->wording, &endpoint->wording);
  take (self->shop, &endpoint->shop);
  take (self->handshake, &endpoint->handshake);
  rungs_form_save (form, rungs_page_get_store (self->page), store_endpoint, endpoint,
                   (GDestroyNotify) rungs_web_endpoint_free,
                   _ ("The Endpoint Could Not Be Saved"), self->name);
}

/* ---- the form */

static RungsChoiceRow *
add_choice (Dialog     *self,
            const char *title)
{
  RungsChoiceRow *row = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", title, NULL);

  rungs_form_add_widget (self->form, GTK_WIDGET (row));
  return row;
}

static void
add_number (RungsChoiceRow *row,
            gint64          number,
            const char     *label)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  rungs_choice_row_add (row, value, label);
}

static void
set_number (RungsChoiceRow *row,
            gint64          number)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  rungs_choice_row_set_value (row, value);
}

static void
add_provider (Dialog *self)
{
  self->provider = add_choice (self, _ ("Provider"));
  for (guint i = 0; i < self->facts->providers->len; i++)
    rungs_choice_row_add (self->provider,
                          rungs_provider_get_key (self->facts->providers->pdata[i]),
                          rungs_provider_get_name (self->facts->providers->pdata[i]));
  rungs_choice_row_set_value (self->provider, self->facts->endpoint->provider);
  /* the address has its name in it, and what came was read by it */
  gtk_widget_set_visible (GTK_WIDGET (self->provider), self->facts->endpoint->id == 0);
}

static void
add_source (Dialog *self)
{
  self->source = add_choice (self, _ ("Source of Its Leads"));
  add_number (self->source, 0, _ ("None"));
  for (guint i = 0; i < self->facts->sources->len; i++)
    {
      const RungsSource *source = self->facts->sources->pdata[i];
      g_autofree char *label
          = g_strdup_printf ("%s · %s", rungs_source_kind_words (source->kind), source->name);

      if (source->retired_at == 0 || source->id == self->facts->endpoint->source)
        add_number (self->source, source->id, label);
    }
  set_number (self->source, self->facts->endpoint->source);
}

static void
add_product (Dialog *self)
{
  self->product = add_choice (self, _ ("Product, Where an Order Names None of Yours"));
  add_number (self->product, 0, _ ("None: then it waits in quarantine"));
  for (guint i = 0; i < self->facts->products->len; i++)
    {
      const RungsProduct *product = self->facts->products->pdata[i];

      if (product->retired_at == 0 || product->id == self->facts->endpoint->product)
        add_number (self->product, product->id, product->name);
    }
  set_number (self->product, self->facts->endpoint->product);
}

static void
add_way (Dialog *self)
{
  const char *rule = self->facts->endpoint->verify;
  const char *value = rule != NULL ? AS_IT_IS : AS_PROVIDER;

  self->way = add_choice (self, _ ("How It Is Signed"));
  rungs_choice_row_add (self->way, AS_PROVIDER, _ ("As the provider does"));
  for (guint i = 0; i < G_N_ELEMENTS (WAYS); i++)
    {
      rungs_choice_row_add (self->way, WAYS[i].value, _ (WAYS[i].words));
      if (g_strcmp0 (rule, WAYS[i].rule) == 0)
        value = WAYS[i].value;
    }
  if (strcmp (value, AS_IT_IS) == 0)
    rungs_choice_row_add (self->way, AS_IT_IS, _ ("As was said before"));
  rungs_choice_row_set_value (self->way, value);
}

static AdwEntryRow *
add_secret (Dialog     *self,
            const char *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  rungs_form_add_widget (self->form, row);
  return ADW_ENTRY_ROW (row);
}

static void
fill (Dialog *self)
{
  const RungsWebEndpoint *endpoint = self->facts->endpoint;

  if (endpoint->id == 0)
    rungs_form_set_text (self->form,
                         _ ("Who sends? When it is added you copy its address, and put it in where "
                            "your form or shop asks for a webhook."));
  add_provider (self);
  self->name = rungs_form_add_entry (self->form, _ ("Name"), endpoint->name);
  add_source (self);
  self->form_name = rungs_form_add_entry (self->form, _ ("Form (else as it says itself)"),
                                          endpoint->form);
  self->wording = rungs_form_add_entry (self->form, _ ("Words That Who Sends It Agrees To"),
                                        endpoint->wording);
  add_product (self);
  self->shop = rungs_form_add_entry (self->form, _ ("Shop, of Several"), endpoint->shop);
  rungs_form_add_group (self->form, _ ("Signature"));
  self->handshake = rungs_form_add_entry (self->form,
                                          _ ("Word With Which It Asks Whether It Is Yours"),
                                          endpoint->handshake);
  add_way (self);
  self->secret = add_secret (self, _ ("Secret"));
  self->second_secret = add_secret (self, _ ("Second Secret, While One Is Changed"));
  g_signal_connect_swapped (self->provider, "notify::value", G_CALLBACK (show_fields), self);
  g_signal_connect_swapped (self->way, "notify::value", G_CALLBACK (show_fields), self);
  show_fields (self);
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
  facts->providers = rungs_provider_list (RUNGS_PROVIDER_RECEIVE, NULL);
  facts->sources = rungs_source_list (db, error);
  if (facts->sources == NULL || (facts->products = rungs_product_list (db, error)) == NULL)
    return NULL;
  facts->endpoint = facts->id != 0
                        ? rungs_web_endpoint_load (db, facts->id, error)
                        : rungs_web_endpoint_new ("", facts->provider ? facts->provider
                                                                      : "generic");
  return facts->endpoint != NULL ? facts : NULL;
}

static void
show (RungsPage *page,
      GtkWindow *parent,
      gpointer   facts)
{
  Dialog *self = g_new0 (Dialog, 1);
  gboolean is_new;

  self->page = g_object_ref (page);
  self->facts = facts;
  is_new = self->facts->id == 0;
  self->form = rungs_form_new (parent, is_new ? _ ("New Endpoint") : _ ("Endpoint"),
                               is_new ? _ ("_Add") : _ ("_Save"));
  fill (self);
  rungs_form_open (self->form, self, dialog_free, G_CALLBACK (agreed_cb), G_CALLBACK (saved_cb));
}

void
rungs_endpoint_dialog_open (RungsPage  *page,
                            gint64      endpoint,
                            const char *provider)
{
  Facts *facts = g_new0 (Facts, 1);

  facts->id = endpoint;
  facts->provider = g_strdup (provider);
  rungs_page_open_with (page, load_facts, facts, facts_free, show);
}
