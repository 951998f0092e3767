/* rungs-browser-model.c: the rows that a query finds, as a list model that reads only what is
 * looked at.
 *
 * A new query is answered in two steps: the first rows (FIRST_ROWS) with their contents, which are
 * shown at once, then the ids of all. Both run on the store's threads; a newer query cancels them.
 *
 * Rows are handed out as RungsBrowserRow, one object an id, known here only as long as somebody
 * holds it. A row whose contents are not in the cache is handed out empty and its page put on the
 * list of what is wanted. One page is read at a time, the one wanted last first, and a page of
 * which no row is held any more is not read at all: dragging the scroll bar over a million rows
 * reads only where it rests.
 *
 * The answer to another query makes other rows of those that the table holds. A refresh reads all
 * ids again and compares (rungs-browser-edits.h): rows that stay are left as they are. So the
 * selection, which goes by position, follows the rows, and so does what is on screen. */

#include "rungs-browser-model.h"

#include "widgets/rungs-browser-answer.h"
#include "widgets/rungs-browser-edits.h"
#include "widgets/rungs-browser-row.h"
#include "widgets/rungs-error-words.h"

/* More than the table keeps widgets for (about 200 rows). */
#define FIRST_ROWS 256

/* A little more than a screen shows. */
#define SCREEN_ROWS 40

#define PAGE_ROWS RUNGS_BROWSER_PAGE_ROWS
#define CACHED_PAGES 60
#define LONGEST_WAIT_MS 5000

struct _RungsBrowserModel
{
  GObject parent_instance;

  RungsStore *store;                /* (owned) */
  const RungsBrowserSource *source;

  RungsBrowserShared *query;                    /* (owned) (nullable) */
  RungsBrowserShared *list;                     /* (owned) (nullable) */
  guint count;                      /* how many of its rows are shown so far */
  guint growing_source;             /* shows more of them; 0: all are shown */
  gboolean answered; /* what is shown answers the query */
  gboolean is_whole; /* … and all of it */

  /* While one list becomes another, rows before `head` are of `list` already, and those from there
   * on of `old_list`, from its row `tail` on. Otherwise `head` is the number of rows. */
  RungsBrowserShared *old_list; /* (owned) (nullable) */
  guint head;
  guint tail;

  GHashTable *rows; /* (owned): id -> RungsBrowserRow that somebody holds, not owned */
  GHashTable *pages;                /* (owned): number of the page -> GPtrArray of contents */
  GQueue wanted;                    /* numbers of pages, the one wanted last first */

  GCancellable *listing;            /* (owned) (nullable): the query under way */
  GCancellable *reading;            /* (owned) (nullable): the page under way */
  gint64 listing_began;             /* monotonic, microseconds */
  gint64 listing_ended;
  gboolean refresh_again;
  guint refresh_source;             /* waits with the next refresh; 0: does not */
  GAsyncReadyCallback find;         /* list_cb() */
};

typedef enum
{
  SIGNAL_REPLACING,
  SIGNAL_LISTED,
  SIGNAL_FAILED,
} RungsBrowserModelSignal;

static guint signals[SIGNAL_FAILED + 1];

/* How many rows were found. */
static guint
get_n_found (RungsBrowserModel *self)
{
  return self->list != NULL ? self->source->get_count (self->list->value) : 0;
}

static gint64
id_at (RungsBrowserModel *self,
       guint              position)
{
  if (position < self->head)
    return self->source->get_id (self->list->value, position);
  return self->source->get_id (self->old_list->value, position - self->head + self->tail);
}

static void
report_failure (RungsBrowserModel *self,
                const GError      *error)
{
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  words = rungs_error_words (error);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, words);
}

/* Gives the rows of a page that are held their contents. */
static void
fill_rows (RungsBrowserModel *self,
           guint              page,
           GPtrArray         *contents)
{
  guint first = page * PAGE_ROWS;

  for (guint i = 0; i < contents->len && first + i < self->count; i++)
    {
      gint64 id = id_at (self, first + i);
      RungsBrowserRow *row = g_hash_table_lookup (self->rows, &id);

      if (row != NULL)
        rungs_browser_row_set_data (row, contents, i);
    }
}

