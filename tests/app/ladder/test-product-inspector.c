/* test-product-inspector.c: all that is said of a product is changed where it stands: a field is
 * stored when it is left, what is wrong is said beside it, and each change can be undone. */

#include "ladder/rungs-product-inspector.h"

#include "ladder/rungs-ladder-page.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "widgets/rungs-form.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  GtkWidget *page;
  RungsLadderWriter *writer;
  RungsProductInspector *inspector;
  gint64 kit;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  f->store = rungs_app_store_new_demo ();
  f->window = GTK_WINDOW (adw_window_new ());
  f->page = g_object_new (RUNGS_TYPE_LADDER_PAGE, "store", f->store, "title", "Ladder", NULL);
  f->writer = rungs_ladder_writer_new (RUNGS_PAGE (f->page));
  f->inspector = rungs_product_inspector_new (f->writer);
  f->kit = rungs_app_store_ask (f->store, "SELECT id FROM product WHERE sku = 'KIT'");
  gtk_widget_set_hexpand (f->page, TRUE);
  gtk_box_append (GTK_BOX (box), f->page);
  gtk_widget_set_size_request (GTK_WIDGET (f->inspector), 360, -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (f->inspector));
  adw_window_set_content (ADW_WINDOW (f->window), box);
  gtk_window_set_default_size (f->window, 1280, 800);
  gtk_window_present (f->window);
  rungs_inspector_set_thing (RUNGS_INSPECTOR (f->inspector), f->kit);
  rungs_app_fixture_wait_for (GTK_WIDGET (f->inspector), "Home Starter Kit");
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (f->window);
  rungs_app_fixture_settle (300);
  g_object_unref (f->writer);
  rungs_app_fixture_settle (50);
  rungs_app_store_close (f->store);
}

static AdwEntryRow *
field (Fixture    *f,
       const char *text)
{
  GtkWidget *widget = rungs_app_fixture_wait_for (GTK_WIDGET (f->inspector), text);

  return ADW_ENTRY_ROW (gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW));
}

/* Types over what is there, and goes elsewhere. */
static void
enter (Fixture     *f,
       AdwEntryRow *row,
       const char  *text)
{
  gtk_widget_grab_focus (GTK_WIDGET (row));
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_window_set_focus (f->window, NULL);
  rungs_app_fixture_settle (20);
}

typedef struct
{
  RungsStore *store;
  const char *sql;
} Question;

static gboolean
is_so (gpointer data)
{
  const Question *question = data;

  return rungs_app_store_ask (question->store, question->sql) == 1;
}

static void
wait_for (Fixture    *f,
          const char *sql)
{
  Question question = { f->store, sql };

  rungs_app_fixture_wait (is_so, &question);
}

static void
undo (Fixture *f)
{
  rungs_app_fixture_settle (600);
  gtk_widget_activate_action (f->page, "page.undo", NULL);
}

static void
test_price (Fixture       *f,
            gconstpointer  data)
{
  enter (f, field (f, "29.00"), "35");
  wait_for (f, "SELECT price = 3500 FROM product WHERE sku = 'KIT'");
  rungs_app_fixture_wait_for (GTK_WIDGET (f->inspector), "35.00");
  undo (f);
  wait_for (f, "SELECT price = 2900 FROM product WHERE sku = 'KIT'");
  rungs_inspector_refresh (RUNGS_INSPECTOR (f->inspector));
  rungs_app_fixture_wait_for (GTK_WIDGET (f->inspector), "29.00");
}

static void
test_wrong (Fixture       *f,
            gconstpointer  data)
{
  AdwEntryRow *price = field (f, "29.00");
  AdwEntryRow *sku = field (f, "KIT");

  enter (f, price, "dear");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (price), "error"));
  rungs_inspector_refresh (RUNGS_INSPECTOR (f->inspector));
  rungs_app_fixture_settle (300);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (price)), ==, "dear");
  enter (f, price, "29.00");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (price), "error"));

  /* only the file knows that it is taken */
  enter (f, sku, "guide");
  rungs_app_fixture_settle (600);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (sku), "error"));
  g_assert_cmpint (rungs_app_store_ask (f->store, "SELECT count (*) FROM product"
                                                  " WHERE sku = 'KIT'"), ==, 1);
}

