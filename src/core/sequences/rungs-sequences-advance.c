/* rungs-sequences-advance.c: walks the due enrolments.
 *
 * Between walks an enrolment stands at a step that waits, or, before its first walk (visit 0), in
 * front of the first step. When it is due:
 *
 *   1. Who owns what the sequence sells is not walked on: the walk ends, "bought". At the first
 *      walk of a sequence that sends messages, who is suppressed is stopped: entering in bulk does
 *      not ask that.
 *   2. A goal whose rule has come true ends the walk, "goal".
 *   3. The step at which it stands is left: by "timeout" where an event was waited for and did not
 *      come, else by "next". Where publishing put it before a step, it comes to that.
 *   4. Each step that it comes to counts one visit and is done: a message goes into the outbox
 *      under the key (enrolment, step, visit), a condition or split chooses a way, an action acts.
 *      So it goes on until a step waits, where the enrolment comes to stand with the time at which
 *      it is due again, or the walk ends.
 *
 * Whom publishing a new version has moved does not get again what the walk brought before: a
 * message or action that was done already is passed, "had", unless the graph comes back to it by
 * itself.
 *
 * In one batch a lead walks one sequence at most: what happened to it there is followed before it
 * walks the next, so that the result does not hang on how the batches fell.
 *
 * All of it is in the caller's transaction: the message in the outbox, the step in the history and
 * the new place of the enrolment are there together or not at all, so that nothing is planned twice
 * or lost, whenever the program dies. Chance is a hash of (lead, sequence, step, visit), and time
 * the caller's, so that the same file walked at the same times gives the same result, whatever the
 * batches.
 *
 * What the owner's data makes impossible (a message that was deleted) ends that one walk, "error",
 * with the reason; what the file cannot do fails the batch. */

#include "sequences/rungs-sequences-advance.h"

#include "base/rungs-error.h"
#include "base/rungs-plain-words.h"
#include "base/rungs-time.h"
#include "ladder/rungs-ownership-store.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-suppression-store.h"
#include "mail/rungs-outbox-store.h"
#include "sequences/rungs-batch.h"
#include "sequences/rungs-entrance.h"
#include "sequences/rungs-graph-private.h"
#include "sequences/rungs-lead-date-store.h"
#include "sequences/rungs-wait.h"

/* A walk through steps that do not wait is never longer than the graph; this is for a damaged
 * one. */
#define MAX_STEPS_AT_ONCE 1000

/* So many hours after a date a message for it still leaves. */
#define DATED_LATE_HOURS 24

/* A graph, and whether it sends messages. */
typedef struct
{
  RungsGraph *graph;
  gboolean mails;
} Version;

/* How far one step brought a walk. */
typedef enum
{
  GO_ON,
  RESTS,
  ENDED,
} Progress;

static void
version_free (Version *version)
{
  g_clear_pointer (&version->graph, rungs_graph_unref);
  g_free (version);
}

static Version *
get_version (RungsBatch  *batch,
             gint64       id,
             GError     **error)
{
  Version *version = g_hash_table_lookup (batch->versions, &id);
  gboolean marketing;

  if (version != NULL)
    return version;
  version = g_new0 (Version, 1);
  g_hash_table_insert (batch->versions, g_memdup2 (&id, sizeof id), version);
  version->graph = rungs_sequence_load_graph (batch->db, id, error);
  if (version->graph == NULL
      || !rungs_graph_look_at_messages (version->graph, batch->db, &version->mails, &marketing,
                                        error))
    return NULL;
  return version;
}

static gboolean
end (RungsBatch  *batch,
     RungsWalk   *walk,
     const char  *outcome,
     const char  *why,
     const char  *withhold,
     GError     **error)
{
  return rungs_enrolment_end (batch->db, walk->id, walk->lead, outcome, why, withhold, batch->now,
                              error);
}

/* The data does not allow what the step wants: this walk ends, the others go on. */
static gboolean
end_with_error (RungsBatch  *batch,
                RungsWalk   *walk,
                const char  *why,
                GError     **error)
{
  g_autofree char *text = g_strdup_printf ("Step “%s”: %s", walk->step, why);

  return end (batch, walk, "error", text, NULL, error);
}

