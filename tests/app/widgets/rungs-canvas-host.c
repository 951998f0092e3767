/* rungs-canvas-host.c: a host of a canvas as tests and benchmarks need it. */

#include "rungs-canvas-host.h"

#include <string.h>

typedef struct
{
  char *id;
  int column, row;
} Cup;

typedef struct
{
  char *id, *from, *to, *style, *label;
} Arrow;

/* ---- the layout */

#define GRID_TYPE (grid_get_type ())

G_DECLARE_FINAL_TYPE (Grid, grid, TEST, GRID, GObject)

struct _Grid
{
  GObject parent_instance;

  RungsCanvasHost *host; /* lent */
};

static void
cell_rect (int              column,
           int              row,
           graphene_rect_t *rect)
{
  graphene_rect_init (rect, (float) column * RUNGS_CANVAS_HOST_CELL_WIDTH,
                      (float) row * RUNGS_CANVAS_HOST_CELL_HEIGHT,
                      RUNGS_CANVAS_HOST_CELL_WIDTH - 70, RUNGS_CANVAS_HOST_CELL_HEIGHT - 60);
}

static Cup *
cup_at (RungsCanvasHost *host,
        int              column,
        int              row)
{
  for (guint i = 0; i < host->cups->len; i++)
    {
      Cup *cup = g_ptr_array_index (host->cups, i);

      if (cup->column == column && cup->row == row)
        return cup;
    }
  return NULL;
}

static void
grid_arrange (RungsCanvasLayout      *layout,
              RungsCanvasArrangement *arrangement)
{
  RungsCanvasHost *host = TEST_GRID (layout)->host;
  graphene_rect_t rect;

  host->arranged++;
  rungs_canvas_arrangement_add_area (
    arrangement,
    &GRAPHENE_RECT_INIT (-20, -40, (float) host->columns * RUNGS_CANVAS_HOST_CELL_WIDTH,
                         (float) host->rows * RUNGS_CANVAS_HOST_CELL_HEIGHT),
    NULL, "The shelf");
  for (int row = 0; row < host->rows; row++)
    for (int column = 0; column < host->columns; column++)
      {
        g_autofree char *id = g_strdup_printf ("cell-%d-%d", column, row);
        g_autofree char *name = g_strdup_printf ("Column %d, row %d", column, row);

        cell_rect (column, row, &rect);
        rungs_canvas_arrangement_add_drop_place (arrangement, id, &rect, name);
      }
  for (guint i = 0; i < host->cups->len; i++)
    {
      Cup *cup = g_ptr_array_index (host->cups, i);

      cell_rect (cup->column, cup->row, &rect);
      rungs_canvas_arrangement_place (arrangement, cup->id, &rect);
    }
}

static void
grid_layout_init (RungsCanvasLayoutInterface *iface)
{
  iface->arrange = grid_arrange;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (Grid,
                               grid,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RUNGS_TYPE_CANVAS_LAYOUT, grid_layout_init))

static void
grid_class_init (GridClass *klass)
{
}

static void
grid_init (Grid *self)
{
}

/* ---- the model */

static void
cup_free (gpointer data)
{
  g_free (((Cup *) data)->id);
  g_free (data);
}

static void
arrow_free (gpointer data)
{
  Arrow *arrow = data;

  g_free (arrow->id);
  g_free (arrow->from);
  g_free (arrow->to);
  g_free (arrow->style);
  g_free (arrow->label);
  g_free (arrow);
}

const char *
rungs_canvas_host_add_cup (RungsCanvasHost *self,
                           int              column,
                           int              row)
{
  Cup *cup = g_new0 (Cup, 1);

  cup->id = g_strdup_printf ("cup-%d", self->next++);
  cup->column = column;
  cup->row = row;
  g_ptr_array_add (self->cups, cup);
  return cup->id;
}

void
rungs_canvas_host_add_arrow (RungsCanvasHost *self,
                             const char      *from,
                             const char      *to,
                             const char      *style,
                             const char      *label)
{
  Arrow *arrow = g_new0 (Arrow, 1);

  arrow->id = g_strdup_printf ("%s>%s", from, to);
  arrow->from = g_strdup (from);
  arrow->to = g_strdup (to);
  arrow->style = g_strdup (style);
  arrow->label = g_strdup (label);
  g_ptr_array_add (self->arrows, arrow);
}

