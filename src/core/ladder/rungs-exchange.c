/* rungs-exchange.c: amounts of other currencies told in one.
 *
 * Each currency has the spans of time in which a rate held, with the fraction by which minor units
 * of it become minor units of the report: for a rate r of 8 digits after the point, from a currency
 * with d digits to one with e, by r / 10^(8 + d - e); against the direction in which the rate is
 * stated, by 10^(8 + e - d) / r. As currencies have 0 to 4 digits, both fit 64 bits, and the
 * product with the amount fits 128: nothing is rounded but the result. */

#include "ladder/rungs-exchange.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"

#define DIGITS 8

/* Until the next one begins. */
typedef struct
{
  gint64 from;
  char day[11]; /* that begins then */
  gint64 by;
  gint64 over;
} Span;

typedef struct
{
  char currency[4];
  GArray *spans; /* (owned) (element-type Span) */
} Series;

struct _RungsExchange
{
  gatomicrefcount references;
  char currency[4];
  GPtrArray *series; /* (owned) (element-type Series) */
};

/* ---- rates as text */

/* The digits, as units of 1 / RUNGS_EXCHANGE_ONE; 0 where there is anything else, or too much. */
static gint64
read_digits (const char *text)
{
  gint64 value = 0;
  int after = -1; /* digits seen after the point; -1: no point yet */

  for (; *text != '\0'; text++)
    {
      if ((*text == '.' || *text == ',') && after < 0)
        {
          after = 0;
          continue;
        }
      if (!g_ascii_isdigit (*text) || (after >= 0 && ++after > DIGITS)
          || __builtin_mul_overflow (value, 10, &value)
          || __builtin_add_overflow (value, *text - '0', &value))
        return 0;
    }
  for (after = MAX (after, 0); after < DIGITS; after++)
    if (__builtin_mul_overflow (value, 10, &value))
      return 0;
  return value;
}

gboolean
rungs_exchange_rate_parse (const char *text,
                           gint64     *rate,
                           GError    **error)
{
  g_autofree char *plain = NULL;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (rate != NULL, FALSE);

  plain = g_strstrip (g_strdup (text));
  *rate = read_digits (plain);
  if (*rate > 0)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("“%s” is no rate such as 1.0876, with 8 digits after the point at most"), text);
  return FALSE;
}

char *
rungs_exchange_rate_format (gint64 rate)
{
  g_autofree char *text
    = g_strdup_printf ("%" G_GINT64_FORMAT ".%08" G_GINT64_FORMAT, rate / RUNGS_EXCHANGE_ONE,
                       rate % RUNGS_EXCHANGE_ONE);
  gsize length = strlen (text);

  while (text[length - 1] == '0')
    length--;
  if (text[length - 1] == '.')
    length--;
  return g_strndup (text, length);
}

char *
rungs_exchange_rate_dup_statement (const RungsExchangeRate *rate)
{
  g_autofree char *number = NULL;

  g_return_val_if_fail (rate != NULL, NULL);

  number = rungs_exchange_rate_format (rate->rate);
  return g_strdup_printf ("1 %s = %s %s", rate->base, number, rate->quote);
}

/* ---- one rate */

static gint64
power_of_ten (int exponent)
{
  gint64 power = 1;

  while (exponent-- > 0)
    power *= 10;
  return power;
}

const char *
rungs_exchange_rate_get_other (const RungsExchangeRate *rate,
                               const char              *currency)
{
  g_return_val_if_fail (rate != NULL && currency != NULL, NULL);

  return strcmp (rate->quote, currency) == 0 ? rate->base : rate->quote;
}

/* By which minor units of the other currency become those of `currency`. */
static void
find_fraction (const RungsExchangeRate *rate,
               const char              *currency,
               gint64                  *by,
               gint64                  *over)
{
  gboolean straight = strcmp (rate->quote, currency) == 0;
  int shift = rungs_currency_digits (straight ? rate->base : rate->quote)
              - rungs_currency_digits (currency);

  *by = straight ? rate->rate : power_of_ten (DIGITS - shift);
  *over = straight ? power_of_ten (DIGITS + shift) : rate->rate;
}

