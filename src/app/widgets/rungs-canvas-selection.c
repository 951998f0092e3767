/* rungs-canvas-selection.c: what of a canvas is selected, and what has the keys. */

#include "rungs-canvas-private.h"

void
rungs_canvas_selection_set (RungsCanvas *self,
                            const char  *id,
                            gboolean     selected)
{
  RungsCanvasItem *item = rungs_canvas_find (self, id);

  if (item == NULL || g_hash_table_contains (self->selected, id) == selected)
    return;
  if (selected)
    g_hash_table_add (self->selected, g_strdup (id));
  else
    g_hash_table_remove (self->selected, id);
  rungs_canvas_item_set_selected (item, selected);
}

void
rungs_canvas_selection_clear (RungsCanvas *self)
{
  g_autoptr (GList) ids = g_hash_table_get_keys (self->selected);

  for (GList *each = ids; each != NULL; each = each->next)
    {
      RungsCanvasItem *item = rungs_canvas_find (self, each->data);

      if (item != NULL)
        rungs_canvas_item_set_selected (item, FALSE);
    }
  g_hash_table_remove_all (self->selected);
}

void
rungs_canvas_selection_changed (RungsCanvas *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "selection-changed");
}

void
rungs_canvas_selection_merge (RungsCanvas *self)
{
  GHashTableIter each;
  gpointer id;
  gboolean changed = FALSE;

  g_hash_table_iter_init (&each, self->selected);
  while (g_hash_table_iter_next (&each, &id, NULL))
    if (rungs_canvas_find (self, id) == NULL)
      {
        g_hash_table_iter_remove (&each);
        changed = TRUE;
      }
  if (rungs_canvas_find (self, self->focus) == NULL)
    g_clear_pointer (&self->focus, g_free);
  if (rungs_canvas_find (self, self->wanted) != NULL)
    {
      g_autofree char *wanted = g_steal_pointer (&self->wanted);

      rungs_canvas_select (self, wanted);
      rungs_canvas_reveal (self, wanted);
    }
  else if (changed)
    rungs_canvas_selection_changed (self);
}

/* In the order of the graph. */
static void
add_selected (RungsCanvas  *self,
              GPtrArray    *items,
              GStrvBuilder *builder)
{
  for (guint i = 0; i < items->len; i++)
    {
      RungsCanvasItem *item = g_ptr_array_index (items, i);

      if (g_hash_table_contains (self->selected, item->id))
        g_strv_builder_add (builder, item->id);
    }
}

char **
rungs_canvas_get_selected (RungsCanvas *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (RUNGS_IS_CANVAS (self), NULL);

  add_selected (self, self->nodes, builder);
  add_selected (self, self->edges, builder);
  return g_strv_builder_end (builder);
}

const char *
rungs_canvas_get_selected_one (RungsCanvas *self)
{
  GHashTableIter each;
  gpointer id = NULL;

  g_return_val_if_fail (RUNGS_IS_CANVAS (self), NULL);

  if (g_hash_table_size (self->selected) != 1)
    return NULL;
  g_hash_table_iter_init (&each, self->selected);
  g_hash_table_iter_next (&each, &id, NULL);
  return id;
}

gboolean
rungs_canvas_is_selected (RungsCanvas *self,
                          const char  *id)
{
  g_return_val_if_fail (RUNGS_IS_CANVAS (self), FALSE);

  return id != NULL && g_hash_table_contains (self->selected, id);
}

static gboolean
has_keys (RungsCanvas *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == GTK_WIDGET (self)
                           || gtk_widget_is_ancestor (focus, GTK_WIDGET (self)));
}

void
rungs_canvas_select (RungsCanvas *self,
                     const char  *id)
{
  g_autofree char *wanted = g_strdup (id);

  g_return_if_fail (RUNGS_IS_CANVAS (self));

  g_clear_pointer (&self->wanted, g_free);
  if (wanted != NULL && rungs_canvas_find (self, wanted) == NULL)
    {
      self->wanted = g_steal_pointer (&wanted);
      return;
    }
  rungs_canvas_selection_clear (self);
  if (wanted != NULL)
    {
      rungs_canvas_selection_set (self, wanted, TRUE);
      g_free (self->focus);
      self->focus = g_strdup (wanted);
      if (has_keys (self))
        gtk_widget_grab_focus (GTK_WIDGET (rungs_canvas_find (self, wanted)));
    }
  rungs_canvas_selection_changed (self);
}

static void
select_all_of (RungsCanvas *self,
               GPtrArray   *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      RungsCanvasItem *item = g_ptr_array_index (items, i);

      if (item->placed && (rungs_canvas_item_get_can (item) & RUNGS_CANVAS_CAN_SELECT) != 0)
        rungs_canvas_selection_set (self, item->id, TRUE);
    }
}

void
rungs_canvas_select_all (RungsCanvas *self)
{
  g_return_if_fail (RUNGS_IS_CANVAS (self));

  select_all_of (self, self->nodes);
  select_all_of (self, self->edges);
  rungs_canvas_selection_changed (self);
}

const char *
rungs_canvas_get_focus_id (RungsCanvas *self)
{
  g_return_val_if_fail (RUNGS_IS_CANVAS (self), NULL);

  return self->focus;
}

void
rungs_canvas_selection_point (RungsCanvas *self,
                              const char  *id)
{
  g_autofree char *before = g_steal_pointer (&self->focus);

  self->focus = g_strdup (id);
}

void
rungs_canvas_selection_focus (RungsCanvas *self,
                              const char  *id)
{
  RungsCanvasItem *item = rungs_canvas_find (self, id);

  if (item == NULL)
    return;
  if (g_strcmp0 (self->focus, id) != 0)
    {
      g_free (self->focus);
      self->focus = g_strdup (id);
    }
  gtk_widget_grab_focus (GTK_WIDGET (item));
  rungs_canvas_reveal (self, item->id);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
rungs_canvas_emit_activate (RungsCanvas *self,
                            const char  *id)
{
  g_autofree char *kept = g_strdup (id);

  g_signal_emit_by_name (self, "activate", kept);
}

void
rungs_canvas_emit_label_activated (RungsCanvas *self,
                                   const char  *edge)
{
  g_autofree char *kept = g_strdup (edge);

  g_signal_emit_by_name (self, "label-activated", kept);
}

void
rungs_canvas_emit_menu (RungsCanvas *self,
                        const char  *id,
                        double       x,
                        double       y)
{
  g_autofree char *kept = g_strdup (id);

  g_signal_emit_by_name (self, "menu", kept, x, y);
}
