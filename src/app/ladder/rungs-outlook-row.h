/* rungs-outlook-row.h: a product that could be offered to people now: to how many, and what that
 * may bring; opened, by which offers. */

#pragma once

#include <adwaita.h>

#include "insights/rungs-offer-outlook.h"

G_BEGIN_DECLS

/* Its menu has the actions offers.show-leads and offers.start-sequence with the product's id, and
 * offers.save-segment with its SKU, of a widget around it. */
GtkWidget *rungs_outlook_row_new (const RungsOutlookProduct *product);

/* "867 leads; 854 have agreed to e-mail". */
char *rungs_outlook_people_words (gint64 people,
                                  gint64 consented);

/* "€6,771 to €10,405". */
char *rungs_outlook_range_words (RungsMoney low,
                                 RungsMoney high);

G_END_DECLS
