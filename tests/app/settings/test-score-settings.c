/* test-score-settings.c: the rules of the score are listed in words, made, edited, removed and put
 * back, and a rule says what it would change before it is stored. */

#include "leads/rungs-score-explain-store.h"
#include "leads/rungs-score-store.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "settings/rungs-score-dialog.h"
#include "settings/rungs-score-group.h"
#include "settings/rungs-settings-page.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  GtkWidget *page;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->store = rungs_app_store_new_demo ();
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->page = g_object_new (RUNGS_TYPE_SETTINGS_PAGE, "store", fixture->store, NULL);
  gtk_window_set_default_size (fixture->window, 900, 700);
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_present (fixture->window);
  rungs_page_show_target (RUNGS_PAGE (fixture->page), "leads");
  rungs_app_fixture_wait_for (fixture->page, "Score");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (100);
  rungs_app_store_close (fixture->store);
}

static gint64
count_rules (Fixture *fixture)
{
  return rungs_app_store_ask (fixture->store, "SELECT count (*) FROM score_rule");
}

static GtkWidget *
group_of (Fixture *fixture)
{
  return rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_SCORE_GROUP);
}

#define FORM "A form: 20 points, half of it after 60 days, at most 40 a day"

static gboolean
is_form_gone (gpointer page)
{
  return rungs_app_fixture_find (page, FORM) == NULL;
}

static void
test_remove_and_undo (Fixture       *fixture,
                      gconstpointer  data)
{
  gint64 rule = rungs_app_store_ask (fixture->store,
                                     "SELECT id FROM score_rule WHERE kind = 'form.submitted'");
  gint64 before = count_rules (fixture);

  rungs_app_fixture_wait_for (fixture->page, FORM);
  gtk_widget_activate_action (group_of (fixture), "scores.remove", "x", rule);
  rungs_app_fixture_wait_for (fixture->page, "The rule is removed");
  rungs_app_fixture_wait (is_form_gone, fixture->page);
  g_assert_cmpint (count_rules (fixture), ==, before - 1);
  gtk_widget_activate_action (fixture->page, "page.undo", NULL);
  rungs_app_fixture_wait_for (fixture->page, FORM);
  g_assert_cmpint (rungs_app_store_ask (fixture->store,
                                        "SELECT id FROM score_rule WHERE kind = 'form.submitted'"),
                   ==, rule);
}

static void
test_usual_rules (Fixture       *fixture,
                  gconstpointer  data)
{
  gint64 usual = count_rules (fixture);

  rungs_app_store_run (fixture->store, "DELETE FROM score_rule");
  rungs_app_fixture_wait_for (fixture->page, "No rules yet");
  gtk_widget_activate_action (group_of (fixture), "scores.usual", NULL);
  rungs_app_fixture_wait_for (fixture->page, FORM);
  g_assert_cmpint (count_rules (fixture), ==, usual);
  g_assert_null (rungs_app_fixture_find (fixture->page, "No rules yet"));
  /* what is counted anew is said until the engine has done it */
  rungs_app_fixture_wait_for (fixture->page, "Scores Are Counted Anew");
  rungs_app_store_run (fixture->store, "DELETE FROM score_sweep");
}

/* What the dialog is to say of the points that orders give. */
static char *
expected_words (Fixture *fixture,
                gint64   points)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsDb) db =
    rungs_db_open (rungs_store_get_path (fixture->store), RUNGS_DB_READ, &error);
  RungsScoreRule rule = { .kind = (char *) "order.placed", .pattern = (char *) "",
                          .points = points, .half_life = 0 };
  RungsScorePreview preview;

  g_assert_no_error (error);
  rungs_score_preview (db, 0, &rule, g_get_real_time () / 1000, &preview, &error);
  g_assert_no_error (error);
  g_assert_cmpint (preview.leads, >, 1);
  return g_strdup_printf ("%d scores change now, by %+d to %+d.", (int) preview.leads,
                          (int) preview.least, (int) preview.most);
}

static GtkSpinButton *
spin_of (GtkWidget  *dialog,
         const char *title)
{
  GtkWidget *row =
    gtk_widget_get_ancestor (rungs_app_fixture_find (dialog, title), ADW_TYPE_ACTION_ROW);

  return GTK_SPIN_BUTTON (rungs_app_fixture_find_type (row, GTK_TYPE_SPIN_BUTTON));
}

static gboolean
is_gone (gpointer pointer)
{
  return *(gpointer *) pointer == NULL;
}

static void
test_dialog (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *dialog = GTK_WIDGET (rungs_score_dialog_new (fixture->window, fixture->store, NULL));
  gint64 before = count_rules (fixture);
  g_autofree char *words = expected_words (fixture, 7);
  guint order = 0;

  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  while (!g_str_equal (rungs_score_kind_get (order)->kind, "order.placed"))
    order++;
  rungs_app_fixture_wait_for (dialog, "Only with this name");
  adw_combo_row_set_selected (
    ADW_COMBO_ROW (rungs_app_fixture_find_type (dialog, ADW_TYPE_COMBO_ROW)), order);
  g_assert_null (rungs_app_fixture_find (dialog, "Only with this name"));
  gtk_spin_button_set_value (spin_of (dialog, "Half of It Is Gone after"), 0);
  gtk_spin_button_set_value (spin_of (dialog, "Points"), 7);
  rungs_app_fixture_wait_for (dialog, words);
  gtk_spin_button_set_value (spin_of (dialog, "Points"), 0);
  rungs_app_fixture_wait_for (dialog, "Say how many points it is worth.");
  g_assert_false (gtk_widget_get_sensitive (
    gtk_widget_get_ancestor (rungs_app_fixture_find (dialog, "_Save"), GTK_TYPE_BUTTON)));
  gtk_spin_button_set_value (spin_of (dialog, "Points"), 7);
  rungs_form_agree (RUNGS_FORM (dialog));
  rungs_app_fixture_wait (is_gone, &dialog);
  g_assert_cmpint (count_rules (fixture), ==, before + 1);
  rungs_app_fixture_wait_for (fixture->page, "An order: 7 points");
}

int
main (int    argc,
      char **argv)
{
  const struct
  {
    const char *name;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/app/score-settings/remove-and-undo", test_remove_and_undo },
    { "/app/score-settings/usual-rules", test_usual_rules },
    { "/app/score-settings/dialog", test_dialog },
  };

  rungs_app_fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
