/* rungs-rehearsal.c: what would leave, to whom and when, if nothing happened but time.
 *
 * The file is copied; in the copy the sequence is published and started where it must be, and those
 * who are to enter are put into it. Then shifts of the engine work it off (rungs-shift.c), each at
 * the time when the next thing is due, so that days without any cost nothing. What happened is
 * read from the tables of the copy, which stays for as long as the rehearsal does, for the ways of
 * single leads. */

#include "engine/rungs-rehearsal.h"

#include <string.h>

#include "base/rungs-time.h"
#include "db/rungs-db-copy.h"
#include "engine/rungs-business.h"
#include "engine/rungs-rehearsal-limits.h"
#include "engine/rungs-rehearsal-store.h"
#include "engine/rungs-shift.h"
#include "leads/rungs-business-store.h"
#include "sequences/rungs-enrolment-many-store.h"
#include "sequences/rungs-publish.h"
#include "sequences/rungs-sequence-draft-store.h"
#include "sequences/rungs-sequence-store.h"

/* There are several at each instant, and few instants at which much is done. */
#define WRITES_TOGETHER 10000

struct _RungsRehearsal
{
  gatomicrefcount references;
  RungsRehearsalPlan plan; /* its leads are not kept */
  gint64 until;
  gint64 sequence;         /* the one that is rehearsed; 0: all */
  GTimeZone *zone;         /* (owned) (nullable) */
  RungsAccount *account;   /* (owned) (nullable) */
  GPtrArray *accounts;     /* (owned) (nullable): that are in use, as they were */
  GArray *limits;          /* (owned) (nullable) */
  GStringChunk *texts;     /* (owned) */
  GHashTable *before;      /* (owned) (nullable): as in RungsRehearsalReading … */
  GHashTable *counts;      /* (owned): … as this */

  GMutex lock; /* of the copy, which is handed from thread to thread */
  RungsDb *copy; /* (owned) (nullable) */

  gint64 answers[RUNGS_ENROL_SUPPRESSED + 1];
  GArray *falls; /* (owned) */
  GArray *mails; /* (owned) (nullable), and so on */
  GArray *days;
  GArray *crowds;
  GArray *walks;
};

/* A run of it. */
typedef struct
{
  RungsRehearsal *self;
  RungsClock *clock;
  GArray *enter; /* (nullable) */
  RungsEngineReport report;
  RungsRehearsalProgress progress; /* (nullable) */
  gpointer data;
  GCancellable *cancellable;
} Run;

static RungsRehearsalReading
reading_of (RungsRehearsal *self)
{
  return (RungsRehearsalReading) {
    .db = self->copy,
    .sequence = self->sequence,
    .from = self->plan.from,
    .before = self->before,
    .counts = self->counts,
    .texts = self->texts,
  };
}

static void
tell (Run   *run,
      gint64 at,
      double share)
{
  const RungsRehearsalStage stage = { at, share, run->report.sent };

  if (run->progress != NULL)
    run->progress (&stage, run->data);
}

static void
copied_cb (gint64   done,
           gint64   all,
           gpointer data)
{
  tell (data, 0, all > 0 ? (double) done / (double) all : 1);
}

/* ---- the beginning, in the copy */

