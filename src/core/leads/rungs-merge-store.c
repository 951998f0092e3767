/* rungs-merge-store.c: makes one lead of several that are one person.
 *
 * In this order, which matters: who agreed to what is read while each lead still has its own
 * consents, and who got what while each has its own messages; then all moves; then what may not go
 * on is ended, by what the one lead owns now; then the others go and the one that stays takes the
 * values that were chosen; then its consents are made as strict as they were. What the followers do
 * about it is part of the merge: they follow before the journal ends. */

#include "leads/rungs-merge-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-search-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-merge-consent-store.h"
#include "leads/rungs-merge-journal-store.h"

#define OF_OTHERS " lead IN (SELECT id FROM temp.merge_lead WHERE rank > 0)"
#define OF_ALL " lead IN (SELECT id FROM temp.merge_lead)"

static const char SQL_IS_WRITTEN_TO[]
    = "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'claimed' AND" OF_ALL ")";

static const char SQL_ADD_MERGE[] = "INSERT INTO lead_merge (lead, at) VALUES (:keep, :now)";

static const char SQL_ADD_MERGED[]
    = "INSERT INTO lead_merged (lead_merge, was)"
      " SELECT :merge, id FROM temp.merge_lead WHERE rank > 0";

/* Walks that do not go on: the same sequence is walked further by, or was walked to its end by,
 * another of the leads. */
static const char SQL_END_DOUBLE[]
    = "UPDATE enrolment"
      "   SET outcome = 'stopped', why = 'event:' || :event, due_at = NULL, waits_for = NULL,"
      "       ended_at = :now"
      " WHERE outcome IS NULL AND" OF_ALL
      "   AND EXISTS (SELECT 1 FROM enrolment e"
      "                WHERE e.sequence = enrolment.sequence AND e.lead <> enrolment.lead"
      "                  AND e." OF_ALL
      "                  AND (e.outcome IN ('finished', 'goal', 'bought', 'exit')"
      "                       OR (e.outcome IS NULL"
      "                           AND (e.visit, -e.entered_at, -e.id)"
      "                             > (enrolment.visit, -enrolment.entered_at, -enrolment.id))))";

/* Walks towards what the lead owns. */
static const char SQL_END_BOUGHT[]
    = "UPDATE enrolment"
      "   SET outcome = 'bought', why = 'event:' || :event, due_at = NULL, waits_for = NULL,"
      "       ended_at = :now"
      " WHERE outcome IS NULL AND lead = :keep"
      "   AND EXISTS (SELECT 1 FROM sequence s JOIN owned w ON w.product = s.sells"
      "                WHERE s.id = enrolment.sequence AND w.lead = :keep"
      "                  AND (w.paid_until IS NULL OR w.paid_until > :now))";

/* Messages of walks that the merge ended. */
static const char SQL_WITHHOLD_OF_WALKS[]
    = "UPDATE outbox SET state = 'withheld', ended_at = :now,"
      "       reason = (SELECT iif (e.outcome = 'bought', 'owned', 'merged')"
      "                   FROM enrolment e WHERE e.id = outbox.enrolment)"
      " WHERE state = 'planned' AND lead = :keep"
      "   AND enrolment IN (SELECT e.id FROM enrolment e"
      "                      WHERE e.lead = :keep AND e.why = 'event:' || :event"
      "                        AND e.outcome IS NOT NULL)";

/* What another of the leads got, or is to get before. Of those who walk the same sequence, one
 * walk was ended before, and its messages do not count. */
static const char SQL_WITHHOLD_DOUBLE[]
    = "UPDATE outbox SET state = 'withheld', reason = 'merged', ended_at = :now"
      " WHERE state = 'planned' AND" OF_ALL
      "   AND EXISTS (SELECT 1 FROM message m"
      "                WHERE m.id = outbox.message AND m.kind = 'marketing')"
      "   AND NOT EXISTS (SELECT 1 FROM enrolment e"
      "                    WHERE e.id = outbox.enrolment AND e.why = 'event:' || :event)"
      "   AND EXISTS (SELECT 1 FROM outbox o LEFT JOIN enrolment e ON e.id = o.enrolment"
      "                WHERE o.message = outbox.message AND o.lead <> outbox.lead"
      "                  AND o." OF_ALL
      "                  AND (o.state IN ('sent', 'doubt')"
      "                       OR (o.state = 'planned'"
      "                           AND coalesce (e.why, '') <> 'event:' || :event"
      "                           AND (o.due_at, o.id) < (outbox.due_at, outbox.id))))";

