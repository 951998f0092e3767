/* rungs-rate-rows.c: the rates of a programme's terms, to be edited in a form. */

#include "rungs-rate-rows.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-rate.h"
#include "ladder/rungs-product-store.h"
#include "rungs-programme-words.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-value-row.h"

#define ALL_PRODUCTS "0"
#define AS_BEFORE "kept"

struct _RungsRateRows
{
  RungsForm *form;     /* (unowned) */
  GPtrArray *products; /* (owned) (element-type RungsProduct) */
  char currency[4];
  GtkListBox *list;
  GPtrArray *rates;    /* (owned) (element-type Rate) in their order */
};

/* One of them. */
typedef struct
{
  RungsRateRows *rows; /* (unowned) */
  AdwExpanderRow *row;
  RungsChoiceRow *pay;
  RungsValueRow *value; /* a share, an amount, or "0: 20, 10: 25" */
  RungsChoiceRow *of;
  RungsChoiceRow *sale;
  RungsValueRow *months;
  RungsChoiceRow *product;
  GArray *products; /* (owned) (element-type gint64) that it had before, of AS_BEFORE */
  GArray *partners; /* (owned) (element-type gint64) that it keeps */
} Rate;

static void
rate_free (gpointer data)
{
  Rate *self = data;

  g_array_unref (self->products);
  g_array_unref (self->partners);
  g_free (self);
}

static const struct
{
  const char *value; /* of the JSON */
  RungsSaleKind sale;
} SALES[] = {
  { "any", RUNGS_SALE_ANY },
  { "first", RUNGS_SALE_FIRST },
  { "later", RUNGS_SALE_LATER },
  { "renewal", RUNGS_SALE_RENEWAL },
};

static const struct
{
  const char *value;
  RungsTermsPay pay;
  const char *words;
  const char *title; /* of the value; NULL: it has none */
} PAYS[] = {
  { "share", RUNGS_TERMS_SHARE, N_ ("A share of what the buyer paid"), N_ ("Share") },
  { "profit", RUNGS_TERMS_PROFIT, N_ ("A share of the profit"), N_ ("Share") },
  { "fixed", RUNGS_TERMS_FIXED, N_ ("A fixed amount for each piece"), N_ ("Amount") },
  { "tiers", RUNGS_TERMS_TIERS, N_ ("More, the more was sold"),
    N_ ("Shares, Each from Where On") },
  { "own", RUNGS_TERMS_OWN, N_ ("The product's own rate"), NULL },
};

static const struct
{
  const char *value;
  gboolean by_month;
  gboolean of_orders;
  const char *words;
} COUNTS[] = {
  { "month-orders", TRUE, TRUE, N_ ("Orders of the month") },
  { "ever-orders", FALSE, TRUE, N_ ("All orders ever") },
  { "month-amount", TRUE, FALSE, N_ ("Amount sold in the month") },
  { "ever-amount", FALSE, FALSE, N_ ("Amount sold ever") },
};

static guint
chosen (RungsChoiceRow *row,
        const char     *first,
        gsize           size,
        guint           n)
{
  const char *value = rungs_choice_row_get_value (row);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (*(const char *const *) (gconstpointer) ((const char *) first + i * size), value)
        == 0)
      return i;
  return 0;
}

#define CHOSEN(row, table) chosen (row, (const char *) (table), sizeof *(table), \
                                   G_N_ELEMENTS (table))

/* ---- what it shows */

static char *
pay_words (guint       pay,
           const char *value)
{
  if (PAYS[pay].title == NULL || *value == '\0')
    return g_strdup (_ (PAYS[pay].words));
  return PAYS[pay].pay == RUNGS_TERMS_PROFIT ? g_strdup_printf (_ ("%s of the profit"), value)
                                             : g_strdup (value);
}

/* Which fields there are, and what it comes to in words. */
static void
show_rate (Rate *self)
{
  guint pay = CHOSEN (self->pay, PAYS);
  guint sale = CHOSEN (self->sale, SALES);
  g_autofree char *value = rungs_value_row_dup_text (self->value);
  g_autofree char *words = NULL;
  g_autofree char *title = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->value), PAYS[pay].title != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->of), PAYS[pay].pay == RUNGS_TERMS_TIERS);
  gtk_widget_set_visible (GTK_WIDGET (self->months), SALES[sale].sale == RUNGS_SALE_RENEWAL);
  if (PAYS[pay].title != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->value), _ (PAYS[pay].title));
  rungs_value_row_set_width (self->value, PAYS[pay].pay == RUNGS_TERMS_TIERS ? 22 : 10);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->pay),
                               PAYS[pay].pay == RUNGS_TERMS_PROFIT
                                   ? _ ("Of the price without tax, less what the product says it "
                                        "costs to deliver")
                                   : "");
  words = pay_words (pay, value);
  title = g_strdup_printf ("%s · %s", words, rungs_programme_sale_words (SALES[sale].sale));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), title);
}

