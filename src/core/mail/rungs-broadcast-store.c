/* rungs-broadcast-store.c: reads and writes broadcasts, and how far each has got. */

#include "mail/rungs-broadcast-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "mail/rungs-liquid.h"
#include "segments/rungs-rule.h"

#define COLUMNS                                                                                    \
  "SELECT b.id, b.name, b.message, b.sells, b.rule, b.state, b.start_at, b.morning,"               \
  "   b.spread_minutes, b.grace_minutes, b.held_share, b.test_share, b.test_minutes, b.goal,"      \
  "   b.window_days, b.bounce_share, b.complaint_share, b.judged_from, b.due_at, b.fixed_at,"      \
  "   b.test_until, b.undecided_at, b.winner, b.winner_by, b.winner_at, b.paused_at,"              \
  "   b.paused_reason, b.paused_hits, b.paused_of, b.ended_at, b.created_at, b.updated_at,"        \
  "   m.name, m.purpose, m.kind = 'marketing', coalesce (p.name, ''), coalesce (p.sku, '')"        \
  "  FROM broadcast b JOIN message m ON m.id = b.message LEFT JOIN product p ON p.id = b.sells"

static const char SQL_LOAD[] = COLUMNS " WHERE b.id = :id";
static const char SQL_LOAD_BY_NAME[] = COLUMNS " WHERE b.name = :name";
static const char SQL_LIST[] = COLUMNS " ORDER BY b.id DESC";
static const char SQL_LIST_ASKING[]
    = COLUMNS " WHERE (b.state = 'paused' AND b.paused_reason <> 'by hand')"
              "    OR (b.state = 'sending' AND b.undecided_at IS NOT NULL AND b.winner IS NULL)"
              " ORDER BY coalesce (b.paused_at, b.undecided_at), b.id";

static const char SQL_SUBJECTS[]
    = "SELECT subject FROM broadcast_subject"
      " WHERE broadcast = :id AND EXISTS (SELECT 1 FROM broadcast_subject o"
      "                                    WHERE o.broadcast = :id AND o.number = 2)"
      " ORDER BY number";

static const char SQL_ADD[]
    = "INSERT INTO broadcast (name, message, sells, rule, start_at, morning, spread_minutes,"
      "   grace_minutes, held_share, test_share, test_minutes, goal, window_days, bounce_share,"
      "   complaint_share, judged_from, created_at, updated_at)"
      " VALUES (:name, :message, :sells, :rule, :start_at, :morning, :spread, :grace, :held, :test,"
      "   :test_minutes, :goal, :window, :bounces, :complaints, :judged_from, :now, :now)";

static const char SQL_SAVE[]
    = "UPDATE broadcast SET name = :name, message = :message, sells = :sells, rule = :rule,"
      "   start_at = :start_at, morning = :morning, spread_minutes = :spread,"
      "   grace_minutes = :grace, held_share = :held, test_share = :test,"
      "   test_minutes = :test_minutes, goal = :goal, window_days = :window,"
      "   bounce_share = :bounces, complaint_share = :complaints, judged_from = :judged_from,"
      "   updated_at = :now"
      " WHERE id = :id AND state = 'draft'";

static const char SQL_DROP_SUBJECTS[] = "DELETE FROM broadcast_subject WHERE broadcast = :id";
static const char SQL_ADD_SUBJECT[]
    = "INSERT INTO broadcast_subject (broadcast, number, subject) VALUES (:id, :number, :subject)";

static const char SQL_REMOVE[] = "DELETE FROM broadcast WHERE id = :id AND state = 'draft'";
static const char SQL_IS_THERE[] = "SELECT 1 FROM broadcast WHERE id = :id";
static const char SQL_HAS_MESSAGE[] = "SELECT 1 FROM message WHERE id = :id";
static const char SQL_HAS_PRODUCT[] = "SELECT 1 FROM product WHERE id = :id";

static const char SQL_NAME_OF_MAIL[]
    = "SELECT b.name FROM outbox o JOIN broadcast b ON b.id = o.broadcast WHERE o.id = :id";

