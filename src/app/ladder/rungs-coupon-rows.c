/* rungs-coupon-rows.c: coupons as rows of a browser. */

#include "rungs-coupon-rows.h"

#include <glib/gi18n.h>

#include "rungs-coupon-words.h"
#include "widgets/rungs-browser-ids.h"
#include "widgets/rungs-display.h"

/* ---- the source, on threads of the store */

static gpointer
list_coupons (RungsDb   *db,
              gpointer   data,
              guint      limit,
              GError   **error)
{
  g_autoptr (GArray) ids = rungs_coupon_find_all (db, data, error);

  if (ids != NULL && limit > 0 && ids->len > limit)
    g_array_set_size (ids, limit);
  return g_steal_pointer (&ids);
}

static gpointer
load_row (RungsDb  *db,
          gint64    id,
          GError  **error)
{
  return rungs_coupon_row_load (db, id, rungs_display_now (), error);
}

const RungsBrowserSource *
rungs_coupon_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_coupons,
    RUNGS_BROWSER_IDS,
    .load = load_row,
    .row_free = (GDestroyNotify) rungs_coupon_row_free,
    .query_free = (GDestroyNotify) rungs_coupon_query_free,
  };

  return &source;
}

/* ---- the columns */

static const RungsCoupon *
coupon_of (gpointer data)
{
  return ((RungsCouponRow *) data)->coupon;
}

static char *
code_text (gpointer data)
{
  return g_strdup (coupon_of (data)->code);
}

static char *
name_text (gpointer data)
{
  return g_strdup (coupon_of (data)->name);
}

static char *
discount_text (gpointer data)
{
  return g_strdup (coupon_of (data)->discount);
}

static char *
source_text (gpointer data)
{
  const RungsCoupon *coupon = coupon_of (data);

  return rungs_coupon_source_words (coupon->source, coupon->source_kind, coupon->source_name,
                                    coupon->path);
}

static char *
product_text (gpointer data)
{
  return g_strdup (coupon_of (data)->product_name);
}

static char *
days_text (gpointer data)
{
  return rungs_coupon_days_words (coupon_of (data));
}

static char *
state_text (gpointer data)
{
  return g_strdup (rungs_coupon_state_words (((RungsCouponRow *) data)->verdict));
}

static const char *
state_style (gpointer data)
{
  return ((RungsCouponRow *) data)->verdict == RUNGS_COUPON_FITS ? NULL : "dim-label";
}

static char *
count_text (gint64 count)
{
  return count > 0 ? rungs_display_number (count) : NULL;
}

static char *
given_text (gpointer data)
{
  return count_text (((RungsCouponRow *) data)->given);
}

static char *
uses_text (gpointer data)
{
  return count_text (((RungsCouponRow *) data)->uses);
}

static char *
paid_text (gpointer data)
{
  const RungsCouponRow *row = data;
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < row->paid->len; i++)
    {
      g_autofree char *money = rungs_display_money (g_array_index (row->paid, RungsMoney, i));

      g_string_append_printf (words, "%s%s", i > 0 ? " + " : "", money);
    }
  return g_strdup (words->str);
}

#define SORTABLE RUNGS_BROWSER_COLUMN_SORTABLE
#define NUMERIC RUNGS_BROWSER_COLUMN_NUMERIC
#define EXPAND RUNGS_BROWSER_COLUMN_EXPAND
#define HIDDEN RUNGS_BROWSER_COLUMN_HIDDEN

static const RungsBrowserColumn COLUMNS[] = {
  { "code", N_ ("Code"), SORTABLE, 110, code_text, NULL },
  { "discount", N_ ("Discount"), EXPAND, 120, discount_text, NULL },
  { "source", N_ ("Source"), SORTABLE | EXPAND, 180, source_text, NULL },
  { "state", N_ ("State"), 0, 84, state_text, state_style },
  { "given", N_ ("Given"), SORTABLE | NUMERIC, 68, given_text, NULL },
  { "uses", N_ ("Orders"), SORTABLE | NUMERIC, 68, uses_text, NULL },
  { "paid", N_ ("Paid"), NUMERIC, 100, paid_text, NULL },
  { "until", N_ ("Valid"), SORTABLE | HIDDEN, 140, days_text, NULL },
  { "product", N_ ("Product"), HIDDEN, 140, product_text, NULL },
  { "name", N_ ("Name"), HIDDEN, 160, name_text, NULL },
};

const RungsBrowserColumn *
rungs_coupon_rows_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}

RungsCouponSort
rungs_coupon_rows_get_sort (const char *id)
{
  static const struct
  {
    const char *id;
    RungsCouponSort sort;
  } SORTS[] = {
    { "source", RUNGS_COUPONS_BY_SOURCE },
    { "until", RUNGS_COUPONS_BY_END },
    { "uses", RUNGS_COUPONS_BY_USES },
    { "given", RUNGS_COUPONS_BY_GIVEN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (SORTS); i++)
    if (g_strcmp0 (SORTS[i].id, id) == 0)
      return SORTS[i].sort;
  return RUNGS_COUPONS_BY_CODE;
}
