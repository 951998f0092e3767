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
#include "leads/rungs-consent-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-search-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-merge-journal-store.h"
#include "leads/rungs-name-fold.h"
#include "leads/rungs-suppression-store.h"

#define OF_OTHERS " lead IN (SELECT id FROM temp.merge_lead WHERE rank > 0)"
#define OF_ALL " lead IN (SELECT id FROM temp.merge_lead)"

static const char SQL_IS_WRITTEN_TO[]
    = "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'claimed' AND" OF_ALL ")";

static const char SQL_ADD_MERGE[] = "INSERT INTO lead_merge (lead, at) VALUES (:keep, :now)";

static const char SQL_ADD_MERGED[]
    = "INSERT INTO lead_merged (lead_merge, was)"
      " SELECT :merge, id FROM temp.merge_lead WHERE rank > 0";

/* What each lead says of each purpose and channel: its last row that stands. (CROSS JOIN: nobody
 * knows how few the leads are, and all consents would be read instead.) */
static const char SQL_STATES[]
    = "SELECT m.rank, c.purpose, c.channel, c.action = 'withdrawn'"
      "  FROM temp.merge_lead m CROSS JOIN consent c"
      " WHERE c.lead = m.id AND c.action <> 'annulled'"
      "   AND NOT EXISTS (SELECT 1 FROM consent a WHERE a.annuls = c.id)"
      "   AND NOT EXISTS (SELECT 1 FROM consent n"
      "                    WHERE n.lead = c.lead AND n.purpose = c.purpose"
      "                      AND n.channel = c.channel AND n.id > c.id"
      "                      AND n.action <> 'annulled'"
      "                      AND NOT EXISTS (SELECT 1 FROM consent b WHERE b.annuls = n.id))"
      " ORDER BY m.rank, c.id";

/* The agreements of a lead that stand. */
static const char SQL_GIVEN[]
    = "SELECT c.id FROM consent c"
      " WHERE c.lead = :keep AND c.purpose = :purpose AND c.channel = :channel"
      "   AND c.action = 'given' AND NOT EXISTS (SELECT 1 FROM consent a WHERE a.annuls = c.id)"
      " ORDER BY c.id";

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
  "UPDATE task SET lead = :keep WHERE" OF_OTHERS,
  "UPDATE event SET lead = :keep WHERE" OF_OTHERS,
  "UPDATE lead_merge SET lead = :keep WHERE" OF_OTHERS,
};

/* What the lead that stays may have too, and the points of all. A tag that one of them got by hand
 * does not go with an import. A lead is only then taken away with the import that made it if all of
 * them were made by imports. */
static const char *const SQL_COPY[] = {
  "UPDATE lead SET (points, score) = (SELECT sum (l.points), sum (l.score) FROM lead l"
  "                                    WHERE l.id IN (SELECT m.id FROM temp.merge_lead m))"
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
  GPtrArray *states;     /* (owned) State */
} Merging;

/* What a lead says of a purpose and channel. */
typedef struct
{
  guint rank;
  char *purpose;
  char *channel;
  gboolean withdrawn;
} State;

static void
state_free (State *state)
{
  g_free (state->purpose);
  g_free (state->channel);
  g_free (state);
}

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

/* ---- consent */

static gboolean
read_states (Merging *self,
             GError **error)
{
  g_autoptr (RungsStatement) query = prepare (self, SQL_STATES, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      State *state = g_new0 (State, 1);

      state->rank = rungs_statement_get_int64 (query, 0);
      state->purpose = rungs_statement_dup_text (query, 1);
      state->channel = rungs_statement_dup_text (query, 2);
      state->withdrawn = rungs_statement_get_int64 (query, 3) != 0;
      g_ptr_array_add (self->states, state);
    }
  return rungs_statement_done (query, error);
}

/* What the lead of that rank, or (G_MAXUINT) whoever said no, says of the same. */
static State *
find_state (Merging     *self,
            const State *like,
            guint        rank)
{
  for (guint i = 0; i < self->states->len; i++)
    {
      State *state = g_ptr_array_index (self->states, i);

      if (strcmp (state->purpose, like->purpose) == 0 && strcmp (state->channel, like->channel) == 0
          && (rank == G_MAXUINT ? state->withdrawn : state->rank == rank))
        return state;
    }
  return NULL;
}

/* The same, or one mailbox written in two ways. */
static gboolean
is_same (const char *a,
         const char *b)
{
  g_autofree char *x = g_utf8_strdown (a, -1);
  g_autofree char *y = g_utf8_strdown (b, -1);
  g_autofree char *x_key = rungs_email_variant_key (x);
  g_autofree char *y_key = rungs_email_variant_key (y);

  return strcmp (x_key, y_key) == 0;
}

