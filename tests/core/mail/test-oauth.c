/* test-oauth.c: what is said when somebody signs in through the browser: our words exactly, and
 * theirs however hostile. */

#include "mail/rungs-oauth.h"

#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-foreign-json.h"
#include "mail/rungs-secret.h"

static const char SECTION[]
  = "{\"authorize\": \"https://login.example/auth?x=1\","
    " \"token\": \"https://login.example/token\", \"issuer\": \"https://login.example\","
    " \"scopes\": [\"mail\", \"openid\"], \"parameters\": {\"prompt\": \"select account\"},"
    " \"client_id\": \"built-in\","
    " \"smtp\": {\"host\": \"smtp.example\", \"port\": 465, \"security\": \"tls\"}}";

static RungsOAuthProvider *
read_provider (const char  *text,
               GError     **error)
{
  g_autoptr (JsonObject) section = rungs_foreign_json_parse (text, strlen (text), NULL);

  g_assert_nonnull (section);
  return rungs_oauth_provider_new ("example", "Example", section, error);
}

static RungsOAuthProvider *
new_provider (void)
{
  g_autoptr (GError) error = NULL;
  RungsOAuthProvider *provider = read_provider (SECTION, &error);

  g_assert_no_error (error);
  return provider;
}

static void
test_provider (void)
{
  g_autoptr (RungsOAuthProvider) provider = new_provider ();

  g_assert_cmpstr (provider->scope, ==, "mail openid");
  g_assert_cmpstr (provider->redirect_host, ==, "127.0.0.1");
  g_assert_cmpstr (provider->client_id, ==, "built-in");
  g_assert_false (provider->needs_secret);
  g_assert_cmpstr (provider->smtp.host, ==, "smtp.example");
  g_assert_cmpuint (provider->smtp.port, ==, 465);
  g_assert_cmpint (provider->smtp.security, ==, RUNGS_SMTP_TLS);
  g_assert_null (provider->imap.host);
}

