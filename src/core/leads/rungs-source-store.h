/* rungs-source-store.h: where leads come from, and what that costs. */

#pragma once

#include "base/rungs-money.h"
#include "db/rungs-db.h"

G_BEGIN_DECLS

/* The six kinds, in the order in which they are always shown. */
typedef enum
{
  RUNGS_SOURCE_CUSTOMERS,
  RUNGS_SOURCE_PPC,
  RUNGS_SOURCE_OTHER,
  RUNGS_SOURCE_SEO,
  RUNGS_SOURCE_JV,
  RUNGS_SOURCE_AFFILIATE,
} RungsSourceKind;

#define RUNGS_SOURCE_KINDS 6

/* "customers", "ppc", "other", "seo", "jv", "affiliate". */
const char *rungs_source_kind_to_text (RungsSourceKind kind);
gboolean rungs_source_kind_from_text (const char      *text,
                                      RungsSourceKind *kind);

typedef struct
{
  gint64 id;
  RungsSourceKind kind;
  char *name; /* (owned) */
  gint64 created_at;
  gint64 retired_at; /* 0: in use */
} RungsSource;

void rungs_source_free (RungsSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSource, rungs_source_free)

typedef struct
{
  gint64 id;
  gint64 source;
  char *day; /* (owned) YYYY-MM-DD in the business's zone */
  RungsMoney amount;
  char *note; /* (owned) */
} RungsSpend;

void rungs_spend_free (RungsSpend *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSpend, rungs_spend_free)

/* Reads "ppc:Spring search ads", as the command line names a source. Errors: INVALID. */
gboolean rungs_source_parse (const char       *text,
                             RungsSourceKind  *kind,
                             char            **name,
                             GError          **error);

/* Returns: the id; 0 on error: INVALID (no name), CONFLICT (there is one of that kind and name). */
gint64 rungs_source_add (RungsDb          *db,
                         RungsSourceKind   kind,
                         const char       *name,
                         gint64            now,
                         GError          **error);

/* The source of that kind and name, made where there is none. Returns: its id; 0 on error. */
gint64 rungs_source_ensure (RungsDb          *db,
                            RungsSourceKind   kind,
                            const char       *name,
                            gint64            now,
                            GError          **error);

/* Errors: NOT_FOUND. */
RungsSource *rungs_source_load (RungsDb  *db,
                                gint64    id,
                                GError  **error);

/* Returns: (transfer full) (element-type RungsSource): all, in the order of their kinds, then by
 * name. */
GPtrArray *rungs_source_list (RungsDb  *db,
                              GError  **error);

/* Errors: INVALID, CONFLICT. */
gboolean rungs_source_rename (RungsDb     *db,
                              gint64       source,
                              const char  *name,
                              GError     **error);

/* `at` 0 takes it into use again. */
gboolean rungs_source_retire (RungsDb  *db,
                              gint64    source,
                              gint64    at,
                              GError  **error);

/* Errors: CONFLICT where it has touches, an import or a coupon: retire it instead. */
gboolean rungs_source_delete (RungsDb  *db,
                              gint64    source,
                              GError  **error);

/* Writes down what a source cost on a day ("YYYY-MM-DD"). Returns: the id; 0 on error: INVALID. */
gint64 rungs_spend_add (RungsDb     *db,
                        gint64       source,
                        const char  *day,
                        RungsMoney   amount,
                        const char  *note,
                        GError     **error);

gboolean rungs_spend_delete (RungsDb  *db,
                             gint64    spend,
                             GError  **error);

/* Returns: (transfer full) (element-type RungsSpend): what a source cost, the newest day first. */
GPtrArray *rungs_spend_list (RungsDb  *db,
                             gint64    source,
                             GError  **error);

G_END_DECLS
