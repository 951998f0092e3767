/* rungs-programme-store.h: programmes, the versions of their terms, and who is in them; and by
 * which rules orders are credited. */

#pragma once

#include "db/rungs-db.h"
#include "partners/rungs-attribution.h"
#include "partners/rungs-terms.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *name; /* (owned) */
  gint64 partners; /* that are in it now */
  gint64 retired_at; /* 0: in use */
} RungsProgramme;

void rungs_programme_free (RungsProgramme *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsProgramme, rungs_programme_free)

/* Returns: its id; 0 on error: INVALID (no name), CONFLICT (there is one of that name). */
gint64 rungs_programme_add (RungsDb     *db,
                            const char  *name,
                            gint64       now,
                            GError     **error);

/* Errors: NOT_FOUND. */
RungsProgramme *rungs_programme_load_by_name (RungsDb     *db,
                                              const char  *name,
                                              gint64       now,
                                              GError     **error);

/* Returns: (transfer full) (element-type RungsProgramme): all, by name. */
GPtrArray *rungs_programme_list (RungsDb  *db,
                                 gint64    now,
                                 GError  **error);

/* Terms that are in force from `from` on. Returns: the id of the version; 0 on error: INVALID,
 * CONFLICT (a version begins at that moment), NOT_FOUND. */
gint64 rungs_programme_set_terms (RungsDb           *db,
                                  gint64             programme,
                                  gint64             from,
                                  const RungsTerms  *terms,
                                  gint64             now,
                                  GError           **error);

/* A version of the terms; shared, and changed by nobody. */
typedef struct
{
  gint64 id;
  gint64 programme;
  gint64 from_at;
  RungsTerms *terms; /* (owned) */
} RungsTermsVersion;

void rungs_terms_version_unref (RungsTermsVersion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTermsVersion, rungs_terms_version_unref)

/* Returns: (transfer full) (element-type RungsTermsVersion): of a programme, the first one
 * first. */
GPtrArray *rungs_programme_list_terms (RungsDb  *db,
                                       gint64    programme,
                                       GError  **error);

/* Errors: NOT_FOUND. */
RungsTermsVersion *rungs_terms_version_load (RungsDb  *db,
                                             gint64    id,
                                             GError  **error);

/* The version that counts for a sale of the partner at `at`. `version` (out) (transfer full)
 * (nullable): NULL where the partner is in no programme then, or it has no terms yet. */
gboolean rungs_programme_find_terms (RungsDb            *db,
                                     gint64              partner,
                                     gint64              at,
                                     RungsTermsVersion **version,
                                     GError            **error);

/* From `at` on nobody joins it any more, and who is in it stays; 0: it is in use again. Errors:
 * NOT_FOUND. */
gboolean rungs_programme_retire (RungsDb  *db,
                                 gint64    programme,
                                 gint64    at,
                                 GError  **error);

/* From `from` on the partner is in that programme; 0: in none. Errors: NOT_FOUND, CONFLICT (it is
 * retired). */
gboolean rungs_programme_join (RungsDb  *db,
                               gint64    programme,
                               gint64    partner,
                               gint64    from,
                               GError  **error);

/* Orders from `from` on are credited by these rules. Errors: CONFLICT (others begin at that
 * moment). */
gboolean rungs_attribution_rules_set (RungsDb  *db,
                                      gint64    from,
                                      GArray   *rules,
                                      gint64    now,
                                      GError  **error);

/* Returns: (transfer full) (element-type RungsAttributionRule): those that count at `at`; the usual
 * ones where nobody ever said so. */
GArray *rungs_attribution_rules_load (RungsDb  *db,
                                      gint64    at,
                                      GError  **error);

G_END_DECLS
