/* rungs-relay-intake-handler.c: takes deliveries in at "/in/PATH". */

#include "rungs-relay-intake-handler.h"

#include <string.h>

#include "rungs-relay-answer.h"
#include "rungs-relay-desk-handler.h"
#include "rungs-relay-meter.h"
#include "wire/rungs-raw-delivery.h"
#include "wire/rungs-relay-protocol.h"

/* More may not be on its way to the disk at the same time. */
#define UNWRITTEN_MOST (64 * 1024 * 1024)

/* So many seconds of what one address may send it may send at once. */
#define BURST_SECONDS 10

#define RETRY_SOON 5
#define RETRY_LATER 600

typedef struct
{
  RungsRelayHouse *house;
  RungsRelayMeter *meter; /* (owned) (nullable): there is no limit */
} Intake;

static void
intake_free (gpointer data)
{
  Intake *self = data;

  g_clear_pointer (&self->meter, rungs_relay_meter_free);
  g_free (self);
}

/* A delivery on its way to the disk. */
typedef struct
{
  RungsRelayHouse *house;
  SoupServerMessage *message; /* (owned) */
  GBytes *raw;                /* (owned) */
  gint64 at;
} Put;

static void
put_free (gpointer data)
{
  Put *put = data;

  g_object_unref (put->message);
  g_bytes_unref (put->raw);
  g_free (put);
}

static gboolean
write_put (RungsDb *db,
           gpointer data,
           GError **error)
{
  Put *put = data;

  return rungs_relay_delivery_put (db, put->raw, put->at, error);
}

static void
stored (Put *put)
{
  RungsRelayHouse *house = put->house;

  if (house->waiting.count++ == 0)
    house->waiting.oldest_at = put->at;
  house->waiting.bytes += (gint64) g_bytes_get_size (put->raw);
  house->counts.stored++;
  rungs_relay_answer_text (put->message, SOUP_STATUS_OK, "ok\n");
  rungs_relay_desk_wake (house);
}

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (GError) failure = NULL;
  Put *put = data;
  SoupServerMessage *message = g_object_ref (put->message);

  put->house->unwritten -= g_bytes_get_size (put->raw);
  if (rungs_relay_file_work_finish (result, &failure) != NULL)
    stored (put);
  else
    {
      put->house->counts.failed++;
      g_warning ("a delivery was refused: %s", failure->message);
      rungs_relay_answer_refused (message, SOUP_STATUS_SERVICE_UNAVAILABLE,
                                  "this could not be kept: send it again later", RETRY_SOON);
    }
  soup_server_message_unpause (message);
  g_object_unref (message);
}

/* What came in, as it came in. NULL: it has headers that are none. */
static GBytes *
raw_of (RungsRelayHouse   *house,
        SoupServerMessage *message,
        gint64             now)
{
  g_autofree char *address = rungs_relay_house_address_of (house, message);
  GUri *uri = soup_server_message_get_uri (message);
  const char *query = g_uri_get_query (uri);
  g_autofree char *path = g_strconcat (g_uri_get_path (uri), query != NULL ? "?" : NULL, query,
                                       NULL);
  g_autoptr (RungsRawDelivery) raw
    = rungs_raw_delivery_new (soup_server_message_get_method (message), path, address, now);
  g_autoptr (GBytes) body
    = soup_message_body_flatten (soup_server_message_get_request_body (message));
  SoupMessageHeadersIter headers;
  const char *name, *value;

  soup_message_headers_iter_init (&headers, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&headers, &name, &value))
    if (!rungs_raw_delivery_add_header (raw, name, value))
      return NULL;
  rungs_raw_delivery_set_body (raw, body);
  return rungs_raw_delivery_to_bytes (raw);
}

