/* rungs-form-editor.c: an opt-in form that one edits.
 *
 * Its parts stand at the left, what is said of the selected one beside them, and at the right what
 * visitors see; where there is no room for that, a button shows it in the place of the rest. */

#include "rungs-form-editor-private.h"

#include <glib/gi18n.h>

#include "rungs-form-words.h"
#include "widgets/rungs-drop-down.h"
#include "widgets/rungs-focus.h"
#include "widgets/rungs-undo-keys.h"

/* Below this the preview takes turns with the rest. */
#define NARROW 940

G_DEFINE_FINAL_TYPE (RungsFormEditor, rungs_form_editor, RUNGS_TYPE_DRAFT_EDITOR)

/* ---- showing */

static void
show_header (RungsFormEditor *self)
{
  const RungsFormFacts *facts = rungs_form_document_get_facts (self->document);
  const char *classes[] = { "state-chip", rungs_form_state_style (facts->form), NULL };

  gtk_label_set_label (self->name, facts->form->name);
  gtk_label_set_label (self->state, rungs_form_state_words (facts->form));
  gtk_widget_set_css_classes (GTK_WIDGET (self->state), classes);
}

static gboolean
has_same (GtkStringList *list,
          GPtrArray     *languages)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) != languages->len)
    return FALSE;
  for (guint i = 0; i < languages->len; i++)
    if (!g_str_equal (gtk_string_list_get_string (list, i),
                      rungs_form_language_words (languages->pdata[i])))
      return FALSE;
  return TRUE;
}

static void
show_languages (RungsFormEditor *self)
{
  g_autoptr (GPtrArray) languages
    = rungs_opt_in_languages (rungs_form_document_get_opt_in (self->document));
  GtkStringList *list = GTK_STRING_LIST (gtk_drop_down_get_model (self->language));
  const char *language = rungs_form_document_get_language (self->document);

  self->filling = TRUE;
  if (!has_same (list, languages))
    {
      gtk_string_list_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), NULL);
      for (guint i = 0; i < languages->len; i++)
        gtk_string_list_append (list, rungs_form_language_words (languages->pdata[i]));
    }
  for (guint i = 0; i < languages->len; i++)
    if (g_str_equal (languages->pdata[i], language) || (i == 0 && *language == '\0'))
      gtk_drop_down_set_selected (self->language, i);
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->language), languages->len > 1);
}

static void
rungs_form_editor_show (RungsDraftEditor *editor)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (editor);

  show_header (self);
  show_languages (self);
  rungs_form_editor_actions_update (self);
}

static void
language_chosen_cb (RungsFormEditor *self)
{
  guint chosen = gtk_drop_down_get_selected (self->language);
  g_autoptr (GPtrArray) languages = NULL;

  if (self->filling || self->document == NULL)
    return;
  languages = rungs_opt_in_languages (rungs_form_document_get_opt_in (self->document));
  if (chosen < languages->len)
    rungs_form_document_set_language (self->document,
                                      chosen > 0 ? languages->pdata[chosen] : "");
}

/* ---- the parts */

static void
part_selected_cb (RungsFormEditor *self)
{
  rungs_form_inspector_select (self->inspector, rungs_form_outline_get_part (self->outline));
  if (self->document != NULL)
    rungs_form_editor_actions_update (self);
}

static void
part_activated_cb (RungsFormEditor *self)
{
  rungs_form_inspector_edit (self->inspector, NULL);
}

/* ---- the sides */

static void
show_sides (RungsFormEditor *self)
{
  gboolean is_flipped = gtk_toggle_button_get_active (self->flip);

  gtk_widget_set_visible (GTK_WIDGET (self->flip), self->is_narrow);
  gtk_widget_set_visible (self->writing, !self->is_narrow || !is_flipped);
  gtk_widget_set_visible (GTK_WIDGET (self->preview), !self->is_narrow || is_flipped);
}