static const char SQL_PARTS[]
    = "SELECT part, count (*) FROM broadcast_lead WHERE broadcast = :id GROUP BY part";
static const char SQL_OUTBOX_STATES[]
    = "SELECT state, count (*) FROM outbox WHERE broadcast = :id GROUP BY state";
static const char SQL_RETURNS[] = "SELECT bounced, complained FROM broadcast WHERE id = :id";

static const char SQL_REASONS[]
    = "SELECT reason, 0, count (*) FROM broadcast_lead"
      " WHERE broadcast = :id AND part = 'out' GROUP BY reason"
      " UNION ALL "
      "SELECT reason, 1, count (*) FROM outbox"
      " WHERE broadcast = :id AND state = 'withheld' GROUP BY reason"
      " ORDER BY 3 DESC, 1";

/* ---- reading */

static RungsBroadcastPause
pause_from_text (const char *text)
{
  for (RungsBroadcastPause pause = RUNGS_BROADCAST_NOT_PAUSED; pause <= RUNGS_BROADCAST_BAD_RULE;
       pause++)
    if (g_strcmp0 (rungs_broadcast_pause_to_text (pause), text) == 0)
      return pause;
  return RUNGS_BROADCAST_NOT_PAUSED;
}

static void
read_plan (RungsStatement *row,
           RungsBroadcast *self)
{
  self->start_at = rungs_statement_get_int64 (row, 6);
  self->morning = rungs_statement_is_null (row, 7) ? -1 : (int) rungs_statement_get_int64 (row, 7);
  self->spread_minutes = (int) rungs_statement_get_int64 (row, 8);
  self->grace_minutes = (int) rungs_statement_get_int64 (row, 9);
  self->held_share = (int) rungs_statement_get_int64 (row, 10);
  self->test_share = (int) rungs_statement_get_int64 (row, 11);
  self->test_minutes = (int) rungs_statement_get_int64 (row, 12);
  rungs_broadcast_goal_from_text (rungs_statement_get_text (row, 13), &self->goal);
  self->window_days = (int) rungs_statement_get_int64 (row, 14);
  self->bounce_share = (int) rungs_statement_get_int64 (row, 15);
  self->complaint_share = (int) rungs_statement_get_int64 (row, 16);
  self->judged_from = (int) rungs_statement_get_int64 (row, 17);
}

static void
read_run (RungsStatement *row,
          RungsBroadcast *self)
{
  self->due_at = rungs_statement_get_int64 (row, 18);
  self->fixed_at = rungs_statement_get_int64 (row, 19);
  self->test_until = rungs_statement_get_int64 (row, 20);
  self->undecided_at = rungs_statement_get_int64 (row, 21);
  self->winner = (int) rungs_statement_get_int64 (row, 22);
  self->chosen = g_strcmp0 (rungs_statement_get_text (row, 23), "person") == 0;
  self->winner_at = rungs_statement_get_int64 (row, 24);
  self->paused_at = rungs_statement_get_int64 (row, 25);
  self->pause = pause_from_text (rungs_statement_get_text (row, 26));
  self->paused_hits = rungs_statement_get_int64 (row, 27);
  self->paused_of = rungs_statement_get_int64 (row, 28);
  self->ended_at = rungs_statement_get_int64 (row, 29);
  self->created_at = rungs_statement_get_int64 (row, 30);
  self->updated_at = rungs_statement_get_int64 (row, 31);
}

static gpointer
broadcast_from_row (RungsStatement *row)
{
  RungsBroadcast *self = rungs_broadcast_new ();

  self->id = rungs_statement_get_int64 (row, 0);
  rungs_broadcast_set (&self->name, rungs_statement_get_text (row, 1));
  self->message = rungs_statement_get_int64 (row, 2);
  self->sells = rungs_statement_get_int64 (row, 3);
  rungs_broadcast_set (&self->rule, rungs_statement_get_text (row, 4));
  rungs_broadcast_state_from_text (rungs_statement_get_text (row, 5), &self->state);
  read_plan (row, self);
  read_run (row, self);
  rungs_broadcast_set (&self->message_name, rungs_statement_get_text (row, 32));
  rungs_broadcast_set (&self->message_purpose, rungs_statement_get_text (row, 33));
  self->marketing = rungs_statement_get_int64 (row, 34) != 0;
  rungs_broadcast_set (&self->product_name, rungs_statement_get_text (row, 35));
  rungs_broadcast_set (&self->product_sku, rungs_statement_get_text (row, 36));
  return self;
}

