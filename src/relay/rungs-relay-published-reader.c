/* rungs-relay-published-reader.c: reads what the desktop has put up. What is not as the protocol
 * says is refused as a whole, so that nothing is up by halves. */

#include "rungs-relay-published-reader.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "wire/rungs-link.h"
#include "wire/rungs-relay-protocol.h"
#include "wire/rungs-wire-json.h"

#define PATH_LEAST 16
#define PATH_MOST 128
#define NAME_MOST 64
#define KEYS_MOST 16
#define STYLES_MOST 20
#define SECONDS_MOST 600
#define PER_HOUR_MOST 100000
#define FIELDS_MOST 200
#define DAYS_MOST 3650
#define HOST_LETTERS G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-.:"

static gboolean
fail (GError    **error,
      const char *words)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, words);
  return FALSE;
}

/* ---- members; each says what is wrong */

/* The text of a member; NULL where it is missing or something else. */
static const char *
text_of (JsonObject *object,
         const char *member)
{
  return rungs_wire_json_text (object, member);
}

/* Copies a text that may be missing: "". */
static gboolean
read_text (JsonObject *object,
           const char *member,
           char      **text,
           GError    **error)
{
  const char *found = text_of (object, member);

  if (found == NULL && json_object_has_member (object, member))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "“%s” is no text", member);
      return FALSE;
    }
  *text = g_strdup (found != NULL ? found : "");
  return TRUE;
}

static gboolean
read_number (JsonObject *object,
             const char *member,
             guint       otherwise,
             guint       most,
             guint      *number,
             GError    **error)
{
  JsonNode *node = json_object_get_member (object, member);
  gint64 found = otherwise;

  if (node != NULL)
    found = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
              ? json_node_get_int (node)
              : -1;
  if (found < 0 || found > most)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "“%s” is a number of 0 to %u", member,
                   most);
      return FALSE;
    }
  *number = (guint) found;
  return TRUE;
}

/* A name as addresses have them. */
static gboolean
read_name (JsonObject *object,
           const char *member,
           const char *letters,
           char      **name,
           GError    **error)
{
  const char *found = text_of (object, member);
  gsize length = found != NULL ? strlen (found) : 0;

  if (length == 0 || length > NAME_MOST || strspn (found, letters) != length)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   "“%s” is 1 to %d letters, digits, - and _", member, NAME_MOST);
      return FALSE;
    }
  *name = g_strdup (found);
  return TRUE;
}

