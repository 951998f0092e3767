/* rungs-chart.c: one or two lines over the same steps, with a range around the last one; or bars.
 *
 * The scale goes through 0 and rises in steps of 1, 2 or 5 times a power of ten, as many as there
 * is room for. */

#include "widgets/rungs-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "compat/rungs-color.h"

#define MARGIN 8.0
#define LINE_HEIGHT 22.0

typedef struct
{
  char *name;     /* (owned) */
  double *values; /* (owned) */
  double *low;    /* (owned) (nullable) */
  double *high;   /* (owned) (nullable) */
} Line;

struct _RungsChart
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *legend;
  GtkWidget *drawing;
  GtkWidget *accent; /* has the accent colour */
  char *title;       /* (owned) */
  GStrv labels;      /* (owned) */
  guint n;
  gboolean bars;
  GPtrArray *lines; /* (owned) (element-type Line) */
  RungsChartWords words;
  gpointer data; /* (owned) */
  GDestroyNotify destroy;
};

G_DEFINE_FINAL_TYPE (RungsChart, rungs_chart, GTK_TYPE_WIDGET)

/* Where values and steps lie in the drawing. */
typedef struct
{
  double left, top, width, height;
  double least, most, step;
} Scale;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->name);
  g_free (line->values);
  g_free (line->low);
  g_free (line->high);
  g_free (line);
}

static char *
words_of (RungsChart *self,
          double      value)
{
  return self->words != NULL ? self->words (value, self->data) : g_strdup_printf ("%g", value);
}

/* ---- the scale */

static void
reach (Scale        *scale,
       const double *values,
       guint         n)
{
  for (guint i = 0; values != NULL && i < n; i++)
    {
      scale->least = MIN (scale->least, values[i]);
      scale->most = MAX (scale->most, values[i]);
    }
}

/* The smallest of 1, 2, 5, 10, 20, … of which at most `most` fit into `span`. */
static double
choose_step (double span,
             double most)
{
  double power = pow (10, floor (log10 (span / most)));

  for (double factor = 1; factor < 10; factor = factor > 1 ? factor * 2.5 : 2)
    if (factor * power * most >= span)
      return factor * power;
  return 10 * power;
}

static void
find_values (RungsChart *self,
             Scale      *scale)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = self->lines->pdata[i];

      reach (scale, line->values, self->n);
      reach (scale, line->low, self->n);
      reach (scale, line->high, self->n);
    }
  if (scale->most - scale->least < 1e-9)
    scale->most = scale->least + 1;
  scale->step = choose_step (scale->most - scale->least,
                             CLAMP (floor (scale->height / 40), 1, 8));
  scale->least = floor (scale->least / scale->step) * scale->step;
  scale->most = ceil (scale->most / scale->step) * scale->step;
}

static double
x_of (const RungsChart *self,
      const Scale      *scale,
      guint             step)
{
  return scale->left + scale->width * (step + 0.5) / self->n;
}

static double
y_of (const Scale *scale,
      double       value)
{
  return scale->top + scale->height * (scale->most - value) / (scale->most - scale->least);
}

/* ---- drawing */

static void
set_color (cairo_t *cr,
           GdkRGBA  color,
           double   alpha)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha * alpha);
}

/* A text whose right end (`share` 1), middle (0.5) or left end (0) is at `x`. */
static void
draw_text (RungsChart *self,
           cairo_t    *cr,
           const char *text,
           double      x,
           double      y,
           double      share)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (self->drawing, text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_move_to (cr, x - width * share, y - height / 2.0);
  pango_cairo_show_layout (cr, layout);
}

/* The name of a step; beside other bars it has so many lines as fit above the edge. */
static void
draw_label (RungsChart  *self,
            cairo_t     *cr,
            const Scale *scale,
            guint        step)
{
  g_autoptr (PangoLayout) layout
      = gtk_widget_create_pango_layout (self->drawing, self->labels[step]);
  double room = scale->width / self->n - 4;

  if (!self->bars)
    {
      draw_text (self, cr, self->labels[step], x_of (self, scale, step),
                 scale->top + scale->height + LINE_HEIGHT / 2 + 2, 0.5);
      return;
    }
  pango_layout_set_width (layout, (int) (room * PANGO_SCALE));
  pango_layout_set_height (layout, -2);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  cairo_move_to (cr, x_of (self, scale, step) - room / 2, scale->top + scale->height + 4);
  pango_cairo_show_layout (cr, layout);
}

/* How wide the widest number at the left is. */
static double
measure_words (RungsChart  *self,
               const Scale *scale)
{
  double widest = 0;

  for (double value = scale->least; value < scale->most + scale->step / 2; value += scale->step)
    {
      g_autofree char *text = words_of (self, value);
      g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (self->drawing, text);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      widest = MAX (widest, width);
    }
  return widest;
}

