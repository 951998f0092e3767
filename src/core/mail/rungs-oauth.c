/* rungs-oauth.c: what is said when a person agrees in a browser that Rungs may use their mail.
 *
 * The browser is sent to the provider with a challenge and a state, and comes back to a port of
 * this machine with a code. Another program of this machine may see the code pass, or invent an
 * answer: the code is worth nothing without the verifier, and an answer without our state is not
 * listened to. The code is redeemed for tokens at the provider itself, by TLS; so the ID token that
 * comes with them need not be verified by its signature (OpenID Connect Core, 3.1.3.7, 6). It is
 * only asked for the address of who signed in.
 *
 * What a provider says is a stranger's text: it becomes one clean line, and a token that could not
 * stand in a header or in the exchange of SMTP is refused. */

#include "mail/rungs-oauth.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/random.h>

#include "base/rungs-clock.h"
#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "base/rungs-foreign-json.h"
#include "mail/rungs-secret.h"
#include "smtp/rungs-transport.h"

#define RANDOM_BYTES 32
#define MOST_TOKEN (16 * 1024)
#define MOST_CODE (4 * 1024)
#define MOST_WORDS 300
#define USUAL_LIFE 3600 /* seconds, where the provider does not say */
#define LONGEST_LIFE (366 * 24 * 3600)
#define RENEW_EARLIER (5 * RUNGS_MINUTE)

static char *
encode_url_base64 (const guchar *bytes,
                   gsize         length)
{
  char *text = g_base64_encode (bytes, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

static guchar *
decode_url_base64 (const char *text,
                   gsize       text_length,
                   gsize      *length)
{
  g_autoptr (GString) padded = g_string_new_len (text, (gssize) text_length);

  g_strdelimit (padded->str, "-", '+');
  g_strdelimit (padded->str, "_", '/');
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');
  return g_base64_decode (padded->str, length);
}

static char *
make_random (void)
{
  guchar bytes[RANDOM_BYTES];
  gsize done = 0;

  while (done < sizeof bytes)
    {
      gssize n = getrandom (bytes + done, sizeof bytes - done, 0);

      done += (gsize) MAX (n, 0);
    }
  return encode_url_base64 (bytes, sizeof bytes);
}

char *
rungs_oauth_make_challenge (const char *verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_return_val_if_fail (verifier != NULL, NULL);

  g_checksum_update (checksum, (const guchar *) verifier, -1);
  g_checksum_get_digest (checksum, digest, &length);
  return encode_url_base64 (digest, length);
}

RungsOAuthProof *
rungs_oauth_proof_new (void)
{
  RungsOAuthProof *self = g_new0 (RungsOAuthProof, 1);

  self->verifier = make_random ();
  self->challenge = rungs_oauth_make_challenge (self->verifier);
  self->state = make_random ();
  return self;
}

void
rungs_oauth_proof_free (RungsOAuthProof *self)
{
  if (self == NULL)
    return;

  rungs_secret_free (self->verifier);
  g_free (self->challenge);
  g_free (self->state);
  g_free (self);
}

/* ---- what is asked */

static void
add_field (GString    *form,
           const char *name,
           const char *value)
{
  if (form->len > 0)
    g_string_append_c (form, '&');
  g_string_append_uri_escaped (form, name, NULL, FALSE);
  g_string_append_c (form, '=');
  g_string_append_uri_escaped (form, value, NULL, FALSE);
}

char *
rungs_oauth_make_address (const RungsOAuthProvider *provider,
                          const RungsOAuthClient   *client,
                          const RungsOAuthProof    *proof,
                          const char               *redirect,
                          const char               *user)
{
  g_autoptr (GString) form = g_string_new (NULL);

  g_return_val_if_fail (provider != NULL && client != NULL && proof != NULL, NULL);
  g_return_val_if_fail (redirect != NULL, NULL);

  add_field (form, "response_type", "code");
  add_field (form, "client_id", client->id);
  add_field (form, "redirect_uri", redirect);
  add_field (form, "scope", provider->scope);
  add_field (form, "state", proof->state);
  add_field (form, "code_challenge", proof->challenge);
  add_field (form, "code_challenge_method", "S256");
  for (guint i = 0; i + 1 < provider->parameters->len; i += 2)
    add_field (form, provider->parameters->pdata[i], provider->parameters->pdata[i + 1]);
  if (user != NULL && *user != '\0')
    add_field (form, "login_hint", user);
  return g_strdup_printf ("%s%c%s", provider->authorize,
                          strchr (provider->authorize, '?') != NULL ? '&' : '?', form->str);
}

static GString *
begin_request (const RungsOAuthClient *client,
               const char             *grant)
{
  GString *form = g_string_sized_new (2048);

  add_field (form, "grant_type", grant);
  add_field (form, "client_id", client->id);
  if (client->secret != NULL && *client->secret != '\0')
    add_field (form, "client_secret", client->secret);
  return form;
}

char *
rungs_oauth_make_code_request (const RungsOAuthClient *client,
                               const RungsOAuthProof  *proof,
                               const char             *redirect,
                               const char             *code)
{
  GString *form;

  g_return_val_if_fail (client != NULL && proof != NULL, NULL);
  g_return_val_if_fail (redirect != NULL && code != NULL, NULL);

  form = begin_request (client, "authorization_code");
  add_field (form, "redirect_uri", redirect);
  add_field (form, "code", code);
  add_field (form, "code_verifier", proof->verifier);
  return g_string_free (form, FALSE);
}

char *
rungs_oauth_make_renewal_request (const RungsOAuthClient *client,
                                  const char             *refresh_token)
{
  GString *form;

  g_return_val_if_fail (client != NULL && refresh_token != NULL, NULL);

  form = begin_request (client, "refresh_token");
  add_field (form, "refresh_token", refresh_token);
  return g_string_free (form, FALSE);
}

/* ---- what the browser comes back with */

/* The value of a field that is there once; NULL where it is not, or is there twice. */
static char *
find_field (const char *query,
            const char *name)
{
  GUriParamsIter iter;
  g_autofree char *found = NULL;
  char *field, *value;

  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &field, &value, NULL))
    {
      gboolean is_it = g_str_equal (field, name);
      gboolean again = is_it && found != NULL;

      g_free (field);
      if (again)
        return g_free (value), NULL;
      if (is_it)
        found = value;
      else
        g_free (value);
    }
  return g_steal_pointer (&found);
}