static gboolean
show_sides_later (gpointer data)
{
  RungsFormEditor *self = data;

  if (self->content != NULL)
    show_sides (self);
  return G_SOURCE_REMOVE;
}

static void
rungs_form_editor_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (widget);
  gboolean is_narrow = width < NARROW;

  if (is_narrow != self->is_narrow)
    {
      self->is_narrow = is_narrow;
      g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_sides_later, g_object_ref (self),
                       g_object_unref);
    }
  gtk_widget_allocate (self->content, width, height, baseline, NULL);
}

/* ---- the class */

static void
give_document (RungsFormEditor   *self,
               RungsFormDocument *document)
{
  self->document = document;
  rungs_form_outline_set_document (self->outline, document);
  rungs_form_inspector_set_document (self->inspector, document);
  rungs_form_preview_set_document (self->preview, document);
}

static RungsDraft *
rungs_form_editor_open (RungsDraftEditor *editor,
                        RungsStore       *store,
                        gint64            form)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (editor);
  RungsFormDocument *document = rungs_form_document_new (store, form);

  gtk_toggle_button_set_active (self->flip, FALSE);
  g_clear_pointer (&self->offered, g_free);
  give_document (self, document);
  return RUNGS_DRAFT (document);
}

static void
rungs_form_editor_forget (RungsDraftEditor *editor)
{
  give_document (RUNGS_FORM_EDITOR (editor), NULL);
}

static gboolean
rungs_form_editor_take_focus (RungsDraftEditor *editor)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (editor);

  return rungs_focus_is_in (self->content) || rungs_form_outline_focus (self->outline);
}

static void
rungs_form_editor_finalize (GObject *object)
{
  g_free (RUNGS_FORM_EDITOR (object)->offered);
  G_OBJECT_CLASS (rungs_form_editor_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, RungsFormEditor, content);
  gtk_widget_class_bind_template_child (klass, RungsFormEditor, undo);
  gtk_widget_class_bind_template_child (klass, RungsFormEditor, redo);
  gtk_widget_class_bind_template_child (klass, RungsFormEditor, name);
  gtk_widget_class_bind_template_child (klass, RungsFormEditor, state);
  gtk_widget_class_bind_template_child (klass, RungsFormEditor, saved);
  gtk_widget_class_bind_template_child (klass, RungsFormEditor, language);
  gtk_widget_class_bind_template_child (klass, RungsFormEditor, flip);
  gtk_widget_class_bind_template_child (klass, RungsFormEditor, writing);
  gtk_widget_class_bind_template_child (klass, RungsFormEditor, outline);
  gtk_widget_class_bind_template_child (klass, RungsFormEditor, inspector);
  gtk_widget_class_bind_template_child (klass, RungsFormEditor, preview);
}

static void
rungs_form_editor_class_init (RungsFormEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsDraftEditorClass *editor_class = RUNGS_DRAFT_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_form_editor_finalize;
  widget_class->size_allocate = rungs_form_editor_size_allocate;
  editor_class->unsaved = N_ ("The last changes to the form are not in the file yet.");
  editor_class->open = rungs_form_editor_open;
  editor_class->forget = rungs_form_editor_forget;
  editor_class->show = rungs_form_editor_show;
  editor_class->take_focus = rungs_form_editor_take_focus;

  g_type_ensure (RUNGS_TYPE_FORM_INSPECTOR);
  g_type_ensure (RUNGS_TYPE_FORM_OUTLINE);
  g_type_ensure (RUNGS_TYPE_FORM_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-form-editor.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, language_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, part_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, part_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_sides);
  rungs_form_editor_actions_install (widget_class);
}

static void
rungs_form_editor_init (RungsFormEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_draft_editor_set_parts (RUNGS_DRAFT_EDITOR (self), self->content, self->undo, self->redo,
                                self->saved);
  rungs_drop_down_set_label (self->language, _ ("Language that is written"));
  rungs_undo_keys_add (GTK_WIDGET (self), "history.undo", "history.redo", GTK_PHASE_CAPTURE);
  show_sides (self);
}