static const char *const SQL_TELL[] = {
  "INSERT INTO event (lead, kind, at, ref, detail)"
  " SELECT :keep, 'sequence.left', :now, id, outcome FROM enrolment"
  "  WHERE lead = :keep AND why = 'event:' || :event AND outcome IS NOT NULL ORDER BY id",
  "INSERT INTO event (lead, kind, at, ref, detail)"
  " SELECT :keep, 'mail.withheld', :now, id, reason FROM outbox"
  "  WHERE lead = :keep AND state = 'withheld' AND ended_at = :now"
  "    AND NOT EXISTS (SELECT 1 FROM event v"
  "                     WHERE v.lead = :keep AND v.kind = 'mail.withheld' AND v.ref = outbox.id)"
  "  ORDER BY id",
};

static const char SQL_COUNT_ORDERS[] = "SELECT count (*) FROM sales_order WHERE" OF_OTHERS;

static const char SQL_COUNT_WALKS[]
    = "SELECT count (*) FROM event WHERE lead = :keep AND kind = 'sequence.left' AND id > :event";

static const char SQL_COUNT_WITHHELD[]
    = "SELECT count (*) FROM event WHERE lead = :keep AND kind = 'mail.withheld' AND id > :event";

/* What moves as it is. */
static const char *const SQL_MOVE[] = {
  "UPDATE touch SET lead = :keep WHERE" OF_OTHERS,
  "UPDATE consent SET lead = :keep WHERE" OF_OTHERS,
  "UPDATE sales_order SET lead = :keep WHERE" OF_OTHERS,
  "UPDATE enrolment SET lead = :keep WHERE" OF_OTHERS,
  "UPDATE outbox SET lead = :keep WHERE" OF_OTHERS,
  "UPDATE OR IGNORE broadcast_lead SET lead = :keep WHERE" OF_OTHERS,
  "UPDATE task SET lead = :keep WHERE" OF_OTHERS,
  "UPDATE coupon_given SET lead = :keep WHERE" OF_OTHERS,
  "UPDATE web_delivery SET lead = :keep WHERE" OF_OTHERS,
  "UPDATE opt_in_pending SET lead = :keep WHERE" OF_OTHERS,
  "UPDATE OR IGNORE partner_lead SET lead = :keep WHERE" OF_OTHERS,
  "UPDATE award SET lead = :keep WHERE" OF_OTHERS,
  "UPDATE OR IGNORE notice SET lead = :keep WHERE" OF_OTHERS,
  "UPDATE event SET lead = :keep WHERE" OF_OTHERS,
  "UPDATE lead_merge SET lead = :keep WHERE" OF_OTHERS,
};

/* What the lead that stays may have too, the longest pause, and the points of all. A tag that one
 * of them got by hand does not go with an import. A lead is only then taken away with the import
 * that made it if all of them were made by imports. */
