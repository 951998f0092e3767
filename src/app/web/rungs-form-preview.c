/* rungs-form-preview.c: an opt-in form as visitors see it.
 *
 * The page is drawn a moment after the last edit: at each key it would flicker. Where WebKit cannot
 * run, what a visitor reads stands there as text, and the page opens in the browser. */

#include "rungs-form-preview.h"

#include <glib/gi18n.h>

#include "web/rungs-opt-in-page.h"
#include "web/rungs-web-html.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-web-pane.h"

#define DELAY_MS 200
#define DESKTOP_WIDTH 680
#define PHONE_WIDTH 375

struct _RungsFormPreview
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkToggleButton *desktop;
  GtkToggleButton *phone;
  GtkToggleButton *thanks;
  GtkToggleButton *dark;
  GtkWidget *told; /* what stands there while nothing is drawn */
  GtkTextView *text;
  RungsWebPane *pane;

  RungsFormDocument *document; /* (owned) (nullable) */
  char *shown;                 /* (owned) (nullable): the page that is drawn, and how */
  guint source;                /* 0: nothing waits to be shown */
};

G_DEFINE_FINAL_TYPE (RungsFormPreview, rungs_form_preview, GTK_TYPE_WIDGET)

/* ---- what is shown */

static const char *
language_of (RungsFormPreview *self)
{
  const char *language = rungs_form_document_get_language (self->document);

  return *language != '\0' ? language : rungs_form_document_get_opt_in (self->document)->language;
}

static char *
dup_page (RungsFormPreview *self)
{
  const RungsFormFacts *facts = rungs_form_document_get_facts (self->document);
  const RungsOptInFace face = {
    .definition = rungs_form_document_get_opt_in (self->document),
    .slug = facts->form->slug,
    .language = language_of (self),
    .business = facts->business,
  };

  return rungs_web_html_without_blanks (gtk_toggle_button_get_active (self->thanks)
                           ? rungs_opt_in_dup_thanks (&face)
                           : rungs_opt_in_dup_html (&face, RUNGS_OPT_IN_SHAPE_PAGE));
}

static void
append_line (GString    *text,
             const char *before,
             const char *line)
{
  if (*line != '\0')
    g_string_append_printf (text, "%s%s\n\n", before, line);
}

static void
append_field (RungsFormPreview      *self,
              const RungsOptInField *field,
              GString               *text)
{
  const RungsOptIn *opt_in = rungs_form_document_get_opt_in (self->document);
  g_autofree char *label = g_strdup_printf ("fields.%s.label", field->key);
  g_autofree char *help = g_strdup_printf ("fields.%s.help", field->key);

  g_string_append_printf (text, "%s%s\n",
                          rungs_opt_in_get_text (opt_in, language_of (self), label),
                          field->required ? " *" : "");
  append_line (text, "", rungs_opt_in_get_text (opt_in, language_of (self), help));
  for (guint i = 0; i < field->choices->len; i++)
    {
      const RungsOptInChoice *choice = g_ptr_array_index (field->choices, i);
      g_autofree char *path
        = g_strdup_printf ("fields.%s.choices.%s", field->key, choice->value);

      g_string_append_printf (text, "   ◯ %s\n",
                              rungs_opt_in_get_text (opt_in, language_of (self), path));
    }
  g_string_append (text, field->choices->len > 0 ? "\n" : "[          ]\n\n");
}

