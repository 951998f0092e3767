/* rungs-store.c: the open file for a program with a main loop.
 *
 * Jobs wait in two queues: one for the thread that writes, one for the threads that read. A job is
 * a GTask, so that its end finds the way back to the thread that asked. Every half second the
 * writer's connection is asked whether another connection has committed. */

#include "db/rungs-store.h"

#include "base/rungs-error.h"

#define READERS 2
#define LOOK_EVERY_MS 500

typedef enum
{
  JOB_READ,
  JOB_WRITE,
  JOB_LOOK, /* for changes of other connections */
  JOB_QUIT,
} JobKind;

typedef struct
{
  JobKind kind;
  GTask *task; /* (owned) (nullable) */
  RungsStoreFunc func;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
} Job;

typedef struct
{
  RungsStore *store; /* (unowned): joins its threads before it goes */
  GAsyncQueue *jobs; /* (owned) */
  RungsDb *db;       /* (owned): used by the thread alone */
} Worker;

struct _RungsStore
{
  GObject parent_instance;

  char *path;
  GMainContext *context;
  GAsyncQueue *writes;
  GAsyncQueue *reads;
  GPtrArray *threads; /* (element-type GThread) */
  GSource *look;      /* (nullable): the timer */
  gint64 data_version; /* of the writer's thread */
  gint looking;       /* atomic: a JOB_LOOK waits */
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (RungsStore, rungs_store, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
job_free (Job *job)
{
  if (job->data_free != NULL)
    job->data_free (job->data);
  g_clear_object (&job->task);
  g_free (job);
}

typedef struct
{
  GWeakRef store;
  GHashTable *tables;
} Change;

static gboolean
emit_changed_cb (gpointer data)
{
  Change *change = data;
  g_autoptr (RungsStore) store = g_weak_ref_get (&change->store);

  if (store != NULL && !store->closed)
    g_signal_emit (store, signals[CHANGED], 0, change->tables);
  return G_SOURCE_REMOVE;
}

static void
change_free (gpointer data)
{
  Change *change = data;

  g_weak_ref_clear (&change->store);
  g_hash_table_unref (change->tables);
  g_free (change);
}

static void
announce (RungsStore *self,
          GHashTable *tables)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Change *change = g_new0 (Change, 1);

  g_weak_ref_init (&change->store, self);
  change->tables = g_hash_table_ref (tables);
  g_source_set_callback (source, emit_changed_cb, change, change_free);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_attach (source, self->context);
}

static void
announce_unknown (RungsStore *self)
{
  g_autoptr (GHashTable) tables = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_add (tables, (gpointer) "*");
  announce (self, tables);
}

static void
look_for_changes (RungsStore *self,
                  RungsDb    *db)
{
  gint64 version = rungs_db_get_data_version (db);

  g_atomic_int_set (&self->looking, 0);
  if (version != self->data_version)
    announce_unknown (self);
  self->data_version = version;
}

static void
interrupt_cb (GCancellable *cancellable,
              gpointer      db)
{
  rungs_db_interrupt (db);
}

/* Returns: what g_cancellable_disconnect() takes. */
static gulong
interrupt_when_cancelled (Job     *job,
                          RungsDb *db)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);

  return cancellable != NULL
             ? g_cancellable_connect (cancellable, G_CALLBACK (interrupt_cb), db, NULL)
             : 0;
}

/* A job, and what came of it. */
typedef struct
{
  Job *job;
  gpointer result;
} Running;

