/* fuzz-pull.c: any JSON as an item of the list that a provider answers with, and any text as where
 * a walk through such lists is: each delivery that comes of an item can be kept and read again. */

#include <string.h>

#include "web/rungs-web-pull-body.h"
#include "web/rungs-web-pull.h"
#include "wire/rungs-provider.h"
#include "wire/rungs-wire-json.h"

static void
check_kept (RungsRawDelivery *raw)
{
  g_autoptr (GBytes) bytes = rungs_raw_delivery_to_bytes (raw);
  gsize used = 0;
  g_autoptr (RungsRawDelivery) again
      = rungs_raw_delivery_from_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                       &used, NULL);

  g_assert (again != NULL && used == g_bytes_get_size (bytes));
}

static void
check_item (JsonObject *question,
            JsonNode   *item)
{
  g_autoptr (RungsBlanks) blanks = rungs_blanks_new ();
  g_autoptr (GPtrArray) deliveries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_raw_delivery_free);
  RungsWebPullBody body = { .question = question,
                            .blanks = blanks,
                            .path = "/in/fuzz",
                            .now = 1,
                            .page = item,
                            .about = item };

  rungs_web_pull_body_add (&body, item, deliveries);
  for (guint i = 0; i < deliveries->len; i++)
    check_kept (deliveries->pdata[i]);
}

static void
check_questions (RungsProvider *provider,
                 JsonNode      *item)
{
  JsonArray *questions = rungs_wire_json_array (
      rungs_provider_get_section (provider, RUNGS_PROVIDER_PULL), "questions");

  for (guint i = 0; i < json_array_get_length (questions); i++)
    check_item (json_array_get_object_element (questions, i), item);
}

/* A text is a place, or it is told why not. */
static void
check_place (RungsProvider *provider,
             const char    *text)
{
  g_autoptr (RungsWebEndpoint) endpoint = rungs_web_endpoint_new ("Fuzz", "fuzz");
  g_autoptr (JsonObject) options = json_object_new ();
  RungsWebPull pull = { endpoint, provider, options, "key", 1 };
  g_auto (GStrv) names = rungs_web_pull_list (provider);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsWebPullWalk) walk
          = rungs_web_pull_walk_new (&pull, names[i], text, &error);

      g_assert ((walk == NULL) == (error != NULL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static GPtrArray *providers = NULL;
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (JsonNode) item = NULL;

  if (providers == NULL)
    providers = rungs_provider_list (RUNGS_PROVIDER_PULL, NULL);
  item = rungs_wire_json_read (text, strlen (text), NULL);
  for (guint i = 0; i < providers->len; i++)
    {
      check_place (providers->pdata[i], text);
      if (item != NULL && JSON_NODE_HOLDS_OBJECT (item))
        check_questions (providers->pdata[i], item);
    }
  return 0;
}
