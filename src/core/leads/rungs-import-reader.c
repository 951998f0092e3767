/* rungs-import-reader.c: a file of leads, row by row, as what each row says of a lead.
 *
 * The values of a row are lent from the table's reader's buffer wherever they are clean; those that
 * must be trimmed or put on one line are copied to `copies`, which lives for one row. So a million
 * rows cost no million allocations. */

#include "leads/rungs-import-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "leads/rungs-import-date.h"
#include "leads/rungs-import-heading.h"
#include "tables/rungs-table-cell.h"

#define SAMPLE_ROWS 1000
#define COLUMNS_MAX 1000
#define SAMPLE_BYTES (8 * 1024 * 1024)
#define DAY_MS G_GINT64_CONSTANT (86400000)

struct _RungsImportReader
{
  char *path;                  /* (owned) */
  RungsTableOptions options;   /* as asked for; its texts are owned */
  RungsTableReader *table;     /* (owned) */
  RungsImportMapping *mapping; /* (owned) */
  guint n_columns;
  gboolean is_csv;
  gboolean is_own;             /* Rungs wrote the file: its apostrophes are taken away again */
  guint *filled;               /* (owned) of each column: rows of the sample that have a value */
  RungsDateOrder *orders;      /* (owned) of each column */
  GTimeZone *zone;             /* (owned) (nullable) */
  gint64 now;
  RungsImportStatus status;    /* of the whole file */
  gint64 unread_dates;
  GHashTable *zones;           /* (owned) names met so far: whether the system knows them */
  GStringChunk *copies;        /* (owned) of the row */
  GArray *values;              /* (owned) (element-type RungsImportValue) of the row */
  GPtrArray *tags;             /* (owned) (element-type utf8) of the row */
  char *refusal;               /* (owned) (nullable) of the row */
  RungsImportRow row;
};

static gboolean
open_table (RungsImportReader *self,
            GError           **error)
{
  g_clear_pointer (&self->table, rungs_table_reader_free);
  self->table = rungs_table_reader_open (self->path, &self->options, error);
  return self->table != NULL;
}

static gboolean
read_headings (RungsImportReader *self,
               GPtrArray         *headings,
               GError           **error)
{
  g_autoptr (GError) failure = NULL;
  const RungsTableRow *row = rungs_table_reader_next (self->table, NULL, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (row == NULL || row->problem != NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("The file has no headings%s%s."),
                   row != NULL ? ": " : _ ("; it is empty"), row != NULL ? row->problem : "");
      return FALSE;
    }
  if (row->n_fields > COLUMNS_MAX)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("The file has %u columns. A list of people has no more than 1,000; leave out "
                      "those that are not needed."),
                   row->n_fields);
      return FALSE;
    }
  self->is_own = FALSE;
  for (guint i = 0; i < row->n_fields; i++)
    self->is_own |= rungs_import_heading_is_own (row->fields[i]);
  for (guint i = 0; i < row->n_fields; i++)
    {
      char *heading = g_strdup (row->fields[i]);

      if (self->is_own)
        rungs_table_unguard (heading);
      g_ptr_array_add (headings, heading);
    }
  return TRUE;
}

/* How many bytes the row has. */
static gsize
sample_row (RungsImportReader   *self,
            const RungsTableRow *row)
{
  gsize size = 0;

  for (guint i = 0; i < MIN (row->n_fields, self->n_columns); i++)
    {
      if (*row->fields[i] == '\0')
        continue;
      size += strlen (row->fields[i]);
      self->filled[i]++;
      if (self->orders[i] == RUNGS_DATE_EITHER)
        self->orders[i] = rungs_import_date_tell_order (row->fields[i]);
    }
  return size;
}

static gint64
bytes_read (RungsImportReader *self)
{
  RungsTableState state;

  rungs_table_reader_get_state (self->table, &state);
  return state.position;
}

/* What was found out holds for the second reading too. */
static void
keep_delimiter (RungsImportReader *self)
{
  RungsTableState state;

  rungs_table_reader_get_state (self->table, &state);
  self->options.delimiter = state.delimiter;
  self->is_csv = state.kind == RUNGS_TABLE_CSV;
}

/* Looks at the first rows, then begins again, behind the heading. */
static gboolean
sample (RungsImportReader *self,
        GError           **error)
{
  g_autoptr (GPtrArray) headings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) again = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failure = NULL;
  const RungsTableRow *row;
  gint64 size = 0;

  if (!open_table (self, error) || !read_headings (self, headings, error))
    return FALSE;
  self->n_columns = headings->len;
  self->filled = g_new0 (guint, self->n_columns);
  self->orders = g_new0 (RungsDateOrder, self->n_columns);
  for (guint n = 0; n < SAMPLE_ROWS && MAX (size, bytes_read (self)) < SAMPLE_BYTES; n++)
    {
      row = rungs_table_reader_next (self->table, NULL, &failure);
      if (row == NULL)
        break;
      size += sample_row (self, row);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  self->mapping = rungs_import_mapping_guess ((const char *const *) headings->pdata, headings->len,
                                              self->filled);
  keep_delimiter (self);
  if (!open_table (self, error) || !read_headings (self, again, error))
    return FALSE;
  if (again->len == headings->len)
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_BUSY,
                       _ ("The file changed while it was read."));
  return FALSE;
}

