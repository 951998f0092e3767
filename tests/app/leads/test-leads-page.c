/* test-leads-page.c: the leads of the demo business are found, filtered, deleted and put back; an
 * order that is entered ends the sequence that sells the product, and shows at once; what changes
 * in the details changes in place. */

#include "leads/rungs-leads-page.h"

#include "import/rungs-import-window.h"
#include "leads/rungs-lead-bulk.h"
#include "leads/rungs-lead-detail.h"
#include "leads/rungs-lead-export-dialog.h"
#include "leads/rungs-lead-work.h"
#include "leads/rungs-order-lines.h"
#include "rungs-app-page.h"
#include "widgets/rungs-form.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  RungsPage *page;
  RungsBrowser *browser;
} Fixture;

static guint
count_all (Fixture *fixture)
{
  return (guint) rungs_app_store_ask (fixture->store, "SELECT count (*) FROM lead");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->page
    = rungs_app_page_open (RUNGS_TYPE_LEADS_PAGE, "Leads", &fixture->store, &fixture->window);
  fixture->browser
    = RUNGS_BROWSER (rungs_app_fixture_find_type (GTK_WIDGET (fixture->page), RUNGS_TYPE_BROWSER));
  rungs_app_page_wait_for_rows (fixture->browser, count_all (fixture));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  rungs_app_page_close (fixture->page, fixture->store, fixture->window);
}

static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  guint declans = (guint) rungs_app_store_ask (
    fixture->store,
    "SELECT count (*) FROM lead WHERE first_name = 'Declan' AND last_name = 'Doyle'");

  g_assert_cmpuint (declans, >, 0);
  rungs_page_set_search_text (fixture->page, "declan doy");
  rungs_app_page_wait_for_rows (fixture->browser, declans);
  rungs_page_set_search_text (fixture->page, "nobody at all");
  rungs_app_page_wait_for_rows (fixture->browser, 0);
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->page), "No Results");
  g_assert_null (rungs_app_fixture_find (GTK_WIDGET (fixture->page), "Nothing Selected"));
  rungs_page_set_search_text (fixture->page, "");
  rungs_app_page_wait_for_rows (fixture->browser, count_all (fixture));
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->page), "Nothing Selected");
}

static void
show_lead (Fixture *fixture,
           gint64   lead)
{
  g_autofree char *target = g_strdup_printf ("lead:%" G_GINT64_FORMAT, lead);

  rungs_page_show_target (fixture->page, target);
  rungs_app_page_wait_for_rows (fixture->browser, count_all (fixture));
  g_assert_cmpint (rungs_browser_get_single (fixture->browser), ==, lead);
}

/* What Today counts as new is what it opens, and who is looked at meanwhile stays. */
static void
test_new (Fixture       *fixture,
          gconstpointer  data)
{
  rungs_app_store_run (fixture->store, "DELETE FROM notice");
  rungs_app_store_run (fixture->store,
                       "INSERT INTO notice (lead, at, desktop, today, seen_at)"
                       " VALUES (3, 1, 0, 1, NULL), (5, 1, 0, 1, NULL), (7, 1, 0, 1, NULL),"
                       "        (8, 1, 0, 1, 2), (9, 1, 0, 0, NULL)");
  rungs_page_show_target (fixture->page, "new");
  rungs_app_page_wait_for_rows (fixture->browser, 3);
  rungs_app_store_run (fixture->store, "UPDATE notice SET seen_at = 2 WHERE lead = 5");
  rungs_app_fixture_settle (300);
  rungs_app_page_wait_for_rows (fixture->browser, 3);
  rungs_page_show_target (fixture->page, "new");
  rungs_app_page_wait_for_rows (fixture->browser, 2);
}

