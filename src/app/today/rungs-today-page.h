/* rungs-today-page.h: the figures of the day, and what waits for a person. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_TODAY_PAGE (rungs_today_page_get_type ())

G_DECLARE_FINAL_TYPE (RungsTodayPage, rungs_today_page, RUNGS, TODAY_PAGE, RungsPage)

G_END_DECLS
