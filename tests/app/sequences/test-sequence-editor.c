/* test-sequence-editor.c: a sequence is edited on its drawing, and what is done is in the file, can
 * be undone and done again; what is wrong is marked, and mended. */

#include "sequences/rungs-sequence-editor.h"

#include <string.h>

#include "messages/rungs-block-editor.h"
#include "messages/rungs-message-dialog.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "rungs-page.h"
#include "sequences/rungs-graph.h"
#include "sequences/rungs-sequence-draft-store.h"
#include "sequences/rungs-sequence-inspector.h"
#include "sequences/rungs-sequences-page.h"
#include "widgets/rungs-canvas.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-pick-button.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  GtkWidget *page;
  GtkWidget *editor;
  RungsCanvas *canvas;
  gint64 sequence;
} Fixture;

static gpointer
make_sequence (RungsDb       *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  gint64 id = rungs_sequence_create (db, "New one", g_get_real_time () / 1000, error);

  return id ? g_memdup2 (&id, sizeof id) : NULL;
}

typedef struct
{
  gboolean done;
  gint64 id;
} Made;

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *id = rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  Made *made = data;

  g_assert_no_error (error);
  made->id = *id;
  made->done = TRUE;
}

static gboolean
is_gone (gpointer data)
{
  return *(GtkWidget **) data == NULL;
}

static gboolean
is_made (gpointer data)
{
  return ((Made *) data)->done;
}

static gboolean
is_shown (gpointer data)
{
  Fixture *f = data;
  RungsCanvasGraph *graph = rungs_canvas_get_graph (f->canvas);

  return graph != NULL && rungs_canvas_graph_find_node (graph, "entry") != NULL;
}

static void
set_up (Fixture       *f,
        gconstpointer  demo)
{
  Made made = { FALSE, 0 };

  f->store = rungs_app_store_new_demo ();
  if (demo == NULL)
    {
      rungs_store_write_async (f->store, make_sequence, NULL, NULL, g_free, NULL, made_cb, &made);
      rungs_app_fixture_wait (is_made, &made);
    }
  f->sequence = demo != NULL
                  ? rungs_app_store_ask (f->store, "SELECT min (id) FROM sequence")
                  : made.id;
  f->window = GTK_WINDOW (gtk_window_new ());
  f->page = g_object_new (RUNGS_TYPE_SEQUENCES_PAGE, "store", f->store, NULL);
  gtk_window_set_default_size (f->window, 1200, 800);
  gtk_window_set_child (f->window, f->page);
  gtk_window_present (f->window);
  rungs_app_fixture_wait_for (f->page, "A lead enters who orders “Ten Glazes That Never Fail”.");
  f->editor = rungs_app_fixture_find_type (f->page, RUNGS_TYPE_SEQUENCE_EDITOR);
  f->canvas = RUNGS_CANVAS (rungs_app_fixture_find_type (f->editor, RUNGS_TYPE_CANVAS));
  gtk_stack_set_visible_child (GTK_STACK (gtk_widget_get_parent (f->editor)), f->editor);
  rungs_draft_editor_open (RUNGS_DRAFT_EDITOR (f->editor), RUNGS_PAGE (f->page), f->sequence);
  rungs_app_fixture_wait (is_shown, f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (f->page), (gpointer *) &f->page);
  gtk_window_destroy (f->window);
  rungs_app_fixture_wait (is_gone, &f->page);
  rungs_app_fixture_settle (600);
  rungs_app_store_close (f->store);
}

/* ---- asking */

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

/* Waits until the file says so. */
static void
comes (Fixture    *f,
       const char *sql,
       gint64      number)
{
  Asked asked = { f, sql, number };

  rungs_app_fixture_wait (is_so, &asked);
}

#define STEPS                                                                                      \
  "SELECT count (*) FROM sequence_draft d, json_each (d.graph, '$.steps')"                         \
  " WHERE d.sequence = (SELECT max (id) FROM sequence)"
#define KIND(kind) STEPS " AND json_extract (json_each.value, '$.kind') = '" kind "'"

/* The node of the only step of that kind; lent by the graph. */
static const char *
find_kind (Fixture    *f,
           const char *kind)
{
  RungsCanvasGraph *graph = rungs_canvas_get_graph (f->canvas);
  g_autofree char *prefix = g_strconcat ("step:", kind, "-", NULL);

  for (guint i = 0; i < graph->nodes->len; i++)
    {
      const RungsCanvasNode *node = graph->nodes->pdata[i];

      if (g_str_has_prefix (node->id, prefix))
        return node->id;
    }
  return NULL;
}

static gboolean
accepts (Fixture    *f,
         const char *item,
         const char *place)
{
  gboolean accepted = FALSE;

  g_signal_emit_by_name (f->canvas, "accepts", item, place, &accepted);
  return accepted;
}

