/* test-lead-filters.c: chips are lines of a rule, and a rule is chips; they are added, changed and
 * taken away, with the list of leads following, and kept as a segment. */

#include "leads/rungs-lead-filters.h"

#include "leads/rungs-chip-button.h"
#include "leads/rungs-lead-chips.h"
#include "leads/rungs-leads-page.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "segments/rungs-rule.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-rule-window.h"

#define CUSTOMER_RULE                                                                              \
  "{\"all\":[{\"field\":\"lifecycle\",\"op\":\"is\",\"value\":\"customer\"}]}"

/* ---- the chips */

static void
assert_same (const char *rule,
             guint       n_chips,
             const char *expected)
{
  g_autoptr (GPtrArray) chips = rungs_lead_chips_from_rule (rule);
  g_autofree char *again = rungs_lead_chips_to_rule (chips);
  g_autoptr (RungsRule) parsed = again ? rungs_rule_parse (again, NULL) : NULL;

  g_assert_cmpuint (chips->len, ==, n_chips);
  g_assert_cmpstr (again, ==, expected);
  g_assert_true ((again != NULL) == (parsed != NULL));
}

static void
test_rules (void)
{
  static const char one[] = "{\"all\":[{\"field\":\"tag\",\"op\":\"has\",\"value\":\"vip\"}]}";
  static const char two[]
    = "{\"all\":[{\"field\":\"tag\",\"op\":\"has_none\",\"value\":[\"vip\",\"new\"]},"
      "{\"field\":\"lifecycle\",\"op\":\"in\",\"value\":[\"lead\",\"former\"]}]}";
  static const char mixed[]
    = "{\"all\":[{\"field\":\"tag\",\"op\":\"has_not\",\"value\":\"vip\"},"
      "{\"field\":\"tag\",\"op\":\"has_all\",\"value\":[\"a\",\"b\"]},"
      "{\"any\":[{\"field\":\"tag\",\"op\":\"has\",\"value\":\"vip\"}]},"
      "{\"field\":\"tag\",\"within_days\":7,\"op\":\"has\",\"value\":\"vip\"}]}";
  static const char any[] = "{\"any\":[{\"field\":\"score\",\"op\":\"more\",\"value\":3}]}";

  assert_same (NULL, 0, NULL);
  assert_same ("{\"all\":[]}", 0, NULL);
  assert_same (one, 1, one);
  assert_same (two, 2, two);
  assert_same (mixed, 4, mixed);
  assert_same (any, 1, "{\"all\":[{\"any\":[{\"field\":\"score\",\"op\":\"more\",\"value\":3}]}]}");
  assert_same ("{\"field\":\"tag\",\"op\":\"has\",\"value\":\"vip\"}", 1, one);
}

/* ---- the window */

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  RungsPage *page;
  RungsBrowser *browser;
  RungsLeadFilters *filters;
} Fixture;

typedef struct
{
  RungsBrowser *browser;
  guint n;
} Count;

static gboolean
has_rows (gpointer data)
{
  const Count *count = data;

  return rungs_browser_is_whole (count->browser)
         && rungs_browser_get_n_rows (count->browser) == count->n;
}

static void
wait_for_rows (Fixture    *f,
               const char *sql)
{
  Count count = { f->browser, (guint) rungs_app_store_ask (f->store, sql) };

  rungs_app_fixture_wait (has_rows, &count);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->store = rungs_app_store_new_demo ();
  f->window = GTK_WINDOW (adw_window_new ());
  f->page = g_object_new (RUNGS_TYPE_LEADS_PAGE, "store", f->store, "title", "Leads", NULL);
  f->browser = RUNGS_BROWSER (rungs_app_fixture_find_type (GTK_WIDGET (f->page),
                                                           RUNGS_TYPE_BROWSER));
  f->filters = RUNGS_LEAD_FILTERS (rungs_app_fixture_find_type (GTK_WIDGET (f->page),
                                                                RUNGS_TYPE_LEAD_FILTERS));
  gtk_window_set_default_size (f->window, 1200, 800);
  adw_window_set_content (ADW_WINDOW (f->window), GTK_WIDGET (f->page));
  gtk_window_present (f->window);
  wait_for_rows (f, "SELECT count (*) FROM lead");
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  RungsPage *page = f->page;

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_window_destroy (f->window);
  rungs_app_fixture_settle (300);
  g_assert_null (page);
  rungs_app_store_close (f->store);
}

#define WITH_WHEEL                                                                                 \
  "SELECT count (*) FROM lead_tag x JOIN tag t ON t.id = x.tag WHERE t.name = 'wheel'"
#define WITHOUT_WHEEL                                                                              \
  "SELECT count (*) FROM lead WHERE id NOT IN (SELECT x.lead FROM lead_tag x"                      \
  "  JOIN tag t ON t.id = x.tag WHERE t.name = 'wheel')"

static GtkWidget *
wait_for (Fixture    *f,
          const char *text)
{
  return rungs_app_fixture_wait_for (GTK_WIDGET (f->filters), text);
}

