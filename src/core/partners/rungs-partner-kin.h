/* rungs-partner-kin.h: whether a buyer is the partner itself, or of its household.
 *
 * What is compared: the leads that the partner is (the one that it is linked with, and the one
 * with its e-mail address), its e-mail address and its telephone number. Of the leads also the
 * postal address, last name and postcode. The address in the payout details is sealed, and not
 * compared. */

#pragma once

#include <glib.h>

#include "leads/rungs-phone-number.h"
#include "partners/rungs-partner-flag.h"

G_BEGIN_DECLS

/* Of a lead what is compared; texts are lent, none is NULL but `email_key`. */
typedef struct
{
  gint64 lead;
  const char *email_key; /* (nullable) */
  const char *first_name;
  const char *last_name;
  const char *phone;
  const char *street;
  const char *postcode;
  const char *city;
  const char *country;
} RungsPartnerBuyer;

typedef struct _RungsPartnerKin RungsPartnerKin;

/* `lead`: the one that the partner is linked with; 0: none. `home` (nullable): the country of
 * telephone numbers that say none. */
RungsPartnerKin *rungs_partner_kin_new (gint64              lead,
                                        const char         *name,
                                        const char         *email,
                                        const char         *phone,
                                        const char         *country,
                                        const RungsCountry *home);
void rungs_partner_kin_free (RungsPartnerKin *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPartnerKin, rungs_partner_kin_free)

/* A lead that the partner is. */
void rungs_partner_kin_add (RungsPartnerKin         *self,
                            const RungsPartnerBuyer *own);

/* How the buyer is known; BY_FIGURES: not at all. Who is the partner itself is not of the
 * household. The same telephone number under another name is the household's. */
RungsPartnerFlagReason rungs_partner_kin_find (RungsPartnerKin         *self,
                                               const RungsPartnerBuyer *buyer);

/* Whose orders those are that are found by it; not of BY_FIGURES. */
RungsPartnerFlagKind rungs_partner_kin_kind (RungsPartnerFlagReason reason);

G_END_DECLS