static gboolean
read_language (JsonObject *object,
               char      **language,
               GError    **error)
{
  const char *found = text_of (object, "language");
  gsize length = found != NULL ? strlen (found) : 0;

  if (length == 0 || length > 35
      || strspn (found, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-") != length)
    return fail (error, "a language is written as “de” or “pt-BR” is");
  *language = g_ascii_strdown (found, -1);
  return TRUE;
}

/* "sha256-" and the base64 of 32 bytes. */
static gboolean
is_hash (const char *hash)
{
  return hash != NULL && strlen (hash) == 51 && g_str_has_prefix (hash, "sha256-")
         && strspn (hash + 7, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "+/") == 43
         && hash[50] == '=';
}

static const char *
element_text (JsonArray *array,
              guint      i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

/* An array that may be missing. `array` (out) (nullable). */
static gboolean
read_array (JsonObject *object,
            const char *member,
            guint       most,
            JsonArray **array,
            GError    **error)
{
  JsonNode *node = json_object_get_member (object, member);

  *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (node == NULL || (*array != NULL && json_array_get_length (*array) <= most))
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "“%s” is an array of at most %u", member,
               most);
  return FALSE;
}

gboolean
rungs_relay_published_read_styles (JsonObject *object,
                                   char      **styles,
                                   GError    **error)
{
  g_autoptr (GString) list = g_string_new (NULL);
  JsonArray *array;

  if (!read_array (object, "styles", STYLES_MOST, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *hash = element_text (array, i);

      if (!is_hash (hash))
        return fail (error, "a style is told by its hash, “sha256-…”");
      g_string_append_printf (list, "%s'%s'", i > 0 ? " " : "", hash);
    }
  *styles = g_strdup (list->str);
  return TRUE;
}

/* ---- endpoints, keys, sources */

static gboolean
is_path (const char *path)
{
  gsize length = strlen (path);

  return length >= PATH_LEAST && length <= PATH_MOST
         && strspn (path, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == length;
}

static gboolean
add_endpoint (RungsRelayPublished *self,
              JsonObject          *object,
              GError             **error)
{
  const char *path = text_of (object, "path");
  const char *handshake = text_of (object, "handshake");

  if (path == NULL || !is_path (path))
    return fail (error, "an endpoint has a path of 16 to 128 letters, digits, - and _");
  g_hash_table_insert (self->endpoints, g_strdup (path), g_strdup (handshake ? handshake : ""));
  return TRUE;
}

static gboolean
read_link_keys (RungsRelayPublished *self,
                JsonObject          *object,
                GError             **error)
{
  JsonArray *array;

  if (!read_array (object, "link_keys", KEYS_MOST, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *text = element_text (array, i);
      GBytes *key = text != NULL ? rungs_link_key_from_text (text) : NULL;

      if (key == NULL)
        return fail (error, "a link key is 32 bytes in base64url");
      g_ptr_array_add (self->link_keys, key);
    }
  return TRUE;
}

static gboolean
read_remember (JsonObject         *object,
               RungsRelayRemember *remember,
               GError            **error)
{
  const char *const words[] = { "", "first", "last", "both" };
  g_autofree char *word = NULL;

  if (!read_text (object, "remember", &word, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (word, words[i]) == 0)
      {
        *remember = (RungsRelayRemember) i;
        return TRUE;
      }
  return fail (error, "what is remembered is the first, the last, both or nothing");
}

static gboolean
add_source (RungsRelayPublished *self,
            JsonObject          *object,
            GError             **error)
{
  g_autoptr (RungsRelaySource) source = g_new0 (RungsRelaySource, 1);

  if (!read_name (object, "code", G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_", &source->code,
                  error)
      || !read_text (object, "to", &source->to, error)
      || !read_remember (object, &source->remember, error)
      || !read_number (object, "days", 30, DAYS_MOST, &source->days, error))
    return FALSE;
  if (!rungs_link_is_target (source->to))
    return fail (error, "a source leads to an http or https address");
  g_hash_table_replace (self->sources, source->code, source);
  g_steal_pointer (&source);
  return TRUE;
}

/* ---- pages */

static gboolean
read_kind (JsonObject         *object,
           RungsRelayPageKind *kind,
           GError            **error)
{
  const char *const kinds[] = { "unsubscribe", "unsubscribed", "confirm", "confirmed",
                                "gone",        "prove",        "later",   "landing" };
  const char *word = text_of (object, "kind");

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (word, kinds[i]) == 0)
      {
        *kind = (RungsRelayPageKind) i;
        return TRUE;
      }
  return fail (error, "there is no such kind of page");
}

static gboolean
is_variant (const char *variant)
{
  return strcmp (variant, "") == 0 || strcmp (variant, "ppc") == 0
         || strcmp (variant, "email") == 0;
}

static void
add_landing (RungsRelayPublished *self,
             RungsRelayPage      *page)
{
  GPtrArray *pages = g_hash_table_lookup (self->landings, page->slug);

  if (pages == NULL)
    {
      pages = g_ptr_array_new ();
      g_hash_table_insert (self->landings, page->slug, pages);
    }
  g_ptr_array_add (pages, page);
}

#define SLUG_LETTERS G_CSET_a_2_z G_CSET_DIGITS "-_"

static gboolean
add_page (RungsRelayPublished *self,
          JsonObject          *object,
          GError             **error)
{
  g_autoptr (RungsRelayPage) page = g_new0 (RungsRelayPage, 1);
  gboolean is_landing;

  if (!read_kind (object, &page->kind, error)
      || !read_language (object, &page->language, error)
      || !read_text (object, "html", &page->html, error)
      || !read_text (object, "variant", &page->variant, error)
      || !rungs_relay_published_read_styles (object, &page->styles, error))
    return FALSE;
  is_landing = page->kind == RUNGS_RELAY_PAGE_LANDING;
  if (is_landing && !read_name (object, "slug", SLUG_LETTERS, &page->slug, error))
    return FALSE;
  if (*page->html == '\0' || !is_variant (page->variant))
    return fail (error, "a page has html, and the variant “”, “ppc” or “email”");
  if (is_landing)
    add_landing (self, page);
  else
    page->slug = g_strdup ("");
  g_ptr_array_add (self->pages, g_steal_pointer (&page));
  return TRUE;
}

/* ---- forms */

static gboolean
add_field (RungsRelayFormText *text,
           JsonNode           *node,
           GError            **error)
{
  g_autoptr (RungsRelayField) field = g_new0 (RungsRelayField, 1);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL || !read_text (object, "key", &field->key, error)
      || !read_text (object, "html", &field->html, error) || *field->key == '\0'
      || strchr (field->key, ',') != NULL)
    {
      g_clear_error (error);
      return fail (error, "a field of a form has a key, without a comma, and html");
    }
  g_ptr_array_add (text->fields, g_steal_pointer (&field));
  return TRUE;
}

/* A message without the headers that the relay writes; "" where there is none. */
static gboolean
read_message (JsonObject *object,
              const char *member,
              char      **message,
              GError    **error)
{
  if (!read_text (object, member, message, error))
    return FALSE;
  return **message == '\0' || strstr (*message, RUNGS_RELAY_MARK_LINK) != NULL
         || fail (error, "a message that asks to confirm holds the mark of its link");
}

static RungsRelayFormText *
read_form_text (JsonObject *object,
                GError    **error)
{
  g_autoptr (RungsRelayFormText) text = g_new0 (RungsRelayFormText, 1);
  JsonArray *fields;

  text->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_relay_field_free);
  if (!read_language (object, &text->language, error)
      || !read_text (object, "head", &text->head, error)
      || !read_text (object, "tail", &text->tail, error)
      || !read_text (object, "thanks", &text->thanks, error)
      || !rungs_relay_published_read_styles (object, &text->styles, error)
      || !read_message (object, "confirm", &text->confirm, error)
      || !read_message (object, "confirm_named", &text->confirm_named, error)
      || !read_array (object, "fields", FIELDS_MOST, &fields, error))
    return NULL;
  for (guint i = 0; fields != NULL && i < json_array_get_length (fields); i++)
    if (!add_field (text, json_array_get_element (fields, i), error))
      return NULL;
  return g_steal_pointer (&text);
}

static gboolean
read_form_texts (RungsRelayForm *form,
                 JsonObject     *object,
                 GError        **error)
{
  JsonArray *array;

  form->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_relay_form_text_free);
  if (!read_array (object, "languages", 100, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      RungsRelayFormText *text;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return fail (error, "a form's language is an object");
      text = read_form_text (json_node_get_object (node), error);
      if (text == NULL)
        return FALSE;
      g_ptr_array_add (form->texts, text);
    }
  return form->texts->len > 0 || fail (error, "a form is in one language at least");
}

static gboolean
read_always (RungsRelayForm *form,
             JsonObject     *object,
             GError        **error)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  JsonArray *array;

  if (!read_array (object, "always", FIELDS_MOST, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *key = element_text (array, i);

      if (key == NULL)
        return fail (error, "what a form always asks are keys of fields");
      g_strv_builder_add (keys, key);
    }
  form->always = g_strv_builder_end (keys);
  return TRUE;
}

/* "https://example.com:8443"; of a name that is not ASCII as DNS has it. */
static void
add_target (RungsRelayPublished *self,
            const char          *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_PARSE_RELAXED, NULL);
  g_autofree char *host = uri != NULL ? g_hostname_to_ascii (g_uri_get_host (uri)) : NULL;
  g_autofree char *origin = NULL;
  g_autofree char *listed = NULL;

  if (host == NULL || strspn (host, HOST_LETTERS) != strlen (host))
    return;
  origin = g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, host, g_uri_get_port (uri),
                       "", NULL, NULL);
  listed = g_strconcat (" ", origin, " ", NULL);
  if (strstr (self->targets->str, listed) == NULL)
    g_string_append (self->targets, listed);
}

static gboolean
add_form (RungsRelayPublished *self,
          JsonObject          *object,
          GError             **error)
{
  g_autoptr (RungsRelayForm) form = g_new0 (RungsRelayForm, 1);

  if (!read_name (object, "slug", SLUG_LETTERS, &form->slug, error)
      || !read_number (object, "least_seconds", 2, SECONDS_MOST, &form->least_seconds, error)
      || !read_number (object, "bits", 14, RUNGS_RELAY_BITS_MOST, &form->bits, error)
      || !read_number (object, "per_hour", 20, PER_HOUR_MOST, &form->per_hour, error)
      || !read_number (object, "most", 0, FIELDS_MOST, &form->most, error)
      || !read_text (object, "trap", &form->trap, error)
      || !read_text (object, "then", &form->then, error)
      || !read_text (object, "confirm_address", &form->confirm_address, error)
      || !read_text (object, "confirm_name", &form->confirm_name, error)
      || !read_text (object, "confirm_agreed", &form->confirm_agreed, error)
      || !read_always (form, object, error) || !read_form_texts (form, object, error))
    return FALSE;
  if (*form->then != '\0' && !rungs_link_is_target (form->then))
    return fail (error, "after a form comes an http or https address");
  if (*form->then != '\0')
    add_target (self, form->then);
  g_hash_table_replace (self->forms, form->slug, form);
  g_steal_pointer (&form);
  return TRUE;
}

/* ---- the whole */

static const struct
{
  const char *member;
  guint most;
  gboolean (*add) (RungsRelayPublished  *self,
                   JsonObject           *object,
                   GError              **error);
} PARTS[] = {
  { "endpoints", 10000, add_endpoint },
  { "pages", 5000, add_page },
  { "forms", 1000, add_form },
  { "sources", 100000, add_source },
};

static gboolean
read_part (RungsRelayPublished *self,
           JsonObject          *object,
           guint                part,
           GError             **error)
{
  JsonArray *array;

  if (!read_array (object, PARTS[part].member, PARTS[part].most, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "“%s” are objects",
                       PARTS[part].member);
          return FALSE;
        }
      if (!PARTS[part].add (self, json_node_get_object (node), error))
        {
          g_prefix_error (error, "“%s” %u: ", PARTS[part].member, i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_object (RungsRelayPublished *self,
             JsonObject          *object,
             GError             **error)
{
  const char *stamp = text_of (object, "stamp");

  if (stamp == NULL || rungs_wire_json_array (object, "endpoints") == NULL)
    return fail (error, "what is published has a stamp and endpoints");
  g_free (self->stamp);
  self->stamp = g_strdup (stamp);
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    if (!read_part (self, object, i, error))
      return FALSE;
  return read_link_keys (self, object, error);
}

RungsRelayPublished *
rungs_relay_published_parse (const char *json,
                             gsize       length,
                             GError    **error)
{
  g_autoptr (RungsRelayPublished) self = rungs_relay_published_new ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (json != NULL || length == 0, NULL);

  if (length > 0 && g_utf8_validate_len (json, length, NULL))
    root = rungs_wire_json_read (json, length, NULL);
  if (root == NULL)
    {
      fail (error, "what is published is no JSON");
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      fail (error, "what is published is no object");
      return NULL;
    }
  return read_object (self, json_node_get_object (root), error) ? g_steal_pointer (&self) : NULL;
}
