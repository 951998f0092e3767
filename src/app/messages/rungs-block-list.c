/* rungs-block-list.c: blocks of a message, one below the other.
 *
 * Its children are gaps and cards by turns, beginning and ending with a gap. The blocks belong to
 * the array, the cards only know theirs: so an array is changed first, and then the cards. */

#include "rungs-block-list.h"


#include "rungs-block-gap.h"
#include "widgets/rungs-focus.h"

struct _RungsBlockList
{
  GtkWidget parent_instance;

  RungsStore *store;  /* (owned) (nullable) */
  GPtrArray *blocks;  /* (owned) */
  gboolean is_column;
};

G_DEFINE_FINAL_TYPE (RungsBlockList, rungs_block_list, GTK_TYPE_WIDGET)

static void
rungs_block_list_dispose (GObject *object)
{
  RungsBlockList *self = RUNGS_BLOCK_LIST (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->store);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  G_OBJECT_CLASS (rungs_block_list_parent_class)->dispose (object);
}

static void
rungs_block_list_class_init (RungsBlockListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_block_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "blocklist");
}

static void
rungs_block_list_init (RungsBlockList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
}

/* ---- cards */

guint
rungs_block_list_get_n_cards (RungsBlockList *self)
{
  g_return_val_if_fail (RUNGS_IS_BLOCK_LIST (self), 0);

  return self->blocks->len;
}

RungsBlockCard *
rungs_block_list_get_card (RungsBlockList *self,
                           guint           index)
{
  g_return_val_if_fail (RUNGS_IS_BLOCK_LIST (self), NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (RUNGS_IS_BLOCK_CARD (child) && index-- == 0)
      return RUNGS_BLOCK_CARD (child);
  return NULL;
}

RungsBlockList *
rungs_block_list_of (RungsBlockCard *card,
                     guint          *index)
{
  GtkWidget *list = gtk_widget_get_parent (GTK_WIDGET (card));

  return RUNGS_IS_BLOCK_LIST (list)
             && g_ptr_array_find (RUNGS_BLOCK_LIST (list)->blocks,
                                  rungs_block_card_get_block (card), index)
           ? RUNGS_BLOCK_LIST (list)
           : NULL;
}

static void
number_cards (RungsBlockList *self)
{
  guint index = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (RUNGS_IS_BLOCK_CARD (child))
      rungs_block_card_set_place (RUNGS_BLOCK_CARD (child), index++, self->blocks->len);
  rungs_block_gap_set_empty (RUNGS_BLOCK_GAP (gtk_widget_get_first_child (GTK_WIDGET (self))),
                             self->blocks->len == 0);
}

/* The card goes behind the gap `index`, with a gap of its own. */
static void
add_card (RungsBlockList *self,
          guint           index,
          GtkWidget      *card)
{
  GtkWidget *gap = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (guint i = 0; i < 2 * index; i++)
    gap = gtk_widget_get_next_sibling (gap);
  gtk_widget_insert_after (card, GTK_WIDGET (self), gap);
  gtk_widget_insert_after (rungs_block_gap_new (self->is_column), GTK_WIDGET (self), card);
}

/* With the gap behind it. */
static void
drop_card (RungsBlockCard *card)
{
  rungs_focus_close_popovers (GTK_WIDGET (card));
  gtk_widget_unparent (gtk_widget_get_next_sibling (GTK_WIDGET (card)));
  gtk_widget_unparent (GTK_WIDGET (card));
}

static void
tell_changed (RungsBlockList *self)
{
  number_cards (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "blocks.changed", "s", "");
}

static void
show_block (RungsBlockList *self,
            guint           index)
{
  add_card (self, index,
            rungs_block_card_new (self->store, g_ptr_array_index (self->blocks, index)));
}

GtkWidget *
rungs_block_list_new (RungsStore *store,
                      GPtrArray  *blocks,
                      gboolean    is_column)
{
  RungsBlockList *self;

  g_return_val_if_fail (blocks != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_BLOCK_LIST, NULL);
  g_set_object (&self->store, store);
  self->blocks = g_ptr_array_ref (blocks);
  self->is_column = is_column;
  gtk_widget_set_parent (rungs_block_gap_new (is_column), GTK_WIDGET (self));
  for (guint i = 0; i < blocks->len; i++)
    show_block (self, i);
  number_cards (self);
  return GTK_WIDGET (self);
}

/* ---- other blocks */

static char *
json_of (RungsBlock *block)
{
  g_autoptr (GPtrArray) one = rungs_blocks_new ();

  g_ptr_array_add (one, rungs_block_copy (block));
  return rungs_blocks_to_json (one);
}

static gboolean
are_alike (RungsBlock *block,
           RungsBlock *other)
{
  g_autofree char *json = json_of (block);
  g_autofree char *other_json = json_of (other);

  return g_str_equal (json, other_json);
}

void
rungs_block_list_set_blocks (RungsBlockList *self,
                             GPtrArray      *blocks)
{
  GPtrArray *old;
  guint first = 0;
  guint last = 0;
  guint taken = 0;
  gboolean had_focus;

  g_return_if_fail (RUNGS_IS_BLOCK_LIST (self));
  g_return_if_fail (blocks != NULL);

  old = self->blocks;
  had_focus = rungs_focus_is_in (GTK_WIDGET (self));
  while (first < MIN (old->len, blocks->len)
         && are_alike (g_ptr_array_index (old, first), g_ptr_array_index (blocks, first)))
    first++;
  while (last < MIN (old->len, blocks->len) - first
         && are_alike (g_ptr_array_index (old, old->len - 1 - last),
                       g_ptr_array_index (blocks, blocks->len - 1 - last)))
    last++;
  if (old->len == blocks->len && first + last + 1 == old->len
      && rungs_block_form_take_text (
        rungs_block_card_get_form (rungs_block_list_get_card (self, first)),
        g_ptr_array_index (blocks, first)))
    return;
  for (guint i = old->len - last; i > first; i--)
    {
      drop_card (rungs_block_list_get_card (self, i - 1));
      g_ptr_array_remove_index (old, i - 1);
    }
  for (guint n = blocks->len - first - last; taken < n; taken++)
    {
      g_ptr_array_insert (old, (int) (first + taken),
                          rungs_block_copy (g_ptr_array_index (blocks, first + taken)));
      show_block (self, first + taken);
    }
  number_cards (self);
  if (had_focus && old->len > 0)
    gtk_widget_grab_focus (
      GTK_WIDGET (rungs_block_list_get_card (self, MIN (first, old->len - 1))));
}

/* ---- changes */

gboolean
rungs_block_list_accepts (RungsBlockList *self,
                          RungsBlockType  type)
{
  g_return_val_if_fail (RUNGS_IS_BLOCK_LIST (self), FALSE);

  return !self->is_column || type != RUNGS_BLOCK_COLUMNS;
}

void
rungs_block_list_insert (RungsBlockList *self,
                         guint           index,
                         RungsBlock     *block)
{
  RungsBlockCard *card;

  g_return_if_fail (RUNGS_IS_BLOCK_LIST (self));
  g_return_if_fail (block != NULL);

  g_ptr_array_insert (self->blocks, (int) index, block);
  show_block (self, index);
  tell_changed (self);
  card = rungs_block_list_get_card (self, index);
  if (!rungs_block_form_enter (rungs_block_card_get_form (card)))
    gtk_widget_grab_focus (GTK_WIDGET (card));
}

gboolean
rungs_block_list_insert_json (RungsBlockList *self,
                              guint           index,
                              const char     *json)
{
  g_autoptr (GPtrArray) blocks = rungs_blocks_parse (json, NULL);

  g_return_val_if_fail (RUNGS_IS_BLOCK_LIST (self), FALSE);

  if (blocks == NULL || blocks->len == 0)
    return FALSE;
  for (guint i = 0; i < blocks->len; i++)
    if (!rungs_block_list_accepts (self, ((RungsBlock *) g_ptr_array_index (blocks, i))->type))
      return FALSE;
  for (guint i = 0; i < blocks->len; i++)
    {
      g_ptr_array_insert (self->blocks, (int) (index + i),
                          rungs_block_copy (g_ptr_array_index (blocks, i)));
      show_block (self, index + i);
    }
  tell_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (rungs_block_list_get_card (self, index)));
  return TRUE;
}