static gboolean
load_subjects (RungsDb        *db,
               RungsBroadcast *self,
               GError        **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_SUBJECTS, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", self->id);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    g_ptr_array_add (self->subjects, rungs_statement_dup_text (query, 0));
  return rungs_statement_done (query, error);
}

/* Takes `self`. */
static RungsBroadcast *
complete (RungsDb        *db,
          RungsBroadcast *self,
          GError        **error)
{
  g_autoptr (RungsBroadcast) broadcast = self;

  if (broadcast == NULL || !load_subjects (db, broadcast, error))
    return NULL;
  return g_steal_pointer (&broadcast);
}

RungsBroadcast *
rungs_broadcast_load (RungsDb *db,
                      gint64   id,
                      GError **error)
{
  return complete (db, rungs_record_load (db, SQL_LOAD, id, broadcast_from_row, "broadcast", error),
                   error);
}

gboolean
rungs_broadcast_name_of_mail (RungsDb *db,
                              gint64   outbox,
                              char   **name,
                              GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NAME_OF_MAIL, error);

  g_return_val_if_fail (name != NULL, FALSE);

  *name = NULL;
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", outbox);
  if (rungs_statement_step (query, error) == RUNGS_ROW)
    *name = g_strdup (rungs_statement_get_text (query, 0));
  return rungs_statement_done (query, error);
}

RungsBroadcast *
rungs_broadcast_load_by_name (RungsDb    *db,
                              const char *name,
                              GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD_BY_NAME, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":name", name);
  return complete (db,
                   rungs_record_first (query, broadcast_from_row, _ ("there is no such broadcast"),
                                       error),
                   error);
}

static GPtrArray *
list (RungsDb    *db,
      const char *sql,
      GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);
  g_autoptr (GPtrArray) broadcasts = rungs_record_list (
      query, broadcast_from_row, (GDestroyNotify) rungs_broadcast_free, error);

  for (guint i = 0; broadcasts != NULL && i < broadcasts->len; i++)
    if (!load_subjects (db, g_ptr_array_index (broadcasts, i), error))
      return NULL;
  return g_steal_pointer (&broadcasts);
}

GPtrArray *
rungs_broadcast_list (RungsDb *db,
                      GError **error)
{
  return list (db, SQL_LIST, error);
}

GPtrArray *
rungs_broadcast_list_asking (RungsDb *db,
                             GError **error)
{
  return list (db, SQL_LIST_ASKING, error);
}

/* ---- checking */

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
is_blank (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return *text == '\0';
}

