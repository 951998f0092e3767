/* rungs-relay-desk-handler.c: what the desktop asks of its relay. */

#include "rungs-relay-desk-handler.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-json-members.h"
#include "rungs-relay-answer.h"
#include "rungs-relay-meter.h"
#include "rungs-relay-pairing.h"
#include "wire/rungs-relay-protocol.h"

#define BEARER "Bearer "

/* Anybody may send it, so it is short. */
#define CODE_BODY_MOST 256

/* Wrong keys and codes of one address: a second each, after so many. */
#define WRONG_BURST 10

typedef struct
{
  RungsRelayHouse *house;
  RungsRelayMeter *wrong; /* (owned) */
} Desk;

static void
desk_free (gpointer data)
{
  Desk *self = data;

  rungs_relay_meter_free (self->wrong);
  g_free (self);
}

/* ---- work on the file, and the answer */

/* One kind of what the desktop puts up: `parse` makes the thing of the body, `save` stores the text
 * of the request, `use` takes the thing over; that is NULL where the desktop takes it down. */
typedef struct
{
  gpointer (*parse) (const char *json, gsize length, GError **error);
  RungsDbFunc save;
  void (*use) (RungsRelayHouse *house, gpointer thing);
  GDestroyNotify forget;
} Kind;

/* A request while the file works on it. Some of what it holds is of one kind of request only. */
typedef struct
{
  Desk *desk;
  SoupServerMessage *message; /* (owned) */
  gint64 id;                  /* after which, or through which */
  guint wait;                 /* seconds */
  GByteArray *answer;         /* (owned) (nullable): deliveries */
  char *text;                 /* (owned) (nullable): code, or what is published */
  char *key;                  /* (owned) (nullable): that was given out */
  RungsRelayWaiting waiting;
  const Kind *kind; /* (nullable): of `thing` */
  gpointer thing;   /* (owned) (nullable) */
} Request;

static Request *
request_new (Desk              *desk,
             SoupServerMessage *message)
{
  Request *request = g_new0 (Request, 1);

  request->desk = desk;
  request->message = g_object_ref (message);
  return request;
}

/* There may be a password in it. */
static void
wipe (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
request_free (Request *request)
{
  g_object_unref (request->message);
  g_clear_pointer (&request->answer, g_byte_array_unref);
  if (request->thing != NULL)
    request->kind->forget (request->thing);
  wipe (request->text);
  g_free (request->key);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static void
work (Request             *request,
      RungsDbFunc          func,
      GAsyncReadyCallback  callback)
{
  soup_server_message_pause (request->message);
  rungs_relay_file_work_async (request->desk->house->file, func, request, callback);
}

/* Whether the work was done; else the request is answered. */
static gboolean
finish (Request      *request,
        GAsyncResult *result)
{
  g_autoptr (GError) failure = NULL;

  if (rungs_relay_file_work_finish (result, &failure))
    return TRUE;
  g_warning ("the desktop's request failed: %s", failure->message);
  rungs_relay_answer_refused (request->message, SOUP_STATUS_SERVICE_UNAVAILABLE,
                              failure->message, 0);
  return FALSE;
}

static void
answer_json (SoupServerMessage *message,
             JsonBuilder       *builder)
{
  char *text = rungs_json_dup (builder);

  rungs_relay_answer_bytes (message, "application/json", g_bytes_new_take (text, strlen (text)));
}

/* ---- pairing */

/* The desktop's, and of each pairing anew: another desktop has not given it. */
static void
use_mail (RungsRelayHouse *house,
          RungsRelayMail  *mail)
{
  rungs_relay_letters_set_mail (house->letters, mail);
  if (house->postman != NULL)
    rungs_relay_postman_set_mail (house->postman, mail);
}

static gboolean
pair (RungsDb *db,
      gpointer data,
      GError **error)
{
  Request *request = data;

  return rungs_relay_pairing_finish (db, request->text,
                                     rungs_clock_now (request->desk->house->clock), &request->key,
                                     error)
         && (request->key == NULL
             || (rungs_relay_setting_save (db, "partners", NULL, error)
                 && rungs_relay_mail_save (request->desk->house->options.folder, NULL, error)));
}

static void
answer_paired (Request *request)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  RungsRelayHouse *house = request->desk->house;

  g_free (house->key);
  house->key = rungs_relay_pairing_hash (request->key);
  use_mail (house, NULL);
  rungs_relay_partners_free (house->partners);
  house->partners = rungs_relay_partners_new ();
  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "key", request->key);
  rungs_json_add_text (builder, "relay", house->uuid);
  json_builder_end_object (builder);
  answer_json (request->message, builder);
  g_message ("a desktop was paired");
}

