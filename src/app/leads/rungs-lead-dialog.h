/* rungs-lead-dialog.h: adds or edits a lead. */

#pragma once

#include "widgets/rungs-form.h"

G_BEGIN_DECLS

/* The lead with that id was stored. */
typedef void (*RungsLeadSavedFunc) (gint64   lead,
                                    gpointer data);

/* Opens the form for the lead with that id; 0: for a new one. `saved` (nullable) is called with
 * `data`, a GObject that may be gone by then. */
void rungs_lead_dialog_open (GtkWidget          *parent,
                             RungsStore         *store,
                             gint64              lead,
                             RungsLeadSavedFunc  saved,
                             gpointer            data);

G_END_DECLS
