/* rungs-segment-store.c: makes, names, changes and puts away segments. */

#include "segments/rungs-segment-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "leads/rungs-field-store.h"
#include "segments/rungs-rule-node.h"
#include "segments/rungs-segments-follow.h"

#define SQL_COLUMNS                                                                                \
  "SELECT s.id, s.key, s.name, s.description, s.kind, s.rule, s.created_at, s.updated_at,"         \
  "       s.archived_at,"                                                                          \
  "       CASE WHEN s.kind = 'fixed' OR s.watched = 1"                                             \
  "            THEN (SELECT count(*) FROM segment_member m WHERE m.segment = s.id) ELSE -1 END,"   \
  "       s.watched"                                                                               \
  "  FROM segment s"

static const char SQL_LOAD[] = SQL_COLUMNS " WHERE s.id = :id";

static const char SQL_FIND[] =
    SQL_COLUMNS " WHERE s.name = :name OR s.key = :name ORDER BY s.name <> :name LIMIT 1";

static const char SQL_LIST[] =
    SQL_COLUMNS " WHERE (s.archived_at IS NOT NULL) = :archived ORDER BY s.name COLLATE NOCASE";

static const char SQL_NAME_TAKEN[] =
    "SELECT s.id FROM segment s WHERE s.name = :name AND s.id <> :id";

static const char SQL_KEY_TAKEN[] = "SELECT s.id FROM segment s WHERE s.key = :key";

static const char SQL_CREATE[] =
    "INSERT INTO segment (key, name, description, kind, rule, created_at, updated_at)"
    " VALUES (:key, :name, :description, CASE WHEN :rule IS NULL THEN 'fixed' ELSE 'live' END,"
    "         :rule, :now, :now)";

static const char SQL_RENAME[] =
    "UPDATE segment SET name = coalesce (:name, name),"
    "       description = coalesce (:description, description), updated_at = :now"
    " WHERE id = :id";

static const char SQL_SET_RULE[] =
    "UPDATE segment SET rule = :rule, updated_at = :now WHERE id = :id";

static const char SQL_ARCHIVE[] =
    "UPDATE segment SET archived_at = CASE WHEN :archived THEN :now END, updated_at = :now"
    " WHERE id = :id";

static RungsSegment *
segment_from_row (RungsStatement *row)
{
  RungsSegment *segment = g_new0 (RungsSegment, 1);

  segment->id = rungs_statement_get_int64 (row, 0);
  segment->key = rungs_statement_dup_text (row, 1);
  segment->name = rungs_statement_dup_text (row, 2);
  segment->description = rungs_statement_dup_text (row, 3);
  segment->kind = rungs_statement_is_null (row, 5) ? RUNGS_SEGMENT_FIXED : RUNGS_SEGMENT_LIVE;
  segment->rule = rungs_statement_dup_text (row, 5);
  segment->created_at = rungs_statement_get_int64 (row, 6);
  segment->updated_at = rungs_statement_get_int64 (row, 7);
  segment->archived_at = rungs_statement_get_int64 (row, 8);
  segment->leads = rungs_statement_get_int64 (row, 9);
  segment->watched = rungs_statement_get_int64 (row, 10) != 0;
  return segment;
}

/* NULL with INVALID where nothing of the name is left. */
static char *
tidy_name (const char  *name,
           GError     **error)
{
  g_autofree char *tidy = g_strstrip (g_utf8_make_valid (name ? name : "", -1));

  if (*tidy != '\0')
    return g_steal_pointer (&tidy);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("A segment needs a name"));
  return NULL;
}

static gboolean
name_is_free (RungsDb     *db,
              const char  *name,
              gint64       segment,
              GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NAME_TAKEN, error);
  gint64 taken = 0;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":name", name);
  rungs_statement_bind_int64 (query, ":id", segment);
  if (!rungs_statement_get_number (query, 0, &taken, error))
    return FALSE;
  if (taken != 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, _ ("There is a segment “%s” already"),
                 name);
  return taken == 0;
}

/* A key of the name that no segment has: "vip", "vip_2", … */
static char *
make_key (RungsDb     *db,
          const char  *name,
          GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_KEY_TAKEN, error);
  g_autofree char *stem = rungs_field_key_from_label (name);
  g_autofree char *key = g_strdup (g_str_equal (stem, "field") ? "segment" : stem);
  gint64 taken = 1;

  for (guint i = 2; query != NULL; i++)
    {
      rungs_statement_bind_text (query, ":key", key);
      if (!rungs_statement_get_number (query, 0, &taken, error))
        return NULL;
      if (taken == 0)
        return g_steal_pointer (&key);
      g_free (key);
      key = g_strdup_printf ("%s_%u", stem, i);
    }
  return NULL;
}

/* The rule as it is stored: without space. NULL with INVALID where it is wrong, or asks about the
 * segment `own` (nullable), whose rule it is to be. */
