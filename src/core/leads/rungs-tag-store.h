/* rungs-tag-store.h: tags, and who has them. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *name;   /* (owned) */
  gint64 leads; /* how many have it; 0 where it was not counted */
} RungsTag;

void rungs_tag_free (RungsTag *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsTag, rungs_tag_free)

/* The tag of that name, whatever its case, made where there is none. Returns: its id; 0 on error:
 * INVALID (empty, or with a comma). */
gint64 rungs_tag_ensure (RungsDb     *db,
                         const char  *name,
                         GError     **error);

/* `id` is 0 where there is no such tag. */
gboolean rungs_tag_find (RungsDb     *db,
                         const char  *name,
                         gint64      *id,
                         GError     **error);

/* Errors: INVALID, CONFLICT (the name is taken). */
gboolean rungs_tag_rename (RungsDb     *db,
                           gint64       tag,
                           const char  *name,
                           GError     **error);

/* Takes it from all leads, without events. */
gboolean rungs_tag_delete (RungsDb  *db,
                           gint64    tag,
                           GError  **error);

/* Returns: (transfer full) (element-type RungsTag): all tags by name, counted. */
GPtrArray *rungs_tag_list (RungsDb  *db,
                           GError  **error);

/* Returns: (transfer full) (element-type RungsTag): those of a lead, by name, not counted. */
GPtrArray *rungs_tag_list_of_lead (RungsDb  *db,
                                   gint64    lead,
                                   GError  **error);

/* Adds the event tag.added; nothing where the lead has it already. */
gboolean rungs_lead_add_tag (RungsDb  *db,
                             gint64    lead,
                             gint64    tag,
                             gint64    now,
                             GError  **error);

/* Adds the event tag.removed; nothing where the lead does not have it. */
gboolean rungs_lead_remove_tag (RungsDb  *db,
                                gint64    lead,
                                gint64    tag,
                                gint64    now,
                                GError  **error);

G_END_DECLS
