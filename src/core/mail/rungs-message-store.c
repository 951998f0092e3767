/* rungs-message-store.c: messages and their versions. */

#include "mail/rungs-message-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-language-tag.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "mail/rungs-block-markdown.h"
#include "mail/rungs-message-body.h"

#define COLUMNS \
  "m.id, m.name, m.purpose, m.value, m.kind = 'marketing', v.id, v.subject, v.preview, v.blocks," \
  " m.created_at, m.updated_at, m.language"

static const char SQL_LOAD[] = "SELECT " COLUMNS
                               "  FROM message m LEFT JOIN message_version v ON v.id = m.version"
                               " WHERE m.id = :id";
static const char SQL_LOAD_BY_NAME[]
    = "SELECT " COLUMNS "  FROM message m LEFT JOIN message_version v ON v.id = m.version"
      " WHERE m.name = :name";
static const char SQL_LOAD_VERSION[]
    = "SELECT " COLUMNS "  FROM message_version v JOIN message m ON m.id = v.message"
      " WHERE v.id = :id";

static const char SQL_LIST[]
    = "WITH counts AS ("
      "  SELECT message, count (*) FILTER (WHERE state = 'sent') AS sent,"
      "         count (*) FILTER (WHERE state = 'planned') AS planned,"
      "         max (ended_at) FILTER (WHERE state = 'sent') AS last_sent_at"
      "    FROM outbox GROUP BY message)"
      " SELECT " COLUMNS ", c.sent, c.planned, c.last_sent_at"
      "  FROM message m LEFT JOIN message_version v ON v.id = m.version"
      "  LEFT JOIN counts c ON c.message = m.id ORDER BY m.name";

static const char SQL_ADD[]
    = "INSERT INTO message (name, purpose, value, kind, language, created_at, updated_at)"
      " VALUES (:name, :purpose, :value, :kind, :language, :now, :now)";
static const char SQL_SAVE[]
    = "UPDATE message SET name = :name, purpose = :purpose, value = :value, kind = :kind,"
      "   language = :language, updated_at = :now WHERE id = :id";
static const char SQL_ADD_VERSION[]
    = "INSERT INTO message_version (message, subject, preview, blocks, created_at)"
      " VALUES (:message, :subject, :preview, :blocks, :now)";
static const char SQL_USE_VERSION[] = "UPDATE message SET version = :version WHERE id = :id";

/* Sequences name their messages in their graphs; only SQLite looks into JSON. */
static const char SQL_IN_USE[] =
  "SELECT EXISTS (SELECT 1 FROM outbox WHERE message = m.id)"
  "       OR EXISTS (SELECT 1 FROM sequence s JOIN sequence_version v ON v.id = s.version,"
  "                         json_each (v.graph, '$.steps') j"
  "                   WHERE j.value ->> '$.message' = m.name)"
  "       OR EXISTS (SELECT 1 FROM broadcast WHERE message = m.id)"
  "       OR EXISTS (SELECT 1 FROM product WHERE delivery_message = m.id)"
  "  FROM message m WHERE m.id = :id";
static const char SQL_DROP_VERSION[] = "UPDATE message SET version = NULL WHERE id = :id";
static const char SQL_REMOVE[] = "DELETE FROM message WHERE id = :id";

RungsMessage *
rungs_message_new (void)
{
  RungsMessage *self = g_new0 (RungsMessage, 1);

  self->name = g_strdup ("");
  self->purpose = g_strdup ("");
  self->value = g_strdup ("");
  self->marketing = TRUE;
  self->language = g_strdup ("");
  self->subject = g_strdup ("");
  self->preview = g_strdup ("");
  self->blocks = g_strdup ("[]");
  return self;
}

RungsMessage *
rungs_message_copy (const RungsMessage *self)
{
  RungsMessage *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);
  copy->purpose = g_strdup (self->purpose);
  copy->value = g_strdup (self->value);
  copy->language = g_strdup (self->language);
  copy->subject = g_strdup (self->subject);
  copy->preview = g_strdup (self->preview);
  copy->blocks = g_strdup (self->blocks);
  return copy;
}

