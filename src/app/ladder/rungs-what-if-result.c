/* rungs-what-if-result.c: two years side by side: as it goes on, and with the changes.
 *
 * One currency is shown at a time. Of many products those are in the table that bring most. */

#include "ladder/rungs-what-if-result.h"

#include <glib/gi18n.h>
#include <math.h>

#include "widgets/rungs-chart.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-drop-down.h"
#include "widgets/rungs-figure.h"

#define MONTHS RUNGS_WHAT_IF_MONTHS
#define MOST_PRODUCTS 40

/* From so many whole units on amounts are told without cents. */
#define SHORT_FROM 100

struct _RungsWhatIfResult
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *currency; /* a drop-down; seen where there are several */
  RungsFigure *left;
  RungsFigure *revenue;
  RungsFigure *buyers;
  RungsFigure *leads;
  GtkLabel *range;
  RungsChart *chart;
  GtkWidget *months;  /* a grid */
  GtkWidget *sources; /* a grid */

  const RungsWhatIf *what_if; /* (unowned): while it is shown */
  const RungsWhatIfYear *base;
  const RungsWhatIfYear *changed;
  char chosen[4];
};

G_DEFINE_FINAL_TYPE (RungsWhatIfResult, rungs_what_if_result, GTK_TYPE_WIDGET)

/* ---- words */

static char *
money_words (gint64      minor,
             const char *currency)
{
  return rungs_display_money_short (rungs_money (minor, currency), SHORT_FROM);
}

static char *
count_words (double count)
{
  if (fabs (count) < 9.95 && fabs (count - round (count)) > 0.05)
    return g_strdup_printf ("%.1f", count);
  return rungs_display_number (llround (count));
}

/* "now €33,020, €13,032 more" */
static char *
compare_words (const char *now,
               const char *difference,
               int         sign)
{
  if (sign > 0)
    return g_strdup_printf (_ ("now %s: %s more"), now, difference);
  if (sign < 0)
    return g_strdup_printf (_ ("now %s: %s less"), now, difference);
  return g_strdup (_ ("as it goes on"));
}

static void
show_amount (RungsFigure  *figure,
             const gint64 *now,
             const gint64 *then,
             const char   *currency)
{
  gint64 before = rungs_what_if_sum (now), after = rungs_what_if_sum (then);
  g_autofree char *value = money_words (after, currency);
  g_autofree char *old = money_words (before, currency);
  g_autofree char *difference = money_words (ABS (after - before), currency);
  g_autofree char *remark
      = compare_words (old, difference, (after > before) - (after < before));

  rungs_figure_set (figure, value, remark);
}

static void
show_count (RungsFigure *figure,
            double       now,
            double       then)
{
  g_autofree char *value = count_words (then);
  g_autofree char *old = count_words (now);
  g_autofree char *difference = count_words (fabs (then - now));
  int sign = fabs (then - now) < 0.05 ? 0 : then > now ? 1 : -1;
  g_autofree char *remark = compare_words (old, difference, sign);

  rungs_figure_set (figure, value, remark);
}

static double
count_buyers (const RungsWhatIfYear *year)
{
  double sum = 0;

  for (guint i = 0; i < year->products->len; i++)
    sum += rungs_what_if_count_up (
        ((const RungsWhatIfProductYear *) year->products->pdata[i])->buyers);
  return sum;
}

static void
show_figures (RungsWhatIfResult *self)
{
  const char *currency = self->chosen;
  const RungsWhatIfAccount *now = rungs_what_if_get_account (self->base->accounts, currency);
  const RungsWhatIfAccount *then = rungs_what_if_get_account (self->changed->accounts, currency);

  show_amount (self->left, now->left, then->left, currency);
  show_amount (self->revenue, now->revenue, then->revenue, currency);
  show_count (self->buyers, count_buyers (self->base), count_buyers (self->changed));
  show_count (self->leads, self->base->leads, self->changed->leads);
}

G_GNUC_PRINTF (2, 3)
static void
append_sentence (GString    *text,
                 const char *format,
                 ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_c (text, ' ');
  g_string_append_vprintf (text, format, args);
  va_end (args);
}

/* What partners earn, and by what that is reckoned. */
static void
append_commission (RungsWhatIfResult        *self,
                   GString                  *text,
                   const RungsWhatIfAccount *account)
{
  gint64 sum = rungs_what_if_sum (account->commission);
  g_autofree char *commission = money_words (sum, self->chosen);

  if (sum == 0)
    return;
  if (self->what_if->basis->has_book)
    append_sentence (text, _ ("Partners earn %s: commissions go with what is sold, by the shares "
                              "that they came to in the period."),
                     commission);
  else
    append_sentence (text, _ ("Partners earn %s: commissions go with what is sold, by the shares "
                              "that the products say."),
                     commission);
}

