/* rungs-money.c: exact money.
 *
 * Products of two 64-bit amounts are taken in 128 bits, so that a share or a split never loses a
 * unit; only a result that does not fit 64 bits is an error. */

#include "base/rungs-money.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"

typedef __int128 Wide;

static const char NO_DIGITS[][4] = { "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
                                     "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF" };
static const char THREE_DIGITS[][4] = { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND" };
static const char FOUR_DIGITS[][4] = { "CLF", "UYW" };

static gboolean
is_in (const char (*codes)[4],
       size_t      n,
       const char *currency)
{
  for (size_t i = 0; i < n; i++)
    if (strcmp (codes[i], currency) == 0)
      return TRUE;
  return FALSE;
}

RungsMoney
rungs_money (gint64      minor,
             const char *currency)
{
  RungsMoney money = { .minor = minor };

  g_return_val_if_fail (currency != NULL, money);

  g_strlcpy (money.currency, currency, sizeof money.currency);
  return money;
}

int
rungs_currency_digits (const char *currency)
{
  g_return_val_if_fail (currency != NULL, 2);

  if (is_in (NO_DIGITS, G_N_ELEMENTS (NO_DIGITS), currency))
    return 0;
  if (is_in (THREE_DIGITS, G_N_ELEMENTS (THREE_DIGITS), currency))
    return 3;
  if (is_in (FOUR_DIGITS, G_N_ELEMENTS (FOUR_DIGITS), currency))
    return 4;
  return 2;
}

gboolean
rungs_currency_is_valid (const char *currency)
{
  return currency != NULL && strlen (currency) == 3 && g_ascii_isupper (currency[0])
         && g_ascii_isupper (currency[1]) && g_ascii_isupper (currency[2]);
}

static gint64
power_of_ten (int exponent)
{
  gint64 power = 1;

  while (exponent-- > 0)
    power *= 10;
  return power;
}

/* The digits of `text` up to a letter or the end, as minor units with `digits` after the point. */
static gboolean
parse_amount (const char  *text,
              const char **end,
              int          digits,
              gint64      *minor)
{
  gboolean negative = FALSE;
  gboolean any = FALSE;
  int after = -1; /* digits seen after the point; -1: no point yet */
  Wide value = 0;

  if (*text == '-' || *text == '+')
    negative = *text++ == '-';
  for (; *text != '\0'; text++)
    {
      if ((*text == '.' || *text == ',') && after < 0)
        {
          after = 0;
          continue;
        }
      if (!g_ascii_isdigit (*text))
        break;
      any = TRUE;
      if (after >= 0 && ++after > digits)
        return FALSE;
      value = value * 10 + (*text - '0');
      if (value > G_MAXINT64)
        return FALSE;
    }
  value *= power_of_ten (digits - MAX (after, 0));
  if (!any || value > G_MAXINT64)
    return FALSE;

  *end = text;
  *minor = negative ? -(gint64) value : (gint64) value;
  return TRUE;
}

gboolean
rungs_money_parse (const char  *text,
                   const char  *fallback,
                   RungsMoney  *money,
                   GError     **error)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *code = NULL;
  size_t letters;
  const char *end = NULL;
  gint64 minor;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (money != NULL, FALSE);

  trimmed = g_strstrip (g_strdup (text));
  for (letters = strlen (trimmed); letters > 0 && g_ascii_isalpha (trimmed[letters - 1]); letters--)
    continue;
  code = g_ascii_strup (trimmed + letters, -1);
  trimmed[letters] = '\0';
  g_strchomp (trimmed);
  if (*code == '\0' && fallback != NULL)
    {
      g_free (code);
      code = g_strdup (fallback);
    }

  if (!rungs_currency_is_valid (code)
      || !parse_amount (trimmed, &end, rungs_currency_digits (code), &minor) || *end != '\0')
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("“%s” is not an amount such as 49.00EUR"), text);
      return FALSE;
    }

  *money = rungs_money (minor, code);
  return TRUE;
}

char *
rungs_money_format_amount (RungsMoney money)
{
  int digits = rungs_currency_digits (money.currency);
  guint64 power = power_of_ten (digits);
  guint64 size = money.minor < 0 ? -(guint64) money.minor : (guint64) money.minor;
  const char *sign = money.minor < 0 ? "-" : "";

  if (digits == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT, sign, size);
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, sign, size / power,
                          digits, size % power);
}

