/* rungs-merge-work.c: what the window of duplicates asks the threads of the store for. */

#include "rungs-merge-work.h"

#include "leads/rungs-duplicate-store.h"

/* Nobody looks through more of them. */
#define MOST_PAIRS 10000

typedef struct
{
  RungsProgress *progress;
  GCancellable *cancellable;
  GPtrArray *found; /* (owned) (nullable) */
} Finding;

static gint64
now_of_the_machine (void)
{
  return g_get_real_time () / 1000;
}

static void
progress_cb (double   fraction,
             guint    found,
             gpointer data)
{
  rungs_progress_set (data, (gint64) (fraction * 100), 100);
}

static gboolean
find_cb (RungsDb *db,
         gpointer data,
         GError **error)
{
  Finding *finding = data;

  finding->found = rungs_duplicates_find (db, MOST_PAIRS, progress_cb, finding->progress,
                                          finding->cancellable, NULL, error);
  return finding->found != NULL;
}

gpointer
rungs_merge_work_find (RungsDb      *db,
                       gpointer      data,
                       GCancellable *cancellable,
                       GError      **error)
{
  Finding finding = { data, cancellable, NULL };

  if (!rungs_db_read (db, find_cb, &finding, error))
    g_clear_pointer (&finding.found, g_ptr_array_unref);
  return finding.found;
}

gpointer
rungs_merge_work_plan (RungsDb      *db,
                       gpointer      data,
                       GCancellable *cancellable,
                       GError      **error)
{
  return rungs_merge_plan_load (db, data, error);
}

gpointer
rungs_merge_work_merge (RungsDb      *db,
                        gpointer      data,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autofree RungsMergeResult *result = g_new0 (RungsMergeResult, 1);

  if (!rungs_leads_merge (db, data, now_of_the_machine (), result, error))
    return NULL;
  return g_steal_pointer (&result);
}

gpointer
rungs_merge_work_undo (RungsDb      *db,
                       gpointer      data,
                       GCancellable *cancellable,
                       GError      **error)
{
  gint64 merge = g_array_index ((GArray *) data, gint64, 0);

  rungs_merge_undo (db, merge, now_of_the_machine (), NULL, error);
  return NULL;
}

gpointer
rungs_merge_work_set_different (RungsDb      *db,
                                gpointer      data,
                                GCancellable *cancellable,
                                GError      **error)
{
  const gint64 *leads = (const gint64 *) ((GArray *) data)->data;

  rungs_leads_set_different (db, leads[0], leads[1], now_of_the_machine (), error);
  return NULL;
}

gpointer
rungs_merge_work_unset_different (RungsDb      *db,
                                  gpointer      data,
                                  GCancellable *cancellable,
                                  GError      **error)
{
  const gint64 *leads = (const gint64 *) ((GArray *) data)->data;

  rungs_leads_unset_different (db, leads[0], leads[1], error);
  return NULL;
}