/* Groups go as they would if nobody chose; those for whom somebody must go on as they are. */
static gboolean
choose_ways (RungsPublishPlan *plan,
             GError          **error)
{
  for (guint i = 0; i < plan->groups->len; i++)
    {
      const RungsPublishGroup *group = g_ptr_array_index (plan->groups, i);

      if (group->chosen < 0
          && !rungs_publish_plan_choose (plan, group->step,
                                         rungs_publish_fate_to_text (RUNGS_PUBLISH_KEEP), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
publish_draft (Run     *run,
               RungsDb *db,
               GError **error)
{
  RungsRehearsal *self = run->self;
  g_autoptr (RungsSequenceDraft) draft = NULL;
  g_autoptr (RungsPublishPlan) plan = NULL;

  if (!rungs_sequence_draft_find (db, self->sequence, &draft, error))
    return FALSE;
  if (draft == NULL)
    return TRUE;
  plan = rungs_publish_plan_load (db, self->sequence, self->plan.from, error);
  if (plan == NULL)
    return FALSE;
  return plan->same
         || (choose_ways (plan, error)
             && rungs_publish_apply (db, self->sequence, plan, self->plan.from, error));
}

static gboolean
prepare_sequence (Run     *run,
                  RungsDb *db,
                  GError **error)
{
  RungsRehearsal *self = run->self;
  g_autoptr (RungsSequence) sequence = NULL;

  if (self->plan.draft && !publish_draft (run, db, error))
    return FALSE;
  sequence = rungs_sequence_load (db, self->sequence, error);
  if (sequence == NULL)
    return FALSE;
  return sequence->state == RUNGS_SEQUENCE_LIVE
         || rungs_sequence_start (db, self->sequence, self->plan.from, error);
}

static gboolean
note_refusal (Run              *run,
              gint64            lead,
              RungsEnrolAnswer  answer,
              GError          **error)
{
  RungsRehearsal *self = run->self;
  const RungsRehearsalReading reading = reading_of (self);
  RungsRehearsalFall fall = {
    .kind = RUNGS_REHEARSAL_REFUSED,
    .lead = lead,
    .lead_name = rungs_rehearsal_read_name (&reading, lead, error),
    .sequence_name = "",
    .step = "",
    .message = "",
    .reason = rungs_enrol_answer_to_text (answer),
    .why = "",
    .at = self->plan.from,
  };

  if (fall.lead_name == NULL)
    return FALSE;
  self->answers[answer]++;
  g_array_append_val (self->falls, fall);
  return TRUE;
}

/* Those who may not enter are asked why; the others are let in together. */
static gboolean
let_in (Run     *run,
        RungsDb *db,
        GError **error)
{
  RungsRehearsal *self = run->self;
  g_autoptr (GArray) may = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < run->enter->len; i++)
    {
      gint64 lead = g_array_index (run->enter, gint64, i);
      RungsEnrolAnswer answer = RUNGS_ENROL_OK;

      if (!rungs_enrolment_check (db, lead, self->sequence, self->plan.from, &answer, error))
        return FALSE;
      if (answer == RUNGS_ENROL_OK)
        g_array_append_val (may, lead);
      else if (!note_refusal (run, lead, answer, error))
        return FALSE;
    }
  return rungs_enrolments_enter (db, may, self->sequence, "rehearsal", self->plan.from,
                                 self->answers, NULL, error);
}

/* That an account is paused is overlooked. */
static gboolean
resume_accounts (RungsDb *db,
                 GError **error)
{
  g_autoptr (GPtrArray) accounts = rungs_account_list (db, error);

  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    {
      const RungsAccount *account = accounts->pdata[i];

      if (account->paused_at != 0 && !rungs_account_resume (db, account->id, error))
        return FALSE;
    }
  return accounts != NULL;
}

static gboolean
prepare (RungsDb  *db,
         gpointer  data,
         GError  **error)
{
  Run *run = data;
  RungsRehearsal *self = run->self;

  if (!resume_accounts (db, error))
    return FALSE;
  if (self->sequence != 0 && !prepare_sequence (run, db, error))
    return FALSE;
  return run->enter == NULL || self->sequence == 0 || let_in (run, db, error);
}

static gboolean
begin (Run     *run,
       RungsDb *db,
       GError **error)
{
  RungsRehearsal *self = run->self;

  self->copy = rungs_db_copy (db, copied_cb, run, run->cancellable, error);
  if (self->copy == NULL || !rungs_business_follow (self->copy, run->clock, error))
    return FALSE;
  self->zone = rungs_business_zone (self->copy, error);
  if (self->zone == NULL)
    return FALSE;
  self->account = rungs_account_load_default (self->copy, error);
  self->accounts = self->account ? rungs_rehearsal_load_accounts (self->copy, error) : NULL;
  if (self->accounts == NULL)
    return FALSE;
  self->before = rungs_rehearsal_read_before (self->copy, self->plan.from, error);
  return self->before != NULL && rungs_db_commit_together (self->copy, WRITES_TOGETHER, error)
         && rungs_db_write (self->copy, prepare, run, error);
}

/* ---- what follows from it */

static void
worked_cb (gpointer data)
{
}

static gboolean
live (Run     *run,
      GError **error)
{
  RungsRehearsal *self = run->self;
  g_autoptr (RungsComposer) composer = rungs_composer_new ();
  RungsShift shift = {
    .path = "",
    .clock = run->clock,
    .report = &run->report,
    .worked = worked_cb,
    .rehearses = composer,
    .db = self->copy,
  };
  gint64 next_at = G_MAXINT64;

  while (rungs_shift_work_off (&shift, run->cancellable, &next_at, error))
    {
      gint64 now = rungs_clock_now (run->clock);

      if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
        return FALSE;
      tell (run, now, (double) (now - self->plan.from) / (double) (self->until - self->plan.from));
      if (now >= self->until)
        return TRUE;
      rungs_clock_set (run->clock, CLAMP (next_at, now + 1, self->until));
    }
  return FALSE;
}

/* ---- the result */

/* What a lead gets on the day that is looked at. */
typedef struct
{
  const RungsRehearsalMail *first;
  guint mails;
  gboolean rehearsed; /* one of them is */
} Share;

static void
add_crowd (RungsRehearsal          *self,
           const RungsRehearsalDay *day,
           const Share             *share)
{
  RungsRehearsalCrowd crowd = {
    .lead = share->first->lead,
    .lead_name = share->first->lead_name,
    .mails = share->mails,
  };

  memcpy (crowd.day, day->day, sizeof crowd.day);
  g_array_append_val (self->crowds, crowd);
}

/* `shares` (element-type Share) has one for each lead, by the order of the first message. */
static void
end_day (RungsRehearsal          *self,
         const RungsRehearsalDay *day,
         GHashTable              *places,
         GArray                  *shares)
{
  g_array_append_val (self->days, *day);
  for (guint i = 0; i < shares->len; i++)
    {
      const Share *share = &g_array_index (shares, Share, i);

      if (share->mails > 1 && share->rehearsed)
        add_crowd (self, day, share);
    }
  g_hash_table_remove_all (places);
  g_array_set_size (shares, 0);
}

static void
count_mail (RungsRehearsalDay        *day,
            const RungsRehearsalMail *mail,
            GHashTable               *places,
            GArray                   *shares)
{
  gpointer place = NULL;
  Share *share;

  if (!g_hash_table_lookup_extended (places, &mail->lead, NULL, &place))
    {
      Share new_share = { .first = mail };

      place = GUINT_TO_POINTER (shares->len);
      g_hash_table_insert (places, (gpointer) &mail->lead, place);
      g_array_append_val (shares, new_share);
    }
  share = &g_array_index (shares, Share, GPOINTER_TO_UINT (place));
  share->mails++;
  share->rehearsed |= mail->rehearsed;
  if (mail->rehearsed)
    day->mails++;
  else
    day->others++;
  if (mail->planned_at < day->begins_at)
    day->late++;
}

/* Of the day of the business of which `at` is. */
static gint64
limit_at (RungsRehearsal *self,
          gint64          at)
{
  guint i = (guint) MAX (0, (at - self->plan.from) / RUNGS_DAY);

  while (i < self->limits->len
         && rungs_time_day_start (self->plan.from, self->zone, (int) i + 1) <= at)
    i++;
  while (i > 0 && rungs_time_day_start (self->plan.from, self->zone, (int) i) > at)
    i--;
  return i < self->limits->len ? g_array_index (self->limits, gint64, i) : 0;
}

static RungsRehearsalDay
day_of (RungsRehearsal *self,
        gint64          at)
{
  RungsRehearsalDay day = { .begins_at = rungs_time_day_start (at, self->zone, 0) };
  g_autofree char *text = rungs_time_format_day (at, self->zone);

  g_strlcpy (day.day, text, sizeof day.day);
  day.limit = limit_at (self, at);
  return day;
}

/* Day by day: how much leaves, and who gets more than one message. */
static void
count_days (RungsRehearsal *self)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) shares = g_array_new (FALSE, FALSE, sizeof (Share));
  RungsRehearsalDay day = { .mails = 0 };
  gint64 ends_at = G_MININT64;

  for (guint i = 0; i < self->mails->len; i++)
    {
      const RungsRehearsalMail *mail = &g_array_index (self->mails, RungsRehearsalMail, i);

      if (mail->left_at >= ends_at)
        {
          if (i > 0)
            end_day (self, &day, places, shares);
          day = day_of (self, mail->left_at);
          ends_at = rungs_time_day_start (mail->left_at, self->zone, 1);
        }
      count_mail (&day, mail, places, shares);
    }
  if (self->mails->len > 0)
    end_day (self, &day, places, shares);
}

static int
compare_falls (gconstpointer a,
               gconstpointer b)
{
  const RungsRehearsalFall *one = a;
  const RungsRehearsalFall *other = b;

  if (one->at != other->at)
    return one->at < other->at ? -1 : 1;
  return one->lead == other->lead ? 0 : one->lead < other->lead ? -1 : 1;
}

static gboolean
read_result (RungsRehearsal *self,
             GError        **error)
{
  const RungsRehearsalReading reading = reading_of (self);

  self->mails = rungs_rehearsal_read_mails (&reading, error);
  if (self->mails == NULL || !rungs_rehearsal_read_falls (&reading, self->falls, error))
    return FALSE;
  self->walks = rungs_rehearsal_read_walks (&reading, error);
  if (self->walks == NULL)
    return FALSE;
  g_array_sort (self->falls, compare_falls);
  self->limits = rungs_rehearsal_count_limits (self->accounts, self->mails, self->zone,
                                               self->plan.from, self->until);
  count_days (self);
  return TRUE;
}

static RungsRehearsal *
rehearsal_new (const RungsRehearsalPlan *plan)
{
  RungsRehearsal *self = g_new0 (RungsRehearsal, 1);

  g_atomic_ref_count_init (&self->references);
  self->plan = *plan;
  self->plan.enter = NULL;
  self->sequence = plan->sequence;
  self->until = plan->from + plan->days * RUNGS_DAY;
  self->texts = g_string_chunk_new (4096);
  self->counts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->falls = g_array_new (FALSE, FALSE, sizeof (RungsRehearsalFall));
  self->days = g_array_new (FALSE, FALSE, sizeof (RungsRehearsalDay));
  self->crowds = g_array_new (FALSE, FALSE, sizeof (RungsRehearsalCrowd));
  g_mutex_init (&self->lock);
  return self;
}

RungsRehearsal *
rungs_rehearsal_run (RungsDb                  *db,
                     const RungsRehearsalPlan *plan,
                     RungsRehearsalProgress    progress,
                     gpointer                  data,
                     GCancellable             *cancellable,
                     GError                  **error)
{
  g_autoptr (RungsRehearsal) self = NULL;
  g_autoptr (RungsClock) clock = NULL;
  gboolean rehearsed;
  Run run = { .progress = progress, .data = data, .cancellable = cancellable };

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (plan != NULL, NULL);
  g_return_val_if_fail (plan->days > 0 && plan->days <= RUNGS_REHEARSAL_MOST_DAYS, NULL);

  self = run.self = rehearsal_new (plan);
  clock = run.clock = rungs_clock_new_pretended (plan->from);
  run.enter = plan->enter;
  rehearsed = begin (&run, db, error) && live (&run, error)
              && rungs_db_commit_together (self->copy, 0, error) && read_result (self, error);
  rungs_engine_report_clear (&run.report);
  if (!rehearsed)
    return NULL;
  rungs_db_hand_over (self->copy);
  return g_steal_pointer (&self);
}

RungsRehearsal *
rungs_rehearsal_ref (RungsRehearsal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
rungs_rehearsal_unref (RungsRehearsal *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->copy, rungs_db_close);
  g_mutex_clear (&self->lock);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->account, rungs_account_free);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->limits, g_array_unref);
  g_clear_pointer (&self->before, g_hash_table_unref);
  g_hash_table_unref (self->counts);
  g_array_unref (self->falls);
  g_clear_pointer (&self->mails, g_array_unref);
  g_array_unref (self->days);
  g_array_unref (self->crowds);
  g_clear_pointer (&self->walks, g_array_unref);
  g_string_chunk_free (self->texts);
  g_free (self);
}

