/* test-paper.c: a paper as a page and as PDF. What is in the PDF is asked of poppler's tools. */

#include <string.h>

#include "partners/rungs-paper.h"
#include "rungs-fixture.h"

/* A statement of so many lines of 1.25, of which every third is longer than its column. */
static RungsPaper *
paper_of (guint lines)
{
  RungsPaper *paper = rungs_paper_new ("en", "Statement <1>");
  gint64 sum = 0;

  rungs_paper_set_parties (paper, "Corner & Sons", "Market Square 1\n10115 Berlin", "Anna Berg",
                           "");
  rungs_paper_set_pages (paper, "Page %s of %s", "Carried over", "Brought forward");
  rungs_paper_set_made_at (paper, 1772445600000);
  rungs_paper_take_fact (paper, g_strdup ("Payout 1"));
  rungs_paper_add_column (paper, "Order", FALSE);
  rungs_paper_add_column (paper, "Product", FALSE);
  rungs_paper_add_column (paper, "Amount", TRUE);
  for (guint i = 1; i <= lines; i++)
    {
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

      sum += 125;
      g_ptr_array_add (cells, g_strdup_printf ("order-%u", i));
      g_ptr_array_add (cells, i % 3 == 0 ? g_strdup ("Watercolour from the very first wash to the "
                                                     "framed picture, with all that is needed for "
                                                     "it, and a place in the studio for a year")
                                         : g_strdup ("Kit"));
      g_ptr_array_add (cells, g_strdup ("1.25 EUR"));
      rungs_paper_add_row (paper, cells,
                           g_strdup_printf ("%" G_GINT64_FORMAT ".%02d EUR", sum / 100,
                                            (int) (sum % 100)));
    }
  rungs_paper_add_sum (paper, "Commissions", "the sum");
  rungs_paper_add_sum (paper, "You are paid", "the rest");
  rungs_paper_take_note (paper, g_strdup ("That is all."));
  return paper;
}

/* What a tool prints of the PDF of `paper`; `option` (nullable). */
static char *
ask (RungsFixture     *fixture,
     const RungsPaper *paper,
     const char       *tool,
     const char       *option)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "paper.pdf", NULL);
  g_autoptr (GBytes) pdf = rungs_paper_to_pdf (paper, &error);
  g_autoptr (GSubprocess) process = NULL;
  char *text = NULL;

  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  process = strcmp (tool, "pdftotext") == 0
                ? g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, tool, option, path, "-",
                                    NULL)
                : g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, tool, path, option,
                                    NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error));
  g_assert_true (g_subprocess_get_successful (process));
  return text;
}

static guint
count (const char *text,
       const char *part)
{
  guint found = 0;

  for (const char *at = text; (at = strstr (at, part)) != NULL; at += strlen (part))
    found++;
  return found;
}

static void
test_short (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (RungsPaper) paper = paper_of (2);
  g_autofree char *text = ask (fixture, paper, "pdftotext", "-layout");
  g_autofree char *about = ask (fixture, paper, "pdfinfo", NULL);
  g_autofree char *page = rungs_paper_to_html (paper);
  static const char *const SAID[] = { "Corner & Sons", "10115 Berlin", "Anna Berg", "Statement <1>",
                                      "Payout 1", "order-2", "the rest", "That is all.",
                                      "Page 1 of 1" };

  for (guint i = 0; i < G_N_ELEMENTS (SAID); i++)
    g_assert_nonnull (strstr (text, SAID[i]));
  g_assert_null (strstr (text, "Carried"));
  g_assert_nonnull (strstr (about, "Title:           Statement <1> – Anna Berg\n"));
  g_assert_nonnull (strstr (about, "Author:          Corner & Sons\n"));
  g_assert_nonnull (strstr (about, "CreationDate:    Mon Mar  2 10:00:00 2026"));
  g_assert_nonnull (strstr (about, "(A4)"));
  g_assert_nonnull (strstr (page, "<h1>Statement &lt;1&gt;</h1>"));
  g_assert_nonnull (strstr (page, "<td class=\"n\">the rest</td>"));
}

