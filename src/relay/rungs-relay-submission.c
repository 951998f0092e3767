/* rungs-relay-submission.c: what a form sends. */

#include "rungs-relay-submission.h"

#include <string.h>

#include "base/rungs-error.h"
#include "rungs-relay-page.h"
#include "wire/rungs-form-data.h"
#include "wire/rungs-relay-protocol.h"
#include "wire/rungs-wire-json.h"

static void
add_value (GPtrArray  *fields,
           const char *name,
           JsonNode   *node)
{
  char *value = rungs_wire_json_dup_text (node);
  RungsFormField *field;

  if (value == NULL)
    return;
  field = g_new0 (RungsFormField, 1);
  field->name = g_strdup (name);
  field->value = value;
  g_ptr_array_add (fields, field);
}

static void
add_member (GPtrArray  *fields,
            const char *name,
            JsonNode   *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    add_value (fields, name, node);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    add_value (fields, name, json_array_get_element (array, i));
}

static GPtrArray *
read_json (const char *text,
           gsize       length,
           GError    **error)
{
  g_autoptr (JsonNode) root = rungs_wire_json_read (text, length, error);
  GPtrArray *fields;
  JsonObjectIter members;
  const char *name;
  JsonNode *node;

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, "a form is a JSON object");
      return NULL;
    }
  fields = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_form_field_free);
  json_object_iter_init_ordered (&members, json_node_get_object (root));
  while (json_object_iter_next_ordered (&members, &name, &node))
    add_member (fields, name, node);
  return fields;
}

RungsRelaySubmission *
rungs_relay_submission_read (SoupServerMessage *message,
                             GError           **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  g_autoptr (GBytes) body
    = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (RungsRelaySubmission) self = g_new0 (RungsRelaySubmission, 1);
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);

  if (g_strcmp0 (type, "application/x-www-form-urlencoded") == 0)
    self->fields = rungs_form_data_read_urlencoded (text != NULL ? text : "", length, error);
  else if (g_strcmp0 (type, "multipart/form-data") == 0)
    self->fields = rungs_form_data_read_multipart (
      soup_message_headers_get_one (headers, "Content-Type"), text != NULL ? text : "", length,
      error);
  else if (g_strcmp0 (type, "application/json") == 0)
    {
      self->is_json = TRUE;
      self->fields = read_json (text != NULL ? text : "", length, error);
    }
  else
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                         "a form is sent urlencoded, as multipart or as JSON");
  return self->fields != NULL ? g_steal_pointer (&self) : NULL;
}

void
rungs_relay_submission_free (RungsRelaySubmission *self)
{
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

const char *
rungs_relay_submission_get (const RungsRelaySubmission *self,
                            const char                 *name)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const RungsFormField *field = self->fields->pdata[i];

      if (strcmp (field->name, name) == 0)
        return field->value;
    }
  return NULL;
}

char *
rungs_relay_submission_dup_hidden (const RungsRelaySubmission *self)
{
  GString *html = g_string_new (NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const RungsFormField *field = self->fields->pdata[i];

      if (field->file_name == NULL && strcmp (field->name, RUNGS_RELAY_FIELD_TOKEN) != 0
          && strcmp (field->name, RUNGS_RELAY_FIELD_WORK) != 0)
        rungs_relay_page_add_hidden (html, field->name, field->value);
    }
  return g_string_free (html, FALSE);
}