gint64
rungs_rehearsal_get_from (RungsRehearsal *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->plan.from;
}

gint64
rungs_rehearsal_get_until (RungsRehearsal *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->until;
}

const RungsAccount *
rungs_rehearsal_get_account (RungsRehearsal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->account;
}

GArray *
rungs_rehearsal_get_limits (RungsRehearsal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->limits;
}

const gint64 *
rungs_rehearsal_get_answers (RungsRehearsal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->answers;
}

GArray *
rungs_rehearsal_get_mails (RungsRehearsal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->mails;
}

GArray *
rungs_rehearsal_get_days (RungsRehearsal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->days;
}

GArray *
rungs_rehearsal_get_crowds (RungsRehearsal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->crowds;
}

GArray *
rungs_rehearsal_get_falls (RungsRehearsal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->falls;
}

GArray *
rungs_rehearsal_get_walks (RungsRehearsal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->walks;
}

GPtrArray *
rungs_rehearsal_list_way (RungsRehearsal *self,
                          gint64          lead,
                          GError        **error)
{
  GPtrArray *way;

  g_return_val_if_fail (self != NULL, NULL);

  g_mutex_lock (&self->lock);
  way = rungs_rehearsal_read_way (self->copy, lead, self->plan.from, error);
  rungs_db_hand_over (self->copy);
  g_mutex_unlock (&self->lock);
  return way;
}
