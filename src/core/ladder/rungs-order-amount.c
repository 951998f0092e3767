/* rungs-order-amount.c: amounts of money as shops and payment services export them. */

#include "ladder/rungs-order-amount.h"

#include <string.h>

#include "base/rungs-money.h"

/* More digits are no amount of money that anybody has. */
#define DIGITS_MAX 18

/* Longer words beside a number are not the sign of a currency. */
#define SIGN_MAX 4

/* A number without its signs: digits, '.' and ','. */
typedef struct
{
  char text[64];
  gsize length;
  gboolean negative;
  gboolean ended; /* by a minus or a bracket behind it */
} Body;

static gboolean
is_space (gunichar c)
{
  return g_unichar_isspace (c) || c == 0xa0 || c == 0x202f || c == '\'' || c == 0x2019;
}

/* Takes the letters and the sign of a currency that stand beside the number: "US$", "EUR". */
static gboolean
take_sign (gunichar c,
           guint   *signs)
{
  return (g_unichar_isalpha (c) || g_unichar_type (c) == G_UNICODE_CURRENCY_SYMBOL)
         && ++*signs <= SIGN_MAX;
}

static gboolean
take_minus (Body    *body,
            gunichar c)
{
  if (c != '-' && c != 0x2212 && c != '(' && c != ')')
    return FALSE;
  body->negative = TRUE;
  body->ended = body->length > 0;
  return TRUE;
}

/* Leaves spaces, apostrophes, a sign and the currency out; FALSE where anything else is in it. */
static gboolean
read_body (const char *text,
           Body       *body)
{
  guint signs = 0;
  guint before = 0; /* of them, before the number */

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (is_space (c) || c == '+' || take_minus (body, c))
        continue;
      if (g_ascii_isdigit (*text) || c == '.' || c == ',')
        {
          if (body->ended || body->length + 1 >= sizeof body->text
              || (body->length > 0 && signs > before))
            return FALSE;
          before = signs;
          body->text[body->length++] = *text;
        }
      else if (!take_sign (c, &signs))
        return FALSE;
    }
  return body->length > 0;
}

/* Where the sign stands that parts the minor units; NULL: there are none. Behind a nought stand no
 * thousands. */
static const char *
find_decimals (const Body *body,
               int         digits)
{
  const char *point = strrchr (body->text, '.');
  const char *comma = strrchr (body->text, ',');
  const char *last = MAX (point, comma);
  gsize behind;

  if (last == NULL || strchr (body->text, *last) != last)
    return NULL;
  if (point != NULL && comma != NULL)
    return last;
  behind = body->text + body->length - last - 1;
  return behind == 3 && digits != 3 && last > body->text && last - body->text <= 3
                 && *body->text != '0'
             ? NULL
             : last;
}

/* Whether the signs between thousands stand where they can: groups of three, or of two as in
 * India, the last of three. */
static gboolean
is_grouped (const char *from,
            const char *to)
{
  gsize run = 0;
  gboolean grouped = FALSE;

  for (; from < to; from++)
    if (g_ascii_isdigit (*from))
      run++;
    else if (run == 0 || run > 3 || (grouped && run < 2))
      return FALSE;
    else
      {
        grouped = TRUE;
        run = 0;
      }
  return !grouped || run == 3;
}

static gboolean
append_digit (gint64 *number,
              char    digit)
{
  return !__builtin_mul_overflow (*number, 10, number)
         && !__builtin_add_overflow (*number, digit - '0', number);
}

static gboolean
read_whole (const char *from,
            const char *to,
            gint64     *number)
{
  for (; from < to; from++)
    if (g_ascii_isdigit (*from) && !append_digit (number, *from))
      return FALSE;
  return TRUE;
}

static gboolean
read_decimals (const char *at,
               int         digits,
               gint64     *number)
{
  for (int i = 0; i < digits; i++)
    if (!append_digit (number, *at != '\0' ? *at++ : '0'))
      return FALSE;
  return strspn (at, "0") == strlen (at);
}

gboolean
rungs_order_amount_parse (const char *text,
                          const char *currency,
                          gint64     *minor)
{
  int digits = rungs_currency_digits (currency);
  Body body = { 0 };
  const char *decimals;
  const char *end;
  gint64 number = 0;

  g_return_val_if_fail (text != NULL && currency != NULL && minor != NULL, FALSE);

  if (!g_utf8_validate (text, -1, NULL) || !read_body (text, &body)
      || strpbrk (body.text, "0123456789") == NULL || body.length > DIGITS_MAX * 2)
    return FALSE;
  decimals = find_decimals (&body, digits);
  end = decimals != NULL ? decimals : body.text + body.length;
  if (!is_grouped (body.text, end) || !read_whole (body.text, end, &number)
      || !read_decimals (decimals != NULL ? decimals + 1 : "", digits, &number))
    return FALSE;
  *minor = body.negative ? -number : number;
  return TRUE;
}
