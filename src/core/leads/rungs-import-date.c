/* rungs-import-date.c: dates as other programs export them.
 *
 * A text is read as up to three parts of a date, each a number or the name of a month, then a time,
 * then an offset. Which part is which follows from how many digits it has, then from what it can
 * be. */

#include "leads/rungs-import-date.h"

#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000)
#define DAY_SECONDS 86400
#define FIRST_YEAR 1970 /* instants before it are refused */

typedef struct
{
  int value;
  int digits; /* 0: the name of a month */
} Part;

typedef struct
{
  int year;
  int month;
  int day;
  gint64 seconds;     /* of the day */
  gint64 millisecond;
  gboolean has_offset;
  gint64 offset;      /* seconds east of UTC */
} Moment;

/* By their first letters, English, German and French, after their accents are gone. */
static const struct
{
  const char *name;
  int month;
} MONTHS[] = {
  { "jan", 1 },  { "feb", 2 },  { "fev", 2 },  { "mar", 3 },  { "mae", 3 },  { "mrz", 3 },
  { "apr", 4 },  { "avr", 4 },  { "may", 5 },  { "mai", 5 },  { "juin", 6 }, { "jun", 6 },
  { "juil", 7 }, { "jul", 7 },  { "aug", 8 },  { "aou", 8 },  { "sep", 9 },  { "oct", 10 },
  { "okt", 10 }, { "nov", 11 }, { "dec", 12 }, { "dez", 12 },
};

static int
month_of (const char *word,
          gsize       length)
{
  g_autofree char *given = g_strndup (word, length);
  g_autofree char *ascii = g_str_to_ascii (given, "de");

  for (gsize i = 0; i < G_N_ELEMENTS (MONTHS); i++)
    if (g_ascii_strncasecmp (ascii, MONTHS[i].name, strlen (MONTHS[i].name)) == 0)
      return MONTHS[i].month;
  return 0;
}

static gboolean
is_letter (char c)
{
  return g_ascii_isalpha (c) || (guchar) c >= 0x80;
}

static gboolean
read_number (const char **at,
             Part        *part)
{
  *part = (Part) { 0 };
  for (; g_ascii_isdigit (**at) && part->digits < 9; (*at)++, part->digits++)
    part->value = part->value * 10 + (**at - '0');
  return part->digits > 0 && !g_ascii_isdigit (**at);
}

/* A number or the name of a month; other words ("Tue,", "de", "at") are passed. */
static gboolean
read_part (const char **at,
           Part        *part)
{
  for (;;)
    {
      const char *from;

      while (**at != '\0' && strchr (" ,./-'", **at) != NULL)
        (*at)++;
      if (g_ascii_isdigit (**at))
        return read_number (at, part);
      for (from = *at; is_letter (**at); (*at)++)
        continue;
      if (*at == from)
        return FALSE;
      *part = (Part) { month_of (from, *at - from), 0 };
      if (part->value > 0)
        return TRUE;
    }
}

static int
full_year (Part part)
{
  if (part.digits == 4)
    return part.value;
  if (part.digits != 2)
    return 0;
  return part.value < 70 ? 2000 + part.value : 1900 + part.value;
}

static gboolean
set_date (Moment *moment,
          Part    year,
          int     month,
          int     day)
{
  *moment = (Moment) { .year = full_year (year), .month = month, .day = day };
  return moment->year >= 1 && moment->year < 10000 && month >= 1 && month <= 12 && day >= 1
         && day <= g_date_get_days_in_month (month, moment->year);
}

static gboolean
set_numbers (Moment         *moment,
             const Part      parts[3],
             char            separator,
             RungsDateOrder  order)
{
  gboolean day_first =
      order == RUNGS_DATE_DAY_FIRST || (order == RUNGS_DATE_EITHER && separator != '/');

  if (parts[0].value > 12)
    day_first = TRUE;
  else if (parts[1].value > 12)
    day_first = FALSE;
  return day_first ? set_date (moment, parts[2], parts[1].value, parts[0].value)
                   : set_date (moment, parts[2], parts[0].value, parts[1].value);
}

