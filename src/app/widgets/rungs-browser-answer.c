/* rungs-browser-answer.c: asks a source on a thread of the store. */

#include "widgets/rungs-browser-answer.h"

#include "widgets/rungs-browser-ids.h"

typedef struct
{
  const RungsBrowserSource *source;
  RungsBrowserShared *asked; /* (owned): the query, or the list */
  guint limit;
  guint page;
} Question;

static void
shared_clear (gpointer data)
{
  RungsBrowserShared *self = data;

  if (self->free != NULL)
    self->free (self->value);
}

static Question *
question_new (const RungsBrowserSource *source,
              RungsBrowserShared       *asked)
{
  Question *question = g_new0 (Question, 1);

  question->source = source;
  question->asked = rungs_browser_shared_acquire (asked);
  return question;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  rungs_browser_shared_release (question->asked);
  g_free (question);
}

static void
answer_free (gpointer data)
{
  rungs_browser_answer_free (data);
}

/* On a thread of the store. */
static gpointer
find_list (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Question *question = data;
  const RungsBrowserSource *source = question->source;
  g_autoptr (RungsBrowserAnswer) answer = g_new0 (RungsBrowserAnswer, 1);
  gpointer list = source->list (db, question->asked->value, question->limit, error);

  if (list == NULL)
    return NULL;
  answer->list = rungs_browser_shared_new (list, source->list_free);
  answer->whole = question->limit == 0 || source->get_count (list) != question->limit;
  if (question->limit > 0)
    {
      answer->rows
        = rungs_browser_source_read (source, db, list, 0, RUNGS_BROWSER_PAGE_ROWS, error);
      if (answer->rows == NULL)
        return NULL;
    }
  return g_steal_pointer (&answer);
}

/* On a thread of the store. */
static gpointer
read_page (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Question *question = data;
  g_autoptr (RungsBrowserAnswer) answer = g_new0 (RungsBrowserAnswer, 1);

  answer->list = rungs_browser_shared_acquire (question->asked);
  answer->page = question->page;
  answer->rows
    = rungs_browser_source_read (question->source, db, question->asked->value,
                                 question->page * RUNGS_BROWSER_PAGE_ROWS, RUNGS_BROWSER_PAGE_ROWS,
                                 error);
  return answer->rows != NULL ? g_steal_pointer (&answer) : NULL;
}

RungsBrowserShared *
rungs_browser_shared_new (gpointer       value,
                          GDestroyNotify value_free)
{
  RungsBrowserShared *self = g_atomic_rc_box_new (RungsBrowserShared);

  *self = (RungsBrowserShared) { .value = value, .free = value_free };
  return self;
}

RungsBrowserShared *
rungs_browser_shared_acquire (RungsBrowserShared *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rungs_browser_shared_release (RungsBrowserShared *self)
{
  g_atomic_rc_box_release_full (self, shared_clear);
}

void
rungs_browser_answer_free (RungsBrowserAnswer *self)
{
  g_clear_pointer (&self->list, rungs_browser_shared_release);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

void
rungs_browser_find_async (RungsStore                *store,
                          const RungsBrowserSource  *source,
                          RungsBrowserShared        *query,
                          guint                      limit,
                          GCancellable              *cancellable,
                          GAsyncReadyCallback        callback,
                          gpointer                   data)
{
  Question *question = question_new (source, query);

  question->limit = limit;
  rungs_store_read_async (store, find_list, question, question_free, answer_free, cancellable,
                          callback, data);
}

void
rungs_browser_read_page_async (RungsStore                *store,
                               const RungsBrowserSource  *source,
                               RungsBrowserShared        *list,
                               guint                      page,
                               GCancellable              *cancellable,
                               GAsyncReadyCallback        callback,
                               gpointer                   data)
{
  Question *question = question_new (source, list);

  question->page = page;
  rungs_store_read_async (store, read_page, question, question_free, answer_free, cancellable,
                          callback, data);
}

RungsBrowserAnswer *
rungs_browser_answer_finish (RungsStore    *store,
                             GAsyncResult  *result,
                             GError       **error)
{
  return rungs_store_read_finish (store, result, error);
}
