/* rungs-provider-window.c: makes the file of a provider from something that it sent.
 *
 * At the left every value and header of it, in the middle what the file must say, onto which they
 * are dragged, at the right what would come of it by the file as it is, and whether its signature
 * is right by the secret that is tried. */

#include "rungs-provider-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-endpoint-dialog.h"
#include "rungs-leaf-list.h"
#include "rungs-mapping-load.h"
#include "rungs-place-list.h"
#include "rungs-rehearsal-pane.h"
#include "web/rungs-web-provider-draft.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-error-words.h"
#include "wire/rungs-signature.h"
#include "wire/rungs-wire-json.h"

#define RUNGS_TYPE_PROVIDER_WINDOW (rungs_provider_window_get_type ())

G_DECLARE_FINAL_TYPE (RungsProviderWindow, rungs_provider_window, RUNGS, PROVIDER_WINDOW, AdwWindow)

struct _RungsProviderWindow
{
  AdwWindow parent_instance;

  RungsLeafList *values;
  AdwEntryRow *name;
  AdwEntryRow *home;
  RungsChoiceRow *scheme;
  AdwEntryRow *join;
  RungsChoiceRow *doing;
  GtkSwitch *only_kind;
  GtkSwitch *is_minor;
  GtkWidget *minor_row;
  RungsPlaceList *places;
  RungsRehearsalPane *pane;
  GtkWidget *secret_group;
  AdwEntryRow *secret;
  GtkLabel *signature;
  GtkWidget *save;

  RungsPage *page;              /* (owned) (nullable) */
  RungsRawDelivery *raw;        /* (owned) (nullable) */
  RungsWebProviderDraft *draft; /* (owned) */
};

G_DEFINE_FINAL_TYPE (RungsProviderWindow, rungs_provider_window, ADW_TYPE_WINDOW)

static const struct
{
  const char *what;
  const char *title;
} PLACES[] = {
  { "email", N_ ("E-mail") },
  { "id", N_ ("Its number, by which it counts once") },
  { "event", N_ ("Its kind") },
  { "at", N_ ("When it happened") },
  { "full_name", N_ ("Full name") },
  { "first_name", N_ ("First name") },
  { "last_name", N_ ("Last name") },
  { "phone", N_ ("Phone") },
  { "company", N_ ("Company") },
  { "city", N_ ("City") },
  { "country", N_ ("Country") },
  { "form", N_ ("Name of the form") },
  { "page", N_ ("Page on which it stands") },
  { "number", N_ ("Number of the order") },
  { "total", N_ ("Total of the order") },
  { "currency", N_ ("Currency") },
  { "sku", N_ ("Number of the product") },
  { "product", N_ ("Name of the product") },
  { "message", N_ ("Message-ID of the mail") },
  { "signature", N_ ("Header with the signature") },
  { "time", N_ ("Header with the time") },
};

static const struct
{
  const char *value;
  const char *words;
} SCHEMES[] = {
  { "path", N_ ("Not at all") },
  { "bearer", N_ ("Password (Bearer)") },
  { "basic", N_ ("Name and password") },
  { "hmac-body", N_ ("Body (HMAC)") },
  { "hmac-timestamp", N_ ("Time and body (t=…,v1=…)") },
  { "hmac-header-pair", N_ ("Time and body, two headers") },
  { "standard-webhooks", N_ ("Standard Webhooks") },
  { "jws-body-hash", N_ ("Hash in a JWT") },
};

static const struct
{
  const char *value;
  const char *words;
} DOINGS[] = {
  { "form", N_ ("Form") },
  { "order", N_ ("Order") },
  { "unsubscribe", N_ ("Unsubscription") },
  { "bounce", N_ ("Mail came back") },
  { "complaint", N_ ("Complaint") },
};

/* ---- what would come of it */

/* On the thread of the window: no file, no network. */
static void
show_signature (RungsProviderWindow *self,
                RungsProvider       *provider)
{
  g_autofree char *secret = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->secret)));
  const char *secrets[] = { secret, NULL };
  JsonObject *receive = rungs_provider_get_section (provider, RUNGS_PROVIDER_RECEIVE);
  JsonObject *verify = rungs_wire_json_object (receive, "verify");
  gboolean needed = verify != NULL && rungs_signature_needs_secret (verify);
  g_autofree char *path = rungs_raw_delivery_dup_path (self->raw);
  g_autofree char *why = NULL;
  gboolean is_right;

  gtk_widget_set_visible (self->secret_group, needed);
  gtk_widget_set_visible (GTK_WIDGET (self->signature), needed && *secret != '\0');
  if (!needed || *secret == '\0')
    return;
  is_right = rungs_signature_check (verify, self->raw, secrets, path, NULL, &why)
             == RUNGS_SIGNATURE_RIGHT;
  gtk_label_set_label (self->signature, is_right ? _ ("Its signature is right.") : why);
  gtk_widget_remove_css_class (GTK_WIDGET (self->signature), is_right ? "error" : "success");
  gtk_widget_add_css_class (GTK_WIDGET (self->signature), is_right ? "success" : "error");
}