/* Two facets changed one after the other, the second while the first is on its way. */
static void
test_several (Fixture       *f,
              gconstpointer  data)
{
  AdwEntryRow *cost = field (f, "13.40");
  AdwEntryRow *rate = field (f, "10 %");

  enter (f, cost, "40");
  enter (f, rate, "12,5");
  wait_for (f, "SELECT cost = 4000 AND affiliate_rate = 1250 FROM product WHERE sku = 'KIT'");
  rungs_app_fixture_wait_for (GTK_WIDGET (f->inspector), "12.5 %");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (cost), "warning"));
  enter (f, cost, "");
  wait_for (f, "SELECT cost IS NULL FROM product WHERE sku = 'KIT'");
}

/* What is being entered when another product is shown is not lost, and goes to the right one. */
static void
test_change_of_product (Fixture       *f,
                        gconstpointer  data)
{
  AdwEntryRow *name = field (f, "Home Starter Kit");

  gtk_widget_grab_focus (GTK_WIDGET (name));
  gtk_editable_set_text (GTK_EDITABLE (name), "Big Kit");
  rungs_inspector_set_thing (RUNGS_INSPECTOR (f->inspector),
                             rungs_app_store_ask (f->store,
                                                  "SELECT id FROM product WHERE sku = 'GUIDE'"));
  wait_for (f, "SELECT name = 'Big Kit' FROM product WHERE sku = 'KIT'");
  rungs_app_fixture_wait_for (GTK_WIDGET (f->inspector), "Ten Glazes That Never Fail");
  g_assert_cmpint (rungs_app_store_ask (f->store, "SELECT count (*) FROM product"
                                                  " WHERE name = 'Big Kit'"), ==, 1);
}

static void
test_letters (Fixture       *f,
              gconstpointer  data)
{
  GtkWidget *row = rungs_app_fixture_wait_for (GTK_WIDGET (f->inspector), "The kit on one page");
  GtkWidget *form;
  GtkWidget *address;

  row = gtk_widget_get_ancestor (row, ADW_TYPE_ACTION_ROW);
  g_signal_emit_by_name (row, "activated");
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  form = rungs_app_fixture_find_form (NULL);
  address = rungs_app_fixture_wait_for (form, "https://quaylane.example/kit");
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_ancestor (address, ADW_TYPE_ENTRY_ROW)),
                         "quaylane.example/box");
  rungs_form_agree (RUNGS_FORM (form));
  wait_for (f, "SELECT count (*) FROM sales_letter WHERE address = 'https://quaylane.example/box'");
  undo (f);
  wait_for (f, "SELECT count (*) FROM sales_letter WHERE address = 'https://quaylane.example/kit'");
}

static void
test_retire (Fixture       *f,
             gconstpointer  data)
{
  GtkWidget *stop = rungs_app_fixture_wait_for (GTK_WIDGET (f->inspector), "S_top Selling It");

  g_signal_emit_by_name (gtk_widget_get_ancestor (stop, GTK_TYPE_BUTTON), "clicked");
  wait_for (f, "SELECT retired_at IS NOT NULL FROM product WHERE sku = 'KIT'");
  rungs_app_fixture_wait_for (GTK_WIDGET (f->inspector), "S_ell It Again");
  undo (f);
  wait_for (f, "SELECT retired_at IS NULL FROM product WHERE sku = 'KIT'");
}

#define TEST(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  TEST ("/product-inspector/price", test_price);
  TEST ("/product-inspector/wrong", test_wrong);
  TEST ("/product-inspector/several", test_several);
  TEST ("/product-inspector/change-of-product", test_change_of_product);
  TEST ("/product-inspector/letters", test_letters);
  TEST ("/product-inspector/retire", test_retire);
  return g_test_run ();
}
