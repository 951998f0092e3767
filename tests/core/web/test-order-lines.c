/* test-order-lines.c: what shops say of the tax and the discount of what was sold. */

#include "rungs-web-world.h"

typedef struct
{
  const char *name;
  const char *endpoint;
  const char *header; /* (nullable) with its value behind ": " */
  const char *body;
  const char *lines;  /* amount, tax ("-": not known) and discount of each */
} Case;

#define WOOCOMMERCE(total, shipping, shipping_tax, tax_lines, lines)                               \
  "{\"id\": 1, \"status\": \"completed\", \"currency\": \"EUR\", \"date_paid_gmt\":"               \
  " \"2026-02-22T19:28:08\", \"date_modified_gmt\": \"2026-02-22T19:28:08\", \"total\": \"" total  \
  "\", \"shipping_total\": \"" shipping "\", \"shipping_tax\": \"" shipping_tax "\","              \
  " \"billing\": {\"email\": \"olga@example.com\"}, \"tax_lines\": [" tax_lines "],"               \
  " \"line_items\": [" lines "]}"
#define ITEM(quantity, subtotal, total, tax)                                                       \
  "{\"sku\": \"BOOK\", \"name\": \"Book\", \"quantity\": " quantity ", \"subtotal\": \"" subtotal  \
  "\", \"total\": \"" total "\", \"total_tax\": \"" tax "\"}"
#define VAT "{\"id\": 75, \"rate_code\": \"DE-MWST-1\"}"

#define SHOPIFY(included, lines)                                                                   \
  "{\"id\": 1, \"email\": \"pia@example.com\", \"processed_at\": \"2026-02-03T11:00:00+01:00\","   \
  " \"currency\": \"EUR\", \"financial_status\": \"paid\", \"total_price\": \"99.00\","            \
  " \"taxes_included\": " included ", \"tax_lines\": [{\"title\": \"MwSt\", \"price\": \"1\"}],"   \
  " \"line_items\": [" lines "]}"

#define STRIPE(type, object)                                                                       \
  "{\"id\": \"evt_1\", \"created\": 1772000000, \"livemode\": true, \"type\": \"" type "\","       \
  " \"data\": {\"object\": {" object "}}}"
#define SESSION                                                                                    \
  "\"id\": \"cs_1\", \"created\": 1771999000, \"payment_status\": \"paid\", \"currency\": \"eur\","\
  " \"customer_details\": {\"email\": \"lou@example.com\"}, \"metadata\": {\"sku\": \"BOOK\"},"

#define PADDLE(totals)                                                                             \
  "{\"event_id\": \"evt_1\", \"event_type\": \"transaction.completed\", \"data\": {\"id\":"        \
  " \"txn_1\", \"currency_code\": \"EUR\", \"billed_at\": \"2026-02-12T10:18:48Z\", \"customer\":" \
  " {\"email\": \"sol@example.com\"}, \"details\": {\"totals\": {\"tax\": \"1\"}, \"line_items\":" \
  " [{\"quantity\": 1, \"product\": {\"custom_data\": {\"sku\": \"BOOK\"}}, \"totals\": {" totals  \
  "}}]}}}"

#define LEMON(sums)                                                                                \
  "{\"meta\": {\"event_name\": \"order_created\", \"custom_data\": {\"sku\": \"BOOK\"}}, \"data\":"\
  " {\"id\": \"1\", \"attributes\": {\"user_email\": \"tom@example.com\", \"currency\": \"EUR\","  \
  " \"status\": \"paid\", \"created_at\": \"2026-02-17T12:00:00.000000Z\", " sums "}}}"
#define CREATED "X-Event-Name: order_created"

