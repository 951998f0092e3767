/* test-flags.c: what is out of the ordinary with a partner's orders is found with its evidence,
 * what is nearly so is not, and what a person said of it holds until there is much more. */

#include "ladder/rungs-coupon-store.h"
#include "ladder/rungs-order-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-touch-store.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-partner-look-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-follow.h"
#include "partners/rungs-payout-store.h"
#include "partners/rungs-programme-store.h"
#include "partners/rungs-referral-store.h"
#include "rungs-fixture.h"

#define SECOND (G_GINT64_CONSTANT (1000))
#define HOUR (60 * 60 * SECOND)
#define DAY (24 * HOUR)

static gint64
add_partner (RungsFixture *fixture,
             RungsDb      *db,
             const char   *name,
             const char   *email,
             const char   *phone,
             gint64        lead)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");

  rungs_partner_set (&partner->email, email);
  rungs_partner_set (&partner->phone, phone);
  partner->lead = lead;
  g_assert_cmpint (rungs_partner_add (db, partner, rungs_fixture_now (fixture), &error), >, 0);
  g_assert_no_error (error);
  return partner->id;
}

static void
set_text (RungsDb    *db,
          gint64      lead,
          const char *column,
          const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLead) row = rungs_lead_load (db, lead, &error);

  g_assert_true (rungs_lead_set (row, column, text));
  g_assert_true (rungs_lead_save (db, row, 5, &error));
  g_assert_no_error (error);
}

/* A new lead, "b1@example.com" …, named "Buyer". */
static gint64
add_buyer (RungsFixture *fixture)
{
  gint64 n = rungs_fixture_number (fixture, "SELECT count (*) FROM lead");
  g_autofree char *email = g_strdup_printf ("b%d@example.com", (int) n);

  return rungs_fixture_add_lead (fixture, email, "Buyer");
}

static gint64
source_of (RungsDb *db,
           gint64   partner)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) who = rungs_partner_load (db, partner, &error);

  g_assert_no_error (error);
  return who->source;
}

static void
touch (RungsDb *db,
       gint64   lead,
       gint64   source,
       gint64   at)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rungs_touch_add (db, lead, source, RUNGS_PATH_DIRECT, at, NULL, &error), >, 0);
}

/* An order of the lead, now, with the text of a coupon; an hour later the next. */
static gint64
order (RungsFixture *fixture,
       RungsDb      *db,
       gint64        lead,
       const char   *coupon)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsOrder) placed = rungs_order_new (lead, rungs_fixture_now (fixture));
  gint64 product = rungs_fixture_number (fixture, "SELECT coalesce (max (id), 0) FROM product");
  gint64 id;

  if (product == 0)
    product = rungs_fixture_add_product (fixture, "A", 10000);
  rungs_order_add_line (placed, product, 1, RUNGS_AMOUNT_DEFAULT);
  g_free (placed->coupon);
  placed->coupon = g_strdup (coupon);
  id = rungs_order_add (db, placed, rungs_fixture_now (fixture), &error);
  g_assert_no_error (error);
  g_assert_true (rungs_partners_follow (db, rungs_fixture_now (fixture), &error));
  g_assert_no_error (error);
  rungs_fixture_pass (fixture, HOUR);
  return id;
}

/* The lead follows the partner's link, and orders `span` later. */
static gint64
click_and_order (RungsFixture *fixture,
                 RungsDb      *db,
                 gint64        partner,
                 gint64        lead,
                 gint64        span)
{
  touch (db, lead, source_of (db, partner), rungs_fixture_now (fixture) - span);
  return order (fixture, db, lead, "");
}

static void
sell_many (RungsFixture *fixture,
           RungsDb      *db,
           gint64        partner,
           guint         n,
           gint64        span)
{
  for (guint i = 0; i < n; i++)
    click_and_order (fixture, db, partner, add_buyer (fixture), span + i * SECOND);
}

static void
give_back (RungsFixture *fixture,
           RungsDb      *db,
           gint64        of)
{
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (fixture);

  g_assert_cmpint (rungs_refund_add (db, of, 0, RUNGS_AMOUNT_DEFAULT, "", now, now, &error), >, 0);
  g_assert_true (rungs_partners_follow (db, now, &error));
  g_assert_no_error (error);
}