static gboolean
is_printable (const char *text,
              gsize       most)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (text[i] <= ' ' || text[i] > '~')
      return FALSE;
  return length > 0 && length <= most;
}

/* Compares in the same time wherever they differ. */
static gboolean
is_same (const char *a,
         const char *b)
{
  guchar difference = 0;

  if (strlen (a) != strlen (b))
    return FALSE;
  for (gsize i = 0; a[i] != '\0'; i++)
    difference |= (guchar) (a[i] ^ b[i]);
  return difference == 0;
}

/* The words of a provider behind ours. */
static char *
join_words (const char *ours,
            const char *code,
            const char *description)
{
  g_autofree char *words
    = rungs_transport_clean_line (description != NULL ? description : code, -1, MOST_WORDS);

  return g_strdup_printf ("%s (%s)", ours, words);
}

static void
refuse_return (const RungsOAuthProvider *provider,
               const char               *code,
               const char               *description,
               GError                  **error)
{
  g_autofree char *ours = NULL;
  g_autofree char *words = NULL;

  if (g_str_equal (code, "access_denied"))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                   _ ("It was not agreed to in the browser; %s lets nothing be sent or read."),
                   provider->name);
      return;
    }
  ours = g_strdup_printf (_ ("%s did not sign you in."), provider->name);
  words = join_words (ours, code, description);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH, words);
}

RungsOAuthReturn
rungs_oauth_read_return (const RungsOAuthProvider *provider,
                         const char               *query,
                         const char               *state,
                         char                    **code,
                         GError                  **error)
{
  g_autofree char *its_state = NULL;
  g_autofree char *its_code = NULL;
  g_autofree char *its_error = NULL;
  g_autofree char *its_issuer = NULL;
  g_autofree char *description = NULL;

  g_return_val_if_fail (provider != NULL && state != NULL, RUNGS_OAUTH_RETURN_STRANGE);
  g_return_val_if_fail (code != NULL && *code == NULL, RUNGS_OAUTH_RETURN_STRANGE);

  if (query == NULL)
    return RUNGS_OAUTH_RETURN_STRANGE;
  its_state = find_field (query, "state");
  its_code = find_field (query, "code");
  its_error = find_field (query, "error");
  its_issuer = find_field (query, "iss");
  if (its_state == NULL || !is_same (its_state, state)
      || (its_issuer != NULL && provider->issuer != NULL
          && !g_str_equal (its_issuer, provider->issuer)))
    return RUNGS_OAUTH_RETURN_STRANGE;
  if (its_error != NULL)
    {
      description = find_field (query, "error_description");
      refuse_return (provider, its_error, description, error);
      return RUNGS_OAUTH_RETURN_REFUSED;
    }
  if (its_code == NULL || !is_printable (its_code, MOST_CODE))
    return RUNGS_OAUTH_RETURN_STRANGE;
  *code = g_steal_pointer (&its_code);
  return RUNGS_OAUTH_RETURN_CODE;
}

