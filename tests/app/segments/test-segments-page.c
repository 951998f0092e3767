/* test-segments-page.c: a segment is made with a rule of three levels, saved, taken back, deleted
 * and put back; leads are put into a fixed one. */

#include "segments/rungs-segments-page.h"

#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "segments/rungs-segment-row.h"
#include "segments/rungs-segment-why.h"
#include "segments/rungs-segment-work.h"
#include "widgets/rungs-pick-button.h"
#include "widgets/rungs-rule-editor.h"
#include "widgets/rungs-rule-group-box.h"
#include "widgets/rungs-rule-row.h"

#define TAGGED                                                                                     \
  "SELECT count (*) FROM lead_tag x JOIN tag t ON t.id = x.tag WHERE t.name = 'wheel'"
#define BOUGHT_OR_TAGGED                                                                           \
  "SELECT count (*) FROM lead l WHERE l.country = 'IE' AND (EXISTS (SELECT 1 FROM sales_order o"   \
  "  WHERE o.lead = l.id) OR EXISTS (SELECT 1 FROM lead_tag x JOIN tag t ON t.id = x.tag"          \
  "  WHERE x.lead = l.id AND t.name = 'wheel'))"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  RungsPage *page;
} Fixture;

static void
keep_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_set_object ((GAsyncResult **) data, result);
}

static gint64
add_segment (RungsStore *store,
             const char *name,
             const char *rule)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *id = NULL;

  rungs_store_write_async (store, rungs_segment_work_create,
                           rungs_segment_work_new (0, name, rule),
                           (GDestroyNotify) rungs_segment_work_free, g_free, NULL, keep_result_cb,
                           &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  id = rungs_store_write_finish (store, result, &error);
  g_assert_no_error (error);
  return *id;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->store = rungs_app_store_new_demo ();
  rungs_app_store_run (fixture->store, "DELETE FROM segment_member");
  rungs_app_store_run (fixture->store, "DELETE FROM segment");
  fixture->window = GTK_WINDOW (adw_window_new ());
  fixture->page
    = g_object_new (RUNGS_TYPE_SEGMENTS_PAGE, "store", fixture->store, "title", "Segments", NULL);
  gtk_window_set_default_size (fixture->window, 1000, 900);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (fixture->window);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  RungsPage *page = fixture->page;

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (500);
  g_assert_null (page);
  rungs_app_store_close (fixture->store);
}

static GtkWidget *
wait_for (Fixture    *fixture,
          const char *text)
{
  return rungs_app_fixture_wait_for (GTK_WIDGET (fixture->page), text);
}

static void
show (Fixture *fixture,
      gint64   segment)
{
  g_autofree char *target = g_strdup_printf ("segment:%" G_GINT64_FORMAT, segment);

  rungs_page_show_target (fixture->page, target);
  rungs_page_queue_refresh (fixture->page);
}

static void
collect (GtkWidget *widget,
         GType      type,
         GPtrArray *found)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

/* The thing of that type at that place, from above. */
static gpointer
nth (GtkWidget *widget,
     GType      type,
     guint      n)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  collect (widget, type, found);
  g_assert_cmpuint (n, <, found->len);
  return g_ptr_array_index (found, n);
}

static GtkWidget *
editor_of (Fixture *fixture)
{
  return rungs_app_fixture_find_type (GTK_WIDGET (fixture->page), RUNGS_TYPE_RULE_EDITOR);
}

/* What a click on an item of its list does. */
static void
pick (GtkWidget  *row,
      guint       button,
      const char *value)
{
  RungsPickButton *picks = nth (row, RUNGS_TYPE_PICK_BUTTON, button);

  rungs_pick_button_set_value (picks, value);
  g_signal_emit_by_name (picks, "picked", value);
}

/* Says in the line at that place: field, operator, and a value that is picked. */
static void
say (Fixture    *fixture,
     guint       line,
     const char *field,
     const char *op,
     const char *value)
{
  GtkWidget *row = nth (editor_of (fixture), RUNGS_TYPE_RULE_ROW, line);

  pick (row, 0, field);
  pick (row, 1, op);
  if (value != NULL)
    pick (row, 2, value);
}

static void
add_to_group (Fixture    *fixture,
              guint       group,
              const char *what)
{
  GtkWidget *box = nth (editor_of (fixture), RUNGS_TYPE_RULE_GROUP_BOX, group);
  GtkWidget *foot = rungs_rule_group_box_get_foot (RUNGS_RULE_GROUP_BOX (box));

  g_signal_emit_by_name (rungs_app_fixture_find (foot, what), "clicked");
}

static void
wait_for_count (Fixture    *fixture,
                const char *format,
                const char *sql)
{
  g_autofree char *words
    = g_strdup_printf (format, (int) rungs_app_store_ask (fixture->store, sql));

  wait_for (fixture, words);
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  wait_for (fixture, "No Segments Yet");
}

/* Shows the rule of a segment, which asks nothing, and adds a line to it. */
static void
begin_rule (Fixture    *fixture,
            const char *name)
{
  gint64 segment = add_segment (fixture->store, name, "{\"all\":[]}");
  GtkWidget *pages;

  show (fixture, segment);
  wait_for (fixture, name);
  pages = rungs_app_fixture_find_type (GTK_WIDGET (fixture->page), GTK_TYPE_STACK_SWITCHER);
  gtk_widget_activate (gtk_widget_get_next_sibling (gtk_widget_get_first_child (pages)));
  wait_for (fixture, "All of these hold");
  add_to_group (fixture, 0, "Add Line");
}

