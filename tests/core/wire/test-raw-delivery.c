/* test-raw-delivery.c: deliveries as they go from relay to desktop. */

#include "wire/rungs-raw-delivery.h"

#include <string.h>

static RungsRawDelivery *
make (void)
{
  RungsRawDelivery *delivery
      = rungs_raw_delivery_new ("POST", "/in/abc?token=a%20b&x=1", "2001:db8::7", 1772000000123);
  g_autoptr (GBytes) body = g_bytes_new ("{\"a\":\n1}\0\xff", 10);

  rungs_raw_delivery_set_body (delivery, body);
  g_assert_true (rungs_raw_delivery_add_header (delivery, "Content-Type", " application/json "));
  g_assert_true (rungs_raw_delivery_add_header (delivery, "X-Name", "Zo\xeb"));
  g_assert_true (rungs_raw_delivery_add_header (delivery, "X-Name", ""));
  return delivery;
}

static void
assert_is_made (const RungsRawDelivery *read)
{
  g_autoptr (RungsRawDelivery) made = make ();
  g_autofree char *headers = rungs_raw_delivery_dup_headers (read);

  g_assert_cmpstr (read->method, ==, "POST");
  g_assert_cmpstr (read->path, ==, "/in/abc?token=a%20b&x=1");
  g_assert_cmpstr (read->address, ==, "2001:db8::7");
  g_assert_cmpint (read->received_at, ==, 1772000000123);
  g_assert_cmpstr (headers, ==, "Content-Type: application/json\nX-Name: Zoë\nX-Name: \n");
  g_assert_true (g_bytes_equal (read->body, made->body));
}

static void
test_round (void)
{
  g_autoptr (RungsRawDelivery) delivery = make ();
  g_autoptr (GBytes) bytes = rungs_raw_delivery_to_bytes (delivery);
  gsize length = 0, used = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *twice = g_malloc (2 * length);
  g_autoptr (RungsRawDelivery) first = NULL;
  g_autoptr (RungsRawDelivery) second = NULL;

  memcpy (twice, data, length);
  memcpy (twice + length, data, length);
  first = rungs_raw_delivery_from_bytes (twice, 2 * length, &used, NULL);
  g_assert_nonnull (first);
  g_assert_cmpuint (used, ==, length);
  second = rungs_raw_delivery_from_bytes (twice + used, length, &used, NULL);
  g_assert_nonnull (second);
  assert_is_made (first);
  assert_is_made (second);
}

/* No part of one is one. */
static void
test_cut (void)
{
  g_autoptr (RungsRawDelivery) delivery = make ();
  g_autoptr (GBytes) bytes = rungs_raw_delivery_to_bytes (delivery);
  gsize length = 0, used = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  for (gsize n = 0; n < length; n++)
    {
      g_autofree char *part = g_memdup2 (data, MAX (n, 1));
      g_autoptr (GError) error = NULL;

      g_assert_null (rungs_raw_delivery_from_bytes (part, n, &used, &error));
      g_assert_nonnull (error);
    }
}

static void
test_read (void)
{
  static const struct
  {
    const char *text;
    gboolean is_one;
  } CASES[] = {
    { "rungs-delivery 1\nreceived-at: 5\naddress: \nrequest: GET /\nbody: 0\n\n\n", TRUE },
    { "rungs-delivery 1\nreceived-at: 5\nrequest: GET /\nlater: x\nbody: 1\n\nA\n", TRUE },
    { "rungs-delivery 2\nreceived-at: 5\nrequest: GET /\nbody: 0\n\n\n", FALSE },
    { "rungs-delivery 1\nrequest: GET /\nbody: 0\n\n\n", FALSE },
    { "rungs-delivery 1\nreceived-at: 5\nbody: 0\n\n\n", FALSE },
    { "rungs-delivery 1\nreceived-at: 5\nrequest: GET\nbody: 0\n\n\n", FALSE },
    { "rungs-delivery 1\nreceived-at: 5\nrequest: GET /\nrequest: GET /b\nbody: 0\n\n\n", FALSE },
    { "rungs-delivery 1\nreceived-at: -5\nrequest: GET /\nbody: 0\n\n\n", FALSE },
    { "rungs-delivery 1\nreceived-at: 5\nrequest: GET /\nheader: x\nbody: 0\n\n\n", FALSE },
    { "rungs-delivery 1\nreceived-at: 5\nrequest: GET /\nbody: 99999999999\n\n\n", FALSE },
    { "rungs-delivery 1\nreceived-at: 5\nrequest: GET /\nbody: 2\n\nA\n", FALSE },
    { "rungs-delivery 1\nreceived-at: 5\nrequest: GET /\nnonsense\nbody: 0\n\n\n", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      gsize used = 0;
      g_autoptr (RungsRawDelivery) delivery
          = rungs_raw_delivery_from_bytes (CASES[i].text, strlen (CASES[i].text), &used, NULL);

      g_test_message ("%s", CASES[i].text);
      g_assert_cmpint (delivery != NULL, ==, CASES[i].is_one);
      if (delivery != NULL)
        g_assert_cmpuint (used, ==, strlen (CASES[i].text));
    }
}

static void
test_headers (void)
{
  g_autoptr (RungsRawDelivery) delivery = make ();
  g_autofree char *path = rungs_raw_delivery_dup_path (delivery);
  g_autofree char *token = rungs_raw_delivery_dup_query (delivery, "token");

  g_assert_cmpstr (rungs_raw_delivery_get_header (delivery, "content-TYPE"), ==,
                   "application/json");
  g_assert_null (rungs_raw_delivery_get_header (delivery, "Content"));
  g_assert_cmpstr (path, ==, "/in/abc");
  g_assert_cmpstr (token, ==, "a b");
  g_assert_null (rungs_raw_delivery_dup_query (delivery, "nothing"));
  g_assert_false (rungs_raw_delivery_add_header (delivery, "", "x"));
  g_assert_false (rungs_raw_delivery_add_header (delivery, "a b", "x"));
  g_assert_false (rungs_raw_delivery_add_header (delivery, "a", "x\r\nSet-Cookie: y"));
  while (delivery->headers->len < RUNGS_RAW_HEADERS_MOST)
    g_assert_true (rungs_raw_delivery_add_header (delivery, "a", "x"));
  g_assert_false (rungs_raw_delivery_add_header (delivery, "a", "x"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/raw-delivery/round", test_round);
  g_test_add_func ("/wire/raw-delivery/cut", test_cut);
  g_test_add_func ("/wire/raw-delivery/read", test_read);
  g_test_add_func ("/wire/raw-delivery/headers", test_headers);

  return g_test_run ();
}
