/* test-orders-view.c: the orders are listed, money is given back and that is taken back; a file of
 * orders is imported in the window, product by product, and taken back. */

#include <glib/gstdio.h>
#include <string.h>

#include "ladder/rungs-ladder-page.h"
#include "ladder/rungs-order-consent-group.h"
#include "ladder/rungs-order-import-window.h"
#include "ladder/rungs-order-shop-group.h"
#include "ladder/rungs-orders-view.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "rungs-page.h"
#include "widgets/rungs-form.h"

/* That the test entered: refunds of today. */
#define SQL_WHOLE_REFUNDS                                                                          \
  "SELECT count (*) FROM refund f JOIN refund_line l ON l.refund = f.id"                           \
  " WHERE l.amount = 24000 AND f.created_at > (unixepoch () - 300) * 1000"

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
  fixture->page = g_object_new (RUNGS_TYPE_LADDER_PAGE, "store", fixture->store, NULL);
  gtk_window_set_default_size (fixture->window, 1100, 700);
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_present (fixture->window);
  rungs_page_show_target (RUNGS_PAGE (fixture->page), "orders");
  rungs_app_fixture_wait_for (fixture->page, "Weekend at the Wheel");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (100);
  rungs_app_store_close (fixture->store);
}

static gboolean
is_given_back (gpointer fixture)
{
  return rungs_app_store_ask (((Fixture *) fixture)->store, SQL_WHOLE_REFUNDS) == 1;
}

static gboolean
is_kept (gpointer fixture)
{
  return !is_given_back (fixture);
}

static void
test_refund (Fixture       *fixture,
             gconstpointer  data)
{
  gint64 order = rungs_app_store_ask (
      fixture->store,
      "SELECT max (o.id) FROM sales_order o JOIN order_line l ON l.sales_order = o.id"
                      " WHERE l.amount = 24000 AND NOT EXISTS (SELECT 1 FROM refund f"
                      "                                         WHERE f.sales_order = o.id)");
  g_autofree char *target = g_strdup_printf ("order:%" G_GINT64_FORMAT, order);
  GtkWidget *view = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_ORDERS_VIEW);

  rungs_page_show_target (RUNGS_PAGE (fixture->page), target);
  rungs_app_fixture_wait_for (view, "Owned");
  gtk_widget_activate_action (view, "orders.refund", "x", G_GINT64_CONSTANT (0));
  rungs_app_fixture_settle (100);
  rungs_form_agree (RUNGS_FORM (rungs_app_fixture_find_form (NULL)));
  rungs_app_fixture_wait (is_given_back, fixture);
  rungs_app_fixture_wait_for (view, "Given back whole: not owned by this order");
  rungs_app_fixture_settle (700);
  gtk_widget_activate_action (fixture->page, "page.undo", NULL);
  rungs_app_fixture_wait (is_kept, fixture);
  rungs_app_fixture_wait_for (view, "Owned");
}

static gboolean
is_imported (gpointer fixture)
{
  return rungs_app_store_ask (((Fixture *) fixture)->store,
                              "SELECT count (*) FROM sales_order WHERE origin = 'Shopify'") == 4;
}

static gboolean
is_taken_back (gpointer fixture)
{
  return rungs_app_store_ask (((Fixture *) fixture)->store,
                              "SELECT count (*) FROM sales_order WHERE origin = 'Shopify'") == 0;
}

static GtkWidget *
open_import (Fixture    *fixture,
             const char *file,
             const char *words)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "tests/data/orders", file, NULL);
  GtkWidget *window = GTK_WIDGET (rungs_order_import_window_new (NULL, fixture->store, path));

  gtk_window_present (GTK_WINDOW (window));
  rungs_app_fixture_wait_for (window, words);
  return window;
}

/* Keeps the store's writing thread busy. */
static gpointer
dawdle (RungsDb      *db,
        gpointer      data,
        GCancellable *cancellable,
        GError      **error)
{
  g_usleep (300000);
  return NULL;
}

static void
dawdled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  rungs_store_write_finish (RUNGS_STORE (source), result, NULL);
}

/* Closing the window while an import is taken back cancels that: the import stays as it is, and so
 * does the window. */
static void
cancel_undo (Fixture   *fixture,
             GtkWidget *window)
{
  rungs_store_write_async (fixture->store, dawdle, NULL, NULL, NULL, NULL, dawdled_cb, NULL);
  gtk_widget_activate_action (window, "import.undo", NULL);
  rungs_app_fixture_wait_for (window, "Taking the Import Back");
  gtk_window_close (GTK_WINDOW (window));
  rungs_app_fixture_settle (700);
  g_assert_true (gtk_widget_get_visible (window));
  rungs_app_fixture_wait_for (window, "The Orders Are Imported");
  g_assert_true (is_imported (fixture));
}

