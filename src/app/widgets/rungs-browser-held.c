/* rungs-browser-held.c: a browser's list as the rows themselves, for sources that have few. */

#include "rungs-browser-held.h"

#include <string.h>

typedef struct
{
  GPtrArray *rows; /* (owned) */
  const RungsBrowserHeld *held;
} List;

gpointer
rungs_browser_held_new (GPtrArray              *rows,
                        const RungsBrowserHeld *held)
{
  List *self = g_new0 (List, 1);

  self->rows = rows;
  self->held = held;
  return self;
}

void
rungs_browser_held_free (gpointer list)
{
  List *self = list;

  g_ptr_array_unref (self->rows);
  g_free (self);
}

guint
rungs_browser_held_get_count (gpointer list)
{
  return ((List *) list)->rows->len;
}

gint64
rungs_browser_held_get_id (gpointer list,
                           guint    position)
{
  List *self = list;

  return self->held->get_id (self->rows->pdata[position]);
}

GPtrArray *
rungs_browser_held_read (RungsDb   *db,
                         gpointer   list,
                         guint      first,
                         guint      n,
                         GError   **error)
{
  List *self = list;
  GPtrArray *rows = g_ptr_array_new_with_free_func (self->held->free);

  for (guint i = first; i < self->rows->len && i - first < n; i++)
    g_ptr_array_add (rows, self->held->copy (self->rows->pdata[i]));
  return rows;
}

/* ---- queries */

RungsBrowserQuery *
rungs_browser_query_new (RungsBrowser *browser,
                         const char   *words)
{
  RungsBrowserQuery *self = g_new0 (RungsBrowserQuery, 1);
  g_autofree char *stripped = g_strstrip (g_strdup (words));

  self->words = g_utf8_casefold (stripped, -1);
  self->column = g_strdup (rungs_browser_get_sort (browser, &self->descending));
  return self;
}

void
rungs_browser_query_free (RungsBrowserQuery *self)
{
  g_free (self->words);
  g_free (self->column);
  g_free (self);
}

typedef struct
{
  const RungsBrowserQuery *query;
  const RungsBrowserHeld *held;
} Sorting;

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  gconstpointer one = *(gconstpointer *) a;
  gconstpointer other = *(gconstpointer *) b;
  const Sorting *sorting = data;
  const RungsBrowserHeld *held = sorting->held;
  const char *column = sorting->query->column;
  int order;

  if (column == NULL && held->is_last != NULL && held->is_last (one) != held->is_last (other))
    return held->is_last (one) ? 1 : -1;
  if (column == NULL || g_str_equal (column, "name"))
    {
      order = g_utf8_collate (held->get_name (one), held->get_name (other));
    }
  else
    {
      double first = held->get_number (one, column);
      double second = held->get_number (other, column);

      order = (first > second) - (first < second);
    }
  return sorting->query->descending ? -order : order;
}

void
rungs_browser_query_sort (const RungsBrowserQuery *self,
                          GPtrArray               *rows,
                          const RungsBrowserHeld  *held)
{
  Sorting sorting = { self, held };

  g_ptr_array_sort_with_data (rows, compare_rows, &sorting);
}

gboolean
rungs_browser_words_match (const char *words,
                           const char *text,
                           ...)
{
  gboolean found = FALSE;
  va_list texts;

  va_start (texts, text);
  for (; text != NULL && !found; text = va_arg (texts, const char *))
    {
      g_autofree char *folded = g_utf8_casefold (text, -1);

      found = strstr (folded, words) != NULL;
    }
  va_end (texts);
  return found;
}
