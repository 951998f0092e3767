/* rungs-picture-field.h: shows a picture of the business, and takes another from a file. */

#pragma once

#include <gtk/gtk.h>

#include "db/rungs-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PICTURE_FIELD (rungs_picture_field_get_type ())

/**
 * RungsPictureField::picked: another picture was stored
 * @key: by which it is known
 */
G_DECLARE_FINAL_TYPE (RungsPictureField, rungs_picture_field, RUNGS, PICTURE_FIELD, GtkWidget)

/* `key` is that of a stored picture, or empty. `store` may be NULL. */
GtkWidget *rungs_picture_field_new (RungsStore *store,
                                    const char *key);

/* Stores the picture in the file, scaled down where it is too wide, and shows it. */
void rungs_picture_field_take_file (RungsPictureField *self,
                                    GFile             *file);

G_END_DECLS
