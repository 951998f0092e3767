/* rungs-lead-snapshot-store.c: deletes a lead so that it can be put back.
 *
 * A snapshot holds, for each table that knows the lead, its rows as a JSON array of arrays. Putting
 * them back is one statement a table. Between the two, other rows may have been given the ids that
 * became free; then all ids of that table are moved up by the same number, its shift, and whatever
 * names them (an annulment its consent, a message its enrolment, an event the row it is about)
 * moves with them. Ids of events are never given again. */

#include "leads/rungs-lead-snapshot-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-search-store.h"
#include "leads/rungs-lead-store.h"

/* The tables, in the order in which their rows are put back. The first ones have shifts. */
enum
{
  LEAD,
  TOUCH,
  CONSENT,
  ENROLMENT,
  OUTBOX,
  TASK,
  COUPON_GIVEN,
  N_SHIFTS,
  LEAD_VALUE = N_SHIFTS,
  LEAD_TAG,
  ENROLMENT_STEP,
  IMPORT_LEAD,
  IMPORT_CHANGE,
  SEGMENT_MEMBER,
  BROADCAST_LEAD,
  WEB_DELIVERY,
  WEB_CONSENT,
  OPT_IN_PENDING,
  NOTICE,
  FIRST_CONTACT,
  PARTNER_LEAD,
  AWARD,
  TOUCH_TAG,
  LEAD_DIFFERENT,
  LEAD_MERGE,
  LEAD_MERGE_ROW,
  LEAD_MERGE_MOVED,
  EVENT,
  NOTE,
  N_TABLES,
};

static const char *const SHIFTS[N_SHIFTS]
    = { ":lead", ":touch", ":consent", ":enrolment", ":outbox", ":task", ":given" };

/* `take` reads the rows of a lead; `put` puts them back and takes the shifts whose bits are set.
 * `shift` is 0 where none of the ids is in use, else the highest id that is. */
typedef struct
{
  const char *take;
  const char *put;
  const char *shift;
  guint needs;
} Table;

#define NEEDS(shift) (1u << (shift))
#define NEEDS_ALL (NEEDS (N_SHIFTS) - 1)
#define ALL_STAY ":lead + :touch + :consent + :enrolment + :outbox + :task + :given = 0"
#define SHIFT_OF(table)                                                                            \
  "SELECT CASE WHEN EXISTS (SELECT 1 FROM json_each (:rows) j"                                     \
  "                          JOIN " table " t ON t.id = j.value ->> 0)"                            \
  "       THEN (SELECT max (id) FROM " table ") ELSE 0 END"

