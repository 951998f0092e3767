/* rungs-form-data.c: forms, urlencoded, multipart and as JSON.
 *
 * A multipart body is a row of parts between lines "--BOUNDARY"; the last is "--BOUNDARY--". A part
 * is its headers, an empty line, and the bytes up to the line end before the next boundary. Only
 * Content-Disposition is looked at; nothing nests. */

#include "wire/rungs-form-data.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "wire/rungs-wire-json.h"

#define BOUNDARY_MOST 200
#define PART_HEAD_MOST (16 * 1024)

void
rungs_form_field_free (RungsFormField *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self->file_name);
  g_free (self);
}

/* The characters of Windows-1252 from 0x80 on that are not those of ISO 8859-1. */
static gunichar
get_windows_char (guchar byte)
{
  static const guint16 HIGH[32] = {
    0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8d,   0x017d, 0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178,
  };

  return byte >= 0x80 && byte < 0xa0 ? HIGH[byte - 0x80] : byte;
}

char *
rungs_form_data_dup_text (const char *bytes,
                          gsize       length)
{
  g_autoptr (GString) text = g_string_sized_new (length);
  gboolean is_utf8;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  for (gsize i = 0; i < length; i++)
    if (bytes[i] != '\0')
      g_string_append_c (text, bytes[i]);
  is_utf8 = g_utf8_validate (text->str, (gssize) text->len, NULL);
  if (!is_utf8)
    {
      g_autofree char *was = g_strndup (text->str, text->len);

      g_string_truncate (text, 0);
      for (const char *at = was; *at != '\0'; at++)
        g_string_append_unichar (text, get_windows_char ((guchar) *at));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
add_field (GPtrArray  *fields,
           char       *name,
           char       *value,
           char       *file_name,
           GError    **error)
{
  RungsFormField *field = g_new0 (RungsFormField, 1);

  field->name = name;
  field->value = value;
  field->file_name = file_name;
  g_ptr_array_add (fields, field);
  if (fields->len <= RUNGS_FORM_FIELDS_MOST)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("It has more than %d fields."),
               RUNGS_FORM_FIELDS_MOST);
  return FALSE;
}

/* ---- urlencoded */

/* A "%" that no two digits follow stands for itself. */
static char *
dup_decoded (const char *text,
             gsize       length)
{
  g_autofree char *bytes = g_malloc (length + 1);
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    if (text[i] == '+')
      bytes[n++] = ' ';
    else if (text[i] == '%' && length - i > 2 && g_ascii_isxdigit (text[i + 1])
             && g_ascii_isxdigit (text[i + 2]))
      {
        int value = g_ascii_xdigit_value (text[i + 1]) * 16 + g_ascii_xdigit_value (text[i + 2]);

        bytes[n++] = (char) value;
        i += 2;
      }
    else
      bytes[n++] = text[i];
  return rungs_form_data_dup_text (bytes, n);
}

static gboolean
add_pair (GPtrArray   *fields,
          const char  *pair,
          gsize        length,
          GError     **error)
{
  const char *equals = memchr (pair, '=', length);
  gsize name = equals != NULL ? (gsize) (equals - pair) : length;

  if (length == 0)
    return TRUE;
  return add_field (fields, dup_decoded (pair, name),
                    equals != NULL ? dup_decoded (equals + 1, length - name - 1) : g_strdup (""),
                    NULL, error);
}

GPtrArray *
rungs_form_data_read_urlencoded (const char  *text,
                                 gsize        length,
                                 GError     **error)
{
  g_autoptr (GPtrArray) fields
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_form_field_free);
  const char *end = text + length;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  for (const char *at = text; at < end;)
    {
      const char *amp = memchr (at, '&', (gsize) (end - at));
      const char *pair_end = amp != NULL ? amp : end;

      if (!add_pair (fields, at, (gsize) (pair_end - at), error))
        return NULL;
      at = amp != NULL ? amp + 1 : end;
    }
  return g_steal_pointer (&fields);
}

/* ---- parameters of headers */

/* Behind the opening quote. */
static char *
dup_quoted (const char **at)
{
  GString *text = g_string_new (NULL);

  while (**at != '\0' && **at != '"')
    {
      if (**at == '\\' && ((*at)[1] == '"' || (*at)[1] == '\\'))
        (*at)++;
      g_string_append_c (text, *(*at)++);
    }
  if (**at == '"')
    (*at)++;
  return g_string_free (text, FALSE);
}

static char *
dup_parameter_value (const char **at)
{
  const char *begin = *at;

  if (**at == '"')
    {
      (*at)++;
      return dup_quoted (at);
    }
  *at += strcspn (*at, "; \t");
  return g_strndup (begin, (gsize) (*at - begin));
}

char *
rungs_form_data_dup_parameter (const char *header,
                               const char *name)
{
  const char *at;

  g_return_val_if_fail (header != NULL && name != NULL, NULL);

  at = header + strcspn (header, ";");
  while (*at == ';')
    {
      g_autofree char *value = NULL;
      const char *word;
      gsize length;

      at += strspn (at, "; \t");
      word = at;
      at += strcspn (at, "=;");
      length = (gsize) (at - word);
      if (*at != '=')
        continue;
      at++;
      value = dup_parameter_value (&at);
      at += strcspn (at, ";");
      if (length == strlen (name) && g_ascii_strncasecmp (word, name, length) == 0)
        return g_steal_pointer (&value);
    }
  return NULL;
}

/* ---- multipart */

