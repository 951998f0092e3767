/* rungs-email-address.c: what counts as an e-mail address, and when two are the same. */

#include "base/rungs-email-address.h"

#include <glib/gi18n.h>
#include <idn2.h>
#include <string.h>

#include "base/rungs-error.h"

#define LOCAL_MAX 64
#define ADDRESS_MAX 254

static gboolean
refuse (GError    **error,
        const char *address,
        const char *why)
{
  g_autofree char *shown = g_utf8_make_valid (address, MIN (strlen (address), 100));

  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("“%s” is not an e-mail address: %s"),
               shown, why);
  return FALSE;
}

static gboolean
is_atom_text (const char *part)
{
  for (; *part != '\0'; part++)
    if ((guchar) *part <= ' ' || *part == 0x7f || strchr ("()<>[]:;@\\,\"", *part) != NULL)
      return FALSE;
  return TRUE;
}

/* ASCII letters, digits and hyphens in dotted labels: what a domain looks like once it is ASCII. */
static gboolean
is_host_name (const char *domain)
{
  const char *label = domain;

  if (strchr (domain, '.') == NULL)
    return FALSE;
  for (const char *at = domain;; at++)
    {
      if (*at == '.' || *at == '\0')
        {
          if (at == label || at - label > 63 || *label == '-' || at[-1] == '-')
            return FALSE;
          if (*at == '\0')
            return TRUE;
          label = at + 1;
        }
      else if (!g_ascii_isalnum (*at) && *at != '-' && *at != '_')
        return FALSE;
    }
}

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text >= 0x80)
      return FALSE;
  return TRUE;
}

static char *
ascii_domain (const char *domain)
{
  g_autofree char *result = NULL;
  char *ascii = NULL;

  if (is_ascii (domain))
    result = g_ascii_strdown (domain, -1);
  else if (idn2_to_ascii_8z (domain, &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) == IDN2_OK)
    {
      result = g_ascii_strdown (ascii, -1);
      idn2_free (ascii);
    }
  return result != NULL && is_host_name (result) ? g_steal_pointer (&result) : NULL;
}

/* Parts an address at its "@", the domain in ASCII. */
static gboolean
split_address (const char *address,
               char      **local,
               char      **domain,
               GError    **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (address));
  char *at = strrchr (trimmed, '@');

  if (!g_utf8_validate (trimmed, -1, NULL))
    return refuse (error, address, _ ("it is not text"));
  if (at == NULL || at == trimmed || at[1] == '\0')
    return refuse (error, address, _ ("it has no name or no domain around an @"));
  *at = '\0';
  if (!is_atom_text (trimmed) || trimmed[0] == '.' || at[-1] == '.'
      || strstr (trimmed, "..") != NULL)
    return refuse (error, address, _ ("the name before the @ has characters that are not allowed"));
  if (at - trimmed > LOCAL_MAX)
    return refuse (error, address, _ ("the name before the @ is too long"));

  *domain = ascii_domain (at + 1);
  if (*domain == NULL)
    return refuse (error, address, _ ("the domain after the @ cannot exist"));
  if (strlen (*domain) + (at - trimmed) + 1 > ADDRESS_MAX)
    {
      g_clear_pointer (domain, g_free);
      return refuse (error, address, _ ("it is too long"));
    }

  *local = g_strdup (trimmed);
  return TRUE;
}

char *
rungs_email_key (const char *address,
                 GError    **error)
{
  g_autofree char *local = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *lower = NULL;
  g_autofree char *normal = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  if (!split_address (address, &local, &domain, error))
    return NULL;
  if (is_ascii (local))
    lower = g_ascii_strdown (local, -1);
  else
    {
      normal = g_utf8_normalize (local, -1, G_NORMALIZE_NFC);
      lower = g_utf8_strdown (normal, -1);
    }
  return g_strconcat (lower, "@", domain, NULL);
}

char *
rungs_email_for_smtp (const char *address,
                      GError    **error)
{
  g_autofree char *local = NULL;
  g_autofree char *domain = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  if (!split_address (address, &local, &domain, error))
    return NULL;
  return g_strconcat (local, "@", domain, NULL);
}