static gboolean
read_date (const char     **at,
           RungsDateOrder   order,
           Moment          *moment)
{
  Part parts[3];
  char separator;

  if (!read_part (at, &parts[0]))
    return FALSE;
  separator = **at;
  if (!read_part (at, &parts[1]) || !read_part (at, &parts[2]))
    return FALSE;

  if (parts[0].digits == 4)
    return set_date (moment, parts[0], parts[1].value, parts[2].value);
  if (parts[0].digits == 0)
    return set_date (moment, parts[2], parts[0].value, parts[1].value);
  if (parts[1].digits == 0)
    return set_date (moment, parts[2], parts[1].value, parts[0].value);
  return set_numbers (moment, parts, separator, order);
}

/* The same where the name of a month leaves no doubt, and the year has all its digits. */
static gboolean
read_named_date (const char **at,
                 Moment      *moment)
{
  Part parts[3];

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!read_part (at, &parts[i]))
      return FALSE;
  if (parts[2].digits != 4 || (parts[0].digits == 0) == (parts[1].digits == 0))
    return FALSE;
  return parts[0].digits == 0 ? set_date (moment, parts[2], parts[0].value, parts[1].value)
                              : set_date (moment, parts[2], parts[1].value, parts[0].value);
}

static void
pass_spaces (const char **at)
{
  while (**at == ' ' || **at == ',')
    (*at)++;
}

static gboolean
take_word (const char **at,
           const char  *word)
{
  gsize length = strlen (word);

  if (g_ascii_strncasecmp (*at, word, length) != 0 || is_letter ((*at)[length]))
    return FALSE;
  *at += length;
  return TRUE;
}

static gboolean
read_half (const char **at,
           int         *hour)
{
  gboolean am = take_word (at, "am") || take_word (at, "a.m.");
  gboolean pm = !am && (take_word (at, "pm") || take_word (at, "p.m."));

  if ((am || pm) && (*hour < 1 || *hour > 12))
    return FALSE;
  if (am || pm)
    *hour = *hour % 12 + (pm ? 12 : 0);
  return TRUE;
}

static gint64
read_fraction (const char **at)
{
  gint64 result = 0;
  gint64 unit = 100;

  for (; g_ascii_isdigit (**at); (*at)++, unit /= 10)
    result += unit * (**at - '0');
  return result;
}

/* "9:14", "09:14:05.123", "2:30 PM"; nothing is midnight. */
static gboolean
read_time (const char **at,
           Moment      *moment)
{
  Part hour;
  Part minute;
  Part second = { 0 };

  pass_spaces (at);
  if (**at == 'T' || **at == 't')
    (*at)++;
  take_word (at, "um");
  take_word (at, "at");
  pass_spaces (at);
  if (!g_ascii_isdigit (**at))
    return TRUE;
  if (!read_number (at, &hour) || *(*at)++ != ':' || !read_number (at, &minute))
    return FALSE;
  if (**at == ':')
    {
      (*at)++;
      if (!read_number (at, &second))
        return FALSE;
      if (**at == '.' || **at == ',')
        {
          (*at)++;
          moment->millisecond = read_fraction (at);
        }
    }
  pass_spaces (at);
  if (!read_half (at, &hour.value) || hour.value > 23 || minute.value > 59 || second.value > 60)
    return FALSE;
  moment->seconds = hour.value * 3600 + minute.value * 60 + second.value;
  take_word (at, "Uhr");
  return TRUE;
}

/* "Z", "UTC", "GMT", "+01:00", "-0500", "GMT+1". */
static gboolean
read_offset (const char **at,
             Moment      *moment)
{
  Part hours;
  Part minutes = { 0 };
  gboolean west;

  pass_spaces (at);
  moment->has_offset = take_word (at, "Z") || take_word (at, "UTC") || take_word (at, "GMT");
  if (**at != '+' && **at != '-')
    return TRUE;
  west = *(*at)++ == '-';
  if (!read_number (at, &hours))
    return FALSE;
  if (**at == ':')
    {
      (*at)++;
      if (!read_number (at, &minutes))
        return FALSE;
    }
  else if (hours.digits == 4)
    {
      minutes.value = hours.value % 100;
      hours.value /= 100;
    }
  if (hours.value > 14 || minutes.value > 59)
    return FALSE;
  moment->has_offset = TRUE;
  moment->offset = (hours.value * 3600 + minutes.value * 60) * (west ? -1 : 1);
  return TRUE;
}

/* What follows a date, up to the end of the text. */
static gboolean
read_rest (const char *at,
           Moment     *moment)
{
  if (!read_time (&at, moment) || !read_offset (&at, moment))
    return FALSE;
  while (g_ascii_isspace (*at))
    at++;
  return *at == '\0';
}

