/* rungs-jmap.c: talks to a JMAP server.
 *
 * The password goes to the address that the owner gave, and to those that its session resource
 * names over the same TLS: that is how RFC 8620 has it, for files often lie on another host. It
 * never follows a redirection to another host, for that is where a forged one would lead: then the
 * owner is told where, and gives that address himself if he knows it. */

#include "mail/rungs-jmap.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-http-exchange.h"
#include "smtp/rungs-transport.h"

#define MOST_REDIRECTIONS 5
#define MOST_SESSION (1024 * 1024)
#define MOST_ANSWER (32 * 1024 * 1024)
#define USUAL_TIMEOUT 60u
#define SLOWEST 16384u /* bytes a second */
#define LONGEST 3600u
#define WORDS_LIMIT 300
#define PROBLEM "urn:ietf:params:jmap:error:"

struct _RungsJmap
{
  RungsJmapSettings *settings; /* (owned) */
  RungsHttpLine *line;         /* (owned) */
  JsonObject *session;         /* (owned) (nullable) */
  GUri *at;                    /* (owned) (nullable): where the session was found */
  RungsJmapLimits limits;
  guint timeout; /* seconds; 0: that of the settings */
  guint status;  /* of the last answer; 0: none came */
  gboolean stale; /* the server has said that its session is another one now */
};

struct _RungsJmapRequest
{
  JsonArray *calls; /* (owned) */
  guint n;
};

struct _RungsJmapAnswer
{
  JsonObject *whole; /* (owned) */
};

RungsJmap *
rungs_jmap_new (const RungsJmapSettings *settings)
{
  RungsJmap *self;

  g_return_val_if_fail (settings != NULL, NULL);

  self = g_new0 (RungsJmap, 1);
  self->settings = rungs_jmap_settings_copy (settings);
  self->line = rungs_http_line_new (settings->ca_file);
  return self;
}

void
rungs_jmap_set_timeout (RungsJmap *self,
                        guint      seconds)
{
  g_return_if_fail (self != NULL);

  self->timeout = seconds;
}

void
rungs_jmap_close (RungsJmap *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->session, json_object_unref);
  g_clear_pointer (&self->at, g_uri_unref);
  rungs_http_line_close (self->line);
}

void
rungs_jmap_free (RungsJmap *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->session, json_object_unref);
  g_clear_pointer (&self->at, g_uri_unref);
  rungs_http_line_free (self->line);
  rungs_jmap_settings_free (self->settings);
  g_free (self);
}

/* What lets us in. */
static void
add_secret (RungsJmap         *self,
            RungsHttpQuestion *question)
{
  const RungsJmapSettings *settings = self->settings;
  g_autofree char *pair = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *value = NULL;

  if (settings->auth == RUNGS_JMAP_AUTH_BEARER)
    value = g_strconcat ("Bearer ", settings->password, NULL);
  else
    {
      pair = g_strdup_printf ("%s:%s", settings->username, settings->password);
      encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
      value = g_strconcat ("Basic ", encoded, NULL);
      explicit_bzero (pair, strlen (pair));
    }
  rungs_http_question_add_header (question, "Authorization", value);
  explicit_bzero (value, strlen (value));
}

/* Long enough for what is sent, over a slow line, too. */
static guint
get_patience (RungsJmap *self,
              GBytes    *body)
{
  guint seconds = self->timeout ? self->timeout : self->settings->timeout;
  gsize size = body != NULL ? g_bytes_get_size (body) : 0;

  return (seconds ? seconds : USUAL_TIMEOUT) + (guint) MIN (size / SLOWEST, LONGEST);
}

/* Of the errors of the line those that callers of ours know. */
static gboolean
fail (const GError *cause,
      GError      **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK, cause->message);
  else
    g_propagate_error (error, g_error_copy (cause));
  return FALSE;
}

/* Asks, with what is secret. FALSE where no whole answer came; `answer` then still says how far it
 * got. */
static gboolean
ask_server (RungsJmap         *self,
            GUri              *uri,
            RungsHttpQuestion *question,
            GCancellable      *cancellable,
            RungsHttpAnswer   *answer,
            GError           **error)
{
  g_autoptr (GError) cause = NULL;
  gboolean came;

  question->address = g_uri_to_string (uri);
  question->patience = get_patience (self, question->body);
  add_secret (self, question);
  came = rungs_http_line_ask (self->line, question, cancellable, answer, &cause);
  self->status = answer->status;
  if (!came)
    return fail (cause, error);
  if (answer->body != NULL)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  g_set_error_literal (error, RUNGS_ERROR,
                       answer->too_large ? RUNGS_ERROR_INVALID : RUNGS_ERROR_NETWORK,
                       answer->too_large ? _ ("the server answers more than is sensible")
                                         : _ ("the JMAP server broke off in its answer"));
  return FALSE;
}