static void
sell_and_give_back (RungsFixture *fixture,
                    RungsDb      *db,
                    gint64        partner,
                    guint         n)
{
  for (guint i = 0; i < n; i++)
    give_back (fixture, db,
               click_and_order (fixture, db, partner, add_buyer (fixture), (i + 2) * HOUR));
}

/* What there is of that kind; NULL: nothing. */
static RungsPartnerFlag *
find (RungsFixture         *fixture,
      RungsDb              *db,
      gint64                partner,
      RungsPartnerFlagKind  kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) flags
      = rungs_partner_flags_find (db, partner, NULL, rungs_fixture_now (fixture), &error);

  g_assert_no_error (error);
  for (guint i = 0; i < flags->len; i++)
    if (((RungsPartnerFlag *) flags->pdata[i])->kind == kind)
      return g_ptr_array_steal_index (flags, i);
  return NULL;
}

static void
assert_none (RungsFixture *fixture,
             RungsDb      *db,
             gint64        partner)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) flags
      = rungs_partner_flags_find (db, partner, NULL, rungs_fixture_now (fixture), &error);

  g_assert_no_error (error);
  if (flags->len > 0)
    {
      g_autofree char *words = rungs_partner_flag_dup_words (flags->pdata[0]);

      g_assert_cmpstr (words, ==, "");
    }
}

static const RungsPartnerFlagCase *
case_of (RungsPartnerFlag *flag,
         guint             i)
{
  return &g_array_index (flag->cases, RungsPartnerFlagCase, i);
}

/* ---- the partner itself, and its household */

static void
test_self (RungsFixture *fixture,
           RungsDb      *db)
{
  gint64 own = rungs_fixture_add_lead (fixture, "anna@example.com", "Anna");
  gint64 alias = rungs_fixture_add_lead (fixture, "jo+shop@example.com", "Jo");
  gint64 called = rungs_fixture_add_lead (fixture, "x@example.com", "Kim");
  gint64 anna = add_partner (fixture, db, "Anna", "", "", own);
  gint64 jo = add_partner (fixture, db, "Jo", "Jo@Example.com", "", 0);
  gint64 kim = add_partner (fixture, db, "Kim", "", "030 1234567", 0);
  g_autoptr (RungsPartnerFlag) by_lead = NULL, by_email = NULL, by_phone = NULL;
  g_autofree char *words = NULL;
  gint64 id, since = rungs_fixture_now (fixture);

  id = click_and_order (fixture, db, anna, own, HOUR);
  click_and_order (fixture, db, anna, add_buyer (fixture), HOUR);
  by_lead = find (fixture, db, anna, RUNGS_PARTNER_FLAG_SELF);
  g_assert_nonnull (by_lead);
  g_assert_cmpuint (by_lead->cases->len, ==, 1);
  g_assert_cmpint (case_of (by_lead, 0)->order, ==, id);
  g_assert_cmpint (case_of (by_lead, 0)->why, ==, RUNGS_PARTNER_FLAG_BY_LEAD);
  g_assert_cmpint (by_lead->of, ==, 2);
  g_assert_cmpint (rungs_partner_flag_since (by_lead), ==, since);
  words = rungs_partner_flag_dup_words (by_lead);
  g_assert_true (g_str_has_prefix (words, "Orders of the partner’s own: 1 of 2 (50 %). Found by:"));

  click_and_order (fixture, db, jo, alias, HOUR);
  by_email = find (fixture, db, jo, RUNGS_PARTNER_FLAG_SELF);
  g_assert_nonnull (by_email);
  g_assert_cmpint (case_of (by_email, 0)->why, ==, RUNGS_PARTNER_FLAG_BY_EMAIL);

  set_text (db, called, "phone", "+49 30 / 12345-67");
  click_and_order (fixture, db, kim, called, HOUR);
  by_phone = find (fixture, db, kim, RUNGS_PARTNER_FLAG_SELF);
  g_assert_nonnull (by_phone);
  g_assert_cmpint (case_of (by_phone, 0)->why, ==, RUNGS_PARTNER_FLAG_BY_PHONE);
}

