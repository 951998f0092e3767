/* rungs-award-store.c: what partners earn without a sale: so much for a lead, and bonuses. */

#include "partners/rungs-award-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-names.h"
#include "db/rungs-record.h"
#include "ladder/rungs-exchange-store.h"
#include "ladder/rungs-product.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-commission-private.h"
#include "partners/rungs-terms.h"

#define COLUMNS                                                                                    \
  " a.id, a.partner, a.kind, a.lead, a.touch, a.run, a.currency, a.amount, a.terms, a.at,"         \
  " a.hold_until, a.approved_at, a.taken_at, a.is_open, a.words,"                                  \
  " coalesce ((SELECT sum (l.amount) FROM paid_line l"                                             \
  "             WHERE l.order_line = a.order_line AND l.partner = a.partner), 0),"                 \
  " a.exchange, a.exchange_base, a.exchange_quote, a.exchange_day, coalesce (a.no_rate_to, ''),"   \
  " coalesce (a.told_from, a.amount) "

static const char SQL_ADD[]
    = "INSERT INTO award (partner, kind, lead, touch, run, currency, amount, terms, at, hold_until,"
      " approved_at, words, exchange, exchange_base, exchange_quote, exchange_day, no_rate_to,"
      " told_from)"
      " VALUES (:partner, :kind, :lead, :touch, :run, :currency, :amount, :terms, :at, :hold,"
      " :approved, :words, :exchange, :exchange_base, :exchange_quote, :exchange_day,"
      " nullif (:no_rate_to, ''), iif (:exchange IS NULL, NULL, :told_from))";

static const char SQL_LOAD[] = "SELECT" COLUMNS "FROM award a WHERE a.id = :id";

static const char SQL_LOAD_OF_LEAD[]
    = "SELECT" COLUMNS "FROM award a WHERE a.lead = :lead ORDER BY a.id DESC LIMIT 1";

static const char SQL_LIST[] = "SELECT" COLUMNS
                               "FROM award a WHERE :partner = 0 OR a.partner = :partner"
                               " ORDER BY a.id DESC LIMIT :limit";

static const char SQL_TAKE[] = "UPDATE award SET taken_at = :at WHERE id = :id";

static const char *const KINDS[] = { "lead", "bonus" };
static const char *const STATES[] = { "unapproved", "held", "approved", "paid", "taken" };

void
rungs_award_free (RungsAward *self)
{
  g_free (self->words);
  g_free (self);
}

const char *
rungs_award_kind_to_text (RungsAwardKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (KINDS), NULL);

  return KINDS[kind];
}

const char *
rungs_award_state_to_text (RungsAwardState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (STATES), NULL);

  return STATES[state];
}

gint64
rungs_award_line (gint64 award)
{
  return -award;
}

RungsAwardState
rungs_award_get_state (const RungsAward *self)
{
  g_return_val_if_fail (self != NULL, RUNGS_AWARD_WAITS);

  if (self->taken_at != 0)
    return RUNGS_AWARD_TAKEN;
  if (self->paid > 0)
    return RUNGS_AWARD_PAID;
  if (self->approved_at == 0)
    return RUNGS_AWARD_WAITS;
  return self->is_open ? RUNGS_AWARD_HELD : RUNGS_AWARD_DUE;
}

/* ---- reading */

