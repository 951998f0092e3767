/* test-partner-page.c: what stands on the private page of a partner, and when it is made anew. */

#include <string.h>

#include "base/rungs-error.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-source-link-store.h"
#include "leads/rungs-touch-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-partner-page-store.h"
#include "partners/rungs-partner-status-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-follow.h"
#include "partners/rungs-payout-store.h"
#include "partners/rungs-programme-store.h"
#include "partners/rungs-referral-store.h"
#include "rungs-fixture.h"
#include "web/rungs-web-partner-pages.h"
#include "web/rungs-web-visit-store.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define EVIL "<script>\"'&{{link}}</title>"

static gint64
add_partner (RungsFixture *fixture,
             RungsDb      *db,
             const char   *name,
             const char   *language)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");

  rungs_partner_set (&partner->language, language);
  rungs_partner_set (&partner->email, "secret-mail@example.com");
  rungs_partner_set (&partner->note, "secret note");
  g_assert_cmpint (rungs_partner_add (db, partner, rungs_fixture_now (fixture), &error), >, 0);
  g_assert_no_error (error);
  return partner->id;
}

static gint64
join (RungsDb *db,
      gint64   partner)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms
      = rungs_terms_parse ("{\"hold_days\": 10, \"rates\": [{\"rate\": 5000}]}", &error);
  gint64 programme = rungs_programme_add (db, "Friends", 1, &error);

  g_assert_cmpint (rungs_programme_set_terms (db, programme, 0, terms, 1, &error), >, 0);
  g_assert_true (rungs_programme_join (db, programme, partner, 0, &error));
  g_assert_no_error (error);
  return programme;
}

static gint64
sell (RungsFixture *fixture,
      RungsDb      *db,
      gint64        lead,
      gint64        partner,
      const char   *sku)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) who = rungs_partner_load (db, partner, &error);
  gint64 now = rungs_fixture_now (fixture);
  gint64 order;

  g_assert_cmpint (rungs_touch_add (db, lead, who->source, RUNGS_PATH_DIRECT, now, NULL, &error),
                   >, 0);
  order = rungs_fixture_add_order (fixture, lead, rungs_fixture_add_product (fixture, sku, 4900));
  g_assert_true (rungs_partners_follow (db, now, &error));
  g_assert_no_error (error);
  return order;
}

/* A free book is no sale. */
static void
give_away (RungsFixture *fixture,
           RungsDb      *db,
           gint64        lead,
           gint64        partner)
{
  g_autoptr (GError) error = NULL;
  gint64 order = rungs_fixture_add_order (fixture, lead,
                                          rungs_fixture_add_product (fixture, "FREE", 0));
  gint64 now = rungs_fixture_now (fixture);

  g_assert_true (rungs_partners_follow (db, now, &error));
  g_assert_true (rungs_referral_set (db, order, partner, now, &error));
  g_assert_no_error (error);
}

static void
link_and_visit (RungsDb    *db,
                gint64      partner,
                gboolean    machine)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) who = rungs_partner_load (db, partner, &error);
  g_autoptr (RungsSourceLink) link
      = rungs_source_link_new (who->source, "anna", "https://shop.example/");
  RungsWebVisits visits = { .day = "2026-01-05", .path = "/r/anna", .variant = "", .code = "anna",
                            .machine = machine, .n = machine ? 70 : 7 };

  g_assert_true (rungs_source_link_save (db, link, &error));
  g_assert_true (rungs_web_visit_add (db, &visits, 100, &error));
  g_assert_no_error (error);
}

static char *
open_page (RungsFixture *fixture,
           RungsDb      *db,
           gint64        partner,
           gboolean      anew)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartnerPagePlace) place = NULL;

  g_assert_true (
      rungs_partner_page_open (db, partner, anew, rungs_fixture_now (fixture), &error));
  g_assert_no_error (error);
  place = rungs_partner_page_load (db, partner, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (place->token), >=, 22);
  return g_strdup (place->html);
}

