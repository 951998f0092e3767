/* rungs-mailbox-store.c: the mailboxes in which replies and returned mail come in. */

#include "mail/rungs-mailbox-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "base/rungs-names.h"
#include "db/rungs-record.h"
#include "mail/rungs-account-store.h"

#define COLUMNS                                                                                    \
  "id, uuid, name, host, port, security, auth, username, ca_file, folder, minutes, validity,"      \
  " newest, looked_at, trouble, kind, provider, url, state"

#define WHAT "mailbox"

static const char SQL_LOAD[] = "SELECT " COLUMNS " FROM mailbox WHERE id = :id";
static const char SQL_LOAD_BY_NAME[] = "SELECT " COLUMNS " FROM mailbox WHERE name = :name";
static const char SQL_LIST[] = "SELECT " COLUMNS " FROM mailbox ORDER BY name COLLATE NOCASE, id";

static const char SQL_ADD[]
  = "INSERT INTO mailbox (uuid, name, host, port, security, auth, username, ca_file, folder,"
    "                     minutes, kind, provider, url, created_at)"
    " VALUES (:uuid, :name, :host, :port, :security, :auth, :username, :ca_file, :folder, :minutes,"
    "         :kind, :provider, :url, :now)"
    " RETURNING id";

static const char SQL_SAVE[]
  = "UPDATE mailbox SET name = :name, port = :port, security = :security, auth = :auth,"
    "   ca_file = :ca_file, minutes = :minutes,"
    "   provider = :provider,"
    "   validity = CASE WHEN (host, username, folder) = (:host, :username, :folder)"
    "                   THEN validity ELSE 0 END,"
    "   state = CASE WHEN (url, username, folder) = (:url, :username, :folder)"
    "                THEN state ELSE '' END,"
    "   kind = :kind, url = :url, host = :host, username = :username, folder = :folder,"
    "   looked_at = NULL, trouble = ''"
    " WHERE id = :id";

static const char SQL_REMOVE[] = "DELETE FROM mailbox WHERE id = :id";

static const char SQL_NOTE[]
  = "UPDATE mailbox SET validity = :validity, newest = :newest WHERE id = :id";

static const char SQL_NOTE_STATE[] = "UPDATE mailbox SET state = :state WHERE id = :id";

static const char SQL_NOTE_LOOK[]
  = "UPDATE mailbox SET looked_at = :now, trouble = :trouble WHERE id = :id";

static const char *const KINDS[] = { "imap", "jmap" };

const char *
rungs_mailbox_kind_to_text (RungsMailboxKind kind)
{
  return KINDS[kind];
}

gboolean
rungs_mailbox_kind_from_text (const char       *text,
                              RungsMailboxKind *kind)
{
  return rungs_names_find (KINDS, G_N_ELEMENTS (KINDS), text, kind);
}

RungsMailbox *
rungs_mailbox_new (void)
{
  RungsMailbox *self = g_new0 (RungsMailbox, 1);

  self->uuid = g_uuid_string_random ();
  self->name = g_strdup ("");
  self->provider = g_strdup ("");
  self->url = g_strdup ("");
  self->state = g_strdup ("");
  self->host = g_strdup ("");
  self->security = RUNGS_SMTP_TLS;
  self->auth = RUNGS_SMTP_AUTH_AUTO;
  self->username = g_strdup ("");
  self->ca_file = g_strdup ("");
  self->folder = g_strdup ("INBOX");
  self->minutes = 5;
  self->trouble = g_strdup ("");
  return self;
}

RungsMailbox *
rungs_mailbox_copy (const RungsMailbox *self)
{
  RungsMailbox *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->uuid = g_strdup (self->uuid);
  copy->name = g_strdup (self->name);
  copy->provider = g_strdup (self->provider);
  copy->url = g_strdup (self->url);
  copy->state = g_strdup (self->state);
  copy->host = g_strdup (self->host);
  copy->username = g_strdup (self->username);
  copy->ca_file = g_strdup (self->ca_file);
  copy->folder = g_strdup (self->folder);
  copy->trouble = g_strdup (self->trouble);
  return copy;
}