static void
paired_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Request) request = data;

  if (finish (request, result) && request->key != NULL)
    answer_paired (request);
  else if (soup_server_message_get_status (request->message) == 0)
    rungs_relay_answer_refused (request->message, SOUP_STATUS_FORBIDDEN,
                                "the code is wrong, or counts no more: ask the relay for another",
                                0);
  soup_server_message_unpause (request->message);
}

/* Returns: (transfer full) (nullable): the code of {"code": "…"}. */
static char *
code_of (SoupServerMessage *message)
{
  g_autoptr (GBytes) body
    = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);
  JsonNode *root = NULL;

  if (length > 0 && length <= CODE_BODY_MOST && g_utf8_validate_len (text, length, NULL)
      && json_parser_load_from_data (parser, text, (gssize) length, NULL))
    root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  return g_strdup (
    json_object_get_string_member_with_default (json_node_get_object (root), "code", NULL));
}

static void
ask_to_pair (Desk              *self,
             SoupServerMessage *message,
             GHashTable        *query)
{
  Request *request;
  char *code = code_of (message);

  if (code == NULL)
    {
      rungs_relay_answer_refused (message, SOUP_STATUS_BAD_REQUEST, "there is no code", 0);
      return;
    }
  request = request_new (self, message);
  request->text = code;
  work (request, pair, paired_cb);
}

/* ---- health */

static void
ask_health (Desk              *self,
            SoupServerMessage *message,
            GHashTable        *query)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  RungsRelayHouse *house = self->house;

  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "relay", house->uuid);
  rungs_json_add_text (builder, "version", RUNGS_VERSION);
  rungs_json_add_number (builder, "waiting", house->waiting.count);
  rungs_json_add_number (builder, "bytes", house->waiting.bytes);
  json_builder_set_member_name (builder, "oldest_at");
  if (house->waiting.count > 0)
    json_builder_add_int_value (builder, house->waiting.oldest_at);
  else
    json_builder_add_null_value (builder);
  rungs_json_add_text (builder, "published", rungs_relay_published_get_stamp (house->published));
  rungs_json_add_text (builder, "mail", rungs_relay_letters_get_stamp (house->letters));
  rungs_json_add_text (builder, "partners", rungs_relay_partners_get_stamp (house->partners));
  json_builder_end_object (builder);
  answer_json (message, builder);
}

/* ---- deliveries */

/* A request that waits for a delivery. */
typedef struct
{
  RungsRelayHouse *house;
  Request *request; /* (owned) */
  guint timeout;
} Poll;

static gboolean
read_deliveries (RungsDb *db,
                 gpointer data,
                 GError **error)
{
  Request *request = data;

  g_byte_array_set_size (request->answer, 0);
  return rungs_relay_delivery_read (db, request->id, RUNGS_RELAY_ANSWER_BYTES, request->answer,
                                    error);
}

static void
answer_deliveries (Request *request)
{
  rungs_relay_answer_bytes (request->message, RUNGS_RELAY_DELIVERIES_TYPE,
                            g_byte_array_free_to_bytes (g_steal_pointer (&request->answer)));
}

static void
deliveries_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (Request) request = data;

  if (finish (request, result))
    answer_deliveries (request);
  soup_server_message_unpause (request->message);
}

static gboolean
waited_cb (gpointer data)
{
  Poll *poll = data;

  g_queue_remove (&poll->house->polls, poll);
  answer_deliveries (poll->request);
  soup_server_message_unpause (poll->request->message);
  request_free (poll->request);
  g_free (poll);
  return G_SOURCE_REMOVE;
}

static void
begin_to_wait (Request *request)
{
  Poll *poll = g_new0 (Poll, 1);

  poll->house = request->desk->house;
  poll->request = request;
  poll->timeout = g_timeout_add_seconds (request->wait, waited_cb, poll);
  soup_server_message_pause (request->message);
  g_queue_push_tail (&poll->house->polls, poll);
}

void
rungs_relay_desk_wake (RungsRelayHouse *house)
{
  Poll *poll;

  while ((poll = g_queue_pop_head (&house->polls)) != NULL)
    {
      g_source_remove (poll->timeout);
      rungs_relay_file_work_async (house->file, read_deliveries, poll->request, deliveries_cb);
      g_free (poll);
    }
}

/* A number of the address behind "?"; `fallback` where it is missing, -1 where it is none. */
static gint64
number_of (GHashTable *query,
           const char *name,
           gint64      fallback,
           gint64      most)
{
  const char *text = query != NULL ? g_hash_table_lookup (query, name) : NULL;
  guint64 number = 0;

  if (text == NULL)
    return fallback;
  return g_ascii_string_to_unsigned (text, 10, 0, (guint64) most, &number, NULL) ? (gint64) number
                                                                                 : -1;
}