void
rungs_message_free (RungsMessage *self)
{
  g_free (self->name);
  g_free (self->purpose);
  g_free (self->value);
  g_free (self->language);
  g_free (self->subject);
  g_free (self->preview);
  g_free (self->blocks);
  g_free (self);
}

void
rungs_message_row_free (RungsMessageRow *self)
{
  rungs_message_free (self->message);
  g_free (self);
}

/* ---- blocks and text */

char *
rungs_message_blocks_from_text (const char *text)
{
  g_autoptr (GPtrArray) blocks = NULL;
  RungsBlock *block;

  g_return_val_if_fail (text != NULL, NULL);

  block = rungs_block_new (RUNGS_BLOCK_TEXT);
  g_free (block->text);
  block->text = g_strdup (text);
  blocks = rungs_blocks_new ();
  g_ptr_array_add (blocks, block);
  return rungs_blocks_to_json (blocks);
}

char *
rungs_message_text_from_blocks (const char *blocks,
                                GError    **error)
{
  g_autoptr (GPtrArray) list = NULL;

  g_return_val_if_fail (blocks != NULL, NULL);

  list = rungs_blocks_parse (blocks, error);
  return list ? rungs_blocks_to_markdown (list) : NULL;
}

gboolean
rungs_message_is_text (const char *blocks)
{
  g_autoptr (GPtrArray) list = NULL;

  g_return_val_if_fail (blocks != NULL, FALSE);

  list = rungs_blocks_parse (blocks, NULL);
  return list != NULL && rungs_blocks_are_text (list);
}

/* ---- reading */

static char *
dup_or_empty (RungsStatement *query,
              int             column)
{
  const char *text = rungs_statement_get_text (query, column);

  return g_strdup (text ? text : "");
}

static gpointer
message_from_row (RungsStatement *query)
{
  RungsMessage *self = g_new0 (RungsMessage, 1);

  self->id = rungs_statement_get_int64 (query, 0);
  self->name = dup_or_empty (query, 1);
  self->purpose = dup_or_empty (query, 2);
  self->value = dup_or_empty (query, 3);
  self->marketing = rungs_statement_get_int64 (query, 4) != 0;
  self->version = rungs_statement_get_int64 (query, 5);
  self->subject = dup_or_empty (query, 6);
  self->preview = dup_or_empty (query, 7);
  self->blocks = rungs_statement_is_null (query, 8) ? g_strdup ("[]") : dup_or_empty (query, 8);
  self->created_at = rungs_statement_get_int64 (query, 9);
  self->updated_at = rungs_statement_get_int64 (query, 10);
  self->language = dup_or_empty (query, 11);
  return self;
}

RungsMessage *
rungs_message_load (RungsDb *db,
                    gint64   id,
                    GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, message_from_row, "message", error);
}

RungsMessage *
rungs_message_load_by_name (RungsDb    *db,
                            const char *name,
                            GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD_BY_NAME, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":name", name);
  return rungs_record_first (query, message_from_row, _ ("there is no such message"), error);
}

RungsMessage *
rungs_message_load_version (RungsDb *db,
                            gint64   version,
                            GError **error)
{
  return rungs_record_load (db, SQL_LOAD_VERSION, version, message_from_row, "message version",
                            error);
}

static gpointer
listed_from_row (RungsStatement *query)
{
  RungsMessageRow *row = g_new0 (RungsMessageRow, 1);

  row->message = message_from_row (query);
  row->sent = rungs_statement_get_int64 (query, 12);
  row->planned = rungs_statement_get_int64 (query, 13);
  row->last_sent_at = rungs_statement_get_int64 (query, 14);
  return row;
}

GPtrArray *
rungs_message_list (RungsDb *db,
                    GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, listed_from_row, (GDestroyNotify) rungs_message_row_free, error);
}

/* ---- writing */

static gboolean
is_blank (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return *text == '\0';
}