void
rungs_mailbox_free (RungsMailbox *self)
{
  if (self == NULL)
    return;
  g_free (self->uuid);
  g_free (self->name);
  g_free (self->provider);
  g_free (self->url);
  g_free (self->state);
  g_free (self->host);
  g_free (self->username);
  g_free (self->ca_file);
  g_free (self->folder);
  g_free (self->trouble);
  g_free (self);
}

RungsSmtpSettings *
rungs_mailbox_dup_settings (const RungsMailbox *self)
{
  RungsSmtpSettings *settings;

  g_return_val_if_fail (self != NULL, NULL);

  settings = rungs_smtp_settings_new (self->host, self->port, self->security);
  settings->auth = self->auth;
  settings->username = g_strdup (self->username);
  settings->ca_file = *self->ca_file ? g_strdup (self->ca_file) : NULL;
  return settings;
}

RungsJmapSettings *
rungs_mailbox_dup_jmap_settings (const RungsMailbox *self)
{
  RungsJmapSettings *settings;

  g_return_val_if_fail (self != NULL, NULL);

  settings = rungs_jmap_settings_new (self->url, rungs_jmap_auth_from_smtp (self->auth));
  settings->username = g_strdup (self->username);
  settings->ca_file = *self->ca_file ? g_strdup (self->ca_file) : NULL;
  return settings;
}

static gpointer
mailbox_from_row (RungsStatement *query)
{
  RungsMailbox *self = g_new0 (RungsMailbox, 1);

  self->id = rungs_statement_get_int64 (query, 0);
  self->uuid = rungs_statement_dup_text (query, 1);
  self->name = rungs_statement_dup_text (query, 2);
  self->host = rungs_statement_dup_text (query, 3);
  self->port = (guint) rungs_statement_get_int64 (query, 4);
  rungs_smtp_security_from_text (rungs_statement_get_text (query, 5), &self->security);
  rungs_smtp_auth_from_text (rungs_statement_get_text (query, 6), &self->auth);
  self->username = rungs_statement_dup_text (query, 7);
  self->ca_file = rungs_statement_dup_text (query, 8);
  self->folder = rungs_statement_dup_text (query, 9);
  self->minutes = (guint) rungs_statement_get_int64 (query, 10);
  self->validity = (guint32) rungs_statement_get_int64 (query, 11);
  self->newest = (guint32) rungs_statement_get_int64 (query, 12);
  self->looked_at = rungs_statement_get_int64 (query, 13);
  self->trouble = rungs_statement_dup_text (query, 14);
  rungs_mailbox_kind_from_text (rungs_statement_get_text (query, 15), &self->kind);
  self->provider = rungs_statement_dup_text (query, 16);
  self->url = rungs_statement_dup_text (query, 17);
  self->state = rungs_statement_dup_text (query, 18);
  return self;
}

static gboolean
refuse (const char *why,
        GError    **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
check (const RungsMailbox *mailbox,
       GError            **error)
{
  if (*mailbox->name == '\0')
    return refuse (_ ("a mailbox needs a name"), error);
  if (mailbox->kind == RUNGS_MAILBOX_IMAP && *mailbox->host == '\0')
    return refuse (_ ("a mailbox needs the name of its server"), error);
  if (mailbox->kind == RUNGS_MAILBOX_JMAP && *mailbox->url == '\0')
    return refuse (_ ("a mailbox needs the address of its server, with https://"), error);
  if (*mailbox->username == '\0')
    return refuse (_ ("a mailbox needs a user name"), error);
  if (*mailbox->folder == '\0')
    return refuse (_ ("a mailbox needs a folder, such as INBOX"), error);
  if (mailbox->port > 65535)
    return refuse (_ ("a port is at most 65535"), error);
  if (mailbox->minutes < 1 || mailbox->minutes > 1440)
    return refuse (_ ("a mailbox is looked at every 1 to 1440 minutes"), error);
  return TRUE;
}

static void
bind (RungsStatement     *statement,
      const RungsMailbox *mailbox)
{
  rungs_statement_bind_text (statement, ":name", mailbox->name);
  rungs_statement_bind_text (statement, ":kind", KINDS[mailbox->kind]);
  rungs_statement_bind_text (statement, ":provider", mailbox->provider);
  rungs_statement_bind_text (statement, ":url", mailbox->url);
  rungs_statement_bind_text (statement, ":host", mailbox->host);
  rungs_statement_bind_int64 (statement, ":port", mailbox->port);
  rungs_statement_bind_text (statement, ":security",
                             rungs_smtp_security_to_text (mailbox->security));
  rungs_statement_bind_text (statement, ":auth", rungs_smtp_auth_to_text (mailbox->auth));
  rungs_statement_bind_text (statement, ":username", mailbox->username);
  rungs_statement_bind_text (statement, ":ca_file", mailbox->ca_file);
  rungs_statement_bind_text (statement, ":folder", mailbox->folder);
  rungs_statement_bind_int64 (statement, ":minutes", mailbox->minutes);
}

/* Says which name is taken instead of which rule refused. */
static gboolean
explain_conflict (const RungsMailbox *mailbox,
                  GError             *failure,
                  GError            **error)
{
  if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("there is a mailbox named “%s” already"), mailbox->name);
      g_error_free (failure);
    }
  else
    g_propagate_error (error, failure);
  return FALSE;
}

