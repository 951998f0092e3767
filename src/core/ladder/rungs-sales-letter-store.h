/* rungs-sales-letter-store.h: reads and writes what sells the products. */

#pragma once

#include "db/rungs-db.h"
#include "ladder/rungs-sales-letter.h"

G_BEGIN_DECLS

/* Returns: the id; 0 on error: INVALID (no name, an address that is none), NOT_FOUND (no such
 * product). */
gint64 rungs_sales_letter_add (RungsDb                 *db,
                               const RungsSalesLetter  *letter,
                               gint64                   now,
                               GError                 **error);

/* Errors: NOT_FOUND. */
RungsSalesLetter *rungs_sales_letter_load (RungsDb  *db,
                                           gint64    id,
                                           GError  **error);

/* The first of the product for that path that is in use and has an address. Errors: NOT_FOUND. */
RungsSalesLetter *rungs_sales_letter_find (RungsDb          *db,
                                           gint64            product,
                                           RungsLetterPath   path,
                                           GError          **error);

/* Stores all but the product and when it was made and retired. Errors as rungs_sales_letter_add().
 */
gboolean rungs_sales_letter_save (RungsDb                 *db,
                                  const RungsSalesLetter  *letter,
                                  gint64                   now,
                                  GError                 **error);

/* No longer used; what it brought stays. `at` 0: used again. */
gboolean rungs_sales_letter_retire (RungsDb  *db,
                                    gint64    letter,
                                    gint64    at,
                                    GError  **error);

/* Errors: NOT_FOUND; CONFLICT where leads came by it. */
gboolean rungs_sales_letter_delete (RungsDb  *db,
                                    gint64    letter,
                                    GError  **error);

/* Returns: (transfer full) (element-type RungsSalesLetter): those of the product (0: of all), by
 * product and path, retired ones last. */
GPtrArray *rungs_sales_letter_list (RungsDb  *db,
                                    gint64    product,
                                    GError  **error);

G_END_DECLS
