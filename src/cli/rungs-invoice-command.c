/* rungs-invoice-command.c: invoices that the business writes in the name of its partners. */

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/rungs-error.h"
#include "mail/rungs-secret.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payee-store.h"
#include "partners/rungs-payment-file.h"
#include "partners/rungs-self-invoice-plan-store.h"
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
row_of (const RungsSelfInvoice *invoice)
{
  gint64 amount = invoice->net + invoice->vat;
  JsonObject *row = rungs_row_new ();

  set_number (row, "number", invoice->number);
  rungs_row_set_time (row, "made_at", invoice->made_at);
  rungs_row_set_number (row, "payout", invoice->payout);
  rungs_row_set_text (row, "partner", invoice->name);
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
  const char *path = rungs_invocation_get_text (call, "csv", NULL);
  g_autoptr (RungsListing) listing = NULL;
  g_autoptr (GPtrArray) invoices = rungs_self_invoice_list (db, error);
  g_autofree char *csv = NULL;

  if (invoices == NULL)
    return FALSE;
  if (path != NULL)
    csv = rungs_self_invoices_to_csv (invoices, rungs_invocation_get_zone (call));
  if (csv != NULL
      && !rungs_payment_text_save (csv, path, rungs_invocation_has (call, "force"), error))
    return FALSE;
  listing = rungs_listing_new (call, LIST_COLUMNS);
  for (guint i = 0; i < invoices->len; i++)
    rungs_listing_add (listing, row_of (invoices->pdata[i]));
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
  g_autoptr (RungsPaper) paper
      = invoice != NULL ? rungs_self_invoice_load_paper (db, number, key, error) : NULL;
  JsonObject *row;

  if (paper == NULL || !rungs_paper_write (call, paper, error))
    return FALSE;
  row = row_of (invoice);
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

/* ---- all of a payout */

#define PLAN_COLUMNS                                                                               \
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },                                          \
      { "state", N_ ("State"), RUNGS_COLUMN_TERM, NULL },                                          \
      { "number", N_ ("Invoice"), RUNGS_COLUMN_TEXT, NULL },                                       \
      { "cancelled_by", N_ ("Taken back by"), RUNGS_COLUMN_TEXT, NULL },                           \
      { "net", N_ ("Net"), RUNGS_COLUMN_MONEY, NULL },                                             \
      { "vat_amount", N_ ("VAT"), RUNGS_COLUMN_MONEY, NULL },                                      \
      { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },                                       \
      { "vat", N_ ("How it is taxed"), RUNGS_COLUMN_TERM, NULL },                                  \
      { "lacks", N_ ("Lacks"), RUNGS_COLUMN_TEXT, NULL }

static const RungsColumn PREVIEW_COLUMNS[] = {
  PLAN_COLUMNS,
  { NULL },
};

