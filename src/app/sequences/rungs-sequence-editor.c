/* rungs-sequence-editor.c: a sequence as a drawing that one edits.
 *
 * What can be put in stands at the left, what is selected is told at the right; where there is no
 * room for both, the one that is wanted takes it. Nothing selected: the sequence itself. */

#include "rungs-sequence-editor-private.h"

#include <glib/gi18n.h>

#include "rungs-flow-drawing.h"
#include "rungs-step-words.h"
#include "widgets/rungs-canvas-palette.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-focus.h"

/* Below this palette and inspector take turns. */
#define NARROW 880

G_DEFINE_FINAL_TYPE (RungsSequenceEditor, rungs_sequence_editor, GTK_TYPE_WIDGET)

static guint closed_signal;

char *
rungs_sequence_editor_dup_selected (RungsSequenceEditor *self)
{
  return g_strdup (rungs_flow_get_step (rungs_canvas_get_selected_one (self->canvas)));
}

gboolean
rungs_sequence_editor_do (RungsSequenceEditor *self,
                          const char          *label,
                          char                *text,
                          GError              *error)
{
  if (self->document != NULL)
    return rungs_draft_edit (RUNGS_DRAFT (self->document), label, NULL, text, error);
  g_free (text);
  g_clear_error (&error);
  return FALSE;
}

/* ---- showing */

static void
show_flow (RungsSequenceEditor *self)
{
  const RungsSequenceFacts *facts = rungs_sequence_document_get_facts (self->document);
  const RungsFlowSource source = {
    .graph = rungs_sequence_document_get_graph (self->document),
    .names = facts->names,
    .counts = facts->counts,
    .results = rungs_sequence_document_get_results (self->document),
    .problems = rungs_draft_get_problems (RUNGS_DRAFT (self->document)),
    .is_edited = TRUE,
  };

  rungs_sequence_editor_forget (self);
  rungs_flow_drawing_show (self->canvas, self->layout, &source);
  if (self->fitted)
    return;
  self->fitted = TRUE;
  rungs_flow_drawing_begin (self->canvas);
}

static char *
sells_words (RungsSequenceEditor *self)
{
  RungsSequenceFacts *facts = rungs_sequence_document_get_facts (self->document);
  const char *sku = rungs_sequence_document_get_graph (self->document)->sells;

  return sku != NULL ? g_strdup_printf (_ ("Sells: %s"),
                                        rungs_step_names_product (facts->names, sku))
                     : g_strdup (_ ("Sells nothing"));
}

static const char *
saved_words (RungsSequenceEditor *self)
{
  RungsSequenceFacts *facts = rungs_sequence_document_get_facts (self->document);

  if (!rungs_draft_is_saved (RUNGS_DRAFT (self->document)))
    return _ ("Not saved yet");
  if (facts->draft.published == NULL)
    return _ ("Not published yet");
  return rungs_draft_is_unpublished (RUNGS_DRAFT (self->document))
           ? _ ("Changes not published yet")
           : "";
}

static void
show_header (RungsSequenceEditor *self)
{
  RungsSequenceFacts *facts = rungs_sequence_document_get_facts (self->document);
  RungsGraph *graph = rungs_sequence_document_get_graph (self->document);
  g_autofree char *sells = sells_words (self);
  const char *classes[]
    = { "state-chip", rungs_sequence_state_to_text (facts->sequence->state), NULL };
  const char *saved = saved_words (self);

  gtk_label_set_label (self->name, *graph->name != '\0' ? graph->name : facts->sequence->name);
  gtk_label_set_label (self->sells, sells);
  gtk_label_set_label (self->state, rungs_sequence_state_words (facts->sequence->state));
  gtk_widget_set_css_classes (GTK_WIDGET (self->state), classes);
  gtk_label_set_label (self->saved, saved);
  gtk_widget_set_visible (GTK_WIDGET (self->saved), *saved != '\0');
}

