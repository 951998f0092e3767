/* rungs-sheet.h: something that is read and filled in from the top down: it scrolls, and grows no
 * wider than can be read. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_SHEET (rungs_sheet_get_type ())

/* RungsSheet:content: (write only): the widget in it, usually a vertical box of groups
 *
 * RungsSheet:width: (write only): how wide it grows, in pixels; 680 where nothing is said */
G_DECLARE_FINAL_TYPE (RungsSheet, rungs_sheet, RUNGS, SHEET, GtkWidget)

G_END_DECLS
