/* rungs-self-invoice-store.c: invoices that the business writes in the name of its partners. */

#include "partners/rungs-self-invoice-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-foreign-json.h"
#include "base/rungs-json-members.h"
#include "base/rungs-time.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-partner-statement-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payee-store.h"

static const char SQL_NEXT[] = "SELECT coalesce (max (number), 0) + 1 FROM self_invoice"
                               " WHERE :id = 0";

static const char SQL_ADD[]
    = "INSERT INTO self_invoice (number, payout, partner, made_at, from_at, until_at, language,"
      "                          currency, approved, set_off, net, vat, treatment, rate, parties)"
      " VALUES (:number, :payout, :partner, :now, :from, :until, :language,"
      "         :currency, :approved, :set_off, :net, :vat, :treatment, :rate, :parties)";

static const char SQL_CANCEL[]
    = "INSERT INTO self_invoice (number, payout, partner, cancels, made_at, from_at, until_at,"
      "                          language, currency, approved, set_off, net, vat, treatment, rate)"
      " SELECT (SELECT max (number) + 1 FROM self_invoice), payout, partner, number, :now, from_at,"
      "        until_at, language, currency, -approved, -set_off, -net, -vat, treatment, rate"
      "   FROM self_invoice i"
      "  WHERE payout = :payout AND partner = :partner AND cancels IS NULL"
      "    AND NOT EXISTS (SELECT 1 FROM self_invoice c WHERE c.cancels = i.number)";

static const char SQL_FIND[] = "SELECT coalesce (max (number), 0) FROM self_invoice"
                               " WHERE payout = :payout AND partner = :partner";

#define COLUMNS                                                                                    \
  " i.number, i.payout, i.partner, coalesce (i.cancels, 0), coalesce (c.number, 0), i.made_at,"    \
  " i.from_at, i.until_at, i.language, i.currency, i.approved, i.set_off, i.net, i.vat,"           \
  " i.treatment, i.rate, p.name "
#define FROM                                                                                       \
  "FROM self_invoice i JOIN partner p ON p.id = i.partner"                                         \
  " LEFT JOIN self_invoice c ON c.cancels = i.number "

static const char SQL_LOAD[] = "SELECT" COLUMNS FROM "WHERE i.number = :id";

static const char SQL_LIST[] = "SELECT" COLUMNS FROM "ORDER BY i.number DESC";

static const char SQL_LIST_OF[]
    = "SELECT" COLUMNS FROM "WHERE i.payout = :id ORDER BY i.number DESC";

static const char SQL_PARTIES[] = "SELECT parties FROM self_invoice WHERE number = :id";

void
rungs_self_invoice_free (RungsSelfInvoice *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->language);
  g_free (self);
}

char *
rungs_self_invoice_dup_number (gint64 number)
{
  return g_strdup_printf ("SB-%" G_GINT64_FORMAT, number);
}

void
rungs_self_invoice_parties_free (RungsSelfInvoiceParties *self)
{
  if (self == NULL)
    return;
  g_free (self->business);
  g_free (self->business_address);
  g_free (self->business_vat_id);
  g_free (self->partner);
  g_free (self->address);
  g_free (self->vat_id);
  g_free (self->tax_number);
  g_free (self->country);
  g_free (self->agreed_on);
  g_free (self);
}

/* ---- who was who */

static char *
parties_to_json (const RungsSelfInvoiceParties *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "business", self->business);
  rungs_json_add_text (builder, "business_address", self->business_address);
  rungs_json_add_text (builder, "business_vat_id", self->business_vat_id);
  rungs_json_add_text (builder, "partner", self->partner);
  rungs_json_add_text (builder, "address", self->address);
  rungs_json_add_text (builder, "vat_id", self->vat_id);
  rungs_json_add_text (builder, "tax_number", self->tax_number);
  rungs_json_add_text (builder, "country", self->country);
  rungs_json_add_text (builder, "agreed_on", self->agreed_on);
  json_builder_end_object (builder);
  return rungs_json_dup (builder);
}

static char *
dup_member (JsonObject *object,
            const char *member)
{
  const char *text = rungs_foreign_json_get_text (object, member);

  return g_strdup (text != NULL ? text : "");
}

