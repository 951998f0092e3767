/* rungs-payee-options.h: payment details as they are typed and shown. */

#pragma once

#include "partners/rungs-payee-store.h"
#include "rungs-column.h"

G_BEGIN_DECLS

/* Of an account at a bank; the business has no others. */
#define RUNGS_PAYEE_BANK_OPTIONS                                                                   \
  RUNGS_OPTION ("holder", N_ ("NAME"), N_ ("In whose name the account is")),                       \
      RUNGS_OPTION ("iban", N_ ("IBAN"), N_ ("Account at a bank")),                                \
      RUNGS_OPTION ("bic", N_ ("BIC"), N_ ("Bank; may be left out within SEPA"))

#define RUNGS_PAYEE_SHOW_OPTIONS                                                                   \
  RUNGS_FLAG ("whole", N_ ("Show the details whole")),                                             \
      RUNGS_FLAG ("forget", N_ ("Take all details out of the file"))

/* What people see of it, in rungs_payee_to_row(). */
#define RUNGS_PAYEE_BANK_COLUMNS                                                                   \
  { "holder", N_ ("Account holder"), RUNGS_COLUMN_TEXT, NULL },                                    \
      { "iban", N_ ("IBAN"), RUNGS_COLUMN_TEXT, NULL },                                            \
      { "bic", N_ ("BIC"), RUNGS_COLUMN_TEXT, NULL }

#define RUNGS_PAYEE_COLUMNS                                                                        \
  RUNGS_PAYEE_BANK_COLUMNS, { "paypal", N_ ("PayPal"), RUNGS_COLUMN_TEXT, NULL },                  \
      { "wise", N_ ("Wise"), RUNGS_COLUMN_TEXT, NULL },                                            \
      { "other", N_ ("Otherwise"), RUNGS_COLUMN_LINES, NULL },                                     \
      { "address", N_ ("Postal address"), RUNGS_COLUMN_LINES, NULL },                              \
      { "tax_number", N_ ("Tax number"), RUNGS_COLUMN_TEXT, NULL },                                \
      { "vat_id", N_ ("VAT id"), RUNGS_COLUMN_TEXT, NULL }

/* Puts what was typed into `payee`. Returns: whether anything was. */
gboolean rungs_payee_take_options (RungsInvocation *call,
                                   RungsPayee      *payee);

/* The fields up to and with `last`, masked unless `whole`. */
void rungs_payee_to_row (const RungsPayee *payee,
                         RungsPayeeField   last,
                         gboolean          whole,
                         JsonObject       *row);

/* The payment details of a partner, or of the business; the keyring is asked only where there are
 * any. */
RungsPayee *rungs_payee_open (RungsDb  *db,
                              gint64    partner,
                              GError  **error);

/* --forget, or what was typed, or nothing: changes the details of a partner, or of the business, in
 * a transaction of its own. */
gboolean rungs_payee_change (RungsInvocation  *call,
                             RungsDb          *db,
                             gint64            partner,
                             GError          **error);

G_END_DECLS
