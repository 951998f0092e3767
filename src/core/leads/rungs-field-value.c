/* rungs-field-value.c: what the values of custom fields look like, to people and in the file. */

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "base/rungs-money.h"
#include "leads/rungs-field.h"
#include "leads/rungs-import-date.h"

#define LINK_MAX 2000
#define CHOICES_TOLD 10
#define FIRST_YEAR 1000 /* "21.11.26" leaves the century open */

static const char *const YES[] = { "yes", "y", "true", "1", "on", "x", "ja", "j", NULL };
static const char *const NO[] = { "no", "n", "false", "0", "off", "nein", NULL };

static char *
refuse (const char *value,
        const char *what,
        GError    **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("“%s” is not %s"), value, what);
  return NULL;
}

/* ---- lines */

static char *
normalize_lines (const char *value)
{
  g_autoptr (GString) text = g_string_new (value);

  g_string_replace (text, "\r\n", "\n", 0);
  g_string_replace (text, "\r", "\n", 0);
  return g_strdup (text->str);
}

/* ---- numbers and money */

/* The last point or comma parts the fraction, all before it part thousands; one that is there more
 * than once only parts thousands, and so does a comma alone before three digits. */
static const char *
fraction_mark (const char *value)
{
  const char *point = strrchr (value, '.');
  const char *comma = strrchr (value, ',');
  const char *last = point > comma ? point : comma;

  if (last == NULL || strchr (value, *last) != last)
    return NULL;
  if (last == comma && point == NULL && strlen (comma) == strlen (",000"))
    return NULL;
  return last;
}

/* NULL where it is none. */
static char *
read_number (const char *value)
{
  g_autoptr (GString) number = g_string_new (NULL);
  const char *mark = fraction_mark (value);
  gboolean digits = FALSE;

  for (const char *at = value; *at != '\0'; at++)
    {
      if (g_ascii_isdigit (*at) || (at == value && *at == '-'))
        g_string_append_c (number, *at);
      else if (at == mark)
        g_string_append_c (number, '.');
      else if (!(at == value && *at == '+') && strchr (".,' ", *at) == NULL)
        return NULL;
      digits |= g_ascii_isdigit (*at);
    }
  if (!digits)
    return NULL;
  if (number->str[number->len - 1] == '.')
    g_string_truncate (number, number->len - 1);
  return g_strdup (number->str);
}

/* A sign for a currency, as people write it beside an amount. */
static const struct
{
  const char *sign;
  const char *currency;
} SIGNS[] = {
  { "€", "EUR" }, { "£", "GBP" }, { "¥", "JPY" }, { "zł", "PLN" }, { "₹", "INR" }, { "₺", "TRY" },
};

/* Whether a currency is written so; "$", "kr" and "Fr." are several currencies' own. */
static gboolean
is_written (const char *currency,
            const char *word)
{
  if (*word == '\0' || g_ascii_strcasecmp (word, currency) == 0)
    return TRUE;
  if (strcmp (word, "$") == 0)
    return g_str_has_suffix (currency, "D");
  if (g_ascii_strcasecmp (word, "kr") == 0 || g_ascii_strcasecmp (word, "kr.") == 0)
    return g_str_has_suffix (currency, "K");
  if (g_ascii_strcasecmp (word, "fr.") == 0)
    return strcmp (currency, "CHF") == 0;
  for (gsize i = 0; i < G_N_ELEMENTS (SIGNS); i++)
    if (strcmp (SIGNS[i].sign, word) == 0)
      return strcmp (SIGNS[i].currency, currency) == 0;
  return FALSE;
}

/* Parts "€ 49,00", "-49 EUR" or "-$49" into sign and amount, and the words around them. */
static char *
dup_amount (const char *value,
            char      **words)
{
  const char *from = value + strcspn (value, "0123456789");
  gsize size = strspn (from, "0123456789., '");
  g_autofree char *before = g_strndup (value, from - value);
  g_autofree char *after = g_strdup (from + size);
  gsize at = strlen (g_strstrip (before));
  gboolean negative = FALSE;

  if (at > 0 && (before[at - 1] == '-' || before[at - 1] == '+'))
    {
      negative = before[at - 1] == '-';
      before[at - 1] = '\0';
    }
  else if (*before == '-')
    {
      negative = TRUE;
      *before = ' ';
    }
  *words = g_strconcat (g_strstrip (before), g_strstrip (after), NULL);
  return g_strdup_printf ("%s%.*s", negative ? "-" : "", (int) size, from);
}

static char *
read_money (const RungsField *self,
            const char       *value,
            GError          **error)
{
  g_autofree char *words = NULL;
  g_autofree char *amount = dup_amount (value, &words);
  g_autofree char *number
      = is_written (self->currency, words) ? read_number (g_strchomp (amount)) : NULL;
  RungsMoney money;

  if (number == NULL || !rungs_money_parse (number, self->currency, &money, NULL))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("“%s” is not an amount in %s, such as %s"), value, self->currency,
                   rungs_currency_digits (self->currency) == 0 ? "49" : "49.00");
      return NULL;
    }
  return g_strdup_printf ("%" G_GINT64_FORMAT, money.minor);
}

