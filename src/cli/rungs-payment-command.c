/* rungs-payment-command.c: from which account partners are paid, and by which files. */

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "mail/rungs-secret.h"
#include "partners/rungs-partner-statement.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payment-file.h"
#include "partners/rungs-payout-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-paper-output.h"
#include "rungs-payee-options.h"

static const RungsColumn FROM_COLUMNS[] = {
  RUNGS_PAYEE_BANK_COLUMNS,
  { NULL },
};

static const RungsColumn FILE_COLUMNS[] = {
  { "file", N_ ("File"), RUNGS_COLUMN_TEXT, NULL },
  { "format", N_ ("Format"), RUNGS_COLUMN_TEXT, NULL },
  { "payments", N_ ("Payments"), RUNGS_COLUMN_NUMBER, NULL },
  { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },
  { "on", N_ ("To be paid on"), RUNGS_COLUMN_TEXT, NULL },
  { "left_out", N_ ("Paid in another way"), RUNGS_COLUMN_COUNT, NULL },
  { NULL },
};

static const RungsColumn STATEMENTS_COLUMNS[] = {
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },
  { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },
  { "file", N_ ("File"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn STATEMENT_COLUMNS[] = {
  { "file", N_ ("File"), RUNGS_COLUMN_TEXT, NULL },
  { "lines", N_ ("Commissions"), RUNGS_COLUMN_NUMBER, NULL },
  { "approved", N_ ("May be paid"), RUNGS_COLUMN_MONEY, NULL },
  { "set_off", N_ ("Set off"), RUNGS_COLUMN_MONEY, NULL },
  { "amount", N_ ("Amount"), RUNGS_COLUMN_MONEY, NULL },
  { NULL },
};

static gboolean
pay_from (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  g_autoptr (RungsPayee) payee = NULL;
  JsonObject *row;

  if (!rungs_payee_change (call, db, RUNGS_PAYEE_BUSINESS, error))
    return FALSE;
  payee = rungs_payee_open (db, RUNGS_PAYEE_BUSINESS, error);
  if (payee == NULL)
    return FALSE;
  row = rungs_row_new ();
  rungs_payee_to_row (payee, RUNGS_PAYEE_BIC, rungs_invocation_has (call, "whole"), row);
  rungs_column_show (call, FROM_COLUMNS, row);
  return TRUE;
}

/* ---- files */

static gboolean
take_request (RungsInvocation      *call,
              RungsPaymentRequest  *request,
              GError              **error)
{
  guint format = 0;

  if (!rungs_invocation_get_id (call, 0, &request->payout, error)
      || !rungs_invocation_require (call, "format", error)
      || !rungs_invocation_get_choice (call, "format", rungs_payment_formats (), &format, error)
      || !rungs_invocation_get_time (call, "on", &request->on, error))
    return FALSE;
  request->format = format;
  request->fitting = rungs_invocation_has (call, "fitting");
  request->by_comma = rungs_invocation_has (call, "decimal-comma");
  return TRUE;
}

static JsonObject *
file_to_row (const RungsPaymentFile    *file,
             const RungsPaymentRequest *request,
             const char                *path)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "payout", file->payout);
  rungs_row_set_text (row, "file", path);
  rungs_row_set_text (row, "format", rungs_payment_formats ()[request->format]);
  rungs_row_set_number (row, "payments", file->payments->len);
  rungs_row_set_money (row, "amount", rungs_money (file->amount, file->currency));
  rungs_row_set_text (row, "on", request->format == RUNGS_PAYMENT_SEPA ? file->on : NULL);
  rungs_row_set_number (row, "left_out", file->left_out);
  return row;
}

static gboolean
write_file (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  const char *path = rungs_invocation_get_argument (call, 1);
  RungsPaymentRequest request = { 0 };
  g_autoptr (RungsSealKey) key = NULL;
  g_autoptr (RungsPaymentFile) file = NULL;
  gboolean there;

  if (!take_request (call, &request, error) || !rungs_payees_are_there (db, &there, error))
    return FALSE;
  if (there)
    key = rungs_payee_key (db, FALSE, RUNGS_SECRET_PATIENT_TIMEOUT, NULL, error);
  if (there && key == NULL)
    return FALSE;
  file = rungs_payment_file_make (db, &request, key, rungs_invocation_get_now (call), error);
  if (file == NULL
      || !rungs_payment_text_save (file->text, path, rungs_invocation_has (call, "force"), error))
    return FALSE;
  rungs_column_show (call, FILE_COLUMNS, file_to_row (file, &request, path));
  return TRUE;
}

/* ---- statements */

static JsonObject *
statement_to_row (const RungsPartnerStatement *statement,
                  const char                  *path)
{
  const RungsPayoutItem *item = &statement->item;
  const char *currency = statement->payout->currency;
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "payout", item->payout);
  rungs_row_set_text (row, "partner", statement->partner);
  rungs_row_set_text (row, "file", path);
  rungs_row_set_number (row, "lines", statement->lines->len);
  rungs_row_set_money (row, "approved", rungs_money (item->approved, currency));
  rungs_row_set_money (row, "set_off", rungs_money (item->set_off, currency));
  rungs_row_set_money (row, "amount", rungs_money (item->approved - item->set_off, currency));
  return row;
}

