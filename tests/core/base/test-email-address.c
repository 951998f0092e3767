/* test-email-address.c: which addresses are refused, and which are the same. */

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"

typedef struct
{
  const char *given;
  const char *key; /* NULL: refused */
} Case;

static const Case CASES[] = {
  { "ann@example.com", "ann@example.com" },
  { "  Ann@Example.COM ", "ann@example.com" },
  { "ann+list@example.com", "ann+list@example.com" },
  { "anna@bücher.example", "anna@xn--bcher-kva.example" },
  { "anna@BÜCHER.example", "anna@xn--bcher-kva.example" },
  { "anna@XN--BCHER-KVA.example", "anna@xn--bcher-kva.example" },
  { "ÄNNE@example.com", "änne@example.com" },
  { "a\xcc\x88nne@example.com", "änne@example.com" },
  { "o'neil@example.ie", "o'neil@example.ie" },
  { "", NULL },
  { "ann", NULL },
  { "@example.com", NULL },
  { "ann@", NULL },
  { "ann@localhost", NULL },
  { "ann@@example.com", NULL },
  { "ann smith@example.com", NULL },
  { "ann@exa mple.com", NULL },
  { "ann@-bad.example", NULL },
  { "ann@bad..example", NULL },
  { ".ann@example.com", NULL },
  { "ann.@example.com", NULL },
  { "ann@example.com\r\nBcc: x@y.z", NULL },
  { "a\xff@example.com", NULL },
  { "Ann <ann@example.com>", NULL },
};

static void
test_keys (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *key = rungs_email_key (CASES[i].given, &error);

      g_assert_cmpstr (key, ==, CASES[i].key);
      if (CASES[i].key == NULL)
        g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      else
        g_assert_no_error (error);
    }
}

static void
test_too_long (void)
{
  g_autofree char *name = g_strnfill (65, 'a');
  g_autofree char *address = g_strconcat (name, "@example.com", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (rungs_email_key (address, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

static void
test_for_smtp (void)
{
  g_autofree char *address = rungs_email_for_smtp ("Anna@Bücher.example", NULL);

  g_assert_cmpstr (address, ==, "Anna@xn--bcher-kva.example");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/email-address/keys", test_keys);
  g_test_add_func ("/email-address/too-long", test_too_long);
  g_test_add_func ("/email-address/for-smtp", test_for_smtp);
  return g_test_run ();
}
