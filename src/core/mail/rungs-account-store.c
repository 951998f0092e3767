/* rungs-account-store.c: the accounts by which messages leave. */

#include "mail/rungs-account-store.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "base/rungs-names.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "mail/rungs-warm-up.h"

#define COLUMNS \
  "id, uuid, name, kind, from_name, from_email, reply_to, host, port, security, auth, username," \
  " ca_file, connections, per_second, per_hour, per_day, is_default, paused_at, paused_reason," \
  " created_at, provider, options, url, warm_start, warm_growth, warm_days, warm_day"

#define WHAT "mail account"

static const char SQL_LOAD[] = "SELECT " COLUMNS " FROM account WHERE id = :id";
static const char SQL_LOAD_BY_NAME[] = "SELECT " COLUMNS " FROM account WHERE name = :name";
static const char SQL_LOAD_DEFAULT[] = "SELECT " COLUMNS " FROM account WHERE is_default = 1";
static const char SQL_LIST[] = "SELECT " COLUMNS " FROM account ORDER BY is_default DESC, name";

static const char SQL_ADD[]
  = "INSERT INTO account (uuid, name, kind, from_name, from_email, reply_to, host, port, security,"
    "   auth, username, ca_file, connections, per_second, per_hour, per_day, provider,"
    "   options, url, warm_start, warm_growth, is_default, created_at)"
    " VALUES (:uuid, :name, :kind, :from_name, :from_email, :reply_to, :host, :port, :security,"
    "   :auth, :username, :ca_file, :connections, :per_second, :per_hour, :per_day,"
    "   :provider, :options, :url, :warm_start, :warm_growth,"
    "   NOT EXISTS (SELECT 1 FROM account WHERE is_default = 1), :created_at)"
    " RETURNING id, is_default";

static const char SQL_SAVE[]
    = "UPDATE account SET name = :name, from_name = :from_name, from_email = :from_email,"
      "   reply_to = :reply_to, host = :host, port = :port, security = :security, auth = :auth,"
      "   username = :username, ca_file = :ca_file, connections = :connections,"
      "   per_second = :per_second, per_hour = :per_hour, per_day = :per_day,"
      "   provider = :provider, options = :options, url = :url,"
      "   warm_days = iif (warm_start = :warm_start, warm_days, 0),"
      "   warm_day = iif (warm_start = :warm_start, warm_day, NULL),"
      "   warm_start = :warm_start, warm_growth = :warm_growth"
      " WHERE id = :id";

static const char SQL_IN_USE[]
    = "SELECT is_default"
      "    OR EXISTS (SELECT 1 FROM outbox o WHERE o.account = a.id"
      "               AND o.state IN ('claimed', 'doubt'))"
      "  FROM account a WHERE a.id = :id";
static const char SQL_FORGET[] = "UPDATE outbox SET account = NULL WHERE account = :id";
static const char SQL_REMOVE[] = "DELETE FROM account WHERE id = :id";

static const char SQL_CLEAR_DEFAULT[] = "UPDATE account SET is_default = 0 WHERE is_default = 1";
static const char SQL_SET_DEFAULT[] = "UPDATE account SET is_default = 1 WHERE id = :id";
static const char SQL_PAUSE[]
    = "UPDATE account SET paused_at = :at, paused_reason = :reason WHERE id = :id";

static const char SQL_NOTE_DAY[]
    = "UPDATE account SET warm_days = warm_days + (warm_day IS NOT NULL), warm_day = :day"
      " WHERE id = :id AND warm_start > 0 AND warm_day IS NOT :day";

static const char *const KINDS[] = { "practice", "smtp", "jmap", "http" };
static const char *const SECURITIES[] = { "starttls", "tls", "none" };
static const char *const AUTHS[]
    = { "none", "auto", "plain", "login", "xoauth2", "oauth", "goa" };

const char *
rungs_account_kind_to_text (RungsAccountKind kind)
{
  return KINDS[kind];
}

gboolean
rungs_account_kind_from_text (const char       *text,
                              RungsAccountKind *kind)
{
  return rungs_names_find (KINDS, G_N_ELEMENTS (KINDS), text, kind);
}

gboolean
rungs_account_has_secret (const RungsAccount *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  switch (self->kind)
    {
    case RUNGS_ACCOUNT_HTTP:
      return TRUE;
    case RUNGS_ACCOUNT_SMTP:
    case RUNGS_ACCOUNT_JMAP:
      return self->auth != RUNGS_SMTP_AUTH_NONE && self->auth != RUNGS_SMTP_AUTH_OAUTH
             && self->auth != RUNGS_SMTP_AUTH_GOA;
    case RUNGS_ACCOUNT_PRACTICE:
    default:
      return FALSE;
    }
}

const char *
rungs_smtp_security_to_text (RungsSmtpSecurity security)
{
  return SECURITIES[security];
}