static void
ask_deliveries (Desk              *self,
                SoupServerMessage *message,
                GHashTable        *query)
{
  gint64 after = number_of (query, "after", 0, G_MAXINT64);
  gint64 wait = number_of (query, "wait", 0, RUNGS_RELAY_WAIT_MOST);
  Request *request;

  if (after < 0 || wait < 0)
    {
      rungs_relay_answer_refused (message, SOUP_STATUS_BAD_REQUEST, "this is no number", 0);
      return;
    }
  request = request_new (self, message);
  request->id = after;
  request->wait = (guint) wait;
  request->answer = g_byte_array_new ();
  if (wait > 0 && self->house->waiting.count == 0)
    begin_to_wait (request);
  else
    work (request, read_deliveries, deliveries_cb);
}

static gboolean
forget_taken (RungsDb *db,
              gpointer data,
              GError **error)
{
  Request *request = data;

  return rungs_relay_delivery_forget (db, request->id, error)
         && rungs_relay_waiting_load (db, &request->waiting, error);
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Request) request = data;
  RungsRelayHouse *house = request->desk->house;

  if (finish (request, result))
    {
      house->waiting = request->waiting;
      house->counts.taken++;
      soup_server_message_set_status (request->message, SOUP_STATUS_NO_CONTENT, NULL);
    }
  soup_server_message_unpause (request->message);
}

static void
tell_taken (Desk              *self,
            SoupServerMessage *message,
            GHashTable        *query)
{
  gint64 through = number_of (query, "through", -1, G_MAXINT64);
  Request *request;

  if (through < 0)
    {
      rungs_relay_answer_refused (message, SOUP_STATUS_BAD_REQUEST, "this is no number", 0);
      return;
    }
  request = request_new (self, message);
  request->id = through;
  work (request, forget_taken, taken_cb);
}

/* ---- what is put up */

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (Request) request = data;

  if (finish (request, result))
    {
      request->kind->use (request->desk->house, g_steal_pointer (&request->thing));
      soup_server_message_set_status (request->message, SOUP_STATUS_NO_CONTENT, NULL);
    }
  soup_server_message_unpause (request->message);
}

static void
put (Desk              *self,
     SoupServerMessage *message,
     const Kind        *kind)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) body
    = soup_message_body_flatten (soup_server_message_get_request_body (message));
  gsize length = 0;
  const char *json = g_bytes_get_data (body, &length);
  gpointer thing = kind->parse (json, length, &failure);
  Request *request;

  if (thing == NULL)
    {
      rungs_relay_answer_refused (message, SOUP_STATUS_BAD_REQUEST, failure->message, 0);
      return;
    }
  request = request_new (self, message);
  request->text = g_strndup (json, length);
  request->kind = kind;
  request->thing = thing;
  work (request, kind->save, put_cb);
}

/* Forms and landing pages. */
static gpointer
parse_published (const char  *json,
                 gsize        length,
                 GError     **error)
{
  if (length > 0 && length <= RUNGS_RELAY_PUBLISHED_MOST)
    return rungs_relay_published_parse (json, length, error);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "it has no size we take");
  return NULL;
}

static gboolean
save_published (RungsDb *db,
                gpointer data,
                GError **error)
{
  Request *request = data;

  return rungs_relay_setting_save (db, "published", request->text, error);
}

static void
use_published (RungsRelayHouse *house,
               gpointer         thing)
{
  rungs_relay_published_free (house->published);
  house->published = thing;
}

static void
publish (Desk              *self,
         SoupServerMessage *message,
         GHashTable        *query)
{
  static const Kind PUBLISHED = { parse_published, save_published, use_published,
                                  (GDestroyNotify) rungs_relay_published_free };

  put (self, message, &PUBLISHED);
}

/* The private pages of partners. */
static gpointer
parse_partners (const char  *json,
                gsize        length,
                GError     **error)
{
  return rungs_relay_partners_parse (json, length, error);
}

static gboolean
save_partners (RungsDb *db,
               gpointer data,
               GError **error)
{
  Request *request = data;

  return rungs_relay_setting_save (db, "partners", request->text, error);
}

static void
use_partners (RungsRelayHouse *house,
              gpointer         thing)
{
  rungs_relay_partners_free (house->partners);
  house->partners = thing;
}

static void
put_partners (Desk              *self,
              SoupServerMessage *message,
              GHashTable        *query)
{
  static const Kind PARTNERS = { parse_partners, save_partners, use_partners,
                                 (GDestroyNotify) rungs_relay_partners_free };

  put (self, message, &PARTNERS);
}

