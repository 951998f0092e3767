/* test-map.c: the map shows what is in the file, with its numbers; what is done on it is in the
 * file, all of it is undone and done again, and products are copied and pasted. */

#include "ladder/rungs-ladder-page.h"
#include "ladder/rungs-map-panel.h"
#include "ladder/rungs-map-view.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "widgets/rungs-canvas-outline.h"
#include "widgets/rungs-canvas.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  GtkWidget *page;
  RungsCanvas *canvas;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->store = rungs_app_store_new_demo ();
  f->window = GTK_WINDOW (gtk_window_new ());
  f->page = g_object_new (RUNGS_TYPE_LADDER_PAGE, "store", f->store, NULL);
  gtk_window_set_default_size (f->window, 1200, 800);
  gtk_window_set_child (f->window, f->page);
  gtk_window_present (f->window);
  rungs_app_fixture_wait_for (f->page, "Weekend at the Wheel");
  f->canvas = RUNGS_CANVAS (rungs_app_fixture_find_type (f->page, RUNGS_TYPE_CANVAS));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (f->window);
  rungs_app_fixture_settle (400);
  rungs_app_store_close (f->store);
}

/* ---- asking the file */

static char *
id_of (Fixture    *f,
       const char *what,
       const char *sql)
{
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, what, rungs_app_store_ask (f->store, sql));
}

static char *
product (Fixture    *f,
         const char *sku)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM product WHERE sku = '%s'", sku);

  return id_of (f, "product", sql);
}

typedef struct
{
  Fixture *f;
  const char *sql;
  gint64 number;
} Asked;

static gboolean
is_so (gpointer data)
{
  Asked *asked = data;

  return rungs_app_store_ask (asked->f->store, asked->sql) == asked->number;
}

/* Waits until the file says so, and the page has read it. */
static void
comes (Fixture    *f,
       const char *sql,
       gint64      number)
{
  Asked asked = { f, sql, number };

  rungs_app_fixture_wait (is_so, &asked);
  rungs_app_fixture_settle (400);
}

#define RUNG(sku) "SELECT rung FROM product WHERE sku = '" sku "'"
#define OFFERS "SELECT count (*) FROM offer WHERE retired_at IS NULL"
#define WAYS "SELECT count (*) FROM way_in"
#define SOLD "SELECT count (*) FROM product WHERE retired_at IS NULL"
/* A sum over all that is changed below. */
#define STATE                                                                                      \
  "SELECT (SELECT sum (rung * id * 7) FROM product WHERE retired_at IS NULL)"                      \
  "     + (SELECT sum (id * 31 + from_product + to_product) FROM offer WHERE retired_at IS NULL)"  \
  "     + (SELECT sum (id * 131) FROM way_in) + (SELECT count (*) * 1009 FROM source)"

static RungsCanvasEdge *
edge (Fixture    *f,
      const char *id)
{
  return rungs_canvas_graph_find_edge (rungs_canvas_get_graph (f->canvas), id);
}

/* ---- tests */

static void
test_shows (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *owners = g_strdup_printf (
    "%" G_GINT64_FORMAT " owners",
    rungs_app_store_ask (f->store, "SELECT count (DISTINCT lead) FROM owned o"
                                   "  JOIN product p ON p.id = o.product"
                                   " WHERE p.sku = 'WEEKEND'"));
  g_autofree char *next = id_of (f, "offer",
                                 "SELECT o.id FROM offer o JOIN product p ON p.id = o.from_product"
                                 "  JOIN product q ON q.id = o.to_product"
                                 " WHERE p.sku = 'KIT' AND q.sku = 'WEEKEND' AND o.kind = 'next'");
  g_autofree char *way = id_of (f, "way", "SELECT min (id) FROM way_in WHERE path = 'opt-in'");

  rungs_app_fixture_wait_for (f->page, owners);
  g_assert_nonnull (strstr (edge (f, next)->label, "%"));
  g_assert_true (g_str_has_prefix (edge (f, next)->label, "Next"));
  g_assert_true (edge (f, next)->opens);
  g_assert_nonnull (strstr (edge (f, next)->detail, "–"));
  g_assert_cmpstr (edge (f, way)->style, ==, "opt-in");
  g_assert_cmpfloat (edge (f, way)->width, >, 1.5);
}

static void
connect_them (Fixture    *f,
              const char *from,
              const char *to)
{
  gboolean allowed = FALSE;

  g_signal_emit_by_name (f->canvas, "connects", from, to, &allowed);
  g_assert_true (allowed);
  g_signal_emit_by_name (f->canvas, "connected", from, to);
}

static void
move (Fixture    *f,
      const char *node,
      const char *place)
{
  gboolean accepted = FALSE;

  g_signal_emit_by_name (f->canvas, "accepts", node, place, &accepted);
  g_assert_true (accepted);
  g_signal_emit_by_name (f->canvas, "moved", node, place);
}