static void
remove_cb (Rate *self)
{
  RungsRateRows *rows = self->rows;

  gtk_list_box_remove (rows->list, GTK_WIDGET (self->row));
  g_ptr_array_remove (rows->rates, self);
  gtk_widget_set_visible (GTK_WIDGET (rows->list), rows->rates->len > 0);
}

static void
up_cb (Rate *self)
{
  RungsRateRows *rows = self->rows;
  guint place;

  if (!g_ptr_array_find (rows->rates, self, &place) || place == 0)
    return;
  rows->rates->pdata[place] = rows->rates->pdata[place - 1];
  rows->rates->pdata[place - 1] = self;
  g_object_ref (self->row);
  gtk_list_box_remove (rows->list, GTK_WIDGET (self->row));
  gtk_list_box_insert (rows->list, GTK_WIDGET (self->row), (int) place - 1);
  g_object_unref (self->row);
}

/* ---- making it */

static RungsChoiceRow *
add_choice (Rate       *self,
            const char *title)
{
  RungsChoiceRow *row = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", title, NULL);

  adw_expander_row_add_row (self->row, GTK_WIDGET (row));
  return row;
}

static RungsValueRow *
add_value (Rate       *self,
           const char *title,
           const char *hint)
{
  RungsValueRow *row = rungs_value_row_new (title, hint, NULL, NULL);

  adw_expander_row_add_row (self->row, GTK_WIDGET (row));
  return row;
}

static void
add_buttons (Rate *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *up = gtk_button_new_with_mnemonic (_ ("Move _Up"));
  GtkWidget *gone = gtk_button_new_with_mnemonic (_ ("_Remove"));

  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 12);
  gtk_box_append (GTK_BOX (box), up);
  gtk_box_append (GTK_BOX (box), gone);
  g_signal_connect_swapped (up, "clicked", G_CALLBACK (up_cb), self);
  g_signal_connect_swapped (gone, "clicked", G_CALLBACK (remove_cb), self);
  adw_expander_row_add_row (self->row, box);
}

static void
add_products (Rate *self)
{
  self->product = add_choice (self, _ ("Product"));
  rungs_choice_row_add (self->product, ALL_PRODUCTS, _ ("All products"));
  if (self->products->len > 1)
    rungs_choice_row_add (self->product, AS_BEFORE, _ ("The same products as before"));
  for (guint i = 0; i < self->rows->products->len; i++)
    {
      const RungsProduct *product = self->rows->products->pdata[i];
      g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, product->id);

      rungs_choice_row_add (self->product, value, product->name);
    }
}

static void
add_fields (Rate *self)
{
  self->pay = add_choice (self, _ ("Pays"));
  for (guint i = 0; i < G_N_ELEMENTS (PAYS); i++)
    rungs_choice_row_add (self->pay, PAYS[i].value, _ (PAYS[i].words));
  self->value = add_value (self, _ ("Share"), NULL);
  self->of = add_choice (self, _ ("Counted By"));
  for (guint i = 0; i < G_N_ELEMENTS (COUNTS); i++)
    rungs_choice_row_add (self->of, COUNTS[i].value, _ (COUNTS[i].words));
  self->sale = add_choice (self, _ ("For"));
  for (guint i = 0; i < G_N_ELEMENTS (SALES); i++)
    rungs_choice_row_add (self->sale, SALES[i].value, rungs_programme_sale_words (SALES[i].sale));
  self->months = add_value (self, _ ("Months"), _ ("Empty: as long as the subscription lasts"));
  add_products (self);
  add_buttons (self);
}

/* ---- from terms */

