/* rungs-ladder-facts-store.h: what is known about products and offers; for rungs-ladder-fault.c. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* What is known about a product beside what it is. */
typedef struct
{
  gint64 product;
  gint64 sequences; /* live ones that sell it */
  gint64 letters;   /* sales letters in use */
  gint64 ways;      /* from sources straight to it, or to a sales letter of it */
} RungsProductFacts;

/* Returns: (transfer full) (element-type gint64 RungsProductFacts): of every product, by id (a
 * pointer to a gint64 as key). */
GHashTable *rungs_ladder_facts (RungsDb  *db,
                                GError  **error);

G_END_DECLS
