/* rungs-field.c: what the values of custom fields look like. */

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-field-store.h"

#define KEY_MAX 40

static const char *const KINDS[] = { "text", "number", "date", "yesno" };

static const char *const YES[] = { "yes", "y", "true", "1", "on", "x", "ja", "j", NULL };
static const char *const NO[] = { "no", "n", "false", "0", "off", "nein", NULL };

const char *
rungs_field_kind_to_text (RungsFieldKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (KINDS), KINDS[0]);

  return KINDS[kind];
}

gboolean
rungs_field_kind_from_text (const char     *text,
                            RungsFieldKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_strcmp0 (text, KINDS[i]) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

void
rungs_field_free (RungsField *self)
{
  g_free (self->key);
  g_free (self->label);
  g_free (self);
}

void
rungs_field_value_free (RungsFieldValue *self)
{
  g_free (self->key);
  g_free (self->label);
  g_free (self->value);
  g_free (self);
}

char *
rungs_field_key_from_label (const char *label)
{
  g_autofree char *ascii = g_str_to_ascii (label, "C");
  g_autoptr (GString) key = g_string_new (NULL);

  for (const char *at = ascii; *at != '\0' && key->len < KEY_MAX; at++)
    {
      if (g_ascii_isalnum (*at))
        g_string_append_c (key, g_ascii_tolower (*at));
      else if (*at != '\'' && *at != '?' && key->len > 0 && key->str[key->len - 1] != '_')
        g_string_append_c (key, '_');
    }
  while (key->len > 0 && key->str[key->len - 1] == '_')
    g_string_truncate (key, key->len - 1);
  return g_strdup (key->len > 0 ? key->str : "field");
}

static char *
refuse (const char *value,
        const char *what,
        GError    **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("“%s” is not %s"), value, what);
  return NULL;
}

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

static char *
normalize_number (const char *value,
                  GError    **error)
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
        return refuse (value, _ ("a number"), error);
      digits |= g_ascii_isdigit (*at);
    }
  if (!digits)
    return refuse (value, _ ("a number"), error);
  if (number->str[number->len - 1] == '.')
    g_string_truncate (number, number->len - 1);
  return g_strdup (number->str);
}

static char *
date_text (int year,
           int month,
           int day)
{
  if (year < 1 || year > 9999 || month < 1 || day < 1 || !g_date_valid_dmy (day, month, year))
    return NULL;
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

/* Years first, or days first with points; with slashes only where day and month cannot be
 * mistaken. */
static char *
normalize_date (const char *value,
                GError    **error)
{
  int a, b, c;
  char end = '\0';
  char *date = NULL;

  if (sscanf (value, "%4d-%2d-%2d%c", &a, &b, &c, &end) >= 3
      && (end == '\0' || end == 'T' || end == ' '))
    date = date_text (a, b, c);
  else if (sscanf (value, "%2d.%2d.%4d%c", &a, &b, &c, &end) == 3)
    date = date_text (c, b, a);
  else if (sscanf (value, "%2d/%2d/%4d%c", &a, &b, &c, &end) == 3 && (a > 12 || b > 12 || a == b))
    date = a > 12 ? date_text (c, b, a) : date_text (c, a, b);
  return date ? date : refuse (value, _ ("a date such as 2026-11-21"), error);
}

static char *
normalize_yesno (const char *value,
                 GError    **error)
{
  g_autofree char *lower = g_utf8_strdown (value, -1);

  if (g_strv_contains (YES, lower))
    return g_strdup ("yes");
  if (g_strv_contains (NO, lower))
    return g_strdup ("no");
  return refuse (value, _ ("yes or no"), error);
}

char *
rungs_field_normalize (RungsFieldKind kind,
                       const char    *value,
                       GError       **error)
{
  g_autofree char *valid = NULL;

  g_return_val_if_fail (value != NULL, NULL);

  valid = g_strstrip (g_utf8_make_valid (value, -1));
  switch (kind)
    {
    case RUNGS_FIELD_NUMBER:
      return normalize_number (valid, error);
    case RUNGS_FIELD_DATE:
      return normalize_date (valid, error);
    case RUNGS_FIELD_YESNO:
      return normalize_yesno (valid, error);
    case RUNGS_FIELD_TEXT:
    default:
      return g_steal_pointer (&valid);
    }
}
