/* rungs-picture-store.c: the pictures that messages can show. */

#include "mail/rungs-picture-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "mail/rungs-block-markdown.h"
#include "mail/rungs-message-store.h"

#define COLUMNS \
  " id, key, name, media_type, width, height, length (bytes), sha256, created_at "

static const char SQL_ADD[]
  = "INSERT INTO picture (key, name, media_type, width, height, sha256, created_at, bytes)"
    " VALUES (:key, :name, :media_type, :width, :height, :sha256, :now, :bytes)";

static const char SQL_LIST[] = "SELECT" COLUMNS "FROM picture ORDER BY created_at DESC, id DESC";

static const char SQL_LOAD[] = "SELECT" COLUMNS "FROM picture WHERE key = :key";

static const char SQL_LOAD_WHOLE[] = "SELECT" COLUMNS ", bytes FROM picture WHERE key = :key";

static const char SQL_FIND[] = "SELECT" COLUMNS "FROM picture WHERE sha256 = :sha256";

static const char SQL_RENAME[] = "UPDATE picture SET name = :name WHERE key = :key";

static const char SQL_REMOVE[] = "DELETE FROM picture WHERE key = :key";

static gpointer
picture_from_row (RungsStatement *row)
{
  RungsPicture *self = g_new0 (RungsPicture, 1);

  self->id = rungs_statement_get_int64 (row, 0);
  self->key = rungs_statement_dup_text (row, 1);
  self->name = rungs_statement_dup_text (row, 2);
  self->media_type = rungs_statement_dup_text (row, 3);
  self->width = rungs_statement_get_int64 (row, 4);
  self->height = rungs_statement_get_int64 (row, 5);
  self->size = rungs_statement_get_int64 (row, 6);
  self->sha256 = rungs_statement_dup_text (row, 7);
  self->created_at = rungs_statement_get_int64 (row, 8);
  return self;
}

static gpointer
whole_from_row (RungsStatement *row)
{
  RungsPicture *self = picture_from_row (row);

  self->bytes = rungs_statement_dup_blob (row, 9);
  return self;
}

static gboolean
refuse_missing (const char  *key,
                GError     **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("there is no picture “%s”"), key);
  return FALSE;
}

GPtrArray *
rungs_picture_list (RungsDb *db,
                    GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, picture_from_row, (GDestroyNotify) rungs_picture_free, error);
}

RungsPicture *
rungs_picture_load (RungsDb     *db,
                    const char  *key,
                    gboolean     with_bytes,
                    GError     **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autofree char *missing = NULL;

  g_return_val_if_fail (db != NULL && key != NULL, NULL);

  query = rungs_db_prepare (db, with_bytes ? SQL_LOAD_WHOLE : SQL_LOAD, error);
  missing = g_strdup_printf (_ ("there is no picture “%s”"), key);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":key", key);
  return rungs_record_first (query, with_bytes ? whole_from_row : picture_from_row, missing, error);
}

/* ---- adding */

