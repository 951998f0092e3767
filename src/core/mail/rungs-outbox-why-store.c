/* rungs-outbox-why-store.c: why a message leaves, left, waits or does not leave.
 *
 * What has ended is decided by what became of it; the checks then tell how it would be now. What is
 * planned is decided as claiming does: it is not looked at before its time; then the account must
 * send, and may; then the first check that says no decides. */

#include "mail/rungs-outbox-why-store.h"

#include "db/rungs-statement.h"
#include "mail/rungs-account-rule-words.h"
#include "mail/rungs-outbox-check-store.h"
#include "mail/rungs-outbox-limit-store.h"
#include "mail/rungs-outbox-private.h"
#include "mail/rungs-outbox-route-store.h"
#include "mail/rungs-outbox-store.h"

static const char SQL_LAST[] = "SELECT o.id FROM outbox o"
                               " WHERE o.lead = :lead AND o.message = :message"
                               " ORDER BY o.id DESC LIMIT 1";

void
rungs_outbox_why_free (RungsOutboxWhy *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->row, rungs_outbox_row_free);
  g_clear_pointer (&self->account, rungs_account_free);
  g_clear_pointer (&self->lines, g_array_unref);
  g_free (self);
}

static void
add_line (GArray     *lines,
          const char *check,
          const char *reason,
          gint64      until)
{
  RungsWhyLine line = { check, g_intern_string (reason), until, FALSE, NULL };

  g_array_append_val (lines, line);
}

/* What the message waits for before it is looked at. */
static void
add_due (RungsOutboxWhy *self,
         gint64          now)
{
  const RungsOutboxRow *row = self->row;
  gboolean waits = row != NULL && row->due_at > now;

  add_line (self->lines, RUNGS_WHY_DUE,
            !waits                 ? NULL
            : *row->reason != '\0' ? row->reason
                                   : RUNGS_WHY_NOT_DUE,
            waits ? row->due_at : 0);
}

/* Says of the last line by which rule the account was chosen. */
static gboolean
tell_rule (RungsOutboxWhy  *self,
           RungsDb         *db,
           GError         **error)
{
  g_autoptr (GPtrArray) rules = rungs_account_rule_list (db, error);
  g_autofree char *words
    = rules ? rungs_account_rules_dup_choice (rules, self->account, self->rule) : NULL;

  g_array_index (self->lines, RungsWhyLine, self->lines->len - 1).about = g_intern_string (words);
  return rules != NULL;
}

/* Which account sends it, and by which rule. Of what has ended, the one that did. */
static gboolean
find_account (RungsOutboxWhy  *self,
              RungsDb         *db,
              gint64           lead,
              gint64           message,
              gint64           now,
              GError         **error)
{
  gint64 account = 0;

  if (self->row != NULL
        ? !rungs_outbox_find_route (db, self->row->id, now, &account, &self->rule, error)
        : !rungs_outbox_imagine_route (db, lead, message, now, &account, &self->rule, error))
    return FALSE;
  if (account == 0)
    return TRUE;
  self->account = rungs_account_load (db, account, error);
  return self->account != NULL;
}

static gboolean
add_account (RungsOutboxWhy  *self,
             RungsDb         *db,
             gint64           now,
             GError         **error)
{
  gint64 room = 1;
  gint64 next_at = 0;

  if (self->account == NULL)
    {
      add_line (self->lines, RUNGS_WHY_ACCOUNT, RUNGS_WHY_NO_ACCOUNT, 0);
      return TRUE;
    }
  if (!rungs_outbox_room (db, self->account, now, &room, &next_at, error))
    return FALSE;
  add_line (self->lines, RUNGS_WHY_ACCOUNT,
            self->account->paused_at != 0 ? RUNGS_WHY_ACCOUNT_PAUSED : NULL, 0);
  if (!tell_rule (self, db, error))
    return FALSE;
  add_line (self->lines, RUNGS_WHY_LIMITS, room == 0 ? RUNGS_WHY_LIMIT : NULL,
            room == 0 ? next_at : 0);
  return TRUE;
}

/* Of what has ended only by which rule it left. */
static gboolean
add_account_of_ended (RungsOutboxWhy  *self,
                      RungsDb         *db,
                      GError         **error)
{
  if (self->account == NULL || self->rule == 0)
    return TRUE;
  add_line (self->lines, RUNGS_WHY_ACCOUNT, NULL, 0);
  return tell_rule (self, db, error);
}

