/* rungs-order-import.c: imports a file of orders whole or not at all. */

#include "ladder/rungs-order-import.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "ladder/rungs-order-apply-store.h"
#include "ladder/rungs-order-reader.h"
#include "ladder/rungs-order-shop-store.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-source-store.h"

/* An import under way. */
typedef struct
{
  RungsDb *db;
  const RungsOrderImportOptions *options;
  gint64 now;
  RungsImportWork work;
  RungsOrderImportResult *result;
  char *file_name;              /* (owned) as people see it */
  RungsOrderReader *reader;     /* (owned) */
  RungsOrderProducts *products; /* (owned) */
  RungsOrderStage *stage;       /* (owned) */
  RungsImportRejects *rejects;  /* (owned) */
  GPtrArray *pointers;          /* (owned) of a row that is refused */
} Import;

void
rungs_order_import_result_clear (RungsOrderImportResult *result)
{
  g_clear_pointer (&result->sums, g_ptr_array_unref);
  g_clear_pointer (&result->names, g_ptr_array_unref);
  g_clear_pointer (&result->codes, g_ptr_array_unref);
  g_clear_pointer (&result->rejects, g_ptr_array_unref);
  g_clear_pointer (&result->shape, g_free);
  g_clear_pointer (&result->words, g_free);
  g_clear_pointer (&result->shop, g_free);
  g_clear_pointer (&result->agreed_heading, g_free);
  g_clear_pointer (&result->tax_heading, g_free);
  g_clear_pointer (&result->shops, g_ptr_array_unref);
  g_clear_pointer (&result->currency, g_free);
  g_clear_pointer (&result->sheet, g_free);
}