static char *
value_of (const RungsTermsRate *rate)
{
  g_autoptr (GString) tiers = NULL;

  if (rate->pay == RUNGS_TERMS_SHARE || rate->pay == RUNGS_TERMS_PROFIT)
    return rungs_rate_format (rate->rate);
  if (rate->pay == RUNGS_TERMS_FIXED)
    return rungs_money_format (rate->fixed);
  if (rate->pay != RUNGS_TERMS_TIERS)
    return g_strdup ("");
  tiers = g_string_new (NULL);
  for (guint i = 0; i < rate->tiers->len; i++)
    {
      const RungsTermsTier *tier = &g_array_index (rate->tiers, RungsTermsTier, i);
      g_autofree char *share = rungs_rate_format (tier->rate);
      g_autofree char *from
          = rate->of_orders ? g_strdup_printf ("%" G_GINT64_FORMAT, tier->from)
                            : rungs_money_format_amount (rungs_money (tier->from, "EUR"));

      g_string_append_printf (tiers, "%s%s: %s", i > 0 ? "; " : "", from, share);
    }
  return g_strdup (tiers->str);
}

static const char *
count_of (const RungsTermsRate *rate)
{
  for (guint i = 0; i < G_N_ELEMENTS (COUNTS); i++)
    if (COUNTS[i].by_month == rate->by_month && COUNTS[i].of_orders == rate->of_orders)
      return COUNTS[i].value;
  return COUNTS[0].value;
}

static void
fill_rate (Rate                 *self,
           const RungsTermsRate *rate)
{
  g_autofree char *value = value_of (rate);
  g_autofree char *months
      = rate->months > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, rate->months) : g_strdup ("");
  g_autofree char *product
      = rate->products->len == 1
            ? g_strdup_printf ("%" G_GINT64_FORMAT, g_array_index (rate->products, gint64, 0))
            : g_strdup (rate->products->len > 1 ? AS_BEFORE : ALL_PRODUCTS);

  for (guint i = 0; i < G_N_ELEMENTS (PAYS); i++)
    if (PAYS[i].pay == rate->pay)
      rungs_choice_row_set_value (self->pay, PAYS[i].value);
  for (guint i = 0; i < G_N_ELEMENTS (SALES); i++)
    if (SALES[i].sale == rate->sale)
      rungs_choice_row_set_value (self->sale, SALES[i].value);
  rungs_choice_row_set_value (self->of, count_of (rate));
  rungs_choice_row_set_value (self->product, product);
  rungs_value_row_set_text (self->value, value);
  rungs_value_row_set_text (self->months, months);
}

void
rungs_rate_rows_add (RungsRateRows        *self,
                     const RungsTermsRate *rate)
{
  Rate *one = g_new0 (Rate, 1);

  one->rows = self;
  one->row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  one->products = g_array_copy (rate->products);
  one->partners = g_array_copy (rate->partners);
  g_ptr_array_add (self->rates, one);
  add_fields (one);
  fill_rate (one, rate);
  g_signal_connect_swapped (one->pay, "notify::value", G_CALLBACK (show_rate), one);
  g_signal_connect_swapped (one->sale, "notify::value", G_CALLBACK (show_rate), one);
  g_signal_connect_swapped (one->value, "changed", G_CALLBACK (show_rate), one);
  show_rate (one);
  gtk_list_box_append (self->list, GTK_WIDGET (one->row));
  gtk_widget_set_visible (GTK_WIDGET (self->list), TRUE);
}

/* ---- to terms */

static void
add_ids (JsonBuilder *builder,
         const char  *name,
         GArray      *ids)
{
  if (ids->len == 0)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < ids->len; i++)
    json_builder_add_int_value (builder, g_array_index (ids, gint64, i));
  json_builder_end_array (builder);
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            gint64       number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

/* "0: 20 %; 10: 25 %" */
static gboolean
add_tiers (Rate        *self,
           JsonBuilder *builder,
           const char  *text)
{
  guint count = CHOSEN (self->of, COUNTS);
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);

  json_builder_set_member_name (builder, "tiers");
  json_builder_begin_array (builder);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (parts[i], ":", 2);
      RungsMoney from = { 0 };
      gint64 share;

      if (g_strv_length (pair) != 2 || !rungs_rate_parse (g_strstrip (pair[1]), &share, NULL)
          || !rungs_money_parse (g_strstrip (pair[0]), self->rows->currency, &from, NULL))
        return FALSE;
      json_builder_begin_object (builder);
      add_number (builder, "from", COUNTS[count].of_orders
                                       ? g_ascii_strtoll (pair[0], NULL, 10)
                                       : from.minor);
      add_number (builder, "rate", share);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  add_text (builder, "by", COUNTS[count].by_month ? "month" : "ever");
  add_text (builder, "of", COUNTS[count].of_orders ? "orders" : "amount");
  return TRUE;
}

