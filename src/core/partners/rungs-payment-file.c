/* rungs-payment-file.c: a payout as a file for the bank, PayPal, Wise or anybody. */

#include "partners/rungs-payment-file.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-money.h"
#include "base/rungs-time.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-bank-number.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payee-store.h"
#include "partners/rungs-payment-sepa.h"
#include "partners/rungs-payout-store.h"
#include "partners/rungs-working-day.h"
#include "tables/rungs-table-cell.h"

/* So many payments PayPal and Wise take in one file. */
#define PAYPAL_MOST 5000
#define WISE_MOST 1000

static const char *const FORMATS[] = { "sepa", "paypal", "wise", "csv", NULL };

static const RungsPayWay WAYS[]
    = { RUNGS_PAY_BANK, RUNGS_PAY_PAYPAL, RUNGS_PAY_WISE, RUNGS_PAY_UNSAID };

/* PayPal takes no parts of these (https://developer.paypal.com/api/rest/reference/currency-codes/);
 * those of ISO 4217 that have none anyway are not told of. */
static const char *const WHOLE_ONLY[] = { "HUF", "TWD", NULL };

const char *const *
rungs_payment_formats (void)
{
  return FORMATS;
}

static void
payment_free (RungsPayment *payment)
{
  g_free (payment->name);
  g_free (payment->holder);
  g_free (payment->reference);
  rungs_payee_free (payment->payee);
  g_free (payment);
}

void
rungs_payment_file_free (RungsPaymentFile *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  rungs_payee_free (self->payer);
  g_free (self->note);
  g_free (self->made_at);
  g_free (self->on);
  g_clear_pointer (&self->payments, g_ptr_array_unref);
  g_free (self->text);
  g_free (self);
}

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static const char *
get (const RungsPayment *payment,
     RungsPayeeField     field)
{
  return rungs_payee_get (payment->payee, field);
}

static gboolean
has (const RungsPayment *payment,
     RungsPayeeField     field)
{
  return *get (payment, field) != '\0';
}

/* ---- who is paid */

static gboolean
add_payment (RungsPaymentFile           *file,
             RungsDb                    *db,
             const RungsPaymentRequest  *request,
             const RungsBusiness        *business,
             const RungsPayoutItem      *item,
             const RungsSealKey         *key,
             GError                    **error)
{
  g_autoptr (RungsPartner) partner = rungs_partner_load (db, item->partner, error);
  g_autoptr (RungsPayee) payee
      = partner != NULL ? rungs_payee_load (db, item->partner, key, error) : NULL;
  RungsPayWay way = WAYS[request->format];
  RungsPayment *payment;

  if (payee == NULL)
    return FALSE;
  if (request->fitting && way != RUNGS_PAY_UNSAID && payee->way != way)
    {
      file->left_out++;
      return TRUE;
    }
  payment = g_new0 (RungsPayment, 1);
  payment->partner = partner->id;
  payment->name = g_strdup (partner->name);
  payment->holder = g_strdup (rungs_payee_get (payee, RUNGS_PAYEE_HOLDER));
  if (*payment->holder == '\0')
    rungs_partner_set (&payment->holder, partner->name);
  payment->reference = g_strdup_printf ("%.8s-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT,
                                        business->uuid, item->payout, item->partner);
  payment->amount = item->approved - item->set_off;
  payment->payee = g_steal_pointer (&payee);
  file->amount += payment->amount;
  g_ptr_array_add (file->payments, payment);
  return TRUE;
}

static gboolean
add_payments (RungsPaymentFile           *file,
              RungsDb                    *db,
              const RungsPaymentRequest  *request,
              const RungsBusiness        *business,
              const RungsSealKey         *key,
              GError                    **error)
{
  g_autoptr (GArray) items = rungs_payout_list_items (db, request->payout, error);

  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const RungsPayoutItem *item = &g_array_index (items, RungsPayoutItem, i);

      if (item->state == RUNGS_PAYOUT_PAYABLE
          && !add_payment (file, db, request, business, item, key, error))
        return FALSE;
    }
  if (file->payments->len > 0)
    return TRUE;
  return refuse (error, file->left_out > 0
                            ? _ ("nobody who waits for this payout is paid in that way")
                            : _ ("nobody waits for a payment of this payout any more"));
}

/* ---- whether they can be */

/* Why not, in words; NULL: can be. */
typedef const char *(*Hindrance) (const RungsPaymentFile *file,
                                  const RungsPayment     *payment);

