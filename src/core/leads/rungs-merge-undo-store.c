/* rungs-merge-undo-store.c: takes a merge back.
 *
 * The journal puts back what the merge changed. Then what happened since to what went back to
 * another lead follows it there: messages of its walks, annulments of its consents, and the events
 * that tell of them. A lead that said no since said it while all were one: it holds for all. */

#include "leads/rungs-merge-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-search-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-merge-journal-store.h"

static const char SQL_LOAD[] = "SELECT coalesce (lead, 0), coalesce (undone_at, 0) FROM lead_merge"
                               " WHERE id = :merge";

static const char SQL_LATER[]
    = "SELECT coalesce (max (id), 0) FROM lead_merge"
      " WHERE lead = :keep AND id > :merge AND undone_at IS NULL";

static const char SQL_IS_WRITTEN_TO[]
    = "SELECT EXISTS (SELECT 1 FROM outbox WHERE lead = :keep AND state = 'claimed')";

/* When the merge was written down, and the leads that it took in. */
static const char SQL_EVENT[]
    = "SELECT coalesce (max (CAST (key ->> '$[0]' AS INTEGER)), 0) FROM lead_merge_row"
      " WHERE lead_merge = :merge AND place = 'event' AND before IS NULL"
      "   AND after ->> '$.kind' = 'lead.merged'";

static const char SQL_OTHERS[] = "SELECT was FROM lead_merged WHERE lead_merge = :merge";

/* A lead other than the one that stayed that has an address which must go back. */
static const char SQL_TAKEN[]
    = "SELECT l.email FROM lead_merge_row r JOIN lead l ON l.email_key = r.before ->> '$.email_key'"
      " WHERE r.lead_merge = :merge AND r.place = 'lead' AND l.id <> :keep LIMIT 1";

/* The one that stayed has it by now, and not by the merge. */
static const char SQL_TAKEN_BY_KEPT[]
    = "SELECT l.email FROM lead_merge_row r JOIN lead l ON l.email_key = r.before ->> '$.email_key'"
      " WHERE r.lead_merge = :merge AND r.place = 'lead' AND r.after IS NULL AND l.id = :keep"
      "   AND NOT EXISTS (SELECT 1 FROM lead_merge_row k"
      "                    WHERE k.lead_merge = :merge AND k.place = 'lead'"
      "                      AND k.after ->> '$.email_key' = l.email_key"
      "                      AND k.after ->> '$.email' = l.email"
      "                      AND k.before ->> '$.email_key' IS NOT l.email_key) LIMIT 1";

static const char SQL_IS_ID_TAKEN[]
    = "SELECT EXISTS (SELECT 1 FROM lead_merged m JOIN lead l ON l.id = m.was"
      "                WHERE m.lead_merge = :merge)";

static const char SQL_BOUNCE[]
    = "UPDATE lead SET bounced_at = :bounced WHERE email_key = :key AND id <> :keep";

/* What happened since to what went back, and the "no" said since: for one lead each. */
static const char *const SQL_FOLLOW[] = {
  "UPDATE outbox SET lead = :lead"
  " WHERE lead = :keep AND enrolment IN (SELECT id FROM enrolment WHERE lead = :lead)",
  "UPDATE consent SET lead = :lead"
  " WHERE lead = :keep AND annuls IN (SELECT id FROM consent WHERE lead = :lead)",
};

