/* rungs-inspector.c: all that is said of one thing of the ladder, edited where it stands.
 *
 * What was read last is kept: a field that differs from it was edited, is not filled anew while it
 * is, and is stored when it is left. A change is made of the thing as the file has it at that
 * moment, so that two people who edit two facets do not undo each other's work. */

#include "rungs-inspector.h"

typedef struct
{
  RungsLadderWriter *writer; /* (owned) (nullable) */
  GCancellable *reading;     /* (owned) (nullable): while it is read */
  gpointer facets;           /* (owned) (nullable): as read last */
  gint64 facets_of;          /* the thing that they are of */
  gint64 thing;
} RungsInspectorPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RungsInspector, rungs_inspector, GTK_TYPE_WIDGET)

enum
{
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define PRIVATE(self) ((RungsInspectorPrivate *) rungs_inspector_get_instance_private (self))

static void
free_facets (RungsInspector *self,
             gpointer        facets)
{
  if (facets != NULL)
    RUNGS_INSPECTOR_GET_CLASS (self)->facets_free (facets);
}

static void
show (RungsInspector *self,
      gpointer        before)
{
  gpointer facets = PRIVATE (self)->facets;
  GtkWidget *content = gtk_widget_get_first_child (GTK_WIDGET (self));

  RUNGS_INSPECTOR_GET_CLASS (self)->show (self, facets, before);
  if (content != NULL)
    gtk_widget_set_visible (content, facets != NULL);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsInspector) self = data;
  RungsInspectorPrivate *private = PRIVATE (self);
  g_autoptr (GError) error = NULL;
  gpointer facets = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  gpointer before;
  RungsPage *page;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || private->writer == NULL)
    {
      free_facets (self, facets);
      return;
    }
  g_clear_object (&private->reading);
  page = rungs_ladder_writer_get_page (private->writer);
  if (facets == NULL && page != NULL)
    rungs_page_notify_error (page, error);
  if (facets == NULL)
    return;
  before = private->facets;
  private->facets = facets;
  show (self, private->facets_of == private->thing ? before : NULL);
  private->facets_of = private->thing;
  free_facets (self, before);
  g_signal_emit (self, signals[LOADED], 0);
}

void
rungs_inspector_refresh (RungsInspector *self)
{
  RungsInspectorPrivate *private = PRIVATE (self);
  RungsStore *store = NULL;
  RungsPage *page;

  g_return_if_fail (RUNGS_IS_INSPECTOR (self));

  g_cancellable_cancel (private->reading);
  g_clear_object (&private->reading);
  page = private->writer != NULL ? rungs_ladder_writer_get_page (private->writer) : NULL;
  store = page != NULL ? rungs_page_get_store (page) : NULL;
  if (private->thing == 0 || store == NULL)
    return;
  private->reading = g_cancellable_new ();
  rungs_store_read_async (store, RUNGS_INSPECTOR_GET_CLASS (self)->load,
                          g_memdup2 (&private->thing, sizeof private->thing), g_free,
                          RUNGS_INSPECTOR_GET_CLASS (self)->facets_free, private->reading,
                          loaded_cb, g_object_ref (self));
}

/* ---- the class */

static void
rungs_inspector_dispose (GObject *object)
{
  RungsInspector *self = RUNGS_INSPECTOR (object);
  RungsInspectorPrivate *private = PRIVATE (self);
  GtkWidget *content = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_cancellable_cancel (private->reading);
  g_clear_object (&private->reading);
  if (private->facets != NULL)
    {
      RUNGS_INSPECTOR_GET_CLASS (self)->show (self, NULL, NULL);
      free_facets (self, g_steal_pointer (&private->facets));
    }
  g_clear_pointer (&content, gtk_widget_unparent);
  g_clear_object (&private->writer);
  G_OBJECT_CLASS (rungs_inspector_parent_class)->dispose (object);
}

static void
rungs_inspector_class_init (RungsInspectorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_inspector_dispose;

  signals[LOADED] = g_signal_new ("loaded", RUNGS_TYPE_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rungs_inspector_init (RungsInspector *self)
{
}

void
rungs_inspector_set_writer (RungsInspector    *self,
                            RungsLadderWriter *writer)
{
  RungsInspectorPrivate *private = PRIVATE (self);

  g_return_if_fail (RUNGS_IS_INSPECTOR (self));
  g_return_if_fail (private->writer == NULL);

  private->writer = g_object_ref (writer);
  /* what was refused is shown as it is in the file */
  g_signal_connect_object (writer, "ended", G_CALLBACK (rungs_inspector_refresh), self,
                           G_CONNECT_SWAPPED);
}

RungsLadderWriter *
rungs_inspector_get_writer (RungsInspector *self)
{
  g_return_val_if_fail (RUNGS_IS_INSPECTOR (self), NULL);

  return PRIVATE (self)->writer;
}

void
rungs_inspector_set_thing (RungsInspector *self,
                           gint64          thing)
{
  RungsInspectorPrivate *private = PRIVATE (self);
  gpointer before;

  g_return_if_fail (RUNGS_IS_INSPECTOR (self));

  if (thing == private->thing)
    return;
  if (private->facets != NULL)
    RUNGS_INSPECTOR_GET_CLASS (self)->settle (self);
  private->thing = thing;
  before = g_steal_pointer (&private->facets);
  show (self, NULL);
  free_facets (self, before);
  rungs_inspector_refresh (self);
}

gint64
rungs_inspector_get_thing (RungsInspector *self)
{
  g_return_val_if_fail (RUNGS_IS_INSPECTOR (self), 0);

  return PRIVATE (self)->thing;
}

const char *
rungs_inspector_get_name (RungsInspector *self)
{
  g_return_val_if_fail (RUNGS_IS_INSPECTOR (self), "");

  return PRIVATE (self)->facets != NULL ? RUNGS_INSPECTOR_GET_CLASS (self)->get_name (self) : "";
}

gboolean
rungs_inspector_is_removed (RungsInspector *self)
{
  RungsInspectorClass *klass;

  g_return_val_if_fail (RUNGS_IS_INSPECTOR (self), FALSE);

  klass = RUNGS_INSPECTOR_GET_CLASS (self);
  return PRIVATE (self)->facets != NULL && klass->is_removed != NULL && klass->is_removed (self);
}
