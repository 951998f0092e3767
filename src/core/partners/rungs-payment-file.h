/* rungs-payment-file.h: a payout as a file for the bank, PayPal, Wise or anybody.
 *
 *   sepa     pain.001.001.09 of ISO 20022, as the European Payments Council uses it (EPC132-08,
 *            SEPA credit transfer, customer to bank); in euro
 *   paypal   CSV of PayPal Payouts on the web: recipient, amount, currency, reference, note,
 *            wallet; without a heading (https://developer.paypal.com/docs/payouts/, "Payouts Web")
 *   wise     CSV of Wise's batch payments, "send to bank accounts", with the heading of its
 *            template (https://wise.com/help/, "How do I fill in my batch template?")
 *   csv      all that is known, for anybody; made harmless as rungs-table-cell.h says
 *
 * In it is who waits for the payment: nobody whose payment is known to have left, failed or come
 * back. Either all of them can be paid by the file, or there is none: who cannot is named with the
 * reason. What is paid to somebody has a reference that stays the same however often the file is
 * made, so that a bank that is given it twice can see that. */

#pragma once

#include "db/rungs-db.h"
#include "partners/rungs-payee.h"
#include "partners/rungs-seal.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_PAYMENT_SEPA,
  RUNGS_PAYMENT_PAYPAL,
  RUNGS_PAYMENT_WISE,
  RUNGS_PAYMENT_CSV,
} RungsPaymentFormat;

/* "sepa", "paypal", "wise", "csv"; NULL at their end: by RungsPaymentFormat. */
const char *const *rungs_payment_formats (void);

typedef struct
{
  gint64 payout;
  RungsPaymentFormat format;
  gint64 on;         /* the day when banks are to pay; 0: today. Where they do not, the next one */
  gboolean fitting;  /* who is paid in another way is left out, and no fault */
  gboolean by_comma; /* of PAYPAL: 5,45 as its accounts of some countries want it */
} RungsPaymentRequest;

/* What is paid to one partner. */
typedef struct
{
  gint64 partner;
  char *name;        /* (owned) the partner's */
  char *holder;      /* (owned) of the account */
  char *reference;   /* (owned) "1b9d6bcd-12-7": of the file, payout and partner */
  gint64 amount;     /* minor units */
  RungsPayee *payee; /* (owned) */
  const char *hindrance; /* (nullable): why it cannot be paid by the file, in words */
} RungsPayment;

typedef struct
{
  gint64 payout;
  char currency[4];
  char *name;          /* (owned) whose account it is */
  RungsPayee *payer;   /* (owned) the account */
  char *note;          /* (owned) what the partner reads of it */
  char *made_at;       /* (owned) "2026-03-02T10:00:00", of the clock of the business */
  char *on;            /* (owned) "2026-03-02" */
  gint64 amount;       /* of all */
  GPtrArray *payments; /* (owned) (element-type RungsPayment) by partner */
  guint left_out;      /* so many are paid in another way */
  char *text;          /* (owned) (nullable) the file */
} RungsPaymentFile;

void rungs_payment_file_free (RungsPaymentFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPaymentFile, rungs_payment_file_free)

/* What would be in it, and who cannot be paid so: for a look at it before it is made. It has no
 * text. Errors: as below, but for partners who cannot be paid so, and a missing account. */
RungsPaymentFile *rungs_payment_file_preview (RungsDb                    *db,
                                              const RungsPaymentRequest  *request,
                                              const RungsSealKey         *key,
                                              gint64                      now,
                                              GError                    **error);

/* `key` (nullable): where no payment details are there at all. Errors: NOT_FOUND (no such payout),
 * INVALID: a line for each partner who cannot be paid so, "NAME: why"; or nobody waits for it, it
 * is in the wrong currency, or has no account to be paid from. */
RungsPaymentFile *rungs_payment_file_make (RungsDb                    *db,
                                           const RungsPaymentRequest  *request,
                                           const RungsSealKey         *key,
                                           gint64                      now,
                                           GError                    **error);

/* Writes a text, for its owner's eyes only; the file is there whole, or as it was. Errors: CONFLICT
 * (there is one and `replace` is FALSE), those of GFileError. */
gboolean rungs_payment_text_save (const char  *text,
                                  const char  *path,
                                  gboolean     replace,
                                  GError     **error);

/* The same of bytes. */
gboolean rungs_payment_bytes_save (GBytes      *bytes,
                                   const char  *path,
                                   gboolean     replace,
                                   GError     **error);

G_END_DECLS