static void
do_awaited (RungsSequenceEditor *self)
{
  const char *action = g_steal_pointer (&self->awaited);

  if (action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

static void
document_changed_cb (RungsSequenceEditor *self)
{
  gboolean first = !gtk_widget_get_visible (self->content);

  if (rungs_sequence_document_get_facts (self->document) == NULL)
    return;
  show_header (self);
  show_flow (self);
  gtk_widget_set_visible (self->content, TRUE);
  if (first && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  else if (self->page != NULL)
    rungs_page_settle_focus (self->page);
  if (rungs_draft_is_saved (RUNGS_DRAFT (self->document)))
    do_awaited (self);
}

static void
document_failed_cb (RungsSequenceEditor *self,
                    GError              *error,
                    gboolean             saving)
{
  if (saving)
    {
      self->awaited = NULL;
      rungs_error_tell (GTK_WIDGET (self), _ ("The Draft Could Not Be Saved"), error);
    }
  else if (rungs_sequence_document_get_facts (self->document) == NULL && self->page != NULL)
    rungs_page_notify_error (self->page, error);
  else if (self->page != NULL)
    rungs_page_notify (self->page, error->message);
}

/* ---- the sides */

/* The palette, or the inspector, or both. */
void
rungs_sequence_editor_show_side (RungsSequenceEditor *self)
{
  const char *id = rungs_canvas_get_selected_one (self->canvas);

  rungs_sequence_inspector_select (self->inspector, rungs_flow_get_step (id));
  if (self->pressed && self->narrow && !gtk_widget_get_visible (self->side))
    return;
  gtk_widget_set_visible (self->side, !self->narrow || id != NULL);
  gtk_widget_set_visible (self->palette_side, !self->narrow || id == NULL);
}

static void
rungs_sequence_editor_size_allocate (GtkWidget *widget,
                                     int        width,
                                     int        height,
                                     int        baseline)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (widget);
  gboolean narrow = width < NARROW;

  if (narrow != self->narrow)
    {
      self->narrow = narrow;
      rungs_sequence_editor_show_side (self);
    }
  gtk_widget_allocate (self->content, width, height, baseline, NULL);
}

static void
rungs_sequence_editor_measure (GtkWidget      *widget,
                               GtkOrientation  orientation,
                               int             for_size,
                               int            *minimum,
                               int            *natural,
                               int            *minimum_baseline,
                               int            *natural_baseline)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (widget);

  gtk_widget_measure (self->content, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, 620);
  *natural = MAX (*minimum, *natural);
  *minimum_baseline = *natural_baseline = -1;
}

/* ---- the class */

enum
{
  PROP_0,
  PROP_SHOW_OUTLINE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
rungs_sequence_editor_get_property (GObject    *object,
                                    guint       id,
                                    GValue     *value,
                                    GParamSpec *spec)
{
  g_value_set_boolean (value, gtk_revealer_get_reveal_child (
                                RUNGS_SEQUENCE_EDITOR (object)->outline_side));
}

static void
rungs_sequence_editor_set_property (GObject      *object,
                                    guint         id,
                                    const GValue *value,
                                    GParamSpec   *spec)
{
  gtk_revealer_set_reveal_child (RUNGS_SEQUENCE_EDITOR (object)->outline_side,
                                 g_value_get_boolean (value));
  g_object_notify_by_pspec (object, spec);
}

static void
forget_document (RungsSequenceEditor *self)
{
  if (self->document == NULL)
    return;
  rungs_sequence_inspector_set_document (self->inspector, NULL, NULL);
  g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
  g_clear_object (&self->fields);
  rungs_sequence_editor_forget (self);
}

static void
rungs_sequence_editor_dispose (GObject *object)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (object);

  if (self->content != NULL)
    forget_document (self);
  if (self->page != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->page), (gpointer *) &self->page);
  self->page = NULL;
  if (self->content != NULL) /* that what is selected goes is no choice of the user's */
    g_signal_handlers_disconnect_by_data (self->canvas, self);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_sequence_editor_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, RungsSequenceEditor, content);
  gtk_widget_class_bind_template_child (klass, RungsSequenceEditor, undo);
  gtk_widget_class_bind_template_child (klass, RungsSequenceEditor, redo);
  gtk_widget_class_bind_template_child (klass, RungsSequenceEditor, name);
  gtk_widget_class_bind_template_child (klass, RungsSequenceEditor, sells);
  gtk_widget_class_bind_template_child (klass, RungsSequenceEditor, state);
  gtk_widget_class_bind_template_child (klass, RungsSequenceEditor, saved);
  gtk_widget_class_bind_template_child (klass, RungsSequenceEditor, palette_side);
  gtk_widget_class_bind_template_child (klass, RungsSequenceEditor, palette_scroller);
  gtk_widget_class_bind_template_child (klass, RungsSequenceEditor, outline_side);
  gtk_widget_class_bind_template_child (klass, RungsSequenceEditor, outline);
  gtk_widget_class_bind_template_child (klass, RungsSequenceEditor, scroller);
  gtk_widget_class_bind_template_child (klass, RungsSequenceEditor, side);
  gtk_widget_class_bind_template_child (klass, RungsSequenceEditor, inspector);
}

