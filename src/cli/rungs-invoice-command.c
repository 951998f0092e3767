/* rungs-invoice-command.c: invoices that the business writes in the name of its partners. */

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "mail/rungs-secret.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payee-store.h"
#include "partners/rungs-self-invoice.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-paper-output.h"

#define INVOICE_COLUMNS                                                                            \
  { "number", N_ ("Invoice"), RUNGS_COLUMN_TEXT, NULL },                                           \
      { "made_at", N_ ("Made"), RUNGS_COLUMN_TIME, NULL },                                         \
      { "payout", N_ ("Payout"), RUNGS_COLUMN_NUMBER, NULL },                                      \
      { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },                                      \
      { "net", N_ ("Net"), RUNGS_COLUMN_MONEY, NULL },                                             \
      { "vat_amount", N_ ("VAT"), RUNGS_COLUMN_MONEY, NULL },                                      \
      { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },                                       \
      { "vat", N_ ("How it is taxed"), RUNGS_COLUMN_TERM, NULL },                                  \
      { "cancels", N_ ("Takes back"), RUNGS_COLUMN_TEXT, NULL },                                   \
      { "cancelled_by", N_ ("Taken back by"), RUNGS_COLUMN_TEXT, NULL }

static const RungsColumn LIST_COLUMNS[] = {
  INVOICE_COLUMNS,
  { NULL },
};

static const RungsColumn COLUMNS[] = {
  INVOICE_COLUMNS,
  { "file", N_ ("File"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

#define KEYS "number, made_at, payout, partner, net, vat_amount, amount, vat, rate, cancels,"      \
  " cancelled_by"

static void
set_number (JsonObject *row,
            const char *key,
            gint64      number)
{
  g_autofree char *text = number != 0 ? rungs_self_invoice_dup_number (number) : NULL;

  rungs_row_set_text (row, key, text);
}

static JsonObject *
row_of (RungsDb                 *db,
        const RungsSelfInvoice  *invoice,
        GError                 **error)
{
  g_autoptr (RungsPartner) partner = rungs_partner_load (db, invoice->partner, error);
  gint64 amount = invoice->net + invoice->vat;
  JsonObject *row;

  if (partner == NULL)
    return NULL;
  row = rungs_row_new ();
  set_number (row, "number", invoice->number);
  rungs_row_set_time (row, "made_at", invoice->made_at);
  rungs_row_set_number (row, "payout", invoice->payout);
  rungs_row_set_text (row, "partner", partner->name);
  rungs_row_set_money (row, "net", rungs_money (invoice->net, invoice->currency));
  rungs_row_set_money (row, "vat_amount", rungs_money (invoice->vat, invoice->currency));
  rungs_row_set_money (row, "amount", rungs_money (amount, invoice->currency));
  rungs_row_set_text (row, "vat", rungs_vat_cases ()[invoice->treatment]);
  rungs_row_set_number (row, "rate", invoice->rate);
  set_number (row, "cancels", invoice->cancels);
  set_number (row, "cancelled_by", invoice->cancelled_by);
  return row;
}

static gboolean
list_invoices (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, LIST_COLUMNS);
  g_autoptr (GPtrArray) invoices = rungs_self_invoice_list (db, error);

  if (invoices == NULL)
    return FALSE;
  for (guint i = 0; i < invoices->len; i++)
    {
      JsonObject *row = row_of (db, invoices->pdata[i], error);

      if (row == NULL)
        return FALSE;
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no invoices."));
  return TRUE;
}

/* ---- one */

typedef struct
{
  gint64 payout;
  gint64 partner;
  RungsSealKey *key; /* (owned) */
  gint64 now;
  gint64 number;
} Making;

static gboolean
make_cb (RungsDb   *db,
         gpointer   data,
         GError   **error)
{
  Making *making = data;

  making->number = rungs_self_invoice_make (db, making->payout, making->partner, making->key,
                                            g_get_language_names ()[0], making->now, error);
  return making->number != 0;
}

static gboolean
show (RungsInvocation     *call,
      RungsDb             *db,
      gint64               number,
      const RungsSealKey  *key,
      GError             **error)
{
  g_autoptr (RungsSelfInvoice) invoice = rungs_self_invoice_load (db, number, error);
  g_autoptr (RungsSelfInvoiceParties) parties
      = invoice != NULL ? rungs_self_invoice_load_parties (db, invoice, key, error) : NULL;
  g_autoptr (RungsPaper) paper = NULL;
  JsonObject *row;

  if (parties == NULL)
    return FALSE;
  paper = rungs_self_invoice_to_paper (invoice, parties, rungs_invocation_get_zone (call));
  row = rungs_paper_write (call, paper, error) ? row_of (db, invoice, error) : NULL;
  if (row == NULL)
    return FALSE;
  rungs_row_set_text (row, "file", rungs_invocation_get_text (call, "output", NULL));
  rungs_column_show (call, COLUMNS, row);
  return TRUE;
}

/* The one that is there, or a new one. `--original`: the one that was taken back. */
static gboolean
find_or_make (RungsInvocation  *call,
              RungsDb          *db,
              Making           *making,
              GError          **error)
{
  g_autoptr (RungsSelfInvoice) last = NULL;

  if (!rungs_self_invoice_find (db, making->payout, making->partner, &making->number, error))
    return FALSE;
  if (making->number == 0)
    return rungs_db_write (db, make_cb, making, error);
  if (!rungs_invocation_has (call, "original"))
    return TRUE;
  last = rungs_self_invoice_load (db, making->number, error);
  if (last != NULL && last->cancels != 0)
    making->number = last->cancels;
  return last != NULL;
}

static gboolean
write_invoice (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsPartner) partner = NULL;
  g_autoptr (RungsSealKey) key = NULL;
  Making making = { .now = rungs_invocation_get_now (call) };

  if (!rungs_invocation_get_id (call, 0, &making.payout, error)
      || !rungs_invocation_require (call, "output", error))
    return FALSE;
  partner = rungs_partner_load_by_name (db, rungs_invocation_get_argument (call, 1), error);
  key = partner != NULL
            ? rungs_payee_key (db, TRUE, RUNGS_SECRET_PATIENT_TIMEOUT, NULL, error)
            : NULL;
  if (key == NULL)
    return FALSE;
  making.partner = partner->id;
  making.key = key;
  return find_or_make (call, db, &making, error) && show (call, db, making.number, key, error);
}

static const GOptionEntry OPTIONS[] = {
  RUNGS_PAPER_OPTIONS,
  RUNGS_FLAG ("original", N_ ("Where it was taken back: that one, and not the one that did")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_INVOICE_COMMANDS[] = {
  { "payout invoice", "PAYOUT PARTNER", N_ ("Write the invoice of a partner (self-billing)"),
    RUNGS_COMMAND_HOLDS, write_invoice, OPTIONS,
    N_ ("For what the partner gets by that payout; the VAT is contained in it. Of each payment\n"
        "there is one: it is made the first time, and the same for ever. Where the payment failed\n"
        "or came back it is taken back by a further one. The partner must have agreed to it,\n"
        "which partner billing says. This is no tax advice."),
    "{" KEYS ", file}" },
  { "payout invoices", "", N_ ("List the invoices in the name of partners"), RUNGS_COMMAND_READS,
    list_invoices, NULL, NULL, "[" KEYS "]" },
  { NULL },
};
