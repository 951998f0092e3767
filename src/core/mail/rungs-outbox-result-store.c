/* rungs-outbox-result-store.c: records what became of claimed messages.
 *
 * What a server refuses for now is tried again after growing waits; with the last of them used up,
 * about two days after the first try, it has failed. Where it is the server that is away, not the
 * message that is refused, the try does not count: a long failure of the network fails no
 * message. */

#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-email-address.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-suppression-store.h"
#include "mail/rungs-broadcast-run-store.h"
#include "mail/rungs-outbox-private.h"

#define SERVER_AWAY_WAIT (2 * RUNGS_MINUTE)

static const gint64 WAITS[] = {
  5 * RUNGS_MINUTE, 20 * RUNGS_MINUTE, RUNGS_HOUR,      3 * RUNGS_HOUR,
  6 * RUNGS_HOUR,   12 * RUNGS_HOUR,   24 * RUNGS_HOUR,
};

static const char SQL_END[]
    = "UPDATE outbox SET state = :state, reason = :reason, reply = coalesce (:reply, reply),"
      "   provider_id = coalesce (:provider_id, provider_id), ended_at = :now"
      " WHERE id = :id";

static const char SQL_PUT_BACK[]
    = "UPDATE outbox SET state = 'planned', due_at = :due_at, reason = :reason,"
      "   reply = coalesce (:reply, reply), attempts = max (0, attempts - :uncount)"
      " WHERE id = :id";

static const char SQL_CLAIMED[]
    = "SELECT o.lead, m.name, o.attempts, o.email FROM outbox o JOIN message m ON m.id = o.message"
      " WHERE o.id = :id AND o.state = 'claimed'";

static const char SQL_BOUNCED[]
    = "UPDATE lead SET bounced_at = :now"
      " WHERE id = :lead AND email_key = :key AND bounced_at IS NULL";

static const char SQL_ELSEWHERE[]
    = "INSERT INTO outbox (lead, message, message_version, account, state, due_at, attempts,"
      "   message_id, email, claimed_at, created_at)"
      " SELECT :lead, m.id, m.version, (SELECT id FROM account WHERE id = :account), 'claimed',"
      "        :at, 1, :message_id, :email, :at, :at"
      "   FROM message m WHERE m.id = :message";

static const char SQL_MESSAGE_NAME[] = "SELECT name FROM message WHERE id = :message";

static const char *
event_kind (RungsOutboxState state)
{
  switch (state)
    {
    case RUNGS_OUTBOX_SENT:
      return RUNGS_EVENT_MAIL_SENT;
    case RUNGS_OUTBOX_FAILED:
      return RUNGS_EVENT_MAIL_FAILED;
    case RUNGS_OUTBOX_WITHHELD:
      return RUNGS_EVENT_MAIL_WITHHELD;
    case RUNGS_OUTBOX_DOUBT:
      return RUNGS_EVENT_MAIL_DOUBT;
    case RUNGS_OUTBOX_PLANNED:
    case RUNGS_OUTBOX_CLAIMED:
    default:
      g_return_val_if_reached (NULL);
    }
}

/* What the timeline says beside the kind: the message's name, or why not. */
static const char *
event_detail (const RungsOutboxEnd *end)
{
  if (end->state == RUNGS_OUTBOX_SENT)
    return end->message_name;
  if (end->state == RUNGS_OUTBOX_WITHHELD)
    return end->reason;
  return end->reply ? end->reply : end->reason;
}

gboolean
rungs_outbox_end (RungsDb              *db,
                  const RungsOutboxEnd *end,
                  gint64                now,
                  GError              **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_END, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_text (update, ":state", rungs_outbox_state_to_text (end->state));
  rungs_statement_bind_text (update, ":reason", end->reason);
  rungs_statement_bind_text (update, ":reply", end->reply);
  rungs_statement_bind_text (update, ":provider_id", end->provider_id);
  rungs_statement_bind_int64 (update, ":now", now);
  rungs_statement_bind_int64 (update, ":id", end->id);
  return rungs_statement_run (update, error)
         && rungs_event_add (db, end->lead, event_kind (end->state), now, end->id,
                             event_detail (end), error)
                != 0;
}

gboolean
rungs_outbox_put_back (RungsDb    *db,
                       gint64      id,
                       gint64      due_at,
                       const char *reason,
                       const char *reply,
                       gboolean    uncount,
                       GError    **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_PUT_BACK, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":due_at", due_at);
  rungs_statement_bind_text (update, ":reason", reason);
  rungs_statement_bind_text (update, ":reply", reply);
  rungs_statement_bind_int64 (update, ":uncount", uncount ? 1 : 0);
  rungs_statement_bind_int64 (update, ":id", id);
  return rungs_statement_run (update, error);
}

gboolean
rungs_outbox_record_bounce (RungsDb    *db,
                            gint64      lead,
                            const char *email,
                            const char *words,
                            gint64      id,
                            gint64      now,
                            GError    **error)
{
  g_autofree char *key = rungs_email_key (email, error);
  g_autoptr (RungsStatement) update = key ? rungs_db_prepare (db, SQL_BOUNCED, error) : NULL;

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":now", now);
  rungs_statement_bind_int64 (update, ":lead", lead);
  rungs_statement_bind_text (update, ":key", key);
  return rungs_statement_run (update, error)
         && rungs_event_add (db, lead, RUNGS_EVENT_MAIL_BOUNCED, now, id, words, error) != 0
         && rungs_suppression_add (db, email, RUNGS_SUPPRESSED_BOUNCED, words ? words : "", now,
                                   error)
         && rungs_broadcast_heed_bounce (db, id, now, error);
}

