/* rungs-broadcast-plan-store.c: fixes the audience of broadcasts, and puts their messages into the
 * outbox.
 *
 * The rule is asked once. Its leads are put in an order by chance, and written down in batches;
 * each that may be written to takes the next place in the shares: held out wherever the number of
 * those held out falls behind its share, else in the test where that does. So the shares are exact
 * to one lead however many there are, and who is in which is chance alone. A crash on the way
 * leaves a part of an audience of which nobody has got anything: it is done anew.
 *
 * Messages go into the outbox when they are due within the hour, and never more than a few thousand
 * at once: a broadcast can be stopped at any moment, and other messages do not wait behind all of
 * it. Whoever is planned is marked in the same transaction, so a crash plans nobody twice; the
 * unique key of the outbox holds that too. Where a morning was missed, since the machine slept or
 * somebody had paused the broadcast, the next one is taken. */

#include "mail/rungs-broadcast-plan-store.h"

#include "base/rungs-clock.h"
#include "base/rungs-time.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-broadcast-store.h"
#include "mail/rungs-message-store.h"
#include "mail/rungs-outbox-check-store.h"
#include "segments/rungs-rule.h"

#define SHARE 10000
#define PLACES 1000000

/* How long before its time a message goes into the outbox, and how late one of a morning leaves. */
#define SOON RUNGS_HOUR
#define MORNING_IS_OVER RUNGS_HOUR

/* What is under way: when what is to be done. */
static const char SQL_NEXT_DUE[]
    = "SELECT min (due) FROM ("
      "  SELECT due_at AS due FROM broadcast WHERE state = 'scheduled'"
      "  UNION ALL SELECT 0 FROM broadcast WHERE state = 'sending' AND fixed_at IS NULL"
      "  UNION ALL SELECT 0 FROM broadcast b WHERE b.state = 'sending' AND b.winner IS NOT NULL"
      "    AND EXISTS (SELECT 1 FROM broadcast_lead x WHERE x.broadcast = b.id AND x.part = 'rest'"
      "                   AND x.variant IS NULL)"
      "  UNION ALL SELECT test_until FROM broadcast WHERE state = 'sending' AND winner IS NULL"
      "    AND test_until IS NOT NULL"
      "  UNION ALL SELECT (SELECT min (x.due_at) FROM broadcast_lead x WHERE x.broadcast = b.id"
      "                       AND x.planned = 0 AND x.variant IS NOT NULL) - :soon"
      "    FROM broadcast b WHERE b.state = 'sending' AND b.fixed_at IS NOT NULL"
      "     AND (SELECT count (*) FROM outbox o WHERE o.broadcast = b.id AND o.state = 'planned'"
      "             AND o.due_at <= :soon_due)"
      "         < :ahead)";

static const char SQL_START[]
    = "UPDATE broadcast SET state = 'sending', updated_at = :now"
      " WHERE state = 'scheduled' AND due_at <= :now AND due_at > :now - :late";

/* Whoever resumes it is content with the time: due_at is then that of the resuming. */
static const char SQL_ASK[]
    = "UPDATE broadcast SET state = 'paused', paused_at = :now, paused_reason = 'late',"
      "   updated_at = :now"
      " WHERE state = 'scheduled' AND due_at <= :now - :late";

static const char SQL_UNFIXED[]
    = "SELECT id FROM broadcast WHERE state = 'sending' AND fixed_at IS NULL ORDER BY id LIMIT 1";

static const char SQL_IS_UNFIXED[]
    = "SELECT 1 FROM broadcast WHERE id = :id AND state = 'sending' AND fixed_at IS NULL";

static const char SQL_FORGET_AUDIENCE[] = "DELETE FROM broadcast_lead WHERE broadcast = :id";

static const char SQL_LEAD[]
    = "SELECT email, bounced_at IS NOT NULL, zone FROM lead WHERE id = :id";

static const char SQL_ADD_LEAD[]
    = "INSERT INTO broadcast_lead (broadcast, lead, part, reason, variant, place, due_at)"
      " VALUES (:broadcast, :lead, :part, :reason, :variant, :place, :due_at)";

static const char SQL_SET_VERSION[]
    = "INSERT INTO broadcast_subject (broadcast, number, subject, version)"
      " VALUES (:broadcast, :number, :subject, :version)"
      " ON CONFLICT (broadcast, number) DO UPDATE SET version = excluded.version";

