/* test-payee-form.c: how a partner is paid is given in the window and checked while it is typed; it
 * is shown only on demand, changed, and forgotten. What cannot be read is said. */

#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-page.h"
#include "partners/rungs-payee-row.h"
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

  return rungs_partner_add (db, partner, 1, error) != 0;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  rungs_app_fixture_use_keyring ();
  fixture->page = GTK_WIDGET (rungs_app_page_open_filled (RUNGS_TYPE_PARTNERS_PAGE, add_partner,
                                                          "partners:1", &fixture->store,
                                                          &fixture->reader, &fixture->window));
  rungs_app_fixture_wait_for (fixture->page, "Nobody has said yet");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->reader, rungs_db_close);
  rungs_app_page_close (RUNGS_PAGE (fixture->page), fixture->store, fixture->window);
}

static RungsForm *
open_form (Fixture *fixture)
{
  GtkWidget *row = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_PAYEE_ROW);

  g_assert_true (gtk_widget_activate_action (row, "partners.payout-details", NULL));
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
give_iban (RungsForm *form)
{
  rungs_value_row_set_text (row_of (form, "IBAN"), "DE89 3704 0044 0532 0130 00");
  rungs_form_agree (form);
  rungs_app_fixture_wait (rungs_app_fixture_has_no_form, NULL);
}

static gint64
ask (Fixture    *fixture,
     const char *sql)
{
  return rungs_app_store_ask (fixture->store, sql);
}

/* What is typed wrong is said beside its field, and nothing is stored; nor is anything readable in
 * the file when it is right. */
static void
test_given (Fixture       *fixture,
            gconstpointer  data)
{
  RungsForm *form = open_form (fixture);
  GtkWidget *widget = GTK_WIDGET (form);

  rungs_form_agree (form);
  rungs_app_fixture_wait_for (widget, "who is paid by bank transfer needs an IBAN");
  rungs_value_row_set_text (row_of (form, "IBAN"), "DE89 3704");
  rungs_app_fixture_wait_for (
      widget, "an IBAN that begins with DE has 22 letters and digits, and this one 8");
  rungs_value_row_set_text (row_of (form, "VAT ID"), "123");
  rungs_form_agree (form);
  rungs_app_fixture_wait_for (
      widget, "“123” is no VAT id: it begins with the two letters of its country");
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM payment_detail"), ==, 0);
  rungs_value_row_set_text (row_of (form, "VAT ID"), "de 123456789");
  give_iban (form);
  rungs_app_fixture_wait_for (fixture->page, "Bank transfer");
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM payment_detail"), ==, 2);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM payment_detail"
                                 " WHERE instr (sealed, 'DE') > 0"), ==, 0);
}

/* Where to is seen on demand only: whole, then shortened. */
static void
test_shown (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *show;

  give_iban (open_form (fixture));
  rungs_app_fixture_wait_for (fixture->page, "Bank transfer");
  show = rungs_app_fixture_wait_for (fixture->page, "Show");
  g_signal_emit_by_name (gtk_widget_get_ancestor (show, GTK_TYPE_BUTTON), "clicked");
  rungs_app_fixture_wait_for (fixture->page, "Bank transfer\nIBAN: DE89 3704 0044 0532 0130 00");
  show = rungs_app_fixture_wait_for (fixture->page, "Hide");
  g_signal_emit_by_name (gtk_widget_get_ancestor (show, GTK_TYPE_BUTTON), "clicked");
  rungs_app_fixture_wait_for (fixture->page, "Bank transfer: DE89 … 00");
}

/* Another way: what is stored stays to be seen, and goes when it is emptied. */
static void
test_changed (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *choice;
  RungsForm *form;

  give_iban (open_form (fixture));
  rungs_app_fixture_wait_for (fixture->page, "Bank transfer");
  form = open_form (fixture);
  choice = rungs_app_fixture_find_type (GTK_WIDGET (form), RUNGS_TYPE_CHOICE_ROW);
  rungs_choice_row_set_value (RUNGS_CHOICE_ROW (choice), "paypal");
  g_assert_null (rungs_app_fixture_find (GTK_WIDGET (form), "BIC"));
  rungs_value_row_set_text (row_of (form, "IBAN"), "");
  rungs_value_row_set_text (row_of (form, "Address at PayPal"), "anna@example.com");
  rungs_form_agree (form);
  rungs_app_fixture_wait_for (fixture->page, "PayPal");
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM payment_detail WHERE field = 'paypal'"),
                   ==, 1);
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM payment_detail"), ==, 1);
}

static GtkWidget *
button_in_question (const char *label)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *each = all; each != NULL; each = each->next)
    {
      GtkWidget *found = ADW_IS_MESSAGE_DIALOG (each->data)
                             ? rungs_app_fixture_find (each->data, label)
                             : NULL;

      if (found != NULL)
        return gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON);
    }
  return NULL;
}

static gboolean
is_asked (gpointer label)
{
  return button_in_question (label) != NULL;
}

static void
answer (const char *label)
{
  rungs_app_fixture_wait (is_asked, (gpointer) label);
  g_signal_emit_by_name (button_in_question (label), "clicked");
}

static gboolean
is_forgotten (gpointer data)
{
  return ask (data, "SELECT count (*) FROM payment_detail") == 0;
}

/* It is asked about first. */
static void
test_forgotten (Fixture       *fixture,
                gconstpointer  data)
{
  GtkWidget *button;

  give_iban (open_form (fixture));
  rungs_app_fixture_wait_for (fixture->page, "Bank transfer");
  button = rungs_app_fixture_wait_for (GTK_WIDGET (open_form (fixture)), "_Forget…");
  g_signal_emit_by_name (gtk_widget_get_ancestor (button, GTK_TYPE_BUTTON), "clicked");
  rungs_app_fixture_wait (is_asked, (gpointer) "_Forget");
  g_assert_false (is_forgotten (fixture));
  answer ("_Forget");
  rungs_app_fixture_wait (is_forgotten, fixture);
  rungs_app_fixture_wait (rungs_app_fixture_has_no_form, NULL);
  rungs_app_fixture_wait_for (fixture->page, "Nobody has said yet");
}

/* What was changed behind its back can be read no more: that is said, and they can be forgotten. */
static void
test_lost (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *row = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_PAYEE_ROW);

  give_iban (open_form (fixture));
  rungs_app_fixture_wait_for (fixture->page, "Bank transfer");
  rungs_app_store_run (fixture->store, "UPDATE payment_detail SET sealed = zeroblob (60)");
  g_assert_true (gtk_widget_activate_action (row, "partners.payout-details", NULL));
  rungs_app_fixture_wait (is_asked, (gpointer) "_Forget Them");
  g_assert_true (rungs_app_fixture_has_no_form (NULL));
  answer ("_Forget Them");
  rungs_app_fixture_wait (is_forgotten, fixture);
  rungs_app_fixture_wait_for (fixture->page, "Nobody has said yet");
}

int
main (int   argc,
      char *argv[])
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/partners/payee-form/given", Fixture, NULL, set_up, test_given, tear_down);
  g_test_add ("/partners/payee-form/shown", Fixture, NULL, set_up, test_shown, tear_down);
  g_test_add ("/partners/payee-form/changed", Fixture, NULL, set_up, test_changed, tear_down);
  g_test_add ("/partners/payee-form/forgotten", Fixture, NULL, set_up, test_forgotten, tear_down);
  g_test_add ("/partners/payee-form/lost", Fixture, NULL, set_up, test_lost, tear_down);
  return g_test_run ();
}