static char *
tidy_rule (RungsDb     *db,
           const char  *text,
           const char  *own,
           GError     **error)
{
  g_autoptr (RungsRule) rule = rungs_rule_parse (text, error);
  g_autoptr (GPtrArray) faults = rule ? rungs_rule_check (db, rule, FALSE, error) : NULL;
  g_autoptr (RungsRule) resolved = NULL;
  g_autoptr (JsonNode) json = NULL;

  if (faults == NULL)
    return NULL;
  if (faults->len > 0)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           g_ptr_array_index (faults, 0));
      return NULL;
    }
  resolved = rungs_rule_resolve (db, rule, own, error);
  json = resolved ? json_from_string (text, error) : NULL;
  return json ? json_to_string (json, FALSE) : NULL;
}

gint64
rungs_segment_create (RungsDb     *db,
                      const char  *name,
                      const char  *description,
                      const char  *rule,
                      gint64       now,
                      GError     **error)
{
  g_autofree char *tidy = tidy_name (name, error);
  g_autofree char *key = NULL;
  g_autofree char *json = NULL;
  g_autoptr (RungsStatement) create = NULL;

  if (tidy == NULL || !name_is_free (db, tidy, 0, error)
      || (rule != NULL && (json = tidy_rule (db, rule, NULL, error)) == NULL)
      || (key = make_key (db, tidy, error)) == NULL)
    return 0;
  create = rungs_db_prepare (db, SQL_CREATE, error);
  if (create == NULL)
    return 0;
  rungs_statement_bind_text (create, ":key", key);
  rungs_statement_bind_text (create, ":name", tidy);
  rungs_statement_bind_text (create, ":description", description ? description : "");
  rungs_statement_bind_text (create, ":rule", json);
  rungs_statement_bind_int64 (create, ":now", now);
  return rungs_statement_run (create, error) ? rungs_db_get_last_id (db) : 0;
}

RungsSegment *
rungs_segment_load (RungsDb  *db,
                    gint64    segment,
                    GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);
  RungsStep step;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", segment);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no such segment"));
  return step == RUNGS_ROW ? segment_from_row (query) : NULL;
}

RungsSegment *
rungs_segment_find (RungsDb     *db,
                    const char  *name,
                    GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIND, error);
  g_autofree char *tidy = g_strstrip (g_strdup (name ? name : ""));
  RungsStep step;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":name", tidy);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("There is no segment “%s”"), tidy);
  return step == RUNGS_ROW ? segment_from_row (query) : NULL;
}

GPtrArray *
rungs_segment_list (RungsDb  *db,
                    gboolean  archived,
                    GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);
  g_autoptr (GPtrArray) segments =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_segment_free);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":archived", archived);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    g_ptr_array_add (segments, segment_from_row (query));
  return rungs_statement_done (query, error) ? g_steal_pointer (&segments) : NULL;
}

gboolean
rungs_segment_rename (RungsDb     *db,
                      gint64       segment,
                      const char  *name,
                      const char  *description,
                      gint64       now,
                      GError     **error)
{
  g_autoptr (RungsSegment) stored = rungs_segment_load (db, segment, error);
  g_autofree char *tidy = NULL;
  g_autoptr (RungsStatement) rename = NULL;

  if (stored == NULL)
    return FALSE;
  if (name != NULL
      && ((tidy = tidy_name (name, error)) == NULL || !name_is_free (db, tidy, segment, error)))
    return FALSE;
  rename = rungs_db_prepare (db, SQL_RENAME, error);
  if (rename == NULL)
    return FALSE;
  rungs_statement_bind_int64 (rename, ":id", segment);
  rungs_statement_bind_text (rename, ":name", tidy);
  rungs_statement_bind_text (rename, ":description", description);
  rungs_statement_bind_int64 (rename, ":now", now);
  return rungs_statement_run (rename, error);
}

gboolean
rungs_segment_set_rule (RungsDb     *db,
                        gint64       segment,
                        const char  *rule,
                        gint64       now,
                        GError     **error)
{
  g_autoptr (RungsSegment) stored = rungs_segment_load (db, segment, error);
  g_autofree char *json = NULL;
  g_autoptr (RungsStatement) change = NULL;

  g_return_val_if_fail (rule != NULL, FALSE);

  if (stored == NULL)
    return FALSE;
  if (stored->kind == RUNGS_SEGMENT_FIXED)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("“%s” is chosen by hand and has no rule"), stored->name);
      return FALSE;
    }
  json = tidy_rule (db, rule, stored->key, error);
  change = json ? rungs_db_prepare (db, SQL_SET_RULE, error) : NULL;
  if (change == NULL)
    return FALSE;
  rungs_statement_bind_int64 (change, ":id", segment);
  rungs_statement_bind_text (change, ":rule", json);
  rungs_statement_bind_int64 (change, ":now", now);
  return rungs_statement_run (change, error) && rungs_segment_refresh (db, segment, now, error);
}

gboolean
rungs_segment_archive (RungsDb   *db,
                       gint64     segment,
                       gboolean   archived,
                       gint64     now,
                       GError   **error)
{
  g_autoptr (RungsSegment) stored = rungs_segment_load (db, segment, error);
  g_autoptr (RungsStatement) change = stored ? rungs_db_prepare (db, SQL_ARCHIVE, error) : NULL;

  if (change == NULL)
    return FALSE;
  rungs_statement_bind_int64 (change, ":id", segment);
  rungs_statement_bind_int64 (change, ":archived", archived);
  rungs_statement_bind_int64 (change, ":now", now);
  return rungs_statement_run (change, error);
}