static RungsSelfInvoiceParties *
parties_from_json (const char  *json,
                   GError     **error)
{
  g_autoptr (JsonObject) object = rungs_foreign_json_parse (json, strlen (json), error);
  RungsSelfInvoiceParties *self;

  if (object == NULL)
    return NULL;
  self = g_new0 (RungsSelfInvoiceParties, 1);
  self->business = dup_member (object, "business");
  self->business_address = dup_member (object, "business_address");
  self->business_vat_id = dup_member (object, "business_vat_id");
  self->partner = dup_member (object, "partner");
  self->address = dup_member (object, "address");
  self->vat_id = dup_member (object, "vat_id");
  self->tax_number = dup_member (object, "tax_number");
  self->country = dup_member (object, "country");
  self->agreed_on = dup_member (object, "agreed_on");
  return self;
}

static RungsSelfInvoiceParties *
parties_of (RungsDb                *db,
            const RungsPartner     *partner,
            const RungsSelfBilling *billing,
            const RungsSealKey     *key,
            GError                **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (RungsPayee) payee
      = business != NULL ? rungs_payee_load (db, partner->id, key, error) : NULL;
  RungsSelfInvoiceParties *self;

  if (payee == NULL)
    return NULL;
  self = g_new0 (RungsSelfInvoiceParties, 1);
  self->business = g_strdup (business->name);
  self->business_address = g_strdup (business->address);
  self->business_vat_id = g_strdup (business->vat_id);
  self->partner = g_strdup (partner->name);
  self->address = g_strdup (rungs_payee_get (payee, RUNGS_PAYEE_ADDRESS));
  self->vat_id = g_strdup (rungs_payee_get (payee, RUNGS_PAYEE_VAT_ID));
  self->tax_number = g_strdup (rungs_payee_get (payee, RUNGS_PAYEE_TAX_NUMBER));
  self->country = g_strdup (partner->country);
  self->agreed_on = g_strdup (billing->agreed_on);
  return self;
}

/* Names all that is missing. */
static gboolean
is_complete (RungsDb       *db,
             gint64         partner,
             RungsVatCase   vat,
             GError       **error)
{
  g_autofree char *all = NULL;
  guint lacks;

  if (!rungs_self_billing_find_lacks (db, partner, vat, &lacks, error))
    return FALSE;
  if (lacks == 0)
    return TRUE;
  all = rungs_self_billing_dup_lacks (lacks);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the invoice lacks %s"), all);
  return FALSE;
}

/* What is sealed belongs to this invoice of this partner. */
static char *
dup_field (gint64 number)
{
  return g_strdup_printf ("invoice-%" G_GINT64_FORMAT, number);
}

/* ---- writing */

static gboolean
has_agreed (RungsDb                *db,
            const RungsSelfBilling *billing,
            gint64                  now,
            GError                **error)
{
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);
  g_autofree char *today = zone != NULL ? rungs_time_format_day (now, zone) : NULL;

  if (today == NULL)
    return FALSE;
  if (rungs_self_billing_holds (billing, today))
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("the partner has not agreed that you write the invoices"));
  return FALSE;
}

static gboolean
may_be_made (RungsDb               *db,
             const RungsPayoutItem *item,
             GError               **error)
{
  g_autofree char *text = NULL;
  gint64 number;

  if (!rungs_self_invoice_find (db, item->payout, item->partner, &number, error))
    return FALSE;
  if (number != 0)
    {
      text = rungs_self_invoice_dup_number (number);
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("there is invoice %s of this payment already"), text);
      return FALSE;
    }
  if (item->state == RUNGS_PAYOUT_PAYABLE || item->state == RUNGS_PAYOUT_PAID)
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                       _ ("the payment failed or came back: there is no invoice of it"));
  return FALSE;
}

static gboolean
split_vat (RungsSelfInvoice *self,
           GError          **error)
{
  gint64 paid = self->approved - self->set_off;

  if (!rungs_self_billing_get_net (paid, self->rate, &self->net))
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("the amount is too large"));
      return FALSE;
    }
  self->vat = paid - self->net;
  return TRUE;
}

