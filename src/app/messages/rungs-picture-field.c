/* rungs-picture-field.c: shows a picture of the business, and takes another from a file. */

#include "rungs-picture-field.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "compat/rungs-file-chooser.h"
#include "mail/rungs-picture-store.h"
#include "widgets/rungs-error-words.h"

#define HEIGHT 140

struct _RungsPictureField
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkPicture *picture;
  GtkLabel *name;
  GtkWidget *choose;
  RungsStore *store; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsPictureField, rungs_picture_field, GTK_TYPE_WIDGET)

static guint picked_signal;

/* ---- what is shown */

static void
show_picture (RungsPictureField  *self,
              const RungsPicture *picture)
{
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (picture->bytes, NULL);
  g_autofree char *words = g_strdup_printf (_ ("%s, %d × %d"), picture->name, picture->width,
                                            picture->height);

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (GTK_WIDGET (self->picture), texture != NULL);
  gtk_label_set_label (self->name, words);
}

static gpointer
load_picture (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return rungs_picture_load (db, data, TRUE, error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsPictureField) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPicture) picture
      = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->box == NULL)
    return;
  if (picture != NULL)
    show_picture (self, picture);
  else if (g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    gtk_label_set_label (self->name, _ ("This picture is gone. Choose another."));
  else
    {
      g_autofree char *words = rungs_error_words (error);

      gtk_label_set_label (self->name, words);
    }
}

/* ---- another one */

/* What is to be stored. */
typedef struct
{
  GBytes *bytes; /* (owned) */
  char *name;    /* (owned) */
} Upload;

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  g_bytes_unref (upload->bytes);
  g_free (upload->name);
  g_free (upload);
}

static gpointer
store_picture (RungsDb       *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Upload *upload = data;
  g_autoptr (RungsPicture) added
    = rungs_picture_add (db, upload->bytes, upload->name, g_get_real_time () / 1000, error);

  return added != NULL ? rungs_picture_load (db, added->key, TRUE, error) : NULL;
}

static void
tell_trouble (RungsPictureField *self,
              const GError      *error)
{
  rungs_error_tell (GTK_WIDGET (self), _ ("The Picture Could Not Be Used"), error);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsPictureField) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPicture) picture
    = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  if (self->box == NULL)
    return;
  if (picture == NULL)
    {
      tell_trouble (self, error);
      return;
    }
  show_picture (self, picture);
  g_signal_emit (self, picked_signal, 0, picture->key);
}

static void
file_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (RungsPictureField) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  char *contents;
  gsize length;
  Upload *upload;

  if (!g_file_load_contents_finish (G_FILE (source), result, &contents, &length, NULL, &error))
    {
      if (self->box != NULL)
        tell_trouble (self, error);
      return;
    }
  upload = g_new0 (Upload, 1);
  upload->bytes = g_bytes_new_take (contents, length);
  upload->name = g_steal_pointer (&name);
  rungs_store_write_async (self->store, store_picture, upload, upload_free,
                           (GDestroyNotify) rungs_picture_free, NULL, stored_cb,
                           g_object_ref (self));
}

void
rungs_picture_field_take_file (RungsPictureField *self,
                               GFile             *file)
{
  g_return_if_fail (RUNGS_IS_PICTURE_FIELD (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->store != NULL)
    g_file_load_contents_async (file, NULL, file_read_cb, g_object_ref (self));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsPictureField) self = data;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);

  if (file != NULL && self->box != NULL)
    rungs_picture_field_take_file (self, file);
}

static void
choose_clicked_cb (RungsPictureField *self)
{
  rungs_file_chooser_open_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                 _ ("Choose a Picture"), _ ("Pictures"),
                                 "*.jpg *.jpeg *.png *.gif *.webp", NULL, chosen_cb,
                                 g_object_ref (self));
}

static gboolean
dropped_cb (GtkDropTarget     *target,
            const GValue      *value,
            double             x,
            double             y,
            RungsPictureField *self)
{
  GSList *files = g_value_get_boxed (value);

  if (files == NULL)
    return FALSE;
  rungs_picture_field_take_file (self, files->data);
  return TRUE;
}

/* ---- the class */

static void
rungs_picture_field_dispose (GObject *object)
{
  RungsPictureField *self = RUNGS_PICTURE_FIELD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (rungs_picture_field_parent_class)->dispose (object);
}

static void
rungs_picture_field_class_init (RungsPictureFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_picture_field_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  picked_signal = g_signal_new ("picked", RUNGS_TYPE_PICTURE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rungs_picture_field_init (RungsPictureField *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->picture = GTK_PICTURE (gtk_picture_new ());
  self->name = GTK_LABEL (gtk_label_new (_ ("No picture yet: choose one, or drop a file here.")));
  self->choose = gtk_button_new_with_mnemonic (_ ("_Choose…"));
  gtk_widget_set_size_request (GTK_WIDGET (self->picture), -1, HEIGHT);
  gtk_widget_set_visible (GTK_WIDGET (self->picture), FALSE);
  gtk_label_set_xalign (self->name, 0);
  gtk_label_set_wrap (self->name, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->name), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->name), "dim-label");
  gtk_widget_set_valign (self->choose, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (row), self->choose);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->picture));
  gtk_box_append (GTK_BOX (self->box), row);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (self->choose, "clicked", G_CALLBACK (choose_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

GtkWidget *
rungs_picture_field_new (RungsStore *store,
                         const char *key)
{
  RungsPictureField *self = g_object_new (RUNGS_TYPE_PICTURE_FIELD, NULL);

  g_return_val_if_fail (key != NULL, NULL);

  g_set_object (&self->store, store);
  gtk_widget_set_sensitive (self->choose, store != NULL);
  if (store != NULL && *key != '\0')
    rungs_store_read_async (store, load_picture, g_strdup (key), g_free,
                            (GDestroyNotify) rungs_picture_free, NULL, loaded_cb,
                            g_object_ref (self));
  return GTK_WIDGET (self);
}
