/* rungs-raw-delivery.c: one request of a form, a shop or a mail provider, as it came in. */

#include "wire/rungs-raw-delivery.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "wire/rungs-form-data.h"

#define MAGIC "rungs-delivery 1"

static void
header_free (RungsRawHeader *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

RungsRawDelivery *
rungs_raw_delivery_new (const char *method,
                        const char *path,
                        const char *address,
                        gint64      received_at)
{
  RungsRawDelivery *self = g_new0 (RungsRawDelivery, 1);

  g_return_val_if_fail (method != NULL && path != NULL, NULL);

  self->method = g_strdup (method);
  self->path = g_strdup (path);
  self->headers = g_ptr_array_new_with_free_func ((GDestroyNotify) header_free);
  self->body = g_bytes_new_static ("", 0);
  self->address = g_strdup (address ? address : "");
  self->received_at = received_at;
  return self;
}

void
rungs_raw_delivery_free (RungsRawDelivery *self)
{
  if (self == NULL)
    return;
  g_free (self->method);
  g_free (self->path);
  g_ptr_array_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self->address);
  g_free (self);
}

/* Whether it can stand in a line. */
static gboolean
is_line (const char *text)
{
  return strlen (text) <= RUNGS_RAW_LINE_MOST && strpbrk (text, "\r\n") == NULL;
}

/* Each byte as the character of that number. */
static char *
dup_utf8 (const char *text)
{
  GString *wide;

  if (g_utf8_validate (text, -1, NULL))
    return g_strdup (text);
  wide = g_string_new (NULL);
  for (const char *at = text; *at != '\0'; at++)
    g_string_append_unichar (wide, (guchar) *at);
  return g_string_free (wide, FALSE);
}

gboolean
rungs_raw_delivery_add_header (RungsRawDelivery *self,
                               const char       *name,
                               const char       *value)
{
  RungsRawHeader *header;

  g_return_val_if_fail (self != NULL && name != NULL && value != NULL, FALSE);

  if (*name == '\0' || strpbrk (name, ": \t") != NULL || !is_line (name) || !is_line (value)
      || self->headers->len >= RUNGS_RAW_HEADERS_MOST)
    return FALSE;
  header = g_new0 (RungsRawHeader, 1);
  header->name = dup_utf8 (name);
  header->value = g_strstrip (dup_utf8 (value));
  g_ptr_array_add (self->headers, header);
  return TRUE;
}

void
rungs_raw_delivery_set_body (RungsRawDelivery *self,
                             GBytes           *body)
{
  g_return_if_fail (self != NULL && body != NULL);

  g_bytes_ref (body);
  g_bytes_unref (self->body);
  self->body = body;
}

const char *
rungs_raw_delivery_get_header (const RungsRawDelivery *self,
                               const char             *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->headers->len; i++)
    {
      const RungsRawHeader *header = g_ptr_array_index (self->headers, i);

      if (g_ascii_strcasecmp (header->name, name) == 0)
        return header->value;
    }
  return NULL;
}

char *
rungs_raw_delivery_dup_path (const RungsRawDelivery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strndup (self->path, strcspn (self->path, "?"));
}

char *
rungs_raw_delivery_dup_query (const RungsRawDelivery *self,
                              const char             *name)
{
  g_autoptr (GPtrArray) fields = NULL;
  const char *mark;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  mark = strchr (self->path, '?');
  if (mark == NULL)
    return NULL;
  fields = rungs_form_data_read_urlencoded (mark + 1, strlen (mark + 1), NULL);
  return g_strdup (rungs_form_data_find (fields, name));
}