gboolean
rungs_exchange_rate_share (const RungsExchangeRate *rate,
                           const char              *currency,
                           gint64                   minor,
                           gint64                   basis_points,
                           gint64                  *told)
{
  gint64 by, over;

  g_return_val_if_fail (rate != NULL && rate->rate > 0, FALSE);
  g_return_val_if_fail (currency != NULL && told != NULL, FALSE);

  find_fraction (rate, currency, &by, &over);
  return rungs_money_share_times (minor, basis_points, by, over, told);
}

/* ---- the table */

static void
series_free (gpointer data)
{
  Series *self = data;

  g_array_unref (self->spans);
  g_free (self);
}

static const Series *
find_series (const RungsExchange *self,
             const char          *currency)
{
  for (guint i = 0; i < self->series->len; i++)
    {
      const Series *series = g_ptr_array_index (self->series, i);

      if (strcmp (series->currency, currency) == 0)
        return series;
    }
  return NULL;
}

static const Series *
ensure_series (RungsExchange *self,
               const char    *currency)
{
  const Series *found = find_series (self, currency);
  Series *made;

  if (found != NULL)
    return found;
  made = g_new0 (Series, 1);
  g_strlcpy (made->currency, currency, sizeof made->currency);
  made->spans = g_array_new (FALSE, FALSE, sizeof (Span));
  g_ptr_array_add (self->series, made);
  return made;
}

static void
take_rate (RungsExchange           *self,
           const RungsExchangeRate *rate,
           gint64                   from)
{
  Span span = { .from = from };

  if (strcmp (rate->quote, self->currency) != 0 && strcmp (rate->base, self->currency) != 0)
    return;
  g_strlcpy (span.day, rate->day, sizeof span.day);
  find_fraction (rate, self->currency, &span.by, &span.over);
  g_array_append_val (
      ensure_series (self, rungs_exchange_rate_get_other (rate, self->currency))->spans, span);
}

RungsExchange *
rungs_exchange_new (const char   *currency,
                    GTimeZone    *zone,
                    const GArray *rates)
{
  RungsExchange *self = g_new0 (RungsExchange, 1);
  const char *day = "";
  gint64 from = 0;

  g_return_val_if_fail (currency != NULL && zone != NULL && rates != NULL, NULL);

  g_atomic_ref_count_init (&self->references);
  g_strlcpy (self->currency, currency, sizeof self->currency);
  self->series = g_ptr_array_new_with_free_func (series_free);
  for (guint i = 0; i < rates->len; i++)
    {
      const RungsExchangeRate *rate = &g_array_index (rates, RungsExchangeRate, i);

      if (strcmp (day, rate->day) != 0 && rungs_time_parse (rate->day, zone, &from, NULL))
        from = rungs_time_day_start (from, zone, 0);
      day = rate->day;
      take_rate (self, rate, from);
    }
  return self;
}

RungsExchange *
rungs_exchange_ref (RungsExchange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
rungs_exchange_unref (RungsExchange *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->series);
  g_free (self);
}

const char *
rungs_exchange_get_currency (const RungsExchange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->currency;
}

/* ---- telling */

/* The last span that begins at `at`, or on `day` (where it is not NULL), or before; NULL: none. */
static const Span *
find_span (const Series *series,
           gint64        at,
           const char   *day)
{
  guint low = 0, high = series->spans->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const Span *span = &g_array_index (series->spans, Span, middle);

      if (day != NULL ? strcmp (span->day, day) <= 0 : span->from <= at)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? &g_array_index (series->spans, Span, low - 1) : NULL;
}

static RungsExchanged
convert (const RungsExchange *self,
         RungsMoney           money,
         gint64               at,
         const char          *day,
         RungsMoney          *told)
{
  const Series *series;
  const Span *span;
  gint64 minor;

  if (strcmp (money.currency, self->currency) == 0)
    {
      *told = money;
      return RUNGS_EXCHANGED;
    }
  series = find_series (self, money.currency);
  span = series != NULL ? find_span (series, at, day) : NULL;
  if (span == NULL)
    return RUNGS_EXCHANGE_NO_RATE;
  if (!rungs_money_times (money.minor, span->by, span->over, &minor))
    return RUNGS_EXCHANGE_TOO_LARGE;
  *told = rungs_money (minor, self->currency);
  return RUNGS_EXCHANGED;
}

