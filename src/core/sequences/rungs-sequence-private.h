/* rungs-sequence-private.h: versions that come into use, for the files of this folder. */

#pragma once

#include "sequences/rungs-sequence-store.h"

G_BEGIN_DECLS

/* Adds the graph, whose text without space is `text`, as the next version, in use from now on: what
 * the sequence sells follows, and the segments that it waits for are watched. */
gboolean rungs_sequence_put_version (RungsDb     *db,
                                     gint64       sequence,
                                     const char  *text,
                                     RungsGraph  *graph,
                                     gint64       now,
                                     gint64      *version,
                                     GError     **error);

/* Lets leads enter by that version (0: by none), which sells the SKU (nullable). */
gboolean rungs_sequence_use_version (RungsDb     *db,
                                     gint64       sequence,
                                     gint64       version,
                                     const char  *sells,
                                     GError     **error);

G_END_DECLS
