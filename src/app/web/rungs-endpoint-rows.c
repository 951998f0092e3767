/* rungs-endpoint-rows.c: endpoints as rows of a browser: there are a few, so that their list is the
 * rows themselves. */

#include "rungs-endpoint-rows.h"

#include <glib/gi18n.h>
#include <string.h>

#include "leads/rungs-source-store.h"
#include "rungs-endpoint-load.h"
#include "widgets/rungs-display.h"

/* ---- the source, on threads of the store */

static gboolean
has_words (const RungsWebEndpoint *endpoint,
           const char             *provider,
           const char             *words)
{
  g_autofree char *all
      = g_strjoin ("\n", endpoint->name, provider, endpoint->form, endpoint->shop, NULL);

  return words == NULL || *words == '\0' || g_str_match_string (words, all, TRUE);
}

static const RungsWebTally *
find_tally (GPtrArray *tallies,
            gint64     endpoint)
{
  for (guint i = 0; i < tallies->len; i++)
    if (((const RungsWebTally *) tallies->pdata[i])->endpoint == endpoint)
      return tallies->pdata[i];
  return NULL;
}

static gpointer
list_endpoints (RungsDb   *db,
                gpointer   query,
                guint      limit,
                GError   **error)
{
  g_autoptr (GPtrArray) endpoints = rungs_web_endpoint_list (db, error);
  g_autoptr (GPtrArray) tallies
      = endpoints != NULL ? rungs_web_delivery_tally (db, error) : NULL;
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_endpoint_row_free);

  for (guint i = 0; tallies != NULL && i < endpoints->len; i++)
    {
      RungsWebEndpoint *endpoint = endpoints->pdata[i];
      g_autofree char *provider = rungs_endpoint_provider_name (endpoint->provider);
      const RungsWebTally *tally = find_tally (tallies, endpoint->id);
      g_autoptr (RungsSource) source = NULL;
      RungsEndpointRow *row;

      if (!has_words (endpoint, provider, query))
        continue;
      row = g_new0 (RungsEndpointRow, 1);
      if (endpoint->source != 0)
        source = rungs_source_load (db, endpoint->source, NULL);
      row->provider = g_steal_pointer (&provider);
      row->source = g_strdup (source != NULL ? source->name : "");
      if (tally != NULL)
        row->tally = *tally;
      row->endpoint = rungs_web_endpoint_load (db, endpoint->id, error);
      g_ptr_array_add (rows, row);
      if (row->endpoint == NULL)
        return NULL;
    }
  return tallies != NULL ? g_steal_pointer (&rows) : NULL;
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
  return ((const RungsEndpointRow *) ((GPtrArray *) list)->pdata[position])->endpoint->id;
}

/* As they are now; how much came, as it was when they were listed. */
static GPtrArray *
get_rows (RungsDb   *db,
          gpointer   list,
          guint      first,
          guint      n,
          GError   **error)
{
  GPtrArray *all = list;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_endpoint_row_free);

  for (guint i = first; i < MIN (first + n, all->len); i++)
    {
      const RungsEndpointRow *row = all->pdata[i];
      RungsEndpointRow *copy = g_new0 (RungsEndpointRow, 1);

      copy->endpoint = rungs_web_endpoint_load (db, row->endpoint->id, NULL);
      copy->provider = g_strdup (row->provider);
      copy->source = g_strdup (row->source);
      copy->tally = row->tally;
      if (copy->endpoint == NULL)
        g_clear_pointer (&copy, rungs_endpoint_row_free);
      g_ptr_array_add (rows, copy);
    }
  return rows;
}

const RungsBrowserSource *
rungs_endpoint_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_endpoints,
    .list_free = (void (*) (gpointer)) g_ptr_array_unref,
    .get_count = get_count,
    .get_id = get_id,
    .rows = get_rows,
    .query_free = g_free,
  };

  return &source;
}

/* ---- the columns */

static char *
name_text (gpointer data)
{
  return g_strdup (((RungsEndpointRow *) data)->endpoint->name);
}

static const char *
name_style (gpointer data)
{
  return ((RungsEndpointRow *) data)->endpoint->retired_at != 0 ? "dim-label" : NULL;
}

static char *
provider_text (gpointer data)
{
  return g_strdup (((RungsEndpointRow *) data)->provider);
}

static char *
source_text (gpointer data)
{
  return g_strdup (((RungsEndpointRow *) data)->source);
}

static char *
state_text (gpointer data)
{
  const RungsEndpointRow *row = data;

  if (row->endpoint->retired_at != 0)
    return g_strdup (_ ("Retired"));
  return g_strdup (row->tally.all > 0 ? _ ("In use") : _ ("Nothing came yet"));
}

static const char *
state_style (gpointer data)
{
  const RungsEndpointRow *row = data;

  return row->endpoint->retired_at != 0 || row->tally.all == 0 ? "dim-label" : "success";
}

static char *
last_text (gpointer data)
{
  const RungsEndpointRow *row = data;

  return row->tally.last_at != 0 ? rungs_display_moment (row->tally.last_at, rungs_display_now ())
                                 : NULL;
}

static char *
all_text (gpointer data)
{
  return rungs_display_number (((RungsEndpointRow *) data)->tally.all);
}

static char *
quarantined_text (gpointer data)
{
  const RungsEndpointRow *row = data;

  return row->tally.quarantined > 0 ? rungs_display_number (row->tally.quarantined) : NULL;
}

static const char *
quarantined_style (gpointer data)
{
  return "error";
}

#define NUMERIC RUNGS_BROWSER_COLUMN_NUMERIC
#define EXPAND RUNGS_BROWSER_COLUMN_EXPAND

static const RungsBrowserColumn COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_BROWSER_COLUMN_FIXED | EXPAND, 110, name_text, name_style },
  { "provider", N_ ("Provider"), EXPAND, 100, provider_text, NULL },
  { "state", N_ ("State"), 0, 130, state_text, state_style },
  { "last", N_ ("Last delivery"), 0, 120, last_text, NULL },
  { "all", N_ ("Deliveries"), NUMERIC, 84, all_text, NULL },
  { "quarantine", N_ ("Quarantine"), NUMERIC, 90, quarantined_text, quarantined_style },
  { "source", N_ ("Source"), RUNGS_BROWSER_COLUMN_HIDDEN | EXPAND, 120, source_text, NULL },
};

const RungsBrowserColumn *
rungs_endpoint_rows_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}
