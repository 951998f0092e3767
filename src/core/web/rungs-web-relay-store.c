/* rungs-web-relay-store.c: the relay that takes deliveries while this machine sleeps. */

#include "web/rungs-web-relay-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "mail/rungs-link-key-store.h"
#include "web/rungs-opt-in-pending-store.h"

static const char SQL_LOAD[]
  = "SELECT uuid, address, ca_file, cursor, coalesce (looked_at, 0), trouble, paired_at,"
    "       place, coalesce (mail_account, 0), mail_there, mail_trouble"
    "  FROM web_relay WHERE id = 1";

static const char SQL_SAVE[]
  = "INSERT INTO web_relay (id, uuid, address, ca_file, place, paired_at)"
    " VALUES (1, :uuid, :address, :ca_file, :place, :now)"
    " ON CONFLICT (id) DO UPDATE SET"
    "   cursor = iif (uuid = excluded.uuid, cursor, 0), uuid = excluded.uuid,"
    "   address = excluded.address, ca_file = excluded.ca_file, paired_at = excluded.paired_at,"
    "   mail_account = iif (uuid = excluded.uuid, mail_account, NULL), mail_there = 0,"
    "   mail_trouble = '', place = excluded.place, looked_at = NULL, trouble = ''";

static const char SQL_MOVE[] = "UPDATE web_relay SET address = :address WHERE uuid = :uuid";

static const char SQL_REMOVE[] = "DELETE FROM web_relay WHERE id = :id";

static const char SQL_NOTE_CURSOR[]
  = "UPDATE web_relay SET cursor = :cursor WHERE uuid = :uuid AND cursor < :cursor";

static const char SQL_NOTE_LOOK[]
  = "UPDATE web_relay SET looked_at = :now, trouble = :trouble WHERE uuid = :uuid";

static const char SQL_SET_MAIL[]
  = "UPDATE web_relay SET mail_account = :account, mail_trouble = '' WHERE id = :id";

static const char SQL_NOTE_MAIL_THERE[]
  = "UPDATE web_relay SET mail_there = :there WHERE uuid = :uuid";

static const char SQL_NOTE_MAIL_TROUBLE[] = "UPDATE web_relay SET mail_trouble = :trouble";

static const char *const PLACES[] = {
  [RUNGS_RELAY_ELSEWHERE] = "elsewhere",
  [RUNGS_RELAY_HERE] = "here",
  [RUNGS_RELAY_OFFICE] = "office",
};

const char *
rungs_relay_place_to_text (RungsRelayPlace place)
{
  g_return_val_if_fail (place < G_N_ELEMENTS (PLACES), NULL);

  return PLACES[place];
}

static RungsRelayPlace
place_from_text (const char *text)
{
  RungsRelayPlace place = RUNGS_RELAY_OFFICE;

  while (place > RUNGS_RELAY_ELSEWHERE && strcmp (PLACES[place], text) != 0)
    place--;
  return place;
}

void
rungs_web_relay_free (RungsWebRelay *self)
{
  if (self == NULL)
    return;
  g_free (self->uuid);
  g_free (self->address);
  g_free (self->ca_file);
  g_free (self->trouble);
  g_free (self->mail_trouble);
  g_free (self);
}

static gpointer
read_relay (RungsStatement *row)
{
  RungsWebRelay *self = g_new0 (RungsWebRelay, 1);

  self->uuid = rungs_statement_dup_text (row, 0);
  self->address = rungs_statement_dup_text (row, 1);
  self->ca_file = rungs_statement_dup_text (row, 2);
  self->cursor = rungs_statement_get_int64 (row, 3);
  self->looked_at = rungs_statement_get_int64 (row, 4);
  self->trouble = rungs_statement_dup_text (row, 5);
  self->paired_at = rungs_statement_get_int64 (row, 6);
  self->place = place_from_text (rungs_statement_get_text (row, 7));
  self->mail_account = rungs_statement_get_int64 (row, 8);
  self->mail_is_there = rungs_statement_get_int64 (row, 9) != 0;
  self->mail_trouble = rungs_statement_dup_text (row, 10);
  return self;
}

RungsWebRelay *
rungs_web_relay_load (RungsDb *db,
                      GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);

  return rungs_record_first (query, read_relay, _ ("there is no relay yet"), error);
}