static void
rungs_sequence_editor_class_init (RungsSequenceEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_sequence_editor_dispose;
  object_class->get_property = rungs_sequence_editor_get_property;
  object_class->set_property = rungs_sequence_editor_set_property;
  widget_class->measure = rungs_sequence_editor_measure;
  widget_class->size_allocate = rungs_sequence_editor_size_allocate;

  properties[PROP_SHOW_OUTLINE] = g_param_spec_boolean (
    "show-outline", NULL, NULL, FALSE,
    G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  closed_signal = g_signal_new ("closed", RUNGS_TYPE_SEQUENCE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RUNGS_TYPE_CANVAS);
  g_type_ensure (RUNGS_TYPE_CANVAS_OUTLINE);
  g_type_ensure (RUNGS_TYPE_SEQUENCE_INSPECTOR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/sequences/rungs-sequence-editor.ui");
  bind_children (widget_class);
  gtk_widget_class_install_property_action (widget_class, "flow.show-outline", "show-outline");
  rungs_sequence_editor_actions_install (widget_class);
  rungs_sequence_paper_install (widget_class);
}

static void
rungs_sequence_editor_init (RungsSequenceEditor *self)
{
  GtkWidget *palette = rungs_canvas_palette_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->canvas = RUNGS_CANVAS (rungs_canvas_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->canvas), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Steps of the sequence"), -1);
  self->layout = rungs_flow_drawing_prepare (self->canvas);
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->canvas));
  rungs_canvas_outline_set_canvas (self->outline, self->canvas);
  rungs_sequence_palette_fill (palette, self->canvas);
  gtk_scrolled_window_set_child (self->palette_scroller, palette);
  rungs_sequence_editor_edits_connect (self);
  rungs_sequence_editor_actions_connect (self);
}

GtkWidget *
rungs_sequence_editor_new (void)
{
  return g_object_new (RUNGS_TYPE_SEQUENCE_EDITOR, NULL);
}

/* Undo and redo are those of the document. */
static void
open_history (RungsSequenceEditor *self)
{
  RungsHistory *history = rungs_draft_get_history (RUNGS_DRAFT (self->document));

  rungs_history_install (history, GTK_WIDGET (self));
  rungs_history_bind_buttons (history, self->undo, self->redo);
}

void
rungs_sequence_editor_open (RungsSequenceEditor *self,
                            RungsPage           *page,
                            gint64               sequence)
{
  g_return_if_fail (RUNGS_IS_SEQUENCE_EDITOR (self));

  if (sequence == rungs_sequence_editor_get_sequence (self))
    return;
  forget_document (self);
  gtk_widget_set_visible (self->content, FALSE);
  rungs_canvas_select (self->canvas, NULL);
  self->fitted = FALSE;
  if (sequence == 0)
    return;
  if (self->page == NULL)
    {
      self->page = page;
      g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &self->page);
    }
  self->document = rungs_sequence_document_new (rungs_page_get_store (page), sequence);
  self->fields = rungs_rule_fields_new (rungs_page_get_store (page));
  self->awaited = NULL;
  g_signal_connect_object (self->document, "changed", G_CALLBACK (document_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "failed", G_CALLBACK (document_failed_cb), self,
                           G_CONNECT_SWAPPED);
  open_history (self);
  rungs_sequence_inspector_set_document (self->inspector, self->document, self->fields);
  rungs_draft_refresh (RUNGS_DRAFT (self->document));
  rungs_sequence_document_count (self->document);
}

gint64
rungs_sequence_editor_get_sequence (RungsSequenceEditor *self)
{
  g_return_val_if_fail (RUNGS_IS_SEQUENCE_EDITOR (self), 0);

  return self->document ? rungs_draft_get_id (RUNGS_DRAFT (self->document)) : 0;
}

void
rungs_sequence_editor_refresh (RungsSequenceEditor *self)
{
  g_return_if_fail (RUNGS_IS_SEQUENCE_EDITOR (self));

  if (self->document == NULL)
    return;
  rungs_draft_refresh (RUNGS_DRAFT (self->document));
  rungs_rule_fields_refresh (self->fields);
}

gboolean
rungs_sequence_editor_focus_content (RungsSequenceEditor *self)
{
  g_return_val_if_fail (RUNGS_IS_SEQUENCE_EDITOR (self), FALSE);

  return gtk_widget_get_visible (self->content)
         && (rungs_focus_is_in (GTK_WIDGET (self->canvas))
             || gtk_widget_grab_focus (GTK_WIDGET (self->canvas)));
}

char *
rungs_sequence_editor_dup_unsaved (RungsSequenceEditor *self)
{
  g_return_val_if_fail (RUNGS_IS_SEQUENCE_EDITOR (self), NULL);

  if (self->document == NULL || rungs_draft_is_saved (RUNGS_DRAFT (self->document)))
    return NULL;
  return g_strdup (_ ("The last changes to the sequence are not in the file yet."));
}