RungsImportReader *
rungs_import_reader_open (const char              *path,
                          const RungsTableOptions *options,
                          GError                 **error)
{
  g_autoptr (RungsImportReader) self = g_new0 (RungsImportReader, 1);

  g_return_val_if_fail (path != NULL && options != NULL, NULL);

  self->path = g_strdup (path);
  self->options = *options;
  self->options.encoding = g_strdup (options->encoding);
  self->options.sheet = g_strdup (options->sheet);
  self->now = G_MAXINT64;
  self->zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->copies = g_string_chunk_new (4096);
  self->values = g_array_new (FALSE, FALSE, sizeof (RungsImportValue));
  self->tags = g_ptr_array_new ();
  if (!sample (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
rungs_import_reader_free (RungsImportReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->table, rungs_table_reader_free);
  g_clear_pointer (&self->mapping, rungs_import_mapping_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_hash_table_unref (self->zones);
  g_string_chunk_free (self->copies);
  g_array_unref (self->values);
  g_ptr_array_unref (self->tags);
  g_free (self->row.key);
  g_free (self->refusal);
  g_free (self->filled);
  g_free (self->orders);
  g_free ((char *) self->options.encoding);
  g_free ((char *) self->options.sheet);
  g_free (self->path);
  g_free (self);
}

const RungsImportMapping *
rungs_import_reader_get_mapping (RungsImportReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->mapping;
}

gboolean
rungs_import_reader_set_mapping (RungsImportReader        *self,
                                 const RungsImportMapping *mapping,
                                 GError                  **error)
{
  g_return_val_if_fail (self != NULL && mapping != NULL, FALSE);

  if (rungs_import_mapping_get_n_columns (mapping) != self->n_columns)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("The file has %u columns; the mapping was made for %u."), self->n_columns,
                   rungs_import_mapping_get_n_columns (mapping));
      return FALSE;
    }
  rungs_import_mapping_free (self->mapping);
  self->mapping = rungs_import_mapping_copy (mapping);
  return TRUE;
}

void
rungs_import_reader_set_time (RungsImportReader *self,
                              GTimeZone         *zone,
                              gint64             now)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone != NULL ? g_time_zone_ref (zone) : NULL;
  self->now = now;
}

void
rungs_import_reader_set_status (RungsImportReader *self,
                                RungsImportStatus  status)
{
  g_return_if_fail (self != NULL);

  self->status = status;
}

RungsTableReader *
rungs_import_reader_get_table (RungsImportReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->table;
}

gint64
rungs_import_reader_get_unread_dates (RungsImportReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->unread_dates;
}

/* The bytes of a space (ASCII, or one that does not break) at `at`, which is not beyond `end`; 0:
 * none. */
