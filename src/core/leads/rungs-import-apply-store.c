/* rungs-import-apply-store.c: makes leads of the rows of an import. */

#include "leads/rungs-import-apply-store.h"

#include "db/rungs-statement.h"
#include "leads/rungs-event.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-import-match-store.h"
#include "leads/rungs-lead-search-store.h"
#include "leads/rungs-source-store.h"
#include "leads/rungs-tag-store.h"

/* Fewer are added to the indexes one by one in no time. */
#define MANY_LEADS 5000

/* The lead of a staged row: the one that is there, or the one that is made of it. */
#define LEAD "coalesce (s.lead, :base + s.row)"
#define NEW_OR_MET "(s.lead IS NULL OR :met)"

static const char SQL_HIGHEST_LEAD[] = "SELECT max (coalesce ((SELECT max (id) FROM lead), 0),"
                                       " coalesce ((SELECT max (was) FROM lead_merged), 0))";
static const char SQL_COUNT_LEADS[] = "SELECT count (*) FROM lead";

static const char SQL_ADD_RUN[]
    = "INSERT INTO import_run (file_name, source, on_match, mapping, rows_read, leads_created,"
      " leads_updated, leads_unchanged, rows_refused, started_at, finished_at)"
      " VALUES (:file, :source, :on_match, :mapping, :rows_read, :created, :updated, :unchanged,"
      " :refused, :started, :now)";

static const char SQL_ADD_LEADS[]
    = "INSERT INTO lead (id, email, email_key, first_name, last_name, company, phone, street,"
      " postcode, city, region, country, language, zone, notes, created_at, updated_at)"
      " SELECT :base + row, email, iif (email IS NULL, NULL, key), first_name, last_name, company,"
      " phone, street, postcode, city, region, country, language, zone, notes,"
      " coalesce (created_at, :now), :now"
      "   FROM import_stage WHERE lead IS NULL ORDER BY row";

static const char SQL_ADD_MET[]
    = "INSERT INTO import_lead (run, lead, created)"
      " SELECT :run, lead, 0 FROM import_stage WHERE lead IS NOT NULL ORDER BY lead";
static const char SQL_ADD_CREATED[]
    = "INSERT INTO import_lead (run, lead, created)"
      " SELECT :run, :base + row, 1 FROM import_stage WHERE lead IS NULL ORDER BY row";

static const char *const SQL_KEEP_CHANGES[] = {
  "INSERT INTO import_change (run, lead, field, before, after)"
  " SELECT :run, lead, field, before, after FROM import_stage_change",
  "INSERT INTO import_change (run, lead, field, before, after)"
  " SELECT :run, id, 'updated_at', CAST (updated_at AS TEXT), CAST (:now AS TEXT) FROM lead"
  "  WHERE id IN (SELECT lead FROM import_stage_change)",
};

/* What the import makes besides leads is what has a higher id than all had before it. */
static const char *const SQL_BEFORE_MAKING[] = {
  "DROP TABLE IF EXISTS temp.import_stage_highest",
  "CREATE TEMP TABLE import_stage_highest AS"
  " SELECT (SELECT coalesce (max (id), 0) FROM tag) AS tag,"
  "        (SELECT coalesce (max (id), 0) FROM field) AS field,"
  "        (SELECT coalesce (max (id), 0) FROM source) AS source",
};
static const char *const SQL_KEEP_MADE[] = {
  "INSERT INTO import_made (run, place, id)"
  " SELECT :run, 'tag', id FROM tag WHERE id > (SELECT tag FROM import_stage_highest)"
  " UNION ALL"
  " SELECT :run, 'field', id FROM field WHERE id > (SELECT field FROM import_stage_highest)"
  " UNION ALL"
  " SELECT :run, 'source', id FROM source WHERE id > (SELECT source FROM import_stage_highest)",
  "DROP TABLE temp.import_stage_highest",
};

#define SET(column)                                                                                \
  column " = iif (s." column " <> '' AND (lead." column " = '' OR :overwrite), s." column          \
         ", lead." column ")"

static const char SQL_UPDATE_LEADS[]
    = "UPDATE lead SET "
      SET ("first_name")
      ", "
      SET ("last_name")
      ", "
      SET ("company")
      ", "
      SET ("phone")
      ", "
      SET ("street")
      ", "
      SET ("postcode")
      ", "
      SET ("city")
      ", "
      SET ("region")
      ", "
      SET ("country")
      ", "
      SET ("language")
      ", "
      SET ("zone")
      ", "
      SET ("notes")
      " FROM import_stage_dirty d JOIN import_stage s ON s.row = d.row"
      " WHERE lead.id = s.lead";

