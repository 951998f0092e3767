/* rungs-ledger-store.c: writes the book of commissions, and reads it. */

#include "partners/rungs-ledger-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-exchange-store.h"

#define AT_ONCE 1000
#define DAY_LENGTH 10 /* "2026-11-22" */

#define COLUMNS                                                                                    \
  " j.id, j.kind, j.at, j.booked_at, j.currency, j.sales_order, j.order_line, j.terms, j.base,"    \
  " j.rate, j.touch, j.payout, j.reverses, j.words, j.hash, length (CAST (j.words AS BLOB)),"      \
  " j.exchange, j.exchange_base, j.exchange_quote, j.exchange_day,"                                \
  " length (CAST (j.exchange_base || j.exchange_quote || j.exchange_day AS BLOB)) "

static const char SQL_LAST[] = "SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1";

static const char SQL_ACCOUNT[]
    = "SELECT a.id, p.number, p.balance"
      "  FROM ledger_account a LEFT JOIN posting p ON p.account = a.id"
      " WHERE a.partner = :partner AND a.state = :state AND a.currency = :currency"
      " ORDER BY p.number DESC LIMIT 1";

static const char SQL_OPEN[]
    = "INSERT INTO ledger_account (partner, state, currency)"
      " VALUES (:partner, :state, :currency)";

static const char SQL_POST[]
    = "INSERT INTO posting (account, number, entry, amount, balance)"
      " VALUES (:account, :number, :entry, :amount, :balance)";

static const char SQL_ADD[]
    = "INSERT INTO journal (id, kind, at, booked_at, currency, sales_order, order_line, terms,"
      " base, rate, touch, payout, reverses, words, hash, exchange, exchange_base, exchange_quote,"
      " exchange_day)"
      " VALUES (:id, :kind, :at, :booked, :currency, :order, :line, :terms, :base, :rate, :touch,"
      " :payout, :reverses, :words, :hash, :exchange, :exchange_base, :exchange_quote,"
      " :exchange_day)";

static const char SQL_LOAD[] = "SELECT" COLUMNS "FROM journal j WHERE j.id = :id";

static const char SQL_LIST[]
    = "SELECT" COLUMNS "FROM journal j WHERE j.id > :after ORDER BY j.id LIMIT :limit";

static const char SQL_LIST_OF_ORDER[]
    = "SELECT" COLUMNS "FROM journal j WHERE j.sales_order = :id AND j.sales_order <> 0"
      " ORDER BY j.id";

static const char SQL_COUNT_POSTINGS[] = "SELECT count (*) FROM posting WHERE :id = 0";

static const char SQL_POSTINGS[]
    = "SELECT a.partner, a.state, p.amount, p.balance"
      "  FROM posting p JOIN ledger_account a ON a.id = p.account WHERE p.entry = :id";

static const char SQL_BALANCES[]
    = "SELECT a.partner, a.currency, a.state,"
      "       (SELECT p.balance FROM posting p WHERE p.account = a.id"
      "         ORDER BY p.number DESC LIMIT 1)"
      "  FROM ledger_account a WHERE :partner = 0 OR a.partner = :partner"
      " ORDER BY a.partner, a.currency";

/* ---- booking */

typedef struct
{
  gint64 id;
  gint64 number;
  gint64 balance;
} Account;

static void
bind_account (RungsStatement         *statement,
              const RungsLedgerEntry *entry,
              const RungsPosting     *posting)
{
  rungs_statement_bind_int64 (statement, ":partner", posting->partner);
  rungs_statement_bind_text (statement, ":state", rungs_ledger_state_to_text (posting->state));
  rungs_statement_bind_text (statement, ":currency", entry->currency);
}