RungsExchanged
rungs_exchange_convert (const RungsExchange *self,
                        RungsMoney           money,
                        gint64               at,
                        RungsMoney          *told)
{
  g_return_val_if_fail (self != NULL && told != NULL, RUNGS_EXCHANGE_NO_RATE);

  return convert (self, money, at, NULL, told);
}

RungsExchanged
rungs_exchange_convert_day (const RungsExchange *self,
                            RungsMoney           money,
                            const char          *day,
                            RungsMoney          *told)
{
  g_return_val_if_fail (self != NULL && day != NULL && told != NULL, RUNGS_EXCHANGE_NO_RATE);

  return convert (self, money, 0, day, told);
}

RungsExchanged
rungs_exchange_convert_part (const RungsExchange *self,
                             RungsMoney           part,
                             gint64               before,
                             gint64               at,
                             RungsMoney          *told)
{
  RungsMoney earlier = rungs_money (before, part.currency);
  RungsMoney until = part;
  RungsExchanged done;

  g_return_val_if_fail (self != NULL && told != NULL, RUNGS_EXCHANGE_NO_RATE);

  if (__builtin_add_overflow (before, part.minor, &until.minor))
    return RUNGS_EXCHANGE_TOO_LARGE;
  done = convert (self, earlier, at, NULL, &earlier);
  if (done == RUNGS_EXCHANGED)
    done = convert (self, until, at, NULL, &until);
  if (done != RUNGS_EXCHANGED)
    return done;
  *told = until;
  return __builtin_sub_overflow (until.minor, earlier.minor, &told->minor)
           ? RUNGS_EXCHANGE_TOO_LARGE
           : RUNGS_EXCHANGED;
}

/* Adds it to the sum of its currency, which stands where it belongs. */
static gboolean
add_to_sums (GArray     *sums,
             RungsMoney  money,
             GError    **error)
{
  guint place = 0;

  while (place < sums->len
         && strcmp (g_array_index (sums, RungsMoney, place).currency, money.currency) < 0)
    place++;
  if (place < sums->len
      && strcmp (g_array_index (sums, RungsMoney, place).currency, money.currency) == 0)
    return rungs_money_add (g_array_index (sums, RungsMoney, place), money,
                            &g_array_index (sums, RungsMoney, place), error);
  g_array_insert_val (sums, place, money);
  return TRUE;
}

gboolean
rungs_exchange_add (const RungsExchange *self,
                    RungsMoney           part,
                    gint64               before,
                    gint64               at,
                    GArray              *sums,
                    GArray              *converted,
                    GError             **error)
{
  RungsMoney told = part;
  RungsMoney size = part;
  RungsExchanged done = RUNGS_EXCHANGE_NO_RATE;

  g_return_val_if_fail (sums != NULL, FALSE);

  size.minor = part.minor < 0 ? -part.minor : part.minor;
  if (self != NULL)
    done = rungs_exchange_convert_part (self, size, before, at, &told);
  if (done == RUNGS_EXCHANGE_TOO_LARGE)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the sum is too large"));
      return FALSE;
    }
  if (done != RUNGS_EXCHANGED)
    return add_to_sums (sums, part, error);
  told.minor = part.minor < 0 ? -told.minor : told.minor;
  return add_to_sums (sums, told, error)
         && (converted == NULL || strcmp (told.currency, part.currency) == 0
             || add_to_sums (converted, part, error));
}

const char *
rungs_exchange_get_first_day (const RungsExchange *self,
                              const char          *currency)
{
  const Series *series;

  g_return_val_if_fail (self != NULL && currency != NULL, NULL);

  series = find_series (self, currency);
  return series != NULL ? g_array_index (series->spans, Span, 0).day : NULL;
}
