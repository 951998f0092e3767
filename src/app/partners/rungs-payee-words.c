/* rungs-payee-words.c: how somebody is paid, in words. */

#include "rungs-payee-words.h"

#include <glib/gi18n.h>

#include "partners/rungs-bank-number.h"

const char *
rungs_pay_way_words (RungsPayWay way)
{
  switch (way)
    {
    case RUNGS_PAY_BANK:
      return _ ("Bank transfer");
    case RUNGS_PAY_PAYPAL:
      return _ ("PayPal");
    case RUNGS_PAY_WISE:
      return _ ("Wise");
    case RUNGS_PAY_OTHER:
      return _ ("Otherwise, in words");
    case RUNGS_PAY_UNSAID:
    default:
      return _ ("Nobody has said yet");
    }
}

const char *
rungs_payee_way_words (RungsPayWay way)
{
  return way == RUNGS_PAY_UNSAID ? _ ("Nobody has said yet how to pay") : rungs_pay_way_words (way);
}

const char *
rungs_payee_field_words (RungsPayeeField field)
{
  switch (field)
    {
    case RUNGS_PAYEE_HOLDER:
      return _ ("Account Holder");
    case RUNGS_PAYEE_IBAN:
      return _ ("IBAN");
    case RUNGS_PAYEE_BIC:
      return _ ("BIC");
    case RUNGS_PAYEE_PAYPAL:
      return _ ("Address at PayPal");
    case RUNGS_PAYEE_WISE:
      return _ ("Address for Wise");
    case RUNGS_PAYEE_OTHER:
      return _ ("How Else");
    case RUNGS_PAYEE_ADDRESS:
      return _ ("Postal Address");
    case RUNGS_PAYEE_TAX_NUMBER:
      return _ ("Tax Number");
    case RUNGS_PAYEE_VAT_ID:
    default:
      return _ ("VAT ID");
    }
}

/* Where the money goes. */
static RungsPayeeField
field_of (const RungsPayee *self)
{
  switch (self->way)
    {
    case RUNGS_PAY_PAYPAL:
      return RUNGS_PAYEE_PAYPAL;
    case RUNGS_PAY_WISE:
      return *rungs_payee_get (self, RUNGS_PAYEE_WISE) != '\0' ? RUNGS_PAYEE_WISE
                                                               : RUNGS_PAYEE_IBAN;
    case RUNGS_PAY_OTHER:
      return RUNGS_PAYEE_OTHER;
    case RUNGS_PAY_BANK:
    case RUNGS_PAY_UNSAID:
    default:
      return RUNGS_PAYEE_IBAN;
    }
}

char *
rungs_payee_dup_short (const RungsPayee *self)
{
  g_autofree char *where = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  where = rungs_payee_dup_masked (self, field_of (self));
  if (*where == '\0' || self->way == RUNGS_PAY_OTHER)
    return g_strdup (rungs_pay_way_words (self->way));
  /* Translators: the way of paying, and where to: "Bank transfer: DE89 … 00". */
  return g_strdup_printf (_ ("%s: %s"), rungs_pay_way_words (self->way), where);
}

char *
rungs_payee_dup_whole (const RungsPayee *self)
{
  g_autoptr (GString) words = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  words = g_string_new (rungs_pay_way_words (self->way));
  for (guint i = 0; i < RUNGS_PAYEE_N_FIELDS; i++)
    {
      const char *text = rungs_payee_get (self, i);
      g_autofree char *iban = i == RUNGS_PAYEE_IBAN ? rungs_iban_dup_grouped (text) : NULL;

      if (*text == '\0')
        continue;
      g_string_append_c (words, '\n');
      g_string_append_printf (words, _ ("%s: %s"), rungs_payee_field_words (i),
                              iban != NULL ? iban : text);
    }
  return g_strdup (words->str);
}