static char *
dup_told (RungsFormPreview *self)
{
  const RungsOptIn *opt_in = rungs_form_document_get_opt_in (self->document);
  const char *language = language_of (self);
  g_autoptr (GString) text = g_string_new (NULL);

  if (gtk_toggle_button_get_active (self->thanks))
    {
      append_line (text, "", rungs_opt_in_get_text (opt_in, language, "thanks.title"));
      append_line (text, "", rungs_opt_in_get_text (opt_in, language, "thanks.text"));
      append_line (text, "→ ", rungs_opt_in_get_text (opt_in, language, "thanks.url"));
      return g_string_free (g_steal_pointer (&text), FALSE);
    }
  append_line (text, "", rungs_opt_in_get_text (opt_in, language, "title"));
  append_line (text, "", rungs_opt_in_get_text (opt_in, language, "intro"));
  for (guint i = 0; i < opt_in->fields->len; i++)
    append_field (self, g_ptr_array_index (opt_in->fields, i), text);
  append_line (text, "☐ ", rungs_opt_in_get_text (opt_in, language, "consent"));
  append_line (text, "▸ ", rungs_opt_in_get_text (opt_in, language, "button"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
draw (RungsFormPreview *self)
{
  g_autofree char *page = dup_page (self);
  gboolean is_dark = gtk_toggle_button_get_active (self->dark);
  int width = gtk_toggle_button_get_active (self->phone) ? PHONE_WIDTH : DESKTOP_WIDTH;
  g_autofree char *shown = g_strdup_printf ("%d %d %s", is_dark, width, page);

  if (g_strcmp0 (shown, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&shown);
  rungs_web_pane_show (self->pane, page, is_dark, width);
}

static void
show (RungsFormPreview *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->document == NULL || rungs_form_document_get_facts (self->document) == NULL)
    return;
  if (rungs_web_pane_can_draw (self->pane))
    draw (self);
  else
    {
      g_autofree char *told = dup_told (self);

      gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), told, -1);
    }
}

static gboolean
show_due_cb (gpointer data)
{
  RungsFormPreview *self = data;

  self->source = 0;
  show (self);
  return G_SOURCE_REMOVE;
}

static void
show_soon (RungsFormPreview *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (DELAY_MS, show_due_cb, self);
}

gboolean
rungs_form_preview_is_drawn (RungsFormPreview *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_PREVIEW (self), FALSE);

  return rungs_web_pane_can_draw (self->pane);
}

/* ---- the page */

static void
settled_cb (RungsFormPreview *self)
{
  GtkToggleButton *const needless[] = { self->desktop, self->phone, self->dark };
  gboolean can_draw = rungs_web_pane_can_draw (self->pane);

  gtk_widget_set_visible (self->told, !can_draw);
  for (gsize i = 0; i < G_N_ELEMENTS (needless); i++)
    gtk_widget_set_sensitive (GTK_WIDGET (needless[i]), can_draw);
  if (!can_draw)
    rungs_web_pane_say (
      self->pane, _ ("Only the text can be shown: WebKit, which draws pages, does not run here."));
  show (self);
}

/* The page as it is now, in a file that only this user reads. */
static void
open_clicked_cb (RungsFormPreview *self)
{
  g_autofree char *page = NULL;
  g_autofree char *path = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;

  if (self->document == NULL || rungs_form_document_get_facts (self->document) == NULL)
    return;
  page = dup_page (self);
  path = g_build_filename (g_get_user_runtime_dir (), "rungs-form.html", NULL);
  if (!g_file_set_contents_full (path, page, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    {
      rungs_error_tell (GTK_WIDGET (self), _ ("The Preview Could Not Be Opened"), error);
      return;
    }
  uri = g_filename_to_uri (path, NULL, NULL);
  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

/* ---- the class */

static void
rungs_form_preview_dispose (GObject *object)
{
  RungsFormPreview *self = RUNGS_FORM_PREVIEW (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->document);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_form_preview_parent_class)->dispose (object);
}

static void
rungs_form_preview_finalize (GObject *object)
{
  g_free (RUNGS_FORM_PREVIEW (object)->shown);
  G_OBJECT_CLASS (rungs_form_preview_parent_class)->finalize (object);
}

static void
rungs_form_preview_class_init (RungsFormPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_form_preview_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_form_preview_finalize;
  g_type_ensure (RUNGS_TYPE_WEB_PANE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-form-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsFormPreview, box);
  gtk_widget_class_bind_template_child (widget_class, RungsFormPreview, desktop);
  gtk_widget_class_bind_template_child (widget_class, RungsFormPreview, phone);
  gtk_widget_class_bind_template_child (widget_class, RungsFormPreview, thanks);
  gtk_widget_class_bind_template_child (widget_class, RungsFormPreview, dark);
  gtk_widget_class_bind_template_child (widget_class, RungsFormPreview, told);
  gtk_widget_class_bind_template_child (widget_class, RungsFormPreview, text);
  gtk_widget_class_bind_template_child (widget_class, RungsFormPreview, pane);
  gtk_widget_class_bind_template_callback (widget_class, settled_cb);
  gtk_widget_class_bind_template_callback (widget_class, show);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
}

static void
rungs_form_preview_init (RungsFormPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_form_preview_set_document (RungsFormPreview  *self,
                                 RungsFormDocument *document)
{
  g_return_if_fail (RUNGS_IS_FORM_PREVIEW (self));

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  if (document != NULL)
    g_signal_connect_object (document, "changed", G_CALLBACK (show_soon), self, G_CONNECT_SWAPPED);
  show (self);
}