static gboolean
is_about_data (const GError *error)
{
  return g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_INVALID)
         || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

/* ---- before the walk */

/* Whether the walk ends before it begins. */
static gboolean
ends_as_owner (RungsBatch  *batch,
               RungsWalk   *walk,
               gboolean    *ended,
               GError     **error)
{
  if (walk->sells == 0)
    return TRUE;
  return rungs_ownership_has (batch->db, walk->lead, walk->sells, batch->now, ended, error)
         && (!*ended || end (batch, walk, "bought", "owns it", RUNGS_OUTBOX_OWNED, error));
}

static gboolean
ends_as_suppressed (RungsBatch  *batch,
                    RungsWalk   *walk,
                    Version     *version,
                    gboolean    *ended,
                    GError     **error)
{
  g_autofree char *email = NULL;
  RungsSuppressed suppressed = RUNGS_SUPPRESSED_NOT;

  if (walk->visit > 0 || !version->mails)
    return TRUE;
  if (!rungs_walk_find_email (batch->db, walk->lead, &email, error)
      || (email != NULL && !rungs_suppression_check (batch->db, email, &suppressed, error)))
    return FALSE;
  *ended = suppressed != RUNGS_SUPPRESSED_NOT;
  return !*ended || end (batch, walk, "stopped", "suppressed", RUNGS_OUTBOX_SUPPRESSED, error);
}

static gboolean
ends_at_goal (RungsBatch  *batch,
              RungsWalk   *walk,
              RungsGraph  *graph,
              gboolean    *ended,
              GError     **error)
{
  for (guint i = 0; i < graph->steps->len && !*ended; i++)
    {
      RungsGraphStep *step = g_ptr_array_index (graph->steps, i);

      if (step->kind != RUNGS_GRAPH_GOAL || step->rule == NULL)
        continue;
      if (!rungs_rule_matches (batch->db, step->rule, walk->lead, batch->now, ended, error))
        return FALSE;
      if (*ended)
        return end (batch, walk, "goal", step->id, RUNGS_OUTBOX_LEFT, error);
    }
  return TRUE;
}

static gboolean
ends_before (RungsBatch  *batch,
             RungsWalk   *walk,
             Version     *version,
             gboolean    *ended,
             GError     **error)
{
  return ends_as_owner (batch, walk, ended, error)
         && (*ended || ends_as_suppressed (batch, walk, version, ended, error))
         && (*ended || ends_at_goal (batch, walk, version->graph, ended, error));
}

/* ---- steps */

/* Moves the walk to where the branch leads. */
static gboolean
take_branch (RungsBatch      *batch,
             RungsWalk       *walk,
             RungsGraphStep  *step,
             guint            branch,
             Progress        *progress,
             GError         **error)
{
  RungsGraphBranch *way = g_ptr_array_index (step->branches, branch);

  if (way->target == NULL)
    {
      *progress = ENDED;
      return end (batch, walk, "finished", "", NULL, error);
    }
  g_free (walk->step);
  walk->step = g_strdup (way->target);
  walk->visit++;
  *progress = GO_ON;
  return TRUE;
}

/* A number that looks like chance and is the same each time (splitmix64, Steele, Lea, Flood 2014).
 * It does not hang on the enrolment's id: in which order leads entered depends on when the
 * program was open. */
static guint64
chance_of (RungsWalk *walk)
{
  guint64 number = (guint64) walk->lead * 0x9e3779b97f4a7c15u
                   + (guint64) walk->sequence * 0xd1342543de82ef95u + (guint64) walk->visit;

  for (const char *letter = walk->step; *letter != '\0'; letter++)
    number = (number ^ (guchar) *letter) * 0x100000001b3u;
  number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9u;
  number = (number ^ (number >> 27)) * 0x94d049bb133111ebu;
  return number ^ (number >> 31);
}

