/* rungs-way-store.h: the ways in: from the sources of leads to what is sold. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-source-store.h"
#include "leads/rungs-touch-store.h"

G_BEGIN_DECLS

/* An arrow from a source, or from all sources of a kind. At most one of `sequence`, `letter` and
 * `product` is said; none: it leads to the opt-in. */
typedef struct
{
  gint64 id;
  gint64 source;        /* 0: all sources of the kind */
  RungsSourceKind kind; /* that of the source, where there is one */
  RungsPath path;
  gint64 sequence; /* 0: none */
  gint64 letter;   /* a sales letter; 0: none */
  gint64 product;  /* where it is not said by which letter; 0: none */
  gint64 created_at;

  /* Read along; not stored. */
  char *source_name; /* (owned); "" for a kind */
  char *target_name; /* (owned): of the sequence, letter or product; "" for the opt-in */
  gint64 sells;      /* the product that it leads to; 0: none, or not said */
} RungsWay;

RungsWay *rungs_way_new (void);
void rungs_way_free (RungsWay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWay, rungs_way_free)

/* Returns: the id; 0 on error: INVALID (the opt-in path leads to a sales letter or product, the
 * direct path to none), NOT_FOUND, CONFLICT (it is there already). */
gint64 rungs_way_add (RungsDb         *db,
                      const RungsWay  *way,
                      gint64           now,
                      GError         **error);

/* Errors: NOT_FOUND. */
RungsWay *rungs_way_load (RungsDb  *db,
                          gint64    id,
                          GError  **error);

/* Errors: NOT_FOUND. */
gboolean rungs_way_delete (RungsDb  *db,
                           gint64    id,
                           GError  **error);

/* Returns: (transfer full) (element-type RungsWay): those that lead to the product `product` (0:
 * all), in the order of the kinds, then those of a kind as a whole, then by source. */
GPtrArray *rungs_way_list (RungsDb  *db,
                           gint64    product,
                           GError  **error);

/* The path that suits a sales letter of that path ("ppc", "email", "phone", "page"): a telephone
 * script is reached by phone, the others directly. */
RungsPath rungs_way_path_to (const char *letter_path);

G_END_DECLS
