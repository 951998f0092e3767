/* test-aws-signature.c: the cases that Amazon published for Signature Version 4 (aws-sig-v4-test-
 * suite), by their names there. */

#include "wire/rungs-aws-signature.h"

#include <string.h>

#define DATE "20150830T123600Z"
#define UNRESERVED "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define FORM "application/x-www-form-urlencoded"

static const struct
{
  const char *name;
  const char *method;
  const char *path;
  const char *query;
  const char *headers[10]; /* besides Host and X-Amz-Date */
  const char *body;
  const char *signed_headers;
  const char *signature;
} CASES[] = {
  { "get-vanilla", "GET", "/", NULL, { NULL }, "", "host;x-amz-date",
    "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
  { "get-vanilla-empty-query-key", "GET", "/", "Param1=value1", { NULL }, "", "host;x-amz-date",
    "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb" },
  { "get-vanilla-query-order-key", "GET", "/", "Param1=value2&Param1=Value1", { NULL }, "",
    "host;x-amz-date", "eedbc4e291e521cf13422ffca22be7d2eb8146eecf653089df300a15b2382bd1" },
  { "get-vanilla-query-order-key-case", "GET", "/", "Param2=value2&Param1=value1", { NULL }, "",
    "host;x-amz-date", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500" },
  { "get-vanilla-query-order-value", "GET", "/", "Param1=value2&Param1=value1", { NULL }, "",
    "host;x-amz-date", "5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694" },
  { "get-vanilla-query-unreserved", "GET", "/", UNRESERVED "=" UNRESERVED, { NULL }, "",
    "host;x-amz-date", "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197" },
  { "get-vanilla-utf8-query", "GET", "/", "ሴ=bar", { NULL }, "", "host;x-amz-date",
    "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04" },
  { "get-unreserved", "GET", "/" UNRESERVED, NULL, { NULL }, "", "host;x-amz-date",
    "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f" },
  { "get-utf8", "GET", "/ሴ", NULL, { NULL }, "", "host;x-amz-date",
    "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85" },
  { "get-header-key-duplicate", "GET", "/", NULL,
    { "My-Header1", "value2", "My-Header1", "value2", "My-Header1", "value1" }, "",
    "host;my-header1;x-amz-date",
    "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea" },
  { "get-header-value-order", "GET", "/", NULL,
    { "My-Header1", "value4", "My-Header1", "value1", "My-Header1", "value3", "My-Header1",
      "value2" },
    "", "host;my-header1;x-amz-date",
    "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01" },
  { "get-header-value-trim", "GET", "/", NULL,
    { "My-Header1", " value1", "My-Header2", " \"a   b   c\"" }, "",
    "host;my-header1;my-header2;x-amz-date",
    "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736" },
  { "post-vanilla", "POST", "/", NULL, { NULL }, "", "host;x-amz-date",
    "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b" },
  { "post-vanilla-query", "POST", "/", "Param1=value1", { NULL }, "", "host;x-amz-date",
    "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11" },
  { "post-header-key-sort", "POST", "/", NULL, { "My-Header1", "value1" }, "",
    "host;my-header1;x-amz-date",
    "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c" },
  { "post-header-value-case", "POST", "/", NULL, { "My-Header1", "VALUE1" }, "",
    "host;my-header1;x-amz-date",
    "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d" },
  { "post-x-www-form-urlencoded", "POST", "/", NULL, { "Content-Type", FORM }, "Param1=value1",
    "content-type;host;x-amz-date",
    "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a" },
  { "post-x-www-form-urlencoded-parameters", "POST", "/", NULL,
    { "Content-Type", FORM "; charset=utf8" }, "Param1=value1", "content-type;host;x-amz-date",
    "1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe" },
};

static void
test_published (void)
{
  const RungsAwsSigner signer
    = { "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service" };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GPtrArray) headers = g_ptr_array_new ();
      RungsAwsRequest request = { CASES[i].method, CASES[i].path, CASES[i].query, NULL,
                                  CASES[i].body,   strlen (CASES[i].body) };
      g_autofree char *signature = NULL;
      g_autofree char *expected
        = g_strdup_printf ("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/"
                           "aws4_request, SignedHeaders=%s, Signature=%s",
                           CASES[i].signed_headers, CASES[i].signature);

      g_ptr_array_add (headers, (gpointer) "X-Amz-Date");
      g_ptr_array_add (headers, (gpointer) DATE);
      for (guint j = 0; CASES[i].headers[j] != NULL; j++)
        g_ptr_array_add (headers, (gpointer) CASES[i].headers[j]);
      g_ptr_array_add (headers, (gpointer) "Host");
      g_ptr_array_add (headers, (gpointer) "example.amazonaws.com");
      g_ptr_array_add (headers, NULL);
      request.headers = (const char *const *) headers->pdata;
      signature = rungs_aws_sign (&signer, &request);
      g_test_message ("%s", CASES[i].name);
      g_assert_cmpstr (signature, ==, expected);
    }
}

static void
test_date (void)
{
  g_autofree char *date = rungs_aws_date (G_GINT64_CONSTANT (1440938160000));

  g_assert_cmpstr (date, ==, DATE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/aws-signature/published", test_published);
  g_test_add_func ("/aws-signature/date", test_date);
  return g_test_run ();
}
