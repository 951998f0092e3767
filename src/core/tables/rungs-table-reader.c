/* rungs-table-reader.c: the rows of a table, one after the other, whatever file they are in. */

#include "tables/rungs-table-reader.h"

#include "tables/rungs-csv-reader.h"

struct _RungsTableReader
{
  const RungsTableReaderClass *klass;
  gpointer self; /* (owned) */
};

static const RungsTableRow *
csv_next (gpointer      self,
          GCancellable *cancellable,
          GError      **error)
{
  return rungs_csv_reader_next (self, cancellable, error);
}

static void
csv_get_state (gpointer         self,
               RungsTableState *state)
{
  RungsTextDecoder *decoder = rungs_csv_reader_get_decoder (self);
  gint64 size = rungs_text_decoder_get_size (decoder);

  state->kind = RUNGS_TABLE_CSV;
  state->encoding = rungs_text_decoder_get_encoding (decoder);
  state->delimiter = rungs_csv_reader_get_delimiter (self);
  state->replaced = rungs_text_decoder_get_replaced (decoder);
  state->position = rungs_text_decoder_get_position (decoder);
  state->fraction = size > 0 ? (double) state->position / size : 1;
}

static void
csv_free (gpointer self)
{
  rungs_csv_reader_free (self);
}

static const RungsTableReaderClass CSV = { csv_next, csv_get_state, csv_free };

static RungsTableReader *
open_csv (const char              *path,
          const RungsTableOptions *options,
          GError                 **error)
{
  RungsTextDecoder *decoder = rungs_text_decoder_open (path, options->encoding, error);
  RungsCsvReader *csv;

  if (decoder == NULL)
    return NULL;
  csv = rungs_csv_reader_new (decoder, options->delimiter, error);
  return csv != NULL ? rungs_table_reader_new (&CSV, csv) : NULL;
}

RungsTableReader *
rungs_table_reader_new (const RungsTableReaderClass *klass,
                        gpointer                     self)
{
  RungsTableReader *reader;

  g_return_val_if_fail (klass != NULL && self != NULL, NULL);

  reader = g_new0 (RungsTableReader, 1);
  reader->klass = klass;
  reader->self = self;
  return reader;
}

RungsTableReader *
rungs_table_reader_open (const char              *path,
                         const RungsTableOptions *options,
                         GError                 **error)
{
  g_return_val_if_fail (path != NULL && options != NULL, NULL);

  return open_csv (path, options, error);
}

void
rungs_table_reader_free (RungsTableReader *self)
{
  if (self == NULL)
    return;
  self->klass->free (self->self);
  g_free (self);
}

const RungsTableRow *
rungs_table_reader_next (RungsTableReader *self,
                         GCancellable     *cancellable,
                         GError          **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->klass->next (self->self, cancellable, error);
}

void
rungs_table_reader_get_state (RungsTableReader *self,
                              RungsTableState  *state)
{
  g_return_if_fail (self != NULL && state != NULL);

  *state = (RungsTableState) { 0 };
  self->klass->get_state (self->self, state);
}