void
rungs_block_list_move_here (RungsBlockList *self,
                            RungsBlockCard *card,
                            guint           index)
{
  guint from;
  RungsBlockList *other = rungs_block_list_of (card, &from);
  gpointer block;

  g_return_if_fail (RUNGS_IS_BLOCK_LIST (self));
  g_return_if_fail (other != NULL);

  if (other == self && (index == from || index == from + 1))
    return;
  if (other == self && index > from)
    index--;
  block = g_ptr_array_steal_index (other->blocks, from);
  drop_card (card);
  g_ptr_array_insert (self->blocks, (int) index, block);
  show_block (self, index);
  number_cards (other);
  tell_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (rungs_block_list_get_card (self, index)));
}

void
rungs_block_list_shift (RungsBlockCard *card,
                        int             by)
{
  guint index;
  RungsBlockList *self = rungs_block_list_of (card, &index);

  g_return_if_fail (self != NULL);

  if ((by < 0 && index == 0) || (by > 0 && index + 1 == self->blocks->len))
    gtk_widget_error_bell (GTK_WIDGET (card));
  else
    rungs_block_list_move_here (self, card, by < 0 ? index - 1 : index + 2);
}

void
rungs_block_list_duplicate (RungsBlockCard *card)
{
  guint index;
  RungsBlockList *self = rungs_block_list_of (card, &index);
  g_autofree char *json = NULL;

  g_return_if_fail (self != NULL);

  json = json_of (rungs_block_card_get_block (card));
  rungs_block_list_insert_json (self, index + 1, json);
}

void
rungs_block_list_remove (RungsBlockCard *card)
{
  guint index;
  RungsBlockList *self = rungs_block_list_of (card, &index);

  g_return_if_fail (self != NULL);

  drop_card (card);
  g_ptr_array_remove_index (self->blocks, index);
  tell_changed (self);
  if (self->blocks->len > 0)
    gtk_widget_grab_focus (
      GTK_WIDGET (rungs_block_list_get_card (self, MIN (index, self->blocks->len - 1))));
  else
    gtk_widget_child_focus (gtk_widget_get_first_child (GTK_WIDGET (self)), GTK_DIR_TAB_FORWARD);
}
