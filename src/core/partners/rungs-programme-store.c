/* rungs-programme-store.c: programmes, the versions of their terms, and who is in them. */

#include "partners/rungs-programme-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"

#define KEPT_VERSIONS "versions of terms"
#define MOST_KEPT 256

/* Who is in a programme now: the last one that each partner joined. */
#define COLUMNS                                                                                    \
  " g.id, g.name, g.retired_at,"                                                                   \
  " (SELECT count (*) FROM programme_partner m WHERE m.programme = g.id AND m.from_at <= :now"     \
  "    AND NOT EXISTS (SELECT 1 FROM programme_partner n WHERE n.partner = m.partner"              \
  "                       AND n.from_at > m.from_at AND n.from_at <= :now)) "

static const char SQL_ADD[] = "INSERT INTO programme (name, created_at) VALUES (:name, :now)";

static const char SQL_LOAD_BY_NAME[] = "SELECT" COLUMNS "FROM programme g WHERE g.name = :name";

static const char SQL_LIST[] = "SELECT" COLUMNS "FROM programme g ORDER BY g.name COLLATE NOCASE";

static const char SQL_ADD_TERMS[]
    = "INSERT INTO programme_terms (programme, from_at, terms, made_at)"
      " VALUES (:programme, :from, :terms, :now)";

static const char SQL_LIST_TERMS[] = "SELECT id, programme, from_at, terms FROM programme_terms"
                                     " WHERE programme = :programme ORDER BY from_at";

static const char SQL_LOAD_TERMS[]
    = "SELECT id, programme, from_at, terms FROM programme_terms WHERE id = :id";

static const char SQL_FIND_TERMS[]
    = "SELECT t.id, t.programme, t.from_at, t.terms FROM programme_terms t"
      " WHERE t.programme = (SELECT m.programme FROM programme_partner m"
      "                       WHERE m.partner = :partner AND m.from_at <= :at"
      "                       ORDER BY m.from_at DESC LIMIT 1)"
      "   AND t.from_at <= :at"
      " ORDER BY t.from_at DESC LIMIT 1";

static const char SQL_JOIN[]
    = "INSERT OR REPLACE INTO programme_partner (partner, from_at, programme)"
      " VALUES (:partner, :from, nullif (:programme, 0))";

static const char SQL_RETIRE[] = "UPDATE programme SET retired_at = :at WHERE id = :id";

static const char SQL_IS_RETIRED[] = "SELECT retired_at IS NOT NULL FROM programme WHERE id = :id";

static const char SQL_ADD_RULES[]
    = "INSERT INTO attribution_rules (from_at, rules, made_at) VALUES (:from, :rules, :now)";

static const char SQL_FIND_RULES[] = "SELECT rules FROM attribution_rules WHERE from_at <= :at"
                                     " ORDER BY from_at DESC LIMIT 1";

void
rungs_programme_free (RungsProgramme *self)
{
  g_free (self->name);
  g_free (self);
}

static void
version_clear (gpointer data)
{
  RungsTermsVersion *self = data;

  g_clear_pointer (&self->terms, rungs_terms_free);
}

void
rungs_terms_version_unref (RungsTermsVersion *self)
{
  g_atomic_rc_box_release_full (self, version_clear);
}

/* Runs it; what the file refuses as there already is said in these words. */
static gboolean
run_or_say (RungsStatement *statement,
            int             code,
            const char     *words,
            GError        **error)
{
  g_autoptr (GError) fault = NULL;

  if (rungs_statement_run (statement, &fault))
    return TRUE;
  if (g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
    g_set_error_literal (error, RUNGS_ERROR, code, words);
  else
    g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

/* ---- programmes */

gint64
rungs_programme_add (RungsDb    *db,
                     const char *name,
                     gint64      now,
                     GError    **error)
{
  g_autoptr (RungsStatement) add = NULL;
  g_autofree char *tidy = NULL;

  g_return_val_if_fail (db != NULL && name != NULL, 0);

  tidy = g_strstrip (g_strdup (name));
  if (*tidy == '\0')
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("a programme needs a name"));
      return 0;
    }
  add = rungs_db_prepare (db, SQL_ADD, error);
  if (add == NULL)
    return 0;
  rungs_statement_bind_text (add, ":name", tidy);
  rungs_statement_bind_int64 (add, ":now", now);
  return run_or_say (add, RUNGS_ERROR_CONFLICT, _ ("there is a programme of that name already"),
                     error)
             ? rungs_db_get_last_id (db)
             : 0;
}