static const Table TABLES[N_TABLES] = {
  [LEAD] = {
    "SELECT json_group_array (json_array (id, email, email_key, first_name, last_name, company,"
    "         phone, street, postcode, city, region, country, language, zone, notes, score,"
    "         bounced_at, created_at, updated_at, points, rescore_at, quiet_until))"
    "  FROM lead WHERE id = :id",
    "INSERT INTO lead (id, email, email_key, first_name, last_name, company, phone, street,"
    "                  postcode, city, region, country, language, zone, notes, score, bounced_at,"
    "                  created_at, updated_at, points, rescore_at, quiet_until)"
    " SELECT (value ->> 0) + :lead, value ->> 1, value ->> 2, value ->> 3, value ->> 4,"
    "        value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10,"
    "        value ->> 11, value ->> 12, value ->> 13, value ->> 14, value ->> 15, value ->> 16,"
    "        value ->> 17, value ->> 18, value ->> 19, value ->> 20,"
    "        value ->> 21"
    "   FROM json_each (:rows)",
    SHIFT_OF ("lead"),
    NEEDS (LEAD),
  },
  [TOUCH] = {
    "SELECT json_group_array (json_array (id, lead, source, path, at, detail, run, letter))"
    "  FROM touch WHERE lead = :id",
    "INSERT INTO touch (id, lead, source, path, at, detail, run, letter)"
    " SELECT (value ->> 0) + :touch, (value ->> 1) + :lead, value ->> 2, value ->> 3, value ->> 4,"
    "        value ->> 5, value ->> 6,"
    "        (SELECT id FROM sales_letter WHERE id = value ->> 7)"
    "   FROM json_each (:rows)",
    SHIFT_OF ("touch"),
    NEEDS (LEAD) | NEEDS (TOUCH),
  },
  [CONSENT] = {
    "SELECT json_group_array (json_array (id, lead, purpose, channel, action, annuls, at, origin,"
    "         wording, run))"
    "  FROM consent WHERE lead = :id",
    "INSERT INTO consent (id, lead, purpose, channel, action, annuls, at, origin, wording, run)"
    " SELECT (value ->> 0) + :consent, (value ->> 1) + :lead, value ->> 2, value ->> 3,"
    "        value ->> 4, (value ->> 5) + :consent, value ->> 6, value ->> 7, value ->> 8,"
    "        value ->> 9"
    "   FROM json_each (:rows)",
    SHIFT_OF ("consent"),
    NEEDS (LEAD) | NEEDS (CONSENT),
  },
  [ENROLMENT] = {
    "SELECT json_group_array (json_array (id, lead, sequence, version, step, visit, due_at,"
    "         waits_for, outcome, why, entered_at, arrived_at, ended_at, in_front, moved_by,"
    "         stood))"
    "  FROM enrolment WHERE lead = :id",
    "INSERT INTO enrolment (id, lead, sequence, version, step, visit, due_at, waits_for, outcome,"
    "                       why, entered_at, arrived_at, ended_at, in_front, moved_by, stood)"
    " SELECT (value ->> 0) + :enrolment, (value ->> 1) + :lead, value ->> 2, value ->> 3,"
    "        value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9,"
    "        value ->> 10, value ->> 11, value ->> 12, coalesce (value ->> 13, 0),"
    "        (SELECT p.id FROM sequence_publish p WHERE p.id = value ->> 14), value ->> 15"
    "   FROM json_each (:rows)",
    SHIFT_OF ("enrolment"),
    NEEDS (LEAD) | NEEDS (ENROLMENT),
  },
  [OUTBOX] = {
    "SELECT json_group_array (json_array (id, lead, message, message_version, account, enrolment,"
    "         step, visit, sells, state, due_at, attempts, message_id, email, claimed_at, ended_at,"
    "         reason, reply, created_at, broadcast))"
    "  FROM outbox WHERE lead = :id",
    "INSERT INTO outbox (id, lead, message, message_version, account, enrolment, step, visit,"
    "                    sells, state, due_at, attempts, message_id, email, claimed_at, ended_at,"
    "                    reason, reply, created_at, broadcast)"
    " SELECT (value ->> 0) + :outbox, (value ->> 1) + :lead, value ->> 2, value ->> 3, value ->> 4,"
    "        (value ->> 5) + :enrolment, value ->> 6, value ->> 7, value ->> 8, value ->> 9,"
    "        value ->> 10, value ->> 11, value ->> 12, value ->> 13, value ->> 14, value ->> 15,"
    "        value ->> 16, value ->> 17, value ->> 18, value ->> 19"
    "   FROM json_each (:rows)",
    SHIFT_OF ("outbox"),
    NEEDS (LEAD) | NEEDS (ENROLMENT) | NEEDS (OUTBOX),
  },
  [TASK] = {
    "SELECT json_group_array (json_array (id, lead, title, due_at, done_at, event, created_at))"
    "  FROM task WHERE lead = :id",
    "INSERT INTO task (id, lead, title, due_at, done_at, event, created_at)"
    " SELECT (value ->> 0) + :task, (value ->> 1) + :lead, value ->> 2, value ->> 3, value ->> 4,"
    "        value ->> 5, value ->> 6"
    "   FROM json_each (:rows)",
    SHIFT_OF ("task"),
    NEEDS (LEAD) | NEEDS (TASK),
  },
  [COUPON_GIVEN] = {
    "SELECT json_group_array (json_array (id, lead, coupon, at, how, who, note, created_at))"
    "  FROM coupon_given WHERE lead = :id",
    "INSERT INTO coupon_given (id, lead, coupon, at, how, who, note, created_at)"
    " SELECT (value ->> 0) + :given, (value ->> 1) + :lead, value ->> 2, value ->> 3, value ->> 4,"
    "        value ->> 5, value ->> 6, value ->> 7"
    "   FROM json_each (:rows)",
    SHIFT_OF ("coupon_given"),
    NEEDS (LEAD) | NEEDS (COUPON_GIVEN),
  },
  [LEAD_VALUE] = {
    "SELECT json_group_array (json_array (lead, field, value)) FROM lead_value WHERE lead = :id",
    "INSERT INTO lead_value (lead, field, value)"
    " SELECT (value ->> 0) + :lead, value ->> 1, value ->> 2 FROM json_each (:rows)",
    NULL,
    NEEDS (LEAD),
  },
  [LEAD_TAG] = {
    "SELECT json_group_array (json_array (lead, tag, added_at, run)) FROM lead_tag"
    " WHERE lead = :id",
    "INSERT INTO lead_tag (lead, tag, added_at, run)"
    " SELECT (value ->> 0) + :lead, value ->> 1, value ->> 2, value ->> 3 FROM json_each (:rows)",
    NULL,
    NEEDS (LEAD),
  },
  [ENROLMENT_STEP] = {
    "SELECT json_group_array (json_array (s.enrolment, s.visit, s.step, s.at, s.result))"
    "  FROM enrolment e JOIN enrolment_step s ON s.enrolment = e.id WHERE e.lead = :id",
    "INSERT INTO enrolment_step (enrolment, visit, step, at, result)"
    " SELECT (value ->> 0) + :enrolment, value ->> 1, value ->> 2, value ->> 3, value ->> 4"
    "   FROM json_each (:rows)",
    NULL,
    NEEDS (ENROLMENT),
  },
  [IMPORT_LEAD] = {
    "SELECT json_group_array (json_array (run, lead, created)) FROM import_lead WHERE lead = :id",
    "INSERT INTO import_lead (run, lead, created)"
    " SELECT value ->> 0, (value ->> 1) + :lead, value ->> 2 FROM json_each (:rows)",
    NULL,
    NEEDS (LEAD),
  },
  [IMPORT_CHANGE] = {
    "SELECT json_group_array (json_array (run, lead, field, before, after))"
    "  FROM import_change WHERE lead = :id",
    "INSERT INTO import_change (run, lead, field, before, after)"
    " SELECT value ->> 0, (value ->> 1) + :lead, value ->> 2, value ->> 3, value ->> 4"
    "   FROM json_each (:rows)",
    NULL,
    NEEDS (LEAD),
  },
  [SEGMENT_MEMBER] = {
    "SELECT json_group_array (json_array (segment, lead, entered_at))"
    "  FROM segment_member WHERE lead = :id",
    "INSERT INTO segment_member (segment, lead, entered_at)"
    " SELECT s.id, (j.value ->> 1) + :lead, j.value ->> 2"
    "   FROM json_each (:rows) j JOIN segment s ON s.id = j.value ->> 0",
    NULL,
    NEEDS (LEAD),
  },
  [BROADCAST_LEAD] = {
    "SELECT json_group_array (json_array (broadcast, lead, part, reason, variant, place, due_at,"
    "         planned))"
    "  FROM broadcast_lead WHERE lead = :id",
    "INSERT INTO broadcast_lead (broadcast, lead, part, reason, variant, place, due_at, planned)"
    " SELECT value ->> 0, (value ->> 1) + :lead, value ->> 2, value ->> 3, value ->> 4,"
    "        value ->> 5, value ->> 6, value ->> 7"
    "   FROM json_each (:rows)",
    NULL,
    NEEDS (LEAD),
  },
  /* What came in stays when a lead is deleted; it only forgets whom it was about. */
  [WEB_DELIVERY] = {
    "SELECT json_group_array (json_array (id, lead)) FROM web_delivery WHERE lead = :id",
    "UPDATE web_delivery SET lead = (j.value ->> 1) + :lead FROM json_each (:rows) j"
    " WHERE web_delivery.id = j.value ->> 0 AND web_delivery.lead IS NULL",
    NULL,
    NEEDS (LEAD),
  },
  [WEB_CONSENT] = {
    "SELECT json_group_array (json_array (w.consent, w.delivery))"
    "  FROM consent c JOIN web_consent w ON w.consent = c.id WHERE c.lead = :id",
    "INSERT INTO web_consent (consent, delivery)"
    " SELECT (value ->> 0) + :consent, value ->> 1 FROM json_each (:rows)",
    NULL,
    NEEDS (CONSENT),
  },
  /* Its id stands in the link to confirm, and is never given again. */
  [OPT_IN_PENDING] = {
    "SELECT json_group_array (json_array (id, lead, delivery, outbox, asked_at, expires_at,"
    "                                     confirmed_at, confirmation, by_relay))"
    "  FROM opt_in_pending WHERE lead = :id",
    "INSERT INTO opt_in_pending (id, lead, delivery, outbox, asked_at, expires_at, confirmed_at,"
    "                            confirmation, by_relay)"
    " SELECT value ->> 0, (value ->> 1) + :lead, value ->> 2, (value ->> 3) + :outbox, value ->> 4,"
    "        value ->> 5, value ->> 6, value ->> 7, coalesce (value ->> 8, 0)"
    "   FROM json_each (:rows)",
    NULL,
    NEEDS (LEAD) | NEEDS (OUTBOX),
  },
  /* Its id is never given again, so it is free. */
  [NOTICE] = {
    "SELECT json_group_array (json_array (id, lead, at, desktop, today, mail, seen_at))"
    "  FROM notice WHERE lead = :id",
    "INSERT INTO notice (id, lead, at, desktop, today, mail, seen_at)"
    " SELECT value ->> 0, (value ->> 1) + :lead, value ->> 2, value ->> 3, value ->> 4,"
    "        value ->> 5, value ->> 6"
    "   FROM json_each (:rows)",
    NULL,
    NEEDS (LEAD),
  },
  [FIRST_CONTACT] = {
    "SELECT json_group_array (json_array (lead, captured_at, source, contacted_at, contact))"
    "  FROM first_contact WHERE lead = :id",
    "INSERT INTO first_contact (lead, captured_at, source, contacted_at, contact)"
    " SELECT (value ->> 0) + :lead, value ->> 1, value ->> 2, value ->> 3, value ->> 4"
    "   FROM json_each (:rows)",
    NULL,
    NEEDS (LEAD),
  },
  [PARTNER_LEAD] = {
    "SELECT json_group_array (json_array (lead, partner)) FROM partner_lead WHERE lead = :id",
    "INSERT OR IGNORE INTO partner_lead (lead, partner)"
    " SELECT (value ->> 0) + :lead, value ->> 1 FROM json_each (:rows)",
    NULL,
    NEEDS (LEAD),
  },
  /* What a partner earned by the lead stays when it is deleted; it only forgets by whom. */
  [AWARD] = {
    "SELECT json_group_array (json_array (id, lead)) FROM award WHERE lead = :id",
    "UPDATE award SET lead = (j.value ->> 1) + :lead FROM json_each (:rows) j"
    " WHERE award.id = j.value ->> 0 AND award.lead IS NULL",
    NULL,
    NEEDS (LEAD),
  },
  [TOUCH_TAG] = {
    "SELECT json_group_array (json_array (g.touch, g.name, g.value))"
    "  FROM touch t JOIN touch_tag g ON g.touch = t.id WHERE t.lead = :id",
    "INSERT INTO touch_tag (touch, name, value)"
    " SELECT (value ->> 0) + :touch, value ->> 1, value ->> 2 FROM json_each (:rows)",
    NULL,
    NEEDS (TOUCH),
  },
  [LEAD_DIFFERENT] = {
    "SELECT json_group_array (json_array (lead, other, at)) FROM lead_different"
    " WHERE lead = :id OR other = :id",
    "INSERT INTO lead_different (lead, other, at)"
    " SELECT a.id, b.id, j.value ->> 2"
    "   FROM json_each (:rows) j JOIN lead a ON a.id = j.value ->> 0"
    "   JOIN lead b ON b.id = j.value ->> 1"
    "  WHERE :lead = 0",
    NULL,
    NEEDS (LEAD),
  },
  /* A merge can only be undone where all that it moved has the ids it had. */
  [LEAD_MERGE] = {
    "SELECT json_group_array (json_array (id, lead)) FROM lead_merge WHERE lead = :id",
    "UPDATE lead_merge SET lead = j.value ->> 1 FROM json_each (:rows) j"
    " WHERE lead_merge.id = j.value ->> 0 AND " ALL_STAY,
    NULL,
    NEEDS_ALL,
  },
  [LEAD_MERGE_ROW] = {
    "SELECT json_group_array (json_array (r.lead_merge, r.place, r.key, r.before, r.after))"
    "  FROM lead_merge m JOIN lead_merge_row r ON r.lead_merge = m.id WHERE m.lead = :id",
    "INSERT INTO lead_merge_row (lead_merge, place, key, before, after)"
    " SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4"
    "   FROM json_each (:rows) WHERE " ALL_STAY,
    NULL,
    NEEDS_ALL,
  },
  [LEAD_MERGE_MOVED] = {
    "SELECT json_group_array (json_array (r.lead_merge, r.place, r.was, r.rows))"
    "  FROM lead_merge m JOIN lead_merge_moved r ON r.lead_merge = m.id WHERE m.lead = :id",
    "INSERT INTO lead_merge_moved (lead_merge, place, was, rows)"
    " SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3"
    "   FROM json_each (:rows) WHERE " ALL_STAY,
    NULL,
    NEEDS_ALL,
  },
  [EVENT] = {
    "SELECT json_group_array (json_array (id, lead, kind, at, ref, detail, run))"
    "  FROM event WHERE lead = :id",
    "INSERT INTO event (id, lead, kind, at, ref, detail, run)"
    " SELECT value ->> 0, (value ->> 1) + :lead, value ->> 2, value ->> 3,"
    "        (value ->> 4) + CASE WHEN value ->> 2 LIKE 'touch.%' THEN :touch"
    "                             WHEN value ->> 2 LIKE 'consent.%' THEN :consent"
    "                             WHEN value ->> 2 LIKE 'sequence.%' THEN :enrolment"
    "                             WHEN value ->> 2 LIKE 'mail.%' THEN :outbox"
    "                             WHEN value ->> 2 LIKE 'task.%' THEN :task"
    "                             WHEN value ->> 2 = 'coupon.given' THEN :given"
    "                             ELSE 0 END,"
    "        value ->> 5, value ->> 6"
    "   FROM json_each (:rows)",
    NULL,
    NEEDS_ALL,
  },
  [NOTE] = {
    "SELECT json_group_array (json_array (n.event, n.who, n.direction, n.outcome, n.place))"
    "  FROM event e JOIN note n ON n.event = e.id WHERE e.lead = :id",
    "INSERT INTO note (event, who, direction, outcome, place)"
    " SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4"
    "   FROM json_each (:rows)",
    NULL,
    0,
  },
};

