/* rungs-tagging-store.h: gives a tag to many leads, takes it from them, and undoes either exactly.
 *
 * Leads are arrays of their ids (element-type gint64). All is called in a write transaction; who
 * has many thousands of leads calls it for a part of them at a time. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* That a lead has the tag. */
typedef struct
{
  gint64 lead;
  gint64 added_at;
  gint64 run; /* the import that brought it; 0: none */
} RungsTagging;

/* Gives the tag to those who do not have it, with the event tag.added. Returns: (transfer full)
 * (element-type gint64): those leads; NULL on error. Leads that are gone are left out. */
GArray *rungs_tagging_add (RungsDb  *db,
                           GArray   *leads,
                           gint64    tag,
                           gint64    now,
                           GError  **error);

/* Takes the tag from those who have it, with the event tag.removed. Returns: (transfer full)
 * (element-type RungsTagging): how they had it; NULL on error. */
GArray *rungs_tagging_remove (RungsDb  *db,
                              GArray   *leads,
                              gint64    tag,
                              gint64    now,
                              GError  **error);

/* Gives the tag back as it was had: the `n` from `first` on. Those who have it again keep it as
 * they do. */
gboolean rungs_tagging_restore (RungsDb  *db,
                                GArray   *taggings,
                                guint     first,
                                guint     n,
                                gint64    tag,
                                gint64    now,
                                GError  **error);

G_END_DECLS
