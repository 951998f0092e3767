/* test-coupon-use.c: an order that uses a coupon is told by it where it came from; what forbids it
 * is said, and what was there already is never refused. */

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "ladder/rungs-coupon-given-store.h"
#include "ladder/rungs-coupon-list-store.h"
#include "ladder/rungs-coupon-store.h"
#include "ladder/rungs-coupon-use-store.h"
#include "ladder/rungs-order-store.h"
#include "rungs-fixture.h"

typedef struct
{
  gint64 ann;
  gint64 bob;
  gint64 kit;
  gint64 book;
  gint64 sue; /* a joint venture */
  RungsCoupon *coupon; /* (owned) "Ten", of Sue, direct */
} World;

static void
world_free (World *self)
{
  rungs_coupon_free (self->coupon);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static World *
world_new (RungsFixture *f)
{
  World *self = g_new0 (World, 1);

  self->ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  self->bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  self->kit = rungs_fixture_add_product (f, "kit", 4900);
  self->book = rungs_fixture_add_product (f, "book", 1000);
  self->sue = rungs_source_add (f->db, RUNGS_SOURCE_JV, "Sue", 5, NULL);
  self->coupon = rungs_coupon_new ();
  rungs_coupon_set (&self->coupon->code, "Ten");
  self->coupon->source = self->sue;
  self->coupon->path = RUNGS_PATH_DIRECT;
  self->coupon->id = rungs_coupon_add (f->db, self->coupon, 5, NULL);
  return self;
}

static gint64
order_at (RungsFixture *f,
          gint64        lead,
          gint64        product,
          const char   *coupon,
          gboolean      anyway,
          gint64        at,
          GError      **error)
{
  g_autoptr (RungsOrder) order = rungs_order_new (lead, at);

  g_free (order->coupon);
  order->coupon = g_strdup (coupon);
  order->anyway = anyway;
  rungs_order_add_line (order, product, 1, RUNGS_AMOUNT_DEFAULT);
  return rungs_order_add (f->db, order, rungs_fixture_now (f), error);
}

static gint64
place (RungsFixture *f,
       gint64        lead,
       gint64        product,
       const char   *coupon)
{
  g_autoptr (GError) error = NULL;
  gint64 id = order_at (f, lead, product, coupon, FALSE, rungs_fixture_now (f), &error);

  g_assert_no_error (error);
  return id;
}

static void
assert_why (RungsFixture *f,
            gint64        lead,
            gint64        product,
            const char   *coupon,
            const char   *why)
{
  g_autoptr (GError) error = NULL;
  gint64 before = rungs_fixture_number (f, "SELECT count (*) FROM sales_order");

  g_assert_cmpint (order_at (f, lead, product, coupon, FALSE, rungs_fixture_now (f), &error), ==,
                   0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, why);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM sales_order"), ==, before);
}

static void
test_ties (RungsFixture *f,
           RungsDb      *db)
{
  g_autoptr (World) w = world_new (f);
  gint64 id = place (f, w->ann, w->kit, " t e n ");
  g_autoptr (RungsOrder) order = rungs_order_load (db, id, NULL);
  g_autoptr (GPtrArray) touches = rungs_touch_list (db, w->ann, NULL);
  g_autoptr (GPtrArray) uses = rungs_coupon_uses_of_order (db, id, NULL);
  const RungsTouch *touch = touches->pdata[0];
  const RungsCouponUse *use = uses->pdata[0];

  g_assert_cmpstr (order->coupon, ==, "Ten");
  g_assert_cmpuint (touches->len, ==, 1);
  g_assert_cmpint (touch->source, ==, w->sue);
  g_assert_cmpint (touch->path, ==, RUNGS_PATH_DIRECT);
  g_assert_cmpint (touch->at, ==, order->at);
  g_assert_cmpstr (touch->detail, ==, "Ten");
  g_assert_cmpuint (uses->len, ==, 1);
  g_assert_cmpint (use->lead, ==, w->ann);
  g_assert_cmpint (use->source_kind, ==, RUNGS_SOURCE_JV);
  g_assert_cmpstr (use->source_name, ==, "Sue");
  g_assert_cmpint (use->against, ==, RUNGS_COUPON_FITS);
  g_assert_true (use->stands);
  g_assert_cmpint (use->paid.minor, ==, 4900);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM event e"
                                            " WHERE e.kind = 'coupon.redeemed' AND e.lead = 1"
                                            "   AND e.detail = '{\"coupon\":1,\"code\":\"Ten\","
                                            "\"against\":\"\"}'"),
                   ==, 1);
}

