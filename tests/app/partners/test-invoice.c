/* test-invoice.c: the invoices of a payout are seen before they are written, with the reason of who
 * gets none; what is seen is written, or nothing; and the list tells which was taken back. */

#include <string.h>

#include "leads/rungs-business-store.h"
#include "partners/rungs-award-store.h"
#include "partners/rungs-invoice-load.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-page.h"
#include "partners/rungs-payee-store.h"
#include "partners/rungs-payout-detail.h"
#include "partners/rungs-payout-store.h"
#include "rungs-app-page.h"
#include "widgets/rungs-form.h"

typedef struct
{
  RungsStore *store;
  RungsDb *reader;
  GtkWindow *window;
  GtkWidget *page;
} Fixture;

static gboolean
name_business (RungsDb  *db,
               GError  **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  if (business == NULL)
    return FALSE;
  g_free (business->name);
  business->name = g_strdup ("Corner");
  g_free (business->address);
  business->address = g_strdup ("Market Square 1");
  return rungs_business_save (db, business, error);
}

static gboolean
add_partner (RungsDb             *db,
             const char          *name,
             const char          *address,
             gboolean             agrees,
             const RungsSealKey  *key,
             GError             **error)
{
  g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");
  g_autoptr (RungsPayee) payee = rungs_payee_new ();
  RungsSelfBilling billing = { "2026-01-31", RUNGS_VAT_RATE, 1900 };

  rungs_payee_set (payee, RUNGS_PAYEE_ADDRESS, address);
  rungs_payee_set (payee, RUNGS_PAYEE_TAX_NUMBER, "12/345");
  return rungs_partner_add (db, partner, 1, error) != 0
         && rungs_award_add_bonus (db, partner->id, rungs_money (11900, "EUR"), "Thanks", 2, error)
         && rungs_payee_save (db, partner->id, payee, key, error)
         && (!agrees || rungs_self_billing_save (db, partner->id, &billing, error));
}

static gboolean
fill (RungsDb   *db,
      gpointer   data,
      GError   **error)
{
  g_autoptr (RungsSealKey) key = rungs_payee_key (db, TRUE, 5000, NULL, error);
  RungsPayoutRequest request = { .currency = "EUR", .until = 3 };

  return key != NULL && name_business (db, error)
         && add_partner (db, "Anna Berg", "Side Street 2", TRUE, key, error)
         && add_partner (db, "Jo Weir", "", TRUE, key, error)
         && add_partner (db, "Pia Lind", "Lane 3", FALSE, key, error)
         && rungs_payout_make (db, &request, 3, error) != 0;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  rungs_app_fixture_use_keyring ();
  fixture->page = GTK_WIDGET (rungs_app_page_open_filled (RUNGS_TYPE_PARTNERS_PAGE, fill, NULL,
                                                          &fixture->store, &fixture->reader,
                                                          &fixture->window));
  rungs_page_show_target (RUNGS_PAGE (fixture->page), "payouts:1");
  rungs_app_fixture_wait_for (fixture->page, "Anna Berg");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->reader, rungs_db_close);
  rungs_app_page_close (RUNGS_PAGE (fixture->page), fixture->store, fixture->window);
}

static GtkWidget *
open_form (Fixture    *fixture,
           const char *action,
           gint64      partner,
           const char *title)
{
  GtkWidget *detail = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_PAYOUT_DETAIL);

  g_assert_true (partner != 0 ? gtk_widget_activate_action (detail, action, "x", partner)
                              : gtk_widget_activate_action (detail, action, NULL));
  rungs_app_fixture_wait (rungs_app_fixture_has_form, (gpointer) title);
  return rungs_app_fixture_find_form (title);
}