/* Nobody's own: another address of the same domain, a number that ends alike, an order of the
 * partner that is credited to somebody else. */
static void
test_nearly_self (RungsFixture *fixture,
                  RungsDb      *db)
{
  gint64 own = rungs_fixture_add_lead (fixture, "anna@example.com", "Anna");
  gint64 near = rungs_fixture_add_lead (fixture, "anna2@example.com", "Anna");
  gint64 anna = add_partner (fixture, db, "Anna", "", "030 1234567", own);
  gint64 jo = add_partner (fixture, db, "Jo", "", "", 0);

  set_text (db, near, "phone", "040 1234567");
  click_and_order (fixture, db, anna, near, HOUR);
  click_and_order (fixture, db, jo, own, HOUR);
  assert_none (fixture, db, anna);
  assert_none (fixture, db, jo);
}

static void
move_in (RungsDb    *db,
         gint64      lead,
         const char *last_name,
         const char *street,
         const char *postcode)
{
  set_text (db, lead, "last_name", last_name);
  set_text (db, lead, "street", street);
  set_text (db, lead, "postcode", postcode);
}

static void
test_household (RungsFixture *fixture,
                RungsDb      *db)
{
  gint64 own = rungs_fixture_add_lead (fixture, "anna@example.com", "Anna");
  gint64 same = add_buyer (fixture), named = add_buyer (fixture), called = add_buyer (fixture);
  gint64 anna = add_partner (fixture, db, "Anna Berg", "anna@example.com", "030 1234567", 0);
  g_autoptr (RungsPartnerFlag) flag = NULL;

  move_in (db, own, "Berg", "Hauptstraße 5", "10115");
  move_in (db, same, "Tal", "HAUPTSTR. 5", "10115");
  move_in (db, named, "BERG", "Nebenweg 1", "10115");
  set_text (db, called, "phone", "(030) 1234567");
  click_and_order (fixture, db, anna, same, HOUR);
  click_and_order (fixture, db, anna, named, HOUR);
  click_and_order (fixture, db, anna, called, HOUR);
  flag = find (fixture, db, anna, RUNGS_PARTNER_FLAG_HOUSEHOLD);
  g_assert_nonnull (flag);
  g_assert_cmpuint (flag->cases->len, ==, 3);
  g_assert_cmpint (case_of (flag, 0)->why, ==, RUNGS_PARTNER_FLAG_BY_OTHER);
  g_assert_cmpint (case_of (flag, 1)->why, ==, RUNGS_PARTNER_FLAG_BY_NAME);
  g_assert_cmpint (case_of (flag, 2)->why, ==, RUNGS_PARTNER_FLAG_BY_ADDRESS);
  g_assert_null (find (fixture, db, anna, RUNGS_PARTNER_FLAG_SELF));
}

/* Another town's Hauptstraße, the next house, the same name elsewhere, nothing known at all. */
static void
test_nearly_household (RungsFixture *fixture,
                       RungsDb      *db)
{
  gint64 own = rungs_fixture_add_lead (fixture, "anna@example.com", "Anna");
  gint64 town = add_buyer (fixture), house = add_buyer (fixture), name = add_buyer (fixture);
  gint64 anna = add_partner (fixture, db, "Anna Berg", "", "", own);

  move_in (db, own, "Berg", "Hauptstraße 5", "10115");
  move_in (db, town, "Tal", "Hauptstraße 5", "20095");
  move_in (db, house, "Tal", "Hauptstraße 7", "10115");
  move_in (db, name, "Berg", "Nebenweg 1", "20095");
  click_and_order (fixture, db, anna, town, HOUR);
  click_and_order (fixture, db, anna, house, HOUR);
  click_and_order (fixture, db, anna, name, HOUR);
  click_and_order (fixture, db, anna, add_buyer (fixture), HOUR);
  assert_none (fixture, db, anna);
}

/* ---- coupons */

static gint64
add_coupon (RungsFixture *fixture,
            RungsDb      *db,
            gint64        partner)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsCoupon) coupon = rungs_coupon_new ();

  rungs_coupon_set (&coupon->code, "ANNA10");
  coupon->source = source_of (db, partner);
  g_assert_cmpint (rungs_coupon_add (db, coupon, rungs_fixture_now (fixture), &error), >, 0);
  g_assert_no_error (error);
  return coupon->id;
}