/* A touch that is the same to the millisecond is not made twice; any other one is. */
static void
test_same_touch (RungsFixture *f,
                 RungsDb      *db)
{
  g_autoptr (World) w = world_new (f);
  gint64 now = rungs_fixture_now (f);

  rungs_touch_add (db, w->ann, w->sue, RUNGS_PATH_DIRECT, now, "letter", NULL);
  rungs_touch_add (db, w->bob, w->sue, RUNGS_PATH_OPT_IN, now, NULL, NULL);
  place (f, w->ann, w->kit, "Ten");
  place (f, w->bob, w->kit, "Ten");
  place (f, w->bob, w->book, "Ten");
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM touch WHERE lead = 1"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM touch WHERE lead = 2"), ==, 2);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM coupon_use WHERE made_touch"),
                   ==, 2);
}

static void
test_no_source (RungsFixture *f,
                RungsDb      *db)
{
  g_autoptr (World) w = world_new (f);

  w->coupon->source = 0;
  g_assert_true (rungs_coupon_save (db, w->coupon, 6, NULL));
  place (f, w->ann, w->kit, "Ten");
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM touch"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM coupon_use"), ==, 1);
}

static void
test_why (RungsFixture *f,
          RungsDb      *db)
{
  g_autoptr (World) w = world_new (f);

  assert_why (f, w->ann, w->kit, "Tan", "There is no coupon “Tan”.");
  w->coupon->product = w->book;
  rungs_coupon_set (&w->coupon->valid_from, "2026-03-03");
  g_assert_true (rungs_coupon_save (db, w->coupon, 6, NULL));
  assert_why (f, w->ann, w->book, "Ten", "Ten is valid from 2026-03-03 on.");
  rungs_coupon_set (&w->coupon->valid_from, "");
  rungs_coupon_set (&w->coupon->valid_until, "2026-03-01");
  g_assert_true (rungs_coupon_save (db, w->coupon, 6, NULL));
  assert_why (f, w->ann, w->book, "Ten", "Ten was valid until 2026-03-01.");
  rungs_coupon_set (&w->coupon->valid_until, "2026-03-02");
  g_assert_true (rungs_coupon_save (db, w->coupon, 6, NULL));
  assert_why (f, w->ann, w->kit, "Ten", "Ten is for Product book only.");
  g_assert_true (rungs_coupon_retire (db, w->coupon->id, 7, NULL));
  assert_why (f, w->ann, w->book, "Ten", "Ten is not accepted any more.");
  g_assert_true (rungs_coupon_retire (db, w->coupon->id, 0, NULL));
  place (f, w->ann, w->book, "Ten");
}