static gpointer
read_award (RungsStatement *row)
{
  RungsAward *award = g_new0 (RungsAward, 1);

  award->id = rungs_statement_get_int64 (row, 0);
  award->partner = rungs_statement_get_int64 (row, 1);
  rungs_names_find (KINDS, G_N_ELEMENTS (KINDS), rungs_statement_get_text (row, 2), &award->kind);
  award->lead = rungs_statement_get_int64 (row, 3);
  award->touch = rungs_statement_get_int64 (row, 4);
  award->run = rungs_statement_get_int64 (row, 5);
  award->amount
      = rungs_money (rungs_statement_get_int64 (row, 7), rungs_statement_get_text (row, 6));
  award->terms = rungs_statement_get_int64 (row, 8);
  award->at = rungs_statement_get_int64 (row, 9);
  award->hold_until = rungs_statement_get_int64 (row, 10);
  award->approved_at = rungs_statement_get_int64 (row, 11);
  award->taken_at = rungs_statement_get_int64 (row, 12);
  award->is_open = rungs_statement_get_int64 (row, 13) != 0;
  award->words = rungs_statement_dup_text (row, 14);
  award->paid = rungs_statement_get_int64 (row, 15);
  rungs_exchange_rate_read (row, 16, &award->own.exchange);
  g_strlcpy (award->own.no_rate_to, rungs_statement_get_text (row, 20),
             sizeof award->own.no_rate_to);
  g_strlcpy (award->own.currency, award->amount.currency, sizeof award->own.currency);
  award->told_from = rungs_statement_get_int64 (row, 21);
  return award;
}

RungsAward *
rungs_award_load (RungsDb *db,
                  gint64   id,
                  GError **error)
{
  g_return_val_if_fail (db != NULL, NULL);

  return rungs_record_load (db, SQL_LOAD, id, read_award, "award", error);
}

RungsAward *
rungs_award_load_of_lead (RungsDb *db,
                          gint64   lead,
                          GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LOAD_OF_LEAD, error);
  if (query != NULL)
    rungs_statement_bind_int64 (query, ":lead", lead);
  return rungs_record_first (query, read_award, _ ("this lead earned nobody anything"), error);
}

GPtrArray *
rungs_award_list (RungsDb *db,
                  gint64   partner,
                  guint    limit,
                  GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LIST, error);
  if (query != NULL)
    {
      rungs_statement_bind_int64 (query, ":partner", partner);
      rungs_statement_bind_int64 (query, ":limit", limit);
    }
  return rungs_record_list (query, read_award, (GDestroyNotify) rungs_award_free, error);
}

/* ---- booking */

/* Books what it comes to by now. */
static gboolean
settle (RungsDb          *db,
        const RungsAward *award,
        const char       *why,
        gint64            now,
        GError          **error)
{
  RungsCommission line = { .order_line = rungs_award_line (award->id),
                           .partner = award->partner,
                           .terms = award->terms,
                           .share = RUNGS_TERMS_NO_SHARE,
                           .fixed = award->amount.minor,
                           .own = award->own,
                           .cost = RUNGS_PRODUCT_UNSAID };
  RungsCommissionDue due
      = { .kind = award->kind == RUNGS_AWARD_BONUS ? RUNGS_LEDGER_BONUS : RUNGS_LEDGER_ACCRUAL,
          .amount = award->taken_at == 0 ? award->amount.minor : 0,
          .base = RUNGS_LEDGER_NO_BASE,
          .touch = award->touch,
          .words = why };

  g_strlcpy (line.own.currency, award->amount.currency, sizeof line.own.currency);
  return rungs_commission_book (db, &line, &due, now, error);
}