/* By what account the relay sends. */
static gpointer
parse_mail (const char  *json,
            gsize        length,
            GError     **error)
{
  return rungs_relay_mail_parse (json, length, error);
}

/* A file of its own, on the file's thread. */
static gboolean
save_mail (RungsDb *db,
           gpointer data,
           GError **error)
{
  Request *request = data;

  return rungs_relay_mail_save (request->desk->house->options.folder, request->text, error);
}

static void
use_new_mail (RungsRelayHouse *house,
              gpointer         thing)
{
  g_autoptr (RungsRelayMail) mail = thing;

  use_mail (house, mail);
}

static const Kind MAIL = { parse_mail, save_mail, use_new_mail,
                           (GDestroyNotify) rungs_relay_mail_unref };

static void
put_mail (Desk              *self,
          SoupServerMessage *message,
          GHashTable        *query)
{
  put (self, message, &MAIL);
}

static void
delete_mail (Desk              *self,
             SoupServerMessage *message,
             GHashTable        *query)
{
  Request *request = request_new (self, message);

  request->kind = &MAIL;
  work (request, save_mail, put_cb);
}

/* ---- who asks what */

/* Whether who asks has the key. What is compared is a hash of what was told: how long that takes
 * says nothing of the key. */
static gboolean
has_key (Desk              *self,
         SoupServerMessage *message)
{
  const char *told
    = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                    "Authorization");
  g_autofree char *hash = NULL;

  if (*self->house->key == '\0' || told == NULL || !g_str_has_prefix (told, BEARER))
    return FALSE;
  hash = rungs_relay_pairing_hash (told + strlen (BEARER));
  return strcmp (hash, self->house->key) == 0;
}

static const struct
{
  const char *name;
  const char *method;
  gboolean of_anybody;
  void (*ask) (Desk              *self,
               SoupServerMessage *message,
               GHashTable        *query);
} REQUESTS[] = {
  { "pair", "POST", TRUE, ask_to_pair },
  { "health", "GET", FALSE, ask_health },
  { "deliveries", "GET", FALSE, ask_deliveries },
  { "taken", "POST", FALSE, tell_taken },
  { "published", "PUT", FALSE, publish },
  { "partners", "PUT", FALSE, put_partners },
  { "mail", "PUT", FALSE, put_mail },
  { "mail", "DELETE", FALSE, delete_mail },
};

static void
refuse_stranger (Desk              *self,
                 SoupServerMessage *message)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "WWW-Authenticate", "Bearer");
  rungs_relay_answer_refused (message, SOUP_STATUS_UNAUTHORIZED,
                              "this relay is not paired with you", 0);
}

static void
answer (Desk              *self,
        SoupServerMessage *message,
        const char        *name,
        GHashTable        *query)
{
  const char *method = soup_server_message_get_method (message);

  for (guint i = 0; i < G_N_ELEMENTS (REQUESTS); i++)
    if (strcmp (REQUESTS[i].name, name) == 0 && strcmp (REQUESTS[i].method, method) == 0)
      {
        if (!REQUESTS[i].of_anybody && !has_key (self, message))
          refuse_stranger (self, message);
        else if (rungs_relay_house_is_closing (self->house, message))
          return;
        else if (rungs_relay_gate_is_too_large (message))
          rungs_relay_answer_refused (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE,
                                      "this is too large", 0);
        else
          REQUESTS[i].ask (self, message, query);
        return;
      }
  rungs_relay_answer_refused (message, SOUP_STATUS_NOT_FOUND, "there is nothing here", 0);
}

/* Whoever has told too many wrong keys and codes is not listened to for a while. */
static void
asked_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  Desk *self = data;
  g_autofree char *host = rungs_relay_house_host_of (self->house, message);
  gint64 now = g_get_monotonic_time ();

  if (g_str_has_prefix (path, RUNGS_RELAY_API) && !has_key (self, message)
      && !rungs_relay_meter_take (self->wrong, host, now))
    rungs_relay_answer_refused (message, RUNGS_STATUS_TOO_MANY_REQUESTS,
                                "this address has told too many wrong keys", 1);
  else
    answer (self, message, path + MIN (strlen (path), strlen (RUNGS_RELAY_API)), query);
}

void
rungs_relay_desk_add (SoupServer      *server,
                      RungsRelayHouse *house)
{
  Desk *self = g_new0 (Desk, 1);

  self->house = house;
  self->wrong = rungs_relay_meter_new (1, WRONG_BURST);
  soup_server_add_handler (server, RUNGS_RELAY_API, asked_cb, self, desk_free);
}
