/* rungs-link-rows.c: links that tell a source, as rows of a browser. */

#include "rungs-link-rows.h"

#include <glib/gi18n.h>

#include "import/rungs-import-words.h"
#include "web/rungs-web-source-link-store.h"
#include "widgets/rungs-browser-ids.h"
#include "widgets/rungs-display.h"

/* ---- the source, on threads of the store */

static gboolean
has_words (const RungsWebSourceLink *link,
           const char               *words)
{
  g_autofree char *all = g_strjoin ("\n", link->name, link->address, link->link->target, NULL);

  return *words == '\0' || g_str_match_string (words, all, TRUE);
}

static gpointer
list_links (RungsDb   *db,
            gpointer   query,
            guint      limit,
            GError   **error)
{
  g_autoptr (GPtrArray) links = rungs_web_source_link_list (db, error);
  gpointer list;

  if (links == NULL)
    return NULL;
  list = rungs_browser_ids_new ();
  for (guint i = 0; i < links->len; i++)
    if (has_words (links->pdata[i], query))
      rungs_browser_ids_add (list, ((RungsWebSourceLink *) links->pdata[i])->link->source);
  return list;
}

static gpointer
load_link (RungsDb  *db,
           gint64    id,
           GError  **error)
{
  return rungs_web_source_link_load (db, id, error);
}

const RungsBrowserSource *
rungs_link_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_links,
    RUNGS_BROWSER_IDS,
    .load = load_link,
    .row_free = (GDestroyNotify) rungs_web_source_link_free,
    .query_free = g_free,
  };

  return &source;
}

/* ---- the columns */

static char *
source_text (gpointer row)
{
  return g_strdup (((RungsWebSourceLink *) row)->name);
}

static char *
kind_text (gpointer row)
{
  return g_strdup (rungs_source_kind_words (((RungsWebSourceLink *) row)->kind));
}

static char *
address_text (gpointer row)
{
  return g_strdup (((RungsWebSourceLink *) row)->address);
}

static char *
target_text (gpointer row)
{
  return g_strdup (((RungsWebSourceLink *) row)->link->target);
}

static char *
visits_text (gpointer row)
{
  return rungs_display_number (((RungsWebSourceLink *) row)->visits);
}

static char *
machines_text (gpointer row)
{
  const RungsWebSourceLink *link = row;

  return link->machines > 0 ? rungs_display_number (link->machines) : NULL;
}

static const char *
machines_style (gpointer row)
{
  return "dim-label";
}

static char *
leads_text (gpointer row)
{
  return rungs_display_number (((RungsWebSourceLink *) row)->leads);
}

static char *
last_text (gpointer row)
{
  const RungsWebSourceLink *link = row;

  return *link->last_day != '\0' ? rungs_display_calendar_day (link->last_day) : NULL;
}

#define NUMERIC RUNGS_BROWSER_COLUMN_NUMERIC
#define EXPAND RUNGS_BROWSER_COLUMN_EXPAND
#define HIDDEN RUNGS_BROWSER_COLUMN_HIDDEN

static const RungsBrowserColumn COLUMNS[] = {
  { "source", N_ ("Source"), RUNGS_BROWSER_COLUMN_FIXED | EXPAND, 150, source_text, NULL },
  { "kind", N_ ("Kind"), HIDDEN, 120, kind_text, NULL },
  { "address", N_ ("Address"), HIDDEN | EXPAND, 160, address_text, NULL },
  { "target", N_ ("Leads to"), EXPAND, 190, target_text, NULL },
  { "visits", N_ ("Followed"), NUMERIC, 84, visits_text, NULL },
  { "machines", N_ ("By machines"), NUMERIC, 100, machines_text, machines_style },
  { "leads", N_ ("Leads"), NUMERIC, 72, leads_text, NULL },
  { "last", N_ ("Last"), HIDDEN, 110, last_text, NULL },
};

const RungsBrowserColumn *
rungs_link_rows_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}

/* ---- words */

char *
rungs_link_dup_remember (const char *remember,
                         gint64      days)
{
  const char *words = g_str_equal (remember, "first")  ? _ ("The first source")
                      : g_str_equal (remember, "last") ? _ ("The last source")
                                                       : _ ("The first and the last source");
  g_autofree char *span = NULL;

  if (*remember == '\0')
    return g_strdup (_ ("Nothing"));
  span = g_strdup_printf (ngettext ("%d day", "%d days", (gulong) days), (int) days);
  return g_strdup_printf ("%s · %s", words, span);
}
