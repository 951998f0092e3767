/* rungs-programme-load.c: what is shown of programmes, for the threads of the store. */

#include "rungs-programme-load.h"

#include "db/rungs-record.h"
#include "ladder/rungs-product-store.h"

void
rungs_programme_row_free (RungsProgrammeRow *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_clear_pointer (&self->versions, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_free (self);
}

static gboolean
load_names (RungsDb            *db,
            RungsProgrammeRow  *row,
            GError            **error)
{
  g_autoptr (GPtrArray) products = rungs_product_list (db, error);

  row->names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; products != NULL && i < products->len; i++)
    {
      const RungsProduct *product = products->pdata[i];

      g_hash_table_insert (row->names, g_memdup2 (&product->id, sizeof product->id),
                           g_strdup (product->name));
    }
  return products != NULL;
}

static gboolean
load_versions (RungsDb            *db,
               RungsProgrammeRow  *row,
               gint64              now,
               GError            **error)
{
  row->versions = rungs_programme_list_terms (db, row->id, error);
  if (row->versions == NULL)
    return FALSE;
  row->in_force = row->versions->len;
  for (guint i = 0; i < row->versions->len; i++)
    if (((const RungsTermsVersion *) row->versions->pdata[i])->from_at <= now)
      row->in_force = i;
  return TRUE;
}

RungsProgrammeRow *
rungs_programme_row_load (RungsDb *db,
                          gint64   id,
                          GError **error)
{
  g_autoptr (RungsProgrammeRow) row = g_new0 (RungsProgrammeRow, 1);
  gint64 now = g_get_real_time () / 1000;
  g_autoptr (GPtrArray) list = rungs_programme_list (db, now, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const RungsProgramme *programme = list->pdata[i];

      if (programme->id != id)
        continue;
      row->id = id;
      row->name = g_strdup (programme->name);
      row->partners = programme->partners;
      row->retired_at = programme->retired_at;
    }
  if (list == NULL || (row->id == 0 && !rungs_record_refuse_missing ("programme", id, error)))
    return NULL;
  return load_versions (db, row, now, error) && load_names (db, row, error)
             ? g_steal_pointer (&row)
             : NULL;
}

gpointer
rungs_programme_load_details (RungsDb      *db,
                              gpointer      data,
                              GCancellable *cancellable,
                              GError      **error)
{
  return rungs_programme_row_load (db, *(gint64 *) data, error);
}

const RungsTermsVersion *
rungs_programme_row_get_version (const RungsProgrammeRow *self)
{
  guint n = self->versions->len;

  return n > 0 ? self->versions->pdata[MIN (self->in_force, n - 1)] : NULL;
}

gpointer
rungs_programme_do_retire (RungsDb      *db,
                           gpointer      data,
                           GCancellable *cancellable,
                           GError      **error)
{
  rungs_programme_retire (db, *(gint64 *) data, g_get_real_time () / 1000, error);
  return NULL;
}

gpointer
rungs_programme_undo_retire (RungsDb      *db,
                             gpointer      data,
                             GCancellable *cancellable,
                             GError      **error)
{
  rungs_programme_retire (db, *(gint64 *) data, 0, error);
  return NULL;
}
