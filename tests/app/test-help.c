/* test-help.c: the help tells what happens when, in the words of docs/what-happens-when.md. */

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

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add_func ("/app/help/when", test_when);
  return g_test_run ();
}
