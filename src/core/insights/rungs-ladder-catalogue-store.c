/* rungs-ladder-catalogue-store.c: all places of the ladder map, numbered without gaps. */

#include "insights/rungs-ladder-catalogue-store.h"

#include <string.h>

#include "base/rungs-money.h"
#include "db/rungs-statement.h"

/* By whatever path, and by each of the four. */
#define NUMBERS_A_SOURCE 5

static const char SQL_SOURCES[] = "SELECT id, kind FROM source ORDER BY id";
static const char SQL_SEQUENCES[] = "SELECT id FROM sequence ORDER BY id";
static const char SQL_PRODUCTS[] = "SELECT id FROM product ORDER BY id";
static const char SQL_GRACES[] = "SELECT lapse_days * 86400000 FROM product ORDER BY id";
static const char SQL_HOLDS[] = "SELECT whole, part FROM product_holds";

static gboolean
read_ids (RungsDb     *db,
          const char  *sql,
          GArray      *ids,
          GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 id = rungs_statement_get_int64 (query, 0);

      g_array_append_val (ids, id);
    }
  return rungs_statement_done (query, error);
}

static gboolean
read_sources (RungsDb               *db,
              RungsLadderCatalogue  *self,
              GError               **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_SOURCES, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 id = rungs_statement_get_int64 (query, 0);
      RungsSourceKind kind = RUNGS_SOURCE_CUSTOMERS;
      gint64 number;

      rungs_source_kind_from_text (rungs_statement_get_text (query, 1), &kind);
      number = (gint64) kind;
      g_array_append_val (self->sources, id);
      g_array_append_val (self->source_kinds, number);
    }
  return rungs_statement_done (query, error);
}

static gboolean
read_holds (RungsDb               *db,
            RungsLadderCatalogue  *self,
            GError               **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_HOLDS, error);
  gsize n = self->products->len;

  if (query == NULL)
    return FALSE;
  self->holds = g_new0 (guint8, n * n + 1);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      int whole = rungs_ladder_catalogue_find (self->products,
                                               rungs_statement_get_int64 (query, 0));
      int part = rungs_ladder_catalogue_find (self->products,
                                              rungs_statement_get_int64 (query, 1));

      if (whole >= 0 && part >= 0)
        self->holds[(gsize) whole * n + (gsize) part] = 1;
    }
  return rungs_statement_done (query, error);
}

static void
list_parts (RungsLadderCatalogue *self)
{
  guint n = self->products->len;
  guint count = 0;

  self->parts = g_new (guint, (gsize) n * n + 1);
  self->part_starts = g_new0 (guint, (gsize) n + 1);
  for (guint whole = 0; whole < n; whole++)
    {
      for (guint part = 0; part < n; part++)
        if (rungs_ladder_catalogue_holds (self, whole, part))
          self->parts[count++] = part;
      self->part_starts[whole + 1] = count;
    }
}

RungsLadderCatalogue *
rungs_ladder_catalogue_load (RungsDb  *db,
                             GError  **error)
{
  g_autoptr (RungsLadderCatalogue) self = g_new0 (RungsLadderCatalogue, 1);

  self->sources = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->source_kinds = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->sequences = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->products = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->graces = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->currencies = g_array_new (FALSE, FALSE, 4);
  if (!read_sources (db, self, error)
      || !read_ids (db, SQL_SEQUENCES, self->sequences, error)
      || !read_ids (db, SQL_PRODUCTS, self->products, error)
      || !read_ids (db, SQL_GRACES, self->graces, error) || !read_holds (db, self, error))
    return NULL;
  list_parts (self);
  self->opt_in = rungs_ladder_catalogue_source (self->sources->len);
  self->n_places = self->opt_in + 1 + self->sequences->len + self->products->len;
  return g_steal_pointer (&self);
}

void
rungs_ladder_catalogue_free (RungsLadderCatalogue *self)
{
  g_array_unref (self->sources);
  g_array_unref (self->source_kinds);
  g_array_unref (self->sequences);
  g_array_unref (self->products);
  g_array_unref (self->graces);
  g_array_unref (self->currencies);
  g_free (self->holds);
  g_free (self->parts);
  g_free (self->part_starts);
  g_free (self);
}

