/* rungs-offer-turn-store.c: for whom the passing of time may change the next offer.
 *
 * The days of an offer count from an order of what it leaves from, or from when a lead who owns
 * nothing became known: between two looks that mark has moved over a stretch of time, and whoever
 * has an order, or became known, in that stretch is asked about. That what is owned lapses, and
 * what time changes about the conditions, is found for those who ask about them. */

#include "segments/rungs-offer-turn-store.h"

#include "db/rungs-statement.h"

#define DAYS "o.after_days * 86400000"

static const char *const SQL_DIRTY[] = {
  "INSERT OR IGNORE INTO temp.segment_dirty (lead)"
  " SELECT x.lead FROM offer o"
  "   CROSS JOIN sales_order x ON x.at > :from - " DAYS " AND x.at <= :to - " DAYS
  "   CROSS JOIN order_line n ON n.sales_order = x.id"
  "   CROSS JOIN product_holds h ON h.whole = n.product AND h.part = o.from_product"
  "  WHERE o.retired_at IS NULL",

  "INSERT OR IGNORE INTO temp.segment_dirty (lead)"
  " SELECT l.id FROM offer o"
  "   CROSS JOIN lead l ON l.created_at > :from - " DAYS " AND l.created_at <= :to - " DAYS
  "  WHERE o.retired_at IS NULL AND o.from_product IS NULL AND o.after_days > 0",

  "INSERT OR IGNORE INTO temp.segment_dirty (lead)"
  " SELECT x.lead FROM sales_order x WHERE x.at > :from AND x.at <= :to",

  "INSERT OR IGNORE INTO temp.segment_dirty (lead)"
  " SELECT l.id FROM lead l"
  "  WHERE EXISTS (SELECT 1 FROM offer o"
  "                 WHERE o.retired_at IS NULL"
  "                   AND ((o.valid_from > :from AND o.valid_from <= :to)"
  "                        OR (o.valid_until > :from AND o.valid_until <= :to)))",
};

static gboolean
collect (RungsDb     *db,
         const char  *sql,
         gint64       from,
         gint64       to,
         GError     **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, sql, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":from", from);
  rungs_statement_bind_int64 (insert, ":to", to);
  return rungs_statement_run (insert, error);
}

gboolean
rungs_offer_turn_collect (RungsDb  *db,
                          gint64    then,
                          gint64    now,
                          GError  **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (SQL_DIRTY); i++)
    if (!collect (db, SQL_DIRTY[i], MIN (then, now), MAX (then, now), error))
      return FALSE;
  return TRUE;
}