static const char SQL_EVENTS_FOLLOW[]
    = "UPDATE event SET lead = :lead"
      " WHERE lead = :keep AND id > :event"
      "   AND CASE WHEN kind LIKE 'mail.%'"
      "            THEN ref IN (SELECT id FROM outbox WHERE lead = :lead)"
      "            WHEN kind LIKE 'sequence.%'"
      "            THEN ref IN (SELECT id FROM enrolment WHERE lead = :lead)"
      "            WHEN kind = 'task.asked'"
      "            THEN ref IN (SELECT l.id FROM order_line l"
      "                           JOIN sales_order o ON o.id = l.sales_order"
      "                          WHERE o.lead = :lead)"
      "            WHEN kind LIKE 'task.%'"
      "            THEN ref IN (SELECT id FROM task WHERE lead = :lead)"
      "            WHEN kind LIKE 'consent.%'"
      "            THEN ref IN (SELECT id FROM consent WHERE lead = :lead)"
      "            WHEN kind IN ('note.changed', 'note.restored')"
      "            THEN ref IN (SELECT id FROM event WHERE lead = :lead)"
      "            WHEN kind = 'subscription.lapsed'"
      "            THEN ref IN (SELECT l.id FROM order_line l"
      "                           JOIN sales_order o ON o.id = l.sales_order"
      "                          WHERE o.lead = :lead)"
      "            WHEN kind = 'order.refunded'"
      "            THEN ref IN (SELECT r.id FROM refund r"
      "                           JOIN sales_order o ON o.id = r.sales_order"
      "                          WHERE o.lead = :lead)"
      "            WHEN kind = 'order.unrefunded'"
      "            THEN ref IN (SELECT id FROM sales_order WHERE lead = :lead)"
      "            ELSE 0 END";

static const char SQL_SAID_NO[]
    = "SELECT DISTINCT c.purpose, c.channel FROM event v JOIN consent c ON c.id = v.ref"
      " WHERE v.lead = :keep AND v.id > :event AND v.kind = 'consent.withdrawn'"
      "   AND NOT EXISTS (SELECT 1 FROM consent a WHERE a.annuls = c.id)";

static const char *const SQL_FORGET[] = {
  "DELETE FROM lead_merge_row WHERE lead_merge = :merge",
  "DELETE FROM lead_merge_moved WHERE lead_merge = :merge",
};

static const char SQL_UNDONE[] = "UPDATE lead_merge SET undone_at = :now WHERE id = :merge";

/* The timeline says who it was, until the merge is undone. */
static const char SQL_LIST[]
    = "SELECT m.id, m.lead, m.at, coalesce (v.detail, ''),"
      "       NOT EXISTS (SELECT 1 FROM lead_merge n"
      "                    WHERE n.lead = m.lead AND n.id > m.id AND n.undone_at IS NULL)"
      "  FROM lead_merge m"
      "  LEFT JOIN event v ON v.lead = m.lead AND v.kind = 'lead.merged' AND v.ref = m.id"
      " WHERE m.undone_at IS NULL AND m.lead IS NOT NULL AND (:lead = 0 OR m.lead = :lead)"
      " ORDER BY m.id DESC LIMIT :limit";

typedef struct
{
  RungsDb *db;
  gint64 merge;
  gint64 keep;
  gint64 event;
  gint64 now;
  GArray *others; /* (owned) gint64 */
} Undoing;

static RungsStatement *
prepare (Undoing    *self,
         const char *sql,
         GError    **error)
{
  RungsStatement *statement = rungs_db_prepare (self->db, sql, error);

  if (statement == NULL)
    return NULL;
  rungs_statement_offer_int64 (statement, ":merge", self->merge);
  rungs_statement_offer_int64 (statement, ":keep", self->keep);
  rungs_statement_offer_int64 (statement, ":event", self->event);
  rungs_statement_offer_int64 (statement, ":now", self->now);
  return statement;
}

static gboolean
ask (Undoing    *self,
     const char *sql,
     gint64     *answer,
     GError    **error)
{
  g_autoptr (RungsStatement) query = prepare (self, sql, error);

  return query != NULL && rungs_statement_get_number (query, 0, answer, error);
}

static gboolean
refuse (RungsError  code,
        const char *words,
        GError    **error)
{
  g_set_error_literal (error, RUNGS_ERROR, code, words);
  return FALSE;
}

/* ---- whether it can be undone */

