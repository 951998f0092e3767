/* rungs-broadcast-run-store.c: what people do with a broadcast, and what stops it by itself.
 *
 * Shares are held against limits only from a number of sent messages on: one bounce of three says
 * nothing. Where a person lets a broadcast go on that stopped itself, the counting begins anew, so
 * that it does not stop at the next bounce again. */

#include "mail/rungs-broadcast-run-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-event.h"
#include "mail/rungs-broadcast-store.h"
#include "mail/rungs-message-store.h"
#include "mail/rungs-outbox-private.h"

static const char SQL_SCHEDULE[]
    = "UPDATE broadcast SET state = 'scheduled', due_at = :due_at, updated_at = :now"
      " WHERE id = :id";

static const char SQL_UNSEND[]
    = "UPDATE broadcast SET state = 'draft', due_at = NULL, paused_at = NULL, paused_reason = '',"
      "   updated_at = :now WHERE id = :id";

static const char SQL_FORGET_AUDIENCE[] = "DELETE FROM broadcast_lead WHERE broadcast = :id";

static const char SQL_PAUSE[]
    = "UPDATE broadcast SET state = 'paused', paused_at = :now, paused_reason = :reason,"
      "   paused_hits = :hits, paused_of = :of, updated_at = :now WHERE id = :id";

static const char SQL_RESUME[]
    = "UPDATE broadcast SET state = :state, paused_at = NULL, paused_reason = '', paused_hits = 0,"
      "   paused_of = 0, due_at = coalesce (:due_at, due_at), forgiven = :forgiven,"
      "   bounced_forgiven = bounced, complained_forgiven = complained, updated_at = :now"
      " WHERE id = :id";

static const char SQL_CANCEL[]
    = "UPDATE broadcast SET state = 'cancelled', ended_at = :now, paused_at = NULL,"
      "   paused_reason = '', updated_at = :now WHERE id = :id";

static const char SQL_CHOOSE[]
    = "UPDATE broadcast SET winner = :subject, winner_by = :by, winner_at = :now,"
      "   updated_at = :now WHERE id = :id";

/* How long subjects that were too close are compared again and again. */
#define LOOK_AGAIN "604800000"

static const char SQL_UNDECIDED[]
    = "UPDATE broadcast SET undecided_at = coalesce (undecided_at, :now), updated_at = :now,"
      "   test_until = CASE WHEN :now + test_minutes * 60000"
      "                          <= coalesce (undecided_at, :now) + " LOOK_AGAIN
      "                     THEN :now + test_minutes * 60000 END"
      " WHERE id = :id AND winner IS NULL";

static const char SQL_UNPLAN[]
    = "UPDATE broadcast_lead SET planned = 0"
      " WHERE broadcast = :id AND lead IN (SELECT o.lead FROM outbox o WHERE o.broadcast = :id"
      "                                       AND o.state = 'planned' AND o.attempts = 0)";
static const char SQL_TAKE_BACK[]
    = "DELETE FROM outbox WHERE broadcast = :id AND state = 'planned' AND attempts = 0";

static const char SQL_PLANNED[]
    = "SELECT o.id, o.lead, m.name FROM outbox o JOIN message m ON m.id = o.message"
      " WHERE o.broadcast = :id AND o.state = 'planned'";

static const char SQL_COUNT_SENT[]
    = "SELECT count (*) FROM outbox WHERE broadcast = :id AND state IN ('sent', 'failed', 'doubt')";

/* No more are counted than matter. */
static const char SQL_COUNT_UP_TO[]
    = "SELECT count (*) FROM (SELECT 1 FROM outbox WHERE broadcast = :id"
      "   AND state IN ('sent', 'failed', 'doubt') LIMIT :limit)";

/* The first event of its kind about the message counts. */
static const char SQL_OF_MESSAGE[]
    = "SELECT o.broadcast FROM outbox o WHERE o.id = :id AND o.broadcast IS NOT NULL"
      "   AND 1 = (SELECT count (*) FROM event e WHERE e.lead = o.lead AND e.kind = :kind"
      "               AND e.ref = o.id)";

static const char SQL_COUNT_BOUNCE[]
    = "UPDATE broadcast SET bounced = bounced + 1 WHERE id = :id";
static const char SQL_COUNT_COMPLAINT[]
    = "UPDATE broadcast SET complained = complained + 1 WHERE id = :id";

static const char SQL_HITS[]
    = "SELECT state, bounced - bounced_forgiven, bounce_share, complained - complained_forgiven,"
      "   complaint_share, judged_from, forgiven FROM broadcast WHERE id = :id";

/* ---- people */

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, why);
  return FALSE;
}

static gboolean
schedule (RungsDb              *db,
          const RungsBroadcast *self,
          gint64                now,
          GError              **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_SCHEDULE, error);
  g_autoptr (GTimeZone) zone = update ? rungs_business_zone (db, error) : NULL;

  if (zone == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":due_at", rungs_broadcast_begin_of (self, zone, now));
  rungs_statement_bind_int64 (update, ":now", now);
  return rungs_record_change (db, update, self->id, "broadcast", error);
}