static void
draw_scale (RungsChart  *self,
            cairo_t     *cr,
            const Scale *scale,
            GdkRGBA      color)
{
  cairo_set_line_width (cr, 1);
  for (double value = scale->least; value < scale->most + scale->step / 2; value += scale->step)
    {
      double y = floor (y_of (scale, value)) + 0.5;
      g_autofree char *text = words_of (self, fabs (value) < scale->step / 2 ? 0 : value);

      set_color (cr, color, fabs (value) < scale->step / 2 ? 0.5 : 0.15);
      cairo_move_to (cr, scale->left, y);
      cairo_line_to (cr, scale->left + scale->width, y);
      cairo_stroke (cr);
      set_color (cr, color, 0.7);
      draw_text (self, cr, text, scale->left - MARGIN, y, 1);
    }
  for (guint i = 0; i < self->n; i++)
    draw_label (self, cr, scale, i);
}

static void
draw_range (RungsChart  *self,
            cairo_t     *cr,
            const Scale *scale,
            const Line  *line,
            GdkRGBA      color)
{
  if (line->low == NULL)
    return;
  cairo_new_path (cr);
  for (guint i = 0; i < self->n; i++)
    cairo_line_to (cr, x_of (self, scale, i), y_of (scale, line->high[i]));
  for (guint i = self->n; i-- > 0;)
    cairo_line_to (cr, x_of (self, scale, i), y_of (scale, line->low[i]));
  cairo_close_path (cr);
  set_color (cr, color, 0.15);
  cairo_fill (cr);
}

static void
draw_line (RungsChart  *self,
           cairo_t     *cr,
           const Scale *scale,
           const Line  *line,
           GdkRGBA      color,
           gboolean     dashed)
{
  const double dashes[] = { 6, 4 };

  draw_range (self, cr, scale, line, color);
  cairo_new_path (cr);
  for (guint i = 0; i < self->n; i++)
    cairo_line_to (cr, x_of (self, scale, i), y_of (scale, line->values[i]));
  set_color (cr, color, dashed ? 0.6 : 1);
  cairo_set_line_width (cr, dashed ? 2 : 2.5);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (cr, dashes, dashed ? 2 : 0, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, dashes, 0, 0);
}

/* A bar for each step, and over it between what the true value most likely lies. */
static void
draw_bars (RungsChart  *self,
           cairo_t     *cr,
           const Scale *scale,
           const Line  *line,
           GdkRGBA      accent,
           GdkRGBA      color)
{
  double width = MIN (48, scale->width / self->n * 0.6);

  for (guint i = 0; i < self->n; i++)
    {
      double x = x_of (self, scale, i);
      double y = y_of (scale, line->values[i]);

      set_color (cr, accent, 1);
      cairo_rectangle (cr, x - width / 2, y, width, y_of (scale, 0) - y);
      cairo_fill (cr);
      if (line->low == NULL)
        continue;
      set_color (cr, color, 0.8);
      cairo_set_line_width (cr, 1.5);
      cairo_move_to (cr, x, y_of (scale, line->low[i]));
      cairo_line_to (cr, x, y_of (scale, line->high[i]));
      cairo_move_to (cr, x - 5, y_of (scale, line->low[i]));
      cairo_line_to (cr, x + 5, y_of (scale, line->low[i]));
      cairo_move_to (cr, x - 5, y_of (scale, line->high[i]));
      cairo_line_to (cr, x + 5, y_of (scale, line->high[i]));
      cairo_stroke (cr);
    }
}

static gboolean
is_dashed (RungsChart *self,
           guint       line)
{
  return line + 1 < self->lines->len;
}

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        data)
{
  RungsChart *self = data;
  GdkRGBA color = rungs_color_of (self->drawing);
  GdkRGBA accent = rungs_color_of (self->accent);
  Scale scale = { .top = LINE_HEIGHT / 2,
                  .height = height - (self->bars ? 2.5 : 2) * LINE_HEIGHT };

  if (self->n == 0 || self->lines->len == 0 || scale.height < LINE_HEIGHT)
    return;
  find_values (self, &scale);
  scale.left = measure_words (self, &scale) + 2 * MARGIN;
  scale.width = width - scale.left - MARGIN;
  draw_scale (self, cr, &scale, color);
  if (self->bars)
    {
      draw_bars (self, cr, &scale, self->lines->pdata[0], accent, color);
      return;
    }
  for (guint i = 0; i < self->lines->len; i++)
    draw_line (self, cr, &scale, self->lines->pdata[i], is_dashed (self, i) ? color : accent,
               is_dashed (self, i));
}

/* ---- the legend */

static void
draw_mark_cb (GtkDrawingArea *area,
              cairo_t        *cr,
              int             width,
              int             height,
              gpointer        data)
{
  gboolean dashed = GPOINTER_TO_INT (data);
  const double dashes[] = { 6, 4 };

  set_color (cr, rungs_color_of (GTK_WIDGET (area)), dashed ? 0.6 : 1);
  cairo_set_line_width (cr, 2.5);
  cairo_set_dash (cr, dashes, dashed ? 2 : 0, 0);
  cairo_move_to (cr, 0, height / 2.0);
  cairo_line_to (cr, width, height / 2.0);
  cairo_stroke (cr);
}