static void
test_filter (Fixture       *fixture,
             gconstpointer  data)
{
  gint64 tag = rungs_app_store_ask (fixture->store, "SELECT min (tag) FROM lead_tag");
  gint64 left_out = rungs_app_store_ask (
    fixture->store, "SELECT min (id) FROM lead WHERE id NOT IN (SELECT lead FROM lead_tag)");
  gint64 found = rungs_app_store_ask (
    fixture->store, "SELECT min (lead) FROM lead_tag WHERE tag = (SELECT min (tag) FROM lead_tag)");
  g_autofree char *target = g_strdup_printf ("tag:%" G_GINT64_FORMAT, tag);
  guint tagged = (guint) rungs_app_store_ask (
    fixture->store, "SELECT count (*) FROM lead_tag WHERE tag = (SELECT min (tag) FROM lead_tag)");

  rungs_page_show_target (fixture->page, target);
  rungs_app_page_wait_for_rows (fixture->browser, tagged);
  /* a lead is shown among all, whether or not the filter leaves it out */
  show_lead (fixture, left_out);
  rungs_page_show_target (fixture->page, target);
  rungs_app_page_wait_for_rows (fixture->browser, tagged);
  show_lead (fixture, found);
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  gint64 lead = rungs_app_store_ask (
    fixture->store, "SELECT max (id) FROM lead l"
                    " WHERE NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.lead = l.id)");
  guint n = count_all (fixture);

  rungs_browser_select (fixture->browser, lead);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "leads.delete", NULL);
  rungs_app_page_wait_for_rows (fixture->browser, n - 1);
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->page), "1 lead deleted");
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "page.undo", NULL);
  rungs_app_page_wait_for_rows (fixture->browser, n);
  g_assert_cmpuint (count_all (fixture), ==, n);
}

static gboolean
has_all_selected (gpointer data)
{
  Fixture *fixture = data;

  return rungs_browser_get_n_selected (fixture->browser) == count_all (fixture);
}

/* Also those that the table does not have yet. */
static void
select_all (Fixture *fixture)
{
  rungs_browser_select_all (fixture->browser);
  rungs_app_fixture_wait (has_all_selected, fixture);
}

/* A question whose answer is waited for. */
typedef struct
{
  RungsStore *store;
  const char *sql;
  gint64 answer;
} Asked;

static gboolean
is_answered (gpointer data)
{
  const Asked *asked = data;

  return rungs_app_store_ask (asked->store, asked->sql) == asked->answer;
}

static void
wait_for_answer (Fixture    *fixture,
                 const char *sql,
                 gint64      answer)
{
  Asked asked = { fixture->store, sql, answer };

  rungs_app_fixture_wait (is_answered, &asked);
  rungs_app_fixture_settle (300); /* it is told when the last part is in the file */
}

static void
take_back (Fixture    *fixture,
           const char *sql,
           gint64      answer)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "page.undo", NULL));
  wait_for_answer (fixture, sql, answer);
}

#define TAGGINGS                                                                                   \
  "SELECT count (*) * 1000000007 + total (lead * tag % 1000) + total (added_at % 100000)"          \
  "  FROM lead_tag"
#define WHEELS                                                                                     \
  "SELECT count (*) FROM lead_tag x JOIN tag t ON t.id = x.tag WHERE t.name = 'wheel'"

/* All leads get a tag, and lose it; each is taken back. */
static void
test_bulk (Fixture       *fixture,
           gconstpointer  data)
{
  gint64 taggings = rungs_app_store_ask (fixture->store, TAGGINGS);

  select_all (fixture);
  rungs_lead_bulk_add_tag (fixture->page, rungs_browser_get_selected (fixture->browser), "wheel");
  wait_for_answer (fixture, WHEELS, count_all (fixture));
  take_back (fixture, TAGGINGS, taggings);
  rungs_lead_bulk_remove_tag (fixture->page, rungs_browser_get_selected (fixture->browser),
                              "wheel");
  wait_for_answer (fixture, WHEELS, 0);
  take_back (fixture, TAGGINGS, taggings);
}

#define WALKS                                                                                      \
  "SELECT count (*) * 1000000007 + total (id % 1000) + total (coalesce (due_at, 0) % 100000)"      \
  "  + total (outcome IS NULL) FROM enrolment"
static void
test_bulk_sequence (Fixture       *fixture,
                    gconstpointer  data)
{
  gint64 walks = rungs_app_store_ask (fixture->store, WALKS);
  gint64 sequence = rungs_app_store_ask (fixture->store, "SELECT max (id) FROM sequence");

  select_all (fixture);
  rungs_lead_bulk_enter (fixture->page, rungs_browser_get_selected (fixture->browser), sequence);
  rungs_app_fixture_settle (3000);
  g_assert_cmpint (rungs_app_store_ask (fixture->store, WALKS), >, walks);
  take_back (fixture, WALKS, walks);
  rungs_lead_bulk_stop (fixture->page, rungs_browser_get_selected (fixture->browser), 0);
  wait_for_answer (fixture, "SELECT count (*) FROM enrolment WHERE outcome IS NULL", 0);
  take_back (fixture, WALKS, walks);
}

