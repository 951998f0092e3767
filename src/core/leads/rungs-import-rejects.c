/* rungs-import-rejects.c: the rows that an import refused, in a file that can be mended. */

#include "leads/rungs-import-rejects.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/rungs-error.h"

#define FIRST_MAX 1000
#define TEXT_MAX 1000

struct _RungsImportRejects
{
  char *path;            /* (owned) (nullable) */
  char *part;            /* (owned) (nullable) what it is called until it is whole */
  char delimiter;
  GPtrArray *headings;   /* (owned) (element-type utf8) of the file that is imported */
  GOutputStream *stream; /* (owned) (nullable): of `part`, from the first row on */
  guint n_skipped;       /* columns after those that an earlier file of refused rows had */
  GString *line;         /* (owned) the one that is being written */
  guint n_written;       /* values in it */
  gboolean is_placed;    /* the file stands at `path`, but may have to go again */
  gint64 count;
  GPtrArray *first;      /* (owned) (element-type RungsImportReject) */
};

void
rungs_import_reject_free (RungsImportReject *self)
{
  g_free (self->reason);
  g_free (self->text);
  g_free (self);
}

RungsImportRejects *
rungs_import_rejects_new (const char               *path,
                          char                      delimiter,
                          const RungsImportMapping *mapping)
{
  RungsImportRejects *self = g_new0 (RungsImportRejects, 1);
  guint n = rungs_import_mapping_get_n_columns (mapping);

  self->n_skipped = rungs_import_mapping_has_reject_columns (mapping) ? 2 : 0;
  n -= self->n_skipped;
  self->path = g_strdup (path);
  self->part = path != NULL ? g_strconcat (path, ".part", NULL) : NULL;
  self->delimiter = delimiter != '\0' ? delimiter : ',';
  self->headings = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->headings,
                     g_strdup (rungs_import_mapping_get_column (mapping, i)->heading));
  self->line = g_string_new (NULL);
  self->first = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_import_reject_free);
  return self;
}

void
rungs_import_rejects_free (RungsImportRejects *self)
{
  if (self == NULL)
    return;
  if (self->stream != NULL)
    {
      g_object_unref (self->stream);
      g_unlink (self->part);
    }
  if (self->is_placed)
    g_unlink (self->path);
  g_ptr_array_unref (self->headings);
  g_ptr_array_unref (self->first);
  g_string_free (self->line, TRUE);
  g_free (self->path);
  g_free (self->part);
  g_free (self);
}

static void
append_value (RungsImportRejects *self,
              const char         *value)
{
  if (self->n_written++ > 0)
    g_string_append_c (self->line, self->delimiter);
  if (strpbrk (value, "\"\r\n") == NULL && strchr (value, self->delimiter) == NULL && *value != ' ')
    {
      g_string_append (self->line, value);
      return;
    }
  g_string_append_c (self->line, '"');
  for (; *value != '\0'; value++)
    {
      if (*value == '"')
        g_string_append_c (self->line, '"');
      g_string_append_c (self->line, *value);
    }
  g_string_append_c (self->line, '"');
}

static gboolean
write_line (RungsImportRejects *self,
            GError            **error)
{
  g_string_append (self->line, "\r\n");
  if (!g_output_stream_write_all (self->stream, self->line->str, self->line->len, NULL, NULL,
                                  error))
    {
      g_prefix_error (error, _ ("The refused rows cannot be written: "));
      return FALSE;
    }
  g_string_truncate (self->line, 0);
  self->n_written = 0;
  return TRUE;
}

static gboolean
open_file (RungsImportRejects *self,
           GError            **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->part);
  g_autoptr (GFileOutputStream) stream
      = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error);

  if (stream == NULL)
    {
      g_prefix_error (error, _ ("The refused rows cannot be written: "));
      return FALSE;
    }
  self->stream = g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (stream), 64 * 1024);
  for (guint i = 0; i < self->headings->len; i++)
    append_value (self, g_ptr_array_index (self->headings, i));
  append_value (self, "Line");
  append_value (self, "Reason");
  g_string_prepend (self->line, "\xef\xbb\xbf");
  return write_line (self, error);
}

/* Fields beyond the heading are put together with the last one, so that none is lost. */
static void
append_fields (RungsImportRejects  *self,
               const RungsTableRow *row)
{
  guint n = self->headings->len;
  g_autoptr (GString) last = g_string_new (row->n_fields >= n ? row->fields[n - 1] : "");

  for (guint i = n + self->n_skipped; i < row->n_fields; i++)
    g_string_append_printf (last, "%c%s", self->delimiter, row->fields[i]);
  for (guint i = 0; i + 1 < n; i++)
    append_value (self, i < row->n_fields ? row->fields[i] : "");
  append_value (self, last->str);
}

/* The values of a row of no text. */
static char *
join_fields (const RungsTableRow *row)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < row->n_fields && text->len < TEXT_MAX; i++)
    if (*row->fields[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", row->fields[i]);
  return g_utf8_make_valid (text->str, MIN (text->len, TEXT_MAX));
}

static void
remember (RungsImportRejects  *self,
          const RungsTableRow *row,
          const char          *reason)
{
  g_autofree char *made = row->raw == NULL ? join_fields (row) : NULL;
  RungsImportReject *reject;

  if (self->first->len == FIRST_MAX)
    return;
  reject = g_new0 (RungsImportReject, 1);
  reject->line = row->line;
  reject->reason = g_strdup (reason);
  reject->text = made != NULL ? g_steal_pointer (&made)
                              : g_utf8_make_valid (row->raw, MIN (row->raw_length, TEXT_MAX));
  g_ptr_array_add (self->first, reject);
}

gboolean
rungs_import_rejects_add (RungsImportRejects  *self,
                          const RungsTableRow *row,
                          const char          *reason,
                          GError             **error)
{
  g_autofree char *line = NULL;

  g_return_val_if_fail (self != NULL && row != NULL && reason != NULL, FALSE);

  self->count++;
  remember (self, row, reason);
  if (self->path == NULL)
    return TRUE;
  if (self->stream == NULL && !open_file (self, error))
    return FALSE;
  line = g_strdup_printf ("%" G_GINT64_FORMAT, row->line);
  append_fields (self, row);
  append_value (self, line);
  append_value (self, reason);
  return write_line (self, error);
}

gboolean
rungs_import_rejects_close (RungsImportRejects *self,
                            GError            **error)
{
  g_autoptr (GOutputStream) stream = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  stream = g_steal_pointer (&self->stream);
  if (stream == NULL)
    return TRUE;
  if (g_output_stream_close (stream, NULL, error))
    {
      self->is_placed = g_rename (self->part, self->path) == 0;
      if (self->is_placed)
        return TRUE;
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
    }
  g_unlink (self->part);
  g_prefix_error (error, _ ("The refused rows cannot be written: "));
  return FALSE;
}

void
rungs_import_rejects_keep (RungsImportRejects *self)
{
  g_return_if_fail (self != NULL);

  self->is_placed = FALSE;
}

gint64
rungs_import_rejects_get_count (RungsImportRejects *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->count;
}

GPtrArray *
rungs_import_rejects_get_first (RungsImportRejects *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->first;
}