static gboolean
add_checks (RungsOutboxWhy        *self,
            RungsDb               *db,
            RungsOutboxCandidate  *candidate,
            gint64                 now,
            GError               **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_auto (RungsOutboxChecks) checks = { .db = db, .now = now, .business = business };
  g_autoptr (GArray) asked = NULL;

  if (business == NULL)
    return FALSE;
  asked = rungs_outbox_check_every (&checks, candidate, error);
  for (guint i = 0; asked != NULL && i < asked->len; i++)
    {
      const RungsOutboxChecked *checked = &g_array_index (asked, RungsOutboxChecked, i);
      const RungsOutboxAnswer *answer = &checked->answer;

      add_line (self->lines, checked->check,
                answer->withheld != NULL ? answer->withheld : answer->postponed,
                answer->withheld != NULL ? 0 : answer->until);
    }
  return asked != NULL;
}

void
rungs_why_lines_order (GArray *lines)
{
  for (guint i = 1; i < lines->len; i++)
    {
      RungsWhyLine line = g_array_index (lines, RungsWhyLine, i);

      if (!line.decides)
        continue;
      g_array_remove_index (lines, i);
      g_array_prepend_val (lines, line);
    }
}

static gboolean
has_ended (const RungsOutboxRow *row)
{
  return row != NULL && row->state != RUNGS_OUTBOX_PLANNED;
}

/* The first that says no. What has ended is decided by the first line. */
static void
decide (RungsOutboxWhy *self)
{
  guint i = 0;

  while (i < self->lines->len && !has_ended (self->row)
         && g_array_index (self->lines, RungsWhyLine, i).reason == NULL)
    i++;
  if (i < self->lines->len)
    g_array_index (self->lines, RungsWhyLine, i).decides = TRUE;
  rungs_why_lines_order (self->lines);
}

/* Takes both. */
static RungsOutboxWhy *
explain (RungsDb               *db,
         RungsOutboxRow        *row,
         RungsOutboxCandidate  *candidate,
         gint64                 now,
         GError               **error)
{
  g_autoptr (RungsOutboxWhy) self = g_new0 (RungsOutboxWhy, 1);
  gboolean explained;

  self->row = row;
  self->lines = g_array_new (FALSE, FALSE, sizeof (RungsWhyLine));
  if (has_ended (row))
    add_line (self->lines, RUNGS_WHY_STATE, *row->reason != '\0' ? row->reason : NULL, 0);
  else
    add_due (self, now);
  explained = find_account (self, db, candidate->claim->lead, candidate->claim->message, now, error)
              && (has_ended (row) ? add_account_of_ended (self, db, error)
                                  : add_account (self, db, now, error))
              && add_checks (self, db, candidate, now, error);
  rungs_outbox_candidate_free (candidate);
  if (!explained)
    return NULL;
  decide (self);
  return g_steal_pointer (&self);
}

RungsOutboxWhy *
rungs_outbox_why (RungsDb  *db,
                  gint64    id,
                  gint64    now,
                  GError  **error)
{
  RungsOutboxRow *row;
  RungsOutboxCandidate *candidate;

  g_return_val_if_fail (db != NULL, NULL);

  row = rungs_outbox_load (db, id, error);
  if (row == NULL)
    return NULL;
  candidate = rungs_outbox_candidate_load (db, id, error);
  if (candidate != NULL)
    return explain (db, row, candidate, now, error);
  rungs_outbox_row_free (row);
  return NULL;
}

RungsOutboxWhy *
rungs_outbox_why_lead (RungsDb  *db,
                       gint64    lead,
                       gint64    message,
                       gint64    now,
                       GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LAST, error);
  RungsOutboxCandidate *candidate;
  gint64 id = 0;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_int64 (query, ":message", message);
  if (!rungs_statement_get_number (query, 0, &id, error))
    return NULL;
  if (id != 0)
    return rungs_outbox_why (db, id, now, error);
  candidate = rungs_outbox_candidate_imagine (db, lead, message, error);
  return candidate != NULL ? explain (db, NULL, candidate, now, error) : NULL;
}
