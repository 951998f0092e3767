/* rungs-self-invoice-store.h: invoices that the business writes in the name of its partners.
 *
 * One for what a partner gets by a payout, numbered without a gap, never changed: where the payment
 * failed or came back, rungs_payout_mark() takes the invoice back by a further one with the same
 * amounts below zero, in the same transaction. Names, addresses and numbers stand in it as they
 * were, sealed as payment details are (rungs-seal.h). */

#pragma once

#include "db/rungs-db.h"
#include "partners/rungs-seal.h"
#include "partners/rungs-self-billing-store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 number;
  gint64 payout;
  gint64 partner;
  char *name;          /* (owned) (nullable) of the partner, as it is now; NULL: not loaded */
  gint64 cancels;      /* number of the one that it takes back; 0: none */
  gint64 cancelled_by; /* number of the one that takes it back; 0: none */
  gint64 made_at;
  gint64 from_at;      /* the first … */
  gint64 until_at;     /* … and the last order that it is for */
  char *language;      /* (owned) BCP 47 */
  char currency[4];
  gint64 approved;     /* minor units, with VAT; below 0 in one that takes another back */
  gint64 set_off;      /* less these, with VAT */
  gint64 net;
  gint64 vat;          /* net and VAT are what is paid */
  RungsVatCase treatment;
  gint64 rate;         /* basis points */
} RungsSelfInvoice;

void rungs_self_invoice_free (RungsSelfInvoice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSelfInvoice, rungs_self_invoice_free)

/* "SB-7". Returns: (transfer full). */
char *rungs_self_invoice_dup_number (gint64 number);

/* Who was who when it was written. */
typedef struct
{
  char *business;         /* (owned) */
  char *business_address; /* (owned) */
  char *business_vat_id;  /* (owned) may be empty */
  char *partner;          /* (owned) */
  char *address;          /* (owned) */
  char *vat_id;           /* (owned) may be empty */
  char *tax_number;       /* (owned) may be empty */
  char *country;          /* (owned) of the partner; may be empty */
  char *agreed_on;        /* (owned) "2026-03-02" */
} RungsSelfInvoiceParties;

void rungs_self_invoice_parties_free (RungsSelfInvoiceParties *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSelfInvoiceParties, rungs_self_invoice_parties_free)

/* Writes one, in a transaction. `language`: where the partner has none. Returns: its number; 0 on
 * error: NOT_FOUND (no such payout, the partner is not in it), CONFLICT (there is one, or the
 * payment failed or came back), INVALID (the partner has not agreed by then, or what an invoice
 * needs is not known: all of it is named), DAMAGED. */
gint64 rungs_self_invoice_make (RungsDb             *db,
                                gint64               payout,
                                gint64               partner,
                                const RungsSealKey  *key,
                                const char          *language,
                                gint64               now,
                                GError             **error);

/* Takes back the one of a payment, where there is one; in a transaction. */
gboolean rungs_self_invoice_cancel (RungsDb  *db,
                                    gint64    payout,
                                    gint64    partner,
                                    gint64    now,
                                    GError  **error);

/* Errors: NOT_FOUND. */
RungsSelfInvoice *rungs_self_invoice_load (RungsDb  *db,
                                           gint64    number,
                                           GError  **error);

/* `number` (out): of the last one of a payment; 0: none. */
gboolean rungs_self_invoice_find (RungsDb  *db,
                                  gint64    payout,
                                  gint64    partner,
                                  gint64   *number,
                                  GError  **error);

/* Returns: (transfer full) (element-type RungsSelfInvoice): all, the newest first. */
GPtrArray *rungs_self_invoice_list (RungsDb  *db,
                                    GError  **error);

/* The same of one payout. */
GPtrArray *rungs_self_invoice_list_of (RungsDb  *db,
                                       gint64    payout,
                                       GError  **error);

/* Errors: DAMAGED: it was changed, or sealed with another key. */
RungsSelfInvoiceParties *rungs_self_invoice_load_parties (RungsDb                 *db,
                                                          const RungsSelfInvoice  *invoice,
                                                          const RungsSealKey      *key,
                                                          GError                 **error);

G_END_DECLS