/* How sure it is, what partners earn, and what the period itself brought. */
static void
show_range (RungsWhatIfResult *self)
{
  const char *currency = self->chosen;
  const RungsWhatIfAccount *then = rungs_what_if_get_account (self->changed->accounts, currency);
  g_autoptr (GArray) revenue = rungs_what_if_list_revenue (self->what_if);
  g_autofree char *low = money_words (then->year_low, currency);
  g_autofree char *high = money_words (then->year_high, currency);
  g_autofree char *since = rungs_display_day (self->what_if->basis->from);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _ ("What is left most likely lies between %s and %s."), low, high);
  if (self->changed->few > 0)
    append_sentence (
        text,
        ngettext ("Of %u arrow by which people go, %u rests on too few cases to be sure of.",
                  "Of %u arrows by which people go, %u rest on too few cases to be sure of.",
                  self->changed->arrows),
        self->changed->arrows, self->changed->few);
  append_commission (self, text, then);
  for (guint i = 0; i < revenue->len; i++)
    {
      const RungsMoney *money = &g_array_index (revenue, RungsMoney, i);
      g_autofree char *brought = money_words (money->minor, money->currency);

      if (g_str_equal (money->currency, currency))
        /* Translators: the revenue of the period that is taken as a base. */
        append_sentence (text, _ ("Since %s orders came to %s."), since, brought);
    }
  gtk_label_set_text (self->range, text->str);
}

/* ---- the chart */

static char *
axis_words (double   value,
            gpointer currency)
{
  return rungs_display_money_short (rungs_money (llround (value), currency), 0);
}

static void
take_values (const gint64 *months,
             double        values[MONTHS])
{
  for (guint i = 0; i < MONTHS; i++)
    values[i] = (double) months[i];
}

static void
show_chart (RungsWhatIfResult *self)
{
  const RungsWhatIfAccount *now
      = rungs_what_if_get_account (self->base->accounts, self->chosen);
  const RungsWhatIfAccount *then
      = rungs_what_if_get_account (self->changed->accounts, self->chosen);
  double before[MONTHS], after[MONTHS], low[MONTHS], high[MONTHS];
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) steps = NULL;

  for (guint i = 1; i <= MONTHS; i++)
    {
      g_autofree char *label = g_strdup_printf ("%u", i);

      g_strv_builder_add (labels, label);
    }
  steps = g_strv_builder_end (labels);
  take_values (now->left, before);
  take_values (then->left, after);
  take_values (then->low, low);
  take_values (then->high, high);
  rungs_chart_set_words (self->chart, axis_words, g_strdup (self->chosen), g_free);
  rungs_chart_set_steps (self->chart, _ ("What is left, month by month"),
                         (const char *const *) steps);
  rungs_chart_add_line (self->chart, _ ("As it goes on"), before, NULL, NULL);
  rungs_chart_add_line (self->chart, _ ("With the changes"), after, low, high);
}

/* ---- tables */

static void
clear_grid (GtkWidget *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (grid)) != NULL)
    gtk_grid_remove (GTK_GRID (grid), child);
}

static void
put (GtkWidget  *grid,
     const char *text,
     int         column,
     int         row,
     const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  if (column == 0)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), 20);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 26);
      gtk_widget_set_tooltip_text (label, text);
    }
  gtk_widget_add_css_class (label, "numeric");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);
}

static void
put_amounts (RungsWhatIfResult *self,
             const char        *name,
             const gint64      *months,
             int                row,
             const char        *style)
{
  g_autofree char *year = money_words (rungs_what_if_sum (months), self->chosen);

  put (self->months, name, 0, row, style);
  put (self->months, year, 1, row, style);
  for (int i = 0; i < MONTHS; i++)
    {
      g_autofree char *text = money_words (months[i], self->chosen);

      put (self->months, text, i + 2, row, style);
    }
}

static void
put_headings (RungsWhatIfResult *self)
{
  put (self->months, _ ("What is left"), 0, 0, "dim-label");
  put (self->months, _ ("The year"), 1, 0, "dim-label");
  for (int i = 0; i < MONTHS; i++)
    {
      g_autofree char *text = g_strdup_printf (_ ("Month %d"), i + 1);

      put (self->months, text, i + 2, 0, "dim-label");
    }
}