static gboolean
fill (RungsSelfInvoice            *self,
      const RungsPartnerStatement *statement,
      const RungsSelfBilling      *billing,
      gint64                       now,
      GError                     **error)
{
  self->payout = statement->item.payout;
  self->partner = statement->item.partner;
  self->approved = statement->item.approved;
  self->set_off = statement->item.set_off;
  self->treatment = billing->vat;
  self->rate = billing->rate;
  self->made_at = now;
  g_strlcpy (self->currency, statement->payout->currency, sizeof self->currency);
  for (guint i = 0; i < statement->lines->len; i++)
    {
      gint64 at = ((const RungsPartnerStatementLine *) statement->lines->pdata[i])->at;

      self->from_at = i == 0 ? at : MIN (self->from_at, at);
      self->until_at = i == 0 ? at : MAX (self->until_at, at);
    }
  return split_vat (self, error);
}

static gboolean
store (RungsDb                *db,
       const RungsSelfInvoice *self,
       GBytes                 *parties,
       GError                **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);

  if (add == NULL)
    return FALSE;
  rungs_statement_bind_int64 (add, ":number", self->number);
  rungs_statement_bind_int64 (add, ":payout", self->payout);
  rungs_statement_bind_int64 (add, ":partner", self->partner);
  rungs_statement_bind_int64 (add, ":now", self->made_at);
  rungs_statement_bind_int64 (add, ":from", self->from_at);
  rungs_statement_bind_int64 (add, ":until", self->until_at);
  rungs_statement_bind_text (add, ":language", self->language);
  rungs_statement_bind_text (add, ":currency", self->currency);
  rungs_statement_bind_int64 (add, ":approved", self->approved);
  rungs_statement_bind_int64 (add, ":set_off", self->set_off);
  rungs_statement_bind_int64 (add, ":net", self->net);
  rungs_statement_bind_int64 (add, ":vat", self->vat);
  rungs_statement_bind_text (add, ":treatment", rungs_vat_cases ()[self->treatment]);
  rungs_statement_bind_int64 (add, ":rate", self->rate);
  rungs_statement_bind_blob (add, ":parties", g_bytes_get_data (parties, NULL),
                             g_bytes_get_size (parties));
  return rungs_statement_run (add, error);
}

gint64
rungs_self_invoice_make (RungsDb             *db,
                         gint64               payout,
                         gint64               partner,
                         const RungsSealKey  *key,
                         const char          *language,
                         gint64               now,
                         GError             **error)
{
  g_autoptr (RungsSelfInvoice) self = g_new0 (RungsSelfInvoice, 1);
  g_autoptr (RungsPartnerStatement) statement = NULL;
  g_autoptr (RungsPartner) who = NULL;
  g_autoptr (RungsSelfInvoiceParties) parties = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autofree char *json = NULL;
  g_autofree char *field = NULL;
  RungsSelfBilling billing;

  g_return_val_if_fail (db != NULL && key != NULL && language != NULL, 0);

  statement = rungs_partner_statement_load (db, payout, partner, error);
  who = statement != NULL ? rungs_partner_load (db, partner, error) : NULL;
  if (who == NULL || !may_be_made (db, &statement->item, error)
      || !rungs_self_billing_load (db, partner, &billing, error)
      || !has_agreed (db, &billing, now, error)
      || !is_complete (db, partner, billing.vat, error))
    return 0;
  parties = parties_of (db, who, &billing, key, error);
  if (parties == NULL
      || !rungs_record_ask (db, SQL_NEXT, 0, 1, &self->number, error)
      || !fill (self, statement, &billing, now, error))
    return 0;
  self->language = g_strdup (*who->language != '\0' ? who->language : language);
  json = parties_to_json (parties);
  field = dup_field (self->number);
  sealed = rungs_seal (key, who->uuid, field, json, error);
  return sealed != NULL && store (db, self, sealed, error) ? self->number : 0;
}

static RungsStatement *
ask_item (RungsDb     *db,
          const char  *sql,
          gint64       payout,
          gint64       partner,
          GError     **error)
{
  RungsStatement *query = rungs_db_prepare (db, sql, error);

  if (query != NULL)
    {
      rungs_statement_bind_int64 (query, ":payout", payout);
      rungs_statement_bind_int64 (query, ":partner", partner);
    }
  return query;
}

