/* rungs-web-world.c: a business with an endpoint for each provider. */

#include "rungs-web-world.h"

#include <string.h>

#include "db/rungs-statement.h"
#include "leads/rungs-source-store.h"
#include "wire/rungs-wire-json.h"

#define PATH_IS_ENOUGH "{\"scheme\": \"shared-secret\", \"where\": [\"path\"]}"

void
rungs_web_world_make (RungsFixture *fixture,
                      RungsDb      *db)
{
  g_autoptr (GPtrArray) providers = rungs_provider_list (RUNGS_PROVIDER_RECEIVE, NULL);
  gint64 now = rungs_fixture_now (fixture);
  gint64 source = rungs_source_add (db, RUNGS_SOURCE_SEO, "Web", now, NULL);

  rungs_fixture_add_product (fixture, "BOOK", 4900);
  rungs_fixture_add_product (fixture, "CLUB", 1900);
  rungs_fixture_run (fixture, "UPDATE product SET period_months = 1 WHERE sku = 'CLUB'");
  for (guint i = 0; i < providers->len; i++)
    {
      const char *key = rungs_provider_get_key (providers->pdata[i]);
      g_autoptr (RungsWebEndpoint) endpoint = rungs_web_endpoint_new (key, key);
      g_autoptr (GError) error = NULL;

      endpoint->source = source;
      endpoint->verify = g_strdup (PATH_IS_ENOUGH);
      rungs_web_endpoint_add (db, endpoint, now, &error);
      g_assert_no_error (error);
    }
}

RungsRawDelivery *
rungs_web_world_delivery (RungsDb    *db,
                          const char *endpoint,
                          const char *type,
                          const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsWebEndpoint) at = rungs_web_endpoint_load_by_name (db, endpoint, &error);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  RungsRawDelivery *raw;

  g_assert_no_error (error);
  raw = rungs_raw_delivery_new ("POST", at->path, "203.0.113.7", 1774000000000);
  rungs_raw_delivery_set_body (raw, bytes);
  rungs_raw_delivery_add_header (raw, "Content-Type", type);
  return raw;
}

/* The members of an object as a form. */
static char *
encode_form (JsonObject *object,
             const char *type)
{
  GString *body = g_string_new (NULL);
  gboolean is_multipart = strcmp (type, "multipart/form-data") == 0;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *text = rungs_wire_json_dup_text (value);

      if (is_multipart)
        g_string_append_printf (
            body, "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", name, text);
      else
        {
          g_string_append_uri_escaped (body, name, NULL, FALSE);
          g_string_append_c (body, '=');
          g_string_append_uri_escaped (body, text, NULL, FALSE);
          g_string_append_c (body, '&');
        }
    }
  if (is_multipart)
    g_string_append (body, "--b--\r\n");
  return g_string_free (body, FALSE);
}

static RungsRawDelivery *
make_sample (RungsDb    *db,
             const char *provider,
             JsonObject *sample)
{
  const char *type = rungs_wire_json_text (sample, "type");
  JsonNode *node = json_object_get_member (sample, "body");
  JsonObject *headers = rungs_wire_json_object (sample, "headers");
  gboolean is_json = strcmp (type, "application/json") == 0;
  g_autofree char *body = is_json ? json_to_string (node, FALSE)
                                  : encode_form (json_node_get_object (node), type);
  RungsRawDelivery *raw = rungs_web_world_delivery (
      db, provider,
      strcmp (type, "multipart/form-data") == 0 ? "multipart/form-data; boundary=b" : type, body);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (headers == NULL)
    return raw;
  json_object_iter_init (&iter, headers);
  while (json_object_iter_next (&iter, &name, &value))
    rungs_raw_delivery_add_header (raw, name, json_node_get_string (value));
  return raw;
}

GPtrArray *
rungs_web_world_samples (RungsDb    *db,
                         const char *provider)
{
  g_autoptr (RungsProvider) data = rungs_provider_load (provider, NULL);
  JsonArray *samples = rungs_wire_json_array (
      rungs_provider_get_section (data, RUNGS_PROVIDER_RECEIVE), "samples");
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_raw_delivery_free);

  g_assert_nonnull (samples);
  for (guint i = 0; i < json_array_get_length (samples); i++)
    g_ptr_array_add (all, make_sample (db, provider, json_array_get_object_element (samples, i)));
  return all;
}

typedef struct
{
  const RungsRawDelivery *raw;
  gint64 now;
  gint64 id;
} Taking;

static gboolean
take (RungsDb   *db,
      gpointer   data,
      GError   **error)
{
  Taking *taking = data;

  taking->id = rungs_web_delivery_take (db, taking->raw, NULL, taking->now, error);
  return taking->id != 0;
}

