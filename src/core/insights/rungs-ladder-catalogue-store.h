/* rungs-ladder-catalogue-store.h: all places of the ladder map, numbered without gaps; for
 * rungs-ladder-figures.c and its neighbours. */

#pragma once

#include "db/rungs-db.h"
#include "insights/rungs-ladder-place.h"

G_BEGIN_DECLS

/* Numbers of places: first the kinds of source, then the sources, each with five numbers (by
 * whatever path, then by each); then the places at which arrows can end: the opt-in, the sequences
 * and the products. Sources, sequences and products are also numbered by themselves from 0, in the
 * order of their ids. */
typedef struct
{
  GArray *sources;      /* (owned) (element-type gint64) ids, rising */
  GArray *source_kinds; /* (owned) (element-type gint64) of each of them */
  GArray *sequences;    /* (owned) (element-type gint64) */
  GArray *products;     /* (owned) (element-type gint64) */
  GArray *graces;       /* (owned) (element-type gint64) of each product: for so many milliseconds
                         * more than is paid for it is still owned */
  guint8 *holds;        /* (owned) whether a product holds another one: whole * products + part */
  guint *parts;         /* (owned) all that products hold, one product after the other */
  guint *part_starts;   /* (owned) where those of each begin in `parts`, and behind the last */
  GArray *currencies;   /* (owned) (element-type char[4]) in the order in which they were met, each
                         * twice: the second number is for what was told in another one */
  guint opt_in;         /* the number of the opt-in */
  guint n_places;
} RungsLadderCatalogue;

RungsLadderCatalogue *rungs_ladder_catalogue_load (RungsDb  *db,
                                                   GError  **error);
void rungs_ladder_catalogue_free (RungsLadderCatalogue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLadderCatalogue, rungs_ladder_catalogue_free)

/* Where an id stands in `ids`; -1 where it does not. */
int rungs_ladder_catalogue_find (GArray *ids,
                                 gint64  id);

/* The number of a place; -1 where there is no such place. */
int rungs_ladder_catalogue_number (const RungsLadderCatalogue *self,
                                   RungsLadderPlace            place);

/* The numbers of a kind of source or a source by whatever path; add 1 and a RungsPath for those by
 * one path. */
guint rungs_ladder_catalogue_kind (guint kind);
guint rungs_ladder_catalogue_source (guint source);

guint rungs_ladder_catalogue_sequence (const RungsLadderCatalogue *self,
                                       guint                       sequence);
guint rungs_ladder_catalogue_product (const RungsLadderCatalogue *self,
                                      guint                       product);

/* Whether owning `whole` means owning `part`. */
static inline gboolean
rungs_ladder_catalogue_holds (const RungsLadderCatalogue *self,
                              guint                       whole,
                              guint                       part)
{
  return self->holds[(gsize) whole * self->products->len + part] != 0;
}

/* Returns: (array length=n): what owning `whole` means owning, itself among it. */
static inline const guint *
rungs_ladder_catalogue_get_parts (const RungsLadderCatalogue *self,
                                  guint                       whole,
                                  guint                      *n)
{
  *n = self->part_starts[whole + 1] - self->part_starts[whole];
  return &self->parts[self->part_starts[whole]];
}

/* The number of a currency, which it gets when it is first met. */
guint rungs_ladder_catalogue_currency (RungsLadderCatalogue *self,
                                       const char           *currency);

/* Its code. */
const char *rungs_ladder_catalogue_get_code (const RungsLadderCatalogue *self,
                                             guint                       currency);

/* The number for what was paid in the currency of that number, and told in another one. */
static inline guint
rungs_ladder_catalogue_told_otherwise (guint currency)
{
  return currency + 1;
}

/* Returns: (transfer full) (element-type RungsMoney): of amounts in the order of the numbers of
 * currencies those that are not 0, by code: as they are told; and what of them was paid in another
 * currency. */
GArray *rungs_ladder_catalogue_monies (const RungsLadderCatalogue *self,
                                       const gint64               *amounts);
GArray *rungs_ladder_catalogue_converted (const RungsLadderCatalogue *self,
                                          const gint64               *amounts);

G_END_DECLS