static guint
choose_branch (RungsWalk      *walk,
               RungsGraphStep *step)
{
  gint64 total = 0;
  gint64 left;
  guint branch = 0;

  for (guint i = 0; i < step->branches->len; i++)
    total += ((RungsGraphBranch *) g_ptr_array_index (step->branches, i))->weight;
  left = (gint64) (chance_of (walk) % (guint64) total);
  for (; branch + 1 < step->branches->len; branch++)
    {
      left -= ((RungsGraphBranch *) g_ptr_array_index (step->branches, branch))->weight;
      if (left < 0)
        break;
    }
  return branch;
}

/* Whether the step is passed, because the walk did it before it was moved. */
static gboolean
is_passed (RungsBatch      *batch,
           RungsWalk       *walk,
           RungsGraph      *graph,
           RungsGraphStep  *step,
           gboolean        *passed,
           GError         **error)
{
  if (walk->moved_at < 0
      || (step->kind != RUNGS_GRAPH_MESSAGE && step->kind != RUNGS_GRAPH_ACTION)
      || rungs_graph_step_repeats (graph, step))
    return TRUE;
  return rungs_walk_had (batch->db, walk, step, passed, error);
}

/* How late the message may leave. */
static void
set_lateness (RungsOutboxPlan *plan,
              RungsGraphStep  *step,
              gboolean         after_date)
{
  gint64 hours = step->late_hours > 0 ? step->late_hours : RUNGS_OUTBOX_LATE_HOURS;

  plan->late_hours = step->late_hours;
  if (step->late_days >= 0)
    plan->skip_hours = MAX (hours, step->late_days * 24);
  else if (step->late_hours == 0 && after_date)
    plan->late_hours = plan->skip_hours = DATED_LATE_HOURS;
}

static gboolean
plan_message (RungsBatch      *batch,
              RungsWalk       *walk,
              RungsGraphStep  *step,
              RungsWaitFrom   *from,
              GError         **error)
{
  RungsOutboxPlan plan = {
    .lead = walk->lead,
    .enrolment = walk->id,
    .step = walk->step,
    .visit = walk->visit,
    .sells = walk->sells,
    .due_at = MIN (from->due_at, batch->now),
  };

  set_lateness (&plan, step, from->after_date);

  if (!rungs_walk_find_message (batch->db, step->message, &plan.message, error))
    return FALSE;
  if (plan.message == 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, "there is no message “%s”",
                   step->message);
      return FALSE;
    }
  return rungs_outbox_plan (batch->db, &plan, batch->now, error) != 0;
}

/* Does what the step does at once. `branch` is the way out, `result` what the history says. */
static gboolean
do_step (RungsBatch      *batch,
         RungsWalk       *walk,
         RungsGraph      *graph,
         RungsGraphStep  *step,
         RungsWaitFrom   *from,
         guint           *branch,
         const char     **result,
         GError         **error)
{
  gboolean matches = FALSE;
  gboolean passed = FALSE;

  *branch = 0;
  *result = "had";
  if (!is_passed (batch, walk, graph, step, &passed, error) || passed)
    return passed;
  switch (step->kind)
    {
    case RUNGS_GRAPH_MESSAGE:
      *result = "planned";
      return plan_message (batch, walk, step, from, error);
    case RUNGS_GRAPH_ACTION:
      return rungs_batch_act (batch, walk, step, result, error);
    case RUNGS_GRAPH_CONDITION:
      if (!rungs_rule_matches (batch->db, step->rule, walk->lead, batch->now, &matches, error))
        return FALSE;
      *branch = matches ? 0 : 1;
      *result = matches ? "yes" : "no";
      return TRUE;
    case RUNGS_GRAPH_SPLIT:
    default:
      *branch = choose_branch (walk, step);
      *result = ((RungsGraphBranch *) g_ptr_array_index (step->branches, *branch))->label;
      return TRUE;
    }
}