static gboolean
load (Undoing *self,
      GError **error)
{
  g_autoptr (RungsStatement) query = prepare (self, SQL_LOAD, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  step = rungs_statement_step (query, error);
  if (step == RUNGS_FAILED)
    return FALSE;
  if (step == RUNGS_DONE)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, self->merge);

      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                   _ ("there is no merge of the number %s"), number);
      return FALSE;
    }
  self->keep = rungs_statement_get_int64 (query, 0);
  if (rungs_statement_get_int64 (query, 1) != 0)
    return refuse (RUNGS_ERROR_CONFLICT, _ ("this merge was undone before"), error);
  return self->keep != 0
         || refuse (RUNGS_ERROR_CONFLICT,
                    _ ("the lead was deleted or erased since: nothing is kept by which the merge "
                       "could be undone"),
                    error);
}

static gboolean
is_free_to_go (Undoing *self,
               GError **error)
{
  gint64 later = 0;
  gint64 written = 0;
  gint64 taken = 0;

  if (!ask (self, SQL_LATER, &later, error)
      || !ask (self, SQL_IS_WRITTEN_TO, &written, error)
      || !ask (self, SQL_IS_ID_TAKEN, &taken, error))
    return FALSE;
  if (later != 0)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, later);

      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("the lead was merged again later: undo merge %s first"), number);
      return FALSE;
    }
  if (written != 0)
    return refuse (RUNGS_ERROR_BUSY, _ ("a message to this lead is being sent just now"), error);
  return taken == 0
         || refuse (RUNGS_ERROR_CONFLICT, _ ("another lead stands where this one was"), error);
}

static gboolean
is_address_free (Undoing    *self,
                 const char *sql,
                 GError    **error)
{
  g_autoptr (RungsStatement) query = prepare (self, sql, error);
  RungsStep step = query ? rungs_statement_step (query, error) : RUNGS_FAILED;

  if (step == RUNGS_ROW)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                 _ ("another lead has the address %s by now: change it there, or merge the two "
                    "first"),
                 rungs_statement_get_text (query, 0));
  return step == RUNGS_DONE;
}

static gboolean
load_others (Undoing *self,
             GError **error)
{
  g_autoptr (RungsStatement) query = prepare (self, SQL_OTHERS, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 other = rungs_statement_get_int64 (query, 0);

      g_array_append_val (self->others, other);
    }
  return rungs_statement_done (query, error);
}

static gboolean
check (Undoing *self,
       GError **error)
{
  return load (self, error) && is_free_to_go (self, error)
         && is_address_free (self, SQL_TAKEN, error)
         && is_address_free (self, SQL_TAKEN_BY_KEPT, error) && load_others (self, error)
         && ask (self, SQL_EVENT, &self->event, error);
}

/* ---- what happened since */

static gboolean
follow_to (Undoing    *self,
           const char *sql,
           gint64      lead,
           GError    **error)
{
  g_autoptr (RungsStatement) update = prepare (self, sql, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":lead", lead);
  return rungs_statement_run (update, error);
}

static gboolean
follow (Undoing *self,
        gint64   lead,
        GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SQL_FOLLOW); i++)
    if (!follow_to (self, SQL_FOLLOW[i], lead, error))
      return FALSE;
  return follow_to (self, SQL_EVENTS_FOLLOW, lead, error);
}

