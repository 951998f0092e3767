/* rungs-lead-filters.c: what narrows the list of leads: a chip for each filter,
 * and a popover to choose them. */

#include "rungs-lead-filters.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-lead-choices.h"

struct _RungsLeadFilters
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkGrid *grid;
  GtkWidget *clear_button;
  GtkBox *chips;

  RungsStore *store;                            /* (owned) (nullable) */
  GtkDropDown *drop_downs[RUNGS_LEAD_N_FILTERS];
  GPtrArray *choices[RUNGS_LEAD_N_FILTERS];     /* (owned) (element-type RungsLeadChoice) */
  gint64 chosen[RUNGS_LEAD_N_FILTERS];          /* ids; 0: does not filter */
  gboolean filling;                             /* the drop-downs change because of us */
};

G_DEFINE_FINAL_TYPE (RungsLeadFilters, rungs_lead_filters, GTK_TYPE_WIDGET)

static guint changed_signal;

static const char *const TITLES[] = {
  N_ ("Tag"), N_ ("Source"), N_ ("Owns"), N_ ("In sequence"), N_ ("Marketing e-mail"),
  N_ ("Import"),
};

/* ---- chips */

static const char *
name_of (RungsLeadFilters *self,
         RungsLeadFilter   filter)
{
  for (guint i = 0; i < self->choices[filter]->len; i++)
    {
      const RungsLeadChoice *choice = g_ptr_array_index (self->choices[filter], i);

      if (choice->id == self->chosen[filter])
        return choice->name;
    }
  return "…";
}

static void
chip_clicked_cb (GtkButton        *chip,
                 RungsLeadFilters *self)
{
  rungs_lead_filters_set (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chip), "filter")),
                          0);
}

static GtkWidget *
new_chip (RungsLeadFilters *self,
          RungsLeadFilter   filter)
{
  /* Translators: what a filter goes by, and its value: "Tag: customer". */
  g_autofree char *words
    = g_strdup_printf (_ ("%s: %s"), _ (TITLES[filter]), name_of (self, filter));
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_box_append (GTK_BOX (content), label);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), content);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (chip, _ ("Take this filter away"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_add_css_class (chip, "filter-chip");
  g_object_set_data (G_OBJECT (chip), "filter", GUINT_TO_POINTER (filter));
  g_signal_connect (chip, "clicked", G_CALLBACK (chip_clicked_cb), self);
  return chip;
}

static void
show_chips (RungsLeadFilters *self)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_box_remove (self->chips, chip);
  for (guint i = 0; i < RUNGS_LEAD_N_FILTERS; i++)
    if (self->chosen[i] != 0)
      gtk_box_append (self->chips, new_chip (self, i));
  gtk_widget_set_sensitive (self->clear_button, rungs_lead_filters_is_narrowing (self));
}

/* ---- the popover */

static void
show_chosen (RungsLeadFilters *self,
             RungsLeadFilter   filter)
{
  guint selected = 0;

  for (guint i = 0; i < self->choices[filter]->len; i++)
    if (((RungsLeadChoice *) g_ptr_array_index (self->choices[filter], i))->id
        == self->chosen[filter])
      selected = i + 1;
  gtk_drop_down_set_selected (self->drop_downs[filter], selected);
}

static void
set_choices (RungsLeadFilters *self,
             RungsLeadFilter   filter,
             GPtrArray        *choices)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_clear_pointer (&self->choices[filter], g_ptr_array_unref);
  self->choices[filter] = g_ptr_array_ref (choices);
  gtk_string_list_append (names, _ ("Any"));
  for (guint i = 0; i < choices->len; i++)
    gtk_string_list_append (names, ((RungsLeadChoice *) g_ptr_array_index (choices, i))->name);
  self->filling = TRUE;
  gtk_drop_down_set_model (self->drop_downs[filter], G_LIST_MODEL (names));
  gtk_drop_down_set_enable_search (self->drop_downs[filter], choices->len > 12);
  show_chosen (self, filter);
  self->filling = FALSE;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsLeadFilters) self = data;
  g_autoptr (RungsLeadChoices) choices
    = rungs_store_read_finish (RUNGS_STORE (source), result, NULL);

  if (choices == NULL || self->box == NULL)
    return;
  set_choices (self, RUNGS_LEAD_FILTER_TAG, choices->tags);
  set_choices (self, RUNGS_LEAD_FILTER_SOURCE, choices->sources);
  set_choices (self, RUNGS_LEAD_FILTER_PRODUCT, choices->products);
  set_choices (self, RUNGS_LEAD_FILTER_SEQUENCE, choices->sequences);
  set_choices (self, RUNGS_LEAD_FILTER_RUN, choices->runs);
  show_chips (self);
}

static void
load_choices (RungsLeadFilters *self)
{
  if (self->store != NULL)
    rungs_store_read_async (self->store, rungs_lead_choices_load, NULL, NULL,
                            (GDestroyNotify) rungs_lead_choices_free, NULL, loaded_cb,
                            g_object_ref (self));
}

static void
selected_cb (RungsLeadFilters *self,
             GParamSpec       *pspec,
             GtkDropDown      *drop_down)
{
  RungsLeadFilter filter = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (drop_down), "filter"));
  guint selected = gtk_drop_down_get_selected (drop_down);
  const RungsLeadChoice *choice = NULL;

  if (self->filling || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (selected > 0 && selected <= self->choices[filter]->len)
    choice = g_ptr_array_index (self->choices[filter], selected - 1);
  rungs_lead_filters_set (self, filter, choice ? choice->id : 0);
}