static const char SQL_ADD_VERSION[]
    = "INSERT INTO message_version (message, subject, preview, blocks, created_at)"
      " SELECT v.message, :subject, v.preview, v.blocks, :now FROM message_version v"
      "  WHERE v.id = :version";

static const char SQL_FIXED[]
    = "UPDATE broadcast SET fixed_at = :now, updated_at = :now,"
      "   test_until = CASE WHEN :has_rest THEN (SELECT max (x.due_at) FROM broadcast_lead x"
      "                                           WHERE x.broadcast = broadcast.id"
      "                                             AND x.part = 'test')"
      "                                         + test_minutes * 60000 END"
      " WHERE id = :id";

static const char SQL_TO_GIVE[]
    = "SELECT b.id, x.lead, l.zone, x.place, 0, b.winner"
      "  FROM broadcast b JOIN broadcast_lead x ON x.broadcast = b.id JOIN lead l ON l.id = x.lead"
      " WHERE b.state = 'sending' AND b.winner IS NOT NULL AND x.part = 'rest'"
      "   AND x.variant IS NULL LIMIT :limit";

static const char SQL_GIVE[]
    = "UPDATE broadcast_lead SET variant = :variant, due_at = :due_at"
      " WHERE broadcast = :broadcast AND lead = :lead";

static const char SQL_SENDING[]
    = "SELECT b.id FROM broadcast b WHERE b.state = 'sending' AND b.fixed_at IS NOT NULL"
      "   AND (SELECT count (*) FROM outbox o WHERE o.broadcast = b.id AND o.state = 'planned'"
      "           AND o.due_at <= :soon_due)"
      "       < :ahead"
      " ORDER BY b.id";

static const char SQL_TO_PLAN[]
    = "SELECT x.broadcast, x.lead, l.zone, x.place, x.due_at, x.variant"
      "  FROM broadcast_lead x INDEXED BY broadcast_lead_due JOIN lead l ON l.id = x.lead"
      " WHERE x.broadcast = :id AND x.planned = 0 AND x.variant IS NOT NULL"
      "   AND x.due_at <= :until ORDER BY x.due_at, x.lead LIMIT :limit";

/* Nobody who became one lead with somebody who got it already gets it again. */
static const char SQL_PLAN[]
    = "INSERT INTO outbox (lead, message, message_version, broadcast, visit, sells, due_at,"
      "                    message_id, created_at)"
      " SELECT :lead, b.message, s.version, b.id, :lead, b.sells, :due_at,"
      "        lower (hex (randomblob (16))) || '@' || coalesce ("
      "          (SELECT nullif (substr (from_email, instr (from_email, '@') + 1), '')"
      "             FROM account WHERE is_default = 1), 'rungs.invalid'),"
      "        :now"
      "   FROM broadcast b"
      "   JOIN broadcast_subject s ON s.broadcast = b.id AND s.number = :variant"
      "  WHERE b.id = :broadcast"
      "    AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.lead = :lead AND o.broadcast = b.id)";

static const char SQL_PLANNED[]
    = "UPDATE broadcast_lead SET planned = 1 WHERE broadcast = :broadcast AND lead = :lead";

static const char SQL_LATER[]
    = "UPDATE broadcast_lead SET due_at = :due_at WHERE broadcast = :broadcast AND lead = :lead";

#define HAS_ENDED                                                                                  \
  "state = 'sending' AND fixed_at IS NOT NULL"                                                     \
  "   AND NOT EXISTS (SELECT 1 FROM broadcast_lead x WHERE x.broadcast = broadcast.id"             \
  "                      AND x.planned = 0 AND x.variant IS NOT NULL)"                             \
  "   AND NOT EXISTS (SELECT 1 FROM broadcast_lead x WHERE x.broadcast = broadcast.id"             \
  "                      AND x.part = 'rest' AND x.variant IS NULL)"                               \
  "   AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.broadcast = broadcast.id"                     \
  "                      AND o.state IN ('planned', 'claimed'))"

static const char SQL_HAVE_ENDED[]
    = "SELECT EXISTS (SELECT 1 FROM broadcast WHERE " HAS_ENDED ")";
static const char SQL_FINISH[]
    = "UPDATE broadcast SET state = 'done', ended_at = :now, updated_at = :now WHERE " HAS_ENDED;

