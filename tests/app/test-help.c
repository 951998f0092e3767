/* test-help.c: the help tells what happens when, in the words of docs/what-happens-when.md, and who
 * is credited in each case of docs/attribution.md. */

#include "partners/rungs-credit-cases.h"
#include "rungs-app-fixture.h"
#include "rungs-help-window.h"

/* The part of a row of the table, as the help has it: without emphasis, as a sentence. */
static char *
dup_part (const char *cell,
          const char *end)
{
  g_autofree char *text = g_strstrip (g_strdup (cell));
  g_auto (GStrv) plain = g_strsplit (text, "*", -1);
  g_autofree char *joined = g_strjoinv ("", plain);
  g_autofree char *first = g_utf8_substring (joined, 0, 1);
  g_autofree char *capital = g_utf8_strup (first, -1);

  return g_strconcat (capital, g_utf8_next_char (joined), end, NULL);
}

static gboolean
tells (GtkWidget  *widget,
       const char *when,
       const char *what)
{
  if (ADW_IS_ACTION_ROW (widget)
      && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), when) == 0)
    return g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (widget)), what) == 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (tells (child, when, what))
      return TRUE;
  return FALSE;
}

static void
test_when (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "docs", "what-happens-when.md", NULL);
  RungsHelpWindow *window = rungs_help_window_new (NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  guint rows = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "|", -1);
      g_autofree char *when = NULL;
      g_autofree char *what = NULL;

      if (g_strv_length (cells) != 5 || g_str_has_prefix (lines[i], "| ---")
          || g_str_has_prefix (lines[i], "| when"))
        continue;
      when = dup_part (cells[1], "");
      what = dup_part (cells[2], ".");
      if (!tells (GTK_WIDGET (window), when, what))
        g_error ("the help does not tell “%s”: “%s”", when, what);
      rows++;
    }
  g_assert_cmpuint (rows, >, 20);
  gtk_window_destroy (GTK_WINDOW (window));
}

static guint
count_cases_of_document (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "docs", "attribution.md", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = NULL;
  g_auto (GStrv) rows = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  parts = g_strsplit (text, "## Cases", 2);
  rows = g_strsplit (parts[1], "\n| `", -1);
  return g_strv_length (rows) - 1;
}

static void
test_cases (void)
{
  g_autoptr (GPtrArray) cases = rungs_credit_cases_new ();
  RungsHelpWindow *window = rungs_help_window_new (NULL);

  g_assert_cmpuint (cases->len, >=, 60);
  g_assert_cmpuint (cases->len, ==, count_cases_of_document ());
  for (guint i = 0; i < cases->len; i++)
    {
      const RungsCreditCase *one = cases->pdata[i];
      g_autofree char *story = g_strdup_printf ("%s\n%s", one->story, one->answer);

      /* nothing that is only the document's short way of saying it */
      g_assert_false (g_regex_match_simple ("`|\\\\|[a-z]-[a-z]", one->rules, 0, 0));
      g_assert_true (g_regex_match_simple ("^(Day [0-9.]+: (the order|comes|calls|we get|both|the "
                                           "buyer|buys|\\w+ is no)[^·]*( · )?)+$",
                                           one->story, 0, 0));
      g_assert_true (tells (GTK_WIDGET (window), one->rules, story));
    }
  g_assert_true (tells (GTK_WIDGET (window), "Link followed last, within 30 days",
                        "Day 1: comes by the link of Anna · Day 3: comes by the link of Bert"
                        " · Day 5: the order\nBert is credited"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add_func ("/app/help/when", test_when);
  g_test_add_func ("/app/help/cases", test_cases);
  return g_test_run ();
}