static void
import_clear (Import *self)
{
  g_clear_pointer (&self->stage, rungs_order_stage_free);
  g_clear_pointer (&self->products, rungs_order_products_free);
  g_clear_pointer (&self->reader, rungs_order_reader_free);
  g_clear_pointer (&self->rejects, rungs_import_rejects_free);
  g_clear_pointer (&self->pointers, g_ptr_array_unref);
  g_clear_pointer (&self->file_name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static gboolean
check_options (const RungsOrderImportOptions *options,
               GError                       **error)
{
  g_autofree char *name = NULL;
  RungsSourceKind kind;

  return options->source == NULL || rungs_source_parse (options->source, &kind, &name, error);
}

/* ---- reading */

static gboolean
set_business (Import  *self,
              GError **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (self->db, error);
  g_autoptr (GTimeZone) zone = business ? rungs_business_zone (self->db, error) : NULL;

  if (zone == NULL)
    return FALSE;
  rungs_order_reader_set_business (self->reader, zone, business->currency, self->now);
  if (!rungs_order_reader_says_currency (self->reader))
    self->result->currency = g_strdup (business->currency);
  return TRUE;
}

/* Which of the seller's shops the file is of. */
static gboolean
find_shop (Import  *self,
           GError **error)
{
  RungsOrderImportResult *result = self->result;
  const RungsOrderShape *shape = rungs_order_reader_get_shape (self->reader);
  g_autofree char *words = NULL;
  g_autoptr (GError) failure = NULL;

  result->shops = rungs_order_shop_list (self->db, shape->seller, error);
  if (result->shops == NULL)
    return FALSE;
  result->shop = rungs_order_shop_settle (result->shops, self->options->shop, &failure);
  result->shop_unsaid = result->shop == NULL && failure == NULL;
  if (result->shop_unsaid && self->options->any_shop && self->options->dry_run)
    result->shop = g_strdup (g_ptr_array_index (result->shops, 0));
  else if (result->shop_unsaid)
    {
      words = rungs_order_shop_words (result->shops);
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("Orders of several shops were imported from %s: %s. Say of which of them, or "
                      "of which other one, this file is."),
                   rungs_order_seller_get_origin (shape->seller), words);
      return FALSE;
    }
  if (result->shop != NULL)
    {
      rungs_order_reader_set_shop (self->reader, result->shop);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
find_products (Import  *self,
               GError **error)
{
  const RungsOrderShape *shape = rungs_order_reader_get_shape (self->reader);

  self->products = rungs_order_products_new (
      self->db, rungs_order_seller_get_origin (shape->seller), self->result->shop, error);
  if (self->products == NULL)
    return FALSE;
  for (const char *const *next = self->options->products; next != NULL && *next != NULL; next++)
    if (!rungs_order_products_assign (self->products, *next, error))
      return FALSE;
  return TRUE;
}

/* The refused rows have the columns of the file. */
static void
open_rejects (Import *self)
{
  const char *const *headings = rungs_order_reader_get_headings (self->reader);
  g_autoptr (RungsImportMapping) mapping
      = rungs_import_mapping_guess (headings, g_strv_length ((GStrv) headings), NULL);
  RungsTableState state;

  rungs_table_reader_get_state (rungs_order_reader_get_table (self->reader), &state);
  self->result->delimiter = state.delimiter;
  self->rejects = rungs_import_rejects_new (self->options->rejects, state.delimiter, mapping);
}

static void
note_agreed (Import *self)
{
  int column = rungs_order_reader_get_shape (self->reader)->columns[RUNGS_ORDER_AGREED];

  if (column >= 0)
    self->result->agreed_heading
        = g_strdup (rungs_order_reader_get_headings (self->reader)[column]);
}

static void
settle_tax (Import *self)
{
  RungsOrderImportResult *result = self->result;

  result->tax_heading = g_strdup (rungs_order_reader_get_tax_heading (self->reader));
  result->asks_tax = rungs_order_reader_asks_tax (self->reader);
  if (result->asks_tax && self->options->tax != RUNGS_TAX_AS_FILE)
    rungs_order_reader_set_net (self->reader, self->options->tax == RUNGS_TAX_ADDED);
  result->tax_added = result->asks_tax && rungs_order_reader_get_shape (self->reader)->is_net;
}

static gboolean
open_import (Import  *self,
             GError **error)
{
  const RungsOrderImportOptions *options = self->options;
  const RungsOrderShape *shape;

  self->reader
      = rungs_order_reader_open (options->path, &options->table, options->assignments, error);
  if (self->reader == NULL || !set_business (self, error) || !find_shop (self, error)
      || !find_products (self, error))
    return FALSE;
  shape = rungs_order_reader_get_shape (self->reader);
  self->result->shape = g_strdup (shape->id);
  self->result->words = g_strdup (shape->words);
  note_agreed (self);
  settle_tax (self);
  open_rejects (self);
  self->stage = rungs_order_stage_new (self->db, self->products, error);
  return self->stage != NULL;
}

static gboolean
refuse_row (GBytes     *packed,
            const char *problem,
            gpointer    data,
            GError    **error)
{
  Import *self = data;
  RungsTableRow row;

  rungs_order_row_unpack (packed, self->pointers, &row);
  return rungs_import_rejects_add (self->rejects, &row, problem, error);
}

/* All rows of an order are refused with it. */
static gboolean
refuse_draft (Import          *self,
              RungsOrderDraft *draft,
              GError         **error)
{
  for (guint i = 0; i < draft->rows->len; i++)
    if (!refuse_row (draft->rows->pdata[i], draft->problem, self, error))
      return FALSE;
  return TRUE;
}

static gboolean
take_draft (Import          *self,
            RungsOrderDraft *draft,
            GError         **error)
{
  self->result->rows_read = rungs_order_reader_get_rows (self->reader);
  rungs_import_work_read (&self->work, self->result->rows_read,
                          rungs_order_reader_get_table (self->reader));
  if (!rungs_order_stage_add (self->stage, draft, error))
    return FALSE;
  if (draft->problem != NULL)
    return refuse_draft (self, draft, error);
  self->result->rows_other += draft->kind == RUNGS_DRAFT_OTHER;
  return TRUE;
}

static gboolean
has_seen_enough (Import *self)
{
  return self->options->dry_run && self->options->rows > 0
         && self->result->rows_read >= self->options->rows;
}

static gboolean
take_all (Import  *self,
          GError **error)
{
  g_autoptr (GError) failure = NULL;
  RungsOrderDraft *draft;

  while (!has_seen_enough (self)
         && (draft = rungs_order_reader_next (self->reader, self->work.cancellable, &failure))
                != NULL)
    if (!take_draft (self, draft, error))
      return FALSE;
  self->result->rows_read = rungs_order_reader_get_rows (self->reader);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gpointer
copy_name (gconstpointer name,
           gpointer      data)
{
  return rungs_order_name_copy (name);
}

static void
note_reading (Import *self)
{
  RungsOrderImportResult *result = self->result;
  RungsTableState state;

  rungs_table_reader_get_state (rungs_order_reader_get_table (self->reader), &state);
  result->encoding = state.encoding;
  result->sheet = g_strdup (state.sheet);
  result->bytes_replaced = state.replaced;
  result->rows_refused = rungs_import_rejects_get_count (self->rejects);
  result->rejects = g_ptr_array_ref (rungs_import_rejects_get_first (self->rejects));
  result->names = g_ptr_array_copy (rungs_order_products_get_names (self->products), copy_name,
                                    NULL);
  g_ptr_array_set_free_func (result->names, (GDestroyNotify) rungs_order_name_free);
}

/* Reads the file into the temporary tables, in a transaction that holds no lock on the file. */
static gboolean
read_cb (RungsDb *db,
         gpointer data,
         GError **error)
{
  Import *self = data;

  if (!open_import (self, error) || !take_all (self, error)
      || !rungs_order_stage_match (self->stage, refuse_row, self, error))
    return FALSE;
  note_reading (self);
  return TRUE;
}

/* ---- writing */

static RungsOrderApply
make_apply (Import *self)
{
  const RungsOrderShape *shape = rungs_order_reader_get_shape (self->reader);
  const char *heading = self->options->no_consent ? NULL : self->result->agreed_heading;

  return (RungsOrderApply){
    .script = { .db = self->db,
                .parameters = { .now = self->now,
                                .wording = self->options->consent,
                                .heading = heading,
                                .file = self->file_name,
                                .origin = rungs_order_seller_get_origin (shape->seller),
                                .shop = self->result->shop },
                .step = rungs_import_work_step,
                .step_data = &self->work },
    .stage = self->stage,
    .products = self->products,
    .shape = shape,
    .options = self->options,
    .result = self->result,
  };
}

static gboolean
rehearse_cb (RungsDb *db,
             gpointer data,
             GError **error)
{
  RungsOrderApply apply = make_apply (data);

  return rungs_order_apply_rehearse (&apply, error);
}

static gboolean
write_cb (RungsDb *db,
          gpointer data,
          GError **error)
{
  RungsOrderApply apply = make_apply (data);

  return rungs_order_apply (&apply, error);
}

static gboolean
run_import (RungsDb *db,
            gpointer data,
            GError **error)
{
  Import *self = data;

  if (!rungs_db_read (self->db, read_cb, self, error)
      || !rungs_import_rejects_close (self->rejects, error)
      || !(self->options->dry_run ? rungs_db_read (self->db, rehearse_cb, self, error)
                                  : rungs_db_write (self->db, write_cb, self, error)))
    return FALSE;
  rungs_import_rejects_keep (self->rejects);
  return TRUE;
}

gboolean
rungs_order_import_run (RungsDb                       *db,
                        const RungsOrderImportOptions *options,
                        gint64                         now,
                        RungsImportProgressFunc        progress,
                        gpointer                       progress_data,
                        GCancellable                  *cancellable,
                        RungsOrderImportResult        *result,
                        GError                       **error)
{
  g_auto (Import) self = { .db = db, .options = options, .now = now, .result = result };
  g_autofree char *base = NULL;
  gboolean done;

  g_return_val_if_fail (db != NULL && options != NULL && options->path != NULL, FALSE);
  g_return_val_if_fail (result != NULL && !rungs_db_in_write (db), FALSE);

  *result = (RungsOrderImportResult){ 0 };
  if (!check_options (options, error))
    return FALSE;
  base = g_path_get_basename (options->path);
  self.file_name = g_filename_display_name (base);
  self.pointers = g_ptr_array_new ();
  self.work = (RungsImportWork){ progress, progress_data, cancellable,
                                 .n_steps = RUNGS_ORDER_APPLY_STEPS };
  result->sums = g_ptr_array_new_with_free_func (g_free);
  done = rungs_import_work_run (&self.work, db, run_import, &self, error);
  result->seconds = rungs_import_work_get_seconds (&self.work);
  if (!done)
    rungs_order_import_result_clear (result);
  return done;
}
