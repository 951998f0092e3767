/* rungs-payment-command.c: from which account partners are paid. */

#include <glib/gi18n.h>

#include "rungs-commands.h"
#include "rungs-payee-options.h"

static const RungsColumn FROM_COLUMNS[] = {
  RUNGS_PAYEE_BANK_COLUMNS,
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

static const GOptionEntry FROM_OPTIONS[] = {
  RUNGS_PAYEE_BANK_OPTIONS,
  RUNGS_PAYEE_SHOW_OPTIONS,
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_PAYMENT_COMMANDS[] = {
  { "payout from", "", N_ ("Show or change your account that partners are paid from"),
    RUNGS_COMMAND_HOLDS, pay_from, FROM_OPTIONS,
    N_ ("It stands encrypted in the file, as the details of partners do. Without --holder it is\n"
        "in the name of the business."),
    "{holder, iban, bic}" },
  { NULL },
};
