/* rungs-csv-save.h: a table goes into a file that the user chooses. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* `csv` is taken. What goes wrong is said over the window of `widget`; `done` is called with
 * `widget` when the table is in the file. */
void rungs_csv_save (GtkWidget  *widget,
                     const char *title,
                     const char *proposed,
                     char       *csv,
                     void      (*done) (GtkWidget *widget));

G_END_DECLS
