/* rungs-holiday.c: days on which no marketing leaves, and those that the law of a country names. */

#include "leads/rungs-holiday.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* How a day is found in a year. */
typedef enum
{
  FIXED,  /* day, month */
  EASTER, /* so many days after Easter Sunday */
  NTH,    /* the n-th such weekday of the month; n = 0: the last */
} Kind;

typedef struct
{
  const char *country;
  const char *name;
  Kind kind;
  int a; /* day; days; n */
  int b; /* month; -; month */
  GDateWeekday weekday;
} Rule;

static const RungsHolidayCountry COUNTRIES[] = {
  { "AT", N_ ("Austria") },
  { "DE", N_ ("Germany") },
  { "FR", N_ ("France") },
  { "US", N_ ("United States") },
  { NULL },
};

static const Rule RULES[] = {
  { "AT", "Neujahr", FIXED, 1, 1 },
  { "AT", "Heilige Drei Könige", FIXED, 6, 1 },
  { "AT", "Ostermontag", EASTER, 1 },
  { "AT", "Staatsfeiertag", FIXED, 1, 5 },
  { "AT", "Christi Himmelfahrt", EASTER, 39 },
  { "AT", "Pfingstmontag", EASTER, 50 },
  { "AT", "Fronleichnam", EASTER, 60 },
  { "AT", "Mariä Himmelfahrt", FIXED, 15, 8 },
  { "AT", "Nationalfeiertag", FIXED, 26, 10 },
  { "AT", "Allerheiligen", FIXED, 1, 11 },
  { "AT", "Mariä Empfängnis", FIXED, 8, 12 },
  { "AT", "Weihnachten", FIXED, 25, 12 },
  { "AT", "Stephanstag", FIXED, 26, 12 },

  { "DE", "Neujahr", FIXED, 1, 1 },
  { "DE", "Karfreitag", EASTER, -2 },
  { "DE", "Ostermontag", EASTER, 1 },
  { "DE", "Tag der Arbeit", FIXED, 1, 5 },
  { "DE", "Christi Himmelfahrt", EASTER, 39 },
  { "DE", "Pfingstmontag", EASTER, 50 },
  { "DE", "Tag der Deutschen Einheit", FIXED, 3, 10 },
  { "DE", "1. Weihnachtstag", FIXED, 25, 12 },
  { "DE", "2. Weihnachtstag", FIXED, 26, 12 },

  { "FR", "Jour de l’an", FIXED, 1, 1 },
  { "FR", "Lundi de Pâques", EASTER, 1 },
  { "FR", "Fête du Travail", FIXED, 1, 5 },
  { "FR", "Victoire 1945", FIXED, 8, 5 },
  { "FR", "Ascension", EASTER, 39 },
  { "FR", "Lundi de Pentecôte", EASTER, 50 },
  { "FR", "Fête nationale", FIXED, 14, 7 },
  { "FR", "Assomption", FIXED, 15, 8 },
  { "FR", "Toussaint", FIXED, 1, 11 },
  { "FR", "Armistice 1918", FIXED, 11, 11 },
  { "FR", "Noël", FIXED, 25, 12 },

  { "US", "New Year’s Day", FIXED, 1, 1 },
  { "US", "Birthday of Martin Luther King, Jr.", NTH, 3, 1, G_DATE_MONDAY },
  { "US", "Washington’s Birthday", NTH, 3, 2, G_DATE_MONDAY },
  { "US", "Memorial Day", NTH, 0, 5, G_DATE_MONDAY },
  { "US", "Juneteenth", FIXED, 19, 6 },
  { "US", "Independence Day", FIXED, 4, 7 },
  { "US", "Labor Day", NTH, 1, 9, G_DATE_MONDAY },
  { "US", "Columbus Day", NTH, 2, 10, G_DATE_MONDAY },
  { "US", "Veterans Day", FIXED, 11, 11 },
  { "US", "Thanksgiving Day", NTH, 4, 11, G_DATE_THURSDAY },
  { "US", "Christmas Day", FIXED, 25, 12 },
};

RungsHoliday *
rungs_holiday_new (const GDate *day,
                   const char  *name)
{
  RungsHoliday *self = g_new0 (RungsHoliday, 1);

  self->day = g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (day), g_date_get_month (day),
                               g_date_get_day (day));
  self->name = g_strdup (name);
  return self;
}

void
rungs_holiday_free (RungsHoliday *self)
{
  g_free (self->day);
  g_free (self->name);
  g_free (self);
}

gboolean
rungs_holiday_read_day (const char *text,
                        GDate      *day)
{
  int year, month, number;
  int length = 0;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (day != NULL, FALSE);

  g_date_clear (day, 1);
  if (strlen (text) != strlen ("YYYY-MM-DD")
      || sscanf (text, "%4d-%2d-%2d%n", &year, &month, &number, &length) != 3
      || (size_t) length != strlen (text) || year < 1 || month < 1 || number < 1
      || !g_date_valid_dmy (number, month, year))
    return FALSE;
  g_date_set_dmy (day, number, month, year);
  return TRUE;
}

const RungsHolidayCountry *
rungs_holiday_countries (void)
{
  return COUNTRIES;
}

void
rungs_easter (int    year,
              GDate *day)
{
  int a = year % 19;
  int b = year / 100;
  int c = year % 100;
  int d = b / 4;
  int e = b % 4;
  int f = (b + 8) / 25;
  int g = (b - f + 1) / 3;
  int h = (19 * a + b - d - g + 15) % 30;
  int i = c / 4;
  int k = c % 4;
  int l = (32 + 2 * e + 2 * i - h - k) % 7;
  int m = (a + 11 * h + 22 * l) / 451;
  int sum = h + l - 7 * m + 114;

  g_return_if_fail (year >= 1583 && year <= 9999);

  g_date_clear (day, 1);
  g_date_set_dmy (day, sum % 31 + 1, sum / 31, year);
}

static void
find_nth (GDate       *day,
          const Rule  *rule,
          int          year)
{
  g_date_set_dmy (day, 1, rule->b, year);
  if (rule->a == 0)
    g_date_add_months (day, 1);
  while (g_date_get_weekday (day) != rule->weekday)
    g_date_add_days (day, 1);
  if (rule->a == 0)
    g_date_subtract_days (day, 7);
  else
    g_date_add_days (day, 7 * (guint) (rule->a - 1));
}

static void
find_day (GDate       *day,
          const Rule  *rule,
          int          year)
{
  g_date_clear (day, 1);
  if (rule->kind == FIXED)
    g_date_set_dmy (day, rule->a, rule->b, year);
  else if (rule->kind == NTH)
    find_nth (day, rule, year);
  else
    {
      rungs_easter (year, day);
      g_date_set_julian (day, g_date_get_julian (day) + (guint) rule->a);
    }
}

static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  const RungsHoliday *const *one = a;
  const RungsHoliday *const *other = b;

  return strcmp ((*one)->day, (*other)->day);
}

GPtrArray *
rungs_holidays_of_country (const char *code,
                           int         year)
{
  g_autoptr (GPtrArray) days
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_holiday_free);

  g_return_val_if_fail (code != NULL, NULL);

  if (year < 1583 || year > 9999)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (RULES); i++)
    if (g_ascii_strcasecmp (RULES[i].country, code) == 0)
      {
        GDate day;

        find_day (&day, &RULES[i], year);
        g_ptr_array_add (days, rungs_holiday_new (&day, RULES[i].name));
      }
  g_ptr_array_sort (days, compare_days);
  return days->len > 0 ? g_steal_pointer (&days) : NULL;
}
