/* rungs-restore.c: puts a backup in the place of a business's file without keeping the window
 * waiting. */

#include "rungs-restore.h"

#include "db/rungs-backup.h"

static void
restore_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  const char *const *paths = data;
  GError *error = NULL;

  if (rungs_backup_restore (paths[0], paths[1], &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
rungs_restore_async (GObject             *source,
                     const char          *backup,
                     const char          *path,
                     GAsyncReadyCallback  callback,
                     gpointer             data)
{
  g_autoptr (GTask) task = g_task_new (source, NULL, callback, data);
  const char *const paths[] = { backup, path, NULL };

  g_task_set_task_data (task, g_strdupv ((char **) paths), (GDestroyNotify) g_strfreev);
  g_application_hold (g_application_get_default ());
  g_task_run_in_thread (task, restore_thread);
}

gboolean
rungs_restore_finish (GAsyncResult  *result,
                      GError       **error)
{
  g_application_release (g_application_get_default ());
  return g_task_propagate_boolean (G_TASK (result), error);
}
