/* rungs-import-undo-store.c: takes an import back. */

#include "leads/rungs-import.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "base/rungs-error.h"
#include "db/rungs-index.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-event.h"
#include "leads/rungs-import-script.h"
#include "leads/rungs-lead-search-store.h"

/* About as many statements as it takes. */
#define STEPS 26

/* The leads of an import of orders go when its orders are gone. */
static const char SQL_LOAD[]
    = "SELECT file_name, undone_at, EXISTS (SELECT 1 FROM order_import o"
      "                                      WHERE o.run = r.id AND o.undone_at IS NULL)"
      "  FROM import_run r WHERE id = :id";

/* The leads that the import made, and whether there is more about them than the import and what it
 * set off by itself (enrolments, messages that wait, tags of a sequence). */
static const char *const SQL_FIND[] = {
  "DROP TABLE IF EXISTS temp.import_undo",
  "CREATE TEMP TABLE import_undo (lead INTEGER PRIMARY KEY, keep INTEGER NOT NULL)",
  "INSERT INTO import_undo (lead, keep)"
  " SELECT i.lead,"
  "        EXISTS (SELECT 1 FROM sales_order o WHERE o.lead = i.lead)"
  "     OR EXISTS (SELECT 1 FROM outbox o"
  "                 WHERE o.lead = i.lead AND +o.state IN ('claimed', 'sent', 'doubt'))"
  "     OR EXISTS (SELECT 1 FROM touch t WHERE t.lead = i.lead AND t.run IS NOT :run)"
  "     OR EXISTS (SELECT 1 FROM consent c LEFT JOIN import_run r ON r.id = c.run"
  "                 WHERE c.lead = i.lead AND c.run IS NOT :run AND r.undone_at IS NULL)"
  "     OR EXISTS (SELECT 1 FROM task t WHERE t.lead = i.lead AND +t.event IS NULL)"
  "     OR EXISTS (SELECT 1 FROM coupon_given g WHERE g.lead = i.lead)"
  "     OR EXISTS (SELECT 1 FROM import_lead j JOIN import_run r ON r.id = j.run"
  "                 WHERE j.lead = i.lead AND j.run <> :run AND r.undone_at IS NULL)"
  "     OR EXISTS (SELECT 1 FROM event e"
  "                 WHERE e.lead = i.lead"
  "                   AND +e.kind IN ('lead.changed', 'note.added', 'call.logged',"
  "                                   'meeting.logged', 'form.submitted'))"
  "   FROM import_lead i WHERE i.run = :run AND i.created = 1",
};

/* What people wrote that may name a tag, a field or a source: in JSON, or as such a text. */
static const char *const SQL_FIND_RULES[] = {
  "DROP TABLE IF EXISTS temp.import_undo_rule",
  "CREATE TEMP TABLE import_undo_rule AS"
  " SELECT lower (rule) AS text FROM segment WHERE rule IS NOT NULL"
  " UNION ALL SELECT lower (condition) FROM offer WHERE condition IS NOT NULL"
  " UNION ALL SELECT lower (rule) FROM broadcast"
  " UNION ALL SELECT lower (graph) FROM sequence_version"
  " UNION ALL SELECT lower (graph) FROM sequence_draft"
  " UNION ALL SELECT lower (json_quote (pattern)) FROM score_rule",
};
#define NAMED(name)                                                                                \
  "EXISTS (SELECT 1 FROM import_undo_rule WHERE instr (text, lower (json_quote (" name "))) > 0)"

static const char SQL_COUNT_DELETED[] = "SELECT count (*) FROM import_undo WHERE NOT keep";
static const char SQL_COUNT_KEPT[] = "SELECT count (*) FROM import_undo WHERE keep";
static const char SQL_COUNT_MET[] = "SELECT count (*) FROM import_lead WHERE run = :run";
static const char SQL_COUNT_LEADS[] = "SELECT count (*) FROM lead";
static const char SQL_KEPT[] = "SELECT lead FROM import_undo WHERE keep";