static void
assert_has (const char *html,
            const char *text)
{
  if (strstr (html, text) == NULL)
    g_error ("“%s” is not in: %s", text, html);
}

static void
assert_lacks (const char *html,
              const char *text)
{
  if (strstr (html, text) != NULL)
    g_error ("“%s” is in: %s", text, html);
}

static void
test_facts (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_partner (fixture, db, "Anna", "en");
  gint64 lead = rungs_fixture_add_lead (fixture, "buyer@example.com", "Berta Buyer");
  RungsPayoutRequest request = { .currency = "EUR", .until = G_MAXINT64 };
  g_autofree char *html = NULL;
  gint64 programme = join (db, anna);
  gint64 order, payout, released;

  link_and_visit (db, anna, FALSE);
  link_and_visit (db, anna, TRUE);
  g_assert_true (rungs_programme_texts_save (
      db, programme, "# Short\nTry {{link}} & be happy\n---\nSecond text", 1, &error));
  sell (fixture, db, lead, anna, "A");
  rungs_fixture_pass (fixture, 20 * DAY);
  g_assert_true (
      rungs_commissions_release (db, rungs_fixture_now (fixture), 0, &released, &error));
  g_assert_no_error (error);
  payout = rungs_payout_make (db, &request, rungs_fixture_now (fixture), &error);
  g_assert_no_error (error);
  g_assert_true (rungs_payout_mark (db, payout, anna, RUNGS_PAYOUT_PAID,
                                    rungs_fixture_now (fixture), &error));
  order = sell (fixture, db, lead, anna, "C");
  g_assert_cmpint (rungs_refund_add (db, order, 0, 900, "", rungs_fixture_now (fixture),
                                     rungs_fixture_now (fixture), &error), >, 0);
  g_assert_true (rungs_partners_follow (db, rungs_fixture_now (fixture), &error));
  g_assert_no_error (error);

  give_away (fixture, db, lead, anna);

  html = open_page (fixture, db, anna, FALSE);
  assert_has (html, "<html lang=\"en\">");
  assert_has (html, "value=\"/r/anna\"");
  /* machines apart */
  assert_has (html, "<th scope=\"row\" class=\"d\">2026-01</th><td class=\"n\">7</td>");
  assert_has (html, "98.00 EUR");  /* sold in all */
  assert_has (html, "9.00 EUR");   /* given back */
  assert_has (html, "24.50 EUR");  /* paid */
  assert_has (html, "20.00 EUR");  /* held: half of what was kept */
  assert_has (html, "held until ");
  assert_has (html, ">paid</td>");
  assert_has (html, "Payout 1");
  assert_has (html, "50 %");
  assert_has (html, "<label>Short<textarea readonly rows=\"3\">\n"
                    "Try /r/anna &amp; be happy</textarea>");
  assert_has (html, "<label>Text 2<textarea readonly rows=\"3\">\nSecond text</textarea>");
  assert_lacks (html, "FREE");
  /* nobody's data */
  assert_lacks (html, "Berta");
  assert_lacks (html, "buyer@");
  assert_lacks (html, "secret");
  g_assert_cmpuint (strlen (html), <, 12000);
}

static void
test_hostile (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 evil = add_partner (fixture, db, EVIL, "de-AT");
  gint64 lead = rungs_fixture_add_lead (fixture, "b@example.com", "B");
  gint64 programme = join (db, evil);
  g_autofree char *html = NULL;

  g_assert_true (rungs_programme_texts_save (db, programme, "# " EVIL "\n</textarea>" EVIL, 1,
                                             &error));
  sell (fixture, db, lead, evil, EVIL);
  html = open_page (fixture, db, evil, FALSE);
  assert_has (html, "<html lang=\"de\">");
  assert_has (html, "Ihr Guthaben");
  assert_has (html, "24,50 EUR");
  assert_has (html, "&lt;script&gt;&quot;&apos;&amp;");
  assert_lacks (html, "<script");
  assert_lacks (html, "<script>\"");
  g_assert_cmpstr (strstr (strstr (html, "</title>") + 1, "</title>"), ==, NULL);
  g_assert_cmpstr (strstr (strstr (html, "</textarea>") + 1, "</textarea>"), ==, NULL);
}

