/* rungs-file-chooser.h: asks for a file, with what this version of GTK has for it. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for a file to read. Files that match one of `patterns` ("*.csv *.txt") are offered under the
 * name `kind`, all others under "All Files". `start` (nullable) is the folder to begin in. */
void rungs_file_chooser_open_async (GtkWindow           *parent,
                                    const char          *title,
                                    const char          *kind,
                                    const char          *patterns,
                                    GFile               *start,
                                    GAsyncReadyCallback  callback,
                                    gpointer             data);

/* Asks where to write; `name` is the name that is proposed. */
void rungs_file_chooser_save_async (GtkWindow           *parent,
                                    const char          *title,
                                    const char          *name,
                                    GFile               *start,
                                    GAsyncReadyCallback  callback,
                                    gpointer             data);

/* Asks for a folder to write into. */
void rungs_file_chooser_folder_async (GtkWindow           *parent,
                                      const char          *title,
                                      GFile               *start,
                                      GAsyncReadyCallback  callback,
                                      gpointer             data);

/* Returns: (transfer full) (nullable): the file; NULL where none was chosen. Where the question
 * itself failed, that has been said over `parent`. */
GFile *rungs_file_chooser_finish (GAsyncResult *result);

G_END_DECLS
