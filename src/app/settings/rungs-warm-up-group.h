/* rungs-warm-up-group.h: the warm-up of a mail account, where it is edited. */

#pragma once

#include <adwaita.h>

#include "mail/rungs-account-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_WARM_UP_GROUP (rungs_warm_up_group_get_type ())

G_DECLARE_FINAL_TYPE (RungsWarmUpGroup, rungs_warm_up_group, RUNGS, WARM_UP_GROUP,
                      AdwPreferencesGroup)

/* Shows the warm-up of `account`; `today` is the day of the business, YYYY-MM-DD. */
void rungs_warm_up_group_show (RungsWarmUpGroup   *self,
                               const RungsAccount *account,
                               const char         *today);

/* The account's limit of a day is another one; 0: none. */
void rungs_warm_up_group_set_most (RungsWarmUpGroup *self,
                                   gint64            most);

/* Writes what is entered into `account`. */
void rungs_warm_up_group_read (RungsWarmUpGroup *self,
                               RungsAccount     *account);

G_END_DECLS