/* ---- what a status means */

/* The server's words, as far as it has any (RFC 7807), without what is secret. */
static char *
read_words (RungsJmap            *self,
            const RungsHttpAnswer *reply)
{
  g_autoptr (JsonObject) problem = rungs_jmap_json_parse (reply->body, NULL);
  const char *type = rungs_jmap_json_get_text (problem, "type");
  const char *detail = rungs_jmap_json_get_text (problem, "detail");
  g_autofree char *words = NULL;

  if (type != NULL && g_str_has_prefix (type, PROBLEM))
    type += strlen (PROBLEM);
  if (detail == NULL)
    detail = rungs_jmap_json_get_text (problem, "limit");
  if (type == NULL && detail == NULL)
    return g_strdup_printf ("HTTP %u", reply->status);
  words = g_strdup_printf ("HTTP %u %s%s%s", reply->status, type ? type : "",
                           type && detail ? ": " : "", detail ? detail : "");
  if (strstr (words, self->settings->password) != NULL)
    return g_strdup_printf ("HTTP %u", reply->status);
  return rungs_transport_clean_line (words, -1, WORDS_LIMIT);
}

static int
find_code (guint       status,
           const char *words)
{
  if (status == 401 || status == 403)
    return RUNGS_ERROR_AUTH;
  if (status == 429 || status == 503 || strstr (words, "maxConcurrent") != NULL)
    return RUNGS_ERROR_BUSY;
  return status >= 500 ? RUNGS_ERROR_NETWORK : RUNGS_ERROR_INVALID;
}

/* FALSE unless the server has done what it was asked for. */
static gboolean
judge_status (RungsJmap            *self,
              const RungsHttpAnswer *reply,
              GError              **error)
{
  g_autofree char *words = NULL;
  int code;

  if (reply->status >= 200 && reply->status < 300)
    return TRUE;
  words = read_words (self, reply);
  code = find_code (reply->status, words);
  if (reply->status == 401)
    g_set_error (error, RUNGS_ERROR, code, _ ("the JMAP server does not let Rungs in (%s)"), words);
  else if (code == RUNGS_ERROR_BUSY)
    g_set_error (error, RUNGS_ERROR, code, _ ("the JMAP server asks to come back later (%s)"),
                 words);
  else
    g_set_error (error, RUNGS_ERROR, code, _ ("the JMAP server refuses (%s)"), words);
  return FALSE;
}

/* ---- the session */

static gboolean
is_same_origin (GUri *a,
                GUri *b)
{
  return strcmp (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0
         && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
         && g_uri_get_port (a) == g_uri_get_port (b);
}

static GUri *
follow (GUri       *uri,
        const char *location,
        GError    **error)
{
  g_autoptr (GUri) next
    = location ? g_uri_parse_relative (uri, location, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autofree char *text = NULL;

  if (next == NULL || g_uri_get_host (next) == NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("the JMAP server sends us elsewhere, but does not say where"));
      return NULL;
    }
  if (is_same_origin (uri, next))
    return g_steal_pointer (&next);
  text = g_uri_to_string_partial (next, G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("the server sends us to another one, which does not get the password: enter its "
                  "address, %s, if you know it"),
               text);
  return NULL;
}

static void
read_limits (RungsJmap *self)
{
  JsonObject *core = rungs_jmap_json_get_object (
    rungs_jmap_json_get_object (self->session, "capabilities"), RUNGS_JMAP_CORE);
  gint64 upload = rungs_jmap_json_get_int (core, "maxSizeUpload");
  gint64 request = rungs_jmap_json_get_int (core, "maxSizeRequest");
  gint64 calls = rungs_jmap_json_get_int (core, "maxCallsInRequest");
  gint64 get = rungs_jmap_json_get_int (core, "maxObjectsInGet");

  /* What RFC 8620 suggests as the least. */
  self->limits = (RungsJmapLimits){ .upload = upload > 0 ? upload : 50000000,
                                    .request = request > 0 ? request : 10000000,
                                    .calls = calls > 0 ? calls : 16,
                                    .get = get > 0 ? get : 500 };
}

static gboolean
take_session (RungsJmap  *self,
              GUri       *uri,
              JsonObject *session,
              GError    **error)
{
  if (rungs_jmap_json_get_object (session, "capabilities") == NULL
      || rungs_jmap_json_get_text (session, "apiUrl") == NULL
      || rungs_jmap_json_get_object (session, "primaryAccounts") == NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("there is no JMAP server at this address"));
      return FALSE;
    }
  g_clear_pointer (&self->session, json_object_unref);
  g_clear_pointer (&self->at, g_uri_unref);
  self->session = json_object_ref (session);
  self->at = g_uri_ref (uri);
  self->stale = FALSE;
  read_limits (self);
  return TRUE;
}

