/* rungs-web-won-store.h: disputes that were won: for rungs-web-apply.c and rungs-web-order-store.c
 * only. */

#pragma once

#include "web/rungs-web-lead-store.h"

G_BEGIN_DECLS

/* Gives back what the dispute took, once; where it has not come yet it will take nothing. */
gboolean rungs_web_won_apply (RungsWebWork        *work,
                              const RungsWebDeed  *deed,
                              GError             **error);

/* Whether the dispute that comes now was won before, and takes nothing. */
gboolean rungs_web_won_take (RungsWebWork        *work,
                             const RungsWebDeed  *dispute,
                             gboolean            *won,
                             GError             **error);

G_END_DECLS
