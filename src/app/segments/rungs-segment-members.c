/* rungs-segment-members.c: the leads of a segment as rows of a browser.
 *
 * Who is in it is asked once, as a set of a bit for each lead; the list is what the query finds, in
 * its order, without those that are not in the set. */

#include "rungs-segment-members.h"

#include "base/rungs-error.h"
#include "leads/rungs-lead-list-store.h"
#include "segments/rungs-segment-member-store.h"

typedef struct
{
  gint64 segment;
  RungsLeadQuery *query; /* (owned) */
} Query;

gpointer
rungs_segment_members_query_new (gint64          segment,
                                 RungsLeadQuery *query)
{
  Query *self = g_new0 (Query, 1);

  self->segment = segment;
  self->query = query;
  return self;
}

static void
query_free (gpointer data)
{
  Query *self = data;

  rungs_lead_query_free (self->query);
  g_free (self);
}

static RungsLeadSet *
load_members (RungsDb      *db,
              const Query  *self,
              GError      **error)
{
  g_autoptr (RungsSegment) segment = rungs_segment_load (db, self->segment, error);
  g_autoptr (GArray) ids
    = segment ? rungs_segment_members (db, segment, self->query->now, 0, G_MAXUINT, error) : NULL;
  gint64 highest = 0;
  RungsLeadSet *set;

  if (ids == NULL)
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    highest = MAX (highest, g_array_index (ids, gint64, i));
  set = rungs_lead_set_new (highest);
  for (guint i = 0; set != NULL && i < ids->len; i++)
    rungs_lead_set_add (set, g_array_index (ids, gint64, i));
  if (set == NULL)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, "There is not enough memory");
  return set;
}

static gpointer
list_members (RungsDb   *db,
              gpointer   data,
              guint      limit,
              GError   **error)
{
  const Query *self = data;
  g_autoptr (RungsLeadSet) members = load_members (db, self, error);
  g_autoptr (RungsLeadQuery) query = rungs_lead_query_copy (self->query);
  g_autoptr (RungsLeadList) all = NULL;

  query->limit = 0;
  all = members ? rungs_lead_list_load (db, query, NULL, error) : NULL;
  return all ? rungs_lead_list_filter (all, members, query->descending, 0) : NULL;
}

static void
list_free (gpointer list)
{
  rungs_lead_list_unref (list);
}

static guint
get_count (gpointer list)
{
  return rungs_lead_list_get_count (list);
}

static gint64
get_id (gpointer list,
        guint    position)
{
  return rungs_lead_list_get_id (list, position);
}

static GPtrArray *
read_rows (RungsDb   *db,
           gpointer   list,
           guint      first,
           guint      n,
           GError   **error)
{
  return rungs_lead_list_rows (db, list, first, n, error);
}

const RungsBrowserSource *
rungs_segment_members_get_source (void)
{
  static const RungsBrowserSource source = {
    .list = list_members,
    .list_free = list_free,
    .get_count = get_count,
    .get_id = get_id,
    .rows = read_rows,
    .query_free = query_free,
  };

  return &source;
}