gboolean
rungs_smtp_security_from_text (const char        *text,
                               RungsSmtpSecurity *security)
{
  return rungs_names_find (SECURITIES, G_N_ELEMENTS (SECURITIES), text, security);
}

const char *
rungs_smtp_auth_to_text (RungsSmtpAuth auth)
{
  return AUTHS[auth];
}

gboolean
rungs_smtp_auth_from_text (const char    *text,
                           RungsSmtpAuth *auth)
{
  return rungs_names_find (AUTHS, G_N_ELEMENTS (AUTHS), text, auth);
}

RungsAccount *
rungs_account_new (RungsAccountKind kind)
{
  RungsAccount *self = g_new0 (RungsAccount, 1);

  self->uuid = g_strdup ("");
  self->name = g_strdup ("");
  self->kind = kind;
  self->from_name = g_strdup ("");
  self->from_email = g_strdup ("");
  self->reply_to = g_strdup ("");
  self->provider = g_strdup ("");
  self->options = g_strdup ("{}");
  self->url = g_strdup ("");
  self->host = g_strdup ("");
  self->security = RUNGS_SMTP_STARTTLS;
  self->auth = RUNGS_SMTP_AUTH_AUTO;
  self->username = g_strdup ("");
  self->ca_file = g_strdup ("");
  self->connections = 2;
  self->paused_reason = g_strdup ("");
  return self;
}

RungsAccount *
rungs_account_copy (const RungsAccount *self)
{
  RungsAccount *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->uuid = g_strdup (self->uuid);
  copy->name = g_strdup (self->name);
  copy->from_name = g_strdup (self->from_name);
  copy->from_email = g_strdup (self->from_email);
  copy->reply_to = g_strdup (self->reply_to);
  copy->provider = g_strdup (self->provider);
  copy->options = g_strdup (self->options);
  copy->url = g_strdup (self->url);
  copy->host = g_strdup (self->host);
  copy->username = g_strdup (self->username);
  copy->ca_file = g_strdup (self->ca_file);
  copy->warm_day = g_strdup (self->warm_day);
  copy->paused_reason = g_strdup (self->paused_reason);
  return copy;
}

void
rungs_account_free (RungsAccount *self)
{
  g_free (self->uuid);
  g_free (self->name);
  g_free (self->from_name);
  g_free (self->from_email);
  g_free (self->reply_to);
  g_free (self->provider);
  g_free (self->options);
  g_free (self->url);
  g_free (self->host);
  g_free (self->username);
  g_free (self->ca_file);
  g_free (self->warm_day);
  g_free (self->paused_reason);
  g_free (self);
}

RungsSmtpSettings *
rungs_account_dup_smtp_settings (const RungsAccount *self)
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
rungs_account_dup_jmap_settings (const RungsAccount *self)
{
  RungsJmapSettings *settings;

  g_return_val_if_fail (self != NULL, NULL);

  settings = rungs_jmap_settings_new (self->url, rungs_jmap_auth_from_smtp (self->auth));
  settings->username = g_strdup (self->username);
  settings->ca_file = *self->ca_file ? g_strdup (self->ca_file) : NULL;
  return settings;
}

static gpointer
account_from_row (RungsStatement *query)
{
  RungsAccount *self = g_new0 (RungsAccount, 1);

  self->id = rungs_statement_get_int64 (query, 0);
  self->uuid = rungs_statement_dup_text (query, 1);
  self->name = rungs_statement_dup_text (query, 2);
  rungs_account_kind_from_text (rungs_statement_get_text (query, 3), &self->kind);
  self->from_name = rungs_statement_dup_text (query, 4);
  self->from_email = rungs_statement_dup_text (query, 5);
  self->reply_to = rungs_statement_dup_text (query, 6);
  self->host = rungs_statement_dup_text (query, 7);
  self->port = rungs_statement_get_int64 (query, 8);
  rungs_smtp_security_from_text (rungs_statement_get_text (query, 9), &self->security);
  rungs_smtp_auth_from_text (rungs_statement_get_text (query, 10), &self->auth);
  self->username = rungs_statement_dup_text (query, 11);
  self->ca_file = rungs_statement_dup_text (query, 12);
  self->connections = rungs_statement_get_int64 (query, 13);
  self->per_second = rungs_statement_get_int64 (query, 14);
  self->per_hour = rungs_statement_get_int64 (query, 15);
  self->per_day = rungs_statement_get_int64 (query, 16);
  self->is_default = rungs_statement_get_int64 (query, 17) != 0;
  self->paused_at = rungs_statement_get_int64 (query, 18);
  self->paused_reason = rungs_statement_dup_text (query, 19);
  self->created_at = rungs_statement_get_int64 (query, 20);
  self->provider = rungs_statement_dup_text (query, 21);
  self->options = rungs_statement_dup_text (query, 22);
  self->url = rungs_statement_dup_text (query, 23);
  self->warm_start = rungs_statement_get_int64 (query, 24);
  self->warm_growth = rungs_statement_get_int64 (query, 25);
  self->warm_days = rungs_statement_get_int64 (query, 26);
  self->warm_day = rungs_statement_dup_text (query, 27);
  return self;
}

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