/* Each step of it in the file; then all of it taken back, and done again. */
static void
test_edits (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *kit = product (f, "KIT");
  g_autofree char *master = product (f, "MASTER");
  g_autofree char *guide = product (f, "GUIDE");
  gint64 before = rungs_app_store_ask (f->store, STATE);
  gint64 offers = rungs_app_store_ask (f->store, OFFERS);
  gint64 ways = rungs_app_store_ask (f->store, WAYS);
  gint64 after;
  GtkWidget *view = rungs_app_fixture_find_type (f->page, RUNGS_TYPE_MAP_VIEW);

  move (f, kit, "rung:3");
  comes (f, RUNG ("KIT"), 2); /* its rung was its own, and closed: all above came down */
  comes (f, RUNG ("MASTER"), 4);
  move (f, kit, "between:4");
  comes (f, RUNG ("MASTER"), 5);
  comes (f, RUNG ("KIT"), 4);
  connect_them (f, guide, master);
  comes (f, OFFERS, offers + 1);
  connect_them (f, "kind:jv", kit);
  comes (f, WAYS, ways + 1);
  g_signal_emit_by_name (f->canvas, "dropped", "add:product", "between:1");
  comes (f, SOLD, 6);
  comes (f, RUNG ("GUIDE"), 2);
  g_signal_emit_by_name (f->canvas, "dropped", "add:source:seo", "sources");
  comes (f, "SELECT count (*) FROM source", 9);
  rungs_canvas_select (f->canvas, master);
  g_signal_emit_by_name (f->canvas, "delete");
  comes (f, SOLD, 5);
  after = rungs_app_store_ask (f->store, STATE);
  for (int i = 0; i < 7; i++)
    {
      gtk_widget_activate_action (view, "history.undo", NULL);
      rungs_app_fixture_settle (500);
    }
  comes (f, STATE, before);
  for (int i = 0; i < 7; i++)
    {
      gtk_widget_activate_action (view, "history.redo", NULL);
      rungs_app_fixture_settle (500);
    }
  comes (f, STATE, after);
}

/* What is no longer sold is shown where it is asked for, with the offers that ended with it; back
 * on the ladder it has them again. */
static void
test_retired (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *kit = product (f, "KIT");
  g_autofree char *next = id_of (f, "offer",
                                 "SELECT o.id FROM offer o JOIN product p ON p.id = o.from_product"
                                 "  JOIN product q ON q.id = o.to_product"
                                 " WHERE p.sku = 'KIT' AND q.sku = 'WEEKEND' AND o.kind = 'next'");
  gint64 offers = rungs_app_store_ask (f->store, OFFERS);
  GtkWidget *view = rungs_app_fixture_find_type (f->page, RUNGS_TYPE_MAP_VIEW);

  rungs_canvas_select (f->canvas, kit);
  g_signal_emit_by_name (f->canvas, "delete");
  comes (f, SOLD, 4);
  g_assert_null (rungs_canvas_graph_find_node (rungs_canvas_get_graph (f->canvas), kit));
  gtk_widget_activate_action (view, "map.show-retired", NULL);
  g_assert_nonnull (rungs_canvas_graph_find_node (rungs_canvas_get_graph (f->canvas), kit));
  g_assert_nonnull (edge (f, next));
  g_assert_true (g_str_has_suffix (edge (f, next)->style, "faint"));
  rungs_app_fixture_wait_for (GTK_WIDGET (f->canvas), "Home Starter Kit");
  gtk_widget_activate_action (view, "map.revive", "s", kit);
  comes (f, SOLD, 5);
  comes (f, OFFERS, offers);
  g_assert_false (g_str_has_suffix (edge (f, next)->style, "faint"));
  gtk_widget_activate_action (view, "history.undo", NULL);
  comes (f, SOLD, 4);
}

typedef struct
{
  Fixture *f;
  const char *edge;
} Sought;

static gboolean
is_there (gpointer data)
{
  const Sought *sought = data;

  return edge (sought->f, sought->edge) != NULL;
}

