/* rungs-ledger-find-store.c: finds the entries of the book that a browser shows.
 *
 * Where few postings are of the accounts that are asked for, these are looked at. Else the book is
 * read from its last entry back, but for the spans (060-journal-spans.sql) that have nothing of the
 * time or of the kind. */

#include "partners/rungs-ledger-find-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"

static const char SQL_LAST[] = "SELECT id FROM journal WHERE :id = 0 ORDER BY id DESC LIMIT 1";

#define WANTED                                                                                     \
  " (:kind IS NULL OR j.kind = :kind) AND (:from = 0 OR j.at >= :from)"                            \
  " AND (:until = 0 OR j.at < :until) "
#define OF_PARTNER " a.partner = :partner AND (:state IS NULL OR a.state = :state) "
#define OF_STATE " :partner = 0 AND a.state = :state "

#define MOVES                                                                                      \
  " AND (:partner = 0 AND :state IS NULL"                                                          \
  "      OR EXISTS (SELECT 1 FROM posting p JOIN ledger_account a ON a.id = p.account"             \
  "                  WHERE p.entry = j.id AND (:partner = 0 OR a.partner = :partner)"              \
  "                    AND (:state IS NULL OR a.state = :state))) "

/* Those that are in no span yet … */
static const char SQL_FIND_LAST[]
    = "SELECT j.id FROM journal j"
      " WHERE j.id > (SELECT coalesce (max (last_entry), 0) FROM journal_span)"
      "   AND" WANTED MOVES
      " ORDER BY j.id DESC LIMIT :limit";

/* … and those before. */
static const char SQL_FIND_IN_SPANS[]
    = "SELECT j.id"
      "  FROM journal_span s"
      "  CROSS JOIN journal j ON j.id > s.last_entry - 256 AND j.id <= s.last_entry"
      " WHERE (:from = 0 OR s.last_at >= :from) AND (:until = 0 OR s.first_at < :until)"
      "   AND (:kind IS NULL OR instr (',' || s.kinds || ',', ',' || :kind || ',') > 0)"
      "   AND" WANTED MOVES
      " ORDER BY s.last_entry DESC, j.id DESC LIMIT :limit";

#define FIND_BY_ACCOUNTS(accounts)                                                                 \
  "SELECT DISTINCT p.entry"                                                                        \
  "  FROM ledger_account a"                                                                        \
  "  CROSS JOIN posting p ON p.account = a.id"                                                     \
  "  CROSS JOIN journal j ON j.id = p.entry"                                                       \
  " WHERE" accounts "AND" WANTED                                                                   \
  " ORDER BY p.entry DESC LIMIT :limit"

static const char SQL_FIND_OF_STATE[] = FIND_BY_ACCOUNTS (OF_STATE);
static const char SQL_FIND_OF_PARTNER[] = FIND_BY_ACCOUNTS (OF_PARTNER);

#define COUNT_BY_ACCOUNTS(accounts)                                                                \
  "SELECT count (*)"                                                                               \
  "  FROM (SELECT 1 FROM ledger_account a CROSS JOIN posting p ON p.account = a.id"                \
  "         WHERE" accounts "LIMIT :limit)"

static const char SQL_COUNT_OF_STATE[] = COUNT_BY_ACCOUNTS (OF_STATE);
static const char SQL_COUNT_OF_PARTNER[] = COUNT_BY_ACCOUNTS (OF_PARTNER);

/* The first of them, where nothing else is asked for: of each account the last ones. */
static const char SQL_FIRST_OF_PARTNER[]
    = "SELECT DISTINCT p.entry"
      "  FROM ledger_account a"
      "  JOIN posting p ON p.account = a.id"
      "   AND p.number > (SELECT max (n.number) FROM posting n WHERE n.account = a.id) - :limit"
      " WHERE" OF_PARTNER
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

static gboolean
has_accounts (const RungsLedgerQuery *query)
{
  return query->partner != 0 || query->state != RUNGS_LEDGER_ANY;
}

