/* rungs-exchange-table.c: rates from a file or from a spreadsheet's cells. */

#include "ladder/rungs-exchange-table.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-field.h"
#include "leads/rungs-import-heading.h"
#include "tables/rungs-csv-reader.h"

/* What a column is. */
typedef enum
{
  COLUMN_OTHER,
  COLUMN_DAY,
  COLUMN_BASE,
  COLUMN_QUOTE,
  COLUMN_RATE,
  COLUMN_CURRENCY,
} ColumnKind;

typedef struct
{
  ColumnKind kind;
  char currency[4];
} Column;

/* A table that is being read, row by row. */
typedef struct
{
  RungsExchangeTable *table;
  GArray *columns;  /* (owned) (nullable) (element-type Column): NULL before the first row */
  GHashTable *seen; /* (owned) days and currencies that stood there already */
} Reading;

static void
fault_free (gpointer data)
{
  RungsExchangeFault *fault = data;

  g_free (fault->reason);
  g_free (fault);
}

void
rungs_exchange_table_free (RungsExchangeTable *self)
{
  g_array_unref (self->rates);
  g_ptr_array_unref (self->faults);
  g_free (self);
}

static gpointer
copy_fault (gconstpointer fault,
            gpointer      data)
{
  RungsExchangeFault *copy = g_memdup2 (fault, sizeof *copy);

  copy->reason = g_strdup (copy->reason);
  return copy;
}

RungsExchangeTable *
rungs_exchange_table_copy (const RungsExchangeTable *self)
{
  RungsExchangeTable *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->rates = g_array_copy (self->rates);
  copy->faults = g_ptr_array_copy (self->faults, copy_fault, NULL);
  g_ptr_array_set_free_func (copy->faults, fault_free);
  return copy;
}

/* Takes the reason. */
static void
add_fault (RungsExchangeTable *self,
           gint64              line,
           char               *reason)
{
  RungsExchangeFault *fault = g_new0 (RungsExchangeFault, 1);

  fault->line = line;
  fault->reason = reason;
  g_ptr_array_add (self->faults, fault);
}

/* ---- headings */

static ColumnKind
kind_of_heading (const char *text)
{
  static const struct
  {
    const char *folded;
    ColumnKind kind;
  } KNOWN[] = {
    { "date", COLUMN_DAY },       { "day", COLUMN_DAY },         { "datum", COLUMN_DAY },
    { "tag", COLUMN_DAY },        { "base", COLUMN_BASE },       { "from", COLUMN_BASE },
    { "quote", COLUMN_QUOTE },    { "to", COLUMN_QUOTE },        { "rate", COLUMN_RATE },
    { "kurs", COLUMN_RATE },      { "value", COLUMN_RATE },
  };
  g_autofree char *folded = rungs_import_heading_fold (text);

  for (guint i = 0; i < G_N_ELEMENTS (KNOWN); i++)
    if (g_str_equal (folded, KNOWN[i].folded))
      return KNOWN[i].kind;
  return COLUMN_OTHER;
}

static Column
column_of_heading (const char *text)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  Column column = { .kind = kind_of_heading (plain) };

  if (column.kind == COLUMN_OTHER && rungs_currency_is_valid (plain))
    {
      column.kind = COLUMN_CURRENCY;
      g_strlcpy (column.currency, plain, sizeof column.currency);
    }
  return column;
}

static gboolean
has_column (const GArray *columns,
            ColumnKind    kind)
{
  for (guint i = 0; i < columns->len; i++)
    if (g_array_index (columns, Column, i).kind == kind)
      return TRUE;
  return FALSE;
}

/* The European Central Bank's: Date, USD, JPY and so on, and no column of the euro itself. */
static gboolean
is_of_central_bank (const GArray *columns)
{
  if (columns->len < 3 || g_array_index (columns, Column, 0).kind != COLUMN_DAY
      || strcmp (g_array_index (columns, Column, 1).currency, "USD") != 0
      || strcmp (g_array_index (columns, Column, 2).currency, "JPY") != 0)
    return FALSE;
  for (guint i = 0; i < columns->len; i++)
    if (strcmp (g_array_index (columns, Column, i).currency, "EUR") == 0)
      return FALSE;
  return TRUE;
}

/* Whether the first row has headings; else columns are what a day and a rate a line have. */
static gboolean
take_headings (Reading             *self,
               const RungsTableRow *row)
{
  static const Column PLAIN[] = { { .kind = COLUMN_DAY }, { .kind = COLUMN_RATE } };

  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  for (guint i = 0; i < row->n_fields; i++)
    {
      Column column = column_of_heading (row->fields[i]);

      g_array_append_val (self->columns, column);
    }
  if (has_column (self->columns, COLUMN_DAY)
      && (has_column (self->columns, COLUMN_RATE) || has_column (self->columns, COLUMN_CURRENCY)))
    {
      self->table->says_column = has_column (self->columns, COLUMN_CURRENCY);
      self->table->says_all = has_column (self->columns, COLUMN_BASE)
                              && has_column (self->columns, COLUMN_QUOTE);
      if (is_of_central_bank (self->columns))
        g_strlcpy (self->table->base, "EUR", sizeof self->table->base);
      return TRUE;
    }
  g_array_set_size (self->columns, 0);
  g_array_append_vals (self->columns, PLAIN, G_N_ELEMENTS (PLAIN));
  return FALSE;
}