static gpointer
read_programme (RungsStatement *row)
{
  RungsProgramme *programme = g_new0 (RungsProgramme, 1);

  programme->id = rungs_statement_get_int64 (row, 0);
  programme->name = rungs_statement_dup_text (row, 1);
  programme->retired_at = rungs_statement_get_int64 (row, 2);
  programme->partners = rungs_statement_get_int64 (row, 3);
  return programme;
}

RungsProgramme *
rungs_programme_load_by_name (RungsDb    *db,
                              const char *name,
                              gint64      now,
                              GError    **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autofree char *missing = NULL;

  g_return_val_if_fail (db != NULL && name != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LOAD_BY_NAME, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":name", name);
  rungs_statement_bind_int64 (query, ":now", now);
  missing = g_strdup_printf (_ ("there is no programme “%s”"), name);
  return rungs_record_first (query, read_programme, missing, error);
}

GPtrArray *
rungs_programme_list (RungsDb *db,
                      gint64   now,
                      GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LIST, error);
  if (query != NULL)
    rungs_statement_bind_int64 (query, ":now", now);
  return rungs_record_list (query, read_programme, (GDestroyNotify) rungs_programme_free, error);
}

gboolean
rungs_programme_retire (RungsDb *db,
                        gint64   programme,
                        gint64   at,
                        GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  return rungs_record_mark (db, SQL_RETIRE, programme, at, "programme", error);
}

gboolean
rungs_programme_join (RungsDb *db,
                      gint64   programme,
                      gint64   partner,
                      gint64   from,
                      GError **error)
{
  g_autoptr (RungsStatement) join = NULL;
  gint64 is_retired = 0;

  g_return_val_if_fail (db != NULL, FALSE);

  if (programme != 0
      && !rungs_record_ask (db, SQL_IS_RETIRED, programme, 0, &is_retired, error))
    return FALSE;
  if (is_retired)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                           _ ("the programme is retired: nobody joins it any more"));
      return FALSE;
    }
  join = rungs_db_prepare (db, SQL_JOIN, error);
  if (join == NULL)
    return FALSE;
  rungs_statement_bind_int64 (join, ":partner", partner);
  rungs_statement_bind_int64 (join, ":from", from);
  rungs_statement_bind_int64 (join, ":programme", programme);
  return run_or_say (join, RUNGS_ERROR_NOT_FOUND, _ ("there is no such programme, or partner"),
                     error);
}

/* ---- terms */

gint64
rungs_programme_set_terms (RungsDb          *db,
                           gint64            programme,
                           gint64            from,
                           const RungsTerms *terms,
                           gint64            now,
                           GError          **error)
{
  g_autoptr (RungsStatement) add = NULL;
  g_autofree char *json = NULL;

  g_return_val_if_fail (db != NULL && terms != NULL, 0);

  add = rungs_db_prepare (db, SQL_ADD_TERMS, error);
  if (add == NULL)
    return 0;
  json = rungs_terms_to_json (terms);
  rungs_statement_bind_int64 (add, ":programme", programme);
  rungs_statement_bind_int64 (add, ":from", from);
  rungs_statement_bind_text (add, ":terms", json);
  rungs_statement_bind_int64 (add, ":now", now);
  return run_or_say (add, RUNGS_ERROR_CONFLICT,
                     _ ("there is no such programme, or terms of it begin at that moment already"),
                     error)
             ? rungs_db_get_last_id (db)
             : 0;
}

/* NULL where the file holds terms that this program cannot read. */
static gpointer
read_version (RungsStatement *row)
{
  RungsTermsVersion *version = g_atomic_rc_box_new0 (RungsTermsVersion);

  version->id = rungs_statement_get_int64 (row, 0);
  version->programme = rungs_statement_get_int64 (row, 1);
  version->from_at = rungs_statement_get_int64 (row, 2);
  version->terms = rungs_terms_parse (rungs_statement_get_text (row, 3), NULL);
  return version;
}

static gboolean
is_readable (const RungsTermsVersion *version,
             GError                 **error)
{
  if (version->terms != NULL)
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED,
                       _ ("the terms of a programme cannot be read"));
  return FALSE;
}

