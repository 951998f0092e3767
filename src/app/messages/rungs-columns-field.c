/* rungs-columns-field.c: the columns of a block, side by side. */

#include "rungs-columns-field.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-block-list.h"
#include "widgets/rungs-drop-down.h"

struct _RungsColumnsField
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *lists;
  RungsStore *store; /* (owned) (nullable) */
  RungsBlock *block; /* (unowned) */
};

G_DEFINE_FINAL_TYPE (RungsColumnsField, rungs_columns_field, GTK_TYPE_WIDGET)

/* How columns share the width. */
static const struct
{
  const char *name;
  guint n;
  int weights[RUNGS_BLOCK_MAX_COLUMNS];
} SHAPES[] = {
  { N_ ("Two alike"), 2, { 1, 1, 0 } },       { N_ ("Narrow and wide"), 2, { 1, 2, 0 } },
  { N_ ("Wide and narrow"), 2, { 2, 1, 0 } }, { N_ ("Three alike"), 3, { 1, 1, 1 } },
};

static void
show_lists (RungsColumnsField *self)
{
  GtkWidget *list;

  while ((list = gtk_widget_get_first_child (self->lists)) != NULL)
    gtk_box_remove (GTK_BOX (self->lists), list);
  for (guint i = 0; i < self->block->columns->len; i++)
    gtk_box_append (GTK_BOX (self->lists),
                    rungs_block_list_new (self->store,
                                          g_ptr_array_index (self->block->columns, i), TRUE));
}

static guint
shape_of (const RungsBlock *block)
{
  for (guint i = 0; i < G_N_ELEMENTS (SHAPES); i++)
    if (SHAPES[i].n == block->columns->len
        && memcmp (SHAPES[i].weights, block->weights, SHAPES[i].n * sizeof (int)) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

/* What was in a column that goes is put below what is in the one before it. */
static void
drop_last_column (RungsBlock *block)
{
  GPtrArray *last = g_ptr_array_index (block->columns, block->columns->len - 1);
  GPtrArray *before = g_ptr_array_index (block->columns, block->columns->len - 2);

  while (last->len > 0)
    g_ptr_array_add (before, g_ptr_array_steal_index (last, 0));
  g_ptr_array_remove_index (block->columns, block->columns->len - 1);
}

static void
shape_changed_cb (GtkDropDown       *shapes,
                  GParamSpec        *property,
                  RungsColumnsField *self)
{
  guint shape = gtk_drop_down_get_selected (shapes);

  if (shape >= G_N_ELEMENTS (SHAPES))
    return;
  while (self->block->columns->len > SHAPES[shape].n)
    drop_last_column (self->block);
  while (self->block->columns->len < SHAPES[shape].n)
    g_ptr_array_add (self->block->columns, rungs_blocks_new ());
  memcpy (self->block->weights, SHAPES[shape].weights, sizeof self->block->weights);
  show_lists (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "blocks.changed", "s", "");
}

static void
rungs_columns_field_dispose (GObject *object)
{
  RungsColumnsField *self = RUNGS_COLUMNS_FIELD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (rungs_columns_field_parent_class)->dispose (object);
}

static void
rungs_columns_field_class_init (RungsColumnsFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_columns_field_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rungs_columns_field_init (RungsColumnsField *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->lists = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_set_homogeneous (GTK_BOX (self->lists), TRUE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
rungs_columns_field_new (RungsStore *store,
                         RungsBlock *block)
{
  RungsColumnsField *self;
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkWidget *shapes = gtk_drop_down_new (G_LIST_MODEL (names), NULL);

  g_return_val_if_fail (block != NULL && block->columns != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_COLUMNS_FIELD, NULL);
  g_set_object (&self->store, store);
  self->block = block;
  for (guint i = 0; i < G_N_ELEMENTS (SHAPES); i++)
    gtk_string_list_append (names, _ (SHAPES[i].name));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (shapes), shape_of (block));
  rungs_drop_down_set_label (GTK_DROP_DOWN (shapes), _ ("Columns"));
  gtk_widget_set_halign (shapes, GTK_ALIGN_START);
  g_signal_connect_object (shapes, "notify::selected", G_CALLBACK (shape_changed_cb), self, 0);
  show_lists (self);
  gtk_box_append (GTK_BOX (self->box), self->lists);
  gtk_box_append (GTK_BOX (self->box), shapes);
  return GTK_WIDGET (self);
}
