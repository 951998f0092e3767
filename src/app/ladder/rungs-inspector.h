/* rungs-inspector.h: all that is said of one thing of the ladder, edited where it stands: what the
 * inspectors of products and of offers have in common. */

#pragma once

#include <adwaita.h>

#include "rungs-ladder-writer.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_INSPECTOR (rungs_inspector_get_type ())

/* A field is stored when it is left, or Enter is pressed in it; a choice and a number soon after it
 * is made. It has a scrolled window of its own, and needs 320 pixels.
 *
 * RungsInspector::loaded: the thing, or what is said of it, was read: it is another one now, has
 *   another name, … */
G_DECLARE_DERIVABLE_TYPE (RungsInspector, rungs_inspector, RUNGS, INSPECTOR, GtkWidget)

/**
 * RungsInspectorClass:
 * @load: reads all that is said of the thing whose id (gint64) it gets
 * @facets_free: frees what @load returns
 * @show: shows what was read, which stays the inspector's; `before`: what was read of the same
 *   thing before, or NULL. `facets` NULL: there is nothing to show, and nothing may be stored
 * @settle: stores what is being entered; only called while there are facets
 * @get_name: of the thing; only called while there are facets
 * @is_removed: whether it was taken from the ladder for good; may be left out
 */
struct _RungsInspectorClass
{
  GtkWidgetClass parent_class;

  RungsStoreFunc load;
  GDestroyNotify facets_free;

  void (*show) (RungsInspector *self,
                gpointer        facets,
                gpointer        before);
  void (*settle) (RungsInspector *self);
  const char *(*get_name) (RungsInspector *self);
  gboolean (*is_removed) (RungsInspector *self);
};

/* For those who make one: `writer` says where the things are, and keeps what can be undone. */
void rungs_inspector_set_writer (RungsInspector    *self,
                                 RungsLadderWriter *writer);
RungsLadderWriter *rungs_inspector_get_writer (RungsInspector *self);

/* Shows another thing; 0: none. What was being entered of the one before is stored. */
void rungs_inspector_set_thing (RungsInspector *self,
                                gint64          thing);
gint64 rungs_inspector_get_thing (RungsInspector *self);

/* "Home Starter Kit", "Home Starter Kit → Weekend at the Wheel"; "" while there is none. */
const char *rungs_inspector_get_name (RungsInspector *self);

/* FALSE while there is none. */
gboolean rungs_inspector_is_removed (RungsInspector *self);

/* Reads it anew: the file has changed. A field that is being edited stays as it is. */
void rungs_inspector_refresh (RungsInspector *self);

G_END_DECLS
