/* rungs-award-form.h: gives a partner a bonus, and takes back what it earned without a sale. Both
 * say what will be booked before it is. */

#pragma once

#include "rungs-page.h"
#include "rungs-partner-load.h"

G_BEGIN_DECLS

void rungs_award_form_open_bonus (RungsPage                 *page,
                                  const RungsPartnerDetails *details);

void rungs_award_form_open_take (RungsPage               *page,
                                 const RungsPartnerAward *award);

G_END_DECLS