/* What is stored with the same bytes; `*found` NULL: nothing. */
static gboolean
find (RungsDb       *db,
      const char    *sha256,
      RungsPicture **found,
      GError       **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIND, error);
  g_autoptr (GError) failure = NULL;

  *found = NULL;
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":sha256", sha256);
  *found = rungs_record_first (query, picture_from_row, "", &failure);
  if (*found != NULL || g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* The key of the name, with a number behind it where it is taken. */
static char *
dup_free_key (RungsDb     *db,
              const char  *name,
              GError     **error)
{
  g_autofree char *base = rungs_picture_dup_key (name);
  g_autofree char *key = g_strdup (base);

  for (guint i = 2;; i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (RungsPicture) taken = rungs_picture_load (db, key, FALSE, &failure);

      if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
        return g_steal_pointer (&key);
      if (taken == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      g_free (key);
      key = g_strdup_printf ("%s-%u", base, i);
    }
}

static gboolean
write_picture (RungsDb       *db,
               RungsPicture  *picture,
               gint64         now,
               GError       **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_ADD, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_text (insert, ":key", picture->key);
  rungs_statement_bind_text (insert, ":name", picture->name);
  rungs_statement_bind_text (insert, ":media_type", picture->media_type);
  rungs_statement_bind_int64 (insert, ":width", picture->width);
  rungs_statement_bind_int64 (insert, ":height", picture->height);
  rungs_statement_bind_text (insert, ":sha256", picture->sha256);
  rungs_statement_bind_int64 (insert, ":now", now);
  rungs_statement_bind_blob (insert, ":bytes", g_bytes_get_data (picture->bytes, NULL),
                             picture->size);
  if (!rungs_statement_run (insert, error))
    return FALSE;
  picture->id = rungs_db_get_last_id (db);
  picture->created_at = now;
  return TRUE;
}

RungsPicture *
rungs_picture_add (RungsDb     *db,
                   GBytes      *file,
                   const char  *name,
                   gint64       now,
                   GError     **error)
{
  g_autoptr (RungsPicture) picture = NULL;
  RungsPicture *known;

  g_return_val_if_fail (db != NULL && file != NULL && name != NULL, NULL);

  picture = rungs_picture_prepare (file, error);
  if (picture == NULL || !find (db, picture->sha256, &known, error))
    return NULL;
  if (known != NULL)
    return known;
  g_free (picture->name);
  g_free (picture->key);
  picture->name = g_utf8_make_valid (name, -1);
  picture->key = dup_free_key (db, name, error);
  if (picture->key == NULL || !write_picture (db, picture, now, error))
    return NULL;
  return g_steal_pointer (&picture);
}

/* ---- changing */

gboolean
rungs_picture_rename (RungsDb     *db,
                      const char  *key,
                      const char  *name,
                      GError     **error)
{
  g_autoptr (RungsStatement) update = NULL;
  g_autofree char *clean = NULL;

  g_return_val_if_fail (db != NULL && key != NULL && name != NULL, FALSE);

  clean = g_strstrip (g_strdup (name));
  if (*clean == '\0')
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("a picture needs a name"));
      return FALSE;
    }
  update = rungs_db_prepare (db, SQL_RENAME, error);
  if (update == NULL)
    return FALSE;
  rungs_statement_bind_text (update, ":key", key);
  rungs_statement_bind_text (update, ":name", clean);
  return rungs_statement_run (update, error)
         && (rungs_db_get_changes (db) > 0 || refuse_missing (key, error));
}

static gboolean
shows (const RungsMessage *message,
       const char         *key)
{
  g_autoptr (GPtrArray) blocks = rungs_blocks_parse (message->blocks, NULL);
  g_autoptr (GPtrArray) keys = blocks ? rungs_blocks_list_pictures (blocks) : NULL;

  return keys != NULL && g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL);
}

GStrv
rungs_picture_list_messages (RungsDb     *db,
                             const char  *key,
                             GError     **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  g_return_val_if_fail (db != NULL && key != NULL, NULL);

  rows = rungs_message_list (db, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const RungsMessage *message = ((RungsMessageRow *) g_ptr_array_index (rows, i))->message;

      if (shows (message, key))
        g_strv_builder_add (names, message->name);
    }
  return g_strv_builder_end (names);
}

gboolean
rungs_picture_remove (RungsDb     *db,
                      const char  *key,
                      GError     **error)
{
  g_autoptr (RungsStatement) remove = NULL;
  g_auto (GStrv) messages = rungs_picture_list_messages (db, key, error);

  if (messages == NULL)
    return FALSE;
  if (messages[0] != NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, _ ("the message “%s” shows it"),
                   messages[0]);
      return FALSE;
    }
  remove = rungs_db_prepare (db, SQL_REMOVE, error);
  if (remove == NULL)
    return FALSE;
  rungs_statement_bind_text (remove, ":key", key);
  return rungs_statement_run (remove, error)
         && (rungs_db_get_changes (db) > 0 || refuse_missing (key, error));
}