static gboolean
record_refused_for_now (RungsDb              *db,
                        RungsOutboxEnd       *end,
                        const RungsDelivery  *delivery,
                        gint64                attempts,
                        gint64                now,
                        RungsOutboxTurn      *turn,
                        GError              **error)
{
  if (!delivery->server_is_away && attempts > (gint64) G_N_ELEMENTS (WAITS))
    {
      end->state = RUNGS_OUTBOX_FAILED;
      end->reason = RUNGS_OUTBOX_GAVE_UP;
      turn->failed++;
      return rungs_outbox_end (db, end, now, error);
    }

  turn->retried++;
  if (delivery->server_is_away)
    return rungs_outbox_put_back (db, end->id, now + MAX (SERVER_AWAY_WAIT, delivery->wait),
                                  RUNGS_OUTBOX_TEMPORARY, delivery->reply, TRUE, error);
  return rungs_outbox_put_back (db, end->id, now + WAITS[MAX (attempts, 1) - 1],
                                RUNGS_OUTBOX_TEMPORARY, delivery->reply, FALSE, error);
}

static gboolean
record_delivery (RungsDb             *db,
                 RungsOutboxEnd      *end,
                 const RungsDelivery *delivery,
                 gint64               attempts,
                 const char          *email,
                 gint64               now,
                 RungsOutboxTurn     *turn,
                 GError             **error)
{
  end->reply = delivery->reply;
  end->provider_id = delivery->id;
  switch (delivery->outcome)
    {
    case RUNGS_DELIVERY_ACCEPTED:
      end->state = RUNGS_OUTBOX_SENT;
      end->reason = "";
      turn->sent++;
      return rungs_outbox_end (db, end, now, error);
    case RUNGS_DELIVERY_PERMANENT:
      end->state = RUNGS_OUTBOX_FAILED;
      end->reason = RUNGS_OUTBOX_REFUSED;
      turn->failed++;
      return rungs_outbox_end (db, end, now, error)
             && (!delivery->address_is_bad
                 || rungs_outbox_record_bounce (db, end->lead, email, delivery->reply, end->id,
                                                now, error));
    case RUNGS_DELIVERY_IN_DOUBT:
      end->state = RUNGS_OUTBOX_DOUBT;
      end->reason = RUNGS_OUTBOX_BROKE_OFF;
      turn->doubtful++;
      return rungs_outbox_end (db, end, now, error);
    case RUNGS_DELIVERY_TEMPORARY:
      return record_refused_for_now (db, end, delivery, attempts, now, turn, error);
    case RUNGS_DELIVERY_ACCOUNT_TROUBLE:
    case RUNGS_DELIVERY_CANCELLED:
    default:
      return rungs_outbox_put_back (db, end->id, now, "", NULL, TRUE, error);
    }
}

static gboolean
record_one (RungsDb                 *db,
            const RungsOutboxResult *result,
            gint64                   now,
            RungsOutboxTurn         *turn,
            GError                 **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_CLAIMED, error);
  RungsOutboxEnd end = { .id = result->id, .reason = "" };
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", result->id);
  step = rungs_statement_step (query, error);
  if (step != RUNGS_ROW)
    return step == RUNGS_DONE; /* settled by somebody else already */

  end.lead = rungs_statement_get_int64 (query, 0);
  end.message_name = rungs_statement_get_text (query, 1);
  if (result->no_text)
    {
      end.state = RUNGS_OUTBOX_WITHHELD;
      end.reason = RUNGS_OUTBOX_NO_TEXT;
      end.reply = result->delivery.reply;
      turn->withheld++;
      return rungs_outbox_end (db, &end, now, error);
    }
  return record_delivery (db, &end, &result->delivery, rungs_statement_get_int64 (query, 2),
                          rungs_statement_get_text (query, 3), now, turn, error);
}

gboolean
rungs_outbox_record (RungsDb                 *db,
                     const RungsOutboxResult *results,
                     guint                    n_results,
                     gint64                   now,
                     RungsOutboxTurn         *turn,
                     GError                 **error)
{
  for (guint i = 0; i < n_results; i++)
    if (!record_one (db, &results[i], now, turn, error))
      return FALSE;
  return TRUE;
}

/* ---- what others have sent */

static char *
dup_message_name (RungsDb  *db,
                  gint64    message,
                  GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_MESSAGE_NAME, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":message", message);
  return rungs_statement_step (query, error) == RUNGS_ROW ? rungs_statement_dup_text (query, 0)
                                                          : NULL;
}

gint64
rungs_outbox_note_elsewhere (RungsDb                    *db,
                             const RungsOutboxElsewhere *sent,
                             gint64                      at,
                             GError                    **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ELSEWHERE, error);
  g_autofree char *name = add != NULL ? dup_message_name (db, sent->message, error) : NULL;
  RungsOutboxEnd end = {
    .lead = sent->lead,
    .message_name = name != NULL ? name : "",
    .state = sent->in_doubt ? RUNGS_OUTBOX_DOUBT : RUNGS_OUTBOX_SENT,
    .reason = sent->in_doubt ? RUNGS_OUTBOX_BROKE_OFF : "",
    .reply = sent->reply,
  };

  if (add == NULL)
    return 0;
  rungs_statement_bind_int64 (add, ":lead", sent->lead);
  rungs_statement_bind_int64 (add, ":message", sent->message);
  rungs_statement_bind_int64 (add, ":account", sent->account);
  rungs_statement_bind_text (add, ":message_id", sent->message_id);
  rungs_statement_bind_text (add, ":email", sent->email);
  rungs_statement_bind_int64 (add, ":at", at);
  if (!rungs_statement_run (add, error))
    return 0;
  end.id = rungs_db_get_last_id (db);
  return rungs_outbox_end (db, &end, at, error) ? end.id : 0;
}
