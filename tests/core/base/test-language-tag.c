/* test-language-tag.c: which texts are written as the tag of a language is. */

#include "base/rungs-language-tag.h"

static void
test_forms (void)
{
  static const struct
  {
    const char *tag;
    gboolean valid;
  } CASES[] = {
    { "de", TRUE },
    { "DE", TRUE },
    { "pt-BR", TRUE },
    { "gsw", TRUE },
    { "zh-Hant-TW", TRUE },
    { "zh-cmn-Hans-CN", TRUE },
    { "es-419", TRUE },
    { "ca-valencia", TRUE },
    { "de-CH-1996", TRUE },
    { "de-DE-u-co-phonebk", TRUE },
    { "en-x-shop", TRUE },
    { "", FALSE },
    { "d", FALSE },
    { "German", FALSE },
    { "deutsch", FALSE },
    { "de_DE", FALSE },
    { "de DE", FALSE },
    { "de-", FALSE },
    { "-de", FALSE },
    { "de--AT", FALSE },
    { "de-DE-", FALSE },
    { "de, en", FALSE },
    { "12", FALSE },
    { "dé", FALSE },
    { "en-US-AT", FALSE },
    { "en-u", FALSE },
    { "en-u-x-shop", FALSE },
    { "en-abcdefghi", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_test_message ("“%s”", CASES[i].tag);
      g_assert_cmpint (rungs_language_tag_is_valid (CASES[i].tag), ==, CASES[i].valid);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language-tag/forms", test_forms);
  return g_test_run ();
}
