/* rungs-jmap-settings.h: how a JMAP server is reached. */

#pragma once

#include <gio/gio.h>

#include "smtp/rungs-smtp-settings.h"

G_BEGIN_DECLS

/**
 * RungsJmapAuth:
 * @RUNGS_JMAP_AUTH_BASIC: user name and password (RFC 7617)
 * @RUNGS_JMAP_AUTH_BEARER: the password is a token (RFC 6750)
 */
typedef enum
{
  RUNGS_JMAP_AUTH_BASIC,
  RUNGS_JMAP_AUTH_BEARER,
} RungsJmapAuth;

typedef struct
{
  char *url; /* (owned): of the session resource, or only its host */
  RungsJmapAuth auth;
  char *username; /* (owned) (nullable) */
  char *password; /* (owned) (nullable): wiped when freed */
  char *ca_file;  /* (owned) (nullable): trusted instead of the system's certificates */

  /* Seconds; 0: the usual. */
  guint timeout; /* without any progress: 60 */
  guint settle;  /* for which it is asked what became of a message when no answer came: 10 */
} RungsJmapSettings;

RungsJmapSettings *rungs_jmap_settings_new (const char    *url,
                                            RungsJmapAuth  auth);
RungsJmapSettings *rungs_jmap_settings_copy (const RungsJmapSettings *self);
void rungs_jmap_settings_free (RungsJmapSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsJmapSettings, rungs_jmap_settings_free)

/* An account or mailbox keeps how it signs in as SMTP does: with a token, or a password. */
RungsJmapAuth rungs_jmap_auth_from_smtp (RungsSmtpAuth auth);

/* Replaces the password, wiping the old one. */
void rungs_jmap_settings_set_password (RungsJmapSettings *self,
                                       const char        *password);

/* What a person entered as the address of a server, with https:// where no scheme was. */
char *rungs_jmap_dup_url (const char *entered);

/* Returns: (transfer full) (nullable): where to ask for the session: the address as it is, or
 * https://HOST/.well-known/jmap where it is but a host (RFC 8620, 2.2). NULL: it is neither. */
GUri *rungs_jmap_settings_dup_session_uri (const RungsJmapSettings *self);

/* Returns: (nullable): what is wrong with them, without asking the server; NULL: nothing. */
const char *rungs_jmap_settings_find_fault (const RungsJmapSettings *self);

/* Whether what is secret may be sent there: TLS, or this machine itself. */
gboolean rungs_jmap_is_safe_uri (GUri *uri);

G_END_DECLS