gboolean
rungs_mailbox_add (RungsDb       *db,
                   RungsMailbox  *mailbox,
                   gint64         now,
                   GError       **error)
{
  g_autoptr (RungsStatement) insert = NULL;
  GError *failure = NULL;

  g_return_val_if_fail (mailbox != NULL, FALSE);

  if (!check (mailbox, error) || !(insert = rungs_db_prepare (db, SQL_ADD, error)))
    return FALSE;
  bind (insert, mailbox);
  rungs_statement_bind_text (insert, ":uuid", mailbox->uuid);
  rungs_statement_bind_int64 (insert, ":now", now);
  if (rungs_statement_step (insert, &failure) != RUNGS_ROW)
    return explain_conflict (mailbox, failure, error);
  mailbox->id = rungs_statement_get_int64 (insert, 0);
  return rungs_statement_run (insert, error);
}

gboolean
rungs_mailbox_save (RungsDb            *db,
                    const RungsMailbox *mailbox,
                    GError            **error)
{
  g_autoptr (RungsStatement) update = NULL;
  GError *failure = NULL;

  g_return_val_if_fail (mailbox != NULL, FALSE);

  if (!check (mailbox, error) || !(update = rungs_db_prepare (db, SQL_SAVE, error)))
    return FALSE;
  bind (update, mailbox);
  return rungs_record_change (db, update, mailbox->id, WHAT, &failure)
         || explain_conflict (mailbox, failure, error);
}

gboolean
rungs_mailbox_remove (RungsDb *db,
                      gint64   mailbox,
                      GError **error)
{
  g_autoptr (RungsStatement) remove = rungs_db_prepare (db, SQL_REMOVE, error);

  return remove != NULL && rungs_record_change (db, remove, mailbox, WHAT, error);
}

gboolean
rungs_mailbox_note (RungsDb *db,
                    gint64   mailbox,
                    guint32  validity,
                    guint32  newest,
                    GError **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_NOTE, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":validity", validity);
  rungs_statement_bind_int64 (update, ":newest", newest);
  return rungs_record_change (db, update, mailbox, WHAT, error);
}

gboolean
rungs_mailbox_note_state (RungsDb    *db,
                          gint64      mailbox,
                          const char *state,
                          GError    **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_NOTE_STATE, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_text (update, ":state", state);
  return rungs_record_change (db, update, mailbox, WHAT, error);
}

gboolean
rungs_mailbox_note_look (RungsDb    *db,
                         gint64      mailbox,
                         gint64      now,
                         const char *trouble,
                         GError    **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_NOTE_LOOK, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":now", now);
  rungs_statement_bind_text (update, ":trouble", trouble);
  return rungs_record_change (db, update, mailbox, WHAT, error);
}

RungsMailbox *
rungs_mailbox_load (RungsDb *db,
                    gint64   id,
                    GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, mailbox_from_row, WHAT, error);
}

RungsMailbox *
rungs_mailbox_load_by_name (RungsDb    *db,
                            const char *name,
                            GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD_BY_NAME, error);
  g_autofree char *missing = g_strdup_printf (_ ("there is no mailbox “%s”"), name);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":name", name);
  return rungs_record_first (query, mailbox_from_row, missing, error);
}

GPtrArray *
rungs_mailbox_list (RungsDb *db,
                    GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, mailbox_from_row, (GDestroyNotify) rungs_mailbox_free, error);
}
