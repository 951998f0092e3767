/* rungs-order-reader.c: a file of orders, order by order.
 *
 * Rows of the same order follow each other. The rows after its first have its number again, or none
 * (Shopify leaves all but the number empty, others repeat everything). One order is held at a time,
 * so that memory does not grow with the file. */

#include "ladder/rungs-order-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "ladder/rungs-order-draft-read.h"
#include "ladder/rungs-order-shop-store.h"

#define SAMPLE_ROWS 1000
#define SAMPLE_BYTES (4 * 1024 * 1024)

/* No order has so many lines; a file that says so has lost its numbers. */
#define LINES_MAX 1000

struct _RungsOrderReader
{
  char *path;               /* (owned) */
  RungsTableOptions options; /* its texts are owned */
  RungsTableReader *table;  /* (owned) (nullable) */
  GStrv headings;           /* (owned) */
  guint n_headings;
  RungsOrderShape shape;
  RungsOrderCells cells;
  RungsOrderDraft *open;    /* (owned) (nullable) whose rows are being read */
  RungsOrderDraft *current; /* (owned) (nullable) lent to the caller */
  GPtrArray *pointers;      /* (owned) of a row that is unpacked */
  gint64 rows;
  gboolean at_end;
};

static gboolean
open_table (RungsOrderReader *self,
            GError          **error)
{
  g_clear_pointer (&self->table, rungs_table_reader_free);
  self->table = rungs_table_reader_open (self->path, &self->options, error);
  return self->table != NULL;
}

/* The first row that has something in it. */
static gboolean
read_headings (RungsOrderReader *self,
               GError          **error)
{
  const RungsTableRow *row = rungs_table_reader_next (self->table, NULL, error);
  g_autoptr (GPtrArray) headings = g_ptr_array_new_with_free_func (g_free);

  if (row == NULL)
    {
      if (*error == NULL)
        g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("The file is empty."));
      return FALSE;
    }
  for (guint i = 0; i < row->n_fields; i++)
    g_ptr_array_add (headings, g_strdup (row->fields[i]));
  self->n_headings = headings->len;
  g_ptr_array_add (headings, NULL);
  self->headings = (GStrv) g_ptr_array_free (g_steal_pointer (&headings), FALSE);
  return TRUE;
}

/* A table of one's own may be recognised only when it is said what its columns are. */
static gboolean
recognise (RungsOrderReader  *self,
           const char *const *assignments,
           GError           **error)
{
  const char *const *headings = (const char *const *) self->headings;
  g_autofree char *why = NULL;
  gboolean known = rungs_order_shape_recognise (headings, self->n_headings, &self->shape, &why);

  for (const char *const *next = assignments; next != NULL && *next != NULL; next++)
    if (!rungs_order_shape_assign (&self->shape, headings, self->n_headings, *next, error))
      return FALSE;
  if (known
      || (self->shape.columns[RUNGS_ORDER_EMAIL] >= 0 && self->shape.columns[RUNGS_ORDER_AT] >= 0
          && (self->shape.columns[RUNGS_ORDER_LINE_AMOUNT] >= 0
              || self->shape.columns[RUNGS_ORDER_PRICE] >= 0)
          && self->shape.columns[RUNGS_ORDER_NUMBER] >= 0))
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       why != NULL
                           ? why
                           : _ ("This is no file of orders that is known: not from Stripe, PayPal, "
                                "WooCommerce, Shopify or Gumroad, and no table with columns for "
                                "order number, e-mail address, date and amount."));
  return FALSE;
}