/* Those that bring most, in the order of the ladder. */
static gboolean
is_listed (RungsWhatIfResult *self,
           guint              index)
{
  const RungsWhatIfProductYear *product = self->changed->products->pdata[index];
  gint64 own = rungs_what_if_sum (
      rungs_what_if_get_account (product->accounts, self->chosen)->revenue);
  guint above = 0;

  for (guint i = 0; i < self->changed->products->len; i++)
    {
      const RungsWhatIfProductYear *other = self->changed->products->pdata[i];

      above += rungs_what_if_sum (
                   rungs_what_if_get_account (other->accounts, self->chosen)->revenue)
               > own;
    }
  return above < MOST_PRODUCTS && rungs_what_if_count_up (product->pieces) > 0;
}

static void
show_months (RungsWhatIfResult *self)
{
  gint64 difference[MONTHS];
  const RungsWhatIfAccount *now
      = rungs_what_if_get_account (self->base->accounts, self->chosen);
  const RungsWhatIfAccount *then
      = rungs_what_if_get_account (self->changed->accounts, self->chosen);
  int row = 4;

  clear_grid (self->months);
  put_headings (self);
  for (guint i = 0; i < MONTHS; i++)
    difference[i] = then->left[i] - now->left[i];
  put_amounts (self, _ ("As it goes on"), now->left, 1, NULL);
  put_amounts (self, _ ("With the changes"), then->left, 2, "heading");
  put_amounts (self, _ ("Difference"), difference, 3, NULL);
  for (guint i = 0; i < self->changed->products->len; i++)
    {
      const RungsWhatIfProductYear *product = self->changed->products->pdata[i];

      if (is_listed (self, i))
        put_amounts (self, rungs_what_if_basis_get_product (self->what_if->basis, i)->name,
                     rungs_what_if_get_account (product->accounts, self->chosen)->left, row++,
                     "dim-label");
    }
}

/* "€487 → €1,000", or once where both are the same. */
static char *
both_words (const char *now,
            const char *then)
{
  if (g_str_equal (now, then))
    return g_strdup (now);
  return g_strdup_printf ("%s → %s", now, then);
}

static char *
monies_words (GArray *monies)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < monies->len; i++)
    {
      RungsMoney money = g_array_index (monies, RungsMoney, i);
      g_autofree char *words = money_words (money.minor, money.currency);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", words);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "€487", "€487 + €6 awards". */
static char *
cost_words (const RungsWhatIfSourceYear *source)
{
  g_autofree char *spend = monies_words (source->spend);
  g_autofree char *awards = monies_words (source->awards);

  if (source->awards->len == 0)
    return g_steal_pointer (&spend);
  if (source->spend->len == 0)
    return g_strdup_printf (_ ("%s awards"), awards);
  return g_strdup_printf (_ ("%s + %s awards"), spend, awards);
}

static char *
payback_words (const RungsWhatIfSourceYear *source,
               gint64                       now)
{
  if (!source->can_pay_back)
    return g_strdup ("–");
  if (source->paid_back == 0)
    return g_strdup (_ ("not in the year"));
  return rungs_display_span (source->paid_back - now);
}

static void
show_source (RungsWhatIfResult *self,
             guint              index,
             int                row)
{
  const RungsWhatIfSource *source
      = rungs_what_if_basis_get_source (self->what_if->basis, index);
  const RungsWhatIfSourceYear *now = self->base->sources->pdata[index];
  const RungsWhatIfSourceYear *then = self->changed->sources->pdata[index];
  g_autofree char *leads = count_words (now->leads), *more = count_words (then->leads);
  g_autofree char *spend = cost_words (now), *other = cost_words (then);
  g_autofree char *back = payback_words (now, self->what_if->basis->now);
  g_autofree char *sooner = payback_words (then, self->what_if->basis->now);
  g_autofree char *all_leads = both_words (leads, more);
  g_autofree char *all_spend = both_words (spend, other);
  g_autofree char *all_back = both_words (back, sooner);

  put (self->sources, source->name, 0, row, NULL);
  put (self->sources, all_leads, 1, row, NULL);
  put (self->sources, all_spend, 2, row, NULL);
  put (self->sources, all_back, 3, row, NULL);
}

static void
show_sources (RungsWhatIfResult *self)
{
  int row = 1;

  clear_grid (self->sources);
  put (self->sources, _ ("Source"), 0, 0, "dim-label");
  put (self->sources, _ ("Leads a month"), 1, 0, "dim-label");
  put (self->sources, _ ("Spend a month"), 2, 0, "dim-label");
  put (self->sources, _ ("Paid back after"), 3, 0, "dim-label");
  for (guint i = 0; i < self->base->sources->len; i++)
    if (!rungs_what_if_basis_get_source (self->what_if->basis, i)->retired)
      show_source (self, i, row++);
}

/* ---- all of it */

static void
show_chosen (RungsWhatIfResult *self)
{
  show_figures (self);
  show_range (self);
  show_chart (self);
  show_months (self);
  show_sources (self);
}

static void
currency_chosen_cb (RungsWhatIfResult *self)
{
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (self->currency));

  if (chosen == NULL || self->what_if == NULL)
    return;
  g_strlcpy (self->chosen, gtk_string_object_get_string (chosen), sizeof self->chosen);
  show_chosen (self);
}

