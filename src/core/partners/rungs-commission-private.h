/* rungs-commission-private.h: what the stores of commissions share with those of payouts and
 * awards.
 *
 * An award is a commission of no order: its line is below 0 (053-awards.sql), its order 0, and its
 * amount fixed. The view earning has both. */

#pragma once

#include "db/rungs-statement.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-programme-store.h"

G_BEGIN_DECLS

#define COMMISSION_COLUMNS \
  " order_line, partner, sales_order, currency, terms, coalesce (share, -1)," \
  " coalesce (fixed, 0), hold_until, approved_at, via, recruiter, of_profit, coalesce (cost, -1)," \
  " exchange, exchange_base, exchange_quote, exchange_day, coalesce (no_rate_to, '') "

/* The same statement about commissions, and about awards: what stands before the table's name, and
 * after it. */
#define EARNING_EACH(before, after) { before " commission " after, before " award " after }

/* Returns: (nullable): the one of them that is of the line. */
RungsStatement *rungs_earning_prepare (RungsDb            *db,
                                       const char *const   sql[2],
                                       gint64              order_line,
                                       GError            **error);

gpointer rungs_commission_read (RungsStatement *row);

/* What the book has of a line, by RungsLedgerState. */
gboolean rungs_commission_load_states (RungsDb                *db,
                                       const RungsCommission  *commission,
                                       gint64                  states[RUNGS_LEDGER_N_STATES],
                                       GError                **error);

/* What a line should come to, and as what it is booked. Base and costs are in the currency sold in,
 * the amount in that of the commission. */
typedef struct
{
  RungsLedgerKind kind; /* of what is more: ACCRUAL, which is held; BONUS, which may be paid */
  gint64 base;          /* of which it is a share, or RUNGS_LEDGER_NO_BASE */
  gint64 costs;         /* that were taken off for the base */
  gboolean is_before_discount; /* the base is that of the price before a discount */
  gint64 amount;
  gint64 touch;         /* that brought it; 0: none, or it is with the order */
  const char *words;    /* (nullable) why; NULL: the share */
} RungsCommissionDue;

/* Books the difference to what the book has, if there is one. */
gboolean rungs_commission_book (RungsDb                   *db,
                                const RungsCommission     *commission,
                                const RungsCommissionDue  *due,
                                gint64                     now,
                                GError                   **error);

/* What of a line stands in payouts, paid or on its way. */
gboolean rungs_commission_load_paid (RungsDb                *db,
                                     const RungsCommission  *commission,
                                     gint64                 *paid,
                                     GError                **error);

/* Out of which states `amount` of a line is taken back: of what is held, then of what is approved
 * and in no payout, then of what was paid, which is carried over. */
void rungs_commission_split (const gint64  states[RUNGS_LEDGER_N_STATES],
                             gint64        paid,
                             gint64        amount,
                             gint64       *held,
                             gint64       *approved,
                             gint64       *carried);

/* A line of an order, as it stands. */
typedef struct
{
  gint64 id;
  gint64 quantity;
  RungsTermsPaid paid;
  gint64 at;
  gint64 refund_days;
  RungsMoney cost;      /* of one piece, or RUNGS_PRODUCT_UNSAID */
  RungsTermsSale sale;  /* without the partner */
} RungsCommissionLine;

/* Returns: (transfer full) (element-type RungsCommissionLine): of an order; empty where it is
 * gone. */
GArray *rungs_commission_read_lines (RungsDb  *db,
                                     gint64    order,
                                     GError  **error);

/* Decides what a line, whose `sale` names the partner, earns by a version of terms: a share of 0
 * where it earns nothing. */
gboolean rungs_commission_decide (RungsDb                    *db,
                                  gint64                      order,
                                  const RungsCommissionLine  *line,
                                  const RungsTermsVersion    *version,
                                  gint64                      now,
                                  RungsCommission            *commission,
                                  GError                    **error);

/* What whoever recruited the seller earns of the same line, of an order of `at`. */
gboolean rungs_commission_decide_second (RungsDb                *db,
                                         const RungsCommission  *sale,
                                         const RungsTerms       *terms,
                                         gint64                  at,
                                         gint64                  now,
                                         RungsCommission        *commission,
                                         GError                **error);

/* What it should come to by now. `line` (nullable): it is gone, or somebody else's. `terms`: by
 * which it was decided. */
gboolean rungs_commission_count_due (const RungsCommission      *commission,
                                     const RungsCommissionLine  *line,
                                     const RungsTerms           *terms,
                                     RungsCommissionDue         *due,
                                     GError                    **error);

/* An entry about a line, without postings. `due` (nullable): what it comes to now. */
RungsLedgerEntry *rungs_commission_entry (const RungsCommission    *commission,
                                          RungsLedgerKind           kind,
                                          gint64                    at,
                                          const RungsCommissionDue *due);

/* Whether some of it is held; what is not held any more may be paid. */
gboolean rungs_commission_set_open (RungsDb                *db,
                                    const RungsCommission  *commission,
                                    gboolean                is_open,
                                    GError                **error);

G_END_DECLS
