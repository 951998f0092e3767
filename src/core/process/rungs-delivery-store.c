/* rungs-delivery-store.c: what is under way to be delivered. */

#include "process/rungs-delivery-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event.h"
#include "mail/rungs-outbox-store.h"
#include "process/rungs-task-store.h"

static const char SQL_PRODUCTS[]
  = "SELECT h.part FROM product_holds h JOIN product p ON p.id = h.part"
    " WHERE h.whole = :product ORDER BY p.rung IS NULL, p.rung, p.id";

static const char SQL_FIND_MESSAGE[] = "SELECT id FROM message WHERE name = :name";

/* The event that asked for the task names the line. */
static const char SQL_TASKS[]
  = "SELECT t.id FROM event e JOIN task t ON t.event = e.id"
    " WHERE e.lead = :lead AND e.kind = '" RUNGS_EVENT_TASK_ASKED "' AND e.ref = :line"
    "   AND e.detail ->> '$.delivery' = 1 AND t.done_at IS NULL ORDER BY t.id";

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
  g_autoptr (GArray) products = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":product", product);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 part = rungs_statement_get_int64 (query, 0);

      g_array_append_val (products, part);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&products) : NULL;
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
