/* rungs-liquid-filters-date.c: the filter `date`.
 *
 * It takes an instant: "now" or "today", seconds since 1970, or a text such as 2026-11-21 or
 * 2026-11-21T09:30:00Z; what is none of these is printed as it is. It is shown in the zone of the
 * rendering, or in the one named behind the format: {{ order.at | date: "%d %B %Y", "Europe/Berlin"
 * }}. Names of months and days are English. */

#include "mail/rungs-liquid-filters.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-time.h"

#define DEFAULT_FORMAT "%A, %B %-e, %Y at %-l:%M %P %z"
#define WIDEST 64

static const char *const MONTHS[] = { "January",   "February", "March",    "April",
                                      "May",       "June",     "July",     "August",
                                      "September", "October",  "November", "December" };
static const char *const DAYS[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                    "Friday", "Saturday", "Sunday" };

static gboolean
is_digits (RungsLiquidValue string)
{
  for (gsize i = 0; i < string.length; i++)
    if (!g_ascii_isdigit (string.string[i]))
      return FALSE;
  return string.length > 0;
}

/* The instant in milliseconds. */
static gboolean
read_instant (RungsLiquidRender *render,
              RungsLiquidValue   value,
              GTimeZone         *zone,
              gint64            *instant)
{
  g_autofree char *text = NULL;

  if (value.kind == RUNGS_LIQUID_INTEGER || value.kind == RUNGS_LIQUID_NUMBER
      || (value.kind == RUNGS_LIQUID_STRING && is_digits (value)))
    {
      *instant = (gint64) (CLAMP (rungs_liquid_number_of (value), -1e12, 1e12) * RUNGS_SECOND);
      return TRUE;
    }
  if (value.kind != RUNGS_LIQUID_STRING)
    return FALSE;

  text = g_strndup (value.string, value.length);
  g_strstrip (text);
  *instant = render->now;
  return strcmp (text, "now") == 0 || strcmp (text, "today") == 0
         || rungs_time_parse (text, zone, instant, NULL);
}

/* One % of a format. */
typedef struct
{
  gboolean is_unpadded;
  gboolean is_upper;
  gboolean is_changed; /* to the other case */
  gboolean has_colon;
  char pad; /* '\0': the conversion's own */
  guint width;
} Conversion;

static const char *
read_conversion (const char *p,
                 const char *end,
                 Conversion *conversion)
{
  *conversion = (Conversion){ 0 };
  for (; p < end && strchr ("-_0^#:", *p) != NULL && *p != '\0'; p++)
    {
      conversion->is_unpadded |= *p == '-';
      conversion->is_upper |= *p == '^';
      conversion->is_changed |= *p == '#';
      conversion->has_colon |= *p == ':';
      if (*p == '_' || *p == '0')
        conversion->pad = *p == '_' ? ' ' : '0';
    }
  for (; p < end && g_ascii_isdigit (*p); p++)
    conversion->width = MIN (conversion->width * 10 + (*p - '0'), WIDEST);
  if (p < end && (*p == 'E' || *p == 'O'))
    p++;
  return p;
}

/* The week of the year whose weeks begin on Sunday (0) or Monday (1); days before the first are
 * week 0. */
static int
week_of_year (GDateTime *date,
              int        first_day)
{
  int since = (g_date_time_get_day_of_week (date) % 7 - first_day + 7) % 7;

  return (g_date_time_get_day_of_year (date) - 1 - since + 7) / 7;
}

static const char *
ordinal (int day)
{
  static const char *const ENDINGS[] = { "th", "st", "nd", "rd" };

  return day % 100 / 10 == 1 || day % 10 > 3 ? "th" : ENDINGS[day % 10];
}

static char *
format_offset (GDateTime *date,
               gboolean   has_colon)
{
  int minutes = g_date_time_get_utc_offset (date) / G_TIME_SPAN_MINUTE;

  return g_strdup_printf ("%c%02d%s%02d", minutes < 0 ? '-' : '+', ABS (minutes) / 60,
                          has_colon ? ":" : "", ABS (minutes) % 60);
}

/* What a letter stands for as a number, and how wide it is; FALSE where it is none. */
static gboolean
convert_number (GDateTime *date,
                char       letter,
                gint64    *number,
                guint     *width)
{
  static const struct
  {
    char letter;
    guint8 width;
  } WIDTHS[] = { { 'C', 2 }, { 'd', 2 }, { 'e', 2 }, { 'H', 2 }, { 'I', 2 }, { 'j', 3 }, { 'k', 2 },
                 { 'l', 2 }, { 'L', 3 }, { 'm', 2 }, { 'M', 2 }, { 'S', 2 }, { 's', 0 }, { 'u', 0 },
                 { 'U', 2 }, { 'w', 0 }, { 'W', 2 }, { 'y', 2 }, { 'Y', 4 } };
  const gint64 values[] = {
    g_date_time_get_year (date) / 100,
    g_date_time_get_day_of_month (date),
    g_date_time_get_day_of_month (date),
    g_date_time_get_hour (date),
    (g_date_time_get_hour (date) + 11) % 12 + 1,
    g_date_time_get_day_of_year (date),
    g_date_time_get_hour (date),
    (g_date_time_get_hour (date) + 11) % 12 + 1,
    g_date_time_get_microsecond (date) / 1000,
    g_date_time_get_month (date),
    g_date_time_get_minute (date),
    g_date_time_get_second (date),
    g_date_time_to_unix (date),
    g_date_time_get_day_of_week (date),
    week_of_year (date, 0),
    g_date_time_get_day_of_week (date) % 7,
    week_of_year (date, 1),
    g_date_time_get_year (date) % 100,
    g_date_time_get_year (date),
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (values) == G_N_ELEMENTS (WIDTHS));
  for (gsize i = 0; i < G_N_ELEMENTS (WIDTHS); i++)
    if (WIDTHS[i].letter == letter)
      {
        *number = values[i];
        *width = WIDTHS[i].width;
        return TRUE;
      }
  return FALSE;
}