/* When the wait ends; `found` is FALSE where it is for a date that the lead does not have. */
static gboolean
find_end (RungsBatch      *batch,
          RungsWalk       *walk,
          RungsGraphStep  *step,
          RungsWaitFrom   *from,
          gint64          *end_at,
          gboolean        *found,
          GError         **error)
{
  *found = TRUE;
  if (step->until == RUNGS_GRAPH_UNTIL_LEAD_DATE)
    {
      GTimeZone *zone = step->business_zone ? from->business_zone : from->lead_zone;

      if (!rungs_lead_date_load (batch->db, walk->lead, step->lead_date, step->sku, zone,
                                 &from->date, error))
        return FALSE;
      *found = g_date_valid (&from->date);
    }
  *end_at = *found ? rungs_wait_end (step, from) : from->now;
  return TRUE;
}

static gboolean
rest (RungsBatch      *batch,
      RungsWalk       *walk,
      RungsGraphStep  *step,
      RungsWaitFrom   *from,
      Progress        *progress,
      GError         **error)
{
  gint64 end_at = 0;
  gboolean found = FALSE;

  if (!find_end (batch, walk, step, from, &end_at, &found, error)
      || !rungs_walk_note_step (batch->db, walk, batch->now, found ? "" : "missing", error))
    return FALSE;
  if (!found)
    return take_branch (batch, walk, step, 1, progress, error);
  *progress = RESTS;
  return rungs_walk_rest (batch->db, walk, batch->now, end_at, rungs_graph_step_waits_for (step),
                          error);
}

/* Whether the step may end the very walk that does it. */
static gboolean
stops (RungsGraphStep *step)
{
  return step->kind == RUNGS_GRAPH_ACTION && step->act == RUNGS_GRAPH_STOP;
}

/* Does the step to which the walk has come. */
static gboolean
arrive (RungsBatch      *batch,
        RungsWalk       *walk,
        RungsGraph      *graph,
        RungsGraphStep  *step,
        RungsWaitFrom   *from,
        Progress        *progress,
        GError         **error)
{
  const char *result = "";
  guint branch = 0;
  gboolean active = TRUE;

  if (step->kind == RUNGS_GRAPH_WAIT || step->kind == RUNGS_GRAPH_WAIT_UNTIL)
    return rest (batch, walk, step, from, progress, error);
  if (step->kind == RUNGS_GRAPH_GOAL || step->kind == RUNGS_GRAPH_EXIT)
    {
      *progress = ENDED;
      result = rungs_graph_kind_to_text (step->kind);
      return rungs_walk_note_step (batch->db, walk, batch->now, result, error)
             && end (batch, walk, result, step->id, NULL, error);
    }

  if (!do_step (batch, walk, graph, step, from, &branch, &result, error)
      || !rungs_walk_note_step (batch->db, walk, batch->now, result, error)
      || (stops (step) && !rungs_walk_is_active (batch->db, walk, &active, error)))
    return FALSE;
  from->after_message |= step->kind == RUNGS_GRAPH_MESSAGE && !g_str_equal (result, "had");
  *progress = ENDED;
  return !active || take_branch (batch, walk, step, branch, progress, error);
}

/* The date of the lead may have changed while it was waited for: looks again when that ends, from
 * when it was to end. */
static gboolean
look_again (RungsBatch      *batch,
            RungsWalk       *walk,
            RungsGraphStep  *step,
            RungsWaitFrom   *from,
            guint           *branch,
            Progress        *progress,
            GError         **error)
{
  RungsWaitFrom plan = *from;
  gint64 end_at = 0;
  gboolean found = FALSE;

  plan.now = plan.due_at;
  plan.after_time = FALSE;
  if (!find_end (batch, walk, step, &plan, &end_at, &found, error))
    return FALSE;
  *branch = found ? 0 : 1;
  *progress = end_at > batch->now ? RESTS : GO_ON;
  from->due_at = end_at;
  return *progress == GO_ON
         || rungs_walk_rest (batch->db, walk, walk->arrived_at, end_at, NULL, error);
}

