/* rungs-form-editor.c: an opt-in form that one edits.
 *
 * Its parts stand at the left, what is said of the selected one beside them, and at the right what
 * visitors see; where there is no room for that, a button shows it in the place of the rest. */

#include "rungs-form-editor-private.h"

#include <glib/gi18n.h>

#include "rungs-form-words.h"
#include "widgets/rungs-drop-down.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-focus.h"

/* Below this the preview takes turns with the rest. */
#define NARROW 940

G_DEFINE_FINAL_TYPE (RungsFormEditor, rungs_form_editor, GTK_TYPE_WIDGET)

static guint closed_signal;

/* ---- showing */

static const char *
saved_words (RungsFormEditor *self)
{
  const RungsFormFacts *facts = rungs_form_document_get_facts (self->document);

  if (!rungs_draft_is_saved (RUNGS_DRAFT (self->document)))
    return _ ("Not saved yet");
  if (facts->form->version == 0)
    return _ ("Not published yet");
  return rungs_draft_is_unpublished (RUNGS_DRAFT (self->document))
           ? _ ("Changes not published yet")
           : "";
}

static void
show_header (RungsFormEditor *self)
{
  const RungsFormFacts *facts = rungs_form_document_get_facts (self->document);
  const char *classes[] = { "state-chip", rungs_form_state_style (facts->form), NULL };
  const char *saved = saved_words (self);

  gtk_label_set_label (self->name, facts->form->name);
  gtk_label_set_label (self->state, rungs_form_state_words (facts->form));
  gtk_widget_set_css_classes (GTK_WIDGET (self->state), classes);
  gtk_label_set_label (self->saved, saved);
  gtk_widget_set_visible (GTK_WIDGET (self->saved), *saved != '\0');
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
do_awaited (RungsFormEditor *self)
{
  const char *action = g_steal_pointer (&self->awaited);

  if (action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

static void
document_changed_cb (RungsFormEditor *self)
{
  gboolean first = !gtk_widget_get_visible (self->content);

  if (rungs_form_document_get_facts (self->document) == NULL)
    return;
  show_header (self);
  show_languages (self);
  rungs_form_editor_actions_update (self);
  gtk_widget_set_visible (self->content, TRUE);
  if (first && gtk_widget_get_mapped (GTK_WIDGET (self)))
    rungs_form_outline_focus (self->outline);
  else if (self->page != NULL)
    rungs_page_settle_focus (self->page);
  if (rungs_draft_is_saved (RUNGS_DRAFT (self->document)))
    do_awaited (self);
}

static void
document_failed_cb (RungsFormEditor *self,
                    GError          *error,
                    gboolean         saving)
{
  if (saving)
    {
      self->awaited = NULL;
      rungs_error_tell (GTK_WIDGET (self), _ ("The Draft Could Not Be Saved"), error);
    }
  else if (rungs_form_document_get_facts (self->document) == NULL && self->page != NULL)
    rungs_page_notify_error (self->page, error);
  else if (self->page != NULL)
    rungs_page_notify (self->page, error->message);
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

static void
rungs_form_editor_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (widget);

  gtk_widget_measure (self->content, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, 620);
  *natural = MAX (*minimum, *natural);
  *minimum_baseline = *natural_baseline = -1;
}

/* ---- the class */

static void
forget_document (RungsFormEditor *self)
{
  if (self->document == NULL)
    return;
  rungs_form_outline_set_document (self->outline, NULL);
  rungs_form_inspector_set_document (self->inspector, NULL);
  rungs_form_preview_set_document (self->preview, NULL);
  g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
}

static void
rungs_form_editor_dispose (GObject *object)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (object);

  if (self->content != NULL)
    forget_document (self);
  g_clear_weak_pointer (&self->page);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_form_editor_parent_class)->dispose (object);
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

  G_OBJECT_CLASS (klass)->dispose = rungs_form_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_form_editor_finalize;
  widget_class->measure = rungs_form_editor_measure;
  widget_class->size_allocate = rungs_form_editor_size_allocate;
  closed_signal = g_signal_new ("closed", RUNGS_TYPE_FORM_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

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

/* Keys that a line of text must not take for its own. */
static void
add_keys (RungsFormEditor *self)
{
  static const char *const KEYS[][2] = { { "<Control>z", "history.undo" },
                                         { "<Control><Shift>z", "history.redo" },
                                         { "<Control>y", "history.redo" } };
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  for (gsize i = 0; i < G_N_ELEMENTS (KEYS); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (KEYS[i][0]),
                        gtk_named_action_new (KEYS[i][1])));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
rungs_form_editor_init (RungsFormEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_drop_down_set_label (self->language, _ ("Language that is written"));
  add_keys (self);
  show_sides (self);
}

/* Undo and redo are those of the document. */
static void
open_history (RungsFormEditor *self)
{
  RungsHistory *history = rungs_draft_get_history (RUNGS_DRAFT (self->document));

  rungs_history_install (history, GTK_WIDGET (self));
  rungs_history_bind_buttons (history, self->undo, self->redo);
}

void
rungs_form_editor_open (RungsFormEditor *self,
                        RungsPage       *page,
                        gint64           form)
{
  g_return_if_fail (RUNGS_IS_FORM_EDITOR (self));

  if (form == rungs_form_editor_get_form (self))
    return;
  forget_document (self);
  gtk_widget_set_visible (self->content, FALSE);
  gtk_toggle_button_set_active (self->flip, FALSE);
  self->awaited = NULL;
  g_clear_pointer (&self->offered, g_free);
  if (form == 0)
    return;
  g_set_weak_pointer (&self->page, page);
  self->document = rungs_form_document_new (rungs_page_get_store (page), form);
  rungs_form_outline_set_document (self->outline, self->document);
  rungs_form_inspector_set_document (self->inspector, self->document);
  rungs_form_preview_set_document (self->preview, self->document);
  g_signal_connect_object (self->document, "changed", G_CALLBACK (document_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "failed", G_CALLBACK (document_failed_cb), self,
                           G_CONNECT_SWAPPED);
  open_history (self);
  rungs_draft_refresh (RUNGS_DRAFT (self->document));
}

gint64
rungs_form_editor_get_form (RungsFormEditor *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_EDITOR (self), 0);

  return self->document != NULL ? rungs_draft_get_id (RUNGS_DRAFT (self->document)) : 0;
}

void
rungs_form_editor_refresh (RungsFormEditor *self)
{
  g_return_if_fail (RUNGS_IS_FORM_EDITOR (self));

  if (self->document != NULL)
    rungs_draft_refresh (RUNGS_DRAFT (self->document));
}

gboolean
rungs_form_editor_focus_content (RungsFormEditor *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_EDITOR (self), FALSE);

  return gtk_widget_get_visible (self->content)
         && (rungs_focus_is_in (self->content) || rungs_form_outline_focus (self->outline));
}

char *
rungs_form_editor_dup_unsaved (RungsFormEditor *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_EDITOR (self), NULL);

  if (self->document == NULL || rungs_draft_is_saved (RUNGS_DRAFT (self->document)))
    return NULL;
  return g_strdup (_ ("The last changes to the form are not in the file yet."));
}
