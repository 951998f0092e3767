/* rungs-demo-web.c: what forms and the shop of the demo business sent in the last days. */

#include <string.h>

#include "engine/rungs-demo-private.h"
#include "leads/rungs-lead-store.h"
#include "web/rungs-web-delivery-store.h"

#define HOUR_MS (G_GINT64_CONSTANT (3600) * 1000)
#define N_REQUESTS 6

static const char FORM[] = "Workshop request";
static const char SHOP[] = "Shop";
static const char PATH_IS_ENOUGH[] = "{\"scheme\":\"shared-secret\",\"where\":[\"path\"]}";

static RungsWebEndpoint *
add_endpoint (RungsDemo   *demo,
              const char  *name,
              const char  *provider,
              const char  *wording,
              GError     **error)
{
  g_autoptr (RungsWebEndpoint) endpoint = rungs_web_endpoint_new (name, provider);

  endpoint->source = rungs_demo_find (demo->sources, "seo");
  endpoint->verify = g_strdup (PATH_IS_ENOUGH);
  g_free (endpoint->wording);
  endpoint->wording = g_strdup (wording);
  return rungs_web_endpoint_add (demo->db, endpoint, demo->now - 90 * 24 * HOUR_MS, error) != 0
             ? g_steal_pointer (&endpoint)
             : NULL;
}

/* Takes a body that came so many hours ago. */
static gint64
take (RungsDemo               *demo,
      const RungsWebEndpoint  *endpoint,
      JsonObject              *body,
      int                      hours,
      GError                 **error)
{
  gint64 at = demo->now - hours * HOUR_MS;
  g_autoptr (RungsRawDelivery) raw
      = rungs_raw_delivery_new ("POST", endpoint->path, "203.0.113.7", at);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);
  char *text = json_to_string (node, FALSE);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  rungs_raw_delivery_add_header (raw, "Content-Type", "application/json");
  rungs_raw_delivery_set_body (raw, bytes);
  return rungs_web_delivery_take (demo->db, raw, NULL, at, error);
}

/* Of leads that are there: what it said has been done. */
static gboolean
add_request (RungsDemo               *demo,
             const RungsWebEndpoint  *endpoint,
             guint                    number,
             GError                 **error)
{
  static const char *const MESSAGES[] = {
    "Is there a place left on Saturday?",      "Do you teach children, too?",
    "Which clay is for beginners?",            "I would like to give a course as a present.",
    "Can we come with twelve from the office?", "When is the next weekend at the wheel?",
  };
  gint64 id = g_array_index (demo->leads, gint64, demo->leads->len - 1 - number);
  g_autoptr (RungsLead) lead = rungs_lead_load (demo->db, id, error);
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *key = g_strdup_printf ("request-%u", number);
  int hours = 5 + (int) number * 19;
  gint64 delivery;

  if (lead == NULL)
    return FALSE;
  json_object_set_string_member (body, "email", lead->email);
  json_object_set_string_member (body, "first_name", lead->first_name);
  json_object_set_string_member (body, "last_name", lead->last_name);
  json_object_set_string_member (body, "message", MESSAGES[number % G_N_ELEMENTS (MESSAGES)]);
  delivery = take (demo, endpoint, body, hours, error);
  return delivery != 0
         && rungs_web_delivery_end (demo->db, delivery, RUNGS_WEB_APPLIED, key, "", id, "",
                                    demo->now - hours * HOUR_MS, error);
}

/* Its form was changed, and nobody said yet what its answers are. */
static gboolean
add_unclear (RungsDemo               *demo,
             const RungsWebEndpoint  *endpoint,
             GError                 **error)
{
  g_autoptr (JsonObject) body = json_object_new ();
  gint64 delivery;

  json_object_set_string_member (body, "Where may we write to?", "orla.finch@post.example");
  json_object_set_string_member (body, "Who are you?", "Orla Finch");
  json_object_set_string_member (body, "What would you like to make?", "A tea set for my mother");
  delivery = take (demo, endpoint, body, 2, error);
  return delivery != 0
         && rungs_web_delivery_end (demo->db, delivery, RUNGS_WEB_QUARANTINE, NULL, "", 0,
                                    "It has neither an e-mail address nor a telephone number: say"
                                    " which answer is one.",
                                    demo->now, error);
}

gboolean
rungs_demo_web (RungsDemo  *demo,
                GError    **error)
{
  g_autoptr (RungsWebEndpoint) form
      = add_endpoint (demo, FORM, "generic", "Yes, write to me about courses.", error);
  g_autoptr (RungsWebEndpoint) shop
      = form != NULL ? add_endpoint (demo, SHOP, "woocommerce", "", error) : NULL;

  if (shop == NULL)
    return FALSE;
  for (guint i = N_REQUESTS; i > 0; i--)
    if (!add_request (demo, form, i - 1, error))
      return FALSE;
  return add_unclear (demo, form, error);
}
