/* rungs-opt-in-store.h: opt-in forms in the file: one draft each, and every version that was
 * published, for ever: what somebody agreed to can be read word for word.
 *
 * All that writes is called in a write transaction. */

#pragma once

#include "db/rungs-db.h"
#include "web/rungs-opt-in.h"

G_BEGIN_DECLS

/* A row of the table `opt_in`, with its counts. */
typedef struct
{
  gint64 id;
  char *slug;          /* (owned) it stands at /f/SLUG */
  char *name;          /* (owned) as staff call it */
  gint64 source;       /* of the leads that come by it; 0: none */
  RungsOptIn *draft;   /* (owned) as it is being written; after publishing, what was published */
  gint64 version;      /* the id of the one that is published; 0: none was yet */
  guint number;        /* its number, from 1; 0 */
  gboolean is_changed; /* the draft is not what is published */
  gint64 created_at;
  gint64 updated_at;   /* of the draft */
  gint64 published_at; /* of the version; 0 */
  gint64 retired_at;   /* it takes nothing any more; 0: in use */
  gint64 submissions;  /* that were applied */
  gint64 leads;        /* of whom they were */
  gint64 pending;      /* who have not confirmed yet, and still can */
  gint64 confirmed;
  gint64 last_at;      /* of the last submission; 0: none */
} RungsOptInForm;

void rungs_opt_in_form_free (RungsOptInForm *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOptInForm, rungs_opt_in_form_free)

/* A slug made from a name: "Tea & more" → "tea-more"; "form" where nothing is left of it. */
char *rungs_opt_in_dup_slug (const char *name);

/* Adds a form with that draft. `slug` NULL or "": one made from the name, that is free. Returns:
 * its id; 0 on error: INVALID (no name, no slug), CONFLICT (name or slug is taken), NOT_FOUND
 * (source). */
gint64 rungs_opt_in_add (RungsDb           *db,
                         const char        *name,
                         const char        *slug,
                         gint64             source,
                         const RungsOptIn  *draft,
                         gint64             now,
                         GError           **error);

/* Stores the draft; nothing that is published changes. Errors: NOT_FOUND. */
gboolean rungs_opt_in_save_draft (RungsDb           *db,
                                  gint64             form,
                                  const RungsOptIn  *draft,
                                  gint64             now,
                                  GError           **error);

/* Name, slug and source, which count at once. Errors: NOT_FOUND, INVALID, CONFLICT (name or slug is
 * taken, or another slug of a form that was published: pages elsewhere post to it). */
gboolean rungs_opt_in_rename (RungsDb     *db,
                              gint64       form,
                              const char  *name,
                              const char  *slug,
                              gint64       source,
                              gint64       now,
                              GError     **error);

/* Makes the draft the version that people get; where it is that already, does nothing. `number`
 * (out). Errors: NOT_FOUND; INVALID, with the first problem that blocks. */
gboolean rungs_opt_in_publish (RungsDb  *db,
                               gint64    form,
                               gint64    now,
                               guint    *number,
                               GError  **error);

/* It takes nothing any more; `at` 0: it does again. Errors: NOT_FOUND. */
gboolean rungs_opt_in_retire (RungsDb  *db,
                              gint64    form,
                              gint64    at,
                              GError  **error);

/* Deletes one that was never published. Errors: NOT_FOUND, CONFLICT. */
gboolean rungs_opt_in_delete (RungsDb  *db,
                              gint64    form,
                              GError  **error);

/* Errors: NOT_FOUND. Which still may expire of what is pending, is as of `now`. */
RungsOptInForm *rungs_opt_in_load (RungsDb  *db,
                                   gint64    form,
                                   gint64    now,
                                   GError  **error);

/* `id` (out): of the form of that name or slug. Errors: NOT_FOUND. */
gboolean rungs_opt_in_find (RungsDb     *db,
                            const char  *name,
                            gint64      *id,
                            GError     **error);

/* Returns: (transfer full) (element-type RungsOptInForm): all, by name, retired ones last. */
GPtrArray *rungs_opt_in_list (RungsDb  *db,
                              gint64    now,
                              GError  **error);

/* What a delivery is called that the relay takes for a robot's; after rungs_opt_in_accept() it is
 * called the second. */
#define RUNGS_OPT_IN_SUSPECT "suspect"
#define RUNGS_OPT_IN_ACCEPTED "accepted"

/* Says that a submission that was ignored as a robot's is a person's: it is looked at once more.
 * Errors: NOT_FOUND, it is none of these. */
gboolean rungs_opt_in_accept (RungsDb  *db,
                              gint64    delivery,
                              GError  **error);

/* A version that was published. */
typedef struct
{
  gint64 id;
  gint64 form;
  guint number;
  RungsOptIn *definition; /* (owned) */
  gint64 created_at;
} RungsOptInVersion;

void rungs_opt_in_version_free (RungsOptInVersion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOptInVersion, rungs_opt_in_version_free)

/* Errors: NOT_FOUND. */
RungsOptInVersion *rungs_opt_in_version_load (RungsDb  *db,
                                              gint64    version,
                                              GError  **error);

/* Returns: (transfer full) (element-type RungsOptInVersion): the newest first. */
GPtrArray *rungs_opt_in_versions (RungsDb  *db,
                                  gint64    form,
                                  GError  **error);

/* rungs_opt_in_check(), and whether what it refers to is in the file: fields of the business's own,
 * sequence, segments, message. NULL on error. */
GPtrArray *rungs_opt_in_check_all (RungsDb           *db,
                                   const RungsOptIn  *definition,
                                   GError           **error);

G_END_DECLS