static gboolean
open_account (RungsDb                *db,
              const RungsLedgerEntry *entry,
              const RungsPosting     *posting,
              Account                *account,
              GError                **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_OPEN, error);
  g_autoptr (GError) fault = NULL;

  if (add == NULL)
    return FALSE;
  bind_account (add, entry, posting);
  if (rungs_statement_run (add, &fault))
    {
      account->id = rungs_db_get_last_id (db);
      return TRUE;
    }
  if (g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
    return rungs_record_refuse_missing ("partner", posting->partner, error);
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

static gboolean
find_account (RungsDb                *db,
              const RungsLedgerEntry *entry,
              const RungsPosting     *posting,
              Account                *account,
              GError                **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ACCOUNT, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  bind_account (query, entry, posting);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    *account = (Account){ .id = rungs_statement_get_int64 (query, 0),
                          .number = rungs_statement_get_int64 (query, 1),
                          .balance = rungs_statement_get_int64 (query, 2) };
  else if (step == RUNGS_DONE)
    return open_account (db, entry, posting, account, error);
  return step == RUNGS_ROW;
}

static gboolean
add_posting (RungsDb                *db,
             const RungsLedgerEntry *entry,
             RungsPosting           *posting,
             GError                **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_POST, error);
  Account account = { 0 };

  if (add == NULL || !find_account (db, entry, posting, &account, error))
    return FALSE;
  if (__builtin_add_overflow (account.balance, posting->amount, &posting->balance))
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the sum is too large"));
      return FALSE;
    }
  rungs_statement_bind_int64 (add, ":account", account.id);
  rungs_statement_bind_int64 (add, ":number", account.number + 1);
  rungs_statement_bind_int64 (add, ":entry", entry->id);
  rungs_statement_bind_int64 (add, ":amount", posting->amount);
  rungs_statement_bind_int64 (add, ":balance", posting->balance);
  return rungs_statement_run (add, error);
}

static gboolean
add_entry (RungsDb                *db,
           const RungsLedgerEntry *entry,
           GError                **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);

  if (add == NULL)
    return FALSE;
  rungs_statement_bind_int64 (add, ":id", entry->id);
  rungs_statement_bind_text (add, ":kind", rungs_ledger_kind_to_text (entry->kind));
  rungs_statement_bind_int64 (add, ":at", entry->at);
  rungs_statement_bind_int64 (add, ":booked", entry->booked_at);
  rungs_statement_bind_text (add, ":currency", entry->currency);
  rungs_statement_bind_int64 (add, ":order", entry->order);
  rungs_statement_bind_int64 (add, ":line", entry->order_line);
  rungs_statement_bind_int64 (add, ":terms", entry->terms);
  if (entry->base != RUNGS_LEDGER_NO_BASE)
    rungs_statement_bind_int64 (add, ":base", entry->base);
  else
    rungs_statement_bind_null (add, ":base");
  if (entry->rate != RUNGS_LEDGER_NO_RATE)
    rungs_statement_bind_int64 (add, ":rate", entry->rate);
  else
    rungs_statement_bind_null (add, ":rate");
  rungs_statement_bind_int64 (add, ":touch", entry->touch);
  rungs_statement_bind_int64 (add, ":payout", entry->payout);
  rungs_statement_bind_int64 (add, ":reverses", entry->reverses);
  rungs_statement_bind_text (add, ":words", entry->words);
  rungs_statement_bind_blob (add, ":hash", entry->hash, sizeof entry->hash);
  rungs_exchange_rate_bind (add, &entry->exchange);
  return rungs_statement_run (add, error);
}

/* The hash of a row; all zero where the file has none of that size. */
static void
read_hash (RungsStatement *row,
           int             column,
           guint8         *hash)
{
  gsize size = 0;
  gconstpointer bytes = rungs_statement_get_blob (row, column, &size);

  memset (hash, 0, RUNGS_LEDGER_HASH_BYTES);
  if (size == RUNGS_LEDGER_HASH_BYTES)
    memcpy (hash, bytes, size);
}

/* Where the book goes on. */
static gboolean
find_end (RungsDb *db,
          gint64  *last,
          guint8  *hash,
          GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LAST, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  *last = 0;
  memset (hash, 0, RUNGS_LEDGER_HASH_BYTES);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    {
      *last = rungs_statement_get_int64 (query, 0);
      read_hash (query, 1, hash);
    }
  return step != RUNGS_FAILED;
}