/* NULL for a letter that means nothing. */
static char *
convert_name (GDateTime        *date,
              char              letter,
              const Conversion *conversion)
{
  const char *month = MONTHS[g_date_time_get_month (date) - 1];
  const char *day = DAYS[g_date_time_get_day_of_week (date) - 1];
  gboolean is_morning = g_date_time_get_hour (date) < 12;

  switch (letter)
    {
    case 'a':
      return g_strndup (day, 3);
    case 'A':
      return g_strdup (day);
    case 'b':
    case 'h':
      return g_strndup (month, 3);
    case 'B':
      return g_strdup (month);
    case 'c':
      return g_date_time_format (date, "%Y-%m-%d %H:%M:%S");
    case 'N':
      return g_strdup_printf ("%09d", g_date_time_get_microsecond (date) * 1000);
    case 'p':
      return g_strdup (is_morning ? "AM" : "PM");
    case 'P':
      return g_strdup (is_morning ? "am" : "pm");
    case 'q':
      return g_strdup (ordinal (g_date_time_get_day_of_month (date)));
    case 'x':
      return g_date_time_format (date, "%Y-%m-%d");
    case 'X':
      return g_date_time_format (date, "%H:%M:%S");
    case 'z':
      return format_offset (date, conversion->has_colon);
    case 'Z':
      return g_strdup (g_date_time_get_timezone_abbreviation (date));
    case 't':
      return g_strdup ("\t");
    case 'n':
      return g_strdup ("\n");
    case '%':
      return g_strdup ("%");
    default:
      return NULL;
    }
}

static void
change_case (char             *text,
             const Conversion *conversion)
{
  gboolean is_upper = conversion->is_upper;

  for (char *p = text; conversion->is_changed && !is_upper && *p != '\0'; p++)
    is_upper = g_ascii_islower (*p);
  for (char *p = text; (conversion->is_upper || conversion->is_changed) && *p != '\0'; p++)
    *p = is_upper ? g_ascii_toupper (*p) : g_ascii_tolower (*p);
}

static void
append_padded (GString    *out,
               const char *text,
               char        pad,
               guint       width)
{
  gboolean is_negative = pad == '0' && *text == '-';

  if (is_negative)
    g_string_append_c (out, *text++);
  for (gsize i = strlen (text) + is_negative; i < width; i++)
    g_string_append_c (out, pad);
  g_string_append (out, text);
}

static gboolean
convert (GString          *out,
         GDateTime        *date,
         char              letter,
         const Conversion *conversion)
{
  g_autofree char *text = NULL;
  char pad = strchr ("aAbBceklpP", letter) ? ' ' : '0';
  guint width = 0;
  gint64 number;

  if (convert_number (date, letter, &number, &width))
    text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  else
    text = convert_name (date, letter, conversion);
  if (text == NULL)
    return FALSE;

  change_case (text, conversion);
  if (letter == 'N' && conversion->width > 0 && conversion->width < strlen (text))
    text[conversion->width] = '\0';
  if (conversion->width > 0)
    width = conversion->width;
  append_padded (out, text, conversion->pad ? conversion->pad : pad,
                 conversion->is_unpadded ? 0 : width);
  return TRUE;
}

static void
format_date (GString          *out,
             GDateTime        *date,
             RungsLiquidValue  format)
{
  const char *p = format.string;
  const char *end = p + format.length;

  while (p < end)
    {
      const char *percent = memchr (p, '%', end - p);
      Conversion conversion;
      const char *letter;

      g_string_append_len (out, p, (percent ? percent : end) - p);
      if (percent == NULL)
        break;
      letter = read_conversion (percent + 1, end, &conversion);
      p = letter < end ? letter + 1 : end;
      if (letter == end || *letter == '\0' || !convert (out, date, *letter, &conversion))
        g_string_append_len (out, percent, p - percent);
    }
}

static RungsLiquidValue
date (RungsLiquidRender      *render,
      RungsLiquidValue        input,
      const RungsLiquidValue *args,
      guint                   n_args)
{
  RungsLiquidValue format = n_args > 0 && args[0].kind != RUNGS_LIQUID_NIL
                                ? rungs_liquid_render_string (render, args[0])
                                : rungs_liquid_string (DEFAULT_FORMAT);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GTimeZone) named = NULL;
  g_autoptr (GDateTime) shown = NULL;
  gint64 instant;

  if (n_args > 1)
    {
      RungsLiquidValue zone = rungs_liquid_render_string (render, args[1]);
      g_autofree char *name = g_strndup (zone.string, zone.length);

      if (!rungs_time_zone_is_known (name))
        {
          rungs_liquid_render_fail (render, _ ("there is no time zone “%s”"), name);
          return RUNGS_LIQUID_NIL_VALUE;
        }
      named = rungs_time_zone (name);
    }
  if (!read_instant (render, input, named ? named : render->zone, &instant)
      || !rungs_liquid_render_allows (render, format.length * WIDEST))
    return input;

  shown = rungs_time_in_zone (instant, named ? named : render->zone);
  format_date (out, shown, format);
  return rungs_liquid_render_take (render, out);
}

static const RungsLiquidFilterInfo FILTERS[] = {
  { "date", 0, 2, date },
};

const RungsLiquidFilterInfo *
rungs_liquid_date_filters (gsize *n)
{
  *n = G_N_ELEMENTS (FILTERS);
  return FILTERS;
}