static const char *
hinders_sepa (const RungsPaymentFile *file,
              const RungsPayment     *payment)
{
  if (payment->payee->way != RUNGS_PAY_BANK)
    return _ ("is not paid by bank transfer");
  if (!has (payment, RUNGS_PAYEE_IBAN))
    return _ ("has no IBAN");
  if (!rungs_iban_is_sepa (get (payment, RUNGS_PAYEE_IBAN)))
    return _ ("has an account that SEPA does not reach");
  if (!rungs_sepa_name_can_be_read (payment->holder))
    return _ ("has a name that cannot be written in the letters of SEPA: give an account holder");
  return NULL;
}

/* What a spreadsheet would compute is guarded in a table, and would be another address then. */
static gboolean
is_guarded (const char *address)
{
  return *address != '\0' && strchr ("=+-@", *address) != NULL;
}

static const char *
hinders_paypal (const RungsPaymentFile *file,
                const RungsPayment     *payment)
{
  if (payment->payee->way != RUNGS_PAY_PAYPAL || !has (payment, RUNGS_PAYEE_PAYPAL))
    return _ ("is not paid by PayPal");
  if (is_guarded (get (payment, RUNGS_PAYEE_PAYPAL)))
    return _ ("has an address that a table cannot hold as it is");
  if (g_strv_contains (WHOLE_ONLY, file->currency) && payment->amount % 100 != 0)
    return _ ("would get an amount that PayPal takes in whole units only");
  return NULL;
}

static const char *
hinders_wise (const RungsPaymentFile *file,
              const RungsPayment     *payment)
{
  if (payment->payee->way != RUNGS_PAY_WISE)
    return _ ("is not paid by Wise");
  if (!has (payment, RUNGS_PAYEE_WISE) && !has (payment, RUNGS_PAYEE_IBAN))
    return _ ("has neither an IBAN nor an e-mail address for Wise");
  if (is_guarded (get (payment, RUNGS_PAYEE_WISE)))
    return _ ("has an address that a table cannot hold as it is");
  return NULL;
}

static const char *
hinders_csv (const RungsPaymentFile *file,
             const RungsPayment     *payment)
{
  return NULL;
}

static const Hindrance HINDRANCES[] = { hinders_sepa, hinders_paypal, hinders_wise, hinders_csv };

/* Names all at once. */
static gboolean
all_can_be_paid (const RungsPaymentFile  *file,
                 GError                 **error)
{
  g_autoptr (GString) why = g_string_new (NULL);

  for (guint i = 0; i < file->payments->len; i++)
    {
      const RungsPayment *payment = file->payments->pdata[i];

      if (payment->hindrance != NULL)
        g_string_append_printf (why, "%s%s: %s", why->len > 0 ? "\n" : "", payment->name,
                                payment->hindrance);
    }
  return why->len == 0 || refuse (error, why->str);
}

static void
find_hindrances (RungsPaymentFile   *file,
                 RungsPaymentFormat  format)
{
  for (guint i = 0; i < file->payments->len; i++)
    {
      RungsPayment *payment = file->payments->pdata[i];

      payment->hindrance = payment->payee->way == RUNGS_PAY_UNSAID
                               ? _ ("has not said how to be paid")
                               : HINDRANCES[format](file, payment);
    }
}

static gboolean
has_payer (const RungsPaymentFile  *file,
           RungsPaymentFormat       format,
           GError                 **error)
{
  if (format == RUNGS_PAYMENT_SEPA && *rungs_payee_get (file->payer, RUNGS_PAYEE_IBAN) == '\0')
    return refuse (error, _ ("say first from which account you pay: rungsctl payout from"));
  return TRUE;
}

static gboolean
fits_format (const RungsPaymentFile  *file,
             RungsPaymentFormat       format,
             GError                 **error)
{
  if (format == RUNGS_PAYMENT_SEPA && strcmp (file->currency, "EUR") != 0)
    return refuse (error, _ ("SEPA pays euro only"));
  if (format == RUNGS_PAYMENT_SEPA && !rungs_sepa_name_can_be_read (file->name))
    return refuse (error, _ ("your name cannot be written in the letters of SEPA: give an account "
                             "holder"));
  if (format == RUNGS_PAYMENT_PAYPAL && file->payments->len > PAYPAL_MOST)
    return refuse (error, _ ("PayPal takes 5000 payments in a file and no more"));
  if (format == RUNGS_PAYMENT_WISE && file->payments->len > WISE_MOST)
    return refuse (error, _ ("Wise takes 1000 payments in a file and no more"));
  return TRUE;
}