static void
rehearse (RungsProviderWindow *self,
          RungsProvider       *provider)
{
  g_autoptr (RungsWebEndpoint) endpoint
      = rungs_web_endpoint_new (self->draft->name, rungs_provider_get_key (provider));

  rungs_rehearsal_pane_ask (self->pane, rungs_page_get_store (self->page),
                            rungs_mapping_question_new (endpoint, self->raw, provider));
}

/* "acme.example" is "https://acme.example". */
static char *
dup_address (const char *text)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));

  return strstr (plain, "://") != NULL ? g_steal_pointer (&plain)
                                       : g_strconcat ("https://", plain, NULL);
}

/* Something was said otherwise. */
static void
changed_cb (RungsProviderWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RungsProvider) provider = NULL;
  g_autofree char *key = NULL;

  if (self->raw == NULL)
    return;
  g_free (self->draft->name);
  g_free (self->draft->home);
  g_free (self->draft->join);
  g_free (self->draft->scheme);
  g_free (self->draft->doing);
  self->draft->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  self->draft->home = dup_address (gtk_editable_get_text (GTK_EDITABLE (self->home)));
  self->draft->join = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->join)));
  self->draft->scheme = g_strdup (rungs_choice_row_get_value (self->scheme));
  self->draft->doing = g_strdup (rungs_choice_row_get_value (self->doing));
  self->draft->only_kind = gtk_switch_get_active (self->only_kind);
  self->draft->is_minor = gtk_switch_get_active (self->is_minor);
  gtk_widget_set_visible (GTK_WIDGET (self->join),
                          strcmp (self->draft->scheme, "hmac-timestamp") == 0
                              || strcmp (self->draft->scheme, "hmac-header-pair") == 0);
  gtk_widget_set_visible (self->minor_row, strcmp (self->draft->doing, "order") == 0);

  key = rungs_web_provider_draft_dup_key (self->draft);
  bytes = rungs_web_provider_draft_to_bytes (self->draft, self->raw, &error);
  if (bytes != NULL)
    provider = rungs_provider_new (key, bytes, &error);
  gtk_widget_set_sensitive (self->save, provider != NULL);
  if (provider != NULL)
    {
      show_signature (self, provider);
      rehearse (self, provider);
      return;
    }
  rungs_rehearsal_pane_show_trouble (self->pane, error->message);
}

/* ---- what is what */

static void
show_places (RungsProviderWindow *self)
{
  GHashTableIter iter;
  gpointer what, path;

  for (guint i = 0; i < G_N_ELEMENTS (PLACES); i++)
    {
      const char *stands = g_hash_table_lookup (self->draft->places, PLACES[i].what);
      const char *value = stands != NULL ? rungs_leaf_list_get_value (self->values, stands) : NULL;
      g_autofree char *text = value != NULL ? g_strdup_printf ("%s · %s", stands, value)
                                            : g_strdup (stands);

      rungs_place_list_set_content (self->places, PLACES[i].what, text, stands != NULL);
    }
  g_hash_table_iter_init (&iter, self->draft->places);
  while (g_hash_table_iter_next (&iter, &what, &path))
    for (guint i = 0; i < G_N_ELEMENTS (PLACES); i++)
      if (strcmp (PLACES[i].what, what) == 0)
        rungs_leaf_list_set_mark (self->values, path, _ (PLACES[i].title));
}

static void
taken_cb (RungsProviderWindow *self,
          const char          *what,
          const char          *path)
{
  const char *before = g_hash_table_lookup (self->draft->places, what);

  if (before != NULL)
    rungs_leaf_list_set_mark (self->values, before, NULL);
  rungs_web_provider_draft_place (self->draft, what, path);
  show_places (self);
  changed_cb (self);
}

static void
emptied_cb (RungsProviderWindow *self,
            const char          *what)
{
  const char *before = g_hash_table_lookup (self->draft->places, what);

  if (before != NULL)
    rungs_leaf_list_set_mark (self->values, before, NULL);
  rungs_web_provider_draft_place (self->draft, what, NULL);
  show_places (self);
  changed_cb (self);
}

static void
chosen_cb (RungsProviderWindow *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->places), GTK_DIR_TAB_FORWARD);
}

/* ---- saving */

static void
save_cb (RungsProviderWindow *self)
{
  g_autoptr (RungsPage) page = g_object_ref (self->page);
  g_autofree char *folder = rungs_provider_get_own_folder ();
  g_autofree char *key = rungs_web_provider_draft_dup_key (self->draft);
  g_autoptr (GError) error = NULL;

  if (!rungs_web_provider_draft_save (self->draft, self->raw, folder, &error))
    {
      rungs_error_tell (GTK_WIDGET (self), _ ("The Provider Could Not Be Saved"), error);
      return;
    }
  gtk_window_destroy (GTK_WINDOW (self));
  rungs_page_notify (page, _ ("The provider is there: add an endpoint of it"));
  rungs_endpoint_dialog_open (page, 0, key);
}

/* ---- the window */

