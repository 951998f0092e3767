/* rungs-touch-store.c: writes down and reads the arrivals of leads. */

#include "leads/rungs-touch-store.h"

#include "base/rungs-names.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"

static const char *const PATHS[] = { "opt-in", "direct", "phone", "in person" };

static const char SQL_ADD[] = "INSERT INTO touch (lead, source, path, at, detail)"
                              " VALUES (:lead, :source, :path, :at, :detail)";

static const char SQL_IS_KNOWN[]
    = "SELECT EXISTS (SELECT 1 FROM touch WHERE lead = :lead AND source = :source AND at = :at)";

static const char SQL_SET_LETTER[] = "UPDATE touch SET letter = :letter WHERE id = :id";

#define TOUCHES                                                                                    \
  "SELECT t.id, t.lead, t.source, s.kind, s.name, t.path, t.at, t.detail, t.run, t.letter"         \
  "  FROM touch t JOIN source s ON s.id = t.source"

static const char SQL_LIST[] = TOUCHES " WHERE t.lead = :lead ORDER BY t.at, t.id";

static const char SQL_LIST_OF_SOURCE[]
    = TOUCHES " WHERE t.source = :source ORDER BY t.at DESC, t.id DESC LIMIT :limit";

static const char SQL_COUNT_OF_SOURCE[] = "SELECT count (*) FROM touch WHERE source = :id";

const char *
rungs_path_to_text (RungsPath path)
{
  g_return_val_if_fail (path < G_N_ELEMENTS (PATHS), PATHS[RUNGS_PATH_DIRECT]);

  return PATHS[path];
}

gboolean
rungs_path_from_text (const char *text,
                      RungsPath  *path)
{
  return rungs_names_find (PATHS, G_N_ELEMENTS (PATHS), text, path);
}

void
rungs_touch_free (RungsTouch *self)
{
  g_free (self->source_name);
  g_free (self->detail);
  g_free (self);
}

gint64
rungs_touch_add (RungsDb    *db,
                 gint64      lead,
                 gint64      source,
                 RungsPath   path,
                 gint64      at,
                 const char *detail,
                 GError    **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);
  g_autoptr (RungsSource) from = rungs_source_load (db, source, error);
  g_autofree char *name = NULL;
  gint64 id;

  if (add == NULL || from == NULL)
    return 0;
  rungs_statement_bind_int64 (add, ":lead", lead);
  rungs_statement_bind_int64 (add, ":source", source);
  rungs_statement_bind_text (add, ":path", rungs_path_to_text (path));
  rungs_statement_bind_int64 (add, ":at", at);
  rungs_statement_bind_text (add, ":detail", detail ? detail : "");
  if (!rungs_statement_run (add, error))
    return 0;

  id = rungs_db_get_last_id (db);
  name = g_strconcat (rungs_source_kind_to_text (from->kind), ":", from->name, NULL);
  return rungs_event_add (db, lead, RUNGS_EVENT_TOUCH_MADE, at, id, name, error) != 0 ? id : 0;
}

gboolean
rungs_touch_is_known (RungsDb  *db,
                      gint64    lead,
                      gint64    source,
                      gint64    at,
                      gboolean *known,
                      GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_IS_KNOWN, error);
  gint64 is = 0;

  g_return_val_if_fail (known != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_int64 (query, ":source", source);
  rungs_statement_bind_int64 (query, ":at", at);
  if (!rungs_statement_get_number (query, 0, &is, error))
    return FALSE;
  *known = is != 0;
  return TRUE;
}

static gpointer
touch_from_row (RungsStatement *row)
{
  RungsTouch *touch = g_new0 (RungsTouch, 1);

  touch->id = rungs_statement_get_int64 (row, 0);
  touch->lead = rungs_statement_get_int64 (row, 1);
  touch->source = rungs_statement_get_int64 (row, 2);
  rungs_source_kind_from_text (rungs_statement_get_text (row, 3), &touch->source_kind);
  touch->source_name = rungs_statement_dup_text (row, 4);
  rungs_path_from_text (rungs_statement_get_text (row, 5), &touch->path);
  touch->at = rungs_statement_get_int64 (row, 6);
  touch->detail = rungs_statement_dup_text (row, 7);
  touch->run = rungs_statement_get_int64 (row, 8);
  touch->letter = rungs_statement_get_int64 (row, 9);
  return touch;
}

gboolean
rungs_touch_set_letter (RungsDb *db,
                        gint64   touch,
                        gint64   letter,
                        GError **error)
{
  g_autoptr (RungsStatement) set = rungs_db_prepare (db, SQL_SET_LETTER, error);

  if (set == NULL)
    return FALSE;
  rungs_statement_bind_id (set, ":letter", letter);
  return rungs_record_change (db, set, touch, "touch", error);
}

GPtrArray *
rungs_touch_list (RungsDb *db,
                  gint64   lead,
                  GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  return rungs_record_list (query, touch_from_row, (GDestroyNotify) rungs_touch_free, error);
}

GPtrArray *
rungs_touch_list_of_source (RungsDb *db,
                            gint64   source,
                            guint    limit,
                            GError **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_LIST_OF_SOURCE, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":source", source);
  rungs_statement_bind_int64 (query, ":limit", limit);
  return rungs_record_list (query, touch_from_row, (GDestroyNotify) rungs_touch_free, error);
}

gboolean
rungs_touch_count_of_source (RungsDb *db,
                             gint64   source,
                             gint64  *n,
                             GError **error)
{
  g_return_val_if_fail (db != NULL && n != NULL, FALSE);

  return rungs_record_ask (db, SQL_COUNT_OF_SOURCE, source, 0, n, error);
}
