/* rungs-block-card.c: one block of a message: what it is, what can be done with it, its fields. */

#include "rungs-block-card.h"

#include <glib/gi18n.h>

#include "rungs-block-clipboard.h"
#include "rungs-block-list.h"
#include "rungs-block-words.h"

struct _RungsBlockCard
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *form;
  RungsBlock *block; /* (unowned): of the message */
};

G_DEFINE_FINAL_TYPE (RungsBlockCard, rungs_block_card, GTK_TYPE_WIDGET)

/* ---- what it does */

/* Whether the card itself has the keys, not a field in it. */
static gboolean
has_keys (RungsBlockCard *self)
{
  return gtk_widget_is_focus (GTK_WIDGET (self));
}

static void
up_action (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  rungs_block_list_shift (RUNGS_BLOCK_CARD (widget), -1);
}

static void
down_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  rungs_block_list_shift (RUNGS_BLOCK_CARD (widget), 1);
}

static void
duplicate_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  rungs_block_list_duplicate (RUNGS_BLOCK_CARD (widget));
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  rungs_block_list_remove (RUNGS_BLOCK_CARD (widget));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  rungs_block_clipboard_offer (widget, RUNGS_BLOCK_CARD (widget)->block);
}

static void
cut_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  copy_action (widget, name, parameter);
  rungs_block_list_remove (RUNGS_BLOCK_CARD (widget));
}

static void
pasted_cb (GtkWidget  *widget,
           const char *json)
{
  guint index;
  RungsBlockList *list = rungs_block_list_of (RUNGS_BLOCK_CARD (widget), &index);

  if (list == NULL || !rungs_block_list_insert_json (list, index + 1, json))
    gtk_widget_error_bell (widget);
}

static void
paste_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  rungs_block_clipboard_fetch (widget, pasted_cb);
}

/* Keys that mean something else in a field. */
static gboolean
key_pressed_cb (RungsBlockCard  *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  static const struct
  {
    guint key;
    GdkModifierType held;
    const char *action;
  } KEYS[] = {
    { GDK_KEY_Delete, 0, "block.delete" },         { GDK_KEY_c, GDK_CONTROL_MASK, "block.copy" },
    { GDK_KEY_x, GDK_CONTROL_MASK, "block.cut" },  { GDK_KEY_v, GDK_CONTROL_MASK, "block.paste" },
  };
  GdkModifierType held = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK);

  if (key == GDK_KEY_Escape && !has_keys (self))
    return gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!has_keys (self))
    return FALSE;
  if ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && held == 0)
    return rungs_block_form_enter (RUNGS_BLOCK_FORM (self->form));
  for (gsize i = 0; i < G_N_ELEMENTS (KEYS); i++)
    if (key == KEYS[i].key && held == KEYS[i].held)
      return gtk_widget_activate_action (GTK_WIDGET (self), KEYS[i].action, NULL);
  return FALSE;
}

/* ---- dragging */

static GdkContentProvider *
drag_prepare_cb (GtkDragSource  *source,
                 double          x,
                 double          y,
                 RungsBlockCard *self)
{
  return gdk_content_provider_new_typed (RUNGS_TYPE_BLOCK_CARD, self);
}

static void
drag_begun_cb (GtkDragSource  *source,
               GdkDrag        *drag,
               RungsBlockCard *self)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (self->box);

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

/* ---- the class */

static void
rungs_block_card_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_BLOCK_CARD (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_block_card_parent_class)->dispose (object);
}

static gboolean
rungs_block_card_grab_focus (GtkWidget *widget)
{
  gtk_root_set_focus (gtk_widget_get_root (widget), widget);
  return TRUE;
}

static gboolean
rungs_block_card_focus (GtkWidget        *widget,
                        GtkDirectionType  direction)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  RungsBlockCard *self = RUNGS_BLOCK_CARD (widget);
  gboolean is_inside = focus != NULL && gtk_widget_is_ancestor (focus, widget);

  if (focus == widget && direction == GTK_DIR_TAB_BACKWARD)
    return FALSE;
  if (!is_inside && focus != widget && direction != GTK_DIR_TAB_BACKWARD)
    return gtk_widget_grab_focus (widget);
  if (gtk_widget_child_focus (self->box, direction))
    return TRUE;
  return focus != widget && direction == GTK_DIR_TAB_BACKWARD && gtk_widget_grab_focus (widget);
}

