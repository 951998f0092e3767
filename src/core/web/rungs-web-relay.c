/* rungs-web-relay.c: takes what waits at the relay into the file. */

#include "web/rungs-web-relay.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-json-members.h"
#include "mail/rungs-http-exchange.h"
#include "mail/rungs-secret.h"
#include "web/rungs-opt-in-page.h"
#include "web/rungs-web-delivery-store.h"
#include "web/rungs-web-endpoint-store.h"
#include "web/rungs-web-link-store.h"
#include "web/rungs-web-pages.h"
#include "web/rungs-web-partner-pages.h"
#include "web/rungs-web-relay-mail.h"
#include "web/rungs-web-sources.h"
#include "wire/rungs-raw-delivery.h"
#include "wire/rungs-relay-protocol.h"

/* An answer has at most this, and one delivery more. */
#define ANSWER_MOST (RUNGS_RELAY_ANSWER_BYTES + RUNGS_RAW_BODY_MOST + 1024 * 1024)

struct _RungsWebRelayLine
{
  RungsHttpLine *http; /* (owned) */
  char *uuid;          /* (owned) */
  char *address;       /* (owned) */
  char *key;           /* (owned) */
  gint64 cursor;
  char *mail;          /* (owned) (nullable): as rungs_web_relay_line_set_mail() has it */
  gint64 acknowledged; /* up to where the relay was told, over this line */
};

void
rungs_web_pairing_clear (RungsWebPairing *self)
{
  g_clear_pointer (&self->uuid, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->key, g_free);
}

void
rungs_web_relay_health_clear (RungsWebRelayHealth *self)
{
  g_clear_pointer (&self->version, g_free);
}

/* ---- questions */

static gboolean
fail (RungsError  code,
      const char *words,
      GError    **error)
{
  g_set_error_literal (error, RUNGS_ERROR, code, words);
  return FALSE;
}

/* What the relay says in a refusal; in English, as its log. */
static char *
dup_refusal (const RungsHttpAnswer *answer)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length = 0;
  const char *text = answer->body != NULL ? g_bytes_get_data (answer->body, &length) : NULL;
  JsonNode *root = NULL;

  if (length > 0 && length < 4096 && g_utf8_validate_len (text, length, NULL)
      && json_parser_load_from_data (parser, text, (gssize) length, NULL))
    root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return g_strdup_printf ("HTTP %u", answer->status);
  return g_strdup (json_object_get_string_member_with_default (json_node_get_object (root),
                                                               "error", ""));
}

static gboolean
refuse (const RungsHttpAnswer *answer,
        GError               **error)
{
  g_autofree char *words = dup_refusal (answer);

  switch (answer->status)
    {
    case 401:
      return fail (RUNGS_ERROR_AUTH,
                   _ ("the relay does not know this file any more: pair them again"), error);
    case 403:
      return fail (RUNGS_ERROR_AUTH,
                   _ ("the relay does not take this code: let it show another one"), error);
    case 404:
      return fail (RUNGS_ERROR_NETWORK, _ ("at this address there is no relay"), error);
    default:
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK, _ ("the relay refused: %s"), words);
      return FALSE;
    }
}

/* Asks `what` of the relay at `address`. `key` (nullable); `body` (nullable): JSON. */
static gboolean
ask (RungsHttpLine   *http,
     const char      *address,
     const char      *key,
     const char      *method,
     const char      *what,
     const char      *body,
     GCancellable    *cancellable,
     RungsHttpAnswer *answer,
     GError         **error)
{
  g_autoptr (RungsHttpQuestion) question = rungs_http_question_new (method);
  g_autofree char *bearer = key != NULL ? g_strconcat ("Bearer ", key, NULL) : NULL;

  question->address = g_strconcat (address, RUNGS_RELAY_API, what, NULL);
  question->most = ANSWER_MOST;
  if (bearer != NULL)
    rungs_http_question_add_header (question, "Authorization", bearer);
  if (body != NULL)
    {
      rungs_http_question_add_header (question, "Content-Type", "application/json");
      question->body = g_bytes_new (body, strlen (body));
    }
  if (!rungs_http_line_ask (http, question, cancellable, answer, error))
    return FALSE;
  return answer->status / 100 == 2 || refuse (answer, error);
}

static gboolean
ask_line (RungsWebRelayLine *self,
          const char        *method,
          const char        *what,
          const char        *body,
          GCancellable      *cancellable,
          RungsHttpAnswer   *answer,
          GError           **error)
{
  return ask (self->http, self->address, self->key, method, what, body, cancellable, answer, error);
}