/* `n` buyers with the coupon, the first `visits` of whom were led by the partner a day before. */
static void
sell_by_coupon (RungsFixture *fixture,
                RungsDb      *db,
                gint64        partner,
                guint         n,
                guint         visits)
{
  for (guint i = 0; i < n; i++)
    {
      gint64 lead = add_buyer (fixture);

      if (i < visits)
        touch (db, lead, source_of (db, partner), rungs_fixture_now (fixture) - DAY);
      order (fixture, db, lead, "anna10");
    }
}

static void
test_leaked (RungsFixture *fixture,
             RungsDb      *db)
{
  gint64 anna = add_partner (fixture, db, "Anna", "", "", 0);
  g_autoptr (RungsPartnerFlag) flag = NULL;
  g_autofree char *words = NULL;

  add_coupon (fixture, db, anna);
  sell_by_coupon (fixture, db, anna, 34, 3);
  flag = find (fixture, db, anna, RUNGS_PARTNER_FLAG_COUPON);
  g_assert_nonnull (flag);
  g_assert_cmpint (flag->of, ==, 34);
  g_assert_cmpint (flag->unvisited, ==, 31);
  g_assert_cmpuint (flag->cases->len, ==, 31);
  words = rungs_partner_flag_dup_words (flag);
  g_assert_cmpstr (words, ==,
                   "Buyers with a coupon of the partner: 34. With a visit from the partner before "
                   "the order: 3. Did it get about where everybody finds it?");
}

/* Buyers who were led by the partner, and came by way of a page of coupons in the end. */
static void
test_found_elsewhere (RungsFixture *fixture,
                      RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 anna = add_partner (fixture, db, "Anna", "", "", 0);
  gint64 deals = rungs_source_ensure (db, RUNGS_SOURCE_OTHER, "Deals", 5, &error);
  g_autoptr (RungsPartnerFlag) flag = NULL;

  add_coupon (fixture, db, anna);
  for (guint i = 0; i < 12; i++)
    {
      gint64 lead = add_buyer (fixture);

      touch (db, lead, source_of (db, anna), rungs_fixture_now (fixture) - DAY);
      touch (db, lead, deals, rungs_fixture_now (fixture) - 5 * 60 * SECOND);
      order (fixture, db, lead, "ANNA10");
    }
  flag = find (fixture, db, anna, RUNGS_PARTNER_FLAG_COUPON);
  g_assert_nonnull (flag);
  g_assert_cmpint (flag->unvisited, ==, 0);
  g_assert_cmpint (flag->elsewhere, ==, 12);
  g_assert_cmpstr (flag->sources, ==, "Deals (12)");
}

/* Few; as many with a visit as without; one buyer who comes again and again. */
static void
test_nearly_leaked (RungsFixture *fixture,
                    RungsDb      *db)
{
  gint64 anna = add_partner (fixture, db, "Anna", "", "", 0);
  gint64 lead = add_buyer (fixture);

  add_coupon (fixture, db, anna);
  sell_by_coupon (fixture, db, anna, 8, 0);
  assert_none (fixture, db, anna);
  sell_by_coupon (fixture, db, anna, 12, 10);
  assert_none (fixture, db, anna);
  for (guint i = 0; i < 20; i++)
    order (fixture, db, lead, "ANNA10");
  assert_none (fixture, db, anna);
}

/* ---- refunds */