static void
cache_page (RungsBrowserModel *self,
            guint              page,
            GPtrArray         *contents)
{
  if (g_hash_table_size (self->pages) >= CACHED_PAGES)
    g_hash_table_remove_all (self->pages);
  g_hash_table_insert (self->pages, GUINT_TO_POINTER (page), g_ptr_array_ref (contents));
  fill_rows (self, page, contents);
}

static gboolean
is_page_held (RungsBrowserModel *self,
              guint              page)
{
  for (guint i = page * PAGE_ROWS; i < MIN ((page + 1) * PAGE_ROWS, self->count); i++)
    {
      gint64 id = id_at (self, i);

      if (g_hash_table_contains (self->rows, &id))
        return TRUE;
    }
  return FALSE;
}

/* Takes the page off the list that is to be read next. FALSE: none. */
static gboolean
take_wanted (RungsBrowserModel *self,
             guint             *page)
{
  while (!g_queue_is_empty (&self->wanted))
    {
      *page = GPOINTER_TO_UINT (g_queue_pop_head (&self->wanted));
      if (!g_hash_table_contains (self->pages, GUINT_TO_POINTER (*page))
          && is_page_held (self, *page))
        return TRUE;
    }
  return FALSE;
}

/* Reads the wanted pages one after the other: is called to begin, and by itself when one has been
 * read. */
static void
read_pages_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (RungsBrowserModel) self = data;
  guint page = 0;

  if (result != NULL)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsBrowserAnswer) answer
          = rungs_browser_answer_finish (RUNGS_STORE (source), result, &error);

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_clear_object (&self->reading);
      if (answer == NULL)
        report_failure (self, error);
      else
        cache_page (self, answer->page, answer->rows);
    }

  if (self->reading != NULL || !take_wanted (self, &page))
    return;
  self->reading = g_cancellable_new ();
  rungs_browser_read_page_async (self->store, self->source, self->list, page, self->reading,
                                 read_pages_cb, g_object_ref (self));
}

static void
want_page (RungsBrowserModel *self,
           guint              page)
{
  if (g_queue_peek_head (&self->wanted) == GUINT_TO_POINTER (page) && page > 0)
    return;
  g_queue_remove (&self->wanted, GUINT_TO_POINTER (page));
  g_queue_push_head (&self->wanted, GUINT_TO_POINTER (page));
  read_pages_cb (NULL, NULL, g_object_ref (self));
}

static GHashTable *
new_rows (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
row_gone_cb (gpointer  data,
             GObject  *row)
{
  RungsBrowserModel *self = data;
  gint64 id = rungs_browser_row_get_id ((RungsBrowserRow *) row);

  g_hash_table_remove (self->rows, &id);
}

static RungsBrowserRow *
make_row (RungsBrowserModel *self,
          gint64             id)
{
  RungsBrowserRow *row = rungs_browser_row_new (id);

  g_hash_table_insert (self->rows, g_memdup2 (&id, sizeof id), row);
  g_object_weak_ref (G_OBJECT (row), row_gone_cb, self);
  return row;
}

static GType
rungs_browser_model_get_item_type (GListModel *model)
{
  return RUNGS_TYPE_BROWSER_ROW;
}

static guint
rungs_browser_model_get_n_items (GListModel *model)
{
  return RUNGS_BROWSER_MODEL (model)->count;
}

static gpointer
rungs_browser_model_get_item (GListModel *model,
                              guint       position)
{
  RungsBrowserModel *self = RUNGS_BROWSER_MODEL (model);
  guint page = position / PAGE_ROWS;
  GPtrArray *contents = NULL;
  RungsBrowserRow *row = NULL;
  gint64 id = 0;

  if (position >= self->count)
    return NULL;
  id = id_at (self, position);
  row = g_hash_table_lookup (self->rows, &id);
  row = row != NULL ? g_object_ref (row) : make_row (self, id);
  rungs_browser_row_set_position (row, position);
  if (position >= self->head)
    return row;
  contents = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (page));
  if (contents == NULL)
    want_page (self, page);
  else if (rungs_browser_row_get_data (row) == NULL && position % PAGE_ROWS < contents->len)
    rungs_browser_row_set_data (row, contents, position % PAGE_ROWS);
  return row;
}