static const char SQL_TOUCH_UPDATED[]
    = "UPDATE lead SET updated_at = :now WHERE id IN (SELECT lead FROM import_stage_change)";

static const char *const SQL_ADD_VALUES[] = {
  "INSERT INTO field (key, label, kind, currency, position, created_at)"
  " SELECT key, label, kind, currency,"
  "        n + (SELECT coalesce (max (f.position), 0) + 1 FROM field f), :now"
  "   FROM import_stage_field WHERE true"
  " ON CONFLICT (key) DO NOTHING",
  "INSERT INTO field_choice (field, key, label, position)"
  " SELECT f.id, c.key, c.label, c.position"
  "   FROM import_stage_choice c JOIN field f ON f.key = c.field"
  "  WHERE f.id > (SELECT field FROM import_stage_highest)",
  "INSERT INTO lead_value (lead, field, value)"
  " SELECT :base + s.row, f.id, v.value"
  "   FROM import_stage s"
  "   JOIN import_stage_value v ON v.row = s.row"
  "   JOIN import_stage_field n ON n.n = v.field"
  "   JOIN field f ON f.key = n.key"
  "  WHERE s.lead IS NULL",
  "INSERT INTO lead_value (lead, field, value)"
  " SELECT c.lead, f.id, c.after"
  "   FROM import_stage_change c JOIN field f ON c.field = 'field:' || f.key"
  "  WHERE true"
  " ON CONFLICT (lead, field) DO UPDATE SET value = excluded.value",
};

static const char SQL_ADD_TAG[]
    = "INSERT OR IGNORE INTO lead_tag (lead, tag, added_at, run)"
      " SELECT " LEAD ", :tag, :now, :run FROM import_stage s WHERE " NEW_OR_MET " ORDER BY 1";

static const char SQL_CREATE_TAG_IDS[]
    = "CREATE TEMP TABLE IF NOT EXISTS import_stage_tag_id ("
      "  n INTEGER PRIMARY KEY, tag INTEGER NOT NULL)";
static const char SQL_CLEAR_TAG_IDS[] = "DELETE FROM import_stage_tag_id";
static const char SQL_ADD_TAG_ID[] = "INSERT INTO import_stage_tag_id (n, tag) VALUES (:n, :tag)";

static const char SQL_ADD_ROW_TAGS[]
    = "INSERT OR IGNORE INTO lead_tag (lead, tag, added_at, run)"
      " SELECT " LEAD ", i.tag, :now, :run"
      "   FROM import_stage s"
      "   JOIN import_stage_tag t ON t.row = s.row"
      "   JOIN import_stage_tag_id i ON i.n = t.tag"
      "  WHERE " NEW_OR_MET;

static const char SQL_ADD_TOUCHES[]
    = "INSERT INTO touch (lead, source, path, at, run)"
      " SELECT " LEAD ", :source, 'opt-in', coalesce (s.created_at, :now), :run"
      "   FROM import_stage s"
      "  WHERE s.lead IS NULL"
      "     OR (:met AND NOT EXISTS (SELECT 1 FROM touch t"
      "                               WHERE t.lead = s.lead AND +t.source = :source))"
      "  ORDER BY s.row";

/* Status 0 and 1: the row does not say, or says yes. */
static const char SQL_ADD_CONSENTS[]
    = "INSERT INTO consent (lead, purpose, channel, action, at, origin, wording, run)"
      " SELECT " LEAD ", 'marketing', 'email', 'given',"
      "        coalesce (s.consent_at, s.created_at, :now), 'import', :wording, :run"
      "   FROM import_stage s"
      "  WHERE s.email IS NOT NULL AND s.status <= 1 AND NOT s.suppressed"
      "    AND (s.lead IS NULL"
      "         OR (:met AND NOT EXISTS ("
      "               SELECT 1 FROM consent c"
      "                WHERE c.lead = s.lead AND c.purpose = 'marketing' AND c.channel = 'email'"
      "                  AND c.action <> 'annulled'"
      "                  AND NOT EXISTS (SELECT 1 FROM consent a WHERE a.annuls = c.id))))"
      "  ORDER BY s.row";

