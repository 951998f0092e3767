/* rungs-import-match-store.c: finds whose the rows of an import are, and what they would change. */

#include "leads/rungs-import-match-store.h"

#include "db/rungs-statement.h"

static const char SQL_INDEX[] = "CREATE INDEX temp.import_stage_key ON import_stage (key, row)";

static const char SQL_FIND_REPEATS[]
    = "INSERT INTO import_stage_repeat (row, first)"
      " SELECT s.row, g.first"
      "   FROM (SELECT key, min (row) AS first FROM import_stage"
      "          GROUP BY key HAVING count (*) > 1) g"
      "   JOIN import_stage s ON s.key = g.key AND s.row > g.first";

static const char SQL_COUNT_REPEATS[] = "SELECT count (*) FROM import_stage_repeat";

/* Which of the rows of a lead says no is no matter: one is enough. */
static const char SQL_MERGE_STATUS[]
    = "UPDATE import_stage AS t"
      "   SET status = (SELECT max (r.status) FROM import_stage r WHERE r.key = t.key),"
      "       hash = (SELECT max (r.hash) FROM import_stage r WHERE r.key = t.key)"
      " WHERE t.row IN (SELECT first FROM import_stage_repeat)";

/* The first value that is not empty, or the last one. */
#define FIRST(column)                                                                              \
  column " = coalesce (nullif (" column ", ''), (SELECT r." column " FROM import_stage r"          \
  " WHERE r.key = t.key AND r." column " <> '' ORDER BY r.row LIMIT 1), '')"
#define LAST(column)                                                                               \
  column " = coalesce ((SELECT r." column " FROM import_stage r"                                   \
  " WHERE r.key = t.key AND r." column " <> '' ORDER BY r.row DESC LIMIT 1), '')"
#define MERGE(which)                                                                               \
  "UPDATE import_stage AS t SET "                                                                  \
  which ("first_name") ", " which ("last_name") ", " which ("company") ", " which ("phone") ", "   \
  which ("street") ", " which ("postcode") ", " which ("city") ", " which ("region") ", "          \
  which ("country") ", " which ("language") ", " which ("zone") ", " which ("notes")               \
  " WHERE t.row IN (SELECT first FROM import_stage_repeat)"

static const char SQL_MERGE_FIRST[] = MERGE (FIRST);
static const char SQL_MERGE_LAST[] = MERGE (LAST);

static const char SQL_MERGE_VALUES_FIRST[]
    = "INSERT OR IGNORE INTO import_stage_value (row, field, value)"
      " SELECT r.first, v.field, v.value"
      "   FROM import_stage_repeat r JOIN import_stage_value v ON v.row = r.row"
      "  ORDER BY r.row";

static const char SQL_MERGE_VALUES_LAST[]
    = "INSERT OR REPLACE INTO import_stage_value (row, field, value)"
      " SELECT r.first, v.field, v.value"
      "   FROM import_stage_repeat r JOIN import_stage_value v ON v.row = r.row"
      "  ORDER BY r.row";

static const char SQL_MERGE_TAGS[]
    = "INSERT OR IGNORE INTO import_stage_tag (row, tag)"
      " SELECT r.first, t.tag FROM import_stage_repeat r JOIN import_stage_tag t ON t.row = r.row";

static const char *const SQL_DELETE_REPEATS[] = {
  "DELETE FROM import_stage_value WHERE row IN (SELECT row FROM import_stage_repeat)",
  "DELETE FROM import_stage_tag WHERE row IN (SELECT row FROM import_stage_repeat)",
  "DELETE FROM import_stage WHERE row IN (SELECT row FROM import_stage_repeat)",
};

static const char SQL_MATCH_EMAIL[]
    = "UPDATE import_stage SET lead = l.id FROM lead l"
      " WHERE l.email_key = +import_stage.key AND l.email_key IS NOT NULL";

static const char SQL_HAS_PHONES[] =
    "SELECT EXISTS (SELECT 1 FROM import_stage WHERE email IS NULL)";

/* The same key as rungs-import-reader.c makes of a telephone number. */
#define WITHOUT(text, sign) "replace (" text ", '" sign "', '')"
#define DIGITS(text)                                                                               \
  WITHOUT (WITHOUT (WITHOUT (WITHOUT (WITHOUT (WITHOUT (text, " "), "-"), "("), ")"), "/"), ".")

