/* rungs-segment-counts.c: counts the leads of live segments.
 *
 * One after the other: each is told as soon as it is known, and a reader of the store stays free.
 * What a rule that cannot be counted lacks is said where it is edited. */

#include "rungs-segment-counts.h"

#include "rungs-segment-work.h"

struct _RungsSegmentCounts
{
  GObject parent_instance;

  RungsStore *store;         /* (owned) */
  GArray *uncounted;         /* (owned) (element-type gint64): segments, the last one next */
  gint64 counting;           /* the one under way */
  GCancellable *cancellable; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsSegmentCounts, rungs_segment_counts, G_TYPE_OBJECT)

static guint counted_signal;

/* Is called to begin, and by itself when one has been counted. */
static void
count_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (RungsSegmentCounts) self = data;

  if (result != NULL)
    {
      g_autoptr (GError) error = NULL;
      g_autofree gint64 *count = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      if (count != NULL)
        g_signal_emit (self, counted_signal, 0, self->counting, *count);
    }

  if (self->uncounted->len == 0)
    return;
  self->counting = g_array_index (self->uncounted, gint64, self->uncounted->len - 1);
  g_array_set_size (self->uncounted, self->uncounted->len - 1);
  rungs_store_read_async (self->store, rungs_segment_work_count,
                          rungs_segment_work_new (self->counting, NULL, NULL),
                          (GDestroyNotify) rungs_segment_work_free, g_free, self->cancellable,
                          count_cb, g_object_ref (self));
}

static void
rungs_segment_counts_finalize (GObject *object)
{
  RungsSegmentCounts *self = RUNGS_SEGMENT_COUNTS (object);

  rungs_segment_counts_stop (self);
  g_object_unref (self->store);
  g_array_unref (self->uncounted);

  G_OBJECT_CLASS (rungs_segment_counts_parent_class)->finalize (object);
}

static void
rungs_segment_counts_class_init (RungsSegmentCountsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_segment_counts_finalize;
  counted_signal = g_signal_new ("counted", RUNGS_TYPE_SEGMENT_COUNTS, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
}

static void
rungs_segment_counts_init (RungsSegmentCounts *self)
{
  self->uncounted = g_array_new (FALSE, FALSE, sizeof (gint64));
}

RungsSegmentCounts *
rungs_segment_counts_new (RungsStore *store)
{
  RungsSegmentCounts *self = g_object_new (RUNGS_TYPE_SEGMENT_COUNTS, NULL);

  self->store = g_object_ref (store);
  return self;
}

void
rungs_segment_counts_start (RungsSegmentCounts *self,
                            GPtrArray          *segments)
{
  g_return_if_fail (RUNGS_IS_SEGMENT_COUNTS (self));

  rungs_segment_counts_stop (self);
  self->cancellable = g_cancellable_new ();
  for (guint i = segments->len; i > 0; i--)
    {
      const RungsSegment *segment = g_ptr_array_index (segments, i - 1);

      if (segment->kind == RUNGS_SEGMENT_LIVE)
        g_array_append_val (self->uncounted, segment->id);
    }
  count_cb (NULL, NULL, g_object_ref (self));
}

void
rungs_segment_counts_stop (RungsSegmentCounts *self)
{
  g_return_if_fail (RUNGS_IS_SEGMENT_COUNTS (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_array_set_size (self->uncounted, 0);
}
