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

#define GAP 14.0
#define TITLE_SIZE 18
#define SUBTITLE_SIZE 10

typedef struct
{
  char *title;    /* (owned) (nullable) */
  char *subtitle; /* (owned) (nullable) */
  GdkFrameClock *clock; /* (owned) */
  gulong handler;
  AdwColorScheme scheme; /* as it was */
} Taking;

static void
taking_free (gpointer data)
{
  Taking *taking = data;

  g_clear_object (&taking->clock);
  g_free (taking->title);
  g_free (taking->subtitle);
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

static RungsCanvasPicture *
take_now (RungsCanvas  *canvas,
          const Taking *taking)
{
  RungsCanvasPicture *self = g_new0 (RungsCanvasPicture, 1);

  self->ground = snapshot_layer (canvas->ground);
  self->items = snapshot_layer (canvas->items);
  self->lines = copy_lines (canvas);
  self->bounds = canvas->bounds;
  self->title = g_strdup (taking->title);
  self->subtitle = g_strdup (taking->subtitle);
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
                                 const char          *title,
                                 const char          *subtitle,
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
  taking->title = g_strdup (title);
  taking->subtitle = g_strdup (subtitle);
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
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self);
}

/* ---- drawing it */

/* Draws the words (nullable) and gives how high they are; `cr` NULL: measures only. */
static double
draw_words (cairo_t    *cr,
            const char *words,
            int         size,
            gboolean    bold,
            double      y)
{
  PangoContext *context;
  g_autoptr (PangoLayout) layout = NULL;
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");
  PangoRectangle extents;

  if (words == NULL || *words == '\0')
    return 0;
  context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  layout = pango_layout_new (context);
  g_object_unref (context);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, words, -1);
  pango_layout_get_pixel_extents (layout, NULL, &extents);
  if (cr != NULL)
    {
      cairo_move_to (cr, 0, y);
      cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
      pango_cairo_show_layout (cr, layout);
      cairo_new_path (cr); /* text of the drawing would begin where this ends */
    }
  return extents.height + 2;
}

static double
draw_heading (RungsCanvasPicture *self,
              cairo_t            *cr)
{
  double height = draw_words (cr, self->title, TITLE_SIZE, TRUE, 0);

  height += draw_words (cr, self->subtitle, SUBTITLE_SIZE, FALSE, height);
  return height;
}

double
rungs_canvas_picture_heading_height (RungsCanvasPicture *self)
{
  double height = draw_heading (self, NULL);

  return height > 0 ? height + GAP : 0;
}

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

void
rungs_canvas_picture_draw (RungsCanvasPicture *self,
                           cairo_t            *cr,
                           double              width,
                           double              height,
                           double              largest)
{
  double heading = rungs_canvas_picture_heading_height (self);
  double scale = MIN (largest, MIN (width / self->bounds.size.width,
                                    (height - heading) / self->bounds.size.height));

  draw_heading (self, cr);
  cairo_translate (cr, MAX (0, (width - self->bounds.size.width * scale) / 2), heading);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -self->bounds.origin.x, -self->bounds.origin.y);
  if (self->ground != NULL)
    gsk_render_node_draw (self->ground, cr);
  draw_lines (self, cr);
  if (self->items != NULL)
    gsk_render_node_draw (self->items, cr);
}