static gboolean
is_ready (GtkWidget *form)
{
  GtkWidget *label = rungs_app_fixture_wait_for (form, "_Write…");

  return gtk_widget_is_sensitive (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
}

static gint64
ask (Fixture    *fixture,
     const char *sql)
{
  return rungs_app_store_ask (fixture->store, sql);
}

/* Numbers and amounts, and who gets none and why; nothing is written by looking. */
static void
test_seen (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *form = open_form (fixture, "payouts.invoices", 0, "All Invoices");
  GtkWidget *row;

  rungs_app_fixture_wait_for (form, "1 invoice: €100.00 net, €19.00 VAT, €119.00 in all");
  rungs_app_fixture_wait_for (form, "SB-1 · VAT 19 % · €100.00 net, €19.00 VAT");
  rungs_app_fixture_wait_for (form, "Missing: the postal address of the partner");
  rungs_app_fixture_wait_for (form, "Has not agreed that you write the invoices");
  g_assert_true (is_ready (form));
  gtk_window_destroy (GTK_WINDOW (form));
  form = open_form (fixture, "payouts.invoice", 3, "Invoice");
  rungs_app_fixture_wait_for (form, "Nothing can be written.");
  rungs_app_fixture_wait_for (form, "Has not agreed that you write the invoices");
  g_assert_false (is_ready (form));
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM self_invoice"), ==, 0);
  row = gtk_widget_get_ancestor (rungs_app_fixture_wait_for (form, "Pia Lind"),
                                 ADW_TYPE_ACTION_ROW);
  g_signal_emit_by_name (rungs_app_fixture_find_type (row, GTK_TYPE_BUTTON), "clicked");
  rungs_app_fixture_wait (rungs_app_fixture_has_no_form, NULL);
  rungs_app_fixture_wait_for (fixture->page, "The partner writes them");
}

/* What the form does when it is told where to: the plan that was seen, and papers of it. */
typedef struct
{
  RungsInvoiceOrder *order; /* (owned) */
  guint papers;
} Written;

static gboolean
write_all (RungsDb   *db,
           gpointer   data,
           GError   **error)
{
  Written *written = data;
  RungsInvoiceOrder *order = written->order;
  g_autofree gint64 *made = NULL;
  g_autofree guint *papers = NULL;

  order->seen = rungs_invoice_load_plan (db, order, NULL, error);
  order->key = rungs_payee_key (db, FALSE, 5000, NULL, error);
  made = rungs_invoice_do_make (db, order, NULL, error);
  papers = made != NULL ? rungs_invoice_save_papers (db, order, NULL, error) : NULL;
  written->papers = papers != NULL ? *papers : 0;
  return papers != NULL;
}

static gpointer
write_cb (RungsDb       *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  g_assert_true (write_all (db, data, error));
  return NULL;
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  rungs_store_write_finish (RUNGS_STORE (source), result, NULL);
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* Returns: how many papers there are in `folder`. */
static guint
write_into (Fixture    *fixture,
            const char *folder)
{
  Written written = { .order = rungs_invoice_order_new (1, 0, NULL) };
  gboolean done = FALSE;

  written.order->path = g_strdup (folder);
  written.order->pdf = TRUE;
  rungs_store_write_async (fixture->store, write_cb, &written, NULL, NULL, NULL, written_cb, &done);
  rungs_app_fixture_wait (is_true, &done);
  rungs_invoice_order_free (written.order);
  return written.papers;
}

static gboolean
is_asked (gpointer data)
{
  return rungs_app_fixture_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

/* Says yes to a question that tells of `words`. */
static void
answer (const char *words,
        const char *agree)
{
  GtkWidget *question, *button;

  rungs_app_fixture_wait (is_asked, NULL);
  question = rungs_app_fixture_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (question)), words));
  button = rungs_app_fixture_wait_for (question, agree);
  g_signal_emit_by_name (gtk_widget_get_ancestor (button, GTK_TYPE_BUTTON), "clicked");
}

/* Of a payment that comes back, the question names the invoice that is taken back; then both are
 * told, and both are put onto paper. */
static void
test_written (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *folder = rungs_app_fixture_folder ();
  g_autofree char *paper = g_build_filename (folder, "SB-1 Anna Berg.pdf", NULL);
  g_autofree char *back = g_build_filename (folder, "SB-2 Anna Berg.pdf", NULL);
  GtkWidget *detail = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_PAYOUT_DETAIL);
  GtkWidget *form;

  g_assert_cmpuint (write_into (fixture, folder), ==, 1);
  g_assert_true (g_file_test (paper, G_FILE_TEST_IS_REGULAR));
  rungs_app_fixture_wait_for (fixture->page, "On its way · Nobody has said yet how to pay · "
                                             "invoice SB-1");
  g_assert_true (gtk_widget_activate_action (detail, "payouts.failed", "x", (gint64) 1));
  answer ("Invoice SB-1 is taken back by a further one.", "Mark as _Failed");
  form = open_form (fixture, "payouts.invoice-list", 0, "Invoices");
  rungs_app_fixture_wait_for (form, "SB-2 · Anna Berg");
  gtk_window_destroy (GTK_WINDOW (form));
  g_assert_cmpuint (write_into (fixture, folder), ==, 2);
  g_assert_true (g_file_test (back, G_FILE_TEST_IS_REGULAR));
  form = open_form (fixture, "payouts.invoice", 1, "Invoice");
  rungs_app_fixture_wait_for (form, "SB-1 · VAT 19 % · €100.00 net, €19.00 VAT · "
                                    "taken back by SB-2");
  rungs_app_fixture_wait_for (form, "All that can be written is; it goes onto paper again.");
  rungs_app_fixture_wait_for (form, "Which");
  gtk_window_destroy (GTK_WINDOW (form));
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/partners/invoice/seen", Fixture, NULL, set_up, test_seen, tear_down);
  g_test_add ("/partners/invoice/written", Fixture, NULL, set_up, test_written, tear_down);
  return g_test_run ();
}