/* In the order of their tables, before each lead takes along what is left. */
static const char *const SQL_DELETE_PARTS[] = {
  "DELETE FROM lead_tag WHERE run = :run",
  "DELETE FROM touch WHERE run = :run",
  "DELETE FROM outbox WHERE lead IN (SELECT lead FROM import_undo WHERE NOT keep)",
};

static const char SQL_DELETE_LEADS[]
    = "DELETE FROM lead WHERE id IN (SELECT lead FROM import_undo WHERE NOT keep)";

static const char SQL_COUNT_CHANGES[]
    = "SELECT count (*) FROM import_change WHERE run = :run AND field <> 'updated_at'";

/* How many values are still what the import wrote. */
static const char SQL_COUNT_RESTORED[]
    = "SELECT count (*)"
      "  FROM import_change c JOIN lead l ON l.id = c.lead"
      " WHERE c.run = :run AND c.field <> 'updated_at'"
      "   AND c.after = CASE c.field"
      "                   WHEN 'first_name' THEN l.first_name"
      "                   WHEN 'last_name' THEN l.last_name"
      "                   WHEN 'company' THEN l.company"
      "                   WHEN 'phone' THEN l.phone"
      "                   WHEN 'street' THEN l.street"
      "                   WHEN 'postcode' THEN l.postcode"
      "                   WHEN 'city' THEN l.city"
      "                   WHEN 'region' THEN l.region"
      "                   WHEN 'country' THEN l.country"
      "                   WHEN 'language' THEN l.language"
      "                   WHEN 'zone' THEN l.zone"
      "                   WHEN 'notes' THEN l.notes"
      "                   ELSE (SELECT v.value FROM lead_value v JOIN field f ON f.id = v.field"
      "                          WHERE v.lead = l.id AND 'field:' || f.key = c.field) END";

#define BACK(column)                                                                               \
  column " = coalesce ((SELECT coalesce (c.before, '') FROM import_change c"                       \
  " WHERE c.run = :run AND c.lead = lead.id AND c.field = '" column "' AND c.after = lead." column \
  "), " column ")"

static const char SQL_RESTORE_LEADS[]
    = "UPDATE lead SET "
      BACK ("first_name")
      ", "
      BACK ("last_name")
      ", "
      BACK ("company")
      ", "
      BACK ("phone")
      ", "
      BACK ("street")
      ", "
      BACK ("postcode")
      ", "
      BACK ("city")
      ", "
      BACK ("region")
      ", "
      BACK ("country")
      ", "
      BACK ("language")
      ", "
      BACK ("zone")
      ", "
      BACK ("notes")
      /* where nothing but the import has changed it */
      ", updated_at = coalesce ((SELECT CAST (c.before AS INTEGER) FROM import_change c"
      "                           WHERE c.run = :run AND c.lead = lead.id"
      "                             AND c.field = 'updated_at'"
      "                             AND c.after = CAST (lead.updated_at AS TEXT)), :now)"
      " WHERE id IN (SELECT lead FROM import_change WHERE run = :run)";

static const char *const SQL_RESTORE_VALUES[] = {
  "DELETE FROM lead_value"
  " WHERE lead IN (SELECT lead FROM import_change WHERE run = :run)"
  "   AND EXISTS (SELECT 1 FROM import_change c JOIN field f ON c.field = 'field:' || f.key"
  "                WHERE c.run = :run AND c.lead = lead_value.lead AND f.id = lead_value.field"
  "                  AND c.after = lead_value.value AND c.before IS NULL)",
  "UPDATE lead_value SET value = c.before"
  "  FROM import_change c JOIN field f ON c.field = 'field:' || f.key"
  " WHERE c.run = :run AND c.lead = lead_value.lead AND f.id = lead_value.field"
  "   AND c.after = lead_value.value AND c.before IS NOT NULL",
};

