/* rungs-billing-words.c: who writes the invoices of a partner, and with which VAT, in words. */

#include "rungs-billing-words.h"

#include <glib/gi18n.h>

#include "base/rungs-rate.h"
#include "base/rungs-time.h"
#include "widgets/rungs-display.h"

const char *
rungs_vat_case_words (RungsVatCase vat)
{
  switch (vat)
    {
    case RUNGS_VAT_RATE:
      return _ ("VAT at a rate");
    case RUNGS_VAT_REVERSE_CHARGE:
      return _ ("Reverse charge: you account for the VAT");
    case RUNGS_VAT_SMALL_BUSINESS:
      return _ ("No VAT: exempt as a small enterprise");
    case RUNGS_VAT_NONE:
    default:
      return _ ("No VAT");
    }
}

char *
rungs_billing_dup_vat (const RungsSelfBilling *billing)
{
  g_autofree char *rate = rungs_rate_format (billing->rate);

  return billing->vat == RUNGS_VAT_RATE ? g_strdup_printf (_ ("VAT %s"), rate)
                                        : g_strdup (rungs_vat_case_words (billing->vat));
}

char *
rungs_billing_dup_why (const RungsBilling *self)
{
  if (*self->ours == '\0' || *self->theirs == '\0')
    return g_strdup (_ ("Say first in which country the business is, in the settings, and in which "
                        "the partner is"));
  if (!self->known)
    return g_strdup_printf (_ ("Both are in %s, and the rate there is not known"), self->ours);
  switch (self->suggested.vat)
    {
    case RUNGS_VAT_RATE:
      return g_strdup_printf (_ ("Both are in %s, and that is the rate there"), self->ours);
    case RUNGS_VAT_REVERSE_CHARGE:
      return g_strdup_printf (_ ("The partner is in %s, another country of the EU than %s, and has "
                                 "a VAT id"),
                              self->theirs, self->ours);
    case RUNGS_VAT_SMALL_BUSINESS:
      return g_strdup_printf (_ ("The partner is in %s, another country of the EU than %s, and no "
                                 "VAT id is known"),
                              self->theirs, self->ours);
    case RUNGS_VAT_NONE:
    default:
      return g_strdup_printf (_ ("The business is in %s, the partner in %s: not both in the EU"),
                              self->ours, self->theirs);
    }
}

char *
rungs_billing_dup_day (const char *day)
{
  g_autofree char *noon = g_strconcat (day, "T12:00:00", NULL);
  gint64 at;

  return rungs_time_parse (noon, NULL, &at, NULL) ? rungs_display_day (at) : g_strdup (day);
}
