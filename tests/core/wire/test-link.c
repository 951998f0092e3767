/* test-link.c: signed links. */

#include "wire/rungs-link.h"

#include <string.h>

#include "base/rungs-error.h"
#include "wire/rungs-base64url.h"

static GBytes *
key_of (guint8 letter)
{
  guint8 bytes[RUNGS_LINK_KEY_BYTES];

  memset (bytes, letter, sizeof bytes);
  return g_bytes_new (bytes, sizeof bytes);
}

static GPtrArray *
keys_of (const char *letters)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (; *letters != '\0'; letters++)
    g_ptr_array_add (keys, key_of ((guint8) *letters));
  return keys;
}

static char *
make (char             letter,
      const RungsLink *link)
{
  g_autoptr (GBytes) key = key_of ((guint8) letter);

  return rungs_link_make (key, link);
}

static void
assert_refused (const char *token)
{
  g_autoptr (GPtrArray) keys = keys_of ("ab");
  g_autoptr (GError) error = NULL;
  RungsLink link = { .mail = -7 };

  g_assert_false (rungs_link_parse (keys, token, &link, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_cmpint (link.mail, ==, -7);
}

static void
test_round (void)
{
  const RungsLink links[] = {
    { RUNGS_LINK_CLICK, 1, 2, 29000000, (char *) "https://example.com/a?b=c#d" },
    { RUNGS_LINK_CLICK, G_MAXINT64, G_MAXINT64, G_MAXINT64, (char *) "http://h" },
    { RUNGS_LINK_UNSUBSCRIBE, 127, 128, 0, (char *) "" },
    { RUNGS_LINK_CONFIRM, 0, 0, 1, (char *) "Zoë" },
    { RUNGS_LINK_KNOWN, 0, 16384, 3, (char *) "first_name,question:2" },
  };
  g_autoptr (GPtrArray) keys = keys_of ("ba");

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *token = make ('a', &links[i]);
      g_auto (RungsLink) read = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (token);
      g_assert_true (rungs_link_parse (keys, token, &read, &error));
      g_assert_no_error (error);
      g_assert_cmpint (read.kind, ==, links[i].kind);
      g_assert_cmpint (read.mail, ==, links[i].mail);
      g_assert_cmpint (read.lead, ==, links[i].lead);
      g_assert_cmpint (read.minute, ==, links[i].minute);
      g_assert_cmpstr (read.rest, ==, links[i].rest);
    }
}

/* What is written here was made with Python's hmac: the form does not change, for mails with such
 * links have been sent. */
static void
test_stays (void)
{
  const RungsLink link = { RUNGS_LINK_CLICK, 300, 5, 29000000, (char *) "https://example.com/" };
  g_autofree char *token = make ('k', &link);

  g_assert_cmpstr (token, ==,
                   "bKwCBcCC6g1odHRwczovL2V4YW1wbGUuY29tL-Mg1aM1hskp4LBziSP_BJk");
}

static void
test_spoiled (void)
{
  const RungsLink link = { RUNGS_LINK_CLICK, 300, 5, 29000000, (char *) "https://example.com/" };
  g_autofree char *token = make ('a', &link);
  g_autofree char *strange = make ('x', &link);
  gsize length = 0;
  g_autofree guint8 *bytes = rungs_base64url_decode (token, &length);
  g_autofree char *padded = g_strconcat (token, "=", NULL);
  g_autofree char *longer = g_strconcat (token, "AAAA", NULL);
  g_autofree char *endless = g_strnfill (RUNGS_LINK_TEXT_MOST + 100, 'A');

  for (gsize bit = 0; bit < length * 8; bit++)
    {
      g_autofree guint8 *spoiled = g_memdup2 (bytes, length);
      g_autofree char *text = NULL;

      spoiled[bit / 8] ^= (guint8) (1u << bit % 8);
      text = rungs_base64url_encode (spoiled, length);
      assert_refused (text);
    }
  for (gsize n = 0; n < strlen (token); n++)
    {
      g_autofree char *part = g_strndup (token, n);

      assert_refused (part);
    }
  assert_refused (strange);
  assert_refused (padded);
  assert_refused (longer);
  assert_refused (endless);
  assert_refused ("");
  assert_refused ("\xff\xfe");
}

/* Rightly signed, and yet not as it is written. */
static void
test_one_way (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
  } cases[] = {
    { "l\0\0\0", 4 },                     /* leads nowhere */
    { "l\0\0\0javascript:alert(1)", 23 },
    { "l\0\0\0//example.com", 17 },
    { "u\x80\0\0\0", 5 },                 /* 0 in two bytes */
    { "u\0\x81\0\0", 5 },                 /* 1 in two bytes */
    { "u\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\0\0", 13 },
    { "u\0\0", 3 },
    { "u\0\0\0\n", 5 },
    { "u\0\0\0\xff", 5 },
    { "x\0\0\0", 4 },
    { "\0\0\0\0", 4 },
  };
  g_autoptr (GBytes) key = key_of ('a');

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint8 bytes[64];
      g_autofree char *text = NULL;

      memcpy (bytes, cases[i].bytes, cases[i].length);
      rungs_link_seal (key, bytes, cases[i].length, bytes + cases[i].length);
      text = rungs_base64url_encode (bytes, cases[i].length + RUNGS_LINK_SEAL_BYTES);
      assert_refused (text);
    }
}

