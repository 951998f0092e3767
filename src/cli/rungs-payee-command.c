/* rungs-payee-command.c: how partners are paid. */

#include <glib/gi18n.h>

#include "mail/rungs-secret.h"
#include "partners/rungs-partner-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-payee-options.h"

static const RungsColumn COLUMNS[] = {
  { "partner", N_ ("Partner"), RUNGS_COLUMN_TEXT, NULL },
  { "pay_way", N_ ("Is paid by"), RUNGS_COLUMN_TERM, NULL },
  RUNGS_PAYEE_COLUMNS,
  { NULL },
};

#define KEYS                                                                                       \
  "partner, pay_way, holder, iban, bic, paypal, wise, other, address, tax_number, vat_id"

static JsonObject *
row_of (const RungsPartner *partner,
        const RungsPayee   *payee,
        gboolean            whole)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "partner", partner->name);
  rungs_row_set_text (row, "pay_way",
                      payee->way != RUNGS_PAY_UNSAID ? rungs_pay_way_to_text (payee->way) : NULL);
  rungs_payee_to_row (payee, RUNGS_PAYEE_VAT_ID, whole, row);
  return row;
}

static gboolean
details (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  g_autoptr (RungsPartner) partner
      = rungs_partner_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
  g_autoptr (RungsPayee) payee = NULL;

  if (partner == NULL || !rungs_payee_change (call, db, partner->id, error))
    return FALSE;
  payee = rungs_payee_open (db, partner->id, error);
  if (payee == NULL)
    return FALSE;
  rungs_column_show (call, COLUMNS, row_of (partner, payee, rungs_invocation_has (call, "whole")));
  return TRUE;
}

static gboolean
list_accounts (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);
  g_autoptr (GPtrArray) partners = rungs_partner_list (db, error);
  g_autoptr (RungsSealKey) key = NULL;
  gboolean there;

  if (partners == NULL || !rungs_payees_are_there (db, &there, error))
    return FALSE;
  if (there)
    key = rungs_payee_key (db, FALSE, RUNGS_SECRET_PATIENT_TIMEOUT, NULL, error);
  if (there && key == NULL)
    return FALSE;
  for (guint i = 0; i < partners->len; i++)
    {
      const RungsPartner *partner = g_ptr_array_index (partners, i);
      g_autoptr (RungsPayee) payee = rungs_payee_load (db, partner->id, key, error);

      if (payee == NULL)
        return FALSE;
      rungs_listing_add (listing, row_of (partner, payee, FALSE));
    }
  rungs_listing_end (listing, _ ("There are no partners."));
  return TRUE;
}

static const GOptionEntry OPTIONS[] = {
  RUNGS_OPTION ("way", N_ ("WAY"), N_ ("bank, paypal, wise or other; else what is given tells")),
  RUNGS_PAYEE_BANK_OPTIONS,
  RUNGS_OPTION ("paypal", N_ ("ADDRESS"), N_ ("E-mail address of the account at PayPal")),
  RUNGS_OPTION ("wise", N_ ("ADDRESS"), N_ ("E-mail address to which Wise writes")),
  RUNGS_OPTION ("other", N_ ("TEXT"), N_ ("How else the partner is paid")),
  RUNGS_OPTION ("address", N_ ("TEXT"), N_ ("Postal address")),
  RUNGS_OPTION ("tax-number", N_ ("NUMBER"), N_ ("Number at the tax office")),
  RUNGS_OPTION ("vat-id", N_ ("ID"), N_ ("VAT identification number")),
  RUNGS_PAYEE_SHOW_OPTIONS,
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_PAYEE_COMMANDS[] = {
  { "partner details", "NAME", N_ ("Show or change how a partner is paid"), RUNGS_COMMAND_HOLDS,
    details, OPTIONS,
    N_ ("The details stand encrypted in the file, and their key in the keyring of this computer:\n"
        "elsewhere nobody can read them. An empty value takes one away."),
    "{" KEYS "}" },
  { "partner accounts", "", N_ ("List how partners are paid"), RUNGS_COMMAND_READS, list_accounts,
    NULL, NULL, "[" KEYS "]" },
  { NULL },
};
