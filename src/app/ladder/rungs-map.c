/* rungs-map.c: all that the map of the ladder shows, read in one go. */

#include "rungs-map.h"

#include <string.h>

void
rungs_map_free (RungsMap *self)
{
  g_clear_pointer (&self->ladder, rungs_ladder_free);
  g_clear_pointer (&self->ended, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->spend, g_ptr_array_unref);
  g_clear_pointer (&self->ways, g_ptr_array_unref);
  g_clear_pointer (&self->letters, g_ptr_array_unref);
  g_clear_pointer (&self->sequences, g_ptr_array_unref);
  g_free (self);
}

static gboolean
read_spend (RungsDb  *db,
            RungsMap *self,
            GError  **error)
{
  self->spend = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_spend_free);
  for (guint i = 0; i < self->sources->len; i++)
    {
      const RungsSource *source = g_ptr_array_index (self->sources, i);
      GPtrArray *spend = rungs_spend_list (db, source->id, error);

      if (spend == NULL)
        return FALSE;
      g_ptr_array_extend_and_steal (self->spend, spend);
    }
  return TRUE;
}

static gboolean
read_map (RungsDb  *db,
          gpointer  data,
          GError  **error)
{
  RungsMap *self = data;

  return (self->ladder = rungs_ladder_load (db, NULL, NULL, error)) != NULL
         && (self->ended = rungs_offer_list_ended (db, error)) != NULL
         && (self->sources = rungs_source_list (db, error)) != NULL
         && read_spend (db, self, error)
         && (self->ways = rungs_way_list (db, 0, error)) != NULL
         && (self->letters = rungs_sales_letter_list (db, 0, error)) != NULL
         && (self->sequences = rungs_sequence_list (db, error)) != NULL;
}

gpointer
rungs_map_load (RungsDb       *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (RungsMap) self = g_new0 (RungsMap, 1);

  return rungs_db_read (db, read_map, self, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
rungs_map_is_empty (const RungsMap *self)
{
  return self->ladder->products->len == 0 && self->sources->len == 0;
}

/* Of structs that begin with their id. */
static gconstpointer
find (GPtrArray *rows,
      gint64     id)
{
  for (guint i = 0; i < rows->len; i++)
    if (*(const gint64 *) rows->pdata[i] == id)
      return rows->pdata[i];
  return NULL;
}

const RungsProduct *
rungs_map_find_product (const RungsMap *self,
                        gint64          id)
{
  return find (self->ladder->products, id);
}

const RungsOffer *
rungs_map_find_offer (const RungsMap *self,
                      gint64          id)
{
  gconstpointer offer = find (self->ladder->offers, id);

  return offer != NULL ? offer : find (self->ended, id);
}

const RungsSource *
rungs_map_find_source (const RungsMap *self,
                       gint64          id)
{
  return find (self->sources, id);
}

const RungsWay *
rungs_map_find_way (const RungsMap *self,
                    gint64          id)
{
  return find (self->ways, id);
}

const RungsSequence *
rungs_map_find_sequence (const RungsMap *self,
                         gint64          id)
{
  return find (self->sequences, id);
}

guint
rungs_map_count_sources (const RungsMap *self,
                         RungsSourceKind kind)
{
  guint n = 0;

  for (guint i = 0; i < self->sources->len; i++)
    {
      const RungsSource *source = g_ptr_array_index (self->sources, i);

      n += source->kind == kind && source->retired_at == 0;
    }
  return n;
}

gint64
rungs_map_highest_rung (const RungsMap *self)
{
  gint64 highest = 0;

  for (guint i = 0; i < self->ladder->products->len; i++)
    {
      const RungsProduct *product = g_ptr_array_index (self->ladder->products, i);

      if (product->retired_at == 0)
        highest = MAX (highest, product->rung);
    }
  return highest;
}

char *
rungs_map_id (const char *what,
              gint64      id)
{
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, what, id);
}

gboolean
rungs_map_id_is (const char *id,
                 const char *what,
                 gint64     *number)
{
  gsize length = strlen (what);

  if (id == NULL || strncmp (id, what, length) != 0 || id[length] != ':')
    return FALSE;
  *number = g_ascii_strtoll (id + length + 1, NULL, 10);
  return TRUE;
}

gboolean
rungs_map_id_is_undrawn (const char       *id,
                         RungsLadderArrow *arrow)
{
  g_auto (GStrv) ends = NULL;

  if (id == NULL || !g_str_has_prefix (id, "undrawn:"))
    return FALSE;
  ends = g_strsplit (id + strlen ("undrawn:"), ">", 2);
  return g_strv_length (ends) == 2 && rungs_ladder_place_from_text (ends[0], &arrow->from)
         && rungs_ladder_place_from_text (ends[1], &arrow->to);
}

gboolean
rungs_map_id_is_kind (const char      *id,
                      RungsSourceKind *kind)
{
  return id != NULL && g_str_has_prefix (id, "kind:")
         && rungs_source_kind_from_text (id + strlen ("kind:"), kind);
}
