/* rungs-broadcast-results-view.c: what came of a broadcast: drawn, in figures, and as a table. */

#include "rungs-broadcast-results-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-broadcast-words.h"
#include "tables/rungs-table-cell.h"
#include "widgets/rungs-chart.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-file-save.h"

struct _RungsBroadcastResultsView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *measure;
  RungsChart *chart;
  GtkListBox *groups;
  char *name; /* (owned) of the broadcast */
  char *csv;  /* (owned) (nullable): the figures as a table */
};

G_DEFINE_FINAL_TYPE (RungsBroadcastResultsView, rungs_broadcast_results_view, GTK_TYPE_WIDGET)

GtkWidget *
rungs_broadcast_leads_button (gint64      leads,
                              const char *target,
                              const char *name)
{
  g_autofree char *number = rungs_display_number (leads);
  GtkWidget *button = gtk_button_new_with_label (number);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "numeric");
  gtk_widget_set_tooltip_text (button, _ ("Show these leads"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "broadcasts.show-leads");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  return button;
}

/* ---- the groups */

/* A row of its own shape: there is no room for figures beside a title. */
static GtkWidget *
new_group (RungsBroadcastResultsView *self,
           const char                *title,
           const char                *words)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *labels[] = { gtk_label_new (title), gtk_label_new (words) };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      gtk_label_set_xalign (GTK_LABEL (labels[i]), 0);
      gtk_label_set_wrap (GTK_LABEL (labels[i]), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (labels[i]), PANGO_WRAP_WORD_CHAR);
      gtk_box_append (GTK_BOX (box), labels[i]);
    }
  gtk_widget_add_css_class (labels[1], "caption");
  gtk_widget_add_css_class (labels[1], "dim-label");
  gtk_widget_set_visible (labels[1], words != NULL);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (self->groups, row);
  return box;
}

/* A line of figures in it. */
static GtkWidget *
new_figures (GtkWidget *group)
{
  GtkWidget *figures = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_set_homogeneous (GTK_BOX (figures), TRUE);
  gtk_box_append (GTK_BOX (group), figures);
  return figures;
}

static void
add_figure (GtkWidget                   *to,
            const RungsBroadcast        *broadcast,
            const RungsBroadcastFigures *figures,
            RungsBroadcastCount          count,
            gint64                       leads,
            const char                  *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (title);
  g_autofree char *target
      = rungs_broadcast_target (broadcast->id, count, figures->part, figures->subject);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), rungs_broadcast_leads_button (leads, target, title));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (to), box);
}

static char *
revenue_words (const RungsBroadcastFigures *figures)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < figures->revenue->len; i++)
    {
      g_autofree char *money
          = rungs_display_money (g_array_index (figures->revenue, RungsMoney, i));

      g_string_append_printf (words, "%s%s", i > 0 ? " + " : "", money);
    }
  return g_strdup (words->str);
}

/* What is measured, with its range, then all that went wrong, then the money. */
static char *
figures_words (const RungsBroadcast        *broadcast,
               const RungsBroadcastFigures *figures)
{
  gboolean held = strcmp (figures->part, "held") == 0;
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *clicked
      = rungs_broadcast_share_words (figures->clicked, figures->sent, figures->clicked_share);
  g_autofree char *bought = rungs_broadcast_share_words (
      figures->buyers, held ? figures->leads : figures->sent, figures->bought_share);
  g_autofree char *revenue = revenue_words (figures);

  if (!held)
    g_string_append_printf (words, _ ("clicked: %s"), clicked);
  g_string_append (words, held ? "" : "\n");
  g_string_append_printf (words, _ ("bought: %s"), bought);
  if (*revenue != '\0')
    g_string_append_printf (words, " · %s", revenue);
  return g_strdup (words->str);
}

static void
add_group (RungsBroadcastResultsView   *self,
           const RungsBroadcastResults *results,
           const RungsBroadcastFigures *figures)
{
  const RungsBroadcast *broadcast = results->broadcast;
  gboolean held = strcmp (figures->part, "held") == 0;
  g_autofree char *title = rungs_broadcast_group_words (figures);
  g_autofree char *words = figures_words (broadcast, figures);
  GtkWidget *group = new_group (self, title, words);
  GtkWidget *line;

  line = new_figures (group);
  if (held)
    add_figure (line, broadcast, figures, RUNGS_BROADCAST_HELD, figures->leads, _ ("leads"));
  else
    add_figure (line, broadcast, figures, RUNGS_BROADCAST_SENT, figures->sent, _ ("sent"));
  if (!held)
    add_figure (line, broadcast, figures, RUNGS_BROADCAST_CLICKED, figures->clicked,
                _ ("clicked"));
  add_figure (line, broadcast, figures, RUNGS_BROADCAST_BOUGHT, figures->buyers, _ ("bought"));
}

