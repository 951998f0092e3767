/* rungs-order-rows.c: orders as rows of a browser. */

#include "rungs-order-rows.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/rungs-browser-ids.h"
#include "widgets/rungs-display.h"

/* ---- the source, on threads of the store */

static gpointer
list_orders (RungsDb   *db,
             gpointer   data,
             guint      limit,
             GError   **error)
{
  g_autoptr (RungsOrderQuery) query = rungs_order_query_copy (data);

  query->limit = limit;
  return rungs_order_find (db, query, error);
}

static gpointer
load_row (RungsDb  *db,
          gint64    id,
          GError  **error)
{
  return rungs_order_row_load (db, id, error);
}

const RungsBrowserSource *
rungs_order_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_orders,
    RUNGS_BROWSER_IDS,
    .load = load_row,
    .row_free = (GDestroyNotify) rungs_order_row_free,
    .query_free = (GDestroyNotify) rungs_order_query_free,
  };

  return &source;
}

/* ---- the columns */

static char *
date_text (gpointer data)
{
  return rungs_display_moment (((RungsOrderRow *) data)->at, rungs_display_now ());
}

static char *
lead_text (gpointer data)
{
  return g_strdup (((RungsOrderRow *) data)->lead_name);
}

static char *
products_text (gpointer data)
{
  return g_strdup (((RungsOrderRow *) data)->products);
}

static char *
amount_text (gpointer data)
{
  return rungs_display_money (((RungsOrderRow *) data)->total);
}

static char *
refunded_text (gpointer data)
{
  const RungsOrderRow *row = data;

  return row->refunded.minor != 0 ? rungs_display_money (row->refunded) : NULL;
}

static const char *
refunded_style (gpointer data)
{
  const RungsOrderRow *row = data;

  return row->refunded.minor >= row->total.minor ? "error" : "warning";
}

static char *
coupon_text (gpointer data)
{
  return g_strdup (((RungsOrderRow *) data)->coupon);
}

static const char *
origin_words (const char *origin)
{
  static const struct
  {
    const char *origin;
    const char *words;
  } WORDS[] = {
    { "by hand", N_ ("By hand") }, { "import", N_ ("Import") },     { "form", N_ ("Form") },
    { "renewal", N_ ("Renewal") }, { "web shop", N_ ("Web shop") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (strcmp (origin, WORDS[i].origin) == 0)
      return _ (WORDS[i].words);
  return origin;
}

char *
rungs_order_row_dup_origin (const RungsOrderRow *row)
{
  const char *words = origin_words (row->origin);

  return *row->shop != '\0' ? g_strdup_printf ("%s · %s", words, row->shop) : g_strdup (words);
}

static char *
origin_text (gpointer data)
{
  return rungs_order_row_dup_origin (data);
}

static char *
number_text (gpointer data)
{
  return g_strdup (((RungsOrderRow *) data)->number);
}

#define SORTABLE RUNGS_BROWSER_COLUMN_SORTABLE
#define NUMERIC RUNGS_BROWSER_COLUMN_NUMERIC
#define EXPAND RUNGS_BROWSER_COLUMN_EXPAND
#define HIDDEN RUNGS_BROWSER_COLUMN_HIDDEN

static const RungsBrowserColumn COLUMNS[] = {
  { "date", N_ ("Date"), SORTABLE | RUNGS_BROWSER_COLUMN_FIXED, 128, date_text, NULL },
  { "lead", N_ ("Lead"), SORTABLE | EXPAND, 140, lead_text, NULL },
  { "products", N_ ("Products"), EXPAND, 180, products_text, NULL },
  { "amount", N_ ("Amount"), SORTABLE | NUMERIC, 84, amount_text, NULL },
  { "refunded", N_ ("Refunded"), NUMERIC, 84, refunded_text, refunded_style },
  { "coupon", N_ ("Coupon"), SORTABLE, 76, coupon_text, NULL },
  { "origin", N_ ("Origin"), SORTABLE, 92, origin_text, NULL },
  { "number", N_ ("Number in the shop"), HIDDEN, 140, number_text, NULL },
};

const RungsBrowserColumn *
rungs_order_rows_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}

RungsOrderSort
rungs_order_rows_get_sort (const char *id)
{
  static const struct
  {
    const char *id;
    RungsOrderSort sort;
  } SORTS[] = {
    { "lead", RUNGS_ORDERS_BY_LEAD },
    { "amount", RUNGS_ORDERS_BY_AMOUNT },
    { "coupon", RUNGS_ORDERS_BY_COUPON },
    { "origin", RUNGS_ORDERS_BY_ORIGIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (SORTS); i++)
    if (g_strcmp0 (SORTS[i].id, id) == 0)
      return SORTS[i].sort;
  return RUNGS_ORDERS_BY_DATE;
}
