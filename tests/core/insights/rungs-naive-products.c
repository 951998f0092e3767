/* rungs-naive-products.c: how products stand, as the view of who owns what and the tables tell. */

#include "rungs-naive-products.h"

#include "insights/rungs-product-figures.h"

#define ID "%" G_GINT64_FORMAT

G_GNUC_PRINTF (2, 3)
static gint64
ask (RungsFixture *f,
     const char   *format,
     ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  return rungs_fixture_number (f, sql);
}

#define OWNS                                                                                       \
  "product = " ID " AND since <= " ID " AND (paid_until IS NULL OR paid_until > " ID ")"
#define LINES "FROM order_line l JOIN sales_order o ON o.id = l.sales_order WHERE l.product = " ID

static gint64
sum_of (GArray *monies)
{
  gint64 sum = 0;

  for (guint i = 0; i < monies->len; i++)
    sum += g_array_index (monies, RungsMoney, i).minor;
  return sum;
}

void
rungs_naive_compare_products (RungsFixture *self)
{
  static const gint64 PRODUCTS[] = { 2, 3, 5, 8 };
  gint64 now = rungs_fixture_now (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsProductStanding) standing
    = rungs_product_standing_load (self->db, now, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (PRODUCTS); i++)
    {
      gint64 id = PRODUCTS[i];
      gint64 other = PRODUCTS[(i + 1) % G_N_ELEMENTS (PRODUCTS)];
      const RungsProductFigures *figures = rungs_product_standing_get (standing, id);

      g_assert_cmpint (figures->owners, ==,
                       ask (self, "SELECT count (DISTINCT lead) FROM owned WHERE " OWNS, id, now,
                            now));
      g_assert_cmpint (figures->sold, ==,
                       ask (self, "SELECT coalesce (sum (quantity), 0) " LINES " AND o.at <= " ID,
                            id, now));
      g_assert_cmpint (sum_of (figures->revenue), ==,
                       ask (self, "SELECT coalesce (sum (amount), 0) " LINES " AND o.at <= " ID,
                            id, now));
      g_assert_cmpint (figures->sales, ==,
                       ask (self, "SELECT count (*) " LINES " AND o.at <= " ID " AND amount > 0",
                            id, now));
      g_assert_cmpint (sum_of (figures->refunded), ==,
                       ask (self, "SELECT coalesce (sum (g.amount), 0) FROM refund_line g"
                               " JOIN refund r ON r.id = g.refund"
                               " JOIN order_line l ON l.id = g.order_line"
                               " JOIN sales_order o ON o.id = l.sales_order"
                               " WHERE l.product = " ID " AND o.at <= " ID " AND r.at <= " ID, id,
                            now, now));
      g_assert_cmpint (rungs_product_standing_lacks (standing, id, other), ==,
                       ask (self, "SELECT EXISTS (SELECT lead FROM owned WHERE " OWNS
                               " EXCEPT SELECT lead FROM owned WHERE " OWNS ")",
                            id, now, now, other, now, now));
    }
}
