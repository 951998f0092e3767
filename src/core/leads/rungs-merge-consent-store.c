/* rungs-merge-consent-store.c: makes the consents of a merged lead as strict as those of the leads
 * that it was made of. */

#include "leads/rungs-merge-consent-store.h"

#include <string.h>

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-name-fold.h"
#include "leads/rungs-suppression-store.h"

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

struct _RungsMergeConsents
{
  RungsDb *db;
  RungsMergePlan *plan;
  gint64 keep;
  gint64 now;
  GPtrArray *states; /* (owned) (element-type State) */
};

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

static RungsLead *
lead_at (RungsMergeConsents *self,
         guint               rank)
{
  return g_ptr_array_index (self->plan->leads, rank);
}

static gboolean
read_states (RungsMergeConsents *self,
             GError            **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, SQL_STATES, error);

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
find_state (RungsMergeConsents *self,
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
is_for_another (RungsMergeConsents *self,
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
annul_given (RungsMergeConsents *self,
             const State *like,
             GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, SQL_GIVEN, error);
  g_autoptr (GArray) given = NULL;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":keep", self->keep);
  rungs_statement_bind_text (query, ":purpose", like->purpose);
  rungs_statement_bind_text (query, ":channel", like->channel);
  given = rungs_record_ids (query, error);
  if (given == NULL)
    return FALSE;
  for (guint i = 0; i < given->len; i++)
    if (rungs_consent_annul (self->db, g_array_index (given, gint64, i), self->now, "merge", error)
        == 0)
      return FALSE;
  return TRUE;
}

static gboolean
be_as_strict (RungsMergeConsents *self,
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
suppress (RungsMergeConsents *self,
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

void
rungs_merge_consents_free (RungsMergeConsents *self)
{
  g_ptr_array_unref (self->states);
  g_free (self);
}

RungsMergeConsents *
rungs_merge_consents_read (RungsDb *db,
                           GError **error)
{
  g_autoptr (RungsMergeConsents) self = g_new0 (RungsMergeConsents, 1);

  self->db = db;
  self->states = g_ptr_array_new_with_free_func ((GDestroyNotify) state_free);
  return read_states (self, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
rungs_merge_consents_be_strict (RungsMergeConsents *self,
                                RungsMergePlan     *plan,
                                gint64              now,
                                GError            **error)
{
  g_return_val_if_fail (self != NULL && plan != NULL, FALSE);

  self->plan = plan;
  self->keep = lead_at (self, 0)->id;
  self->now = now;
  for (guint i = 0; i < self->states->len; i++)
    if (!be_as_strict (self, g_ptr_array_index (self->states, i), error))
      return FALSE;
  return suppress (self, error);
}
