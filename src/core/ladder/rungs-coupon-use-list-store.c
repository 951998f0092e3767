/* rungs-coupon-use-list-store.c: which orders used which coupons, and codes that are none. */

#include <string.h>

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-coupon-use-store.h"

#define SELECT                                                                                     \
  "SELECT u.sales_order, u.coupon, o.lead, u.at, c.code, c.discount,"                              \
  "       CASE WHEN l.first_name || l.last_name <> ''"                                             \
  "            THEN trim (l.first_name || ' ' || l.last_name)"                                     \
  "            ELSE coalesce (l.email, l.phone) END,"                                              \
  "       u.against,"                                                                              \
  "       EXISTS (SELECT 1 FROM coupon_redeemed r"                                                 \
  "                WHERE r.sales_order = u.sales_order AND +r.coupon = u.coupon),"                 \
  "       (SELECT sum (n.amount) FROM order_line n WHERE n.sales_order = u.sales_order)"           \
  "       - (SELECT coalesce (sum (g.amount), 0) FROM refund f JOIN refund_line g"                 \
  "             ON g.refund = f.id WHERE f.sales_order = u.sales_order),"                          \
  "       o.currency, s.id, s.kind, s.name, t.path"                                                \
  "  FROM coupon_use u"                                                                            \
  "  CROSS JOIN sales_order o ON o.id = u.sales_order"                                             \
  "  CROSS JOIN coupon c ON c.id = u.coupon"                                                       \
  "  CROSS JOIN lead l ON l.id = o.lead"                                                           \
  "  LEFT JOIN touch t ON t.id = u.touch"                                                          \
  "  LEFT JOIN source s ON s.id = t.source"

static const char SQL_OF_ORDER[] = SELECT " WHERE u.sales_order = :id ORDER BY u.coupon";

static const char SQL_OF_LEAD[]
    = SELECT " WHERE u.sales_order IN (SELECT x.id FROM sales_order x WHERE x.lead = :id)"
             " ORDER BY u.at DESC, u.sales_order DESC, u.coupon LIMIT :limit";

static const char SQL_OF_COUPON[]
    = SELECT " WHERE u.coupon = :id ORDER BY u.at DESC, u.sales_order DESC LIMIT :limit";

static const char SQL_TEXTS[]
    = "SELECT coupon, count (*), max (at) FROM sales_order WHERE coupon <> '' GROUP BY coupon";

static const char SQL_KEYS[] = "SELECT code_key FROM coupon";

void
rungs_coupon_use_free (RungsCouponUse *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->discount);
  g_free (self->lead_name);
  g_free (self->source_name);
  g_free (self);
}

static gpointer
use_from_row (RungsStatement *row)
{
  RungsCouponUse *use = g_new0 (RungsCouponUse, 1);

  use->order = rungs_statement_get_int64 (row, 0);
  use->coupon = rungs_statement_get_int64 (row, 1);
  use->lead = rungs_statement_get_int64 (row, 2);
  use->at = rungs_statement_get_int64 (row, 3);
  use->code = rungs_statement_dup_text (row, 4);
  use->discount = rungs_statement_dup_text (row, 5);
  use->lead_name = rungs_statement_dup_text (row, 6);
  use->against = rungs_coupon_verdict_from_text (rungs_statement_get_text (row, 7));
  use->stands = rungs_statement_get_int64 (row, 8) != 0;
  use->paid = rungs_money (rungs_statement_get_int64 (row, 9), rungs_statement_get_text (row, 10));
  use->source = rungs_statement_get_int64 (row, 11);
  rungs_source_kind_from_text (rungs_statement_get_text (row, 12), &use->source_kind);
  use->source_name = use->source != 0 ? rungs_statement_dup_text (row, 13) : g_strdup ("");
  rungs_path_from_text (rungs_statement_get_text (row, 14), &use->path);
  return use;
}

