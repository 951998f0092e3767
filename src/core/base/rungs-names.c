/* rungs-names.c: the values of an enum as they stand in the file, in JSON, and in commands. */

#include "base/rungs-names.h"

gboolean
rungs_names_find (const char *const *names,
                  guint              n,
                  const char        *text,
                  guint             *value)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (names[i], text) == 0)
      {
        *value = i;
        return TRUE;
      }
  return FALSE;
}