static void
test_targets (void)
{
  const char *const good[] = { "http://a", "https://example.com", "https://example.com:8443/a%20b",
                               "HTTPS://Example.com/?q=ä&x={y}", "https://[2001:db8::1]/#a",
                               "https://bücher.example/" };
  const char *const bad[] = { "", "example.com", "//example.com", "/a", "javascript:alert(1)",
                              "data:text/html,x", "https://", "https:///a", "ftp://a",
                              "mailto:a@example.com", "https://a@example.com/",
                              "https://a:b@example.com/", "https://a\\b",
                              "https://a/\r\nSet-Cookie: x",
                              "https://a/ b", " https://a", "https://a/\"><script>", "http:a",
                              "https://a/\xff", "https:\\\\a" };
  g_autofree char *endless = g_strnfill (RUNGS_LINK_REST_MOST, 'a');
  g_autofree char *long_one = g_strconcat ("https://a/", endless, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (rungs_link_is_target (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const RungsLink link = { RUNGS_LINK_CLICK, 1, 1, 1, (char *) bad[i] };

      g_assert_false (rungs_link_is_target (bad[i]));
      g_assert_null (make ('a', &link));
    }
  g_assert_false (rungs_link_is_target (long_one));
}

static void
test_not_made (void)
{
  const RungsLink links[] = {
    { RUNGS_LINK_UNSUBSCRIBE, -1, 0, 0, NULL },
    { RUNGS_LINK_UNSUBSCRIBE, 0, -1, 0, NULL },
    { RUNGS_LINK_UNSUBSCRIBE, 0, 0, -1, NULL },
    { RUNGS_LINK_CONFIRM, 0, 0, 0, (char *) "\x01" },
    { RUNGS_LINK_CONFIRM, 0, 0, 0, (char *) "\xff" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    g_assert_null (make ('a', &links[i]));
}

static void
test_keys (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = rungs_link_key_new (&error);
  g_autoptr (GBytes) other = rungs_link_key_new (&error);
  g_autofree char *text = rungs_link_key_to_text (key);
  g_autoptr (GBytes) read = rungs_link_key_from_text (text);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (key, read));
  g_assert_false (g_bytes_equal (key, other));
  g_assert_null (rungs_link_key_from_text (""));
  g_assert_null (rungs_link_key_from_text (text + 1));
}

static void
test_base64url (void)
{
  const char *const wrong[] = { "A", "AB", "AAB", "AA==", "A+AA", "A/AA", "A A=", "AAAAA", "\xff" };
  guint8 bytes[64];
  gsize length = 9;
  g_autofree guint8 *nothing = rungs_base64url_decode ("", &length);

  g_assert_nonnull (nothing);
  g_assert_cmpuint (length, ==, 0);
  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (i * 37 + 251);
  for (gsize n = 0; n <= sizeof bytes; n++)
    {
      g_autofree char *text = rungs_base64url_encode (bytes, n);
      g_autofree guint8 *read = rungs_base64url_decode (text, &length);

      g_assert_nonnull (read);
      g_assert_cmpmem (bytes, n, read, length);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_null (rungs_base64url_decode (wrong[i], &length));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/link/round", test_round);
  g_test_add_func ("/wire/link/stays", test_stays);
  g_test_add_func ("/wire/link/spoiled", test_spoiled);
  g_test_add_func ("/wire/link/one-way", test_one_way);
  g_test_add_func ("/wire/link/targets", test_targets);
  g_test_add_func ("/wire/link/not-made", test_not_made);
  g_test_add_func ("/wire/link/keys", test_keys);
  g_test_add_func ("/wire/link/base64url", test_base64url);
  return g_test_run ();
}