/* ---- rows */

/* Where a bank has none, the cell is empty or says so. */
static gboolean
is_no_rate (const char *text)
{
  return *text == '\0' || g_str_equal (text, "-") || g_ascii_strcasecmp (text, "N/A") == 0;
}

static gboolean
is_second (Reading                 *self,
           const RungsExchangeRate *rate)
{
  gboolean turned = strcmp (rate->base, rate->quote) > 0;

  return !g_hash_table_add (self->seen,
                            g_strdup_printf ("%s %s %s", rate->day,
                                             turned ? rate->quote : rate->base,
                                             turned ? rate->base : rate->quote));
}

static void
take_rate (Reading           *self,
           gint64             line,
           const char        *text,
           RungsExchangeRate  rate)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  g_autoptr (GError) error = NULL;

  if (is_no_rate (plain))
    return;
  if (!rungs_exchange_rate_parse (plain, &rate.rate, &error))
    add_fault (self->table, line, g_strdup (error->message));
  else if (is_second (self, &rate))
    add_fault (self->table, line,
               g_strdup_printf (_ ("the day %s stands here a second time"), rate.day));
  else
    g_array_append_val (self->table->rates, rate);
}

static gboolean
take_currency (Reading    *self,
               gint64      line,
               const char *text,
               char        currency[4])
{
  g_autofree char *plain = g_strstrip (g_strdup (text));

  if (rungs_currency_is_valid (plain))
    {
      g_strlcpy (currency, plain, 4);
      return TRUE;
    }
  add_fault (self->table, line,
             g_strdup_printf (_ ("“%s” is no currency such as EUR"), plain));
  return FALSE;
}

/* The day and the currencies of the row. */
static gboolean
take_beginning (Reading             *self,
                const RungsTableRow *row,
                RungsExchangeRate   *rate)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < MIN (row->n_fields, self->columns->len); i++)
    {
      ColumnKind kind = g_array_index (self->columns, Column, i).kind;
      g_autofree char *day = kind == COLUMN_DAY
                               ? rungs_field_normalize (RUNGS_FIELD_DATE, row->fields[i], &error)
                               : NULL;

      if (error != NULL)
        {
          add_fault (self->table, row->line, g_strdup (error->message));
          return FALSE;
        }
      if (day != NULL)
        g_strlcpy (rate->day, day, sizeof rate->day);
      if (kind == COLUMN_BASE && !take_currency (self, row->line, row->fields[i], rate->base))
        return FALSE;
      if (kind == COLUMN_QUOTE && !take_currency (self, row->line, row->fields[i], rate->quote))
        return FALSE;
    }
  return TRUE;
}

static void
take_row (Reading             *self,
          const RungsTableRow *row)
{
  RungsExchangeRate rate = { 0 };

  if (row->problem != NULL)
    {
      add_fault (self->table, row->line, g_strdup (row->problem));
      return;
    }
  if (!take_beginning (self, row, &rate))
    return;
  if (*rate.day == '\0' || row->n_fields < 2)
    {
      add_fault (self->table, row->line, g_strdup (_ ("a line has a day and a rate")));
      return;
    }
  for (guint i = 0; i < MIN (row->n_fields, self->columns->len); i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);

      if (column->kind == COLUMN_CURRENCY)
        g_strlcpy (rate.quote, column->currency, sizeof rate.quote);
      if (column->kind == COLUMN_CURRENCY || column->kind == COLUMN_RATE)
        take_rate (self, row->line, row->fields[i], rate);
    }
}

/* "2026-03-01 0.92" in one cell is a day and a rate. */
static void
take_cell (Reading             *self,
           const RungsTableRow *row)
{
  g_autofree char *plain = g_strstrip (g_strdup (row->n_fields > 0 ? row->fields[0] : ""));
  char *space = strrchr (plain, ' ');
  const char *fields[] = { plain, space != NULL ? space + 1 : NULL };
  RungsTableRow two = *row;

  if (row->problem != NULL || row->n_fields != 1 || space == NULL)
    {
      take_row (self, row);
      return;
    }
  *space = '\0';
  two.fields = fields;
  two.n_fields = G_N_ELEMENTS (fields);
  take_row (self, &two);
}

