/* rungs-visit-rows.c: how often pages and links were opened, as rows of a browser: there are a few
 * thousand at most, so that their list is the rows themselves. */

#include "rungs-visit-rows.h"

#include <glib/gi18n.h>

#include "base/rungs-clock.h"
#include "base/rungs-time.h"
#include "leads/rungs-business-store.h"
#include "web/rungs-web-source-link-store.h"
#include "web/rungs-web-visit-store.h"
#include "widgets/rungs-display.h"

/* A row; one of its own, that is read, and one of the list. */
typedef struct
{
  RungsWebVisitRow *visits; /* (owned) */
  char *source;             /* (owned): whose code it is; the code where it is nobody's; "" */
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  rungs_web_visit_row_free (row->visits);
  g_free (row->source);
  g_free (row);
}

static Row *
row_new (RungsWebVisitRow *visits,
         const char       *source)
{
  Row *row = g_new0 (Row, 1);

  row->visits = visits;
  row->source = g_strdup (source);
  return row;
}

/* ---- the source, on threads of the store */

RungsVisitQuery *
rungs_visit_query_new (guint       days,
                       const char *words)
{
  RungsVisitQuery *self = g_new0 (RungsVisitQuery, 1);

  self->days = days;
  self->words = g_strdup (words);
  return self;
}

static void
query_free (gpointer data)
{
  RungsVisitQuery *self = data;

  g_free (self->words);
  g_free (self);
}

static const char *
find_source (GPtrArray  *links,
             const char *code)
{
  for (guint i = 0; i < links->len; i++)
    if (g_str_equal (((RungsWebSourceLink *) links->pdata[i])->link->code, code))
      return ((RungsWebSourceLink *) links->pdata[i])->name;
  return code;
}

static GPtrArray *
load_visits (RungsDb                *db,
             const RungsVisitQuery  *query,
             GError                **error)
{
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);
  gint64 now = rungs_display_now ();
  g_autofree char *from = NULL;
  g_autofree char *through = NULL;

  if (zone == NULL)
    return NULL;
  from = rungs_time_format_day (now - (query->days - 1) * RUNGS_DAY, zone);
  through = rungs_time_format_day (now, zone);
  return rungs_web_visit_list (db, from, through, FALSE, error);
}

static gboolean
has_words (const Row  *row,
           const char *words)
{
  g_autofree char *all = g_strjoin ("\n", row->visits->path, row->source, NULL);

  return *words == '\0' || g_str_match_string (words, all, TRUE);
}

static gpointer
list_visits (RungsDb   *db,
             gpointer   data,
             guint      limit,
             GError   **error)
{
  const RungsVisitQuery *query = data;
  g_autoptr (GPtrArray) links = rungs_web_source_link_list (db, error);
  g_autoptr (GPtrArray) visits = links != NULL ? load_visits (db, query, error) : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);

  if (visits == NULL)
    return NULL;
  g_ptr_array_set_free_func (visits, NULL);
  for (guint i = 0; i < visits->len; i++)
    {
      RungsWebVisitRow *row = visits->pdata[i];

      g_ptr_array_add (rows, row_new (row, find_source (links, row->code)));
      if (!has_words (rows->pdata[rows->len - 1], query->words))
        g_ptr_array_remove_index (rows, rows->len - 1);
    }
  return g_steal_pointer (&rows);
}

static guint
get_count (gpointer list)
{
  return ((GPtrArray *) list)->len;
}

/* The same of the same page at all times, so that what is selected stays so. */
static gint64
get_id (gpointer list,
        guint    position)
{
  const RungsWebVisitRow *row = ((Row *) ((GPtrArray *) list)->pdata[position])->visits;
  g_autofree char *all = g_strjoin ("\n", row->path, row->variant, row->code, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);

  sum[15] = '\0';
  return (gint64) g_ascii_strtoull (sum, NULL, 16);
}

static GPtrArray *
get_rows (RungsDb   *db,
          gpointer   list,
          guint      first,
          guint      n,
          GError   **error)
{
  GPtrArray *all = list;
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);

  for (guint i = first; i < MIN (first + n, all->len); i++)
    {
      const Row *row = all->pdata[i];
      RungsWebVisitRow *copy = g_memdup2 (row->visits, sizeof *copy);

      copy->day = g_strdup (row->visits->day);
      copy->path = g_strdup (row->visits->path);
      copy->variant = g_strdup (row->visits->variant);
      copy->code = g_strdup (row->visits->code);
      g_ptr_array_add (rows, row_new (copy, row->source));
    }
  return rows;
}

const RungsBrowserSource *
rungs_visit_rows_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_visits,
    .list_free = (void (*) (gpointer)) g_ptr_array_unref,
    .get_count = get_count,
    .get_id = get_id,
    .rows = get_rows,
    .query_free = query_free,
  };

  return &source;
}

/* ---- the columns */

static char *
path_text (gpointer data)
{
  const char *path = ((Row *) data)->visits->path;

  return g_strdup (g_str_equal (path, "*") ? _ ("Others, too many to tell apart") : path);
}

static char *
variant_text (gpointer data)
{
  const char *variant = ((Row *) data)->visits->variant;

  if (g_str_equal (variant, "ppc"))
    return g_strdup (_ ("For advertisements"));
  return g_str_equal (variant, "email") ? g_strdup (_ ("For messages")) : g_strdup (variant);
}

static char *
source_text (gpointer data)
{
  return g_strdup (((Row *) data)->source);
}

static char *
visits_text (gpointer data)
{
  return rungs_display_number (((Row *) data)->visits->visits);
}

static char *
machines_text (gpointer data)
{
  gint64 machines = ((Row *) data)->visits->machines;

  return machines > 0 ? rungs_display_number (machines) : NULL;
}

static const char *
machines_style (gpointer data)
{
  return "dim-label";
}

#define NUMERIC RUNGS_BROWSER_COLUMN_NUMERIC
#define EXPAND RUNGS_BROWSER_COLUMN_EXPAND

static const RungsBrowserColumn COLUMNS[] = {
  { "path", N_ ("Page"), RUNGS_BROWSER_COLUMN_FIXED | EXPAND, 240, path_text, NULL },
  { "variant", N_ ("Variant"), 0, 150, variant_text, NULL },
  { "source", N_ ("Source"), EXPAND, 170, source_text, NULL },
  { "visits", N_ ("Visits"), NUMERIC, 90, visits_text, NULL },
  { "machines", N_ ("By machines"), NUMERIC, 110, machines_text, machines_style },
};

const RungsBrowserColumn *
rungs_visit_rows_get_columns (guint *n)
{
  *n = G_N_ELEMENTS (COLUMNS);
  return COLUMNS;
}
