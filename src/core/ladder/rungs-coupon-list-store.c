/* rungs-coupon-list-store.c: finds the coupons that a browser shows, and what each did. */

#include "ladder/rungs-coupon-list-store.h"

#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-coupon-judge-store.h"
#include "ladder/rungs-coupon-store.h"
#include "leads/rungs-business-store.h"

#define N_SORTS (RUNGS_COUPONS_BY_GIVEN + 1)
#define N_FILTERS (RUNGS_COUPONS_ENDED + 1)

#define FROM                                                                                       \
  "SELECT c.id FROM coupon c LEFT JOIN source s ON s.id = c.source"                                \
  " LEFT JOIN product p ON p.id = c.product"                                                       \
  " WHERE (:part IS NULL OR instr (c.code_key, :key) > 0 OR instr (lower (c.name), :part) > 0"     \
  "        OR instr (lower (c.discount), :part) > 0 OR instr (lower (s.name), :part) > 0"          \
  "        OR instr (lower (p.name), :part) > 0) AND "

#define USES "(SELECT count (*) FROM coupon_redeemed r WHERE r.coupon = c.id)"
#define GIVEN "(SELECT count (*) FROM coupon_given g WHERE g.coupon = c.id)"
#define SOURCE                                                                                     \
  "s.id IS NULL, CASE s.kind WHEN 'customers' THEN 0 WHEN 'ppc' THEN 1 WHEN 'other' THEN 2"        \
  " WHEN 'seo' THEN 3 WHEN 'jv' THEN 4 ELSE 5 END, s.name COLLATE NOCASE"
#define SOURCE_FALLING                                                                             \
  "s.id IS NULL, CASE s.kind WHEN 'customers' THEN 0 WHEN 'ppc' THEN 1 WHEN 'other' THEN 2"        \
  " WHEN 'seo' THEN 3 WHEN 'jv' THEN 4 ELSE 5 END DESC, s.name COLLATE NOCASE DESC"

/* Each way of sorting, rising and falling. */
#define SORTS(where)                                                                               \
  {                                                                                                \
    { FROM where " ORDER BY c.code_key", FROM where " ORDER BY c.code_key DESC" },                 \
    { FROM where " ORDER BY " SOURCE ", c.code_key",                                               \
      FROM where " ORDER BY " SOURCE_FALLING ", c.code_key" },                                     \
    { FROM where " ORDER BY c.valid_until IS NULL, c.valid_until, c.code_key",                     \
      FROM where " ORDER BY c.valid_until IS NULL, c.valid_until DESC, c.code_key" },              \
    { FROM where " ORDER BY " USES ", c.code_key",                                                 \
      FROM where " ORDER BY " USES " DESC, c.code_key" },                                          \
    { FROM where " ORDER BY " GIVEN ", c.code_key",                                                \
      FROM where " ORDER BY " GIVEN " DESC, c.code_key" },                                         \
  }

#define ENDED                                                                                      \
  "(c.retired_at IS NOT NULL OR coalesce (c.valid_until < :today, 0)"                              \
  " OR coalesce (c.most_uses <= " USES ", 0))"
#define GOOD "NOT " ENDED " AND coalesce (c.valid_from <= :today, 1)"

static const char *const SQL_FIND[N_FILTERS][N_SORTS][2] = {
  SORTS ("1"),
  SORTS (GOOD),
  SORTS ("s.kind IN ('jv', 'affiliate')"),
  SORTS (ENDED),
};

static const char SQL_FIGURES[]
    = "SELECT (SELECT count (*) FROM coupon_given g WHERE g.coupon = :id),"
      "       count (*), count (DISTINCT r.lead), count (nullif (r.against, '')),"
      "       coalesce (max (r.at), 0)"
      "  FROM coupon_redeemed r WHERE r.coupon = :id";

static const char SQL_PAID[]
    = "SELECT o.currency,"
      "       sum ((SELECT sum (n.amount) FROM order_line n WHERE n.sales_order = o.id)"
      "            - (SELECT coalesce (sum (g.amount), 0)"
      "                 FROM refund f JOIN refund_line g ON g.refund = f.id"
      "                WHERE f.sales_order = o.id))"
      "  FROM coupon_redeemed r CROSS JOIN sales_order o ON o.id = r.sales_order"
      " WHERE r.coupon = :id GROUP BY o.currency ORDER BY o.currency";