/* a / b for b > 0, rounded half to even. */
static Wide
divide_half_even (Wide a,
                  Wide b)
{
  Wide quotient = a / b;
  Wide rest = a % b;

  if (rest < 0)
    {
      rest += b;
      quotient--;
    }
  if (rest * 2 > b || (rest * 2 == b && quotient % 2 != 0))
    quotient++;
  return quotient;
}

gboolean
rungs_money_to_units (RungsMoney  money,
                      gint64      from,
                      gint64     *units)
{
  gint64 power = power_of_ten (rungs_currency_digits (money.currency));
  Wide size = money.minor < 0 ? -(Wide) money.minor : money.minor;

  g_return_val_if_fail (units != NULL, FALSE);

  if (size % power != 0 && size < (Wide) from * power)
    return FALSE;
  *units = (gint64) divide_half_even (money.minor, power);
  return TRUE;
}

char *
rungs_money_format_estimate (RungsMoney money)
{
  gint64 units;

  if (rungs_money_to_units (money, RUNGS_ESTIMATE_FROM, &units))
    return g_strdup_printf ("%" G_GINT64_FORMAT " %s", units, money.currency);
  return rungs_money_format (money);
}

char *
rungs_money_format (RungsMoney money)
{
  g_autofree char *amount = rungs_money_format_amount (money);

  return g_strdup_printf ("%s %s", amount, money.currency);
}

gboolean
rungs_money_add (RungsMoney   a,
                 RungsMoney   b,
                 RungsMoney  *sum,
                 GError     **error)
{
  gint64 minor;

  g_return_val_if_fail (sum != NULL, FALSE);

  if (strcmp (a.currency, b.currency) != 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("%s and %s cannot be added"),
                   a.currency, b.currency);
      return FALSE;
    }
  if (__builtin_add_overflow (a.minor, b.minor, &minor))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the sum is too large"));
      return FALSE;
    }

  *sum = rungs_money (minor, a.currency);
  return TRUE;
}

gboolean
rungs_money_times (gint64  minor,
                   gint64  by,
                   gint64  over,
                   gint64 *result)
{
  Wide wide;

  g_return_val_if_fail (over > 0, FALSE);
  g_return_val_if_fail (result != NULL, FALSE);

  wide = divide_half_even ((Wide) minor * by, over);
  *result = (gint64) wide;
  return wide <= G_MAXINT64 && wide >= G_MININT64;
}

gboolean
rungs_money_share_times (gint64  minor,
                         gint64  basis_points,
                         gint64  by,
                         gint64  over,
                         gint64 *result)
{
  Wide wide;

  g_return_val_if_fail (over > 0, FALSE);
  g_return_val_if_fail (result != NULL, FALSE);

  if (__builtin_mul_overflow ((Wide) minor * basis_points, (Wide) by, &wide))
    return FALSE;
  wide = divide_half_even (wide, (Wide) over * 10000);
  *result = (gint64) wide;
  return wide <= G_MAXINT64 && wide >= G_MININT64;
}

gboolean
rungs_money_share (RungsMoney   money,
                   gint64       basis_points,
                   RungsMoney  *share,
                   GError     **error)
{
  gint64 minor;

  g_return_val_if_fail (share != NULL, FALSE);

  if (!rungs_money_times (money.minor, basis_points, 10000, &minor))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the share is too large"));
      return FALSE;
    }

  *share = rungs_money (minor, money.currency);
  return TRUE;
}

void
rungs_money_split (gint64        minor,
                   const gint64 *weights,
                   guint         n,
                   gint64       *parts)
{
  g_autofree Wide *rests = g_new0 (Wide, n);
  Wide total = 0;
  gint64 given = 0;
  int unit = minor < 0 ? -1 : 1;

  g_return_if_fail (n > 0);
  g_return_if_fail (parts != NULL);

  for (guint i = 0; i < n; i++)
    total += weights ? weights[i] : 1;
  for (guint i = 0; i < n; i++)
    {
      Wide weight = total == 0 || weights == NULL ? 1 : weights[i];
      Wide whole = (Wide) minor * weight;
      Wide over = total == 0 ? n : total;

      parts[i] = (gint64) (whole / over);
      rests[i] = (whole % over) * unit;
      given += parts[i];
    }

  for (; given != minor; given += unit)
    {
      guint largest = 0;

      for (guint i = 1; i < n; i++)
        if (rests[i] > rests[largest])
          largest = i;
      parts[largest] += unit;
      rests[largest] = -1;
    }
}
