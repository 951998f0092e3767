/* rungs-message-rows.c: the messages as rows of a browser. There are dozens of them, hardly
 * hundreds. */

#include "rungs-message-rows.h"

#include <glib/gi18n.h>

#include "mail/rungs-message-store.h"
#include "rungs-message-words.h"
#include "widgets/rungs-browser-held.h"
#include "widgets/rungs-display.h"

/* ---- the source, on threads of the store */

static gint64
get_id (gconstpointer row)
{
  return ((const RungsMessageRow *) row)->message->id;
}

static gpointer
copy_row (gconstpointer data)
{
  RungsMessageRow *row = g_memdup2 (data, sizeof *row);

  row->message = rungs_message_copy (row->message);
  return row;
}

static const char *
get_name (gconstpointer row)
{
  return ((const RungsMessageRow *) row)->message->name;
}

static double
get_number (gconstpointer  data,
            const char    *column)
{
  const RungsMessageRow *row = data;

  if (g_str_equal (column, "sent"))
    return (double) row->sent;
  if (g_str_equal (column, "planned"))
    return (double) row->planned;
  return (double) row->last_sent_at;
}

static const RungsBrowserHeld MESSAGES = {
  .get_id = get_id,
  .copy = copy_row,
  .free = (GDestroyNotify) rungs_message_row_free,
  .get_name = get_name,
  .get_number = get_number,
};

static gpointer
list_messages (RungsDb   *db,
               gpointer   data,
               guint      limit,
               GError   **error)
{
  const RungsBrowserQuery *query = data;
  g_autoptr (GPtrArray) rows = rungs_message_list (db, error);

  if (rows == NULL)
    return NULL;
  for (guint i = rows->len; i > 0; i--)
    {
      const RungsMessage *message = ((const RungsMessageRow *) rows->pdata[i - 1])->message;

      if (!rungs_browser_words_match (query->words, message->name, message->purpose,
                                      message->value, message->subject, NULL))
        g_ptr_array_remove_index (rows, i - 1);
    }
  rungs_browser_query_sort (query, rows, &MESSAGES);
  return rungs_browser_held_new (g_steal_pointer (&rows), &MESSAGES);
}

const RungsBrowserSource *
rungs_message_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_messages,
    RUNGS_BROWSER_HELD,
    .query_free = (GDestroyNotify) rungs_browser_query_free,
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