gint64
rungs_ledger_add (RungsDb          *db,
                  RungsLedgerEntry *entry,
                  gint64            now,
                  GError          **error)
{
  guint8 before[RUNGS_LEDGER_HASH_BYTES];
  gint64 last;

  g_return_val_if_fail (db != NULL && entry != NULL, 0);

  if (!rungs_ledger_entry_check (entry, error) || !find_end (db, &last, before, error))
    return 0;
  entry->id = last + 1;
  entry->booked_at = now;
  for (guint i = 0; i < entry->postings->len; i++)
    if (!add_posting (db, entry, &g_array_index (entry->postings, RungsPosting, i), error))
      return 0;
  rungs_ledger_entry_hash (entry, before, entry->hash);
  return add_entry (db, entry, error) ? entry->id : 0;
}

/* ---- reading */

static gint64
get_or (RungsStatement *row,
        int             column,
        gint64          none)
{
  return rungs_statement_is_null (row, column) ? none : rungs_statement_get_int64 (row, column);
}

/* The same of the rate by which it was told in its currency, where there is one. */
static gboolean
exchange_is_sound (RungsStatement         *row,
                   const RungsLedgerEntry *entry)
{
  const RungsExchangeRate *exchange = &entry->exchange;

  if (rungs_statement_is_null (row, 16))
    return rungs_statement_is_null (row, 17) && rungs_statement_is_null (row, 18)
           && rungs_statement_is_null (row, 19);
  return exchange->rate > 0 && rungs_currency_is_valid (exchange->base)
         && rungs_currency_is_valid (exchange->quote) && strlen (exchange->day) == DAY_LENGTH
         && rungs_statement_get_int64 (row, 20) == 3 + 3 + DAY_LENGTH;
}

/* Whether the row is one that rungs_ledger_add() can have written: what is read of another one
 * would perhaps have the hash that it should have. */
static gboolean
is_sound (RungsStatement         *row,
          const RungsLedgerEntry *entry,
          gboolean                kind_is_known)
{
  gsize hash_size = 0;

  rungs_statement_get_blob (row, 14, &hash_size);
  return kind_is_known && hash_size == RUNGS_LEDGER_HASH_BYTES
         && strcmp (rungs_statement_get_text (row, 4), entry->currency) == 0
         && (gint64) strlen (entry->words) == rungs_statement_get_int64 (row, 15)
         && exchange_is_sound (row, entry);
}

static gpointer
read_entry (RungsStatement *row)
{
  RungsLedgerKind kind = RUNGS_LEDGER_ACCRUAL;
  gboolean is_known = rungs_ledger_kind_from_text (rungs_statement_get_text (row, 1), &kind);
  RungsLedgerEntry *entry = rungs_ledger_entry_new (kind, rungs_statement_get_int64 (row, 2),
                                                    rungs_statement_get_text (row, 4));

  entry->id = rungs_statement_get_int64 (row, 0);
  entry->booked_at = rungs_statement_get_int64 (row, 3);
  entry->order = rungs_statement_get_int64 (row, 5);
  entry->order_line = rungs_statement_get_int64 (row, 6);
  entry->terms = rungs_statement_get_int64 (row, 7);
  entry->base = get_or (row, 8, RUNGS_LEDGER_NO_BASE);
  entry->rate = get_or (row, 9, RUNGS_LEDGER_NO_RATE);
  entry->touch = rungs_statement_get_int64 (row, 10);
  entry->payout = rungs_statement_get_int64 (row, 11);
  entry->reverses = rungs_statement_get_int64 (row, 12);
  g_free (entry->words);
  entry->words = rungs_statement_dup_text (row, 13);
  read_hash (row, 14, entry->hash);
  rungs_exchange_rate_read (row, 16, &entry->exchange);
  entry->is_spoiled = !is_sound (row, entry, is_known);
  return entry;
}

static int
compare_postings (gconstpointer one,
                  gconstpointer other)
{
  const RungsPosting *a = one, *b = other;

  if (a->partner != b->partner)
    return a->partner < b->partner ? -1 : 1;
  return (int) a->state - (int) b->state;
}