static GtkDropDown *
new_drop_down (RungsLeadFilters *self,
               RungsLeadFilter   filter)
{
  GtkExpression *name = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *drop_down = gtk_drop_down_new (NULL, name);
  GtkWidget *label = gtk_label_new (_ (TITLES[filter]));

  g_object_set_data (G_OBJECT (drop_down), "filter", GUINT_TO_POINTER (filter));
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_size_request (drop_down, 220, -1);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
  gtk_grid_attach (self->grid, label, 0, (int) filter, 1, 1);
  gtk_grid_attach (self->grid, drop_down, 1, (int) filter, 1, 1);
  return GTK_DROP_DOWN (drop_down);
}

static void
clear_cb (RungsLeadFilters *self)
{
  rungs_lead_filters_clear (self);
}

/* ---- the class */

static void
rungs_lead_filters_dispose (GObject *object)
{
  RungsLeadFilters *self = RUNGS_LEAD_FILTERS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->store);
  for (guint i = 0; i < RUNGS_LEAD_N_FILTERS; i++)
    g_clear_pointer (&self->choices[i], g_ptr_array_unref);
  G_OBJECT_CLASS (rungs_lead_filters_parent_class)->dispose (object);
}

static void
rungs_lead_filters_class_init (RungsLeadFiltersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_lead_filters_dispose;

  changed_signal = g_signal_new ("changed", RUNGS_TYPE_LEAD_FILTERS, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/leads/rungs-lead-filters.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsLeadFilters, box);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadFilters, grid);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadFilters, clear_button);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadFilters, chips);
  gtk_widget_class_bind_template_callback (widget_class, load_choices);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

static void
rungs_lead_filters_init (RungsLeadFilters *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) reaches
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_lead_choice_free);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_ptr_array_add (reaches, rungs_lead_choice_new (RUNGS_LEAD_REACH_CONSENTED, _ ("Agreed")));
  g_ptr_array_add (reaches, rungs_lead_choice_new (RUNGS_LEAD_REACH_WITHDRAWN, _ ("Withdrawn")));
  g_ptr_array_add (reaches, rungs_lead_choice_new (RUNGS_LEAD_REACH_UNASKED, _ ("Never asked")));
  for (guint i = 0; i < RUNGS_LEAD_N_FILTERS; i++)
    {
      self->drop_downs[i] = new_drop_down (self, i);
      set_choices (self, i, i == RUNGS_LEAD_FILTER_REACH ? reaches : none);
    }
  show_chips (self);
}

void
rungs_lead_filters_set_store (RungsLeadFilters *self,
                              RungsStore       *store)
{
  g_return_if_fail (RUNGS_IS_LEAD_FILTERS (self));

  g_set_object (&self->store, store);
}

gboolean
rungs_lead_filters_is_narrowing (RungsLeadFilters *self)
{
  g_return_val_if_fail (RUNGS_IS_LEAD_FILTERS (self), FALSE);

  for (guint i = 0; i < RUNGS_LEAD_N_FILTERS; i++)
    if (self->chosen[i] != 0)
      return TRUE;
  return FALSE;
}

void
rungs_lead_filters_fill (RungsLeadFilters *self,
                         RungsLeadQuery   *query)
{
  g_return_if_fail (RUNGS_IS_LEAD_FILTERS (self));
  g_return_if_fail (query != NULL);

  query->tag = self->chosen[RUNGS_LEAD_FILTER_TAG];
  query->source = self->chosen[RUNGS_LEAD_FILTER_SOURCE];
  query->product = self->chosen[RUNGS_LEAD_FILTER_PRODUCT];
  query->sequence = self->chosen[RUNGS_LEAD_FILTER_SEQUENCE];
  query->reach = (RungsLeadReach) self->chosen[RUNGS_LEAD_FILTER_REACH];
  query->run = self->chosen[RUNGS_LEAD_FILTER_RUN];
}

void
rungs_lead_filters_set (RungsLeadFilters *self,
                        RungsLeadFilter   filter,
                        gint64            id)
{
  g_return_if_fail (RUNGS_IS_LEAD_FILTERS (self));
  g_return_if_fail (filter < RUNGS_LEAD_N_FILTERS);

  if (self->chosen[filter] == id)
    return;
  self->chosen[filter] = id;
  self->filling = TRUE;
  show_chosen (self, filter);
  self->filling = FALSE;
  show_chips (self);
  if (id != 0 && g_str_equal (name_of (self, filter), "…"))
    load_choices (self);
  g_signal_emit (self, changed_signal, 0);
}

void
rungs_lead_filters_clear (RungsLeadFilters *self)
{
  gboolean narrowing;

  g_return_if_fail (RUNGS_IS_LEAD_FILTERS (self));

  narrowing = rungs_lead_filters_is_narrowing (self);
  memset (self->chosen, 0, sizeof self->chosen);
  self->filling = TRUE;
  for (guint i = 0; i < RUNGS_LEAD_N_FILTERS; i++)
    show_chosen (self, i);
  self->filling = FALSE;
  show_chips (self);
  if (narrowing)
    g_signal_emit (self, changed_signal, 0);
}
