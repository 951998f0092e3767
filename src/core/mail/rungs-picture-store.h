/* rungs-picture-store.h: the pictures that messages can show. */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-picture.h"

G_BEGIN_DECLS

/* Stores what is sent of a picture file (rungs_picture_prepare()) under a key made from `name`,
 * such as its file name. Returns: (transfer full): the picture; one that is stored already is that,
 * under the name it has. Errors: INVALID, as rungs_picture_prepare(). */
RungsPicture *rungs_picture_add (RungsDb     *db,
                                 GBytes      *file,
                                 const char  *name,
                                 gint64       now,
                                 GError     **error);

/* Returns: (transfer full) (element-type RungsPicture): all, the newest first, without bytes. */
GPtrArray *rungs_picture_list (RungsDb  *db,
                               GError  **error);

/* With its bytes, or without. Errors: NOT_FOUND. */
RungsPicture *rungs_picture_load (RungsDb     *db,
                                  const char  *key,
                                  gboolean     with_bytes,
                                  GError     **error);

/* What people call it. Errors: NOT_FOUND, INVALID (an empty name). */
gboolean rungs_picture_rename (RungsDb     *db,
                               const char  *key,
                               const char  *name,
                               GError     **error);

/* Errors: NOT_FOUND; CONFLICT where a message shows it, which is named. */
gboolean rungs_picture_remove (RungsDb     *db,
                               const char  *key,
                               GError     **error);

/* Returns: (transfer full): the names of the messages whose text in use shows the picture. */
GStrv rungs_picture_list_messages (RungsDb     *db,
                                   const char  *key,
                                   GError     **error);

G_END_DECLS
