/* rungs-browser-selection.c: which rows of a browser are selected.
 *
 * The selection is a set of positions. Where rows come or go, the positions behind them move; rows
 * that come are not selected. */

#include "rungs-browser-selection.h"

struct _RungsBrowserSelection
{
  GObject parent_instance;

  GListModel *model;   /* (owned) */
  GtkBitset *selected; /* (owned) */
};

/* ---- the list */

static GType
get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (RUNGS_BROWSER_SELECTION (list)->model);
}

static guint
get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (RUNGS_BROWSER_SELECTION (list)->model);
}

static gpointer
get_item (GListModel *list,
          guint       position)
{
  return g_list_model_get_item (RUNGS_BROWSER_SELECTION (list)->model, position);
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

/* ---- the selection */

static gboolean
is_selected (GtkSelectionModel *model,
             guint              position)
{
  return gtk_bitset_contains (RUNGS_BROWSER_SELECTION (model)->selected, position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model,
                        guint              position,
                        guint              n_items)
{
  return gtk_bitset_ref (RUNGS_BROWSER_SELECTION (model)->selected);
}

static gboolean
set_selection (GtkSelectionModel *model,
               GtkBitset         *selected,
               GtkBitset         *mask)
{
  RungsBrowserSelection *self = RUNGS_BROWSER_SELECTION (model);
  guint n = get_n_items (G_LIST_MODEL (self));
  g_autoptr (GtkBitset) changes = gtk_bitset_copy (self->selected);
  GtkBitset *after;
  guint first;
  guint last;

  /* those inside the mask that are to be otherwise, of the rows that there are */
  gtk_bitset_difference (changes, selected);
  gtk_bitset_intersect (changes, mask);
  gtk_bitset_remove_range_closed (changes, n, G_MAXUINT);
  if (gtk_bitset_is_empty (changes))
    return TRUE;
  first = gtk_bitset_get_minimum (changes);
  last = gtk_bitset_get_maximum (changes);
  /* what was handed out stays as it was */
  after = gtk_bitset_copy (self->selected);
  gtk_bitset_difference (after, changes);
  gtk_bitset_unref (self->selected);
  self->selected = after;
  gtk_selection_model_selection_changed (model, first, last - first + 1);
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *interface)
{
  interface->is_selected = is_selected;
  interface->get_selection_in_range = get_selection_in_range;
  interface->set_selection = set_selection;
}

/* ---- the class */

G_DEFINE_FINAL_TYPE_WITH_CODE (RungsBrowserSelection, rungs_browser_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                      selection_model_init))

static void
items_changed_cb (RungsBrowserSelection *self,
                  guint                  position,
                  guint                  removed,
                  guint                  added)
{
  GtkBitset *selected = gtk_bitset_copy (self->selected);

  gtk_bitset_splice (selected, position, removed, added);
  gtk_bitset_unref (self->selected);
  self->selected = selected;
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
rungs_browser_selection_finalize (GObject *object)
{
  RungsBrowserSelection *self = RUNGS_BROWSER_SELECTION (object);

  gtk_bitset_unref (self->selected);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (rungs_browser_selection_parent_class)->finalize (object);
}

static void
rungs_browser_selection_class_init (RungsBrowserSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_browser_selection_finalize;
}

static void
rungs_browser_selection_init (RungsBrowserSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
}

RungsBrowserSelection *
rungs_browser_selection_new (GListModel *model)
{
  RungsBrowserSelection *self = g_object_new (RUNGS_TYPE_BROWSER_SELECTION, NULL);

  g_return_val_if_fail (G_IS_LIST_MODEL (model), self);

  self->model = model;
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