/* ---- tables */

static void
append_cell (GString    *table,
             const char *cell,
             gboolean    is_last)
{
  rungs_table_append_csv (table, cell);
  g_string_append (table, is_last ? "\r\n" : ",");
}

static void
append_row (GString           *table,
            const char *const *cells)
{
  for (guint i = 0; cells[i] != NULL; i++)
    append_cell (table, cells[i], cells[i + 1] == NULL);
}

static char *
dup_amount (const RungsPaymentFile *file,
            const RungsPayment     *payment)
{
  return rungs_money_format_amount (rungs_money (payment->amount, file->currency));
}

static char *
write_paypal (const RungsPaymentFile *file,
              gboolean                by_comma)
{
  GString *table = g_string_new (NULL);

  for (guint i = 0; i < file->payments->len; i++)
    {
      const RungsPayment *payment = file->payments->pdata[i];
      g_autofree char *amount = dup_amount (file, payment);
      const char *const cells[] = { get (payment, RUNGS_PAYEE_PAYPAL),
                                    amount,
                                    file->currency,
                                    payment->reference,
                                    file->note,
                                    "PayPal",
                                    NULL };

      if (g_strv_contains (WHOLE_ONLY, file->currency))
        *strchr (amount, '.') = '\0';
      if (by_comma)
        g_strdelimit (amount, ".", ',');
      append_row (table, cells);
    }
  return g_string_free (table, FALSE);
}

/* Who has a VAT id is a business. The partner gets the exact amount, and the fees are ours. */
static char *
write_wise (const RungsPaymentFile *file)
{
  static const char *const HEADING[]
      = { "name",   "recipientEmail", "paymentReference", "receiverType", "amountCurrency",
          "amount", "sourceCurrency", "targetCurrency",   "IBAN",         NULL };
  GString *table = g_string_new (NULL);

  append_row (table, HEADING);
  for (guint i = 0; i < file->payments->len; i++)
    {
      const RungsPayment *payment = file->payments->pdata[i];
      g_autofree char *amount = dup_amount (file, payment);
      const char *const cells[] = { payment->holder,
                                    get (payment, RUNGS_PAYEE_WISE),
                                    payment->reference,
                                    has (payment, RUNGS_PAYEE_VAT_ID) ? "INSTITUTION" : "PERSON",
                                    "target",
                                    amount,
                                    file->currency,
                                    file->currency,
                                    get (payment, RUNGS_PAYEE_IBAN),
                                    NULL };

      append_row (table, cells);
    }
  return g_string_free (table, FALSE);
}

static char *
write_csv (const RungsPaymentFile *file)
{
  static const char *const HEADING[]
      = { "payout", "reference", "partner", "amount", "currency", "way",   "holder",
          "iban",   "bic",       "paypal",  "wise",   "other",    NULL };
  g_autofree char *payout = g_strdup_printf ("%" G_GINT64_FORMAT, file->payout);
  GString *table = g_string_new (NULL);

  append_row (table, HEADING);
  for (guint i = 0; i < file->payments->len; i++)
    {
      const RungsPayment *payment = file->payments->pdata[i];
      g_autofree char *amount = dup_amount (file, payment);
      const char *const cells[] = { payout,
                                    payment->reference,
                                    payment->name,
                                    amount,
                                    file->currency,
                                    rungs_pay_way_to_text (payment->payee->way),
                                    payment->holder,
                                    get (payment, RUNGS_PAYEE_IBAN),
                                    get (payment, RUNGS_PAYEE_BIC),
                                    get (payment, RUNGS_PAYEE_PAYPAL),
                                    get (payment, RUNGS_PAYEE_WISE),
                                    get (payment, RUNGS_PAYEE_OTHER),
                                    NULL };

      append_row (table, cells);
    }
  return g_string_free (table, FALSE);
}

static char *
write_format (const RungsPaymentFile    *file,
              const RungsPaymentRequest *request)
{
  switch (request->format)
    {
    case RUNGS_PAYMENT_SEPA:
      return rungs_payment_sepa_write (file);
    case RUNGS_PAYMENT_PAYPAL:
      return write_paypal (file, request->by_comma);
    case RUNGS_PAYMENT_WISE:
      return write_wise (file);
    case RUNGS_PAYMENT_CSV:
    default:
      return write_csv (file);
    }
}