static void
bind_query (RungsStatement         *find,
            const RungsLedgerQuery *query,
            guint                   limit)
{
  rungs_statement_bind_int64 (find, ":partner", query->partner);
  rungs_statement_bind_text (find, ":state", query->state != RUNGS_LEDGER_ANY
                                                 ? rungs_ledger_state_to_text (query->state)
                                                 : NULL);
  rungs_statement_offer_text (find, ":kind", query->kind != RUNGS_LEDGER_ANY
                                                 ? rungs_ledger_kind_to_text (query->kind)
                                                 : NULL);
  rungs_statement_offer_int64 (find, ":from", query->from);
  rungs_statement_offer_int64 (find, ":until", query->until);
  rungs_statement_offer_int64 (find, ":limit", limit > 0 ? (gint64) limit : -1);
}

/* About as many postings as take as long to look at as the entries of the book among which `limit`
 * of them are, where they are spread: the square root of `limit` times all. */
static guint
count_few (gint64 entries,
           guint  limit)
{
  gint64 few = 1;

  while (few * few < limit * entries)
    few *= 2;
  return (guint) few;
}

/* Whether there is less to look at in the accounts that are asked for than in the book. */
static gboolean
is_rare (RungsDb                 *db,
         const RungsLedgerQuery  *query,
         guint                    limit,
         gboolean                *rare,
         GError                 **error)
{
  g_autoptr (RungsStatement) count
      = rungs_db_prepare (db, query->partner != 0 ? SQL_COUNT_OF_PARTNER : SQL_COUNT_OF_STATE,
                          error);
  gint64 postings, last;
  guint few;

  if (count == NULL || !rungs_record_ask (db, SQL_LAST, 0, 0, &last, error))
    return FALSE;
  few = count_few (last, limit);
  bind_query (count, query, few);
  if (!rungs_statement_get_number (count, 0, &postings, error))
    return FALSE;
  *rare = postings < few;
  return TRUE;
}

static GArray *
run_find (RungsDb                 *db,
          const char              *sql,
          const RungsLedgerQuery  *query,
          guint                    limit,
          GError                 **error)
{
  g_autoptr (RungsStatement) find = rungs_db_prepare (db, sql, error);

  if (find != NULL)
    bind_query (find, query, limit);
  return rungs_record_ids (find, error);
}

/* From the last entry back. */
static GArray *
find_in_book (RungsDb                 *db,
              const RungsLedgerQuery  *query,
              guint                    limit,
              GError                 **error)
{
  g_autoptr (GArray) last = run_find (db, SQL_FIND_LAST, query, limit, error);
  g_autoptr (GArray) before = NULL;

  if (last == NULL || (limit > 0 && last->len >= limit))
    return g_steal_pointer (&last);
  before = run_find (db, SQL_FIND_IN_SPANS, query, limit > 0 ? limit - last->len : 0, error);
  if (before == NULL)
    return NULL;
  g_array_append_vals (last, before->data, before->len);
  return g_steal_pointer (&last);
}

static GArray *
find_ids (RungsDb                 *db,
          const RungsLedgerQuery  *query,
          guint                    limit,
          GError                 **error)
{
  gboolean rare = has_accounts (query);

  if (query->partner != 0 && limit > 0 && query->kind == RUNGS_LEDGER_ANY && query->from == 0
      && query->until == 0)
    return run_find (db, SQL_FIRST_OF_PARTNER, query, limit, error);
  if (rare && limit > 0 && !is_rare (db, query, limit, &rare, error))
    return NULL;
  if (!rare)
    return find_in_book (db, query, limit, error);
  return run_find (db, query->partner != 0 ? SQL_FIND_OF_PARTNER : SQL_FIND_OF_STATE, query, limit,
                   error);
}

RungsLedgerFound *
rungs_ledger_find (RungsDb                 *db,
                   const RungsLedgerQuery  *query,
                   guint                    limit,
                   GError                 **error)
{
  g_autoptr (RungsLedgerFound) found = NULL;

  g_return_val_if_fail (db != NULL && query != NULL, NULL);

  found = g_new0 (RungsLedgerFound, 1);
  found->query = *query;
  if (is_all (query))
    return rungs_record_ask (db, SQL_LAST, 0, 0, &found->last, error) ? g_steal_pointer (&found)
                                                                      : NULL;
  found->ids = find_ids (db, query, limit, error);
  return found->ids != NULL ? g_steal_pointer (&found) : NULL;
}
