/* rungs-relay-form-handler.c: forms at "/f/SLUG".
 *
 * What is sent with a token that holds is kept at once. What is sent without one (pasted html
 * without the script, a robot, somebody who was very quick) is answered by a page with the same
 * fields, hidden, and a button; that carries a token, and so needs no script. A submission with the
 * trap filled in is kept, too, and answered as any other: the desktop is told, and judges. */

#include "rungs-relay-form-handler.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-json-members.h"
#include "rungs-relay-answer.h"
#include "rungs-relay-keep.h"
#include "rungs-relay-letter.h"
#include "rungs-relay-page.h"
#include "rungs-relay-plain.h"
#include "rungs-relay-proof.h"
#include "rungs-relay-submission.h"
#include "rungs-relay-touch.h"
#include "wire/rungs-link.h"
#include "wire/rungs-relay-protocol.h"

#define TOKEN_ENDING "/token"
#define METHODS "GET, HEAD, POST, OPTIONS"

/* What stood behind the "?" of a form's page stands behind that of what it sends, up to this. */
#define QUERY_MOST 8192

#define RETRY_LATER 3600

typedef struct
{
  RungsRelayHouse *house;
  RungsRelaySpent *spent; /* (owned) */
  GHashTable *limits;     /* (owned): "SLUG PER_HOUR" -> RungsRelayMeter */
} Forms;

static void
forms_free (gpointer data)
{
  Forms *self = data;

  rungs_relay_spent_free (self->spent);
  g_hash_table_unref (self->limits);
  g_free (self);
}

/* One request for a form. */
typedef struct
{
  Forms *forms;
  SoupServerMessage *message;
  GHashTable *query;
  const RungsRelayForm *form;
  RungsRelaySubmission *submission; /* (owned) (nullable) */
  GStrv languages;                  /* (owned) */
  const RungsRelayFormText *text;
  gint64 now;
} Asked;

static void
asked_clear (Asked *asked)
{
  g_clear_pointer (&asked->submission, rungs_relay_submission_free);
  g_clear_pointer (&asked->languages, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

static void
choose_language (Asked      *asked,
                 const char *otherwise)
{
  asked->languages = rungs_relay_page_languages (asked->message, asked->query, otherwise);
  asked->text = rungs_relay_form_find_text (asked->form, (const char *const *) asked->languages);
}

/* ---- who may read the answer */

/* The script of a form on another site reads what is answered, and sends along what the browser
 * remembers for this address (rungs-relay-touch.h) where both are of one site. */
static void
let_read (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *origin
    = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Origin");

  soup_message_headers_append (headers, "Vary", "Origin");
  if (origin == NULL)
    return;
  soup_message_headers_replace (headers, "Access-Control-Allow-Origin", origin);
  soup_message_headers_replace (headers, "Access-Control-Allow-Credentials", "true");
}

static void
answer_preflight (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  let_read (message);
  soup_message_headers_replace (headers, "Access-Control-Allow-Methods", "GET, POST");
  soup_message_headers_replace (headers, "Access-Control-Allow-Headers", "Content-Type");
  soup_message_headers_replace (headers, "Access-Control-Max-Age", "86400");
  soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
}

/* ---- tokens */

static void
add_token (Asked       *asked,
           JsonBuilder *builder)
{
  g_autofree char *token = rungs_relay_token_new (asked->forms->house->seals,
                                                  RUNGS_RELAY_TOKEN_TIME, asked->form->slug,
                                                  asked->now);

  rungs_json_add_text (builder, "token", token);
  rungs_json_add_number (builder, "bits", asked->form->bits);
  rungs_json_add_number (builder, "seconds", asked->form->least_seconds);
}

static void
answer_json (SoupServerMessage *message,
             guint              status,
             JsonBuilder       *builder)
{
  g_autofree char *text = NULL;

  json_builder_end_object (builder);
  text = rungs_json_dup (builder);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text,
                                    strlen (text));
}

static void
answer_token (Asked *asked)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_token (asked, builder);
  answer_json (asked->message, SOUP_STATUS_OK, builder);
  soup_message_headers_replace (soup_server_message_get_response_headers (asked->message),
                                "Access-Control-Allow-Origin", "*");
}

/* ---- the page */

/* "/f/SLUG?…": with what stood behind the "?". */
static char *
action_of (Asked *asked)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (asked->message));
  gboolean has_query = query != NULL && *query != '\0' && strlen (query) <= QUERY_MOST;

  return g_strconcat (RUNGS_RELAY_FORM, asked->form->slug, has_query ? "?" : NULL, query, NULL);
}

