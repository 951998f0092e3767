/* test-payment-form.c: a payout as a file: who cannot be in it is seen with the reason before
 * anything is written, and so is from which account it is paid. */

#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-page.h"
#include "partners/rungs-payee-store.h"
#include "partners/rungs-payout-detail.h"
#include "rungs-app-page.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-value-row.h"

#define IBAN "DE89370400440532013000"

typedef struct
{
  RungsStore *store;
  RungsDb *reader;
  GtkWindow *window;
  GtkWidget *page;
} Fixture;

static gboolean
add_partner (RungsDb             *db,
             const char          *name,
             RungsPayeeField      field,
             const char          *text,
             const RungsSealKey  *key,
             GError             **error)
{
  g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");
  g_autoptr (RungsPayee) payee = rungs_payee_new ();

  rungs_payee_set (payee, field, text);
  return rungs_partner_add (db, partner, 1, error) != 0
         && (*text == '\0' || rungs_payee_save (db, partner->id, payee, key, error));
}

static gboolean
fill (RungsDb   *db,
      gpointer   data,
      GError   **error)
{
  g_autoptr (RungsSealKey) key = rungs_payee_key (db, TRUE, 5000, NULL, error);

  return key != NULL && add_partner (db, "Anna Berg", RUNGS_PAYEE_IBAN, IBAN, key, error)
         && add_partner (db, "Jo Weir", RUNGS_PAYEE_PAYPAL, "jo@example.com", key, error)
         && add_partner (db, "Pia Lind", RUNGS_PAYEE_IBAN, "", key, error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  rungs_app_fixture_use_keyring ();
  fixture->page = GTK_WIDGET (rungs_app_page_open_filled (RUNGS_TYPE_PARTNERS_PAGE, fill, NULL,
                                                          &fixture->store, &fixture->reader,
                                                          &fixture->window));
  rungs_app_store_run (fixture->store, "INSERT INTO payout (id, currency, until_at, made_at)"
                                       " VALUES (1, 'EUR', 1, 1)");
  rungs_app_store_run (fixture->store,
                       "INSERT INTO payout_item (payout, partner, approved, set_off)"
                       " VALUES (1, 1, 5000, 1000), (1, 2, 700, 0), (1, 3, 800, 0)");
  rungs_page_show_target (RUNGS_PAGE (fixture->page), "payouts:1");
  rungs_app_fixture_wait_for (fixture->page, "On its way · Nobody has said yet how to pay");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->reader, rungs_db_close);
  rungs_app_page_close (RUNGS_PAGE (fixture->page), fixture->store, fixture->window);
}

static GtkWidget *
open_form (Fixture *fixture)
{
  GtkWidget *detail = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_PAYOUT_DETAIL);

  g_assert_true (gtk_widget_activate_action (detail, "payouts.file", NULL));
  rungs_app_fixture_wait (rungs_app_fixture_has_form, (gpointer) "Payment File");
  return rungs_app_fixture_find_form ("Payment File");
}

static gboolean
is_ready (GtkWidget *form)
{
  GtkWidget *label = rungs_app_fixture_wait_for (form, "_Save File…");

  return gtk_widget_is_sensitive (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
}

static void
leave_out_others (GtkWidget *form)
{
  GtkWidget *label = rungs_app_fixture_wait_for (form, "Leave Out Others");
  GtkWidget *row = gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW);

  gtk_switch_set_active (GTK_SWITCH (rungs_app_fixture_find_type (row, GTK_TYPE_SWITCH)), TRUE);
}

static void
choose_format (GtkWidget  *form,
               const char *format)
{
  GtkWidget *choice = rungs_app_fixture_find_type (form, RUNGS_TYPE_CHOICE_ROW);

  rungs_choice_row_set_value (RUNGS_CHOICE_ROW (choice), format);
}

/* Each who cannot be paid so is named with the reason; who is paid in another way can be left
 * out. */
static void
test_fits (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *form = open_form (fixture);

  rungs_app_fixture_wait_for (form, "2 partners cannot be in this file");
  rungs_app_fixture_wait_for (form, "is not paid by bank transfer");
  rungs_app_fixture_wait_for (form, "has not said how to be paid");
  rungs_app_fixture_wait_for (form, "Bank transfer: DE89 … 00");
  g_assert_false (is_ready (form));
  choose_format (form, "paypal");
  rungs_app_fixture_wait_for (form, "is not paid by PayPal");
  leave_out_others (form);
  rungs_app_fixture_wait_for (form, "1 payment, €7.00 · 2 are paid in another way");
  g_assert_true (is_ready (form));
  choose_format (form, "csv");
  rungs_app_fixture_wait_for (form, "1 partner cannot be in this file");
  g_assert_false (is_ready (form));
  gtk_window_destroy (GTK_WINDOW (form));
}

/* A file for the bank has to say whose account it is paid from: it is given beside it. */
static void
test_payer (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *form = open_form (fixture);
  GtkWidget *button, *own, *row;

  leave_out_others (form);
  rungs_app_fixture_wait_for (form, "Not given yet: the bank has to know");
  g_assert_false (is_ready (form));
  button = rungs_app_fixture_wait_for (form, "Your _Account…");
  g_signal_emit_by_name (gtk_widget_get_ancestor (button, GTK_TYPE_BUTTON), "clicked");
  rungs_app_fixture_wait (rungs_app_fixture_has_form, (gpointer) "Your Account");
  own = rungs_app_fixture_find_form ("Your Account");
  row = gtk_widget_get_ancestor (rungs_app_fixture_wait_for (own, "IBAN"), RUNGS_TYPE_VALUE_ROW);
  rungs_value_row_set_text (RUNGS_VALUE_ROW (row), "AT61 1904 3002 3457 3201");
  rungs_form_agree (RUNGS_FORM (own));
  rungs_app_fixture_wait (rungs_app_fixture_has_no_form, (gpointer) "Your Account");
  rungs_app_fixture_wait_for (form, "AT61 … 01 · Test");
  g_assert_true (is_ready (form));
  gtk_window_destroy (GTK_WINDOW (form));
}

/* A day that is over is no day on which a bank can pay. */
static void
test_day (Fixture       *fixture,
          gconstpointer  data)
{
  GtkWidget *form = open_form (fixture);
  GtkWidget *label = rungs_app_fixture_wait_for (form, "To Be Paid On");
  GtkWidget *row = gtk_widget_get_ancestor (label, RUNGS_TYPE_VALUE_ROW);

  leave_out_others (form);
  rungs_value_row_set_text (RUNGS_VALUE_ROW (row), "2020-01-02");
  rungs_app_fixture_wait_for (form, "Banks cannot pay on a day that is over.");
  g_assert_false (is_ready (form));
  gtk_window_destroy (GTK_WINDOW (form));
}

int
main (int   argc,
      char *argv[])
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/partners/payment-form/fits", Fixture, NULL, set_up, test_fits, tear_down);
  g_test_add ("/partners/payment-form/payer", Fixture, NULL, set_up, test_payer, tear_down);
  g_test_add ("/partners/payment-form/day", Fixture, NULL, set_up, test_day, tear_down);
  return g_test_run ();
}