static void
rungs_browser_model_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rungs_browser_model_get_item_type;
  iface->get_n_items = rungs_browser_model_get_n_items;
  iface->get_item = rungs_browser_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RungsBrowserModel, rungs_browser_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      rungs_browser_model_list_model_init))

/* Rows that are held learn where they stand now; the contents of all of them are read again. */
static void
move_held_rows (RungsBrowserModel *self,
                guint              before,
                guint              removed,
                guint              added)
{
  GHashTableIter iter;
  gpointer row = NULL;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      guint position = rungs_browser_row_get_position (row);

      if (position == G_MAXUINT || position < before)
        continue;
      rungs_browser_row_set_position (row, position < before + removed
                                             ? G_MAXUINT : position - removed + added);
    }
}

static void
read_held_rows (RungsBrowserModel *self)
{
  g_autoptr (GHashTable) pages = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer row = NULL;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (rungs_browser_row_get_position (row) != G_MAXUINT)
      g_hash_table_add (pages, GUINT_TO_POINTER (rungs_browser_row_get_position (row) / PAGE_ROWS));

  g_hash_table_iter_init (&iter, pages);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (self->pages, key))
      want_page (self, GPOINTER_TO_UINT (key));
}

static void
make_edit (RungsBrowserModel      *self,
           const RungsBrowserEdit *edit)
{
  self->tail += edit->position - self->head + edit->removed;
  self->head = edit->position + edit->added;
  self->count += edit->added - edit->removed;
  move_held_rows (self, edit->position, edit->removed, edit->added);
  g_list_model_items_changed (G_LIST_MODEL (self), edit->position, edit->removed, edit->added);
}

static void
show_more (RungsBrowserModel *self,
           guint              n)
{
  guint count = self->count;

  self->count += n;
  self->head = self->count;
  g_list_model_items_changed (G_LIST_MODEL (self), count, 0, n);
}

static void
show_all (RungsBrowserModel *self)
{
  g_clear_handle_id (&self->growing_source, g_source_remove);
  if (self->count < get_n_found (self))
    show_more (self, get_n_found (self) - self->count);
}

static gboolean
grow_cb (gpointer data)
{
  RungsBrowserModel *self = data;
  guint hidden = get_n_found (self) - self->count;

  show_more (self, self->count < FIRST_ROWS ? MIN (hidden, SCREEN_ROWS) : hidden);
  if (self->count < get_n_found (self))
    return G_SOURCE_CONTINUE;
  self->growing_source = 0;
  return G_SOURCE_REMOVE;
}

static void
grow (RungsBrowserModel *self)
{
  if (self->count < get_n_found (self) && self->growing_source == 0)
    self->growing_source = g_idle_add (grow_cb, self);
}

/* Whether a list begins with the rows that are shown. */
static gboolean
begins_as_shown (RungsBrowserModel *self,
                 gpointer           list)
{
  guint i = 0;

  if (self->source->get_count (list) < self->count)
    return FALSE;
  while (i < self->count && id_at (self, i) == self->source->get_id (list, i))
    i++;
  return i == self->count;
}

/* Puts a newer answer to the same query in the place of the one that is shown, by edits. */
static void
edit_list (RungsBrowserModel *self,
           RungsBrowserShared            *list)
{
  g_autoptr (GArray) edits
    = rungs_browser_edits_find (self->source, self->list->value, list->value);

  self->old_list = self->list;
  self->list = rungs_browser_shared_acquire (list);
  self->head = 0;
  self->tail = 0;
  for (guint i = 0; i < edits->len; i++)
    make_edit (self, &g_array_index (edits, RungsBrowserEdit, i));
  g_clear_pointer (&self->old_list, rungs_browser_shared_release);
  self->head = self->count;
}

static void
update_list (RungsBrowserModel *self,
             RungsBrowserShared            *list)
{
  if (self->growing_source != 0 && begins_as_shown (self, list->value))
    {
      g_clear_handle_id (&self->growing_source, g_source_remove);
      rungs_browser_shared_release (self->list);
      self->list = rungs_browser_shared_acquire (list);
      grow (self);
      return;
    }
  show_all (self);
  edit_list (self, list);
}

