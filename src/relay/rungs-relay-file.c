/* rungs-relay-file.c: the file of a relay, and the one thread that works on it. */

#include "rungs-relay-file.h"

#include "rungs-relay-store.h"

/* More in one transaction gain nothing, and let the first wait. */
#define BATCH_MOST 512

struct _RungsRelayFile
{
  RungsDb *db;      /* (owned): of the thread */
  GThread *thread;  /* (owned) */
  GMutex lock;      /* of what follows */
  GCond woken;
  GQueue waiting;   /* (element-type GTask) (owned) */
  guint64 batches;  /* that were done */
  gboolean closing;
};

/* What a task does; its data. It owns nothing, for the thread may be the last to let go of it. */
typedef struct
{
  RungsDbFunc func;
  gpointer data;
} Work;

/* Returns: (transfer full): what is to be done next; empty where the file is to be closed. */
static GPtrArray *
take_batch (RungsRelayFile *self)
{
  GPtrArray *batch = g_ptr_array_new_with_free_func (g_object_unref);

  g_mutex_lock (&self->lock);
  while (g_queue_is_empty (&self->waiting) && !self->closing)
    g_cond_wait (&self->woken, &self->lock);
  while (batch->len < BATCH_MOST && !g_queue_is_empty (&self->waiting))
    g_ptr_array_add (batch, g_queue_pop_head (&self->waiting));
  self->batches += batch->len > 0;
  g_mutex_unlock (&self->lock);
  return batch;
}

static gboolean
do_one (RungsDb *db,
        gpointer data,
        GError **error)
{
  Work *work = g_task_get_task_data (data);

  return work->func (db, work->data, error);
}

static gboolean
do_all (RungsDb *db,
        gpointer data,
        GError **error)
{
  GPtrArray *batch = data;

  for (guint i = 0; i < batch->len; i++)
    if (!do_one (db, batch->pdata[i], error))
      return FALSE;
  return TRUE;
}

static void
do_batch (RungsRelayFile *self,
          GPtrArray      *batch)
{
  gboolean all_done = batch->len > 1 && rungs_db_write (self->db, do_all, batch, NULL);

  for (guint i = 0; i < batch->len; i++)
    {
      GError *failure = NULL;

      if (!all_done)
        rungs_db_write (self->db, do_one, batch->pdata[i], &failure);
      if (failure == NULL)
        g_task_return_boolean (batch->pdata[i], TRUE);
      else
        g_task_return_error (batch->pdata[i], failure);
    }
}

static gpointer
work_off (gpointer data)
{
  RungsRelayFile *self = data;
  gboolean closing = FALSE;

  while (!closing)
    {
      g_autoptr (GPtrArray) batch = take_batch (self);

      closing = batch->len == 0;
      do_batch (self, batch);
    }
  g_clear_pointer (&self->db, rungs_db_close);
  return NULL;
}

RungsRelayFile *
rungs_relay_file_open (const char *path,
                       GError    **error)
{
  RungsRelayFile *self;
  RungsDb *db;

  g_return_val_if_fail (path != NULL, NULL);

  db = rungs_db_open_with (path, rungs_relay_schema (), RUNGS_DB_CREATE, error);
  if (db == NULL)
    return NULL;
  self = g_new0 (RungsRelayFile, 1);
  self->db = db;
  g_mutex_init (&self->lock);
  g_cond_init (&self->woken);
  g_queue_init (&self->waiting);
  rungs_db_hand_over (db);
  self->thread = g_thread_new ("file", work_off, self);
  return self;
}

void
rungs_relay_file_close (RungsRelayFile *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  self->closing = TRUE;
  g_cond_signal (&self->woken);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->woken);
  g_free (self);
}

void
rungs_relay_file_work_async (RungsRelayFile     *self,
                             RungsDbFunc         func,
                             gpointer            data,
                             GAsyncReadyCallback callback)
{
  GTask *task;
  Work *work;

  g_return_if_fail (self != NULL);
  g_return_if_fail (func != NULL);

  task = g_task_new (NULL, NULL, callback, data);
  work = g_new (Work, 1);
  *work = (Work){ func, data };
  g_task_set_task_data (task, work, g_free);
  g_task_set_source_tag (task, rungs_relay_file_work_async);
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->waiting, task);
  g_cond_signal (&self->woken);
  g_mutex_unlock (&self->lock);
}

gboolean
rungs_relay_file_work_finish (GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

guint64
rungs_relay_file_count_batches (RungsRelayFile *self)
{
  guint64 batches;

  g_return_val_if_fail (self != NULL, 0);

  g_mutex_lock (&self->lock);
  batches = self->batches;
  g_mutex_unlock (&self->lock);
  return batches;
}