/* The last day ends at midnight of the business. */
static void
test_days (RungsFixture *f,
           RungsDb      *db)
{
  static const struct
  {
    const char *at;
    gboolean fits;
  } CASES[] = {
    { "2026-02-28T22:59:59Z", FALSE },
    { "2026-02-28T23:00:00Z", TRUE },
    { "2026-03-01T22:59:59Z", TRUE },
    { "2026-03-01T23:00:00Z", FALSE },
  };
  g_autoptr (World) w = world_new (f);

  rungs_coupon_set (&w->coupon->valid_from, "2026-03-01");
  rungs_coupon_set (&w->coupon->valid_until, "2026-03-01");
  g_assert_true (rungs_coupon_save (db, w->coupon, 6, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      gint64 at;

      g_assert_true (rungs_time_parse (CASES[i].at, NULL, &at, NULL));
      g_assert_cmpint (order_at (f, w->ann, w->kit, "Ten", FALSE, at, NULL) != 0, ==,
                       CASES[i].fits);
    }
}

/* An order that is given back whole gives its use back; one given back in part does not. */
static void
test_limits (RungsFixture *f,
             RungsDb      *db)
{
  g_autoptr (World) w = world_new (f);
  gint64 first, refund;

  w->coupon->most_uses = 2;
  w->coupon->most_per_lead = 1;
  g_assert_true (rungs_coupon_save (db, w->coupon, 6, NULL));
  first = place (f, w->ann, w->kit, "Ten");
  assert_why (f, w->ann, w->kit, "Ten", "This lead has used Ten already, and may once.");
  g_assert_cmpint (rungs_refund_add (db, first, 0, 100, "", 1, 1, NULL), !=, 0);
  assert_why (f, w->ann, w->kit, "Ten", "This lead has used Ten already, and may once.");
  place (f, w->bob, w->kit, "Ten");
  assert_why (f, w->ann, w->kit, "Ten", "Ten has been used as often as it may be: 2 times.");
  refund = rungs_refund_add (db, first, 0, RUNGS_AMOUNT_DEFAULT, "", 1, 1, NULL);
  place (f, w->ann, w->kit, "Ten");
  g_assert_true (rungs_refund_undo (db, refund, 9, NULL));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM coupon_redeemed"), ==, 3);
}

/* What costs nothing is given back too. */
static void
test_free (RungsFixture *f,
           RungsDb      *db)
{
  g_autoptr (World) w = world_new (f);
  gint64 gift = rungs_fixture_add_product (f, "gift", 0);
  gint64 id;

  w->coupon->most_uses = 1;
  g_assert_true (rungs_coupon_save (db, w->coupon, 6, NULL));
  id = place (f, w->ann, gift, "Ten");
  assert_why (f, w->bob, gift, "Ten", "Ten has been used; it is good for one order.");
  g_assert_cmpint (rungs_refund_add (db, id, 0, RUNGS_AMOUNT_DEFAULT, "", 1, 1, NULL), !=, 0);
  place (f, w->bob, gift, "Ten");
}

static void
test_anyway (RungsFixture *f,
             RungsDb      *db)
{
  g_autoptr (World) w = world_new (f);
  g_autoptr (GPtrArray) uses = NULL;
  gint64 now = rungs_fixture_now (f);
  gint64 id;

  rungs_coupon_set (&w->coupon->valid_until, "2026-01-01");
  g_assert_true (rungs_coupon_save (db, w->coupon, 6, NULL));
  id = order_at (f, w->ann, w->kit, "ten, GONE", TRUE, now, NULL);
  uses = rungs_coupon_uses_of_order (db, id, NULL);
  g_assert_cmpuint (uses->len, ==, 1);
  g_assert_cmpint (((RungsCouponUse *) uses->pdata[0])->against, ==, RUNGS_COUPON_OVER);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM sales_order"
                                            " WHERE coupon = 'Ten, GONE'"),
                   ==, 1);
}

static void
test_several (RungsFixture *f,
              RungsDb      *db)
{
  g_autoptr (World) w = world_new (f);
  g_autoptr (RungsCoupon) other = rungs_coupon_copy (w->coupon);
  g_autoptr (GPtrArray) uses = NULL;
  gint64 id;

  rungs_coupon_set (&other->code, "Fair");
  other->path = RUNGS_PATH_IN_PERSON;
  other->id = rungs_coupon_add (db, other, 5, NULL);
  id = place (f, w->ann, w->kit, "ten,fair, Ten");
  uses = rungs_coupon_uses_of_order (db, id, NULL);
  g_assert_cmpuint (uses->len, ==, 2);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (DISTINCT path) FROM touch"), ==, 2);
}