static void
take (RungsRelayHouse   *house,
      SoupServerMessage *message)
{
  gint64 now = rungs_clock_now (house->clock);
  GBytes *raw = raw_of (house, message, now);
  Put *put;

  if (raw == NULL)
    {
      rungs_relay_answer_refused (message, SOUP_STATUS_BAD_REQUEST, "the headers are none", 0);
      return;
    }
  put = g_new0 (Put, 1);
  put->house = house;
  put->message = g_object_ref (message);
  put->raw = raw;
  put->at = now;
  house->unwritten += g_bytes_get_size (raw);
  soup_server_message_pause (message);
  rungs_relay_file_work_async (house->file, write_put, put, put_free, put_cb, put);
}

/* Whether there is room for one more; else it has been answered. */
static gboolean
has_room (RungsRelayHouse   *house,
          SoupServerMessage *message)
{
  if (house->unwritten < UNWRITTEN_MOST
      && house->waiting.bytes + (gint64) house->unwritten < house->options.room)
    return TRUE;
  house->counts.full++;
  rungs_relay_answer_refused (message, SOUP_STATUS_SERVICE_UNAVAILABLE,
                              "the relay is full: send it again later",
                              house->unwritten >= UNWRITTEN_MOST ? RETRY_SOON : RETRY_LATER);
  return FALSE;
}

/* Meta asks with a GET whether an endpoint is ours, and wants its challenge back:
 * https://developers.facebook.com/docs/graph-api/webhooks/getting-started */
static gboolean
shake_hands (SoupServerMessage *message,
             GHashTable        *query,
             const char        *word)
{
  const char *mode = query != NULL ? g_hash_table_lookup (query, "hub.mode") : NULL;
  const char *told = query != NULL ? g_hash_table_lookup (query, "hub.verify_token") : NULL;
  const char *challenge = query != NULL ? g_hash_table_lookup (query, "hub.challenge") : NULL;

  if (g_strcmp0 (mode, "subscribe") != 0 || g_strcmp0 (told, word) != 0 || challenge == NULL)
    return FALSE;
  rungs_relay_answer_text (message, SOUP_STATUS_OK, challenge);
  return TRUE;
}

static gboolean
may_ask (Intake            *self,
         SoupServerMessage *message)
{
  g_autofree char *host = rungs_relay_house_host_of (self->house, message);

  if (self->meter == NULL || rungs_relay_meter_take (self->meter, host, g_get_monotonic_time ()))
    return TRUE;
  self->house->counts.too_many++;
  rungs_relay_answer_refused (message, RUNGS_STATUS_TOO_MANY_REQUESTS,
                              "this address asks too often", RETRY_SOON);
  return FALSE;
}

static void
asked_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  Intake *self = data;
  RungsRelayHouse *house = self->house;
  const char *method = soup_server_message_get_method (message);
  const char *handshake = NULL;
  gboolean known = g_str_has_prefix (path, RUNGS_RELAY_IN)
                   && rungs_relay_published_has (house->published,
                                                 path + strlen (RUNGS_RELAY_IN), &handshake);

  if (!may_ask (self, message))
    return;
  if (!known)
    {
      house->counts.unknown++;
      rungs_relay_answer_refused (message, SOUP_STATUS_NOT_FOUND, "there is nothing here", 0);
    }
  else if (rungs_relay_gate_is_too_large (message))
    {
      house->counts.too_large++;
      rungs_relay_answer_refused (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE,
                                  "this is larger than a delivery may be", 0);
    }
  else if (method == SOUP_METHOD_POST || method == SOUP_METHOD_PUT)
    {
      if (has_room (house, message))
        take (house, message);
    }
  else if (method != SOUP_METHOD_GET || handshake == NULL
           || !shake_hands (message, query, handshake))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow",
                                    "POST, PUT");
      rungs_relay_answer_refused (message, SOUP_STATUS_METHOD_NOT_ALLOWED,
                                  "deliveries are posted", 0);
    }
}

void
rungs_relay_intake_add (SoupServer      *server,
                        RungsRelayHouse *house)
{
  Intake *self = g_new0 (Intake, 1);
  guint rate = house->options.per_second;

  self->house = house;
  if (rate > 0)
    self->meter = rungs_relay_meter_new (rate, rate * BURST_SECONDS);
  soup_server_add_handler (server, RUNGS_RELAY_IN, asked_cb, self, intake_free);
}
