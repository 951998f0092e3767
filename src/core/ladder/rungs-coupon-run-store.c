/* rungs-coupon-run-store.c: coupons of the orders that an import brings. */

#include "ladder/rungs-coupon-run-store.h"

#include "db/rungs-statement.h"
#include "ladder/rungs-coupon-store.h"
#include "ladder/rungs-order-store.h"

/* How often the orders under way are counted as a step. */
#define STEP 1000

static const char SQL_STAGED[]
    = "SELECT coupon, count (*), max (at) FROM order_stage WHERE coupon <> '' GROUP BY coupon"
      " ORDER BY max (at)";

static const char SQL_ORDERS[]
    = "SELECT id FROM sales_order WHERE run = :run AND coupon <> '' ORDER BY at, id";

static const char SQL_HAS_COUPONS[] = "SELECT EXISTS (SELECT 1 FROM coupon)";

/* Counts the orders of a staged text for each of its codes. */
static gboolean
count_text (RungsDb        *db,
            RungsStatement *row,
            gint64         *uses,
            GHashTable     *unknown,
            GError        **error)
{
  g_auto (GStrv) codes = rungs_coupon_split (rungs_statement_get_text (row, 0));
  gint64 orders = rungs_statement_get_int64 (row, 1);

  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *key = rungs_coupon_key (codes[i]);
      RungsCouponUnknown *code = g_hash_table_lookup (unknown, key);
      gint64 id;

      if (!rungs_coupon_find (db, codes[i], &id, error))
        return FALSE;
      if (id != 0)
        {
          *uses += orders;
          continue;
        }
      if (code == NULL)
        {
          code = g_new0 (RungsCouponUnknown, 1);
          g_hash_table_insert (unknown, g_steal_pointer (&key), code);
        }
      code->orders += orders;
      code->last_at = rungs_statement_get_int64 (row, 2);
      g_free (code->code);
      code->code = g_strdup (codes[i]);
    }
  return TRUE;
}

gboolean
rungs_coupon_run_count (RungsDb    *db,
                        gint64     *uses,
                        GPtrArray **unknown,
                        GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_STAGED, error);
  g_autoptr (GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean counted = query != NULL;

  *uses = 0;
  while (counted && rungs_statement_step (query, error) == RUNGS_ROW)
    counted = count_text (db, query, uses, codes, error);
  *unknown = rungs_coupon_unknown_sort (codes);
  return counted && rungs_statement_done (query, error);
}

gboolean
rungs_coupon_run_make (RungsDb   *db,
                       GPtrArray *unknown,
                       gint64     run,
                       gint64     now,
                       GError   **error)
{
  g_return_val_if_fail (unknown != NULL, FALSE);

  for (guint i = 0; i < unknown->len; i++)
    {
      const RungsCouponUnknown *code = g_ptr_array_index (unknown, i);
      g_autoptr (RungsCoupon) coupon = rungs_coupon_new ();

      coupon->run = run;
      rungs_coupon_set (&coupon->code, code->code);
      if (rungs_coupon_add (db, coupon, now, error) == 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
use (RungsDb *db,
     gint64   id,
     gint64   run,
     gint64  *against,
     GError **error)
{
  g_autoptr (RungsOrder) order = rungs_order_load (db, id, error);
  g_autoptr (GPtrArray) checks = order ? rungs_coupon_check_order (db, order, error) : NULL;

  if (checks == NULL)
    return FALSE;
  for (guint i = 0; i < checks->len; i++)
    {
      const RungsCouponCheck *check = g_ptr_array_index (checks, i);

      *against += check->coupon != NULL && check->verdict != RUNGS_COUPON_FITS;
    }
  return rungs_coupon_use (db, id, order->lead, order->at, checks, run, error);
}

gboolean
rungs_coupon_run_use (RungsImportScript *script,
                      gint64            *against,
                      GError           **error)
{
  g_autoptr (RungsStatement) query = NULL;
  gboolean used = TRUE;
  gint64 done = 0;
  gint64 coupons;

  *against = 0;
  if (!rungs_import_script_ask (script, SQL_HAS_COUPONS, &coupons, error))
    return FALSE;
  if (coupons == 0)
    return TRUE;
  query = rungs_import_script_prepare (script, SQL_ORDERS, error);
  while (query != NULL && used && rungs_statement_step (query, error) == RUNGS_ROW)
    used = use (script->db, rungs_statement_get_int64 (query, 0), script->parameters.run, against,
                error)
           && (++done % STEP != 0 || rungs_import_script_step (script, error));
  if (query != NULL && !used)
    rungs_statement_reset (query);
  return query != NULL && used && rungs_statement_done (query, error);
}
