/* rungs-source-argument.h: a source as it is named on the command line. */

#pragma once

#include "leads/rungs-source-store.h"

G_BEGIN_DECLS

/* The source that is written as KIND:NAME. Errors: INVALID, NOT_FOUND. */
RungsSource *rungs_source_load_by_text (RungsDb     *db,
                                        const char  *text,
                                        GError     **error);

/* The same, made where there is none. Returns: its id; 0 on error. */
gint64 rungs_source_ensure_by_text (RungsDb     *db,
                                    const char  *text,
                                    gint64       now,
                                    GError     **error);

G_END_DECLS