int
rungs_ladder_catalogue_find (GArray *ids,
                             gint64  id)
{
  guint low = 0, high = ids->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      gint64 found = g_array_index (ids, gint64, middle);

      if (found == id)
        return (int) middle;
      if (found < id)
        low = middle + 1;
      else
        high = middle;
    }
  return -1;
}

guint
rungs_ladder_catalogue_kind (guint kind)
{
  return kind * NUMBERS_A_SOURCE;
}

guint
rungs_ladder_catalogue_source (guint source)
{
  return (RUNGS_SOURCE_KINDS + source) * NUMBERS_A_SOURCE;
}

guint
rungs_ladder_catalogue_sequence (const RungsLadderCatalogue *self,
                                 guint                       sequence)
{
  return self->opt_in + 1 + sequence;
}

guint
rungs_ladder_catalogue_product (const RungsLadderCatalogue *self,
                                guint                       product)
{
  return self->opt_in + 1 + self->sequences->len + product;
}

int
rungs_ladder_catalogue_number (const RungsLadderCatalogue *self,
                               RungsLadderPlace            place)
{
  int found;

  switch (place.kind)
    {
    case RUNGS_LADDER_KIND:
      return place.id >= 0 && place.id < RUNGS_SOURCE_KINDS
               ? (int) rungs_ladder_catalogue_kind ((guint) place.id) + place.path + 1
               : -1;
    case RUNGS_LADDER_SOURCE:
      found = rungs_ladder_catalogue_find (self->sources, place.id);
      return found >= 0 ? (int) rungs_ladder_catalogue_source ((guint) found) + place.path + 1 : -1;
    case RUNGS_LADDER_SEQUENCE:
      found = rungs_ladder_catalogue_find (self->sequences, place.id);
      return found >= 0 ? (int) rungs_ladder_catalogue_sequence (self, (guint) found) : -1;
    case RUNGS_LADDER_PRODUCT:
      found = rungs_ladder_catalogue_find (self->products, place.id);
      return found >= 0 ? (int) rungs_ladder_catalogue_product (self, (guint) found) : -1;
    case RUNGS_LADDER_OPT_IN:
    default:
      return (int) self->opt_in;
    }
}

const char *
rungs_ladder_catalogue_get_code (const RungsLadderCatalogue *self,
                                 guint                       currency)
{
  return &g_array_index (self->currencies, char, (gsize) currency * 4);
}

guint
rungs_ladder_catalogue_currency (RungsLadderCatalogue *self,
                                 const char           *currency)
{
  char codes[2][4] = { 0 };

  for (guint i = 0; i < self->currencies->len; i += 2)
    if (strncmp (rungs_ladder_catalogue_get_code (self, i), currency, 3) == 0)
      return i;
  g_strlcpy (codes[0], currency, sizeof codes[0]);
  g_strlcpy (codes[1], currency, sizeof codes[1]);
  g_array_append_vals (self->currencies, codes, 2);
  return self->currencies->len - 2;
}

static int
compare_currencies (gconstpointer a,
                    gconstpointer b)
{
  return strcmp (((const RungsMoney *) a)->currency, ((const RungsMoney *) b)->currency);
}

/* Every second one, from `first` on. */
static GArray *
list_monies (const RungsLadderCatalogue *self,
             const gint64               *amounts,
             guint                       first)
{
  GArray *monies = g_array_new (FALSE, FALSE, sizeof (RungsMoney));

  for (guint i = first; amounts != NULL && i < self->currencies->len; i += 2)
    if (amounts[i] != 0)
      {
        RungsMoney money = rungs_money (amounts[i], rungs_ladder_catalogue_get_code (self, i));

        g_array_append_val (monies, money);
      }
  g_array_sort (monies, compare_currencies);
  return monies;
}

GArray *
rungs_ladder_catalogue_monies (const RungsLadderCatalogue *self,
                               const gint64               *amounts)
{
  return list_monies (self, amounts, 0);
}

GArray *
rungs_ladder_catalogue_converted (const RungsLadderCatalogue *self,
                                  const gint64               *amounts)
{
  return list_monies (self, amounts, 1);
}
