/* test-partner-flags.c: an order that is out of the ordinary stands in the details of a partner,
 * and is credited to nobody when it was seen what that takes back; and the texts that partners copy
 * are kept. */

#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-touch-store.h"
#include "partners/rungs-partner-flags.h"
#include "partners/rungs-partner-look-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-follow.h"
#include "partners/rungs-partners-page.h"
#include "partners/rungs-programme-store.h"
#include "partners/rungs-programmes-view.h"
#include "rungs-app-page.h"
#include "widgets/rungs-form.h"

#define CREDITED "SELECT count (*) FROM referral WHERE partner IS NOT NULL"

typedef struct
{
  RungsStore *store;
  RungsDb *reader;
  GtkWindow *window;
  RungsPage *page;
} Fixture;

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

static gint64
add_product (RungsDb  *db,
             GError  **error)
{
  g_autoptr (RungsProduct) product = rungs_product_new ();

  g_free (product->sku);
  g_free (product->name);
  product->sku = g_strdup ("KIT");
  product->name = g_strdup ("Kit");
  product->price = rungs_money (4000, "EUR");
  return rungs_product_add (db, product, 1, error);
}

/* Half of what it sells is the partner's; held. */
static gboolean
add_partner (RungsDb       *db,
             RungsPartner  *partner,
             GError       **error)
{
  g_autoptr (RungsTerms) terms
      = rungs_terms_parse ("{\"hold_days\": 30, \"rates\": [{\"rate\": 5000}]}", error);

  return rungs_partner_add (db, partner, 1, error) != 0
         && rungs_programme_add (db, "Friends", 1, error) != 0
         && rungs_programme_set_terms (db, 1, 0, terms, 1, error) != 0
         && rungs_programme_join (db, 1, partner->id, 1, error);
}

/* Anna buys by her own link. */
static gboolean
fill (RungsDb   *db,
      gpointer   data,
      GError   **error)
{
  gint64 now = g_get_real_time () / 1000;
  g_autoptr (RungsLead) lead = rungs_lead_new ();
  g_autoptr (RungsPartner) partner = rungs_partner_new ("Anna Berg", "EUR");
  g_autoptr (RungsPartnerLook) look = NULL;
  g_autoptr (RungsOrder) order = NULL;
  gint64 product = add_product (db, error);

  g_free (lead->email);
  lead->email = g_strdup ("anna@example.com");
  partner->lead = rungs_lead_add (db, lead, "by hand", 1, error);
  if (product == 0 || partner->lead == 0 || !add_partner (db, partner, error)
      || rungs_touch_add (db, partner->lead, partner->source, RUNGS_PATH_DIRECT, now - 1000, NULL,
                          error)
             == 0)
    return FALSE;
  order = rungs_order_new (partner->lead, now);
  rungs_order_add_line (order, product, 1, RUNGS_AMOUNT_DEFAULT);
  if (rungs_order_add (db, order, now, error) == 0 || !rungs_partners_follow (db, now, error))
    return FALSE;
  look = rungs_partner_look (db, 10, now + 24 * 60 * 60 * 1000, error);
  return look != NULL && rungs_partner_look_keep (db, look, now, error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  target)
{
  fixture->page
      = rungs_app_page_open_filled (RUNGS_TYPE_PARTNERS_PAGE, fill, target, &fixture->store,
                                    &fixture->reader, &fixture->window);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->reader, rungs_db_close);
  rungs_app_page_close (fixture->page, fixture->store, fixture->window);
}

static GtkWidget *
find_flags (Fixture *fixture)
{
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->page), "To Look At");
  return rungs_app_fixture_find_type (GTK_WIDGET (fixture->page), RUNGS_TYPE_PARTNER_FLAGS);
}

static gboolean
is_asked (gpointer data)
{
  return rungs_app_fixture_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

/* What would be taken back is seen first, and nothing is before. */
static void
test_nobody (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *flags = find_flags (fixture);
  GtkWidget *question;

  g_assert_true (gtk_widget_activate_action (flags, "flags.nobody", "x", G_GINT64_CONSTANT (1)));
  rungs_app_fixture_wait (is_asked, NULL);
  question = rungs_app_fixture_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (question)), ==,
                   "The ledger takes back what it earned. Out of what is held: €20.00.");
  g_assert_cmpint (rungs_app_store_ask (fixture->store, CREDITED), ==, 1);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "agree");
  wait_for (fixture, CREDITED, 0);
  g_assert_cmpint (rungs_app_store_ask (fixture->store,
                                        "SELECT sum (p.amount) FROM posting p"
                                        "  JOIN ledger_account a ON a.id = p.account"
                                        " WHERE a.state = 'held'"),
                   ==, 0);
}

static void
test_texts (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *view = NULL, *form, *text;

  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->page), "Friends");
  view = rungs_app_fixture_find_type (GTK_WIDGET (fixture->page), RUNGS_TYPE_PROGRAMMES_VIEW);
  rungs_app_fixture_settle (500);
  g_assert_true (gtk_widget_activate_action (view, "programmes.texts", NULL));
  rungs_app_fixture_wait (rungs_app_fixture_has_form, (gpointer) "Texts to Copy");
  form = rungs_app_fixture_find_form ("Texts to Copy");
  text = rungs_app_fixture_find_type (form, GTK_TYPE_TEXT_VIEW);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)),
                            "# For your list\nLook at {{link}}", -1);
  rungs_form_agree (RUNGS_FORM (form));
  rungs_app_fixture_wait (rungs_app_fixture_has_no_form, (gpointer) "Texts to Copy");
  g_assert_cmpint (rungs_app_store_ask (fixture->store,
                                        "SELECT count (*) FROM programme_material"
                                        " WHERE texts LIKE '%Look at {{link}}%'"),
                   ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/partners/flags/nobody", Fixture, "partners:1", set_up, test_nobody, tear_down);
  g_test_add ("/partners/flags/texts", Fixture, "programmes:1", set_up, test_texts, tear_down);
  return g_test_run ();
}