/* ---- orders that are there */

static void
test_redeem (RungsFixture *f,
             RungsDb      *db)
{
  g_autoptr (World) w = world_new (f);
  gint64 id = place (f, w->ann, w->kit, "");
  g_autoptr (GError) error = NULL;

  w->coupon->product = w->book;
  g_assert_true (rungs_coupon_save (db, w->coupon, 6, NULL));
  g_assert_false (rungs_coupon_redeem (db, w->coupon->id, id, FALSE, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (rungs_coupon_redeem (db, w->coupon->id, id, TRUE, &error));
  g_assert_cmpint (
      rungs_fixture_number (f, "SELECT count (*) FROM sales_order WHERE coupon = 'Ten'"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM coupon_use"
                                            " WHERE against = 'other-product'"),
                   ==, 1);
  g_assert_false (rungs_coupon_redeem (db, w->coupon->id, id, TRUE, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);

  g_assert_true (rungs_coupon_release (db, w->coupon->id, id, 9, &error));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM coupon_use"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM touch"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM sales_order"
                                            " WHERE coupon = ''"),
                   ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM event WHERE kind IN"
                                            " ('coupon.redeemed', 'touch.made')"),
                   ==, 0);
  g_assert_false (rungs_coupon_release (db, w->coupon->id, id, 9, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

/* A touch that two orders share goes with the last of them, one that was there before with none. */
static void
test_shared_touch (RungsFixture *f,
                   RungsDb      *db)
{
  g_autoptr (World) w = world_new (f);
  gint64 one = place (f, w->ann, w->kit, "Ten");
  gint64 two = place (f, w->ann, w->book, "Ten");
  gint64 other;

  g_assert_true (rungs_coupon_release (db, w->coupon->id, one, 9, NULL));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM touch"), ==, 1);
  g_assert_true (rungs_coupon_release (db, w->coupon->id, two, 9, NULL));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM touch"), ==, 0);
  rungs_touch_add (db, w->bob, w->sue, RUNGS_PATH_DIRECT, rungs_fixture_now (f), "", NULL);
  other = place (f, w->bob, w->kit, "Ten");
  g_assert_true (rungs_coupon_release (db, w->coupon->id, other, 9, NULL));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM touch"), ==, 1);
}

/* Codes that orders carried before there was a coupon. */
static void
test_adopt (RungsFixture *f,
            RungsDb      *db)
{
  g_autoptr (World) w = world_new (f);
  g_autoptr (RungsCoupon) fair = rungs_coupon_copy (w->coupon);
  g_autoptr (GPtrArray) unknown = NULL;
  gint64 now = rungs_fixture_now (f);
  gint64 count;

  order_at (f, w->ann, w->kit, "fair 7", TRUE, now - 2, NULL);
  order_at (f, w->ann, w->kit, "Ten, FAIR7", TRUE, now - 1, NULL);
  order_at (f, w->bob, w->kit, "OTHER", TRUE, now, NULL);
  unknown = rungs_coupon_unknown_list (db, 10, NULL);
  g_assert_cmpuint (unknown->len, ==, 2);
  g_assert_cmpstr (((RungsCouponUnknown *) unknown->pdata[0])->code, ==, "FAIR7");
  g_assert_cmpint (((RungsCouponUnknown *) unknown->pdata[0])->orders, ==, 2);
  g_assert_cmpint (((RungsCouponUnknown *) unknown->pdata[0])->last_at, ==, now - 1);
  g_assert_cmpstr (((RungsCouponUnknown *) unknown->pdata[1])->code, ==, "OTHER");

  rungs_coupon_set (&fair->code, "Fair 7");
  fair->most_per_lead = 1;
  fair->id = rungs_coupon_add (db, fair, 5, NULL);
  g_assert_true (rungs_coupon_adopt (db, fair->id, &count, NULL));
  g_assert_cmpint (count, ==, 2);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM coupon_use WHERE coupon = 2"
                                            "   AND against = 'used-by-lead'"),
                   ==, 1);
  g_assert_true (rungs_coupon_adopt (db, fair->id, &count, NULL));
  g_assert_cmpint (count, ==, 0);
  g_assert_true (rungs_coupon_release_all (db, fair->id, now, NULL));
  g_assert_true (rungs_coupon_delete (db, fair->id, NULL));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM sales_order"
                                            " WHERE coupon = 'Ten, FAIR7'"),
                   ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM touch"), ==, 1);
}