static gboolean
run_in_transaction (RungsDb *db,
                    gpointer data,
                    GError **error)
{
  Running *running = data;
  g_autoptr (GError) failure = NULL;

  running->result = running->job->func (db, running->job->data,
                                        g_task_get_cancellable (running->job->task), &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Takes `error`. */
static void
fail (Running *running,
      GError  *error)
{
  Job *job = running->job;

  if (running->result != NULL && job->result_free != NULL)
    job->result_free (running->result);
  if (g_task_return_error_if_cancelled (job->task))
    g_error_free (error);
  else
    g_task_return_error (job->task, error);
}

static void
run_read (RungsDb *db,
          Job     *job)
{
  Running running = { .job = job };
  GError *error = NULL;
  gboolean done;
  gulong id;

  if (g_task_return_error_if_cancelled (job->task))
    return;
  id = interrupt_when_cancelled (job, db);
  done = rungs_db_read (db, run_in_transaction, &running, &error);
  g_cancellable_disconnect (g_task_get_cancellable (job->task), id);
  if (done)
    g_task_return_pointer (job->task, running.result, job->result_free);
  else
    fail (&running, error);
}

static void
run_write (RungsStore *self,
           RungsDb    *db,
           Job        *job)
{
  Running running = { .job = job };
  g_autoptr (GHashTable) changed = NULL;
  GError *error = NULL;
  gboolean written;
  gulong id;

  if (g_task_return_error_if_cancelled (job->task))
    return;
  id = interrupt_when_cancelled (job, db);
  written = rungs_db_write (db, run_in_transaction, &running, &error);
  g_cancellable_disconnect (g_task_get_cancellable (job->task), id);
  if (!written)
    {
      fail (&running, error);
      return;
    }

  changed = rungs_db_take_changed_tables (db);
  if (g_hash_table_size (changed) > 0)
    announce (self, changed);
  g_task_return_pointer (job->task, running.result, job->result_free);
}

static gpointer
work (gpointer data)
{
  Worker *worker = data;
  gboolean quit = FALSE;

  while (!quit)
    {
      Job *job = g_async_queue_pop (worker->jobs);

      if (job->kind == JOB_READ)
        run_read (worker->db, job);
      else if (job->kind == JOB_WRITE)
        run_write (worker->store, worker->db, job);
      else if (job->kind == JOB_LOOK)
        look_for_changes (worker->store, worker->db);
      quit = job->kind == JOB_QUIT;
      job_free (job);
    }

  rungs_db_close (worker->db);
  g_async_queue_unref (worker->jobs);
  g_free (worker);
  return NULL;
}

static void
start_worker (RungsStore  *self,
              const char  *name,
              GAsyncQueue *jobs,
              RungsDb     *db)
{
  Worker *worker = g_new0 (Worker, 1);

  worker->store = self;
  worker->jobs = g_async_queue_ref (jobs);
  worker->db = db;
  rungs_db_hand_over (db);
  g_ptr_array_add (self->threads, g_thread_new (name, work, worker));
}

static gboolean
look_cb (gpointer data)
{
  RungsStore *self = data;

  if (g_atomic_int_compare_and_exchange (&self->looking, 0, 1))
    {
      Job *job = g_new0 (Job, 1);

      job->kind = JOB_LOOK;
      g_async_queue_push (self->writes, job);
    }
  return G_SOURCE_CONTINUE;
}

static void
rungs_store_dispose (GObject *object)
{
  /* the last reference may be dropped on a thread of the store itself, which cannot join itself */
  if (!RUNGS_STORE (object)->closed)
    g_critical ("a store was dropped before it was closed");
  G_OBJECT_CLASS (rungs_store_parent_class)->dispose (object);
}

static void
rungs_store_finalize (GObject *object)
{
  RungsStore *self = RUNGS_STORE (object);

  g_free (self->path);
  g_main_context_unref (self->context);
  g_async_queue_unref (self->writes);
  g_async_queue_unref (self->reads);
  g_ptr_array_unref (self->threads);
  G_OBJECT_CLASS (rungs_store_parent_class)->finalize (object);
}

static void
rungs_store_class_init (RungsStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rungs_store_dispose;
  object_class->finalize = rungs_store_finalize;

  signals[CHANGED] = g_signal_new ("changed", RUNGS_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_HASH_TABLE);
}

static void
rungs_store_init (RungsStore *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->writes = g_async_queue_new ();
  self->reads = g_async_queue_new ();
  self->threads = g_ptr_array_new ();
}

typedef struct
{
  char *path;
  RungsDbMode mode;
  RungsStoreOpener opener;
  RungsDb *dbs[1 + READERS]; /* the writer first */
} Opening;

static void
opening_free (Opening *opening)
{
  for (int i = 0; i < 1 + READERS; i++)
    g_clear_pointer (&opening->dbs[i], rungs_db_close);
  g_free (opening->path);
  g_free (opening);
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Opening *opening = data;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 1 + READERS; i++)
    {
      opening->dbs[i]
        = opening->opener (opening->path, i == 0 ? opening->mode : RUNGS_DB_READ, &error);
      if (opening->dbs[i] == NULL)
        break;
      rungs_db_hand_over (opening->dbs[i]);
    }
  if (error != NULL)
    {
      for (int i = 0; i < 1 + READERS; i++)
        g_clear_pointer (&opening->dbs[i], rungs_db_close);
      g_task_return_error (task, g_steal_pointer (&error));
    }
  else
    g_task_return_boolean (task, TRUE);
}

void
rungs_store_open_async (const char         *path,
                        RungsDbMode         mode,
                        RungsStoreOpener    opener,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  g_return_if_fail (path != NULL);
  g_return_if_fail (opener != NULL);

  opening->path = g_strdup (path);
  opening->mode = mode;
  opening->opener = opener;
  g_task_set_source_tag (task, rungs_store_open_async);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  g_task_run_in_thread (task, open_in_thread);
}

RungsStore *
rungs_store_open_finish (GAsyncResult *result,
                         GError      **error)
{
  Opening *opening;
  RungsStore *self;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  opening = g_task_get_task_data (G_TASK (result));
  self = g_object_new (RUNGS_TYPE_STORE, NULL);
  self->path = g_strdup (opening->path);
  self->data_version = rungs_db_get_data_version (opening->dbs[0]);
  start_worker (self, "store-writer", self->writes, g_steal_pointer (&opening->dbs[0]));
  for (int i = 1; i < 1 + READERS; i++)
    start_worker (self, "store-reader", self->reads, g_steal_pointer (&opening->dbs[i]));

  self->look = g_timeout_source_new (LOOK_EVERY_MS);
  g_source_set_callback (self->look, look_cb, self, NULL);
  g_source_attach (self->look, self->context);
  return self;
}

const char *
rungs_store_get_path (RungsStore *self)
{
  g_return_val_if_fail (RUNGS_IS_STORE (self), NULL);

  return self->path;
}

static void
push_quit (GAsyncQueue *queue)
{
  Job *job = g_new0 (Job, 1);

  job->kind = JOB_QUIT;
  g_async_queue_push (queue, job);
}

void
rungs_store_close (RungsStore *self)
{
  g_return_if_fail (RUNGS_IS_STORE (self));

  if (self->closed)
    return;
  self->closed = TRUE;
  if (self->look != NULL)
    {
      g_source_destroy (self->look);
      g_clear_pointer (&self->look, g_source_unref);
    }
  /* readers first, so that the writer, closing last, can empty the write-ahead log */
  for (guint i = 1; i < self->threads->len; i++)
    push_quit (self->reads);
  for (guint i = 1; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  if (self->threads->len > 0)
    {
      push_quit (self->writes);
      g_thread_join (g_ptr_array_index (self->threads, 0));
    }
  g_ptr_array_set_size (self->threads, 0);
}

static void
push_job (RungsStore         *self,
          GAsyncQueue        *queue,
          JobKind             kind,
          RungsStoreFunc      func,
          gpointer            data,
          GDestroyNotify      data_free,
          GDestroyNotify      result_free,
          GCancellable       *cancellable,
          GAsyncReadyCallback callback,
          gpointer            user_data)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->task = g_task_new (self, cancellable, callback, user_data);
  /* what was committed is told as such, though it was cancelled since */
  g_task_set_check_cancellable (job->task, kind != JOB_WRITE);
  job->func = func;
  job->data = data;
  job->data_free = data_free;
  job->result_free = result_free;
  if (self->closed)
    {
      g_task_return_new_error (job->task, RUNGS_ERROR, RUNGS_ERROR_BUSY,
                               "the file is being closed");
      job_free (job);
      return;
    }
  g_async_queue_push (queue, job);
}

void
rungs_store_read_async (RungsStore         *self,
                        RungsStoreFunc      func,
                        gpointer            data,
                        GDestroyNotify      data_free,
                        GDestroyNotify      result_free,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_return_if_fail (RUNGS_IS_STORE (self));
  g_return_if_fail (func != NULL);

  push_job (self, self->reads, JOB_READ, func, data, data_free, result_free, cancellable, callback,
            user_data);
}

gpointer
rungs_store_read_finish (RungsStore   *self,
                         GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rungs_store_write_async (RungsStore         *self,
                         RungsStoreFunc      func,
                         gpointer            data,
                         GDestroyNotify      data_free,
                         GDestroyNotify      result_free,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_return_if_fail (RUNGS_IS_STORE (self));
  g_return_if_fail (func != NULL);

  push_job (self, self->writes, JOB_WRITE, func, data, data_free, result_free, cancellable,
            callback, user_data);
}

gpointer
rungs_store_write_finish (RungsStore   *self,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rungs_store_note_change (RungsStore *self)
{
  g_return_if_fail (RUNGS_IS_STORE (self));

  announce_unknown (self);
}

gboolean
rungs_store_change_touches (GHashTable *tables,
                            const char *table)
{
  g_return_val_if_fail (tables != NULL, FALSE);

  return g_hash_table_contains (tables, "*") || g_hash_table_contains (tables, table);
}