/* The row becomes that of the lead, message, … which now stands in its place. */
static void
change_row (RungsBrowserModel *self,
            RungsBrowserRow   *row)
{
  guint position = rungs_browser_row_get_position (row);
  GPtrArray *contents
    = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (position / PAGE_ROWS));
  guint index = position % PAGE_ROWS;
  gint64 id = id_at (self, position);

  g_hash_table_insert (self->rows, g_memdup2 (&id, sizeof id), row);
  rungs_browser_row_become (row, id,
                            contents != NULL && index < contents->len ? contents : NULL, index);
}

/* Puts the answer to another query in the place of what is shown: the rows that the table holds
 * stay, and become others. Were they replaced, the table would make all its widgets anew. Where it
 * has few yet, it gets as many as a screen shows at once, and the others when these are seen. */
static void
change_list (RungsBrowserModel *self,
             RungsBrowserShared            *list)
{
  g_autoptr (GHashTable) held = g_steal_pointer (&self->rows);
  guint old_count = self->count;
  guint most = old_count < FIRST_ROWS ? MAX (old_count, SCREEN_ROWS) : G_MAXUINT;
  GHashTableIter iter;
  gpointer row = NULL;

  g_clear_handle_id (&self->growing_source, g_source_remove);
  g_clear_pointer (&self->list, rungs_browser_shared_release);
  self->list = rungs_browser_shared_acquire (list);
  self->count = MIN (old_count, get_n_found (self));
  self->head = self->count;
  self->rows = new_rows ();
  g_hash_table_iter_init (&iter, held);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (rungs_browser_row_get_position (row) < self->count)
      change_row (self, row);
    else
      g_object_weak_unref (row, row_gone_cb, self);

  if (self->count < old_count)
    g_list_model_items_changed (G_LIST_MODEL (self), self->count, old_count - self->count, 0);
  else if (MIN (get_n_found (self), most) > old_count)
    show_more (self, MIN (get_n_found (self), most) - old_count);
  grow (self);
}

static void
take_answer (RungsBrowserModel *self,
             RungsBrowserAnswer            *answer)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_queue_clear (&self->wanted);
  g_hash_table_remove_all (self->pages);
  if (answer->rows != NULL)
    g_hash_table_insert (self->pages, GUINT_TO_POINTER (answer->page),
                         g_ptr_array_ref (answer->rows));

  if (!self->answered)
    {
      g_signal_emit (self, signals[SIGNAL_REPLACING], 0);
      change_list (self, answer->list);
    }
  else
    {
      update_list (self, answer->list);
      if (answer->rows != NULL)
        fill_rows (self, answer->page, answer->rows);
    }
  self->answered = TRUE;
  self->is_whole = answer->whole;
  read_held_rows (self);
}

static gboolean
refresh_due_cb (gpointer data)
{
  RungsBrowserModel *self = data;

  self->refresh_source = 0;
  if (self->listing == NULL)
    self->find (NULL, NULL, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* However often things change, refreshing takes a fifth of a processor at the most. */
static void
queue_refresh (RungsBrowserModel *self)
{
  gint64 took_ms = (self->listing_ended - self->listing_began) / 1000;
  gint64 passed_ms = (g_get_monotonic_time () - self->listing_ended) / 1000;

  self->refresh_again = TRUE;
  if (self->listing == NULL && self->refresh_source == 0)
    self->refresh_source = g_timeout_add (CLAMP (4 * took_ms - passed_ms, 0, LONGEST_WAIT_MS),
                                          refresh_due_cb, self);
}

/* Finds the list: is called to begin (with the first rows or with all), and by itself to go on. */
static void
list_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (RungsBrowserModel) self = data;
  gboolean first = result == NULL && !self->refresh_again;

  if (result != NULL)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsBrowserAnswer) answer
          = rungs_browser_answer_finish (RUNGS_STORE (source), result, &error);

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_clear_object (&self->listing);
      self->listing_ended = g_get_monotonic_time ();
      if (answer == NULL)
        {
          report_failure (self, error);
          return;
        }
      take_answer (self, answer);
      g_signal_emit (self, signals[SIGNAL_LISTED], 0);
      if (self->listing == NULL && answer->whole && self->refresh_again)
        queue_refresh (self);
      if (answer->whole || self->listing != NULL)
        return;
    }

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  self->refresh_again = FALSE;
  self->listing_began = g_get_monotonic_time ();
  self->listing = g_cancellable_new ();
  rungs_browser_find_async (self->store, self->source, self->query, first ? FIRST_ROWS : 0,
                            self->listing, list_cb, g_object_ref (self));
}