gboolean
rungs_web_relay_save (RungsDb        *db,
                      const char     *uuid,
                      const char     *address,
                      const char     *ca_file,
                      RungsRelayPlace place,
                      gint64          now,
                      GError        **error)
{
  g_autoptr (RungsStatement) save = rungs_db_prepare (db, SQL_SAVE, error);
  g_autoptr (RungsWebRelay) before = rungs_web_relay_load (db, NULL);

  if (save == NULL
      || ((before == NULL || strcmp (before->uuid, uuid) != 0)
          && !rungs_opt_in_pending_give_up (db, now, error)))
    return FALSE;
  rungs_statement_bind_text (save, ":uuid", uuid);
  rungs_statement_bind_text (save, ":address", address);
  rungs_statement_bind_text (save, ":ca_file", ca_file);
  rungs_statement_bind_text (save, ":place", rungs_relay_place_to_text (place));
  rungs_statement_bind_int64 (save, ":now", now);
  return rungs_statement_run (save, error) && rungs_link_key_ensure (db, now, error);
}

gboolean
rungs_web_relay_move (RungsDb    *db,
                      const char *uuid,
                      const char *address,
                      GError    **error)
{
  g_autoptr (RungsStatement) move = rungs_db_prepare (db, SQL_MOVE, error);

  if (move == NULL)
    return FALSE;
  rungs_statement_bind_text (move, ":uuid", uuid);
  rungs_statement_bind_text (move, ":address", address);
  return rungs_statement_run (move, error);
}

char *
rungs_web_relay_dup_asked (const RungsWebRelay *self)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->place == RUNGS_RELAY_OFFICE)
    uri = g_uri_parse (self->address, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL)
    return g_strdup (self->address);
  return g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uri));
}

gboolean
rungs_web_relay_remove (RungsDb *db,
                        gint64   now,
                        GError **error)
{
  g_autoptr (RungsStatement) remove = rungs_db_prepare (db, SQL_REMOVE, error);

  return remove != NULL && rungs_opt_in_pending_give_up (db, now, error)
         && rungs_record_change (db, remove, 1, "relay", error);
}

gboolean
rungs_web_relay_note_cursor (RungsDb    *db,
                             const char *uuid,
                             gint64      cursor,
                             GError    **error)
{
  g_autoptr (RungsStatement) note = rungs_db_prepare (db, SQL_NOTE_CURSOR, error);

  if (note == NULL)
    return FALSE;
  rungs_statement_bind_text (note, ":uuid", uuid);
  rungs_statement_bind_int64 (note, ":cursor", cursor);
  return rungs_statement_run (note, error);
}

gboolean
rungs_web_relay_note_look (RungsDb    *db,
                           const char *uuid,
                           gint64      now,
                           const char *trouble,
                           GError    **error)
{
  g_autoptr (RungsStatement) note = rungs_db_prepare (db, SQL_NOTE_LOOK, error);

  if (note == NULL)
    return FALSE;
  rungs_statement_bind_text (note, ":uuid", uuid);
  rungs_statement_bind_int64 (note, ":now", now);
  rungs_statement_bind_text (note, ":trouble", trouble);
  return rungs_statement_run (note, error);
}

gboolean
rungs_web_relay_set_mail (RungsDb *db,
                          gint64   account,
                          GError **error)
{
  g_autoptr (RungsStatement) set = rungs_db_prepare (db, SQL_SET_MAIL, error);

  if (set == NULL)
    return FALSE;
  rungs_statement_bind_id (set, ":account", account);
  return rungs_record_change (db, set, 1, "relay", error);
}

gboolean
rungs_web_relay_note_mail (RungsDb    *db,
                           const char *uuid,
                           gboolean    is_there,
                           GError    **error)
{
  g_autoptr (RungsStatement) note = rungs_db_prepare (db, SQL_NOTE_MAIL_THERE, error);

  if (note == NULL)
    return FALSE;
  rungs_statement_bind_int64 (note, ":there", is_there);
  rungs_statement_bind_text (note, ":uuid", uuid);
  return rungs_statement_run (note, error);
}

gboolean
rungs_web_relay_note_mail_trouble (RungsDb    *db,
                                   const char *trouble,
                                   GError    **error)
{
  g_autoptr (RungsStatement) note = rungs_db_prepare (db, SQL_NOTE_MAIL_TROUBLE, error);

  if (note == NULL)
    return FALSE;
  rungs_statement_bind_text (note, ":trouble", trouble);
  return rungs_statement_run (note, error);
}