/* ---- dates */

static char *
date_text (int year,
           int month,
           int day)
{
  if (year < FIRST_YEAR || year > 9999 || month < 1 || day < 1
      || !g_date_valid_dmy (day, month, year))
    return NULL;
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

/* Years first, or days first with points; with slashes only where day and month cannot be
 * mistaken; else as imports read dates with the name of the month, or digits only. */
static char *
read_date (const char *value)
{
  int a, b, c;
  char end = '\0';

  if (sscanf (value, "%4d-%2d-%2d%c", &a, &b, &c, &end) >= 3
      && (end == '\0' || end == 'T' || end == ' '))
    return date_text (a, b, c);
  if (sscanf (value, "%2d.%2d.%4d%c", &a, &b, &c, &end) == 3)
    return date_text (c, b, a);
  if (sscanf (value, "%2d/%2d/%4d%c", &a, &b, &c, &end) == 3)
    return a <= 12 && b <= 12 && a != b ? NULL
           : a > 12                     ? date_text (c, b, a)
                                        : date_text (c, a, b);
  return rungs_import_date_parse_day (value, &a, &b, &c) ? date_text (a, b, c) : NULL;
}

/* ---- yes and no */

static char *
read_yesno (const char *value)
{
  g_autofree char *lower = g_utf8_strdown (value, -1);

  if (g_strv_contains (YES, lower))
    return g_strdup ("yes");
  return g_strv_contains (NO, lower) ? g_strdup ("no") : NULL;
}

/* ---- links */

static gboolean
has_gaps (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isspace (g_utf8_get_char (text)) || g_unichar_iscntrl (g_utf8_get_char (text))
        || strchr ("<>\"\\", *text) != NULL)
      return TRUE;
  return FALSE;
}

/* Whether a person or a mail program can follow it. */
static gboolean
leads_somewhere (const char *link)
{
  g_autoptr (GUri) uri = g_uri_parse (link, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (strcmp (scheme, "mailto") == 0)
    {
      g_autofree char *key = rungs_email_key (g_uri_get_path (uri), NULL);

      return key != NULL;
    }
  return (strcmp (scheme, "https") == 0 || strcmp (scheme, "http") == 0) && host != NULL
         && *host != '\0';
}

/* What has no scheme is an e-mail address, or a page where there is a point in its host. */
static char *
read_link (const char *value)
{
  g_autofree char *address = rungs_email_key (value, NULL);
  g_autofree char *host = g_strndup (value, strcspn (value, "/?#:"));
  g_autofree char *link = NULL;
  const char *rest = value + strlen (host);

  if (has_gaps (value) || strlen (value) > LINK_MAX)
    return NULL;
  if (address != NULL)
    link = g_strconcat ("mailto:", value, NULL);
  else if (strchr (host, '.') != NULL && (*rest != ':' || g_ascii_isdigit (rest[1])))
    link = g_strconcat ("https://", value, NULL);
  else
    link = g_strdup (value);
  return leads_somewhere (link) ? g_steal_pointer (&link) : NULL;
}

/* ---- telephone numbers */

static char *
read_phone (const RungsField *self,
            const char       *value)
{
  gsize length;
  g_autofree char *extension = rungs_phone_dup_extension (value, &length);
  g_autofree char *dialled = g_strndup (value, length);
  g_autofree char *number = rungs_phone_key (dialled, self->country);

  if (number == NULL || extension == NULL)
    return NULL;
  return *extension != '\0' ? g_strconcat (number, " x", extension, NULL)
                            : g_steal_pointer (&number);
}

/* ---- choices */

/* By key, or by label in any case. */
static const RungsFieldChoice *
find_choice (const RungsField *self,
             const char       *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  for (guint i = 0; i < self->choices->len; i++)
    {
      const RungsFieldChoice *choice = g_ptr_array_index (self->choices, i);
      g_autofree char *label = g_utf8_casefold (choice->label, -1);

      if (strcmp (label, folded) == 0)
        return choice;
    }
  return rungs_field_find_choice (self, text);
}

static char *
refuse_choice (const RungsField *self,
               const char       *text,
               GError          **error)
{
  g_autoptr (GString) offered = g_string_new (NULL);
  guint told = 0;

  for (guint i = 0; i < self->choices->len && told <= CHOICES_TOLD; i++)
    {
      const RungsFieldChoice *choice = g_ptr_array_index (self->choices, i);

      if (choice->retired_at != 0)
        continue;
      g_string_append_printf (offered, "%s%s", told > 0 ? "; " : "",
                              told < CHOICES_TOLD ? choice->label : "…");
      told++;
    }
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("“%s” is not one of the choices: %s"), text, offered->str);
  return NULL;
}

