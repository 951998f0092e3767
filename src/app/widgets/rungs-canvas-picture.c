/* rungs-canvas-picture.c: a canvas as a picture for paper.
 *
 * Colours come from the style of the whole display, so the style is made light for a moment: after
 * the layout of a frame, when the widgets have their new colours, the picture is taken and the
 * style put back; the frame clock then does the layout once more before it paints, and nothing is
 * seen of it.
 *
 * Lines are kept as lines, and not as a node of the renderer: cairo misplaces what was recorded
 * when it is drawn into a file. */

#include "rungs-canvas-picture.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "compat/rungs-color.h"
#include "widgets/rungs-canvas-private.h"

typedef struct
{
  RungsCanvasPaper *paper; /* (owned) (nullable): until the picture is taken */
  GdkFrameClock *clock; /* (owned) */
  gulong handler;
  AdwColorScheme scheme; /* as it was */
} Taking;

static void
taking_free (gpointer data)
{
  Taking *taking = data;

  g_clear_object (&taking->clock);
  rungs_canvas_paper_free (taking->paper);
  g_free (taking);
}

/* ---- taking it */

/* A line as it was. */
typedef struct
{
  RungsCanvasRoute route; /* (owned) */
  GdkRGBA color;
  double width;
  gboolean dashed;
  gboolean head;
} Line;

static void
clear_line (gpointer data)
{
  rungs_canvas_route_clear (&((Line *) data)->route);
}

static GskRenderNode *
snapshot_layer (RungsCanvasLayer *layer)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (layer)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_child_visible (child))
      gtk_widget_snapshot_child (GTK_WIDGET (layer), child, snapshot);
  return gtk_snapshot_free_to_node (snapshot);
}

static GArray *
copy_lines (RungsCanvas *canvas)
{
  GArray *lines = g_array_new (FALSE, TRUE, sizeof (Line));

  g_array_set_clear_func (lines, clear_line);
  for (guint i = 0; i < canvas->edges->len; i++)
    {
      RungsCanvasItem *edge = g_ptr_array_index (canvas->edges, i);
      Line line = { { 0 }, rungs_color_of (GTK_WIDGET (edge)), edge->edge->width,
                    edge->edge->dashed, edge->edge->to != NULL };

      if (!edge->placed)
        continue;
      rungs_canvas_route_set (&line.route, edge->route.points, edge->route.n);
      g_array_append_val (lines, line);
    }
  return lines;
}

/* The colours of the legend are those of the lines. */
static void
color_legend (RungsCanvas      *canvas,
              RungsCanvasPaper *paper)
{
  for (guint i = 0; i < paper->legend->len; i++)
    {
      RungsCanvasLegend *legend = g_ptr_array_index (paper->legend, i);

      for (guint j = 0; j < canvas->edges->len && !legend->found; j++)
        {
          RungsCanvasItem *edge = g_ptr_array_index (canvas->edges, j);

          legend->found = edge->placed && edge->edge->dashed == legend->dashed
                          && gtk_widget_has_css_class (GTK_WIDGET (edge), legend->style);
          if (legend->found)
            legend->color = rungs_color_of (GTK_WIDGET (edge));
        }
    }
}

static RungsCanvasPicture *
take_now (RungsCanvas *canvas,
          Taking      *taking)
{
  RungsCanvasPicture *self = g_new0 (RungsCanvasPicture, 1);

  self->ground = snapshot_layer (canvas->ground);
  self->items = snapshot_layer (canvas->items);
  self->lines = copy_lines (canvas);
  self->bounds = canvas->bounds;
  self->paper = g_steal_pointer (&taking->paper);
  color_legend (canvas, self->paper);
  return self;
}

static void
laid_out_cb (GdkFrameClock *clock,
             GTask         *task)
{
  RungsCanvas *canvas = g_task_get_source_object (task);
  Taking *taking = g_task_get_task_data (task);
  RungsCanvasPicture *picture = NULL;

  g_signal_handler_disconnect (clock, taking->handler);
  if (gtk_widget_get_mapped (GTK_WIDGET (canvas)))
    picture = take_now (canvas, taking);
  rungs_canvas_view_show_details (canvas, FALSE);
  gtk_widget_remove_css_class (GTK_WIDGET (canvas), "printing");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), taking->scheme);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
  if (picture != NULL)
    g_task_return_pointer (task, picture, (GDestroyNotify) rungs_canvas_picture_free);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED, "%s",
                             _ ("The drawing is not on the screen"));
  g_object_unref (task);
}

void
rungs_canvas_picture_take_async (RungsCanvas         *canvas,
                                 RungsCanvasPaper    *paper,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_autoptr (GTask) task = NULL;
  Taking *taking;

  g_return_if_fail (RUNGS_IS_CANVAS (canvas));

  task = g_task_new (canvas, cancellable, callback, data);
  taking = g_new0 (Taking, 1);
  taking->paper = paper;
  g_task_set_task_data (task, taking, taking_free);
  if (!gtk_widget_get_mapped (GTK_WIDGET (canvas)))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED, "%s",
                               _ ("The drawing is not on the screen"));
      return;
    }
  taking->scheme = adw_style_manager_get_color_scheme (manager);
  taking->clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (canvas)));
  gtk_widget_add_css_class (GTK_WIDGET (canvas), "printing");
  rungs_canvas_view_show_details (canvas, TRUE);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
  taking->handler = g_signal_connect_after (taking->clock, "layout", G_CALLBACK (laid_out_cb),
                                            g_object_ref (task));
  gdk_frame_clock_request_phase (taking->clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
}

RungsCanvasPicture *
rungs_canvas_picture_take_finish (RungsCanvas   *canvas,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, canvas), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rungs_canvas_picture_free (RungsCanvasPicture *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->ground, gsk_render_node_unref);
  g_clear_pointer (&self->items, gsk_render_node_unref);
  g_array_unref (self->lines);
  rungs_canvas_paper_free (self->paper);
  g_free (self);
}

/* ---- drawing it */

static void
draw_lines (RungsCanvasPicture *self,
            cairo_t            *cr)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      gdk_cairo_set_source_rgba (cr, &line->color);
      rungs_canvas_route_draw (&line->route, cr, line->width, line->dashed, line->head);
    }
}

RungsCanvasPages
rungs_canvas_picture_lay_out (RungsCanvasPicture *self,
                              double              width,
                              double              height,
                              double              largest,
                              double              least)
{
  return rungs_canvas_pages_lay_out (self->paper, self->bounds.size, width, height, largest, least);
}

void
rungs_canvas_picture_draw (RungsCanvasPicture     *self,
                           const RungsCanvasPages *pages,
                           cairo_t                *cr,
                           guint                   page)
{
  cairo_save (cr);
  rungs_canvas_pages_begin (pages, self->paper, self->bounds.size, cr, page);
  cairo_translate (cr, -self->bounds.origin.x, -self->bounds.origin.y);
  if (self->ground != NULL)
    gsk_render_node_draw (self->ground, cr);
  draw_lines (self, cr);
  if (self->items != NULL)
    gsk_render_node_draw (self->items, cr);
  cairo_restore (cr);
  cairo_save (cr);
  rungs_canvas_pages_finish (pages, cr, page);
  cairo_restore (cr);
}
