/* rungs-rehearsal-load.c: what the window of rehearsals reads and does. */

#include "rungs-rehearsal-load.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "leads/rungs-lead-store.h"
#include "segments/rungs-segment-member-store.h"
#include "sequences/rungs-sequence-draft-store.h"
#include "sequences/rungs-sequence-store.h"

void
rungs_rehearsal_choices_free (RungsRehearsalChoices *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_clear_pointer (&self->segments, g_ptr_array_unref);
  g_free (self);
}

gpointer
rungs_rehearsal_load_choices (RungsDb       *db,
                              gpointer       data,
                              GCancellable  *cancellable,
                              GError       **error)
{
  const gint64 *id = data;
  g_autoptr (RungsRehearsalChoices) self = g_new0 (RungsRehearsalChoices, 1);
  g_autoptr (RungsSequence) sequence = rungs_sequence_load (db, *id, error);
  g_autoptr (RungsSequenceDraft) draft = NULL;

  if (sequence == NULL || !rungs_sequence_draft_find (db, *id, &draft, error))
    return NULL;
  self->name = g_strdup (sequence->name);
  self->has_draft = draft != NULL;
  self->has_version = sequence->version != 0;
  self->segments = rungs_segment_list (db, FALSE, error);
  return self->segments != NULL ? g_steal_pointer (&self) : NULL;
}

void
rungs_rehearsal_request_free (RungsRehearsalRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->email);
  rungs_progress_unref (self->progress);
  g_free (self);
}

static GArray *
load_segment (RungsDb                     *db,
              const RungsRehearsalRequest *self,
              GError                     **error)
{
  g_autoptr (RungsSegment) segment = rungs_segment_load (db, self->segment, error);

  if (segment == NULL)
    return NULL;
  return rungs_segment_members (db, segment, self->plan.from, 0, G_MAXUINT, error);
}

static GArray *
load_one (RungsDb    *db,
          const char *email,
          GError    **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (RungsLead) lead = rungs_lead_load_by_email (db, email, &failure);
  GArray *leads;

  if (lead == NULL)
    {
      if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
        g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                     _ ("There is no lead with the address %s"), email);
      else
        g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (leads, lead->id);
  return leads;
}

/* The work is counted in thousandths. */
static void
stage_cb (const RungsRehearsalStage *stage,
          gpointer                   data)
{
  RungsProgress *progress = data;
  g_autofree char *note = NULL;

  if (stage->at == 0)
    {
      rungs_progress_set_note (progress, _ ("The file is copied"));
      return;
    }
  note = g_strdup_printf (ngettext ("%'d message would have left", "%'d messages would have left",
                                    (gulong) stage->mails),
                          (int) stage->mails);
  rungs_progress_set_note (progress, note);
  rungs_progress_set (progress, (gint64) (stage->share * 1000), 1000);
}

gpointer
rungs_rehearsal_do_run (RungsDb       *db,
                        gpointer       data,
                        GCancellable  *cancellable,
                        GError       **error)
{
  RungsRehearsalRequest *self = data;
  g_autoptr (GArray) enter = NULL;

  if (self->segment != 0)
    enter = load_segment (db, self, error);
  else if (self->email != NULL)
    enter = load_one (db, self->email, error);
  if (enter == NULL && (self->segment != 0 || self->email != NULL))
    return NULL;
  self->plan.enter = enter;
  return rungs_rehearsal_run (db, &self->plan, stage_cb, self->progress, cancellable, error);
}

void
rungs_rehearsal_way_request_free (RungsRehearsalWayRequest *self)
{
  rungs_rehearsal_unref (self->rehearsal);
  g_free (self);
}

gpointer
rungs_rehearsal_load_way (RungsDb       *db,
                          gpointer       data,
                          GCancellable  *cancellable,
                          GError       **error)
{
  const RungsRehearsalWayRequest *self = data;

  return rungs_rehearsal_list_way (self->rehearsal, self->lead, error);
}
