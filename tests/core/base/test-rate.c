/* test-rate.c: rates as people write them. */

#include "base/rungs-error.h"
#include "base/rungs-rate.h"

static void
test_read (void)
{
  static const struct
  {
    const char *text;
    gint64 rate;
    const char *written;
  } CASES[] = {
    { "12.5 %", 1250, "12.5 %" }, { "12,5", 1250, "12.5 %" }, { "0.25%", 25, "0.25 %" },
    { " 100 % ", 10000, "100 %" }, { "0", 0, "0 %" },         { "7.05", 705, "7.05 %" },
    { ".5", 50, "0.5 %" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *written = NULL;
      gint64 rate = -1;

      g_assert_true (rungs_rate_parse (CASES[i].text, &rate, &error));
      g_assert_no_error (error);
      g_assert_cmpint (rate, ==, CASES[i].rate);
      written = rungs_rate_format (rate);
      g_assert_cmpstr (written, ==, CASES[i].written);
    }
}

static void
test_refused (void)
{
  static const char *const WRONG[]
      = { "",    "%",      "-1",    "100.01", "101", "1.234", "1.2.3", "x",
          "5 €", "1 000", "12 % %", "99999999999999999999" };

  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 rate;

      g_assert_false (rungs_rate_parse (WRONG[i], &rate, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rate/read", test_read);
  g_test_add_func ("/rate/refused", test_refused);
  return g_test_run ();
}
