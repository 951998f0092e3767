/* rungs-segment-work.c: what the window asks of segments and does to them. */

#include "rungs-segment-work.h"

#include "base/rungs-clock.h"
#include "widgets/rungs-display.h"

#define DAYS_SHOWN 90
#define A_DAY (24 * 60 * 60 * RUNGS_SECOND)

RungsSegmentWork *
rungs_segment_work_new (gint64      segment,
                        const char *name,
                        const char *rule)
{
  RungsSegmentWork *self = g_new0 (RungsSegmentWork, 1);

  self->segment = segment;
  self->name = g_strdup (name);
  self->rule = g_strdup (rule);
  return self;
}

RungsSegmentWork *
rungs_segment_work_new_for_leads (gint64  segment,
                                  GArray *leads)
{
  RungsSegmentWork *self = rungs_segment_work_new (segment, NULL, NULL);

  self->leads = leads;
  return self;
}

void
rungs_segment_work_free (RungsSegmentWork *self)
{
  g_free (self->name);
  g_free (self->rule);
  g_clear_pointer (&self->leads, g_array_unref);
  g_free (self);
}

static gint64 *
box (gint64 number)
{
  return g_memdup2 (&number, sizeof number);
}

/* ---- reading */

gpointer
rungs_segment_work_list (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  return rungs_segment_list (db, FALSE, error);
}

gpointer
rungs_segment_work_count (RungsDb       *db,
                          gpointer       data,
                          GCancellable  *cancellable,
                          GError       **error)
{
  const RungsSegmentWork *work = data;
  g_autoptr (RungsSegment) segment = rungs_segment_load (db, work->segment, error);
  gint64 count = 0;

  if (segment == NULL || !rungs_segment_count (db, segment, rungs_display_now (), &count, error))
    return NULL;
  return box (count);
}

gpointer
rungs_segment_work_days (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  const RungsSegmentWork *work = data;
  g_autoptr (RungsSegment) segment = rungs_segment_load (db, work->segment, error);
  gint64 now = rungs_display_now ();
  g_autoptr (GArray) days
    = segment ? rungs_segment_days (db, segment, now - DAYS_SHOWN * A_DAY, now + 1, error) : NULL;
  g_autoptr (GArray) newest_first = g_array_new (FALSE, FALSE, sizeof (RungsSegmentDay));

  if (days == NULL)
    return NULL;
  for (guint i = days->len; i > 0; i--)
    g_array_append_val (newest_first, g_array_index (days, RungsSegmentDay, i - 1));
  return g_steal_pointer (&newest_first);
}

/* ---- making */

gpointer
rungs_segment_work_create (RungsDb       *db,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  const RungsSegmentWork *work = data;
  gint64 id
    = rungs_segment_create (db, work->name, NULL, work->rule, rungs_display_now (), error);

  return id != 0 ? box (id) : NULL;
}

gpointer
rungs_segment_work_snapshot (RungsDb       *db,
                             gpointer       data,
                             GCancellable  *cancellable,
                             GError       **error)
{
  const RungsSegmentWork *work = data;
  g_autoptr (RungsSegment) segment = rungs_segment_load (db, work->segment, error);
  gint64 id = segment ? rungs_segment_take_snapshot (db, segment, work->name,
                                                     rungs_display_now (), error)
                      : 0;

  return id != 0 ? box (id) : NULL;
}

gpointer
rungs_segment_work_duplicate (RungsDb       *db,
                              gpointer       data,
                              GCancellable  *cancellable,
                              GError       **error)
{
  const RungsSegmentWork *work = data;
  g_autoptr (RungsSegment) segment = rungs_segment_load (db, work->segment, error);
  gint64 id;

  if (segment == NULL)
    return NULL;
  if (segment->kind == RUNGS_SEGMENT_FIXED)
    return rungs_segment_work_snapshot (db, data, cancellable, error);
  id = rungs_segment_create (db, work->name, segment->description, segment->rule,
                             rungs_display_now (), error);
  return id != 0 ? box (id) : NULL;
}

/* ---- changing */

gpointer
rungs_segment_work_rename (RungsDb       *db,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  const RungsSegmentWork *work = data;

  rungs_segment_rename (db, work->segment, work->name, NULL, rungs_display_now (), error);
  return NULL;
}

gpointer
rungs_segment_work_set_rule (RungsDb       *db,
                             gpointer       data,
                             GCancellable  *cancellable,
                             GError       **error)
{
  const RungsSegmentWork *work = data;
  g_autoptr (RungsSegment) before = rungs_segment_load (db, work->segment, error);

  if (before == NULL
      || !rungs_segment_set_rule (db, work->segment, work->rule, rungs_display_now (), error))
    return NULL;
  return rungs_segment_work_new (work->segment, NULL, before->rule);
}

/* Takes leads in, or out, with the function `func`. */
static gpointer
move_leads (RungsDb                *db,
            const RungsSegmentWork *work,
            GArray *(*func) (RungsDb             *db,
                             const RungsSegment  *segment,
                             GArray              *leads,
                             gint64               now,
                             GError             **error),
            GError                **error)
{
  g_autoptr (RungsSegment) segment = rungs_segment_load (db, work->segment, error);
  GArray *moved = segment ? func (db, segment, work->leads, rungs_display_now (), error) : NULL;

  return moved ? rungs_segment_work_new_for_leads (work->segment, moved) : NULL;
}

gpointer
rungs_segment_work_add (RungsDb       *db,
                        gpointer       data,
                        GCancellable  *cancellable,
                        GError       **error)
{
  return move_leads (db, data, rungs_segment_add_members, error);
}

gpointer
rungs_segment_work_remove (RungsDb       *db,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  return move_leads (db, data, rungs_segment_remove_members, error);
}

gpointer
rungs_segment_work_delete (RungsDb       *db,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  const RungsSegmentWork *work = data;

  return rungs_segment_delete (db, work->segment, error);
}

gpointer
rungs_segment_work_restore (RungsDb       *db,
                            gpointer       data,
                            GCancellable  *cancellable,
                            GError       **error)
{
  rungs_segment_undelete (db, data, error);
  return NULL;
}
