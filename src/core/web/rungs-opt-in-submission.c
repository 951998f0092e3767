/* rungs-opt-in-submission.c: what was sent with a form of our own. */

#include "web/rungs-opt-in-submission.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "wire/rungs-wire-json.h"

#define TEXT_MOST 500
#define LONG_MOST 5000

/* ---- JSON */

static void
add (GPtrArray  *fields,
     const char *name,
     JsonNode   *node)
{
  g_autofree char *text = rungs_wire_json_dup_text (node);
  RungsFormField *field;

  if (text == NULL || fields->len >= RUNGS_FORM_FIELDS_MOST)
    return;
  field = g_new0 (RungsFormField, 1);
  field->name = g_strdup (name);
  field->value = g_steal_pointer (&text);
  g_ptr_array_add (fields, field);
}

static void
add_member (GPtrArray  *fields,
            const char *name,
            JsonNode   *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    add (fields, name, node);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    add (fields, name, json_array_get_element (array, i));
}

static GPtrArray *
read_json (const char  *body,
           gsize        length,
           GError     **error)
{
  g_autoptr (JsonNode) root = rungs_wire_json_read (body, length, error);
  g_autoptr (GPtrArray) fields
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_form_field_free);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("What was sent is no answers to a form."));
      return NULL;
    }
  json_object_iter_init_ordered (&iter, json_node_get_object (root));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    add_member (fields, name, node);
  return g_steal_pointer (&fields);
}

GPtrArray *
rungs_opt_in_submission_read (const RungsRawDelivery  *raw,
                              GError                 **error)
{
  const char *type;
  g_autofree char *low = NULL;
  const char *body;
  gsize length = 0;

  g_return_val_if_fail (raw != NULL, NULL);

  type = rungs_raw_delivery_get_header (raw, "Content-Type");
  low = g_ascii_strdown (type != NULL ? type : "", -1);
  body = g_bytes_get_data (raw->body, &length);
  if (body == NULL)
    body = "";
  if (strstr (low, "json") != NULL)
    return read_json (body, length, error);
  if (g_str_has_prefix (low, "multipart/"))
    return rungs_form_data_read_multipart (type, body, length, error);
  return rungs_form_data_read_urlencoded (body, length, error);
}

/* ---- answers */

const char *
rungs_opt_in_submission_get (GPtrArray  *fields,
                             const char *name)
{
  g_return_val_if_fail (fields != NULL && name != NULL, NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const RungsFormField *field = fields->pdata[i];

      if (strcmp (field->name, name) == 0)
        return field->value;
    }
  return NULL;
}

static gboolean
is_chosen (GPtrArray  *fields,
           const char *name,
           const char *value)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const RungsFormField *field = fields->pdata[i];

      if (strcmp (field->name, name) == 0 && strcmp (field->value, value) == 0)
        return TRUE;
    }
  return FALSE;
}

static char *
dup_choices (GPtrArray             *fields,
             const RungsOptInField *field)
{
  g_autoptr (GString) chosen = g_string_new (NULL);

  for (guint i = 0; i < field->choices->len; i++)
    {
      const RungsOptInChoice *choice = field->choices->pdata[i];

      if (!is_chosen (fields, field->key, choice->value))
        continue;
      if (chosen->len > 0)
        g_string_append_c (chosen, ',');
      g_string_append (chosen, choice->value);
      if (field->kind == RUNGS_OPT_IN_CHOICE)
        break;
    }
  return chosen->len > 0 ? g_string_free (g_steal_pointer (&chosen), FALSE) : NULL;
}

static char *
dup_text (const char *value,
          gboolean    is_long)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);
  g_autoptr (GString) text = g_string_new (NULL);
  glong left = is_long ? LONG_MOST : TEXT_MOST;

  for (const char *at = valid; *at != '\0' && left > 0; at = g_utf8_next_char (at), left--)
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\n' || c == '\t')
        g_string_append_c (text, is_long ? (char) c : ' ');
      else if (!g_unichar_iscntrl (c))
        g_string_append_unichar (text, c);
    }
  g_strstrip (text->str);
  return *text->str != '\0' ? g_strdup (text->str) : NULL;
}

char *
rungs_opt_in_submission_dup_answer (GPtrArray             *fields,
                                    const RungsOptInField *field)
{
  const char *value;

  g_return_val_if_fail (fields != NULL && field != NULL, NULL);

  if (rungs_opt_in_kind_has_choices (field->kind))
    return dup_choices (fields, field);
  value = rungs_opt_in_submission_get (fields, field->key);
  if (value == NULL)
    return NULL;
  if (field->kind == RUNGS_OPT_IN_CHECK)
    return g_strdup (strcmp (value, "yes") == 0 ? "yes" : "no");
  return dup_text (value, field->kind == RUNGS_OPT_IN_LONG);
}