static void
rungs_browser_model_dispose (GObject *object)
{
  RungsBrowserModel *self = RUNGS_BROWSER_MODEL (object);
  GHashTableIter iter;
  gpointer row = NULL;

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_handle_id (&self->growing_source, g_source_remove);
  g_cancellable_cancel (self->listing);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->listing);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_object_weak_unref (row, row_gone_cb, self);
  g_hash_table_remove_all (self->rows);

  G_OBJECT_CLASS (rungs_browser_model_parent_class)->dispose (object);
}

static void
rungs_browser_model_finalize (GObject *object)
{
  RungsBrowserModel *self = RUNGS_BROWSER_MODEL (object);

  g_clear_pointer (&self->query, rungs_browser_shared_release);
  g_clear_pointer (&self->list, rungs_browser_shared_release);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->pages);
  g_queue_clear (&self->wanted);

  G_OBJECT_CLASS (rungs_browser_model_parent_class)->finalize (object);
}

static void
rungs_browser_model_class_init (RungsBrowserModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rungs_browser_model_dispose;
  object_class->finalize = rungs_browser_model_finalize;

  signals[SIGNAL_REPLACING] = g_signal_new ("replacing", RUNGS_TYPE_BROWSER_MODEL,
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LISTED] = g_signal_new ("listed", RUNGS_TYPE_BROWSER_MODEL, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", RUNGS_TYPE_BROWSER_MODEL, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rungs_browser_model_init (RungsBrowserModel *self)
{
  self->rows = new_rows ();
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_queue_init (&self->wanted);
  self->find = list_cb;
}

RungsBrowserModel *
rungs_browser_model_new (RungsStore               *store,
                         const RungsBrowserSource *source)
{
  RungsBrowserModel *self = g_object_new (RUNGS_TYPE_BROWSER_MODEL, NULL);

  self->store = g_object_ref (store);
  self->source = source;
  return self;
}

void
rungs_browser_model_set_query (RungsBrowserModel *self,
                               gpointer           query)
{
  g_return_if_fail (RUNGS_IS_BROWSER_MODEL (self));

  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  g_clear_pointer (&self->query, rungs_browser_shared_release);
  self->query = rungs_browser_shared_new (query, self->source->query_free);
  self->answered = FALSE;
  self->refresh_again = FALSE;
  list_cb (NULL, NULL, g_object_ref (self));
}

void
rungs_browser_model_refresh (RungsBrowserModel *self)
{
  g_return_if_fail (RUNGS_IS_BROWSER_MODEL (self));

  if (self->query != NULL)
    queue_refresh (self);
}

gboolean
rungs_browser_model_is_listed (RungsBrowserModel *self)
{
  g_return_val_if_fail (RUNGS_IS_BROWSER_MODEL (self), FALSE);

  return self->list != NULL;
}

gboolean
rungs_browser_model_is_whole (RungsBrowserModel *self)
{
  g_return_val_if_fail (RUNGS_IS_BROWSER_MODEL (self), FALSE);

  return self->answered && self->is_whole;
}

guint
rungs_browser_model_get_n_found (RungsBrowserModel *self)
{
  g_return_val_if_fail (RUNGS_IS_BROWSER_MODEL (self), 0);

  return get_n_found (self);
}

gint64
rungs_browser_model_get_id (RungsBrowserModel *self,
                            guint              position)
{
  g_return_val_if_fail (RUNGS_IS_BROWSER_MODEL (self), 0);
  g_return_val_if_fail (position < self->count, 0);

  return id_at (self, position);
}

gboolean
rungs_browser_model_find (RungsBrowserModel *self,
                          gint64             id,
                          guint             *position)
{
  g_return_val_if_fail (RUNGS_IS_BROWSER_MODEL (self), FALSE);

  for (guint i = 0; i < get_n_found (self); i++)
    if (self->source->get_id (self->list->value, i) == id)
      {
        if (i >= self->count)
          show_all (self);
        *position = i;
        return TRUE;
      }
  return FALSE;
}