static const char *const SQL_MATCH_PHONES[] = {
  "INSERT OR IGNORE INTO import_stage_phone (key, lead)"
  " SELECT 'tel:' || " DIGITS ("phone") ", id FROM lead"
  "  WHERE email_key IS NULL AND phone <> '' ORDER BY id",
  "UPDATE import_stage SET lead = p.lead FROM import_stage_phone p"
  " WHERE p.key = import_stage.key AND import_stage.email IS NULL",
};

#define DIFFERS(column)                                                                            \
  "(s." column " <> '' AND (l." column " = '' OR (:overwrite AND l." column " <> s." column ")))"

/* The leads on which anything differs, found in one walk; mostly they are few. */
static const char SQL_FIND_DIRTY[]
    = "INSERT INTO import_stage_dirty (row)"
      " SELECT s.row FROM import_stage s JOIN lead l ON l.id = s.lead"
      "  WHERE "
      DIFFERS ("first_name")
      " OR "
      DIFFERS ("last_name")
      " OR "
      DIFFERS ("company")
      " OR "
      DIFFERS ("phone")
      " OR "
      DIFFERS ("street")
      " OR "
      DIFFERS ("postcode")
      " OR "
      DIFFERS ("city")
      " OR "
      DIFFERS ("region")
      " OR "
      DIFFERS ("country")
      " OR "
      DIFFERS ("language")
      " OR "
      DIFFERS ("zone")
      " OR "
      DIFFERS ("notes");

#define CHANGE(column)                                                                             \
  "INSERT INTO import_stage_change (lead, field, before, after)"                                   \
  " SELECT s.lead, '" column "', nullif (l." column ", ''), s." column                             \
  "   FROM import_stage_dirty d CROSS JOIN import_stage s CROSS JOIN lead l"                       \
  "  WHERE s.row = d.row AND l.id = s.lead AND " DIFFERS (column)

static const char *const SQL_FIND_CHANGES[] = {
  CHANGE ("first_name"),
  CHANGE ("last_name"),
  CHANGE ("company"),
  CHANGE ("phone"),
  CHANGE ("street"),
  CHANGE ("postcode"),
  CHANGE ("city"),
  CHANGE ("region"),
  CHANGE ("country"),
  CHANGE ("language"),
  CHANGE ("zone"),
  CHANGE ("notes"),
  "INSERT INTO import_stage_change (lead, field, before, after)"
  " SELECT s.lead, 'field:' || n.key, old.value, v.value"
  "   FROM import_stage s"
  "   JOIN import_stage_value v ON v.row = s.row"
  "   JOIN import_stage_field n ON n.n = v.field"
  "   LEFT JOIN field f ON f.key = n.key"
  "   LEFT JOIN lead_value old ON old.lead = s.lead AND old.field = f.id"
  "  WHERE s.lead IS NOT NULL AND (old.value IS NULL OR (:overwrite AND old.value <> v.value))",
};

static const char SQL_COUNT[]
    = "SELECT count (*), count (lead), count (hash),"
      "       (SELECT count (DISTINCT lead) FROM import_stage_change)"
      "  FROM import_stage";

/* What holds about a lead that is there: the last row that is not annulled. */
static const char SQL_COUNT_REACH[]
    = "SELECT count (*) FILTER (WHERE reach = 'yes'), count (*) FILTER (WHERE reach = 'none'),"
      "       count (*) FILTER (WHERE reach = 'no'), count (*) FILTER (WHERE reach = 'address')"
      "  FROM (SELECT CASE"
      "           WHEN email IS NULL THEN 'address'"
      "           WHEN suppressed OR hash IS NOT NULL OR bounced OR action = 'withdrawn' THEN 'no'"
      "           WHEN action = 'given' THEN 'yes'"
      "           WHEN :wording IS NOT NULL AND status <= 1 AND (lead IS NULL OR :met) THEN 'yes'"
      "           ELSE 'none' END AS reach"
      "          FROM (SELECT s.email, s.suppressed, s.hash, s.status, s.lead,"
      "                       l.bounced_at IS NOT NULL AS bounced,"
      "                       (SELECT c.action FROM consent c"
      "                         WHERE c.lead = s.lead AND c.purpose = 'marketing'"
      "                           AND c.channel = 'email' AND c.action <> 'annulled'"
      "                           AND NOT EXISTS (SELECT 1 FROM consent a WHERE a.annuls = c.id)"
      "                         ORDER BY c.id DESC LIMIT 1) AS action"
      "                  FROM import_stage s LEFT JOIN lead l ON l.id = s.lead))";