/* Leaves the step at which the walk stood, or comes to the first one. */
static gboolean
leave (RungsBatch      *batch,
       RungsWalk       *walk,
       RungsGraphStep  *step,
       RungsWaitFrom   *from,
       Progress        *progress,
       GError         **error)
{
  guint branch = step->until == RUNGS_GRAPH_UNTIL_EVENT && !walk->woken ? 1 : 0;

  *progress = GO_ON;
  if (walk->visit == 0 || walk->in_front)
    {
      walk->visit++;
      return TRUE;
    }
  if (step->until == RUNGS_GRAPH_UNTIL_LEAD_DATE
      && !look_again (batch, walk, step, from, &branch, progress, error))
    return FALSE;
  if (*progress == RESTS)
    return TRUE;
  if (branch >= step->branches->len)
    {
      *progress = ENDED;
      return end_with_error (batch, walk, "a lead cannot stand here", error);
    }
  return rungs_walk_note_result (
           batch->db, walk,
           ((RungsGraphBranch *) g_ptr_array_index (step->branches, branch))->label, error)
         && take_branch (batch, walk, step, branch, progress, error);
}

static gboolean
walk_on (RungsBatch  *batch,
         RungsWalk   *walk,
         RungsGraph  *graph,
         GError     **error)
{
  RungsGraphStep *step = rungs_graph_find (graph, walk->step);
  Progress progress = ENDED;
  RungsWaitFrom from = {
    .due_at = walk->due_at,
    .now = batch->now,
    .lead_zone = rungs_zones_get (batch->zones, walk->zone)->zone,
    .business_zone = rungs_zones_get (batch->zones, "")->zone,
  };

  if (step == NULL)
    return end_with_error (batch, walk, "there is no such step", error);
  from.after_time = walk->visit > 0 && !walk->in_front && step->kind == RUNGS_GRAPH_WAIT_UNTIL
                    && (step->until == RUNGS_GRAPH_UNTIL_TIME || step->yearly);
  from.after_date = walk->visit > 0 && !walk->in_front && rungs_wait_is_for_date (step);
  if (!leave (batch, walk, step, &from, &progress, error))
    return FALSE;

  for (guint steps = 0; progress == GO_ON; steps++)
    {
      g_autoptr (GError) cause = NULL;

      step = rungs_graph_find (graph, walk->step);
      if (step == NULL || steps > MAX_STEPS_AT_ONCE)
        return end_with_error (batch, walk, "the way never comes to a wait", error);
      if (arrive (batch, walk, graph, step, &from, &progress, &cause))
        continue;
      if (is_about_data (cause))
        return end_with_error (batch, walk, cause->message, error);
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  return TRUE;
}

static gboolean
walk_one (RungsBatch  *batch,
          RungsWalk   *walk,
          GError     **error)
{
  Version *version = get_version (batch, walk->version, error);
  gboolean ended = FALSE;

  if (version == NULL)
    return FALSE;
  return ends_before (batch, walk, version, &ended, error)
         && (ended || walk_on (batch, walk, version->graph, error));
}

gboolean
rungs_sequences_advance (RungsDb  *db,
                         gint64    now,
                         guint     limit,
                         guint    *advanced,
                         GError  **error)
{
  g_autoptr (RungsPlainWords) plain = rungs_plain_words_new ();
  g_autoptr (GPtrArray) walks = NULL;
  g_autoptr (RungsZones) zones = NULL;
  g_autoptr (GHashTable) versions =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) version_free);
  g_autoptr (GHashTable) entrances =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) rungs_entrance_free);
  g_autoptr (GHashTable) leads = g_hash_table_new (g_int64_hash, g_int64_equal);
  RungsBatch batch = { .db = db, .now = now, .versions = versions, .entrances = entrances };

  g_return_val_if_fail (advanced != NULL, FALSE);

  *advanced = 0;
  walks = rungs_walk_list_due (db, now, limit, error);
  if (walks == NULL)
    return FALSE;
  if (walks->len == 0)
    return TRUE;
  batch.zones = zones = rungs_business_zones (db, error);
  if (zones == NULL)
    return FALSE;

  for (guint i = 0; i < walks->len; i++)
    {
      RungsWalk *walk = g_ptr_array_index (walks, i);

      if (!g_hash_table_add (leads, &walk->lead))
        continue;
      if (!walk_one (&batch, walk, error))
        return FALSE;
      ++*advanced;
    }
  return TRUE;
}
