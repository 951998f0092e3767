/* rungs-place-list.c: places onto which lines are dragged. */

#include "rungs-place-list.h"

#include <glib/gi18n.h>
#include <string.h>

struct _RungsPlaceList
{
  AdwBin parent_instance;

  GtkListBox *list;
  RungsLeafList *leaves; /* (weak) (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsPlaceList, rungs_place_list, ADW_TYPE_BIN)

typedef enum
{
  SIGNAL_TAKEN,
  SIGNAL_EMPTIED,
} RungsPlaceListSignal;

static guint signals[SIGNAL_EMPTIED + 1];

#define KEY "rungs-place"
#define BUTTON "rungs-empty"

static GtkWidget *
find (RungsPlaceList *self,
      const char     *key)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  while (row != NULL && g_strcmp0 (g_object_get_data (G_OBJECT (row), KEY), key) != 0)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

static gboolean
dropped_cb (GtkDropTarget *target,
            const GValue  *value,
            double         x,
            double         y,
            GtkWidget     *row)
{
  RungsPlaceList *self
      = RUNGS_PLACE_LIST (gtk_widget_get_ancestor (row, RUNGS_TYPE_PLACE_LIST));
  const char *text = g_value_get_string (value);

  if (text == NULL || !g_str_has_prefix (text, RUNGS_LEAF_DRAGGED))
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_TAKEN], 0, g_object_get_data (G_OBJECT (row), KEY),
                 text + strlen (RUNGS_LEAF_DRAGGED));
  return TRUE;
}

static void
activated_cb (RungsPlaceList *self,
              GtkListBoxRow  *row)
{
  const char *leaf = self->leaves != NULL ? rungs_leaf_list_get_selected (self->leaves) : NULL;

  if (leaf != NULL)
    g_signal_emit (self, signals[SIGNAL_TAKEN], 0, g_object_get_data (G_OBJECT (row), KEY), leaf);
}

static void
empty_cb (GtkWidget *row)
{
  RungsPlaceList *self
      = RUNGS_PLACE_LIST (gtk_widget_get_ancestor (row, RUNGS_TYPE_PLACE_LIST));

  g_signal_emit (self, signals[SIGNAL_EMPTIED], 0, g_object_get_data (G_OBJECT (row), KEY));
}

/* Delete does what the button does. */
static gboolean
key_pressed_cb (GtkWidget      *row,
                guint           keyval,
                guint           keycode,
                GdkModifierType state)
{
  if (keyval != GDK_KEY_Delete
      || !gtk_widget_get_visible (g_object_get_data (G_OBJECT (row), BUTTON)))
    return FALSE;
  empty_cb (row);
  return TRUE;
}

static void
rungs_place_list_dispose (GObject *object)
{
  g_clear_weak_pointer (&RUNGS_PLACE_LIST (object)->leaves);
  G_OBJECT_CLASS (rungs_place_list_parent_class)->dispose (object);
}

static void
rungs_place_list_class_init (RungsPlaceListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_place_list_dispose;
  signals[SIGNAL_TAKEN]
      = g_signal_new ("taken", RUNGS_TYPE_PLACE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_EMPTIED]
      = g_signal_new ("emptied", RUNGS_TYPE_PLACE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rungs_place_list_init (RungsPlaceList *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Where it goes"), -1);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (activated_cb), self);
  adw_bin_set_child (ADW_BIN (self), list);
}

void
rungs_place_list_set_leaves (RungsPlaceList *self,
                             RungsLeafList  *leaves)
{
  g_return_if_fail (RUNGS_IS_PLACE_LIST (self));

  g_set_weak_pointer (&self->leaves, leaves);
}

void
rungs_place_list_add (RungsPlaceList *self,
                      const char     *key,
                      const char     *title)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autofree char *words = g_strdup_printf (_ ("Empty “%s”"), title);

  g_return_if_fail (RUNGS_IS_PLACE_LIST (self));

  g_object_set_data_full (G_OBJECT (row), KEY, g_strdup (key), g_free);
  g_object_set_data (G_OBJECT (row), BUTTON, button);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (button, FALSE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (empty_cb), row);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), row);
  gtk_widget_add_controller (row, keys);
  gtk_list_box_append (self->list, row);
}

void
rungs_place_list_set_content (RungsPlaceList *self,
                              const char     *key,
                              const char     *text,
                              gboolean        can_be_emptied)
{
  GtkWidget *row = find (self, key);
  g_autofree char *markup = g_markup_escape_text (text != NULL ? text : "", -1);

  g_return_if_fail (RUNGS_IS_PLACE_LIST (self));

  if (row == NULL)
    return;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), BUTTON), can_be_emptied);
}