static GPtrArray *
list (RungsDb    *db,
      const char *sql,
      gint64      id,
      guint       limit,
      GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", id);
  rungs_statement_offer_int64 (query, ":limit", limit);
  return rungs_record_list (query, use_from_row, (GDestroyNotify) rungs_coupon_use_free, error);
}

GPtrArray *
rungs_coupon_uses_of_order (RungsDb *db,
                            gint64   order,
                            GError **error)
{
  return list (db, SQL_OF_ORDER, order, 0, error);
}

GPtrArray *
rungs_coupon_uses_of_lead (RungsDb *db,
                           gint64   lead,
                           guint    limit,
                           GError **error)
{
  return list (db, SQL_OF_LEAD, lead, limit, error);
}

GPtrArray *
rungs_coupon_uses_of_coupon (RungsDb *db,
                             gint64   coupon,
                             guint    limit,
                             GError **error)
{
  return list (db, SQL_OF_COUPON, coupon, limit, error);
}

/* ---- codes that are no coupons */

void
rungs_coupon_unknown_free (RungsCouponUnknown *self)
{
  g_free (self->code);
  g_free (self);
}

static GHashTable *
load_keys (RungsDb *db,
           GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_KEYS, error);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    g_hash_table_add (keys, rungs_statement_dup_text (query, 0));
  return rungs_statement_done (query, error) ? g_steal_pointer (&keys) : NULL;
}

/* Counts the orders of a text for each of its codes that is not in `known`. */
static void
count_text (GHashTable     *unknown,
            GHashTable     *known,
            RungsStatement *row)
{
  g_auto (GStrv) codes = rungs_coupon_split (rungs_statement_get_text (row, 0));
  gint64 last = rungs_statement_get_int64 (row, 2);

  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *key = rungs_coupon_key (codes[i]);
      RungsCouponUnknown *code = g_hash_table_lookup (unknown, key);

      if (g_hash_table_contains (known, key))
        continue;
      if (code == NULL)
        {
          code = g_new0 (RungsCouponUnknown, 1);
          g_hash_table_insert (unknown, g_steal_pointer (&key), code);
        }
      code->orders += rungs_statement_get_int64 (row, 1);
      if (code->code != NULL && last < code->last_at)
        continue;
      code->last_at = last;
      g_free (code->code);
      code->code = g_strdup (codes[i]);
    }
}

static int
compare_unknown (gconstpointer a,
                 gconstpointer b)
{
  const RungsCouponUnknown *one = *(RungsCouponUnknown *const *) a;
  const RungsCouponUnknown *other = *(RungsCouponUnknown *const *) b;

  if (one->orders != other->orders)
    return one->orders > other->orders ? -1 : 1;
  return strcmp (one->code, other->code);
}

GPtrArray *
rungs_coupon_unknown_sort (GHashTable *unknown)
{
  g_autoptr (GPtrArray) codes
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_coupon_unknown_free);
  GHashTableIter iter;
  gpointer code;

  g_return_val_if_fail (unknown != NULL, NULL);

  g_hash_table_iter_init (&iter, unknown);
  while (g_hash_table_iter_next (&iter, NULL, &code))
    g_ptr_array_add (codes, code);
  g_ptr_array_sort (codes, compare_unknown);
  return g_steal_pointer (&codes);
}

GPtrArray *
rungs_coupon_unknown_list (RungsDb *db,
                           guint    limit,
                           GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_TEXTS, error);
  g_autoptr (GHashTable) known = query ? load_keys (db, error) : NULL;
  g_autoptr (GHashTable) unknown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) codes = NULL;
  gboolean done;

  if (known == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    count_text (unknown, known, query);
  done = rungs_statement_done (query, error);
  codes = rungs_coupon_unknown_sort (unknown);
  if (codes->len > limit)
    g_ptr_array_set_size (codes, limit);
  return done ? g_steal_pointer (&codes) : NULL;
}
