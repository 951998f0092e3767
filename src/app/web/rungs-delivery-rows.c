/* rungs-delivery-rows.c: deliveries as rows of a browser. */

#include "rungs-delivery-rows.h"

#include <glib/gi18n.h>

#include "rungs-delivery-words.h"
#include "widgets/rungs-browser-ids.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

/* ---- the source, on threads of the store */

static gpointer
list_deliveries (RungsDb   *db,
                 gpointer   data,
                 guint      limit,
                 GError   **error)
{
  g_autoptr (RungsWebQuery) query = rungs_web_query_copy (data);

  query->limit = limit;
  return rungs_web_delivery_find (db, query, error);
}

static gpointer
load_row (RungsDb  *db,
          gint64    id,
          GError  **error)
{
  return rungs_web_delivery_load (db, id, error);
}

const RungsBrowserSource *
rungs_delivery_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_deliveries,
    RUNGS_BROWSER_IDS,
    .load = load_row,
    .row_free = (GDestroyNotify) rungs_web_delivery_free,
    .query_free = (GDestroyNotify) rungs_web_query_free,
  };

  return &source;
}

/* ---- the columns */

static char *
came_text (gpointer data)
{
  return rungs_display_moment (((RungsWebDelivery *) data)->received_at, rungs_display_now ());
}

static char *
endpoint_text (gpointer data)
{
  const RungsWebDelivery *row = data;

  return g_strdup (row->endpoint != 0 ? row->endpoint_name : _ ("unknown address"));
}

static const char *
endpoint_style (gpointer data)
{
  return ((RungsWebDelivery *) data)->endpoint != 0 ? NULL : "dim-label";
}

static char *
lead_text (gpointer data)
{
  return g_strdup (((RungsWebDelivery *) data)->lead_name);
}

static char *
kind_text (gpointer data)
{
  return g_strdup (((RungsWebDelivery *) data)->kind);
}

static char *
state_text (gpointer data)
{
  return g_strdup (rungs_delivery_state_words (((RungsWebDelivery *) data)->state));
}

static const char *
state_style (gpointer data)
{
  return rungs_delivery_state_style (((RungsWebDelivery *) data)->state);
}

static char *
reason_text (gpointer data)
{
  return g_strdup (rungs_error_stored_words (((RungsWebDelivery *) data)->reason));
}

static const RungsBrowserColumn COLUMNS[] = {
  { "came", N_ ("Came"), RUNGS_BROWSER_COLUMN_SORTABLE | RUNGS_BROWSER_COLUMN_FIXED, 128,
    came_text, NULL },
  { "endpoint", N_ ("Endpoint"), RUNGS_BROWSER_COLUMN_EXPAND, 96, endpoint_text,
    endpoint_style },
  { "lead", N_ ("Lead"), RUNGS_BROWSER_COLUMN_EXPAND, 104, lead_text, NULL },
  { "state", N_ ("State"), 0, 116, state_text, state_style },
  { "reason", N_ ("Reason"), RUNGS_BROWSER_COLUMN_EXPAND, 110, reason_text, NULL },
  { "kind", N_ ("Kind"), RUNGS_BROWSER_COLUMN_HIDDEN, 140, kind_text, NULL },
};

const RungsBrowserColumn *
rungs_delivery_rows_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}
