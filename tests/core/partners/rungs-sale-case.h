/* rungs-sale-case.h: sales of partners, for the tests of what they earn. */

#pragma once

#include "partners/rungs-ledger.h"
#include "rungs-fixture.h"

G_BEGIN_DECLS

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

/* A partner who is in the programme, and is paid in EUR. */
gint64 rungs_sale_add_partner (RungsFixture *fixture,
                               RungsDb      *db,
                               const char   *name,
                               gint64        programme);

/* "Friends", with these terms. */
gint64 rungs_sale_add_programme (RungsDb    *db,
                                 const char *json);

/* `recruiter` 0: nobody. */
void rungs_sale_set_recruiter (RungsFixture *fixture,
                               RungsDb      *db,
                               gint64        partner,
                               gint64        recruiter);

/* A click of the lead on a link of the partner's. */
void rungs_sale_click (RungsDb *db,
                       gint64   lead,
                       gint64   partner,
                       gint64   at);

void rungs_sale_follow (RungsFixture *fixture,
                        RungsDb      *db);

/* Returns: the refund's id. */
gint64 rungs_sale_refund (RungsFixture *fixture,
                          RungsDb      *db,
                          gint64        order,
                          gint64        amount);

void rungs_sale_assert_balance (RungsDb         *db,
                                gint64           partner,
                                RungsLedgerState state,
                                gint64           expected);

/* Releases what is due, which are so many. */
void rungs_sale_release (RungsFixture *fixture,
                         RungsDb      *db,
                         gint64        expected);

/* Returns: the payout's id; 0: there is nothing to pay. */
gint64 rungs_sale_pay (RungsFixture *fixture,
                       RungsDb      *db,
                       gint64        minimum);

typedef struct
{
  gint64 partner;
  gint64 lead;
  gint64 product;
  gint64 order;
} RungsSale;

/* Anna, who is in "Friends", sells one piece. */
RungsSale rungs_sale_make (RungsFixture *fixture,
                           RungsDb      *db,
                           const char   *terms,
                           gint64        price);

G_END_DECLS