static RungsExchangeTable *
read_table (RungsTableReader *reader,
            GError          **error)
{
  g_autoptr (RungsExchangeTable) table = g_new0 (RungsExchangeTable, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) problem = NULL;
  Reading reading = { .table = table, .seen = seen };
  const RungsTableRow *row;

  table->rates = g_array_new (FALSE, FALSE, sizeof (RungsExchangeRate));
  table->faults = g_ptr_array_new_with_free_func (fault_free);
  while ((row = rungs_table_reader_next (reader, NULL, &problem)) != NULL)
    if (reading.columns != NULL || !take_headings (&reading, row))
      take_cell (&reading, row);
  g_clear_pointer (&reading.columns, g_array_unref);
  if (problem == NULL)
    return g_steal_pointer (&table);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

RungsExchangeTable *
rungs_exchange_table_open (const char *path,
                           GError    **error)
{
  const RungsTableOptions options = { 0 };
  g_autoptr (RungsTableReader) reader = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  reader = rungs_table_reader_open (path, &options, error);
  return reader != NULL ? read_table (reader, error) : NULL;
}

/* Whether the first line is a day, a space, and a rate: "2026-03-01 0,92". */
static gboolean
is_parted_by_space (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\r\n"));
  g_autofree char *day = NULL;
  char *space = strrchr (g_strstrip (line), ' ');

  if (space == NULL || space == line || space[-1] == ',')
    return FALSE;
  *space = '\0';
  day = rungs_field_normalize (RUNGS_FIELD_DATE, line, NULL);
  return day != NULL;
}

/* A comma parts cells only where nothing else does: "2026-03-01<TAB>0,92". */
static char
delimiter_of (const char *text)
{
  if (strchr (text, '\t') != NULL)
    return '\t';
  if (strchr (text, ';') != NULL)
    return ';';
  return is_parted_by_space (text) ? '|' : '\0';
}

RungsExchangeTable *
rungs_exchange_table_parse (const char *text,
                            GError    **error)
{
  g_autoptr (RungsTableReader) reader = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  reader = rungs_table_reader_parse (text, delimiter_of (text), error);
  return reader != NULL ? read_table (reader, error) : NULL;
}

/* ---- what the table does not say */

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
is_enough (const RungsExchangeTable *self,
           const char               *base,
           const char               *quote,
           GError                  **error)
{
  guint said = (*base != '\0') + (*quote != '\0');

  if ((*base != '\0' && !rungs_currency_is_valid (base))
      || (*quote != '\0' && !rungs_currency_is_valid (quote)))
    return refuse (error, _ ("a currency has three capital letters, such as EUR"));
  if (self->says_all)
    return said == 0
           || refuse (error, _ ("the table itself says of which currencies its rates are"));
  if (self->says_column)
    return said == 1
           || refuse (error, _ ("it must be said either what one unit of which currency is worth, "
                                "or in which currency the figures are"));
  return said == 2
         || refuse (error, _ ("it must be said of which two currencies the rates are, and which "
                              "way round"));
}

gboolean
rungs_exchange_table_state (RungsExchangeTable *self,
                            const char         *base,
                            const char         *quote,
                            GError            **error)
{
  guint kept = 0;

  g_return_val_if_fail (self != NULL && base != NULL && quote != NULL, FALSE);

  if (!is_enough (self, base, quote, error))
    return FALSE;
  for (guint i = 0; i < self->rates->len; i++)
    {
      RungsExchangeRate rate = g_array_index (self->rates, RungsExchangeRate, i);

      /* a column is of the quote until it is said to be of the base */
      if (self->says_column && *quote != '\0')
        memcpy (rate.base, rate.quote, sizeof rate.base);
      else if (*base != '\0')
        g_strlcpy (rate.base, base, sizeof rate.base);
      if (*quote != '\0')
        g_strlcpy (rate.quote, quote, sizeof rate.quote);
      /* what one unit is worth in itself is no rate */
      if (strcmp (rate.base, rate.quote) != 0)
        g_array_index (self->rates, RungsExchangeRate, kept++) = rate;
    }
  g_array_set_size (self->rates, kept);
  return TRUE;
}

static gboolean
is_kept (const char   *currency,
         const GArray *currencies,
         const char   *report)
{
  for (guint i = 0; i < currencies->len; i++)
    if (strcmp (g_array_index (currencies, RungsMoney, i).currency, currency) == 0)
      return TRUE;
  return strcmp (currency, report) == 0;
}

guint
rungs_exchange_table_keep (RungsExchangeTable *self,
                           const GArray       *currencies,
                           const char         *report)
{
  g_autoptr (GHashTable) out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint kept = 0;

  g_return_val_if_fail (self != NULL && currencies != NULL && report != NULL, 0);

  for (guint i = 0; i < self->rates->len; i++)
    {
      RungsExchangeRate rate = g_array_index (self->rates, RungsExchangeRate, i);
      gboolean base = is_kept (rate.base, currencies, report);

      if (base && is_kept (rate.quote, currencies, report))
        g_array_index (self->rates, RungsExchangeRate, kept++) = rate;
      else
        g_hash_table_add (out, g_strdup (base ? rate.quote : rate.base));
    }
  g_array_set_size (self->rates, kept);
  return g_hash_table_size (out);
}
