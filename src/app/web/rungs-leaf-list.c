/* rungs-leaf-list.c: names and values of something that was sent, a line each. */

#include "rungs-leaf-list.h"

#include <string.h>

/* ---- a line */

#define RUNGS_TYPE_LEAF (rungs_leaf_get_type ())

G_DECLARE_FINAL_TYPE (RungsLeaf, rungs_leaf, RUNGS, LEAF, GObject)

struct _RungsLeaf
{
  GObject parent_instance;

  char *key;   /* (owned) */
  char *name;  /* (owned) */
  char *value; /* (owned) */
  char *mark;  /* (owned) "" */
};

G_DEFINE_FINAL_TYPE (RungsLeaf, rungs_leaf, G_TYPE_OBJECT)

typedef enum
{
  PROP_MARK = 1,
} RungsLeafProperty;

static GParamSpec *leaf_properties[PROP_MARK + 1];

static void
rungs_leaf_finalize (GObject *object)
{
  RungsLeaf *self = RUNGS_LEAF (object);

  g_free (self->key);
  g_free (self->name);
  g_free (self->value);
  g_free (self->mark);
  G_OBJECT_CLASS (rungs_leaf_parent_class)->finalize (object);
}

static void
rungs_leaf_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  g_value_set_string (value, RUNGS_LEAF (object)->mark);
}

static void
rungs_leaf_class_init (RungsLeafClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rungs_leaf_finalize;
  object_class->get_property = rungs_leaf_get_property;
  leaf_properties[PROP_MARK] = g_param_spec_string ("mark", NULL, NULL, NULL,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, PROP_MARK + 1, leaf_properties);
}

static void
rungs_leaf_init (RungsLeaf *self)
{
}

/* ---- the list */

struct _RungsLeafList
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkListView *list;
  GListStore *leaves; /* (owned) (element-type RungsLeaf) */
  gboolean draggable;
};

G_DEFINE_FINAL_TYPE (RungsLeafList, rungs_leaf_list, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_LABEL = 1,
} RungsLeafListProperty;

typedef enum
{
  SIGNAL_CHOSEN,
} RungsLeafListSignal;

static GParamSpec *properties[PROP_LABEL + 1];
static guint signals[SIGNAL_CHOSEN + 1];

static RungsLeaf *
find (RungsLeafList *self,
      const char    *key)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->leaves));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RungsLeaf) leaf = g_list_model_get_item (G_LIST_MODEL (self->leaves), i);

      if (strcmp (leaf->key, key) == 0)
        return leaf; /* the list keeps it */
    }
  return NULL;
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 GtkListItem   *item)
{
  RungsLeaf *leaf = gtk_list_item_get_item (item);
  RungsLeafList *self = RUNGS_LEAF_LIST (
      gtk_widget_get_ancestor (gtk_list_item_get_child (item), RUNGS_TYPE_LEAF_LIST));
  g_autofree char *text = leaf != NULL ? g_strconcat (RUNGS_LEAF_DRAGGED, leaf->key, NULL) : NULL;

  return text != NULL && self != NULL && self->draggable
             ? gdk_content_provider_new_typed (G_TYPE_STRING, text)
             : NULL;
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               GtkListItem   *item)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (gtk_list_item_get_child (item));

  gtk_drag_source_set_icon (source, paintable, 0, 0);
}

static GtkWidget *
new_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = new_label ("caption");
  GtkWidget *value = new_label (NULL);
  GtkWidget *mark = new_label ("caption");
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_widget_set_margin_top (line, 3);
  gtk_widget_set_margin_bottom (line, 3);
  gtk_widget_set_margin_start (line, 6);
  gtk_widget_set_margin_end (line, 6);
  gtk_widget_add_css_class (name, "dim-label");
  gtk_widget_add_css_class (mark, "state-chip");
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), name);
  gtk_box_append (GTK_BOX (words), value);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), mark);
  gtk_list_item_set_child (item, line);

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), item);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), item);
  gtk_widget_add_controller (line, GTK_EVENT_CONTROLLER (source));
}