static const char SQL_HAS_ORDERS[] = "SELECT EXISTS (SELECT 1 FROM sales_order WHERE lead = :id)";

static const char SQL_IS_WRITTEN_TO[]
    = "SELECT EXISTS (SELECT 1 FROM outbox WHERE lead = :id AND state = 'claimed')";

/* One lead is put back whole, or nothing of it. */
static const char SQL_BEGIN[] = "SAVEPOINT lead_restore";
static const char SQL_BACK[] = "ROLLBACK TO lead_restore";
static const char SQL_END[] = "RELEASE lead_restore";

static const char SQL_DELETE_OUTBOX[] = "DELETE FROM outbox WHERE lead = :id";

static const char SQL_DELETE[] = "DELETE FROM lead WHERE id = :id";

struct _RungsLeadSnapshot
{
  gint64 lead;
  char *email;          /* (owned) (nullable) */
  char *rows[N_TABLES]; /* (owned) JSON */
};

void
rungs_lead_snapshot_free (RungsLeadSnapshot *self)
{
  for (guint i = 0; i < N_TABLES; i++)
    g_free (self->rows[i]);
  g_free (self->email);
  g_free (self);
}

gint64
rungs_lead_snapshot_get_lead (const RungsLeadSnapshot *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->lead;
}

static gboolean
may_be_deleted (RungsDb *db,
                gint64   lead,
                GError **error)
{
  gint64 ordered, written;

  if (!rungs_record_ask (db, SQL_HAS_ORDERS, lead, 0, &ordered, error)
      || !rungs_record_ask (db, SQL_IS_WRITTEN_TO, lead, 0, &written, error))
    return FALSE;
  if (ordered != 0)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                         _ ("a lead with orders is needed for the books and cannot be deleted; "
                         "to forget the person, erase them"));
  else if (written != 0)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_BUSY,
                         _ ("a message to this lead is being sent just now"));
  return ordered == 0 && written == 0;
}