/* What went wrong, of all who got it. */
static void
add_losses (RungsBroadcastResultsView   *self,
            const RungsBroadcastResults *results)
{
  const RungsBroadcastFigures *all = rungs_broadcast_results_get (results, "all", 0);
  GtkWidget *line
      = new_figures (new_group (self, _ ("Came back, complained, unsubscribed"), NULL));

  add_figure (line, results->broadcast, all, RUNGS_BROADCAST_BOUNCED, all->bounced,
              _ ("bounced"));
  add_figure (line, results->broadcast, all, RUNGS_BROADCAST_COMPLAINED, all->complained,
              _ ("complained"));
  add_figure (line, results->broadcast, all, RUNGS_BROADCAST_UNSUBSCRIBED, all->unsubscribed,
              _ ("unsubscribed"));
}

static char *
measure_words (const RungsBroadcastResults *results)
{
  const RungsBroadcast *broadcast = results->broadcast;
  g_autofree char *days = g_strdup_printf (
      ngettext ("Orders within %d day count; machines that follow links do not.",
                "Orders within %d days count; machines that follow links do not.",
                (gulong) broadcast->window_days),
      broadcast->window_days);

  if (rungs_broadcast_results_get (results, "held", 0) == NULL)
    return g_strdup_printf (_ ("Purpose: %s. %s"), broadcast->message_purpose, days);
  return g_strdup_printf (_ ("Purpose: %s. %s Between %.1f and %.1f %% more bought than of those"
                             " who were held out."),
                          broadcast->message_purpose, days, 100. * results->more.low,
                          100. * results->more.high);
}

/* ---- the chart */

static char *
share_words (double   value,
             gpointer data)
{
  return g_strdup_printf (_ ("%g %%"), value);
}

/* How many of the group did what the broadcast is for, of how many, as a share with its range. */
static void
read_share (const RungsBroadcast        *broadcast,
            const RungsBroadcastFigures *figures,
            double                      *value,
            double                      *low,
            double                      *high)
{
  gboolean orders = broadcast->goal == RUNGS_BROADCAST_FOR_ORDERS;
  gint64 n = strcmp (figures->part, "held") == 0 ? figures->leads : figures->sent;
  gint64 hits = orders ? figures->buyers : figures->clicked;
  RungsInterval range = orders ? figures->bought_share : figures->clicked_share;

  *value = n > 0 ? 100. * (double) hits / (double) n : 0;
  *low = n > 0 ? 100. * range.low : 0;
  *high = n > 0 ? 100. * range.high : 0;
}

/* Those held out get no link that they could follow. */
static gboolean
is_drawn (const RungsBroadcast        *broadcast,
          const RungsBroadcastFigures *figures)
{
  if (strcmp (figures->part, "held") == 0)
    return broadcast->goal == RUNGS_BROADCAST_FOR_ORDERS && figures->leads > 0;
  return figures->sent > 0;
}

static void
show_chart (RungsBroadcastResultsView   *self,
            const RungsBroadcastResults *results)
{
  const RungsBroadcast *broadcast = results->broadcast;
  const char *title = broadcast->goal == RUNGS_BROADCAST_FOR_ORDERS ? _ ("Share that bought")
                                                                    : _ ("Share that clicked");
  guint n = results->groups->len;
  g_autofree double *values = g_new0 (double, n);
  g_autofree double *low = g_new0 (double, n);
  g_autofree double *high = g_new0 (double, n);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) labels = NULL;
  guint drawn = 0;

  for (guint i = 0; i < n; i++)
    {
      const RungsBroadcastFigures *figures = g_ptr_array_index (results->groups, i);

      if (!is_drawn (broadcast, figures))
        continue;
      read_share (broadcast, figures, &values[drawn], &low[drawn], &high[drawn]);
      g_strv_builder_add (builder, rungs_broadcast_part_words (figures));
      drawn++;
    }
  labels = g_strv_builder_end (builder);
  gtk_widget_set_visible (GTK_WIDGET (self->chart), drawn > 1);
  rungs_chart_set_steps (self->chart, title, (const char *const *) labels);
  if (drawn > 1)
    rungs_chart_add_line (self->chart, title, values, low, high);
}