/* A bounce, and what was suppressed by hand, give way to the person's own word, as in
 * rungs_suppression_add(). */
static const char *const SQL_SUPPRESS[] = {
  "INSERT INTO suppression (hash, email, reason, note, at)"
  " SELECT hash, email,"
  "        CASE status WHEN 3 THEN 'unsubscribed' WHEN 4 THEN 'bounced' ELSE 'complained' END,"
  "        :file, :now"
  "   FROM import_stage WHERE hash IS NOT NULL"
  " ON CONFLICT (hash) DO UPDATE"
  "    SET reason = excluded.reason, note = excluded.note, at = excluded.at"
  "  WHERE suppression.reason IN ('bounced', 'by hand')"
  "    AND excluded.reason IN ('unsubscribed', 'complained')",
  "INSERT INTO event (lead, kind, at, ref, detail, run)"
  " SELECT s.lead, 'lead.suppressed', :now, p.id, p.reason, :run"
  "   FROM import_stage s JOIN suppression p ON p.hash = s.hash"
  "  WHERE s.lead IS NOT NULL AND p.at = :now AND p.note = :file",
};

static gboolean
ensure_source (RungsImportApply *self,
               GError          **error)
{
  g_autofree char *name = NULL;
  RungsSourceKind kind;

  if (self->options->source == NULL)
    return TRUE;
  if (!rungs_source_parse (self->options->source, &kind, &name, error))
    return FALSE;
  self->script.parameters.source
      = rungs_source_ensure (self->script.db, kind, name, self->script.parameters.now, error);
  return self->script.parameters.source != 0;
}

static gboolean
add_run (RungsImportApply *self,
         GError          **error)
{
  const RungsImportParameters *parameters = &self->script.parameters;
  const RungsImportResult *result = self->result;
  g_autoptr (RungsStatement) insert = rungs_db_prepare (self->script.db, SQL_ADD_RUN, error);
  g_autofree char *mapping = rungs_import_mapping_to_json (self->mapping);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_text (insert, ":file", parameters->file);
  rungs_statement_bind_id (insert, ":source", parameters->source);
  rungs_statement_bind_text (insert, ":on_match", rungs_on_match_to_text (self->options->on_match));
  rungs_statement_bind_text (insert, ":mapping", mapping);
  rungs_statement_bind_int64 (insert, ":rows_read", result->rows_read);
  rungs_statement_bind_int64 (insert, ":created", result->leads_created);
  rungs_statement_bind_int64 (insert, ":updated", result->leads_updated);
  rungs_statement_bind_int64 (insert, ":unchanged", result->leads_unchanged);
  rungs_statement_bind_int64 (insert, ":refused", result->rows_refused);
  rungs_statement_bind_int64 (insert, ":started", parameters->now);
  rungs_statement_bind_int64 (insert, ":now", parameters->now);
  if (!rungs_statement_run (insert, error))
    return FALSE;
  self->script.parameters.run = rungs_db_get_last_id (self->script.db);
  return TRUE;
}

/* Whether this is the import that fills an empty file: then no index is asked for anything
 * meanwhile. */
static gboolean
fills_file (RungsImportApply *self)
{
  return self->leads_before == 0 && self->result->leads_created >= MANY_LEADS;
}

static gboolean
update_met (RungsImportApply *self,
            gboolean          keep_index,
            GError          **error)
{
  RungsImportScript *script = &self->script;
  gint64 run = script->parameters.run;

  return rungs_import_script_run_all (script, SQL_KEEP_CHANGES, G_N_ELEMENTS (SQL_KEEP_CHANGES),
                                      error)
         && (!keep_index || rungs_lead_search_forget_changed (script->db, run, error))
         && rungs_import_script_run (script, SQL_UPDATE_LEADS, error)
         && rungs_import_script_run (script, SQL_TOUCH_UPDATED, error)
         && (!keep_index || rungs_lead_search_add_changed (script->db, run, error));
}