static gboolean
take_rows (RungsDb           *db,
           RungsLeadSnapshot *snapshot,
           guint              table,
           GError           **error)
{
  g_autoptr (RungsStatement) take = rungs_db_prepare (db, TABLES[table].take, error);

  if (take == NULL)
    return FALSE;
  rungs_statement_bind_int64 (take, ":id", snapshot->lead);
  if (rungs_statement_step (take, error) != RUNGS_ROW)
    return FALSE;
  snapshot->rows[table] = rungs_statement_dup_text (take, 0);
  return TRUE;
}

static RungsLeadSnapshot *
snapshot_new (RungsDb *db,
              gint64   lead,
              GError **error)
{
  g_autoptr (RungsLead) stored = rungs_lead_load (db, lead, error);
  g_autoptr (RungsLeadSnapshot) self = NULL;

  if (stored == NULL)
    return NULL;
  self = g_new0 (RungsLeadSnapshot, 1);
  self->lead = lead;
  self->email = g_strdup (stored->email);
  for (guint i = 0; i < N_TABLES; i++)
    if (!take_rows (db, self, i, error))
      return NULL;
  return g_steal_pointer (&self);
}

RungsLeadSnapshot *
rungs_lead_delete (RungsDb *db,
                   gint64   lead,
                   gint64   now,
                   GError **error)
{
  g_autoptr (RungsLeadSnapshot) snapshot = snapshot_new (db, lead, error);

  if (snapshot == NULL || !may_be_deleted (db, lead, error)
      || !rungs_lead_search_forget (db, lead, error)
      || !rungs_record_run (db, SQL_DELETE_OUTBOX, lead, error)
      || !rungs_record_run (db, SQL_DELETE, lead, error)
      || rungs_event_add (db, 0, RUNGS_EVENT_LEAD_DELETED, now, lead, NULL, error) == 0)
    return NULL;
  return g_steal_pointer (&snapshot);
}