static void
drop (Fixture    *f,
      const char *item,
      const char *place)
{
  g_assert_true (accepts (f, item, place));
  g_signal_emit_by_name (f->canvas, "dropped", item, place);
}

/* "on:next:wait-12345" */
static char *
behind (Fixture    *f,
        const char *kind,
        const char *way)
{
  return g_strdup_printf ("on:%s:%s", way, find_kind (f, kind) + strlen ("step:"));
}

/* ---- tests */

/* From the palette onto arrows, and no others. */
static void
test_drop (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *place = NULL;
  g_autofree char *yes = NULL;

  drop (f, "add:wait", "on::");
  comes (f, STEPS, 1);
  g_assert_cmpstr (rungs_canvas_get_selected_one (f->canvas), ==, find_kind (f, "wait"));
  place = behind (f, "wait", "next");
  drop (f, "add:condition", place);
  comes (f, STEPS, 2);
  yes = behind (f, "condition", "yes");
  drop (f, "add:message", yes);
  comes (f, KIND ("message"), 1);

  g_assert_false (accepts (f, "add:exit", place));
  g_assert_false (accepts (f, "trigger:tag", place));
  g_assert_false (accepts (f, "add:wait", "entry"));
  drop (f, "trigger:tag", "entry");
  comes (f,
         "SELECT coalesce (max (json_array_length (d.graph, '$.entry.triggers')), 0)"
         "  FROM sequence_draft d WHERE d.sequence = (SELECT max (id) FROM sequence)",
         1);
  drop (f, "add:goal", "goals");
  comes (f, KIND ("goal"), 1);
}

static void
undo (Fixture    *f,
      const char *action)
{
  gtk_widget_activate_action (f->editor, action, NULL);
}

static void
test_undo (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *place = NULL;
  g_autofree char *node = NULL;

  drop (f, "add:wait", "on::");
  place = behind (f, "wait", "next");
  drop (f, "add:message", place);
  node = g_strdup (find_kind (f, "message"));
  g_signal_emit_by_name (f->canvas, "moved", node, "on::");
  comes (f,
         "SELECT coalesce (max (json_extract (d.graph, '$.start') LIKE 'message%'), 0)"
         "  FROM sequence_draft d WHERE d.sequence = (SELECT max (id) FROM sequence)",
         1);
  rungs_app_fixture_settle (600); /* what was written is read anew, and is no other draft */
  rungs_canvas_select (f->canvas, node);
  g_signal_emit_by_name (f->canvas, "delete");
  comes (f, KIND ("message"), 0);
  for (int i = 0; i < 4; i++)
    undo (f, "history.undo");
  comes (f, STEPS, 0);
  for (int i = 0; i < 3; i++)
    undo (f, "history.redo");
  comes (f, STEPS, 2);
  g_assert_nonnull (find_kind (f, "message"));
}

static void
test_copy (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *json = NULL;

  drop (f, "add:wait", "on::");
  g_signal_emit_by_name (f->canvas, "copy", &json);
  g_assert_nonnull (json);
  g_signal_emit_by_name (f->canvas, "paste", json);
  comes (f, KIND ("wait"), 2);
  g_signal_emit_by_name (f->canvas, "paste", "no steps at all");
  gtk_widget_activate_action (f->editor, "flow.duplicate", NULL);
  comes (f, KIND ("wait"), 3);
}

/* What is missing is said, and where; a round gets a wait. */
static void
test_mend (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *place = NULL;
  const char *node;

  drop (f, "add:message", "on::");
  rungs_app_fixture_wait_for (f->editor, "Choose the message that it sends.");
  place = behind (f, "message", "next");
  drop (f, "add:action", place);
  g_signal_emit_by_name (f->canvas, "connected", find_kind (f, "action"),
                         find_kind (f, "message"));
  rungs_canvas_select (f->canvas, "entry");
  node = find_kind (f, "message");
  rungs_canvas_select (f->canvas, node);
  rungs_app_fixture_wait_for (f->editor, "Leads would go round for ever without a wait.");
  gtk_widget_activate_action (f->editor, "flow.mend", "(sus)", node + strlen ("step:"),
                              (guint) RUNGS_GRAPH_FAULT_ROUND, "");
  comes (f, KIND ("wait"), 1);
}

/* What is entered in the inspector is in the draft: numbers, choices that change what else is said,
 * and the sequence itself. */
static void
test_inspector (Fixture       *f,
                gconstpointer  data)
{
  GtkWidget *spin;

  drop (f, "add:wait", "on::");
  rungs_app_fixture_wait_for (f->editor, "Hours");
  spin = rungs_app_fixture_find_type (f->editor, GTK_TYPE_SPIN_BUTTON);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 4);
  comes (f,
         "SELECT coalesce (max (json_extract (json_each.value, '$.days')), 0)"
         "  FROM sequence_draft d, json_each (d.graph, '$.steps')",
         4);
  rungs_app_fixture_wait_for (f->editor, "4 days");
  undo (f, "history.undo");
  rungs_app_fixture_wait_for (f->editor, "1 day");
}

