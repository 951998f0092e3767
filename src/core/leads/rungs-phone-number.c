/* rungs-phone-number.c: when two telephone numbers are the same.
 *
 * People write one number in many ways: 086 123 4567, (086) 1234567, +353 86 123 4567,
 * 00353-86-123 4567, +353 (0)86 1234567. All become the international form of ITU-T E.164, by what
 * is dialled within and from each country. libphonenumber knows far more, but has no C interface;
 * what it knows beyond this (which numbers can be, which are mobile) is not needed to see that two
 * are the same. Of the countries that are not in the table, numbers with + or 00 are understood. */

#include "leads/rungs-phone-number.h"

#include <string.h>

#include "leads/rungs-name-fold.h"

#define FEWEST_DIGITS 7
#define MOST_DIGITS 15
#define EXTENSION_MAX 6

/* Only the shortest numbers, of emergency services, have fewer. */
#define FEWEST_PLAUSIBLE 4

static const RungsCountry COUNTRIES[] = {
  { "AT", "43", "0", "00", "austria|osterreich", "Europe/Vienna" },
  { "AU", "61", "0", "0011", "australia|australien",
    "Australia/Sydney|Australia/Melbourne|Australia/Brisbane|Australia/Perth|Australia/Adelaide" },
  { "BE", "32", "0", "00", "belgium|belgien|belgie|belgique", "Europe/Brussels" },
  { "BG", "359", "0", "00", "bulgaria|bulgarien", "Europe/Sofia" },
  { "BR", "55", "0", "00", "brazil|brasilien|brasil", "America/Sao_Paulo" },
  { "CA", "1", "1", "011", "canada|kanada",
    "America/Toronto|America/Vancouver|America/Edmonton|America/Winnipeg|America/Halifax" },
  { "CH", "41", "0", "00", "switzerland|schweiz|suisse|svizzera", "Europe/Zurich" },
  { "CY", "357", "", "00", "cyprus|zypern", "Asia/Nicosia" },
  { "CZ", "420", "", "00", "czechia|czech republic|tschechien|cesko", "Europe/Prague" },
  { "DE", "49", "0", "00", "germany|deutschland", "Europe/Berlin|Europe/Busingen" },
  { "DK", "45", "", "00", "denmark|danemark|danmark", "Europe/Copenhagen" },
  { "EE", "372", "", "00", "estonia|estland|eesti", "Europe/Tallinn" },
  { "ES", "34", "", "00", "spain|spanien|espana", "Europe/Madrid|Atlantic/Canary" },
  { "FI", "358", "0", "00", "finland|finnland|suomi", "Europe/Helsinki" },
  { "FR", "33", "0", "00", "france|frankreich", "Europe/Paris" },
  { "GB", "44", "0", "00",
    "united kingdom|great britain|uk|england|scotland|wales|northern ireland|grossbritannien|"
    "vereinigtes konigreich",
    "Europe/London" },
  { "GR", "30", "", "00", "greece|griechenland", "Europe/Athens" },
  { "HR", "385", "0", "00", "croatia|kroatien|hrvatska", "Europe/Zagreb" },
  { "HU", "36", "06", "00", "hungary|ungarn|magyarorszag", "Europe/Budapest" },
  { "IE", "353", "0", "00", "ireland|irland|eire|republic of ireland", "Europe/Dublin" },
  { "IL", "972", "0", "00", "israel", "Asia/Jerusalem" },
  { "IN", "91", "0", "00", "india|indien", "Asia/Kolkata|Asia/Calcutta" },
  { "IS", "354", "", "00", "iceland|island", "Atlantic/Reykjavik" },
  { "IT", "39", "", "00", "italy|italien|italia", "Europe/Rome" },
  { "JP", "81", "0", "010", "japan", "Asia/Tokyo" },
  { "LI", "423", "", "00", "liechtenstein", "Europe/Vaduz" },
  { "LT", "370", "0", "00", "lithuania|litauen|lietuva", "Europe/Vilnius" },
  { "LU", "352", "", "00", "luxembourg|luxemburg", "Europe/Luxembourg" },
  { "LV", "371", "", "00", "latvia|lettland|latvija", "Europe/Riga" },
  { "MT", "356", "", "00", "malta", "Europe/Malta" },
  { "MX", "52", "", "00", "mexico|mexiko", "America/Mexico_City" },
  { "NL", "31", "0", "00", "netherlands|the netherlands|niederlande|nederland|holland",
    "Europe/Amsterdam" },
  { "NO", "47", "", "00", "norway|norwegen|norge", "Europe/Oslo" },
  { "NZ", "64", "0", "00", "new zealand|neuseeland", "Pacific/Auckland" },
  { "PL", "48", "", "00", "poland|polen|polska", "Europe/Warsaw" },
  { "PT", "351", "", "00", "portugal", "Europe/Lisbon" },
  { "RO", "40", "0", "00", "romania|rumanien", "Europe/Bucharest" },
  { "RS", "381", "0", "00", "serbia|serbien|srbija", "Europe/Belgrade" },
  { "SE", "46", "0", "00", "sweden|schweden|sverige", "Europe/Stockholm" },
  { "SI", "386", "0", "00", "slovenia|slowenien|slovenija", "Europe/Ljubljana" },
  { "SK", "421", "0", "00", "slovakia|slowakei|slovensko", "Europe/Bratislava" },
  { "TR", "90", "0", "00", "turkey|turkei|turkiye", "Europe/Istanbul" },
  { "UA", "380", "0", "00", "ukraine", "Europe/Kyiv|Europe/Kiev" },
  { "US", "1", "1", "011", "united states|united states of america|usa|vereinigte staaten",
    "America/New_York|America/Chicago|America/Denver|America/Los_Angeles|America/Phoenix|"
    "America/Anchorage|Pacific/Honolulu|America/Detroit" },
  { "ZA", "27", "0", "00", "south africa|sudafrika", "Africa/Johannesburg" },
};

