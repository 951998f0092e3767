/* rungs-partner-list-store.h: which partners a browser shows, in which order, and what is known of
 * each. */

#pragma once

#include "db/rungs-db.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payout-store.h"

G_BEGIN_DECLS

/* Amounts are those in the partner's own currency. */
typedef enum
{
  RUNGS_PARTNERS_BY_NAME,
  RUNGS_PARTNERS_BY_SALES,
  RUNGS_PARTNERS_BY_REFUNDS,
  RUNGS_PARTNERS_BY_HELD,
  RUNGS_PARTNERS_BY_APPROVED,
  RUNGS_PARTNERS_BY_PAID,
  RUNGS_PARTNERS_BY_CARRIED,
  RUNGS_PARTNERS_BY_QUALITY, /* the part of its leads that bought; who brought none comes first */
} RungsPartnerSort;

/* Which of them. */
typedef enum
{
  RUNGS_PARTNERS_ALL,
  RUNGS_PARTNERS_EARNING, /* that are active */
  RUNGS_PARTNERS_OWED,    /* to whom something is owed, held or not */
  RUNGS_PARTNERS_CARRIED, /* that have to give back something */
  RUNGS_PARTNERS_AFFILIATE,
  RUNGS_PARTNERS_JV,
  RUNGS_PARTNERS_ENDED,
  RUNGS_PARTNERS_FLAGGED, /* whose orders are out of the ordinary: rungs-partner-flag.h */
} RungsPartnerFilter;

/* What is asked for; all zeros: every partner, by its name. */
typedef struct
{
  RungsPartnerFilter filter;
  char *words; /* (owned) (nullable): a part of the name, the addresses, the manager or the note */
  RungsPartnerSort sort;
  gboolean descending;
} RungsPartnerQuery;

void rungs_partner_query_free (RungsPartnerQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPartnerQuery, rungs_partner_query_free)

/* Returns: (transfer full) (element-type gint64): the ids of those partners. */
GArray *rungs_partner_find (RungsDb                 *db,
                            const RungsPartnerQuery *query,
                            GError                 **error);

/* A partner on one line. */
typedef struct
{
  RungsPartner *partner; /* (owned) */
  char *programme;       /* (owned) that it is in now; "": none */
  gint64 sales;          /* orders that it is credited with … */
  gint64 refunds;        /* … and how many of them something was given back of */
  gint64 leads;          /* that had a touch of it … */
  gint64 buyers;         /* … and how many of them paid for something after the first one */
  gint64 flags;          /* what a person is to look at, as it was found last */
  GArray *balances;      /* (owned) (element-type RungsLedgerBalances) by currency */
} RungsPartnerRow;

void rungs_partner_row_free (RungsPartnerRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPartnerRow, rungs_partner_row_free)

/* Errors: NOT_FOUND. */
RungsPartnerRow *rungs_partner_row_load (RungsDb  *db,
                                         gint64    id,
                                         gint64    now,
                                         GError  **error);

/* Returns: (transfer full) (element-type gint64): the newest `limit` orders that the partner is
 * credited with, the newest first. */
GArray *rungs_partner_list_orders (RungsDb  *db,
                                   gint64    partner,
                                   guint     limit,
                                   GError  **error);

/* Returns: (transfer full) (element-type RungsLedgerEntry): the newest `limit` entries that move
 * something of the partner, the newest first. */
GPtrArray *rungs_partner_list_entries (RungsDb  *db,
                                       gint64    partner,
                                       guint     limit,
                                       GError  **error);

/* What a payout was for one partner. */
typedef struct
{
  RungsPayoutItem item;
  char currency[4];
  gint64 made_at;
} RungsPartnerPayout;

/* Returns: (transfer full) (element-type RungsPartnerPayout): the newest `limit` payouts with the
 * partner in them, the newest first. */
GArray *rungs_partner_list_payouts (RungsDb  *db,
                                    gint64    partner,
                                    guint     limit,
                                    GError  **error);

/* Returns: (transfer full): the names of whom the partner recruited, A-Z; empty, not NULL, where
 * there are none. */
GStrv rungs_partner_list_recruits (RungsDb  *db,
                                   gint64    partner,
                                   GError  **error);

/* Returns: (transfer full) (element-type gint64): the partner, whom it recruited, and whom those
 * did. */
GArray *rungs_partner_list_below (RungsDb  *db,
                                  gint64    partner,
                                  GError  **error);

/* Returns: (transfer full): the codes of the partner's coupons that are accepted; empty, not NULL,
 * where there are none. */
GStrv rungs_partner_list_coupons (RungsDb  *db,
                                  gint64    partner,
                                  GError  **error);

G_END_DECLS
