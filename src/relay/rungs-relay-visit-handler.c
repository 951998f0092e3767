/* rungs-relay-visit-handler.c: visits of the owner's site, told at "/v".
 *
 * "/v.js" tells the path, and the code of the address where it has one; of which site it is the
 * browser says in the header Origin. */

#include "rungs-relay-visit-handler.h"

#include <string.h>

#include "rungs-relay-answer.h"
#include "rungs-relay-keep.h"
#include "rungs-relay-touch.h"
#include "rungs-relay-visits.h"
#include "wire/rungs-form-data.h"
#include "wire/rungs-machine-agent.h"
#include "wire/rungs-relay-protocol.h"

#define PATH_MOST 200
#define HOST_MOST 253
#define BODY_MOST 2048

/* ---- what is told */

static gboolean
is_path (const char *path)
{
  if (path == NULL || *path != '/' || strlen (path) > PATH_MOST)
    return FALSE;
  for (; *path != '\0'; path++)
    if (g_ascii_iscntrl (*path) || *path == '?' || *path == '#')
      return FALSE;
  return TRUE;
}

/* "www.example.com" of "https://www.example.com". */
static char *
site_of (SoupServerMessage *message)
{
  const char *origin
    = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Origin");
  const char *host = origin != NULL ? strstr (origin, "://") : NULL;
  gsize length = host != NULL ? strlen (host + 3) : 0;

  if (length == 0 || length > HOST_MOST
      || strspn (host + 3, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-.:[]") != length)
    return NULL;
  return g_strdup (host + 3);
}

static const char *
agent_of (SoupServerMessage *message)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                       "User-Agent");
}

void
rungs_relay_visits_note (RungsRelayHouse   *house,
                         SoupServerMessage *message,
                         const char        *path,
                         const char        *variant,
                         const char        *code)
{
  gboolean is_source
    = code != NULL && rungs_relay_published_find_source (house->published, code) != NULL;

  if (rungs_relay_visits_count (house->visits, path, variant, is_source ? code : "",
                                rungs_machine_agent_is (agent_of (message)),
                                rungs_clock_now (house->clock)))
    house->counts.visits++;
}

static void
count_visit (RungsRelayHouse   *house,
             SoupServerMessage *message)
{
  g_autoptr (GBytes) body
    = soup_message_body_flatten (soup_server_message_get_request_body (message));
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);
  g_autofree char *site = site_of (message);
  g_autoptr (GPtrArray) fields = NULL;
  g_autofree char *path = NULL;

  if (length > 0 && length <= BODY_MOST)
    fields = rungs_form_data_read_urlencoded (text, length, NULL);
  if (site == NULL || !is_path (rungs_form_data_find (fields, "p")))
    {
      rungs_relay_answer_refused (message, SOUP_STATUS_BAD_REQUEST, "this is no visit", 0);
      return;
    }
  soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
  if (rungs_relay_touch_is_unwanted (message))
    return;
  path = g_strconcat (site, rungs_form_data_find (fields, "p"), NULL);
  rungs_relay_visits_note (house, message, path, "", rungs_form_data_find (fields, "r"));
}

static void
asked_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           data)
{
  RungsRelayHouse *house = data;

  if (!rungs_relay_house_may_ask (house, message))
    return;
  if (strcmp (path, RUNGS_RELAY_VISIT) != 0)
    {
      house->counts.unknown++;
      rungs_relay_answer_refused (message, SOUP_STATUS_NOT_FOUND, "there is nothing here", 0);
    }
  else if (soup_server_message_get_method (message) != SOUP_METHOD_POST)
    rungs_relay_answer_not_so (message, "POST");
  else if (rungs_relay_gate_is_too_large (message))
    rungs_relay_answer_refused (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE,
                                "this is no visit", 0);
  else
    count_visit (house, message);
}

/* ---- keeping */

/* What is on its way to the disk goes back where that does not take it. */
static void
kept_cb (RungsRelayHouse *house,
         gboolean         kept,
         gpointer         data)
{
  g_autoptr (RungsRelayVisits) visits = data;

  if (!kept)
    rungs_relay_visits_add_all (house->visits, visits);
}

void
rungs_relay_visits_keep (RungsRelayHouse *house)
{
  gint64 now = rungs_clock_now (house->clock);
  g_autofree char *json = rungs_relay_visits_dup_json (house->visits, now);
  g_autoptr (RungsRawDelivery) raw = NULL;
  g_autoptr (GBytes) body = NULL;

  if (json == NULL || !rungs_relay_has_room (house, NULL))
    return;
  raw = rungs_raw_delivery_new ("POST", RUNGS_RELAY_VISIT, "", now);
  rungs_raw_delivery_add_header (raw, "Content-Type", "application/json");
  body = g_bytes_new (json, strlen (json));
  rungs_raw_delivery_set_body (raw, body);
  rungs_relay_keep (house, NULL, raw, FALSE, kept_cb, house->visits);
  house->visits = rungs_relay_visits_new ();
}

void
rungs_relay_visits_add (SoupServer      *server,
                        RungsRelayHouse *house)
{
  soup_server_add_handler (server, RUNGS_RELAY_VISIT, asked_cb, house, NULL);
}