/* Days from 1970-01-01 in the Gregorian calendar, counting years from March on. */
static gint64
days_of (int year,
         int month,
         int day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

  return y * 365 + y / 4 - y / 100 + y / 400 + of_year - 719468;
}

static gint64
instant_of (const Moment *moment,
            GTimeZone    *zone)
{
  gint64 seconds =
      days_of (moment->year, moment->month, moment->day) * DAY_SECONDS + moment->seconds;

  if (moment->has_offset)
    seconds -= moment->offset;
  else if (zone != NULL)
    {
      int interval = g_time_zone_adjust_time (zone, G_TIME_TYPE_STANDARD, &seconds);

      seconds -= g_time_zone_get_offset (zone, interval);
    }
  return seconds * SECOND + moment->millisecond;
}

/* Digits only: "20240312", "20240312091405", seconds or milliseconds since 1970. */
static gboolean
read_digits (const char *text,
             gsize       length,
             GTimeZone  *zone,
             gint64     *instant)
{
  gint64 value = g_ascii_strtoll (text, NULL, 10);
  gint64 date = length == 14 ? value / 1000000 : value;
  gint64 time = length == 14 ? value % 1000000 : 0;
  Part year = { date / 10000, 4 };
  Moment moment;

  if (length >= 9 && length <= 13)
    {
      *instant = length <= 11 ? value * SECOND : value;
      return TRUE;
    }
  if ((length != 8 && length != 14) || !set_date (&moment, year, date / 100 % 100, date % 100)
      || moment.year < FIRST_YEAR)
    return FALSE;
  if (time / 10000 > 23 || time / 100 % 100 > 59 || time % 100 > 59)
    return FALSE;
  moment.seconds = time / 10000 * 3600 + time / 100 % 100 * 60 + time % 100;
  *instant = instant_of (&moment, zone);
  return TRUE;
}

/* Shopify puts an apostrophe before what Excel would take for a number. */
static const char *
begin (const char *text)
{
  while (g_ascii_isspace (*text) || *text == '\'')
    text++;
  return text;
}

gboolean
rungs_import_date_parse (const char     *text,
                         RungsDateOrder  order,
                         GTimeZone      *zone,
                         gint64         *instant)
{
  const char *at;
  gsize digits;
  Moment moment;

  g_return_val_if_fail (text != NULL && instant != NULL, FALSE);

  at = begin (text);
  digits = strspn (at, "0123456789");
  if (digits > 0 && at[digits + strspn (at + digits, " ")] == '\0')
    return read_digits (at, digits, zone, instant);
  if (!read_date (&at, order, &moment) || moment.year < FIRST_YEAR || !read_rest (at, &moment))
    return FALSE;
  *instant = instant_of (&moment, zone);
  return *instant >= 0;
}

gboolean
rungs_import_date_parse_day (const char *text,
                             int        *year,
                             int        *month,
                             int        *day)
{
  const char *at;
  gsize digits;
  Part whole;
  Moment moment;

  g_return_val_if_fail (text != NULL && year != NULL && month != NULL && day != NULL, FALSE);

  at = begin (text);
  digits = strspn (at, "0123456789");
  if (digits == 8 && at[digits] == '\0' && read_number (&at, &whole))
    {
      Part first = { whole.value / 10000, 4 };

      if (!set_date (&moment, first, whole.value / 100 % 100, whole.value % 100))
        return FALSE;
    }
  else if (!read_named_date (&at, &moment) || !read_rest (at, &moment))
    return FALSE;
  *year = moment.year;
  *month = moment.month;
  *day = moment.day;
  return TRUE;
}

RungsDateOrder
rungs_import_date_tell_order (const char *text)
{
  const char *at;
  Part parts[2];

  g_return_val_if_fail (text != NULL, RUNGS_DATE_EITHER);

  at = begin (text);
  if (!read_part (&at, &parts[0]) || !read_part (&at, &parts[1]))
    return RUNGS_DATE_EITHER;
  if (parts[0].digits == 0 || parts[0].digits > 2 || parts[1].digits == 0 || parts[1].digits > 2)
    return RUNGS_DATE_EITHER;
  if (parts[0].value > 12 && parts[0].value <= 31)
    return RUNGS_DATE_DAY_FIRST;
  return parts[1].value > 12 && parts[1].value <= 31 ? RUNGS_DATE_MONTH_FIRST : RUNGS_DATE_EITHER;
}