/* The address of another that was used meanwhile and bounced. */
static gboolean
give_bounce (Undoing         *self,
             const RungsLead *before,
             GError         **error)
{
  g_autoptr (RungsStatement) update = prepare (self, SQL_BOUNCE, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_id (update, ":bounced", before->bounced_at);
  rungs_statement_bind_text (update, ":key", before->email_key);
  return rungs_statement_run (update, error);
}

/* Unless they agreed again. */
static gboolean
repeat_no (Undoing    *self,
           const char *purpose,
           const char *channel,
           GError    **error)
{
  RungsConsentState kept;

  if (!rungs_consent_state (self->db, self->keep, purpose, channel, &kept, error))
    return FALSE;
  for (guint i = 0; kept == RUNGS_CONSENT_WITHDRAWN && i < self->others->len; i++)
    {
      gint64 other = g_array_index (self->others, gint64, i);
      RungsConsentState state;

      if (!rungs_consent_state (self->db, other, purpose, channel, &state, error))
        return FALSE;
      if (state != RUNGS_CONSENT_WITHDRAWN
          && rungs_consent_withdraw (self->db, other, purpose, channel, self->now, "merge", error)
                 == 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
repeat_all_nos (Undoing *self,
                GError **error)
{
  g_autoptr (RungsStatement) query = prepare (self, SQL_SAID_NO, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    if (!repeat_no (self, rungs_statement_get_text (query, 0), rungs_statement_get_text (query, 1),
                    error))
      return FALSE;
  return rungs_statement_done (query, error);
}

static gboolean
put_all_back (Undoing *self,
              GError **error)
{
  g_autoptr (RungsLead) kept = rungs_lead_load (self->db, self->keep, error);

  if (kept == NULL || !rungs_lead_search_forget (self->db, self->keep, error)
      || !rungs_merge_journal_undo (self->db, self->merge, error)
      || !rungs_lead_search_add (self->db, self->keep, error))
    return FALSE;
  for (guint i = 0; i < self->others->len; i++)
    {
      gint64 other = g_array_index (self->others, gint64, i);

      if (!rungs_lead_search_add (self->db, other, error) || !follow (self, other, error))
        return FALSE;
    }
  return (kept->email_key == NULL || give_bounce (self, kept, error))
         && repeat_all_nos (self, error);
}

static gboolean
run (Undoing    *self,
     const char *sql,
     GError    **error)
{
  g_autoptr (RungsStatement) statement = prepare (self, sql, error);

  return statement != NULL && rungs_statement_run (statement, error);
}

static gboolean
finish (Undoing *self,
        GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SQL_FORGET); i++)
    if (!run (self, SQL_FORGET[i], error))
      return FALSE;
  if (!run (self, SQL_UNDONE, error)
      || rungs_event_add (self->db, self->keep, RUNGS_EVENT_LEAD_UNMERGED, self->now, self->merge,
                          NULL, error)
             == 0)
    return FALSE;
  for (guint i = 0; i < self->others->len; i++)
    if (rungs_event_add (self->db, g_array_index (self->others, gint64, i),
                         RUNGS_EVENT_LEAD_UNMERGED, self->now, self->merge, NULL, error)
        == 0)
      return FALSE;
  return TRUE;
}

gboolean
rungs_merge_undo (RungsDb *db,
                  gint64   merge,
                  gint64   now,
                  gint64  *lead,
                  GError **error)
{
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (gint64));
  Undoing undoing = { .db = db, .merge = merge, .now = now, .others = others };

  g_return_val_if_fail (rungs_db_in_write (db), FALSE);

  if (!check (&undoing, error) || !put_all_back (&undoing, error) || !finish (&undoing, error))
    return FALSE;
  if (lead != NULL)
    *lead = undoing.keep;
  return TRUE;
}

/* ---- what stands */

void
rungs_merge_entry_free (RungsMergeEntry *self)
{
  g_free (self->names);
  g_free (self);
}

static RungsMergeEntry *
entry_from_row (RungsStatement *row)
{
  RungsMergeEntry *entry = g_new0 (RungsMergeEntry, 1);

  entry->id = rungs_statement_get_int64 (row, 0);
  entry->lead = rungs_statement_get_int64 (row, 1);
  entry->at = rungs_statement_get_int64 (row, 2);
  entry->names = rungs_statement_dup_text (row, 3);
  entry->newest = rungs_statement_get_int64 (row, 4) != 0;
  return entry;
}

GPtrArray *
rungs_merge_list (RungsDb *db,
                  gint64   lead,
                  guint    limit,
                  GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_merge_entry_free);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_int64 (query, ":limit", limit);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    g_ptr_array_add (entries, entry_from_row (query));
  return rungs_statement_done (query, error) ? g_steal_pointer (&entries) : NULL;
}
