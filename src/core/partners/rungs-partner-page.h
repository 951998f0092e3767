/* rungs-partner-page.h: the private page of a partner at the relay: its link and coupons, what came
 * by them, what it is owed and was paid, and texts to copy.
 *
 * One HTML file that needs nothing else and runs no script, in the language of the partner: German
 * or English; at most RUNGS_PARTNER_PAGE_MOST bytes, for which older lines are left out. It names
 * no buyer: of a sale it says day, products, amount, commission and state.
 *
 * The texts to copy are one field of the programme. A line of "---" parts them; where the first
 * line of one begins with "# ", that is its title, which is not copied. {{link}} is the partner's
 * link, {{coupon}} its first coupon. */

#pragma once

#include "base/rungs-money.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-partner-statement-store.h"

G_BEGIN_DECLS

#define RUNGS_PARTNER_PAGE_MOST 30000
#define RUNGS_PARTNER_TEXTS_MOST 8000

/* What came by it in a month. */
typedef struct
{
  char month[8];  /* "2026-11", in the zone of the business */
  gint64 clicks;  /* of people, by its link */
  gint64 leads;   /* that came by its source for the first time */
  gint64 sales;   /* orders that it is credited with, but for what was given away … */
  gint64 refunds; /* … and of how many of them something was given back, whenever that was */
  GArray *sold;   /* (owned) (element-type RungsMoney) what was paid, by currency */
  GArray *back;   /* (owned) (element-type RungsMoney) what was given back of it */
} RungsPartnerPageMonth;

typedef enum
{
  RUNGS_PARTNER_SALE_NOTHING, /* earns nothing, or nothing is left of it */
  RUNGS_PARTNER_SALE_HELD,
  RUNGS_PARTNER_SALE_APPROVED,
  RUNGS_PARTNER_SALE_PAYABLE,
  RUNGS_PARTNER_SALE_PAID,
} RungsPartnerSaleState;

typedef struct
{
  gint64 at;
  char *products;        /* (owned) "" where the order is gone */
  RungsMoney amount;     /* that was paid; its currency is "" where the order is gone */
  RungsMoney refunded;   /* that was given back of it, in the same currency */
  RungsMoney commission; /* that it comes to now; its currency is "" where it never earned any */
  RungsPartnerSaleState state;
  gint64 hold_until;     /* of HELD */
} RungsPartnerPageSale;

/* Texts are owned and never NULL. */
typedef struct
{
  char *business;
  char *zone;      /* IANA */
  char *partner;
  char *language;  /* BCP 47 */
  char *programme; /* "": none */
  gboolean is_paused;
  char *link;      /* an address; "": there is none */
  GStrv coupons;
  GPtrArray *months;   /* (owned) (element-type RungsPartnerPageMonth) the newest first */
  GArray *balances;    /* (owned) (element-type RungsLedgerBalances) by currency */
  GPtrArray *sales;    /* (owned) (element-type RungsPartnerPageSale) the newest first */
  GPtrArray *payouts;  /* (owned) (element-type RungsPartnerStatement) the newest first */
  char *texts;         /* of the programme, as they were written */
} RungsPartnerPage;

void rungs_partner_page_month_free (RungsPartnerPageMonth *self);
void rungs_partner_page_sale_free (RungsPartnerPageSale *self);
void rungs_partner_page_free (RungsPartnerPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPartnerPage, rungs_partner_page_free)

/* The page, whose facts were looked up at `made_at`. Returns: (transfer full). */
char *rungs_partner_page_to_html (const RungsPartnerPage *self,
                                  gint64                  made_at);

/* The only <style> of the page. */
const char *rungs_partner_page_get_style (void);

G_END_DECLS
