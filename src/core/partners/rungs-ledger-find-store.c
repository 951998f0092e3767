/* rungs-ledger-find-store.c: finds the entries of the book that a browser shows. */

#include "partners/rungs-ledger-find-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"

#define RARE 100000 /* postings of a state: these are looked at, rather than all entries */

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

/* By the accounts of a state in which little moves. */
static const char SQL_FIND_OF_STATE[]
    = "SELECT DISTINCT p.entry"
      "  FROM ledger_account a"
      "  CROSS JOIN posting p ON p.account = a.id"
      "  CROSS JOIN journal j ON j.id = p.entry"
      " WHERE a.state = :state AND" WANTED
      " ORDER BY p.entry DESC LIMIT :limit";

static const char SQL_COUNT_OF_STATE[]
    = "SELECT coalesce (sum ((SELECT max (p.number) FROM posting p WHERE p.account = a.id)), 0)"
      "  FROM ledger_account a WHERE a.state = :state";

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

/* The state in which all entries of a kind move something; RUNGS_LEDGER_ANY: not said. */
static int
state_of_kind (int kind)
{
  switch (kind)
    {
    case RUNGS_LEDGER_SET_OFF:
    case RUNGS_LEDGER_CLEARANCE:
      return RUNGS_LEDGER_CARRIED;
    case RUNGS_LEDGER_PAYMENT:
    case RUNGS_LEDGER_RETURN:
      return RUNGS_LEDGER_PAID;
    case RUNGS_LEDGER_PAYOUT:
    case RUNGS_LEDGER_FAILURE:
      return RUNGS_LEDGER_PAYABLE;
    default:
      return RUNGS_LEDGER_ANY;
    }
}

/* Whether few postings are of the state: `state` may be RUNGS_LEDGER_ANY. */
static gboolean
is_rare (RungsDb   *db,
         int        state,
         gboolean  *rare,
         GError   **error)
{
  g_autoptr (RungsStatement) query = NULL;
  gint64 postings;

  *rare = FALSE;
  if (state == RUNGS_LEDGER_ANY)
    return TRUE;
  query = rungs_db_prepare (db, SQL_COUNT_OF_STATE, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":state", rungs_ledger_state_to_text (state));
  if (!rungs_statement_get_number (query, 0, &postings, error))
    return FALSE;
  *rare = postings <= RARE;
  return TRUE;
}

/* `state` (in, out): what is asked for; or, where that is quicker, what it must be then. NULL on
 * error. */
static const char *
sql_of (RungsDb                *db,
        const RungsLedgerQuery *query,
        guint                   limit,
        int                    *state,
        GError                **error)
{
  int of = *state != RUNGS_LEDGER_ANY ? *state : state_of_kind (query->kind);
  gboolean rare;

  if (query->partner != 0)
    return limit > 0 && query->kind == RUNGS_LEDGER_ANY && query->from == 0 && query->until == 0
               ? SQL_FIRST_OF_PARTNER
               : SQL_FIND_OF_PARTNER;
  if (!is_rare (db, of, &rare, error))
    return NULL;
  if (!rare)
    return SQL_FIND;
  *state = of;
  return SQL_FIND_OF_STATE;
}

static void
bind_query (RungsStatement         *find,
            const RungsLedgerQuery *query,
            int                     state,
            guint                   limit)
{
  rungs_statement_offer_int64 (find, ":partner", query->partner);
  rungs_statement_bind_text (find, ":state", state != RUNGS_LEDGER_ANY
                                                 ? rungs_ledger_state_to_text (state)
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
  const char *sql;
  int state;

  g_return_val_if_fail (db != NULL && query != NULL, NULL);

  found->query = *query;
  if (is_all (query))
    return rungs_record_ask (db, SQL_LAST, 0, 0, &found->last, error) ? g_steal_pointer (&found)
                                                                      : NULL;
  state = query->state;
  sql = sql_of (db, query, limit, &state, error);
  find = sql != NULL ? rungs_db_prepare (db, sql, error) : NULL;
  if (find == NULL)
    return NULL;
  bind_query (find, query, state, limit);
  found->ids = rungs_record_ids (find, error);
  return found->ids != NULL ? g_steal_pointer (&found) : NULL;
}
