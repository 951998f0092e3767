/* test-partner-bulk.c: several partners of the list are put into a programme, looked after by
 * somebody, tagged, approved, paid and undone at once. */

#include "leads/rungs-lead-store.h"
#include "partners/rungs-award-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-page.h"
#include "partners/rungs-partners-view.h"
#include "partners/rungs-programme-store.h"
#include "rungs-app-page.h"
#include "widgets/rungs-form.h"

#define IN_FRIENDS                                                                                 \
  "SELECT count (*) FROM partner p"                                                                \
  " WHERE (SELECT m.programme FROM programme_partner m WHERE m.partner = p.id"                     \
  "         ORDER BY m.from_at DESC LIMIT 1) = 1"
#define OF_KIM "SELECT count (*) FROM partner WHERE manager = 'Kim'"
#define TAGGED "SELECT count (*) FROM lead_tag"
#define WAITS "SELECT count (*) FROM award WHERE approved_at IS NULL"

typedef struct
{
  RungsStore *store;
  RungsDb *reader;
  GtkWindow *window;
  RungsPage *page;
  GtkWidget *view;
  RungsBrowser *browser;
} Fixture;

/* What waits until the file says so. */
typedef struct
{
  RungsStore *store;
  const char *sql;
  gint64 expected;
} Said;

static gboolean
is_said (gpointer data)
{
  const Said *said = data;

  return rungs_app_store_ask (said->store, said->sql) == said->expected;
}

static void
wait_for (Fixture    *fixture,
          const char *sql,
          gint64      expected)
{
  Said said = { fixture->store, sql, expected };

  rungs_app_fixture_wait (is_said, &said);
}

/* Something that a partner earned without a sale, and that nobody has looked at. */
static gboolean
add_waiting (RungsDb       *db,
             gint64         partner,
             gint64         minor,
             const char    *currency,
             GError       **error)
{
  RungsAward award = { .partner = partner,
                       .kind = RUNGS_AWARD_LEAD,
                       .amount = rungs_money (minor, currency),
                       .at = 1,
                       .words = (char *) "A lead" };

  return rungs_award_add (db, &award, 2, error) != 0;
}

static gboolean
fill (RungsDb   *db,
      gpointer   data,
      GError   **error)
{
  static const char *const NAMES[] = { "Anna Berg", "Bea Lind", "Jo Weir" };
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  gint64 ids[G_N_ELEMENTS (NAMES)];
  gint64 anna;

  g_free (lead->email);
  lead->email = g_strdup ("anna@example.com");
  anna = rungs_lead_add (db, lead, "by hand", 1, error);
  if (anna == 0 || rungs_programme_add (db, "Friends", 1, error) == 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autoptr (RungsPartner) partner = rungs_partner_new (NAMES[i], "EUR");

      partner->lead = i == 0 ? anna : 0;
      ids[i] = rungs_partner_add (db, partner, 1, error);
      if (ids[i] == 0)
        return FALSE;
    }
  return rungs_programme_join (db, 1, ids[1], 1, error)
         && add_waiting (db, ids[0], 700, "EUR", error)
         && add_waiting (db, ids[0], 50, "USD", error)
         && add_waiting (db, ids[1], 300, "EUR", error)
         && rungs_award_add_bonus (db, ids[2], rungs_money (900, "EUR"), "Best", 1, error) != 0;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->page = rungs_app_page_open_filled (RUNGS_TYPE_PARTNERS_PAGE, fill, NULL,
                                              &fixture->store, &fixture->reader, &fixture->window);
  fixture->view = rungs_app_fixture_find_type (GTK_WIDGET (fixture->page),
                                               RUNGS_TYPE_PARTNERS_VIEW);
  fixture->browser
      = RUNGS_BROWSER (rungs_app_fixture_find_type (fixture->view, RUNGS_TYPE_BROWSER));
  rungs_app_page_wait_for_rows (fixture->browser, 3);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->reader, rungs_db_close);
  rungs_app_page_close (fixture->page, fixture->store, fixture->window);
}

static GtkWidget *
begin (Fixture    *fixture,
       const char *action,
       const char *form)
{
  rungs_browser_select_all (fixture->browser);
  g_assert_true (gtk_widget_activate_action (fixture->view, action, NULL));
  rungs_app_fixture_wait (rungs_app_fixture_has_form, (gpointer) form);
  return rungs_app_fixture_find_form (form);
}