gboolean
rungs_import_match_collapse (RungsImportScript *script,
                             RungsOnMatch       on_match,
                             gint64            *repeated,
                             GError           **error)
{
  g_return_val_if_fail (script != NULL && repeated != NULL, FALSE);

  if (!rungs_import_script_run (script, SQL_INDEX, error)
      || !rungs_import_script_run (script, SQL_FIND_REPEATS, error)
      || !rungs_import_script_ask (script, SQL_COUNT_REPEATS, repeated, error))
    return FALSE;
  if (*repeated == 0)
    return TRUE;
  if (!rungs_import_script_run (script, SQL_MERGE_STATUS, error))
    return FALSE;
  if (on_match == RUNGS_ON_MATCH_FILL
      && (!rungs_import_script_run (script, SQL_MERGE_FIRST, error)
          || !rungs_import_script_run (script, SQL_MERGE_VALUES_FIRST, error)
          || !rungs_import_script_run (script, SQL_MERGE_TAGS, error)))
    return FALSE;
  if (on_match == RUNGS_ON_MATCH_OVERWRITE
      && (!rungs_import_script_run (script, SQL_MERGE_LAST, error)
          || !rungs_import_script_run (script, SQL_MERGE_VALUES_LAST, error)
          || !rungs_import_script_run (script, SQL_MERGE_TAGS, error)))
    return FALSE;
  return rungs_import_script_run_all (script, SQL_DELETE_REPEATS, G_N_ELEMENTS (SQL_DELETE_REPEATS),
                                      error);
}

gboolean
rungs_import_match_resolve (RungsImportScript *script,
                            RungsOnMatch       on_match,
                            GError           **error)
{
  gint64 has_phones;

  g_return_val_if_fail (script != NULL, FALSE);

  if (!rungs_import_script_run (script, SQL_MATCH_EMAIL, error)
      || !rungs_import_script_ask (script, SQL_HAS_PHONES, &has_phones, error))
    return FALSE;
  if (has_phones
      && !rungs_import_script_run_all (script, SQL_MATCH_PHONES, G_N_ELEMENTS (SQL_MATCH_PHONES),
                                       error))
    return FALSE;
  if (on_match == RUNGS_ON_MATCH_SKIP)
    return TRUE;
  return rungs_import_script_run (script, SQL_FIND_DIRTY, error)
         && rungs_import_script_run_all (script, SQL_FIND_CHANGES, G_N_ELEMENTS (SQL_FIND_CHANGES),
                                         error);
}

static gboolean
count_reach (RungsImportScript *script,
             RungsImportReach  *reach,
             GError           **error)
{
  g_autoptr (RungsStatement) query
      = rungs_import_script_prepare (script, SQL_COUNT_REACH, error);

  if (query == NULL || rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  reach->may_write = rungs_statement_get_int64 (query, 0);
  reach->no_consent = rungs_statement_get_int64 (query, 1);
  reach->said_no = rungs_statement_get_int64 (query, 2);
  reach->no_address = rungs_statement_get_int64 (query, 3);
  return TRUE;
}

gboolean
rungs_import_match_count (RungsImportScript *script,
                          RungsImportResult *result,
                          GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (script->db, SQL_COUNT, error);
  gint64 met;

  if (query == NULL || rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  met = rungs_statement_get_int64 (query, 1);
  result->leads_created = rungs_statement_get_int64 (query, 0) - met;
  result->leads_suppressed = rungs_statement_get_int64 (query, 2);
  result->leads_updated = rungs_statement_get_int64 (query, 3);
  result->leads_unchanged = met - result->leads_updated;
  return count_reach (script, &result->reach, error);
}