static void
test_refunds (RungsFixture *fixture,
              RungsDb      *db)
{
  gint64 anna = add_partner (fixture, db, "Anna", "", "", 0);
  gint64 jo = add_partner (fixture, db, "Jo", "", "", 0);
  g_autoptr (RungsPartnerFlag) flag = NULL;
  g_autofree char *words = NULL;

  sell_many (fixture, db, jo, 58, 2 * HOUR);
  sell_and_give_back (fixture, db, jo, 2);
  sell_many (fixture, db, anna, 11, 2 * HOUR);
  sell_and_give_back (fixture, db, anna, 9);
  flag = find (fixture, db, anna, RUNGS_PARTNER_FLAG_REFUNDS);
  g_assert_nonnull (flag);
  g_assert_cmpuint (flag->cases->len, ==, 9);
  g_assert_cmpint (flag->of, ==, 20);
  g_assert_cmpint (flag->others, ==, 2);
  g_assert_cmpint (flag->others_of, ==, 60);
  words = rungs_partner_flag_dup_words (flag);
  g_assert_true (g_str_has_prefix (
      words, "Orders given back: 9 of 20 (45 %); of all other orders 2 of 60 (3 %). Chance alone "
             "brings that about once in "));
  assert_none (fixture, db, jo);
}

/* No others to hold it against; a share that is higher, as chance has it; a small sample, however
 * bad. */
static void
test_nearly_refunds (RungsFixture *fixture,
                     RungsDb      *db)
{
  gint64 anna = add_partner (fixture, db, "Anna", "", "", 0);
  gint64 jo = add_partner (fixture, db, "Jo", "", "", 0);
  gint64 kim = add_partner (fixture, db, "Kim", "", "", 0);

  sell_many (fixture, db, anna, 6, 2 * HOUR);
  sell_and_give_back (fixture, db, anna, 6);
  assert_none (fixture, db, anna);
  sell_many (fixture, db, jo, 1, 2 * HOUR);
  sell_and_give_back (fixture, db, jo, 4);
  assert_none (fixture, db, jo);
  sell_many (fixture, db, jo, 35, 2 * HOUR);
  assert_none (fixture, db, anna);
  sell_and_give_back (fixture, db, kim, 5);
  assert_none (fixture, db, kim);
}

/* ---- clicks */

static void
test_clicks (RungsFixture *fixture,
             RungsDb      *db)
{
  gint64 anna = add_partner (fixture, db, "Anna", "", "", 0);
  gint64 jo = add_partner (fixture, db, "Jo", "", "", 0);
  g_autoptr (RungsPartnerFlag) flag = NULL;

  sell_many (fixture, db, jo, 15, 300 * SECOND);
  sell_many (fixture, db, anna, 3, HOUR);
  for (guint i = 0; i < 12; i++)
    click_and_order (fixture, db, anna, add_buyer (fixture), 2 * SECOND);
  flag = find (fixture, db, anna, RUNGS_PARTNER_FLAG_CLICKS);
  g_assert_nonnull (flag);
  g_assert_cmpint (flag->soon, ==, 12);
  g_assert_cmpint (flag->of, ==, 15);
  g_assert_cmpint (flag->others, ==, 0);
  g_assert_cmpint (flag->others_of, ==, 15);
  g_assert_cmpuint (flag->cases->len, ==, 12);
  g_assert_cmpint (flag->half, ==, 2 * SECOND);
  assert_none (fixture, db, jo);
}

/* Clicks that have nothing to do with the orders: at any time, where the others' are soon. */
static void
test_clicks_apart (RungsFixture *fixture,
                   RungsDb      *db)
{
  gint64 anna = add_partner (fixture, db, "Anna", "", "", 0);
  gint64 jo = add_partner (fixture, db, "Jo", "", "", 0);
  g_autoptr (RungsPartnerFlag) flag = NULL;

  sell_many (fixture, db, jo, 60, 600 * SECOND);
  for (guint i = 0; i < 24; i++)
    click_and_order (fixture, db, anna, add_buyer (fixture), (i + 1) * DAY);
  flag = find (fixture, db, anna, RUNGS_PARTNER_FLAG_CLICKS);
  g_assert_nonnull (flag);
  g_assert_cmpint (flag->soon, ==, 0);
  g_assert_cmpuint (flag->cases->len, ==, 24);
  g_assert_cmpint (flag->half, ==, 12 * DAY);
  g_assert_cmpint (flag->others_half, ==, 629 * SECOND);
}

