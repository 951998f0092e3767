/* rungs-tag-store.c: reads and writes tags, and who has them. */

#include "leads/rungs-tag-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"

static const char SQL_FIND[] = "SELECT id FROM tag WHERE name = :name";

static const char SQL_NAME[] = "SELECT name FROM tag WHERE id = :id";

static const char SQL_ADD[] = "INSERT INTO tag (name) VALUES (:name)";

static const char SQL_RENAME[] = "UPDATE tag SET name = :name WHERE id = :id";

static const char SQL_DELETE[] = "DELETE FROM tag WHERE id = :id";

static const char SQL_LIST[]
    = "SELECT t.id, t.name, (SELECT count (*) FROM lead_tag lt WHERE lt.tag = t.id)"
      "  FROM tag t ORDER BY t.name";

static const char SQL_LIST_OF_LEAD[] = "SELECT t.id, t.name, 0"
                                       "  FROM lead_tag lt JOIN tag t ON t.id = lt.tag"
                                       " WHERE lt.lead = :lead ORDER BY t.name";

static const char SQL_GIVE[]
    = "INSERT INTO lead_tag (lead, tag, added_at) VALUES (:lead, :tag, :now)"
      " ON CONFLICT (lead, tag) DO NOTHING";

static const char SQL_TAKE[] = "DELETE FROM lead_tag WHERE lead = :lead AND tag = :tag";

void
rungs_tag_free (RungsTag *self)
{
  g_free (self->name);
  g_free (self);
}

/* NULL with INVALID where it cannot be the name of a tag: lists of tags are written with commas. */
static char *
tidy_name (const char *name,
           GError    **error)
{
  g_autofree char *tidy = g_strstrip (g_utf8_make_valid (name ? name : "", -1));

  if (*tidy != '\0' && strchr (tidy, ',') == NULL)
    return g_steal_pointer (&tidy);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               *tidy ? _ ("the tag “%s” has a comma in it") : _ ("a tag needs a name"), tidy);
  return NULL;
}

gboolean
rungs_tag_find (RungsDb    *db,
                const char *name,
                gint64     *id,
                GError    **error)
{
  g_autoptr (RungsStatement) find = rungs_db_prepare (db, SQL_FIND, error);
  g_autofree char *tidy = g_strstrip (g_strdup (name ? name : ""));

  if (find == NULL)
    return FALSE;
  rungs_statement_bind_text (find, ":name", tidy);
  return rungs_statement_get_number (find, 0, id, error);
}

gint64
rungs_tag_ensure (RungsDb    *db,
                  const char *name,
                  GError    **error)
{
  g_autofree char *tidy = tidy_name (name, error);
  g_autoptr (RungsStatement) add = NULL;
  gint64 id;

  if (tidy == NULL || !rungs_tag_find (db, tidy, &id, error))
    return 0;
  if (id != 0)
    return id;
  add = rungs_db_prepare (db, SQL_ADD, error);
  if (add == NULL)
    return 0;
  rungs_statement_bind_text (add, ":name", tidy);
  return rungs_statement_run (add, error) ? rungs_db_get_last_id (db) : 0;
}

gboolean
rungs_tag_rename (RungsDb    *db,
                  gint64      tag,
                  const char *name,
                  GError    **error)
{
  g_autofree char *tidy = tidy_name (name, error);
  g_autoptr (RungsStatement) rename = NULL;
  gint64 taken;

  if (tidy == NULL || !rungs_tag_find (db, tidy, &taken, error))
    return FALSE;
  if (taken != 0 && taken != tag)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, _ ("there is a tag “%s” already"),
                   tidy);
      return FALSE;
    }
  rename = rungs_db_prepare (db, SQL_RENAME, error);
  if (rename == NULL)
    return FALSE;
  rungs_statement_bind_text (rename, ":name", tidy);
  return rungs_record_change (db, rename, tag, "tag", error);
}

gboolean
rungs_tag_delete (RungsDb *db,
                  gint64   tag,
                  GError **error)
{
  g_autoptr (RungsStatement) delete = rungs_db_prepare (db, SQL_DELETE, error);

  return delete != NULL && rungs_record_change (db, delete, tag, "tag", error);
}

static gpointer
tag_from_row (RungsStatement *row)
{
  RungsTag *tag = g_new0 (RungsTag, 1);

  tag->id = rungs_statement_get_int64 (row, 0);
  tag->name = rungs_statement_dup_text (row, 1);
  tag->leads = rungs_statement_get_int64 (row, 2);
  return tag;
}

GPtrArray *
rungs_tag_list (RungsDb *db,
                GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, tag_from_row, (GDestroyNotify) rungs_tag_free, error);
}

GPtrArray *
rungs_tag_list_of_lead (RungsDb *db,
                        gint64   lead,
                        GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST_OF_LEAD, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  return rungs_record_list (query, tag_from_row, (GDestroyNotify) rungs_tag_free, error);
}

static gpointer
name_from_row (RungsStatement *row)
{
  return rungs_statement_dup_text (row, 0);
}

/* Runs `change`, and adds the event where it changed something. */
static gboolean
change_and_tell (RungsDb        *db,
                 RungsStatement *change,
                 gint64          lead,
                 gint64          tag,
                 const char     *kind,
                 gint64          now,
                 GError        **error)
{
  g_autofree char *name = rungs_record_load (db, SQL_NAME, tag, name_from_row, "tag", error);

  if (name == NULL)
    return FALSE;
  rungs_statement_bind_int64 (change, ":lead", lead);
  rungs_statement_bind_int64 (change, ":tag", tag);
  if (!rungs_statement_run (change, error))
    return FALSE;
  return rungs_db_get_changes (db) == 0
         || rungs_event_add (db, lead, kind, now, tag, name, error) != 0;
}

gboolean
rungs_lead_add_tag (RungsDb *db,
                    gint64   lead,
                    gint64   tag,
                    gint64   now,
                    GError **error)
{
  g_autoptr (RungsStatement) give = rungs_db_prepare (db, SQL_GIVE, error);

  if (give == NULL)
    return FALSE;
  rungs_statement_bind_int64 (give, ":now", now);
  return change_and_tell (db, give, lead, tag, RUNGS_EVENT_TAG_ADDED, now, error);
}

gboolean
rungs_lead_remove_tag (RungsDb *db,
                       gint64   lead,
                       gint64   tag,
                       gint64   now,
                       GError **error)
{
  g_autoptr (RungsStatement) take = rungs_db_prepare (db, SQL_TAKE, error);

  return take != NULL
         && change_and_tell (db, take, lead, tag, RUNGS_EVENT_TAG_REMOVED, now, error);
}
