/* rungs-backups-group.c: the copies of the business's file, making one and going back to one. */

#include "rungs-backups-group.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "compat/rungs-file-chooser.h"
#include "db/rungs-backup.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

struct _RungsBackupsGroup
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  GtkWidget *none_row;
  AdwExpanderRow *expander_row;

  RungsStore *store; /* (owned) (nullable) */
  GPtrArray *rows;   /* (owned): those of the expander, not owned */
};

G_DEFINE_FINAL_TYPE (RungsBackupsGroup, rungs_backups_group, ADW_TYPE_BIN)

static char *
describe_time (const char *path)
{
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    return g_path_get_basename (path);
  return rungs_display_time ((gint64) status.st_mtime * 1000);
}

static char *
describe_size (const char *path)
{
  GStatBuf status;

  return g_format_size (g_stat (path, &status) == 0 ? (guint64) status.st_size : 0);
}

static GtkWidget *
new_row (const char *path)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Restore…"));
  g_autofree char *title = describe_time (path);
  g_autofree char *size = describe_size (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", name, size);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), g_variant_new_bytestring (path));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.restore-backup");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

/* On a reading thread of the store. */
static gpointer
write_backup (RungsDb       *db,
              gpointer       path,
              GCancellable  *cancellable,
              GError       **error)
{
  return GINT_TO_POINTER (rungs_backup_write (db, path, error));
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsBackupsGroup) self = data;
  g_autoptr (GError) error = NULL;

  rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  if (error != NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The Backup Could Not Be Made"), error);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "settings.notify", "s",
                                _ ("The backup is made"));
}

static void
place_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (RungsBackupsGroup) self = data;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);

  if (file != NULL && g_file_peek_path (file) != NULL && self->store != NULL)
    rungs_store_read_async (self->store, write_backup, g_file_get_path (file), g_free, NULL, NULL,
                            written_cb, g_object_ref (self));
}

static void
make_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "rungs-%Y-%m-%d.db");

  rungs_file_chooser_save_async (GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Back Up"), name,
                                 NULL, place_chosen_cb, g_object_ref (widget));
}

static void
open_folder_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  RungsBackupsGroup *self = RUNGS_BACKUPS_GROUP (widget);
  g_autofree char *folder = rungs_backup_get_folder (rungs_store_get_path (self->store));
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

static void
rungs_backups_group_dispose (GObject *object)
{
  g_clear_object (&RUNGS_BACKUPS_GROUP (object)->store);

  G_OBJECT_CLASS (rungs_backups_group_parent_class)->dispose (object);
}

static void
rungs_backups_group_finalize (GObject *object)
{
  g_ptr_array_unref (RUNGS_BACKUPS_GROUP (object)->rows);

  G_OBJECT_CLASS (rungs_backups_group_parent_class)->finalize (object);
}

static void
rungs_backups_group_class_init (RungsBackupsGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_backups_group_dispose;
  object_class->finalize = rungs_backups_group_finalize;

  gtk_widget_class_install_action (widget_class, "backups.make", NULL, make_action);
  gtk_widget_class_install_action (widget_class, "backups.open-folder", NULL, open_folder_action);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/settings/rungs-backups-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsBackupsGroup, group);
  gtk_widget_class_bind_template_child (widget_class, RungsBackupsGroup, none_row);
  gtk_widget_class_bind_template_child (widget_class, RungsBackupsGroup, expander_row);
}

static void
rungs_backups_group_init (RungsBackupsGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_backups_group_show (RungsBackupsGroup *self,
                          RungsStore        *store,
                          GPtrArray         *backups)
{
  g_return_if_fail (RUNGS_IS_BACKUPS_GROUP (self));

  g_set_object (&self->store, store);
  gtk_widget_set_visible (self->none_row, backups->len == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->expander_row), backups->len > 0);
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->expander_row, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < backups->len; i++)
    {
      GtkWidget *row = new_row (g_ptr_array_index (backups, i));

      adw_expander_row_add_row (self->expander_row, row);
      g_ptr_array_add (self->rows, row);
    }
  if (backups->len > 0)
    {
      g_autofree char *newest = describe_time (g_ptr_array_index (backups, 0));
      g_autofree char *title
        = g_strdup_printf (ngettext ("%u backup", "%u backups", backups->len), backups->len);
      /* Translators: when the newest backup was made. */
      g_autofree char *subtitle = g_strdup_printf (_ ("The newest: %s"), newest);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->expander_row), title);
      adw_expander_row_set_subtitle (self->expander_row, subtitle);
    }
}