/* Those that come with Rungs. */
static void
test_shipped (void)
{
  g_autoptr (GPtrArray) providers = rungs_oauth_provider_list ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsOAuthProvider) google = rungs_oauth_provider_load ("google", &error);
  g_autoptr (RungsOAuthProvider) microsoft = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (providers->len, ==, 2);
  g_assert_true (google->needs_secret);
  g_assert_nonnull (strstr (google->scope, "https://mail.google.com/"));
  g_assert_cmpstr (google->smtp.host, ==, "smtp.gmail.com");

  microsoft = rungs_oauth_provider_load ("microsoft", &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (microsoft->scope, "SMTP.Send"));
  g_assert_nonnull (strstr (microsoft->scope, "IMAP.AccessAsUser.All"));
  g_assert_nonnull (strstr (microsoft->scope, "offline_access"));
  g_assert_cmpstr (microsoft->redirect_host, ==, "localhost");
  g_assert_null (rungs_oauth_provider_load ("nobody", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
test_provider_refused (void)
{
  static const char *const SECTIONS[] = {
    "{}",
    "{\"authorize\": \"http://login.example/\", \"token\": \"https://a.example/\","
    " \"scopes\": []}",
    "{\"authorize\": \"https://login.example/\", \"token\": \"file:///etc/passwd\","
    " \"scopes\": []}",
    "{\"authorize\": \"https://a.example/\", \"token\": \"https://a.example/\", \"scopes\": [1]}",
    "{\"authorize\": \"https://a.example/\", \"token\": \"https://a.example/\", \"scopes\": [],"
    " \"redirect_host\": \"evil.example\"}",
    "{\"authorize\": \"https://a.example/\", \"token\": \"https://a.example/\", \"scopes\": [],"
    " \"imap\": {\"host\": \"a.example\", \"security\": \"hope\"}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (SECTIONS); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_provider (SECTIONS[i], &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
  g_assert_true (rungs_oauth_is_safe_address ("http://127.0.0.1:80/a"));
  g_assert_true (rungs_oauth_is_safe_address ("http://[::1]/a"));
  g_assert_false (rungs_oauth_is_safe_address ("http://127.0.0.1.evil.example/a"));
  g_assert_false (rungs_oauth_is_safe_address ("https:///a"));
}

/* RFC 7636, appendix B. */
static void
test_challenge (void)
{
  g_autofree char *challenge
    = rungs_oauth_make_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  g_autoptr (RungsOAuthProof) one = rungs_oauth_proof_new ();
  g_autoptr (RungsOAuthProof) other = rungs_oauth_proof_new ();
  g_autofree char *again = rungs_oauth_make_challenge (one->verifier);

  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  g_assert_cmpuint (strlen (one->verifier), ==, 43);
  g_assert_cmpuint (strlen (one->state), ==, 43);
  g_assert_cmpstr (one->challenge, ==, again);
  g_assert_cmpstr (one->verifier, !=, other->verifier);
  g_assert_cmpstr (one->state, !=, other->state);
  g_assert_cmpstr (one->state, !=, one->verifier);
}

static void
test_address (void)
{
  g_autoptr (RungsOAuthProvider) provider = new_provider ();
  RungsOAuthClient client = { "id&1", "secret" };
  RungsOAuthProof proof = { (char *) "verifier", (char *) "challenge", (char *) "state" };
  g_autofree char *address = rungs_oauth_make_address (provider, &client, &proof,
                                                       "http://127.0.0.1:81", "a+b@shop.example");
  g_autofree char *code
    = rungs_oauth_make_code_request (&client, &proof, "http://127.0.0.1:81", "4/co de");
  g_autofree char *renewal = rungs_oauth_make_renewal_request (&client, "r&t");

  g_assert_cmpstr (address, ==,
                   "https://login.example/auth?x=1&response_type=code&client_id=id%261"
                   "&redirect_uri=http%3A%2F%2F127.0.0.1%3A81&scope=mail%20openid&state=state"
                   "&code_challenge=challenge&code_challenge_method=S256"
                   "&prompt=select%20account&login_hint=a%2Bb%40shop.example");
  g_assert_cmpstr (code, ==,
                   "grant_type=authorization_code&client_id=id%261&client_secret=secret"
                   "&redirect_uri=http%3A%2F%2F127.0.0.1%3A81&code=4%2Fco%20de"
                   "&code_verifier=verifier");
  g_assert_cmpstr (renewal, ==,
                   "grant_type=refresh_token&client_id=id%261&client_secret=secret"
                   "&refresh_token=r%26t");
}

/* ---- what the browser comes back with */

static void
test_return (void)
{
  static const struct
  {
    const char *query;
    RungsOAuthReturn answer;
    const char *words; /* the code, or what the reason has */
  } CASES[] = {
    { "code=abc&state=right", RUNGS_OAUTH_RETURN_CODE, "abc" },
    { "state=right&code=4%2Fa&scope=x&iss=https%3A%2F%2Flogin.example", RUNGS_OAUTH_RETURN_CODE,
      "4/a" },
    { NULL, RUNGS_OAUTH_RETURN_STRANGE, NULL },
    { "", RUNGS_OAUTH_RETURN_STRANGE, NULL },
    { "code=abc", RUNGS_OAUTH_RETURN_STRANGE, NULL },
    { "code=abc&state=wrong", RUNGS_OAUTH_RETURN_STRANGE, NULL },
    { "code=abc&state=righ", RUNGS_OAUTH_RETURN_STRANGE, NULL },
    { "code=abc&state=right&state=right", RUNGS_OAUTH_RETURN_STRANGE, NULL },
    { "code=abc&code=def&state=right", RUNGS_OAUTH_RETURN_STRANGE, NULL },
    { "code=&state=right", RUNGS_OAUTH_RETURN_STRANGE, NULL },
    { "code=a%0d%0ab&state=right", RUNGS_OAUTH_RETURN_STRANGE, NULL },
    { "code=a%00b&state=right", RUNGS_OAUTH_RETURN_STRANGE, NULL },
    { "code=abc&state=right&iss=https%3A%2F%2Fevil.example", RUNGS_OAUTH_RETURN_STRANGE, NULL },
    { "error=access_denied", RUNGS_OAUTH_RETURN_STRANGE, NULL },
    { "error=access_denied&state=right", RUNGS_OAUTH_RETURN_REFUSED, "not agreed to" },
    { "error=x&error_description=Because%0aof+that&state=right", RUNGS_OAUTH_RETURN_REFUSED,
      "(Because of that)" },
    { "error=access_denied&code=abc&state=right", RUNGS_OAUTH_RETURN_REFUSED, "not agreed to" },
  };
  g_autoptr (RungsOAuthProvider) provider = new_provider ();

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *code = NULL;
      g_autoptr (GError) error = NULL;
      RungsOAuthReturn answer
        = rungs_oauth_read_return (provider, CASES[i].query, "right", &code, &error);

      g_test_message ("%s", CASES[i].query);
      g_assert_cmpint (answer, ==, CASES[i].answer);
      if (answer == RUNGS_OAUTH_RETURN_CODE)
        g_assert_cmpstr (code, ==, CASES[i].words);
      else
        g_assert_null (code);
      if (answer != RUNGS_OAUTH_RETURN_REFUSED)
        g_assert_no_error (error);
      else
        {
          g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH);
          g_assert_nonnull (strstr (error->message, CASES[i].words));
        }
    }
}

static void
test_return_is_long (void)
{
  g_autoptr (RungsOAuthProvider) provider = new_provider ();
  g_autofree char *much = g_strnfill (1000000, 'a');
  g_autofree char *query = g_strconcat ("state=right&code=", much, NULL);
  g_autofree char *refusal
    = g_strconcat ("state=right&error=x&error_description=", much, NULL);
  g_autofree char *code = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rungs_oauth_read_return (provider, query, "right", &code, &error), ==,
                   RUNGS_OAUTH_RETURN_STRANGE);
  g_assert_cmpint (rungs_oauth_read_return (provider, refusal, "right", &code, &error), ==,
                   RUNGS_OAUTH_RETURN_REFUSED);
  g_assert_cmpuint (strlen (error->message), <, 500);
}

