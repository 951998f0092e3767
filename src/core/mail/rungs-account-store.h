/* rungs-account-store.h: the accounts by which messages leave. Passwords are in the keyring
 * (mail/rungs-secret.h), under the account's uuid, and never here. */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-jmap-settings.h"
#include "smtp/rungs-smtp-settings.h"

G_BEGIN_DECLS

/**
 * RungsAccountKind:
 * @RUNGS_ACCOUNT_PRACTICE: writes messages to a folder that the program shows
 * @RUNGS_ACCOUNT_SMTP: hands them to a mail server
 * @RUNGS_ACCOUNT_JMAP: the same, by JMAP (RFC 8621)
 * @RUNGS_ACCOUNT_HTTP: hands them to a provider, as data/providers tells how
 */
typedef enum
{
  RUNGS_ACCOUNT_PRACTICE,
  RUNGS_ACCOUNT_SMTP,
  RUNGS_ACCOUNT_JMAP,
  RUNGS_ACCOUNT_HTTP,
} RungsAccountKind;

typedef struct
{
  gint64 id;
  char *uuid; /* (owned): names the secret; made by rungs_account_add() */
  char *name; /* (owned): unique in the file */
  RungsAccountKind kind;
  char *from_name;  /* (owned) */
  char *from_email; /* (owned) */
  char *reply_to;   /* (owned): empty: from_email */

  char *provider; /* (owned): HTTP: key of its file in data/providers; where it signs in by OAUTH:
                   * who that was agreed with; else empty */
  char *options;  /* (owned): HTTP: a JSON object of what the provider asks for; else "{}" */
  char *url;      /* (owned): JMAP: the session resource; else empty */
  char *host;     /* (owned): SMTP, as are the next two */
  guint port; /* 0: the usual one */
  RungsSmtpSecurity security;
  RungsSmtpAuth auth; /* SMTP, JMAP */
  char *username;     /* (owned): GOA: the id of the account there */
  char *ca_file;  /* (owned) */
  guint connections; /* 1 to 32 */

  gint64 per_second; /* limits; 0: none */
  gint64 per_hour;
  gint64 per_day;

  gint64 warm_start;  /* of the warm-up (mail/rungs-warm-up.h); 0: there is none */
  gint64 warm_growth; /* per cent a day */
  gint64 warm_days;   /* read only: days before warm_day on which it sent … */
  char *warm_day;     /* (owned) (nullable): … and the last such day, YYYY-MM-DD; NULL: none yet */

  gboolean is_default;
  gint64 paused_at;    /* 0: not paused */
  char *paused_reason; /* (owned): why sending stopped by itself */
  gint64 created_at;
} RungsAccount;

/* An account with the usual values and no name. */
RungsAccount *rungs_account_new (RungsAccountKind kind);
RungsAccount *rungs_account_copy (const RungsAccount *self);
void rungs_account_free (RungsAccount *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsAccount, rungs_account_free)

/* "practice", "smtp", "jmap", "http". FALSE where `text` is none of them. */
const char *rungs_account_kind_to_text (RungsAccountKind kind);
gboolean rungs_account_kind_from_text (const char       *text,
                                       RungsAccountKind *kind);

/* Whether the keyring holds something that a person gave for it: a password, a token, a key. What
 * was agreed to in the browser, or with GNOME Online Accounts, is none of these. */
gboolean rungs_account_has_secret (const RungsAccount *self);

/* The texts of the file, the command line and forms: "starttls", "tls", "none"; "none", "auto",
 * "plain", "login", "xoauth2", "oauth", "goa". FALSE where `text` is none of them. */
const char *rungs_smtp_security_to_text (RungsSmtpSecurity security);
gboolean rungs_smtp_security_from_text (const char        *text,
                                        RungsSmtpSecurity *security);
const char *rungs_smtp_auth_to_text (RungsSmtpAuth auth);
gboolean rungs_smtp_auth_from_text (const char    *text,
                                    RungsSmtpAuth *auth);

/* How the server of an SMTP account is reached; the password is not set. */
RungsSmtpSettings *rungs_account_dup_smtp_settings (const RungsAccount *self);

/* The same of a JMAP account. */
RungsJmapSettings *rungs_account_dup_jmap_settings (const RungsAccount *self);

/* Stores a new account; the first one is the default. Sets its id, and its uuid where it has none
 * yet. Errors: INVALID (no name, an address that is none, no host), CONFLICT (the name is
 * taken). */
gboolean rungs_account_add (RungsDb       *db,
                            RungsAccount  *account,
                            gint64         now,
                            GError       **error);

/* Stores what was edited: all but uuid, kind, default and pause. Where the start of the warm-up is
 * another one, it begins anew. Errors as above, and NOT_FOUND. */
gboolean rungs_account_save (RungsDb             *db,
                             const RungsAccount  *account,
                             GError             **error);

/* The rules that name it go with it (mail/rungs-account-rule-store.h); what waits for it leaves by
 * whom the others name. Errors: NOT_FOUND; CONFLICT for the default account, and while messages of
 * it are under way or in doubt. */
gboolean rungs_account_remove (RungsDb  *db,
                               gint64    account,
                               GError  **error);

/* Messages leave by this one from now on. Errors: NOT_FOUND. */
gboolean rungs_account_set_default (RungsDb  *db,
                                    gint64    account,
                                    GError  **error);

/* How many messages may leave by it on that day of the business (YYYY-MM-DD), as far as a warm-up
 * says so, or else its limit of a day; 0: no limit. */
gint64 rungs_account_get_limit_on (const RungsAccount *self,
                                   const char         *day);

/* The same of the day after it, if something is sent on it. */
gint64 rungs_account_get_limit_after (const RungsAccount *self,
                                      const char         *day);

/* Something was sent by it on that day; where it warms up, the day counts. */
gboolean rungs_account_note_day (RungsDb     *db,
                                 gint64       account,
                                 const char  *day,
                                 GError     **error);

/* Stops sending by it until it is resumed. */
gboolean rungs_account_pause (RungsDb     *db,
                              gint64       account,
                              const char  *reason,
                              gint64       now,
                              GError     **error);
gboolean rungs_account_resume (RungsDb  *db,
                               gint64    account,
                               GError  **error);

/* Errors: NOT_FOUND. */
RungsAccount *rungs_account_load (RungsDb  *db,
                                  gint64    id,
                                  GError  **error);
RungsAccount *rungs_account_load_by_name (RungsDb     *db,
                                          const char  *name,
                                          GError     **error);
RungsAccount *rungs_account_load_default (RungsDb  *db,
                                          GError  **error);

/* Returns: (transfer full) (element-type RungsAccount): the default first, then by name. */
GPtrArray *rungs_account_list (RungsDb  *db,
                               GError  **error);

G_END_DECLS
