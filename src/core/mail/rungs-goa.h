/* rungs-goa.h: the mail accounts of this computer, which GNOME Online Accounts keeps: where their
 * servers are, and what lets one in. Asked over D-Bus (org.gnome.OnlineAccounts); nothing of it is
 * kept. Every call blocks: for worker threads and the command line. */

#pragma once

#include <gio/gio.h>

#include "smtp/rungs-smtp-settings.h"

G_BEGIN_DECLS

/**
 * RungsGoaUse:
 * @RUNGS_GOA_SENDS: by SMTP
 * @RUNGS_GOA_READS: by IMAP
 */
typedef enum
{
  RUNGS_GOA_SENDS,
  RUNGS_GOA_READS,
} RungsGoaUse;

/* A server of an account. */
typedef struct
{
  char *host; /* (owned) (nullable): NULL: the account has none */
  guint port; /* 0: the usual one */
  RungsSmtpSecurity security;
  RungsSmtpAuth auth; /* NONE, AUTO (a password) or XOAUTH2 */
  char *username;     /* (owned) */
} RungsGoaServer;

typedef struct
{
  char *id;       /* (owned): lasts as long as the account */
  char *path;     /* (owned): where it is asked */
  char *provider; /* (owned): "Google", "IMAP and SMTP" … */
  char *identity; /* (owned): what the settings of the computer call it */
  char *email;    /* (owned): empty where it is not for mail */
  char *name;     /* (owned): who writes; may be empty */
  gboolean is_disabled;     /* mail is switched off there */
  gboolean needs_attention; /* it waits for a person there; it may work all the same */
  gboolean has_token;       /* it gives access tokens, not passwords */
  RungsGoaServer smtp;
  RungsGoaServer imap;
} RungsGoaAccount;

void rungs_goa_account_free (RungsGoaAccount *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsGoaAccount, rungs_goa_account_free)

/* What is in the way of using the account so; NULL: nothing. */
const char *rungs_goa_account_find_fault (const RungsGoaAccount *self,
                                          RungsGoaUse            use);

/* How its server is reached; the password is not set. Only where there is no fault. */
RungsSmtpSettings *rungs_goa_account_dup_settings (const RungsGoaAccount *self,
                                                   RungsGoaUse            use);

/* Returns: (transfer full) (element-type RungsGoaAccount): those for mail, by identity; those that
 * are switched off too. Errors: NOT_FOUND: this computer has no Online Accounts; NETWORK: they do
 * not answer; G_IO_ERROR_CANCELLED. */
GPtrArray *rungs_goa_list (GCancellable  *cancellable,
                           GError       **error);

/* The account with that id. Errors: AUTH: it is not there any more, or there are no Online
 * Accounts; those above else. */
RungsGoaAccount *rungs_goa_find (const char    *id,
                                 GCancellable  *cancellable,
                                 GError       **error);

/* Returns: (transfer full): a password, or an access token that is good for `*seconds` (out); free
 * it with rungs_secret_free(). `refused` (nullable): one that the server has refused; another one
 * is asked for. Errors: AUTH: a person must see to it in the settings of the computer; NETWORK;
 * G_IO_ERROR_CANCELLED. */
char *rungs_goa_take_secret (const RungsGoaAccount  *self,
                             RungsGoaUse             use,
                             const char             *refused,
                             gint64                 *seconds,
                             GCancellable           *cancellable,
                             GError                **error);

G_END_DECLS