/* ---- what the provider answers */

static const RungsOAuthClient CLIENT = { "built-in", NULL };

static RungsOAuthTokens *
read_tokens (const RungsOAuthTokens  *before,
             guint                    status,
             const char              *body,
             GError                 **error)
{
  g_autoptr (RungsOAuthProvider) provider = new_provider ();

  return rungs_oauth_read_tokens (provider, &CLIENT, before, status, body, strlen (body), 1000000,
                                  error);
}

static void
test_tokens (void)
{
  /* {"aud":"built-in","email":"owner@shop.example"} */
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsOAuthTokens) tokens = read_tokens (
    NULL, 200,
    "{\"access_token\": \"at\", \"token_type\": \"bearer\", \"expires_in\": \"3600\","
    " \"refresh_token\": \"rt\", \"id_token\": "
    "\"e30.eyJhdWQiOiJidWlsdC1pbiIsImVtYWlsIjoib3duZXJAc2hvcC5leGFtcGxlIn0.c2ln\"}",
    &error);
  g_autoptr (RungsOAuthTokens) renewed = NULL;
  g_autoptr (RungsOAuthTokens) rotated = NULL;
  g_autoptr (RungsOAuthTokens) kept = NULL;
  char *text;

  g_assert_no_error (error);
  g_assert_cmpstr (tokens->access_token, ==, "at");
  g_assert_cmpstr (tokens->refresh_token, ==, "rt");
  g_assert_cmpstr (tokens->email, ==, "owner@shop.example");
  g_assert_cmpint (tokens->ends_at, ==, 1000000 + 3600 * 1000);
  g_assert_cmpint (tokens->renew_at, ==, 1000000 + 3300 * 1000);

  renewed = read_tokens (tokens, 200,
                         "{\"access_token\": \"at2\", \"token_type\": \"Bearer\","
                         " \"expires_in\": 100}",
                         &error);
  g_assert_no_error (error);
  g_assert_cmpstr (renewed->refresh_token, ==, "rt");
  g_assert_cmpstr (renewed->email, ==, "owner@shop.example");
  g_assert_cmpint (renewed->renew_at, ==, 1000000 + 80 * 1000);

  rotated = read_tokens (tokens, 200,
                         "{\"access_token\": \"at3\", \"token_type\": \"Bearer\","
                         " \"refresh_token\": \"rt3\"}",
                         &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rotated->refresh_token, ==, "rt3");
  g_assert_cmpint (rotated->ends_at, ==, 1000000 + 3600 * 1000);

  text = rungs_oauth_tokens_to_text (tokens);
  kept = rungs_oauth_tokens_from_text (text, &error);
  rungs_secret_free (text);
  g_assert_no_error (error);
  g_assert_cmpstr (kept->provider, ==, "example");
  g_assert_cmpstr (kept->client_id, ==, "built-in");
  g_assert_null (kept->client_secret);
  g_assert_cmpstr (kept->access_token, ==, "at");
  g_assert_cmpstr (kept->refresh_token, ==, "rt");
  g_assert_cmpint (kept->renew_at, ==, tokens->renew_at);
  g_assert_cmpint (kept->ends_at, ==, tokens->ends_at);
  g_assert_null (rungs_oauth_tokens_from_text ("a password", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

/* An ID token that is none, is for others, or names no address, is as if it were not there. */
static void
test_id_token (void)
{
  static const char *const TOKENS[] = {
    "", "a", "a.b", "a.!!!.c", "e30.e30.c2ln",
    /* {"aud":"other","email":"owner@shop.example"} */
    "e30.eyJhdWQiOiJvdGhlciIsImVtYWlsIjoib3duZXJAc2hvcC5leGFtcGxlIn0.c2ln",
    /* {"aud":"built-in","email":"a\r\nb"} */
    "e30.eyJhdWQiOiJidWlsdC1pbiIsImVtYWlsIjoiYVxyXG5iIn0.c2ln",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (TOKENS); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *body
        = g_strdup_printf ("{\"access_token\": \"at\", \"token_type\": \"bearer\","
                           " \"id_token\": \"%s\"}",
                           TOKENS[i]);
      g_autoptr (RungsOAuthTokens) tokens = read_tokens (NULL, 200, body, &error);

      g_assert_no_error (error);
      g_assert_null (tokens->email);
    }
}

static void
test_tokens_refused (void)
{
  static const struct
  {
    guint status;
    const char *body;
    int code;
    const char *words;
  } CASES[] = {
    { 200, "", RUNGS_ERROR_INVALID, "no answer" },
    { 200, "<html>", RUNGS_ERROR_INVALID, "no answer" },
    { 200, "{}", RUNGS_ERROR_INVALID, "no answer" },
    { 200, "[]", RUNGS_ERROR_INVALID, "no answer" },
    { 200, "{\"access_token\": 1, \"token_type\": \"bearer\"}", RUNGS_ERROR_INVALID, "no answer" },
    { 200, "{\"access_token\": \"\", \"token_type\": \"bearer\"}", RUNGS_ERROR_INVALID,
      "no answer" },
    { 200, "{\"access_token\": \"at\"}", RUNGS_ERROR_INVALID, "no answer" },
    { 200, "{\"access_token\": \"at\", \"token_type\": \"mac\"}", RUNGS_ERROR_INVALID,
      "no answer" },
    { 200, "{\"access_token\": \"a\\r\\nMAIL FROM:<x>\", \"token_type\": \"bearer\"}",
      RUNGS_ERROR_INVALID, "no answer" },
    { 200, "{\"access_token\": \"a\\u0001b\", \"token_type\": \"bearer\"}", RUNGS_ERROR_INVALID,
      "no answer" },
    { 200,
      "{\"access_token\": \"a\", \"token_type\": \"bearer\", \"refresh_token\": \"\\u0000\"}",
      RUNGS_ERROR_INVALID, "no answer" },
    { 302, "", RUNGS_ERROR_INVALID, "no answer" },
    { 404, "not here", RUNGS_ERROR_INVALID, "no answer" },
    { 400, "{\"error\": \"invalid_grant\"}", RUNGS_ERROR_AUTH, "sign in again" },
    { 200, "{\"error\": \"invalid_grant\"}", RUNGS_ERROR_AUTH, "sign in again" },
    { 400, "{\"error\": \"invalid_grant\", \"error_description\": \"Token\\nrevoked.\"}",
      RUNGS_ERROR_AUTH, "(Token revoked.)" },
    { 401, "{\"error\": \"invalid_client\"}", RUNGS_ERROR_AUTH, "client ID" },
    { 400, "{\"error\": \"invalid_scope\"}", RUNGS_ERROR_AUTH, "invalid_scope" },
    { 400, "{\"error\": 7}", RUNGS_ERROR_INVALID, "no answer" },
    { 503, "<html>", RUNGS_ERROR_NETWORK, "503" },
    { 429, "{\"error\": \"invalid_grant\"}", RUNGS_ERROR_NETWORK, "429" },
    { 400, "{\"error\": \"temporarily_unavailable\"}", RUNGS_ERROR_NETWORK, "just now" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%u %s", CASES[i].status, CASES[i].body);
      g_assert_null (read_tokens (NULL, CASES[i].status, CASES[i].body, &error));
      g_assert_error (error, RUNGS_ERROR, CASES[i].code);
      g_assert_nonnull (strstr (error->message, CASES[i].words));
      g_assert_null (strpbrk (error->message, "\r\n"));
    }
}

/* Years, and times before the beginning, are no lives of a token. */
static void
test_times (void)
{
  static const char *const LIVES[] = { "-5", "9223372036854775807", "\"abc\"", "1e400", "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (LIVES); i++)
    {
      g_autofree char *body
        = g_strdup_printf ("{\"access_token\": \"at\", \"token_type\": \"bearer\","
                           " \"expires_in\": %s}",
                           LIVES[i]);
      g_autoptr (RungsOAuthTokens) tokens = read_tokens (NULL, 200, body, NULL);

      if (tokens == NULL)
        continue;
      g_assert_cmpint (tokens->renew_at, >=, 1000000);
      g_assert_cmpint (tokens->renew_at, <=, tokens->ends_at);
      g_assert_cmpint (tokens->ends_at, <=, G_GINT64_CONSTANT (1000000) + 367LL * 86400 * 1000);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/oauth/provider", test_provider);
  g_test_add_func ("/oauth/shipped", test_shipped);
  g_test_add_func ("/oauth/provider-refused", test_provider_refused);
  g_test_add_func ("/oauth/challenge", test_challenge);
  g_test_add_func ("/oauth/address", test_address);
  g_test_add_func ("/oauth/return", test_return);
  g_test_add_func ("/oauth/return-is-long", test_return_is_long);
  g_test_add_func ("/oauth/tokens", test_tokens);
  g_test_add_func ("/oauth/id-token", test_id_token);
  g_test_add_func ("/oauth/tokens-refused", test_tokens_refused);
  g_test_add_func ("/oauth/times", test_times);

  return g_test_run ();
}