/* Whether what was agreed to with one address or number now stands beside another, whose lead
 * agreed to nothing. */
static gboolean
is_for_another (Merging     *self,
                const State *given)
{
  gboolean mail = strcmp (given->channel, RUNGS_CHANNEL_EMAIL) == 0;
  const char *column = mail ? "email" : "phone";
  const RungsMergeField *field = rungs_merge_plan_find (self->plan, column);

  if ((!mail && strcmp (given->channel, "phone") != 0 && strcmp (given->channel, "sms") != 0)
      || field == NULL || field->chosen == RUNGS_MERGE_ALL
      || find_state (self, given, field->chosen) != NULL)
    return FALSE;
  return !is_same (g_ptr_array_index (field->values, field->chosen),
                   g_ptr_array_index (field->values, given->rank));
}

static gboolean
annul_given (Merging     *self,
             const State *like,
             GError     **error)
{
  g_autoptr (RungsStatement) query = prepare (self, SQL_GIVEN, error);
  g_autoptr (GArray) given = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":purpose", like->purpose);
  rungs_statement_bind_text (query, ":channel", like->channel);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 id = rungs_statement_get_int64 (query, 0);

      g_array_append_val (given, id);
    }
  if (!rungs_statement_done (query, error))
    return FALSE;
  for (guint i = 0; i < given->len; i++)
    if (rungs_consent_annul (self->db, g_array_index (given, gint64, i), self->now, "merge", error)
        == 0)
      return FALSE;
  return TRUE;
}

static gboolean
be_as_strict (Merging     *self,
              const State *was,
              GError     **error)
{
  RungsConsentState state = RUNGS_CONSENT_NONE;

  if (!rungs_consent_state (self->db, self->keep, was->purpose, was->channel, &state, error))
    return FALSE;
  if (state != RUNGS_CONSENT_GIVEN)
    return TRUE;
  if (find_state (self, was, G_MAXUINT) != NULL)
    return rungs_consent_withdraw (self->db, self->keep, was->purpose, was->channel, self->now,
                                   "merge", error)
           != 0;
  return !is_for_another (self, was) || annul_given (self, was, error);
}

/* Whoever had an address suppressed gets nothing at the one that stays either. */
static gboolean
suppress (Merging *self,
          GError **error)
{
  g_autoptr (RungsLead) kept = rungs_lead_load (self->db, self->keep, error);

  for (guint i = 0; kept != NULL && kept->email != NULL && i < self->plan->leads->len; i++)
    {
      const RungsLead *lead = lead_at (self, i);
      RungsSuppressed reason = RUNGS_SUPPRESSED_NOT;

      if (lead->email == NULL || g_strcmp0 (lead->email_key, kept->email_key) == 0)
        continue;
      if (!rungs_suppression_check (self->db, lead->email, &reason, error))
        return FALSE;
      if (reason == RUNGS_SUPPRESSED_ERASED)
        reason = RUNGS_SUPPRESSED_UNSUBSCRIBED;
      if (reason != RUNGS_SUPPRESSED_NOT && reason != RUNGS_SUPPRESSED_BOUNCED
          && !rungs_suppression_add (self->db, kept->email, reason, "merge", self->now, error))
        return FALSE;
    }
  return kept != NULL;
}

static gboolean
be_strict (Merging *self,
           GError **error)
{
  for (guint i = 0; i < self->states->len; i++)
    if (!be_as_strict (self, g_ptr_array_index (self->states, i), error))
      return FALSE;
  return suppress (self, error);
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
  return add_merge (self, error) && rungs_merge_journal_begin (self->db, ids, error)
         && refuse_written (self, error)
         && begin (self, error) && read_states (self, error)
         && ask (self, SQL_COUNT_ORDERS, &result->orders_moved, error) && move (self, error)
         && save (self, error) && be_strict (self, error) && rungs_db_follow (self->db, error)
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
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func ((GDestroyNotify) state_free);
  g_autoptr (RungsMergePlan) fresh = NULL;
  g_autoptr (GArray) ids = NULL;
  Merging merging = { .db = db, .shown = plan, .now = now, .states = states };

  g_return_val_if_fail (plan != NULL && result != NULL, FALSE);
  g_return_val_if_fail (rungs_db_in_write (db), FALSE);

  *result = (RungsMergeResult) { 0 };
  ids = ids_of (plan);
  fresh = rungs_merge_plan_load (db, ids, error);
  merging.plan = fresh;
  return fresh != NULL && merge (&merging, result, error);
}
