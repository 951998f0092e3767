/* rungs-relay-letter-store.c: messages that the relay is to send. */

#include "rungs-relay-letter-store.h"

#include "db/rungs-statement.h"

static const char SQL_PUT[]
  = "INSERT INTO letter (once, sender, recipient, message_id, bytes, made_at, due_at)"
    " VALUES (:once, :sender, :recipient, :message_id, :bytes, :made_at, :due_at)"
    " ON CONFLICT (once) DO NOTHING";

#define LETTER                                                                                     \
  "SELECT id, once, sender, recipient, message_id, bytes, made_at, due_at, tries FROM letter"

static const char SQL_FIRST[] = LETTER " WHERE is_out = 0 ORDER BY due_at, id LIMIT 1";

static const char SQL_LOST[] = LETTER " WHERE is_out = 1 LIMIT 1";

static const char SQL_SET_OUT[] = "UPDATE letter SET is_out = 1 WHERE id = :id";

static const char SQL_POSTPONE[]
  = "UPDATE letter SET is_out = 0, tries = tries + 1, due_at = :due_at WHERE id = :id";

static const char SQL_FORGET[] = "DELETE FROM letter WHERE id = :id";

void
rungs_relay_letter_free (RungsRelayLetter *self)
{
  if (self == NULL)
    return;
  g_free (self->once);
  g_free (self->sender);
  g_free (self->recipient);
  g_free (self->message_id);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

gboolean
rungs_relay_letter_put (RungsDb                *db,
                        const RungsRelayLetter *letter,
                        GError                **error)
{
  g_autoptr (RungsStatement) put = rungs_db_prepare (db, SQL_PUT, error);

  if (put == NULL)
    return FALSE;
  rungs_statement_bind_text (put, ":once", letter->once);
  rungs_statement_bind_text (put, ":sender", letter->sender);
  rungs_statement_bind_text (put, ":recipient", letter->recipient);
  rungs_statement_bind_text (put, ":message_id", letter->message_id);
  rungs_statement_bind_blob (put, ":bytes", g_bytes_get_data (letter->bytes, NULL),
                             g_bytes_get_size (letter->bytes));
  rungs_statement_bind_int64 (put, ":made_at", letter->made_at);
  rungs_statement_bind_int64 (put, ":due_at", letter->due_at);
  return rungs_statement_run (put, error);
}

static RungsRelayLetter *
letter_from_row (RungsStatement *row)
{
  RungsRelayLetter *self = g_new0 (RungsRelayLetter, 1);
  gsize size = 0;
  gconstpointer bytes = rungs_statement_get_blob (row, 5, &size);

  self->id = rungs_statement_get_int64 (row, 0);
  self->once = rungs_statement_dup_text (row, 1);
  self->sender = rungs_statement_dup_text (row, 2);
  self->recipient = rungs_statement_dup_text (row, 3);
  self->message_id = rungs_statement_dup_text (row, 4);
  self->bytes = g_bytes_new (bytes, size);
  self->made_at = rungs_statement_get_int64 (row, 6);
  self->due_at = rungs_statement_get_int64 (row, 7);
  self->tries = rungs_statement_get_int64 (row, 8);
  return self;
}

static gboolean
load_one (RungsDb           *db,
          const char        *sql,
          RungsRelayLetter **letter,
          GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);
  RungsStep step;

  *letter = NULL;
  if (query == NULL)
    return FALSE;
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    *letter = letter_from_row (query);
  return step != RUNGS_FAILED;
}

gboolean
rungs_relay_letter_load_first (RungsDb           *db,
                               RungsRelayLetter **letter,
                               GError           **error)
{
  return load_one (db, SQL_FIRST, letter, error);
}

gboolean
rungs_relay_letter_load_lost (RungsDb           *db,
                              RungsRelayLetter **letter,
                              GError           **error)
{
  return load_one (db, SQL_LOST, letter, error);
}

static gboolean
change_one (RungsDb    *db,
            const char *sql,
            gint64      id,
            GError    **error)
{
  g_autoptr (RungsStatement) change = rungs_db_prepare (db, sql, error);

  if (change == NULL)
    return FALSE;
  rungs_statement_bind_int64 (change, ":id", id);
  return rungs_statement_run (change, error);
}

gboolean
rungs_relay_letter_set_out (RungsDb *db,
                            gint64   id,
                            GError **error)
{
  return change_one (db, SQL_SET_OUT, id, error);
}

gboolean
rungs_relay_letter_postpone (RungsDb *db,
                             gint64   id,
                             gint64   due_at,
                             GError **error)
{
  g_autoptr (RungsStatement) postpone = rungs_db_prepare (db, SQL_POSTPONE, error);

  if (postpone == NULL)
    return FALSE;
  rungs_statement_bind_int64 (postpone, ":id", id);
  rungs_statement_bind_int64 (postpone, ":due_at", due_at);
  return rungs_statement_run (postpone, error);
}

gboolean
rungs_relay_letter_forget (RungsDb *db,
                           gint64   id,
                           GError **error)
{
  return change_one (db, SQL_FORGET, id, error);
}
