/* rungs-sequence-editor-edits.c: what the mouse and the keys ask for on the drawing of a
 * sequence. */

#include "rungs-sequence-editor-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "sequences/rungs-graph-path.h"

static RungsGraph *
graph_of (RungsSequenceEditor *self)
{
  return self->document ? rungs_sequence_document_get_graph (self->document) : NULL;
}

static const char *
text_of (RungsSequenceEditor *self)
{
  return rungs_draft_get_text (RUNGS_DRAFT (self->document));
}

/* What is selected when it comes. */
static void
select_step (RungsSequenceEditor *self,
             const char          *step)
{
  g_autofree char *id = rungs_flow_step_id (step);

  rungs_canvas_select (self->canvas, id);
  rungs_canvas_reveal (self->canvas, id);
}

/* ---- what goes where */

void
rungs_sequence_editor_forget_steps (RungsSequenceEditor *self)
{
  g_clear_pointer (&self->region, rungs_graph_region_free);
  g_clear_pointer (&self->region_of, g_free);
}

/* What moves with the step: asked for each place while one drags. */
static RungsGraphRegion *
find_region (RungsSequenceEditor *self,
             const char          *step)
{
  if (g_strcmp0 (self->region_of, step) == 0)
    return self->region;
  rungs_sequence_editor_forget_steps (self);
  if (rungs_graph_find (graph_of (self), step) == NULL)
    return NULL;
  self->region = rungs_graph_region_new (graph_of (self), step);
  self->region_of = g_strdup (step);
  return self->region;
}

gboolean
rungs_sequence_editor_accepts (RungsSequenceEditor *self,
                               const char          *item,
                               const char          *place)
{
  const char *step = rungs_flow_get_step (item);
  g_autofree char *way = NULL;
  RungsGraphRegion *region;
  RungsGraphKind kind;
  const char *from;

  if (graph_of (self) == NULL)
    return FALSE;
  if (g_str_has_prefix (item, "trigger:"))
    return strcmp (place, RUNGS_FLOW_ENTRY) == 0;
  if (strcmp (place, RUNGS_FLOW_GOALS) == 0)
    return strcmp (item, "add:goal") == 0;
  if (!rungs_flow_read_arrow (place, "on", &from, &way))
    return FALSE;
  if (step == NULL)
    return rungs_sequence_palette_get_kind (item, &kind)
           && rungs_graph_can_insert (graph_of (self), kind, from, way);
  region = find_region (self, step);
  return region != NULL && rungs_graph_can_move (graph_of (self), region, step, from, way);
}

static void
add_trigger (RungsSequenceEditor *self,
             const char          *on)
{
  g_autofree char *path = g_strdup_printf (
    "entry.triggers.%u", rungs_graph_path_count (text_of (self), NULL, "entry.triggers"));
  g_autofree char *event = g_strdup_printf ("{\"on\": \"%s\"}", on);
  GError *error = NULL;
  char *text = rungs_graph_path_set (text_of (self), NULL, path, event, &error);

  rungs_sequence_editor_do (self, _ ("new trigger"), text, error);
  rungs_canvas_select (self->canvas, RUNGS_FLOW_ENTRY);
}

void
rungs_sequence_editor_put (RungsSequenceEditor *self,
                           const char          *item,
                           const char          *place)
{
  gboolean goal = strcmp (place, RUNGS_FLOW_GOALS) == 0;
  g_autofree char *step = NULL;
  g_autofree char *way = NULL;
  g_autofree char *id = NULL;
  GError *error = NULL;
  const char *from = NULL;
  char *text;

  if (!rungs_sequence_editor_accepts (self, item, place))
    return;
  if (g_str_has_prefix (item, "trigger:"))
    {
      add_trigger (self, item + strlen ("trigger:"));
      return;
    }
  step = rungs_sequence_palette_make_step (goal ? RUNGS_FLOW_GOALS : item, graph_of (self)->sells);
  if (!goal)
    rungs_flow_read_arrow (place, "on", &from, &way);
  text = goal ? rungs_graph_edit_add (text_of (self), step, &id, &error)
              : rungs_graph_edit_insert (text_of (self), from, way, step, &id, &error);
  if (rungs_sequence_editor_do (self, _ ("new step"), text, error))
    select_step (self, id);
}

static void
moved_cb (RungsSequenceEditor *self,
          const char          *node,
          const char          *place)
{
  const char *step = rungs_flow_get_step (node);
  g_autofree char *way = NULL;
  GError *error = NULL;
  const char *from;
  char *text;

  if (step == NULL || !rungs_flow_read_arrow (place, "on", &from, &way))
    return;
  text = rungs_graph_edit_move (text_of (self), step, from, way, &error);
  rungs_sequence_editor_do (self, _ ("move of a step"), text, error);
}

/* ---- Alt and arrows */

