/* rungs-language-tag.c: whether a text is written as the tag of a language is. */

#include "base/rungs-language-tag.h"

#include <string.h>

#define PART_MAX 8

/* What a part is made of: "a" letters, "n" digits, "x" both; '\0' where there is another sign. */
static char
kind_of (const char *part)
{
  gboolean letters = FALSE;
  gboolean digits = FALSE;

  for (; *part != '\0'; part++)
    {
      if (!g_ascii_isalnum (*part))
        return '\0';
      letters = letters || g_ascii_isalpha (*part);
      digits = digits || g_ascii_isdigit (*part);
    }
  return letters && digits ? 'x' : letters ? 'a' : 'n';
}

static gboolean
is_made_of (const char *part,
            char        kind,
            gsize       least,
            gsize       most)
{
  gsize size = part != NULL ? strlen (part) : 0;

  return size >= least && size <= most && kind_of (part) == kind;
}

/* "1996", "valencia". */
static gboolean
is_variant (const char *part)
{
  gsize size = part != NULL ? strlen (part) : 0;

  return size <= PART_MAX && (size >= 5 || (size == 4 && g_ascii_isdigit (*part)))
         && kind_of (part) != '\0';
}

/* "u-co-phonebk", "x-shop": a single sign and what belongs to it, again and again to the end. */
static gboolean
are_extensions (char **part)
{
  while (*part != NULL)
    {
      if (strlen (*part) != 1 || kind_of (*part) == '\0' || part[1] == NULL)
        return FALSE;
      for (part++; *part != NULL && strlen (*part) > 1; part++)
        if (strlen (*part) > PART_MAX || kind_of (*part) == '\0')
          return FALSE;
      if (strlen (part[-1]) == 1)
        return FALSE;
    }
  return TRUE;
}

gboolean
rungs_language_tag_is_valid (const char *tag)
{
  g_auto (GStrv) parts = NULL;
  char **part;

  g_return_val_if_fail (tag != NULL, FALSE);

  parts = g_strsplit (tag, "-", -1);
  part = parts;
  if (!is_made_of (*part, 'a', 2, 3))
    return FALSE;
  part++;
  for (guint n = 0; n < 3 && is_made_of (*part, 'a', 3, 3); n++)
    part++;
  if (is_made_of (*part, 'a', 4, 4))
    part++;
  if (is_made_of (*part, 'a', 2, 2) || is_made_of (*part, 'n', 3, 3))
    part++;
  while (is_variant (*part))
    part++;
  return are_extensions (part);
}
