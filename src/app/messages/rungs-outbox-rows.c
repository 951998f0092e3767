/* rungs-outbox-rows.c: the outbox as rows of a browser. */

#include "rungs-outbox-rows.h"

#include <glib/gi18n.h>

#include "mail/rungs-outbox-store.h"
#include "rungs-outbox-words.h"
#include "widgets/rungs-browser-ids.h"
#include "widgets/rungs-display.h"

/* ---- the source, on threads of the store */

static gpointer
list_messages (RungsDb   *db,
               gpointer   data,
               guint      limit,
               GError   **error)
{
  g_autoptr (RungsOutboxQuery) query = rungs_outbox_query_copy (data);

  query->limit = limit;
  return rungs_outbox_find (db, query, error);
}

static gpointer
load_row (RungsDb  *db,
          gint64    id,
          GError  **error)
{
  return rungs_outbox_load (db, id, error);
}

const RungsBrowserSource *
rungs_outbox_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_messages,
    RUNGS_BROWSER_IDS,
    .load = load_row,
    .row_free = (GDestroyNotify) rungs_outbox_row_free,
    .query_free = (GDestroyNotify) rungs_outbox_query_free,
  };

  return &source;
}

/* ---- the columns */

static char *
to_text (gpointer data)
{
  const RungsOutboxRow *row = data;

  return g_strdup (*row->lead_name ? row->lead_name : row->email);
}

static char *
address_text (gpointer data)
{
  return g_strdup (((RungsOutboxRow *) data)->email);
}

static char *
message_text (gpointer data)
{
  return g_strdup (((RungsOutboxRow *) data)->message_name);
}

static char *
sequence_text (gpointer data)
{
  return g_strdup (((RungsOutboxRow *) data)->sequence_name);
}

static char *
state_text (gpointer data)
{
  return g_strdup (rungs_outbox_state_words (((RungsOutboxRow *) data)->state));
}

static const char *
state_style (gpointer data)
{
  return rungs_outbox_state_style (((RungsOutboxRow *) data)->state);
}

static char *
time_text (gpointer data)
{
  const RungsOutboxRow *row = data;

  return rungs_display_moment (row->ended_at != 0 ? row->ended_at : row->due_at,
                               rungs_display_now ());
}

static char *
reason_text (gpointer data)
{
  return g_strdup (rungs_outbox_reason_words (rungs_outbox_row_get_reason (data)));
}

static char *
account_text (gpointer data)
{
  return g_strdup (((RungsOutboxRow *) data)->account_name);
}

#define HIDDEN RUNGS_BROWSER_COLUMN_HIDDEN
#define EXPAND RUNGS_BROWSER_COLUMN_EXPAND

static const RungsBrowserColumn COLUMNS[] = {
  { "to", N_ ("To"), RUNGS_BROWSER_COLUMN_FIXED, 130, to_text, NULL },
  { "message", N_ ("Message"), EXPAND, 150, message_text, NULL },
  { "state", N_ ("State"), 0, 96, state_text, state_style },
  { "time", N_ ("Sent or due"), RUNGS_BROWSER_COLUMN_SORTABLE, 128, time_text, NULL },
  { "reason", N_ ("Reason"), EXPAND, 150, reason_text, NULL },
  { "sequence", N_ ("Sequence"), EXPAND, 150, sequence_text, NULL },
  { "address", N_ ("E-mail"), HIDDEN, 180, address_text, NULL },
  { "account", N_ ("Account"), HIDDEN, 120, account_text, NULL },
};

const RungsBrowserColumn *
rungs_outbox_rows_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}
