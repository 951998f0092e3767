/* rungs-name-fold.c: what names and addresses are compared by. */

#include "leads/rungs-name-fold.h"

#include <string.h>

#define LONGEST 64

char *
rungs_name_fold (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text ? text : "", -1, G_NORMALIZE_ALL);
  g_autofree char *lower = g_utf8_casefold (apart ? apart : "", -1);
  GString *folded = g_string_new (NULL);

  for (const char *at = lower; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar sign = g_utf8_get_char (at);

      if (g_unichar_isalnum (sign))
        g_string_append_unichar (folded, sign);
      else if (!g_unichar_ismark (sign) && folded->len > 0
               && folded->str[folded->len - 1] != ' ')
        g_string_append_c (folded, ' ');
    }
  if (folded->len > 0 && folded->str[folded->len - 1] == ' ')
    g_string_truncate (folded, folded->len - 1);
  return g_string_free (folded, FALSE);
}

static int
compare_words_cb (gconstpointer a,
                  gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
rungs_name_fold_sorted (const char *text)
{
  g_autofree char *folded = rungs_name_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  qsort (words, g_strv_length (words), sizeof *words, compare_words_cb);
  return g_strjoinv (" ", words);
}

static gboolean
is_gmail (const char *domain)
{
  return strcmp (domain, "gmail.com") == 0 || strcmp (domain, "googlemail.com") == 0;
}

char *
rungs_email_variant_key (const char *email_key)
{
  const char *at;
  const char *end;
  gboolean gmail;
  GString *key;

  g_return_val_if_fail (email_key != NULL, NULL);

  at = strrchr (email_key, '@');
  if (at == NULL)
    return g_strdup (email_key);
  gmail = is_gmail (at + 1);
  end = memchr (email_key, '+', at - email_key);
  if (end == NULL || end == email_key)
    end = at;
  key = g_string_new (NULL);
  for (const char *sign = email_key; sign < end; sign++)
    if (!gmail || *sign != '.')
      g_string_append_c (key, *sign);
  g_string_append (key, gmail ? "@gmail.com" : at);
  return g_string_free (key, FALSE);
}

/* Fills `letters`; returns how many, LONGEST + 1 for too many. */
static guint
spell (const char *text,
       gunichar   *letters)
{
  guint n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      if (n == LONGEST)
        return LONGEST + 1;
      letters[n++] = g_utf8_get_char (text);
    }
  return n;
}

/* Damerau's distance (optimal string alignment), row by row; it ends where a row shows that it
 * can only be more than `most`. */
guint
rungs_name_distance (const char *a,
                     const char *b,
                     guint       most)
{
  gunichar x[LONGEST], y[LONGEST];
  guint rows[3][LONGEST + 1];
  guint n, m;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  n = spell (a, x);
  m = spell (b, y);
  if (n > LONGEST || m > LONGEST)
    return strcmp (a, b) == 0 ? 0 : most + 1;
  if ((n > m ? n - m : m - n) > most)
    return most + 1;
  for (guint j = 0; j <= m; j++)
    rows[0][j] = j;
  for (guint i = 1; i <= n; i++)
    {
      guint *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
      guint least = row[0] = i;

      for (guint j = 1; j <= m; j++)
        {
          row[j] = MIN (MIN (above[j], row[j - 1]) + 1, above[j - 1] + (x[i - 1] != y[j - 1]));
          if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
            row[j] = MIN (row[j], before[j - 2] + 1);
          least = MIN (least, row[j]);
        }
      if (least > most)
        return most + 1;
    }
  return MIN (rows[n % 3][m], most + 1);
}