/* Whether a word stands in a list with | between. */
static gboolean
is_in_list (const char *list,
            const char *word)
{
  gsize size = strlen (word);

  for (const char *at = list; size > 0 && (at = strstr (at, word)) != NULL; at += size)
    if ((at == list || at[-1] == '|') && (at[size] == '\0' || at[size] == '|'))
      return TRUE;
  return FALSE;
}

const RungsCountry *
rungs_country_find (const char *text)
{
  g_autofree char *name = rungs_name_fold (text);

  for (gsize i = 0; i < G_N_ELEMENTS (COUNTRIES); i++)
    if (g_ascii_strcasecmp (COUNTRIES[i].code, name) == 0
        || is_in_list (COUNTRIES[i].names, name))
      return &COUNTRIES[i];
  return NULL;
}

const RungsCountry *
rungs_country_of_zone (const char *zone)
{
  g_return_val_if_fail (zone != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (COUNTRIES); i++)
    if (is_in_list (COUNTRIES[i].zones, zone))
      return &COUNTRIES[i];
  return NULL;
}

/* The country whose calling code the digits begin with. */
static const RungsCountry *
find_by_calling_code (const char *digits)
{
  for (gsize i = 0; i < G_N_ELEMENTS (COUNTRIES); i++)
    if (g_str_has_prefix (digits, COUNTRIES[i].calling))
      return &COUNTRIES[i];
  return NULL;
}

/* Where an extension begins ("ext. 12", "x12", "#12", "Durchwahl 12"), or another number. */
static gboolean
ends_number (const char *at)
{
  return strchr ("#;,", *at) != NULL || g_ascii_isalpha (*at);
}

/* The digits, those of other scripts too; `plus` says whether a + stood before them. "(0)", which
 * is dialled only within the country, is left out behind a +. */
static char *
collect_digits (const char *phone,
                gboolean   *plus)
{
  GString *digits = g_string_new (NULL);

  *plus = FALSE;
  for (const char *at = phone; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar sign = g_utf8_get_char (at);
      int digit = g_unichar_digit_value (sign);

      if (digit >= 0)
        g_string_append_c (digits, '0' + digit);
      else if ((sign == '+' || sign == 0xff0b) && digits->len == 0)
        *plus = TRUE;
      else if (digits->len > 0 && g_str_has_prefix (at, "(0)"))
        {
          if (!*plus && !g_str_has_prefix (digits->str, "00"))
            g_string_append_c (digits, '0');
          at += 2;
        }
      else if (digits->len > 0 && ends_number (at))
        break;
    }
  return g_string_free (digits, FALSE);
}

