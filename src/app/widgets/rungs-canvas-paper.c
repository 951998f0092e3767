/* rungs-canvas-paper.c: what stands beside a drawing on paper, and how it is put on pages. */

#include "widgets/rungs-canvas-paper.h"

#include <glib/gi18n.h>
#include <math.h>

#define TITLE_SIZE 18
#define TEXT_SIZE 9
#define GAP 14.0
#define OVERLAP 24.0
#define SAMPLE 26.0
#define SAMPLE_GAP 16.0

static void
legend_free (gpointer data)
{
  RungsCanvasLegend *legend = data;

  g_free (legend->style);
  g_free (legend->words);
  g_free (legend);
}

RungsCanvasPaper *
rungs_canvas_paper_new (const char *title,
                        const char *subtitle)
{
  RungsCanvasPaper *self = g_new0 (RungsCanvasPaper, 1);

  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->legend = g_ptr_array_new_with_free_func (legend_free);
  return self;
}

void
rungs_canvas_paper_free (RungsCanvasPaper *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->note);
  g_ptr_array_unref (self->legend);
  g_free (self);
}

void
rungs_canvas_paper_add_legend (RungsCanvasPaper *self,
                               const char       *style,
                               gboolean          dashed,
                               const char       *words)
{
  RungsCanvasLegend *legend = g_new0 (RungsCanvasLegend, 1);

  g_return_if_fail (self != NULL);

  legend->style = g_strdup (style);
  legend->words = g_strdup (words);
  legend->dashed = dashed;
  g_ptr_array_add (self->legend, legend);
}

/* ---- heading and legend */

static PangoLayout *
layout_new (const char *words,
            int         size,
            gboolean    bold)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");
  PangoLayout *layout = pango_layout_new (context);

  pango_context_set_round_glyph_positions (context, FALSE); /* paper has no pixels */
  g_object_unref (context);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, words, -1);
  return layout;
}

static void
show_layout (cairo_t     *cr,
             PangoLayout *layout,
             double       x,
             double       y)
{
  cairo_move_to (cr, x, y);
  cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr); /* text of the drawing would begin where this ends */
}

/* Draws the words (nullable) and gives how high they are; `cr` NULL: measures only. */
static double
draw_words (cairo_t    *cr,
            const char *words,
            int         size,
            gboolean    bold,
            double      width,
            double      y)
{
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle extents;

  if (words == NULL || *words == '\0')
    return 0;
  layout = layout_new (words, size, bold);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_get_pixel_extents (layout, NULL, &extents);
  if (cr != NULL)
    show_layout (cr, layout, 0, y);
  return extents.height + 2;
}

static void
draw_sample (cairo_t                 *cr,
             const RungsCanvasLegend *legend,
             double                   x,
             double                   y)
{
  cairo_save (cr);
  gdk_cairo_set_source_rgba (cr, &legend->color);
  cairo_set_line_width (cr, 2);
  if (legend->dashed)
    cairo_set_dash (cr, (double[]) { 4, 3 }, 2, 0);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + SAMPLE, y);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* Beside each other, as many as fit in a line. */
static double
draw_legend (cairo_t                *cr,
             const RungsCanvasPaper *paper,
             double                  width,
             double                  y)
{
  double x = 0, line = 0, height = 0;

  for (guint i = 0; i < paper->legend->len; i++)
    {
      const RungsCanvasLegend *legend = g_ptr_array_index (paper->legend, i);
      g_autoptr (PangoLayout) layout = NULL;
      PangoRectangle extents;

      if (!legend->found)
        continue;
      layout = layout_new (legend->words, TEXT_SIZE, FALSE);
      pango_layout_get_pixel_extents (layout, NULL, &extents);
      if (x > 0 && x + SAMPLE + 5 + extents.width > width)
        {
          x = 0;
          height += line;
        }
      line = extents.height + 3;
      if (cr != NULL)
        {
          draw_sample (cr, legend, x, y + height + extents.height / 2.0);
          show_layout (cr, layout, x + SAMPLE + 5, y + height);
        }
      x += SAMPLE + 5 + extents.width + SAMPLE_GAP;
    }
  return height + line;
}

