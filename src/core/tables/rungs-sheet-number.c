/* rungs-sheet-number.c: the numbers of spreadsheets as the text that they mean. */

#include "tables/rungs-sheet-number.h"

#include <math.h>
#include <string.h>

#define DIGITS_MAX 30
#define DAY_SECONDS 86400
#define LAST_DAY 2957003 /* 9999-12-31, counted from 1904 */

/* What the letters of a format say. */
typedef struct
{
  gboolean has_date;
  gboolean has_time;
  gboolean has_month; /* or minutes */
  gboolean has_elapsed;
  gboolean has_percent;
  guint zeros;
  gboolean is_zeros;  /* nothing else */
} Letters;

static gboolean
is_general (const char *code)
{
  return g_ascii_strncasecmp (code, "general", 7) == 0;
}

/* Past what stands in brackets: a colour, a language, or hours without end, "[h]". */
static const char *
pass_brackets (Letters    *letters,
               const char *at)
{
  const char *end = at + 1 + strspn (at + 1, "hHmMsS");

  letters->has_elapsed |= end > at + 1 && *end == ']';
  while (*end != '\0' && *end != ']')
    end++;
  return end;
}

static const char *
pass_quotes (const char *at)
{
  at++;
  while (*at != '\0' && *at != '"')
    at++;
  return at;
}

static void
note_letter (Letters    *letters,
             const char *at)
{
  char letter = g_ascii_tolower (*at);

  letters->is_zeros = letters->is_zeros && letter == '0';
  letters->zeros += letter == '0';
  letters->has_percent |= letter == '%';
  letters->has_date |= letter == 'y' || letter == 'd' || letter == 'g'
                       || (letter == 'e' && at[1] != '+' && at[1] != '-');
  letters->has_time |= letter == 'h' || letter == 's';
  letters->has_month |= letter == 'm';
}

static Letters
read_letters (const char *code)
{
  Letters letters = { .is_zeros = TRUE };

  for (const char *at = code; *at != '\0' && *at != ';'; at++)
    {
      if (*at == '[')
        at = pass_brackets (&letters, at);
      else if (*at == '"')
        at = pass_quotes (at);
      else if (strchr ("\\_*", *at) != NULL && at[1] != '\0')
        at++;
      else
        {
          note_letter (&letters, at);
          continue;
        }
      letters.is_zeros = FALSE;
      if (*at == '\0')
        break;
    }
  return letters;
}

RungsSheetFormat
rungs_sheet_format_parse (const char *code)
{
  RungsSheetFormat plain = { RUNGS_SHEET_PLAIN };
  Letters letters;

  g_return_val_if_fail (code != NULL, plain);

  if (is_general (code))
    return plain;
  letters = read_letters (code);
  if (letters.has_elapsed)
    return (RungsSheetFormat) { RUNGS_SHEET_DURATION };
  if (letters.has_month && !letters.has_time)
    letters.has_date = TRUE;
  if (letters.has_date)
    return (RungsSheetFormat) { letters.has_time ? RUNGS_SHEET_DATE_TIME : RUNGS_SHEET_DATE };
  if (letters.has_time)
    return (RungsSheetFormat) { RUNGS_SHEET_TIME };
  if (letters.has_percent)
    return (RungsSheetFormat) { RUNGS_SHEET_PERCENT };
  if (letters.is_zeros && letters.zeros >= 2)
    return (RungsSheetFormat) { RUNGS_SHEET_PADDED, MIN (letters.zeros, DIGITS_MAX) };
  return plain;
}

RungsSheetFormat
rungs_sheet_format_builtin (gint64 id)
{
  if (id == 9 || id == 10)
    return (RungsSheetFormat) { RUNGS_SHEET_PERCENT };
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
    return (RungsSheetFormat) { RUNGS_SHEET_DATE };
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47)
    return (RungsSheetFormat) { RUNGS_SHEET_TIME };
  if (id == 22)
    return (RungsSheetFormat) { RUNGS_SHEET_DATE_TIME };
  return (RungsSheetFormat) { id == 46 ? RUNGS_SHEET_DURATION : RUNGS_SHEET_PLAIN };
}

/* Up to 15 digits, which is what spreadsheets know of a number; whole ones without an exponent, for
 * they may be telephone numbers. */
static void
append_plain (GString *text,
              double   number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  gboolean is_whole = fabs (number) < 1e18 && number == trunc (number);

  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, is_whole ? "%.0f" : "%.15g",
                                          number == 0 ? 0 : number));
}

static void
append_padded (GString *text,
               double   number,
               guint    digits)
{
  gsize from = text->len;

  append_plain (text, number);
  while (number >= 0 && number == trunc (number) && text->len - from < digits)
    g_string_insert_c (text, from, '0');
}

static void
append_clock (GString *text,
              gint64   seconds)
{
  g_string_append_printf (text, "%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60));
  if (seconds % 60 != 0)
    g_string_append_printf (text, ":%02d", (int) (seconds % 60));
}

/* Day 60 of 1900 is a 29th of February that there was not, so days before it are one more. */
static void
append_date (GString *text,
             gint64   day,
             gboolean from_1904)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, from_1904 ? 1 : 30, from_1904 ? 1 : 12, from_1904 ? 1904 : 1899);
  g_date_add_days (&date, !from_1904 && day < 60 ? day + 1 : day);
  g_string_append_printf (text, "%04d-%02d-%02d", g_date_get_year (&date),
                          g_date_get_month (&date), g_date_get_day (&date));
}

static void
append_instant (GString       *text,
                double         number,
                RungsSheetForm form,
                gboolean       from_1904)
{
  gint64 seconds = llround (number * DAY_SECONDS);
  gint64 day = seconds / DAY_SECONDS;

  seconds %= DAY_SECONDS;
  if (form == RUNGS_SHEET_TIME || (day == 0 && !from_1904 && seconds > 0))
    {
      append_clock (text, seconds);
      return;
    }
  if (day == 0 && !from_1904)
    return;
  append_date (text, day, from_1904);
  if (form == RUNGS_SHEET_DATE || seconds == 0)
    return;
  g_string_append_c (text, ' ');
  append_clock (text, seconds);
}

void
rungs_sheet_append_number (GString         *text,
                           double           number,
                           RungsSheetFormat format,
                           gboolean         from_1904)
{
  g_return_if_fail (text != NULL);

  if (format.form == RUNGS_SHEET_PERCENT)
    {
      append_plain (text, number * 100);
      g_string_append_c (text, '%');
    }
  else if (format.form == RUNGS_SHEET_PADDED)
    append_padded (text, number, format.digits);
  else if (format.form == RUNGS_SHEET_PLAIN || !(number >= 0 && number < LAST_DAY))
    append_plain (text, number);
  else if (format.form == RUNGS_SHEET_DURATION)
    append_clock (text, llround (number * DAY_SECONDS));
  else
    append_instant (text, number, format.form, from_1904);
}

void
rungs_sheet_append_iso (GString    *text,
                        const char *iso)
{
  g_autofree char *plain = NULL;
  gsize length;

  g_return_if_fail (text != NULL && iso != NULL);

  plain = g_strdup (iso);
  length = strlen (plain);
  if (length > 10 && plain[10] == 'T')
    {
      plain[10] = ' ';
      plain[strcspn (plain, ".Z")] = '\0';
      length = strlen (plain);
      if (length == 19 && g_str_has_suffix (plain, ":00"))
        plain[16] = '\0';
      if (g_str_has_suffix (plain, " 00:00"))
        plain[10] = '\0';
    }
  g_string_append (text, plain);
}
