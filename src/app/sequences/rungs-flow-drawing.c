/* rungs-flow-drawing.c: a sequence drawn on a canvas: in the editor, and where one only looks. */

#include "rungs-flow-drawing.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-step-card.h"

/* The smallest zoom at which steps can be read. */
#define LEGIBLE 0.6

/* ---- nodes */

static GtkWidget *
plus_new (const char *id)
{
  const char *arrow = id + strlen ("plus");
  g_autofree char *place = g_strconcat ("on", arrow, NULL);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flow-plus");
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_tooltip_text (button, _ ("Put a step in here"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "flow.insert-at");
  return button;
}

static GtkWidget *
make_node (const RungsCanvasNode *node,
           gpointer               data)
{
  const RungsFlowTexts *texts = node->data;
  GtkWidget *label;

  if (g_str_equal (texts->style, "plus"))
    return plus_new (node->id);
  if (rungs_flow_get_step (node->id) != NULL || g_str_equal (node->id, RUNGS_FLOW_ENTRY))
    return rungs_step_card_new ();
  label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (label), g_str_equal (texts->style, "hint"));
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, g_str_equal (texts->style, "hint") ? "dim-label" : "flow-end");
  return label;
}

static void
fill_plus (GtkWidget            *button,
           const RungsFlowTexts *texts)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_label_set_label (GTK_LABEL (label), texts->words ? texts->words : "");
  gtk_widget_set_visible (label, texts->words != NULL);
}

static void
fill_node (GtkWidget             *widget,
           const RungsCanvasNode *node,
           gpointer               data)
{
  const RungsFlowTexts *texts = node->data;

  if (GTK_IS_BUTTON (widget))
    {
      fill_plus (widget, texts);
      gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      node->name, -1);
    }
  else if (RUNGS_IS_STEP_CARD (widget))
    {
      rungs_step_card_show_texts (RUNGS_STEP_CARD (widget), texts->icon, texts->kind,
                                  texts->words, texts->figures, texts->style);
      rungs_step_card_set_fault (RUNGS_STEP_CARD (widget), texts->fault, texts->grave);
    }
  else
    gtk_label_set_label (GTK_LABEL (widget), texts->words);
}

/* ---- what is seen at first */

/* The way in comes into the middle. */
static void
centre (RungsCanvas *canvas)
{
  GtkAdjustment *across = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (canvas));
  GdkRectangle where;

  if (across != NULL && rungs_canvas_locate (canvas, RUNGS_FLOW_ENTRY, &where))
    gtk_adjustment_set_value (across, gtk_adjustment_get_value (across) + where.x
                                        + where.width / 2.0
                                        - gtk_widget_get_width (GTK_WIDGET (canvas)) / 2.0);
}

/* All is seen at first; of a sequence that is too long for that, its beginning. */
static gboolean
begin_view_cb (GtkWidget     *widget,
               GdkFrameClock *clock,
               gpointer       data)
{
  RungsCanvas *canvas = RUNGS_CANVAS (widget);

  if (gtk_widget_get_width (widget) == 0)
    return G_SOURCE_CONTINUE;
  if (rungs_canvas_get_zoom (canvas) < LEGIBLE)
    {
      rungs_canvas_set_zoom (canvas, LEGIBLE + 0.2);
      rungs_canvas_reveal (canvas, RUNGS_FLOW_ENTRY);
      centre (canvas);
    }
  return G_SOURCE_REMOVE;
}

/* ---- the canvas */

RungsFlowLayout *
rungs_flow_drawing_prepare (RungsCanvas *canvas)
{
  g_autoptr (RungsFlowLayout) layout = rungs_flow_layout_new ();

  g_return_val_if_fail (RUNGS_IS_CANVAS (canvas), NULL);

  rungs_canvas_set_maker (canvas, make_node, fill_node, NULL);
  rungs_canvas_set_layout (canvas, RUNGS_CANVAS_LAYOUT (layout));
  return layout;
}

void
rungs_flow_drawing_show (RungsCanvas           *canvas,
                         RungsFlowLayout       *layout,
                         const RungsFlowSource *source)
{
  g_autoptr (RungsGraphLayout) places = rungs_graph_layout (source->graph);

  g_return_if_fail (RUNGS_IS_CANVAS (canvas));
  g_return_if_fail (RUNGS_IS_FLOW_LAYOUT (layout));

  rungs_flow_layout_set (layout, source->graph, places);
  rungs_canvas_take_graph (canvas, rungs_flow_new (source, places));
}

void
rungs_flow_drawing_begin (RungsCanvas *canvas)
{
  g_return_if_fail (RUNGS_IS_CANVAS (canvas));

  rungs_canvas_fit (canvas);
  gtk_widget_add_tick_callback (GTK_WIDGET (canvas), begin_view_cb, NULL, NULL);
}