static gboolean
refuse (const char *why,
        GError    **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
is_right (const RungsAward *award,
          GError          **error)
{
  if (award->amount.minor <= 0)
    return refuse (_ ("the amount has to be above 0"), error);
  if (!rungs_currency_is_valid (award->amount.currency))
    return refuse (_ ("an amount needs its currency"), error);
  return *award->words != '\0' || refuse (_ ("say why"), error);
}

gint64
rungs_award_add (RungsDb          *db,
                 const RungsAward *award,
                 gint64            now,
                 GError          **error)
{
  g_autoptr (RungsStatement) add = NULL;
  g_autoptr (GError) fault = NULL;
  RungsAward added;

  g_return_val_if_fail (db != NULL && award != NULL && award->words != NULL, 0);

  add = is_right (award, error) ? rungs_db_prepare (db, SQL_ADD, error) : NULL;
  if (add == NULL)
    return 0;
  rungs_statement_bind_int64 (add, ":partner", award->partner);
  rungs_statement_bind_text (add, ":kind", KINDS[award->kind]);
  rungs_statement_bind_id (add, ":lead", award->lead);
  rungs_statement_bind_int64 (add, ":touch", award->touch);
  rungs_statement_bind_int64 (add, ":run", award->run);
  rungs_statement_bind_text (add, ":currency", award->amount.currency);
  rungs_statement_bind_int64 (add, ":amount", award->amount.minor);
  rungs_statement_bind_id (add, ":terms", award->terms);
  rungs_statement_bind_int64 (add, ":at", award->at);
  rungs_statement_bind_int64 (add, ":hold", award->hold_until);
  rungs_statement_bind_id (add, ":approved", award->approved_at);
  rungs_statement_bind_text (add, ":words", award->words);
  rungs_exchange_rate_bind (add, &award->own.exchange);
  rungs_statement_bind_text (add, ":no_rate_to", award->own.no_rate_to);
  rungs_statement_bind_int64 (add, ":told_from", award->told_from);
  if (!rungs_statement_run (add, &fault))
    {
      if (g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
        rungs_record_refuse_missing ("partner", award->partner, error);
      else
        g_propagate_error (error, g_steal_pointer (&fault));
      return 0;
    }
  added = *award;
  added.id = rungs_db_get_last_id (db);
  return settle (db, &added, added.words, now, error) ? added.id : 0;
}

char *
rungs_award_dup_bonus_currency (RungsDb    *db,
                                const char *own,
                                GError    **error)
{
  g_autoptr (RungsBusiness) business = NULL;

  g_return_val_if_fail (db != NULL && own != NULL, NULL);

  if (*own != '\0')
    return g_strdup (own);
  business = rungs_business_load (db, error);
  return business != NULL ? g_strdup (business->currency) : NULL;
}

gint64
rungs_award_add_bonus (RungsDb    *db,
                       gint64      partner,
                       RungsMoney  amount,
                       const char *why,
                       gint64      now,
                       GError    **error)
{
  g_autofree char *words = g_strstrip (g_strdup (why));
  RungsAward award = { .partner = partner,
                       .kind = RUNGS_AWARD_BONUS,
                       .amount = amount,
                       .at = now,
                       .hold_until = now,
                       .approved_at = now,
                       .words = words };

  g_return_val_if_fail (db != NULL && why != NULL, 0);

  return rungs_award_add (db, &award, now, error);
}

static gboolean
set_taken (RungsDb    *db,
           RungsAward *award,
           gint64      at,
           const char *why,
           gint64      now,
           GError    **error)
{
  award->taken_at = at;
  return rungs_record_mark (db, SQL_TAKE, award->id, at, "award", error)
         && settle (db, award, why, now, error);
}

gboolean
rungs_award_take_back (RungsDb    *db,
                       gint64      id,
                       const char *why,
                       gint64      now,
                       GError    **error)
{
  g_autoptr (RungsAward) award = NULL;
  g_autofree char *words = NULL;

  g_return_val_if_fail (db != NULL && why != NULL, FALSE);

  words = g_strstrip (g_strdup (why));
  if (*words == '\0')
    return refuse (_ ("say why"), error);
  award = rungs_award_load (db, id, error);
  if (award == NULL)
    return FALSE;
  if (award->taken_at == 0)
    return set_taken (db, award, now, words, now, error);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, _ ("it was taken back before"));
  return FALSE;
}

gboolean
rungs_award_give_again (RungsDb *db,
                        gint64   id,
                        gint64   now,
                        GError **error)
{
  g_autoptr (RungsAward) award = NULL;

  g_return_val_if_fail (db != NULL, FALSE);

  award = rungs_award_load (db, id, error);
  if (award == NULL)
    return FALSE;
  if (award->taken_at != 0)
    return set_taken (db, award, 0, award->words, now, error);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, _ ("it was not taken back"));
  return FALSE;
}