static char *
international (const char *digits)
{
  const RungsCountry *country = find_by_calling_code (digits);
  gsize code = country ? strlen (country->calling) : 0;
  const char *rest = digits + code;

  if (country != NULL && strcmp (country->trunk, "0") == 0 && *rest == '0')
    rest++;
  return g_strdup_printf ("+%.*s%s", (int) code, digits, rest);
}

static char *
national (const char         *digits,
          const RungsCountry *country)
{
  if (*country->trunk != '\0' && g_str_has_prefix (digits, country->trunk))
    digits += strlen (country->trunk);
  return g_strconcat ("+", country->calling, digits, NULL);
}

char *
rungs_phone_key (const char         *phone,
                 const RungsCountry *country)
{
  gboolean plus = FALSE;
  g_autofree char *digits = NULL;
  const char *abroad = country ? country->abroad : "00";
  gsize size;

  g_return_val_if_fail (phone != NULL, NULL);

  digits = collect_digits (phone, &plus);
  size = strlen (digits);
  if (size < FEWEST_DIGITS || size > MOST_DIGITS + strlen (abroad))
    return NULL;
  if (plus)
    return international (digits);
  if (g_str_has_prefix (digits, abroad))
    return international (digits + strlen (abroad));
  if (g_str_has_prefix (digits, "00"))
    return international (digits + 2);
  return country ? national (digits, country) : g_strdup (digits);
}

/* ---- as people write it */

/* Where the number ends, and an extension or a remark begins. */
static const char *
end_of_number (const char *phone)
{
  while (*phone != '\0' && strchr ("#;,", *phone) == NULL
         && !g_unichar_isalpha (g_utf8_get_char (phone)))
    phone = g_utf8_next_char (phone);
  return phone;
}

char *
rungs_phone_dup_extension (const char *phone,
                           gsize      *length)
{
  static const char *const WORDS[]
      = { "extension", "ext.", "ext", "durchwahl", "dw", "x", "#", ";ext=", NULL };
  g_autofree char *digits = NULL;
  const char *rest;

  g_return_val_if_fail (phone != NULL && length != NULL, NULL);

  rest = end_of_number (phone);
  *length = rest - phone;
  if (*rest == '\0')
    return g_strdup ("");
  for (guint i = 0; WORDS[i] != NULL && digits == NULL; i++)
    if (g_ascii_strncasecmp (rest, WORDS[i], strlen (WORDS[i])) == 0)
      digits = g_strstrip (g_strdup (rest + strlen (WORDS[i])));
  if (digits == NULL || *digits == '\0' || strlen (digits) > EXTENSION_MAX
      || digits[strspn (digits, "0123456789")] != '\0')
    return NULL;
  return g_steal_pointer (&digits);
}

static gboolean
has_letter (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

gboolean
rungs_phone_is_plausible (const char *phone)
{
  g_autofree char *extension = NULL;
  gsize length;
  guint digits = 0;

  g_return_val_if_fail (phone != NULL, FALSE);

  extension = rungs_phone_dup_extension (phone, &length);
  if (extension == NULL && has_letter (phone + length))
    return FALSE;
  for (const char *at = phone; at < phone + length; at = g_utf8_next_char (at))
    digits += g_unichar_isdigit (g_utf8_get_char (at));
  return digits >= FEWEST_PLAUSIBLE;
}

char *
rungs_phone_dup_international (const char         *phone,
                               const RungsCountry *country)
{
  g_autofree char *extension = NULL;
  g_autofree char *number = NULL;
  g_autofree char *digits = NULL;
  g_autofree char *key = NULL;
  gboolean plus = FALSE;
  gsize length;

  g_return_val_if_fail (phone != NULL && country != NULL, NULL);

  extension = rungs_phone_dup_extension (phone, &length);
  number = g_strndup (phone, length);
  digits = collect_digits (number, &plus);
  if (extension == NULL || plus || g_str_has_prefix (digits, country->abroad)
      || g_str_has_prefix (digits, "00"))
    return NULL;
  key = rungs_phone_key (number, country);
  return key != NULL && *extension != '\0' ? g_strconcat (key, " x", extension, NULL)
                                           : g_steal_pointer (&key);
}