/* Each line is there once, each page has the head of the table, and its sum goes on. */
static void
test_many (RungsFixture *fixture,
           RungsDb      *db)
{
  g_autoptr (RungsPaper) paper = paper_of (2000);
  g_autofree char *text = ask (fixture, paper, "pdftotext", "-layout");
  g_auto (GStrv) pages = g_strsplit (text, "\f", -1);
  guint n = g_strv_length (pages) - 1;
  g_autofree char *last = g_strdup_printf ("Page %u of %u", n, n);

  g_assert_cmpuint (n, >, 30);
  for (guint i = 1; i <= 2000; i++)
    {
      g_autofree char *order = g_strdup_printf ("order-%u ", i);

      g_assert_cmpuint (count (text, order), ==, 1);
    }
  g_assert_nonnull (strstr (pages[n - 1], last));
  for (guint i = 0; i < n; i++)
    {
      const char *carried = strstr (pages[i], "Carried over");
      const char *brought = i + 1 < n ? strstr (pages[i + 1], "Brought forward") : NULL;
      g_auto (GStrv) a = NULL, b = NULL;

      g_assert_cmpuint (count (pages[i], "Amount"), ==, 1);
      g_assert_cmpint (carried != NULL, ==, brought != NULL);
      g_assert_true (carried != NULL || i + 1 >= n);
      if (carried == NULL)
        continue;
      a = g_strsplit_set (g_strchug ((char *) carried + strlen ("Carried over")), "E", 2);
      b = g_strsplit_set (g_strchug ((char *) brought + strlen ("Brought forward")), "E", 2);
      g_assert_cmpstr (a[0], ==, b[0]);
    }
}

/* Who hears it hears a heading, paragraphs, and a table on each page, its cells under their heads;
 * not how pages are numbered. */
static void
test_tagged (RungsFixture *fixture,
             RungsDb      *db)
{
  g_autoptr (RungsPaper) paper = paper_of (100);
  g_autofree char *about = ask (fixture, paper, "pdfinfo", NULL);
  g_autofree char *read = ask (fixture, paper, "pdfinfo", "-struct-text");
  g_autofree char *text = ask (fixture, paper, "pdftotext", "-layout");
  guint pages = count (text, "\f");

  g_assert_cmpuint (pages, >, 1);
  g_assert_nonnull (strstr (about, "Tagged:          yes\n"));
  g_assert_true (g_str_has_prefix (read, "Document\n  Sect"));
  g_assert_cmpuint (count (read, "Sect"), ==, pages);
  g_assert_cmpuint (count (read, "Table (block)"), ==, pages);
  g_assert_nonnull (strstr (read, "    H1 (block)\n      \"Statement <1>\"\n"));
  g_assert_nonnull (strstr (read, "    P (block)\n      \"Anna Berg\"\n"));
  g_assert_nonnull (strstr (read, "        TH\n          \"Amount\"\n"));
  g_assert_nonnull (strstr (read, "        TD\n          \"order-100\"\n"));
  g_assert_nonnull (strstr (read, "        TH\n          \"Carried over\"\n"));
  g_assert_nonnull (strstr (read, "\"That is all.\""));
  g_assert_nonnull (strstr (text, "Page 1 of"));
  g_assert_null (strstr (read, "Page 1 of"));
}

/* The same bytes for the same paper, also a second later. */
static void
test_same (void)
{
  g_autoptr (RungsPaper) one = paper_of (50);
  g_autoptr (RungsPaper) two = paper_of (50);
  g_autoptr (GBytes) first = rungs_paper_to_pdf (one, NULL);
  g_autoptr (GBytes) second = NULL;

  g_usleep (1100 * 1000);
  second = rungs_paper_to_pdf (two, NULL);
  g_assert_true (g_bytes_equal (first, second));
}

/* A word without end, a cell that would fill pages, and other scripts; on Letter. */
static void
test_odd (RungsFixture *fixture,
          RungsDb      *db)
{
  g_autoptr (RungsPaper) paper = paper_of (1);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  g_autofree char *about = NULL;
  g_autofree char *fonts = NULL;

  paper->letter = rungs_paper_is_letter_in ("US");
  rungs_paper_set_parties (paper, "Łódź & Ελλάδα", "Улица 1", "A", "");
  g_ptr_array_add (cells, g_strnfill (300, 'w'));
  g_ptr_array_add (cells, g_strnfill (60000, 'x'));
  g_ptr_array_add (cells, g_strdup ("92233720368547758.07 EUR"));
  rungs_paper_add_row (paper, cells, g_strdup ("92233720368547759.32 EUR"));
  text = ask (fixture, paper, "pdftotext", "-layout");
  about = ask (fixture, paper, "pdfinfo", NULL);
  fonts = ask (fixture, paper, "pdffonts", NULL);
  g_assert_nonnull (strstr (text, "Łódź & Ελλάδα"));
  g_assert_nonnull (strstr (text, "Улица 1"));
  g_assert_nonnull (strstr (text, "92233720368547758.07 EUR"));
  g_assert_nonnull (strstr (text, "the rest"));
  g_assert_nonnull (strstr (about, "(letter)"));
  g_assert_nonnull (strstr (fonts, "yes yes yes"));
  g_assert_null (strstr (fonts, " no "));
  g_assert_false (rungs_paper_is_letter_in ("DE"));
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE); /* by which pdfinfo tells when it was made */
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/paper/short", test_short);
  rungs_fixture_add_test ("/paper/many", test_many);
  rungs_fixture_add_test ("/paper/tagged", test_tagged);
  g_test_add_func ("/paper/same", test_same);
  rungs_fixture_add_test ("/paper/odd", test_odd);
  return g_test_run ();
}
