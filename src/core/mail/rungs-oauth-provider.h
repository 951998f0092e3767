/* rungs-oauth-provider.h: who lets mail be sent and read by what was agreed to in a browser.
 *
 * The section "oauth" of a file of data/providers:
 *
 *   "oauth": {
 *     "authorize": "https://…",        where the browser is sent; https, or http on this machine
 *     "token": "https://…",            where codes become tokens
 *     "issuer": "https://…",           what an answer may call itself (RFC 9207); may be left out
 *     "scopes": ["…"],                 what is asked for
 *     "parameters": {"prompt": "…"},   what the provider wants in the first address besides
 *     "redirect_host": "127.0.0.1",    or "localhost": what it lets the browser come back to
 *     "client_id": "…",                the program that is registered there; may be left out
 *     "client_secret": "…",
 *     "needs_secret": true,            whether its programs have a secret, too
 *     "register": "https://…",         where an owner registers a program of their own
 *     "smtp": {"host": "…", "port": 465, "security": "tls"},
 *     "imap": {"host": "…", "port": 993, "security": "tls"}
 *   } */

#pragma once

#include <json-glib/json-glib.h>

#include "smtp/rungs-smtp-settings.h"

G_BEGIN_DECLS

/* A mail server of the provider. */
typedef struct
{
  char *host; /* (owned) (nullable): NULL: it has none */
  guint port;
  RungsSmtpSecurity security;
} RungsOAuthServer;

typedef struct
{
  char *key;           /* (owned) */
  char *name;          /* (owned) */
  char *authorize;     /* (owned) */
  char *token;         /* (owned) */
  char *issuer;        /* (owned) (nullable) */
  char *scope;         /* (owned): all of them, with spaces between */
  GPtrArray *parameters; /* (owned) (element-type utf8): name, value, name, value … */
  char *redirect_host; /* (owned) */
  char *client_id;     /* (owned): Rungs' own, empty where it has none */
  char *client_secret; /* (owned): the same */
  gboolean needs_secret;
  char *register_at;   /* (owned) (nullable) */
  RungsOAuthServer smtp;
  RungsOAuthServer imap;
} RungsOAuthProvider; /* never changes, so that any thread may read it */

/* `section` is what stands above. A client ID that Rungs was built with (the build options
 * google-client-id …) counts where the section has none. Errors: INVALID. */
RungsOAuthProvider *rungs_oauth_provider_new (const char  *key,
                                              const char  *name,
                                              JsonObject  *section,
                                              GError     **error);
void rungs_oauth_provider_free (RungsOAuthProvider *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOAuthProvider, rungs_oauth_provider_free)

/* That of data/providers with this key, or of the user's own. Errors: NOT_FOUND; INVALID; those of
 * reading a file. */
RungsOAuthProvider *rungs_oauth_provider_load (const char  *key,
                                               GError     **error);

/* Returns: (transfer full) (element-type RungsOAuthProvider): all that can be used, by name. */
GPtrArray *rungs_oauth_provider_list (void);

/* Whether tokens may be sent to that address: https, or http that stays on this machine. */
gboolean rungs_oauth_is_safe_address (const char *address);

G_END_DECLS