/* ---- the table */

static void
append_row (GString           *table,
            const char *const *cells)
{
  for (guint i = 0; cells[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (table, ',');
      rungs_table_append_csv (table, cells[i]);
    }
  g_string_append (table, "\r\n");
}

static void
append_group (GString                     *table,
              const RungsBroadcastFigures *figures)
{
  const gint64 numbers[] = { figures->leads,  figures->sent,    figures->clicked,
                             figures->buyers, figures->orders,  figures->bounced,
                             figures->complained, figures->unsubscribed };
  g_autofree char *group = rungs_broadcast_group_words (figures);
  g_autofree char *revenue = revenue_words (figures);
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_strv_builder_add (cells, group);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, numbers[i]);

      g_strv_builder_add (cells, number);
    }
  g_strv_builder_add (cells, revenue);
  all = g_strv_builder_end (cells);
  append_row (table, (const char *const *) all);
}

static char *
dup_csv (const RungsBroadcastResults *results)
{
  const char *const heading[]
      = { _ ("Group"), _ ("Leads"), _ ("Sent"), _ ("Clicked"), _ ("Bought"), _ ("Orders"),
          _ ("Bounced"), _ ("Complained"), _ ("Unsubscribed"), _ ("Revenue"), NULL };
  GString *table = g_string_new (NULL);

  append_row (table, heading);
  for (guint i = 0; i < results->groups->len; i++)
    append_group (table, g_ptr_array_index (results->groups, i));
  return g_string_free (table, FALSE);
}

static void
saved_cb (GtkWidget *widget)
{
  gtk_widget_activate_action (widget, "broadcasts.say", "s", _ ("The table is in the file"));
}

static void
save_clicked_cb (RungsBroadcastResultsView *self)
{
  g_autofree char *proposed = g_strconcat (self->name, ".csv", NULL);

  if (self->csv != NULL)
    rungs_csv_save (GTK_WIDGET (self), _ ("Export the Results"), proposed, g_strdup (self->csv),
                    saved_cb);
}

static void
copy_clicked_cb (RungsBroadcastResultsView *self)
{
  if (self->csv == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->csv);
  gtk_widget_activate_action (GTK_WIDGET (self), "broadcasts.say", "s", _ ("The table is copied"));
}

/* ---- all of it */

void
rungs_broadcast_results_view_show (RungsBroadcastResultsView   *self,
                                   const RungsBroadcastResults *results)
{
  GtkWidget *row;

  g_return_if_fail (RUNGS_IS_BROADCAST_RESULTS_VIEW (self));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_list_box_remove (self->groups, row);
  g_clear_pointer (&self->csv, g_free);
  gtk_widget_set_visible (GTK_WIDGET (self), results != NULL);
  if (results != NULL)
    {
      g_autofree char *words = measure_words (results);

      gtk_label_set_label (self->measure, words);
      for (guint i = 0; i < results->groups->len; i++)
        add_group (self, results, g_ptr_array_index (results->groups, i));
      add_losses (self, results);
      show_chart (self, results);
      g_free (self->name);
      self->name = g_strdup (results->broadcast->name);
      self->csv = dup_csv (results);
    }
}

/* ---- the class */

static void
rungs_broadcast_results_view_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_BROADCAST_RESULTS_VIEW (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_broadcast_results_view_parent_class)->dispose (object);
}

static void
rungs_broadcast_results_view_finalize (GObject *object)
{
  g_free (RUNGS_BROADCAST_RESULTS_VIEW (object)->name);
  g_free (RUNGS_BROADCAST_RESULTS_VIEW (object)->csv);
  G_OBJECT_CLASS (rungs_broadcast_results_view_parent_class)->finalize (object);
}

static void
rungs_broadcast_results_view_class_init (RungsBroadcastResultsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_broadcast_results_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_broadcast_results_view_finalize;
  g_type_ensure (RUNGS_TYPE_CHART);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/messages/rungs-broadcast-results-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastResultsView, box);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastResultsView, measure);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastResultsView, chart);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastResultsView, groups);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
}

static void
rungs_broadcast_results_view_init (RungsBroadcastResultsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_chart_set_bars (self->chart, TRUE);
  rungs_chart_set_words (self->chart, share_words, NULL, NULL);
}
