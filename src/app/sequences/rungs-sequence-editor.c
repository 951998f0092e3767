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
#include "widgets/rungs-focus.h"

/* Below this palette and inspector take turns. */
#define NARROW 880

G_DEFINE_FINAL_TYPE (RungsSequenceEditor, rungs_sequence_editor, RUNGS_TYPE_DRAFT_EDITOR)

RungsPage *
rungs_sequence_editor_get_page (RungsSequenceEditor *self)
{
  return rungs_draft_editor_get_page (RUNGS_DRAFT_EDITOR (self));
}

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

  rungs_sequence_editor_forget_steps (self);
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

static void
show_header (RungsSequenceEditor *self)
{
  RungsSequenceFacts *facts = rungs_sequence_document_get_facts (self->document);
  RungsGraph *graph = rungs_sequence_document_get_graph (self->document);
  g_autofree char *sells = sells_words (self);
  const char *classes[]
    = { "state-chip", rungs_sequence_state_to_text (facts->sequence->state), NULL };

  gtk_label_set_label (self->name, *graph->name != '\0' ? graph->name : facts->sequence->name);
  gtk_label_set_label (self->sells, sells);
  gtk_label_set_label (self->state, rungs_sequence_state_words (facts->sequence->state));
  gtk_widget_set_css_classes (GTK_WIDGET (self->state), classes);
}

static void
rungs_sequence_editor_show (RungsDraftEditor *editor)
{
  show_header (RUNGS_SEQUENCE_EDITOR (editor));
  show_flow (RUNGS_SEQUENCE_EDITOR (editor));
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

static RungsDraft *
rungs_sequence_editor_open (RungsDraftEditor *editor,
                            RungsStore       *store,
                            gint64            sequence)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (editor);

  rungs_canvas_select (self->canvas, NULL);
  self->fitted = FALSE;
  self->document = rungs_sequence_document_new (store, sequence);
  self->fields = rungs_rule_fields_new (store);
  rungs_sequence_inspector_set_document (self->inspector, self->document, self->fields);
  return RUNGS_DRAFT (self->document);
}

static void
rungs_sequence_editor_forget (RungsDraftEditor *editor)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (editor);

  rungs_sequence_inspector_set_document (self->inspector, NULL, NULL);
  self->document = NULL;
  g_clear_object (&self->fields);
  rungs_sequence_editor_forget_steps (self);
}

static gboolean
rungs_sequence_editor_take_focus (RungsDraftEditor *editor)
{
  GtkWidget *canvas = GTK_WIDGET (RUNGS_SEQUENCE_EDITOR (editor)->canvas);

  return rungs_focus_is_in (canvas) || gtk_widget_grab_focus (canvas);
}

static void
rungs_sequence_editor_dispose (GObject *object)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (object);

  if (self->content != NULL) /* that what is selected goes is no choice of the user's */
    g_signal_handlers_disconnect_by_data (self->canvas, self);
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
  RungsDraftEditorClass *editor_class = RUNGS_DRAFT_EDITOR_CLASS (klass);

  object_class->dispose = rungs_sequence_editor_dispose;
  object_class->get_property = rungs_sequence_editor_get_property;
  object_class->set_property = rungs_sequence_editor_set_property;
  widget_class->size_allocate = rungs_sequence_editor_size_allocate;
  editor_class->unsaved = N_ ("The last changes to the sequence are not in the file yet.");
  editor_class->open = rungs_sequence_editor_open;
  editor_class->forget = rungs_sequence_editor_forget;
  editor_class->show = rungs_sequence_editor_show;
  editor_class->take_focus = rungs_sequence_editor_take_focus;

  properties[PROP_SHOW_OUTLINE] = g_param_spec_boolean (
    "show-outline", NULL, NULL, FALSE,
    G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

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
  rungs_draft_editor_set_parts (RUNGS_DRAFT_EDITOR (self), self->content, self->undo, self->redo,
                                self->saved);
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

void
rungs_sequence_editor_refresh (RungsSequenceEditor *self)
{
  g_return_if_fail (RUNGS_IS_SEQUENCE_EDITOR (self));

  rungs_draft_editor_refresh (RUNGS_DRAFT_EDITOR (self));
  if (self->fields != NULL)
    rungs_rule_fields_refresh (self->fields);
}