static void
test_bulk_delete (Fixture       *fixture,
                  gconstpointer  data)
{
  guint n = count_all (fixture);

  select_all (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "leads.delete", NULL);
  wait_for_answer (fixture, "SELECT count (*) = (SELECT count (DISTINCT lead) FROM sales_order)"
                            "  FROM lead", 1);
  take_back (fixture, "SELECT count (*) FROM lead", n);
}

/* Of many leads those are merged who surely are one person. */
static void
test_bulk_merge (Fixture       *fixture,
                 gconstpointer  data)
{
  guint n = count_all (fixture);

  rungs_app_store_run (fixture->store,
                       "INSERT INTO lead (email, email_key, first_name, last_name, company,"
                       "                  created_at, updated_at)"
                       " SELECT 'zed' || value || '@x.example', 'zed' || value || '@x.example',"
                       "        'Zed', 'Same', 'Same Ltd', 1, 1 FROM json_each ('[1, 2, 3]')");
  rungs_app_store_run (fixture->store, "INSERT INTO lead_search (lead_search) VALUES ('rebuild')");
  rungs_app_page_wait_for_rows (fixture->browser, n + 3);
  select_all (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "leads.merge", NULL);
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  rungs_app_fixture_wait_for (rungs_app_fixture_find_form (NULL),
            "Zed Same · zed1@x.example, Zed Same · zed2@x.example, Zed Same · zed3@x.example");
  g_signal_emit_by_name (rungs_app_fixture_find_form (NULL), "agreed");
  wait_for_answer (fixture, "SELECT count (*) FROM lead WHERE last_name = 'Same'", 1);
  take_back (fixture, "SELECT count (*) FROM lead", n + 3);
}

/* The list that is shown is written into a file, with headings that an import knows again. */
static void
test_export (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *folder = rungs_app_fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "some.csv", NULL);
  g_autofree char *text = NULL;
  g_autofree char *told = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = count_all (fixture);
  GtkWidget *dialog;

  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "leads.export", NULL);
  dialog = rungs_app_fixture_find_window (RUNGS_TYPE_LEAD_EXPORT_DIALOG);
  g_assert_nonnull (dialog);
  rungs_app_fixture_wait_for (dialog, "Table (CSV)");
  gtk_window_close (GTK_WINDOW (dialog));

  rungs_lead_export_to (fixture->page, NULL,
                        rungs_lead_rows_query_new (g_new0 (RungsLeadQuery, 1), NULL, NULL),
                        RUNGS_LEAD_EXPORT_CSV, path);
  told = g_strdup_printf ("%u leads written to some.csv", n);
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->page), told);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_true (g_str_has_prefix (lines[0] + 3, "Rungs number,E-mail,First name,Last name,"));
  g_assert_cmpuint (g_strv_length (lines), >=, n + 2);
}

static gboolean
has_import (gpointer data)
{
  return rungs_app_fixture_find_window (RUNGS_TYPE_IMPORT_WINDOW) != NULL;
}

static void
close_import (Fixture    *fixture,
              const char *text)
{
  GtkWidget *window;

  rungs_app_fixture_wait (has_import, NULL);
  window = rungs_app_fixture_find_window (RUNGS_TYPE_IMPORT_WINDOW);
  rungs_app_fixture_wait_for (window, text);
  gtk_window_close (GTK_WINDOW (window));
  rungs_app_fixture_settle (200);
  g_assert_false (has_import (NULL));
}

/* Rows that were copied from a spreadsheet, and a file that is dropped, open the import. */
static void
test_paste_and_drop (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "tests", "core", "tables", "files", "people.ods", NULL);
  g_autofree char *target = g_strconcat ("import:", path, NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture->page)),
                          "E-mail\tName\nann@x.example\tAnn, the \"first\"\n");
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "leads.paste", NULL);
  close_import (fixture, "ann@x.example");
  rungs_page_show_target (fixture->page, target);
  close_import (fixture, "Birthday");
}

