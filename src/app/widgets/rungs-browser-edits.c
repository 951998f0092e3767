/* rungs-browser-edits.c: how one list of rows becomes another.
 *
 * Where the lists differ, a few rows ahead are looked at for the place where they meet again: that
 * finds rows that were added, deleted or moved by themselves, which is nearly all that happens to a
 * list that is looked at. Lists that differ more than that have everything between their equal
 * beginnings and ends replaced. */

#include "rungs-browser-edits.h"

/* How far ahead rows are compared, and how many edits are not too many. */
#define AHEAD 64
#define MOST_EDITS 64

/* More than a table shows or keeps widgets for (about 200). */
#define SCREENFUL 256

typedef struct
{
  const RungsBrowserSource *source;
  gpointer from;
  gpointer to;
  guint from_count;
  guint to_count;
  guint after; /* equal rows at the end */
  guint i;     /* how far `from` … */
  guint j;     /* … and `to` have been gone through */
  GArray *edits;
} Comparison;

static gboolean
is_same (const Comparison *self,
         guint             i,
         guint             j)
{
  return self->source->get_id (self->from, i) == self->source->get_id (self->to, j);
}

static void
pass_equal (Comparison *self)
{
  while (self->i < self->from_count - self->after && self->j < self->to_count - self->after
         && is_same (self, self->i, self->j))
    {
      self->i++;
      self->j++;
    }
}

static void
count_after (Comparison *self)
{
  while (self->after < MIN (self->from_count - self->i, self->to_count - self->j)
         && is_same (self, self->from_count - 1 - self->after, self->to_count - 1 - self->after))
    self->after++;
}

static void
add_edit (Comparison *self,
          guint       removed,
          guint       added)
{
  RungsBrowserEdit edit = { self->j, removed, added };

  if (removed + added > 0)
    g_array_append_val (self->edits, edit);
  self->i += removed;
  self->j += added;
}

/* Adds the edit after which the lists are equal again. FALSE: that is not near. */
static gboolean
add_close_edit (Comparison *self)
{
  guint from_left = self->from_count - self->after - self->i;
  guint to_left = self->to_count - self->after - self->j;

  for (guint n = 1; n <= AHEAD; n++)
    if (n < to_left && from_left > 0 && is_same (self, self->i, self->j + n))
      {
        add_edit (self, 0, n);
        return TRUE;
      }
    else if (n < from_left && to_left > 0 && is_same (self, self->i + n, self->j))
      {
        add_edit (self, n, 0);
        return TRUE;
      }
    else if (n < from_left && n < to_left && is_same (self, self->i + n, self->j + n))
      {
        add_edit (self, n, n);
        return TRUE;
      }
  return FALSE;
}

static void
replace_rest (Comparison *self)
{
  guint removed = self->from_count - self->after - self->i;
  guint added = self->to_count - self->after - self->j;
  guint first = removed > 0 ? MIN (added, SCREENFUL) : added;

  add_edit (self, removed, first);
  add_edit (self, 0, added - first);
}

GArray *
rungs_browser_edits_find (const RungsBrowserSource *source,
                          gpointer                  from,
                          gpointer                  to)
{
  Comparison comparison = {
    .source = source,
    .from = from,
    .to = to,
    .from_count = source->get_count (from),
    .to_count = source->get_count (to),
    .edits = g_array_new (FALSE, FALSE, sizeof (RungsBrowserEdit)),
  };

  pass_equal (&comparison);
  count_after (&comparison);
  while (comparison.edits->len < MOST_EDITS && add_close_edit (&comparison))
    pass_equal (&comparison);
  replace_rest (&comparison);
  return comparison.edits;
}