static void
test_figures (RungsFixture *f,
              RungsDb      *db)
{
  g_autoptr (World) w = world_new (f);
  g_autoptr (RungsCouponGiven) given
      = rungs_coupon_given_new (w->ann, w->coupon->id, rungs_fixture_now (f));
  g_autoptr (RungsCouponRow) row = NULL;
  g_autoptr (GPtrArray) list = NULL;
  gint64 whole;

  g_assert_cmpint (rungs_coupon_give (db, given, rungs_fixture_now (f), NULL), !=, 0);
  rungs_fixture_pass (f, 1000);
  place (f, w->ann, w->kit, "Ten");
  g_assert_cmpint (rungs_refund_add (db, place (f, w->ann, w->book, "Ten"), 0, 300, "", 1, 1,
                                     NULL),
                   !=, 0);
  whole = place (f, w->bob, w->kit, "Ten");
  g_assert_cmpint (rungs_refund_add (db, whole, 0, RUNGS_AMOUNT_DEFAULT, "", 1, 1, NULL), !=, 0);
  rungs_fixture_run (f, "UPDATE product SET currency = 'USD' WHERE id = 2");
  place (f, w->ann, w->book, "Ten");
  row = rungs_coupon_row_load (db, w->coupon->id, rungs_fixture_now (f), NULL);
  g_assert_cmpint (row->given, ==, 1);
  g_assert_cmpint (row->uses, ==, 3);
  g_assert_cmpint (row->leads, ==, 1);
  g_assert_cmpint (row->last_at, ==, rungs_fixture_now (f));
  g_assert_cmpuint (row->paid->len, ==, 2);
  g_assert_cmpint (g_array_index (row->paid, RungsMoney, 0).minor, ==, 4900 + 1000 - 300);
  g_assert_cmpint (g_array_index (row->paid, RungsMoney, 1).minor, ==, 1000);
  list = rungs_coupon_given_list (db, 0, w->coupon->id, 5, NULL);
  g_assert_cmpint (((RungsCouponGiven *) list->pdata[0])->used_at, ==, rungs_fixture_now (f));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/ladder/coupon-use/ties", test_ties);
  rungs_fixture_add_test ("/ladder/coupon-use/same-touch", test_same_touch);
  rungs_fixture_add_test ("/ladder/coupon-use/no-source", test_no_source);
  rungs_fixture_add_test ("/ladder/coupon-use/why", test_why);
  rungs_fixture_add_test ("/ladder/coupon-use/days", test_days);
  rungs_fixture_add_test ("/ladder/coupon-use/limits", test_limits);
  rungs_fixture_add_test ("/ladder/coupon-use/free", test_free);
  rungs_fixture_add_test ("/ladder/coupon-use/anyway", test_anyway);
  rungs_fixture_add_test ("/ladder/coupon-use/several", test_several);
  rungs_fixture_add_test ("/ladder/coupon-use/redeem", test_redeem);
  rungs_fixture_add_test ("/ladder/coupon-use/shared-touch", test_shared_touch);
  rungs_fixture_add_test ("/ladder/coupon-use/adopt", test_adopt);
  rungs_fixture_add_test ("/ladder/coupon-use/figures", test_figures);
  return g_test_run ();
}