static gboolean
subjects_are_sound (const RungsBroadcast *self,
                    GError              **error)
{
  if (self->subjects->len == 1 || self->subjects->len > RUNGS_BROADCAST_SUBJECTS)
    return refuse (error, _ ("two to four subjects can be tried against each other"));
  if (rungs_broadcast_tests (self) && self->test_share == 0)
    return refuse (error, _ ("say on which share of the leads the subjects are tried"));
  for (guint i = 0; i < self->subjects->len; i++)
    {
      const char *subject = g_ptr_array_index (self->subjects, i);
      g_autoptr (RungsLiquid) template = NULL;

      if (is_blank (subject))
        return refuse (error, _ ("a subject is empty"));
      template = rungs_liquid_parse (subject, RUNGS_LIQUID_TO_TEXT, error);
      if (template == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_sound (const RungsBroadcast *self,
          GError              **error)
{
  g_autoptr (RungsRule) rule = NULL;

  if (is_blank (self->name))
    return refuse (error, _ ("a broadcast needs a name"));
  if (self->message == 0)
    return refuse (error, _ ("a broadcast needs a message"));
  if (self->held_share < 0 || self->held_share > 5000)
    return refuse (error, _ ("at most half of the leads can be held out"));
  if (self->test_share < 0 || self->test_share > 10000)
    return refuse (error, _ ("the share for the test lies between 0 and 100 %"));
  if (self->morning < -1 || self->morning >= 24 * 60)
    return refuse (error, _ ("the time of day lies between 0:00 and 23:59"));
  rule = rungs_rule_parse (self->rule, error);
  return rule != NULL && subjects_are_sound (self, error);
}

/* ---- writing */

static void
bind_broadcast (RungsStatement       *statement,
                const RungsBroadcast *self,
                gint64                now)
{
  rungs_statement_bind_text (statement, ":name", self->name);
  rungs_statement_bind_int64 (statement, ":message", self->message);
  rungs_statement_bind_id (statement, ":sells", self->sells);
  rungs_statement_bind_text (statement, ":rule", self->rule);
  rungs_statement_bind_id (statement, ":start_at", self->start_at);
  if (self->morning >= 0)
    rungs_statement_bind_int64 (statement, ":morning", self->morning);
  else
    rungs_statement_bind_null (statement, ":morning");
  rungs_statement_bind_int64 (statement, ":spread", self->spread_minutes);
  rungs_statement_bind_int64 (statement, ":grace", self->grace_minutes);
  rungs_statement_bind_int64 (statement, ":held", self->held_share);
  rungs_statement_bind_int64 (statement, ":test", self->test_share);
  rungs_statement_bind_int64 (statement, ":test_minutes", self->test_minutes);
  rungs_statement_bind_text (statement, ":goal", rungs_broadcast_goal_to_text (self->goal));
  rungs_statement_bind_int64 (statement, ":window", self->window_days);
  rungs_statement_bind_int64 (statement, ":bounces", self->bounce_share);
  rungs_statement_bind_int64 (statement, ":complaints", self->complaint_share);
  rungs_statement_bind_int64 (statement, ":judged_from", self->judged_from);
  rungs_statement_bind_int64 (statement, ":now", now);
}

static gboolean
write_subjects (RungsDb              *db,
                const RungsBroadcast *self,
                GError              **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_ADD_SUBJECT, error);

  if (insert == NULL || !rungs_record_run (db, SQL_DROP_SUBJECTS, self->id, error))
    return FALSE;
  for (guint i = 0; i < self->subjects->len; i++)
    {
      rungs_statement_bind_int64 (insert, ":id", self->id);
      rungs_statement_bind_int64 (insert, ":number", i + 1);
      rungs_statement_bind_text (insert, ":subject", g_ptr_array_index (self->subjects, i));
      if (!rungs_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

/* What the row could not be changed for: it is not there, or no draft. */
static gboolean
refuse_change (RungsDb *db,
               gint64   id,
               GError **error)
{
  gint64 there = 0;

  if (!rungs_record_ask (db, SQL_IS_THERE, id, 0, &there, error))
    return FALSE;
  if (there == 0)
    return rungs_record_refuse_missing ("broadcast", id, error);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                       _ ("the broadcast was sent already: it stays as it was"));
  return FALSE;
}

static gboolean
has (RungsDb    *db,
     const char *sql,
     gint64      id,
     const char *what,
     GError    **error)
{
  gint64 there = 0;

  if (id == 0)
    return TRUE;
  return rungs_record_ask (db, sql, id, 0, &there, error)
         && (there != 0 || rungs_record_refuse_missing (what, id, error));
}

static gboolean
write_row (RungsDb        *db,
           RungsBroadcast *self,
           gint64          now,
           GError        **error)
{
  g_autoptr (RungsStatement) write = rungs_db_prepare (db, self->id ? SQL_SAVE : SQL_ADD, error);
  g_autoptr (GError) failure = NULL;

  if (write == NULL)
    return FALSE;
  bind_broadcast (write, self, now);
  if (self->id != 0)
    rungs_statement_bind_int64 (write, ":id", self->id);
  if (!rungs_statement_run (write, &failure))
    {
      if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
        g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                     _ ("there is a broadcast named “%s” already"), self->name);
      else
        g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (self->id != 0 && rungs_db_get_changes (db) == 0)
    return refuse_change (db, self->id, error);
  if (self->id == 0)
    self->id = rungs_db_get_last_id (db);
  return TRUE;
}

gboolean
rungs_broadcast_save (RungsDb        *db,
                      RungsBroadcast *broadcast,
                      gint64          now,
                      GError        **error)
{
  g_return_val_if_fail (db != NULL && broadcast != NULL, FALSE);

  return is_sound (broadcast, error)
         && has (db, SQL_HAS_MESSAGE, broadcast->message, "message", error)
         && has (db, SQL_HAS_PRODUCT, broadcast->sells, "product", error)
         && write_row (db, broadcast, now, error) && write_subjects (db, broadcast, error);
}

gboolean
rungs_broadcast_remove (RungsDb *db,
                        gint64   broadcast,
                        GError **error)
{
  return rungs_record_run (db, SQL_REMOVE, broadcast, error)
         && (rungs_db_get_changes (db) > 0 || refuse_change (db, broadcast, error));
}

/* ---- how far it has got */

static gboolean
count_parts (RungsDb                *db,
             gint64                  broadcast,
             RungsBroadcastProgress *progress,
             GError                **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PARTS, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", broadcast);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      const char *part = rungs_statement_get_text (query, 0);
      gint64 leads = rungs_statement_get_int64 (query, 1);

      progress->audience += leads;
      if (strcmp (part, "out") == 0)
        progress->left_out += leads;
      else if (strcmp (part, "held") == 0)
        progress->held += leads;
      else
        progress->waiting += leads;
    }
  return rungs_statement_done (query, error);
}

static void
count_state (RungsBroadcastProgress *progress,
             const char             *state,
             gint64                  leads)
{
  const struct
  {
    const char *state;
    gint64 *count;
  } ends[] = {
    { "sent", &progress->sent },
    { "withheld", &progress->withheld },
    { "failed", &progress->failed },
    { "doubt", &progress->doubt },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (strcmp (ends[i].state, state) == 0)
      {
        *ends[i].count += leads;
        progress->waiting -= leads;
      }
}

static gboolean
count_states (RungsDb                *db,
              gint64                  broadcast,
              RungsBroadcastProgress *progress,
              GError                **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_OUTBOX_STATES, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", broadcast);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    count_state (progress, rungs_statement_get_text (query, 0),
                 rungs_statement_get_int64 (query, 1));
  progress->waiting = MAX (progress->waiting, 0);
  return rungs_statement_done (query, error);
}

static gboolean
count_returns (RungsDb                *db,
               gint64                  broadcast,
               RungsBroadcastProgress *progress,
               GError                **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_RETURNS, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", broadcast);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      progress->bounced = rungs_statement_get_int64 (query, 0);
      progress->complained = rungs_statement_get_int64 (query, 1);
    }
  return rungs_statement_done (query, error);
}

gboolean
rungs_broadcast_progress (RungsDb                *db,
                          gint64                  broadcast,
                          RungsBroadcastProgress *progress,
                          GError                **error)
{
  g_return_val_if_fail (progress != NULL, FALSE);

  *progress = (RungsBroadcastProgress) { 0 };
  return count_parts (db, broadcast, progress, error)
         && count_states (db, broadcast, progress, error)
         && count_returns (db, broadcast, progress, error);
}

void
rungs_broadcast_reason_free (RungsBroadcastReason *self)
{
  g_free (self->reason);
  g_free (self);
}

static gpointer
reason_from_row (RungsStatement *row)
{
  RungsBroadcastReason *self = g_new0 (RungsBroadcastReason, 1);

  self->reason = rungs_statement_dup_text (row, 0);
  self->later = rungs_statement_get_int64 (row, 1) != 0;
  self->leads = rungs_statement_get_int64 (row, 2);
  return self;
}

GPtrArray *
rungs_broadcast_reasons (RungsDb *db,
                         gint64   broadcast,
                         GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_REASONS, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", broadcast);
  return rungs_record_list (query, reason_from_row, (GDestroyNotify) rungs_broadcast_reason_free,
                            error);
}