/* `more` (nullable) stands behind the subtitle. */
static double
draw_heading (cairo_t                *cr,
              const RungsCanvasPaper *paper,
              double                  width,
              const char             *more)
{
  g_autofree char *subtitle
    = more != NULL && paper->subtitle != NULL
        ? g_strdup_printf ("%s · %s", paper->subtitle, more)
        : g_strdup (more != NULL ? more : paper->subtitle);
  double height = draw_words (cr, paper->title, TITLE_SIZE, TRUE, width, 0);

  height += draw_words (cr, subtitle, TEXT_SIZE, FALSE, width, height);
  if (height > 0)
    height += 4;
  height += draw_legend (cr, paper, width, height);
  return height + draw_words (cr, paper->note, TEXT_SIZE, FALSE, width, height);
}

double
rungs_canvas_paper_heading_height (const RungsCanvasPaper *self,
                                   double                  width)
{
  double height = draw_heading (NULL, self, width, NULL);

  return height > 0 ? height + GAP : 0;
}

/* ---- pages */

static guint
count_tiles (double length,
             double page)
{
  return length <= page + 0.5 ? 1 : 1 + (guint) ceil ((length - page) / (page - OVERLAP));
}

/* How long a strip of so many tiles is. */
static double
all_of (guint  tiles,
        double page)
{
  return page + (tiles - 1) * (page - OVERLAP);
}

RungsCanvasPages
rungs_canvas_pages_lay_out (const RungsCanvasPaper *paper,
                            graphene_size_t         drawing,
                            double                  width,
                            double                  height,
                            double                  largest,
                            double                  least)
{
  RungsCanvasPages self = { .width = width, .height = height };

  self.heading = rungs_canvas_paper_heading_height (paper, width);
  self.scale = MIN (largest,
                    MIN (width / drawing.width, (height - self.heading) / drawing.height));
  self.scale = MAX (self.scale, least);
  self.columns = count_tiles (drawing.width * self.scale, width);
  self.rows = count_tiles (drawing.height * self.scale, height - self.heading);
  if (rungs_canvas_pages_count (&self) > 1)
    self.scale = MIN (largest, MIN (all_of (self.columns, width) / drawing.width,
                                    all_of (self.rows, height - self.heading) / drawing.height));
  return self;
}

guint
rungs_canvas_pages_count (const RungsCanvasPages *self)
{
  return self->columns * self->rows;
}

void
rungs_canvas_pages_begin (const RungsCanvasPages *self,
                          const RungsCanvasPaper *paper,
                          graphene_size_t         drawing,
                          cairo_t                *cr,
                          guint                   page)
{
  guint column = page % self->columns, row = page / self->columns;
  double height = self->height - self->heading;
  double rest = self->columns == 1 ? MAX (0, self->width - drawing.width * self->scale) / 2 : 0;
  g_autofree char *which = NULL;

  if (rungs_canvas_pages_count (self) > 1)
    /* Translators: numbers: of a page, of all; where it stands among them. */
    which = g_strdup_printf (_ ("Page %u of %u (column %u, row %u)"), page + 1,
                             rungs_canvas_pages_count (self), column + 1, row + 1);
  draw_heading (cr, paper, self->width, which);
  cairo_rectangle (cr, 0, self->heading, self->width, height);
  cairo_clip (cr);
  cairo_translate (cr, rest - column * (self->width - OVERLAP),
                   self->heading - row * (height - OVERLAP));
  cairo_scale (cr, self->scale, self->scale);
}

static void
draw_mark (cairo_t *cr,
           double   x1,
           double   y1,
           double   x2,
           double   y2)
{
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
}

void
rungs_canvas_pages_finish (const RungsCanvasPages *self,
                           cairo_t                *cr,
                           guint                   page)
{
  guint column = page % self->columns, row = page / self->columns;

  cairo_set_source_rgb (cr, 0.55, 0.55, 0.55);
  cairo_set_line_width (cr, 0.5);
  cairo_set_dash (cr, (double[]) { 1, 3 }, 2, 0);
  if (column > 0)
    draw_mark (cr, OVERLAP, self->heading, OVERLAP, self->height);
  if (column + 1 < self->columns)
    draw_mark (cr, self->width - OVERLAP, self->heading, self->width - OVERLAP, self->height);
  if (row > 0)
    draw_mark (cr, 0, self->heading + OVERLAP, self->width, self->heading + OVERLAP);
  if (row + 1 < self->rows)
    draw_mark (cr, 0, self->height - OVERLAP, self->width, self->height - OVERLAP);
}