static gboolean
check (const RungsMessage *message,
       GError            **error)
{
  const struct
  {
    const char *text;
    const char *refusal;
  } needed[] = {
    { message->name, _ ("a message needs a name") },
    { message->purpose, _ ("a message needs a purpose: what is it for?") },
    { message->value, _ ("a message needs a value: what does its reader get from it?") },
    { message->subject, _ ("a message needs a subject") },
  };
  g_autoptr (RungsMessageTemplate) template = NULL;

  for (size_t i = 0; i < G_N_ELEMENTS (needed); i++)
    if (is_blank (needed[i].text))
      {
        g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, needed[i].refusal);
        return FALSE;
      }
  if (*message->language != '\0' && !rungs_language_tag_is_valid (message->language))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("“%s” is not a language such as “de” or “en-GB”"), message->language);
      return FALSE;
    }
  template
      = rungs_message_template_new (message->subject, message->preview, message->blocks, error);
  return template != NULL;
}

static gboolean
write_message (RungsDb      *db,
               RungsMessage *message,
               gint64        now,
               GError      **error)
{
  g_autoptr (RungsStatement) statement
      = rungs_db_prepare (db, message->id ? SQL_SAVE : SQL_ADD, error);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return FALSE;
  if (message->id != 0)
    rungs_statement_bind_int64 (statement, ":id", message->id);
  rungs_statement_bind_text (statement, ":name", message->name);
  rungs_statement_bind_text (statement, ":purpose", message->purpose);
  rungs_statement_bind_text (statement, ":value", message->value);
  rungs_statement_bind_text (statement, ":kind",
                             message->marketing ? "marketing" : "transactional");
  rungs_statement_bind_text (statement, ":language", message->language);
  rungs_statement_bind_int64 (statement, ":now", now);
  if (!rungs_statement_run (statement, &failure))
    {
      if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
        g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                     _ ("there is a message named “%s” already"), message->name);
      else
        g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (message->id != 0)
    return rungs_db_get_changes (db) > 0
           || rungs_record_refuse_missing ("message", message->id, error);
  message->id = rungs_db_get_last_id (db);
  message->created_at = now;
  return TRUE;
}

static gboolean
write_version (RungsDb      *db,
               RungsMessage *message,
               gint64        now,
               GError      **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_ADD_VERSION, error);
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_USE_VERSION, error);

  if (insert == NULL || update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":message", message->id);
  rungs_statement_bind_text (insert, ":subject", message->subject);
  rungs_statement_bind_text (insert, ":preview", message->preview);
  rungs_statement_bind_text (insert, ":blocks", message->blocks);
  rungs_statement_bind_int64 (insert, ":now", now);
  if (!rungs_statement_run (insert, error))
    return FALSE;
  message->version = rungs_db_get_last_id (db);
  rungs_statement_bind_int64 (update, ":version", message->version);
  rungs_statement_bind_int64 (update, ":id", message->id);
  return rungs_statement_run (update, error);
}

static gboolean
same_text (const RungsMessage *a,
           const RungsMessage *b)
{
  return a->version != 0 && strcmp (a->subject, b->subject) == 0
         && strcmp (a->preview, b->preview) == 0 && strcmp (a->blocks, b->blocks) == 0;
}

gboolean
rungs_message_save (RungsDb      *db,
                    RungsMessage *message,
                    gint64        now,
                    GError      **error)
{
  g_autoptr (RungsMessage) stored = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (message != NULL, FALSE);

  if (!check (message, error)
      || (message->id != 0 && !(stored = rungs_message_load (db, message->id, error)))
      || !write_message (db, message, now, error))
    return FALSE;
  message->updated_at = now;
  if (stored != NULL && same_text (stored, message))
    {
      message->version = stored->version;
      return TRUE;
    }
  return write_version (db, message, now, error);
}

gboolean
rungs_message_remove (RungsDb *db,
                      gint64   message,
                      GError **error)
{
  gint64 used = -1;

  if (!rungs_record_ask (db, SQL_IN_USE, message, -1, &used, error))
    return FALSE;
  if (used < 0)
    return rungs_record_refuse_missing ("message", message, error);
  if (used > 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("the message was sent or planned, or a sequence, a broadcast or a product"
                      " uses it"));
      return FALSE;
    }
  return rungs_record_run (db, SQL_DROP_VERSION, message, error)
         && rungs_record_run (db, SQL_REMOVE, message, error);
}
