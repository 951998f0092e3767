/* test-sequences-page.c: a sequence is told by the names of products and messages, not by keys; the
 * page fits into the smallest window, and says when messages may leave and what came of them. */

#include "sequences/rungs-sequences-page.h"

#include "rungs-app-page.h"
#include "sequences/rungs-sequence-draft-store.h"
#include "sequences/rungs-step-words.h"
#include "widgets/rungs-canvas.h"

/* What the page has at 960 × 600, beside the navigation. */
#define NARROW 740

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  GtkWidget *page;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->store = rungs_app_store_new_demo ();
  f->window = GTK_WINDOW (gtk_window_new ());
  f->page = g_object_new (RUNGS_TYPE_SEQUENCES_PAGE, "store", f->store, NULL);
  gtk_window_set_default_size (f->window, NARROW, 560);
  gtk_window_set_child (f->window, f->page);
  gtk_window_present (f->window);
  rungs_app_fixture_wait_for (f->page, "A lead enters who orders “Ten Glazes That Never Fail”.");
}

static gboolean
is_gone (gpointer data)
{
  return *(GtkWidget **) data == NULL;
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (f->page), (gpointer *) &f->page);
  gtk_window_destroy (f->window);
  rungs_app_fixture_wait (is_gone, &f->page);
  rungs_app_store_close (f->store);
}

static void
test_names (Fixture       *f,
            gconstpointer  data)
{
  rungs_app_fixture_wait_for (f->page, "Guide 1: Welcome");
  rungs_app_fixture_wait_for (f->page, "Has a kiln: yes");
}

static gboolean
has_place (gpointer data)
{
  return gtk_widget_get_width (data) > 0;
}

/* The name has the whole width, and the buttons stand below it. */
static void
test_narrow (Fixture       *f,
             gconstpointer  data)
{
  GtkWidget *edit = rungs_app_fixture_wait_for (f->page, "_Edit");
  GtkWidget *head = gtk_widget_get_parent (gtk_widget_get_parent (edit));
  GtkWidget *name = rungs_app_fixture_find (head, "From the guide to the kit");
  graphene_rect_t where, button;

  g_assert_nonnull (name);
  rungs_app_fixture_wait (has_place, edit);
  g_assert_true (gtk_widget_compute_bounds (name, f->page, &where));
  g_assert_true (gtk_widget_compute_bounds (edit, f->page, &button));
  g_assert_cmpfloat (where.size.width, >, 300);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (name))));
  g_assert_cmpfloat (button.origin.y, >=, where.origin.y + where.size.height);
}

/* Whether a label in the subtree ends so. */
static gboolean
has_ending (GtkWidget  *widget,
            const char *ending)
{
  if (GTK_IS_LABEL (widget) && g_str_has_suffix (gtk_label_get_label (GTK_LABEL (widget)), ending))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_ending (child, ending))
      return TRUE;
  return FALSE;
}

static gboolean
has_result (gpointer data)
{
  return has_ending (data, "% ordered");
}

/* The page draws what the editor draws, but for what would change it. */
static void
test_results (Fixture       *f,
              gconstpointer  data)
{
  RungsCanvas *canvas = RUNGS_CANVAS (rungs_app_fixture_find_type (f->page, RUNGS_TYPE_CANVAS));
  RungsCanvasGraph *graph;

  rungs_app_fixture_wait (has_result, GTK_WIDGET (canvas));
  graph = rungs_canvas_get_graph (canvas);
  g_assert_nonnull (rungs_canvas_graph_find_node (graph, "entry"));
  g_assert_null (rungs_canvas_graph_find_node (graph, "plus::"));
}

static gpointer
add_sequence (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  gint64 id = rungs_sequence_add (db, data, 0, NULL, error);

  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *id = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  g_assert_no_error (error);
  *(gint64 *) data = *id;
}

static gboolean
is_set (gpointer data)
{
  return *(gint64 *) data != 0;
}

static void
test_times (Fixture       *f,
            gconstpointer  data)
{
  static char GRAPH[]
    = "{\"name\":\"By day\",\"sending\":{\"from\":\"09:00\",\"to\":\"17:00\"},\"start\":\"a\","
      "\"steps\":{\"a\":{\"kind\":\"message\",\"message\":\"Guide 1: Welcome\","
      "\"late\":{\"hours\":6,\"days\":2}}}}";
  g_autofree char *target = NULL;
  gint64 id = 0;

  rungs_store_write_async (f->store, add_sequence, GRAPH, NULL, g_free, NULL, added_cb, &id);
  rungs_app_fixture_wait (is_set, &id);
  target = g_strdup_printf ("sequence:%" G_GINT64_FORMAT, id);
  rungs_app_fixture_wait_for (f->page, "By day");
  rungs_page_show_target (RUNGS_PAGE (f->page), target);
  rungs_app_fixture_wait_for (f->page, "Sends only: 09:00–17:00 · the lead's time");
  rungs_app_fixture_wait_for (
    f->page, "Guide 1: Welcome\nLate: at once up to 6 hours, not at all after 2 days");
}

static gpointer
add_draft (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  gint64 id = rungs_sequence_create (db, "Not yet", 0, error);

  return id != 0 && rungs_sequence_draft_save (db, id, data, 0, error)
           ? g_memdup2 (&id, sizeof id)
           : NULL;
}

/* What nobody walks yet is drawn as far as it goes. */
static void
test_draft (Fixture       *f,
            gconstpointer  data)
{
  static char DRAFT[] = "{\"name\":\"Not yet\",\"steps\":{\"one\":{\"kind\":\"message\","
                        "\"message\":\"Nothing of this name\",\"next\":\"gone\"}}}";
  g_autofree char *target = NULL;
  gint64 id = 0;

  rungs_store_write_async (f->store, add_draft, DRAFT, NULL, g_free, NULL, added_cb, &id);
  rungs_app_fixture_wait (is_set, &id);
  target = g_strdup_printf ("sequence:%" G_GINT64_FORMAT, id);
  rungs_app_fixture_wait_for (f->page, "Not yet");
  rungs_page_show_target (RUNGS_PAGE (f->page), target);
  rungs_app_fixture_wait_for (f->page, "Nothing of it was published yet.");
  rungs_app_fixture_wait_for (f->page, "Nothing of this name");
}

/* Of few messages a share would say more than is known. */
static void
test_few (void)
{
  const RungsStepResult few = { NULL, 7, 3, 1 };
  const RungsStepResult many = { NULL, 100, 12, 0 };
  g_autofree char *of_few = rungs_step_result_words (&few);
  g_autofree char *of_many = rungs_step_result_words (&many);

  g_assert_cmpstr (of_few, ==, "3 of 7 clicked · 1 of 7 ordered");
  g_assert_cmpstr (of_many, ==, "12 % clicked");
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add ("/app/sequences/names", Fixture, NULL, set_up, test_names, tear_down);
  g_test_add ("/app/sequences/narrow", Fixture, NULL, set_up, test_narrow, tear_down);
  g_test_add ("/app/sequences/results", Fixture, NULL, set_up, test_results, tear_down);
  g_test_add ("/app/sequences/times", Fixture, NULL, set_up, test_times, tear_down);
  g_test_add ("/app/sequences/draft", Fixture, NULL, set_up, test_draft, tear_down);
  g_test_add_func ("/app/sequences/few", test_few);
  return g_test_run ();
}
