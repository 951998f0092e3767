/* test-disputes.c: a dispute that is won gives back what it took, whichever message comes first. */

#include "rungs-web-world.h"

#include <string.h>

#define MOST 4

/* What a seller sends of one order; "$" is its number. The first is the order; of the others, the
 * first is the dispute. */
typedef struct
{
  const char *endpoint;
  const char *topics[MOST]; /* (nullable): of X-Shopify-Topic */
  const char *bodies[MOST];
  gboolean is_form;
} Case;

#define STRIPE(id, type, object)                                                                   \
  "{\"id\": \"" id "$\", \"created\": 1772300000, \"livemode\": true, \"type\": \"" type "\","     \
  " \"data\": {\"object\": {" object "}}}"
#define DISPUTE(status)                                                                            \
  "\"id\": \"dp_$\", \"created\": 1772200000, \"payment_intent\": \"pi_$\","                      \
  " \"amount\": 4900, \"currency\": \"eur\", \"status\": \"" status "\""
#define GUMROAD(disputed, won)                                                                     \
  "sale_id=s$&sale_timestamp=2026-02-05T20:38:59Z&permalink=BOOK&email=rae%40example.com"          \
  "&price=4900&currency=eur&refunded=false&disputed=" disputed "&dispute_won=" won

static const Case CASES[] = {
  { "stripe",
    { NULL },
    { STRIPE ("evt_a", "checkout.session.completed",
              "\"id\": \"cs_$\", \"created\": 1771999000, \"payment_status\": \"paid\","
              " \"payment_intent\": \"pi_$\", \"currency\": \"eur\", \"amount_total\": 4900,"
              " \"customer_details\": {\"email\": \"lou@example.com\"},"
              " \"metadata\": {\"sku\": \"BOOK\"}"),
      STRIPE ("evt_b", "charge.dispute.created", DISPUTE ("needs_response")),
      STRIPE ("evt_c", "charge.dispute.closed", DISPUTE ("won")),
      STRIPE ("evt_d", "charge.dispute.funds_reinstated", DISPUTE ("under_review")) },
    FALSE },
  { "paypal",
    { NULL },
    { "{\"id\": \"WH-A$\", \"event_type\": \"PAYMENT.CAPTURE.COMPLETED\", \"resource\": {\"id\":"
      " \"CAP$\", \"create_time\": \"2026-02-19T09:59:00Z\", \"amount\": {\"currency_code\":"
      " \"EUR\", \"value\": \"49.00\"}, \"payer\": {\"email_address\": \"ned@example.com\"},"
      " \"invoice_id\": \"BOOK\"}}",
      "{\"id\": \"WH-B$\", \"event_type\": \"PAYMENT.CAPTURE.REVERSED\", \"resource\": {\"id\":"
      " \"REV$\", \"create_time\": \"2026-02-20T09:59:00Z\", \"amount\": {\"currency_code\":"
      " \"EUR\", \"value\": \"49.00\"}, \"links\": [{\"rel\": \"up\", \"href\":"
      " \"https://api.paypal.com/v2/payments/captures/CAP$\"}]}}",
      "{\"id\": \"WH-C$\", \"create_time\": \"2026-03-01T10:00:00Z\", \"event_type\":"
      " \"CUSTOMER.DISPUTE.RESOLVED\", \"resource\": {\"dispute_id\": \"PP-D-$\","
      " \"disputed_transactions\": [{\"seller_transaction_id\": \"CAP$\"}],"
      " \"dispute_outcome\": {\"outcome_code\": \"RESOLVED_SELLER_FAVOUR\"}}}",
      "{\"id\": \"WH-D$\", \"create_time\": \"2026-03-01T10:00:01Z\", \"event_type\":"
      " \"CUSTOMER.DISPUTE.RESOLVED\", \"resource\": {\"dispute_id\": \"PP-D-$\","
      " \"disputed_transactions\": [{\"seller_transaction_id\": \"CAP$\"}],"
      " \"dispute_outcome\": {\"outcome_code\": \"RESOLVED_SELLER_FAVOUR\"}}}" },
    FALSE },
  { "shopify",
    { "orders/paid", "disputes/create", "disputes/update", "disputes/update" },
    { "{\"id\": 7$, \"email\": \"pia@example.com\", \"processed_at\": \"2026-02-03T11:00:00Z\","
      " \"currency\": \"EUR\", \"financial_status\": \"paid\", \"total_price\": \"49.00\","
      " \"line_items\": [{\"sku\": \"BOOK\", \"quantity\": 1, \"price\": \"49.00\"}]}",
      "{\"id\": 8$, \"order_id\": 7$, \"type\": \"chargeback\", \"status\": \"needs_response\","
      " \"amount\": \"49.00\", \"currency\": \"EUR\", \"reason\": \"fraudulent\","
      " \"initiated_at\": \"2026-02-10T00:00:00Z\"}",
      "{\"id\": 8$, \"order_id\": 7$, \"type\": \"chargeback\", \"status\": \"under_review\","
      " \"amount\": \"49.00\", \"currency\": \"EUR\", \"initiated_at\": \"2026-02-10T00:00:00Z\"}",
      "{\"id\": 8$, \"order_id\": 7$, \"type\": \"chargeback\", \"status\": \"won\","
      " \"amount\": \"49.00\", \"currency\": \"EUR\", \"finalized_on\": \"2026-03-10\"}" },
    FALSE },
  { "paddle",
    { NULL },
    { "{\"event_id\": \"evt_$\", \"event_type\": \"transaction.completed\", \"data\": {\"id\":"
      " \"txn_$\", \"currency_code\": \"EUR\", \"billed_at\": \"2026-02-02T10:18:48Z\","
      " \"customer\": {\"email\": \"sol@example.com\"}, \"details\": {\"totals\":"
      " {\"total\": \"4900\"}, \"line_items\": [{\"quantity\": 1, \"product\": {\"custom_data\":"
      " {\"sku\": \"BOOK\"}}, \"totals\": {\"total\": \"4900\"}}]}}}",
      "{\"event_id\": \"e1$\", \"event_type\": \"adjustment.created\", \"data\": {\"id\":"
      " \"adj_a$\", \"action\": \"chargeback\", \"status\": \"approved\", \"transaction_id\":"
      " \"txn_$\", \"currency_code\": \"EUR\", \"totals\": {\"total\": \"4900\"},"
      " \"created_at\": \"2026-02-15T08:48:44Z\"}}",
      "{\"event_id\": \"e2$\", \"event_type\": \"adjustment.created\", \"data\": {\"id\":"
      " \"adj_b$\", \"action\": \"chargeback_reverse\", \"status\": \"approved\","
      " \"transaction_id\": \"txn_$\", \"created_at\": \"2026-02-20T08:48:44Z\"}}",
      "{\"event_id\": \"e3$\", \"event_type\": \"adjustment.updated\", \"data\": {\"id\":"
      " \"adj_b$\", \"action\": \"chargeback_reverse\", \"status\": \"approved\","
      " \"transaction_id\": \"txn_$\", \"created_at\": \"2026-02-20T08:48:44Z\"}}" },
    FALSE },
  { "gumroad",
    { NULL },
    { GUMROAD ("false", "false"), GUMROAD ("true", "false"), GUMROAD ("true", "true"),
      GUMROAD ("true", "true") "&x=1" },
    TRUE },
};

