/* rungs-tab-stop.h: a list that is one stop of Tab. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_TAB_STOP (rungs_tab_stop_get_type ())

/* Tab comes to what is selected in its child, and from any of its rows goes on behind it; the arrow
 * keys move within. GTK goes from row to row with both, unless told otherwise, and before 4.12 can
 * not be told. */
G_DECLARE_FINAL_TYPE (RungsTabStop, rungs_tab_stop, RUNGS, TAB_STOP, AdwBin)

G_END_DECLS