gint64
rungs_web_world_take (RungsFixture           *fixture,
                      const RungsRawDelivery *raw)
{
  Taking taking = { raw, rungs_fixture_now (fixture), 0 };
  g_autoptr (GError) error = NULL;

  rungs_db_write (fixture->db, take, &taking, &error);
  g_assert_no_error (error);
  return taking.id;
}

RungsWebState
rungs_web_world_receive (RungsFixture           *fixture,
                         const RungsRawDelivery *raw)
{
  gint64 id = rungs_web_world_take (fixture, raw);
  g_autoptr (GError) error = NULL;
  RungsWebResult result = { 0 };
  g_autoptr (RungsWebDelivery) delivery = NULL;

  rungs_web_apply_all (fixture->db, NULL, rungs_fixture_now (fixture), &result, &error);
  g_assert_no_error (error);
  delivery = rungs_web_delivery_load (fixture->db, id, &error);
  g_assert_no_error (error);
  if (*delivery->reason != '\0')
    g_test_message ("%s: %s: %s", delivery->endpoint_name,
                    rungs_web_state_to_text (delivery->state), delivery->reason);
  return delivery->state;
}

static const char *const SQL_DUMP[] = {
  "SELECT 'lead ' || email || ' ' || first_name || '|' || last_name || '|' || company || '|'"
  "       || phone || '|' || street || '|' || postcode || '|' || city || '|' || country || '|'"
  "       || language || '|' || zone || '|' || ifnull (bounced_at > 0, 0)"
  "  FROM lead ORDER BY 1",
  "SELECT 'order ' || o.external || ' ' || l.email || ' ' || o.at || ' ' || o.currency || ' '"
  "       || group_concat (p.sku || ' ' || n.quantity || ' ' || n.amount || ' '"
  "                        || ifnull (n.paid_until, '-')) || ' back '"
  "       || (SELECT ifnull (sum (r.amount), 0) FROM refund f JOIN refund_line r ON r.refund = f.id"
  "            WHERE f.sales_order = o.id)"
  "  FROM sales_order o JOIN lead l ON l.id = o.lead JOIN order_line n ON n.sales_order = o.id"
  "  JOIN product p ON p.id = n.product GROUP BY o.id ORDER BY 1",
  "SELECT 'touch ' || l.email || ' ' || t.path || ' ' || t.at || ' ' || t.detail || ' '"
  "       || ifnull ((SELECT group_concat (g.name || '=' || g.value)"
  "                     FROM (SELECT * FROM touch_tag x WHERE x.touch = t.id ORDER BY name) g), '')"
  "  FROM touch t JOIN lead l ON l.id = t.lead ORDER BY 1",
  "SELECT DISTINCT 'consent ' || l.email || ' ' || c.action || ' ' || c.at || ' ' || c.wording"
  "       || ' ' || EXISTS (SELECT 1 FROM web_consent w WHERE w.consent = c.id)"
  "  FROM consent c JOIN lead l ON l.id = c.lead ORDER BY 1",
  "SELECT 'agrees ' || l.email || ' ' || ifnull ((SELECT c.action FROM consent c"
  "       WHERE c.lead = l.id ORDER BY c.id DESC LIMIT 1), '-') FROM lead l ORDER BY 1",
  "SELECT 'event ' || l.email || ' ' || e.kind || ' ' || e.at"
  "  FROM event e JOIN lead l ON l.id = e.lead"
  " WHERE e.kind IN ('form.submitted', 'order.placed') ORDER BY 1",
  "SELECT 'reference ' || r.seller || ' ' || r.reference || ' ' || o.external || ' ' || r.is_order"
  "  FROM web_reference r JOIN sales_order o ON o.id = r.sales_order ORDER BY 1",
  "SELECT 'delivery ' || e.name || ' ' || d.key || ' ' || d.state || ' ' || ifnull (l.email, '-')"
  "  FROM web_delivery d JOIN web_endpoint e ON e.id = d.endpoint LEFT JOIN lead l ON l.id = d.lead"
  " WHERE d.key IS NOT NULL ORDER BY 1",
  NULL,
};

char *
rungs_web_world_dump (RungsDb *db)
{
  GString *dump = g_string_new (NULL);

  for (guint i = 0; SQL_DUMP[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_DUMP[i], &error);

      g_assert_no_error (error);
      while (rungs_statement_step (query, &error) == RUNGS_ROW)
        g_string_append_printf (dump, "%s\n", rungs_statement_get_text (query, 0));
      g_assert_no_error (error);
    }
  return g_string_free (dump, FALSE);
}