static void
receive (RungsFixture *fixture,
         const Case   *each,
         guint         which,
         guint         number)
{
  g_autofree char *digits = g_strdup_printf ("%u", number);
  g_auto (GStrv) parts = g_strsplit (each->bodies[which], "$", -1);
  g_autofree char *body = g_strjoinv (digits, parts);
  g_autofree char *webhook = g_strdup_printf ("%u-%u", number, which);
  g_autoptr (RungsRawDelivery) raw = rungs_web_world_delivery (
      fixture->db, each->endpoint,
      each->is_form ? "application/x-www-form-urlencoded" : "application/json", body);

  if (each->topics[which] != NULL)
    {
      rungs_raw_delivery_add_header (raw, "X-Shopify-Topic", each->topics[which]);
      rungs_raw_delivery_add_header (raw, "X-Shopify-Webhook-Id", webhook);
    }
  g_assert_cmpint (rungs_web_world_receive (fixture, raw), !=, RUNGS_WEB_QUARANTINE);
}

static gint64
ask_back (RungsFixture *fixture)
{
  return rungs_fixture_number (fixture, "SELECT coalesce (sum (amount), 0) FROM refund_line");
}

/* The digits of `n` in a system whose bases fall say which of those left is next. */
static void
receive_in_order (RungsFixture *fixture,
                  const Case   *each,
                  guint         n)
{
  guint left[MOST] = { 0, 1, 2, 3 };

  for (guint size = MOST, rest = n; size > 0; rest /= size, size--)
    {
      guint at = rest % size;

      receive (fixture, each, left[at], n);
      memmove (left + at, left + at + 1, (size - at - 1) * sizeof *left);
    }
}

/* In each order of all four. */
static void
test_any_order (gconstpointer data)
{
  const Case *each = data;
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();

  rungs_fixture_write (fixture, rungs_web_world_make);
  for (guint n = 0; n < 24; n++)
    {
      receive_in_order (fixture, each, n);
      g_assert_cmpint (ask_back (fixture), ==, 0);
    }
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM sales_order"), ==, 24);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM web_delivery"
                                                  " WHERE state = 'waiting'"), ==, 0);
}

/* One that is not won took the money, and says so again; the next one of the order is another. */
static void
test_not_won (gconstpointer data)
{
  const Case *each = data;
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();

  rungs_fixture_write (fixture, rungs_web_world_make);
  receive (fixture, each, 0, 1);
  receive (fixture, each, 1, 1);
  g_assert_cmpint (ask_back (fixture), ==, 4900);
  receive (fixture, each, 1, 1);
  g_assert_cmpint (ask_back (fixture), ==, 4900);
  receive (fixture, each, 3, 1);
  g_assert_cmpint (ask_back (fixture), ==, 0);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM event"
                                                  " WHERE kind = 'order.unrefunded'"), ==, 1);
}

/* What was won of an order that no dispute had taken from does not stand against one that comes
 * later. */
static void
test_later_dispute (void)
{
  const Case *paypal = &CASES[1];
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autofree char *early = NULL;
  g_auto (GStrv) parts = g_strsplit (paypal->bodies[2], "2026-03-01", -1);
  Case earlier = *paypal;

  rungs_fixture_write (fixture, rungs_web_world_make);
  early = g_strjoinv ("2026-02-19", parts);
  earlier.bodies[2] = early;
  receive (fixture, &earlier, 0, 1);
  receive (fixture, &earlier, 2, 1);
  receive (fixture, &earlier, 1, 1);
  g_assert_cmpint (ask_back (fixture), ==, 4900);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *any = g_strconcat ("/web/disputes/any-order/", CASES[i].endpoint, NULL);
      g_autofree char *lost = g_strconcat ("/web/disputes/not-won/", CASES[i].endpoint, NULL);

      g_test_add_data_func (any, &CASES[i], test_any_order);
      g_test_add_data_func (lost, &CASES[i], test_not_won);
    }
  g_test_add_func ("/web/disputes/later", test_later_dispute);
  return g_test_run ();
}