static void
agree_to_form (void)
{
  GtkWidget *form;

  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  form = rungs_app_fixture_find_form (NULL);
  rungs_app_fixture_settle (100);
  g_signal_emit_by_name (form, "agreed");
  rungs_app_fixture_wait (rungs_app_fixture_has_no_form, NULL);
}

#define SQL_OF_WALKER \
  " FROM enrolment e JOIN sequence s ON s.id = e.sequence JOIN product p ON p.id = s.sells" \
  " WHERE e.outcome IS NULL" \
  "   AND p.id = (SELECT id FROM product WHERE price > 0 ORDER BY rung LIMIT 1)" \
  " ORDER BY e.id LIMIT 1"

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  gint64 lead = rungs_app_store_ask (fixture->store, "SELECT e.lead" SQL_OF_WALKER);
  gint64 enrolment = rungs_app_store_ask (fixture->store, "SELECT e.id" SQL_OF_WALKER);
  g_autofree char *ended = g_strdup_printf (
    "SELECT count (*) FROM enrolment WHERE outcome = 'bought' AND id = %" G_GINT64_FORMAT,
    enrolment);
  GtkWidget *page = GTK_WIDGET (fixture->page);

  show_lead (fixture, lead);
  rungs_app_fixture_wait_for (page, "Stop…");
  g_assert_null (rungs_app_fixture_find (page, "Refund…"));
  gtk_widget_activate_action (gtk_widget_get_parent (
      rungs_app_fixture_wait_for (page,
                                  "Stop…")), "lead.order", NULL);
  agree_to_form ();
  rungs_app_fixture_wait_for (page, "Refund…");
  g_assert_cmpint (rungs_app_store_ask (fixture->store, ended), ==, 1);
}

#define SQL_OF_LAST_ORDER " FROM order_line WHERE sales_order = (SELECT max (id) FROM sales_order)"

/* Two products, one of them twice, in one order. */
static void
test_order_of_several (Fixture       *fixture,
                       gconstpointer  data)
{
  gint64 n = rungs_app_store_ask (fixture->store, "SELECT count (*) FROM sales_order");
  GtkWidget *page = GTK_WIDGET (fixture->page);
  GtkWidget *form;
  RungsOrderLines *lines;
  GtkWidget *spin;

  show_lead (fixture, 1);
  gtk_widget_activate_action (gtk_widget_get_parent (
      rungs_app_fixture_wait_for (page,
                                  "Add Note…")), "lead.order",
                              NULL);
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  form = rungs_app_fixture_find_form (NULL);
  rungs_app_fixture_settle (100);
  lines = RUNGS_ORDER_LINES (rungs_app_fixture_find_type (form, RUNGS_TYPE_ORDER_LINES));
  g_assert_null (rungs_app_fixture_find (form, "Total"));
  rungs_order_lines_add (lines);
  rungs_app_fixture_settle (100);
  g_assert_nonnull (rungs_app_fixture_find (form, "Total"));
  spin = rungs_app_fixture_find_type (form, GTK_TYPE_SPIN_BUTTON);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 2);
  agree_to_form ();
  g_assert_cmpint (rungs_app_store_ask (fixture->store, "SELECT count (*) FROM sales_order"), ==,
                   n + 1);
  g_assert_cmpint (rungs_app_store_ask (fixture->store, "SELECT count (DISTINCT product)"
                                        SQL_OF_LAST_ORDER), ==, 2);
  g_assert_cmpint (rungs_app_store_ask (fixture->store, "SELECT sum (quantity)"
                                        SQL_OF_LAST_ORDER), ==, 3);
  g_assert_cmpint (rungs_app_store_ask (fixture->store,
                                        "SELECT sum (l.amount) - sum (l.quantity * p.price)"
                                        " FROM order_line l JOIN product p ON p.id = l.product"
                                        " WHERE sales_order = (SELECT max (id) FROM sales_order)"),
                   ==, 0);
}

static void
test_note (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *page = GTK_WIDGET (fixture->page);
  GtkWidget *view;

  show_lead (fixture, 1);
  gtk_widget_activate_action (gtk_widget_get_parent (
      rungs_app_fixture_wait_for (page,
                                  "Add Note…")), "lead.note",
                              NULL);
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  view = rungs_app_fixture_find_type (rungs_app_fixture_find_form (NULL), GTK_TYPE_TEXT_VIEW);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "likes blue", -1);
  agree_to_form ();
  rungs_app_fixture_wait_for (page, "Note: likes blue");
}

