/* rungs-message-file.c: a message as a text file. */

#include "mail/rungs-message-file.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-block.h"

/* The fields, in the order in which they are written. */
enum
{
  SUBJECT,
  PREVIEW,
  PURPOSE,
  VALUE,
  KIND,
  LANGUAGE,
  N_FIELDS
};

static const char *const FIELDS[N_FIELDS] = { "Subject", "Preview", "Purpose", "Value", "Kind",
                                               "Language" };

static gboolean
refuse (GError    **error,
        int         line,
        const char *what,
        const char *why)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("line %d: “%s” %s"), line, what, why);
  return FALSE;
}

static int
find_field (const char *name)
{
  for (int i = 0; i < N_FIELDS; i++)
    if (g_ascii_strcasecmp (FIELDS[i], name) == 0)
      return i;
  return -1;
}

static gboolean
parse_field (char       *line,
             int         number,
             char       *fields[N_FIELDS],
             GError    **error)
{
  char *colon = strchr (line, ':');
  int field;

  if (colon == NULL)
    return refuse (error, number, line,
                   _ ("is no “Field: text”; an empty line parts the fields from the text"));
  *colon = '\0';
  field = find_field (g_strstrip (line));
  if (field < 0)
    return refuse (error, number, line,
                   _ ("is not one of the fields Subject, Preview, Purpose, Value, Kind, Language"));
  if (fields[field] != NULL)
    return refuse (error, number, line, _ ("comes twice"));
  fields[field] = g_strstrip (g_strdup (colon + 1));
  return TRUE;
}

/* Reads the fields; `*rest` is where the text begins. */
static gboolean
parse_fields (const char *text,
              char       *fields[N_FIELDS],
              const char **rest,
              int        *line_number,
              GError    **error)
{
  *line_number = 0;
  while (*text != '\0')
    {
      size_t length = strcspn (text, "\n");
      g_autofree char *line = g_strstrip (g_strndup (text, length));

      ++*line_number;
      text += length + (text[length] == '\n' ? 1 : 0);
      if (*line == '\0')
        break;
      if (!parse_field (line, *line_number, fields, error))
        return FALSE;
    }
  *rest = text;
  return TRUE;
}

static gboolean
take_fields (RungsMessage *message,
             char         *fields[N_FIELDS],
             int           line,
             GError      **error)
{
  char **targets[] = { &message->subject, &message->preview, &message->purpose, &message->value };

  for (int i = SUBJECT; i < KIND; i++)
    {
      if (i != PREVIEW && (fields[i] == NULL || *fields[i] == '\0'))
        return refuse (error, line, FIELDS[i], _ ("is missing"));
      if (fields[i] != NULL)
        {
          g_free (*targets[i]);
          *targets[i] = g_steal_pointer (&fields[i]);
        }
    }
  if (fields[LANGUAGE] != NULL)
    {
      g_free (message->language);
      message->language = g_steal_pointer (&fields[LANGUAGE]);
    }
  if (fields[KIND] == NULL || g_ascii_strcasecmp (fields[KIND], "marketing") == 0)
    return TRUE;
  message->marketing = FALSE;
  return g_ascii_strcasecmp (fields[KIND], "transactional") == 0
         || refuse (error, line, fields[KIND], _ ("is neither marketing nor transactional"));
}

static RungsMessage *
parse_lines (const char  *text,
             GError     **error)
{
  g_autoptr (RungsMessage) message = rungs_message_new ();
  char *fields[N_FIELDS] = { NULL };
  const char *rest = NULL;
  g_autofree char *body = NULL;
  gboolean taken;
  int line;

  taken = parse_fields (text, fields, &rest, &line, error)
          && take_fields (message, fields, line, error);
  for (int i = 0; i < N_FIELDS; i++)
    g_free (fields[i]);
  if (!taken)
    return NULL;

  body = g_strstrip (g_strdup (rest));
  if (*body == '\0')
    {
      refuse (error, line, "Subject: …", _ ("and the other fields are followed by no text"));
      return NULL;
    }
  g_free (message->blocks);
  message->blocks = rungs_message_blocks_from_text (body);
  return g_steal_pointer (&message);
}