static gboolean
read_session (RungsJmap            *self,
              GUri                 *uri,
              const RungsHttpAnswer *reply,
              GError              **error)
{
  g_autoptr (JsonObject) session = NULL;

  if (reply->status == 404 || reply->status == 410)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("there is no JMAP server at this address"));
      return FALSE;
    }
  if (!judge_status (self, reply, error))
    return FALSE;
  session = rungs_jmap_json_parse (reply->body, error);
  return session != NULL && take_session (self, uri, session, error);
}

gboolean
rungs_jmap_open (RungsJmap    *self,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autoptr (GUri) uri = NULL;
  const char *fault;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->session != NULL && !self->stale)
    return TRUE;
  fault = rungs_jmap_settings_find_fault (self->settings);
  if (fault != NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_AUTH, fault);
      return FALSE;
    }
  uri = rungs_jmap_settings_dup_session_uri (self->settings);
  for (int i = 0; i <= MOST_REDIRECTIONS; i++)
    {
      g_auto (RungsHttpAnswer) reply = { 0 };
      g_autoptr (RungsHttpQuestion) question = rungs_http_question_new ("GET");
      GUri *next;

      question->most = MOST_SESSION;
      if (!ask_server (self, uri, question, cancellable, &reply, error))
        return FALSE;
      if (reply.status / 100 != 3)
        return read_session (self, uri, &reply, error);
      next = follow (uri, rungs_http_answer_get_header (&reply, "location"), error);
      if (next == NULL)
        return FALSE;
      g_uri_unref (uri);
      uri = next;
    }
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("the JMAP server sends us round in circles"));
  return FALSE;
}

guint
rungs_jmap_get_status (RungsJmap *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->status;
}

const RungsJmapLimits *
rungs_jmap_get_limits (RungsJmap *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->limits;
}

const char *
rungs_jmap_get_account (RungsJmap  *self,
                        const char *capability)
{
  g_return_val_if_fail (self != NULL, NULL);

  return rungs_jmap_json_get_text (rungs_jmap_json_get_object (self->session, "primaryAccounts"),
                                   capability);
}

/* ---- addresses that the session names */

/* Puts values, escaped, in the place of {names} (RFC 6570, level 1); `values` is name, value, …,
 * NULL. */
static char *
expand (const char        *pattern,
        const char *const *values)
{
  g_autoptr (GString) text = g_string_new (pattern);

  for (; values[0] != NULL; values += 2)
    {
      g_autofree char *name = g_strdup_printf ("{%s}", values[0]);
      g_autofree char *value = g_uri_escape_string (values[1], NULL, FALSE);

      g_string_replace (text, name, value, 0);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Returns: (transfer full) (nullable): the address under that name of the session. */
static GUri *
find_uri (RungsJmap         *self,
          const char        *name,
          const char *const *values,
          GError           **error)
{
  const char *pattern = rungs_jmap_json_get_text (self->session, name);
  g_autofree char *text = pattern ? expand (pattern, values) : NULL;
  g_autoptr (GUri) uri
    = text ? g_uri_parse_relative (self->at, text, G_URI_FLAGS_NONE, NULL) : NULL;

  if (uri != NULL && g_uri_get_host (uri) != NULL
      && (strcmp (g_uri_get_scheme (uri), "https") == 0 || is_same_origin (uri, self->at)))
    return g_steal_pointer (&uri);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
               _ ("the JMAP server names no usable address (%s)"), name);
  return NULL;
}

/* ---- method calls */

RungsJmapRequest *
rungs_jmap_request_new (void)
{
  RungsJmapRequest *self = g_new0 (RungsJmapRequest, 1);

  self->calls = json_array_new ();
  return self;
}

void
rungs_jmap_request_free (RungsJmapRequest *self)
{
  if (self == NULL)
    return;
  json_array_unref (self->calls);
  g_free (self);
}

void
rungs_jmap_request_add (RungsJmapRequest *self,
                        const char       *method,
                        JsonObject       *arguments,
                        const char       *id)
{
  JsonArray *call = json_array_new ();

  g_return_if_fail (self != NULL && method != NULL && arguments != NULL && id != NULL);

  json_array_add_string_element (call, method);
  json_array_add_object_element (call, arguments);
  json_array_add_string_element (call, id);
  json_array_add_array_element (self->calls, call);
  self->n++;
}

void
rungs_jmap_refer (JsonObject *arguments,
                  const char *name,
                  const char *id,
                  const char *method,
                  const char *path)
{
  g_autofree char *member = g_strconcat ("#", name, NULL);
  JsonObject *reference = json_object_new ();

  json_object_set_string_member (reference, "resultOf", id);
  json_object_set_string_member (reference, "name", method);
  json_object_set_string_member (reference, "path", path);
  json_object_set_object_member (arguments, member, reference);
}

/* Only what the server has said that it can: it refuses all else as a whole. */
static JsonArray *
list_using (RungsJmap *self)
{
  static const char *const WANTED[] = { RUNGS_JMAP_CORE, RUNGS_JMAP_MAIL, RUNGS_JMAP_SUBMISSION };
  JsonObject *known = rungs_jmap_json_get_object (self->session, "capabilities");
  JsonArray *list = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (WANTED); i++)
    if (json_object_has_member (known, WANTED[i]))
      json_array_add_string_element (list, WANTED[i]);
  return list;
}