static const char *const SQL_COPY[] = {
  "UPDATE lead SET (points, score) = (SELECT sum (l.points), sum (l.score) FROM lead l"
  "                                    WHERE l.id IN (SELECT m.id FROM temp.merge_lead m))"
  " WHERE id = :keep",
  "UPDATE lead SET quiet_until = (SELECT max (l.quiet_until) FROM lead l"
  "                                WHERE l.id IN (SELECT m.id FROM temp.merge_lead m))"
  " WHERE id = :keep",
  "INSERT INTO lead_tag (lead, tag, added_at, run)"
  " SELECT :keep, t.tag, t.added_at, t.run"
  "   FROM temp.merge_lead m CROSS JOIN lead_tag t"
  "  WHERE t.lead = m.id AND m.rank > 0 ORDER BY m.rank"
  " ON CONFLICT (lead, tag) DO UPDATE SET run = NULL"
  "  WHERE lead_tag.run IS NOT NULL AND excluded.run IS NULL",
  "INSERT INTO segment_member (segment, lead, entered_at)"
  " SELECT x.segment, :keep, min (x.entered_at)"
  "   FROM segment_member x JOIN segment s ON s.id = x.segment AND s.kind = 'fixed'"
  "  WHERE x." OF_OTHERS " GROUP BY x.segment"
  " ON CONFLICT (segment, lead) DO UPDATE"
  "    SET entered_at = min (segment_member.entered_at, excluded.entered_at)",
  "UPDATE import_lead SET created = 0"
  " WHERE lead = :keep AND created = 1"
  "   AND EXISTS (SELECT 1 FROM temp.merge_lead m"
  "                WHERE m.rank > 0"
  "                  AND NOT EXISTS (SELECT 1 FROM import_lead i"
  "                                   WHERE i.lead = m.id AND i.created = 1))",
  "INSERT INTO import_lead (run, lead, created)"
  " SELECT DISTINCT run, :keep, 0 FROM import_lead WHERE" OF_OTHERS
  " ON CONFLICT (run, lead) DO NOTHING",
  "INSERT INTO lead_different (lead, other, at)"
  " SELECT min (:keep, x.third), max (:keep, x.third), min (x.at)"
  "   FROM (SELECT other AS third, at FROM lead_different WHERE" OF_OTHERS
  "         UNION ALL SELECT lead, at FROM lead_different"
  "                    WHERE other IN (SELECT id FROM temp.merge_lead WHERE rank > 0)) x"
  "  WHERE x.third NOT IN (SELECT id FROM temp.merge_lead) GROUP BY x.third"
  " ON CONFLICT (lead, other) DO NOTHING",
};

static const char SQL_DROP_VALUE[]
    = "DELETE FROM lead_value WHERE lead = :keep AND field = :field";

static const char SQL_TAKE_VALUE[]
    = "INSERT INTO lead_value (lead, field, value)"
      " SELECT :keep, field, value FROM lead_value WHERE lead = :from AND field = :field";

/* What imports changed goes with the value. */
static const char SQL_DROP_CHANGES[]
    = "DELETE FROM import_change WHERE lead = :keep AND field = :name";

static const char SQL_TAKE_CHANGES[]
    = "INSERT INTO import_change (run, lead, field, before, after)"
      " SELECT run, :keep, field, before, after FROM import_change"
      "  WHERE lead = :from AND field = :name";

static const char SQL_DELETE[] = "DELETE FROM lead WHERE id = :id";

static const char SQL_NUMBERS[]
    = "UPDATE lead SET bounced_at = :bounced, created_at = :created"
      " WHERE id = :keep";

/* A merge under way. */
typedef struct
{
  RungsDb *db;
  RungsMergePlan *shown; /* with what was chosen */
  RungsMergePlan *plan;  /* (owned) the same leads as they are now */
  gint64 keep;
  gint64 merge;
  gint64 event;          /* lead.merged */
  gint64 now;
  RungsMergeConsents *consents; /* (owned) (nullable) */
} Merging;

static RungsStatement *
prepare (Merging    *self,
         const char *sql,
         GError    **error)
{
  RungsStatement *statement = rungs_db_prepare (self->db, sql, error);

  if (statement == NULL)
    return NULL;
  rungs_statement_offer_int64 (statement, ":keep", self->keep);
  rungs_statement_offer_int64 (statement, ":now", self->now);
  rungs_statement_offer_int64 (statement, ":event", self->event);
  rungs_statement_offer_int64 (statement, ":merge", self->merge);
  return statement;
}

static gboolean
run (Merging    *self,
     const char *sql,
     GError    **error)
{
  g_autoptr (RungsStatement) statement = prepare (self, sql, error);

  return statement != NULL && rungs_statement_run (statement, error);
}