/* ---- what the provider answers */

/* The claim of an ID token, where it is one for us. */
static char *
read_email (const char *id_token,
            const char *client_id)
{
  g_auto (GStrv) parts = id_token ? g_strsplit (id_token, ".", 4) : NULL;
  g_autofree guchar *claims = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *key = NULL;
  const char *audience, *email;
  gsize length = 0;

  if (parts == NULL || g_strv_length (parts) != 3)
    return NULL;
  claims = decode_url_base64 (parts[1], strlen (parts[1]), &length);
  object = rungs_foreign_json_parse ((const char *) claims, length, NULL);
  if (object == NULL)
    return NULL;
  audience = rungs_foreign_json_get_text (object, "aud");
  if (g_strcmp0 (audience, client_id) != 0)
    return NULL;
  email = rungs_foreign_json_get_text (object, "email");
  if (email == NULL)
    email = rungs_foreign_json_get_text (object, "preferred_username");
  key = email != NULL ? rungs_email_key (email, NULL) : NULL;
  return key != NULL ? g_strdup (email) : NULL;
}

static void
refuse_odd (const RungsOAuthProvider *provider,
            GError                  **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("%s answered something that is no answer to signing in."), provider->name);
}

void
rungs_oauth_set_ended (GError **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                       _ ("The sign-in has ended, or was taken back: sign in again."));
}

/* RFC 6749, 5.2. */
static void
refuse_tokens (const RungsOAuthProvider *provider,
               gboolean                  renews,
               guint                     status,
               JsonObject               *answer,
               GError                  **error)
{
  const char *code = answer ? rungs_foreign_json_get_text (answer, "error") : NULL;
  const char *description = answer ? rungs_foreign_json_get_text (answer, "error_description")
                                   : NULL;
  g_autofree char *ours = NULL;
  g_autofree char *words = NULL;

  if (status == 429 || status >= 500 || g_strcmp0 (code, "temporarily_unavailable") == 0
      || g_strcmp0 (code, "server_error") == 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK,
                   _ ("%s cannot sign anybody in just now (answer %u)."), provider->name, status);
      return;
    }
  if (code == NULL)
    return refuse_odd (provider, error);
  if (g_str_equal (code, "invalid_grant") && renews)
    return rungs_oauth_set_ended (error);
  if (g_str_equal (code, "invalid_grant"))
    ours = g_strdup_printf (_ ("%s does not take the sign-in: sign in again."), provider->name);
  else if (g_str_equal (code, "invalid_client") || g_str_equal (code, "unauthorized_client"))
    ours = g_strdup_printf (_ ("%s does not know this client ID, or not with this secret."),
                            provider->name);
  else
    ours = g_strdup_printf (_ ("%s did not sign you in."), provider->name);
  words = join_words (ours, code, description);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH, words);
}

static void
set_times (RungsOAuthTokens *tokens,
           gint64            seconds,
           gint64            now)
{
  gint64 life = CLAMP (seconds, 0, LONGEST_LIFE) * RUNGS_SECOND;

  tokens->ends_at = now + life;
  tokens->renew_at = tokens->ends_at - MIN (RENEW_EARLIER, life / 5);
}

/* A token of the answer; NULL where it has none. `*odd` where it could do harm. */
static const char *
find_token (JsonObject *answer,
            const char *member,
            gboolean   *odd)
{
  const char *token = rungs_foreign_json_get_text (answer, member);

  if (token != NULL && !is_printable (token, MOST_TOKEN))
    *odd = TRUE;
  return token;
}

