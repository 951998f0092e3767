/* test-billing.c: that you write a partner's invoices is agreed to in the window, with the VAT that
 * fits the countries; what they would lack is said, and it is withdrawn and undone. */

#include "leads/rungs-business-store.h"
#include "partners/rungs-billing-row.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-page.h"
#include "rungs-app-page.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-value-row.h"

typedef struct
{
  RungsStore *store;
  RungsDb *reader;
  GtkWindow *window;
  GtkWidget *page;
} Fixture;

static gboolean
add_partner (RungsDb   *db,
             gpointer   data,
             GError   **error)
{
  g_autoptr (RungsPartner) partner = rungs_partner_new ("Anna Berg", "EUR");
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  if (business == NULL)
    return FALSE;
  rungs_partner_set (&partner->country, "DE");
  g_strlcpy (business->country, "DE", sizeof business->country);
  g_free (business->name);
  business->name = g_strdup ("Corner");
  g_free (business->address);
  business->address = g_strdup ("Market Square 1");
  return rungs_business_save (db, business, error) && rungs_partner_add (db, partner, 1, error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->page = GTK_WIDGET (rungs_app_page_open_filled (RUNGS_TYPE_PARTNERS_PAGE, add_partner,
                                                          "partners:1", &fixture->store,
                                                          &fixture->reader, &fixture->window));
  rungs_app_fixture_wait_for (fixture->page, "The partner writes them");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->reader, rungs_db_close);
  rungs_app_page_close (RUNGS_PAGE (fixture->page), fixture->store, fixture->window);
}

static void
do_action (Fixture    *fixture,
           const char *action)
{
  GtkWidget *row = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_BILLING_ROW);

  g_assert_true (gtk_widget_activate_action (row, action, NULL));
}

static RungsForm *
open_form (Fixture *fixture)
{
  do_action (fixture, "billing.edit");
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  return RUNGS_FORM (rungs_app_fixture_find_form (NULL));
}

static RungsValueRow *
row_of (RungsForm  *form,
        const char *title)
{
  GtkWidget *label = rungs_app_fixture_wait_for (GTK_WIDGET (form), title);

  return RUNGS_VALUE_ROW (gtk_widget_get_ancestor (label, RUNGS_TYPE_VALUE_ROW));
}

static void
choose (RungsForm  *form,
        const char *vat)
{
  GtkWidget *choice = rungs_app_fixture_find_type (GTK_WIDGET (form), RUNGS_TYPE_CHOICE_ROW);

  rungs_choice_row_set_value (RUNGS_CHOICE_ROW (choice), vat);
}

static gint64
ask (Fixture    *fixture,
     const char *sql)
{
  return rungs_app_store_ask (fixture->store, sql);
}

/* What fits the countries is chosen at first, and why is said; what is wrong is said beside it. */
static void
test_agreed (Fixture       *fixture,
             gconstpointer  data)
{
  RungsForm *form = open_form (fixture);
  GtkWidget *widget = GTK_WIDGET (form);

  rungs_app_fixture_wait_for (widget, "Suggested: VAT 19 %");
  rungs_app_fixture_wait_for (widget, "Both are in DE, and that is the rate there");
  rungs_app_fixture_wait_for (widget, "An invoice would lack");
  rungs_value_row_set_text (row_of (form, "Agreed on"), "2026-02-30");
  rungs_value_row_set_text (row_of (form, "Rate"), "much");
  rungs_form_agree (form);
  rungs_app_fixture_wait_for (widget, "A day is written as 2026-03-02");
  rungs_app_fixture_wait_for (widget, "A rate such as 19 %");
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM self_billing"), ==, 0);
  rungs_value_row_set_text (row_of (form, "Agreed on"), "2026-03-02");
  rungs_value_row_set_text (row_of (form, "Rate"), "19");
  rungs_form_agree (form);
  rungs_app_fixture_wait (rungs_app_fixture_has_no_form, NULL);
  g_assert_cmpint (ask (fixture, "SELECT rate FROM self_billing WHERE vat = 'rate'"
                                 " AND agreed_on = '2026-03-02'"), ==, 1900);
}

static gboolean
has_agreed (gpointer data)
{
  return ask (data, "SELECT count (*) FROM self_billing WHERE vat = 'reverse-charge'") == 1;
}

static gboolean
has_not_agreed (gpointer data)
{
  return ask (data, "SELECT count (*) FROM self_billing") == 0;
}

/* The owner decides otherwise, withdraws it, and takes that back by what the page offers. */
static void
test_withdrawn (Fixture       *fixture,
                gconstpointer  data)
{
  RungsForm *form = open_form (fixture);

  rungs_value_row_set_text (row_of (form, "Agreed on"), "2026-03-02");
  choose (form, "reverse-charge");
  g_assert_null (rungs_app_fixture_find (GTK_WIDGET (form), "Rate"));
  rungs_form_agree (form);
  rungs_app_fixture_wait (has_agreed, fixture);
  rungs_app_fixture_wait (rungs_app_fixture_has_no_form, NULL);
  rungs_app_fixture_wait_for (fixture->page,
                              "You write them, as agreed on 2 March 2026\n"
                              "Reverse charge: you account for the VAT\n"
                              "Cannot be written yet. Missing: the VAT id of the business, the "
                              "postal address of the partner, the VAT id of the partner");
  do_action (fixture, "billing.withdraw");
  rungs_app_fixture_wait (has_not_agreed, fixture);
  rungs_app_fixture_wait_for (fixture->page, "The partner writes them");
  gtk_widget_activate_action (fixture->page, "page.undo", NULL);
  rungs_app_fixture_wait (has_agreed, fixture);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/partners/billing/agreed", Fixture, NULL, set_up, test_agreed, tear_down);
  g_test_add ("/partners/billing/withdrawn", Fixture, NULL, set_up, test_withdrawn, tear_down);
  return g_test_run ();
}
