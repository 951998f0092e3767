/* rungs-relay-keep.c: keeps what came in for the desktop, and answers when it is durable. */

#include "rungs-relay-keep.h"

#include <string.h>

#include "rungs-relay-answer.h"
#include "rungs-relay-desk-handler.h"

/* More may not be on its way to the disk at the same time. */
#define UNWRITTEN_MOST (64 * 1024 * 1024)

/* So that it stands in a line of wire/rungs-raw-delivery.h. */
#define PATH_MOST (RUNGS_RAW_LINE_MOST - 16)

#define OURS "Rungs-"

#define RETRY_SOON 5
#define RETRY_LATER 600

/* A delivery on its way to the disk. */
typedef struct
{
  RungsRelayHouse *house;
  SoupServerMessage *message; /* (owned) (nullable) */
  GBytes *raw;                /* (owned) */
  RungsRelayLetter *letter;   /* (owned) (nullable) */
  gint64 at;
  gboolean anyway;
  RungsRelayKeptFunc func; /* (nullable) */
  gpointer data;
} Put;

static void
put_free (Put *put)
{
  g_clear_object (&put->message);
  g_bytes_unref (put->raw);
  g_clear_pointer (&put->letter, rungs_relay_letter_free);
  g_free (put);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Put, put_free)

static gboolean
write_put (RungsDb *db,
           gpointer data,
           GError **error)
{
  Put *put = data;

  return rungs_relay_delivery_put (db, put->raw, put->at, error)
         && (put->letter == NULL || rungs_relay_letter_put (db, put->letter, error));
}

void
rungs_relay_kept (RungsRelayHouse *house,
                  gint64           at,
                  gsize            size)
{
  if (house->waiting.count++ == 0)
    house->waiting.oldest_at = at;
  house->waiting.bytes += (gint64) size;
  house->counts.stored++;
}

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (Put) put = data;
  RungsRelayHouse *house = put->house;
  gboolean kept = rungs_relay_file_work_finish (result, &failure);

  house->unwritten -= g_bytes_get_size (put->raw);
  if (kept)
    rungs_relay_kept (house, put->at, g_bytes_get_size (put->raw));
  else
    {
      house->counts.failed++;
      g_warning ("a delivery was refused: %s", failure->message);
    }
  if (put->func != NULL)
    put->func (house, kept, put->data);
  if (put->message != NULL && !kept && !put->anyway)
    rungs_relay_answer_refused (put->message, SOUP_STATUS_SERVICE_UNAVAILABLE,
                                "this could not be kept: send it again later", RETRY_SOON);
  if (put->message != NULL)
    soup_server_message_unpause (put->message);
  if (kept && put->letter != NULL && house->postman != NULL)
    rungs_relay_postman_wake (house->postman);
  if (kept)
    rungs_relay_desk_wake (house);
}

static gboolean
is_dropped (const char *name,
            gboolean    without_cookie)
{
  return g_ascii_strncasecmp (name, OURS, strlen (OURS)) == 0
         || (without_cookie && g_ascii_strcasecmp (name, "Cookie") == 0);
}

static gboolean
add_headers (RungsRawDelivery  *raw,
             SoupServerMessage *message,
             gboolean           without_cookie)
{
  SoupMessageHeadersIter headers;
  const char *name, *value;

  soup_message_headers_iter_init (&headers, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&headers, &name, &value))
    if (!is_dropped (name, without_cookie) && !rungs_raw_delivery_add_header (raw, name, value))
      return FALSE;
  return TRUE;
}

/* The path with its query, in letters that a line can hold: the path comes to us decoded, and a
 * query as it was sent. */
static char *
path_of (SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  const char *query = g_uri_get_query (uri);
  g_autofree char *whole
    = g_strconcat (g_uri_get_path (uri), query != NULL ? "?" : NULL, query, NULL);
  GString *path = g_string_new (NULL);

  for (const char *at = whole; *at != '\0'; at++)
    if (g_ascii_isgraph (*at))
      g_string_append_c (path, *at);
    else
      g_string_append_printf (path, "%%%02X", (guint) (guchar) *at);
  return g_string_free (path, FALSE);
}

RungsRawDelivery *
rungs_relay_raw_new (RungsRelayHouse   *house,
                     SoupServerMessage *message,
                     gboolean           without_cookie)
{
  g_autofree char *address = rungs_relay_house_address_of (house, message);
  g_autofree char *path = path_of (message);
  g_autoptr (RungsRawDelivery) raw
    = rungs_raw_delivery_new (soup_server_message_get_method (message), path, address,
                              rungs_clock_now (house->clock));
  g_autoptr (GBytes) body
    = soup_message_body_flatten (soup_server_message_get_request_body (message));

  if (strlen (path) > PATH_MOST)
    {
      rungs_relay_answer_refused (message, SOUP_STATUS_REQUEST_URI_TOO_LONG,
                                  "the address is too long", 0);
      return NULL;
    }
  if (!add_headers (raw, message, without_cookie))
    {
      rungs_relay_answer_refused (message, SOUP_STATUS_BAD_REQUEST, "the headers are none", 0);
      return NULL;
    }
  rungs_raw_delivery_set_body (raw, body);
  return g_steal_pointer (&raw);
}

gboolean
rungs_relay_has_room (RungsRelayHouse   *house,
                      SoupServerMessage *message)
{
  if (message != NULL && rungs_relay_house_is_closing (house, message))
    return FALSE;
  if (house->is_closing)
    return FALSE;
  if (house->unwritten < UNWRITTEN_MOST
      && house->waiting.bytes + (gint64) house->unwritten < house->options.room)
    return TRUE;
  house->counts.full++;
  if (message != NULL)
    rungs_relay_answer_refused (message, SOUP_STATUS_SERVICE_UNAVAILABLE,
                                "the relay is full: send it again later",
                                house->unwritten >= UNWRITTEN_MOST ? RETRY_SOON : RETRY_LATER);
  return FALSE;
}

/* Takes `letter`. */
static void
keep (RungsRelayHouse        *house,
      SoupServerMessage      *message,
      const RungsRawDelivery *raw,
      RungsRelayLetter       *letter,
      gboolean                anyway,
      RungsRelayKeptFunc      func,
      gpointer                data)
{
  Put *put = g_new0 (Put, 1);

  put->house = house;
  put->raw = rungs_raw_delivery_to_bytes (raw);
  put->letter = letter;
  put->at = raw->received_at;
  put->anyway = anyway;
  put->func = func;
  put->data = data;
  house->unwritten += g_bytes_get_size (put->raw);
  if (message != NULL)
    {
      put->message = g_object_ref (message);
      soup_server_message_pause (message);
    }
  rungs_relay_file_work_async (house->file, write_put, put, put_cb);
}

void
rungs_relay_keep (RungsRelayHouse        *house,
                  SoupServerMessage      *message,
                  const RungsRawDelivery *raw,
                  gboolean                anyway,
                  RungsRelayKeptFunc      func,
                  gpointer                data)
{
  g_return_if_fail (!house->is_closing);

  keep (house, message, raw, NULL, anyway, func, data);
}

void
rungs_relay_keep_with_letter (RungsRelayHouse        *house,
                              SoupServerMessage      *message,
                              const RungsRawDelivery *raw,
                              RungsRelayLetter       *letter)
{
  g_return_if_fail (!house->is_closing);

  keep (house, message, raw, letter, FALSE, NULL, NULL);
}