static gboolean
run_all (Merging           *self,
         const char *const *statements,
         gsize              n,
         GError           **error)
{
  for (gsize i = 0; i < n; i++)
    if (!run (self, statements[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
ask (Merging    *self,
     const char *sql,
     gint64     *number,
     GError    **error)
{
  g_autoptr (RungsStatement) query = prepare (self, sql, error);

  return query != NULL && rungs_statement_get_number (query, 0, number, error);
}

static RungsLead *
lead_at (Merging *self,
         guint    rank)
{
  return g_ptr_array_index (self->plan->leads, rank);
}

/* ---- the beginning */

static GArray *
ids_of (RungsMergePlan *plan)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < plan->leads->len; i++)
    g_array_append_val (ids, ((RungsLead *) g_ptr_array_index (plan->leads, i))->id);
  return ids;
}

/* What was chosen holds for the values of now, where there still are any. */
static void
take_choices (Merging *self)
{
  for (guint i = 0; i < self->plan->fields->len; i++)
    {
      RungsMergeField *field = g_ptr_array_index (self->plan->fields, i);
      const RungsMergeField *shown = rungs_merge_plan_find (self->shown, field->name);

      if (shown != NULL)
        field->chosen = shown->chosen;
    }
}

static gboolean
refuse_written (Merging *self,
                GError **error)
{
  gint64 written = 0;

  if (!ask (self, SQL_IS_WRITTEN_TO, &written, error))
    return FALSE;
  if (written != 0)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_BUSY,
                         _ ("a message to one of these leads is being sent just now"));
  return written == 0;
}

/* "Ann Smith <ann@example.com>, Bob" */
static char *
names_of_others (Merging *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 1; i < self->plan->leads->len; i++)
    {
      const RungsLead *lead = lead_at (self, i);
      g_autofree char *name = rungs_lead_dup_name (lead);

      g_string_append_printf (names, "%s%s", i > 1 ? ", " : "", name);
      if (lead->email != NULL && strcmp (lead->email, name) != 0)
        g_string_append_printf (names, " <%s>", lead->email);
    }
  return g_strdup (names->str);
}

/* The record of the merge is no part of its own journal: it is there before. */
static gboolean
add_merge (Merging *self,
           GError **error)
{
  if (!run (self, SQL_ADD_MERGE, error))
    return FALSE;
  self->merge = rungs_db_get_last_id (self->db);
  return TRUE;
}

static gboolean
begin (Merging *self,
       GError **error)
{
  g_autofree char *names = names_of_others (self);

  self->event = rungs_event_add (self->db, self->keep, RUNGS_EVENT_LEAD_MERGED, self->now,
                                 self->merge, names, error);
  return self->event != 0 && run (self, SQL_ADD_MERGED, error);
}

/* ---- what moves */

static gboolean
take_row (Merging    *self,
          const char *drop,
          const char *take,
          const RungsMergeField *field,
          GError    **error)
{
  g_autoptr (RungsStatement) drop_it = prepare (self, drop, error);
  g_autoptr (RungsStatement) take_it = prepare (self, take, error);
  RungsStatement *both[] = { drop_it, take_it };

  if (drop_it == NULL || take_it == NULL)
    return FALSE;
  rungs_statement_bind_int64 (take_it, ":from", lead_at (self, field->chosen)->id);
  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      if (take == SQL_TAKE_VALUE)
        rungs_statement_bind_int64 (both[i], ":field", field->field);
      else
        rungs_statement_bind_text (both[i], ":name", field->name);
      if (!rungs_statement_run (both[i], error))
        return FALSE;
    }
  return TRUE;
}

/* Of the fields, what was chosen from others: custom values, and what imports had written. */
static gboolean
take_chosen (Merging *self,
             GError **error)
{
  for (guint i = 0; i < self->plan->fields->len; i++)
    {
      const RungsMergeField *field = g_ptr_array_index (self->plan->fields, i);

      if (field->chosen == 0 || field->chosen == RUNGS_MERGE_ALL)
        continue;
      if (!take_row (self, SQL_DROP_CHANGES, SQL_TAKE_CHANGES, field, error)
          || (field->field != 0
              && !take_row (self, SQL_DROP_VALUE, SQL_TAKE_VALUE, field, error)))
        return FALSE;
    }
  return TRUE;
}

/* What is searched moves too: notes, calls and meetings. */
static gboolean
forget_all (Merging *self,
            GError **error)
{
  for (guint i = 0; i < self->plan->leads->len; i++)
    if (!rungs_lead_search_forget (self->db, lead_at (self, i)->id, error))
      return FALSE;
  return TRUE;
}

static gboolean
move (Merging *self,
      GError **error)
{
  return forget_all (self, error)
         && run (self, SQL_END_DOUBLE, error)
         && run (self, SQL_WITHHOLD_DOUBLE, error)
         && run_all (self, SQL_MOVE, G_N_ELEMENTS (SQL_MOVE), error)
         && run (self, SQL_END_BOUGHT, error)
         && run (self, SQL_WITHHOLD_OF_WALKS, error)
         && run (self, SQL_TELL[0], error)
         && run (self, SQL_TELL[1], error)
         && run_all (self, SQL_COPY, G_N_ELEMENTS (SQL_COPY), error)
         && take_chosen (self, error);
}

