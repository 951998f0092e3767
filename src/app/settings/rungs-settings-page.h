/* rungs-settings-page.h: the business, its mail accounts, backups and privacy. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SETTINGS_PAGE (rungs_settings_page_get_type ())

G_DECLARE_FINAL_TYPE (RungsSettingsPage, rungs_settings_page, RUNGS, SETTINGS_PAGE, RungsPage)

G_END_DECLS