static RungsChipButton *
chip_of (Fixture *f)
{
  return RUNGS_CHIP_BUTTON (rungs_app_fixture_find_type (GTK_WIDGET (f->filters),
                                                         RUNGS_TYPE_CHIP_BUTTON));
}

/* Chooses a tag in the list of a new chip, turns it round, and takes it away. */
static void
test_chip (Fixture       *f,
           gconstpointer  data)
{
  GtkWidget *label;

  gtk_widget_activate_action (GTK_WIDGET (f->filters), "filters.add", "s", "tag");
  label = wait_for (f, "wheel");
  gtk_widget_activate (gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW));
  wait_for_rows (f, WITH_WHEEL);
  wait_for (f, "Tag: wheel");
  g_assert_true (rungs_lead_filters_is_narrowing (f->filters));
  gtk_toggle_button_set_active (
    GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (wait_for (f, "None of These"),
                                                GTK_TYPE_TOGGLE_BUTTON)),
    TRUE);
  wait_for_rows (f, WITHOUT_WHEEL);
  wait_for (f, "Without the tag: wheel");
  rungs_page_set_search_text (f->page, "a");
  rungs_app_fixture_settle (100);
  rungs_page_set_search_text (f->page, "");
  wait_for_rows (f, WITHOUT_WHEEL);
  gtk_widget_activate_action (GTK_WIDGET (chip_of (f)), "chip.remove", NULL);
  wait_for_rows (f, "SELECT count (*) FROM lead");
  g_assert_null (chip_of (f));
  g_assert_false (rungs_lead_filters_is_narrowing (f->filters));
}

/* A chip of which nothing was chosen goes with its list, which Escape closes. */
static gboolean
has_no_chip (gpointer data)
{
  return chip_of (data) == NULL;
}

static void
test_empty_chip (Fixture       *f,
                 gconstpointer  data)
{
  gtk_widget_activate_action (GTK_WIDGET (f->filters), "filters.add", "s", "owns");
  wait_for (f, "Owns: …");
  g_assert_false (rungs_lead_filters_is_narrowing (f->filters));
  g_signal_emit_by_name (
    rungs_app_fixture_find_type (GTK_WIDGET (chip_of (f)), GTK_TYPE_SEARCH_ENTRY), "stop-search");
  rungs_app_fixture_wait (has_no_chip, f);
}

static void
test_save (Fixture       *f,
           gconstpointer  data)
{
  GtkWidget *row;

  rungs_page_show_target (f->page, "rule:" CUSTOMER_RULE);
  wait_for (f, "Lifecycle: owns something");
  gtk_widget_activate_action (GTK_WIDGET (f->filters), "filters.save", NULL);
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  row = rungs_app_fixture_find_type (rungs_app_fixture_find_form (NULL), ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (row), "All customers");
  g_signal_emit_by_name (rungs_app_fixture_find_form (NULL), "agreed");
  rungs_app_fixture_wait_for (GTK_WIDGET (f->page), "Segment saved");
  g_assert_cmpint (rungs_app_store_ask (f->store, "SELECT count (*) FROM segment"
                                                  " WHERE name = 'All customers'"
                                                  "   AND rule = '" CUSTOMER_RULE "'"),
                   ==, 1);
}

/* What no chip can say is edited as a rule, and stands there in words. */
static void
test_more (Fixture       *f,
           gconstpointer  data)
{
  GtkWidget *window;

  rungs_page_show_target (f->page, "rule:{\"any\":[{\"field\":\"country\",\"op\":\"is\","
                                   "\"value\":\"IE\"}]}");
  wait_for (f, "Country is “IE”");
  wait_for_rows (f, "SELECT count (*) FROM lead WHERE country = 'IE'");
  rungs_chip_button_open (chip_of (f));
  window = rungs_app_fixture_find_window (RUNGS_TYPE_RULE_WINDOW);
  g_assert_nonnull (window);
  rungs_app_fixture_settle (200);
  gtk_widget_activate_action (window, "rule.agree", NULL);
  g_assert_null (rungs_app_fixture_find_window (RUNGS_TYPE_RULE_WINDOW));
  wait_for_rows (f, "SELECT count (*) FROM lead WHERE country = 'IE'");
  gtk_widget_activate_action (GTK_WIDGET (f->filters), "filters.clear", NULL);
  wait_for_rows (f, "SELECT count (*) FROM lead");
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add_func ("/app/lead-filters/rules", test_rules);
  g_test_add ("/app/lead-filters/chip", Fixture, NULL, set_up, test_chip, tear_down);
  g_test_add ("/app/lead-filters/empty-chip", Fixture, NULL, set_up, test_empty_chip, tear_down);
  g_test_add ("/app/lead-filters/save", Fixture, NULL, set_up, test_save, tear_down);
  g_test_add ("/app/lead-filters/more", Fixture, NULL, set_up, test_more, tear_down);
  return g_test_run ();
}
