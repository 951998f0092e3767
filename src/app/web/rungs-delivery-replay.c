/* rungs-delivery-replay.c: looks once more at deliveries in quarantine.
 *
 * Their secrets come from the keyring, which may ask, and certificates from the network: so that it
 * happens on a thread and a connection of its own, some deliveries at a time. What was done when it
 * is cancelled is done; the rest waits, and is looked at with what comes next. */

#include "rungs-delivery-replay.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "engine/rungs-business.h"
#include "leads/rungs-business-store.h"
#include "web/rungs-web-keys.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-progress-view.h"

#define AT_ONCE 50

typedef struct
{
  char *path;              /* (owned) */
  GArray *ids;             /* (owned) (nullable) */
  gint64 endpoint;
  gint64 count;            /* how many are looked at again */
  RungsWebResult result;
  RungsProgress *progress; /* (owned) */
  GtkWindow *window;       /* (owned) (nullable) */
} Replay;

static void
replay_free (gpointer data)
{
  Replay *self = data;

  g_free (self->path);
  g_clear_pointer (&self->ids, g_array_unref);
  rungs_progress_unref (self->progress);
  g_free (self);
}

/* ---- on the thread */

static gboolean
let_out (RungsDb   *db,
         gpointer   data,
         GError   **error)
{
  Replay *self = data;

  if (self->ids == NULL)
    return rungs_web_delivery_replay_all (db, self->endpoint, &self->count, error);
  for (guint i = 0; i < self->ids->len; i++)
    {
      g_autoptr (GError) fault = NULL;

      if (rungs_web_delivery_replay (db, g_array_index (self->ids, gint64, i), &fault))
        self->count++;
      else if (!g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_CONFLICT)
               && !g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&fault));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
look (Replay        *self,
      RungsDb       *db,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  g_autoptr (RungsWebKeyring) keyring = NULL;
  RungsWebKeys keys;

  if (business == NULL)
    return FALSE;
  keyring = rungs_web_keyring_new (business->uuid, NULL);
  keys = rungs_web_keyring_get_keys (keyring);
  for (gint64 before = -1, ended = 0; before != ended;)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      before = ended;
      self->result.limit = self->result.looked + AT_ONCE;
      if (!rungs_web_apply_all (db, &keys, g_get_real_time () / 1000, &self->result, error))
        return FALSE;
      ended = self->result.applied + self->result.ignored + self->result.quarantined;
      rungs_progress_set (self->progress, MIN (ended, self->count), self->count);
    }
  return TRUE;
}

static void
run (GTask        *task,
     gpointer      source,
     gpointer      data,
     GCancellable *cancellable)
{
  Replay *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db = rungs_business_open (self->path, RUNGS_DB_WRITE, &error);

  if (db != NULL && rungs_db_write (db, let_out, self, &error))
    look (self, db, cancellable, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/* ---- in the window */

static void
tell (RungsPage    *page,
      const Replay *self)
{
  g_autofree char *done = rungs_display_number (self->result.applied + self->result.ignored);
  g_autofree char *left = rungs_display_number (self->result.quarantined);
  g_autofree char *text = NULL;

  if (self->count == 0)
    text = g_strdup (_ ("There is nothing in quarantine to look at again."));
  else if (self->result.quarantined == 0)
    text = g_strdup_printf (ngettext ("%s delivery is done", "%s deliveries are done",
                                      (gulong) (self->result.applied + self->result.ignored)),
                            done);
  else if (self->result.applied + self->result.ignored == 0)
    text = g_strdup_printf (ngettext ("%s delivery is in quarantine still",
                                      "%s deliveries are in quarantine still",
                                      (gulong) self->result.quarantined),
                            left);
  else
    text = g_strdup_printf (_ ("%s are done, %s are in quarantine still"), done, left);
  rungs_page_notify (page, text);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  RungsPage *page = RUNGS_PAGE (source);
  Replay *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (self->window != NULL)
    gtk_window_destroy (self->window);
  g_clear_object (&self->window);
  if (rungs_page_get_store (page) != NULL)
    rungs_store_note_change (rungs_page_get_store (page));
  if (g_task_propagate_boolean (G_TASK (result), &error))
    tell (page, self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rungs_error_tell (GTK_WIDGET (page), _ ("The Deliveries Could Not Be Looked At"), error);
}

void
rungs_delivery_replay (RungsPage *page,
                       GArray    *ids,
                       gint64     endpoint)
{
  Replay *self = g_new0 (Replay, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (page, cancellable, ended_cb, NULL);

  g_return_if_fail (RUNGS_IS_PAGE (page));

  self->path = g_strdup (rungs_store_get_path (rungs_page_get_store (page)));
  self->ids = ids;
  self->endpoint = endpoint;
  self->progress = rungs_progress_new ();
  g_task_set_task_data (task, self, replay_free);
  if (ids == NULL || ids->len > 1)
    {
      self->window = g_object_ref (rungs_progress_window_new (
          GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), _ ("Looking Again"),
          self->progress, cancellable));
      gtk_window_present (self->window);
    }
  g_task_run_in_thread (task, run);
}
