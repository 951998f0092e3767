/* rungs-oauth-token.c: the tokens that a sign-in brought, kept in the keyring and renewed in time.
 *
 * A provider may give another refresh token with each renewal and take the old one for stolen if it
 * comes again. So who renews holds a lock that all threads and programs of this user share, and
 * looks into the keyring again once it has it: what somebody else renewed meanwhile is used. The
 * lock is a file in the user's cache, named by the owner's uuid, and stays there, empty. */

#include "mail/rungs-oauth-token.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "db/rungs-file-lock.h"
#include "mail/rungs-http-exchange.h"
#include "mail/rungs-secret.h"

#define PATIENCE 30 /* seconds until there is an answer */
#define MOST_BYTES (64 * 1024)
#define LOCK_WAIT (90 * 1000) /* longer than whoever has it may need */
#define LOCK_SLICE 200

static gint64
get_now (void)
{
  return g_get_real_time () / 1000;
}

/* ---- the provider */

static gboolean
tell_trouble (const RungsOAuthProvider *provider,
              GError                   *cause,
              GError                  **error)
{
  g_autoptr (GError) owned = cause;

  if (rungs_error_is_cancelled (owned))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK, _ ("%s could not be reached: %s"),
               provider->name, owned->message);
  return FALSE;
}

/* Sends a form, by a connection that nobody else uses: what breaks off is not said again. */
static gboolean
post (const RungsOAuthProvider *provider,
      const char               *form,
      RungsHttpAnswer          *answer,
      GCancellable             *cancellable,
      GError                  **error)
{
  g_autoptr (RungsHttpLine) line = rungs_http_line_new (NULL);
  g_autoptr (RungsHttpQuestion) question = rungs_http_question_new ("POST");
  GError *cause = NULL;

  rungs_http_line_set_patience (line, PATIENCE);
  question->address = g_strdup (provider->token);
  question->body = g_bytes_new (form, strlen (form));
  question->most = MOST_BYTES;
  rungs_http_question_add_header (question, "Accept", "application/json");
  rungs_http_question_add_header (question, "Content-Type", "application/x-www-form-urlencoded");
  return rungs_http_line_ask (line, question, cancellable, answer, &cause)
         || tell_trouble (provider, cause, error);
}

static RungsOAuthTokens *
ask (const RungsOAuthProvider *provider,
     const RungsOAuthClient   *client,
     const RungsOAuthTokens   *before,
     const char               *form,
     GCancellable             *cancellable,
     GError                  **error)
{
  g_auto (RungsHttpAnswer) answer = { 0 };
  const char *body = "";
  gsize length = 0;

  if (!post (provider, form, &answer, cancellable, error))
    return NULL;
  if (answer.body != NULL)
    body = g_bytes_get_data (answer.body, &length);
  return rungs_oauth_read_tokens (provider, client, before, answer.status, body, length,
                                  get_now (), error);
}

RungsOAuthTokens *
rungs_oauth_redeem_code (const RungsOAuthProvider *provider,
                         const RungsOAuthClient   *client,
                         const RungsOAuthProof    *proof,
                         const char               *redirect,
                         const char               *code,
                         GCancellable             *cancellable,
                         GError                  **error)
{
  char *form;
  RungsOAuthTokens *tokens;

  g_return_val_if_fail (provider != NULL && client != NULL && proof != NULL, NULL);
  g_return_val_if_fail (redirect != NULL && code != NULL, NULL);

  form = rungs_oauth_make_code_request (client, proof, redirect, code);
  tokens = ask (provider, client, NULL, form, cancellable, error);
  rungs_secret_free (form);
  return tokens;
}

static RungsOAuthTokens *
renew (const RungsOAuthProvider *provider,
       const RungsOAuthTokens   *before,
       GCancellable             *cancellable,
       GError                  **error)
{
  RungsOAuthClient client = { before->client_id, before->client_secret };
  RungsOAuthTokens *tokens;
  char *form;

  if (before->refresh_token == NULL)
    return rungs_oauth_set_ended (error), NULL;
  form = rungs_oauth_make_renewal_request (&client, before->refresh_token);
  tokens = ask (provider, &client, before, form, cancellable, error);
  rungs_secret_free (form);
  return tokens;
}

/* ---- the keyring */