static const char SQL_TESTED[]
    = "SELECT id FROM broadcast WHERE state = 'sending' AND winner IS NULL AND test_until <= :now"
      " ORDER BY id";

/* When it is due for a lead of that zone (nullable). */
static gint64
due_of (const RungsBroadcast *broadcast,
        RungsZones           *zones,
        const char           *zone,
        gint64                place,
        gint64                now)
{
  return rungs_broadcast_due_of (broadcast, rungs_zones_get (zones, zone)->zone,
                                 rungs_zones_get (zones, "")->zone, place, now);
}

/* ---- beginning */

gboolean
rungs_broadcasts_next_due (RungsDb *db,
                           gint64   now,
                           gint64  *due,
                           GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NEXT_DUE, error);
  RungsStep step;

  g_return_val_if_fail (due != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":soon", SOON);
  rungs_statement_bind_int64 (query, ":soon_due", now + SOON);
  rungs_statement_bind_int64 (query, ":ahead", RUNGS_BROADCAST_AHEAD);
  step = rungs_statement_step (query, error);
  *due = step == RUNGS_ROW && !rungs_statement_is_null (query, 0)
             ? rungs_statement_get_int64 (query, 0)
             : G_MAXINT64;
  return step != RUNGS_FAILED;
}

gboolean
rungs_broadcasts_start (RungsDb *db,
                        gint64   now,
                        GError **error)
{
  static const char *const STATEMENTS[] = { SQL_START, SQL_ASK };

  for (guint i = 0; i < G_N_ELEMENTS (STATEMENTS); i++)
    {
      g_autoptr (RungsStatement) update = rungs_db_prepare (db, STATEMENTS[i], error);

      if (update == NULL)
        return FALSE;
      rungs_statement_bind_int64 (update, ":now", now);
      rungs_statement_bind_int64 (update, ":late", RUNGS_BROADCAST_LATE);
      if (!rungs_statement_run (update, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rungs_broadcasts_find_unfixed (RungsDb *db,
                               gint64  *broadcast,
                               GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_UNFIXED, error);

  return query != NULL && rungs_statement_get_number (query, 0, broadcast, error);
}

/* ---- the audience */

struct _RungsBroadcastAudience
{
  RungsBroadcast *broadcast; /* (owned) */
  gint64 version;            /* of its message */
  char *subject;             /* (owned) of that */
  RungsBusiness *business;   /* (owned) */
  RungsZones *zones; /* (owned) */
  GArray *leads;             /* (owned) (element-type gint64) */
  guint next;                /* in leads */
  gint64 now;                /* the moment at which it is fixed */
  GRand *chance;             /* (owned) */
  gint64 eligible;           /* so far */
  gint64 free;               /* of them not held out */
  gint64 tested;             /* of them in the test */
};

static void
shuffle (GArray *leads,
         GRand  *chance)
{
  gint64 *ids = (gint64 *) (void *) leads->data;

  for (guint i = leads->len; i > 1; i--)
    {
      guint other = (guint) g_rand_int_range (chance, 0, (gint32) i);
      gint64 id = ids[i - 1];

      ids[i - 1] = ids[other];
      ids[other] = id;
    }
}

static GArray *
find_leads (RungsDb              *db,
            const RungsBroadcast *broadcast,
            gint64                now,
            GError              **error)
{
  g_autoptr (RungsRule) rule = rungs_rule_parse (broadcast->rule, error);

  return rule != NULL ? rungs_rule_list (db, rule, now, 0, G_MAXINT32, error) : NULL;
}

RungsBroadcastAudience *
rungs_broadcast_audience_new (RungsDb *db,
                              gint64   broadcast,
                              gint64   now,
                              GError **error)
{
  g_autoptr (RungsBroadcastAudience) self = g_new0 (RungsBroadcastAudience, 1);
  g_autoptr (RungsMessage) message = NULL;

  self->chance = g_rand_new ();
  self->now = now;
  self->broadcast = rungs_broadcast_load (db, broadcast, error);
  if (self->broadcast == NULL || (self->zones = rungs_business_zones (db, error)) == NULL
      || (self->business = rungs_business_load (db, error)) == NULL
      || (message = rungs_message_load (db, self->broadcast->message, error)) == NULL
      || (self->leads = find_leads (db, self->broadcast, now, error)) == NULL)
    return NULL;
  self->version = message->version;
  self->subject = g_strdup (message->subject);
  shuffle (self->leads, self->chance);
  return g_steal_pointer (&self);
}

void
rungs_broadcast_audience_free (RungsBroadcastAudience *self)
{
  g_clear_pointer (&self->broadcast, rungs_broadcast_free);
  g_clear_pointer (&self->business, rungs_business_free);
  g_clear_pointer (&self->leads, g_array_unref);
  g_clear_pointer (&self->chance, g_rand_free);
  g_free (self->subject);
  g_clear_pointer (&self->zones, rungs_zones_unref);
  g_free (self);
}

/* What is written down of a lead. */
typedef struct
{
  const char *part;
  const char *reason;
  gint64 variant; /* 0: none */
  gint64 place;
  gint64 due_at;
} Place;

/* Whether the next of `n` that came so far falls to a share of them. */
static gboolean
falls_to_share (gint64 n,
                int    share)
{
  return (n + 1) * share / SHARE > n * share / SHARE;
}

/* The next place in the shares. */
static void
take_place (RungsBroadcastAudience *self,
            Place                  *place)
{
  const RungsBroadcast *broadcast = self->broadcast;

  place->part = "rest";
  place->variant = rungs_broadcast_tests (broadcast) ? 0 : 1;
  if (falls_to_share (self->eligible++, broadcast->held_share))
    {
      place->part = "held";
      place->variant = 0;
      return;
    }
  if (rungs_broadcast_tests (broadcast) && falls_to_share (self->free++, broadcast->test_share))
    {
      place->part = "test";
      place->variant = 1 + self->tested++ % broadcast->subjects->len;
    }
}

/* FALSE in `there` where the lead is gone. */
static gboolean
judge_lead (RungsBroadcastAudience *self,
            RungsOutboxChecks      *checks,
            gint64                  lead,
            Place                  *place,
            gboolean               *there,
            GError                **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (checks->db, SQL_LEAD, error);
  g_autoptr (RungsOutboxClaim) claim = g_new0 (RungsOutboxClaim, 1);
  g_autofree char *email = NULL;
  g_autofree char *zone = NULL;
  RungsOutboxCandidate candidate = { .claim = claim };
  RungsOutboxAnswer answer;
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", lead);
  step = rungs_statement_step (query, error);
  *there = step == RUNGS_ROW;
  if (step != RUNGS_ROW)
    return step == RUNGS_DONE;
  email = candidate.given_email = rungs_statement_dup_text (query, 0);
  candidate.bounced = rungs_statement_get_int64 (query, 1) != 0;
  zone = rungs_statement_dup_text (query, 2);
  claim->lead = lead;
  claim->marketing = self->broadcast->marketing;
  claim->sells = self->broadcast->sells;
  if (!rungs_outbox_check_lead (checks, &candidate, &answer, error))
    return FALSE;

  *place = (Place) { .part = "out", .reason = answer.withheld ? answer.withheld : "" };
  if (answer.withheld == NULL)
    take_place (self, place);
  place->place = g_rand_int_range (self->chance, 0, PLACES);
  place->due_at = due_of (self->broadcast, self->zones, zone, place->place, self->now);
  return TRUE;
}

static gboolean
write_place (RungsDb      *db,
             gint64        broadcast,
             gint64        lead,
             const Place  *place,
             GError      **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_ADD_LEAD, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":broadcast", broadcast);
  rungs_statement_bind_int64 (insert, ":lead", lead);
  rungs_statement_bind_text (insert, ":part", place->part);
  rungs_statement_bind_text (insert, ":reason", place->reason);
  rungs_statement_bind_id (insert, ":variant", place->variant);
  rungs_statement_bind_int64 (insert, ":place", place->place);
  rungs_statement_bind_int64 (insert, ":due_at", place->due_at);
  return rungs_statement_run (insert, error);
}

static gboolean
write_batch (RungsBroadcastAudience *self,
             RungsDb                *db,
             GError                **error)
{
  g_auto (RungsOutboxChecks) checks = { .db = db, .now = self->now, .business = self->business };
  guint end = MIN (self->leads->len, self->next + RUNGS_BROADCAST_BATCH);

  for (; self->next < end; self->next++)
    {
      gint64 lead = g_array_index (self->leads, gint64, self->next);
      Place place = { .reason = "" };
      gboolean there = FALSE;

      if (!judge_lead (self, &checks, lead, &place, &there, error)
          || (there && !write_place (db, self->broadcast->id, lead, &place, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_version (RungsBroadcastAudience *self,
               RungsDb                *db,
               gint64                  number,
               const char             *subject,
               GError                **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD_VERSION, error);
  g_autoptr (RungsStatement) set = add ? rungs_db_prepare (db, SQL_SET_VERSION, error) : NULL;
  gint64 version = self->version;

  if (set == NULL)
    return FALSE;
  if (g_strcmp0 (subject, self->subject) != 0)
    {
      rungs_statement_bind_text (add, ":subject", subject);
      rungs_statement_bind_int64 (add, ":version", self->version);
      rungs_statement_bind_int64 (add, ":now", self->now);
      if (!rungs_statement_run (add, error))
        return FALSE;
      version = rungs_db_get_last_id (db);
    }
  rungs_statement_bind_int64 (set, ":broadcast", self->broadcast->id);
  rungs_statement_bind_int64 (set, ":number", number);
  rungs_statement_bind_text (set, ":subject", subject);
  rungs_statement_bind_int64 (set, ":version", version);
  return rungs_statement_run (set, error);
}

static gboolean
write_versions (RungsBroadcastAudience *self,
                RungsDb                *db,
                GError                **error)
{
  const GPtrArray *subjects = self->broadcast->subjects;

  if (!rungs_broadcast_tests (self->broadcast))
    return write_version (self, db, 1, self->subject, error);
  for (guint i = 0; i < subjects->len; i++)
    if (!write_version (self, db, i + 1, g_ptr_array_index (subjects, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
write_end (RungsBroadcastAudience *self,
           RungsDb                *db,
           GError                **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_FIXED, error);

  if (update == NULL || !write_versions (self, db, error))
    return FALSE;
  rungs_statement_bind_int64 (update, ":now", self->now);
  rungs_statement_bind_int64 (update, ":has_rest", rungs_broadcast_has_rest (self->broadcast));
  return rungs_record_change (db, update, self->broadcast->id, "broadcast", error);
}

gboolean
rungs_broadcast_audience_write (RungsBroadcastAudience *self,
                                RungsDb                *db,
                                gboolean               *done,
                                GError                **error)
{
  gint64 unfixed = 0;

  g_return_val_if_fail (self != NULL && done != NULL, FALSE);

  if (!rungs_record_ask (db, SQL_IS_UNFIXED, self->broadcast->id, 0, &unfixed, error))
    return FALSE;
  *done = unfixed == 0;
  if (unfixed == 0)
    return TRUE;
  if (self->next == 0 && !rungs_record_run (db, SQL_FORGET_AUDIENCE, self->broadcast->id, error))
    return FALSE;
  if (!write_batch (self, db, error))
    return FALSE;
  *done = self->next == self->leads->len;
  return !*done || write_end (self, db, error);
}

/* ---- those who get it next */

/* A lead that is to be given a subject, or planned. */
typedef struct
{
  gint64 broadcast;
  gint64 lead;
  char *zone; /* (owned) */
  gint64 place;
  gint64 due_at;
  gint64 variant;
} Next;

static gpointer
next_from_row (RungsStatement *row)
{
  Next *next = g_new0 (Next, 1);

  next->broadcast = rungs_statement_get_int64 (row, 0);
  next->lead = rungs_statement_get_int64 (row, 1);
  next->zone = rungs_statement_dup_text (row, 2);
  next->place = rungs_statement_get_int64 (row, 3);
  next->due_at = rungs_statement_get_int64 (row, 4);
  next->variant = rungs_statement_get_int64 (row, 5);
  return next;
}

static void
next_free (gpointer data)
{
  g_free (((Next *) data)->zone);
  g_free (data);
}

/* Runs one of the statements for it. */
static gboolean
write_next (RungsDb     *db,
            const char  *sql,
            const Next  *next,
            gint64       now,
            GError     **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_bind_int64 (statement, ":broadcast", next->broadcast);
  rungs_statement_bind_int64 (statement, ":lead", next->lead);
  rungs_statement_offer_int64 (statement, ":variant", next->variant);
  rungs_statement_offer_int64 (statement, ":due_at", next->due_at);
  rungs_statement_offer_int64 (statement, ":now", now);
  return rungs_statement_run (statement, error);
}

gboolean
rungs_broadcasts_give (RungsDb *db,
                       gint64   now,
                       guint   *n,
                       GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_TO_GIVE, error);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (RungsBroadcast) broadcast = NULL;
  g_autoptr (RungsZones) zones = rungs_business_zones (db, error);

  g_return_val_if_fail (n != NULL, FALSE);

  if (query == NULL || zones == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":limit", RUNGS_BROADCAST_BATCH);
  all = rungs_record_list (query, next_from_row, next_free, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      Next *next = g_ptr_array_index (all, i);

      if (broadcast == NULL || broadcast->id != next->broadcast)
        {
          g_clear_pointer (&broadcast, rungs_broadcast_free);
          broadcast = rungs_broadcast_load (db, next->broadcast, error);
        }
      if (broadcast == NULL)
        return FALSE;
      next->due_at = due_of (broadcast, zones, next->zone, next->place, now);
      if (!write_next (db, SQL_GIVE, next, now, error))
        return FALSE;
    }
  *n = all != NULL ? all->len : 0;
  return all != NULL;
}

/* The morning of this lead was missed: there will be another. */
static gboolean
put_off (RungsDb              *db,
         const RungsBroadcast *broadcast,
         RungsZones           *zones,
         Next                 *next,
         gint64                now,
         gboolean             *later,
         GError              **error)
{
  *later = broadcast->morning >= 0 && next->due_at < now - MORNING_IS_OVER;
  if (!*later)
    return TRUE;
  next->due_at = due_of (broadcast, zones, next->zone, next->place, now);
  return write_next (db, SQL_LATER, next, now, error);
}

static gboolean
plan_some (RungsDb              *db,
           const RungsBroadcast *broadcast,
           RungsZones           *zones,
           gint64                now,
           guint                *n,
           GError              **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_TO_PLAN, error);
  g_autoptr (GPtrArray) all = NULL;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", broadcast->id);
  rungs_statement_bind_int64 (query, ":until", now + SOON);
  rungs_statement_bind_int64 (query, ":limit", RUNGS_BROADCAST_BATCH);
  all = rungs_record_list (query, next_from_row, next_free, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      Next *next = g_ptr_array_index (all, i);
      gboolean later = FALSE;

      if (!put_off (db, broadcast, zones, next, now, &later, error))
        return FALSE;
      next->due_at = MAX (next->due_at, now); /* what waits already goes before it */
      if (!later
          && (!write_next (db, SQL_PLAN, next, now, error)
              || !write_next (db, SQL_PLANNED, next, now, error)))
        return FALSE;
    }
  *n += all != NULL ? all->len : 0;
  return all != NULL;
}

gboolean
rungs_broadcasts_plan (RungsDb *db,
                       gint64   now,
                       guint   *n,
                       GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_SENDING, error);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (RungsZones) zones = rungs_business_zones (db, error);

  g_return_val_if_fail (n != NULL, FALSE);

  *n = 0;
  if (query == NULL || zones == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":ahead", RUNGS_BROADCAST_AHEAD);
  rungs_statement_bind_int64 (query, ":soon_due", now + SOON);
  ids = rungs_record_ids (query, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (RungsBroadcast) broadcast
          = rungs_broadcast_load (db, g_array_index (ids, gint64, i), error);

      if (broadcast == NULL || !plan_some (db, broadcast, zones, now, n, error))
        return FALSE;
    }
  return ids != NULL;
}

gboolean
rungs_broadcasts_have_ended (RungsDb  *db,
                             gboolean *have,
                             GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_HAVE_ENDED, error);
  gint64 ended = 0;

  g_return_val_if_fail (have != NULL, FALSE);

  if (query == NULL || !rungs_statement_get_number (query, 0, &ended, error))
    return FALSE;
  *have = ended != 0;
  return TRUE;
}

gboolean
rungs_broadcasts_finish (RungsDb *db,
                         gint64   now,
                         GError **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_FINISH, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":now", now);
  return rungs_statement_run (update, error);
}

GArray *
rungs_broadcasts_list_tested (RungsDb *db,
                              gint64   now,
                              GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_TESTED, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":now", now);
  return rungs_record_ids (query, error);
}
