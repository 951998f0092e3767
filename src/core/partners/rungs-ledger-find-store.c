/* rungs-ledger-find-store.c: finds the entries of the book that a browser shows. */

#include "partners/rungs-ledger-find-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"

static const char SQL_LAST[] = "SELECT id FROM journal WHERE :id = 0 ORDER BY id DESC LIMIT 1";

#define WANTED                                                                                     \
  " (:kind IS NULL OR j.kind = :kind) AND (:from = 0 OR j.at >= :from)"                            \
  " AND (:until = 0 OR j.at < :until) "

/* From the last one back. */
static const char SQL_FIND[]
    = "SELECT j.id FROM journal j"
      " WHERE" WANTED
      "   AND (:state IS NULL"
      "        OR EXISTS (SELECT 1 FROM posting p JOIN ledger_account a ON a.id = p.account"
      "                    WHERE p.entry = j.id AND a.state = :state))"
      " ORDER BY j.id DESC LIMIT :limit";

static const char SQL_FIND_OF_PARTNER[]
    = "SELECT DISTINCT p.entry"
      "  FROM ledger_account a JOIN posting p ON p.account = a.id JOIN journal j ON j.id = p.entry"
      " WHERE a.partner = :partner AND (:state IS NULL OR a.state = :state) AND" WANTED
      " ORDER BY p.entry DESC LIMIT :limit";

/* The first of them, where nothing else is asked for: of each account the last ones. */
static const char SQL_FIRST_OF_PARTNER[]
    = "SELECT DISTINCT p.entry"
      "  FROM ledger_account a"
      "  JOIN posting p ON p.account = a.id"
      "   AND p.number > (SELECT max (n.number) FROM posting n WHERE n.account = a.id) - :limit"
      " WHERE a.partner = :partner AND (:state IS NULL OR a.state = :state)"
      " ORDER BY p.entry DESC LIMIT :limit";

void
rungs_ledger_found_free (RungsLedgerFound *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

guint
rungs_ledger_found_get_count (const RungsLedgerFound *self)
{
  return self->ids != NULL ? self->ids->len : (guint) self->last;
}

gint64
rungs_ledger_found_get_id (const RungsLedgerFound *self,
                           guint                   position)
{
  return self->ids != NULL ? g_array_index (self->ids, gint64, position)
                           : self->last - (gint64) position;
}

static gboolean
is_all (const RungsLedgerQuery *query)
{
  return query->partner == 0 && query->state == RUNGS_LEDGER_ANY
         && query->kind == RUNGS_LEDGER_ANY && query->from == 0 && query->until == 0;
}

static const char *
sql_of (const RungsLedgerQuery *query,
        guint                   limit)
{
  if (query->partner == 0)
    return SQL_FIND;
  return limit > 0 && query->kind == RUNGS_LEDGER_ANY && query->from == 0 && query->until == 0
             ? SQL_FIRST_OF_PARTNER
             : SQL_FIND_OF_PARTNER;
}

static void
bind_query (RungsStatement         *find,
            const RungsLedgerQuery *query,
            guint                   limit)
{
  rungs_statement_offer_int64 (find, ":partner", query->partner);
  rungs_statement_bind_text (find, ":state", query->state != RUNGS_LEDGER_ANY
                                                 ? rungs_ledger_state_to_text (query->state)
                                                 : NULL);
  rungs_statement_offer_text (find, ":kind", query->kind != RUNGS_LEDGER_ANY
                                                 ? rungs_ledger_kind_to_text (query->kind)
                                                 : NULL);
  rungs_statement_offer_int64 (find, ":from", query->from);
  rungs_statement_offer_int64 (find, ":until", query->until);
  rungs_statement_bind_int64 (find, ":limit", limit > 0 ? (gint64) limit : -1);
}

RungsLedgerFound *
rungs_ledger_find (RungsDb                *db,
                   const RungsLedgerQuery *query,
                   guint                   limit,
                   GError                **error)
{
  g_autoptr (RungsLedgerFound) found = g_new0 (RungsLedgerFound, 1);
  g_autoptr (RungsStatement) find = NULL;

  g_return_val_if_fail (db != NULL && query != NULL, NULL);

  found->query = *query;
  if (is_all (query))
    return rungs_record_ask (db, SQL_LAST, 0, 0, &found->last, error) ? g_steal_pointer (&found)
                                                                      : NULL;
  find = rungs_db_prepare (db, sql_of (query, limit), error);
  if (find != NULL)
    bind_query (find, query, limit);
  found->ids = rungs_record_ids (find, error);
  return found->ids != NULL ? g_steal_pointer (&found) : NULL;
}