void
rungs_canvas_host_remove (RungsCanvasHost *self,
                          const char      *id)
{
  g_autofree char *kept = g_strdup (id);

  for (guint i = self->arrows->len; i-- > 0;)
    {
      Arrow *arrow = g_ptr_array_index (self->arrows, i);

      if (g_str_equal (arrow->id, kept) || g_str_equal (arrow->from, kept)
          || g_str_equal (arrow->to, kept))
        g_ptr_array_remove_index (self->arrows, i);
    }
  for (guint i = self->cups->len; i-- > 0;)
    if (g_str_equal (((Cup *) g_ptr_array_index (self->cups, i))->id, kept))
      g_ptr_array_remove_index (self->cups, i);
}

void
rungs_canvas_host_show (RungsCanvasHost *self)
{
  RungsCanvasGraph *graph = rungs_canvas_graph_new ();
  const RungsCanvasCan all = RUNGS_CANVAS_CAN_SELECT | RUNGS_CANVAS_CAN_MOVE
                             | RUNGS_CANVAS_CAN_CONNECT | RUNGS_CANVAS_CAN_ACCEPT
                             | RUNGS_CANVAS_CAN_DELETE;

  for (guint i = 0; i < self->cups->len; i++)
    {
      Cup *cup = g_ptr_array_index (self->cups, i);

      rungs_canvas_graph_add_node (graph, cup->id, cup->id)->can = all;
    }
  for (guint i = 0; i < self->arrows->len; i++)
    {
      Arrow *arrow = g_ptr_array_index (self->arrows, i);
      RungsCanvasEdge *edge
        = rungs_canvas_graph_add_edge (graph, arrow->id, arrow->from, arrow->to);

      edge->style = g_strdup (arrow->style);
      edge->label = g_strdup (arrow->label);
      edge->opens = arrow->label != NULL;
      edge->width = 1.5 + i % 4;
      edge->can |= RUNGS_CANVAS_CAN_DELETE;
    }
  rungs_canvas_take_graph (self->canvas, graph);
}

/* ---- what the canvas says */


static void
say (RungsCanvasHost *self,
     const char      *format,
     ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (self->said, format, arguments);
  va_end (arguments);
  g_string_append_c (self->said, '\n');
}

static void
activate_cb (RungsCanvasHost *self,
             const char      *id)
{
  say (self, "activate %s", id);
}

static void
label_cb (RungsCanvasHost *self,
          const char      *id)
{
  say (self, "label %s", id);
}

static void
menu_cb (RungsCanvasHost *self,
         const char      *id,
         double           x,
         double           y)
{
  say (self, "menu %s", id ? id : "ground");
}

static void
selection_cb (RungsCanvasHost *self)
{
  g_auto (GStrv) ids = rungs_canvas_get_selected (self->canvas);
  g_autofree char *joined = g_strjoinv (" ", ids);

  say (self, "selection %s", joined);
}

static gboolean
read_cell (const char *place,
           int        *column,
           int        *row)
{
  return sscanf (place, "cell-%d-%d", column, row) == 2;
}

static gboolean
accepts_cb (RungsCanvasHost *self,
            const char      *what,
            const char      *place)
{
  int column = 0, row = 0;

  return read_cell (place, &column, &row) && cup_at (self, column, row) == NULL;
}

static void
dropped_cb (RungsCanvasHost *self,
            const char      *what,
            const char      *place)
{
  int column = 0, row = 0;

  say (self, "dropped %s %s", what, place);
  g_assert_true (read_cell (place, &column, &row));
  rungs_canvas_select (self->canvas, rungs_canvas_host_add_cup (self, column, row));
  rungs_canvas_host_show (self);
}

static void
moved_cb (RungsCanvasHost *self,
          const char      *node,
          const char      *place)
{
  int column = 0, row = 0;

  say (self, "moved %s %s", node, place);
  g_assert_true (read_cell (place, &column, &row));
  for (guint i = 0; i < self->cups->len; i++)
    {
      Cup *cup = g_ptr_array_index (self->cups, i);

      if (!g_str_equal (cup->id, node))
        continue;
      cup->column = column;
      cup->row = row;
    }
  rungs_canvas_host_show (self);
}

static void
move_by_cb (RungsCanvasHost  *self,
            const char       *node,
            GtkDirectionType  direction)
{
  say (self, "move-by %s %d", node, direction);
}

static gboolean
connects_cb (RungsCanvasHost *self,
             const char      *from,
             const char      *to)
{
  for (guint i = 0; i < self->arrows->len; i++)
    {
      Arrow *arrow = g_ptr_array_index (self->arrows, i);

      if (g_str_equal (arrow->from, from) && g_str_equal (arrow->to, to))
        return FALSE;
    }
  return TRUE;
}

static void
connected_cb (RungsCanvasHost *self,
              const char      *from,
              const char      *to)
{
  say (self, "connected %s %s", from, to);
  rungs_canvas_host_add_arrow (self, from, to, NULL, NULL);
  rungs_canvas_host_show (self);
}

