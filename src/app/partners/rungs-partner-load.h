/* rungs-partner-load.h: what is shown and done of partners, for the threads of the store. */

#pragma once

#include <gio/gio.h>

#include "ladder/rungs-order-list-store.h"
#include "leads/rungs-lead-happened.h"
#include "leads/rungs-lead.h"
#include "leads/rungs-touch-store.h"
#include "partners/rungs-award-store.h"
#include "partners/rungs-commission-told.h"
#include "partners/rungs-partner-document-store.h"
#include "partners/rungs-partner-list-store.h"
#include "partners/rungs-partner-page-store.h"
#include "partners/rungs-partner-status-store.h"
#include "partners/rungs-referral-store.h"
#include "rungs-billing-load.h"

G_BEGIN_DECLS

/* An order that a partner is credited with. */
typedef struct
{
  RungsReferral *referral; /* (owned) */
  RungsOrderRow *order;    /* (owned) (nullable): NULL where it is gone */
  RungsMoney commission;   /* what it cost so far */
  GPtrArray *earns;        /* (owned) (element-type RungsCommissionTold) whom, and why */
} RungsPartnerSale;

void rungs_partner_sale_free (RungsPartnerSale *self);

/* What a partner earned without a sale. */
typedef struct
{
  RungsAward *award; /* (owned) */
  char *lead;        /* (owned) (nullable): the name of the lead; NULL where there is none */
} RungsPartnerAward;

void rungs_partner_award_free (RungsPartnerAward *self);

/* An arrival from its source. */
typedef struct
{
  RungsTouch *touch; /* (owned) */
  char *lead;        /* (owned) the name of the lead */
} RungsPartnerTouch;

void rungs_partner_touch_free (RungsPartnerTouch *self);

/* All that is known of one. */
typedef struct
{
  RungsPartnerRow *row; /* (owned) */
  RungsLead *lead;      /* (owned) (nullable): who the partner is, too */
  RungsHappened *talk;  /* (owned) (nullable): the newest messages to and from that lead */
  char *source;         /* (owned) its name */
  char *recruiter;      /* (owned) (nullable): by whom the partner was recruited … */
  GStrv recruits;       /* (owned) … and whom the partner recruited */
  char *link;           /* (owned) (nullable): that its leads follow: an address, or, where no relay
                           is paired, its path */
  char bonus_currency[4]; /* the partner's, or, where it has none, that of the business */
  GStrv coupons;        /* (owned) */
  gint64 n_touches;     /* so many arrivals its source brought … */
  GPtrArray *touches;   /* (owned) (element-type RungsPartnerTouch) … of which the newest */
  GPtrArray *sales;     /* (owned) (element-type RungsPartnerSale) the newest */
  GPtrArray *awards;    /* (owned) (element-type RungsPartnerAward) the newest */
  GPtrArray *entries;   /* (owned) (element-type RungsLedgerEntry) the newest */
  GArray *payouts;      /* (owned) (element-type RungsPartnerPayout) the newest */
  gboolean payee_there; /* payout details are stored */
  RungsBilling *billing; /* (owned) who writes its invoices */
  RungsPartnerPagePlace *page; /* (owned) (nullable): NULL: it has no page at the relay */
  GPtrArray *words;     /* (owned) (element-type RungsPartnerWord) what was said of it */
  GPtrArray *documents; /* (owned) (element-type RungsPartnerDocument) */
  GPtrArray *flags;     /* (owned) as rungs_partner_flags_load() has them */
  GHashTable *names;    /* (owned) of partners that rules saw, by gint64 id */
} RungsPartnerDetails;

void rungs_partner_details_free (RungsPartnerDetails *self);

/* `data` is a gint64 *, the id. Returns: a RungsPartnerDetails. */
gpointer rungs_partner_load_details (RungsDb       *db,
                                     gpointer       data,
                                     GCancellable  *cancellable,
                                     GError       **error);

/* What is said of a partner. */
typedef struct
{
  gint64 partner;
  RungsPartnerStatus status;
} RungsPartnerSaying;

/* Free it with g_free(). */
RungsPartnerSaying *rungs_partner_saying_new (gint64              partner,
                                              RungsPartnerStatus  status);

/* `data` is a RungsPartnerSaying *. It is said, or was never said. */
gpointer rungs_partner_do_set_status (RungsDb       *db,
                                      gpointer       data,
                                      GCancellable  *cancellable,
                                      GError       **error);
gpointer rungs_partner_undo_set_status (RungsDb       *db,
                                        gpointer       data,
                                        GCancellable  *cancellable,
                                        GError       **error);

/* `data` is a gint64 *, the id of an award: somebody has looked at it; or not yet; and it is given
 * again after it was taken back. */
gpointer rungs_partner_do_approve (RungsDb       *db,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);
gpointer rungs_partner_undo_approve (RungsDb       *db,
                                     gpointer       data,
                                     GCancellable  *cancellable,
                                     GError       **error);
gpointer rungs_partner_do_give_again (RungsDb       *db,
                                      gpointer       data,
                                      GCancellable  *cancellable,
                                      GError       **error);

G_END_DECLS
