/* rungs-ownership-store.h: who owns what: ordered, not refunded whole, not lapsed. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 product;
  char *name;        /* (owned) */
  gint64 since;      /* the first order that still holds */
  gint64 paid_until; /* of a subscription: when it lapses; 0: never */
  gboolean direct;   /* ordered by itself; FALSE: only as part of `through` */
  gint64 through;    /* the bundle it came with; 0: ordered by itself */
  char *through_name; /* (owned) (nullable) */
} RungsOwned;

void rungs_owned_free (RungsOwned *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOwned, rungs_owned_free)

/* Whether the lead owns the product at `at`, by itself or in a bundle. */
gboolean rungs_ownership_has (RungsDb   *db,
                              gint64     lead,
                              gint64     product,
                              gint64     at,
                              gboolean  *has,
                              GError   **error);

/* Returns: (transfer full) (element-type RungsOwned): what the lead owns at `at`, each product
 * once, in the order in which it came. */
GPtrArray *rungs_ownership_list (RungsDb  *db,
                                 gint64    lead,
                                 gint64    at,
                                 GError  **error);

/* The statement of rungs_ownership_has(), for tests that pin how it is run. */
const char *rungs_ownership_get_sql (void);

G_END_DECLS
