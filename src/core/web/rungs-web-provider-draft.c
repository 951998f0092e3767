/* rungs-web-provider-draft.c: the file of a provider, made from something that it sent. */

#include "web/rungs-web-provider-draft.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-json-members.h"
#include "web/rungs-web-reader.h"
#include "wire/rungs-provider.h"
#include "wire/rungs-wire-json.h"

#define HEADER "header:"

RungsWebProviderDraft *
rungs_web_provider_draft_new (void)
{
  RungsWebProviderDraft *self = g_new0 (RungsWebProviderDraft, 1);

  self->name = g_strdup ("");
  self->home = g_strdup ("https://");
  self->scheme = g_strdup ("path");
  self->join = g_strdup (".");
  self->doing = g_strdup ("form");
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->only_kind = TRUE;
  return self;
}

void
rungs_web_provider_draft_free (RungsWebProviderDraft *self)
{
  g_free (self->name);
  g_free (self->home);
  g_free (self->scheme);
  g_free (self->join);
  g_free (self->doing);
  g_hash_table_unref (self->places);
  g_free (self);
}

void
rungs_web_provider_draft_place (RungsWebProviderDraft *self,
                                const char            *what,
                                const char            *path)
{
  g_return_if_fail (self != NULL && what != NULL);

  if (path != NULL)
    g_hash_table_insert (self->places, g_strdup (what), g_strdup (path));
  else
    g_hash_table_remove (self->places, what);
}

char *
rungs_web_provider_draft_dup_key (const RungsWebProviderDraft *self)
{
  g_autofree char *plain = g_str_to_ascii (self->name, NULL);
  g_autofree char *low = g_ascii_strdown (plain, -1);
  GString *key = g_string_new (NULL);

  for (const char *at = low; *at != '\0' && key->len < 60; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (key, *at);
    else if (key->len > 0 && key->str[key->len - 1] != '-')
      g_string_append_c (key, '-');
  if (key->len > 0 && key->str[key->len - 1] == '-')
    g_string_truncate (key, key->len - 1);
  return g_string_free (key, FALSE);
}

static const char *
get_place (const RungsWebProviderDraft *self,
           const char                  *what)
{
  return g_hash_table_lookup (self->places, what);
}

/* The name of the header in a place. */
static const char *
get_header (const RungsWebProviderDraft *self,
            const char                  *what)
{
  const char *path = get_place (self, what);

  return path != NULL && g_str_has_prefix (path, HEADER) ? path + strlen (HEADER) : NULL;
}

/* ---- how it is signed, by the look of its header */

static gboolean
is_hex (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdefABCDEF") == 64;
}

/* What stands before the signature: "sha256=". */
static char *
dup_prefix (const char *value)
{
  const char *equals = strchr (value, '=');

  return equals != NULL && equals - value <= 12 && equals[1] != '\0' && equals[1] != '='
             ? g_strndup (value, (gsize) (equals + 1 - value))
             : g_strdup ("");
}

/* "t=…,v1=…": what has only digits is the time. */
static void
add_pairs (JsonBuilder *builder,
           const char  *value,
           const char **signature)
{
  const char *separator = strchr (value, ';') != NULL ? ";" : ",";
  g_auto (GStrv) pairs = g_strsplit (value, separator, 20);
  gboolean has_time = FALSE, has_signature = FALSE;

  *signature = "";
  rungs_json_add_text (builder, "separator", separator);
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (g_strstrip (pairs[i]), '=');
      gboolean is_time;

      if (equals == NULL)
        continue;
      *equals = '\0';
      is_time = equals[1] != '\0' && strspn (equals + 1, "0123456789") == strlen (equals + 1);
      if (is_time && !has_time)
        rungs_json_add_text (builder, "time", pairs[i]);
      if (!is_time && !has_signature)
        {
          rungs_json_add_text (builder, "signature", pairs[i]);
          *signature = g_intern_string (is_hex (equals + 1) ? "hex" : "base64");
        }
      has_time |= is_time;
      has_signature |= !is_time;
    }
  if (!has_time)
    rungs_json_add_text (builder, "time", "t");
  if (!has_signature)
    rungs_json_add_text (builder, "signature", "v1");
}

