/* rungs-web-partner-pages.c: puts up the private pages of partners. */

#include "web/rungs-web-partner-pages.h"

#include <json-glib/json-glib.h>

#include "base/rungs-json-members.h"
#include "partners/rungs-partner-page-store.h"
#include "web/rungs-web-html.h"
#include "wire/rungs-relay-protocol.h"

/* As JSON a page takes up to twice its room. */
#define ROOM (RUNGS_RELAY_PARTNERS_MOST / 2)

static void
add_page (JsonBuilder                 *builder,
          const RungsPartnerPagePlace *place,
          const char                  *style)
{
  g_autofree char *key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, place->token, -1);

  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "key", key);
  rungs_json_add_text (builder, "html", place->html);
  rungs_json_begin_array (builder, "styles");
  json_builder_add_string_value (builder, style);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static JsonNode *
compose (GPtrArray *pages)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *style = rungs_web_html_dup_hash (rungs_partner_page_get_style ());

  json_builder_begin_object (builder);
  rungs_json_begin_array (builder, "pages");
  for (guint i = 0; i < pages->len; i++)
    add_page (builder, pages->pdata[i], style);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

char *
rungs_web_partner_pages_dup (RungsDb *db,
                             char   **stamp,
                             GError **error)
{
  g_autoptr (GPtrArray) pages = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (db != NULL && stamp != NULL, NULL);

  pages = rungs_partner_page_list (db, ROOM, error);
  if (pages == NULL)
    return NULL;
  root = compose (pages);
  text = json_to_string (root, FALSE);
  *stamp = pages->len > 0 ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1)
                          : g_strdup ("");
  json_object_set_string_member (json_node_get_object (root), "stamp", *stamp);
  return json_to_string (root, FALSE);
}
