/* bench-canvas.c: frames of a canvas with 300 nodes and 600 edges while it is panned, while a node
 * is dragged over it, and while all of it is seen, beside those of an empty window that draws
 * itself anew each time. They are counted as the frame clock paints them. */

#include <math.h>
#include <time.h>

#include "rungs-app-fixture.h"
#include "rungs-canvas-host.h"
#include "widgets/rungs-canvas-private.h"

#define COLUMNS 20
#define ROWS 30
#define NODES 300
#define EDGES 600
#define SECONDS 3

typedef struct Run Run;

typedef void (*Step) (Run *run);

struct Run
{
  GtkWidget *widget;
  RungsCanvas *canvas; /* (nullable) */
  Step step;
  int ticks;
  int frames;
  gint64 busy; /* microseconds of the processor for the frames */
  gint64 begun;
};

/* Other programs do not count in it. */
static gint64
processor_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
before_cb (GdkFrameClock *clock,
           Run           *run)
{
  run->begun = processor_time ();
}

static void
after_cb (GdkFrameClock *clock,
          Run           *run)
{
  run->busy += processor_time () - run->begun;
  run->frames++;
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  Run *run = data;

  run->ticks++;
  run->step (run);
  return G_SOURCE_CONTINUE;
}

/* Frames a second; `ms` is what one takes. */
static double
measure (Run    *run,
         double *ms)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (run->widget);
  gulong before = g_signal_connect (clock, "before-paint", G_CALLBACK (before_cb), run);
  gulong after = g_signal_connect (clock, "after-paint", G_CALLBACK (after_cb), run);
  guint tick = gtk_widget_add_tick_callback (run->widget, tick_cb, run, NULL);
  gint64 begun = g_get_monotonic_time ();
  double seconds;

  while (g_get_monotonic_time () - begun < SECONDS * G_TIME_SPAN_SECOND)
    g_main_context_iteration (NULL, TRUE);
  seconds = (double) (g_get_monotonic_time () - begun) / G_TIME_SPAN_SECOND;
  gtk_widget_remove_tick_callback (run->widget, tick);
  g_signal_handler_disconnect (clock, before);
  g_signal_handler_disconnect (clock, after);
  *ms = (double) run->busy / MAX (1, run->frames) / 1000;
  return run->frames / seconds;
}

static void
draw_step (Run *run)
{
  gtk_widget_queue_draw (run->widget);
}

static void
pan_step (Run *run)
{
  rungs_canvas_view_pan (run->canvas, 9 * cos (run->ticks / 40.0), 9 * sin (run->ticks / 40.0));
}

static void
drag_step (Run *run)
{
  rungs_canvas_drag_to (run->canvas, 400 + 300 * cos (run->ticks / 20.0),
                        350 + 250 * sin (run->ticks / 20.0));
}

static double
measure_empty (double *ms)
{
  GtkWidget *window = gtk_window_new ();
  Run run = { window, NULL, draw_step, 0, 0, 0, 0 };
  double frames;

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  gtk_window_present (GTK_WINDOW (window));
  rungs_app_fixture_settle (500);
  frames = measure (&run, ms);
  gtk_window_destroy (GTK_WINDOW (window));
  return frames;
}

static void
tell (RungsCanvasHost *host,
      const char      *what,
      Step             step,
      double           empty)
{
  Run run = { GTK_WIDGET (host->canvas), host->canvas, step, 0, 0, 0, 0 };
  double ms = 0, frames = measure (&run, &ms);

  g_print (
    "canvas: %s %.1f frames a second, %.1f ms of processor each, %.2f of an empty window's\n",
    what, frames, ms, frames / empty);
}

static RungsCanvasHost *
make_host (void)
{
  static const char *const styles[] = { "opt-in", "direct", "offer", NULL };
  RungsCanvasHost *host = rungs_canvas_host_new (COLUMNS, ROWS);

  for (int i = 0; i < NODES; i++)
    rungs_canvas_host_add_cup (host, i % COLUMNS, i / COLUMNS);
  for (int i = 0; i < EDGES; i++)
    {
      int from = i % NODES, to = (from + (i < NODES ? 1 : 7 + i % 31)) % NODES;
      g_autofree char *a = g_strdup_printf ("cup-%d", from + 1);
      g_autofree char *b = g_strdup_printf ("cup-%d", to + 1);

      rungs_canvas_host_add_arrow (host, a, b, styles[i % 4], i % 2 ? "12 · 3 %" : NULL);
    }
  rungs_canvas_host_show (host);
  gtk_window_present (GTK_WINDOW (host->window));
  rungs_app_fixture_settle (1500);
  return host;
}

/* From a new graph of the same nodes to the end of the layout. */
static void
tell_merge (RungsCanvasHost *host)
{
  gint64 begun = processor_time ();
  gint64 merged;

  rungs_canvas_host_show (host);
  merged = processor_time ();
  rungs_canvas_arrange (host->canvas);
  g_print ("canvas: a new graph is merged in %.1f ms and arranged in %.1f ms of processor\n",
           (double) (merged - begun) / 1000, (double) (processor_time () - merged) / 1000);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (RungsCanvasHost) host = NULL;
  double ms = 0, empty;

  rungs_app_fixture_init (&argc, &argv);
  empty = measure_empty (&ms);
  g_print ("canvas: an empty window %.1f frames a second, %.1f ms of processor each\n", empty, ms);
  host = make_host ();
  tell_merge (host);
  rungs_app_fixture_settle (300);
  tell (host, "panning at 100 %", pan_step, empty);
  rungs_canvas_drag_begin (host->canvas, RUNGS_CANVAS_DRAG_MOVE, "cup-1", 60, 60);
  tell (host, "dragging at 100 %", drag_step, empty);
  rungs_canvas_drag_cancel (host->canvas);
  rungs_canvas_fit (host->canvas);
  rungs_canvas_set_zoom (host->canvas, rungs_canvas_get_zoom (host->canvas) * 1.3);
  rungs_app_fixture_settle (300);
  tell (host, "panning with nearly all in view", pan_step, empty);
  rungs_canvas_drag_begin (host->canvas, RUNGS_CANVAS_DRAG_MOVE, "cup-1", 60, 60);
  tell (host, "dragging with nearly all in view", drag_step, empty);
  rungs_canvas_drag_cancel (host->canvas);
  return EXIT_SUCCESS;
}