/* The one that was chosen stays, where it is there; else that of the business, or the first. */
static void
show_currencies (RungsWhatIfResult *self)
{
  g_autoptr (GPtrArray) currencies = rungs_what_if_list_currencies (self->base, self->changed);
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  guint place = 0;

  for (guint i = 0; i < currencies->len; i++)
    {
      gtk_string_list_append (model, currencies->pdata[i]);
      if (g_str_equal (currencies->pdata[i], *self->chosen ? self->chosen
                                                           : self->what_if->basis->currency))
        place = i;
    }
  g_strlcpy (self->chosen, currencies->len > 0 ? currencies->pdata[place]
                                               : self->what_if->basis->currency,
             sizeof self->chosen);
  g_signal_handlers_block_by_func (self->currency, currency_chosen_cb, self);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->currency), G_LIST_MODEL (model));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->currency), place);
  g_signal_handlers_unblock_by_func (self->currency, currency_chosen_cb, self);
  gtk_widget_set_visible (self->currency, currencies->len > 1);
}

void
rungs_what_if_result_show (RungsWhatIfResult     *self,
                           const RungsWhatIf     *what_if,
                           const RungsWhatIfYear *base,
                           const RungsWhatIfYear *changed)
{
  g_return_if_fail (RUNGS_IS_WHAT_IF_RESULT (self));

  self->what_if = what_if;
  self->base = base;
  self->changed = changed;
  show_currencies (self);
  show_chosen (self);
}

/* ---- the class */

static void
rungs_what_if_result_dispose (GObject *object)
{
  RungsWhatIfResult *self = RUNGS_WHAT_IF_RESULT (object);

  self->what_if = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_what_if_result_parent_class)->dispose (object);
}

static void
rungs_what_if_result_class_init (RungsWhatIfResultClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_what_if_result_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static RungsFigure *
add_figure (GtkWidget  *flow,
            const char *title)
{
  GtkWidget *figure = g_object_new (RUNGS_TYPE_FIGURE, "title", title, NULL);

  gtk_flow_box_append (GTK_FLOW_BOX (flow), figure);
  gtk_widget_set_focusable (gtk_widget_get_parent (figure), FALSE);
  return RUNGS_FIGURE (figure);
}

static GtkWidget *
add_table (RungsWhatIfResult *self,
           const char        *title)
{
  GtkWidget *heading = gtk_label_new (title);
  GtkWidget *window = gtk_scrolled_window_new ();
  GtkWidget *grid = gtk_grid_new ();

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_widget_set_margin_bottom (grid, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), grid);
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (self->box), heading);
  gtk_box_append (GTK_BOX (self->box), window);
  return grid;
}

static void
add_figures (RungsWhatIfResult *self)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (flow), 2);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 4);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (flow), TRUE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 12);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 12);
  self->left = add_figure (flow, _ ("Left in the year"));
  self->revenue = add_figure (flow, _ ("Revenue"));
  self->buyers = add_figure (flow, _ ("Buyers"));
  self->leads = add_figure (flow, _ ("Leads a month"));
  gtk_box_append (GTK_BOX (self->box), flow);
}

static void
rungs_what_if_result_init (RungsWhatIfResult *self)
{
  GtkWidget *range = gtk_label_new (NULL);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->currency = gtk_drop_down_new (NULL, NULL);
  gtk_widget_set_halign (self->currency, GTK_ALIGN_END);
  rungs_drop_down_set_label (GTK_DROP_DOWN (self->currency), _ ("Currency"));
  g_signal_connect_object (self->currency, "notify::selected", G_CALLBACK (currency_chosen_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->currency);
  add_figures (self);
  self->range = GTK_LABEL (range);
  gtk_label_set_wrap (self->range, TRUE);
  gtk_label_set_xalign (self->range, 0);
  gtk_widget_add_css_class (range, "dim-label");
  gtk_box_append (GTK_BOX (self->box), range);
  self->chart = g_object_new (RUNGS_TYPE_CHART, NULL);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->chart));
  self->months = add_table (self, _ ("Month by Month"));
  self->sources = add_table (self, _ ("Sources"));
}
