/* rungs-step-results-store.c: what the messages of a sequence's steps brought. */

#include "insights/rungs-step-results-store.h"

#include "base/rungs-clock.h"
#include "db/rungs-statement.h"

static const char SQL_RESULTS[] =
  "SELECT o.step, count (*),"
  "       sum (EXISTS (SELECT 1 FROM event v WHERE v.kind = 'mail.clicked' AND v.lead = o.lead"
  "                       AND v.ref = o.id)),"
  "       sum (EXISTS (SELECT 1 FROM sales_order s WHERE s.lead = o.lead AND s.at > o.ended_at"
  "                       AND s.at <= o.ended_at + :window"
  "                       AND (q.sells IS NULL"
  "                            OR EXISTS (SELECT 1 FROM order_line l JOIN product_holds h"
  "                                         ON h.whole = l.product AND h.part = q.sells"
  "                                        WHERE l.sales_order = s.id))))"
  "  FROM enrolment e JOIN outbox o ON o.enrolment = e.id JOIN sequence q ON q.id = e.sequence"
  " WHERE e.sequence = :id AND o.state = 'sent' GROUP BY o.step";

static void
result_free (gpointer data)
{
  RungsStepResult *result = data;

  g_free (result->step);
  g_free (result);
}

GHashTable *
rungs_step_results (RungsDb  *db,
                    gint64    sequence,
                    GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_RESULTS, error);
  g_autoptr (GHashTable) results
    = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, result_free);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", sequence);
  rungs_statement_bind_int64 (query, ":window", RUNGS_STEP_RESULT_DAYS * RUNGS_DAY);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsStepResult *result = g_new0 (RungsStepResult, 1);

      result->step = g_strdup (rungs_statement_get_text (query, 0));
      result->sent = rungs_statement_get_int64 (query, 1);
      result->clicked = rungs_statement_get_int64 (query, 2);
      result->ordered = rungs_statement_get_int64 (query, 3);
      g_hash_table_insert (results, result->step, result);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&results) : NULL;
}
