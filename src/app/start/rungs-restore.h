/* rungs-restore.h: puts a backup in the place of a business's file without keeping the window
 * waiting. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The file must not be open in this program. `source` is the source object of the result. Errors as
 * rungs_backup_restore(). The program stays until it has ended, though its last window be
 * closed. */
void rungs_restore_async (GObject             *source,
                          const char          *backup,
                          const char          *path,
                          GAsyncReadyCallback  callback,
                          gpointer             data);
gboolean rungs_restore_finish (GAsyncResult  *result,
                               GError       **error);

G_END_DECLS