/* Few; all are that fast here; a click that many orders follow is one. */
static void
test_nearly_clicks (RungsFixture *fixture,
                    RungsDb      *db)
{
  gint64 anna = add_partner (fixture, db, "Anna", "", "", 0);
  gint64 jo = add_partner (fixture, db, "Jo", "", "", 0);

  for (guint i = 0; i < 9; i++)
    click_and_order (fixture, db, anna, add_buyer (fixture), 3 * SECOND);
  assert_none (fixture, db, anna);
  for (guint i = 0; i < 20; i++)
    click_and_order (fixture, db, jo, add_buyer (fixture), 3 * SECOND);
  for (guint i = 0; i < 9; i++)
    click_and_order (fixture, db, anna, add_buyer (fixture), 3 * SECOND);
  assert_none (fixture, db, anna);
}

/* ---- what a person says */

static gint64
decide (RungsFixture            *fixture,
        RungsDb                 *db,
        const RungsPartnerFlag  *flag,
        RungsPartnerFlagVerdict  verdict)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartnerFlagSeen) seen = rungs_partner_flag_seen_new (flag);
  gint64 id = rungs_partner_flag_decide (db, seen, verdict, "Because", rungs_fixture_now (fixture),
                                         &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static void
assert_waits (RungsFixture         *fixture,
              RungsDb              *db,
              gint64                partner,
              RungsPartnerFlagKind  kind,
              gboolean              waits)
{
  g_autoptr (RungsPartnerFlag) flag = find (fixture, db, partner, kind);

  g_assert_nonnull (flag);
  g_assert_cmpint (rungs_partner_flag_waits (flag), ==, waits);
}

static void
test_decided (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 own = rungs_fixture_add_lead (fixture, "anna@example.com", "Anna");
  gint64 other = rungs_fixture_add_lead (fixture, "anna+b@example.com", "Anna");
  gint64 anna = add_partner (fixture, db, "Anna", "anna@example.com", "", own);
  g_autoptr (RungsPartnerFlag) flag = NULL, decided = NULL;
  gint64 id;

  click_and_order (fixture, db, anna, own, HOUR);
  assert_waits (fixture, db, anna, RUNGS_PARTNER_FLAG_SELF, TRUE);
  flag = find (fixture, db, anna, RUNGS_PARTNER_FLAG_SELF);
  id = decide (fixture, db, flag, RUNGS_PARTNER_FLAG_FINE);
  decided = find (fixture, db, anna, RUNGS_PARTNER_FLAG_SELF);
  g_assert_cmpint (decided->decision->verdict, ==, RUNGS_PARTNER_FLAG_FINE);
  g_assert_cmpstr (decided->decision->note, ==, "Because");
  assert_waits (fixture, db, anna, RUNGS_PARTNER_FLAG_SELF, FALSE);

  /* The same buyer again is nothing new, another one is. */
  click_and_order (fixture, db, anna, own, HOUR);
  assert_waits (fixture, db, anna, RUNGS_PARTNER_FLAG_SELF, FALSE);
  click_and_order (fixture, db, anna, other, HOUR);
  assert_waits (fixture, db, anna, RUNGS_PARTNER_FLAG_SELF, TRUE);

  g_assert_true (rungs_partner_flag_undecide (db, id, &error));
  g_assert_no_error (error);
  g_clear_pointer (&decided, rungs_partner_flag_free);
  decided = find (fixture, db, anna, RUNGS_PARTNER_FLAG_SELF);
  g_assert_null (decided->decision);
}

static void
test_grown (RungsFixture *fixture,
            RungsDb      *db)
{
  gint64 anna = add_partner (fixture, db, "Anna", "", "", 0);
  g_autoptr (RungsPartnerFlag) flag = NULL;

  add_coupon (fixture, db, anna);
  sell_by_coupon (fixture, db, anna, 12, 0);
  flag = find (fixture, db, anna, RUNGS_PARTNER_FLAG_COUPON);
  g_assert_nonnull (flag);
  decide (fixture, db, flag, RUNGS_PARTNER_FLAG_NOT_FINE);
  sell_by_coupon (fixture, db, anna, 5, 0);
  assert_waits (fixture, db, anna, RUNGS_PARTNER_FLAG_COUPON, FALSE);
  sell_by_coupon (fixture, db, anna, 1, 0);
  assert_waits (fixture, db, anna, RUNGS_PARTNER_FLAG_COUPON, TRUE);
}

/* ---- looking by and by */

static void
look (RungsFixture *fixture,
      RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (fixture);
  g_autoptr (RungsPartnerLook) found = rungs_partner_look (db, 5, now, &error);

  g_assert_no_error (error);
  g_assert_true (rungs_partner_look_keep (db, found, now, &error));
  g_assert_no_error (error);
}

static void
assert_counted (RungsDb *db,
                gint64   partners,
                gint64   first)
{
  g_autoptr (GError) error = NULL;
  gint64 counted, one;

  g_assert_true (rungs_partner_flags_count (db, &counted, &one, &error));
  g_assert_no_error (error);
  g_assert_cmpint (counted, ==, partners);
  g_assert_cmpint (one, ==, first);
}

static gint64
next_due (RungsDb *db)
{
  g_autoptr (GError) error = NULL;
  gint64 due;

  g_assert_true (rungs_partner_looks_next_due (db, &due, &error));
  g_assert_no_error (error);
  return due;
}

static void
test_looked (RungsFixture *fixture,
             RungsDb      *db)
{
  gint64 own = rungs_fixture_add_lead (fixture, "anna@example.com", "Anna");
  gint64 anna, jo, now;
  g_autoptr (RungsPartnerFlag) flag = NULL;

  g_assert_cmpint (next_due (db), ==, G_MAXINT64);
  anna = add_partner (fixture, db, "Anna", "", "", own);
  jo = add_partner (fixture, db, "Jo", "", "", 0);
  g_assert_cmpint (next_due (db), ==, 0);
  look (fixture, db);
  assert_counted (db, 0, 0);
  g_assert_cmpint (next_due (db), ==, rungs_fixture_now (fixture) + DAY);

  /* A sale has the partner looked at soon, not at once, and no other. */
  now = rungs_fixture_now (fixture);
  click_and_order (fixture, db, anna, own, HOUR);
  g_assert_cmpint (next_due (db), ==, now + 10 * 60 * SECOND);
  look (fixture, db);
  assert_counted (db, 1, anna);

  flag = find (fixture, db, anna, RUNGS_PARTNER_FLAG_SELF);
  decide (fixture, db, flag, RUNGS_PARTNER_FLAG_FINE);
  assert_counted (db, 0, 0);
  rungs_fixture_pass (fixture, 2 * DAY);
  look (fixture, db);
  assert_counted (db, 0, 0);

  now = rungs_fixture_now (fixture);
  give_back (fixture, db, click_and_order (fixture, db, jo, add_buyer (fixture), HOUR));
  g_assert_cmpint (next_due (db), ==, now + 10 * 60 * SECOND);
}

/* What was found is not written down where somebody decided meanwhile. */
static void
test_decided_meanwhile (RungsFixture *fixture,
                        RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 own = rungs_fixture_add_lead (fixture, "anna@example.com", "Anna");
  gint64 anna = add_partner (fixture, db, "Anna", "", "", own);
  gint64 now;
  g_autoptr (RungsPartnerLook) found = NULL;
  g_autoptr (RungsPartnerFlag) flag = NULL;

  click_and_order (fixture, db, anna, own, HOUR);
  now = rungs_fixture_now (fixture);
  found = rungs_partner_look (db, 5, now, &error);
  flag = find (fixture, db, anna, RUNGS_PARTNER_FLAG_SELF);
  rungs_fixture_pass (fixture, 1);
  decide (fixture, db, flag, RUNGS_PARTNER_FLAG_FINE);
  g_assert_true (rungs_partner_look_keep (db, found, now, &error));
  assert_counted (db, 0, 0);
}

/* ---- crediting nobody */

/* What is foretold is what is then moved: of what is held, may be paid, and was paid. */
static void
assert_foretold (RungsFixture *fixture,
                 RungsDb      *db,
                 gint64        partner,
                 gint64        order_id,
                 gint64        held,
                 gint64        approved,
                 gint64        carried)
{
  static const RungsLedgerState STATES[]
      = { RUNGS_LEDGER_HELD, RUNGS_LEDGER_APPROVED, RUNGS_LEDGER_CARRIED };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) losses = rungs_commission_preview_nobody (db, order_id, &error);
  const RungsCommissionLoss *loss;
  const gint64 foretold[] = { held, approved, carried };
  gint64 before[G_N_ELEMENTS (STATES)], balance;

  g_assert_no_error (error);
  g_assert_cmpuint (losses->len, ==, 1);
  loss = &g_array_index (losses, RungsCommissionLoss, 0);
  g_assert_cmpint (loss->partner, ==, partner);
  g_assert_cmpint (loss->held, ==, held);
  g_assert_cmpint (loss->approved, ==, approved);
  g_assert_cmpint (loss->carried, ==, carried);
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    g_assert_true (rungs_ledger_balance (db, partner, STATES[i], "EUR", &before[i], &error));
  g_assert_true (rungs_referral_set (db, order_id, 0, rungs_fixture_now (fixture), &error));
  g_assert_true (rungs_commission_settle (db, order_id, rungs_fixture_now (fixture), &error));
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    {
      g_assert_true (rungs_ledger_balance (db, partner, STATES[i], "EUR", &balance, &error));
      g_assert_cmpint (balance - before[i], ==, foretold[i]);
    }
}