/* What only its kind needs. */
static gboolean
check_kind (const RungsAccount *account,
            GError            **error)
{
  g_autoptr (JsonNode) options = json_from_string (account->options, NULL);

  if (account->kind == RUNGS_ACCOUNT_SMTP && *account->host == '\0')
    return refuse (error, _ ("an account needs the name of its mail server"));
  if (account->kind == RUNGS_ACCOUNT_JMAP && !g_str_has_prefix (account->url, "https://")
      && !g_str_has_prefix (account->url, "http://"))
    return refuse (error, _ ("a JMAP account needs the address of its server, with https://"));
  if (account->kind == RUNGS_ACCOUNT_HTTP && *account->provider == '\0')
    return refuse (error, _ ("an account needs a provider"));
  if (options == NULL || !JSON_NODE_HOLDS_OBJECT (options))
    return refuse (error, _ ("the options of an account are a JSON object"));
  return TRUE;
}

static gboolean
check (const RungsAccount *account,
       GError            **error)
{
  g_autofree char *from = NULL;
  g_autofree char *reply_to = NULL;

  if (*account->name == '\0')
    return refuse (error, _ ("an account needs a name"));
  if (*account->reply_to != '\0' && !(reply_to = rungs_email_key (account->reply_to, error)))
    return FALSE;
  if (account->connections < 1 || account->connections > 32)
    return refuse (error, _ ("an account has 1 to 32 connections"));
  if (account->per_second < 0 || account->per_hour < 0 || account->per_day < 0)
    return refuse (error, _ ("a limit is 0 or more"));
  if (account->warm_start < 0 || account->warm_start > RUNGS_WARM_UP_MOST
      || account->warm_growth < 0 || account->warm_growth > RUNGS_WARM_UP_MOST_GROWTH)
    return refuse (error, _ ("a warm-up begins with 1 message or more, and grows by 0 to 400 %"));
  if (account->kind == RUNGS_ACCOUNT_PRACTICE && *account->from_email == '\0')
    return TRUE;
  if (!(from = rungs_email_key (account->from_email, error)))
    return FALSE;
  if (account->port > 65535)
    return refuse (error, _ ("a port is at most 65535"));
  return check_kind (account, error);
}

static void
bind (RungsStatement     *statement,
      const RungsAccount *account)
{
  rungs_statement_bind_text (statement, ":name", account->name);
  rungs_statement_bind_text (statement, ":from_name", account->from_name);
  rungs_statement_bind_text (statement, ":from_email", account->from_email);
  rungs_statement_bind_text (statement, ":reply_to", account->reply_to);
  rungs_statement_bind_text (statement, ":provider", account->provider);
  rungs_statement_bind_text (statement, ":options", account->options);
  rungs_statement_bind_text (statement, ":url", account->url);
  rungs_statement_bind_text (statement, ":host", account->host);
  rungs_statement_bind_int64 (statement, ":port", account->port);
  rungs_statement_bind_text (statement, ":security", SECURITIES[account->security]);
  rungs_statement_bind_text (statement, ":auth", AUTHS[account->auth]);
  rungs_statement_bind_text (statement, ":username", account->username);
  rungs_statement_bind_text (statement, ":ca_file", account->ca_file);
  rungs_statement_bind_int64 (statement, ":connections", account->connections);
  rungs_statement_bind_int64 (statement, ":per_second", account->per_second);
  rungs_statement_bind_int64 (statement, ":per_hour", account->per_hour);
  rungs_statement_bind_int64 (statement, ":per_day", account->per_day);
  rungs_statement_bind_int64 (statement, ":warm_start", account->warm_start);
  rungs_statement_bind_int64 (statement, ":warm_growth", account->warm_growth);
}

/* Says which name is taken instead of which rule refused. */
static gboolean
explain_conflict (const RungsAccount *account,
                  GError            **error,
                  GError             *failure)
{
  if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("there is an account named “%s” already"), account->name);
      g_error_free (failure);
    }
  else
    g_propagate_error (error, failure);
  return FALSE;
}

