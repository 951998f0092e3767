/* rungs-delivery-store.c: what is under way to be delivered. */

#include "process/rungs-delivery-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event.h"
#include "mail/rungs-outbox-store.h"
#include "process/rungs-task-store.h"

#define WITHOUT_TASK                                                                               \
  " WHERE e.lead = :lead AND e.kind = '" RUNGS_EVENT_TASK_ASKED "' AND e.ref = :line"              \
  "   AND e.detail ->> '$.delivery' = 1"                                                           \
  "   AND NOT EXISTS (SELECT 1 FROM task t WHERE t.event = e.id)"

static const char SQL_PRODUCTS[]
  = "SELECT h.part FROM product_holds h JOIN product p ON p.id = h.part"
    " WHERE h.whole = :product ORDER BY p.rung IS NULL, p.rung, p.id";

static const char SQL_FIND_MESSAGE[] = "SELECT id FROM message WHERE name = :name";

static const char SQL_IS_NAME_SHARED[]
  = "SELECT EXISTS (SELECT 1 FROM product"
    "                WHERE name = :name AND id <> :id AND delivery_kind = 'link')";

/* As the view `owned` has it. */
static const char SQL_IS_GIVEN_BACK[]
  = "SELECT coalesce ((SELECT sum (r.amount) FROM refund_line r WHERE r.order_line = l.id)"
    "                 >= l.amount, 0)"
    "  FROM order_line l WHERE l.id = :line";

/* The event that asked for the task names the line. */
static const char SQL_TASKS[]
  = "SELECT t.id FROM event e JOIN task t ON t.event = e.id"
    " WHERE e.lead = :lead AND e.kind = '" RUNGS_EVENT_TASK_ASKED "' AND e.ref = :line"
    "   AND e.detail ->> '$.delivery' = 1 AND t.done_at IS NULL ORDER BY t.id";

/* What was asked for and has no task, for that was taken back, is asked for anew. */
static const char *const SQL_ASK_AGAIN[] = {
  "INSERT INTO event (lead, kind, at, ref, detail)"
  " SELECT e.lead, e.kind, :now, e.ref, e.detail FROM event e" WITHOUT_TASK " ORDER BY e.id",
  "DELETE FROM event WHERE id IN (SELECT e.id FROM event e" WITHOUT_TASK " AND e.id <= :newest)",
};

static const char SQL_NEWEST[] = "SELECT max (id) FROM event";

static gpointer
id_from_row (RungsStatement *row)
{
  gint64 id = rungs_statement_get_int64 (row, 0);

  return g_memdup2 (&id, sizeof id);
}

GArray *
rungs_delivery_products (RungsDb *db,
                         gint64   product,
                         GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PRODUCTS, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":product", product);
  return rungs_record_ids (query, error);
}

gboolean
rungs_delivery_find_message (RungsDb    *db,
                             const char *name,
                             gint64     *message,
                             GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIND_MESSAGE, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":name", name);
  return rungs_statement_get_number (query, 0, message, error);
}

gboolean
rungs_delivery_is_name_shared (RungsDb            *db,
                               const RungsProduct *product,
                               gboolean           *shared,
                               GError            **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_IS_NAME_SHARED, error);
  gint64 number;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":name", product->name);
  rungs_statement_bind_int64 (query, ":id", product->id);
  if (!rungs_statement_get_number (query, 0, &number, error))
    return FALSE;
  *shared = number != 0;
  return TRUE;
}

gboolean
rungs_delivery_is_given_back (RungsDb  *db,
                              gint64    line,
                              gboolean *back,
                              GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_IS_GIVEN_BACK, error);
  gint64 number;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":line", line);
  if (!rungs_statement_get_number (query, 0, &number, error))
    return FALSE;
  *back = number != 0;
  return TRUE;
}

gboolean
rungs_delivery_withdraw (RungsDb *db,
                         gint64   lead,
                         gint64   line,
                         gint64   now,
                         GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_TASKS, error);
  g_autoptr (GPtrArray) tasks = NULL;
  g_autofree char *step = g_strdup_printf ("delivery:%" G_GINT64_FORMAT, line);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_int64 (query, ":line", line);
  tasks = rungs_record_list (query, id_from_row, g_free, error);
  if (tasks == NULL)
    return FALSE;
  for (guint i = 0; i < tasks->len; i++)
    if (!rungs_task_take_back (db, *(gint64 *) tasks->pdata[i], error))
      return FALSE;
  return rungs_outbox_withhold_step (db, lead, step, RUNGS_OUTBOX_REFUNDED, now, error);
}

gboolean
rungs_delivery_ask_again (RungsDb *db,
                          gint64   lead,
                          gint64   line,
                          gint64   now,
                          GError **error)
{
  g_autofree char *step = g_strdup_printf ("delivery:%" G_GINT64_FORMAT, line);
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NEWEST, error);
  gint64 newest;

  if (query == NULL || !rungs_statement_get_number (query, 0, &newest, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (SQL_ASK_AGAIN); i++)
    {
      g_autoptr (RungsStatement) statement = rungs_db_prepare (db, SQL_ASK_AGAIN[i], error);

      if (statement == NULL)
        return FALSE;
      rungs_statement_bind_int64 (statement, ":lead", lead);
      rungs_statement_bind_int64 (statement, ":line", line);
      rungs_statement_offer_int64 (statement, ":now", now);
      rungs_statement_offer_int64 (statement, ":newest", newest);
      if (!rungs_statement_run (statement, error))
        return FALSE;
    }
  return rungs_outbox_release_step (db, lead, step, RUNGS_OUTBOX_REFUNDED, now, error);
}
