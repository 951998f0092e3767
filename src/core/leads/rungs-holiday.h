/* rungs-holiday.h: days on which no marketing leaves, and those that the law of a country names. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *day;  /* (owned): "YYYY-MM-DD" */
  char *name; /* (owned): may be empty */
} RungsHoliday;

RungsHoliday *rungs_holiday_new (const GDate *day,
                                 const char  *name);
void rungs_holiday_free (RungsHoliday *self);

/* Reads "YYYY-MM-DD". FALSE where that is no day of the years 1 to 9999. */
gboolean rungs_holiday_read_day (const char *text,
                                 GDate      *day);

/* A country whose law names the days so that each can be computed, for ever. */
typedef struct
{
  const char *code; /* ISO 3166-1 */
  const char *name; /* marked for translation */
} RungsHolidayCountry;

/* Up to one whose code is NULL. */
const RungsHolidayCountry *rungs_holiday_countries (void);

/* Returns: (transfer full) (nullable) (element-type RungsHoliday): the days that are holidays in
 * all of the country in that year, in order, called as they are called there; NULL where it is not
 * among the countries, or the year not from 1583 to 9999.
 *
 *   AT  Arbeitsruhegesetz § 7 (2)
 *   DE  those of all sixteen states: the Einigungsvertrag, art. 2 (2), and their laws
 *   FR  Code du travail, art. L3133-1
 *   US  5 U.S.C. 6103 (a): the days themselves, not those on which they are observed instead */
GPtrArray *rungs_holidays_of_country (const char *code,
                                      int         year);

/* Easter Sunday of the Gregorian calendar (years from 1583 on). The rule is the "anonymous" one of
 * Nature, 20 April 1876, as in J. Meeus, Astronomical Algorithms, chapter 8. */
void rungs_easter (int    year,
                   GDate *day);

G_END_DECLS