static void
add_shared (JsonBuilder *builder,
            const char  *where)
{
  rungs_json_add_text (builder, "scheme", "shared-secret");
  rungs_json_add_only (builder, "where", where);
}

static void
add_prefixes (JsonBuilder *builder)
{
  rungs_json_begin_array (builder, "prefixes");
  json_builder_add_string_value (builder, "webhook-");
  json_builder_add_string_value (builder, "svix-");
  json_builder_end_array (builder);
}

static gboolean
add_signed (const RungsWebProviderDraft  *self,
            const RungsRawDelivery       *raw,
            JsonBuilder                  *builder,
            GError                      **error)
{
  const char *header = get_header (self, "signature");
  const char *time_header = get_header (self, "time");
  const char *value = header != NULL ? rungs_raw_delivery_get_header (raw, header) : NULL;
  gboolean is_pair = strcmp (self->scheme, "hmac-header-pair") == 0;
  g_autofree char *prefix = NULL;
  const char *encoding = "hex";

  if (header == NULL)
    return rungs_error_refuse (error, _ ("Say which header has the signature."));
  if (is_pair && time_header == NULL)
    return rungs_error_refuse (error, _ ("Say which header has the time."));
  value = value != NULL ? value : "";
  rungs_json_add_text (builder, "scheme", self->scheme);
  rungs_json_add_text (builder, "header", header);
  if (strcmp (self->scheme, "jws-body-hash") == 0)
    {
      rungs_json_add_text (builder, "claim", "sha256");
      return TRUE;
    }
  if (strcmp (self->scheme, "hmac-timestamp") == 0)
    add_pairs (builder, value, &encoding);
  else
    {
      prefix = dup_prefix (value);
      encoding = is_hex (value + strlen (prefix)) ? "hex" : "base64";
      if (*prefix != '\0')
        rungs_json_add_text (builder, "prefix", prefix);
    }
  if (is_pair)
    {
      const char *at = rungs_raw_delivery_get_header (raw, time_header);

      rungs_json_add_text (builder, "time_header", time_header);
      if (at != NULL && strlen (at) >= 13)
        rungs_json_add_text (builder, "unit", "ms");
    }
  if (strcmp (self->scheme, "hmac-body") != 0)
    {
      rungs_json_add_text (builder, "join", self->join);
      rungs_json_add_number (builder, "tolerance", 300);
    }
  rungs_json_add_text (builder, "encoding", *encoding != '\0' ? encoding : "hex");
  return TRUE;
}

static gboolean
add_verify (const RungsWebProviderDraft  *self,
            const RungsRawDelivery       *raw,
            JsonBuilder                  *builder,
            GError                      **error)
{
  static const char *const SHARED[] = { "path", "bearer", "basic", NULL };
  gboolean added = TRUE;

  rungs_json_begin_object (builder, "verify");
  if (g_strv_contains (SHARED, self->scheme))
    add_shared (builder, self->scheme);
  else if (strcmp (self->scheme, "standard-webhooks") == 0)
    {
      rungs_json_add_text (builder, "scheme", self->scheme);
      add_prefixes (builder);
      rungs_json_add_number (builder, "tolerance", 300);
    }
  else
    added = add_signed (self, raw, builder, error);
  json_builder_end_object (builder);
  return added;
}

/* ---- what it does */

static void
add_place (const RungsWebProviderDraft *self,
           JsonBuilder                 *builder,
           const char                  *what,
           const char                  *member)
{
  const char *path = get_place (self, what);

  if (path == NULL)
    return;
  rungs_json_add_only (builder, member, path);
}

static void
add_condition (const RungsWebProviderDraft *self,
               JsonBuilder                 *builder,
               RungsWebReader              *reader)
{
  const char *path = self->only_kind ? get_place (self, "event") : NULL;
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), path);
  g_autofree char *value = path != NULL ? rungs_web_reader_read (reader, node) : NULL;

  if (value == NULL)
    return;
  rungs_json_begin_object (builder, "if");
  rungs_json_add_only (builder, path, value);
  json_builder_end_object (builder);
}