GPtrArray *
rungs_programme_list_terms (RungsDb *db,
                            gint64   programme,
                            GError **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autoptr (GPtrArray) list = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LIST_TERMS, error);
  if (query != NULL)
    rungs_statement_bind_int64 (query, ":programme", programme);
  list = rungs_record_list (query, read_version, (GDestroyNotify) rungs_terms_version_unref, error);
  for (guint i = 0; list != NULL && i < list->len; i++)
    if (!is_readable (list->pdata[i], error))
      return NULL;
  return g_steal_pointer (&list);
}

/* Those that the connection has read lately: a version never changes, and reading one takes longer
 * than booking by it. */
static GHashTable *
get_kept_versions (RungsDb *db)
{
  static const char *const TABLES[] = { "programme_terms", NULL };
  GHashTable *versions = rungs_db_get_kept (db, KEPT_VERSIONS);

  if (versions != NULL && g_hash_table_size (versions) < MOST_KEPT)
    return g_hash_table_ref (versions);
  versions = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                    (GDestroyNotify) rungs_terms_version_unref);
  rungs_db_keep (db, KEPT_VERSIONS, TABLES, g_hash_table_ref (versions),
                 (GDestroyNotify) g_hash_table_unref);
  return versions;
}

/* Returns: (transfer full): the one in the row; NULL on error. */
static RungsTermsVersion *
use_version (RungsDb         *db,
             RungsStatement  *row,
             GError         **error)
{
  g_autoptr (GHashTable) versions = get_kept_versions (db);
  gint64 id = rungs_statement_get_int64 (row, 0);
  RungsTermsVersion *kept = g_hash_table_lookup (versions, &id);
  g_autoptr (RungsTermsVersion) version = NULL;

  if (kept != NULL)
    return g_atomic_rc_box_acquire (kept);
  version = read_version (row);
  if (!is_readable (version, error))
    return NULL;
  g_hash_table_insert (versions, &version->id, g_atomic_rc_box_acquire (version));
  return g_steal_pointer (&version);
}

RungsTermsVersion *
rungs_terms_version_load (RungsDb *db,
                          gint64   id,
                          GError **error)
{
  g_autoptr (RungsStatement) query = NULL;
  RungsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LOAD_TERMS, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", id);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    rungs_record_refuse_missing ("version of terms", id, error);
  return step == RUNGS_ROW ? use_version (db, query, error) : NULL;
}

gboolean
rungs_programme_find_terms (RungsDb            *db,
                            gint64              partner,
                            gint64              at,
                            RungsTermsVersion **version,
                            GError            **error)
{
  g_autoptr (RungsStatement) query = NULL;
  RungsStep step;

  g_return_val_if_fail (db != NULL && version != NULL, FALSE);

  *version = NULL;
  query = rungs_db_prepare (db, SQL_FIND_TERMS, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":partner", partner);
  rungs_statement_bind_int64 (query, ":at", at);
  step = rungs_statement_step (query, error);
  if (step != RUNGS_ROW)
    return step == RUNGS_DONE;
  *version = use_version (db, query, error);
  return *version != NULL;
}

/* ---- rules */

gboolean
rungs_attribution_rules_set (RungsDb *db,
                             gint64   from,
                             GArray  *rules,
                             gint64   now,
                             GError **error)
{
  g_autoptr (RungsStatement) add = NULL;
  g_autofree char *json = NULL;

  g_return_val_if_fail (db != NULL && rules != NULL, FALSE);

  add = rungs_db_prepare (db, SQL_ADD_RULES, error);
  if (add == NULL)
    return FALSE;
  json = rungs_attribution_rules_to_json (rules);
  rungs_statement_bind_int64 (add, ":from", from);
  rungs_statement_bind_text (add, ":rules", json);
  rungs_statement_bind_int64 (add, ":now", now);
  return run_or_say (add, RUNGS_ERROR_CONFLICT, _ ("other rules begin at that moment already"),
                     error);
}

GArray *
rungs_attribution_rules_load (RungsDb *db,
                              gint64   at,
                              GError **error)
{
  g_autoptr (RungsStatement) query = NULL;
  RungsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_FIND_RULES, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":at", at);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    return rungs_attribution_rules_parse (rungs_statement_get_text (query, 0), error);
  return step == RUNGS_DONE ? rungs_attribution_rules_usual () : NULL;
}
