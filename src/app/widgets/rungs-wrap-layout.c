/* rungs-wrap-layout.c: puts children beside each other, and what does not fit below.
 *
 * A line takes children at their natural width until the next one would not fit. One that is alone
 * on its line and still too wide gets less, down to its least width, which is also the least of the
 * whole. Then children that expand share what their line has left. */

#include "rungs-wrap-layout.h"

struct _RungsWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
};

G_DEFINE_FINAL_TYPE (RungsWrapLayout, rungs_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* One line: children from `first` on, up to but without `end`. */
typedef struct
{
  GtkWidget *first;
  GtkWidget *end; /* (nullable) */
  int natural;
  int expanding;
} Line;

static int
natural_width (GtkWidget *child)
{
  int natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static Line
take_line (RungsWrapLayout *self,
           GtkWidget       *first,
           int              width)
{
  Line line = { first, first, 0, 0 };

  for (; line.end != NULL; line.end = gtk_widget_get_next_sibling (line.end))
    {
      int natural;
      int needed;

      if (!gtk_widget_should_layout (line.end))
        continue;
      natural = natural_width (line.end);
      needed = line.natural > 0 ? line.natural + self->spacing + natural : natural;
      if (line.natural > 0 && needed > width)
        break;
      line.natural = needed;
      line.expanding += gtk_widget_compute_expand (line.end, GTK_ORIENTATION_HORIZONTAL);
    }
  return line;
}

/* The width of a child in its line. */
static int
width_in (const Line *line,
          GtkWidget  *child,
          int         width)
{
  int natural = natural_width (child);

  if (line->expanding > 0 && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
    natural += MAX (width - line->natural, 0) / line->expanding;
  return MIN (natural, width);
}

static int
height_of (const Line *line,
           int         width)
{
  int height = 0;

  for (GtkWidget *child = line->first; child != line->end;
       child = gtk_widget_get_next_sibling (child))
    {
      int natural = 0;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width_in (line, child, width), NULL,
                          &natural, NULL, NULL);
      height = MAX (height, natural);
    }
  return height;
}

static void
measure_width (RungsWrapLayout *self,
               GtkWidget       *widget,
               int             *minimum,
               int             *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least = 0;
      int best = 0;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &best, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += best + (*natural > 0 ? self->spacing : 0);
    }
}

static int
measure_height (RungsWrapLayout *self,
                GtkWidget       *widget,
                int              width)
{
  GtkWidget *first = gtk_widget_get_first_child (widget);
  int height = 0;

  while (first != NULL)
    {
      Line line = take_line (self, first, width);
      int of_line = height_of (&line, width);

      height += of_line + (height > 0 && of_line > 0 ? self->spacing : 0);
      first = line.end;
    }
  return height;
}

static void
rungs_wrap_layout_measure (GtkLayoutManager *manager,
                           GtkWidget        *widget,
                           GtkOrientation    orientation,
                           int               for_size,
                           int              *minimum,
                           int              *natural,
                           int              *minimum_baseline,
                           int              *natural_baseline)
{
  RungsWrapLayout *self = RUNGS_WRAP_LAYOUT (manager);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, widget, minimum, natural);
  else
    *minimum = *natural = measure_height (self, widget, for_size < 0 ? G_MAXINT : for_size);
}

static void
place_line (RungsWrapLayout *self,
            const Line      *line,
            int              width,
            int              y,
            int              height,
            gboolean         mirrored)
{
  int x = 0;

  for (GtkWidget *child = line->first; child != line->end;
       child = gtk_widget_get_next_sibling (child))
    {
      int of_child;

      if (!gtk_widget_should_layout (child))
        continue;
      of_child = width_in (line, child, width);
      gtk_widget_size_allocate (
        child,
        &(GtkAllocation){ mirrored ? width - x - of_child : x, y, of_child, height }, -1);
      x += of_child + self->spacing;
    }
}

static void
rungs_wrap_layout_allocate (GtkLayoutManager *manager,
                            GtkWidget        *widget,
                            int               width,
                            int               height,
                            int               baseline)
{
  RungsWrapLayout *self = RUNGS_WRAP_LAYOUT (manager);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *first = gtk_widget_get_first_child (widget);
  int y = 0;

  while (first != NULL)
    {
      Line line = take_line (self, first, width);
      int of_line = height_of (&line, width);

      place_line (self, &line, width, y, of_line, mirrored);
      y += of_line > 0 ? of_line + self->spacing : 0;
      first = line.end;
    }
}

static GtkSizeRequestMode
rungs_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                    GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rungs_wrap_layout_class_init (RungsWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->measure = rungs_wrap_layout_measure;
  manager_class->allocate = rungs_wrap_layout_allocate;
  manager_class->get_request_mode = rungs_wrap_layout_get_request_mode;
}

static void
rungs_wrap_layout_init (RungsWrapLayout *self)
{
}

GtkLayoutManager *
rungs_wrap_layout_new (int spacing)
{
  RungsWrapLayout *self = g_object_new (RUNGS_TYPE_WRAP_LAYOUT, NULL);

  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