static gboolean
address_is_free (RungsDb    *db,
                 const char *email,
                 GError    **error)
{
  gint64 other;

  if (email == NULL)
    return TRUE;
  if (!rungs_lead_find (db, email, &other, error))
    return FALSE;
  if (other == 0)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
               _ ("another lead has the address %s by now"), email);
  return FALSE;
}

static gboolean
find_shift (RungsDb    *db,
            const char *sql,
            const char *rows,
            gint64     *shift,
            GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":rows", rows);
  return rungs_statement_get_number (query, 0, shift, error);
}

static gboolean
put_rows (RungsDb      *db,
          const Table  *table,
          const char   *rows,
          const gint64 *shifts,
          GError      **error)
{
  g_autoptr (RungsStatement) put = rungs_db_prepare (db, table->put, error);

  if (put == NULL)
    return FALSE;
  rungs_statement_bind_text (put, ":rows", rows);
  for (guint i = 0; i < N_SHIFTS; i++)
    if ((table->needs & NEEDS (i)) != 0)
      rungs_statement_bind_int64 (put, SHIFTS[i], shifts[i]);
  return rungs_statement_run (put, error);
}

static gboolean
put_all (RungsDb                 *db,
         const RungsLeadSnapshot *snapshot,
         const gint64            *shifts,
         GError                 **error)
{
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; i < N_TABLES; i++)
    if (!put_rows (db, &TABLES[i], snapshot->rows[i], shifts, &failure))
      {
        if (!g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
          g_propagate_error (error, g_steal_pointer (&failure));
        else
          g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                               _ ("the lead cannot be put back: something it belonged to is gone"));
        return FALSE;
      }
  return TRUE;
}

