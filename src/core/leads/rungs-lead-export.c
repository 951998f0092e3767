/* rungs-lead-export.c: leads in a file, for a spreadsheet, a program or an address book. */

#include "leads/rungs-lead-export.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "leads/rungs-lead-export-column.h"
#include "leads/rungs-lead-export-store.h"
#include "tables/rungs-table-cell.h"
#include "tables/rungs-vcard-line.h"

#define BUFFER_BYTES (256 * 1024)
#define PROGRESS_ROWS 256

static const char *const FORMATS[] = { "csv", "json", "vcard", NULL };

/* The first so many names of columns are those of a whole file; the others say the same again. */
#define WHOLE 19

/* An export under way. */
typedef struct
{
  RungsDb *db;
  const RungsLeadExport *export;
  GCancellable *cancellable; /* (nullable) */
  GOutputStream *stream;     /* (owned) */
  GArray *columns;           /* (owned) (element-type RungsLeadExportColumn): of CSV */
  GStringChunk *names;       /* (owned): of them */
  GPtrArray *fields;         /* (owned) (element-type RungsField) */
  GString *buffer;           /* (owned) */
  gint64 written;
} Export;

const char *const *
rungs_lead_export_formats (void)
{
  return FORMATS;
}

static void
export_clear (Export *self)
{
  g_clear_object (&self->stream);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->names, g_string_chunk_free);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_string_free (self->buffer, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

/* ---- CSV */

static void
append_cell (Export     *self,
             guint       column,
             const char *text)
{
  if (column > 0)
    g_string_append_c (self->buffer, self->export->delimiter ? self->export->delimiter : ',');
  rungs_table_append_csv (self->buffer, text);
}

/* Whether a column is headed so, whatever it shows. */
static gboolean
is_heading (const char *label)
{
  const char *const *names = rungs_lead_export_column_names ();

  for (guint i = 0; i < WHOLE; i++)
    if (g_ascii_strcasecmp (rungs_lead_export_column_heading (names[i]), label) == 0)
      return TRUE;
  return FALSE;
}

/* A field is headed by its label, or by its key where the label is that of another column. */
static const char *
heading_of (Export           *self,
            const RungsField *field)
{
  if (is_heading (field->label))
    return field->key;
  for (guint i = 0; i < self->fields->len; i++)
    {
      const RungsField *other = g_ptr_array_index (self->fields, i);

      if (other != field && g_ascii_strcasecmp (other->label, field->label) == 0)
        return field->key;
    }
  return field->label;
}

static void
add_column (Export     *self,
            const char *name,
            const char *heading)
{
  RungsLeadExportColumn column = { g_string_chunk_insert (self->names, name),
                                   g_string_chunk_insert (self->names, heading) };

  g_array_append_val (self->columns, column);
}

/* All that there is of a lead: a file that is imported again makes the same leads. */
static void
add_all_columns (Export *self)
{
  const char *const *names = rungs_lead_export_column_names ();
  const char *const *headings = self->export->headings;

  for (guint i = 0; i < WHOLE; i++)
    add_column (self, names[i],
                headings ? headings[i] : rungs_lead_export_column_heading (names[i]));
  for (guint i = 0; i < self->fields->len; i++)
    {
      const RungsField *field = g_ptr_array_index (self->fields, i);
      g_autofree char *name = g_strconcat ("field.", field->key, NULL);

      add_column (self, name, heading_of (self, field));
    }
}

/* (nullable): the heading of a column that was asked for; NULL: there is no such column. */
static const char *
heading_named (Export     *self,
               const char *name)
{
  const char *key = rungs_lead_export_column_key (name);

  for (guint i = 0; key != NULL && i < self->fields->len; i++)
    {
      const RungsField *field = g_ptr_array_index (self->fields, i);

      if (g_str_equal (field->key, key))
        return heading_of (self, field);
    }
  return key == NULL ? rungs_lead_export_column_heading (name) : NULL;
}

static gboolean
add_chosen_columns (Export  *self,
                    GError **error)
{
  for (guint i = 0; i < self->export->n_columns; i++)
    {
      const RungsLeadExportColumn *column = &self->export->columns[i];
      const char *heading = heading_named (self, column->name);

      if (heading == NULL)
        {
          g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("leads have no column “%s”"), column->name);
          return FALSE;
        }
      add_column (self, column->name, column->heading ? column->heading : heading);
    }
  return TRUE;
}

static gboolean
choose_columns (Export  *self,
                GError **error)
{
  self->columns = g_array_new (FALSE, FALSE, sizeof (RungsLeadExportColumn));
  self->names = g_string_chunk_new (512);
  if (self->export->n_columns > 0)
    return add_chosen_columns (self, error);
  add_all_columns (self);
  return TRUE;
}

/* With a byte order mark, for Excel. */
static void
append_csv_headings (Export *self)
{
  g_string_append (self->buffer, "\xef\xbb\xbf");
  for (guint i = 0; i < self->columns->len; i++)
    append_cell (self, i, g_array_index (self->columns, RungsLeadExportColumn, i).heading);
  g_string_append (self->buffer, "\r\n");
}