static void
show_mark (RungsLeaf  *leaf,
           GParamSpec *pspec,
           GtkWidget  *mark)
{
  gtk_label_set_label (GTK_LABEL (mark), leaf->mark);
  gtk_widget_set_visible (mark, *leaf->mark != '\0');
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  RungsLeaf *leaf = gtk_list_item_get_item (item);
  GtkWidget *line = gtk_list_item_get_child (item);
  GtkWidget *words = gtk_widget_get_first_child (line);
  GtkWidget *name = gtk_widget_get_first_child (words);
  GtkWidget *value = gtk_widget_get_next_sibling (name);
  g_autofree char *one_line = g_strdelimit (g_strdup (leaf->value), "\r\n", ' ');

  gtk_label_set_label (GTK_LABEL (name), leaf->name);
  gtk_label_set_label (GTK_LABEL (value), *one_line != '\0' ? one_line : "–");
  gtk_widget_set_tooltip_text (line, strlen (leaf->value) > 40 ? leaf->value : NULL);
  show_mark (leaf, NULL, gtk_widget_get_last_child (line));
  g_signal_connect (leaf, "notify::mark", G_CALLBACK (show_mark),
                    gtk_widget_get_last_child (line));
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *item)
{
  GtkWidget *line = gtk_list_item_get_child (item);

  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_mark,
                                        gtk_widget_get_last_child (line));
}

static void
activate_cb (RungsLeafList *self,
             guint          position)
{
  g_autoptr (RungsLeaf) leaf = g_list_model_get_item (G_LIST_MODEL (self->leaves), position);

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, leaf->key);
}

static void
rungs_leaf_list_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (RUNGS_LEAF_LIST (object)->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, g_value_get_string (value), -1);
}

static void
rungs_leaf_list_dispose (GObject *object)
{
  RungsLeafList *self = RUNGS_LEAF_LIST (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->leaves);
  G_OBJECT_CLASS (rungs_leaf_list_parent_class)->dispose (object);
}

static void
rungs_leaf_list_class_init (RungsLeafListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rungs_leaf_list_dispose;
  object_class->set_property = rungs_leaf_list_set_property;
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, PROP_LABEL + 1, properties);
  signals[SIGNAL_CHOSEN]
      = g_signal_new ("chosen", RUNGS_TYPE_LEAF_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rungs_leaf_list_init (RungsLeafList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection;

  self->leaves = g_list_store_new (RUNGS_TYPE_LEAF);
  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->leaves)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory));
  gtk_list_view_set_show_separators (self->list, TRUE);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activate_cb), self);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->list));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

void
rungs_leaf_list_clear (RungsLeafList *self)
{
  g_return_if_fail (RUNGS_IS_LEAF_LIST (self));

  g_list_store_remove_all (self->leaves);
}

void
rungs_leaf_list_add (RungsLeafList *self,
                     const char    *key,
                     const char    *name,
                     const char    *value,
                     const char    *mark)
{
  g_autoptr (RungsLeaf) leaf = g_object_new (RUNGS_TYPE_LEAF, NULL);

  g_return_if_fail (RUNGS_IS_LEAF_LIST (self));

  leaf->key = g_strdup (key);
  leaf->name = g_strdup (name);
  leaf->value = g_strdup (value);
  leaf->mark = g_strdup (mark != NULL ? mark : "");
  g_list_store_append (self->leaves, leaf);
}

void
rungs_leaf_list_set_mark (RungsLeafList *self,
                          const char    *key,
                          const char    *mark)
{
  RungsLeaf *leaf = find (self, key);

  g_return_if_fail (RUNGS_IS_LEAF_LIST (self));

  if (leaf == NULL || g_strcmp0 (leaf->mark, mark != NULL ? mark : "") == 0)
    return;
  g_free (leaf->mark);
  leaf->mark = g_strdup (mark != NULL ? mark : "");
  g_object_notify_by_pspec (G_OBJECT (leaf), leaf_properties[PROP_MARK]);
}

void
rungs_leaf_list_set_draggable (RungsLeafList *self,
                               gboolean       draggable)
{
  g_return_if_fail (RUNGS_IS_LEAF_LIST (self));

  self->draggable = draggable;
}

gboolean
rungs_leaf_list_focus (RungsLeafList *self)
{
  g_return_val_if_fail (RUNGS_IS_LEAF_LIST (self), FALSE);

  return gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

const char *
rungs_leaf_list_get_selected (RungsLeafList *self)
{
  RungsLeaf *leaf = NULL;

  g_return_val_if_fail (RUNGS_IS_LEAF_LIST (self), NULL);

  leaf = gtk_single_selection_get_selected_item (
      GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list)));
  return leaf != NULL ? leaf->key : NULL;
}

const char *
rungs_leaf_list_get_name (RungsLeafList *self,
                          const char    *key)
{
  RungsLeaf *leaf = NULL;

  g_return_val_if_fail (RUNGS_IS_LEAF_LIST (self), NULL);

  leaf = find (self, key);
  return leaf != NULL ? leaf->name : NULL;
}

const char *
rungs_leaf_list_get_value (RungsLeafList *self,
                           const char    *key)
{
  RungsLeaf *leaf = NULL;

  g_return_val_if_fail (RUNGS_IS_LEAF_LIST (self), NULL);

  leaf = find (self, key);
  return leaf != NULL ? leaf->value : NULL;
}