static gboolean
sample (RungsOrderReader *self,
        GError          **error)
{
  g_autoptr (GError) failure = NULL;
  const RungsTableRow *row = NULL;
  RungsTableState state = { 0 };

  for (guint n = 0; n < SAMPLE_ROWS && state.position < SAMPLE_BYTES; n++)
    {
      row = rungs_table_reader_next (self->table, NULL, &failure);
      if (row == NULL)
        break;
      rungs_order_cells_sample (&self->cells, row);
      rungs_table_reader_get_state (self->table, &state);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Opens it anew, behind its headings. */
static gboolean
begin_again (RungsOrderReader *self,
             GError          **error)
{
  g_autoptr (GError) failure = NULL;
  const RungsTableRow *row;

  if (!open_table (self, error))
    return FALSE;
  row = rungs_table_reader_next (self->table, NULL, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (row != NULL && row->n_fields == self->n_headings)
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_BUSY,
                       _ ("The file changed while it was read."));
  return FALSE;
}

RungsOrderReader *
rungs_order_reader_open (const char              *path,
                         const RungsTableOptions *options,
                         const char *const       *assignments,
                         GError                 **error)
{
  g_autoptr (RungsOrderReader) self = g_new0 (RungsOrderReader, 1);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (path != NULL && options != NULL, NULL);

  self->path = g_strdup (path);
  self->options = *options;
  self->options.encoding = g_strdup (options->encoding);
  self->options.sheet = g_strdup (options->sheet);
  self->pointers = g_ptr_array_new ();
  if (open_table (self, &failure) && read_headings (self, &failure)
      && recognise (self, assignments, &failure))
    {
      rungs_order_cells_init (&self->cells, &self->shape, utc, "EUR", G_MAXINT64);
      if (sample (self, &failure) && begin_again (self, &failure))
        return g_steal_pointer (&self);
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

void
rungs_order_reader_free (RungsOrderReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->table, rungs_table_reader_free);
  rungs_order_cells_clear (&self->cells);
  rungs_order_draft_free (self->open);
  rungs_order_draft_free (self->current);
  g_ptr_array_unref (self->pointers);
  g_strfreev (self->headings);
  g_free ((char *) self->options.encoding);
  g_free ((char *) self->options.sheet);
  g_free (self->path);
  g_free (self);
}

void
rungs_order_reader_set_business (RungsOrderReader *self,
                                 GTimeZone        *zone,
                                 const char       *currency,
                                 gint64            now)
{
  RungsOrderCells *cells = &self->cells;

  g_return_if_fail (self != NULL && zone != NULL && currency != NULL);

  g_clear_pointer (&cells->zone, g_time_zone_unref);
  g_hash_table_remove_all (cells->zones);
  cells->zone = g_time_zone_ref (zone);
  g_strlcpy (cells->currency, currency, sizeof cells->currency);
  cells->now = now;
}

void
rungs_order_reader_set_shop (RungsOrderReader *self,
                             const char       *shop)
{
  g_return_if_fail (self != NULL && shop != NULL);

  g_free (self->cells.shop);
  self->cells.shop = rungs_order_shop_key (shop);
}

/* Of the whole order it is told by the sums. */
gboolean
rungs_order_reader_asks_tax (RungsOrderReader *self)
{
  const int *columns;

  g_return_val_if_fail (self != NULL, FALSE);

  columns = self->shape.columns;
  return (columns[RUNGS_ORDER_TAX] >= 0 || columns[RUNGS_ORDER_TAX_RATE] >= 0)
         && columns[RUNGS_ORDER_ALL_TAX] < 0
         && (columns[RUNGS_ORDER_LINE_AMOUNT] >= 0 || columns[RUNGS_ORDER_PRICE] >= 0);
}

void
rungs_order_reader_set_net (RungsOrderReader *self,
                            gboolean          is_net)
{
  g_return_if_fail (self != NULL && rungs_order_reader_asks_tax (self));

  self->shape.is_net = is_net;
}

const char *
rungs_order_reader_get_tax_heading (RungsOrderReader *self)
{
  static const RungsOrderField FIELDS[]
      = { RUNGS_ORDER_TAX, RUNGS_ORDER_TAX_RATE, RUNGS_ORDER_ALL_TAX };

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (self->shape.columns[FIELDS[i]] >= 0)
      return self->headings[self->shape.columns[FIELDS[i]]];
  return NULL;
}

const RungsOrderShape *
rungs_order_reader_get_shape (RungsOrderReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->shape;
}

const char *const *
rungs_order_reader_get_headings (RungsOrderReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->headings;
}

gboolean
rungs_order_reader_says_currency (RungsOrderReader *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->shape.currency != NULL || self->shape.columns[RUNGS_ORDER_CURRENCY] >= 0;
}

static gboolean
is_empty (const RungsTableRow *row)
{
  if (row->problem != NULL)
    return FALSE;
  for (guint i = 0; i < row->n_fields; i++)
    if (row->fields[i][strspn (row->fields[i], " \t")] != '\0')
      return FALSE;
  return TRUE;
}

/* Whether the row is one more of the order whose rows are being read. */
static gboolean
goes_on (RungsOrderReader    *self,
         const RungsTableRow *row)
{
  const char *number;

  if (self->open == NULL || !self->shape.many_rows || row->problem != NULL)
    return FALSE;
  number = rungs_order_cells_get (&self->cells, RUNGS_ORDER_NUMBER);
  if (*number == '\0')
    return *rungs_order_cells_get (&self->cells, RUNGS_ORDER_PRODUCT) != '\0';
  return strcmp (number, self->open->number) == 0;
}

static void
finish (RungsOrderReader *self)
{
  RungsTableRow head;

  rungs_order_row_unpack (self->open->rows->pdata[0], self->pointers, &head);
  rungs_order_cells_set_row (&self->cells, &head);
  rungs_order_draft_finish (self->open, &self->cells);
  g_clear_pointer (&self->current, rungs_order_draft_free);
  self->current = g_steal_pointer (&self->open);
}

static void
begin (RungsOrderReader    *self,
       const RungsTableRow *row)
{
  self->open = rungs_order_draft_new ();
  g_ptr_array_add (self->open->rows, rungs_order_row_pack (row));
  if (row->problem != NULL)
    {
      rungs_order_draft_refuse (self->open, g_strdup (row->problem));
      return;
    }
  rungs_order_draft_read_head (self->open, &self->cells);
  rungs_order_draft_read_lines (self->open, &self->cells);
}

/* What all rows of an order have in common; where it is empty it is as in the first. */
static void
compare_with_first (RungsOrderReader *self)
{
  RungsOrderDraft *open = self->open;
  const char *email = rungs_order_cells_get (&self->cells, RUNGS_ORDER_EMAIL);
  const char *currency = rungs_order_cells_get (&self->cells, RUNGS_ORDER_CURRENCY);
  g_autofree char *key = *email != '\0' ? rungs_email_key (email, NULL) : NULL;

  if (open->kind != RUNGS_DRAFT_ORDER || open->problem != NULL)
    return;
  if (*email != '\0' && g_strcmp0 (key, open->email_key) != 0)
    rungs_order_draft_refuse (
        open, g_strdup (_ ("the rows of the order have different e-mail addresses")));
  else if (*currency != '\0' && g_ascii_strcasecmp (currency, open->currency) != 0)
    rungs_order_draft_refuse (open,
                              g_strdup (_ ("the rows of the order have different currencies")));
}

static void
go_on (RungsOrderReader    *self,
       const RungsTableRow *row)
{
  compare_with_first (self);
  if (self->open->rows->len == LINES_MAX)
    rungs_order_draft_refuse (
        self->open, g_strdup_printf (_ ("the order has more than %d lines"), LINES_MAX));
  else if (self->open->rows->len < LINES_MAX)
    g_ptr_array_add (self->open->rows, rungs_order_row_pack (row));
  rungs_order_draft_read_lines (self->open, &self->cells);
}

/* Takes a row in; TRUE where an order is complete. */
static gboolean
take (RungsOrderReader    *self,
      const RungsTableRow *row)
{
  gboolean complete = FALSE;

  self->rows++;
  rungs_order_cells_set_row (&self->cells, row);
  if (goes_on (self, row))
    {
      go_on (self, row);
      return FALSE;
    }
  if (self->open != NULL)
    {
      finish (self);
      complete = TRUE;
      rungs_order_cells_set_row (&self->cells, row);
    }
  begin (self, row);
  if (complete || self->shape.many_rows)
    return complete;
  finish (self);
  return TRUE;
}

RungsOrderDraft *
rungs_order_reader_next (RungsOrderReader *self,
                         GCancellable     *cancellable,
                         GError          **error)
{
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  while (!self->at_end)
    {
      const RungsTableRow *row = rungs_table_reader_next (self->table, cancellable, &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      self->at_end = row == NULL;
      if (row != NULL && !is_empty (row) && take (self, row))
        return self->current;
    }
  if (self->open == NULL)
    return NULL;
  finish (self);
  return self->current;
}

RungsTableReader *
rungs_order_reader_get_table (RungsOrderReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->table;
}

gint64
rungs_order_reader_get_rows (RungsOrderReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows;
}

gboolean
rungs_order_file_is_known (const char *path,
                           char      **words)
{
  RungsTableOptions options = { 0 };
  g_autoptr (RungsTableReader) table = rungs_table_reader_open (path, &options, NULL);
  const RungsTableRow *row = table ? rungs_table_reader_next (table, NULL, NULL) : NULL;
  RungsOrderShape shape;

  if (row == NULL || row->problem != NULL
      || !rungs_order_shape_recognise (row->fields, row->n_fields, &shape, NULL)
      || shape.seller == RUNGS_SELLER_TABLE)
    return FALSE;
  if (words != NULL)
    *words = g_strdup (shape.words);
  return TRUE;
}
