/* rungs-form-share-dialog.c: where an opt-in form stands, and what to put into another site. */

#include "rungs-form-share-dialog.h"

#include <glib/gi18n.h>

#include "rungs-form-facts.h"
#include "rungs-form-words.h"
#include "web/rungs-opt-in-page.h"
#include "widgets/rungs-error-words.h"

struct _RungsFormShareDialog
{
  AdwWindow parent_instance;

  GtkLabel *note;
  GtkWidget *languages;
  AdwComboRow *language;
  AdwActionRow *address;
  GtkTextView *snippet;
  GtkTextView *paste;
  GtkWidget *content;
  AdwToastOverlay *toasts;

  RungsFormFacts *facts;         /* (owned) (nullable) */
  const RungsOptIn *definition;  /* of the facts: what is published, else the draft */
};

G_DEFINE_FINAL_TYPE (RungsFormShareDialog, rungs_form_share_dialog, ADW_TYPE_WINDOW)

static char *
dup_address (RungsFormShareDialog *self)
{
  return g_strdup_printf ("%s/f/%s", self->facts->relay, self->facts->form->slug);
}

static void
set_text (GtkTextView *view,
          const char  *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), text, -1);
}

static char *
dup_text (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* ---- what is shown */

static void
show_html (RungsFormShareDialog *self)
{
  g_autoptr (GPtrArray) languages = NULL;
  guint chosen = adw_combo_row_get_selected (self->language);
  RungsOptInFace face = { 0 };
  g_autofree char *snippet = NULL;
  g_autofree char *paste = NULL;

  if (self->facts == NULL)
    return;
  languages = rungs_opt_in_languages (self->definition);
  face = (RungsOptInFace){
    .definition = self->definition,
    .slug = self->facts->form->slug,
    .version = self->facts->form->version,
    .language = chosen < languages->len ? languages->pdata[chosen] : NULL,
    .business = self->facts->business,
    .relay = *self->facts->relay != '\0' ? self->facts->relay : NULL,
  };
  snippet = rungs_opt_in_dup_html (&face, RUNGS_OPT_IN_SHAPE_SNIPPET);
  paste = rungs_opt_in_dup_html (&face, RUNGS_OPT_IN_SHAPE_PASTE);
  set_text (self->snippet, snippet);
  set_text (self->paste, paste);
}

/* Returns: what keeps visitors from it; NULL: nothing. */
static const char *
note_words (RungsFormShareDialog *self)
{
  if (*self->facts->relay == '\0')
    return _ ("Visitors cannot reach it yet: no relay is paired. Pair one in the settings, under"
              " Mail; the addresses below have their full form then.");
  if (self->facts->form->version == 0)
    return _ ("It was not published yet: visitors find nothing there.");
  if (self->facts->form->retired_at != 0)
    return _ ("It is retired: what is sent is not taken any more.");
  return NULL;
}

static void
take_facts (RungsFormShareDialog *self,
            RungsFormFacts       *facts)
{
  const char *note;
  g_autofree char *address = NULL;
  g_autoptr (GPtrArray) languages = NULL;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->facts = facts;
  self->definition = facts->form->draft;
  for (guint i = 0; i < facts->versions->len; i++)
    {
      const RungsOptInVersion *version = g_ptr_array_index (facts->versions, i);

      if (version->id == facts->form->version)
        self->definition = version->definition;
    }
  languages = rungs_opt_in_languages (self->definition);
  for (guint i = 0; i < languages->len; i++)
    gtk_string_list_append (names, rungs_form_language_words (languages->pdata[i]));
  adw_combo_row_set_model (self->language, G_LIST_MODEL (names));
  gtk_widget_set_visible (self->languages, languages->len > 1);
  address = dup_address (self);
  adw_action_row_set_subtitle (self->address, address);
  note = note_words (self);
  gtk_label_set_label (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "share.open",
                                 *facts->relay != '\0' && facts->form->version != 0);
  show_html (self);
  gtk_widget_set_visible (self->content, TRUE);
}

/* ---- what can be done */

static void
copy (RungsFormShareDialog *self,
      const char           *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Copied")));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsFormShareDialog *self = RUNGS_FORM_SHARE_DIALOG (widget);
  const char *what = g_variant_get_string (parameter, NULL);
  g_autofree char *text = NULL;

  if (self->facts == NULL)
    return;
  text = g_str_equal (what, "address")   ? dup_address (self)
         : g_str_equal (what, "snippet") ? dup_text (self->snippet)
                                         : dup_text (self->paste);
  copy (self, text);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autofree char *address = dup_address (RUNGS_FORM_SHARE_DIALOG (widget));

  g_app_info_launch_default_for_uri_async (address, NULL, NULL, NULL, NULL);
}

/* ---- the class */

static void
rungs_form_share_dialog_finalize (GObject *object)
{
  g_clear_pointer (&RUNGS_FORM_SHARE_DIALOG (object)->facts, rungs_form_facts_free);
  G_OBJECT_CLASS (rungs_form_share_dialog_parent_class)->finalize (object);
}

static void
rungs_form_share_dialog_class_init (RungsFormShareDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_form_share_dialog_finalize;
  gtk_widget_class_install_action (widget_class, "share.copy", "s", copy_action);
  gtk_widget_class_install_action (widget_class, "share.open", NULL, open_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-form-share-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsFormShareDialog, note);
  gtk_widget_class_bind_template_child (widget_class, RungsFormShareDialog, languages);
  gtk_widget_class_bind_template_child (widget_class, RungsFormShareDialog, language);
  gtk_widget_class_bind_template_child (widget_class, RungsFormShareDialog, address);
  gtk_widget_class_bind_template_child (widget_class, RungsFormShareDialog, snippet);
  gtk_widget_class_bind_template_child (widget_class, RungsFormShareDialog, paste);
  gtk_widget_class_bind_template_child (widget_class, RungsFormShareDialog, content);
  gtk_widget_class_bind_template_child (widget_class, RungsFormShareDialog, toasts);
  gtk_widget_class_bind_template_callback (widget_class, show_html);
}

/* Before a notice, which would take it for itself. */
static void
close_on_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                      gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
}

static void
rungs_form_share_dialog_init (RungsFormShareDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  close_on_escape (GTK_WIDGET (self));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsFormShareDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsFormFacts) facts
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (facts != NULL)
    take_facts (self, g_steal_pointer (&facts));
  else
    rungs_error_tell (GTK_WIDGET (self), _ ("The Form Could Not Be Read"), error);
}

void
rungs_form_share_dialog_present (GtkWindow  *parent,
                                 RungsStore *store,
                                 gint64      form)
{
  RungsFormShareDialog *self
    = g_object_new (RUNGS_TYPE_FORM_SHARE_DIALOG, "transient-for", parent, NULL);

  gtk_window_present (GTK_WINDOW (self));
  rungs_store_read_async (store, rungs_form_facts_load, g_memdup2 (&form, sizeof form), g_free,
                          (GDestroyNotify) rungs_form_facts_free, NULL, loaded_cb,
                          g_object_ref (self));
}
