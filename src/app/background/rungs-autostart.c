/* rungs-autostart.c: asks the desktop to start Rungs with the session. */

#include "background/rungs-autostart.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <libportal-gtk4/portal-gtk4.h>

#define COMMAND "rungs"
#define ARGUMENT "--background"

RungsAutostartWay
rungs_autostart_get_way (void)
{
  return xdp_portal_running_under_sandbox () ? RUNGS_AUTOSTART_PORTAL : RUNGS_AUTOSTART_FILE;
}

/* ---- a file */

static gboolean
write_file (const char  *path,
            GError     **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE,
                         G_KEY_FILE_DESKTOP_TYPE_APPLICATION);
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_NAME, _ ("Rungs"));
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC,
                         COMMAND " " ARGUMENT);
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_ICON, RUNGS_APP_ID);
  return g_key_file_save_to_file (file, path, error);
}

static gboolean
remove_file (const char  *path,
             GError     **error)
{
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  return FALSE;
}

/* On a thread. */
static void
set_file (GTask        *task,
          gpointer      source,
          gpointer      wanted,
          GCancellable *cancellable)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "autostart",
                                            RUNGS_APP_ID ".desktop", NULL);
  GError *error = NULL;

  if (wanted != NULL ? write_file (path, &error) : remove_file (path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* ---- the portal */

static void
portal_answered_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (xdp_portal_request_background_finish (XDP_PORTAL (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s",
                             _ ("The desktop does not allow it."));
}

static void
ask_portal (GTask     *task,
            gboolean   wanted,
            GtkWindow *parent)
{
  g_autoptr (XdpPortal) portal = xdp_portal_new ();
  XdpParent *window = parent != NULL ? xdp_parent_new_gtk (parent) : NULL;
  g_autoptr (GPtrArray) command = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *reason
    = g_strdup (_ ("Messages leave when they are due, also while the window is closed."));

  g_ptr_array_add (command, g_strdup (COMMAND));
  g_ptr_array_add (command, g_strdup (ARGUMENT));
  xdp_portal_request_background (portal, window, reason, command,
                                 wanted ? XDP_BACKGROUND_FLAG_AUTOSTART : XDP_BACKGROUND_FLAG_NONE,
                                 NULL, portal_answered_cb, g_object_ref (task));
  g_clear_pointer (&window, xdp_parent_free);
}

void
rungs_autostart_set_async (RungsAutostartWay    way,
                           gboolean             wanted,
                           GtkWindow           *parent,
                           GAsyncReadyCallback  callback,
                           gpointer             data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  if (way == RUNGS_AUTOSTART_PORTAL)
    {
      ask_portal (task, wanted, parent);
      return;
    }
  g_task_set_task_data (task, GINT_TO_POINTER (wanted), NULL);
  g_task_run_in_thread (task, set_file);
}

gboolean
rungs_autostart_set_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
