/* rungs-display.h: amounts, numbers and times as the user reads them, in the user's language and in
 * the time zone of this computer. */

#pragma once

#include "base/rungs-money.h"

G_BEGIN_DECLS

/* "€1,234.50" or "1.234,50 €", as the language has it. */
char *rungs_display_money (RungsMoney money);

/* "€1,234": without cents where there are none, and where it is `from` whole units and more. */
char *rungs_display_money_short (RungsMoney money,
                                 gint64     from);

/* An amount that may be expected, as rungs_money_format_estimate() writes it. */
char *rungs_display_estimate (RungsMoney money);

/* "1,234". */
char *rungs_display_number (gint64 number);

/* A moment, as short as it can be told on the day of `now`: "14:05", "Yesterday 14:05", "12 Mar
 * 14:05", "12 Mar 2024". */
char *rungs_display_moment (gint64 instant,
                            gint64 now);

/* "12 March 2024, 14:05": for details and tooltips. */
char *rungs_display_time (gint64 instant);

/* "12 March 2024". */
char *rungs_display_day (gint64 instant);

/* A day of the calendar, "2024-03-12", written so. */
char *rungs_display_calendar_day (const char *day);

/* How long `milliseconds` are, roughly: "5 seconds", "12 minutes", "3 hours", "4 days". */
char *rungs_display_span (gint64 milliseconds);

/* The machine's clock, in milliseconds since 1970, for the `now` of these functions. */
gint64 rungs_display_now (void);

G_END_DECLS