static gint64
put_back (RungsDb                 *db,
          const RungsLeadSnapshot *snapshot,
          gint64                   now,
          GError                 **error)
{
  gint64 shifts[N_SHIFTS];
  gint64 lead;

  if (!address_is_free (db, snapshot->email, error))
    return 0;
  for (guint i = 0; i < N_SHIFTS; i++)
    if (!find_shift (db, TABLES[i].shift, snapshot->rows[i], &shifts[i], error))
      return 0;
  if (!put_all (db, snapshot, shifts, error))
    return 0;
  lead = snapshot->lead + shifts[LEAD];
  return rungs_lead_search_add (db, lead, error)
                 && rungs_event_add (db, lead, RUNGS_EVENT_LEAD_RESTORED, now, 0, NULL, error) != 0
             ? lead
             : 0;
}

static gboolean
run (RungsDb    *db,
     const char *sql,
     GError    **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  return statement != NULL && rungs_statement_run (statement, error);
}

gint64
rungs_lead_restore (RungsDb                 *db,
                    const RungsLeadSnapshot *snapshot,
                    gint64                   now,
                    GError                 **error)
{
  gint64 lead;

  g_return_val_if_fail (snapshot != NULL, 0);

  if (!run (db, SQL_BEGIN, error))
    return 0;
  lead = put_back (db, snapshot, now, error);
  if (lead == 0 && !run (db, SQL_BACK, NULL))
    return 0;
  return run (db, SQL_END, lead != 0 ? error : NULL) ? lead : 0;
}

const char *
rungs_lead_snapshot_get_email (const RungsLeadSnapshot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->email;
}
