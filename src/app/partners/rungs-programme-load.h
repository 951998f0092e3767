/* rungs-programme-load.h: what is shown of programmes, for the threads of the store. */

#pragma once

#include <gio/gio.h>

#include "partners/rungs-programme-store.h"

G_BEGIN_DECLS

/* A programme with its terms. */
typedef struct
{
  gint64 id;
  char *name;          /* (owned) */
  gint64 partners;     /* that are in it now */
  gint64 retired_at;   /* nobody joins any more since then; 0: in use */
  GPtrArray *versions; /* (owned) (element-type RungsTermsVersion) the first one first */
  guint in_force;      /* which of them counts now; as many as there are: none yet */
  GHashTable *names;   /* (owned) of products, by gint64 id */
} RungsProgrammeRow;

void rungs_programme_row_free (RungsProgrammeRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsProgrammeRow, rungs_programme_row_free)

/* Errors: NOT_FOUND. */
RungsProgrammeRow *rungs_programme_row_load (RungsDb  *db,
                                             gint64    id,
                                             GError  **error);

/* The same; `data` is a gint64 *, the id. */
gpointer rungs_programme_load_details (RungsDb       *db,
                                       gpointer       data,
                                       GCancellable  *cancellable,
                                       GError       **error);

/* Returns: (transfer full): the version that counts now; the newest where none does yet; NULL where
 * there is none. */
const RungsTermsVersion *rungs_programme_row_get_version (const RungsProgrammeRow *self);

/* `data` is a gint64 *, the id. Nobody joins it any more, or partners may again. Returns: NULL. */
gpointer rungs_programme_do_retire (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);
gpointer rungs_programme_undo_retire (RungsDb       *db,
                                      gpointer       data,
                                      GCancellable  *cancellable,
                                      GError       **error);

G_END_DECLS