/* The keys that "?k=TOKEN" says are known, as a set; empty without one. */
static GHashTable *
known_of (Asked *asked)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *token = asked->query != NULL ? g_hash_table_lookup (asked->query, "k") : NULL;
  GPtrArray *keys = rungs_relay_published_get_link_keys (asked->forms->house->published);
  g_auto (RungsLink) link = { 0 };
  g_auto (GStrv) parts = NULL;

  if (token == NULL || !rungs_link_parse (keys, token, &link, NULL)
      || link.kind != RUNGS_LINK_KNOWN)
    return known;
  parts = g_strsplit (link.rest, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    g_hash_table_add (known, g_strdup (parts[i]));
  return known;
}

static void
add_fields (Asked   *asked,
            GString *html)
{
  g_autoptr (GHashTable) known = known_of (asked);
  const RungsRelayForm *form = asked->form;
  guint asked_for = 0;

  for (guint i = 0; i < asked->text->fields->len; i++)
    {
      const RungsRelayField *field = asked->text->fields->pdata[i];

      if (!g_strv_contains ((const char *const *) form->always, field->key))
        {
          if (g_hash_table_contains (known, field->key)
              || (form->most > 0 && asked_for >= form->most))
            continue;
          asked_for++;
        }
      g_string_append (html, field->html);
    }
}

static void
answer_page (Asked *asked)
{
  RungsRelayHouse *house = asked->forms->house;
  const RungsRelayFormText *text = asked->text;
  g_autofree char *token
    = rungs_relay_token_new (house->seals, RUNGS_RELAY_TOKEN_TIME, asked->form->slug, asked->now);
  g_autofree char *action = action_of (asked);
  g_autoptr (GString) hidden = g_string_new (NULL);
  g_autoptr (GString) html = g_string_new (text->head);
  g_autofree char *page = NULL;
  RungsRelayBlanks blanks = { .action = action, .token = token };

  rungs_relay_page_add_hidden (hidden, RUNGS_RELAY_FIELD_LANGUAGE, text->language);
  blanks.hidden = hidden->str;
  add_fields (asked, html);
  g_string_append (html, text->tail);
  page = rungs_relay_page_fill (html->str, text->language, &blanks);
  rungs_relay_page_answer_html (house, asked->message, SOUP_STATUS_OK, page, text->styles,
                                RUNGS_RELAY_MAY_WORK);
}

/* ---- what is sent */

/* Whether a script has sent it, and reads the answer. */
static gboolean
is_by_script (Asked *asked)
{
  const char *accept = soup_message_headers_get_list (
    soup_server_message_get_request_headers (asked->message), "Accept");

  return asked->submission->is_json
         || (accept != NULL && g_str_has_prefix (accept, "application/json"));
}

static gboolean
is_within_limit (Asked *asked)
{
  Forms *self = asked->forms;
  guint per_hour = asked->form->per_hour;
  g_autofree char *key = g_strdup_printf ("%s %u", asked->form->slug, per_hour);
  g_autofree char *host = rungs_relay_house_host_of (self->house, asked->message);
  RungsRelayMeter *meter = g_hash_table_lookup (self->limits, key);

  if (per_hour == 0)
    return TRUE;
  if (meter == NULL)
    {
      meter = rungs_relay_meter_new (per_hour / 3600.0, per_hour);
      g_hash_table_insert (self->limits, g_steal_pointer (&key), meter);
    }
  return rungs_relay_meter_take (meter, host, g_get_monotonic_time ());
}

static void
answer_later (Asked *asked)
{
  RungsRelayHouse *house = asked->forms->house;
  g_autofree char *seconds = g_strdup_printf ("%d", RETRY_LATER / MAX (asked->form->per_hour, 1));

  house->counts.limited++;
  if (is_by_script (asked))
    rungs_relay_answer_refused (asked->message, RUNGS_STATUS_TOO_MANY_REQUESTS,
                                "this form was sent too often from this address", 0);
  else
    rungs_relay_page_answer (house, asked->message, RUNGS_STATUS_TOO_MANY_REQUESTS,
                             RUNGS_RELAY_PAGE_LATER, (const char *const *) asked->languages,
                             &(RungsRelayBlanks){ NULL });
  soup_message_headers_replace (soup_server_message_get_response_headers (asked->message),
                                "Retry-After", seconds);
}

