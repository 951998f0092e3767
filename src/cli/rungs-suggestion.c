/* rungs-suggestion.c: what somebody may have meant.
 *
 * Nearness is the optimal string alignment distance: how many letters must be added, dropped,
 * exchanged, or swapped with their neighbour (R. A. Wagner and R. Lowrance, 1975), counted in
 * bytes: commands are ASCII. */

#include "rungs-suggestion.h"

#include <string.h>

#define LONGEST 32

static guint
distance (const char *a,
          const char *b)
{
  gsize a_size = strlen (a), b_size = strlen (b);
  guint cost[LONGEST + 1][LONGEST + 1];

  if (a_size > LONGEST || b_size > LONGEST)
    return G_MAXUINT;
  for (gsize i = 0; i <= a_size; i++)
    for (gsize j = 0; j <= b_size; j++)
      {
        if (i == 0 || j == 0)
          {
            cost[i][j] = i + j;
            continue;
          }
        cost[i][j] = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
        cost[i][j] = MIN (cost[i][j], MIN (cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
          cost[i][j] = MIN (cost[i][j], cost[i - 2][j - 2] + 1);
      }
  return cost[a_size][b_size];
}

const char *
rungs_suggestion_find (const char *typed,
                       GPtrArray  *known)
{
  const char *nearest = NULL;
  guint least = strlen (typed) < 4 ? 2 : 3;

  for (guint i = 0; i < known->len; i++)
    {
      const char *word = g_ptr_array_index (known, i);
      guint d = strlen (typed) >= 2 && g_str_has_prefix (word, typed) ? 1 : distance (typed, word);

      if (d < least)
        {
          least = d;
          nearest = word;
        }
    }
  return nearest;
}