/* How far the place is in that direction, beside it counting double; INFINITY where it is not. */
static double
distance (const GdkRectangle *node,
          const GdkRectangle *place,
          GtkDirectionType    direction)
{
  double x = place->x + place->width / 2.0 - node->x - node->width / 2.0;
  double y = place->y + place->height / 2.0 - node->y - node->height / 2.0;
  gboolean upright = direction == GTK_DIR_UP || direction == GTK_DIR_DOWN;
  double along = upright ? y : x;
  double aside = upright ? x : y;

  if (direction == GTK_DIR_UP || direction == GTK_DIR_LEFT)
    along = -along;
  return along > node->height / 4.0 ? along + 2 * fabs (aside) : INFINITY;
}

static void
try_place (RungsSequenceEditor *self,
           const char          *node,
           const char          *place,
           GtkDirectionType     direction,
           double              *least,
           char               **nearest)
{
  GdkRectangle at, where;
  double far;

  if (!rungs_sequence_editor_accepts (self, node, place)
      || !rungs_canvas_locate (self->canvas, node, &at)
      || !rungs_canvas_locate (self->canvas, place, &where))
    return;
  far = distance (&at, &where, direction);
  if (far >= *least)
    return;
  *least = far;
  g_free (*nearest);
  *nearest = g_strdup (place);
}

/* To the nearest arrow in that direction on which it could stand. */
static void
move_by_cb (RungsSequenceEditor *self,
            const char          *node,
            GtkDirectionType     direction)
{
  RungsGraph *graph = graph_of (self);
  g_autofree char *first = rungs_flow_arrow_id ("on", NULL, NULL);
  g_autofree char *nearest = NULL;
  double least = INFINITY;

  if (rungs_flow_get_step (node) == NULL)
    return;
  try_place (self, node, first, direction, &least, &nearest);
  for (guint i = 0; i < graph->steps->len; i++)
    {
      const RungsGraphStep *step = g_ptr_array_index (graph->steps, i);

      for (guint j = 0; j < step->branches->len; j++)
        {
          const RungsGraphBranch *branch = step->branches->pdata[j];
          g_autofree char *place = rungs_flow_arrow_id ("on", step->id, branch->label);

          try_place (self, node, place, direction, &least, &nearest);
        }
    }
  if (nearest != NULL)
    moved_cb (self, node, nearest);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/* ---- arrows */

/* Which way out of the step an arrow that is drawn from it is: its only one, else the first that
 * leads nowhere yet. NULL: all lead somewhere, and the inspector says where. */
static const char *
find_open_way (RungsSequenceEditor *self,
               const char          *from)
{
  const RungsGraphStep *step = rungs_graph_find (graph_of (self), from);

  for (guint i = 0; step != NULL && i < step->branches->len; i++)
    {
      const RungsGraphBranch *branch = step->branches->pdata[i];

      if (step->branches->len == 1
          || rungs_graph_get_target (graph_of (self), from, branch->label) == NULL)
        return branch->label;
    }
  return NULL;
}

static gboolean
connects_cb (RungsSequenceEditor *self,
             const char          *from,
             const char          *to)
{
  const char *step = rungs_flow_get_step (from);
  const char *target = rungs_flow_get_step (to);
  const char *way = step != NULL ? find_open_way (self, step) : NULL;

  return way != NULL && target != NULL && strcmp (step, target) != 0
         && g_strcmp0 (rungs_graph_get_target (graph_of (self), step, way), target) != 0;
}

static void
connected_cb (RungsSequenceEditor *self,
              const char          *from,
              const char          *to)
{
  const char *step = rungs_flow_get_step (from);
  const char *way = step != NULL ? find_open_way (self, step) : NULL;
  GError *error = NULL;
  char *text;

  if (way == NULL || rungs_flow_get_step (to) == NULL)
    return;
  text = rungs_graph_edit_lead (text_of (self), step, way, rungs_flow_get_step (to), &error);
  rungs_sequence_editor_do (self, _ ("change of an arrow"), text, error);
}

/* ---- removing, copying, pasting */

/* Returns: (transfer full): the steps that are selected. */
static char **
list_selected (RungsSequenceEditor *self)
{
  g_auto (GStrv) ids = rungs_canvas_get_selected (self->canvas);
  g_autoptr (GStrvBuilder) steps = g_strv_builder_new ();

  for (guint i = 0; ids[i] != NULL; i++)
    if (rungs_flow_get_step (ids[i]) != NULL)
      g_strv_builder_add (steps, rungs_flow_get_step (ids[i]));
  return g_strv_builder_end (steps);
}

/* Steps that stood only on a way that is gone went too: that is said. */
static void
tell_removed (RungsSequenceEditor *self,
              guint                before,
              guint                selected)
{
  guint gone = before - graph_of (self)->steps->len;
  g_autofree char *words = NULL;

  if (gone <= selected || rungs_sequence_editor_get_page (self) == NULL)
    return;
  words = g_strdup_printf (ngettext ("%u step that stood on its ways went with it. Ctrl+Z brings"
                                     " it back.",
                                     "%u steps that stood on its ways went with it. Ctrl+Z brings"
                                     " them back.",
                                     gone - selected),
                           gone - selected);
  rungs_page_notify (rungs_sequence_editor_get_page (self), words);
}

void
rungs_sequence_editor_remove_selected (RungsSequenceEditor *self)
{
  g_auto (GStrv) steps = list_selected (self);
  guint before = graph_of (self)->steps->len;
  GError *error = NULL;
  char *text;

  if (*steps == NULL)
    return;
  text = rungs_graph_edit_remove (text_of (self), (const char *const *) steps, &error);
  if (rungs_sequence_editor_do (self, _ ("removal"), text, error))
    tell_removed (self, before, g_strv_length (steps));
}

static char *
copy_cb (RungsSequenceEditor *self)
{
  g_auto (GStrv) steps = list_selected (self);

  return *steps != NULL
           ? rungs_graph_edit_copy (text_of (self), (const char *const *) steps, NULL)
           : NULL;
}

/* Behind the last step that is selected; else where the first walk is finished. */
static void
find_paste (RungsSequenceEditor *self,
            const char         **from,
            const char         **way)
{
  RungsGraph *graph = graph_of (self);
  g_auto (GStrv) steps = list_selected (self);
  guint n = g_strv_length (steps);
  const RungsGraphStep *selected = n > 0 ? rungs_graph_find (graph, steps[n - 1]) : NULL;

  *from = *way = NULL;
  for (guint i = graph->steps->len; i > 0 && selected == NULL; i--)
    {
      const RungsGraphStep *step = graph->steps->pdata[i - 1];

      if (step->branches->len > 0
          && rungs_graph_get_target (graph, step->id,
                                     ((RungsGraphBranch *) step->branches->pdata[0])->label)
               == NULL)
        selected = step;
    }
  if (selected == NULL || selected->branches->len == 0)
    return;
  *from = selected->id;
  *way = ((RungsGraphBranch *) selected->branches->pdata[0])->label;
}

static void
paste_cb (RungsSequenceEditor *self,
          const char          *json)
{
  g_auto (GStrv) ids = NULL;
  GError *error = NULL;
  const char *from, *way;
  char *text;

  find_paste (self, &from, &way);
  text = rungs_graph_edit_paste (text_of (self), json, from, way, &ids, &error);
  if (rungs_sequence_editor_do (self, _ ("pasted steps"), text, error))
    select_step (self, ids[0]);
}

/* ---- choosing and opening */

static void
selection_changed_cb (RungsSequenceEditor *self)
{
  g_autofree char *step = rungs_sequence_editor_dup_selected (self);

  rungs_flow_layout_set_current (self->layout, step);
  rungs_canvas_rearrange (self->canvas);
  rungs_sequence_editor_show_side (self);
}

static void
activate_cb (RungsSequenceEditor *self,
             const char          *id)
{
  rungs_canvas_select (self->canvas, id);
  rungs_sequence_editor_show_side (self);
  rungs_sequence_inspector_edit (self->inspector, NULL);
}

/* ---- the mouse */

static gboolean
released_cb (gpointer data)
{
  RungsSequenceEditor *self = data;

  if (self->document != NULL)
    rungs_sequence_editor_show_side (self);
  return G_SOURCE_REMOVE;
}

/* Before the canvas itself hears of it: beside what is being dragged nothing opens. */
static gboolean
pressed_cb (GtkEventController  *controller,
            GdkEvent            *event,
            RungsSequenceEditor *self)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_PRESS)
    self->pressed = TRUE;
  else if (type == GDK_BUTTON_RELEASE && self->pressed)
    {
      self->pressed = FALSE;
      /* the keys follow the mouse, so that Ctrl+Z is the editor's */
      if (gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
        gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, released_cb, g_object_ref (self), g_object_unref);
    }
  return GDK_EVENT_PROPAGATE;
}

