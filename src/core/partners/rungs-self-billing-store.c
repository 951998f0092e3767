/* rungs-self-billing-store.c: partners who have agreed that the business writes their invoices. */

#include "partners/rungs-self-billing-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-money.h"
#include "base/rungs-names.h"
#include "base/rungs-time.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-tax.h"

static const char SQL_LOAD[] = "SELECT agreed_on, vat, rate FROM self_billing WHERE partner = :id";

static const char SQL_SAVE[]
    = "INSERT INTO self_billing (partner, agreed_on, vat, rate)"
      " VALUES (:partner, :agreed_on, :vat, :rate)"
      " ON CONFLICT (partner) DO UPDATE"
      "   SET agreed_on = excluded.agreed_on, vat = excluded.vat, rate = excluded.rate";

static const char SQL_END[] = "DELETE FROM self_billing WHERE partner = :id";

/* That there is one is known without reading it. */
static const char SQL_HAS_VAT_ID[]
    = "SELECT EXISTS (SELECT 1 FROM payment_detail WHERE partner = :id AND field = 'vat_id')";

static const char SQL_FIELDS[]
    = "SELECT field FROM payment_detail WHERE coalesce (partner, 0) = :id";

static const char *const CASES[] = { "rate", "reverse-charge", "small-business", "none", NULL };

#define HIGHEST_RATE 10000

const char *const *
rungs_vat_cases (void)
{
  return CASES;
}

gboolean
rungs_vat_case_from_text (const char   *text,
                          RungsVatCase *vat)
{
  return rungs_names_find (CASES, G_N_ELEMENTS (CASES) - 1, text, vat);
}

gboolean
rungs_self_billing_load (RungsDb          *db,
                         gint64            partner,
                         RungsSelfBilling *billing,
                         GError          **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL && billing != NULL, FALSE);

  *billing = (RungsSelfBilling) { .vat = RUNGS_VAT_NONE };
  query = rungs_db_prepare (db, SQL_LOAD, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", partner);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      g_strlcpy (billing->agreed_on, rungs_statement_get_text (query, 0),
                 sizeof billing->agreed_on);
      rungs_vat_case_from_text (rungs_statement_get_text (query, 1), &billing->vat);
      billing->rate = rungs_statement_get_int64 (query, 2);
    }
  return rungs_statement_done (query, error);
}

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

/* "2026-03-02" and nothing else. */
static gboolean
is_day (const char *text)
{
  gint64 at;

  return strlen (text) == 10 && rungs_time_parse (text, NULL, &at, NULL);
}

gboolean
rungs_self_billing_save (RungsDb                *db,
                         gint64                  partner,
                         const RungsSelfBilling *billing,
                         GError                **error)
{
  g_autoptr (RungsPartner) there = NULL;
  g_autoptr (RungsStatement) save = NULL;

  g_return_val_if_fail (db != NULL && billing != NULL, FALSE);

  there = rungs_partner_load (db, partner, error);
  if (there == NULL)
    return FALSE;
  if (*billing->agreed_on == '\0')
    return rungs_record_run (db, SQL_END, partner, error);
  if (!is_day (billing->agreed_on))
    return refuse (error, _ ("a day is written as 2026-03-02"));
  if (billing->vat == RUNGS_VAT_RATE ? billing->rate < 1 || billing->rate > HIGHEST_RATE
                                     : billing->rate != 0)
    return refuse (error, _ ("VAT at a rate needs the rate, and nothing else has one"));
  save = rungs_db_prepare (db, SQL_SAVE, error);
  if (save == NULL)
    return FALSE;
  rungs_statement_bind_int64 (save, ":partner", partner);
  rungs_statement_bind_text (save, ":agreed_on", billing->agreed_on);
  rungs_statement_bind_text (save, ":vat", CASES[billing->vat]);
  rungs_statement_bind_int64 (save, ":rate", billing->rate);
  return rungs_statement_run (save, error);
}

/* Who has no VAT id in another country of the union is exempt there, or no business at all. */
static RungsVatCase
case_of (const char *ours,
         const char *theirs,
         gboolean    has_vat_id)
{
  if (!rungs_tax_is_in_eu (ours) || !rungs_tax_is_in_eu (theirs))
    return RUNGS_VAT_NONE;
  if (strcmp (ours, theirs) == 0)
    return RUNGS_VAT_RATE;
  return has_vat_id ? RUNGS_VAT_REVERSE_CHARGE : RUNGS_VAT_SMALL_BUSINESS;
}

