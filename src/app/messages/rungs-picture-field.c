/* rungs-picture-field.c: shows a picture of the business. */

#include "rungs-picture-field.h"

struct _RungsPictureField
{
  GtkWidget parent_instance;

  GtkWidget *name;
};

G_DEFINE_FINAL_TYPE (RungsPictureField, rungs_picture_field, GTK_TYPE_WIDGET)

static void
rungs_picture_field_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_PICTURE_FIELD (object)->name, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_picture_field_parent_class)->dispose (object);
}

static void
rungs_picture_field_class_init (RungsPictureFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_picture_field_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  g_signal_new ("picked", RUNGS_TYPE_PICTURE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rungs_picture_field_init (RungsPictureField *self)
{
  self->name = gtk_label_new (NULL);
  gtk_widget_set_parent (self->name, GTK_WIDGET (self));
}

GtkWidget *
rungs_picture_field_new (RungsStore *store,
                         const char *key)
{
  RungsPictureField *self = g_object_new (RUNGS_TYPE_PICTURE_FIELD, NULL);

  gtk_label_set_label (GTK_LABEL (self->name), key);
  return GTK_WIDGET (self);
}

void
rungs_picture_field_take_file (RungsPictureField *self,
                               GFile             *file)
{
  g_return_if_fail (RUNGS_IS_PICTURE_FIELD (self));
}