/* Returns: (transfer full) (nullable): the object that an answer is. */
static JsonObject *
read_object (const RungsHttpAnswer *answer,
             GError               **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length = 0;
  const char *text = answer->body != NULL ? g_bytes_get_data (answer->body, &length) : NULL;
  JsonNode *root = NULL;

  if (length > 0 && g_utf8_validate_len (text, length, NULL)
      && json_parser_load_from_data (parser, text, (gssize) length, NULL))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_object_ref (json_node_get_object (root));
  fail (RUNGS_ERROR_INVALID, _ ("at this address there is no relay"), error);
  return NULL;
}

/* ---- pairing */

/* "relay.example/" is "https://relay.example". */
static char *
dup_address (const char *told)
{
  g_autofree char *text = g_strstrip (g_strdup (told));

  while (g_str_has_suffix (text, "/"))
    text[strlen (text) - 1] = '\0';
  return strstr (text, "://") != NULL ? g_steal_pointer (&text)
                                      : g_strconcat ("https://", text, NULL);
}

static char *
dup_code_body (const char *code)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "code", code);
  json_builder_end_object (builder);
  return rungs_json_dup (builder);
}

gboolean
rungs_web_relay_pair (const char      *address,
                      const char      *ca_file,
                      const char      *code,
                      GCancellable    *cancellable,
                      RungsWebPairing *pairing,
                      GError         **error)
{
  g_autoptr (RungsHttpLine) http = rungs_http_line_new (ca_file);
  g_autofree char *body = dup_code_body (code);
  g_auto (RungsHttpAnswer) answer = { 0 };
  g_autoptr (JsonObject) object = NULL;

  pairing->address = dup_address (address);
  if (!ask (http, pairing->address, NULL, "POST", "pair", body, cancellable, &answer, error))
    return FALSE;
  object = read_object (&answer, error);
  if (object == NULL)
    return FALSE;
  pairing->uuid = g_strdup (json_object_get_string_member_with_default (object, "relay", ""));
  pairing->key = g_strdup (json_object_get_string_member_with_default (object, "key", ""));
  if (g_uuid_string_is_valid (pairing->uuid) && *pairing->key != '\0')
    return TRUE;
  return fail (RUNGS_ERROR_INVALID, _ ("at this address there is no relay"), error);
}

/* ---- the line */

RungsWebRelayLine *
rungs_web_relay_line_new (const RungsWebRelay *relay,
                          const char          *key)
{
  RungsWebRelayLine *self = g_new0 (RungsWebRelayLine, 1);

  self->http = rungs_http_line_new (relay->ca_file);
  self->uuid = g_strdup (relay->uuid);
  self->address = rungs_web_relay_dup_asked (relay);
  self->key = g_strdup (key);
  self->cursor = relay->cursor;
  return self;
}

void
rungs_web_relay_line_free (RungsWebRelayLine *self)
{
  if (self == NULL)
    return;
  rungs_http_line_free (self->http);
  g_free (self->uuid);
  g_free (self->address);
  explicit_bzero (self->key, strlen (self->key));
  g_free (self->key);
  rungs_secret_free (self->mail);
  g_free (self);
}

/* What is put up, by who adds it: each adds members to the object that the protocol describes. */
static gboolean (*const PARTS[]) (RungsDb      *db,
                                  JsonBuilder  *builder,
                                  GError      **error)
  = {
      rungs_web_endpoints_publish,
      rungs_web_links_publish,
      rungs_web_forms_publish,
      rungs_web_pages_publish,
      rungs_web_sources_publish,
    };