static void
rungs_provider_window_dispose (GObject *object)
{
  RungsProviderWindow *self = RUNGS_PROVIDER_WINDOW (object);

  g_clear_object (&self->page);
  g_clear_pointer (&self->raw, rungs_raw_delivery_free);
  g_clear_pointer (&self->draft, rungs_web_provider_draft_free);
  G_OBJECT_CLASS (rungs_provider_window_parent_class)->dispose (object);
}

static void
rungs_provider_window_class_init (RungsProviderWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_provider_window_dispose;
  g_type_ensure (RUNGS_TYPE_CHOICE_ROW);
  g_type_ensure (RUNGS_TYPE_LEAF_LIST);
  g_type_ensure (RUNGS_TYPE_PLACE_LIST);
  g_type_ensure (RUNGS_TYPE_REHEARSAL_PANE);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-provider-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsProviderWindow, values);
  gtk_widget_class_bind_template_child (widget_class, RungsProviderWindow, name);
  gtk_widget_class_bind_template_child (widget_class, RungsProviderWindow, home);
  gtk_widget_class_bind_template_child (widget_class, RungsProviderWindow, scheme);
  gtk_widget_class_bind_template_child (widget_class, RungsProviderWindow, join);
  gtk_widget_class_bind_template_child (widget_class, RungsProviderWindow, doing);
  gtk_widget_class_bind_template_child (widget_class, RungsProviderWindow, only_kind);
  gtk_widget_class_bind_template_child (widget_class, RungsProviderWindow, is_minor);
  gtk_widget_class_bind_template_child (widget_class, RungsProviderWindow, minor_row);
  gtk_widget_class_bind_template_child (widget_class, RungsProviderWindow, places);
  gtk_widget_class_bind_template_child (widget_class, RungsProviderWindow, pane);
  gtk_widget_class_bind_template_child (widget_class, RungsProviderWindow, secret_group);
  gtk_widget_class_bind_template_child (widget_class, RungsProviderWindow, secret);
  gtk_widget_class_bind_template_child (widget_class, RungsProviderWindow, signature);
  gtk_widget_class_bind_template_child (widget_class, RungsProviderWindow, save);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, taken_cb);
  gtk_widget_class_bind_template_callback (widget_class, emptied_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
rungs_provider_window_init (RungsProviderWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->draft = rungs_web_provider_draft_new ();
  rungs_leaf_list_set_draggable (self->values, TRUE);
  rungs_place_list_set_leaves (self->places, self->values);
  for (guint i = 0; i < G_N_ELEMENTS (PLACES); i++)
    rungs_place_list_add (self->places, PLACES[i].what, _ (PLACES[i].title));
  for (guint i = 0; i < G_N_ELEMENTS (SCHEMES); i++)
    rungs_choice_row_add (self->scheme, SCHEMES[i].value, _ (SCHEMES[i].words));
  for (guint i = 0; i < G_N_ELEMENTS (DOINGS); i++)
    rungs_choice_row_add (self->doing, DOINGS[i].value, _ (DOINGS[i].words));
}

static void
add_values (RungsProviderWindow *self)
{
  g_autoptr (RungsWebContent) content = rungs_web_content_new (self->raw);

  for (guint i = 0; i < content->leaves->len; i++)
    {
      const RungsWebLeaf *leaf = content->leaves->pdata[i];

      rungs_leaf_list_add (self->values, leaf->path, leaf->path, leaf->value, NULL);
    }
  for (guint i = 0; i < self->raw->headers->len; i++)
    {
      const RungsRawHeader *header = self->raw->headers->pdata[i];
      g_autofree char *path = g_strconcat ("header:", header->name, NULL);
      g_autofree char *name = g_strdup_printf (_ ("Header %s"), header->name);

      rungs_leaf_list_add (self->values, path, name, header->value, NULL);
    }
}

void
rungs_provider_window_open (RungsPage        *page,
                            RungsRawDelivery *raw)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  RungsProviderWindow *self;

  g_return_if_fail (RUNGS_IS_PAGE (page));

  self = g_object_new (RUNGS_TYPE_PROVIDER_WINDOW, "transient-for", root, NULL);
  self->page = g_object_ref (page);
  self->raw = raw;
  add_values (self);
  changed_cb (self);
  gtk_window_present (GTK_WINDOW (self));
}

/* On a thread of the store. */
static gpointer
load_raw (RungsDb       *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return rungs_web_delivery_load_raw (db, *(gint64 *) data, error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsPage) page = data;
  g_autoptr (GError) error = NULL;
  RungsRawDelivery *raw = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (raw == NULL)
    rungs_page_notify_error (page, error);
  else if (gtk_widget_get_root (GTK_WIDGET (page)) == NULL)
    rungs_raw_delivery_free (raw);
  else
    rungs_provider_window_open (page, raw);
}

void
rungs_provider_window_open_delivery (RungsPage *page,
                                     gint64     delivery)
{
  g_return_if_fail (RUNGS_IS_PAGE (page));

  rungs_store_read_async (rungs_page_get_store (page), load_raw,
                          g_memdup2 (&delivery, sizeof delivery), g_free,
                          (GDestroyNotify) rungs_raw_delivery_free, NULL, loaded_cb,
                          g_object_ref (page));
}