static RungsOAuthTokens *
take_tokens (const RungsOAuthProvider *provider,
             const RungsOAuthClient   *client,
             const RungsOAuthTokens   *before,
             JsonObject               *answer,
             gint64                    now,
             GError                  **error)
{
  g_autoptr (RungsOAuthTokens) tokens = g_new0 (RungsOAuthTokens, 1);
  gboolean odd = FALSE;
  const char *access = find_token (answer, "access_token", &odd);
  const char *refresh = find_token (answer, "refresh_token", &odd);
  const char *type = rungs_foreign_json_get_text (answer, "token_type");

  if (odd || access == NULL || type == NULL || g_ascii_strcasecmp (type, "bearer") != 0)
    return refuse_odd (provider, error), NULL;
  if (refresh == NULL && before != NULL)
    refresh = before->refresh_token;
  tokens->provider = g_strdup (provider->key);
  tokens->client_id = g_strdup (client->id);
  tokens->client_secret = g_strdup (client->secret);
  tokens->access_token = g_strdup (access);
  tokens->refresh_token = g_strdup (refresh);
  tokens->email = read_email (rungs_foreign_json_get_text (answer, "id_token"), client->id);
  if (tokens->email == NULL && before != NULL)
    tokens->email = g_strdup (before->email);
  set_times (tokens, rungs_foreign_json_get_number (answer, "expires_in", USUAL_LIFE), now);
  return g_steal_pointer (&tokens);
}

RungsOAuthTokens *
rungs_oauth_read_tokens (const RungsOAuthProvider *provider,
                         const RungsOAuthClient   *client,
                         const RungsOAuthTokens   *before,
                         guint                     status,
                         const char               *body,
                         gsize                     length,
                         gint64                    now,
                         GError                  **error)
{
  g_autoptr (JsonObject) answer = NULL;

  g_return_val_if_fail (provider != NULL && client != NULL, NULL);

  answer = rungs_foreign_json_parse (body, length, NULL);
  if (status == 200 && answer != NULL && !json_object_has_member (answer, "error"))
    return take_tokens (provider, client, before, answer, now, error);
  if (status == 200 && answer == NULL)
    refuse_odd (provider, error);
  else
    refuse_tokens (provider, before != NULL, status, answer, error);
  return NULL;
}

/* ---- as they are kept */

void
rungs_oauth_tokens_free (RungsOAuthTokens *self)
{
  if (self == NULL)
    return;

  g_free (self->provider);
  g_free (self->client_id);
  rungs_secret_free (self->client_secret);
  g_free (self->email);
  rungs_secret_free (self->access_token);
  rungs_secret_free (self->refresh_token);
  g_free (self);
}

static void
set_member (JsonObject *object,
            const char *member,
            const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, member, text);
}

char *
rungs_oauth_tokens_to_text (const RungsOAuthTokens *self)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  g_return_val_if_fail (self != NULL, NULL);

  json_node_take_object (root, object);
  set_member (object, "provider", self->provider);
  set_member (object, "client_id", self->client_id);
  set_member (object, "client_secret", self->client_secret);
  set_member (object, "email", self->email);
  set_member (object, "access_token", self->access_token);
  json_object_set_int_member (object, "renew_at", self->renew_at);
  json_object_set_int_member (object, "ends_at", self->ends_at);
  set_member (object, "refresh_token", self->refresh_token);
  return json_to_string (root, FALSE);
}

RungsOAuthTokens *
rungs_oauth_tokens_from_text (const char *text,
                              GError    **error)
{
  g_autoptr (RungsOAuthTokens) self = g_new0 (RungsOAuthTokens, 1);
  g_autoptr (JsonObject) object = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  object = rungs_foreign_json_parse (text, strlen (text), NULL);
  if (object != NULL)
    {
      self->provider = g_strdup (rungs_foreign_json_get_text (object, "provider"));
      self->client_id = g_strdup (rungs_foreign_json_get_text (object, "client_id"));
      self->client_secret = g_strdup (rungs_foreign_json_get_text (object, "client_secret"));
      self->email = g_strdup (rungs_foreign_json_get_text (object, "email"));
      self->access_token = g_strdup (rungs_foreign_json_get_text (object, "access_token"));
      self->renew_at = rungs_foreign_json_get_number (object, "renew_at", 0);
      self->ends_at = rungs_foreign_json_get_number (object, "ends_at", 0);
      self->refresh_token = g_strdup (rungs_foreign_json_get_text (object, "refresh_token"));
    }
  if (self->provider != NULL && self->client_id != NULL && self->access_token != NULL)
    return g_steal_pointer (&self);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("The keyring holds something else than a sign-in for this account."));
  return NULL;
}