static gboolean
write_statement (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  const char *path = rungs_invocation_get_text (call, "output", NULL);
  g_autoptr (RungsPartner) partner = NULL;
  g_autoptr (RungsPartnerStatement) statement = NULL;
  g_autoptr (RungsPaper) paper = NULL;
  gint64 payout;

  if (!rungs_invocation_get_id (call, 0, &payout, error)
      || !rungs_invocation_require (call, "output", error))
    return FALSE;
  partner = rungs_partner_load_by_name (db, rungs_invocation_get_argument (call, 1), error);
  statement = partner != NULL ? rungs_partner_statement_load (db, payout, partner->id, error)
                              : NULL;
  if (statement == NULL)
    return FALSE;
  paper = rungs_partner_statement_to_paper (statement, g_get_language_names ()[0]);
  if (!rungs_paper_write (call, paper, error))
    return FALSE;
  rungs_column_show (call, STATEMENT_COLUMNS, statement_to_row (statement, path));
  return TRUE;
}

/* The same of all who are in the payout, as PDF unless --format says something else. */
static gboolean
save_statements (RungsInvocation  *call,
                 RungsDb          *db,
                 gint64            payout,
                 GArray           *items,
                 GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, STATEMENTS_COLUMNS);
  gboolean pdf = TRUE;

  if (!rungs_paper_take_format (call, &pdf, error))
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr (RungsPartnerStatement) statement = NULL;
      g_autofree char *path = NULL;

      statement = rungs_partner_statement_save (
          db, payout, g_array_index (items, RungsPayoutItem, i).partner, g_get_language_names ()[0],
          pdf, rungs_invocation_get_argument (call, 1), rungs_invocation_has (call, "force"), &path,
          error);
      if (statement == NULL)
        return FALSE;
      rungs_listing_add (listing, statement_to_row (statement, path));
    }
  rungs_listing_end (listing, "");
  return TRUE;
}

static gboolean
write_statements (RungsInvocation  *call,
                  RungsDb          *db,
                  GError          **error)
{
  const char *folder = rungs_invocation_get_argument (call, 1);
  g_autoptr (GArray) items = NULL;
  gint64 payout;

  if (!rungs_invocation_get_id (call, 0, &payout, error))
    return FALSE;
  items = rungs_payout_list_items (db, payout, error);
  if (items == NULL)
    return FALSE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", folder,
                   g_strerror (errno));
      return FALSE;
    }
  return save_statements (call, db, payout, items, error);
}

static const GOptionEntry FROM_OPTIONS[] = {
  RUNGS_PAYEE_BANK_OPTIONS,
  RUNGS_PAYEE_SHOW_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry FILE_OPTIONS[] = {
  RUNGS_OPTION ("format", N_ ("FORMAT"), N_ ("sepa (pain.001.001.09), paypal, wise or csv")),
  RUNGS_OPTION ("on", N_ ("DAY"),
                N_ ("When the bank is to pay; today where nothing is said, or the next day on "
                    "which banks do")),
  RUNGS_FLAG ("fitting", N_ ("Leave out who is paid in another way")),
  RUNGS_FLAG ("decimal-comma", N_ ("Amounts for PayPal as 5,45")),
  RUNGS_FLAG ("force", N_ ("Replace a file that is there")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry STATEMENT_OPTIONS[] = {
  RUNGS_PAPER_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry STATEMENTS_OPTIONS[] = {
  RUNGS_OPTION ("format", N_ ("FORMAT"), N_ ("html or pdf; unless said, pdf")),
  RUNGS_FLAG ("force", N_ ("Replace files that are there")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_PAYMENT_COMMANDS[] = {
  { "payout from", "", N_ ("Show or change your account that partners are paid from"),
    RUNGS_COMMAND_HOLDS, pay_from, FROM_OPTIONS,
    N_ ("It stands encrypted in the file, as the details of partners do. Without --holder it is\n"
        "in the name of the business."),
    "{holder, iban, bic}" },
  { "payout file", "PAYOUT FILE", N_ ("Write a payout for the bank, PayPal or Wise"),
    RUNGS_COMMAND_READS, write_file, FILE_OPTIONS,
    N_ ("In the file is who waits for a payment of this payout. Either all of them can be paid by\n"
        "it, or nothing is written, and who cannot is named. It holds account numbers: delete it\n"
        "when the bank has it. Say then with payout mark what became of the payments."),
    "{payout, file, format, payments, amount, on, left_out}" },
  { "payout statement", "PAYOUT PARTNER", N_ ("Write what a partner is paid, and what for"),
    RUNGS_COMMAND_READS, write_statement, STATEMENT_OPTIONS,
    N_ ("A page or a PDF in the language of the partner, German or English, to be sent or\n"
        "printed. Where it would not agree with the ledger to the cent, none is written."),
    "{payout, partner, file, lines, approved, set_off, amount}" },
  { "payout write-statements", "PAYOUT FOLDER",
    N_ ("Write the statements of all who are in a payout into a folder"), RUNGS_COMMAND_READS,
    write_statements, STATEMENTS_OPTIONS, N_ ("Each is what payout statement writes."),
    "[payout, partner, file, lines, approved, set_off, amount]" },
  { NULL },
};
