/* rungs-product-figures.c: who owns each product, and what it has earned.
 *
 * All of it is counted in one pass over what the leads did, so that opening the ladder of a large
 * business does not wait for one question after the other over all its orders. */

#include "insights/rungs-product-figures.h"

#include <string.h>

#include "insights/rungs-ladder-history-store.h"

struct _RungsProductStanding
{
  RungsLadderCatalogue *catalogue; /* (owned) */
  GHashTable *figures;             /* (owned) (element-type gint64 RungsProductFigures) */
  RungsProductFigures **numbered;  /* (owned) the same, as the catalogue numbers products */
  guint8 *lacks;                   /* (owned) whether owners lack another: from * products + to */
  guint *n_lacking;                /* (owned) how many others an owner of each lacks */
};

/* ---- counting */

static gboolean
count_line (RungsProductStanding   *self,
            const RungsExchange    *exchange,
            const RungsLadderLine  *line,
            GError                **error)
{
  RungsProductFigures *figures = self->numbered[line->product];

  figures->sold += line->quantity;
  figures->sales += line->amount > 0;
  figures->returned += line->refunded > 0;
  return rungs_exchange_add (exchange, rungs_money (line->amount, line->code), 0, line->at,
                             figures->revenue, figures->converted, error)
         && (line->refunded == 0
             || rungs_exchange_add (exchange, rungs_money (line->refunded, line->code), 0, line->at,
                                    figures->refunded, NULL, error));
}

/* `owned` says of each product whether the lead has it. */
static void
count_owned (RungsProductStanding *self,
             const guint8         *owned)
{
  guint n = self->catalogue->products->len;

  for (guint from = 0; from < n; from++)
    {
      guint8 *lacks = &self->lacks[(gsize) from * n];

      if (!owned[from])
        continue;
      self->numbered[from]->owners++;
      for (guint to = 0; to < n && self->n_lacking[from] < n - 1; to++)
        if (!owned[to] && !lacks[to])
          {
            lacks[to] = 1;
            self->n_lacking[from]++;
          }
    }
}

static gboolean
count_lead (RungsProductStanding    *self,
            const RungsExchange     *exchange,
            const RungsLadderDeeds  *deeds,
            gint64                   now,
            guint8                  *owned,
            GError                 **error)
{
  memset (owned, 0, self->catalogue->products->len);
  for (guint i = 0; i < deeds->lines->len; i++)
    {
      const RungsLadderLine *line = rungs_ladder_deeds_get_line (deeds, i);
      guint n;
      const guint *parts = rungs_ladder_catalogue_get_parts (self->catalogue, line->product, &n);

      if (!count_line (self, exchange, line, error))
        return FALSE;
      for (guint k = 0; k < n && !line->whole && line->paid_until > now; k++)
        owned[parts[k]] = 1;
    }
  count_owned (self, owned);
  return TRUE;
}

static gboolean
count_leads (RungsProductStanding  *self,
             RungsDb               *db,
             gint64                 now,
             const RungsExchange   *exchange,
             GError               **error)
{
  RungsLadderQuestion ever = { .until = G_MAXINT64, .now = now };
  g_autoptr (RungsLadderHistory) history
    = rungs_ladder_history_new (db, &ever, self->catalogue, error);
  g_autoptr (RungsLadderDeeds) deeds = rungs_ladder_deeds_new ();
  g_autofree guint8 *owned = g_new0 (guint8, self->catalogue->products->len + 1);

  if (history == NULL)
    return FALSE;
  while (rungs_ladder_history_next (history, deeds, error))
    if (deeds->lines->len > 0 && !count_lead (self, exchange, deeds, now, owned, error))
      return FALSE;
  return rungs_ladder_history_done (history);
}

/* ---- all */

static void
product_figures_free (RungsProductFigures *self)
{
  g_array_unref (self->revenue);
  g_array_unref (self->refunded);
  g_array_unref (self->converted);
  g_free (self);
}

static RungsProductFigures *
product_figures_new (gint64 product)
{
  RungsProductFigures *self = g_new0 (RungsProductFigures, 1);

  self->product = product;
  self->revenue = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  self->refunded = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  self->converted = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  return self;
}

static RungsProductStanding *
standing_new (RungsLadderCatalogue *catalogue)
{
  RungsProductStanding *self = g_new0 (RungsProductStanding, 1);
  guint n = catalogue->products->len;

  self->catalogue = catalogue;
  self->figures = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                         (GDestroyNotify) product_figures_free);
  self->numbered = g_new0 (RungsProductFigures *, n + 1);
  self->lacks = g_new0 (guint8, (gsize) n * n + 1);
  self->n_lacking = g_new0 (guint, n + 1);
  for (guint i = 0; i < n; i++)
    {
      self->numbered[i] = product_figures_new (g_array_index (catalogue->products, gint64, i));
      g_hash_table_insert (self->figures, &self->numbered[i]->product, self->numbered[i]);
    }
  return self;
}

RungsProductStanding *
rungs_product_standing_load (RungsDb              *db,
                             gint64                now,
                             const RungsExchange  *exchange,
                             GError              **error)
{
  RungsLadderCatalogue *catalogue = rungs_ladder_catalogue_load (db, error);
  g_autoptr (RungsProductStanding) self = NULL;

  if (catalogue == NULL)
    return NULL;
  self = standing_new (catalogue);
  return count_leads (self, db, now, exchange, error) ? g_steal_pointer (&self) : NULL;
}

void
rungs_product_standing_free (RungsProductStanding *self)
{
  g_hash_table_unref (self->figures);
  g_free (self->numbered);
  g_free (self->lacks);
  g_free (self->n_lacking);
  rungs_ladder_catalogue_free (self->catalogue);
  g_free (self);
}

const RungsProductFigures *
rungs_product_standing_get (const RungsProductStanding *self,
                            gint64                      product)
{
  static const RungsProductFigures NONE = { 0 };
  const RungsProductFigures *found;

  g_return_val_if_fail (self != NULL, NULL);

  found = g_hash_table_lookup (self->figures, &product);
  return found != NULL ? found : &NONE;
}

gboolean
rungs_product_standing_lacks (const RungsProductStanding *self,
                              gint64                      from,
                              gint64                      to)
{
  int owned = rungs_ladder_catalogue_find (self->catalogue->products, from);
  int other = rungs_ladder_catalogue_find (self->catalogue->products, to);

  return owned >= 0 && other >= 0
         && self->lacks[(gsize) owned * self->catalogue->products->len + (gsize) other] != 0;
}

GHashTable *
rungs_product_standing_ref_figures (const RungsProductStanding *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_ref (self->figures);
}

GHashTable *
rungs_product_figures (RungsDb              *db,
                       gint64                now,
                       const RungsExchange  *exchange,
                       GError              **error)
{
  g_autoptr (RungsProductStanding) self
    = rungs_product_standing_load (db, now, exchange, error);

  return self != NULL ? rungs_product_standing_ref_figures (self) : NULL;
}
