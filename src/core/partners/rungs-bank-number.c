/* rungs-bank-number.c: IBANs and BICs. */

#include "partners/rungs-bank-number.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"

/* How long IBANs are, by country; a point: reached by SEPA. */
static const char LENGTHS[]
    = "AD24. AE23 AL28. AT20. AZ28 BA20 BE16. BG22. BH22 BI27 BR29 BY28 CH21. CR22 CY28. CZ24."
      " DE22. DJ27 DK18. DO28 EE20. EG29 ES24. FI18. FK18 FO18 FR27. GB22. GE22 GI23. GL18 GR27."
      " GT28 HN28 HR21. HU28. IE22. IL23 IQ23 IS26. IT27. JO30 KW30 KZ20 LB28 LC32 LI21. LT20."
      " LU20. LV21. LY25 MC27. MD24. ME22. MK19. MN20 MR27 MT31. MU30 NI28 NL18. NO15. OM23 PK24"
      " PL28. PS29 PT25. QA29 RO24. RS22. RU33 SA24 SC31 SD18 SE24. SI19. SK24. SM27. SO23 ST25"
      " SV28 TL23 TN24 TR26 UA29 VA22. VG24 XK20 YE30";

static char *
refuse (GError     **error,
        const char  *why,
        const char  *what)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why, what);
  return NULL;
}

/* Returns: (transfer full): in capitals, without spaces. */
static char *
dup_tight (const char *text)
{
  GString *tight = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)) && g_utf8_get_char (p) != 0x200B)
      g_string_append_len (tight, p, g_utf8_next_char (p) - p);
  for (gsize i = 0; i < tight->len; i++)
    tight->str[i] = g_ascii_toupper (tight->str[i]);
  return g_string_free (tight, FALSE);
}

/* Returns: (transfer none) (nullable): "22." of "DE89…". */
static const char *
find_country (const char *iban)
{
  for (const char *p = LENGTHS; *p != '\0'; p++)
    if ((p == LENGTHS || p[-1] == ' ') && strncmp (p, iban, 2) == 0)
      return p + 2;
  return NULL;
}

static gboolean
is_of_letters_and_digits (const char *text)
{
  while (g_ascii_isupper (*text) || g_ascii_isdigit (*text))
    text++;
  return *text == '\0';
}

static guint
add_to_remainder (guint remainder,
                  char  sign)
{
  if (g_ascii_isdigit (sign))
    return (remainder * 10 + (guint) g_ascii_digit_value (sign)) % 97;
  return (remainder * 100 + (guint) (sign - 'A') + 10) % 97;
}

/* The first four stand at the end; a letter is two digits, A is 10. */
static gboolean
is_checked (const char *iban)
{
  guint remainder = 0;

  for (const char *p = iban + 4; *p != '\0'; p++)
    remainder = add_to_remainder (remainder, *p);
  for (guint i = 0; i < 4; i++)
    remainder = add_to_remainder (remainder, iban[i]);
  return remainder == 1;
}

char *
rungs_iban_read (const char  *text,
                 GError     **error)
{
  g_autofree char *iban = NULL;
  const char *country;
  guint64 length;

  g_return_val_if_fail (text != NULL, NULL);

  iban = dup_tight (text);
  if (!is_of_letters_and_digits (iban) || strlen (iban) < 5 || !g_ascii_isupper (iban[0])
      || !g_ascii_isupper (iban[1]) || !g_ascii_isdigit (iban[2]) || !g_ascii_isdigit (iban[3]))
    return refuse (error,
                   _ ("“%s” is no IBAN: it begins with two letters and two digits, and has letters "
                      "and digits only"),
                   text);
  country = find_country (iban);
  iban[2] = country == NULL ? '\0' : iban[2];
  if (country == NULL)
    return refuse (error, _ ("there are no IBANs that begin with “%s”"), iban);
  length = g_ascii_strtoull (country, NULL, 10);
  if (strlen (iban) != length)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("an IBAN that begins with %.2s has %u letters and digits, and this one %u"),
                   iban, (guint) length, (guint) strlen (iban));
      return NULL;
    }
  if (!is_checked (iban))
    return refuse (error, _ ("the IBAN “%s” is mistyped: its check digits do not fit"), text);
  return g_steal_pointer (&iban);
}

char *
rungs_bic_read (const char  *text,
                GError     **error)
{
  g_autofree char *bic = NULL;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  bic = dup_tight (text);
  length = strlen (bic);
  if ((length != 8 && length != 11) || !is_of_letters_and_digits (bic)
      || !g_ascii_isupper (bic[4]) || !g_ascii_isupper (bic[5]))
    return refuse (error,
                   _ ("“%s” is no BIC: it has 8 or 11 letters and digits, and the fifth and sixth "
                      "are those of a country"),
                   text);
  return g_steal_pointer (&bic);
}

char *
rungs_iban_dup_grouped (const char *iban)
{
  GString *grouped = g_string_new (NULL);

  g_return_val_if_fail (iban != NULL, NULL);

  for (gsize i = 0; iban[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (grouped, ' ');
      g_string_append_c (grouped, iban[i]);
    }
  return g_string_free (grouped, FALSE);
}

char *
rungs_iban_dup_masked (const char *iban)
{
  gsize length;

  g_return_val_if_fail (iban != NULL, NULL);

  length = strlen (iban);
  return length < 8 ? g_strdup (iban) : g_strdup_printf ("%.4s … %s", iban, iban + length - 2);
}

gboolean
rungs_iban_is_sepa (const char *iban)
{
  const char *country;

  g_return_val_if_fail (iban != NULL, FALSE);

  country = find_country (iban);
  return country != NULL && country[2] == '.';
}
