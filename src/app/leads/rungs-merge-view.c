/* rungs-merge-view.c: leads side by side, with a choice for each field in which they differ.
 *
 * A grid: a column for each lead, a row for each field of which one of them has a value. Where they
 * differ, each cell is a choice of its row; of notes, all can stay. */

#include "rungs-merge-view.h"

#include <glib/gi18n.h>

#include "rungs-lead-words.h"

/* Of a longer text so much is shown. */
#define SHOWN_CHARS 240

struct _RungsMergeView
{
  AdwBin parent_instance;

  RungsMergePlan *plan; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsMergeView, rungs_merge_view, ADW_TYPE_BIN)

/* A cell that can be chosen. */
typedef struct
{
  RungsMergeField *field;
  guint lead;
} Choice;

static const char *
label_of (const RungsMergeField *field)
{
  return field->label ? field->label : rungs_lead_column_words (field->name);
}

/* Shortened here, not by the label: one that wraps and shortens says of itself, in GTK 4.8, that it
 * would like to be narrower than it can be. */
static char *
shorten (const char *text)
{
  g_autofree char *shown = NULL;

  if (g_utf8_strlen (text, -1) <= SHOWN_CHARS)
    return g_strdup (text);
  shown = g_utf8_substring (text, 0, SHOWN_CHARS);
  return g_strconcat (shown, "…", NULL);
}

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  g_autofree char *shown = shorten (text);
  GtkWidget *label = gtk_label_new (shown);
  g_autoptr (PangoAttrList) unbroken = pango_attr_list_new ();

  pango_attr_list_insert (unbroken, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), unbroken);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0.5);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
chosen_cb (GtkCheckButton *button,
           gpointer        data)
{
  const Choice *choice = data;

  if (gtk_check_button_get_active (button))
    choice->field->chosen = choice->lead;
}

/* A choice of the row; `group` is NULL for the first. */
static GtkWidget *
new_choice (RungsMergeField *field,
            guint            lead,
            const char      *text,
            GtkWidget       *group)
{
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *label = new_label (*text ? text : _ ("(nothing)"), *text ? NULL : "dim-label");
  Choice *choice = g_new (Choice, 1);
  g_autofree char *name = g_strdup_printf ("%s: %s", label_of (field), *text ? text : "–");

  choice->field = field;
  choice->lead = lead;
  gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (group));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), field->chosen == lead);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);
  gtk_widget_set_margin_start (label, 6);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_signal_connect_data (button, "toggled", G_CALLBACK (chosen_cb), choice,
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  return button;
}

static void
add_choices (GtkGrid         *grid,
             RungsMergeField *field,
             guint            n,
             int              row)
{
  GtkWidget *group = NULL;

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *choice = new_choice (field, i, g_ptr_array_index (field->values, i), group);

      gtk_grid_attach (grid, choice, 1 + i, row, 1, 1);
      group = group ? group : choice;
    }
  if (g_str_equal (field->name, "notes"))
    gtk_grid_attach (grid, new_choice (field, RUNGS_MERGE_ALL, _ ("Keep all of them"), group), 1,
                     row + 1, n, 1);
}

static void
add_field (GtkGrid         *grid,
           RungsMergeField *field,
           guint            n,
           int              row)
{
  GtkWidget *heading = new_label (label_of (field), "dim-label");

  gtk_grid_attach (grid, heading, 0, row, 1, 1);
  if (rungs_merge_field_differs (field))
    add_choices (grid, field, n, row);
  else
    gtk_grid_attach (grid, new_label (g_ptr_array_index (field->values, 0), NULL), 1, row, n, 1);
}

static GtkWidget *
new_grid (RungsMergePlan *plan)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 12);
  gtk_widget_set_margin_top (grid, 18);
  gtk_widget_set_margin_bottom (grid, 18);
  gtk_widget_set_margin_start (grid, 18);
  gtk_widget_set_margin_end (grid, 18);
  for (guint i = 0; i < plan->leads->len; i++)
    {
      g_autofree char *name = rungs_lead_dup_name (g_ptr_array_index (plan->leads, i));

      gtk_grid_attach (GTK_GRID (grid), new_label (name, "heading"), 1 + i, 0, 1, 1);
    }
  for (guint i = 0; i < plan->fields->len; i++)
    add_field (GTK_GRID (grid), g_ptr_array_index (plan->fields, i), plan->leads->len, 1 + 2 * i);
  return grid;
}

static void
rungs_merge_view_dispose (GObject *object)
{
  RungsMergeView *self = RUNGS_MERGE_VIEW (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_pointer (&self->plan, rungs_merge_plan_free);
  G_OBJECT_CLASS (rungs_merge_view_parent_class)->dispose (object);
}

static void
rungs_merge_view_class_init (RungsMergeViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_merge_view_dispose;
}

static void
rungs_merge_view_init (RungsMergeView *self)
{
}

void
rungs_merge_view_take_plan (RungsMergeView *self,
                            RungsMergePlan *plan)
{
  g_return_if_fail (RUNGS_IS_MERGE_VIEW (self));

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_pointer (&self->plan, rungs_merge_plan_free);
  self->plan = plan;
  if (plan != NULL)
    adw_bin_set_child (ADW_BIN (self), new_grid (plan));
}

RungsMergePlan *
rungs_merge_view_steal_plan (RungsMergeView *self)
{
  g_return_val_if_fail (RUNGS_IS_MERGE_VIEW (self), NULL);

  adw_bin_set_child (ADW_BIN (self), NULL);
  return g_steal_pointer (&self->plan);
}