/* ---- JSON */

/* The text of a member that may be left out. */
static gboolean
read_member (JsonObject  *object,
             const char  *name,
             char       **text,
             GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("“%s” is no text"), name);
      return FALSE;
    }
  g_free (*text);
  *text = g_strdup (json_node_get_string (node));
  return TRUE;
}

static gboolean
read_blocks (JsonObject    *object,
             RungsMessage  *message,
             GError       **error)
{
  JsonNode *node = json_object_get_member (object, "blocks");
  g_autofree char *json = node ? json_to_string (node, FALSE) : g_strdup ("");
  g_autoptr (GPtrArray) blocks = rungs_blocks_parse (json, error);

  if (blocks == NULL)
    return FALSE;
  g_free (message->blocks);
  message->blocks = rungs_blocks_to_json (blocks);
  return TRUE;
}

static RungsMessage *
parse_json (const char  *text,
            GError     **error)
{
  g_autoptr (RungsMessage) message = rungs_message_new ();
  g_autoptr (GError) torn = NULL;
  g_autoptr (JsonNode) root = json_from_string (text, &torn);
  g_autofree char *kind = g_strdup ("marketing");
  JsonObject *object;

  if (root == NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the file is no JSON: %s"),
                   torn ? torn->message : "");
      return NULL;
    }
  object = json_node_get_object (root);
  if (!read_member (object, "subject", &message->subject, error)
      || !read_member (object, "preview", &message->preview, error)
      || !read_member (object, "purpose", &message->purpose, error)
      || !read_member (object, "value", &message->value, error)
      || !read_member (object, "language", &message->language, error)
      || !read_member (object, "kind", &kind, error) || !read_blocks (object, message, error))
    return NULL;
  message->marketing = strcmp (kind, "transactional") != 0;
  if (message->marketing && strcmp (kind, "marketing") != 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "“%s” %s", kind,
                   _ ("is neither marketing nor transactional"));
      return NULL;
    }
  return g_steal_pointer (&message);
}

RungsMessage *
rungs_message_file_parse (const char *text,
                          GError    **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("the file is not UTF-8 text"));
      return NULL;
    }
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  return text[strspn (text, " \t\r\n")] == '{' ? parse_json (text, error)
                                                : parse_lines (text, error);
}

/* ---- writing */

static void
add_text (JsonObject *object,
          const char *name,
          const char *text)
{
  if (*text != '\0')
    json_object_set_string_member (object, name, text);
}

static char *
write_json (const RungsMessage *message)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (root, object);
  add_text (object, "subject", message->subject);
  add_text (object, "preview", message->preview);
  add_text (object, "purpose", message->purpose);
  add_text (object, "value", message->value);
  add_text (object, "kind", message->marketing ? "marketing" : "transactional");
  add_text (object, "language", message->language);
  json_object_set_member (object, "blocks", json_from_string (message->blocks, NULL));
  return json_to_string (root, TRUE);
}

static char *
write_lines (const RungsMessage *message,
             const char         *text)
{
  const char *const values[N_FIELDS] = {
    [SUBJECT] = message->subject, [PREVIEW] = message->preview,
    [PURPOSE] = message->purpose, [VALUE] = message->value,
    [KIND] = message->marketing ? "marketing" : "transactional",
    [LANGUAGE] = message->language,
  };
  GString *lines = g_string_new (NULL);

  for (int i = 0; i < N_FIELDS; i++)
    if (i != LANGUAGE || *values[i] != '\0')
      g_string_append_printf (lines, "%s: %s\n", FIELDS[i], values[i]);
  g_string_append_printf (lines, "\n%s\n", text);
  return g_string_free (lines, FALSE);
}

char *
rungs_message_file_write (const RungsMessage *message,
                          GError            **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (message != NULL, NULL);

  text = rungs_message_text_from_blocks (message->blocks, error);
  if (text == NULL)
    return NULL;
  return rungs_message_is_text (message->blocks) ? write_lines (message, text)
                                                 : write_json (message);
}