static void
test_preview (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTerms) terms
      = rungs_terms_parse ("{\"hold_days\": 10, \"rates\": [{\"rate\": 5000}]}", &error);
  gint64 anna = add_partner (fixture, db, "Anna", "", "", 0);
  gint64 programme = rungs_programme_add (db, "Friends", 1, &error);
  RungsPayoutRequest request = { .currency = "EUR" };
  gint64 first, second, third, released;

  g_assert_cmpint (rungs_programme_set_terms (db, programme, 0, terms, 1, &error), >, 0);
  g_assert_true (rungs_programme_join (db, programme, anna, 0, &error));
  first = click_and_order (fixture, db, anna, add_buyer (fixture), HOUR);
  rungs_fixture_pass (fixture, 20 * DAY);
  g_assert_true (rungs_commissions_release (db, G_MAXINT64, 0, &released, &error));
  request.until = rungs_fixture_now (fixture);
  g_assert_cmpint (rungs_payout_make (db, &request, rungs_fixture_now (fixture), &error), >, 0);
  second = click_and_order (fixture, db, anna, add_buyer (fixture), HOUR);
  rungs_fixture_pass (fixture, 20 * DAY);
  g_assert_true (rungs_commissions_release (db, G_MAXINT64, 0, &released, &error));
  third = click_and_order (fixture, db, anna, add_buyer (fixture), HOUR);
  g_assert_no_error (error);

  assert_foretold (fixture, db, anna, third, 5000, 0, 0);
  assert_foretold (fixture, db, anna, second, 0, 5000, 0);
  assert_foretold (fixture, db, anna, first, 0, 0, 5000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partners/flags/self", test_self);
  rungs_fixture_add_test ("/partners/flags/nearly-self", test_nearly_self);
  rungs_fixture_add_test ("/partners/flags/household", test_household);
  rungs_fixture_add_test ("/partners/flags/nearly-household", test_nearly_household);
  rungs_fixture_add_test ("/partners/flags/leaked", test_leaked);
  rungs_fixture_add_test ("/partners/flags/found-elsewhere", test_found_elsewhere);
  rungs_fixture_add_test ("/partners/flags/nearly-leaked", test_nearly_leaked);
  rungs_fixture_add_test ("/partners/flags/refunds", test_refunds);
  rungs_fixture_add_test ("/partners/flags/nearly-refunds", test_nearly_refunds);
  rungs_fixture_add_test ("/partners/flags/clicks", test_clicks);
  rungs_fixture_add_test ("/partners/flags/clicks-apart", test_clicks_apart);
  rungs_fixture_add_test ("/partners/flags/nearly-clicks", test_nearly_clicks);
  rungs_fixture_add_test ("/partners/flags/decided", test_decided);
  rungs_fixture_add_test ("/partners/flags/grown", test_grown);
  rungs_fixture_add_test ("/partners/flags/looked", test_looked);
  rungs_fixture_add_test ("/partners/flags/decided-meanwhile", test_decided_meanwhile);
  rungs_fixture_add_test ("/partners/flags/preview", test_preview);
  return g_test_run ();
}
