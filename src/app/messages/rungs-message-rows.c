/* rungs-message-rows.c: the messages as rows of a browser. There are dozens of them, hardly
 * hundreds: a list holds the rows themselves. */

#include "rungs-message-rows.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mail/rungs-message-store.h"
#include "rungs-message-words.h"
#include "widgets/rungs-display.h"

typedef struct
{
  char *words;  /* (owned): folded */
  char *column; /* (owned) (nullable) */
  gboolean descending;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->words);
  g_free (query->column);
  g_free (query);
}

gpointer
rungs_message_rows_query_new (const char *words,
                              const char *column,
                              gboolean    descending)
{
  Query *query = g_new0 (Query, 1);
  g_autofree char *stripped = g_strstrip (g_strdup (words));

  query->words = g_utf8_casefold (stripped, -1);
  query->column = g_strdup (column);
  query->descending = descending;
  return query;
}

/* ---- the source, on threads of the store */

static gboolean
has_words (const RungsMessage *message,
           const char         *words)
{
  const char *const texts[] = { message->name, message->purpose, message->value, message->subject };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *folded = g_utf8_casefold (texts[i], -1);

      if (strstr (folded, words) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gint64
number_of (const RungsMessageRow *row,
           const char            *column)
{
  if (g_str_equal (column, "sent"))
    return row->sent;
  if (g_str_equal (column, "planned"))
    return row->planned;
  return row->last_sent_at;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  const RungsMessageRow *one = *(const RungsMessageRow *const *) a;
  const RungsMessageRow *other = *(const RungsMessageRow *const *) b;
  const Query *query = data;
  int order;

  if (query->column == NULL || g_str_equal (query->column, "name"))
    {
      order = g_utf8_collate (one->message->name, other->message->name);
    }
  else
    {
      gint64 first = number_of (one, query->column);
      gint64 second = number_of (other, query->column);

      order = (first > second) - (first < second);
    }
  return query->descending ? -order : order;
}

static gpointer
list_messages (RungsDb   *db,
               gpointer   data,
               guint      limit,
               GError   **error)
{
  Query *query = data;
  g_autoptr (GPtrArray) rows = rungs_message_list (db, error);

  if (rows == NULL)
    return NULL;
  for (guint i = rows->len; i > 0; i--)
    {
      const RungsMessageRow *row = g_ptr_array_index (rows, i - 1);

      if (!has_words (row->message, query->words))
        g_ptr_array_remove_index (rows, i - 1);
    }
  g_ptr_array_sort_with_data (rows, compare_rows, query);
  return g_steal_pointer (&rows);
}

static void
list_free (gpointer list)
{
  g_ptr_array_unref (list);
}

static guint
get_count (gpointer list)
{
  return ((GPtrArray *) list)->len;
}

static gint64
get_id (gpointer list,
        guint    position)
{
  return ((RungsMessageRow *) g_ptr_array_index ((GPtrArray *) list, position))->message->id;
}

static GPtrArray *
read_rows (RungsDb   *db,
           gpointer   list,
           guint      first,
           guint      n,
           GError   **error)
{
  GPtrArray *messages = list;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_message_row_free);

  for (guint i = first; i < messages->len && i - first < n; i++)
    {
      RungsMessageRow *row = g_memdup2 (g_ptr_array_index (messages, i), sizeof *row);

      row->message = rungs_message_copy (row->message);
      g_ptr_array_add (rows, row);
    }
  return rows;
}

const RungsBrowserSource *
rungs_message_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_messages,
    .list_free = list_free,
    .get_count = get_count,
    .get_id = get_id,
    .rows = read_rows,
    .query_free = query_free,
  };

  return &source;
}

/* ---- the columns */

static const RungsMessage *
message_of (gpointer row)
{
  return ((RungsMessageRow *) row)->message;
}

static char *
name_text (gpointer row)
{
  return g_strdup (message_of (row)->name);
}

static char *
purpose_text (gpointer row)
{
  return g_strdup (message_of (row)->purpose);
}

static char *
value_text (gpointer row)
{
  return g_strdup (message_of (row)->value);
}

static char *
subject_text (gpointer row)
{
  return g_strdup (message_of (row)->subject);
}

static char *
kind_text (gpointer row)
{
  return g_strdup (rungs_message_kind_words (message_of (row)->marketing));
}

static char *
sent_text (gpointer row)
{
  return rungs_display_number (((RungsMessageRow *) row)->sent);
}

static char *
planned_text (gpointer row)
{
  return rungs_display_number (((RungsMessageRow *) row)->planned);
}

static char *
last_text (gpointer row)
{
  gint64 at = ((RungsMessageRow *) row)->last_sent_at;

  return at != 0 ? rungs_display_moment (at, rungs_display_now ()) : NULL;
}

#define SORTABLE RUNGS_BROWSER_COLUMN_SORTABLE
#define HIDDEN RUNGS_BROWSER_COLUMN_HIDDEN
#define NUMERIC RUNGS_BROWSER_COLUMN_NUMERIC

static const RungsBrowserColumn COLUMNS[] = {
  { "name", N_ ("Name"), SORTABLE | RUNGS_BROWSER_COLUMN_FIXED, 140, name_text, NULL },
  { "purpose", N_ ("Purpose"), RUNGS_BROWSER_COLUMN_EXPAND, 170, purpose_text, NULL },
  { "sent", N_ ("Sent"), SORTABLE | NUMERIC, 70, sent_text, NULL },
  { "last", N_ ("Last sent"), SORTABLE, 128, last_text, NULL },
  { "value", N_ ("Value"), RUNGS_BROWSER_COLUMN_EXPAND, 200, value_text, NULL },
  { "kind", N_ ("Kind"), 0, 100, kind_text, NULL },
  { "planned", N_ ("Planned"), SORTABLE | NUMERIC | HIDDEN, 80, planned_text, NULL },
  { "subject", N_ ("Subject"), HIDDEN, 200, subject_text, NULL },
};

const RungsBrowserColumn *
rungs_message_rows_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}