/* What leads did although it is not drawn is shown where it is asked for, and drawn as they did. */
static void
test_undrawn (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *kit = product (f, "KIT");
  g_autofree char *weekend = product (f, "WEEKEND");
  g_autofree char *undrawn = g_strdup_printf ("undrawn:%s>%s", kit, weekend);
  g_autofree char *next = id_of (f, "offer",
                                 "SELECT o.id FROM offer o JOIN product p ON p.id = o.from_product"
                                 "  JOIN product q ON q.id = o.to_product"
                                 " WHERE p.sku = 'KIT' AND q.sku = 'WEEKEND' AND o.kind = 'next'");
  gint64 offers = rungs_app_store_ask (f->store, OFFERS);
  GtkWidget *view = rungs_app_fixture_find_type (f->page, RUNGS_TYPE_MAP_VIEW);
  Sought sought = { f, undrawn };

  rungs_canvas_select (f->canvas, next);
  g_signal_emit_by_name (f->canvas, "delete");
  comes (f, OFFERS, offers - 1);
  g_assert_null (edge (f, undrawn));
  gtk_widget_activate_action (view, "map.show-undrawn", NULL);
  rungs_app_fixture_wait (is_there, &sought);
  g_assert_true (edge (f, undrawn)->dashed);
  g_assert_true (edge (f, undrawn)->opens);
  rungs_canvas_select (f->canvas, undrawn);
  rungs_app_fixture_wait_for (rungs_app_fixture_find_type (view, RUNGS_TYPE_MAP_PANEL),
                              "Way that is not drawn");
  gtk_widget_activate_action (view, "map.draw", "s", undrawn);
  comes (f, OFFERS, offers);
  rungs_app_fixture_settle (600);
  g_assert_null (edge (f, undrawn));
}

static GtkListBoxRow *
row_of (GtkWidget  *outline,
        const char *id)
{
  GtkListBox *list = GTK_LIST_BOX (rungs_app_fixture_find_type (outline, GTK_TYPE_LIST_BOX));
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "id"), id) == 0)
      return row;
  return NULL;
}

/* The outline has every thing and every arrow, and does to them what the map does. */
static void
test_outline (Fixture       *f,
              gconstpointer  data)
{
  GtkWidget *view = rungs_app_fixture_find_type (f->page, RUNGS_TYPE_MAP_VIEW);
  GtkWidget *outline = rungs_app_fixture_find_type (view, RUNGS_TYPE_CANVAS_OUTLINE);
  g_autofree char *kit = product (f, "KIT");
  RungsCanvasGraph *graph;
  GtkWidget *list = rungs_app_fixture_find_type (outline, GTK_TYPE_LIST_BOX);

  g_assert_false (gtk_widget_get_mapped (outline));
  gtk_widget_activate_action (view, "map.show-outline", NULL);
  rungs_app_fixture_settle (400);
  g_assert_true (gtk_widget_get_mapped (outline));
  g_assert_nonnull (gtk_widget_get_focus_child (outline));
  graph = rungs_canvas_get_graph (f->canvas);
  for (guint i = 0; i < graph->nodes->len; i++)
    g_assert_nonnull (row_of (outline, ((RungsCanvasNode *) graph->nodes->pdata[i])->id));
  for (guint i = 0; i < graph->edges->len; i++)
    g_assert_nonnull (row_of (outline, ((RungsCanvasEdge *) graph->edges->pdata[i])->id));

  gtk_list_box_unselect_all (GTK_LIST_BOX (list));
  gtk_list_box_select_row (GTK_LIST_BOX (list), row_of (outline, kit));
  g_assert_cmpstr (rungs_canvas_get_selected_one (f->canvas), ==, kit);
  rungs_app_fixture_wait_for (rungs_app_fixture_find_type (view, RUNGS_TYPE_MAP_PANEL),
                              "Home Starter Kit");
  g_signal_emit_by_name (outline, "menu", kit, 20.0, 20.0);
  rungs_app_fixture_wait_for (outline, "Rename");
  gtk_popover_popdown (
    GTK_POPOVER (rungs_app_fixture_find_type (outline, GTK_TYPE_POPOVER_MENU)));
  gtk_widget_activate_action (outline, "canvas.delete", NULL);
  comes (f, SOLD, 4);
  g_assert_null (row_of (outline, kit));
}

static void
test_copy (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *kit = product (f, "KIT");
  g_autofree char *json = NULL;

  rungs_canvas_select (f->canvas, kit);
  g_signal_emit_by_name (f->canvas, "copy", &json);
  g_assert_nonnull (json);
  g_signal_emit_by_name (f->canvas, "paste", json);
  comes (f, "SELECT count (*) FROM product WHERE sku = 'KIT-2' AND price = 2900", 1);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/app/map/shows", Fixture, NULL, set_up, test_shows, tear_down);
  g_test_add ("/app/map/edits", Fixture, NULL, set_up, test_edits, tear_down);
  g_test_add ("/app/map/retired", Fixture, NULL, set_up, test_retired, tear_down);
  g_test_add ("/app/map/undrawn", Fixture, NULL, set_up, test_undrawn, tear_down);
  g_test_add ("/app/map/outline", Fixture, NULL, set_up, test_outline, tear_down);
  g_test_add ("/app/map/copy", Fixture, NULL, set_up, test_copy, tear_down);
  return g_test_run ();
}
