/* rungs-choice-row.c: a row that chooses one of many values, with search as you type.
 *
 * AdwComboRow can search only since libadwaita 1.4; a GtkDropDown always could. */

#include "rungs-choice-row.h"

#define SEARCHED_FROM 12

struct _RungsChoiceRow
{
  AdwActionRow parent_instance;

  GtkDropDown *drop_down;
  GtkStringList *labels; /* (owned) */
  GPtrArray *values;     /* (owned): at the positions of their labels */
};

G_DEFINE_FINAL_TYPE (RungsChoiceRow, rungs_choice_row, ADW_TYPE_ACTION_ROW)

/* So much of a choice is seen in the row. */
#define LONGEST_CHARS 30

typedef enum
{
  PROP_VALUE = 1,
} RungsChoiceRowProperty;

static GParamSpec *properties[PROP_VALUE + 1];

/* A long choice leaves the title its room. The labels are those of the button: the list, which is
 * beside it, has its own width. */
static void
ellipsize (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (widget), LONGEST_CHARS);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    ellipsize (child);
}

static void
selected_cb (RungsChoiceRow *self)
{
  ellipsize (gtk_widget_get_first_child (GTK_WIDGET (self->drop_down)));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

static GtkWidget *
find_descendant (GtkWidget *widget,
                 GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_descendant (child, type);
  return found;
}

/* A drop-down looks for what begins with the words; people know one in the middle. It could be told
 * so only since GTK 4.12: before, its filter has to be found. */
static void
search_everywhere (RungsChoiceRow *self)
{
  GtkWidget *list = find_descendant (GTK_WIDGET (self->drop_down), GTK_TYPE_LIST_VIEW);
  GtkSelectionModel *selection = gtk_list_view_get_model (GTK_LIST_VIEW (list));
  GListModel *model = gtk_single_selection_get_model (GTK_SINGLE_SELECTION (selection));
  GtkFilter *filter = gtk_filter_list_model_get_filter (GTK_FILTER_LIST_MODEL (model));

  if (GTK_IS_STRING_FILTER (filter))
    gtk_string_filter_set_match_mode (GTK_STRING_FILTER (filter),
                                      GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
}

/* The list takes the keys when it opens; what is typed then shall search, and at once: who types
 * and presses Down shall not be in the list as it was before. */
static void
list_opened_cb (RungsChoiceRow *self)
{
  GtkWidget *entry = find_descendant (GTK_WIDGET (self->drop_down), GTK_TYPE_SEARCH_ENTRY);

  search_everywhere (self);
  if (entry == NULL || !gtk_drop_down_get_enable_search (self->drop_down))
    return;
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (entry), 0);
  gtk_widget_grab_focus (entry);
}

static void
title_changed_cb (RungsChoiceRow *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
}

static void
rungs_choice_row_finalize (GObject *object)
{
  RungsChoiceRow *self = RUNGS_CHOICE_ROW (object);

  g_clear_object (&self->labels);
  g_ptr_array_unref (self->values);

  G_OBJECT_CLASS (rungs_choice_row_parent_class)->finalize (object);
}

static void
rungs_choice_row_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  g_value_set_string (value, rungs_choice_row_get_value (RUNGS_CHOICE_ROW (object)));
}

static void
rungs_choice_row_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  rungs_choice_row_set_value (RUNGS_CHOICE_ROW (object), g_value_get_string (value));
}

static void
rungs_choice_row_class_init (RungsChoiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rungs_choice_row_finalize;
  object_class->get_property = rungs_choice_row_get_property;
  object_class->set_property = rungs_choice_row_set_property;
  properties[PROP_VALUE]
    = g_param_spec_string ("value", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
rungs_choice_row_init (RungsChoiceRow *self)
{
  g_autoptr (GtkExpression) expression
    = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  self->labels = gtk_string_list_new (NULL);
  self->values = g_ptr_array_new_with_free_func (g_free);
  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_drop_down_set_expression (self->drop_down, expression);
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (self->labels));
  gtk_widget_set_valign (GTK_WIDGET (self->drop_down), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->drop_down));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->drop_down));
  g_signal_connect_object (find_descendant (GTK_WIDGET (self->drop_down), GTK_TYPE_POPOVER), "map",
                           G_CALLBACK (list_opened_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::title", G_CALLBACK (title_changed_cb), NULL);
}

void
rungs_choice_row_add (RungsChoiceRow *self,
                      const char     *value,
                      const char     *label)
{
  g_return_if_fail (RUNGS_IS_CHOICE_ROW (self));

  g_ptr_array_add (self->values, g_strdup (value));
  gtk_string_list_append (self->labels, label);
  gtk_drop_down_set_enable_search (self->drop_down, self->values->len >= SEARCHED_FROM);
}

const char *
rungs_choice_row_get_value (RungsChoiceRow *self)
{
  guint selected = 0;

  g_return_val_if_fail (RUNGS_IS_CHOICE_ROW (self), NULL);

  selected = gtk_drop_down_get_selected (self->drop_down);
  return selected < self->values->len ? g_ptr_array_index (self->values, selected) : NULL;
}

void
rungs_choice_row_set_value (RungsChoiceRow *self,
                            const char     *value)
{
  guint position = 0;

  g_return_if_fail (RUNGS_IS_CHOICE_ROW (self));
  g_return_if_fail (value != NULL);

  if (!g_ptr_array_find_with_equal_func (self->values, value, g_str_equal, &position))
    {
      position = self->values->len;
      rungs_choice_row_add (self, value, value);
    }
  gtk_drop_down_set_selected (self->drop_down, position);
}
