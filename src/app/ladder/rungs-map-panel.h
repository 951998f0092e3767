/* rungs-map-panel.h: what is known of the thing of the map that is selected, and what can be done
 * with it. */

#pragma once

#include "ladder/rungs-ladder-writer.h"
#include "ladder/rungs-map-edit.h"
#include "ladder/rungs-map-graph.h"
#include "widgets/rungs-canvas.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_MAP_PANEL (rungs_map_panel_get_type ())

/**
 * RungsMapPanel::edit: (const char *label, RungsMapEdit *edit): something is to be done; the edit
 *   is the handler's
 */
G_DECLARE_FINAL_TYPE (RungsMapPanel, rungs_map_panel, RUNGS, MAP_PANEL, GtkWidget)

/* By what products are edited. To be called before anything is shown. */
void rungs_map_panel_set_writer (RungsMapPanel     *self,
                                 RungsLadderWriter *writer);

/* The map is another one, or has other numbers; `show` is lent until the next call. */
void rungs_map_panel_show (RungsMapPanel      *self,
                           const RungsMapShow *show);

/* Shows the thing of that id; NULL: nothing. Returns: whether there is anything to show. */
gboolean rungs_map_panel_select (RungsMapPanel *self,
                                 const char    *id);

/* What can be dragged onto `canvas`. To be called once. */
void rungs_map_panel_set_canvas (RungsMapPanel *self,
                                 RungsCanvas   *canvas);

/* Shows what can be dragged onto the canvas. */
void rungs_map_panel_show_palette (RungsMapPanel *self);

/* The name of the product that is shown, or what the offer that is shown offers, takes the keys. */
void rungs_map_panel_edit (RungsMapPanel *self);

G_END_DECLS
