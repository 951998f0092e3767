/* rungs-payee-load.c: payment details, and their key from the keyring, without blocking the
 * window. */

#include "rungs-payee-load.h"

#include "base/rungs-error.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-secret.h"
#include "widgets/rungs-error-words.h"

/* ---- the key */

typedef struct
{
  char *file;     /* (owned) its uuid */
  gboolean there; /* something is sealed in it */
  gboolean make;
} Lock;

static void
lock_free (gpointer data)
{
  Lock *self = data;

  g_free (self->file);
  g_free (self);
}

/* On a reading thread. */
static gpointer
load_lock (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  gboolean there;
  Lock *lock;

  if (business == NULL || !rungs_payees_are_there (db, &there, error))
    return NULL;
  lock = g_new0 (Lock, 1);
  lock->file = g_strdup (business->uuid);
  lock->there = there;
  lock->make = GPOINTER_TO_INT (data);
  return lock;
}

/* On a thread of its own: it blocks. */
static void
find_key (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  const Lock *lock = data;
  g_autoptr (GError) error = NULL;
  RungsSealKey *key = rungs_payee_key_find (lock->file, lock->there, lock->make,
                                            RUNGS_SECRET_PATIENT_TIMEOUT, cancellable, &error);

  if (key != NULL)
    g_task_return_pointer (task, key, (GDestroyNotify) rungs_seal_key_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
lock_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Lock *lock = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (lock == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_task_data (task, lock, lock_free);
  if (lock->there || lock->make)
    g_task_run_in_thread (task, find_key);
  else
    g_task_return_pointer (task, NULL, NULL);
}

void
rungs_payee_key_async (RungsStore          *store,
                       gboolean             make,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             data)
{
  GTask *task;

  g_return_if_fail (RUNGS_IS_STORE (store));

  task = g_task_new (store, cancellable, callback, data);
  g_task_set_source_tag (task, rungs_payee_key_async);
  rungs_store_read_async (store, load_lock, GINT_TO_POINTER (make), NULL, lock_free, cancellable,
                          lock_loaded_cb, task);
}

gboolean
rungs_payee_key_finish (GAsyncResult  *result,
                        RungsSealKey **key,
                        GError       **error)
{
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, rungs_payee_key_async), FALSE);

  *key = g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* ---- the details */

typedef struct
{
  gint64 partner;
  gboolean there;
  RungsSealKey *key; /* (owned) (nullable) */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  rungs_seal_key_free (self->key);
  g_free (self);
}

/* On a reading thread. */
static gpointer
find_whether (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Reading *reading = data;

  return rungs_payee_is_there (db, reading->partner, &reading->there, error) ? reading : NULL;
}

static gpointer
load_payee (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Reading *reading = data;

  return rungs_payee_load (db, reading->partner, reading->key, error);
}

static void
payee_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  RungsPayee *payee = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (payee != NULL)
    g_task_return_pointer (task, payee, (GDestroyNotify) rungs_payee_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
read_payee (GTask *task)
{
  rungs_store_read_async (g_task_get_source_object (task), load_payee, g_task_get_task_data (task),
                          NULL, (GDestroyNotify) rungs_payee_free, g_task_get_cancellable (task),
                          payee_loaded_cb, g_object_ref (task));
}

static void
key_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Reading *reading = g_task_get_task_data (task);

  if (rungs_payee_key_finish (result, &reading->key, &error))
    read_payee (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
whether_found_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  const Reading *reading = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (reading == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (reading->there)
    rungs_payee_key_async (RUNGS_STORE (source), FALSE, g_task_get_cancellable (task),
                           key_found_cb, g_object_ref (task));
  else
    read_payee (task);
}

void
rungs_payee_read_async (RungsStore          *store,
                        gint64               partner,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             data)
{
  Reading *reading;
  GTask *task;

  g_return_if_fail (RUNGS_IS_STORE (store));

  reading = g_new0 (Reading, 1);
  reading->partner = partner;
  task = g_task_new (store, cancellable, callback, data);
  g_task_set_source_tag (task, rungs_payee_read_async);
  g_task_set_task_data (task, reading, reading_free);
  rungs_store_read_async (store, find_whether, reading, NULL, NULL, cancellable, whether_found_cb,
                          task);
}

RungsPayee *
rungs_payee_read_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rungs_payee_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- what is said of errors */

gboolean
rungs_payee_is_lost (const GError *error)
{
  return g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_AUTH)
         || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED);
}

void
rungs_payee_tell (GtkWidget    *parent,
                  const char   *heading,
                  const GError *error)
{
  g_autoptr (GError) plain
      = g_error_new_literal (RUNGS_ERROR, RUNGS_ERROR_FAILED, error->message);

  rungs_error_tell (parent, heading, rungs_payee_is_lost (error) ? plain : error);
}