static void
undo (Fixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "page.undo", NULL));
}

static void
test_programme (Fixture       *fixture,
                gconstpointer  data)
{
  GtkWidget *form = begin (fixture, "partners.bulk-programme", "Programme of Several Partners");
  GtkWidget *choice;

  rungs_form_agree (RUNGS_FORM (form));
  wait_for (fixture, IN_FRIENDS, 3);
  rungs_app_fixture_settle (300);
  undo (fixture);
  wait_for (fixture, IN_FRIENDS, 1);

  form = begin (fixture, "partners.bulk-programme", "Programme of Several Partners");
  choice = rungs_app_fixture_find_type (form, ADW_TYPE_COMBO_ROW);
  adw_combo_row_set_selected (ADW_COMBO_ROW (choice), 1);
  rungs_form_agree (RUNGS_FORM (form));
  wait_for (fixture, IN_FRIENDS, 0);
}

static void
test_manager (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *form = begin (fixture, "partners.bulk-manager", "Who Looks After Them");
  GtkWidget *entry = rungs_app_fixture_find_type (form, ADW_TYPE_ENTRY_ROW);

  gtk_editable_set_text (GTK_EDITABLE (entry), "Kim");
  rungs_form_agree (RUNGS_FORM (form));
  wait_for (fixture, OF_KIM, 3);
  rungs_app_fixture_settle (300);
  undo (fixture);
  wait_for (fixture, OF_KIM, 0);
}

/* Only the one who is a lead, too, can have a tag. */
static void
test_tag (Fixture       *fixture,
          gconstpointer  data)
{
  GtkWidget *form = begin (fixture, "partners.bulk-tag", "Add Tag");
  GtkWidget *entry = rungs_app_fixture_find_type (form, ADW_TYPE_ENTRY_ROW);

  gtk_editable_set_text (GTK_EDITABLE (entry), "partner");
  rungs_form_agree (RUNGS_FORM (form));
  wait_for (fixture, TAGGED, 1);
}

static gboolean
is_asked (gpointer data)
{
  return rungs_app_fixture_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

/* The sum of each currency is seen before anything is approved. */
static void
test_approve (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *question;

  rungs_browser_select_all (fixture->browser);
  g_assert_true (gtk_widget_activate_action (fixture->view, "partners.bulk-approve", NULL));
  rungs_app_fixture_wait (is_asked, NULL);
  question = rungs_app_fixture_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (
      strstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (question)), "€10.00 + $0.50"));
  g_assert_cmpint (rungs_app_store_ask (fixture->store, WAITS), ==, 3);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "agree");
  wait_for (fixture, WAITS, 0);
}

/* New Payout begins with those who were selected; the others are there, unticked. */
static void
test_payout (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *form = begin (fixture, "partners.bulk-payout", "New Payout");

  rungs_app_fixture_wait_for (form, "1 partner is paid €9.00");
  gtk_window_destroy (GTK_WINDOW (form));
  rungs_browser_select (fixture->browser,
                        rungs_app_store_ask (fixture->store,
                                             "SELECT id FROM partner WHERE name = 'Anna Berg'"));
  rungs_app_fixture_settle (300);
  g_assert_true (gtk_widget_activate_action (fixture->view, "partners.bulk-payout", NULL));
  rungs_app_fixture_wait (rungs_app_fixture_has_form, (gpointer) "New Payout");
  form = rungs_app_fixture_find_form ("New Payout");
  rungs_app_fixture_wait_for (form, "Nobody is paid");
  rungs_app_fixture_wait_for (form, "Jo Weir");
  gtk_window_destroy (GTK_WINDOW (form));
}

int
main (int   argc,
      char *argv[])
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/partners/bulk/programme", Fixture, NULL, set_up, test_programme, tear_down);
  g_test_add ("/partners/bulk/manager", Fixture, NULL, set_up, test_manager, tear_down);
  g_test_add ("/partners/bulk/tag", Fixture, NULL, set_up, test_tag, tear_down);
  g_test_add ("/partners/bulk/approve", Fixture, NULL, set_up, test_approve, tear_down);
  g_test_add ("/partners/bulk/payout", Fixture, NULL, set_up, test_payout, tear_down);
  return g_test_run ();
}
