/* rungs-map-private.h: what the files of the map's view share: rungs-map-view.c shows,
 * rungs-map-actions.c does what the mouse and the keys ask for. */

#pragma once

#include "insights/rungs-ladder-figures.h"
#include "ladder/rungs-map-edit.h"
#include "ladder/rungs-map-layout.h"
#include "ladder/rungs-map-panel.h"
#include "ladder/rungs-map-view.h"
#include "widgets/rungs-canvas-outline.h"
#include "widgets/rungs-canvas.h"
#include "widgets/rungs-history.h"
#include "widgets/rungs-pick-button.h"

G_BEGIN_DECLS

struct _RungsMapView
{
  GtkWidget parent_instance;

  GtkWidget *stack; /* the map, or the empty page */
  GtkWidget *toolbar;
  GtkWidget *undo;
  GtkWidget *redo;
  GtkDropDown *period;
  GtkWidget *segment_box;
  GtkToggleButton *adding;
  GtkToggleButton *numbers;
  GtkScrolledWindow *scroller;
  GtkWidget *side;
  GtkRevealer *outline_side;
  RungsCanvasOutline *outline;
  RungsMapPanel *panel;
  RungsCanvas *canvas;
  RungsPickButton *segment;

  RungsPage *page;             /* (unowned) (nullable): that it stands in */
  RungsLadderWriter *writer;   /* (owned) (nullable) */
  RungsMap *map;               /* (owned) (nullable) */
  RungsLadderFigures *figures; /* (owned) (nullable): of what is chosen, once they are counted */
  GArray *undrawn;             /* (owned) (nullable) (element-type RungsLadderArrow): with them */
  RungsLadderQuestion question; /* that they answer */
  RungsRule *rule;             /* (owned) (nullable): of the segment that it asks about */
  GPtrArray *segments;         /* (owned) (nullable) (element-type RungsSegment) */
  char *segment_key;           /* (owned) (nullable): of whom they are; NULL: everybody */
  GCancellable *counting;      /* (owned) (nullable) */
  RungsMapLayout *layout;      /* (owned) */
  RungsHistory *history;       /* (owned) */
  guint open;                  /* kinds that are unfolded */
  gboolean retired;            /* what is no longer sold is shown */
  gboolean show_undrawn;       /* ways that are not drawn are shown */
  gboolean pressed;            /* a button of the mouse is held on the canvas */
  gboolean fitted;             /* it was made to fit once */
};

RungsMapShow rungs_map_view_get_show (RungsMapView *self);

/* Shows what there is to show. */
void rungs_map_view_show (RungsMapView *self);

/* Does `edit`, and remembers it as `label`; what it added is selected. Takes the edit. */
void rungs_map_view_do (RungsMapView *self,
                        const char   *label,
                        RungsMapEdit *edit);

/* Shows the context menus; the action that only they have. */
void rungs_map_menu_connect (RungsMapView *self);
void rungs_map_menu_install (GtkWidgetClass *klass);

/* The actions that print the map, and write it to a file. */
void rungs_map_paper_install (GtkWidgetClass *klass);

/* The action that asks with which whole ladder to start. */
void rungs_map_template_install (GtkWidgetClass *klass);

/* Connects what is done on the canvas, and installs the actions. */
void rungs_map_actions_connect (RungsMapView *self);
void rungs_map_actions_install (GtkWidgetClass *klass);

G_END_DECLS
