/* rungs-lead-bulk.c: what the leads page does to many leads at once. */

#include "rungs-lead-bulk.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "leads/rungs-lead-snapshot-store.h"
#include "leads/rungs-tag-store.h"
#include "leads/rungs-tagging-store.h"
#include "rungs-bulk.h"
#include "rungs-lead-words.h"
#include "sequences/rungs-enrolment-many-store.h"
#include "widgets/rungs-display.h"

/* So many leads that could not go back are told by name. */
#define LOST_TOLD 12

/* What is done, and what came of it so far. */
typedef struct
{
  GArray *leads;        /* (owned) (nullable) (element-type gint64): to whom */
  char *name;           /* (owned) (nullable): of the tag */
  gint64 ref;           /* the tag or sequence; 0: any */
  GArray *changed;      /* (owned) (nullable): what was changed, for taking it back: leads,
                         * taggings, enrolments or stops */
  GPtrArray *snapshots; /* (owned) (nullable) (element-type RungsLeadSnapshot) */
  RungsEnrolCounts counts;
  guint kept;           /* leads that were not deleted */
  guint done;           /* of taking back: how many things */
  GPtrArray *lost;      /* (owned) (nullable) (element-type utf8): leads that cannot go back, why */
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  g_clear_pointer (&self->leads, g_array_unref);
  g_clear_pointer (&self->changed, g_array_unref);
  g_clear_pointer (&self->snapshots, g_ptr_array_unref);
  g_clear_pointer (&self->lost, g_ptr_array_unref);
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* Takes `leads`. */
static Work *
work_new (GArray     *leads,
          const char *name,
          gint64      ref)
{
  Work *self = g_new0 (Work, 1);

  self->leads = leads;
  self->name = g_strdup (name);
  self->ref = ref;
  return self;
}

static gint64
now_of_the_machine (void)
{
  return g_get_real_time () / 1000;
}

static GArray *
part_of (GArray *leads,
         guint   first,
         guint   n)
{
  GArray *part = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  g_array_append_vals (part, &g_array_index (leads, gint64, first), n);
  return part;
}

/* ---- what came of a part */

static void
keep (gpointer data,
      gpointer found)
{
  Work *self = data;
  g_autoptr (Work) part = found;

  if (part->ref != 0)
    self->ref = part->ref;
  if (part->changed != NULL && self->changed == NULL)
    self->changed = g_steal_pointer (&part->changed);
  else if (part->changed != NULL && part->changed->len > 0)
    g_array_append_vals (self->changed, part->changed->data, part->changed->len);
  if (part->snapshots != NULL && self->snapshots == NULL)
    self->snapshots = g_steal_pointer (&part->snapshots);
  else if (part->snapshots != NULL)
    g_ptr_array_extend_and_steal (self->snapshots, g_steal_pointer (&part->snapshots));
  for (guint i = 0; i < G_N_ELEMENTS (self->counts.of); i++)
    self->counts.of[i] += part->counts.of[i];
  self->kept += part->kept;
  self->done += part->done;
  if (part->lost != NULL && self->lost == NULL)
    self->lost = g_steal_pointer (&part->lost);
  else if (part->lost != NULL)
    g_ptr_array_extend_and_steal (self->lost, g_steal_pointer (&part->lost));
}

static gpointer
found_changes (GArray *changed)
{
  Work *found = changed ? work_new (NULL, NULL, 0) : NULL;

  if (found != NULL)
    found->changed = changed;
  return found;
}

/* Of a part of taking back. */
static gpointer
found_done (gboolean done,
            guint    n)
{
  Work *found = done ? work_new (NULL, NULL, 0) : NULL;

  if (found != NULL)
    found->done = n;
  return found;
}

/* What was changed goes over to what takes it back. */
static gpointer
offer_changes (gpointer  data,
               guint    *n)
{
  Work *self = data;
  Work *back;

  if (self->changed == NULL || self->changed->len == 0)
    return NULL;
  back = work_new (NULL, self->name, self->ref);
  back->changed = g_steal_pointer (&self->changed);
  *n = back->changed->len;
  return back;
}

static char *
words_of_undo (gpointer data)
{
  g_autofree char *number = rungs_display_number (((Work *) data)->done);

  return g_strdup_printf (
    ngettext ("Taken back for %s lead", "Taken back for %s leads", ((Work *) data)->done), number);
}

/* ---- tags */

static gpointer
add_tag (RungsDb   *db,
         gpointer   data,
         guint      first,
         guint      n,
         GError   **error)
{
  const Work *self = data;
  g_autoptr (GArray) leads = part_of (self->leads, first, n);
  gint64 tag = rungs_tag_ensure (db, self->name, error);
  GArray *given
    = tag != 0 ? rungs_tagging_add (db, leads, tag, now_of_the_machine (), error) : NULL;
  Work *found = found_changes (given);

  if (found != NULL)
    found->ref = tag;
  return found;
}

static gpointer
take_tag_back (RungsDb   *db,
               gpointer   data,
               guint      first,
               guint      n,
               GError   **error)
{
  const Work *self = data;
  g_autoptr (GArray) leads = part_of (self->changed, first, n);
  g_autoptr (GArray) taken
    = rungs_tagging_remove (db, leads, self->ref, now_of_the_machine (), error);

  return found_done (taken != NULL, n);
}

static char *
words_of_adding (gpointer data)
{
  const Work *self = data;
  guint n = self->changed ? self->changed->len : 0;
  g_autofree char *number = rungs_display_number (n);

  return g_strdup_printf (
    ngettext ("%s lead got the tag “%s”", "%s leads got the tag “%s”", n), number, self->name);
}

static const RungsBulkKind TAKE_TAG_BACK = {
  .title = N_ ("Taking a Tag Back"),
  .failed = N_ ("The Tag Could Not Be Taken Back"),
  .part = take_tag_back,
  .found_free = work_free,
  .keep = keep,
  .words = words_of_undo,
  .data_free = work_free,
};

static const RungsBulkKind ADD_TAG = {
  .title = N_ ("Adding a Tag"),
  .failed = N_ ("The Tag Could Not Be Added"),
  .part = add_tag,
  .found_free = work_free,
  .keep = keep,
  .words = words_of_adding,
  .offer = offer_changes,
  .undo = &TAKE_TAG_BACK,
  .data_free = work_free,
};

void
rungs_lead_bulk_add_tag (RungsPage  *page,
                         GArray     *leads,
                         const char *tag)
{
  g_return_if_fail (leads != NULL && tag != NULL);

  rungs_bulk_start (page, &ADD_TAG, work_new (leads, tag, 0), leads->len);
}

static gpointer
remove_tag (RungsDb   *db,
            gpointer   data,
            guint      first,
            guint      n,
            GError   **error)
{
  const Work *self = data;
  g_autoptr (GArray) leads = part_of (self->leads, first, n);
  gint64 tag = 0;
  Work *found;

  if (!rungs_tag_find (db, self->name, &tag, error))
    return NULL;
  found = found_changes (rungs_tagging_remove (db, leads, tag, now_of_the_machine (), error));
  if (found != NULL)
    found->ref = tag;
  return found;
}

static gpointer
give_tag_back (RungsDb   *db,
               gpointer   data,
               guint      first,
               guint      n,
               GError   **error)
{
  const Work *self = data;

  return found_done (rungs_tagging_restore (db, self->changed, first, n, self->ref,
                                            now_of_the_machine (), error),
                     n);
}

static char *
words_of_removing (gpointer data)
{
  const Work *self = data;
  guint n = self->changed ? self->changed->len : 0;
  g_autofree char *number = rungs_display_number (n);

  return g_strdup_printf (
    ngettext ("%s lead lost the tag “%s”", "%s leads lost the tag “%s”", n), number, self->name);
}

static const RungsBulkKind GIVE_TAG_BACK = {
  .title = N_ ("Giving a Tag Back"),
  .failed = N_ ("The Tag Could Not Be Given Back"),
  .part = give_tag_back,
  .found_free = work_free,
  .keep = keep,
  .words = words_of_undo,
  .data_free = work_free,
};

static const RungsBulkKind REMOVE_TAG = {
  .title = N_ ("Taking a Tag Away"),
  .failed = N_ ("The Tag Could Not Be Taken Away"),
  .part = remove_tag,
  .found_free = work_free,
  .keep = keep,
  .words = words_of_removing,
  .offer = offer_changes,
  .undo = &GIVE_TAG_BACK,
  .data_free = work_free,
};

void
rungs_lead_bulk_remove_tag (RungsPage  *page,
                            GArray     *leads,
                            const char *tag)
{
  g_return_if_fail (leads != NULL && tag != NULL);

  rungs_bulk_start (page, &REMOVE_TAG, work_new (leads, tag, 0), leads->len);
}

/* ---- sequences */

static gpointer
enter (RungsDb   *db,
       gpointer   data,
       guint      first,
       guint      n,
       GError   **error)
{
  const Work *self = data;
  g_autoptr (GArray) leads = part_of (self->leads, first, n);
  g_autoptr (Work) found = found_changes (g_array_new (FALSE, FALSE, sizeof (gint64)));

  return rungs_enrolments_enter (db, leads, self->ref, "by hand", now_of_the_machine (),
                                 found->counts.of, found->changed, error)
           ? g_steal_pointer (&found)
           : NULL;
}

static gpointer
unmake (RungsDb   *db,
        gpointer   data,
        guint      first,
        guint      n,
        GError   **error)
{
  const Work *self = data;

  return found_done (
    rungs_enrolments_unmake (db, self->changed, first, n, now_of_the_machine (), error), n);
}

static char *
words_of_entering (gpointer data)
{
  return rungs_enrol_counts_words (&((Work *) data)->counts);
}

static const RungsBulkKind UNMAKE = {
  .title = N_ ("Taking Leads Out of the Sequence"),
  .failed = N_ ("The Leads Could Not Be Taken Out of the Sequence"),
  .part = unmake,
  .found_free = work_free,
  .keep = keep,
  .words = words_of_undo,
  .data_free = work_free,
};

static const RungsBulkKind ENTER = {
  .title = N_ ("Adding Leads to the Sequence"),
  .failed = N_ ("The Leads Could Not Be Added to the Sequence"),
  .part = enter,
  .found_free = work_free,
  .keep = keep,
  .words = words_of_entering,
  .offer = offer_changes,
  .undo = &UNMAKE,
  .data_free = work_free,
};

void
rungs_lead_bulk_enter (RungsPage *page,
                       GArray    *leads,
                       gint64     sequence)
{
  g_return_if_fail (leads != NULL && sequence != 0);

  rungs_bulk_start (page, &ENTER, work_new (leads, NULL, sequence), leads->len);
}

static gpointer
stop (RungsDb   *db,
      gpointer   data,
      guint      first,
      guint      n,
      GError   **error)
{
  const Work *self = data;
  g_autoptr (GArray) leads = part_of (self->leads, first, n);
  g_autoptr (Work) found = found_changes (g_array_new (FALSE, FALSE, sizeof (RungsEnrolmentStop)));

  return rungs_enrolments_stop (db, leads, self->ref, "by hand", now_of_the_machine (),
                                found->changed, error)
           ? g_steal_pointer (&found)
           : NULL;
}

static gpointer
resume (RungsDb   *db,
        gpointer   data,
        guint      first,
        guint      n,
        GError   **error)
{
  const Work *self = data;

  return found_done (
    rungs_enrolments_resume (db, self->changed, first, n, now_of_the_machine (), error), n);
}

static char *
words_of_stopping (gpointer data)
{
  const Work *self = data;
  guint n = self->changed ? self->changed->len : 0;
  g_autofree char *number = rungs_display_number (n);

  return g_strdup_printf (ngettext ("%s lead taken out", "%s leads taken out", n), number);
}

static const RungsBulkKind RESUME = {
  .title = N_ ("Putting Leads Back into the Sequence"),
  .failed = N_ ("The Leads Could Not Be Put Back into the Sequence"),
  .part = resume,
  .found_free = work_free,
  .keep = keep,
  .words = words_of_undo,
  .data_free = work_free,
};

static const RungsBulkKind STOP = {
  .title = N_ ("Taking Leads Out of the Sequence"),
  .failed = N_ ("The Leads Could Not Be Taken Out of the Sequence"),
  .part = stop,
  .found_free = work_free,
  .keep = keep,
  .words = words_of_stopping,
  .offer = offer_changes,
  .undo = &RESUME,
  .data_free = work_free,
};

void
rungs_lead_bulk_stop (RungsPage *page,
                      GArray    *leads,
                      gint64     sequence)
{
  g_return_if_fail (leads != NULL);

  rungs_bulk_start (page, &STOP, work_new (leads, NULL, sequence), leads->len);
}

/* ---- deleting */

static gboolean
delete_one (RungsDb  *db,
            gint64    lead,
            Work     *found,
            GError  **error)
{
  g_autoptr (GError) refused = NULL;
  RungsLeadSnapshot *snapshot = rungs_lead_delete (db, lead, now_of_the_machine (), &refused);

  if (snapshot != NULL)
    g_ptr_array_add (found->snapshots, snapshot);
  else if (g_error_matches (refused, RUNGS_ERROR, RUNGS_ERROR_CONFLICT)
           || g_error_matches (refused, RUNGS_ERROR, RUNGS_ERROR_BUSY))
    found->kept++;
  else if (!g_error_matches (refused, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&refused));
      return FALSE;
    }
  return TRUE;
}