/* The object that the address stands in has the other answers too. */
static void
add_answers (const RungsWebProviderDraft *self,
             JsonBuilder                 *builder)
{
  const char *email = get_place (self, "email");
  const char *dot = email != NULL ? strrchr (email, '.') : NULL;
  g_autofree char *object = dot != NULL && !g_str_has_suffix (email, "\"")
                                ? g_strndup (email, (gsize) (dot - email))
                                : g_strdup ("");

  rungs_json_begin_array (builder, "answers");
  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "object", object);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  add_place (self, builder, "form", "form");
  add_place (self, builder, "page", "page");
}

static void
add_order (const RungsWebProviderDraft *self,
           JsonBuilder                 *builder)
{
  rungs_json_add_text (builder, "money", self->is_minor ? "minor" : "decimal");
  add_place (self, builder, "number", "number");
  add_place (self, builder, "number", "same");
  add_place (self, builder, "total", "total");
  add_place (self, builder, "currency", "currency");
  rungs_json_begin_object (builder, "line");
  add_place (self, builder, "sku", "sku");
  add_place (self, builder, "product", "name");
  json_builder_end_object (builder);
}

static void
add_deed (const RungsWebProviderDraft *self,
          JsonBuilder                 *builder,
          RungsWebReader              *reader)
{
  static const char *const PERSON[] = { "email",    "first_name", "last_name", "full_name",
                                        "company",  "phone",      "street",    "postcode",
                                        "city",     "country",    "language",  NULL };

  rungs_json_begin_array (builder, "deeds");
  json_builder_begin_object (builder);
  add_condition (self, builder, reader);
  rungs_json_add_text (builder, "do", self->doing);
  add_place (self, builder, "at", "at");
  for (guint i = 0; PERSON[i] != NULL; i++)
    add_place (self, builder, PERSON[i], PERSON[i]);
  if (strcmp (self->doing, "form") == 0)
    add_answers (self, builder);
  else if (strcmp (self->doing, "order") == 0)
    add_order (self, builder);
  else
    add_place (self, builder, "message", "message");
  json_builder_end_object (builder);
  json_builder_end_array (builder);
}

/* ---- a sample of nobody */

/* What is put in the place of a text: what was said to be a person's is a made-up one's. */
static const char *
get_made_up (const RungsWebProviderDraft *self,
             const char                  *path,
             const char                  *text)
{
  static const struct
  {
    const char *what;
    const char *text;
  } MADE_UP[] = {
    { "email", "ada@example.com" }, { "first_name", "Ada" },  { "last_name", "Lovelace" },
    { "full_name", "Ada Lovelace" }, { "phone", "+442079460123" }, { "id", "sample-1" },
    { "number", "1001" },           { "product", "Book" },    { "sku", "BOOK" },
  };
  static const char *const KEPT[] = { "event", "at", "total", "currency" };

  for (guint i = 0; i < G_N_ELEMENTS (KEPT); i++)
    if (g_strcmp0 (get_place (self, KEPT[i]), path) == 0)
      return text;
  for (guint i = 0; i < G_N_ELEMENTS (MADE_UP); i++)
    if (g_strcmp0 (get_place (self, MADE_UP[i].what), path) == 0)
      return MADE_UP[i].text;
  return strchr (text, '@') != NULL ? "ada@example.com" : "text";
}

/* Sets a text of the sample where its path says; forms have members of one object. */
static JsonNode *
new_sample (const RungsWebProviderDraft *self,
            const char                  *path,
            JsonNode                    *node)
{
  JsonNode *copy = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_object_new ();
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        {
          g_autofree char *inner = rungs_web_content_dup_path (path, name);

          json_object_set_member (object, name, new_sample (self, inner, member));
        }
      copy = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (copy, object);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        {
          g_autofree char *inner = g_strdup_printf ("%s[%u]", path, i);

          json_array_add_element (
              array,
              new_sample (self, inner, json_array_get_element (json_node_get_array (node), i)));
        }
      copy = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (copy, array);
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    copy = json_node_init_string (json_node_alloc (),
                                  get_made_up (self, path, json_node_get_string (node)));
  else
    copy = json_node_copy (node);
  return copy;
}