/* ---- making it */

/* Today or later, and a working day. */
static gboolean
set_days (RungsPaymentFile           *file,
          const RungsPaymentRequest  *request,
          GTimeZone                  *zone,
          gint64                      now,
          GError                    **error)
{
  gint64 at = request->on != 0 ? request->on : now;
  g_autoptr (GDateTime) on = rungs_time_in_zone (at, zone);
  g_autoptr (GDateTime) made = rungs_time_in_zone (now, zone);
  GDate day;

  if (at < rungs_time_day_start (now, zone, 0))
    return refuse (error, _ ("banks cannot pay on a day that is over"));
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay) g_date_time_get_day_of_month (on),
                  (GDateMonth) g_date_time_get_month (on), (GDateYear) g_date_time_get_year (on));
  rungs_working_day_find (&day);
  file->on = g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (&day),
                              (guint) g_date_get_month (&day), g_date_get_day (&day));
  file->made_at = g_date_time_format (made, "%Y-%m-%dT%H:%M:%S");
  return TRUE;
}

/* From whom, and what for. */
static gboolean
set_head (RungsPaymentFile     *file,
          RungsDb              *db,
          const RungsPayout    *payout,
          const RungsBusiness  *business,
          const RungsSealKey   *key,
          GError              **error)
{
  file->payout = payout->id;
  g_strlcpy (file->currency, payout->currency, sizeof file->currency);
  file->payer = rungs_payee_load (db, RUNGS_PAYEE_BUSINESS, key, error);
  if (file->payer == NULL)
    return FALSE;
  file->name = g_strdup (rungs_payee_get (file->payer, RUNGS_PAYEE_HOLDER));
  if (*file->name == '\0')
    rungs_partner_set (&file->name, business->name);
  /* Translators: what a partner reads on a bank statement; the number of the payout */
  file->note = g_strdup_printf (_ ("Commissions, payout %" PRId64), payout->id);
  return TRUE;
}

RungsPaymentFile *
rungs_payment_file_preview (RungsDb                    *db,
                            const RungsPaymentRequest  *request,
                            const RungsSealKey         *key,
                            gint64                      now,
                            GError                    **error)
{
  g_autoptr (RungsPaymentFile) file = g_new0 (RungsPaymentFile, 1);
  g_autoptr (RungsBusiness) business = NULL;
  g_autoptr (RungsPayout) payout = NULL;
  g_autoptr (GTimeZone) zone = NULL;

  g_return_val_if_fail (db != NULL && request != NULL, NULL);
  g_return_val_if_fail ((guint) request->format < G_N_ELEMENTS (WAYS), NULL);

  file->payments = g_ptr_array_new_with_free_func ((GDestroyNotify) payment_free);
  business = rungs_business_load (db, error);
  payout = business != NULL ? rungs_payout_load (db, request->payout, error) : NULL;
  if (payout == NULL)
    return NULL;
  zone = rungs_time_zone (business->zone);
  if (!set_head (file, db, payout, business, key, error)
      || !set_days (file, request, zone, now, error)
      || !add_payments (file, db, request, business, key, error)
      || !fits_format (file, request->format, error))
    return NULL;
  find_hindrances (file, request->format);
  return g_steal_pointer (&file);
}

RungsPaymentFile *
rungs_payment_file_make (RungsDb                    *db,
                         const RungsPaymentRequest  *request,
                         const RungsSealKey         *key,
                         gint64                      now,
                         GError                    **error)
{
  g_autoptr (RungsPaymentFile) file = rungs_payment_file_preview (db, request, key, now, error);

  if (file == NULL || !has_payer (file, request->format, error) || !all_can_be_paid (file, error))
    return NULL;
  file->text = write_format (file, request);
  return g_steal_pointer (&file);
}

gboolean
rungs_payment_bytes_save (GBytes      *bytes,
                          const char  *path,
                          gboolean     replace,
                          GError     **error)
{
  g_return_val_if_fail (bytes != NULL && path != NULL, FALSE);

  if (!replace && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, _ ("there is a file “%s” already"),
                   path);
      return FALSE;
    }
  return g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

gboolean
rungs_payment_text_save (const char  *text,
                         const char  *path,
                         gboolean     replace,
                         GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return rungs_payment_bytes_save (bytes, path, replace, error);
}