/* Where the next line "--BOUNDARY" begins. */
static const char *
find_boundary (const char *at,
               const char *end,
               const char *boundary,
               gboolean    is_first)
{
  gsize length = strlen (boundary);

  while (at != NULL && (gsize) (end - at) >= length)
    {
      const char *found = memmem (at, (gsize) (end - at), boundary, length);

      if (found == NULL || (is_first && found == at) || found[-1] == '\n')
        return found;
      at = found + 1;
      is_first = FALSE;
    }
  return NULL;
}

/* The end of a part's headers, and `content` (out) what follows them. */
static const char *
find_head_end (const char  *at,
               const char  *end,
               const char **content)
{
  gsize length = MIN ((gsize) (end - at), PART_HEAD_MOST);
  const char *crlf = memmem (at, length, "\r\n\r\n", 4);
  const char *lf = memmem (at, length, "\n\n", 2);

  if (crlf != NULL && (lf == NULL || crlf < lf))
    {
      *content = crlf + 4;
      return crlf;
    }
  if (lf != NULL)
    *content = lf + 2;
  return lf;
}

/* Returns: (transfer full) (nullable): the header Content-Disposition of a part. */
static char *
dup_disposition (const char *head,
                 gsize       length)
{
  g_autofree char *text = rungs_form_data_dup_text (head, length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 50);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], "content-disposition:", 20) == 0)
      return g_strdup (g_strstrip (lines[i] + 20));
  return NULL;
}

static gboolean
add_part (GPtrArray   *fields,
          const char  *at,
          const char  *end,
          GError     **error)
{
  const char *content = NULL;
  const char *head_end = find_head_end (at, end, &content);
  g_autofree char *disposition = head_end ? dup_disposition (at, (gsize) (head_end - at)) : NULL;
  g_autofree char *name = disposition ? rungs_form_data_dup_parameter (disposition, "name") : NULL;
  g_autofree char *file = disposition ? rungs_form_data_dup_parameter (disposition, "filename")
                                      : NULL;
  char *value;

  if (name == NULL)
    return TRUE;
  value = file != NULL ? g_strdup ("")
                       : rungs_form_data_dup_text (content, (gsize) (end - content));
  return add_field (fields, g_steal_pointer (&name), value, g_steal_pointer (&file), error);
}

static char *
dup_boundary (const char  *type,
              GError     **error)
{
  g_autofree char *name = rungs_form_data_dup_parameter (type, "boundary");

  if (name != NULL && *name != '\0' && strlen (name) <= BOUNDARY_MOST)
    return g_strconcat ("--", name, NULL);
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("It does not say how its parts are told apart (no boundary)."));
  return NULL;
}

GPtrArray *
rungs_form_data_read_multipart (const char  *type,
                                const char  *body,
                                gsize        length,
                                GError     **error)
{
  g_autoptr (GPtrArray) fields
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_form_field_free);
  g_autofree char *boundary = NULL;
  const char *end = body + length;
  const char *at;

  g_return_val_if_fail (type != NULL && (body != NULL || length == 0), NULL);

  boundary = dup_boundary (type, error);
  if (boundary == NULL)
    return NULL;
  at = find_boundary (body, end, boundary, TRUE);
  while (at != NULL)
    {
      const char *part = at + strlen (boundary);
      const char *next, *part_end;

      if (end - part >= 2 && part[0] == '-' && part[1] == '-')
        return g_steal_pointer (&fields);
      part = memchr (part, '\n', (gsize) (end - part));
      next = part != NULL ? find_boundary (part + 1, end, boundary, FALSE) : NULL;
      if (next == NULL)
        break;
      part_end = next - 1;
      if (part_end > part + 1 && part_end[-1] == '\r')
        part_end--;
      if (part_end > part && !add_part (fields, part + 1, part_end, error))
        return NULL;
      at = next;
    }
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("It breaks off before its end, or is no form at all."));
  return NULL;
}

/* ---- JSON */

static gboolean
add_json (GPtrArray   *fields,
          const char  *name,
          JsonNode    *node,
          GError     **error)
{
  char *value = rungs_wire_json_dup_text (node);

  return value == NULL || add_field (fields, g_strdup (name), value, NULL, error);
}

static gboolean
add_member (GPtrArray   *fields,
            const char  *name,
            JsonNode    *node,
            GError     **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return add_json (fields, name, node, error);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!add_json (fields, name, json_array_get_element (array, i), error))
      return FALSE;
  return TRUE;
}

GPtrArray *
rungs_form_data_read_json (const char  *body,
                           gsize        length,
                           GError     **error)
{
  g_autoptr (JsonNode) root = rungs_wire_json_read (body, length, error);
  g_autoptr (GPtrArray) fields
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_form_field_free);
  JsonObjectIter members;
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
  json_object_iter_init_ordered (&members, json_node_get_object (root));
  while (json_object_iter_next_ordered (&members, &name, &node))
    if (!add_member (fields, name, node, error))
      return NULL;
  return g_steal_pointer (&fields);
}

/* ---- whichever it is */

GPtrArray *
rungs_form_data_read (const char  *type,
                      const char  *body,
                      gsize        length,
                      GError     **error)
{
  g_autofree char *media = g_ascii_strdown (type != NULL ? type : "", -1);

  media[strcspn (media, ";")] = '\0';
  if (strstr (media, "json") != NULL)
    return rungs_form_data_read_json (body, length, error);
  if (g_str_has_prefix (media, "multipart/"))
    return rungs_form_data_read_multipart (type, body, length, error);
  return rungs_form_data_read_urlencoded (body, length, error);
}

const char *
rungs_form_data_find (GPtrArray  *fields,
                      const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const RungsFormField *field = fields->pdata[i];

      if (strcmp (field->name, name) == 0)
        return field->value;
    }
  return NULL;
}
