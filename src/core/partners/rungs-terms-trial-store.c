/* rungs-terms-trial-store.c: what other terms would have made of sales that were. */

#include "partners/rungs-terms-trial-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-record.h"
#include "partners/rungs-commission-private.h"

/* Whose partner it was at the order's moment. */
static const char SQL_ORDERS[]
    = "SELECT r.sales_order, r.partner, o.currency"
      "  FROM (SELECT DISTINCT partner FROM programme_partner WHERE programme = :programme) m"
      "  JOIN referral r ON r.partner = m.partner AND r.at >= :from AND r.at < :until"
      "  JOIN sales_order o ON o.id = r.sales_order"
      " WHERE (SELECT i.programme FROM programme_partner i"
      "         WHERE i.partner = r.partner AND i.from_at <= r.at"
      "         ORDER BY i.from_at DESC LIMIT 1) = :programme";

static const char SQL_EARNED[]
    = "SELECT a.partner, sum (p.amount), a.currency"
      "  FROM journal j"
      "  CROSS JOIN posting p ON p.entry = j.id"
      "  CROSS JOIN ledger_account a ON a.id = p.account"
      " WHERE j.sales_order = :order AND j.sales_order <> 0 AND a.state = 'expense'"
      " GROUP BY a.partner, a.currency";

static const char SQL_NAME[] = "SELECT name FROM partner WHERE id = :id";

typedef struct
{
  gint64 order;
  gint64 partner;
  char currency[4];
} Sale;

typedef struct
{
  RungsDb *db;               /* (not owned) */
  RungsTermsVersion version; /* of the terms that are tried; no version of the file */
  GHashTable *rows;          /* (owned) "PARTNER CURRENCY" -> (owned) RungsTermsTrialRow */
} Trial;

static void
trial_clear (Trial *trial)
{
  g_clear_pointer (&trial->rows, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trial, trial_clear)

void
rungs_terms_trial_row_free (RungsTermsTrialRow *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self);
}

/* ---- sums */

static gboolean
add_to (gint64  *sum,
        gint64   amount,
        GError **error)
{
  if (!__builtin_add_overflow (*sum, amount, sum))
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the sum is too large"));
  return FALSE;
}

static RungsTermsTrialRow *
find_row (Trial      *trial,
          gint64      partner,
          const char *currency)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %s", partner, currency);
  RungsTermsTrialRow *row = g_hash_table_lookup (trial->rows, key);

  if (row != NULL)
    return row;
  row = g_new0 (RungsTermsTrialRow, 1);
  row->partner = partner;
  g_strlcpy (row->currency, currency, sizeof row->currency);
  g_hash_table_insert (trial->rows, g_steal_pointer (&key), row);
  return row;
}

/* With the partner, and with all. */
static gboolean
count_earned (Trial       *trial,
              gint64       partner,
              const char  *currency,
              gint64       earned,
              gint64       would,
              GError     **error)
{
  RungsTermsTrialRow *row = find_row (trial, partner, currency);
  RungsTermsTrialRow *all = find_row (trial, 0, currency);

  return add_to (&row->earned, earned, error) && add_to (&all->earned, earned, error)
         && add_to (&row->would, would, error) && add_to (&all->would, would, error);
}

/* ---- one order */

static gboolean
count_as_it_was (Trial       *trial,
                 const Sale  *sale,
                 GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (trial->db, SQL_EARNED, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":order", sale->order);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 earned = rungs_statement_get_int64 (query, 1);

      if (earned != 0
          && !count_earned (trial, rungs_statement_get_int64 (query, 0),
                            rungs_statement_get_text (query, 2), earned, 0, error))
        return FALSE;
    }
  return rungs_statement_done (query, error);
}

static gboolean
count_due (Trial                      *trial,
           const RungsCommission      *commission,
           const RungsCommissionLine  *line,
           GError                    **error)
{
  RungsCommissionDue due;

  return rungs_commission_count_due (commission, line, trial->version.terms, &due, error)
         && (due.amount == 0
             || count_earned (trial, commission->partner, commission->own.currency, 0, due.amount,
                              error));
}

/* As it was decided when the line was booked, where it was. */
static void
use_known_currency (GPtrArray        *known,
                    RungsCommission  *commission)
{
  for (guint i = 0; i < known->len; i++)
    {
      const RungsCommission *there = known->pdata[i];

      if (there->order_line == commission->order_line && there->partner == commission->partner)
        commission->own = there->own;
    }
}

/* `currency` (out): in which the seller earns. */
static gboolean
try_line (Trial                *trial,
          const Sale           *sale,
          RungsCommissionLine  *line,
          GPtrArray            *known,
          char                 *currency,
          GError              **error)
{
  RungsCommission own, second;

  line->sale.partner = sale->partner;
  if (!rungs_commission_decide (trial->db, sale->order, line, &trial->version, 0, &own, error))
    return FALSE;
  use_known_currency (known, &own);
  g_strlcpy (currency, own.own.currency, sizeof own.own.currency);
  if (!count_due (trial, &own, line, error))
    return FALSE;
  if (own.recruiter == 0)
    return TRUE;
  if (!rungs_commission_decide_second (trial->db, &own, trial->version.terms, line->at, 0, &second,
                                       error))
    return FALSE;
  use_known_currency (known, &second);
  return count_due (trial, &second, line, error);
}

