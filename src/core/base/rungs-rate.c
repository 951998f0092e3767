/* rungs-rate.c: rates in basis points as people write them. */

#include "base/rungs-rate.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "base/rungs-error.h"

#define WHOLE 10000

/* The digits before and after the point; FALSE where there is anything else. */
static gboolean
parse_digits (const char *text,
              gint64     *basis_points)
{
  gint64 value = 0;
  int after = -1; /* digits seen after the point; -1: no point yet */
  gboolean any = FALSE;

  for (; *text != '\0'; text++)
    {
      if ((*text == '.' || *text == ',') && after < 0)
        {
          after = 0;
          continue;
        }
      if (!g_ascii_isdigit (*text) || value > WHOLE || (after >= 0 && ++after > 2))
        return FALSE;
      any = TRUE;
      value = value * 10 + (*text - '0');
    }
  for (after = MAX (after, 0); after < 2; after++)
    value *= 10;
  *basis_points = value;
  return any && value <= WHOLE;
}

gboolean
rungs_rate_parse (const char *text,
                  gint64     *basis_points,
                  GError    **error)
{
  g_autofree char *plain = NULL;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (basis_points != NULL, FALSE);

  plain = g_strstrip (g_strdup (text));
  if (g_str_has_suffix (plain, "%"))
    plain[strlen (plain) - 1] = '\0';
  if (parse_digits (g_strchomp (plain), basis_points))
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("“%s” is no share between 0 %% and 100 %%, such as 12.5 %%"), text);
  return FALSE;
}

char *
rungs_rate_format (gint64 basis_points)
{
  gint64 whole = basis_points / 100;
  int rest = abs ((int) (basis_points % 100));

  if (rest == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT " %%", whole);
  if (rest % 10 == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT ".%d %%", whole, rest / 10);
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d %%", whole, rest);
}