static void
rungs_block_card_class_init (RungsBlockCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_block_card_dispose;
  widget_class->grab_focus = rungs_block_card_grab_focus;
  widget_class->focus = rungs_block_card_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "blockcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "block.up", NULL, up_action);
  gtk_widget_class_install_action (widget_class, "block.down", NULL, down_action);
  gtk_widget_class_install_action (widget_class, "block.duplicate", NULL, duplicate_action);
  gtk_widget_class_install_action (widget_class, "block.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "block.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "block.cut", NULL, cut_action);
  gtk_widget_class_install_action (widget_class, "block.paste", NULL, paste_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "block.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "block.down",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK,
                                       "block.duplicate", NULL);
}

static void
rungs_block_card_init (RungsBlockCard *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static GMenuModel *
new_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) places = g_menu_new ();
  g_autoptr (GMenu) copies = g_menu_new ();
  g_autoptr (GMenu) end = g_menu_new ();

  g_menu_append (places, _ ("Move _Up"), "block.up");
  g_menu_append (places, _ ("Move _Down"), "block.down");
  g_menu_append (copies, _ ("Du_plicate"), "block.duplicate");
  g_menu_append (copies, _ ("_Copy"), "block.copy");
  g_menu_append (copies, _ ("Cu_t"), "block.cut");
  g_menu_append (copies, _ ("P_aste Below"), "block.paste");
  g_menu_append (end, _ ("_Delete"), "block.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (places));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copies));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));
  return G_MENU_MODEL (menu);
}

static GtkWidget *
new_header (RungsBlockCard *self)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  GtkWidget *label = gtk_label_new (rungs_block_words_name (self->block->type));
  GtkWidget *more = gtk_menu_button_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  g_autoptr (GMenuModel) menu = new_menu ();

  gtk_widget_add_css_class (header, "block-header");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (more), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (more), menu);
  gtk_widget_add_css_class (more, "flat");
  gtk_widget_set_tooltip_text (more, _ ("What can be done with the block"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (more)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What can be done with the block"), -1);
  gtk_box_append (GTK_BOX (header), handle);
  gtk_box_append (GTK_BOX (header), label);
  gtk_box_append (GTK_BOX (header), more);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (drag_prepare_cb), self, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begun_cb), self, 0);
  gtk_widget_add_controller (header, GTK_EVENT_CONTROLLER (source));
  gtk_widget_set_cursor_from_name (handle, "grab");
  return header;
}

GtkWidget *
rungs_block_card_new (RungsStore *store,
                      RungsBlock *block)
{
  RungsBlockCard *self;

  g_return_val_if_fail (block != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_BLOCK_CARD, NULL);
  self->block = block;
  self->form = rungs_block_form_new (store, block);
  gtk_box_append (GTK_BOX (self->box), new_header (self));
  gtk_box_append (GTK_BOX (self->box), self->form);
  return GTK_WIDGET (self);
}

RungsBlock *
rungs_block_card_get_block (RungsBlockCard *self)
{
  g_return_val_if_fail (RUNGS_IS_BLOCK_CARD (self), NULL);

  return self->block;
}

RungsBlockForm *
rungs_block_card_get_form (RungsBlockCard *self)
{
  g_return_val_if_fail (RUNGS_IS_BLOCK_CARD (self), NULL);

  return RUNGS_BLOCK_FORM (self->form);
}

void
rungs_block_card_set_place (RungsBlockCard *self,
                            guint           index,
                            guint           n)
{
  g_autofree char *name = NULL;

  g_return_if_fail (RUNGS_IS_BLOCK_CARD (self));

  /* Translators: "Picture, block 2 of 5". */
  name = g_strdup_printf (_ ("%s, block %u of %u"), rungs_block_words_name (self->block->type),
                          index + 1, n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

RungsBlockCard *
rungs_block_card_of (GtkWidget *widget)
{
  return widget != NULL
           ? (RungsBlockCard *) gtk_widget_get_ancestor (widget, RUNGS_TYPE_BLOCK_CARD)
           : NULL;
}
