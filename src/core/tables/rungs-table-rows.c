/* rungs-table-rows.c: rows that are put together value by value and wait until they are taken. */

#include "tables/rungs-table-rows.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  guint column;
  gsize at; /* in the text, where it ends with a NUL */
} Value;

/* A whole row, with its fields and their text behind it in one block. */
typedef struct
{
  RungsTableRow row;
  gsize size;
  gint64 times;
  const char *fields[];
} Waiting;

struct _RungsTableRows
{
  GQueue waiting; /* (element-type Waiting) */
  Waiting *taken; /* (owned) (nullable) */
  GString *text;  /* (owned) of the row that is put together */
  GArray *values; /* (owned) (element-type Value) */
  gint64 line;
  guint n_fields;
  const char *problem; /* (nullable) */
  gint64 bytes_taken;
};

RungsTableRows *
rungs_table_rows_new (void)
{
  RungsTableRows *self = g_new0 (RungsTableRows, 1);

  g_queue_init (&self->waiting);
  self->text = g_string_new (NULL);
  self->values = g_array_new (FALSE, FALSE, sizeof (Value));
  return self;
}

void
rungs_table_rows_free (RungsTableRows *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->waiting, g_free);
  g_string_free (self->text, TRUE);
  g_array_unref (self->values);
  g_free (self->taken);
  g_free (self);
}

void
rungs_table_rows_begin (RungsTableRows *self,
                        gint64          line)
{
  g_return_if_fail (self != NULL);

  g_string_truncate (self->text, 0);
  g_array_set_size (self->values, 0);
  self->line = line;
  self->n_fields = 0;
  self->problem = NULL;
}

void
rungs_table_rows_put (RungsTableRows *self,
                      gint64          column,
                      const char     *text,
                      gsize           length)
{
  Value value = { 0 };

  g_return_if_fail (self != NULL && column >= 0);

  if (length == 0)
    return;
  if (column >= RUNGS_TABLE_FIELDS_MAX)
    self->problem = _ ("the row has more than 16,384 fields");
  else if (length > RUNGS_TABLE_ROW_MAX || self->text->len + length > RUNGS_TABLE_ROW_MAX)
    self->problem = _ ("the row is longer than 1 MB");
  else
    {
      value = (Value) { column, self->text->len };
      g_array_append_val (self->values, value);
      g_string_append_len (self->text, text, length);
      g_string_append_c (self->text, '\0');
      self->n_fields = MAX (self->n_fields, value.column + 1);
    }
}

void
rungs_table_rows_refuse (RungsTableRows *self,
                         const char     *problem)
{
  g_return_if_fail (self != NULL);

  self->problem = problem;
}

/* One row as a block. A row with a problem has at least one field. */
static Waiting *
pack (RungsTableRows *self,
      gint64          times)
{
  guint n = MAX (self->n_fields, 1);
  gsize fields = n * sizeof (char *);
  Waiting *row = g_malloc (sizeof *row + fields + self->text->len + 1);
  char *text = (char *) row + sizeof *row + fields;

  memcpy (text, self->text->str, self->text->len);
  text[self->text->len] = '\0';
  for (guint i = 0; i < n; i++)
    row->fields[i] = text + self->text->len;
  for (guint i = 0; i < self->values->len; i++)
    {
      const Value *value = &g_array_index (self->values, Value, i);

      row->fields[value->column] = text + value->at;
    }
  row->times = times;
  row->size = self->text->len;
  row->row = (RungsTableRow) {
    .fields = row->fields,
    .n_fields = n,
    .line = self->line,
    .problem = self->problem,
  };
  return row;
}

gboolean
rungs_table_rows_end (RungsTableRows *self,
                      gint64          times)
{
  g_return_val_if_fail (self != NULL && times > 0, FALSE);

  if (self->n_fields == 0 && self->problem == NULL)
    return FALSE;
  g_queue_push_tail (&self->waiting, pack (self, times));
  return TRUE;
}

gboolean
rungs_table_rows_is_empty (RungsTableRows *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return g_queue_is_empty (&self->waiting) && (self->taken == NULL || self->taken->times <= 1);
}

const RungsTableRow *
rungs_table_rows_take (RungsTableRows *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->taken != NULL && self->taken->times > 1)
    {
      self->taken->times--;
      self->taken->row.line++;
      return &self->taken->row;
    }
  g_free (self->taken);
  self->taken = g_queue_pop_head (&self->waiting);
  return self->taken != NULL ? &self->taken->row : NULL;
}

const RungsTableRow *
rungs_table_rows_take_limited (RungsTableRows *self,
                               RungsZip       *zip,
                               GError        **error)
{
  const RungsTableRow *row = rungs_table_rows_take (self);

  if (row == NULL)
    return NULL;
  self->bytes_taken += self->taken->size;
  return rungs_zip_check_size (zip, self->bytes_taken, error) ? row : NULL;
}