static gboolean
read_postings (RungsDb          *db,
               RungsLedgerEntry *entry,
               GError          **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_POSTINGS, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", entry->id);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsPosting posting = { .partner = rungs_statement_get_int64 (query, 0),
                               .amount = rungs_statement_get_int64 (query, 2),
                               .balance = rungs_statement_get_int64 (query, 3) };

      rungs_ledger_state_from_text (rungs_statement_get_text (query, 1), &posting.state);
      g_array_append_val (entry->postings, posting);
    }
  g_array_sort (entry->postings, compare_postings);
  return rungs_statement_done (query, error);
}

static GPtrArray *
read_list (RungsDb        *db,
           RungsStatement *query,
           GError        **error)
{
  g_autoptr (GPtrArray) list
      = rungs_record_list (query, read_entry, (GDestroyNotify) rungs_ledger_entry_free, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    if (!read_postings (db, g_ptr_array_index (list, i), error))
      return NULL;
  return g_steal_pointer (&list);
}

RungsLedgerEntry *
rungs_ledger_load (RungsDb *db,
                   gint64   id,
                   GError **error)
{
  g_autoptr (RungsLedgerEntry) entry = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  entry = rungs_record_load (db, SQL_LOAD, id, read_entry, "entry", error);
  return entry != NULL && read_postings (db, entry, error) ? g_steal_pointer (&entry) : NULL;
}

GPtrArray *
rungs_ledger_list (RungsDb *db,
                   gint64   after,
                   guint    limit,
                   GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LIST, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":after", after);
  rungs_statement_bind_int64 (query, ":limit", limit);
  return read_list (db, query, error);
}

GPtrArray *
rungs_ledger_list_of_order (RungsDb *db,
                            gint64   order,
                            GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LIST_OF_ORDER, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", order);
  return read_list (db, query, error);
}

gboolean
rungs_ledger_balance (RungsDb          *db,
                      gint64            partner,
                      RungsLedgerState  state,
                      const char       *currency,
                      gint64           *balance,
                      GError          **error)
{
  g_autoptr (RungsStatement) query = NULL;
  RungsStep step;

  g_return_val_if_fail (db != NULL && currency != NULL && balance != NULL, FALSE);

  query = rungs_db_prepare (db, SQL_ACCOUNT, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":partner", partner);
  rungs_statement_bind_text (query, ":state", rungs_ledger_state_to_text (state));
  rungs_statement_bind_text (query, ":currency", currency);
  step = rungs_statement_step (query, error);
  *balance = step == RUNGS_ROW ? rungs_statement_get_int64 (query, 2) : 0;
  return step != RUNGS_FAILED;
}

static RungsLedgerBalances *
balances_of (GArray     *all,
             gint64      partner,
             const char *currency)
{
  RungsLedgerBalances *last
      = all->len > 0 ? &g_array_index (all, RungsLedgerBalances, all->len - 1) : NULL;
  RungsLedgerBalances next = { .partner = partner };

  if (last != NULL && last->partner == partner && strcmp (last->currency, currency) == 0)
    return last;
  g_strlcpy (next.currency, currency, sizeof next.currency);
  g_array_append_val (all, next);
  return &g_array_index (all, RungsLedgerBalances, all->len - 1);
}

GArray *
rungs_ledger_balances (RungsDb *db,
                       gint64   partner,
                       GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (RungsLedgerBalances));
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_BALANCES, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":partner", partner);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsLedgerState state = RUNGS_LEDGER_EXPENSE;

      rungs_ledger_state_from_text (rungs_statement_get_text (query, 2), &state);
      balances_of (all, rungs_statement_get_int64 (query, 0),
                   rungs_statement_get_text (query, 1))->states[state]
          = rungs_statement_get_int64 (query, 3);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&all) : NULL;
}

/* ---- whether it is what it was */

void
rungs_ledger_proof_clear (RungsLedgerProof *self)
{
  g_clear_pointer (&self->why, g_free);
}