static const RungsColumn WRITTEN_COLUMNS[] = {
  PLAN_COLUMNS,
  { "file", N_ ("File"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

#define PLAN_KEYS "partner, state, number, cancelled_by, net, vat_amount, amount, vat, rate, lacks"

static void
set_amount (JsonObject                 *row,
            const char                 *key,
            const RungsSelfInvoicePlan *plan,
            gint64                      minor)
{
  if (plan->number != 0)
    rungs_row_set_money (row, key, rungs_money (minor, plan->currency));
  else
    rungs_row_set_text (row, key, NULL);
}

static JsonObject *
plan_to_row (const RungsSelfInvoicePlan *plan)
{
  g_autofree char *lacks = rungs_self_billing_dup_lacks (plan->lacks);
  const char *vat = rungs_vat_cases ()[plan->billing.vat];
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "partner", plan->name);
  rungs_row_set_text (row, "state", rungs_self_invoice_states ()[plan->state]);
  set_number (row, "number", plan->number);
  set_number (row, "cancelled_by", plan->cancelled_by);
  set_amount (row, "net", plan, plan->net);
  set_amount (row, "vat_amount", plan, plan->vat);
  rungs_row_set_money (row, "amount", rungs_money (plan->paid, plan->currency));
  rungs_row_set_text (row, "vat", plan->number != 0 ? vat : NULL);
  rungs_row_set_number (row, "rate", plan->billing.rate);
  rungs_row_set_text (row, "lacks", plan->lacks != 0 ? lacks : NULL);
  return row;
}

static gboolean
preview (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  g_autoptr (RungsListing) listing = NULL;
  g_autoptr (GPtrArray) plans = NULL;
  gint64 payout;

  if (!rungs_invocation_get_id (call, 0, &payout, error))
    return FALSE;
  plans = rungs_self_invoice_plan (db, payout, 0, rungs_invocation_get_now (call), error);
  if (plans == NULL)
    return FALSE;
  listing = rungs_listing_new (call, PREVIEW_COLUMNS);
  for (guint i = 0; i < plans->len; i++)
    rungs_listing_add (listing, plan_to_row (plans->pdata[i]));
  rungs_listing_end (listing, _ ("There are no invoices."));
  return TRUE;
}

typedef struct
{
  gint64 payout;
  RungsSealKey *key; /* (owned) */
  gint64 now;
} MakingAll;

static gboolean
make_all_cb (RungsDb   *db,
             gpointer   data,
             GError   **error)
{
  const MakingAll *making = data;
  g_autoptr (GPtrArray) plans
      = rungs_self_invoice_plan (db, making->payout, 0, making->now, error);

  return plans != NULL
         && rungs_self_invoice_make_planned (db, making->payout, 0, plans, making->key,
                                             g_get_language_names ()[0], making->now, error);
}

/* `path` (out) (transfer full): of the file, where there is an invoice. */
static gboolean
save_planned (RungsInvocation             *call,
              RungsDb                     *db,
              const RungsSelfInvoicePlan  *plan,
              const RungsSealKey          *key,
              gboolean                     pdf,
              char                       **path,
              GError                     **error)
{
  g_autoptr (RungsPaper) paper = NULL;
  g_autofree char *number = rungs_self_invoice_dup_number (plan->number);
  g_autofree char *name = rungs_paper_dup_file_name (number, plan->name, pdf);

  if (plan->number == 0)
    return TRUE;
  *path = g_build_filename (rungs_invocation_get_argument (call, 1), name, NULL);
  paper = rungs_self_invoice_load_paper (db, plan->number, key, error);
  return paper != NULL
         && rungs_paper_save (paper, pdf, *path, rungs_invocation_has (call, "force"), error);
}

static gboolean
save_all (RungsInvocation     *call,
          RungsDb             *db,
          GPtrArray           *plans,
          const RungsSealKey  *key,
          GError             **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, WRITTEN_COLUMNS);
  gboolean pdf = TRUE;

  if (!rungs_paper_take_format (call, &pdf, error))
    return FALSE;
  for (guint i = 0; i < plans->len; i++)
    {
      g_autofree char *path = NULL;
      JsonObject *row;

      if (!save_planned (call, db, plans->pdata[i], key, pdf, &path, error))
        return FALSE;
      row = plan_to_row (plans->pdata[i]);
      rungs_row_set_text (row, "file", path);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no invoices."));
  return TRUE;
}

static gboolean
write_all (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  MakingAll making = { .now = rungs_invocation_get_now (call) };
  g_autoptr (RungsSealKey) key = NULL;
  g_autoptr (GPtrArray) plans = NULL;

  if (!rungs_invocation_get_id (call, 0, &making.payout, error))
    return FALSE;
  if (g_mkdir_with_parents (rungs_invocation_get_argument (call, 1), 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s",
                   rungs_invocation_get_argument (call, 1), g_strerror (errno));
      return FALSE;
    }
  key = rungs_payee_key (db, TRUE, RUNGS_SECRET_PATIENT_TIMEOUT, NULL, error);
  making.key = key;
  if (key == NULL || !rungs_db_write (db, make_all_cb, &making, error))
    return FALSE;
  plans = rungs_self_invoice_plan (db, making.payout, 0, making.now, error);
  return plans != NULL && save_all (call, db, plans, key, error);
}

static const GOptionEntry OPTIONS[] = {
  RUNGS_PAPER_OPTIONS,
  RUNGS_FLAG ("original", N_ ("Where it was taken back: that one, and not the one that did")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_OPTION ("csv", N_ ("FILE"), N_ ("Also write them into this file, for spreadsheets")),
  RUNGS_FLAG ("force", N_ ("Replace a file that is there")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry ALL_OPTIONS[] = {
  RUNGS_OPTION ("format", N_ ("FORMAT"), N_ ("html or pdf; unless said, pdf")),
  RUNGS_FLAG ("force", N_ ("Replace files that are there")),
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
    list_invoices, LIST_OPTIONS, NULL, "[" KEYS "]" },
  { "payout preview-invoices", "PAYOUT", N_ ("Tell who of a payout would get which invoice"),
    RUNGS_COMMAND_READS, preview, NULL,
    N_ ("Who has not agreed to it, or lacks what has to stand on it, gets none; nor is there one\n"
        "of a payment that failed or came back. Nothing is written by this."),
    "[" PLAN_KEYS "]" },
  { "payout write-invoices", "PAYOUT FOLDER",
    N_ ("Write all invoices of a payout into a folder (self-billing)"), RUNGS_COMMAND_HOLDS,
    write_all, ALL_OPTIONS,
    N_ ("Of who has agreed and lacks nothing, as payout preview-invoices tells before. What is\n"
        "made once stays so, as with payout invoice."),
    "[" PLAN_KEYS ", file]" },
  { NULL },
};
