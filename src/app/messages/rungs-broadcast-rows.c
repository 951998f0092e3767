/* rungs-broadcast-rows.c: broadcasts as rows of a browser. There are dozens of them. */

#include "rungs-broadcast-rows.h"

#include <glib/gi18n.h>

#include "rungs-broadcast-load.h"
#include "rungs-broadcast-words.h"
#include "widgets/rungs-browser-held.h"
#include "widgets/rungs-browser-ids.h"
#include "widgets/rungs-display.h"

/* ---- the source, on threads of the store */

static gpointer
list_broadcasts (RungsDb   *db,
                 gpointer   data,
                 guint      limit,
                 GError   **error)
{
  const RungsBrowserQuery *query = data;
  g_autoptr (GPtrArray) all = rungs_broadcast_list (db, error);
  gpointer ids = all != NULL ? rungs_browser_ids_new () : NULL;

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const RungsBroadcast *broadcast = g_ptr_array_index (all, i);

      if (rungs_browser_words_match (query->words, broadcast->name, broadcast->message_name,
                                     broadcast->product_name, NULL))
        rungs_browser_ids_add (ids, broadcast->id);
    }
  return ids;
}

static gpointer
load_row (RungsDb  *db,
          gint64    id,
          GError  **error)
{
  return rungs_broadcast_row_load (db, id, error);
}

const RungsBrowserSource *
rungs_broadcast_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_broadcasts,
    RUNGS_BROWSER_IDS,
    .load = load_row,
    .row_free = (GDestroyNotify) rungs_broadcast_row_free,
    .query_free = (GDestroyNotify) rungs_browser_query_free,
  };

  return &source;
}

/* ---- the columns */

static const RungsBroadcast *
broadcast_of (gpointer data)
{
  return ((RungsBroadcastRow *) data)->broadcast;
}

static char *
name_text (gpointer data)
{
  return g_strdup (broadcast_of (data)->name);
}

static char *
state_text (gpointer data)
{
  return g_strdup (rungs_broadcast_state_words (broadcast_of (data)));
}

static const char *
state_style (gpointer data)
{
  return rungs_broadcast_state_style (broadcast_of (data));
}

static char *
message_text (gpointer data)
{
  return g_strdup (broadcast_of (data)->message_name);
}

static char *
product_text (gpointer data)
{
  return g_strdup (broadcast_of (data)->product_name);
}

static char *
begins_text (gpointer data)
{
  gint64 at = broadcast_of (data)->due_at;

  return at != 0 ? rungs_display_moment (at, rungs_display_now ()) : NULL;
}

static char *
count_text (gint64 count)
{
  return count > 0 ? rungs_display_number (count) : NULL;
}

static char *
sent_text (gpointer data)
{
  return count_text (((RungsBroadcastRow *) data)->progress.sent);
}

static char *
waiting_text (gpointer data)
{
  return count_text (((RungsBroadcastRow *) data)->progress.waiting);
}

static char *
left_out_text (gpointer data)
{
  return count_text (((RungsBroadcastRow *) data)->progress.left_out);
}

static char *
bounced_text (gpointer data)
{
  return count_text (((RungsBroadcastRow *) data)->progress.bounced);
}

#define NUMERIC RUNGS_BROWSER_COLUMN_NUMERIC
#define EXPAND RUNGS_BROWSER_COLUMN_EXPAND
#define HIDDEN RUNGS_BROWSER_COLUMN_HIDDEN

static const RungsBrowserColumn COLUMNS[] = {
  { "name", N_ ("Name"), EXPAND, 160, name_text, NULL },
  { "state", N_ ("State"), 0, 92, state_text, state_style },
  { "begins", N_ ("Begins"), 0, 132, begins_text, NULL },
  { "sent", N_ ("Sent"), NUMERIC, 76, sent_text, NULL },
  { "waiting", N_ ("Waiting"), NUMERIC, 76, waiting_text, NULL },
  { "left-out", N_ ("Left out"), NUMERIC | HIDDEN, 84, left_out_text, NULL },
  { "bounced", N_ ("Bounced"), NUMERIC | HIDDEN, 84, bounced_text, NULL },
  { "message", N_ ("Message"), EXPAND | HIDDEN, 140, message_text, NULL },
  { "product", N_ ("Sells"), HIDDEN, 120, product_text, NULL },
};

const RungsBrowserColumn *
rungs_broadcast_rows_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}