/* What an account comes to, counted anew. */
typedef struct
{
  gint64 partner;
  RungsLedgerState state;
  char currency[4];
  gint64 sum;
} Sum;

static guint
sum_hash (gconstpointer data)
{
  const Sum *sum = data;

  return g_int64_hash (&sum->partner) * 31 + sum->state * 7 + g_str_hash (sum->currency);
}

static gboolean
sum_equal (gconstpointer one,
           gconstpointer other)
{
  const Sum *a = one, *b = other;

  return a->partner == b->partner && a->state == b->state
         && strcmp (a->currency, b->currency) == 0;
}

/* `sums`: (element-type Sum) a set. */
static gboolean
goes_on (GHashTable             *sums,
         const RungsLedgerEntry *entry)
{
  for (guint i = 0; i < entry->postings->len; i++)
    {
      const RungsPosting *posting = &g_array_index (entry->postings, RungsPosting, i);
      Sum key = { .partner = posting->partner, .state = posting->state };
      Sum *sum;

      g_strlcpy (key.currency, entry->currency, sizeof key.currency);
      sum = g_hash_table_lookup (sums, &key);
      if (sum == NULL)
        {
          sum = g_memdup2 (&key, sizeof key);
          g_hash_table_add (sums, sum);
        }
      if (__builtin_add_overflow (sum->sum, posting->amount, &sum->sum)
          || sum->sum != posting->balance)
        return FALSE;
    }
  return TRUE;
}

/* Returns: (nullable): what is wrong with it. */
static const char *
find_fault (const RungsLedgerEntry *entry,
            const RungsLedgerProof *proof,
            GHashTable             *sums)
{
  guint8 hash[RUNGS_LEDGER_HASH_BYTES];

  if (entry->id != proof->entries + 1)
    return _ ("an entry before it is missing");
  if (!rungs_ledger_entry_check (entry, NULL))
    return _ ("it does not balance");
  rungs_ledger_entry_hash (entry, proof->hash, hash);
  if (entry->is_spoiled || memcmp (hash, entry->hash, sizeof hash) != 0)
    return _ ("it was changed after it was written");
  return goes_on (sums, entry) ? NULL : _ ("the balances of its accounts do not go on");
}

static gboolean
verify_page (GPtrArray        *page,
             RungsLedgerProof *proof,
             GHashTable       *sums)
{
  for (guint i = 0; i < page->len; i++)
    {
      const RungsLedgerEntry *entry = g_ptr_array_index (page, i);
      const char *why = find_fault (entry, proof, sums);

      if (why != NULL)
        {
          proof->fault = entry->id;
          proof->why = g_strdup (why);
          return FALSE;
        }
      proof->entries++;
      proof->postings += entry->postings->len;
      memcpy (proof->hash, entry->hash, sizeof proof->hash);
    }
  return TRUE;
}

/* Postings that belong to no entry are none of those that were read. */
static gboolean
verify_rest (RungsDb          *db,
             RungsLedgerProof *proof,
             GError          **error)
{
  gint64 postings;

  if (!rungs_record_ask (db, SQL_COUNT_POSTINGS, 0, 0, &postings, error))
    return FALSE;
  if (postings != proof->postings)
    {
      proof->fault = proof->entries + 1;
      proof->why = g_strdup (_ ("there are postings that belong to no entry"));
    }
  return TRUE;
}

gboolean
rungs_ledger_verify (RungsDb          *db,
                     RungsLedgerProof *proof,
                     GError          **error)
{
  g_autoptr (GHashTable) sums = g_hash_table_new_full (sum_hash, sum_equal, g_free, NULL);
  guint found = AT_ONCE;

  g_return_val_if_fail (db != NULL && proof != NULL, FALSE);

  *proof = (RungsLedgerProof){ 0 };
  while (found == AT_ONCE)
    {
      g_autoptr (GPtrArray) page = rungs_ledger_list (db, proof->entries, AT_ONCE, error);

      if (page == NULL)
        return FALSE;
      found = page->len;
      if (!verify_page (page, proof, sums))
        return TRUE;
    }
  return verify_rest (db, proof, error);
}