/* What it made besides leads, as far as nothing else has come to use it. */
static const char *const SQL_DELETE_MADE[] = {
  "DELETE FROM tag"
  " WHERE id IN (SELECT id FROM import_made WHERE run = :run AND place = 'tag')"
  "   AND NOT EXISTS (SELECT 1 FROM lead_tag t WHERE t.tag = tag.id)"
  "   AND NOT " NAMED ("tag.name"),
  "DELETE FROM field"
  " WHERE id IN (SELECT id FROM import_made WHERE run = :run AND place = 'field')"
  "   AND retired_at IS NULL"
  "   AND instr ((SELECT r.mapping FROM import_run r WHERE r.id = :run),"
  "              '\"field:' || key || iif (kind = 'text', '', ':' || kind) || '\"') > 0"
  "   AND NOT EXISTS (SELECT 1 FROM lead_value v WHERE v.field = field.id)"
  "   AND NOT " NAMED ("'field:' || field.key"),
  "UPDATE import_run SET source = NULL"
  " WHERE id = :run"
  "   AND source IN (SELECT id FROM import_made WHERE run = :run AND place = 'source')"
  "   AND NOT EXISTS (SELECT 1 FROM touch t WHERE t.source = import_run.source)"
  "   AND NOT EXISTS (SELECT 1 FROM source_spend s WHERE s.source = import_run.source)"
  "   AND NOT EXISTS (SELECT 1 FROM way_in w WHERE w.source = import_run.source)"
  "   AND NOT EXISTS (SELECT 1 FROM coupon c WHERE c.source = import_run.source)"
  "   AND NOT EXISTS (SELECT 1 FROM import_run o"
  "                    WHERE o.source = import_run.source AND o.id <> :run)"
  "   AND NOT EXISTS (SELECT 1 FROM source s WHERE s.id = import_run.source"
  "                      AND (" NAMED ("s.name") " OR " NAMED ("s.kind || ':' || s.name") "))",
  "DELETE FROM source"
  " WHERE id IN (SELECT id FROM import_made WHERE run = :run AND place = 'source')"
  "   AND NOT EXISTS (SELECT 1 FROM import_run r WHERE r.id = :run AND r.source = source.id)",
  "DELETE FROM import_made WHERE run = :run",
};

static const char *const SQL_FINISH[] = {
  "INSERT INTO consent (lead, purpose, channel, action, annuls, at, origin, wording, run)"
  " SELECT c.lead, c.purpose, c.channel, 'annulled', c.id, :now, 'import', '', :run FROM consent c"
  "  WHERE c.run = :run AND c.action = 'given'"
  "    AND NOT EXISTS (SELECT 1 FROM consent a WHERE a.annuls = c.id)",
  "INSERT INTO event (lead, kind, at, ref, detail, run)"
  " SELECT lead, 'consent.annulled', :now, id, purpose || '/' || channel, :run FROM consent"
  "  WHERE run = :run AND action = 'annulled' AND at = :now",
  "UPDATE import_run SET undone_at = :now WHERE id = :run",
  "DELETE FROM import_change WHERE run = :run",
  "DROP TABLE temp.import_undo",
  "DROP TABLE temp.import_undo_rule",
};

/* The name of the imported file; NULL where the import cannot be taken back. */
static char *
load_file_name (RungsDb *db,
                gint64   run,
                GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);
  RungsStep step;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", run);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                 _ ("There is no import %" PRId64 "."), run);
  else if (step == RUNGS_ROW && !rungs_statement_is_null (query, 1))
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                 _ ("Import %" PRId64 " was taken back before."), run);
  else if (step == RUNGS_ROW && rungs_statement_get_int64 (query, 2) != 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                 _ ("Import %" PRId64 " is one of orders: take it back as such."), run);
  else if (step == RUNGS_ROW)
    return rungs_statement_dup_text (query, 0);
  return NULL;
}

static gboolean
add_kept_to_search (RungsDb *db,
                    GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_KEPT, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    if (!rungs_lead_search_add (db, rungs_statement_get_int64 (query, 0), error))
      return FALSE;
  return rungs_statement_done (query, error);
}

/* Where most leads go, what is left is put into indexes and search anew. */
static gboolean
delete_most (RungsImportScript *script,
             GError           **error)
{
  g_autoptr (GPtrArray) indexes = rungs_db_drop_indexes (script->db, "lead", error);

  return indexes != NULL && rungs_import_script_run (script, SQL_DELETE_LEADS, error)
         && rungs_db_create_indexes (script->db, indexes, error);
}