void
rungs_sequence_editor_edits_connect (RungsSequenceEditor *self)
{
  const struct
  {
    const char *name;
    GCallback handler;
  } SIGNALS[] = {
    { "accepts", G_CALLBACK (rungs_sequence_editor_accepts) },
    { "dropped", G_CALLBACK (rungs_sequence_editor_put) },
    { "moved", G_CALLBACK (moved_cb) },
    { "move-by", G_CALLBACK (move_by_cb) },
    { "connects", G_CALLBACK (connects_cb) },
    { "connected", G_CALLBACK (connected_cb) },
    { "delete", G_CALLBACK (rungs_sequence_editor_remove_selected) },
    { "copy", G_CALLBACK (copy_cb) },
    { "paste", G_CALLBACK (paste_cb) },
    { "activate", G_CALLBACK (activate_cb) },
    { "selection-changed", G_CALLBACK (selection_changed_cb) },
  };
  GtkEventController *buttons = gtk_event_controller_legacy_new ();

  for (guint i = 0; i < G_N_ELEMENTS (SIGNALS); i++)
    g_signal_connect_object (self->canvas, SIGNALS[i].name, SIGNALS[i].handler, self,
                             G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (buttons, GTK_PHASE_CAPTURE);
  g_signal_connect_object (buttons, "event", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->scroller), buttons);
}