/* Who is paused is told so, and that what was earned is paid; who has only applied has none. */
static void
test_paused (RungsFixture *fixture,
             RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_partner (fixture, db, "Anna", "en");
  gint64 kim = add_partner (fixture, db, "Kim", "en");
  g_autofree char *active = open_page (fixture, db, anna, FALSE);
  g_autofree char *paused = NULL;

  assert_lacks (active, "is paused");
  g_assert_true (rungs_partner_set_status (db, anna, RUNGS_PARTNER_PAUSED, NULL, 5, &error));
  paused = open_page (fixture, db, anna, FALSE);
  assert_has (paused, "Your participation is paused");
  g_assert_true (rungs_partner_apply (db, kim, 5, &error));
  g_assert_false (rungs_partner_page_open (db, kim, FALSE, 5, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

/* However much there is, the page is small. */
static void
test_small (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_partner (fixture, db, "Anna", "en");
  gint64 lead = rungs_fixture_add_lead (fixture, "b@example.com", "B");
  g_autofree char *long_name = g_strnfill (1500, 'x');
  g_autofree char *texts = g_strnfill (RUNGS_PARTNER_TEXTS_MOST, 'y');
  g_autofree char *more = g_strconcat (texts, "&", NULL);
  gint64 programme = join (db, anna);
  g_autofree char *html = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *sku = g_strdup_printf ("%s%u", long_name, i);

      sell (fixture, db, lead, anna, sku);
    }
  g_assert_true (rungs_programme_texts_save (db, programme, texts, 1, &error));
  g_assert_false (rungs_programme_texts_save (db, programme, more, 1, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  html = open_page (fixture, db, anna, FALSE);
  g_assert_cmpuint (strlen (html), <=, RUNGS_PARTNER_PAGE_MOST);
  assert_has (html, texts);
}

static RungsPartnerPagePlace *
load (RungsDb *db,
      gint64   partner)
{
  g_autoptr (GError) error = NULL;
  RungsPartnerPagePlace *place = rungs_partner_page_load (db, partner, &error);

  g_assert_no_error (error);
  return place;
}

/* Opening is a write of its own; refreshing begins one where it has to. */
typedef struct
{
  gint64 partner;
  gint64 now;
} Opening;

static gboolean
open_cb (RungsDb  *db,
         gpointer  data,
         GError  **error)
{
  const Opening *opening = data;

  return rungs_partner_page_open (db, opening->partner, FALSE, opening->now, error);
}

static gboolean
sell_cb (RungsDb  *db,
         gpointer  data,
         GError  **error)
{
  gpointer *of = data;

  sell (of[0], db, *(gint64 *) of[1], *(gint64 *) of[2], "A");
  return TRUE;
}

static gboolean
add_cb (RungsDb  *db,
        gpointer  data,
        GError  **error)
{
  gpointer *of = data;

  *(gint64 *) of[1] = rungs_fixture_add_lead (of[0], "b@example.com", "B");
  *(gint64 *) of[2] = add_partner (of[0], db, "Anna", "en");
  join (db, *(gint64 *) of[2]);
  return TRUE;
}

static gboolean
end_cb (RungsDb  *db,
        gpointer  data,
        GError  **error)
{
  return rungs_partner_set_status (db, *(gint64 *) data, RUNGS_PARTNER_ENDED, NULL, 5, error);
}

/* Made anew where it says something else, or a day later; what the relay has is known. */
static void
test_refresh (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  RungsDb *db = fixture->db;
  g_autoptr (GError) error = NULL;
  gint64 lead = 0, anna = 0;
  gpointer of[] = { fixture, &lead, &anna };
  Opening opening;
  g_autofree char *first_stamp = NULL;
  g_autofree char *stamp = NULL;
  g_autofree char *none = NULL;
  g_autofree char *json = NULL;
  g_autofree char *key = NULL;
  g_autofree char *first = NULL;

  g_assert_true (rungs_db_write (db, add_cb, of, &error));
  json = rungs_web_partner_pages_dup (db, &none, &error);
  g_assert_cmpstr (none, ==, "");
  g_clear_pointer (&json, g_free);
  opening = (Opening){ anna, rungs_fixture_now (fixture) };
  g_assert_true (rungs_db_write (db, open_cb, &opening, &error));
  {
    g_autoptr (RungsPartnerPagePlace) place = load (db, anna);

    first = g_strdup (place->token);
    key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, first, -1);
    g_assert_null (place->address);
    g_assert_cmpint (place->put_at, ==, 0);
  }
  json = rungs_web_partner_pages_dup (db, &first_stamp, &error);
  assert_has (json, key);
  assert_lacks (json, first); /* the relay does not learn the address */
  g_assert_true (rungs_partner_pages_note_put (db, opening.now, &error));

  rungs_fixture_pass (fixture, 1000);
  g_assert_true (rungs_partner_pages_refresh (db, opening.now + 1000, &error));
  {
    g_autoptr (RungsPartnerPagePlace) place = load (db, anna);

    g_assert_cmpint (place->made_at, ==, opening.now); /* nothing new */
    g_assert_cmpint (place->put_at, ==, opening.now);
  }
  g_assert_true (rungs_partner_pages_refresh (db, opening.now + DAY, &error));
  {
    g_autoptr (RungsPartnerPagePlace) place = load (db, anna);

    g_assert_cmpint (place->made_at, ==, opening.now + DAY);
    g_assert_cmpint (place->put_at, ==, 0);
  }
  g_assert_true (rungs_db_write (db, sell_cb, of, &error));
  g_assert_true (rungs_partner_pages_refresh (db, opening.now + DAY + 5, &error));
  {
    g_autoptr (RungsPartnerPagePlace) place = load (db, anna);

    g_assert_cmpint (place->made_at, ==, opening.now + DAY + 5);
    assert_has (place->html, "24.50 EUR");
    g_assert_cmpstr (place->token, ==, first);
  }
  g_clear_pointer (&json, g_free);
  json = rungs_web_partner_pages_dup (db, &stamp, &error);
  g_assert_cmpstr (stamp, !=, first_stamp);

  g_assert_true (rungs_db_write (db, end_cb, &anna, &error));
  g_clear_pointer (&json, g_free);
  g_clear_pointer (&stamp, g_free);
  json = rungs_web_partner_pages_dup (db, &stamp, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (stamp, ==, "");
  assert_lacks (json, key);
  {
    g_autoptr (RungsPartnerPagePlace) place = load (db, anna);

    g_assert_true (place->is_off);
  }
}

static void
test_address (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_partner (fixture, db, "Anna", "");
  g_autofree char *html = open_page (fixture, db, anna, FALSE);
  g_autoptr (RungsPartnerPagePlace) first = load (db, anna);
  g_autofree char *again = open_page (fixture, db, anna, FALSE);
  g_autoptr (RungsPartnerPagePlace) second = load (db, anna);
  g_autofree char *anew = open_page (fixture, db, anna, TRUE);
  g_autoptr (RungsPartnerPagePlace) third = load (db, anna);

  assert_has (html, "There are no sales yet.");
  assert_has (html, "<html lang=\"en\">");
  g_assert_cmpstr (first->token, ==, second->token);
  g_assert_cmpstr (first->token, !=, third->token);
  g_assert_true (rungs_partner_page_close (db, anna, &error));
  g_assert_null (rungs_partner_page_load (db, anna, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (rungs_partner_page_close (db, anna, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partner-page/facts", test_facts);
  rungs_fixture_add_test ("/partner-page/hostile", test_hostile);
  rungs_fixture_add_test ("/partner-page/paused", test_paused);
  rungs_fixture_add_test ("/partner-page/small", test_small);
  rungs_fixture_add_test ("/partner-page/address", test_address);
  g_test_add_func ("/partner-page/refresh", test_refresh);
  return g_test_run ();
}
