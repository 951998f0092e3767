/* rungs-secret.c: the passwords of mail accounts, in the keyring and nowhere else.
 *
 * libsecret says NULL without an error both where nothing is stored and where the keyring is locked
 * and stays so. The two are told apart by searching without unlocking: a locked keyring still lists
 * what it holds. libsecret 0.20 can also lose an answer and never end, even when it is cancelled:
 * then the operation is left to itself when its time is over, and what it may still bring is thrown
 * away.
 *
 * The blocking functions run the others on a main context of their own. */

#include "mail/rungs-secret.h"

#include <glib/gi18n.h>
#include <string.h>

#include <libsecret/secret.h>

#include "base/rungs-error.h"

static const SecretSchema SCHEMA = {
  "app.rungs.Rungs",
  SECRET_SCHEMA_NONE,
  {
      { "file", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

/* For searching: gnome-keyring does not find what is locked by the name of its schema. */
static const SecretSchema ANY_SCHEMA = {
  "app.rungs.Rungs",
  SECRET_SCHEMA_DONT_MATCH_NAME,
  {
      { "file", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

/* What a task of this file works on. */
typedef struct
{
  char *file;            /* (owned) */
  char *account;         /* (owned) */
  GCancellable *stop;    /* (owned): ends libsecret's operation */
  GCancellable *outer;   /* (owned) (nullable): the caller's */
  gulong outer_handler;
  GSource *timer;        /* (owned) (nullable) */
  gboolean ended;        /* the task has returned */
} Work;

static void
work_free (Work *work)
{
  g_free (work->file);
  g_free (work->account);
  g_clear_object (&work->stop);
  g_clear_object (&work->outer);
  g_clear_pointer (&work->timer, g_source_unref);
  g_free (work);
}

/* Marks the task as ended. FALSE where it already was: its time was over. */
static gboolean
end (GTask *task)
{
  Work *work = g_task_get_task_data (task);

  if (work->ended)
    return FALSE;

  work->ended = TRUE;
  g_source_destroy (work->timer);
  if (work->outer != NULL)
    g_signal_handler_disconnect (work->outer, work->outer_handler);
  return TRUE;
}

static gboolean
time_over_cb (gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Work *work = g_task_get_task_data (task);

  if (!end (task))
    return G_SOURCE_REMOVE;

  g_task_return_new_error (task, RUNGS_ERROR, RUNGS_ERROR_LOCKED,
                           _ ("The keyring of this computer does not answer."));
  g_cancellable_cancel (work->stop);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_idle_cb (gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Work *work = g_task_get_task_data (task);

  if (!end (task))
    return G_SOURCE_REMOVE;

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           _ ("The keyring was not waited for."));
  g_cancellable_cancel (work->stop);
  return G_SOURCE_REMOVE;
}

/* On whatever thread cancels. */
static void
outer_cancelled_cb (GCancellable *cancellable,
                    gpointer      user_data)
{
  g_autoptr (GSource) idle = g_idle_source_new ();

  g_source_set_callback (idle, cancelled_idle_cb, g_object_ref (user_data), g_object_unref);
  g_source_attach (idle, g_task_get_context (user_data));
}

static GTask *
begin (const char          *file,
       const char          *account,
       guint                timeout,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->file = g_strdup (file);
  work->account = g_strdup (account);
  work->stop = g_cancellable_new ();
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);

  work->timer = g_timeout_source_new (timeout);
  g_source_set_callback (work->timer, time_over_cb, g_object_ref (task), g_object_unref);
  g_source_attach (work->timer, g_task_get_context (task));
  if (cancellable != NULL)
    {
      work->outer = g_object_ref (cancellable);
      work->outer_handler
        = g_signal_connect_data (cancellable, "cancelled", G_CALLBACK (outer_cancelled_cb),
                                 g_object_ref (task), (GClosureNotify) (void *) g_object_unref, 0);
      if (g_cancellable_is_cancelled (cancellable))
        outer_cancelled_cb (cancellable, task);
    }
  return task;
}

static gboolean
is_no_service (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
         || error->domain == G_SPAWN_ERROR
         || (error->domain == G_DBUS_ERROR && error->code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED
             && error->code <= G_DBUS_ERROR_SPAWN_NO_MEMORY)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static void
return_locked (GTask *task)
{
  g_task_return_new_error (task, RUNGS_ERROR, RUNGS_ERROR_LOCKED,
                           _ ("The keyring of this computer is locked, and was not unlocked."));
}

/* Ends the task with what libsecret's error means. Takes the error. */
static void
return_trouble (GTask  *task,
                GError *error)
{
  g_autoptr (GError) owned = error;

  if (is_no_service (owned))
    g_task_return_new_error (
        task, RUNGS_ERROR, RUNGS_ERROR_AUTH,
        _ ("There is no keyring on this computer that could hold passwords (%s)."), owned->message);
  else if (g_error_matches (owned, SECRET_ERROR, SECRET_ERROR_IS_LOCKED)
           || rungs_error_is_cancelled (owned))
    return_locked (task);
  else if (g_error_matches (owned, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT)
           || g_error_matches (owned, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD)
           || g_error_matches (owned, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT))
    g_task_return_new_error (task, RUNGS_ERROR, RUNGS_ERROR_LOCKED,
                             _ ("The keyring of this computer is not set up, or is locked (%s)."),
                             owned->message);
  else
    g_task_return_new_error (task, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("The keyring failed: %s"),
                             owned->message);
}

/* ---- store */

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gboolean stored = secret_password_store_finish (result, &error);

  if (!end (task))
    g_clear_error (&error);
  else if (error != NULL)
    return_trouble (task, error);
  else if (!stored)
    return_locked (task);
  else
    g_task_return_boolean (task, TRUE);
}

void
rungs_secret_store_async (const char          *file,
                          const char          *account,
                          const char          *label,
                          const char          *password,
                          guint                timeout,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;
  Work *work;

  g_return_if_fail (file != NULL && account != NULL);
  g_return_if_fail (label != NULL && password != NULL);

  task = begin (file, account, timeout, cancellable, callback, user_data);
  g_task_set_source_tag (task, rungs_secret_store_async);
  work = g_task_get_task_data (task);
  secret_password_store (&SCHEMA, SECRET_COLLECTION_DEFAULT, label, password, work->stop, stored_cb,
                         task, "file", file, "account", account, NULL);
}

gboolean
rungs_secret_store_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rungs_secret_store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- lookup */

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (!end (task))
    g_clear_error (&error);
  else if (error != NULL)
    return_trouble (task, error);
  else if (items != NULL)
    return_locked (task);
  else
    g_task_return_new_error (task, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                             _ ("The keyring holds no password or key for it."));
  g_list_free_full (items, g_object_unref);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  char *password = secret_password_lookup_finish (result, &error);

  if (error == NULL && password == NULL && !work->ended)
    secret_password_search (&ANY_SCHEMA, SECRET_SEARCH_ALL, work->stop, searched_cb,
                            g_steal_pointer (&task), "file", work->file, "account", work->account,
                            NULL);
  else if (!end (task))
    {
      g_clear_error (&error);
      rungs_secret_free (password);
    }
  else if (error != NULL)
    return_trouble (task, error);
  else
    g_task_return_pointer (task, password, (GDestroyNotify) rungs_secret_free);
}

void
rungs_secret_lookup_async (const char          *file,
                           const char          *account,
                           guint                timeout,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;
  Work *work;

  g_return_if_fail (file != NULL && account != NULL);

  task = begin (file, account, timeout, cancellable, callback, user_data);
  g_task_set_source_tag (task, rungs_secret_lookup_async);
  work = g_task_get_task_data (task);
  secret_password_lookup (&SCHEMA, work->stop, looked_up_cb, task, "file", file, "account", account,
                          NULL);
}

char *
rungs_secret_lookup_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rungs_secret_lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- clear */

static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (!end (task))
    g_clear_error (&error);
  else if (error != NULL)
    return_trouble (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
rungs_secret_clear_async (const char          *file,
                          const char          *account,
                          guint                timeout,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;
  Work *work;

  g_return_if_fail (file != NULL && account != NULL);

  task = begin (file, account, timeout, cancellable, callback, user_data);
  g_task_set_source_tag (task, rungs_secret_clear_async);
  work = g_task_get_task_data (task);
  secret_password_clear (&SCHEMA, work->stop, cleared_cb, task, "file", file, "account", account,
                         NULL);
}

gboolean
rungs_secret_clear_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rungs_secret_clear_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- blocking */

static void
keep_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GMainContext  *context,
          GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (context, TRUE);
  /* what the bus still has to give back, it gives back here and nowhere else */
  while (g_main_context_iteration (context, FALSE))
    continue;
  g_main_context_pop_thread_default (context);
}

gboolean
rungs_secret_store (const char    *file,
                    const char    *account,
                    const char    *label,
                    const char    *password,
                    guint          timeout,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_main_context_push_thread_default (context);
  rungs_secret_store_async (file, account, label, password, timeout, cancellable, keep_result_cb,
                            &result);
  wait_for (context, &result);
  return rungs_secret_store_finish (result, error);
}

char *
rungs_secret_lookup (const char    *file,
                     const char    *account,
                     guint          timeout,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_main_context_push_thread_default (context);
  rungs_secret_lookup_async (file, account, timeout, cancellable, keep_result_cb, &result);
  wait_for (context, &result);
  return rungs_secret_lookup_finish (result, error);
}

gboolean
rungs_secret_clear (const char    *file,
                    const char    *account,
                    guint          timeout,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_main_context_push_thread_default (context);
  rungs_secret_clear_async (file, account, timeout, cancellable, keep_result_cb, &result);
  wait_for (context, &result);
  return rungs_secret_clear_finish (result, error);
}

void
rungs_secret_free (char *password)
{
  if (password != NULL)
    explicit_bzero (password, strlen (password));
  g_free (password);
}