/* ---- the lead that stays */

static gboolean
delete_others (Merging *self,
               GError **error)
{
  g_autoptr (RungsStatement) delete = prepare (self, SQL_DELETE, error);

  for (guint i = 1; delete != NULL && i < self->plan->leads->len; i++)
    {
      rungs_statement_bind_int64 (delete, ":id", lead_at (self, i)->id);
      if (!rungs_statement_run (delete, error))
        return FALSE;
    }
  return delete != NULL;
}

/* Known since the first of them, bounced if the address was. */
static gboolean
set_numbers (Merging *self,
             GError **error)
{
  g_autoptr (RungsStatement) update = prepare (self, SQL_NUMBERS, error);
  const RungsMergeField *email = rungs_merge_plan_find (self->plan, "email");
  gint64 created = G_MAXINT64;

  if (update == NULL)
    return FALSE;
  for (guint i = 0; i < self->plan->leads->len; i++)
    created = MIN (created, lead_at (self, i)->created_at);
  rungs_statement_bind_int64 (update, ":created", created);
  rungs_statement_bind_id (update, ":bounced",
                           email ? lead_at (self, email->chosen)->bounced_at : 0);
  return rungs_statement_run (update, error);
}

static gboolean
save (Merging *self,
      GError **error)
{
  g_autoptr (RungsLead) lead = rungs_lead_copy (lead_at (self, 0));

  for (guint i = 0; i < self->plan->fields->len; i++)
    {
      const RungsMergeField *field = g_ptr_array_index (self->plan->fields, i);
      g_autofree char *value = rungs_merge_field_dup_value (field);

      if (field->field == 0)
        rungs_lead_set (lead, field->name, value);
    }
  return delete_others (self, error) && rungs_lead_search_add (self->db, self->keep, error)
         && rungs_lead_save (self->db, lead, self->now, error)
         && set_numbers (self, error);
}

static gboolean
count (Merging          *self,
       RungsMergeResult *result,
       GError          **error)
{
  result->merge = self->merge;
  result->lead = self->keep;
  return ask (self, SQL_COUNT_WALKS, &result->walks_ended, error)
         && ask (self, SQL_COUNT_WITHHELD, &result->messages_withheld, error);
}

static gboolean
merge (Merging          *self,
       RungsMergeResult *result,
       GError          **error)
{
  g_autoptr (GArray) ids = ids_of (self->plan);

  self->keep = g_array_index (ids, gint64, 0);
  take_choices (self);
  return add_merge (self, error) && rungs_merge_journal_begin (self->db, self->merge, ids, error)
         && refuse_written (self, error)
         && begin (self, error)
         && (self->consents = rungs_merge_consents_read (self->db, error)) != NULL
         && ask (self, SQL_COUNT_ORDERS, &result->orders_moved, error) && move (self, error)
         && save (self, error)
         && rungs_merge_consents_be_strict (self->consents, self->plan, self->now, error)
         && rungs_db_follow (self->db, error)
         && rungs_merge_journal_end (self->db, self->merge, error)
         && count (self, result, error);
}

gboolean
rungs_leads_merge (RungsDb          *db,
                   RungsMergePlan   *plan,
                   gint64            now,
                   RungsMergeResult *result,
                   GError          **error)
{
  g_autoptr (RungsMergePlan) fresh = NULL;
  g_autoptr (GArray) ids = NULL;
  Merging merging = { .db = db, .shown = plan, .now = now };
  gboolean merged;

  g_return_val_if_fail (plan != NULL && result != NULL, FALSE);
  g_return_val_if_fail (rungs_db_in_write (db), FALSE);

  *result = (RungsMergeResult) { 0 };
  ids = ids_of (plan);
  fresh = rungs_merge_plan_load (db, ids, error);
  merging.plan = fresh;
  merged = fresh != NULL && merge (&merging, result, error);
  g_clear_pointer (&merging.consents, rungs_merge_consents_free);
  return merged;
}