static char *
read_one (const RungsField *self,
          const char       *text,
          GError          **error)
{
  const RungsFieldChoice *choice = find_choice (self, text);

  return choice != NULL ? g_strdup (choice->key) : refuse_choice (self, text, error);
}

static int
compare_keys (const void *a,
              const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Each once, in the order in which they are stored. */
static char *
join_keys (GPtrArray *keys)
{
  g_autoptr (GString) value = g_string_new (NULL);
  const char *last = "";

  g_ptr_array_sort (keys, compare_keys);
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);

      if (strcmp (key, last) != 0)
        g_string_append_printf (value, "%s%s", value->len > 0 ? "," : "", key);
      last = key;
    }
  return g_strdup (value->str);
}

/* A label may hold a comma: what is parted by semicolons or lines is not parted by commas, and
 * neither is what is one label as a whole. */
static char *
read_several (const RungsField *self,
              const char       *text,
              GError          **error)
{
  gboolean whole = find_choice (self, text) != NULL;
  const char *marks = whole ? "" : strpbrk (text, ";\n") != NULL ? ";\n" : ",";
  g_auto (GStrv) parts = g_strsplit_set (text, marks, -1);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const RungsFieldChoice *choice;

      if (*g_strstrip (parts[i]) == '\0')
        continue;
      choice = find_choice (self, parts[i]);
      if (choice == NULL)
        return refuse_choice (self, parts[i], error);
      g_ptr_array_add (keys, choice->key);
    }
  return keys->len > 0 ? join_keys (keys) : refuse_choice (self, text, error);
}

/* ---- all kinds */

/* A text as the kind stores it; NULL where it cannot; `what` is what it then is not. */
static char *
normalize (RungsFieldKind kind,
           const char    *value,
           const char   **what)
{
  switch (kind)
    {
    case RUNGS_FIELD_LONG:
      return normalize_lines (value);
    case RUNGS_FIELD_NUMBER:
      *what = _ ("a number");
      return read_number (value);
    case RUNGS_FIELD_DATE:
      *what = _ ("a date such as 2026-11-21");
      return read_date (value);
    case RUNGS_FIELD_YESNO:
      *what = _ ("yes or no");
      return read_yesno (value);
    case RUNGS_FIELD_LINK:
      *what = _ ("a link such as https://example.com");
      return read_link (value);
    case RUNGS_FIELD_TEXT:
    case RUNGS_FIELD_MONEY:
    case RUNGS_FIELD_ONE:
    case RUNGS_FIELD_SEVERAL:
    case RUNGS_FIELD_PHONE:
    default:
      return g_strdup (value);
    }
}

char *
rungs_field_normalize (RungsFieldKind kind,
                       const char    *text,
                       GError       **error)
{
  g_autofree char *valid = NULL;
  const char *what = NULL;
  char *value;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_strstrip (g_utf8_make_valid (text, -1));
  value = normalize (kind, valid, &what);
  return value != NULL ? value : refuse (valid, what, error);
}

char *
rungs_field_read (const RungsField *self,
                  const char       *text,
                  GError          **error)
{
  g_autofree char *valid = NULL;
  char *value;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  valid = g_strstrip (g_utf8_make_valid (text, -1));
  switch (self->kind)
    {
    case RUNGS_FIELD_MONEY:
      return read_money (self, valid, error);
    case RUNGS_FIELD_ONE:
      return read_one (self, valid, error);
    case RUNGS_FIELD_SEVERAL:
      return read_several (self, valid, error);
    case RUNGS_FIELD_PHONE:
      value = read_phone (self, valid);
      return value != NULL ? value : refuse (valid, _ ("a telephone number"), error);
    case RUNGS_FIELD_TEXT:
    case RUNGS_FIELD_LONG:
    case RUNGS_FIELD_NUMBER:
    case RUNGS_FIELD_DATE:
    case RUNGS_FIELD_YESNO:
    case RUNGS_FIELD_LINK:
    default:
      return rungs_field_normalize (self->kind, valid, error);
    }
}

static char *
format_choices (const RungsField *self,
                const char       *value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) keys = g_strsplit (value, ",", -1);

  for (guint i = 0; i < self->choices->len; i++)
    {
      const RungsFieldChoice *choice = g_ptr_array_index (self->choices, i);

      if (rungs_field_value_holds (value, choice->key))
        g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", choice->label);
    }
  for (guint i = 0; keys[i] != NULL; i++)
    if (rungs_field_find_choice (self, keys[i]) == NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", keys[i]);
  return g_strdup (text->str);
}

char *
rungs_field_format (const RungsField *self,
                    const char       *value)
{
  g_return_val_if_fail (self != NULL && value != NULL, NULL);

  if (self->kind == RUNGS_FIELD_MONEY)
    return rungs_money_format (
      rungs_money (g_ascii_strtoll (value, NULL, 10), self->currency));
  if (rungs_field_kind_has_choices (self->kind))
    return format_choices (self, value);
  return g_strdup (value);
}
