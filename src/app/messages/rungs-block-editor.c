/* rungs-block-editor.c: the blocks of a message, as they are written. */

#include "rungs-block-editor.h"

#include <glib/gi18n.h>

#include "rungs-block-gap.h"
#include "rungs-block-words.h"

struct _RungsBlockEditor
{
  GtkWidget parent_instance;

  RungsStore *store; /* (owned) (nullable) */
  GPtrArray *blocks; /* (owned) */
  GtkWidget *list;   /* (nullable) until the store is known */
};

G_DEFINE_FINAL_TYPE (RungsBlockEditor, rungs_block_editor, GTK_TYPE_WIDGET)

static guint changed_signal;

static void
changed_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  g_signal_emit (widget, changed_signal, 0, g_variant_get_string (parameter, NULL));
}

/* ---- the palette */

/* Where a new block goes: behind the one with the keys. */
static RungsBlockList *
place_of_new (RungsBlockEditor *self,
              RungsBlockType    type,
              guint            *index)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  RungsBlockCard *card = rungs_block_card_of (root != NULL ? gtk_root_get_focus (root) : NULL);

  while (card != NULL)
    {
      RungsBlockList *list = rungs_block_list_of (card, index);

      (*index)++;
      if (list != NULL && rungs_block_list_accepts (list, type))
        return list;
      card = rungs_block_card_of (gtk_widget_get_parent (GTK_WIDGET (card)));
    }
  *index = self->blocks->len;
  return RUNGS_BLOCK_LIST (self->list);
}

static void
kind_clicked_cb (GtkButton        *button,
                 RungsBlockEditor *self)
{
  RungsBlockType type = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "type"));
  guint index;
  RungsBlockList *list = place_of_new (self, type, &index);

  if (list != NULL)
    rungs_block_list_insert (list, index, rungs_block_new (type));
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 GtkWidget     *button)
{
  return gdk_content_provider_new_typed (
    RUNGS_TYPE_BLOCK_KIND, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "type")));
}

static void
drag_begun_cb (GtkDragSource *source,
               GdkDrag       *drag,
               GtkWidget     *button)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (button);

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

static GtkWidget *
new_kind (RungsBlockEditor *self,
          RungsBlockType    type)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new (rungs_block_words_name (type));
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (rungs_block_words_icon (type)));
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (label, "caption");
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_tooltip_text (button, _ ("Click, or drag it to where it belongs"));
  g_object_set_data (G_OBJECT (button), "type", GUINT_TO_POINTER (type));
  g_signal_connect_object (button, "clicked", G_CALLBACK (kind_clicked_cb), self, 0);
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect_object (source, "prepare", G_CALLBACK (drag_prepare_cb), button, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begun_cb), button, 0);
  gtk_widget_add_controller (button, GTK_EVENT_CONTROLLER (source));
  return button;
}

GtkWidget *
rungs_block_editor_new_palette (RungsBlockEditor *self)
{
  GtkWidget *palette = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  g_return_val_if_fail (RUNGS_IS_BLOCK_EDITOR (self), NULL);

  gtk_widget_add_css_class (palette, "block-palette");
  for (RungsBlockType type = 0; type < RUNGS_N_BLOCK_TYPES; type++)
    gtk_box_append (GTK_BOX (palette), new_kind (self, type));
  return palette;
}

/* ---- the class */

static void
rungs_block_editor_dispose (GObject *object)
{
  RungsBlockEditor *self = RUNGS_BLOCK_EDITOR (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (rungs_block_editor_parent_class)->dispose (object);
}

static void
rungs_block_editor_finalize (GObject *object)
{
  g_ptr_array_unref (RUNGS_BLOCK_EDITOR (object)->blocks);
  G_OBJECT_CLASS (rungs_block_editor_parent_class)->finalize (object);
}

static void
rungs_block_editor_class_init (RungsBlockEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_block_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_block_editor_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "blocks.changed", "s", changed_action);
  changed_signal = g_signal_new ("changed", RUNGS_TYPE_BLOCK_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rungs_block_editor_init (RungsBlockEditor *self)
{
  self->blocks = rungs_blocks_new ();
}

void
rungs_block_editor_set_store (RungsBlockEditor *self,
                              RungsStore       *store)
{
  g_return_if_fail (RUNGS_IS_BLOCK_EDITOR (self));
  g_return_if_fail (self->list == NULL);

  g_set_object (&self->store, store);
  self->list = rungs_block_list_new (store, self->blocks, FALSE);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

void
rungs_block_editor_set_json (RungsBlockEditor *self,
                             const char       *json)
{
  g_autoptr (GPtrArray) blocks = NULL;

  g_return_if_fail (RUNGS_IS_BLOCK_EDITOR (self));
  g_return_if_fail (self->list != NULL);

  blocks = json != NULL && *json != '\0' ? rungs_blocks_parse (json, NULL) : NULL;
  if (blocks == NULL)
    blocks = rungs_blocks_new ();
  rungs_block_list_set_blocks (RUNGS_BLOCK_LIST (self->list), blocks);
}

char *
rungs_block_editor_dup_json (RungsBlockEditor *self)
{
  g_return_val_if_fail (RUNGS_IS_BLOCK_EDITOR (self), NULL);

  return rungs_blocks_to_json (self->blocks);
}

RungsBlockList *
rungs_block_editor_get_list (RungsBlockEditor *self)
{
  g_return_val_if_fail (RUNGS_IS_BLOCK_EDITOR (self), NULL);

  return RUNGS_BLOCK_LIST (self->list);
}