static gboolean
write_leads (RungsImportApply *self,
             GError          **error)
{
  RungsImportScript *script = &self->script;
  gboolean rebuild;

  if (!rungs_import_script_ask (script, SQL_HIGHEST_LEAD, &script->parameters.base, error)
      || !rungs_import_script_ask (script, SQL_COUNT_LEADS, &self->leads_before, error))
    return FALSE;
  /* Making the search index anew is quicker where most leads are new. */
  rebuild = self->result->leads_created > self->leads_before;
  if (self->result->leads_updated > 0 && !update_met (self, !rebuild, error))
    return FALSE;
  if (!rungs_import_script_fill (script, "lead", SQL_ADD_LEADS,
                                 self->leads_before * 4 < self->result->leads_created - MANY_LEADS,
                                 error)
      || !rungs_import_script_run (script, SQL_ADD_MET, error)
      || !rungs_import_script_fill (script, "import_lead", SQL_ADD_CREATED, fills_file (self),
                                    error))
    return FALSE;
  return rebuild ? rungs_lead_search_rebuild (script->db, error)
                 : rungs_lead_search_add_created (script->db, script->parameters.run, error);
}

static gboolean
add_tag_of_all (RungsImportApply *self,
                const char       *name,
                GError          **error)
{
  self->script.parameters.tag = rungs_tag_ensure (self->script.db, name, error);
  return self->script.parameters.tag != 0
         && rungs_import_script_run (&self->script, SQL_ADD_TAG, error);
}

static gboolean
add_row_tags (RungsImportApply *self,
              GError          **error)
{
  RungsDb *db = self->script.db;
  GPtrArray *names = rungs_import_stage_get_tags (self->stage);
  g_autoptr (RungsStatement) insert = NULL;

  if (names->len == 0)
    return TRUE;
  if (!rungs_import_script_run (&self->script, SQL_CREATE_TAG_IDS, error)
      || !rungs_import_script_run (&self->script, SQL_CLEAR_TAG_IDS, error))
    return FALSE;
  insert = rungs_db_prepare (db, SQL_ADD_TAG_ID, error);
  for (guint i = 0; insert != NULL && i < names->len; i++)
    {
      gint64 tag = rungs_tag_ensure (db, g_ptr_array_index (names, i), error);

      if (tag == 0)
        return FALSE;
      rungs_statement_bind_int64 (insert, ":n", i);
      rungs_statement_bind_int64 (insert, ":tag", tag);
      if (!rungs_statement_run (insert, error))
        return FALSE;
    }
  return insert != NULL && rungs_import_script_run (&self->script, SQL_ADD_ROW_TAGS, error);
}

static gboolean
write_rest (RungsImportApply *self,
            GError          **error)
{
  RungsImportScript *script = &self->script;
  const char *const *tags = self->options->tags;

  if (!rungs_import_script_run_all (script, SQL_ADD_VALUES, G_N_ELEMENTS (SQL_ADD_VALUES), error)
      || !add_row_tags (self, error))
    return FALSE;
  for (; tags != NULL && *tags != NULL; tags++)
    if (!add_tag_of_all (self, *tags, error))
      return FALSE;
  if (script->parameters.source != 0
      && !rungs_import_script_fill (script, "touch", SQL_ADD_TOUCHES, fills_file (self), error))
    return FALSE;
  if (self->options->consent != NULL && !rungs_import_script_run (script, SQL_ADD_CONSENTS, error))
    return FALSE;
  return self->result->leads_suppressed == 0
         || rungs_import_script_run_all (script, SQL_SUPPRESS, G_N_ELEMENTS (SQL_SUPPRESS), error);
}

gboolean
rungs_import_apply (RungsDb *db,
                    gpointer data,
                    GError **error)
{
  RungsImportApply *self = data;
  RungsImportScript *script = &self->script;

  g_return_val_if_fail (rungs_db_in_write (db), FALSE);

  if (!rungs_import_stage_check_erased (self->stage, error)
      || !rungs_import_script_run_all (script, SQL_BEFORE_MAKING, G_N_ELEMENTS (SQL_BEFORE_MAKING),
                                       error)
      || !ensure_source (self, error)
      || !rungs_import_match_resolve (&self->script, self->options->on_match, error)
      || !rungs_import_match_count (&self->script, self->result, error) || !add_run (self, error)
      || !write_leads (self, error) || !write_rest (self, error)
      || !rungs_import_script_run_all (script, SQL_KEEP_MADE, G_N_ELEMENTS (SQL_KEEP_MADE), error))
    return FALSE;
  self->result->run = self->script.parameters.run;
  return rungs_event_add_of_run (db, 0, RUNGS_EVENT_IMPORT_DONE, self->script.parameters.now,
                                 self->result->run, self->script.parameters.file, self->result->run,
                                 error)
         != 0;
}
