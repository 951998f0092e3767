/* rungs-export-file.h: a file that is being exported, written line by line. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RungsExportFile RungsExportFile;

/* A new file NAME.ENDING (mode 0600) in `folder`. Errors: FAILED, which names it. */
RungsExportFile *rungs_export_file_new (const char  *folder,
                                        const char  *name,
                                        const char  *ending,
                                        GError     **error);

/* Where the next text is put. */
GString *rungs_export_file_get_buffer (RungsExportFile *self);

/* Writes the buffer where it has grown long. */
gboolean rungs_export_file_write (RungsExportFile  *self,
                                  GError          **error);

/* Writes what is left, down to the disk. */
gboolean rungs_export_file_finish (RungsExportFile  *self,
                                   GError          **error);

void rungs_export_file_free (RungsExportFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsExportFile, rungs_export_file_free)

G_END_DECLS