gboolean
rungs_broadcast_send (RungsDb *db,
                      gint64   broadcast,
                      gint64   now,
                      GError **error)
{
  g_autoptr (RungsBroadcast) self = rungs_broadcast_load (db, broadcast, error);
  g_autoptr (RungsMessage) message = self ? rungs_message_load (db, self->message, error) : NULL;

  if (message == NULL)
    return FALSE;
  if (self->state != RUNGS_BROADCAST_DRAFT)
    return refuse (error, _ ("the broadcast was sent already"));
  if (message->version == 0)
    return refuse (error, _ ("its message has no text yet"));
  return schedule (db, self, now, error);
}

static gboolean
run_at (RungsDb    *db,
        const char *sql,
        gint64      broadcast,
        gint64      now,
        GError    **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, sql, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":id", broadcast);
  rungs_statement_bind_int64 (update, ":now", now);
  return rungs_statement_run (update, error);
}

gboolean
rungs_broadcast_unsend (RungsDb *db,
                        gint64   broadcast,
                        gint64   now,
                        GError **error)
{
  g_autoptr (RungsBroadcast) self = rungs_broadcast_load (db, broadcast, error);

  if (self == NULL)
    return FALSE;
  if (self->state == RUNGS_BROADCAST_DRAFT)
    return refuse (error, _ ("it is still a draft"));
  if (self->fixed_at != 0 || self->state == RUNGS_BROADCAST_CANCELLED)
    return refuse (error, _ ("it is too late to take the broadcast back: pause or cancel it"));
  return rungs_record_run (db, SQL_FORGET_AUDIENCE, broadcast, error)
         && run_at (db, SQL_UNSEND, broadcast, now, error);
}

static gboolean
write_pause (RungsDb             *db,
             gint64               broadcast,
             RungsBroadcastPause  pause,
             gint64               hits,
             gint64               of,
             gint64               now,
             GError             **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_PAUSE, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":now", now);
  rungs_statement_bind_text (update, ":reason", rungs_broadcast_pause_to_text (pause));
  rungs_statement_bind_int64 (update, ":hits", hits);
  rungs_statement_bind_int64 (update, ":of", of);
  rungs_statement_bind_int64 (update, ":id", broadcast);
  return rungs_statement_run (update, error)
         && rungs_record_run (db, SQL_UNPLAN, broadcast, error)
         && rungs_record_run (db, SQL_TAKE_BACK, broadcast, error);
}

gboolean
rungs_broadcast_pause (RungsDb *db,
                       gint64   broadcast,
                       gint64   now,
                       GError **error)
{
  g_autoptr (RungsBroadcast) self = rungs_broadcast_load (db, broadcast, error);

  if (self == NULL)
    return FALSE;
  if (self->state != RUNGS_BROADCAST_SENDING && self->state != RUNGS_BROADCAST_SCHEDULED)
    return refuse (error, _ ("the broadcast is not under way"));
  return write_pause (db, broadcast, RUNGS_BROADCAST_BY_HAND, 0, 0, now, error);
}

gboolean
rungs_broadcast_pause_for_rule (RungsDb *db,
                                gint64   broadcast,
                                gint64   now,
                                GError **error)
{
  return write_pause (db, broadcast, RUNGS_BROADCAST_BAD_RULE, 0, 0, now, error);
}

gboolean
rungs_broadcast_resume (RungsDb *db,
                        gint64   broadcast,
                        gint64   now,
                        GError **error)
{
  g_autoptr (RungsBroadcast) self = rungs_broadcast_load (db, broadcast, error);
  g_autoptr (RungsStatement) update = self ? rungs_db_prepare (db, SQL_RESUME, error) : NULL;
  gint64 sent = 0;

  if (update == NULL || !rungs_record_ask (db, SQL_COUNT_SENT, broadcast, 0, &sent, error))
    return FALSE;
  if (self->state != RUNGS_BROADCAST_PAUSED)
    return refuse (error, _ ("the broadcast is not paused"));
  rungs_statement_bind_text (update, ":state", self->fixed_at != 0 ? "sending" : "scheduled");
  rungs_statement_bind_id (update, ":due_at", self->fixed_at != 0 ? 0 : MAX (self->due_at, now));
  rungs_statement_bind_int64 (update, ":forgiven", sent);
  rungs_statement_bind_int64 (update, ":now", now);
  return rungs_record_change (db, update, broadcast, "broadcast", error);
}

static gboolean
withhold_planned (RungsDb *db,
                  gint64   broadcast,
                  gint64   now,
                  GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PLANNED, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", broadcast);
  while ((step = rungs_statement_step (query, error)) == RUNGS_ROW)
    {
      const RungsOutboxEnd end = {
        .id = rungs_statement_get_int64 (query, 0),
        .lead = rungs_statement_get_int64 (query, 1),
        .message_name = rungs_statement_get_text (query, 2),
        .state = RUNGS_OUTBOX_WITHHELD,
        .reason = RUNGS_OUTBOX_CANCELLED,
      };

      if (!rungs_outbox_end (db, &end, now, error))
        return FALSE;
    }
  return step == RUNGS_DONE;
}