static void
test_consent (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *page = GTK_WIDGET (fixture->page);
  gint64 lead = rungs_app_store_ask (
    fixture->store, "SELECT min (id) FROM lead WHERE id NOT IN (SELECT lead FROM consent)");
  GtkWidget *row;

  show_lead (fixture, lead);
  rungs_app_fixture_wait_for (page, "Has not agreed: gets no marketing");
  gtk_widget_activate_action (gtk_widget_get_parent (
      rungs_app_fixture_wait_for (page,
                                  "Agreed…")), "lead.consent",
                              NULL);
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  row = rungs_app_fixture_find_type (rungs_app_fixture_find_form (NULL), ADW_TYPE_ENTRY_ROW);
  /* Without words: the form stays. */
  g_signal_emit_by_name (rungs_app_fixture_find_form (NULL), "agreed");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  gtk_editable_set_text (GTK_EDITABLE (row), "said yes at the fair");
  agree_to_form ();
  rungs_app_fixture_wait_for (page, "said yes at the fair");
  rungs_app_fixture_wait_for (page, "No More…");
}

static GtkWidget *
details_of (Fixture *fixture)
{
  return rungs_app_fixture_find_type (GTK_WIDGET (fixture->page), RUNGS_TYPE_LEAD_DETAIL);
}

static GtkAdjustment *
scrolling_of (GtkWidget *widget)
{
  return gtk_scrolled_window_get_vadjustment (
    GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW)));
}

static void
add_tag (Fixture    *fixture,
         gint64      lead,
         const char *tag)
{
  rungs_store_write_async (fixture->store, rungs_lead_work_add_tag,
                           rungs_lead_work_new_for_one (lead, 0, tag),
                           (GDestroyNotify) rungs_lead_work_free, NULL, NULL, NULL, NULL);
}

/* What changes while a button is pressed takes nothing from under the hand. */
static void
test_in_place (Fixture       *fixture,
               gconstpointer  data)
{
  gint64 lead = rungs_app_store_ask (fixture->store,
                                     "SELECT lead FROM event GROUP BY lead"
                                     " ORDER BY count (*) DESC LIMIT 1");
  GtkWidget *details = details_of (fixture);
  GtkWidget *button;
  double scrolled;

  show_lead (fixture, lead);
  button = rungs_app_fixture_wait_for (details, "Add Note…");
  rungs_app_fixture_settle (100);
  gtk_widget_grab_focus (button);
  gtk_adjustment_set_value (scrolling_of (button), 60);
  scrolled = gtk_adjustment_get_value (scrolling_of (button));
  g_assert_cmpfloat (scrolled, ==, 60);
  gtk_widget_activate (button); /* it is clicked when it comes up again, some moments later */
  add_tag (fixture, lead, "brand new");
  rungs_app_fixture_wait_for (details, "brand new");
  g_assert_true (rungs_app_fixture_wait_for (details, "Add Note…") == button);
  g_assert_true (gtk_window_get_focus (fixture->window) == button);
  g_assert_cmpfloat (gtk_adjustment_get_value (scrolling_of (button)), ==, scrolled);
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  gtk_window_close (GTK_WINDOW (rungs_app_fixture_find_form (NULL)));
  rungs_app_fixture_wait (rungs_app_fixture_has_no_form, NULL);
}

static void
keep_text_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
has_text (gpointer data)
{
  return *(char **) data != NULL;
}

static void
test_copy_address (Fixture       *fixture,
                   gconstpointer  data)
{
  GtkWidget *details = details_of (fixture);
  g_autofree char *text = NULL;
  GtkWidget *email;

  show_lead (fixture,
             rungs_app_store_ask (fixture->store,
                                  "SELECT id FROM lead WHERE email = 'alice@post.example'"));
  email = rungs_app_fixture_wait_for (details, "alice@post.example");
  g_assert_true (gtk_widget_activate_action (email, "lead.copy-email", NULL));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (email), NULL, keep_text_cb, &text);
  rungs_app_fixture_wait (has_text, &text);
  g_assert_cmpstr (text, ==, "alice@post.example");
}

