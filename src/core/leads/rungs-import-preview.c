/* rungs-import-preview.c: the first rows of a file as an import would take them. */

#include "leads/rungs-import-preview.h"

#include "leads/rungs-import-reader.h"

static void
preview_row_free (RungsImportPreviewRow *row)
{
  g_strfreev (row->fields);
  for (guint i = 0; i < RUNGS_IMPORT_N_TARGETS; i++)
    g_free (row->texts[i]);
  g_free (row->problem);
  g_free (row);
}

void
rungs_import_preview_free (RungsImportPreview *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->mapping, rungs_import_mapping_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_strfreev (self->sheets);
  g_free (self->sheet);
  g_free (self->recalled);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

static char **
dup_fields (const RungsTableRow *table,
            guint                n_columns)
{
  char **fields = g_new0 (char *, n_columns + 1);

  for (guint i = 0; i < n_columns; i++)
    fields[i] = g_strdup (i < table->n_fields ? table->fields[i] : "");
  return fields;
}

static char *
join_tags (const RungsImportRow *row)
{
  g_autoptr (GString) tag = g_string_new (NULL);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < row->n_tags; i++)
    {
      const char *at = row->tags[i];

      while (rungs_import_next_tag (&at, tag))
        g_string_append_printf (all, "%s%s", all->len > 0 ? ", " : "", tag->str);
    }
  return g_strdup (all->str);
}

static RungsImportPreviewRow *
preview_row (const RungsImportRow *row,
             guint                 n_columns)
{
  RungsImportPreviewRow *preview = g_new0 (RungsImportPreviewRow, 1);

  preview->line = row->table->line;
  preview->fields = dup_fields (row->table, n_columns);
  for (guint i = 0; i < RUNGS_IMPORT_N_TARGETS; i++)
    preview->texts[i] = i == RUNGS_IMPORT_TAGS ? join_tags (row) : g_strdup (row->texts[i]);
  preview->created_at = row->created_at;
  preview->status = row->status;
  preview->problem = g_strdup (row->problem);
  return preview;
}

static gboolean
read_rows (RungsImportPreview *self,
           RungsImportReader  *reader,
           guint               n_rows,
           GError            **error)
{
  guint n_columns = rungs_import_mapping_get_n_columns (self->mapping);
  g_autoptr (GError) failure = NULL;

  while (self->rows->len < n_rows)
    {
      const RungsImportRow *row = rungs_import_reader_next (reader, NULL, &failure);

      if (row == NULL)
        break;
      g_ptr_array_add (self->rows, preview_row (row, n_columns));
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

RungsImportPreview *
rungs_import_preview_new (const char               *path,
                          const RungsTableOptions  *options,
                          const RungsImportMapping *mapping,
                          GTimeZone                *zone,
                          gint64                    now,
                          guint                     n_rows,
                          GError                  **error)
{
  g_autoptr (RungsImportReader) reader = NULL;
  g_autoptr (RungsImportPreview) self = g_new0 (RungsImportPreview, 1);
  g_autofree char *base = NULL;
  RungsTableState state;

  g_return_val_if_fail (path != NULL, NULL);

  reader = rungs_import_reader_open (path, options, error);
  if (reader == NULL
      || (mapping != NULL && !rungs_import_reader_set_mapping (reader, mapping, error)))
    return NULL;
  base = g_path_get_basename (path);
  rungs_import_reader_set_time (reader, zone, now);
  rungs_import_reader_set_status (reader, rungs_import_status_of_file (base));

  self->mapping = rungs_import_mapping_copy (rungs_import_reader_get_mapping (reader));
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) preview_row_free);
  if (!read_rows (self, reader, n_rows, error))
    return NULL;
  rungs_table_reader_get_state (rungs_import_reader_get_table (reader), &state);
  self->kind = state.kind;
  self->delimiter = state.delimiter;
  self->encoding = state.encoding;
  self->sheet = g_strdup (state.sheet);
  self->sheets = rungs_table_list_sheets (path, error);
  return self->sheets != NULL ? g_steal_pointer (&self) : NULL;
}