static void
delete_cb (RungsCanvasHost *self)
{
  g_auto (GStrv) ids = rungs_canvas_get_selected (self->canvas);
  g_autofree char *joined = g_strjoinv (" ", ids);

  say (self, "delete %s", joined);
  for (int i = 0; ids[i] != NULL; i++)
    rungs_canvas_host_remove (self, ids[i]);
  rungs_canvas_host_show (self);
}

static char *
copy_cb (RungsCanvasHost *self)
{
  g_auto (GStrv) ids = rungs_canvas_get_selected (self->canvas);
  g_autofree char *joined = g_strjoinv ("\",\"", ids);

  return g_strdup_printf ("[\"%s\"]", joined);
}

static void
paste_cb (RungsCanvasHost *self,
          const char      *json)
{
  say (self, "paste %s", json);
}

/* ---- the window */

static GtkWidget *
make_cup (const RungsCanvasNode *node,
          gpointer               data)
{
  RungsCanvasHost *self = data;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new (node->name);
  GtkWidget *figure = gtk_label_new ("12 owners · 340 €");

  gtk_widget_add_css_class (box, "step-card");
  gtk_widget_add_css_class (figure, "caption");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), figure);
  self->made++;
  return box;
}

static void
connect_signals (RungsCanvasHost *self)
{
  const struct
  {
    const char *name;
    GCallback callback;
  } signals[] = {
    { "activate", G_CALLBACK (activate_cb) }, { "label-activated", G_CALLBACK (label_cb) },
    { "menu", G_CALLBACK (menu_cb) },         { "selection-changed", G_CALLBACK (selection_cb) },
    { "accepts", G_CALLBACK (accepts_cb) },   { "dropped", G_CALLBACK (dropped_cb) },
    { "moved", G_CALLBACK (moved_cb) },       { "move-by", G_CALLBACK (move_by_cb) },
    { "connects", G_CALLBACK (connects_cb) }, { "connected", G_CALLBACK (connected_cb) },
    { "delete", G_CALLBACK (delete_cb) },     { "copy", G_CALLBACK (copy_cb) },
    { "paste", G_CALLBACK (paste_cb) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_swapped (self->canvas, signals[i].name, signals[i].callback, self);
}

static void
build_window (RungsCanvasHost *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->window = gtk_window_new ();
  self->scroller = gtk_scrolled_window_new ();
  self->palette = RUNGS_CANVAS_PALETTE (rungs_canvas_palette_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->canvas));
  gtk_widget_set_hexpand (self->scroller, TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self->palette), 160, -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->palette));
  gtk_box_append (GTK_BOX (box), self->scroller);
  gtk_window_set_child (GTK_WINDOW (self->window), box);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1000, 700);
  rungs_canvas_palette_set_canvas (self->palette, self->canvas);
  rungs_canvas_palette_add (self->palette, "thing-cup", "Cups", "list-add-symbolic", "A cup",
                            "Small and round");
  rungs_canvas_palette_add (self->palette, "thing-jug", "Jugs", "list-add-symbolic", "A jug", NULL);
}

RungsCanvasHost *
rungs_canvas_host_new (int columns,
                       int rows)
{
  RungsCanvasHost *self = g_new0 (RungsCanvasHost, 1);
  g_autoptr (Grid) grid = g_object_new (GRID_TYPE, NULL);

  self->columns = columns;
  self->rows = rows;
  self->next = 1;
  self->cups = g_ptr_array_new_with_free_func (cup_free);
  self->arrows = g_ptr_array_new_with_free_func (arrow_free);
  self->said = g_string_new (NULL);
  self->canvas = RUNGS_CANVAS (rungs_canvas_new ());
  grid->host = self;
  rungs_canvas_set_layout (self->canvas, RUNGS_CANVAS_LAYOUT (grid));
  rungs_canvas_set_maker (self->canvas, make_cup, NULL, self);
  connect_signals (self);
  build_window (self);
  return self;
}

void
rungs_canvas_host_free (RungsCanvasHost *self)
{
  RungsCanvas *canvas = g_object_ref (self->canvas);

  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (canvas);
  g_ptr_array_unref (self->cups);
  g_ptr_array_unref (self->arrows);
  g_string_free (self->said, TRUE);
  g_free (self);
}

gboolean
rungs_canvas_host_take (RungsCanvasHost *self,
                        const char      *line)
{
  g_auto (GStrv) lines = g_strsplit (self->said->str, "\n", -1);

  for (int i = 0; lines[i] != NULL; i++)
    if (g_str_equal (lines[i], line))
      {
        g_string_truncate (self->said, 0);
        return TRUE;
      }
  return FALSE;
}