/* The rows of the first lead come into boxes that were empty and hidden. */
static void
test_room (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *details = details_of (fixture);
  graphene_rect_t fact, heading;

  show_lead (fixture, rungs_app_store_ask (fixture->store,
                                           "SELECT lead FROM lead_value v JOIN field f"
                                           "  ON f.id = v.field ORDER BY length (f.label) DESC"
                                           " LIMIT 1"));
  rungs_app_fixture_wait_for (details, "What Happened");
  rungs_app_fixture_settle (200);
  g_assert_true (
    gtk_widget_compute_bounds (gtk_widget_get_parent (
        rungs_app_fixture_wait_for (details,
                                    "Known since")), details,
                               &fact));
  g_assert_true (
    gtk_widget_compute_bounds (rungs_app_fixture_wait_for (details,
                                                           "What Happened"), details, &heading));
  g_assert_cmpfloat (heading.origin.y, >, fact.origin.y + fact.size.height);
  g_assert_cmpfloat (heading.origin.y, <, fact.origin.y + 200);
}

static GtkWidget *
chip_of (Fixture    *fixture,
         const char *tag)
{
  return gtk_widget_get_ancestor (rungs_app_fixture_wait_for (details_of (fixture),
                                                              tag), GTK_TYPE_BUTTON);
}

static gboolean
has_focus (gpointer data)
{
  return gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_root (data))) == data;
}

/* Who takes tags away with the keys takes away one after the other. */
static void
test_take_tags_away (Fixture       *fixture,
                     gconstpointer  data)
{
  gint64 lead = rungs_app_store_ask (
    fixture->store, "SELECT min (id) FROM lead WHERE id NOT IN (SELECT lead FROM lead_tag)");
  GtkWidget *details = details_of (fixture);
  GtkWidget *later;

  show_lead (fixture, lead);
  add_tag (fixture, lead, "aaa");
  rungs_app_fixture_wait_for (details, "aaa");
  add_tag (fixture, lead, "zzz");
  later = chip_of (fixture, "zzz");
  gtk_widget_grab_focus (chip_of (fixture, "aaa"));
  gtk_widget_activate (chip_of (fixture, "aaa"));
  rungs_app_fixture_wait (has_focus, later);
  gtk_widget_activate (later);
  rungs_app_page_wait_until_gone (details, "zzz");
  g_assert_nonnull (gtk_window_get_focus (fixture->window));
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add ("/app/leads/search", Fixture, NULL, set_up, test_search, tear_down);
  g_test_add ("/app/leads/new", Fixture, NULL, set_up, test_new, tear_down);
  g_test_add ("/app/leads/filter", Fixture, NULL, set_up, test_filter, tear_down);
  g_test_add ("/app/leads/delete", Fixture, NULL, set_up, test_delete, tear_down);
  g_test_add ("/app/leads/bulk", Fixture, NULL, set_up, test_bulk, tear_down);
  g_test_add ("/app/leads/bulk-sequence", Fixture, NULL, set_up, test_bulk_sequence, tear_down);
  g_test_add ("/app/leads/bulk-delete", Fixture, NULL, set_up, test_bulk_delete, tear_down);
  g_test_add ("/app/leads/bulk-merge", Fixture, NULL, set_up, test_bulk_merge, tear_down);
  g_test_add ("/app/leads/export", Fixture, NULL, set_up, test_export, tear_down);
  g_test_add ("/app/leads/paste-and-drop", Fixture, NULL, set_up, test_paste_and_drop, tear_down);
  g_test_add ("/app/leads/note", Fixture, NULL, set_up, test_note, tear_down);
  g_test_add ("/app/leads/consent", Fixture, NULL, set_up, test_consent, tear_down);
  g_test_add ("/app/leads/in-place", Fixture, NULL, set_up, test_in_place, tear_down);
  g_test_add ("/app/leads/copy-address", Fixture, NULL, set_up, test_copy_address, tear_down);
  g_test_add ("/app/leads/room", Fixture, NULL, set_up, test_room, tear_down);
  g_test_add ("/app/leads/take-tags-away", Fixture, NULL, set_up, test_take_tags_away, tear_down);
  g_test_add ("/app/leads/order-of-several", Fixture, NULL, set_up, test_order_of_several,
              tear_down);
  g_test_add ("/app/leads/order", Fixture, NULL, set_up, test_order, tear_down);
  return g_test_run ();
}
