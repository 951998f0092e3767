/* rungs-relay-languages.c: which language who asks wants to read. */

#include "rungs-relay-published.h"

#include <string.h>

/* More are not looked at. */
#define RANGES_MOST 20
#define RANGE_LENGTH_MOST 35

typedef struct
{
  char *name; /* (owned) */
  guint weight; /* thousandths */
} Range;

static void
range_free (gpointer data)
{
  Range *range = data;

  g_free (range->name);
  g_free (range);
}

static gboolean
is_range (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && length <= RANGE_LENGTH_MOST
         && strspn (name, G_CSET_a_2_z G_CSET_DIGITS "-") == length;
}

/* "0.8" is 800; what is no weight is 0. */
static guint
weight_of (const char *text)
{
  double weight = g_ascii_strtod (text, NULL);

  return weight > 0 && weight <= 1 ? (guint) (weight * 1000) : 0;
}

/* "de-AT;q=0.8". */
static void
add_range (GPtrArray  *ranges,
           const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", 2);
  const char *parameters = parts[0] != NULL ? parts[1] : NULL;
  const char *weight = parameters != NULL ? strstr (parameters, "q=") : NULL;
  g_autofree char *name = g_ascii_strdown (parts[0] != NULL ? g_strstrip (parts[0]) : "", -1);
  Range *range;

  if (!is_range (name))
    return;
  range = g_new (Range, 1);
  range->name = g_steal_pointer (&name);
  range->weight = weight != NULL ? weight_of (weight + 2) : 1000;
  g_ptr_array_add (ranges, range);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Range *one = *(Range *const *) a;
  const Range *other = *(Range *const *) b;

  return one->weight < other->weight ? 1 : one->weight > other->weight ? -1 : 0;
}

/* With what it is a kind of: "pt-br" and "pt". */
static void
add_name (GPtrArray  *names,
          const char *name)
{
  const char *end = name + strlen (name);

  while (end > name)
    {
      char *part = g_strndup (name, (gsize) (end - name));

      if (g_ptr_array_find_with_equal_func (names, part, g_str_equal, NULL))
        g_free (part);
      else
        g_ptr_array_add (names, part);
      do
        end--;
      while (end > name && *end != '-');
    }
}

GStrv
rungs_relay_languages_of (const char *asked,
                          const char *accept)
{
  g_autoptr (GPtrArray) ranges = g_ptr_array_new_with_free_func (range_free);
  g_auto (GStrv) parts = g_strsplit (accept != NULL ? accept : "", ",", RANGES_MOST + 1);
  g_autofree char *first = asked != NULL ? g_ascii_strdown (asked, -1) : NULL;
  GPtrArray *names = g_ptr_array_new ();

  if (first != NULL && is_range (first))
    add_name (names, first);
  for (guint i = 0; parts[i] != NULL && i < RANGES_MOST; i++)
    add_range (ranges, parts[i]);
  g_ptr_array_sort (ranges, compare); /* which keeps the order of equal ones */
  for (guint i = 0; i < ranges->len; i++)
    if (((Range *) ranges->pdata[i])->weight > 0)
      add_name (names, ((Range *) ranges->pdata[i])->name);
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_free (names, FALSE);
}