static void
test_three_levels (Fixture       *fixture,
                   gconstpointer  data)
{
  GtkWidget *view;

  begin_rule (fixture, "Three levels");
  view = editor_of (fixture);
  say (fixture, 0, "country", "is", "IE");
  add_to_group (fixture, 0, "Add Group");
  say (fixture, 1, "tag", "has", "wheel");
  add_to_group (fixture, 1, "Add Group");
  wait_for_count (fixture, "%d", TAGGED);
  say (fixture, 2, "orders", "at_least", NULL);

  /* the number is still missing */
  gtk_widget_activate_action (view, "rule.save", NULL);
  wait_for (fixture, "Something is still missing here");
  gtk_editable_set_text (nth (nth (editor_of (fixture), RUNGS_TYPE_RULE_ROW, 2), GTK_TYPE_ENTRY, 0),
                         "1");
  wait_for_count (fixture, "It holds for %d leads", BOUGHT_OR_TAGGED);
  gtk_widget_activate_action (view, "rule.save", NULL);
  wait_for (fixture, "Rule saved");
  g_assert_cmpint (rungs_app_store_ask (fixture->store,
                                        "SELECT json_array_length (rule, '$.all[1].any') = 2"
                                        "   AND rule LIKE '%\"value\":1}%' FROM segment"),
                   ==, 1);
  wait_for_count (fixture, "Live, by a rule · %d leads", BOUGHT_OR_TAGGED);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "page.undo", NULL);
  wait_for_count (fixture, "Live, by a rule · %d leads", "SELECT count (*) FROM lead");
}

static gboolean
says_not_saved (gpointer data)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *each = windows; each != NULL; each = each->next)
    if (rungs_app_fixture_find (each->data, "The Rule Could Not Be Saved") != NULL)
      return TRUE;
  return FALSE;
}

/* A rule that cannot be stored stays in the editor, and is not called saved. */
static void
test_save_fails (Fixture       *fixture,
                 gconstpointer  data)
{
  begin_rule (fixture, "Round");
  say (fixture, 0, "segment", "has", "round");
  gtk_widget_activate_action (editor_of (fixture), "rule.save", NULL);
  wait_for (fixture, "_Save Rule");
  rungs_app_fixture_wait (says_not_saved, NULL);
  rungs_page_queue_refresh (fixture->page);
  rungs_app_fixture_settle (600);
  g_assert_true (gtk_widget_is_sensitive (wait_for (fixture, "_Save Rule")));
  nth (editor_of (fixture), RUNGS_TYPE_RULE_ROW, 0);
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  gint64 segment = add_segment (fixture->store, "Not for long", NULL);

  show (fixture, segment);
  wait_for (fixture, "Not for long");
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "segments.delete", NULL);
  wait_for (fixture, "No Segments Yet");
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "page.undo", NULL);
  wait_for (fixture, "Not for long");
}

static void
test_drop (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 lead = rungs_app_store_ask (fixture->store, "SELECT min (id) FROM lead");
  gint64 segment = add_segment (fixture->store, "By hand", NULL);
  GtkWidget *row;

  g_array_append_val (leads, lead);
  show (fixture, segment);
  wait_for (fixture, "By hand");
  row = rungs_app_fixture_find_type (GTK_WIDGET (fixture->page), RUNGS_TYPE_SEGMENT_ROW);
  g_signal_emit_by_name (row, "leads-dropped", leads);
  wait_for (fixture, "1 lead put into the segment");
  wait_for (fixture, "Chosen by hand · 1 lead");
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "page.undo", NULL);
  wait_for (fixture, "Chosen by hand · 0 leads");
}

/* Escape in the list of leads of whom it is asked why. */
static void
test_why_closes (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkWidget *why = rungs_app_fixture_find_type (GTK_WIDGET (fixture->page),
                                                RUNGS_TYPE_SEGMENT_WHY);
  GtkMenuButton *button = GTK_MENU_BUTTON (rungs_app_fixture_find_type (why,
                                                                        GTK_TYPE_MENU_BUTTON));
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (button));

  show (fixture, add_segment (fixture->store, "Everybody", "{\"all\":[]}"));
  wait_for (fixture, "Everybody");
  gtk_menu_button_popup (button);
  g_assert_true (gtk_widget_get_visible (popover));
  g_signal_emit_by_name (rungs_app_fixture_find_type (popover, GTK_TYPE_SEARCH_ENTRY),
                         "stop-search");
  g_assert_false (gtk_widget_get_visible (popover));
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add ("/app/segments/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/app/segments/three-levels", Fixture, NULL, set_up, test_three_levels, tear_down);
  g_test_add ("/app/segments/save-fails", Fixture, NULL, set_up, test_save_fails, tear_down);
  g_test_add ("/app/segments/delete", Fixture, NULL, set_up, test_delete, tear_down);
  g_test_add ("/app/segments/why-closes", Fixture, NULL, set_up, test_why_closes, tear_down);
  g_test_add ("/app/segments/drop", Fixture, NULL, set_up, test_drop, tear_down);
  return g_test_run ();
}
