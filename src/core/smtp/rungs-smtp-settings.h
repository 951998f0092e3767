/* rungs-smtp-settings.h: how a mail server is reached. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RungsSmtpSecurity:
 * @RUNGS_SMTP_STARTTLS: begins in the clear and must change
 *   to TLS before anything else is said (RFC 3207)
 * @RUNGS_SMTP_TLS: TLS from the first byte (RFC 8314)
 * @RUNGS_SMTP_CLEAR: no TLS; a password is then only sent to this machine itself
 */
typedef enum
{
  RUNGS_SMTP_STARTTLS,
  RUNGS_SMTP_TLS,
  RUNGS_SMTP_CLEAR,
} RungsSmtpSecurity;

/**
 * RungsSmtpAuth:
 * @RUNGS_SMTP_AUTH_NONE: does not sign in
 * @RUNGS_SMTP_AUTH_AUTO: PLAIN or LOGIN, what the server knows
 * @RUNGS_SMTP_AUTH_XOAUTH2: the password is an OAuth 2 access token
 * @RUNGS_SMTP_AUTH_OAUTH: an account that was agreed to in the browser: the keyring has its tokens
 * @RUNGS_SMTP_AUTH_GOA: an account of GNOME Online Accounts, whose id is the user name
 *
 * The last two are how an account signs in: what makes its connection has got a token by them, and
 * says XOAUTH2.
 */
typedef enum
{
  RUNGS_SMTP_AUTH_NONE,
  RUNGS_SMTP_AUTH_AUTO,
  RUNGS_SMTP_AUTH_PLAIN,
  RUNGS_SMTP_AUTH_LOGIN,
  RUNGS_SMTP_AUTH_XOAUTH2,
  RUNGS_SMTP_AUTH_OAUTH,
  RUNGS_SMTP_AUTH_GOA,
} RungsSmtpAuth;

typedef struct
{
  char *host; /* (owned) */
  guint port; /* 0: the usual one of `security` */
  RungsSmtpSecurity security;
  RungsSmtpAuth auth;
  char *username;  /* (owned) (nullable) */
  char *password;  /* (owned) (nullable): wiped when freed */
  char *ca_file;   /* (owned) (nullable): trusted instead of the system's certificates */
  char *ehlo_name; /* (owned) (nullable): how we name ourselves; NULL: localhost */

  /* Seconds; 0: the usual. */
  guint connect_timeout; /* until the server has let us in: 30 */
  guint reply_timeout;   /* for each reply, and without progress while a message goes out: 300 */
  guint final_timeout;   /* for the reply to the final dot: 600 (RFC 5321, 4.5.3.2.6) */
} RungsSmtpSettings;

RungsSmtpSettings *rungs_smtp_settings_new (const char       *host,
                                            guint             port,
                                            RungsSmtpSecurity security);
RungsSmtpSettings *rungs_smtp_settings_copy (const RungsSmtpSettings *self);
void rungs_smtp_settings_free (RungsSmtpSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSmtpSettings, rungs_smtp_settings_free)

/* Replaces the password, wiping the old one. */
void rungs_smtp_settings_set_password (RungsSmtpSettings *self,
                                       const char        *password);

/* The port that is used: the one given, else 587, 465 or 25. */
guint rungs_smtp_settings_get_port (const RungsSmtpSettings *self);

/* Whether the host is this machine itself. */
gboolean rungs_smtp_settings_is_loopback (const RungsSmtpSettings *self);

/* Returns: (nullable): what is wrong with them, without asking the server; NULL: nothing. */
const char *rungs_smtp_settings_find_fault (const RungsSmtpSettings *settings);

G_END_DECLS