static gboolean
add_pay (Rate        *self,
         JsonBuilder *builder)
{
  g_autofree char *text = rungs_value_row_dup_text (self->value);
  guint pay = CHOSEN (self->pay, PAYS);
  RungsMoney money = { 0 };
  gint64 share;

  switch (PAYS[pay].pay)
    {
    case RUNGS_TERMS_OWN:
      json_builder_set_member_name (builder, "own");
      json_builder_add_boolean_value (builder, TRUE);
      return TRUE;
    case RUNGS_TERMS_FIXED:
      if (!rungs_money_parse (text, self->rows->currency, &money, NULL))
        return FALSE;
      add_number (builder, "fixed", money.minor);
      add_text (builder, "currency", money.currency);
      return TRUE;
    case RUNGS_TERMS_TIERS:
      return add_tiers (self, builder, text);
    case RUNGS_TERMS_PROFIT:
    case RUNGS_TERMS_SHARE:
    default:
      if (!rungs_rate_parse (text, &share, NULL))
        return FALSE;
      add_number (builder, PAYS[pay].pay == RUNGS_TERMS_PROFIT ? "profit" : "rate", share);
      return TRUE;
    }
}

static const char *
example_of (Rate *self)
{
  switch (PAYS[CHOSEN (self->pay, PAYS)].pay)
    {
    case RUNGS_TERMS_FIXED:
      return _ ("an amount, such as 5.00");
    case RUNGS_TERMS_TIERS:
      return _ ("such as 0: 20 %; 10: 25 %");
    default:
      return _ ("a share, such as 30 %");
    }
}

static gboolean
add_rate (Rate        *self,
          JsonBuilder *builder)
{
  const char *product = rungs_choice_row_get_value (self->product);
  guint sale = CHOSEN (self->sale, SALES);
  g_autofree char *months = rungs_value_row_dup_text (self->months);
  gboolean is_right;

  json_builder_begin_object (builder);
  if (g_strcmp0 (product, AS_BEFORE) != 0)
    {
      gint64 id = g_ascii_strtoll (product, NULL, 10);

      g_array_set_size (self->products, 0);
      if (id != 0)
        g_array_append_val (self->products, id);
    }
  add_ids (builder, "products", self->products);
  add_ids (builder, "partners", self->partners);
  if (SALES[sale].sale != RUNGS_SALE_ANY)
    add_text (builder, "sale", SALES[sale].value);
  if (SALES[sale].sale == RUNGS_SALE_RENEWAL && g_ascii_strtoll (months, NULL, 10) > 0)
    add_number (builder, "months", g_ascii_strtoll (months, NULL, 10));
  is_right = add_pay (self, builder);
  rungs_value_row_mark (self->value, is_right ? NULL : example_of (self));
  if (!is_right)
    {
      adw_expander_row_set_expanded (self->row, TRUE);
      return FALSE;
    }
  json_builder_end_object (builder);
  return TRUE;
}

char *
rungs_rate_rows_dup_json (RungsRateRows *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < self->rates->len; i++)
    if (!add_rate (self->rates->pdata[i], builder))
      return NULL;
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* ---- all of them */

static void
add_cb (RungsRateRows *self)
{
  g_autoptr (RungsTerms) terms = rungs_terms_parse ("{\"rates\": [{\"rate\": 2000}]}", NULL);
  Rate *rate;

  rungs_rate_rows_add (self, terms->rates->pdata[0]);
  rate = self->rates->pdata[self->rates->len - 1];
  adw_expander_row_set_expanded (rate->row, TRUE);
}

RungsRateRows *
rungs_rate_rows_new (RungsForm  *form,
                     GPtrArray  *products,
                     const char *currency)
{
  RungsRateRows *self = g_new0 (RungsRateRows, 1);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *add = gtk_button_new_with_mnemonic (_ ("Add _Rate"));

  self->form = form;
  self->products = g_ptr_array_ref (products);
  self->rates = g_ptr_array_new_with_free_func (rate_free);
  self->list = GTK_LIST_BOX (list);
  g_strlcpy (self->currency, currency, sizeof self->currency);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_visible (list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Rates"), -1);
  rungs_form_add_group (form, _ ("Rates: the First That Fits Counts"));
  rungs_form_add_widget (form, list);
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  gtk_widget_set_margin_top (add, 12);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_cb), self);
  rungs_form_add_widget (form, add);
  return self;
}

void
rungs_rate_rows_free (RungsRateRows *self)
{
  g_ptr_array_unref (self->rates);
  g_ptr_array_unref (self->products);
  g_free (self);
}