gboolean
rungs_self_invoice_cancel (RungsDb *db,
                           gint64   payout,
                           gint64   partner,
                           gint64   now,
                           GError **error)
{
  g_autoptr (RungsStatement) cancel = NULL;

  g_return_val_if_fail (db != NULL, FALSE);

  cancel = ask_item (db, SQL_CANCEL, payout, partner, error);
  if (cancel == NULL)
    return FALSE;
  rungs_statement_bind_int64 (cancel, ":now", now);
  return rungs_statement_run (cancel, error);
}

/* ---- reading */

static gpointer
read_invoice (RungsStatement *row)
{
  RungsSelfInvoice *self = g_new0 (RungsSelfInvoice, 1);

  self->number = rungs_statement_get_int64 (row, 0);
  self->payout = rungs_statement_get_int64 (row, 1);
  self->partner = rungs_statement_get_int64 (row, 2);
  self->cancels = rungs_statement_get_int64 (row, 3);
  self->cancelled_by = rungs_statement_get_int64 (row, 4);
  self->made_at = rungs_statement_get_int64 (row, 5);
  self->from_at = rungs_statement_get_int64 (row, 6);
  self->until_at = rungs_statement_get_int64 (row, 7);
  self->language = rungs_statement_dup_text (row, 8);
  g_strlcpy (self->currency, rungs_statement_get_text (row, 9), sizeof self->currency);
  self->approved = rungs_statement_get_int64 (row, 10);
  self->set_off = rungs_statement_get_int64 (row, 11);
  self->net = rungs_statement_get_int64 (row, 12);
  self->vat = rungs_statement_get_int64 (row, 13);
  rungs_vat_case_from_text (rungs_statement_get_text (row, 14), &self->treatment);
  self->rate = rungs_statement_get_int64 (row, 15);
  self->name = rungs_statement_dup_text (row, 16);
  return self;
}

RungsSelfInvoice *
rungs_self_invoice_load (RungsDb *db,
                         gint64   number,
                         GError **error)
{
  g_return_val_if_fail (db != NULL, NULL);

  return rungs_record_load (db, SQL_LOAD, number, read_invoice, "invoice", error);
}

gboolean
rungs_self_invoice_find (RungsDb *db,
                         gint64   payout,
                         gint64   partner,
                         gint64  *number,
                         GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL && number != NULL, FALSE);

  query = ask_item (db, SQL_FIND, payout, partner, error);
  return query != NULL && rungs_statement_get_number (query, 0, number, error);
}

GPtrArray *
rungs_self_invoice_list (RungsDb *db,
                         GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LIST, error);
  return rungs_record_list (query, read_invoice, (GDestroyNotify) rungs_self_invoice_free, error);
}

GPtrArray *
rungs_self_invoice_list_of (RungsDb *db,
                            gint64   payout,
                            GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LIST_OF, error);
  if (query != NULL)
    rungs_statement_bind_int64 (query, ":id", payout);
  return rungs_record_list (query, read_invoice, (GDestroyNotify) rungs_self_invoice_free, error);
}

/* One that takes another back is about the same. */
RungsSelfInvoiceParties *
rungs_self_invoice_load_parties (RungsDb                *db,
                                 const RungsSelfInvoice *invoice,
                                 const RungsSealKey     *key,
                                 GError                **error)
{
  gint64 number;
  g_autoptr (RungsPartner) partner = NULL;
  g_autoptr (RungsStatement) query = NULL;
  g_autofree char *field = NULL;
  g_autofree char *json = NULL;
  gconstpointer sealed;
  gsize size;

  g_return_val_if_fail (db != NULL && invoice != NULL && key != NULL, NULL);

  number = invoice->cancels != 0 ? invoice->cancels : invoice->number;
  partner = rungs_partner_load (db, invoice->partner, error);
  query = partner != NULL ? rungs_db_prepare (db, SQL_PARTIES, error) : NULL;
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", number);
  if (rungs_statement_step (query, error) != RUNGS_ROW)
    return NULL;
  field = dup_field (number);
  sealed = rungs_statement_get_blob (query, 0, &size);
  json = rungs_unseal (key, partner->uuid, field, sealed, size, error);
  return json != NULL ? parties_from_json (json, error) : NULL;
}
