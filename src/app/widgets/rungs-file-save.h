/* rungs-file-save.h: something goes into a file that the user chooses. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RungsFileSave: what is asked and written.
 * @title: of the window that asks
 * @proposed: a name for the file; what cannot stand in one becomes "-"
 * @text: (transfer full) (nullable): what is written
 * @bytes: (transfer full) (nullable): the same, where it is not text
 * @flags: how the file is made
 * @failed: (static): what is said over the window where it could not be written
 * @done: called with the widget when all is in the file
 */
typedef struct
{
  const char *title;
  const char *proposed;
  char *text;
  GBytes *bytes;
  GFileCreateFlags flags;
  const char *failed;
  void (*done) (GtkWidget *widget);
} RungsFileSave;

/* Asks over the window of `widget`, which stays alive until the file is written. */
void rungs_file_save (GtkWidget           *widget,
                      const RungsFileSave *what);

/* A table. `csv` is taken. */
void rungs_csv_save (GtkWidget  *widget,
                     const char *title,
                     const char *proposed,
                     char       *csv,
                     void      (*done) (GtkWidget *widget));

G_END_DECLS