char *
rungs_raw_delivery_dup_headers (const RungsRawDelivery *self)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->headers->len; i++)
    {
      const RungsRawHeader *header = g_ptr_array_index (self->headers, i);

      g_string_append_printf (lines, "%s: %s\n", header->name, header->value);
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/* Adds "Name: value". */
static gboolean
add_line (RungsRawDelivery *self,
          const char       *line)
{
  const char *colon = strchr (line, ':');
  g_autofree char *name = colon != NULL ? g_strndup (line, (gsize) (colon - line)) : NULL;

  return name != NULL && rungs_raw_delivery_add_header (self, name, colon + 1);
}

gboolean
rungs_raw_delivery_add_headers (RungsRawDelivery *self,
                                const char       *lines)
{
  g_auto (GStrv) each = NULL;

  g_return_val_if_fail (self != NULL && lines != NULL, FALSE);

  each = g_strsplit (lines, "\n", -1);
  for (guint i = 0; each[i] != NULL; i++)
    if (*each[i] != '\0' && !add_line (self, each[i]))
      return FALSE;
  return TRUE;
}

GBytes *
rungs_raw_delivery_to_bytes (const RungsRawDelivery *self)
{
  GString *text = g_string_new (MAGIC "\n");
  gsize length = 0;
  const char *body;

  g_return_val_if_fail (self != NULL, NULL);

  body = g_bytes_get_data (self->body, &length);
  g_string_append_printf (text, "received-at: %" G_GINT64_FORMAT "\naddress: %s\nrequest: %s %s\n",
                          self->received_at, self->address, self->method, self->path);
  for (guint i = 0; i < self->headers->len; i++)
    {
      const RungsRawHeader *header = g_ptr_array_index (self->headers, i);

      g_string_append_printf (text, "header: %s: %s\n", header->name, header->value);
    }
  g_string_append_printf (text, "body: %" G_GSIZE_FORMAT "\n\n", length);
  g_string_append_len (text, body, (gssize) length);
  g_string_append_c (text, '\n');
  return g_string_free_to_bytes (text);
}

/* ---- reading */

typedef struct
{
  const char *at;
  const char *end;
} Reader;

/* The next line, without its end. Returns: (nullable): NULL where there is none, or it is none. */
static char *
read_line (Reader *reader)
{
  gsize most = MIN ((gsize) (reader->end - reader->at), 2 * RUNGS_RAW_LINE_MOST);
  const char *line_end = most > 0 ? memchr (reader->at, '\n', most) : NULL;
  char *line;

  if (line_end == NULL || memchr (reader->at, '\0', (gsize) (line_end - reader->at)) != NULL)
    return NULL;
  line = g_strndup (reader->at, (gsize) (line_end - reader->at));
  reader->at = line_end + 1;
  return line;
}

/* What stands behind "WORD: ". */
static const char *
get_after (const char *line,
           const char *word)
{
  gsize length = strlen (word);

  if (strncmp (line, word, length) != 0 || strncmp (line + length, ": ", 2) != 0)
    return NULL;
  return line + length + 2;
}

static gboolean
read_request (RungsRawDelivery *self,
              const char       *request)
{
  const char *space = strchr (request, ' ');

  if (space == NULL || space == request || space[1] == '\0' || *self->method != '\0'
      || !g_utf8_validate (request, -1, NULL) || !is_line (request))
    return FALSE;
  g_free (self->method);
  g_free (self->path);
  self->method = g_strndup (request, (gsize) (space - request));
  self->path = g_strdup (space + 1);
  return TRUE;
}

/* `length` gets the body's; -1 before it was told. */
static gboolean
take_line (RungsRawDelivery *self,
           const char       *line,
           gint64           *length)
{
  guint64 number = 0;
  const char *text;

  if ((text = get_after (line, "received-at")) != NULL)
    return g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &self->received_at, NULL);
  if ((text = get_after (line, "address")) != NULL)
    {
      g_free (self->address);
      self->address = dup_utf8 (text);
      return TRUE;
    }
  if ((text = get_after (line, "request")) != NULL)
    return read_request (self, text);
  if ((text = get_after (line, "header")) != NULL)
    return add_line (self, text);
  if ((text = get_after (line, "body")) == NULL)
    return strchr (line, ':') != NULL;
  if (!g_ascii_string_to_unsigned (text, 10, 0, RUNGS_RAW_BODY_MOST, &number, NULL))
    return FALSE;
  *length = (gint64) number;
  return TRUE;
}

static gboolean
read_head (RungsRawDelivery *self,
           Reader           *reader,
           gint64           *length)
{
  g_autofree char *magic = read_line (reader);

  if (magic == NULL || strcmp (magic, MAGIC) != 0)
    return FALSE;
  while (*length < 0)
    {
      g_autofree char *line = read_line (reader);

      if (line == NULL || !take_line (self, line, length))
        return FALSE;
    }
  return *self->method != '\0' && reader->at < reader->end && *reader->at++ == '\n';
}

RungsRawDelivery *
rungs_raw_delivery_from_bytes (const char  *bytes,
                               gsize        length,
                               gsize       *used,
                               GError     **error)
{
  g_autoptr (RungsRawDelivery) self = rungs_raw_delivery_new ("", "", "", -1);
  Reader reader = { bytes, bytes + length };
  gint64 body = -1;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);
  g_return_val_if_fail (used != NULL, NULL);

  if (length == 0 || !read_head (self, &reader, &body) || self->received_at < 0
      || reader.end - reader.at <= body || reader.at[body] != '\n')
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("This is no delivery, or not all of one."));
      return NULL;
    }
  g_bytes_unref (self->body);
  self->body = g_bytes_new (reader.at, (gsize) body);
  *used = (gsize) (reader.at - bytes) + (gsize) body + 1;
  return g_steal_pointer (&self);
}
