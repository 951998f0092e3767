/* rungs-working-day.h: days on which banks pay in euro: those of T2 (formerly TARGET): no Saturday,
 * Sunday, 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean rungs_working_day_is (const GDate *day);

/* The day itself, or the next one on which they do. */
void rungs_working_day_find (GDate *day);

/* Easter Sunday of a year (Gauss' rule as Meeus, Jones and Butcher give it). */
void rungs_working_day_easter (guint  year,
                               GDate *easter);

G_END_DECLS