static void
add_sample (const RungsWebProviderDraft *self,
            const RungsRawDelivery      *raw,
            JsonBuilder                 *builder,
            RungsWebReader              *reader)
{
  const char *type = rungs_raw_delivery_get_header (raw, "Content-Type");
  g_autofree char *plain = g_strndup (type != NULL ? type : "application/json",
                                      strcspn (type != NULL ? type : "application/json", ";"));
  const char *event = get_header (self, "event");

  rungs_json_begin_array (builder, "samples");
  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "name", "A sample");
  rungs_json_add_text (builder, "type", g_strstrip (plain));
  if (event != NULL)
    {
      rungs_json_begin_object (builder, "headers");
      rungs_json_add_text (builder, event, rungs_raw_delivery_get_header (raw, event));
      json_builder_end_object (builder);
    }
  json_builder_set_member_name (builder, "body");
  json_builder_add_value (builder, new_sample (self, "", rungs_web_reader_find (reader, "")));
  json_builder_end_object (builder);
  json_builder_end_array (builder);
}

/* ---- the file */

static gboolean
is_whole (const RungsWebProviderDraft  *self,
          GError                      **error)
{
  g_autofree char *key = rungs_web_provider_draft_dup_key (self);

  if (*key == '\0')
    return rungs_error_refuse (error, _ ("A provider needs a name, with letters or digits."));
  if (!g_str_has_prefix (self->home, "https://") || strlen (self->home) <= strlen ("https://"))
    return rungs_error_refuse (error, _ ("Its website begins with https://."));
  if (get_place (self, "email") == NULL && get_place (self, "phone") == NULL)
    return rungs_error_refuse (error, _ ("Say which value is the e-mail address."));
  if (strcmp (self->doing, "order") == 0
      && (get_place (self, "number") == NULL || get_place (self, "total") == NULL
          || get_place (self, "currency") == NULL))
    return rungs_error_refuse (error, _ ("An order needs its number, its total and its currency."));
  return TRUE;
}

GBytes *
rungs_web_provider_draft_to_bytes (const RungsWebProviderDraft  *self,
                                   const RungsRawDelivery       *raw,
                                   GError                      **error)
{
  static const char *const ABOUTS[] = { "form", "order", NULL };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonObject) nothing = json_object_new ();
  g_autoptr (RungsWebReader) reader = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *key = rungs_web_provider_draft_dup_key (self);
  char *text;

  g_return_val_if_fail (self != NULL && raw != NULL, NULL);

  if (!is_whole (self, error)
      || (reader = rungs_web_reader_new (nothing, raw, error)) == NULL)
    return NULL;
  json_builder_begin_object (builder);
  rungs_json_add_text (builder, "key", key);
  rungs_json_add_text (builder, "name", self->name);
  rungs_json_add_text (builder, "home", self->home);
  rungs_json_begin_object (builder, "receive");
  rungs_json_add_text (builder, "about",
                       g_strv_contains (ABOUTS, self->doing) ? self->doing : "mail");
  if (!add_verify (self, raw, builder, error))
    return NULL;
  add_place (self, builder, "id", "id");
  if (get_place (self, "event") != NULL)
    rungs_json_add_text (builder, "event", get_place (self, "event"));
  add_deed (self, builder, reader);
  add_sample (self, raw, builder, reader);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_bytes_new_take (text, strlen (text));
}

gboolean
rungs_web_provider_draft_save (const RungsWebProviderDraft  *self,
                               const RungsRawDelivery       *raw,
                               const char                   *folder,
                               GError                      **error)
{
  g_autoptr (GBytes) bytes = rungs_web_provider_draft_to_bytes (self, raw, error);
  g_autofree char *key = rungs_web_provider_draft_dup_key (self);
  g_autoptr (RungsProvider) known = bytes != NULL ? rungs_provider_load (key, NULL) : NULL;
  g_autoptr (RungsProvider) made = NULL;
  g_autofree char *name = g_strconcat (key, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gsize length = 0;
  const char *text;

  if (bytes == NULL)
    return FALSE;
  if (known != NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("There is a provider “%s” already."), rungs_provider_get_name (known));
      return FALSE;
    }
  made = rungs_provider_new (key, bytes, error);
  if (made == NULL)
    return FALSE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("The folder %s cannot be made."),
                   folder);
      return FALSE;
    }
  text = g_bytes_get_data (bytes, &length);
  return g_file_set_contents (path, text, (gssize) length, error);
}