static void
add_to_legend (RungsChart *self,
               const char *name,
               gboolean    dashed)
{
  GtkWidget *mark = gtk_drawing_area_new ();
  GtkWidget *label = gtk_label_new (name);

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (mark), 26);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (mark), draw_mark_cb, GINT_TO_POINTER (dashed),
                                  NULL);
  if (!dashed)
    gtk_widget_add_css_class (mark, "accent");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_margin_end (label, 12);
  gtk_box_append (GTK_BOX (self->legend), mark);
  gtk_box_append (GTK_BOX (self->legend), label);
}

static void
show_legend (RungsChart *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->legend)) != NULL)
    gtk_box_remove (GTK_BOX (self->legend), child);
  if (self->bars)
    {
      GtkWidget *label = gtk_label_new (self->title);

      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (self->legend), label);
    }
  for (guint i = 0; i < self->lines->len && !self->bars; i++)
    add_to_legend (self, ((Line *) self->lines->pdata[i])->name, is_dashed (self, i));
}

/* ---- public */

void
rungs_chart_set_bars (RungsChart *self,
                      gboolean    bars)
{
  g_return_if_fail (RUNGS_IS_CHART (self));

  self->bars = bars;
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->drawing), bars ? 180 : 220);
}

void
rungs_chart_set_words (RungsChart      *self,
                       RungsChartWords  words,
                       gpointer         data,
                       GDestroyNotify   destroy)
{
  g_return_if_fail (RUNGS_IS_CHART (self));

  if (self->destroy != NULL)
    self->destroy (self->data);
  self->words = words;
  self->data = data;
  self->destroy = destroy;
}

void
rungs_chart_set_steps (RungsChart        *self,
                       const char        *title,
                       const char *const *labels)
{
  g_return_if_fail (RUNGS_IS_CHART (self) && labels != NULL);

  g_free (self->title);
  self->title = g_strdup (title);
  g_strfreev (self->labels);
  self->labels = g_strdupv ((char **) labels);
  self->n = g_strv_length (self->labels);
  g_ptr_array_set_size (self->lines, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drawing), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  show_legend (self);
  gtk_widget_queue_draw (self->drawing);
}

/* "Subject 1: 12 %; Subject 2: 9 %" */
static void
describe_bars (RungsChart *self,
               GString    *text)
{
  const Line *line = self->lines->pdata[0];

  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *value = words_of (self, line->values[i]);

      /* Translators: the name of a bar of a chart, and its value. */
      g_string_append_printf (text, _ ("%s: %s"), self->labels[i], value);
      g_string_append (text, i + 1 < self->n ? "; " : "");
    }
}

/* "With the changes: from €2,600 to €2,900; …" */
static void
describe (RungsChart *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->bars)
    describe_bars (self, text);
  for (guint i = 0; i < self->lines->len && !self->bars; i++)
    {
      const Line *line = self->lines->pdata[i];
      g_autofree char *first = words_of (self, line->values[0]);
      g_autofree char *last = words_of (self, line->values[self->n - 1]);

      if (i > 0)
        g_string_append (text, "; ");
      /* Translators: the name of a line of a chart, and its first and last value. */
      g_string_append_printf (text, _ ("%s: from %s to %s"), line->name, first, last);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drawing),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
}

static double *
copy_values (RungsChart   *self,
             const double *values)
{
  return values != NULL ? g_memdup2 (values, self->n * sizeof *values) : NULL;
}

void
rungs_chart_add_line (RungsChart   *self,
                      const char   *name,
                      const double *values,
                      const double *low,
                      const double *high)
{
  Line *line;

  g_return_if_fail (RUNGS_IS_CHART (self) && self->n > 0 && values != NULL);
  g_return_if_fail ((low == NULL) == (high == NULL));

  line = g_new0 (Line, 1);
  line->name = g_strdup (name);
  line->values = copy_values (self, values);
  line->low = copy_values (self, low);
  line->high = copy_values (self, high);
  g_ptr_array_add (self->lines, line);
  show_legend (self);
  describe (self);
  gtk_widget_queue_draw (self->drawing);
}

/* ---- the class */

static void
rungs_chart_dispose (GObject *object)
{
  RungsChart *self = RUNGS_CHART (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_chart_parent_class)->dispose (object);
}

static void
rungs_chart_finalize (GObject *object)
{
  RungsChart *self = RUNGS_CHART (object);

  if (self->destroy != NULL)
    self->destroy (self->data);
  g_free (self->title);
  g_strfreev (self->labels);
  g_ptr_array_unref (self->lines);
  G_OBJECT_CLASS (rungs_chart_parent_class)->finalize (object);
}

static void
rungs_chart_class_init (RungsChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_chart_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_chart_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chart");
}

static void
rungs_chart_init (RungsChart *self)
{
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->legend = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->accent = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->drawing = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG,
                                NULL);
  gtk_widget_add_css_class (self->accent, "accent");
  gtk_widget_add_css_class (self->drawing, "caption");
  gtk_widget_set_halign (self->legend, GTK_ALIGN_END);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->drawing), 220);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->drawing), draw_cb, self, NULL);
  gtk_box_append (GTK_BOX (self->box), self->accent);
  gtk_box_append (GTK_BOX (self->box), self->legend);
  gtk_box_append (GTK_BOX (self->box), self->drawing);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}