static gpointer
delete_part (RungsDb   *db,
             gpointer   data,
             guint      first,
             guint      n,
             GError   **error)
{
  const Work *self = data;
  g_autoptr (Work) found = work_new (NULL, NULL, 0);

  found->snapshots = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_lead_snapshot_free);
  for (guint i = first; i < first + n; i++)
    if (!delete_one (db, g_array_index (self->leads, gint64, i), found, error))
      return NULL;
  return g_steal_pointer (&found);
}

/* One that cannot go back is told of, and the others go on. */
static gboolean
restore_one (RungsDb                 *db,
             const RungsLeadSnapshot *snapshot,
             Work                    *found,
             GError                 **error)
{
  g_autoptr (GError) refused = NULL;
  const char *email = rungs_lead_snapshot_get_email (snapshot);

  if (rungs_lead_restore (db, snapshot, now_of_the_machine (), &refused) != 0)
    {
      found->done++;
      return TRUE;
    }
  if (!g_error_matches (refused, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
    {
      g_propagate_error (error, g_steal_pointer (&refused));
      return FALSE;
    }
  g_ptr_array_add (found->lost,
                   g_strdup_printf ("%s: %s", email != NULL ? email : _ ("Without an address"),
                                    refused->message));
  return TRUE;
}

static gpointer
restore_part (RungsDb   *db,
              gpointer   data,
              guint      first,
              guint      n,
              GError   **error)
{
  const Work *self = data;
  g_autoptr (Work) found = work_new (NULL, NULL, 0);

  found->lost = g_ptr_array_new_with_free_func (g_free);
  for (guint i = first; i < first + n; i++)
    if (!restore_one (db, g_ptr_array_index (self->snapshots, i), found, error))
      return NULL;
  return g_steal_pointer (&found);
}

/* Who could not go back, and why: the first of them. */
static char *
problems_of_restoring (gpointer data)
{
  const Work *self = data;
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = self->lost != NULL ? self->lost->len : 0;

  for (guint i = 0; i < MIN (n, LOST_TOLD); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            (char *) g_ptr_array_index (self->lost, i));
  if (n > LOST_TOLD)
    g_string_append_printf (text, ngettext ("\nand %u more", "\nand %u more", n - LOST_TOLD),
                            n - LOST_TOLD);
  return n > 0 ? g_strdup (text->str) : NULL;
}

static char *
words_of_deleting (gpointer data)
{
  const Work *self = data;
  guint n = self->snapshots ? self->snapshots->len : 0;
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *kept_number = rungs_display_number (self->kept);
  g_autofree char *kept = g_strdup_printf (ngettext ("%s stays, because it has orders",
                                                     "%s stay, because they have orders",
                                                     self->kept),
                                           kept_number);
  g_autofree char *done
    = g_strdup_printf (ngettext ("%s lead deleted", "%s leads deleted", n), number);

  if (self->kept == 0)
    return n > 0 ? g_steal_pointer (&done) : g_strdup (_ ("Nothing was deleted"));
  return n > 0 ? g_strdup_printf ("%s · %s", done, kept) : g_steal_pointer (&kept);
}

static gpointer
offer_snapshots (gpointer  data,
                 guint    *n)
{
  Work *self = data;
  Work *back;

  if (self->snapshots == NULL || self->snapshots->len == 0)
    return NULL;
  back = work_new (NULL, NULL, 0);
  back->snapshots = g_steal_pointer (&self->snapshots);
  *n = back->snapshots->len;
  return back;
}

static const RungsBulkKind RESTORE = {
  .title = N_ ("Putting Leads Back"),
  .failed = N_ ("The Leads Could Not Be Put Back"),
  .part = restore_part,
  .found_free = work_free,
  .keep = keep,
  .words = words_of_undo,
  .problems = problems_of_restoring,
  .problems_heading = N_ ("Some Leads Could Not Be Put Back"),
  .data_free = work_free,
};

static const RungsBulkKind DELETE = {
  .title = N_ ("Deleting Leads"),
  .failed = N_ ("The Leads Could Not Be Deleted"),
  .part = delete_part,
  .found_free = work_free,
  .keep = keep,
  .words = words_of_deleting,
  .offer = offer_snapshots,
  .undo = &RESTORE,
  .data_free = work_free,
};

void
rungs_lead_bulk_delete (RungsPage *page,
                        GArray    *leads)
{
  g_return_if_fail (leads != NULL && leads->len <= RUNGS_LEAD_BULK_DELETED);

  rungs_bulk_start (page, &DELETE, work_new (leads, NULL, 0), leads->len);
}