RungsCouponQuery *
rungs_coupon_query_copy (const RungsCouponQuery *self)
{
  RungsCouponQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->words = g_strdup (self->words);
  return copy;
}

void
rungs_coupon_query_free (RungsCouponQuery *self)
{
  if (self == NULL)
    return;
  g_free (self->words);
  g_free (self);
}

static void
bind_words (RungsStatement *find,
            const char     *words)
{
  g_autofree char *part = g_utf8_strdown (words ? words : "", -1);
  g_autofree char *key = rungs_coupon_key (words);

  g_strstrip (part);
  rungs_statement_bind_text (find, ":part", *part != '\0' ? part : NULL);
  rungs_statement_bind_text (find, ":key", key);
}

static gboolean
bind_today (RungsDb        *db,
            RungsStatement *find,
            gint64          now,
            GError        **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *today = NULL;

  if (!rungs_statement_has (find, ":today"))
    return TRUE;
  zone = rungs_business_zone (db, error);
  if (zone == NULL)
    return FALSE;
  today = rungs_time_format_day (now, zone);
  rungs_statement_bind_text (find, ":today", today);
  return TRUE;
}

GArray *
rungs_coupon_find_all (RungsDb                *db,
                       const RungsCouponQuery *query,
                       GError                **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RungsStatement) find = NULL;

  g_return_val_if_fail (query->sort < N_SORTS && query->filter < N_FILTERS, NULL);

  find = rungs_db_prepare (db, SQL_FIND[query->filter][query->sort][query->descending != FALSE],
                           error);
  if (find == NULL || !bind_today (db, find, query->now, error))
    return NULL;
  bind_words (find, query->words);
  while (rungs_statement_step (find, error) == RUNGS_ROW)
    {
      gint64 id = rungs_statement_get_int64 (find, 0);

      g_array_append_val (ids, id);
    }
  return rungs_statement_done (find, error) ? g_steal_pointer (&ids) : NULL;
}

void
rungs_coupon_row_free (RungsCouponRow *self)
{
  if (self == NULL)
    return;
  rungs_coupon_free (self->coupon);
  g_array_unref (self->paid);
  g_free (self);
}

static gboolean
read_figures (RungsDb        *db,
              RungsCouponRow *row,
              GError        **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIGURES, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", row->coupon->id);
  if (rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  row->given = rungs_statement_get_int64 (query, 0);
  row->uses = rungs_statement_get_int64 (query, 1);
  row->leads = rungs_statement_get_int64 (query, 2);
  row->against = rungs_statement_get_int64 (query, 3);
  row->last_at = rungs_statement_get_int64 (query, 4);
  return TRUE;
}

static gboolean
read_paid (RungsDb        *db,
           RungsCouponRow *row,
           GError        **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PAID, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", row->coupon->id);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsMoney paid = rungs_money (rungs_statement_get_int64 (query, 1),
                                     rungs_statement_get_text (query, 0));

      g_array_append_val (row->paid, paid);
    }
  return rungs_statement_done (query, error);
}

static gboolean
judge (RungsDb        *db,
       RungsCouponRow *row,
       gint64          now,
       GError        **error)
{
  RungsCouponQuestion question = { .at = now };
  RungsCouponCheck check = { .coupon = row->coupon };

  if (!rungs_coupon_judge (db, &question, &check, error))
    return FALSE;
  row->verdict = check.verdict;
  return TRUE;
}

RungsCouponRow *
rungs_coupon_row_load (RungsDb *db,
                       gint64   id,
                       gint64   now,
                       GError **error)
{
  g_autoptr (RungsCoupon) coupon = rungs_coupon_load (db, id, error);
  g_autoptr (RungsCouponRow) row = NULL;

  if (coupon == NULL)
    return NULL;
  row = g_new0 (RungsCouponRow, 1);
  row->coupon = g_steal_pointer (&coupon);
  row->paid = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  return judge (db, row, now, error) && read_figures (db, row, error) && read_paid (db, row, error)
             ? g_steal_pointer (&row)
             : NULL;
}

GPtrArray *
rungs_coupon_list (RungsDb                *db,
                   const RungsCouponQuery *query,
                   GError                **error)
{
  g_autoptr (GArray) ids = rungs_coupon_find_all (db, query, error);
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_coupon_row_free);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      RungsCouponRow *row
          = rungs_coupon_row_load (db, g_array_index (ids, gint64, i), query->now, error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return ids != NULL ? g_steal_pointer (&rows) : NULL;
}