static void
append_csv_row (Export                   *self,
                const RungsLeadExportRow *row)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      g_autofree char *text = rungs_lead_export_column_dup (
          row, g_array_index (self->columns, RungsLeadExportColumn, i).name);

      append_cell (self, i, text);
    }
  g_string_append (self->buffer, "\r\n");
}

/* ---- JSON */

static void
append_member (GString    *line,
               const char *name,
               const char *value)
{
  g_string_append_printf (line, ",\"%s\":", name);
  rungs_table_append_json (line, value);
}

/* A text that is a list of names with `mark` between them, as an array. */
static void
append_names (GString    *line,
              const char *text,
              const char *mark)
{
  g_auto (GStrv) names = g_strsplit (text, mark, -1);

  g_string_append_c (line, '[');
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_string_append (line, i > 0 ? "," : "");
      rungs_table_append_json (line, names[i]);
    }
  g_string_append_c (line, ']');
}

static void
append_values (GString         *line,
               const GPtrArray *values)
{
  g_string_append (line, ",\"fields\":{");
  for (guint i = 0; i < values->len; i++)
    {
      const RungsFieldValue *value = g_ptr_array_index ((GPtrArray *) values, i);

      g_string_append (line, i > 0 ? "," : "");
      rungs_table_append_json (line, value->key);
      g_string_append_c (line, ':');
      if (value->kind == RUNGS_FIELD_SEVERAL)
        append_names (line, value->text, "; ");
      else
        rungs_table_append_json (line, value->text);
    }
  g_string_append_c (line, '}');
}

static void
append_json_row (Export                   *self,
                 const RungsLeadExportRow *row)
{
  static const char *const CONSENT[] = { NULL, "given", "withdrawn" };
  const char *suppressed = rungs_suppressed_to_text (row->suppressed);
  g_autofree char *created = rungs_time_format (row->lead->created_at);
  g_autofree char *consent_at = row->consent_at ? rungs_time_format (row->consent_at) : NULL;

  g_string_append_printf (self->buffer, "%s{\"id\":%" G_GINT64_FORMAT,
                          self->written > 0 ? ",\n" : "", row->lead->id);
  append_member (self->buffer, "email", row->lead->email);
  for (const char *const *column = rungs_lead_columns () + 1; *column != NULL; column++)
    append_member (self->buffer, *column, rungs_lead_get (row->lead, *column));
  g_string_append_printf (self->buffer, ",\"score\":%" G_GINT64_FORMAT, row->lead->score);
  append_member (self->buffer, "created_at", created);
  g_string_append (self->buffer, ",\"tags\":");
  append_names (self->buffer, row->tags, ", ");
  append_member (self->buffer, "source", row->source);
  append_member (self->buffer, "consent", CONSENT[row->consent]);
  append_member (self->buffer, "consent_at", consent_at);
  append_member (self->buffer, "suppressed", *suppressed != '\0' ? suppressed : NULL);
  append_values (self->buffer, row->values);
  g_string_append_c (self->buffer, '}');
}

/* ---- vCard */

static void
append_name (GString         *card,
             const RungsLead *lead)
{
  g_autofree char *name = rungs_lead_dup_name (lead);
  const char *parts[] = { lead->last_name, lead->first_name, "", "", "" };
  const char *address[]
      = { "", "", lead->street, lead->city, lead->region, lead->postcode, lead->country };

  /* A card must have a name. */
  rungs_vcard_append_text (card, "FN", *name != '\0' ? name : "?");
  rungs_vcard_append (card, "N", parts, G_N_ELEMENTS (parts), ';');
  rungs_vcard_append_text (card, "ORG", lead->company);
  rungs_vcard_append (card, "ADR", address, G_N_ELEMENTS (address), ';');
}

static void
append_tag_list (GString    *card,
                 const char *tags)
{
  g_auto (GStrv) names = g_strsplit (tags, ", ", -1);

  rungs_vcard_append (card, "CATEGORIES", (const char *const *) names, g_strv_length (names), ',');
}

/* "X-RUNGS-DOGS-NAME" of dogs_name; a birthday has a property of its own. */
static void
append_own_field (GString               *card,
                  const RungsFieldValue *value)
{
  static const char *const BIRTHDAYS[]
      = { "birthday", "birth_date", "date_of_birth", "geburtstag", "geburtsdatum", NULL };
  g_autofree char *upper = g_ascii_strup (value->key, -1);
  g_autofree char *name = NULL;

  if (g_strv_contains (BIRTHDAYS, value->key) && strlen (value->value) == 10)
    {
      rungs_vcard_append_text (card, "BDAY", value->value);
      return;
    }
  g_strdelimit (upper, "_", '-');
  name = g_strconcat ("X-RUNGS-", upper, NULL);
  rungs_vcard_append_text (card, name, value->text);
}

