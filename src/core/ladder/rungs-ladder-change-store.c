/* rungs-ladder-change-store.c: changes of the ladder that concern more than one row. */

#include "ladder/rungs-ladder-change-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-product-store.h"

static const char SQL_MAKE_ROOM[] = "UPDATE product SET rung = rung + 1 WHERE rung >= :rung";

static const char SQL_PUT[] = "UPDATE product SET rung = :rung WHERE id = :id";

static const char SQL_RUNG[] = "SELECT rung FROM product WHERE id = :id";

static const char SQL_CLOSE[]
    = "UPDATE product SET rung = rung - 1"
      " WHERE rung > :rung"
      "   AND NOT EXISTS (SELECT 1 FROM product WHERE rung = :rung AND retired_at IS NULL)";

static const char SQL_END_OFFERS[]
    = "UPDATE offer SET retired_at = :now"
      " WHERE retired_at IS NULL AND (from_product = :id OR to_product = :id)";

static const char SQL_END_WAYS[]
    = "DELETE FROM way_in"
      " WHERE product = :id OR letter IN (SELECT id FROM sales_letter WHERE product = :id)";

/* :now is when the product was given up. */
static const char SQL_RESUME_OFFERS[]
    = "UPDATE offer SET retired_at = NULL"
      " WHERE retired_at = :now AND (from_product = :id OR to_product = :id)"
      "   AND NOT EXISTS (SELECT 1 FROM product p WHERE p.id IN (from_product, to_product)"
      "                      AND p.retired_at IS NOT NULL)"
      "   AND NOT EXISTS (SELECT 1 FROM offer same WHERE same.retired_at IS NULL"
      "                      AND same.from_product IS offer.from_product"
      "                      AND same.to_product = offer.to_product AND same.kind = offer.kind)";

/* Runs a statement that names some of these. */
static gboolean
run (RungsDb    *db,
     const char *sql,
     gint64      id,
     gint64      rung,
     gint64      now,
     GError    **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_offer_int64 (statement, ":id", id);
  rungs_statement_offer_int64 (statement, ":now", now);
  if (rungs_statement_has (statement, ":rung"))
    rungs_statement_bind_id (statement, ":rung", rung);
  return rungs_statement_run (statement, error);
}

gboolean
rungs_ladder_put_product (RungsDb *db,
                          gint64   product,
                          gint64   rung,
                          gboolean between,
                          GError **error)
{
  g_autoptr (RungsProduct) found = rungs_product_load (db, product, error);
  gint64 old;

  if (found == NULL)
    return FALSE;
  if (rung < 0 || (between && rung == 0))
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("rungs are counted from 1 at the foot"));
      return FALSE;
    }
  if ((between && !run (db, SQL_MAKE_ROOM, 0, rung, 0, error))
      || !rungs_record_ask (db, SQL_RUNG, product, 0, &old, error)
      || !run (db, SQL_PUT, product, rung, 0, error))
    return FALSE;
  return old == 0 || old == rung || run (db, SQL_CLOSE, 0, old, 0, error);
}

gboolean
rungs_ladder_give_up_product (RungsDb *db,
                              gint64   product,
                              gint64   now,
                              GError **error)
{
  return rungs_product_retire (db, product, now, error)
         && run (db, SQL_END_OFFERS, product, 0, now, error)
         && run (db, SQL_END_WAYS, product, 0, 0, error);
}

gboolean
rungs_ladder_take_up_product (RungsDb *db,
                              gint64   product,
                              GError **error)
{
  g_autoptr (RungsProduct) found = rungs_product_load (db, product, error);

  return found != NULL && rungs_product_retire (db, product, 0, error)
         && (found->retired_at == 0
             || run (db, SQL_RESUME_OFFERS, product, 0, found->retired_at, error));
}
