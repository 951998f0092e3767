/* rungs-order-draft.c: what a file says of one order, or of one refund, before it is stored. */

#include "ladder/rungs-order-draft.h"

#include <string.h>

#include "base/rungs-money.h"

/* So much of the text of a row is shown where it is refused. */
#define RAW_MAX 1000

static void
line_free (gpointer data)
{
  RungsOrderDraftLine *line = data;

  g_free (line->sku);
  g_free (line->name);
  g_free (line);
}

static void
refund_free (gpointer data)
{
  RungsOrderDraftRefund *refund = data;

  g_free (refund->reason);
  g_free (refund);
}

RungsOrderDraft *
rungs_order_draft_new (void)
{
  RungsOrderDraft *self = g_new0 (RungsOrderDraft, 1);

  self->number = g_strdup ("");
  self->external = g_strdup ("");
  self->refers = g_strdup ("");
  self->coupon = g_strdup ("");
  self->total = -1;
  self->goods = -1;
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->refunds = g_ptr_array_new_with_free_func (refund_free);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return self;
}

void
rungs_order_draft_free (RungsOrderDraft *self)
{
  if (self == NULL)
    return;
  g_free (self->problem);
  g_free (self->number);
  g_free (self->external);
  g_free (self->refers);
  g_free (self->email_key);
  for (guint i = 0; i < RUNGS_IMPORT_N_TARGETS; i++)
    g_free (self->texts[i]);
  g_free (self->coupon);
  g_free (self->agreed);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->refunds);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

RungsOrderDraftLine *
rungs_order_draft_add_line (RungsOrderDraft *self,
                            const char      *sku,
                            const char      *name,
                            gint64           quantity,
                            gint64           amount)
{
  RungsOrderDraftLine *line = g_new0 (RungsOrderDraftLine, 1);

  line->sku = g_strdup (sku);
  line->name = g_strdup (name);
  line->quantity = quantity;
  line->amount = amount;
  line->tax = RUNGS_TAX_UNKNOWN;
  g_ptr_array_add (self->lines, line);
  return line;
}

void
rungs_order_draft_add_refund (RungsOrderDraft *self,
                              gint64           amount,
                              gint64           at,
                              const char      *reason)
{
  RungsOrderDraftRefund *refund = g_new0 (RungsOrderDraftRefund, 1);

  refund->amount = amount;
  refund->at = at;
  refund->reason = g_strdup (reason);
  g_ptr_array_add (self->refunds, refund);
}

void
rungs_order_draft_refuse (RungsOrderDraft *self,
                          char            *why)
{
  if (self->problem == NULL)
    self->problem = why;
  else
    g_free (why);
}

gint64
rungs_order_draft_sum (const RungsOrderDraft *self)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->lines->len; i++)
    if (__builtin_add_overflow (sum, ((RungsOrderDraftLine *) self->lines->pdata[i])->amount, &sum))
      return G_MAXINT64;
  return sum;
}

gint64
rungs_order_draft_sum_tax (const RungsOrderDraft *self)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->lines->len; i++)
    if (__builtin_add_overflow (
            sum, MAX (((RungsOrderDraftLine *) self->lines->pdata[i])->tax, 0), &sum))
      return G_MAXINT64;
  return sum;
}

void
rungs_order_draft_spread (RungsOrderDraft *self,
                          gint64           sum)
{
  guint n = self->lines->len;
  g_autofree gint64 *weights = g_new (gint64, n + 1);
  g_autofree gint64 *parts = g_new (gint64, n + 1);

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    weights[i] = ((RungsOrderDraftLine *) self->lines->pdata[i])->amount;
  rungs_money_split (sum, weights, n, parts);
  for (guint i = 0; i < n; i++)
    {
      RungsOrderDraftLine *line = self->lines->pdata[i];
      gint64 before;

      if (!__builtin_add_overflow (line->discount, line->amount, &before))
        line->discount = MAX (before - parts[i], 0);
      line->amount = parts[i];
    }
}

GBytes *
rungs_order_row_pack (const RungsTableRow *row)
{
  GByteArray *packed = g_byte_array_sized_new (512);
  guint32 n = row->n_fields;

  g_byte_array_append (packed, (const guint8 *) &row->line, sizeof row->line);
  g_byte_array_append (packed, (const guint8 *) &n, sizeof n);
  for (guint i = 0; i < row->n_fields; i++)
    g_byte_array_append (packed, (const guint8 *) row->fields[i], strlen (row->fields[i]) + 1);
  if (row->raw != NULL)
    g_byte_array_append (packed, (const guint8 *) row->raw, MIN (row->raw_length, RAW_MAX));
  return g_byte_array_free_to_bytes (packed);
}

void
rungs_order_row_unpack (GBytes        *packed,
                        GPtrArray     *pointers,
                        RungsTableRow *row)
{
  gsize size;
  const char *at = g_bytes_get_data (packed, &size);
  const char *end = at + size;
  guint32 n;

  *row = (RungsTableRow){ 0 };
  memcpy (&row->line, at, sizeof row->line);
  at += sizeof row->line;
  memcpy (&n, at, sizeof n);
  at += sizeof n;
  g_ptr_array_set_size (pointers, 0);
  for (guint i = 0; i < n; i++, at += strlen (at) + 1)
    g_ptr_array_add (pointers, (gpointer) at);
  row->fields = (const char *const *) pointers->pdata;
  row->n_fields = n;
  row->raw = at < end ? at : NULL;
  row->raw_length = end - at;
}