static const Case CASES[] = {
  { "woocommerce", "woocommerce", NULL,
    WOOCOMMERCE ("124.90", "4.96", "0.94", VAT, ITEM ("1", "120.00", "100.00", "19.00")),
    "11900 1900 2380" },
  /* 8.403361 and 1.596639 twice, as the shop rounds them: the lines sum up to the total */
  { "woocommerce-rounded", "woocommerce", NULL,
    WOOCOMMERCE ("20.00", "0.00", "0.00", VAT,
                 ITEM ("1", "8.41", "8.41", "1.60") "," ITEM ("1", "8.40", "8.40", "1.60")),
    "1000 160 0|1000 160 0" },
  { "woocommerce-fee", "woocommerce", NULL,
    WOOCOMMERCE ("124.00", "0.00", "0.00", VAT, ITEM ("1", "100.00", "100.00", "19.00")),
    "11900 1900 0" },
  { "woocommerce-no-taxes", "woocommerce", NULL,
    WOOCOMMERCE ("119.00", "0.00", "0.00", "", ITEM ("1", "119.00", "119.00", "0.00")),
    "11900 - 0" },
  { "woocommerce-tax-of-none", "woocommerce", NULL,
    WOOCOMMERCE ("100.00", "0.00", "0.00", VAT, ITEM ("1", "100.00", "100.00", "0.00")),
    "10000 0 0" },
  { "shopify-included", "shopify", "X-Shopify-Topic: orders/paid",
    SHOPIFY ("true", "{\"sku\": \"BOOK\", \"quantity\": 2, \"price\": \"60.00\","
                     " \"total_discount\": \"0.00\", \"discount_allocations\":"
                     " [{\"amount\": \"1.00\"}, {\"amount\": \"0.50\"}],"
                     " \"tax_lines\": [{\"price\": \"18.92\"}]}"),
    "11850 1892 150" },
  { "shopify-added", "shopify", "X-Shopify-Topic: orders/paid",
    SHOPIFY ("false", "{\"sku\": \"BOOK\", \"quantity\": 1, \"price\": \"100.00\","
                      " \"total_discount\": \"20.00\", \"tax_lines\":"
                      " [{\"price\": \"5.00\"}, {\"price\": \"3.00\"}]},"
                      "{\"sku\": \"BOOK\", \"quantity\": 1, \"price\": \"9.00\","
                      " \"tax_lines\": []}"),
    "8800 800 2200|900 0 0" },
  { "stripe-session", "stripe", NULL,
    STRIPE ("checkout.session.completed",
            SESSION "\"amount_total\": 12400, \"total_details\": {\"amount_discount\": 1000,"
                    " \"amount_shipping\": 500, \"amount_tax\": 1980},"
                    " \"shipping_cost\": {\"amount_total\": 500, \"amount_tax\": 80}"),
    "11900 1900 1000" },
  { "stripe-untaxed", "stripe", NULL,
    STRIPE ("checkout.session.completed",
            SESSION "\"amount_total\": 11900, \"total_details\": {\"amount_discount\": 0,"
                    " \"amount_shipping\": 0, \"amount_tax\": 0}"),
    "11900 - 0" },
  { "stripe-tax-of-none", "stripe", NULL,
    STRIPE ("checkout.session.completed",
            SESSION "\"amount_total\": 11900, \"automatic_tax\": {\"status\": \"complete\"},"
                    " \"total_details\": {\"amount_tax\": 0}"),
    "11900 0 0" },
  { "stripe-items", "stripe", NULL,
    STRIPE ("checkout.session.completed",
            SESSION "\"amount_total\": 3000, \"line_items\": {\"data\": ["
                    "{\"price\": {\"lookup_key\": \"BOOK\"}, \"quantity\": 1,"
                    " \"amount_total\": 1190, \"amount_tax\": 190, \"amount_discount\": 100},"
                    "{\"price\": {\"lookup_key\": \"CLUB\"}, \"quantity\": 1,"
                    " \"amount_total\": 1810, \"amount_tax\": 0, \"amount_discount\": 0}]}"),
    "1190 190 100|1810 0 0" },
  { "stripe-invoice", "stripe", NULL,
    STRIPE ("invoice.paid",
            "\"id\": \"in_1\", \"amount_paid\": 1904, \"currency\": \"eur\", \"customer_email\":"
            " \"mia@example.com\", \"lines\": {\"data\": [{\"price\": {\"lookup_key\": \"CLUB\"},"
            " \"quantity\": 1, \"amount\": 2000, \"discount_amounts\": [{\"amount\": 400}],"
            " \"tax_amounts\": [{\"amount\": 304, \"inclusive\": false}],"
            " \"period\": {\"end\": 1774720000}}]}"),
    "1904 304 476" },
  { "stripe-invoice-newer", "stripe", NULL,
    STRIPE ("invoice.paid",
            "\"id\": \"in_1\", \"amount_paid\": 1904, \"currency\": \"eur\", \"customer_email\":"
            " \"mia@example.com\", \"lines\": {\"data\": [{\"pricing\": {\"price_details\":"
            " {\"product\": \"CLUB\"}}, \"quantity\": 1, \"amount\": 1904, \"taxes\":"
            " [{\"amount\": 304, \"tax_behavior\": \"inclusive\"}],"
            " \"period\": {\"end\": 1774720000}}]}"),
    "1904 304 0" },
  { "paddle", "paddle", NULL,
    PADDLE ("\"subtotal\": \"12000\", \"discount\": \"2000\", \"tax\": \"1900\","
            " \"total\": \"11900\""),
    "11900 1900 2380" },
  { "paddle-tax-of-none", "paddle", NULL,
    PADDLE ("\"subtotal\": \"4900\", \"discount\": \"0\", \"tax\": \"0\", \"total\": \"4900\""),
    "4900 0 0" },
  { "lemon-squeezy", "lemon-squeezy", CREATED,
    LEMON ("\"total\": 4900, \"tax\": 782, \"discount_total\": 500"), "4900 782 500" },
  { "lemon-squeezy-tax-of-none", "lemon-squeezy", CREATED,
    LEMON ("\"total\": 4900, \"tax\": 0, \"discount_total\": 0"), "4900 0 0" },
  /* what cannot be is not said */
  { "above", "lemon-squeezy", CREATED, LEMON ("\"total\": 4900, \"tax\": 5000"), "4900 - 0" },
  { "no-number", "lemon-squeezy", CREATED, LEMON ("\"total\": 4900, \"tax\": \"a lot\""),
    "4900 - 0" },
};

static RungsRawDelivery *
make_delivery (RungsFixture *fixture,
               const Case   *each)
{
  RungsRawDelivery *raw = rungs_web_world_delivery (fixture->db, each->endpoint,
                                                    "application/json", each->body);
  g_auto (GStrv) header = g_strsplit (each->header != NULL ? each->header : "", ": ", 2);

  if (each->header != NULL)
    rungs_raw_delivery_add_header (raw, header[0], header[1]);
  return raw;
}

static void
test_lines (gconstpointer data)
{
  const Case *each = data;
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (RungsRawDelivery) raw = NULL;
  g_autofree char *lines = NULL;

  rungs_fixture_write (fixture, rungs_web_world_make);
  raw = make_delivery (fixture, each);
  g_assert_cmpint (rungs_web_world_receive (fixture, raw), ==, RUNGS_WEB_APPLIED);
  lines = rungs_fixture_text (fixture,
                              "SELECT group_concat (amount || ' ' || coalesce (tax, '-') || ' ' ||"
                              " discount, '|') FROM (SELECT * FROM order_line ORDER BY id)");
  g_assert_cmpstr (lines, ==, each->lines);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *path = g_strconcat ("/web/order-lines/", CASES[i].name, NULL);

      g_test_add_data_func (path, &CASES[i], test_lines);
    }
  return g_test_run ();
}