static GBytes *
write_request (RungsJmap              *self,
               const RungsJmapRequest *request,
               GError                **error)
{
  g_autoptr (JsonObject) whole = json_object_new ();
  char *text;

  json_object_set_array_member (whole, "using", list_using (self));
  json_object_set_array_member (whole, "methodCalls", json_array_ref (request->calls));
  text = rungs_jmap_json_to_text (whole);
  if (request->n <= self->limits.calls && (gint64) strlen (text) <= self->limits.request)
    return g_bytes_new_take (text, strlen (text));
  g_free (text);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("this is more at once than the JMAP server takes"));
  return NULL;
}

/* Whether an answer of that status says that nothing was done. */
static gboolean
is_clear (const RungsHttpAnswer *reply)
{
  return !reply->was_sent || (reply->status >= 300 && reply->status < 500)
         || reply->status == 503;
}

/* The session may have changed: then the next call asks for it anew (RFC 8620, 3.4). */
static void
heed_state (RungsJmap  *self,
            JsonObject *whole)
{
  const char *now = rungs_jmap_json_get_text (whole, "sessionState");
  const char *known = rungs_jmap_json_get_text (self->session, "state");

  self->stale = now != NULL && g_strcmp0 (now, known) != 0;
}

RungsJmapAnswer *
rungs_jmap_call (RungsJmap              *self,
                 const RungsJmapRequest *request,
                 guint                   grace,
                 gboolean               *unclear,
                 GCancellable           *cancellable,
                 GError                **error)
{
  const char *const none[] = { NULL };
  g_auto (RungsHttpAnswer) reply = { 0 };
  g_autoptr (JsonObject) whole = NULL;
  g_autoptr (RungsHttpQuestion) question = rungs_http_question_new ("POST");
  g_autoptr (GUri) uri = NULL;
  RungsJmapAnswer *answer;
  gboolean came;

  g_return_val_if_fail (self != NULL && request != NULL, NULL);

  if (unclear != NULL)
    *unclear = FALSE;
  if (!rungs_jmap_open (self, cancellable, error)
      || !(uri = find_uri (self, "apiUrl", none, error))
      || !(question->body = write_request (self, request, error)))
    return NULL;
  question->most = MOST_ANSWER;
  question->grace = grace;
  rungs_http_question_add_header (question, "Content-Type", "application/json");
  came = ask_server (self, uri, question, cancellable, &reply, error);
  if (unclear != NULL)
    *unclear = !is_clear (&reply);
  if (!came || !judge_status (self, &reply, error)
      || !(whole = rungs_jmap_json_parse (reply.body, error)))
    return NULL;
  heed_state (self, whole);
  answer = g_new0 (RungsJmapAnswer, 1);
  answer->whole = g_steal_pointer (&whole);
  return answer;
}

void
rungs_jmap_answer_free (RungsJmapAnswer *self)
{
  if (self == NULL)
    return;
  json_object_unref (self->whole);
  g_free (self);
}

