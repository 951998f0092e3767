/* rungs-relay-partners.c: the private pages of partners, as they are found. */

#include "rungs-relay-partners.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "rungs-relay-published-reader.h"
#include "wire/rungs-wire-json.h"

#define PAGES_MOST 100000
#define KEY_LENGTH 64

struct _RungsRelayPartners
{
  char *stamp;       /* (owned) */
  GHashTable *pages; /* (owned) of RungsRelayPartnerPage, by key */
};

static void
page_free (gpointer data)
{
  RungsRelayPartnerPage *page = data;

  g_free (page->key);
  g_free (page->html);
  g_free (page->styles);
  g_free (page);
}

RungsRelayPartners *
rungs_relay_partners_new (void)
{
  RungsRelayPartners *self = g_new0 (RungsRelayPartners, 1);

  self->stamp = g_strdup ("");
  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, page_free);
  return self;
}

void
rungs_relay_partners_free (RungsRelayPartners *self)
{
  if (self == NULL)
    return;
  g_free (self->stamp);
  g_hash_table_unref (self->pages);
  g_free (self);
}

const char *
rungs_relay_partners_get_stamp (const RungsRelayPartners *self)
{
  return self->stamp;
}

const RungsRelayPartnerPage *
rungs_relay_partners_find (const RungsRelayPartners *self,
                           const char               *token)
{
  g_autofree char *key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);

  return g_hash_table_lookup (self->pages, key);
}

static gboolean
fail (GError    **error,
      const char *words)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, words);
  return FALSE;
}

static gboolean
is_key (const char *key)
{
  return key != NULL && strlen (key) == KEY_LENGTH
         && strspn (key, G_CSET_DIGITS "abcdef") == KEY_LENGTH;
}

static gboolean
add_page (RungsRelayPartners *self,
          JsonNode           *node,
          GError            **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *key = object != NULL ? rungs_wire_json_text (object, "key") : NULL;
  const char *html = object != NULL ? rungs_wire_json_text (object, "html") : NULL;
  char *styles = NULL;
  RungsRelayPartnerPage *page;

  if (!is_key (key) || html == NULL || *html == '\0')
    return fail (error, "a partner's page has a key of 64 digits, and html");
  if (!rungs_relay_published_read_styles (object, &styles, error))
    return FALSE;
  page = g_new0 (RungsRelayPartnerPage, 1);
  page->key = g_strdup (key);
  page->html = g_strdup (html);
  page->styles = styles;
  g_hash_table_replace (self->pages, page->key, page);
  return TRUE;
}

static gboolean
read_all (RungsRelayPartners *self,
          JsonObject         *object,
          GError            **error)
{
  const char *stamp = rungs_wire_json_text (object, "stamp");
  JsonArray *pages = rungs_wire_json_array (object, "pages");

  if (stamp == NULL || pages == NULL || json_array_get_length (pages) > PAGES_MOST)
    return fail (error, "the pages of partners have a stamp, and are not too many");
  g_free (self->stamp);
  self->stamp = g_strdup (stamp);
  for (guint i = 0; i < json_array_get_length (pages); i++)
    if (!add_page (self, json_array_get_element (pages, i), error))
      return FALSE;
  return TRUE;
}

RungsRelayPartners *
rungs_relay_partners_parse (const char *json,
                            gsize       length,
                            GError    **error)
{
  g_autoptr (RungsRelayPartners) self = rungs_relay_partners_new ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (json != NULL || length == 0, NULL);

  if (length > 0 && g_utf8_validate_len (json, length, NULL))
    root = rungs_wire_json_read (json, length, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      fail (error, "the pages of partners are no JSON");
      return NULL;
    }
  return read_all (self, json_node_get_object (root), error) ? g_steal_pointer (&self) : NULL;
}
