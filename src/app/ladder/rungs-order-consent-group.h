/* rungs-order-consent-group.h: who of a file of orders may get marketing, and what of that is
 * written down. */

#pragma once

#include <adwaita.h>

#include "ladder/rungs-order-import.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_ORDER_CONSENT_GROUP (rungs_order_consent_group_get_type ())

/**
 * RungsOrderConsentGroup::changed: the user wants consent written down, or not.
 */
G_DECLARE_FINAL_TYPE (RungsOrderConsentGroup, rungs_order_consent_group, RUNGS, ORDER_CONSENT_GROUP,
                      AdwPreferencesGroup)

void rungs_order_consent_group_show (RungsOrderConsentGroup       *self,
                                     const RungsOrderImportResult *result);

/* Whether what the file says of consent is to be left alone. */
gboolean rungs_order_consent_group_get_refused (RungsOrderConsentGroup *self);

/* Returns: (transfer full) (nullable): the words that they agreed to; NULL: nobody says. */
char *rungs_order_consent_group_dup_words (RungsOrderConsentGroup *self);

G_END_DECLS