static gboolean
delete_leads (RungsImportScript *script,
              gboolean           rebuild,
              GError           **error)
{
  RungsDb *db = script->db;
  gint64 run = script->parameters.run;

  if (!rungs_import_script_run_all (script, SQL_DELETE_PARTS, G_N_ELEMENTS (SQL_DELETE_PARTS),
                                    error))
    return FALSE;
  if (rebuild)
    return delete_most (script, error);
  return rungs_lead_search_forget_created (db, run, error)
         && rungs_import_script_run (script, SQL_DELETE_LEADS, error)
         && add_kept_to_search (db, error);
}

static gboolean
restore_leads (RungsImportScript *script,
               gboolean           rebuild,
               RungsImportUndo   *undo,
               GError           **error)
{
  RungsDb *db = script->db;
  gint64 run = script->parameters.run;
  gint64 changes;

  if (!rungs_import_script_ask (script, SQL_COUNT_CHANGES, &changes, error)
      || !rungs_import_script_ask (script, SQL_COUNT_RESTORED, &undo->values_restored, error))
    return FALSE;
  undo->values_kept = changes - undo->values_restored;
  if (undo->values_restored == 0)
    return TRUE;
  return (rebuild || rungs_lead_search_forget_changed (db, run, error))
         && rungs_import_script_run (script, SQL_RESTORE_LEADS, error)
         && rungs_import_script_run_all (script, SQL_RESTORE_VALUES,
                                         G_N_ELEMENTS (SQL_RESTORE_VALUES), error)
         && (rebuild || rungs_lead_search_add_changed (db, run, error));
}

static gboolean
undo_import (RungsImportScript *script,
             RungsImportUndo   *undo,
             GError           **error)
{
  gint64 leads;
  gboolean rebuild;

  if (!rungs_import_script_run_all (script, SQL_FIND, G_N_ELEMENTS (SQL_FIND), error)
      || !rungs_import_script_run_all (script, SQL_FIND_RULES, G_N_ELEMENTS (SQL_FIND_RULES), error)
      || !rungs_import_script_ask (script, SQL_COUNT_DELETED, &undo->leads_deleted, error)
      || !rungs_import_script_ask (script, SQL_COUNT_KEPT, &undo->leads_kept, error)
      || !rungs_import_script_ask (script, SQL_COUNT_LEADS, &leads, error))
    return FALSE;

  rebuild = 2 * undo->leads_deleted > leads;
  return delete_leads (script, rebuild, error) && restore_leads (script, rebuild, undo, error)
         && rungs_import_script_run_all (script, SQL_DELETE_MADE, G_N_ELEMENTS (SQL_DELETE_MADE),
                                         error)
         && rungs_import_script_run_all (script, SQL_FINISH, G_N_ELEMENTS (SQL_FINISH), error)
         && (!rebuild || rungs_lead_search_rebuild (script->db, error));
}

gboolean
rungs_import_undo (RungsDb                *db,
                   gint64                  run,
                   gint64                  now,
                   RungsImportProgressFunc progress,
                   gpointer                progress_data,
                   GCancellable           *cancellable,
                   RungsImportUndo        *undo,
                   GError                **error)
{
  RungsImportWork work = { progress, progress_data, cancellable, .n_steps = STEPS };
  RungsImportScript script = { .db = db,
                               .parameters = { .run = run, .now = now },
                               .step = rungs_import_work_step,
                               .step_data = &work };
  g_autofree char *file_name = NULL;

  g_return_val_if_fail (db != NULL && undo != NULL, FALSE);
  g_return_val_if_fail (rungs_db_in_write (db), FALSE);

  *undo = (RungsImportUndo) { 0 };
  file_name = load_file_name (db, run, error);
  if (file_name == NULL || !rungs_import_script_ask (&script, SQL_COUNT_MET, &work.rows, error)
      || !undo_import (&script, undo, error))
    return FALSE;
  return rungs_event_add_of_run (db, 0, RUNGS_EVENT_IMPORT_UNDONE, now, run, file_name, run, error)
         != 0;
}
