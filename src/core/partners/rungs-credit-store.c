/* rungs-credit-store.c: credits an order to a partner by hand, and tells before what comes of
 * it. */

#include "partners/rungs-credit-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "partners/rungs-commission-store.h"

static const char SQL_LAST[] = "SELECT coalesce (max (id), 0) FROM journal WHERE :id = 0";

static const char SQL_REHEARSE[] = "SAVEPOINT credit_rehearsal";
static const char SQL_FORGET[] = "ROLLBACK TO credit_rehearsal";
static const char SQL_REHEARSED[] = "RELEASE credit_rehearsal";

static gboolean
run (RungsDb    *db,
     const char *sql,
     GError    **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  return statement != NULL && rungs_statement_run (statement, error);
}

gboolean
rungs_credit_set (RungsDb *db,
                  gint64   order,
                  gint64   partner,
                  gint64   now,
                  GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  return rungs_referral_set (db, order, partner, now, error)
         && rungs_commission_settle (db, order, now, error);
}

GPtrArray *
rungs_credit_rehearse (RungsDb *db,
                       gint64   order,
                       gint64   partner,
                       gint64   now,
                       GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  gint64 last;

  g_return_val_if_fail (db != NULL, NULL);

  if (!rungs_record_ask (db, SQL_LAST, 0, 0, &last, error) || !run (db, SQL_REHEARSE, error))
    return NULL;
  if (rungs_credit_set (db, order, partner, now, error))
    entries = rungs_ledger_list (db, last, G_MAXINT, error);
  if (!run (db, SQL_FORGET, entries != NULL ? error : NULL)
      || !run (db, SQL_REHEARSED, entries != NULL ? error : NULL))
    return NULL;
  return g_steal_pointer (&entries);
}

gboolean
rungs_credit_put_back (RungsDb             *db,
                       gint64               order,
                       const RungsReferral *was,
                       gint64               now,
                       GError             **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  if (was == NULL)
    return rungs_credit_set (db, order, 0, now, error) && rungs_referral_forget (db, order, error);
  return rungs_referral_restore (db, was, error) && rungs_commission_settle (db, order, now, error);
}
