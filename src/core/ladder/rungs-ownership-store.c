/* rungs-ownership-store.c: who owns what: ordered, not refunded whole, not lapsed.
 *
 * The view `owned` is asked by lead. The planner cannot know that a lead has few orders and a
 * product many, so the product carries a unary + that keeps it from leading. */

#include "ladder/rungs-ownership-store.h"

#include "db/rungs-statement.h"

static const char SQL_HAS[]
    = "SELECT 1 FROM owned"
      " WHERE lead = :lead AND +product = :product AND +since <= :at"
      "   AND (paid_until IS NULL OR paid_until > :at)"
      " LIMIT 1";

static const char SQL_LIST[]
    = "SELECT w.product, p.name, w.since, coalesce (w.paid_until, 0), w.direct, l.product, b.name"
      "  FROM owned w"
      "  CROSS JOIN product p ON p.id = w.product"
      "  CROSS JOIN order_line l ON l.id = w.order_line"
      "  CROSS JOIN product b ON b.id = l.product"
      " WHERE w.lead = :lead AND +w.since <= :at AND (w.paid_until IS NULL OR w.paid_until > :at)"
      " ORDER BY +w.since, w.order_line, w.direct DESC, w.product";

void
rungs_owned_free (RungsOwned *self)
{
  g_free (self->name);
  g_free (self->through_name);
  g_free (self);
}

gboolean
rungs_ownership_has (RungsDb  *db,
                     gint64    lead,
                     gint64    product,
                     gint64    at,
                     gboolean *has,
                     GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_HAS, error);
  gint64 number;

  g_return_val_if_fail (has != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_int64 (query, ":product", product);
  rungs_statement_bind_int64 (query, ":at", at);
  if (!rungs_statement_get_number (query, 0, &number, error))
    return FALSE;
  *has = number != 0;
  return TRUE;
}

static RungsOwned *
owned_from_row (RungsStatement *row)
{
  RungsOwned *owned = g_new0 (RungsOwned, 1);

  owned->product = rungs_statement_get_int64 (row, 0);
  owned->name = rungs_statement_dup_text (row, 1);
  owned->since = rungs_statement_get_int64 (row, 2);
  owned->paid_until = rungs_statement_get_int64 (row, 3);
  owned->direct = rungs_statement_get_int64 (row, 4) != 0;
  if (!owned->direct)
    {
      owned->through = rungs_statement_get_int64 (row, 5);
      owned->through_name = rungs_statement_dup_text (row, 6);
    }
  return owned;
}

static RungsOwned *
find (GPtrArray *list,
      gint64     product)
{
  for (guint i = 0; i < list->len; i++)
    if (((RungsOwned *) list->pdata[i])->product == product)
      return list->pdata[i];
  return NULL;
}

/* The same product, ordered again or also in a bundle: it is owned from the first on, until the
 * last ends, and by itself where one of them says so. */
static void
merge (RungsOwned       *owned,
       const RungsOwned *again)
{
  if (owned->paid_until != 0)
    owned->paid_until = again->paid_until == 0 ? 0 : MAX (owned->paid_until, again->paid_until);
  if (again->direct)
    {
      owned->direct = TRUE;
      owned->through = 0;
      g_clear_pointer (&owned->through_name, g_free);
    }
}

GPtrArray *
rungs_ownership_list (RungsDb *db,
                      gint64   lead,
                      gint64   at,
                      GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_owned_free);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_int64 (query, ":at", at);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      g_autoptr (RungsOwned) owned = owned_from_row (query);
      RungsOwned *known = find (list, owned->product);

      if (known != NULL)
        merge (known, owned);
      else
        g_ptr_array_add (list, g_steal_pointer (&owned));
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&list) : NULL;
}

const char *
rungs_ownership_get_sql (void)
{
  return SQL_HAS;
}