/* Returns: (nullable): the arguments of the response of that name to that call. */
static JsonObject *
find_response (const RungsJmapAnswer *self,
               const char            *id,
               const char            *name)
{
  JsonArray *responses = rungs_jmap_json_get_array (self->whole, "methodResponses");

  for (guint i = 0; i < rungs_jmap_json_get_length (responses); i++)
    {
      JsonNode *node = json_array_get_element (responses, i);
      JsonArray *response = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      if (g_strcmp0 (rungs_jmap_json_get_text_at (response, 0), name) == 0
          && g_strcmp0 (rungs_jmap_json_get_text_at (response, 2), id) == 0)
        return rungs_jmap_json_get_object_at (response, 1);
    }
  return NULL;
}

const char *
rungs_jmap_answer_get_refusal (const RungsJmapAnswer *self,
                               const char            *id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return rungs_jmap_json_get_text (find_response (self, id, "error"), "type");
}

static void
refuse (JsonObject *trouble,
        GError    **error)
{
  const char *type = rungs_jmap_json_get_text (trouble, "type");
  const char *description = rungs_jmap_json_get_text (trouble, "description");
  g_autofree char *words = g_strdup_printf ("%s%s%s", type ? type : "?", description ? ": " : "",
                                            description ? description : "");
  g_autofree char *line = rungs_transport_clean_line (words, -1, WORDS_LIMIT);

  if (g_strcmp0 (type, "serverUnavailable") == 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_BUSY,
                 _ ("the JMAP server asks to come back later (%s)"), line);
  else
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("the JMAP server refuses (%s)"), line);
}

JsonObject *
rungs_jmap_answer_get (const RungsJmapAnswer *self,
                       const char            *id,
                       const char            *method,
                       GError               **error)
{
  JsonObject *found;
  JsonObject *trouble;

  g_return_val_if_fail (self != NULL, NULL);

  found = find_response (self, id, method);
  trouble = found == NULL ? find_response (self, id, "error") : NULL;
  if (trouble != NULL)
    refuse (trouble, error);
  else if (found == NULL)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                         _ ("the JMAP server says what JMAP does not allow"));
  return found;
}

/* ---- bytes */

char *
rungs_jmap_upload (RungsJmap    *self,
                   const char   *account,
                   const char   *type,
                   GBytes       *bytes,
                   GCancellable *cancellable,
                   GError      **error)
{
  const char *const values[] = { "accountId", account, NULL };
  g_auto (RungsHttpAnswer) reply = { 0 };
  g_autoptr (JsonObject) told = NULL;
  g_autoptr (RungsHttpQuestion) question = rungs_http_question_new ("POST");
  g_autoptr (GUri) uri = NULL;
  char *blob;

  g_return_val_if_fail (self != NULL && account != NULL && bytes != NULL, NULL);

  if (!rungs_jmap_open (self, cancellable, error)
      || !(uri = find_uri (self, "uploadUrl", values, error)))
    return NULL;
  question->most = MOST_SESSION;
  question->body = g_bytes_ref (bytes);
  rungs_http_question_add_header (question, "Content-Type", type);
  if (!ask_server (self, uri, question, cancellable, &reply, error)
      || !judge_status (self, &reply, error)
      || !(told = rungs_jmap_json_parse (reply.body, error)))
    return NULL;
  blob = g_strdup (rungs_jmap_json_get_text (told, "blobId"));
  if (blob == NULL)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                         _ ("the JMAP server says what JMAP does not allow"));
  return blob;
}

GBytes *
rungs_jmap_download (RungsJmap    *self,
                     const char   *account,
                     const char   *blob,
                     gsize         limit,
                     GCancellable *cancellable,
                     GError      **error)
{
  const char *const values[] = { "accountId", account,          "blobId", blob,
                                 "name",      "mail.eml",       "type",   "message/rfc822",
                                 NULL };
  g_auto (RungsHttpAnswer) reply = { 0 };
  g_autoptr (RungsHttpQuestion) question = rungs_http_question_new ("GET");
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (self != NULL && account != NULL && blob != NULL, NULL);

  if (!rungs_jmap_open (self, cancellable, error)
      || !(uri = find_uri (self, "downloadUrl", values, error)))
    return NULL;
  question->most = limit;
  question->may_be_cut = TRUE;
  if (!ask_server (self, uri, question, cancellable, &reply, error))
    return NULL;
  if (reply.status == 404)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("the mail is gone"));
      return NULL;
    }
  return judge_status (self, &reply, error) ? g_steal_pointer (&reply.body) : NULL;
}