static gboolean
try_sale (Trial       *trial,
          const Sale  *sale,
          GError     **error)
{
  g_autoptr (GArray) lines = rungs_commission_read_lines (trial->db, sale->order, error);
  g_autoptr (GPtrArray) known
      = lines != NULL ? rungs_commission_list_of_order (trial->db, sale->order, error) : NULL;
  char currency[4];

  if (known == NULL)
    return FALSE;
  g_strlcpy (currency, sale->currency, sizeof currency);
  for (guint i = 0; i < lines->len; i++)
    if (!try_line (trial, sale, &g_array_index (lines, RungsCommissionLine, i), known, currency,
                   error))
      return FALSE;
  find_row (trial, sale->partner, currency)->orders++;
  find_row (trial, 0, currency)->orders++;
  return count_as_it_was (trial, sale, error);
}

/* ---- all of them */

/* Returns: (transfer full) (element-type Sale). */
static GArray *
read_sales (RungsDb *db,
            gint64   programme,
            gint64   from,
            gint64   until,
            GError **error)
{
  g_autoptr (GArray) sales = g_array_new (FALSE, FALSE, sizeof (Sale));
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ORDERS, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":programme", programme);
  rungs_statement_bind_int64 (query, ":from", from);
  rungs_statement_bind_int64 (query, ":until", until);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      Sale sale = { .order = rungs_statement_get_int64 (query, 0),
                    .partner = rungs_statement_get_int64 (query, 1) };

      g_strlcpy (sale.currency, rungs_statement_get_text (query, 2), sizeof sale.currency);
      g_array_append_val (sales, sale);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&sales) : NULL;
}

static gboolean
name_row (RungsDb             *db,
          RungsTermsTrialRow  *row,
          GError             **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NAME, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", row->partner);
  if (rungs_statement_step (query, error) == RUNGS_ROW)
    row->name = rungs_statement_dup_text (query, 0);
  return rungs_statement_done (query, error);
}

/* By currency and name, all of them last. */
static int
compare_rows (gconstpointer one,
              gconstpointer other)
{
  const RungsTermsTrialRow *a = *(RungsTermsTrialRow *const *) one;
  const RungsTermsTrialRow *b = *(RungsTermsTrialRow *const *) other;
  int by_currency = strcmp (a->currency, b->currency);

  if (by_currency != 0)
    return by_currency;
  if (a->name == NULL || b->name == NULL)
    return (a->name == NULL) - (b->name == NULL);
  return g_utf8_collate (a->name, b->name);
}

static GPtrArray *
list_rows (Trial   *trial,
           GError **error)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_terms_trial_row_free);
  GHashTableIter each;
  gpointer key, row;

  g_hash_table_iter_init (&each, trial->rows);
  while (g_hash_table_iter_next (&each, &key, &row))
    {
      g_hash_table_iter_steal (&each);
      g_free (key);
      g_ptr_array_add (list, row);
    }
  for (guint i = 0; i < list->len; i++)
    if (!name_row (trial->db, list->pdata[i], error))
      return NULL;
  g_ptr_array_sort (list, compare_rows);
  return g_steal_pointer (&list);
}

GPtrArray *
rungs_terms_trial (RungsDb           *db,
                   gint64             programme,
                   const RungsTerms  *terms,
                   gint64             from,
                   gint64             until,
                   GCancellable      *cancellable,
                   GError           **error)
{
  g_auto (Trial) trial = { .db = db };
  g_autoptr (GArray) sales = NULL;

  g_return_val_if_fail (db != NULL && terms != NULL, NULL);

  trial.version.terms = (RungsTerms *) terms;
  trial.rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) rungs_terms_trial_row_free);
  sales = read_sales (db, programme, from, until, error);
  for (guint i = 0; sales != NULL && i < sales->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !try_sale (&trial, &g_array_index (sales, Sale, i), error))
      return NULL;
  return sales != NULL ? list_rows (&trial, error) : NULL;
}

void
rungs_terms_trial_last_quarter (GTimeZone *zone,
                                gint64     now,
                                gint64    *from,
                                gint64    *until)
{
  g_autoptr (GDateTime) today = NULL;
  g_autoptr (GDateTime) end = NULL;
  g_autoptr (GDateTime) begin = NULL;
  int month;

  g_return_if_fail (zone != NULL && from != NULL && until != NULL);

  today = rungs_time_in_zone (now, zone);
  month = (g_date_time_get_month (today) - 1) / 3 * 3 + 1;
  end = g_date_time_new (zone, g_date_time_get_year (today), month, 1, 0, 0, 0);
  begin = g_date_time_add_months (end, -3);
  *from = rungs_time_from_date_time (begin);
  *until = rungs_time_from_date_time (end);
}
