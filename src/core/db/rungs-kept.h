/* rungs-kept.h: what was made of rows of the file and is kept until they may be others; for the
 * connection (rungs_db_keep()). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RungsKept RungsKept;

RungsKept *rungs_kept_new (void);
void rungs_kept_free (RungsKept *self);

/* Takes `value`, in the place of what was there. `tables`: (not copied) NULL-terminated. `version`:
 * the file's data version now. */
void rungs_kept_put (RungsKept          *self,
                     const char         *name,
                     const char *const  *tables,
                     gint64              version,
                     gpointer            value,
                     GDestroyNotify      value_free);

/* Returns: (transfer none) (nullable): what is there, if it is of that version. */
gpointer rungs_kept_get (RungsKept  *self,
                         const char *name,
                         gint64      version);

/* Forgets what was made of one of `tables` (element-type utf8). */
void rungs_kept_forget (RungsKept *self,
                        GPtrArray *tables);

G_END_DECLS
