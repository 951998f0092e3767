/* rungs-web-content.c: what was sent, made readable. */

#include "web/rungs-web-content.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "web/rungs-web-reader.h"
#include "wire/rungs-form-data.h"
#include "wire/rungs-wire-json.h"

/* More than anybody reads on a screen. */
#define LEAVES_MOST 2000
#define TEXT_MOST (512 * 1024)
#define BYTES_MOST (32 * 1024)
#define A_LINE 16

static void
leaf_free (gpointer data)
{
  RungsWebLeaf *self = data;

  g_free (self->path);
  g_free (self->value);
  g_free (self);
}

void
rungs_web_content_free (RungsWebContent *self)
{
  g_ptr_array_unref (self->leaves);
  g_free (self->text);
  g_free (self);
}

/* ---- a table */

char *
rungs_web_content_dup_path (const char *before,
                            const char *name)
{
  gboolean is_plain = *name != '\0' && strpbrk (name, ".[\"") == NULL;
  g_autofree char *word = is_plain ? g_strdup (name) : g_strdup_printf ("\"%s\"", name);

  return *before != '\0' ? g_strdup_printf ("%s.%s", before, word) : g_steal_pointer (&word);
}

static void
add_leaves (RungsWebContent *self,
            const char      *path,
            JsonNode        *node)
{
  if (self->leaves->len >= LEAVES_MOST)
    {
      self->is_whole = FALSE;
      return;
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        {
          g_autofree char *inner = rungs_web_content_dup_path (path, name);

          add_leaves (self, inner, member);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *inner = g_strdup_printf ("%s[%u]", path, i);

          add_leaves (self, inner, json_array_get_element (array, i));
        }
    }
  else
    {
      RungsWebLeaf *leaf = g_new0 (RungsWebLeaf, 1);
      g_autofree char *value = rungs_wire_json_dup_text (node);

      leaf->path = g_strdup (path);
      leaf->value = value != NULL ? g_steal_pointer (&value) : g_strdup ("");
      g_ptr_array_add (self->leaves, leaf);
    }
}

/* ---- text */

/* "00000010  48 65 6c 6c 6f …  Hello". */
static char *
dup_table_of_bytes (const guint8 *bytes,
                    gsize         length)
{
  GString *table = g_string_new (NULL);

  for (gsize at = 0; at < length; at += A_LINE)
    {
      g_string_append_printf (table, "%08" G_GSIZE_MODIFIER "x ", at);
      for (gsize i = at; i < at + A_LINE; i++)
        if (i < length)
          g_string_append_printf (table, " %02x", bytes[i]);
        else
          g_string_append (table, "   ");
      g_string_append (table, "  ");
      for (gsize i = at; i < MIN (at + A_LINE, length); i++)
        g_string_append_c (table, g_ascii_isprint (bytes[i]) ? (char) bytes[i] : '.');
      g_string_append_c (table, '\n');
    }
  return g_string_free (table, FALSE);
}

static gboolean
is_text (const char *bytes,
         gsize       length)
{
  if (memchr (bytes, '\0', length) != NULL)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if ((guint8) bytes[i] < ' ' && strchr ("\t\r\n\f", bytes[i]) == NULL)
      return FALSE;
  return TRUE;
}

static void
read_bytes (RungsWebContent *self,
            const char      *bytes,
            gsize            length)
{
  if (is_text (bytes, length))
    {
      self->kind = RUNGS_WEB_CONTENT_TEXT;
      self->text = rungs_form_data_dup_text (bytes, length);
      return;
    }
  self->kind = RUNGS_WEB_CONTENT_BINARY;
  self->is_whole = length <= BYTES_MOST;
  self->text = dup_table_of_bytes ((const guint8 *) bytes, MIN (length, BYTES_MOST));
}

static gboolean
is_form (const RungsRawDelivery *raw)
{
  const char *type = rungs_raw_delivery_get_header (raw, "Content-Type");

  return type != NULL
         && (g_ascii_strncasecmp (type, "multipart/form-data", 19) == 0
             || g_ascii_strncasecmp (type, "application/x-www-form-urlencoded", 33) == 0);
}

/* Cut where a letter ends. */
static void
shorten (RungsWebContent *self)
{
  char *end = self->text + TEXT_MOST;

  if (strlen (self->text) <= TEXT_MOST)
    return;
  self->is_whole = FALSE;
  *g_utf8_find_prev_char (self->text, end) = '\0';
}

RungsWebContent *
rungs_web_content_new (const RungsRawDelivery *raw)
{
  g_autoptr (JsonObject) nothing = json_object_new ();
  g_autoptr (RungsWebReader) reader = NULL;
  RungsWebContent *self = g_new0 (RungsWebContent, 1);
  gsize length = 0;
  const char *bytes;

  g_return_val_if_fail (raw != NULL, NULL);

  bytes = g_bytes_get_data (raw->body, &length);
  self->leaves = g_ptr_array_new_with_free_func (leaf_free);
  self->is_whole = TRUE;
  if (length > 0)
    reader = rungs_web_reader_new (nothing, raw, NULL);
  if (reader != NULL)
    add_leaves (self, "", rungs_web_reader_find (reader, ""));
  if (length == 0)
    self->text = g_strdup ("");
  else if (reader == NULL || is_form (raw))
    read_bytes (self, bytes, length);
  else
    self->text = json_to_string (rungs_web_reader_find (reader, ""), TRUE);
  if (reader != NULL)
    self->kind = is_form (raw) ? RUNGS_WEB_CONTENT_FORM : RUNGS_WEB_CONTENT_JSON;
  shorten (self);
  return self;
}
