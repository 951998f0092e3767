/* rungs-programme-rows.c: programmes as rows of a browser. There are a few of them. */

#include "rungs-programme-rows.h"

#include <glib/gi18n.h>

#include "rungs-programme-load.h"
#include "rungs-programme-words.h"
#include "widgets/rungs-browser-ids.h"
#include "widgets/rungs-display.h"

/* ---- the source, on threads of the store */

static gpointer
list_programmes (RungsDb  *db,
                 gpointer  query,
                 guint     limit,
                 GError  **error)
{
  g_autoptr (GPtrArray) programmes = rungs_programme_list (db, rungs_display_now (), error);
  const char *words = query;
  gpointer ids = NULL;

  if (programmes == NULL)
    return NULL;
  ids = rungs_browser_ids_new ();
  for (guint i = 0; i < programmes->len; i++)
    {
      const RungsProgramme *programme = programmes->pdata[i];

      if (*words == '\0' || g_str_match_string (words, programme->name, TRUE))
        rungs_browser_ids_add (ids, programme->id);
    }
  return ids;
}

static gpointer
load_row (RungsDb *db,
          gint64   id,
          GError **error)
{
  return rungs_programme_row_load (db, id, error);
}

const RungsBrowserSource *
rungs_programme_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_programmes,
    RUNGS_BROWSER_IDS,
    .load = load_row,
    .row_free = (GDestroyNotify) rungs_programme_row_free,
    .query_free = g_free,
  };

  return &source;
}

/* ---- the columns */

static char *
name_text (gpointer row)
{
  return g_strdup (((const RungsProgrammeRow *) row)->name);
}

static const char *
name_style (gpointer row)
{
  return ((const RungsProgrammeRow *) row)->retired_at != 0 ? "dim-label" : NULL;
}

static char *
retired_text (gpointer data)
{
  const RungsProgrammeRow *row = data;

  return row->retired_at != 0 ? rungs_display_moment (row->retired_at, rungs_display_now ())
                              : NULL;
}

static char *
partners_text (gpointer row)
{
  return rungs_display_number (((const RungsProgrammeRow *) row)->partners);
}

/* In one line. */
static char *
pays_text (gpointer data)
{
  const RungsProgrammeRow *row = data;
  const RungsTermsVersion *version = rungs_programme_row_get_version (row);
  g_autofree char *lines = NULL;
  g_auto (GStrv) parts = NULL;

  if (version == NULL)
    return NULL;
  lines = rungs_programme_rates_words (version->terms, row->names);
  parts = g_strsplit (lines, "\n", -1);
  return g_strjoinv ("; ", parts);
}

static char *
since_text (gpointer row)
{
  const RungsTermsVersion *version = rungs_programme_row_get_version (row);

  return version != NULL ? rungs_display_day (version->from_at) : NULL;
}

static char *
versions_text (gpointer row)
{
  return rungs_display_number (((const RungsProgrammeRow *) row)->versions->len);
}

#define NUMERIC RUNGS_BROWSER_COLUMN_NUMERIC
#define EXPAND RUNGS_BROWSER_COLUMN_EXPAND

static const RungsBrowserColumn COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_BROWSER_COLUMN_FIXED | EXPAND, 120, name_text,
    name_style },
  { "partners", N_ ("Partners"), NUMERIC, 76, partners_text, NULL },
  { "pays", N_ ("Pays"), EXPAND, 260, pays_text, NULL },
  { "since", N_ ("In force since"), 0, 160, since_text, NULL },
  { "versions", N_ ("Versions"), NUMERIC, 76, versions_text, NULL },
  { "retired", N_ ("Retired"), RUNGS_BROWSER_COLUMN_HIDDEN, 112, retired_text, NULL },
};

const RungsBrowserColumn *
rungs_programme_rows_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}