/* What cards have no property for is named as the columns of the table are: "Agreed on". */
static void
append_card (Export                   *self,
             const RungsLeadExportRow *row)
{
  const RungsLead *lead = row->lead;
  g_autofree char *created = rungs_time_format (lead->created_at);
  g_autofree char *agreed = rungs_lead_export_agreed_on (row);

  g_string_append (self->buffer, "BEGIN:VCARD\r\nVERSION:4.0\r\n");
  append_name (self->buffer, lead);
  rungs_vcard_append_text (self->buffer, "EMAIL", lead->email ? lead->email : "");
  rungs_vcard_append_text (self->buffer, "TEL", lead->phone);
  rungs_vcard_append_text (self->buffer, "LANG", lead->language);
  rungs_vcard_append_text (self->buffer, "TZ", lead->zone);
  rungs_vcard_append_text (self->buffer, "NOTE", lead->notes);
  append_tag_list (self->buffer, row->tags);
  for (guint i = 0; i < row->values->len; i++)
    append_own_field (self->buffer, g_ptr_array_index (row->values, i));
  rungs_vcard_append_text (self->buffer, "X-RUNGS-KNOWN-SINCE", created);
  rungs_vcard_append_text (self->buffer, "X-RUNGS-STATUS", rungs_lead_export_status_of (row));
  rungs_vcard_append_text (self->buffer, "X-RUNGS-AGREED-ON", agreed);
  rungs_vcard_append_text (self->buffer, "X-RUNGS-RUNGS-SOURCE",
                           row->source ? row->source : "");
  g_string_append (self->buffer, "END:VCARD\r\n");
}

/* ---- the file */

static gboolean
write_buffer (Export  *self,
              GError **error)
{
  GError *failure = NULL;
  gboolean written = g_output_stream_write_all (self->stream, self->buffer->str, self->buffer->len,
                                                NULL, self->cancellable, &failure);

  g_string_truncate (self->buffer, 0);
  if (written)
    return TRUE;
  if (!rungs_error_is_cancelled (failure))
    g_prefix_error (&failure, _ ("The file cannot be written: "));
  g_propagate_error (error, failure);
  return FALSE;
}

static void
append_row (Export                   *self,
            const RungsLeadExportRow *row)
{
  switch (self->export->format)
    {
    case RUNGS_LEAD_EXPORT_JSON:
      append_json_row (self, row);
      break;
    case RUNGS_LEAD_EXPORT_VCARD:
      append_card (self, row);
      break;
    case RUNGS_LEAD_EXPORT_CSV:
    default:
      append_csv_row (self, row);
    }
  self->written++;
}

static void
tell (Export *self,
      guint   done)
{
  if (self->export->progress != NULL && done % PROGRESS_ROWS == 0)
    self->export->progress (done, self->export->leads->len, self->export->progress_data);
}

static gboolean
write_rows (Export  *self,
            GError **error)
{
  for (guint i = 0; i < self->export->leads->len; i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (RungsLeadExportRow) row = rungs_lead_export_row_load (
          self->db, g_array_index (self->export->leads, gint64, i), &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (row != NULL)
        append_row (self, row);
      if (self->buffer->len >= BUFFER_BYTES && !write_buffer (self, error))
        return FALSE;
      tell (self, i + 1);
    }
  return TRUE;
}

static gboolean
write_all (Export  *self,
           GError **error)
{
  gboolean is_json = self->export->format == RUNGS_LEAD_EXPORT_JSON;

  if (self->export->format == RUNGS_LEAD_EXPORT_CSV)
    append_csv_headings (self);
  g_string_append (self->buffer, is_json ? "[\n" : "");
  if (!write_rows (self, error))
    return FALSE;
  g_string_append (self->buffer, is_json ? "\n]\n" : "");
  return write_buffer (self, error)
         && g_output_stream_close (self->stream, self->cancellable, error);
}

/* Closing it as cancelled leaves what was there before in its place. */
static void
abandon (Export *self)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_output_stream_close (self->stream, cancelled, NULL);
}

gint64
rungs_lead_export_write (RungsDb               *db,
                         const RungsLeadExport *export,
                         GCancellable          *cancellable,
                         GError               **error)
{
  g_auto (Export) self = { .db = db, .export = export, .cancellable = cancellable };
  g_autoptr (GFile) file = NULL;

  g_return_val_if_fail (db != NULL && export != NULL, -1);
  g_return_val_if_fail (export->path != NULL && export->leads != NULL, -1);

  self.buffer = g_string_sized_new (BUFFER_BYTES);
  self.fields = rungs_field_list (db, error);
  if (self.fields == NULL || !choose_columns (&self, error))
    return -1;
  file = g_file_new_for_path (export->path);
  self.stream = G_OUTPUT_STREAM (
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, cancellable, error));
  if (self.stream == NULL)
    {
      g_prefix_error (error, _ ("The file cannot be written: "));
      return -1;
    }
  if (write_all (&self, error))
    return self.written;
  abandon (&self);
  return -1;
}