/* A script is given a token, a person a button. */
static void
answer_prove (Asked *asked)
{
  RungsRelayHouse *house = asked->forms->house;
  g_autofree char *fields = rungs_relay_submission_dup_hidden (asked->submission);
  g_autofree char *token
    = rungs_relay_token_new (house->seals, RUNGS_RELAY_TOKEN_STEP, asked->form->slug, asked->now);
  g_autofree char *action = action_of (asked);
  g_autoptr (GString) hidden = g_string_new (fields);

  house->counts.proves++;
  if (is_by_script (asked))
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      rungs_json_add_text (builder, "error", "send it again with this token, when it counts");
      add_token (asked, builder);
      answer_json (asked->message, SOUP_STATUS_FORBIDDEN, builder);
      return;
    }
  rungs_relay_page_add_hidden (hidden, RUNGS_RELAY_FIELD_TOKEN, token);
  rungs_relay_page_answer (house, asked->message, SOUP_STATUS_OK, RUNGS_RELAY_PAGE_PROVE,
                           (const char *const *) asked->languages,
                           &(RungsRelayBlanks){ .action = action,
                                                .hidden = hidden->str,
                                                .token = token });
}

/* {"then": "https://…" or "", "html": the page that thanks}. */
static void
answer_script (Asked      *asked,
               const char *thanks)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "then", asked->form->then);
  rungs_json_add_text (builder, "html", thanks);
  answer_json (asked->message, SOUP_STATUS_OK, builder);
}

static void
answer_thanks (Asked *asked)
{
  const RungsRelayFormText *text = asked->text;
  gboolean has_own = *text->thanks != '\0';
  g_autofree char *plain = has_own ? NULL : rungs_relay_plain_thanks ();
  const char *thanks = has_own ? text->thanks : plain;

  if (is_by_script (asked))
    answer_script (asked, thanks);
  else if (*asked->form->then != '\0')
    rungs_relay_answer_elsewhere (asked->message, asked->form->then);
  else
    rungs_relay_page_answer_html (asked->forms->house, asked->message, SOUP_STATUS_OK, thanks,
                                  has_own ? text->styles : RUNGS_RELAY_PLAIN_STYLES,
                                  RUNGS_RELAY_MAY_POST);
}

static gboolean
is_suspect (Asked *asked)
{
  const char *trap = *asked->form->trap != '\0'
                       ? rungs_relay_submission_get (asked->submission, asked->form->trap)
                       : NULL;

  return trap != NULL && *trap != '\0';
}

static const char *
get_token (Asked *asked)
{
  return rungs_relay_submission_get (asked->submission, RUNGS_RELAY_FIELD_TOKEN);
}

/* Returns: (transfer full) (nullable). */
static RungsRelayLetter *
make_letter (Asked *asked)
{
  RungsRelayHouse *house = asked->forms->house;

  if (is_suspect (asked))
    return NULL;
  return rungs_relay_letters_make (house->letters, house->published, asked->form, asked->text,
                                   asked->submission, get_token (asked), asked->now);
}

/* Adds what the relay knows of it. */
static gboolean
mark (Asked            *asked,
      RungsRawDelivery *raw,
      RungsRelayProof   proof,
      gboolean          has_letter)
{
  RungsRelayHouse *house = asked->forms->house;
  g_autofree char *touch = rungs_relay_touch_dup (house, asked->message, asked->now);
  gboolean suspect = is_suspect (asked);

  if (suspect)
    house->counts.suspects++;
  if (has_letter)
    house->counts.letters++;
  return rungs_raw_delivery_add_header (raw, "Rungs-Form", asked->form->slug)
         && rungs_raw_delivery_add_header (raw, "Rungs-Language", asked->text->language)
         && rungs_raw_delivery_add_header (raw, "Rungs-Proof", rungs_relay_proof_to_text (proof))
         && rungs_raw_delivery_add_header (raw, "Rungs-Once", get_token (asked))
         && (!suspect || rungs_raw_delivery_add_header (raw, "Rungs-Suspect", "trap"))
         && (!has_letter || rungs_raw_delivery_add_header (raw, "Rungs-Confirm", "relay"))
         && (touch == NULL || rungs_raw_delivery_add_header (raw, "Rungs-Touch", touch));
}

