/* rungs-background.h: goes on with businesses whose windows were closed, where the user wants it.
 *
 * It keeps the program alive, and tells now and then, quietly, what was done; what needs a person
 * it tells at once. */

#pragma once

#include <gio/gio.h>

#include "engine/rungs-engine.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_BACKGROUND (rungs_background_get_type ())

G_DECLARE_FINAL_TYPE (RungsBackground, rungs_background, RUNGS, BACKGROUND, GObject)

/* `app` is lent, and outlives it; its action "app.show-business" (s: the file) is what a notice
 * leads to. */
RungsBackground *rungs_background_new (GApplication *app);

/* Whether the user wants it: the setting "background". */
gboolean rungs_background_is_wanted (RungsBackground *self);

/* Whether it goes on with the file. */
gboolean rungs_background_has (RungsBackground *self,
                               const char      *path);

/* Goes on with the file. `engine` (nullable) (transfer full) is the one that runs already. */
void rungs_background_keep (RungsBackground *self,
                            const char      *path,
                            RungsEngine     *engine);

/* Returns: (transfer full) (nullable): the engine of the file, which runs, and is the caller's now;
 * NULL: the file was not kept. */
RungsEngine *rungs_background_take (RungsBackground *self,
                                    const char      *path);

/* Stops all engines, after the messages under way. */
void rungs_background_stop (RungsBackground *self);

/* What a notice says of what was done. Returns: (transfer full) (nullable): NULL where there is
 * nothing to say. */
char *rungs_background_dup_words (gint64 sent,
                                  gint64 doubtful);

G_END_DECLS