RungsOAuthTokens *
rungs_oauth_tokens_look_up (const char   *file,
                            const char   *owner,
                            GCancellable *cancellable,
                            GError      **error)
{
  char *text = rungs_secret_lookup (file, owner, RUNGS_SECRET_TIMEOUT, cancellable, error);
  RungsOAuthTokens *tokens = text ? rungs_oauth_tokens_from_text (text, error) : NULL;

  rungs_secret_free (text);
  return tokens;
}

static gboolean
keep (const char             *file,
      const char             *owner,
      const RungsOAuthTokens *tokens,
      GError                **error)
{
  char *text = rungs_oauth_tokens_to_text (tokens);
  g_autofree char *label = NULL;
  gboolean kept;

  /* Translators: what programs that show the keyring call what a sign-in brought. */
  label = g_strdup_printf (_ ("Rungs: signed in as %s"),
                           tokens->email ? tokens->email : tokens->provider);
  /* Not to be stopped: the provider may already take the one before for used up. */
  kept = rungs_secret_store (file, owner, label, text, RUNGS_SECRET_TIMEOUT, NULL, error);
  rungs_secret_free (text);
  return kept;
}

static gboolean
is_good (const RungsOAuthTokens *tokens,
         const char             *refused)
{
  return get_now () < tokens->renew_at && g_strcmp0 (tokens->access_token, refused) != 0;
}

static RungsFileLock *
lock_owner (const char   *owner,
            GCancellable *cancellable,
            GError      **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "rungs", NULL);
  g_autofree char *name = g_strdup_printf ("sign-in-%s", owner);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (RungsFileLock) lock = NULL;
  gint64 end = g_get_monotonic_time () + LOCK_WAIT * (gint64) 1000;

  g_mkdir_with_parents (folder, 0700);
  lock = rungs_file_lock_new (path, ".lock", error);
  while (lock != NULL)
    {
      g_autoptr (GError) busy = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (rungs_file_lock_take (lock, FALSE, LOCK_SLICE, &busy))
        return g_steal_pointer (&lock);
      if (!g_error_matches (busy, RUNGS_ERROR, RUNGS_ERROR_BUSY)
          || g_get_monotonic_time () >= end)
        return g_propagate_error (error, g_steal_pointer (&busy)), NULL;
    }
  return NULL;
}

/* With the lock. What cannot be renewed just now is used as long as it is good. */
static RungsOAuthTokens *
renew_and_keep (const char               *file,
                const char               *owner,
                const RungsOAuthProvider *provider,
                const char               *refused,
                GCancellable             *cancellable,
                GError                  **error)
{
  g_autoptr (RungsOAuthTokens) now = rungs_oauth_tokens_look_up (file, owner, cancellable, error);
  g_autoptr (RungsOAuthTokens) next = NULL;
  g_autoptr (GError) failure = NULL;

  if (now == NULL || is_good (now, refused))
    return g_steal_pointer (&now);
  next = renew (provider, now, cancellable, &failure);
  if (next != NULL)
    return keep (file, owner, next, error) ? g_steal_pointer (&next) : NULL;
  if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NETWORK) && get_now () < now->ends_at
      && g_strcmp0 (now->access_token, refused) != 0)
    return g_steal_pointer (&now);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

char *
rungs_oauth_token_take (const char               *file,
                        const char               *owner,
                        const RungsOAuthProvider *provider,
                        const char               *refused,
                        gint64                   *good_until,
                        GCancellable             *cancellable,
                        GError                  **error)
{
  g_autoptr (RungsOAuthTokens) tokens = NULL;
  g_autoptr (RungsFileLock) lock = NULL;

  g_return_val_if_fail (file != NULL && owner != NULL && provider != NULL, NULL);
  g_return_val_if_fail (good_until != NULL, NULL);

  tokens = rungs_oauth_tokens_look_up (file, owner, cancellable, error);
  if (tokens == NULL)
    return NULL;
  if (!is_good (tokens, refused))
    {
      lock = lock_owner (owner, cancellable, error);
      g_clear_pointer (&tokens, rungs_oauth_tokens_free);
      if (lock != NULL)
        tokens = renew_and_keep (file, owner, provider, refused, cancellable, error);
    }
  if (tokens == NULL)
    return NULL;
  *good_until = get_now () < tokens->renew_at ? tokens->renew_at : tokens->ends_at;
  return g_steal_pointer (&tokens->access_token);
}
