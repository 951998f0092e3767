/* test-inspector-window.c: from the list of the ladder an offer and a product open in a window with
 * all that is said of them; what is new is there at once, and its window says the rest. */

#include "ladder/rungs-inspector-window.h"

#include "ladder/rungs-ladder-list-view.h"
#include "ladder/rungs-ladder-page.h"
#include "ladder/rungs-offer-inspector.h"
#include "ladder/rungs-product-inspector.h"
#include "rungs-app-page.h"
#include "widgets/rungs-condition-row.h"
#include "widgets/rungs-rule-window.h"

#define RULE "{\"all\":[{\"field\":\"tag\",\"op\":\"has\",\"value\":\"wheel\"}]}"
#define WHEEL                                                                                      \
  "SELECT count (*) FROM lead_tag x JOIN tag t ON t.id = x.tag WHERE t.name = 'wheel'"
#define OFFERS "SELECT count (*) FROM offer WHERE retired_at IS NULL"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  RungsPage *page;
  GtkWidget *view;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->page = rungs_app_page_open (RUNGS_TYPE_LADDER_PAGE, "Ladder", &f->store, &f->window);
  rungs_page_show_target (f->page, "products");
  f->view = rungs_app_fixture_find_type (GTK_WIDGET (f->page), RUNGS_TYPE_LADDER_LIST_VIEW);
  rungs_app_fixture_wait_for (f->view, "Master Class Year");
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  rungs_app_page_close (f->page, f->store, f->window);
}

/* Returns: (nullable): what of the type there is in a window over another: the map behind has its
 * own. */
static GtkWidget *
find_in_windows (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *window = windows; window != NULL; window = window->next)
    {
      if (gtk_window_get_transient_for (window->data) != NULL
          && rungs_app_fixture_find_type (window->data, type) != NULL)
        return rungs_app_fixture_find_type (window->data, type);
    }
  return NULL;
}

static gboolean
is_shown (gpointer type)
{
  return find_in_windows (GPOINTER_TO_SIZE (type)) != NULL;
}

static gboolean
is_gone (gpointer type)
{
  return !is_shown (type);
}

static GtkWidget *
wait_for_one (GType type)
{
  rungs_app_fixture_wait (is_shown, GSIZE_TO_POINTER (type));
  return find_in_windows (type);
}

static void
close_it (GtkWidget *inspector)
{
  GType type = G_OBJECT_TYPE (inspector);

  gtk_window_close (GTK_WINDOW (gtk_widget_get_root (inspector)));
  rungs_app_fixture_wait (is_gone, GSIZE_TO_POINTER (type));
}

typedef struct
{
  RungsStore *store;
  const char *sql;
  gint64 answer;
} Question;

static gboolean
is_so (gpointer data)
{
  const Question *question = data;

  return rungs_app_store_ask (question->store, question->sql) == question->answer;
}

static void
comes (Fixture    *f,
       const char *sql,
       gint64      answer)
{
  Question question = { f->store, sql, answer };

  rungs_app_fixture_wait (is_so, &question);
}

/* Its condition is a rule, shown in words with for how many leads it holds, and edited there. */
static void
test_offer (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *words = g_strdup_printf ("Tags include “wheel”\n%" G_GINT64_FORMAT " leads",
                                            rungs_app_store_ask (f->store, WHEEL));
  gint64 offer = rungs_app_store_ask (f->store, "SELECT max (id) FROM offer");
  gint64 offers = rungs_app_store_ask (f->store, OFFERS);
  GtkWidget *inspector, *row;

  gtk_widget_activate_action (f->view, "ladder.edit-offer", "x", offer);
  inspector = wait_for_one (RUNGS_TYPE_OFFER_INSPECTOR);
  rungs_app_fixture_wait_for (inspector, "Refusals");
  row = rungs_app_fixture_find_type (inspector, RUNGS_TYPE_CONDITION_ROW);
  rungs_app_fixture_wait_for (row, "None: every lead");
  rungs_condition_row_set_rule (RUNGS_CONDITION_ROW (row), RULE);
  rungs_app_fixture_wait_for (row, words);
  rungs_condition_row_edit (RUNGS_CONDITION_ROW (row));
  gtk_widget_activate_action (wait_for_one (RUNGS_TYPE_RULE_WINDOW), "rule.agree", NULL);
  comes (f, "SELECT condition = '" RULE "' FROM offer WHERE id = (SELECT max (id) FROM offer)", 1);
  rungs_app_fixture_settle (300);
  g_signal_emit_by_name (gtk_widget_get_ancestor (
                           rungs_app_fixture_find (inspector, "_Remove Offer"), GTK_TYPE_BUTTON),
                         "clicked");
  comes (f, OFFERS, offers - 1);
  rungs_app_fixture_wait (is_gone, GSIZE_TO_POINTER (RUNGS_TYPE_OFFER_INSPECTOR));
}

/* What is offered already is not offered again. */
static void
test_new_offer (Fixture       *f,
                gconstpointer  data)
{
  gint64 kit = rungs_app_store_ask (f->store, "SELECT id FROM product WHERE sku = 'KIT'");
  gint64 offers = rungs_app_store_ask (f->store, OFFERS);
  GtkWidget *inspector;

  gtk_widget_activate_action (f->view, "ladder.add-offer", "x", kit);
  inspector = wait_for_one (RUNGS_TYPE_OFFER_INSPECTOR);
  comes (f, OFFERS, offers + 1);
  comes (f,
         "SELECT count (*) FROM offer o JOIN offer same ON same.from_product = o.from_product"
         "   AND same.to_product = o.to_product AND same.kind = o.kind AND same.id < o.id"
         " WHERE o.id = (SELECT max (id) FROM offer)",
         0);
  close_it (inspector);
  rungs_app_fixture_wait_for (GTK_WIDGET (f->page), "The offer was added");
  gtk_widget_activate_action (GTK_WIDGET (f->page), "page.undo", NULL);
  comes (f, OFFERS, offers);
}

static void
test_new_product (Fixture       *f,
                  gconstpointer  data)
{
  gint64 highest = rungs_app_store_ask (f->store, "SELECT max (rung) FROM product");
  GtkWidget *inspector;

  rungs_page_do_main_action (f->page);
  inspector = wait_for_one (RUNGS_TYPE_PRODUCT_INSPECTOR);
  rungs_app_fixture_wait_for (inspector, "New product");
  comes (f, "SELECT rung FROM product WHERE name = 'New product'", highest + 1);
  close_it (inspector);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add ("/app/inspector-window/offer", Fixture, NULL, set_up, test_offer, tear_down);
  g_test_add ("/app/inspector-window/new-offer", Fixture, NULL, set_up, test_new_offer, tear_down);
  g_test_add ("/app/inspector-window/new-product", Fixture, NULL, set_up, test_new_product,
              tear_down);
  return g_test_run ();
}
