/* test-payout-detail.c: the rows of a payout stay while what they show changes, and with them a
 * menu that is open; and what was paid in a year is seen. */

#include "partners/rungs-award-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-page.h"
#include "partners/rungs-payout-detail.h"
#include "partners/rungs-payout-store.h"
#include "rungs-app-page.h"

typedef struct
{
  RungsStore *store;
  RungsDb *reader;
  GtkWindow *window;
  RungsPage *page;
  GtkWidget *detail;
} Fixture;

static gint64
now_of_the_machine (void)
{
  return g_get_real_time () / 1000;
}

static gboolean
fill (RungsDb   *db,
      gpointer   data,
      GError   **error)
{
  static const char *const NAMES[] = { "Anna Berg", "Bea Lind", "Jo Weir" };
  RungsPayoutRequest request = { .currency = "EUR", .until = now_of_the_machine () };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autoptr (RungsPartner) partner = rungs_partner_new (NAMES[i], "EUR");

      if (rungs_partner_add (db, partner, 1, error) == 0
          || rungs_award_add_bonus (db, partner->id, rungs_money (500, "EUR"), "Best", 1, error)
                 == 0)
        return FALSE;
    }
  return rungs_payout_make (db, &request, now_of_the_machine (), error) != 0
         && rungs_payout_mark (db, 1, 2, RUNGS_PAYOUT_PAID, now_of_the_machine (), error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->page
      = rungs_app_page_open_filled (RUNGS_TYPE_PARTNERS_PAGE, fill, "payouts:1", &fixture->store,
                                    &fixture->reader, &fixture->window);
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->page), "Jo Weir");
  fixture->detail
      = rungs_app_fixture_find_type (GTK_WIDGET (fixture->page), RUNGS_TYPE_PAYOUT_DETAIL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->reader, rungs_db_close);
  rungs_app_page_close (fixture->page, fixture->store, fixture->window);
}

static GtkWidget *
row_named (Fixture    *fixture,
           const char *name)
{
  return gtk_widget_get_ancestor (rungs_app_fixture_wait_for (fixture->detail, name),
                                  ADW_TYPE_ACTION_ROW);
}

static int
count_menu (GtkWidget *row)
{
  GtkWidget *button = rungs_app_fixture_find_type (row, GTK_TYPE_MENU_BUTTON);

  return g_menu_model_get_n_items (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button)));
}

static void
test_rows_stay (Fixture       *fixture,
                gconstpointer  data)
{
  GtkWidget *anna = row_named (fixture, "Anna Berg"), *jo = row_named (fixture, "Jo Weir");
  GtkWidget *button = rungs_app_fixture_find_type (anna, GTK_TYPE_MENU_BUTTON);
  GtkPopover *menu = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  int items = count_menu (anna);

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  rungs_app_fixture_settle (200);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (menu)));
  rungs_app_store_run (fixture->store, "UPDATE payout_item SET state = 'failed', ended_at = 1"
                                       " WHERE partner = 3");
  rungs_app_fixture_wait_for (jo, "Failed · 1 January 1970");
  g_assert_true (row_named (fixture, "Anna Berg") == anna);
  g_assert_true (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)) == menu);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (menu)));
  g_assert_cmpint (count_menu (anna), ==, items);
  g_assert_cmpint (count_menu (jo), ==, items - 2);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
}

static void
test_year (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *form, *choice, *row;

  g_assert_true (gtk_widget_activate_action (fixture->detail, "payouts.totals", NULL));
  rungs_app_fixture_wait (rungs_app_fixture_has_form, (gpointer) "Yearly Totals");
  form = rungs_app_fixture_find_form ("Yearly Totals");
  row = gtk_widget_get_ancestor (rungs_app_fixture_wait_for (form, "Bea Lind"),
                                 ADW_TYPE_ACTION_ROW);
  rungs_app_fixture_wait_for (row, "€5.00");
  rungs_app_fixture_wait_for (row, "1 payout · no tax number known");
  g_assert_null (rungs_app_fixture_find (form, "Anna Berg"));
  choice = rungs_app_fixture_find_type (form, ADW_TYPE_COMBO_ROW);
  adw_combo_row_set_selected (ADW_COMBO_ROW (choice), 1);
  rungs_app_fixture_wait_for (form, "Nobody was paid in that year.");
  gtk_window_destroy (GTK_WINDOW (form));
}

int
main (int   argc,
      char *argv[])
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/partners/payout-detail/rows-stay", Fixture, NULL, set_up, test_rows_stay,
              tear_down);
  g_test_add ("/partners/payout-detail/year", Fixture, NULL, set_up, test_year, tear_down);
  return g_test_run ();
}