/* Returns: (transfer full): all of it, without a stamp. */
static JsonNode *
compose (RungsDb *db,
         GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    if (!PARTS[i](db, builder, error))
      return NULL;
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* Returns: (transfer full): what the relay is to answer for, with a stamp that is another where
 * that is another. `stamp` (out). */
static char *
dup_published (RungsDb *db,
               char   **stamp,
               GError **error)
{
  g_autoptr (JsonNode) root = compose (db, error);
  g_autofree char *text = NULL;
  g_autofree char *published = NULL;

  if (root == NULL)
    return NULL;
  text = json_to_string (root, FALSE);
  *stamp = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  json_object_set_string_member (json_node_get_object (root), "stamp", *stamp);
  published = json_to_string (root, FALSE);
  if (strlen (published) <= RUNGS_RELAY_PUBLISHED_MOST)
    return g_steal_pointer (&published);
  fail (RUNGS_ERROR_INVALID, _ ("there is more to put up than a relay takes"), error);
  return NULL;
}

static gboolean
publish (RungsWebRelayLine *self,
         RungsDb           *db,
         const char        *published,
         GCancellable      *cancellable,
         GError           **error)
{
  g_auto (RungsHttpAnswer) answer = { 0 };
  g_autofree char *stamp = NULL;
  g_autofree char *body = dup_published (db, &stamp, error);

  return body != NULL
         && (strcmp (stamp, published) == 0
             || ask_line (self, "PUT", "published", body, cancellable, &answer, error));
}

void
rungs_web_relay_line_set_mail (RungsWebRelayLine *self,
                               char              *mail)
{
  g_return_if_fail (self != NULL);

  rungs_secret_free (self->mail);
  self->mail = mail;
}

/* A relay of an earlier release has no such member, and sends nothing. */
static gboolean
give_mail (RungsWebRelayLine   *self,
           JsonObject          *health,
           GCancellable        *cancellable,
           RungsWebRelayHealth *told,
           GError             **error)
{
  const char *there = json_object_get_string_member_with_default (health, "mail", NULL);
  g_autofree char *stamp = NULL;
  g_auto (RungsHttpAnswer) answer = { 0 };
  gboolean is_wanted = self->mail != NULL && *self->mail != '\0';

  told->has_mail = there != NULL && *there != '\0';
  if (there == NULL || self->mail == NULL)
    return TRUE;
  stamp = is_wanted ? rungs_web_relay_mail_dup_stamp (self->mail) : g_strdup ("");
  if (strcmp (there, stamp) == 0)
    return TRUE;
  if (!ask_line (self, is_wanted ? "PUT" : "DELETE", "mail", is_wanted ? self->mail : NULL,
                 cancellable, &answer, error))
    return FALSE;
  told->has_mail = is_wanted;
  return TRUE;
}

/* A relay of an earlier release has no such member, and no pages of partners. */
static gboolean
give_partners (RungsWebRelayLine   *self,
               RungsDb             *db,
               JsonObject          *health,
               GCancellable        *cancellable,
               RungsWebRelayHealth *told,
               GError             **error)
{
  const char *there = json_object_get_string_member_with_default (health, "partners", NULL);
  g_autofree char *stamp = NULL;
  g_autofree char *body = NULL;
  g_auto (RungsHttpAnswer) answer = { 0 };

  if (there == NULL)
    return TRUE;
  body = rungs_web_partner_pages_dup (db, &stamp, error);
  if (body == NULL
      || (strcmp (there, stamp) != 0
          && !ask_line (self, "PUT", "partners", body, cancellable, &answer, error)))
    return FALSE;
  told->has_partners = TRUE;
  return TRUE;
}

gboolean
rungs_web_relay_line_greet (RungsWebRelayLine   *self,
                            RungsDb             *db,
                            GCancellable        *cancellable,
                            RungsWebRelayHealth *health,
                            GError             **error)
{
  g_auto (RungsHttpAnswer) answer = { 0 };
  g_autoptr (JsonObject) object = NULL;
  const char *uuid;

  g_return_val_if_fail (self != NULL && health != NULL, FALSE);

  if (!ask_line (self, "GET", "health", NULL, cancellable, &answer, error))
    return FALSE;
  object = read_object (&answer, error);
  if (object == NULL)
    return FALSE;
  uuid = json_object_get_string_member_with_default (object, "relay", "");
  if (strcmp (uuid, self->uuid) != 0)
    return fail (RUNGS_ERROR_AUTH, _ ("at this address there is another relay now"), error);
  health->waiting = json_object_get_int_member_with_default (object, "waiting", 0);
  health->bytes = json_object_get_int_member_with_default (object, "bytes", 0);
  health->oldest_at = json_object_get_int_member_with_default (object, "oldest_at", 0);
  g_free (health->version);
  health->version
    = g_strdup (json_object_get_string_member_with_default (object, "version", ""));
  return publish (self, db,
                  json_object_get_string_member_with_default (object, "published", ""),
                  cancellable, error)
         && give_mail (self, object, cancellable, health, error)
         && give_partners (self, db, object, cancellable, health, error);
}

/* ---- taking */

/* One answer on its way into the file. */
typedef struct
{
  RungsWebRelayLine *line;
  const char *bytes;
  gsize length;
  gint64 now;
  gint64 cursor; /* behind what was written */
  gint64 taken;
} Load;

/* Reads "ID LENGTH\n". FALSE where it is none, or the delivery is cut off. */
static gboolean
read_frame (const char **at,
            gsize       *left,
            gint64      *id,
            gsize       *length)
{
  const char *end = memchr (*at, '\n', MIN (*left, 48));
  g_autofree char *frame = end != NULL ? g_strndup (*at, (gsize) (end - *at)) : NULL;
  g_auto (GStrv) words = frame != NULL ? g_strsplit (frame, " ", 2) : NULL;
  guint64 number = 0, size = 0;

  if (words == NULL || g_strv_length (words) != 2
      || !g_ascii_string_to_unsigned (words[0], 10, 1, G_MAXINT64, &number, NULL)
      || !g_ascii_string_to_unsigned (words[1], 10, 1, ANSWER_MOST, &size, NULL)
      || size > *left - (gsize) (end + 1 - *at))
    return FALSE;
  *left -= (gsize) (end + 1 - *at);
  *at = end + 1;
  *id = (gint64) number;
  *length = (gsize) size;
  return TRUE;
}

static gboolean
take_one (RungsDb    *db,
          Load       *load,
          gint64      id,
          const char *bytes,
          gsize       length,
          GError    **error)
{
  g_autofree char *origin = g_strdup_printf ("%s/%" G_GINT64_FORMAT, load->line->uuid, id);
  gsize used = 0;
  g_autoptr (RungsRawDelivery) raw = rungs_raw_delivery_from_bytes (bytes, length, &used, error);

  if (raw == NULL || rungs_web_delivery_take (db, raw, origin, load->now, error) == 0)
    return FALSE;
  load->cursor = id;
  load->taken++;
  return TRUE;
}

static gboolean
take_all (RungsDb *db,
          gpointer data,
          GError **error)
{
  Load *load = data;
  const char *at = load->bytes;
  gsize left = load->length;
  gsize length = 0;
  gint64 id = 0;

  load->taken = 0;
  load->cursor = load->line->cursor;
  while (left > 0)
    {
      if (!read_frame (&at, &left, &id, &length) || id <= load->cursor)
        return fail (RUNGS_ERROR_INVALID, _ ("what the relay gives is not understood"), error);
      if (!take_one (db, load, id, at, length, error))
        return FALSE;
      at += length;
      left -= length;
    }
  return rungs_web_relay_note_cursor (db, load->line->uuid, load->cursor, error);
}

static gboolean
fetch (RungsWebRelayLine *self,
       guint              wait,
       GCancellable      *cancellable,
       RungsHttpAnswer   *answer,
       GError           **error)
{
  g_autofree char *what
    = g_strdup_printf ("deliveries?after=%" G_GINT64_FORMAT "&wait=%u", self->cursor,
                       MIN (wait, RUNGS_RELAY_WAIT_MOST));

  if (!ask_line (self, "GET", what, NULL, cancellable, answer, error))
    return FALSE;
  return answer->body != NULL
         || fail (RUNGS_ERROR_NETWORK, _ ("the answer of the relay was cut off"), error);
}

/* What is in the file the relay need not keep. */
static gboolean
acknowledge (RungsWebRelayLine *self,
             GCancellable      *cancellable,
             GError           **error)
{
  g_autofree char *what
    = g_strdup_printf ("taken?through=%" G_GINT64_FORMAT, self->cursor);
  g_auto (RungsHttpAnswer) answer = { 0 };

  if (self->acknowledged == self->cursor)
    return TRUE;
  if (!ask_line (self, "POST", what, NULL, cancellable, &answer, error))
    return FALSE;
  self->acknowledged = self->cursor;
  return TRUE;
}

gboolean
rungs_web_relay_line_take (RungsWebRelayLine *self,
                           RungsDb           *db,
                           RungsClock        *clock,
                           guint              wait,
                           GCancellable      *cancellable,
                           gint64            *taken,
                           GError           **error)
{
  gboolean more = TRUE;

  g_return_val_if_fail (self != NULL && taken != NULL, FALSE);

  *taken = 0;
  if (!acknowledge (self, cancellable, error)) /* what a line before this one could not */
    return FALSE;
  while (more)
    {
      g_auto (RungsHttpAnswer) answer = { 0 };
      Load load = { .line = self, .now = rungs_clock_now (clock) };

      if (!fetch (self, *taken == 0 ? wait : 0, cancellable, &answer, error))
        return FALSE;
      load.bytes = g_bytes_get_data (answer.body, &load.length);
      more = load.length > 0;
      if (more && !rungs_db_write (db, take_all, &load, error))
        return FALSE;
      if (more)
        self->cursor = load.cursor;
      *taken += load.taken;
      if (!acknowledge (self, cancellable, error))
        return FALSE;
    }
  return TRUE;
}