static gsize
space_at (const char *at,
          const char *end)
{
  if (at < end && (guchar) *at <= ' ')
    return 1;
  return end - at >= 2 && memcmp (at, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

static gsize
space_before (const char *begin,
              const char *at)
{
  if (at > begin && (guchar) at[-1] <= ' ')
    return 1;
  return at - begin >= 2 && memcmp (at - 2, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

/* Whether a value can be taken as it is: no space around it, no control character in it. */
static gboolean
is_clean (const char *value)
{
  const char *end = value;

  while ((guchar) *end >= ' ' && *end != 0x7f)
    end++;
  return *end == '\0' && *value != '\'' && space_at (value, end) == 0
         && space_before (value, end) == 0;
}

/* Trims; makes control characters spaces, line ends and tabs only where `keep_lines` does not hold.
 * An apostrophe before a number is how Shopify keeps Excel from reading it. */
static const char *
clean (RungsImportReader *self,
       const char        *value,
       gboolean           keep_lines)
{
  const char *end = value + strlen (value);
  gsize space;
  char *copy;

  if (is_clean (value))
    return value;
  while ((space = space_at (value, end)) > 0)
    value += space;
  while ((space = space_before (value, end)) > 0)
    end -= space;
  if (self->is_csv && !self->is_own && *value == '\''
      && (g_ascii_isdigit (value[1]) || value[1] == '+'))
    value++;
  copy = g_string_chunk_insert_len (self->copies, value, end - value);
  for (char *at = copy; *at != '\0'; at++)
    if (((guchar) *at < ' ' && !(keep_lines && strchr ("\n\r\t", *at) != NULL)) || *at == 0x7f)
      *at = ' ';
  return copy;
}

/* The first of several that Google puts into one field: "a@x.example ::: b@x.example". */
static const char *
first_of (RungsImportReader *self,
          const char        *value)
{
  const char *mark = strstr (value, ":::");

  while (mark != NULL && mark > value && mark[-1] == ' ')
    mark--;
  return mark != NULL ? g_string_chunk_insert_len (self->copies, value, mark - value) : value;
}

/* "ann@x.example" of "Ann <ann@x.example>" and "mailto:ann@x.example". */
static const char *
plain_address (RungsImportReader *self,
               const char        *value)
{
  const char *open = strrchr (value, '<');
  gsize length = strlen (value);

  if (g_ascii_strncasecmp (value, "mailto:", 7) == 0)
    return value + 7;
  if (open == NULL || value[length - 1] != '>')
    return value;
  return g_string_chunk_insert_len (self->copies, open + 1, value + length - 1 - (open + 1));
}

static const char *
known_zone (RungsImportReader *self,
            const char        *value)
{
  gpointer known;

  if (!g_hash_table_lookup_extended (self->zones, value, NULL, &known))
    {
      known = GINT_TO_POINTER (rungs_time_zone_is_known (value));
      g_hash_table_insert (self->zones, g_strdup (value), known);
    }
  return GPOINTER_TO_INT (known) ? value : "";
}

static void
read_instant (RungsImportReader *self,
              guint              column,
              const char        *value,
              gint64            *instant)
{
  gint64 at;

  if (rungs_import_date_parse (value, self->orders[column], self->zone, &at) && at > 0
      && at <= self->now)
    *instant = at;
  else
    self->unread_dates++;
}

static void
raise_status (RungsImportReader *self,
              RungsImportStatus  status)
{
  self->row.status = MAX (self->row.status, status);
}

static void
add_value (RungsImportReader *self,
           guint              column,
           const char        *value)
{
  RungsImportValue own = { column, value };

  /* how Outlook writes a birthday that it does not know */
  if (strcmp (value, "0/0/00") != 0)
    g_array_append_val (self->values, own);
}

/* The field as it was before a table of our own was written. */
static const char *
unguarded (RungsImportReader *self,
           const char        *field)
{
  char *copy;

  if (!self->is_own || strchr (field, '\'') == NULL)
    return field;
  copy = g_string_chunk_insert (self->copies, field);
  rungs_table_unguard (copy);
  return copy;
}

/* `value` is `field`, cleaned. */
static void
take_value (RungsImportReader *self,
            guint              column,
            RungsImportTarget  target,
            const char        *field,
            const char        *value)
{
  RungsImportRow *row = &self->row;

  switch (target)
    {
    case RUNGS_IMPORT_FIELD:
      add_value (self, column, value);
      break;
    case RUNGS_IMPORT_TAGS:
      g_ptr_array_add (self->tags, (gpointer) field);
      break;
    case RUNGS_IMPORT_STATUS:
      raise_status (self, rungs_import_status_parse (value));
      break;
    case RUNGS_IMPORT_UNSUBSCRIBED:
      if (rungs_import_flag_parse (value))
        raise_status (self, RUNGS_STATUS_UNSUBSCRIBED);
      break;
    case RUNGS_IMPORT_BOUNCED:
      if (rungs_import_flag_parse (value))
        raise_status (self, RUNGS_STATUS_BOUNCED);
      break;
    case RUNGS_IMPORT_CREATED_AT:
      read_instant (self, column, value, &row->created_at);
      break;
    case RUNGS_IMPORT_CONSENT_AT:
      read_instant (self, column, value, &row->consent_at);
      break;
    case RUNGS_IMPORT_ZONE:
      row->texts[target] = known_zone (self, value);
      break;
    case RUNGS_IMPORT_EMAIL:
      row->texts[target] = plain_address (self, first_of (self, value));
      break;
    case RUNGS_IMPORT_PHONE:
      row->texts[target] = first_of (self, value);
      break;
    default:
      row->texts[target] = value;
    }
}

static void
read_column (RungsImportReader *self,
             guint              column,
             const char        *field)
{
  RungsImportTarget target = rungs_import_mapping_get_column (self->mapping, column)->target;
  const char *value;

  if (target == RUNGS_IMPORT_IGNORE)
    return;
  field = unguarded (self, field);
  value = clean (self, field, target == RUNGS_IMPORT_NOTES || target == RUNGS_IMPORT_FIELD);
  if (*value != '\0')
    take_value (self, column, target, field, value);
}

static const char *
refuse (RungsImportReader *self,
        char              *why)
{
  g_free (self->refusal);
  self->refusal = why;
  return why;
}

/* Why a row cannot be read at all. */
static const char *
check_shape (RungsImportReader   *self,
             const RungsTableRow *table)
{
  if (table->problem != NULL)
    return table->problem;
  for (guint i = self->n_columns; i < table->n_fields; i++)
    if (*table->fields[i] != '\0')
      return refuse (self, g_strdup_printf (_ ("the row has %u fields, the heading has %u"),
                                            table->n_fields, self->n_columns));
  return NULL;
}

static void
put_together (RungsImportReader *self)
{
  const char **texts = self->row.texts;

  if (self->row.created_at == 0)
    self->row.created_at = self->row.consent_at;
  if (*texts[RUNGS_IMPORT_FULL_NAME] != '\0' && *texts[RUNGS_IMPORT_FIRST_NAME] == '\0'
      && *texts[RUNGS_IMPORT_LAST_NAME] == '\0')
    {
      g_autofree char *first = NULL;
      g_autofree char *last = NULL;

      rungs_import_split_name (texts[RUNGS_IMPORT_FULL_NAME], &first, &last);
      texts[RUNGS_IMPORT_FIRST_NAME] = g_string_chunk_insert (self->copies, first);
      texts[RUNGS_IMPORT_LAST_NAME] = g_string_chunk_insert (self->copies, last);
    }
  if (*texts[RUNGS_IMPORT_STREET_2] != '\0')
    {
      /* A number of a house follows its street without a comma. */
      const char *comma = g_ascii_isdigit (*texts[RUNGS_IMPORT_STREET_2]) ? " " : ", ";
      g_autofree char *both = g_strconcat (texts[RUNGS_IMPORT_STREET],
                                           *texts[RUNGS_IMPORT_STREET] != '\0' ? comma : "",
                                           texts[RUNGS_IMPORT_STREET_2], NULL);

      texts[RUNGS_IMPORT_STREET] = g_string_chunk_insert (self->copies, both);
    }
}

/* rungs-import-match-store.c makes the same key of the leads that are there. */
static char *
telephone_key (const char *phone)
{
  g_autoptr (GString) key = g_string_new ("tel:");
  guint digits = 0;

  for (; *phone != '\0'; phone++)
    {
      digits += g_ascii_isdigit (*phone);
      if (strchr (" -()/.", *phone) == NULL)
        g_string_append_c (key, *phone);
    }
  return digits >= 3 ? g_strdup (key->str) : NULL;
}

/* Finds out who it is; NULL, or why nobody. */
static const char *
identify (RungsImportReader *self)
{
  g_autoptr (GError) error = NULL;
  RungsImportRow *row = &self->row;

  if (*row->texts[RUNGS_IMPORT_EMAIL] == '\0')
    {
      row->key = telephone_key (row->texts[RUNGS_IMPORT_PHONE]);
      return row->key != NULL ? NULL : _ ("the row has no e-mail address and no telephone number");
    }
  row->key = rungs_email_key (row->texts[RUNGS_IMPORT_EMAIL], &error);
  return row->key != NULL ? NULL : refuse (self, g_strdup (error->message));
}

static gboolean
is_empty (const RungsTableRow *table)
{
  if (table->problem != NULL)
    return FALSE;
  for (guint i = 0; i < table->n_fields; i++)
    if (table->fields[i][strspn (table->fields[i], " \t")] != '\0')
      return FALSE;
  return TRUE;
}

static void
begin_row (RungsImportReader   *self,
           const RungsTableRow *table)
{
  g_string_chunk_clear (self->copies);
  g_array_set_size (self->values, 0);
  g_ptr_array_set_size (self->tags, 0);
  g_clear_pointer (&self->row.key, g_free);
  self->row = (RungsImportRow){ .table = table, .status = self->status };
  for (guint i = 0; i < RUNGS_IMPORT_N_TARGETS; i++)
    self->row.texts[i] = "";
}

static void
read_row (RungsImportReader   *self,
          const RungsTableRow *table)
{
  RungsImportRow *row = &self->row;

  begin_row (self, table);
  row->problem = check_shape (self, table);
  if (row->problem != NULL)
    return;
  for (guint i = 0; i < MIN (table->n_fields, self->n_columns); i++)
    if (*table->fields[i] != '\0')
      read_column (self, i, table->fields[i]);
  put_together (self);
  row->values = (const RungsImportValue *) self->values->data;
  row->n_values = self->values->len;
  row->tags = (const char *const *) self->tags->pdata;
  row->n_tags = self->tags->len;
  row->problem = identify (self);
}

const RungsImportRow *
rungs_import_reader_next (RungsImportReader *self,
                          GCancellable      *cancellable,
                          GError           **error)
{
  const RungsTableRow *table;

  g_return_val_if_fail (self != NULL, NULL);

  do
    table = rungs_table_reader_next (self->table, cancellable, error);
  while (table != NULL && is_empty (table));
  if (table == NULL)
    return NULL;
  read_row (self, table);
  return &self->row;
}