static void
test_import (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *window = open_import (fixture, "shopify.csv", "Orders from Shopify");
  gint64 products = rungs_app_store_ask (fixture->store, "SELECT count (*) FROM product");

  rungs_app_fixture_wait_for (window, "Glaze set");
  gtk_widget_activate_action (window, "import.all-new", NULL);
  rungs_app_fixture_wait_for (window, "A new product");
  gtk_widget_activate_action (window, "import.do", NULL);
  rungs_app_fixture_wait (is_imported, fixture);
  rungs_app_fixture_wait_for (window, "The Orders Are Imported");
  g_assert_cmpint (rungs_app_store_ask (fixture->store, "SELECT count (*) FROM product"), ==,
                   products + 4);
  cancel_undo (fixture, window);
  gtk_widget_activate_action (window, "import.undo", NULL);
  rungs_app_fixture_wait (is_taken_back, fixture);
  rungs_app_fixture_wait_for (window, "The Import Was Taken Back");
  g_assert_cmpint (rungs_app_store_ask (fixture->store, "SELECT count (*) FROM product"), ==,
                   products);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_of_north (gpointer fixture)
{
  return rungs_app_store_ask (((Fixture *) fixture)->store,
                              "SELECT count (*) FROM sales_order WHERE shop = 'North'") == 3;
}

/* Names the shop of the file: the last choice is to do so. */
static void
name_shop (GtkWidget  *window,
           const char *name)
{
  GtkWidget *group = rungs_app_fixture_find_type (window, RUNGS_TYPE_ORDER_SHOP_GROUP);
  AdwComboRow *choice = ADW_COMBO_ROW (rungs_app_fixture_find_type (group, ADW_TYPE_COMBO_ROW));
  GtkWidget *entry = rungs_app_fixture_find_type (group, ADW_TYPE_ENTRY_ROW);

  g_assert_false (gtk_widget_get_visible (entry));
  adw_combo_row_set_selected (choice,
                              g_list_model_get_n_items (adw_combo_row_get_model (choice)) - 1);
  g_assert_true (gtk_widget_get_visible (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  g_signal_emit_by_name (entry, "apply");
}

static gboolean
can_import (gpointer window)
{
  return gtk_widget_get_sensitive (gtk_widget_get_ancestor (
      rungs_app_fixture_wait_for (window, "_Import"), GTK_TYPE_BUTTON));
}

/* A file is of a shop with a name, and of that one again; of two, the window asks. */
static void
test_shops (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *window = open_import (fixture, "woocommerce.csv", "Orders from WooCommerce");
  g_autofree char *target = NULL;
  gint64 order;

  name_shop (window, "North");
  rungs_app_fixture_wait_for (window, "North");
  gtk_widget_activate_action (window, "import.all-new", NULL);
  rungs_app_fixture_wait_for (window, "A new product");
  gtk_widget_activate_action (window, "import.do", NULL);
  rungs_app_fixture_wait (is_of_north, fixture);
  rungs_app_fixture_wait_for (window, "The Orders Are Imported");
  gtk_window_destroy (GTK_WINDOW (window));

  window = open_import (fixture, "woocommerce.csv", "North");
  g_assert_false (can_import (window));
  name_shop (window, "South");
  rungs_app_fixture_wait_for (window, "South");
  rungs_app_fixture_wait (can_import, window);
  gtk_widget_activate_action (window, "import.do", NULL);
  rungs_app_fixture_wait_for (window, "The Orders Are Imported");
  gtk_window_destroy (GTK_WINDOW (window));

  window = open_import (fixture, "woocommerce.csv", "Choose One…");
  rungs_app_fixture_wait_for (window, "Which of its orders are new depends on the shop.");
  g_assert_false (can_import (window));
  gtk_window_destroy (GTK_WINDOW (window));
  order = rungs_app_store_ask (fixture->store,
                               "SELECT max (id) FROM sales_order WHERE shop = 'South'");
  target = g_strdup_printf ("order:%" G_GINT64_FORMAT, order);
  rungs_page_show_target (RUNGS_PAGE (fixture->page), target);
  rungs_app_fixture_wait_for (fixture->page, "WooCommerce · South");
}

/* Who agreed as the file says is written down, unless the owner does not want it. */
static void
test_consent (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *window = open_import (fixture, "shopify.csv", "Orders from Shopify");
  GtkWidget *group = rungs_app_fixture_find_type (window, RUNGS_TYPE_ORDER_CONSENT_GROUP);
  GtkWidget *take = rungs_app_fixture_find_type (group, GTK_TYPE_SWITCH);

  gtk_widget_activate_action (window, "import.all-new", NULL);
  rungs_app_fixture_wait_for (window, "May get it: they agreed");
  gtk_switch_set_active (GTK_SWITCH (take), FALSE);
  rungs_app_fixture_wait_for (window, "What the column “Accepts Marketing” says is left alone");
  gtk_switch_set_active (GTK_SWITCH (take), TRUE);
  rungs_app_fixture_wait_for (
      window, "1 person whose latest order says so in the column “Accepts Marketing”");
  gtk_editable_set_text (
      GTK_EDITABLE (rungs_app_fixture_find_type (group, ADW_TYPE_ENTRY_ROW)), "News by e-mail");
  gtk_widget_activate_action (window, "import.do", NULL);
  rungs_app_fixture_wait (is_imported, fixture);
  g_assert_cmpint (rungs_app_store_ask (fixture->store,
                                        "SELECT count (*) FROM consent c JOIN lead l"
                                        " ON l.id = c.lead WHERE c.wording = 'News by e-mail'"
                                        " AND l.email = 'sven@example.com'"), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A combo row whose title begins so. */
static GtkWidget *
find_choice (GtkWidget  *widget,
             const char *title)
{
  if (ADW_IS_COMBO_ROW (widget)
      && g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_choice (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
costs_the_tax_too (gpointer window)
{
  GtkWidget *group = rungs_app_fixture_find_type (window, RUNGS_TYPE_ORDER_SHOP_GROUP);

  return strstr (adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (group)), "119")
         != NULL;
}

/* Whether the tax is in the amounts is as the heading says, and then as the user does. */
static void
test_tax (Fixture       *fixture,
          gconstpointer  data)
{
  static const char TEXT[] = "Order,Email,Date,Product,Amount,VAT\n"
                             "1,ann@example.com,2026-01-02,Teapot,100,19\n";
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "rungs-tax.csv", NULL);
  g_autofree char *target = NULL;
  GtkWidget *window, *row;
  gint64 order;

  g_assert_true (g_file_set_contents (path, TEXT, -1, NULL));
  window = GTK_WIDGET (rungs_order_import_window_new (NULL, fixture->store, path));
  gtk_window_present (GTK_WINDOW (window));
  rungs_app_fixture_wait_for (window, "Teapot");
  row = find_choice (window, "Tax, as in “VAT”");
  g_assert_true (gtk_widget_get_mapped (row));
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, 0);
  gtk_widget_activate_action (window, "import.all-new", NULL);
  rungs_app_fixture_wait (can_import, window);
  g_assert_false (costs_the_tax_too (window));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  rungs_app_fixture_wait (costs_the_tax_too, window);
  rungs_app_fixture_wait (can_import, window);
  gtk_widget_activate_action (window, "import.do", NULL);
  rungs_app_fixture_wait_for (window, "The Orders Are Imported");
  g_assert_cmpint (rungs_app_store_ask (fixture->store,
                                        "SELECT amount * 10000 + tax FROM order_line"
                                        " ORDER BY id DESC LIMIT 1"), ==, 119001900);
  gtk_window_destroy (GTK_WINDOW (window));
  order = rungs_app_store_ask (fixture->store, "SELECT max (id) FROM sales_order");
  target = g_strdup_printf ("order:%" G_GINT64_FORMAT, order);
  rungs_page_show_target (RUNGS_PAGE (fixture->page), target);
  rungs_app_fixture_wait_for (fixture->page, "Owned\n€19.00 of it is tax");
  g_remove (path);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/ladder/orders-view/refund", Fixture, NULL, set_up, test_refund, tear_down);
  g_test_add ("/ladder/orders-view/import", Fixture, NULL, set_up, test_import, tear_down);
  g_test_add ("/ladder/orders-view/tax", Fixture, NULL, set_up, test_tax, tear_down);
  g_test_add ("/ladder/orders-view/shops", Fixture, NULL, set_up, test_shops, tear_down);
  g_test_add ("/ladder/orders-view/consent", Fixture, NULL, set_up, test_consent, tear_down);
  return g_test_run ();
}