gboolean
rungs_self_billing_suggest (RungsDb          *db,
                            gint64            partner,
                            const char       *day,
                            RungsSelfBilling *billing,
                            gboolean         *known,
                            GError          **error)
{
  g_autoptr (RungsBusiness) business = NULL;
  g_autoptr (RungsPartner) who = NULL;
  gint64 has_vat_id;

  g_return_val_if_fail (db != NULL && day != NULL && billing != NULL && known != NULL, FALSE);

  *billing = (RungsSelfBilling) { .vat = RUNGS_VAT_NONE };
  business = rungs_business_load (db, error);
  who = business != NULL ? rungs_partner_load (db, partner, error) : NULL;
  if (who == NULL || !rungs_record_ask (db, SQL_HAS_VAT_ID, partner, 0, &has_vat_id, error))
    return FALSE;
  *known = *business->country != '\0' && *who->country != '\0';
  if (*known)
    billing->vat = case_of (business->country, who->country, has_vat_id != 0);
  if (billing->vat == RUNGS_VAT_RATE
      && !rungs_tax_get_vat (business->country, day, &billing->rate))
    *known = FALSE;
  return TRUE;
}

/* ---- what an invoice needs */

static const struct
{
  RungsSelfBillingLack lack;
  const char *words;
} LACKS[] = {
  { RUNGS_LACKS_BUSINESS_NAME, N_ ("the name of the business") },
  { RUNGS_LACKS_BUSINESS_ADDRESS, N_ ("the postal address of the business") },
  { RUNGS_LACKS_BUSINESS_VAT_ID, N_ ("the VAT id of the business") },
  { RUNGS_LACKS_ADDRESS, N_ ("the postal address of the partner") },
  { RUNGS_LACKS_VAT_ID, N_ ("the VAT id of the partner") },
  { RUNGS_LACKS_TAX_ID, N_ ("a VAT id or tax number of the partner") },
};

static guint
lacks_of_business (const RungsBusiness *business,
                   RungsVatCase         vat)
{
  guint lacks = 0;

  if (*business->name == '\0')
    lacks |= RUNGS_LACKS_BUSINESS_NAME;
  if (*business->address == '\0')
    lacks |= RUNGS_LACKS_BUSINESS_ADDRESS;
  if (*business->vat_id == '\0' && vat == RUNGS_VAT_REVERSE_CHARGE)
    lacks |= RUNGS_LACKS_BUSINESS_VAT_ID;
  return lacks;
}

/* What a partner of whom nothing is known lacks. */
static guint
lacks_of_stranger (RungsVatCase vat)
{
  switch (vat)
    {
    case RUNGS_VAT_REVERSE_CHARGE:
      return RUNGS_LACKS_ADDRESS | RUNGS_LACKS_VAT_ID;
    case RUNGS_VAT_RATE:
    case RUNGS_VAT_SMALL_BUSINESS:
      return RUNGS_LACKS_ADDRESS | RUNGS_LACKS_TAX_ID;
    case RUNGS_VAT_NONE:
    default:
      return RUNGS_LACKS_ADDRESS;
    }
}

/* What is not lacking where a field is stored: that it is, is known without reading it. */
static guint
given_by (const char *field)
{
  if (strcmp (field, "address") == 0)
    return RUNGS_LACKS_ADDRESS;
  if (strcmp (field, "vat_id") == 0)
    return RUNGS_LACKS_VAT_ID | RUNGS_LACKS_TAX_ID;
  return strcmp (field, "tax_number") == 0 ? RUNGS_LACKS_TAX_ID : 0;
}

gboolean
rungs_self_billing_find_lacks (RungsDb      *db,
                               gint64        partner,
                               RungsVatCase  vat,
                               guint        *lacks,
                               GError      **error)
{
  g_autoptr (RungsBusiness) business = NULL;
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL && lacks != NULL, FALSE);

  business = rungs_business_load (db, error);
  query = business != NULL ? rungs_db_prepare (db, SQL_FIELDS, error) : NULL;
  if (query == NULL)
    return FALSE;
  *lacks = lacks_of_stranger (vat);
  rungs_statement_bind_int64 (query, ":id", partner);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    *lacks &= ~given_by (rungs_statement_get_text (query, 0));
  *lacks |= lacks_of_business (business, vat);
  return rungs_statement_done (query, error);
}

char *
rungs_self_billing_dup_lacks (guint lacks)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (LACKS); i++)
    if ((lacks & LACKS[i].lack) != 0)
      g_ptr_array_add (words, (gpointer) _ (LACKS[i].words));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}

gboolean
rungs_self_billing_holds (const RungsSelfBilling *billing,
                          const char             *day)
{
  g_return_val_if_fail (billing != NULL && day != NULL, FALSE);

  return *billing->agreed_on != '\0' && strcmp (billing->agreed_on, day) <= 0;
}

gboolean
rungs_self_billing_get_net (gint64  paid,
                            gint64  rate,
                            gint64 *net)
{
  g_return_val_if_fail (net != NULL, FALSE);

  return rungs_money_times (paid, 10000, 10000 + rate, net);
}