/* A message is picked from those that there are. */
static void
test_picks (Fixture       *f,
            gconstpointer  data)
{
  GtkWidget *pick;

  drop (f, "add:message", "on::");
  rungs_app_fixture_wait_for (f->editor, "_Open Message");
  pick = rungs_app_fixture_find_type (
    rungs_app_fixture_find_type (f->editor, RUNGS_TYPE_SEQUENCE_INSPECTOR),
    RUNGS_TYPE_PICK_BUTTON);
  g_assert_nonnull (pick);
  g_signal_emit_by_name (pick, "picked", "Guide 2: Three pinholes");
  comes (f,
         "SELECT count (*) FROM sequence_draft d, json_each (d.graph, '$.steps')"
         " WHERE json_extract (json_each.value, '$.message') = 'Guide 2: Three pinholes'",
         1);
  rungs_app_fixture_wait_for (f->editor, "Guide 2: Three pinholes");
}

static GtkWidget *
find_writing (void)
{
  return rungs_app_fixture_find_window (RUNGS_TYPE_MESSAGE_DIALOG);
}

static gboolean
is_writing (gpointer data)
{
  return find_writing () != NULL;
}

static gboolean
is_not_writing (gpointer data)
{
  return find_writing () == NULL;
}

/* The message of a step is written in its blocks, and then one is where one was. */
static void
test_write (Fixture       *f,
            gconstpointer  data)
{
  rungs_app_fixture_wait_for (f->editor, "Guide 1: Welcome");
  rungs_canvas_select (f->canvas, "step:welcome");
  gtk_widget_activate_action (f->editor, "flow.write-message", "s", "welcome");
  rungs_app_fixture_wait (is_writing, NULL);
  g_assert_nonnull (
    rungs_app_fixture_find_type (find_writing (), RUNGS_TYPE_BLOCK_EDITOR));
  gtk_window_close (GTK_WINDOW (find_writing ()));
  rungs_app_fixture_wait (is_not_writing, NULL);
  rungs_app_fixture_wait_for (f->editor, "Guide 1: Welcome");
  g_assert_cmpstr (rungs_canvas_get_selected_one (f->canvas), ==, "step:welcome");
  g_assert_cmpint (rungs_app_store_ask (f->store, "SELECT count (*) FROM sequence_draft"), ==, 0);
}

/* The drawing of a live sequence, with what happened; nothing is written before something is
 * done. */
static void
test_live (Fixture       *f,
           gconstpointer  data)
{
  rungs_app_fixture_wait_for (f->editor, "Sells: Home Starter Kit");
  rungs_app_fixture_wait_for (f->editor, "Guide 1: Welcome");
  g_assert_cmpint (rungs_app_store_ask (f->store, "SELECT count (*) FROM sequence_draft"), ==, 0);
  drop (f, "add:wait", "on::");
  comes (f, "SELECT count (*) FROM sequence_draft", 1);
  rungs_app_fixture_wait_for (f->editor, "Changes not published yet");
  undo (f, "history.undo");
}

/* What was done the moment before is published too. */
static void
test_publish_at_once (Fixture       *f,
                      gconstpointer  data)
{
  rungs_app_fixture_wait_for (f->editor, "Guide 1: Welcome");
  drop (f, "add:wait", "on::");
  gtk_widget_activate_action (f->editor, "flow.publish", NULL);
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  g_assert_cmpint (rungs_app_store_ask (f->store, "SELECT count (*) FROM sequence_draft"), ==, 1);
  gtk_window_destroy (GTK_WINDOW (rungs_app_fixture_find_form (NULL)));
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/app/sequences/editor/drop", Fixture, NULL, set_up, test_drop, tear_down);
  g_test_add ("/app/sequences/editor/undo", Fixture, NULL, set_up, test_undo, tear_down);
  g_test_add ("/app/sequences/editor/copy", Fixture, NULL, set_up, test_copy, tear_down);
  g_test_add ("/app/sequences/editor/mend", Fixture, NULL, set_up, test_mend, tear_down);
  g_test_add ("/app/sequences/editor/inspector", Fixture, NULL, set_up, test_inspector,
              tear_down);
  g_test_add ("/app/sequences/editor/picks", Fixture, NULL, set_up, test_picks, tear_down);
  g_test_add ("/app/sequences/editor/write", Fixture, "demo", set_up, test_write, tear_down);
  g_test_add ("/app/sequences/editor/publish-at-once", Fixture, "demo", set_up,
              test_publish_at_once, tear_down);
  g_test_add ("/app/sequences/editor/live", Fixture, "demo", set_up, test_live, tear_down);
  return g_test_run ();
}
