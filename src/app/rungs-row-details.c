/* rungs-row-details.c: what is read of the one row that is selected in a browser. */

#include "rungs-row-details.h"

#include "base/rungs-error.h"

struct _RungsRowDetails
{
  GObject parent_instance;

  RungsPage *page;       /* (weak) (nullable) */
  RungsBrowser *browser; /* (weak) (nullable) */
  RungsStoreFunc load;
  GDestroyNotify details_free;

  GCancellable *reading; /* (owned) (nullable) */
  gpointer details;      /* (owned) (nullable) */
  gint64 id;             /* of the row that they are of, or that is read */
};

G_DEFINE_FINAL_TYPE (RungsRowDetails, rungs_row_details, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_CHANGED,
} RungsRowDetailsSignal;

static guint signals[SIGNAL_CHANGED + 1];

static gboolean
is_over (RungsRowDetails *self)
{
  return self->page == NULL || self->browser == NULL;
}

static void
set_details (RungsRowDetails *self,
             gpointer         details)
{
  g_clear_pointer (&self->details, self->details_free);
  self->details = details;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (RungsRowDetails) self = data;
  g_autoptr (GError) error = NULL;
  gpointer details = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (is_over (self))
    g_clear_pointer (&details, self->details_free);
  else if (details != NULL)
    set_details (self, details);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
           && !g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    rungs_page_notify_error (self->page, error);
}

void
rungs_row_details_refresh (RungsRowDetails *self)
{
  gint64 id;

  g_return_if_fail (RUNGS_IS_ROW_DETAILS (self));

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (is_over (self) || (id = rungs_browser_get_single (self->browser)) == 0)
    return;
  self->id = id;
  self->reading = g_cancellable_new ();
  rungs_store_read_async (rungs_page_get_store (self->page), self->load,
                          g_memdup2 (&id, sizeof id), g_free, self->details_free, self->reading,
                          read_cb, g_object_ref (self));
}

/* Where the rows were read again and the same one is selected, what is shown of it stays until its
 * details are read, and with it a menu that is open there. */
static void
selection_changed_cb (RungsRowDetails *self)
{
  if (is_over (self) || rungs_browser_get_single (self->browser) != self->id)
    set_details (self, NULL);
  rungs_row_details_refresh (self);
}

gpointer
rungs_row_details_get (RungsRowDetails *self)
{
  g_return_val_if_fail (RUNGS_IS_ROW_DETAILS (self), NULL);

  return self->details;
}

static void
rungs_row_details_dispose (GObject *object)
{
  RungsRowDetails *self = RUNGS_ROW_DETAILS (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_weak_pointer (&self->page);
  g_clear_weak_pointer (&self->browser);
  g_clear_pointer (&self->details, self->details_free);
  G_OBJECT_CLASS (rungs_row_details_parent_class)->dispose (object);
}

static void
rungs_row_details_class_init (RungsRowDetailsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_row_details_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", RUNGS_TYPE_ROW_DETAILS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rungs_row_details_init (RungsRowDetails *self)
{
}

RungsRowDetails *
rungs_row_details_new (RungsPage      *page,
                       RungsBrowser   *browser,
                       RungsStoreFunc  load,
                       GDestroyNotify  details_free)
{
  RungsRowDetails *self = g_object_new (RUNGS_TYPE_ROW_DETAILS, NULL);

  g_set_weak_pointer (&self->page, page);
  g_set_weak_pointer (&self->browser, browser);
  self->load = load;
  self->details_free = details_free;
  g_signal_connect_object (browser, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