gboolean
rungs_account_add (RungsDb      *db,
                   RungsAccount *account,
                   gint64        now,
                   GError      **error)
{
  g_autoptr (RungsStatement) insert = NULL;
  GError *failure = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (account != NULL, FALSE);

  if (!check (account, error) || !(insert = rungs_db_prepare (db, SQL_ADD, error)))
    return FALSE;
  if (*account->uuid == '\0')
    {
      g_free (account->uuid);
      account->uuid = g_uuid_string_random ();
    }
  bind (insert, account);
  rungs_statement_bind_text (insert, ":uuid", account->uuid);
  rungs_statement_bind_text (insert, ":kind", KINDS[account->kind]);
  rungs_statement_bind_int64 (insert, ":created_at", now);
  if (rungs_statement_step (insert, &failure) != RUNGS_ROW)
    return explain_conflict (account, error, failure);

  account->id = rungs_statement_get_int64 (insert, 0);
  account->is_default = rungs_statement_get_int64 (insert, 1) != 0;
  account->created_at = now;
  return rungs_statement_run (insert, error);
}

gboolean
rungs_account_save (RungsDb            *db,
                    const RungsAccount *account,
                    GError            **error)
{
  g_autoptr (RungsStatement) update = NULL;
  GError *failure = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (account != NULL, FALSE);

  if (!check (account, error) || !(update = rungs_db_prepare (db, SQL_SAVE, error)))
    return FALSE;
  bind (update, account);
  return rungs_record_change (db, update, account->id, WHAT, &failure)
         || explain_conflict (account, error, failure);
}

gboolean
rungs_account_remove (RungsDb *db,
                      gint64   account,
                      GError **error)
{
  gint64 used = -1;

  if (!rungs_record_ask (db, SQL_IN_USE, account, -1, &used, error))
    return FALSE;
  if (used < 0)
    return rungs_record_refuse_missing (WHAT, account, error);
  if (used > 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("messages leave by this account, or one of them is in doubt"));
      return FALSE;
    }
  return rungs_record_run (db, SQL_FORGET, account, error)
         && rungs_record_run (db, SQL_REMOVE, account, error);
}

gboolean
rungs_account_set_default (RungsDb *db,
                           gint64   account,
                           GError **error)
{
  g_autoptr (RungsStatement) clear = rungs_db_prepare (db, SQL_CLEAR_DEFAULT, error);
  g_autoptr (RungsStatement) set = rungs_db_prepare (db, SQL_SET_DEFAULT, error);

  if (clear == NULL || set == NULL || !rungs_statement_run (clear, error))
    return FALSE;
  return rungs_record_change (db, set, account, WHAT, error);
}

/* The days before `day` on which it sent while it warmed up. */
static gint64
count_days_before (const RungsAccount *self,
                   const char         *day)
{
  if (self->warm_day == NULL)
    return 0;
  return self->warm_days + (g_strcmp0 (self->warm_day, day) < 0);
}

gint64
rungs_account_get_limit_on (const RungsAccount *self,
                            const char         *day)
{
  g_return_val_if_fail (self != NULL && day != NULL, 0);

  return rungs_warm_up_limit (self->warm_start, self->warm_growth, count_days_before (self, day),
                              self->per_day);
}

gint64
rungs_account_get_limit_after (const RungsAccount *self,
                               const char         *day)
{
  g_return_val_if_fail (self != NULL && day != NULL, 0);

  return rungs_warm_up_limit (self->warm_start, self->warm_growth,
                              count_days_before (self, day) + 1, self->per_day);
}

gboolean
rungs_account_note_day (RungsDb    *db,
                        gint64      account,
                        const char *day,
                        GError    **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_NOTE_DAY, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_text (update, ":day", day);
  rungs_statement_bind_int64 (update, ":id", account);
  return rungs_statement_run (update, error);
}

static gboolean
set_pause (RungsDb    *db,
           gint64      account,
           gint64      at,
           const char *reason,
           GError    **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_PAUSE, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_id (update, ":at", at);
  rungs_statement_bind_text (update, ":reason", reason);
  return rungs_record_change (db, update, account, WHAT, error);
}

gboolean
rungs_account_pause (RungsDb    *db,
                     gint64      account,
                     const char *reason,
                     gint64      now,
                     GError    **error)
{
  return set_pause (db, account, now, reason, error);
}

gboolean
rungs_account_resume (RungsDb *db,
                      gint64   account,
                      GError **error)
{
  return set_pause (db, account, 0, "", error);
}

RungsAccount *
rungs_account_load (RungsDb *db,
                    gint64   id,
                    GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, account_from_row, WHAT, error);
}

RungsAccount *
rungs_account_load_by_name (RungsDb    *db,
                            const char *name,
                            GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD_BY_NAME, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_text (query, ":name", name);
  return rungs_record_first (query, account_from_row, _ ("there is no such mail account"), error);
}

RungsAccount *
rungs_account_load_default (RungsDb *db,
                            GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD_DEFAULT, error);

  return rungs_record_first (query, account_from_row, _ ("there is no such mail account"), error);
}

GPtrArray *
rungs_account_list (RungsDb *db,
                    GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, account_from_row, (GDestroyNotify) rungs_account_free, error);
}