gboolean
rungs_broadcast_cancel (RungsDb *db,
                        gint64   broadcast,
                        gint64   now,
                        GError **error)
{
  g_autoptr (RungsBroadcast) self = rungs_broadcast_load (db, broadcast, error);

  if (self == NULL)
    return FALSE;
  if (self->state == RUNGS_BROADCAST_DRAFT)
    return refuse (error, _ ("the broadcast is a draft: nothing leaves of it"));
  if (self->state == RUNGS_BROADCAST_DONE || self->state == RUNGS_BROADCAST_CANCELLED)
    return refuse (error, _ ("the broadcast has ended already"));
  return withhold_planned (db, broadcast, now, error)
         && run_at (db, SQL_CANCEL, broadcast, now, error);
}

/* ---- the test of the subjects */

gboolean
rungs_broadcast_choose (RungsDb *db,
                        gint64   broadcast,
                        int      subject,
                        gboolean person,
                        gint64   now,
                        GError **error)
{
  g_autoptr (RungsBroadcast) self = rungs_broadcast_load (db, broadcast, error);
  g_autoptr (RungsStatement) update = self ? rungs_db_prepare (db, SQL_CHOOSE, error) : NULL;

  if (update == NULL)
    return FALSE;
  if (!rungs_broadcast_has_rest (self) || self->winner != 0 || self->fixed_at == 0
      || self->state == RUNGS_BROADCAST_CANCELLED)
    return refuse (error, _ ("nobody waits for a subject of this broadcast"));
  if (subject < 1 || subject > (int) self->subjects->len)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("there is no subject %d"), subject);
      return FALSE;
    }
  rungs_statement_bind_int64 (update, ":subject", subject);
  rungs_statement_bind_text (update, ":by", person ? "person" : "figures");
  rungs_statement_bind_int64 (update, ":now", now);
  return rungs_record_change (db, update, broadcast, "broadcast", error);
}

gboolean
rungs_broadcast_leave_undecided (RungsDb *db,
                                 gint64   broadcast,
                                 gint64   now,
                                 GError **error)
{
  return run_at (db, SQL_UNDECIDED, broadcast, now, error);
}

/* ---- what stops it by itself */

/* Whether more than that share of the messages sent since a person let it go on were hit. */
static gboolean
is_too_much (RungsDb  *db,
             gint64    broadcast,
             gint64    hits,
             gint64    share,
             gint64    judged_from,
             gint64    forgiven,
             gint64   *sent,
             GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT_UP_TO, error);
  gint64 enough = MAX (judged_from, hits * 10000 / share + 1);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", broadcast);
  rungs_statement_bind_int64 (query, ":limit", enough + forgiven);
  if (!rungs_statement_get_number (query, 0, sent, error))
    return FALSE;
  *sent -= forgiven;
  return *sent >= judged_from && hits * 10000 > share * *sent;
}

static gboolean
judge (RungsDb             *db,
       gint64               broadcast,
       RungsBroadcastPause  pause,
       gint64               now,
       GError             **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_HITS, error);
  int first = pause == RUNGS_BROADCAST_BOUNCES ? 1 : 3;
  g_autoptr (GError) failure = NULL;
  gint64 hits, share, sent = 0;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", broadcast);
  if (rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  hits = rungs_statement_get_int64 (query, first);
  share = rungs_statement_get_int64 (query, first + 1);
  if (g_strcmp0 (rungs_statement_get_text (query, 0), "sending") != 0)
    return TRUE;
  if (is_too_much (db, broadcast, hits, share, rungs_statement_get_int64 (query, 5),
                   rungs_statement_get_int64 (query, 6), &sent, &failure))
    return write_pause (db, broadcast, pause, hits, sent, now, error);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
heed (RungsDb             *db,
      gint64               outbox,
      const char          *kind,
      RungsBroadcastPause  pause,
      gint64               now,
      GError             **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_OF_MESSAGE, error);
  gint64 broadcast = 0;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", outbox);
  rungs_statement_bind_text (query, ":kind", kind);
  if (!rungs_statement_get_number (query, 0, &broadcast, error))
    return FALSE;
  return broadcast == 0
         || (rungs_record_run (db,
                               pause == RUNGS_BROADCAST_BOUNCES ? SQL_COUNT_BOUNCE
                                                                : SQL_COUNT_COMPLAINT,
                               broadcast, error)
             && judge (db, broadcast, pause, now, error));
}

gboolean
rungs_broadcast_heed_bounce (RungsDb *db,
                             gint64   outbox,
                             gint64   now,
                             GError **error)
{
  return heed (db, outbox, RUNGS_EVENT_MAIL_BOUNCED, RUNGS_BROADCAST_BOUNCES, now, error);
}

gboolean
rungs_broadcast_heed_complaint (RungsDb *db,
                                gint64   outbox,
                                gint64   now,
                                GError **error)
{
  return heed (db, outbox, RUNGS_EVENT_MAIL_COMPLAINED, RUNGS_BROADCAST_COMPLAINTS, now, error);
}
