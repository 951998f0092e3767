/* rungs-block-gap.c: a place between two blocks, where others are put. */

#include "rungs-block-gap.h"

#include <glib/gi18n.h>

#include "rungs-block-list.h"
#include "rungs-block-words.h"

struct _RungsBlockGap
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *button; /* a GtkMenuButton */
  GtkWidget *hint;   /* what an empty list says */
};

G_DEFINE_FINAL_TYPE (RungsBlockGap, rungs_block_gap, GTK_TYPE_WIDGET)

/* The list that it is in, and the block before which it stands. */
static RungsBlockList *
list_of (RungsBlockGap *self,
         guint         *index)
{
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (self), RUNGS_TYPE_BLOCK_LIST);

  *index = 0;
  for (GtkWidget *before = gtk_widget_get_prev_sibling (GTK_WIDGET (self)); before != NULL;
       before = gtk_widget_get_prev_sibling (before))
    if (RUNGS_IS_BLOCK_CARD (before))
      (*index)++;
  return (RungsBlockList *) list;
}

static void
insert_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsBlockType type;
  guint index;
  RungsBlockList *list = list_of (RUNGS_BLOCK_GAP (widget), &index);

  if (list != NULL
      && rungs_block_type_from_text (g_variant_get_string (parameter, NULL), &type))
    rungs_block_list_insert (list, index, rungs_block_new (type));
}

/* ---- drops */

static gboolean
drop_files (RungsBlockList *list,
            guint           index,
            GSList         *files)
{
  for (GSList *file = files; file != NULL; file = file->next)
    {
      rungs_block_list_insert (list, index, rungs_block_new (RUNGS_BLOCK_PICTURE));
      rungs_block_form_take_file (
        rungs_block_card_get_form (rungs_block_list_get_card (list, index++)), file->data);
    }
  return files != NULL;
}

static gboolean
drop_kind (RungsBlockList *list,
           guint           index,
           RungsBlockType  type)
{
  if (type >= RUNGS_N_BLOCK_TYPES || !rungs_block_list_accepts (list, type))
    return FALSE;
  rungs_block_list_insert (list, index, rungs_block_new (type));
  return TRUE;
}

static gboolean
dropped_cb (GtkDropTarget *target,
            const GValue  *value,
            double         x,
            double         y,
            RungsBlockGap *self)
{
  guint index;
  RungsBlockList *list = list_of (self, &index);
  RungsBlockCard *card;

  if (list == NULL)
    return FALSE;
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return drop_files (list, index, g_value_get_boxed (value));
  if (G_VALUE_HOLDS (value, RUNGS_TYPE_BLOCK_KIND))
    return drop_kind (list, index, g_value_get_uint (value));
  card = g_value_get_object (value);
  if (!rungs_block_list_accepts (list, rungs_block_card_get_block (card)->type)
      || gtk_widget_is_ancestor (GTK_WIDGET (self), GTK_WIDGET (card)))
    return FALSE;
  rungs_block_list_move_here (list, card, index);
  return TRUE;
}

/* ---- the class */

static void
rungs_block_gap_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_BLOCK_GAP (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_block_gap_parent_class)->dispose (object);
}

static void
rungs_block_gap_class_init (RungsBlockGapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_block_gap_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "blockgap");
  gtk_widget_class_install_action (widget_class, "gap.insert", "s", insert_action);
}

static void
rungs_block_gap_init (RungsBlockGap *self)
{
  GType types[] = { RUNGS_TYPE_BLOCK_CARD, RUNGS_TYPE_BLOCK_KIND, GDK_TYPE_FILE_LIST };
  GtkDropTarget *target
    = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY | GDK_ACTION_MOVE);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static GMenuModel *
new_menu (gboolean is_column)
{
  GMenu *menu = g_menu_new ();

  for (RungsBlockType type = 0; type < RUNGS_N_BLOCK_TYPES; type++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (rungs_block_words_name (type), NULL);

      if (is_column && type == RUNGS_BLOCK_COLUMNS)
        continue;
      g_menu_item_set_action_and_target (item, "gap.insert", "s", rungs_block_type_to_text (type));
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

GtkWidget *
rungs_block_gap_new (gboolean is_column)
{
  RungsBlockGap *self = g_object_new (RUNGS_TYPE_BLOCK_GAP, NULL);
  g_autoptr (GMenuModel) menu = new_menu (is_column);

  self->hint = gtk_label_new (is_column ? _ ("Drop a block here")
                                        : _ ("Drag a block here, or press +"));
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->hint), GTK_JUSTIFY_CENTER);
  gtk_widget_set_visible (self->hint, FALSE);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "list-add-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->button), menu);
  gtk_widget_set_halign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->button, _ ("Add a block here"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self->button)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Add a block here"), -1);
  gtk_box_append (GTK_BOX (self->box), self->hint);
  gtk_box_append (GTK_BOX (self->box), self->button);
  return GTK_WIDGET (self);
}

void
rungs_block_gap_set_empty (RungsBlockGap *self,
                           gboolean       is_empty)
{
  g_return_if_fail (RUNGS_IS_BLOCK_GAP (self));

  gtk_widget_set_visible (self->hint, is_empty);
  if (is_empty)
    gtk_widget_add_css_class (GTK_WIDGET (self), "empty");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "empty");
}