static void
keep (Asked          *asked,
      RungsRelayProof proof)
{
  RungsRelayHouse *house = asked->forms->house;
  g_autoptr (RungsRawDelivery) raw = NULL;
  g_autoptr (RungsRelayLetter) letter = NULL;

  if (!rungs_relay_has_room (house, asked->message))
    return;
  raw = rungs_relay_raw_new (house, asked->message, TRUE);
  if (raw == NULL)
    return;
  letter = make_letter (asked);
  if (!mark (asked, raw, proof, letter != NULL))
    {
      rungs_relay_answer_refused (asked->message, SOUP_STATUS_BAD_REQUEST,
                                  "there are too many headers", 0);
      return;
    }
  house->counts.forms++;
  answer_thanks (asked);
  rungs_relay_keep_with_letter (house, asked->message, raw, g_steal_pointer (&letter));
}

/* What the submission proves; nothing where its token has counted for another one. */
static RungsRelayProof
proof_of (Asked *asked)
{
  const char *token = rungs_relay_submission_get (asked->submission, RUNGS_RELAY_FIELD_TOKEN);
  g_autoptr (GBytes) body
    = soup_message_body_flatten (soup_server_message_get_request_body (asked->message));
  RungsRelayProof proof = rungs_relay_proof_check (
    asked->forms->house->seals, asked->form->slug, token,
    rungs_relay_submission_get (asked->submission, RUNGS_RELAY_FIELD_WORK),
    asked->form->least_seconds, asked->form->bits, asked->now);

  if (proof == RUNGS_RELAY_PROOF_NONE
      || rungs_relay_spent_take (asked->forms->spent, token, body))
    return proof;
  return RUNGS_RELAY_PROOF_NONE;
}

static void
take (Asked *asked)
{
  g_autoptr (GError) failure = NULL;
  RungsRelayProof proof;

  let_read (asked->message);
  asked->submission = rungs_relay_submission_read (asked->message, &failure);
  if (asked->submission == NULL)
    {
      rungs_relay_answer_refused (asked->message, SOUP_STATUS_BAD_REQUEST, failure->message, 0);
      return;
    }
  choose_language (asked,
                   rungs_relay_submission_get (asked->submission, RUNGS_RELAY_FIELD_LANGUAGE));
  proof = proof_of (asked);
  if (proof == RUNGS_RELAY_PROOF_NONE)
    answer_prove (asked);
  else if (!is_within_limit (asked))
    answer_later (asked);
  else
    keep (asked, proof);
}

/* ---- who asks what */

/* `is_token` (out): it is the form's token that is asked for. */
static const RungsRelayForm *
find_form (RungsRelayHouse *house,
           const char      *path,
           gboolean        *is_token)
{
  g_autofree char *slug = NULL;

  if (!g_str_has_prefix (path, RUNGS_RELAY_FORM))
    return NULL;
  slug = g_strdup (path + strlen (RUNGS_RELAY_FORM));
  *is_token = g_str_has_suffix (slug, TOKEN_ENDING);
  if (*is_token)
    slug[strlen (slug) - strlen (TOKEN_ENDING)] = '\0';
  return rungs_relay_published_find_form (house->published, slug);
}

static void
asked_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  Forms *self = data;
  const char *method = soup_server_message_get_method (message);
  gboolean reads = method == SOUP_METHOD_GET || method == SOUP_METHOD_HEAD;
  gboolean is_token = FALSE;
  g_auto (Asked) asked = {
    .forms = self,
    .message = message,
    .query = query,
    .form = find_form (self->house, path, &is_token),
    .now = rungs_clock_now (self->house->clock),
  };

  if (!rungs_relay_house_may_ask (self->house, message))
    return;
  if (asked.form == NULL)
    rungs_relay_page_answer_gone (self->house, message, query);
  else if (rungs_relay_gate_is_too_large (message))
    {
      self->house->counts.too_large++;
      rungs_relay_answer_refused (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE,
                                  "this is larger than a form may be", 0);
    }
  else if (method == SOUP_METHOD_OPTIONS)
    answer_preflight (message);
  else if (is_token && reads)
    answer_token (&asked);
  else if (reads)
    {
      choose_language (&asked, NULL);
      answer_page (&asked);
    }
  else if (method == SOUP_METHOD_POST && !is_token)
    take (&asked);
  else
    rungs_relay_answer_not_so (message, is_token ? "GET, HEAD" : METHODS);
}

void
rungs_relay_forms_add (SoupServer      *server,
                       RungsRelayHouse *house)
{
  Forms *self = g_new0 (Forms, 1);

  self->house = house;
  self->spent = rungs_relay_spent_new ();
  self->limits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) rungs_relay_meter_free);
  soup_server_add_handler (server, RUNGS_RELAY_FORM, asked_cb, self, forms_free);
}
