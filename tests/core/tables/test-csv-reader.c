/* test-csv-reader.c: rows of CSV files, whole and broken. */

#include "tables/rungs-csv-reader.h"

#include <string.h>

#include "base/rungs-error.h"

typedef struct
{
  const char *name;
  const char *text;
  gssize size;          /* -1: up to the NUL */
  char delimiter;       /* as given; 0: found out */
  char found;           /* as found out */
  const char *expected; /* LINE:field|field …, one row a line; "!" before rows with a problem */
} Case;

#define TEXT(text) text, -1

static const Case CASES[] = {
  { "empty", TEXT (""), 0, ',', "" },
  { "header-only", TEXT ("email,name"), 0, ',', "1:email|name\n" },
  { "plain", TEXT ("a,b\n1,2\n3,4\n"), 0, ',', "1:a|b\n2:1|2\n3:3|4\n" },
  { "no-last-line-end", TEXT ("a,b\n1,2"), 0, ',', "1:a|b\n2:1|2\n" },
  { "crlf", TEXT ("a,b\r\n1,2\r\n"), 0, ',', "1:a|b\n2:1|2\n" },
  { "cr", TEXT ("a,b\r1,2\r3,4"), 0, ',', "1:a|b\n2:1|2\n3:3|4\n" },
  { "mixed-line-ends", TEXT ("a,b\r\n1,2\n3,4\r5,6\r\n"), 0, ',', "1:a|b\n2:1|2\n3:3|4\n4:5|6\n" },
  { "semicolon", TEXT ("a;b;c\n1,5;2;3\n"), 0, ';', "1:a|b|c\n2:1,5|2|3\n" },
  { "tab", TEXT ("a\tb\n1,2,3\t2\n"), 0, '\t', "1:a|b\n2:1,2,3|2\n" },
  { "pipe", TEXT ("a|b|c\n1|2|3\n"), 0, '|', "1:a|b|c\n2:1|2|3\n" },
  { "one-column", TEXT ("email\na@b.example\n"), 0, ',', "1:email\n2:a@b.example\n" },
  { "given-delimiter", TEXT ("a;b,c\n"), ',', ',', "1:a;b|c\n" },
  { "commas-in-quotes", TEXT ("n;a\n\"x,y,z\";\"1,2,3\"\n"), 0, ';', "1:n|a\n2:x,y,z|1,2,3\n" },
  { "sep", TEXT ("sep=;\na;b\n1;2\n"), 0, ';', "2:a|b\n3:1|2\n" },
  { "sep-quoted", TEXT ("\"sep=|\"\r\na|b\r\n"), 0, '|', "2:a|b\n" },
  { "sep-heading", TEXT ("sep=x,b\n1,2\n"), 0, ',', "1:sep=x|b\n2:1|2\n" },
  { "doubled-quotes", TEXT ("a,b\n\"say \"\"hi\"\"\",\"\"\n"), 0, ',', "1:a|b\n2:say \"hi\"|\n" },
  { "line-end-in-quotes", TEXT ("a,b\n\"1\n2\r\n3\",x\n4,5\n"), 0, ',',
    "1:a|b\n2:1\n2\r\n3|x\n5:4|5\n" },
  { "text-after-quote", TEXT ("a,b\n\"x\"y,2\n"), 0, ',', "1:a|b\n2:xy|2\n" },
  { "space-before-quote", TEXT ("a, \"b, c\"\n"), ',', ',', "1:a|b, c\n" },
  { "quote-inside", TEXT ("a,b\n5\" pipe,2\n"), 0, ',', "1:a|b\n2:5\" pipe|2\n" },
  { "ragged", TEXT ("a,b,c\n1\n1,2,3,4\n"), 0, ',', "1:a|b|c\n2:1\n3:1|2|3|4\n" },
  { "blank-lines", TEXT ("\n\na,b\n\n  \n1,2\n\n"), 0, ',', "3:a|b\n6:1|2\n" },
  { "empty-fields", TEXT ("a,b\n,\n"), 0, ',', "1:a|b\n2:|\n" },
  { "empty-quoted-row", TEXT ("a\n\"\"\nb\n"), ',', ',', "1:a\n2:\n3:b\n" },
  { "unclosed-quote-at-end", TEXT ("a,b\n1,2\n3,\"4\n5,6\n"), 0, ',',
    "1:a|b\n2:1|2\n!3:3|4\n4:5|6\n" },
  { "unclosed-quote-last", TEXT ("a,b\n1,\"2"), 0, ',', "1:a|b\n!2:1|2\n" },
  { "nul", "a,b\n1\0x,2\n\"3\0\",4\n5,6\n", 21, 0, ',', "1:a|b\n!2:1x|2\n!3:3|4\n4:5|6\n" },
  { "utf-8", TEXT ("näme,ort\nJürgen,Köln\n"), 0, ',', "1:näme|ort\n2:Jürgen|Köln\n" },
};

static RungsCsvReader *
open_bytes (const char *text,
            gsize       size,
            char        delimiter)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);
  g_autoptr (GError) error = NULL;
  RungsTextDecoder *decoder = rungs_text_decoder_new_for_bytes (bytes, NULL, &error);
  RungsCsvReader *reader;

  g_assert_no_error (error);
  reader = rungs_csv_reader_new (decoder, delimiter, &error);
  g_assert_no_error (error);
  return reader;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (RungsCsvReader) reader =
      open_bytes (c->text, c->size < 0 ? strlen (c->text) : (gsize) c->size, c->delimiter);
  g_autoptr (GString) got = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const RungsTableRow *row;

  while ((row = rungs_csv_reader_next (reader, NULL, &error)) != NULL)
    {
      g_string_append_printf (got, "%s%" G_GINT64_FORMAT ":", row->problem != NULL ? "!" : "",
                              row->line);
      for (guint i = 0; i < row->n_fields; i++)
        g_string_append_printf (got, "%s%s", i > 0 ? "|" : "", row->fields[i]);
      g_string_append_c (got, '\n');
    }
  g_assert_no_error (error);
  g_assert_cmpstr (got->str, ==, c->expected);
  g_assert_cmpint (rungs_csv_reader_get_delimiter (reader), ==, c->found);
}

static void
test_raw (void)
{
  static const char TEXT_OF[] = "a,b\r\n\"x \"\"y\"\"\",\"1\n2\"\r\n3,\"4\n";
  static const char *const RAW[] = { "a,b", "\"x \"\"y\"\"\",\"1\n2\"", "3,\"4" };
  g_autoptr (RungsCsvReader) reader = open_bytes (TEXT_OF, sizeof TEXT_OF - 1, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (RAW); i++)
    {
      const RungsTableRow *row = rungs_csv_reader_next (reader, NULL, NULL);

      g_assert_nonnull (row);
      g_assert_cmpmem (row->raw, row->raw_length, RAW[i], strlen (RAW[i]));
    }
  g_assert_null (rungs_csv_reader_next (reader, NULL, NULL));
}

/* Rows of many lengths, so that they lie across every border of the buffers; each is checked whole.
 */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new ("n,text\r\n");
  g_autoptr (RungsCsvReader) reader = NULL;
  const RungsTableRow *row;
  guint n = 0;

  for (guint i = 0; text->len < 9 * 1024 * 1024; i++)
    {
      g_string_append_printf (text, "%u,\"", i);
      for (guint j = 0; j < (i * 7919) % 5000; j++)
        g_string_append (text, j % 50 == 49 ? "\"\"ü\r\n" : "x");
      g_string_append (text, "\"\r\n");
    }
  reader = open_bytes (text->str, text->len, 0);
  rungs_csv_reader_next (reader, NULL, NULL);
  while ((row = rungs_csv_reader_next (reader, NULL, NULL)) != NULL)
    {
      g_assert_null (row->problem);
      g_assert_cmpuint (row->n_fields, ==, 2);
      g_assert_cmpuint (g_ascii_strtoull (row->fields[0], NULL, 10), ==, n);
      g_assert_cmpuint (g_utf8_strlen (row->fields[1], -1), ==,
                        (n * 7919) % 5000 + (n * 7919) % 5000 / 50 * 3);
      n++;
    }
  g_assert_cmpuint (n, >, 3000);
}

static char *
repeat (const char *text,
        gsize       times)
{
  GString *result = g_string_sized_new (strlen (text) * times);

  for (gsize i = 0; i < times; i++)
    g_string_append (result, text);
  return g_string_free (result, FALSE);
}

static void
test_line_too_long (void)
{
  g_autofree char *junk = repeat ("0123456789abcdef", 5 * 1024 * 1024 / 16);
  g_autofree char *text = g_strconcat ("a,b\n1,2\n", junk, "\r\n3,4\n", NULL);
  g_autoptr (RungsCsvReader) reader = open_bytes (text, strlen (text), 0);
  const RungsTableRow *row;

  rungs_csv_reader_next (reader, NULL, NULL);
  rungs_csv_reader_next (reader, NULL, NULL);
  row = rungs_csv_reader_next (reader, NULL, NULL);
  g_assert_nonnull (row->problem);
  g_assert_cmpint (row->line, ==, 3);
  row = rungs_csv_reader_next (reader, NULL, NULL);
  g_assert_null (row->problem);
  g_assert_cmpint (row->line, ==, 4);
  g_assert_cmpstr (row->fields[0], ==, "3");
  g_assert_null (rungs_csv_reader_next (reader, NULL, NULL));
}

/* The row is told before the rest of its line is looked for, which may be the rest of the file. */
static void
test_line_without_end (void)
{
  g_autofree char *text = repeat ("0123456789abcdef", 8 * 1024 * 1024 / 16);
  g_autoptr (RungsCsvReader) reader = open_bytes (text, strlen (text), 0);
  RungsTextDecoder *decoder = rungs_csv_reader_get_decoder (reader);

  g_assert_nonnull (rungs_csv_reader_next (reader, NULL, NULL)->problem);
  g_assert_cmpint (rungs_text_decoder_get_position (decoder), <, 4 * 1024 * 1024);
  g_assert_null (rungs_csv_reader_next (reader, NULL, NULL));
  g_assert_cmpint (rungs_text_decoder_get_position (decoder), ==, strlen (text));
}

/* An opening quote that is closed only after megabytes: its line is refused, the next ones are
 * read. */
static void
test_quote_too_long (void)
{
  g_autofree char *rows = repeat ("x@y.example,z\n", 200000);
  g_autofree char *text = g_strconcat ("a,b\n1,\"2\n", rows, NULL);
  g_autoptr (RungsCsvReader) reader = open_bytes (text, strlen (text), 0);
  const RungsTableRow *row;
  guint n = 0;

  rungs_csv_reader_next (reader, NULL, NULL);
  row = rungs_csv_reader_next (reader, NULL, NULL);
  g_assert_nonnull (row->problem);
  g_assert_cmpint (row->line, ==, 2);
  while ((row = rungs_csv_reader_next (reader, NULL, NULL)) != NULL)
    {
      g_assert_null (row->problem);
      g_assert_cmpint (row->line, ==, 3 + n++);
    }
  g_assert_cmpuint (n, ==, 200000);
}

static void
test_columns (void)
{
  g_autofree char *heading = repeat ("column,", 9999);
  g_autofree char *values = repeat (",", 9999);
  g_autofree char *many = repeat (",", 20000);
  g_autofree char *text = g_strconcat (heading, "last\n", values, "\n", many, "\n1,2\n", NULL);
  g_autoptr (RungsCsvReader) reader = open_bytes (text, strlen (text), 0);
  const RungsTableRow *row = rungs_csv_reader_next (reader, NULL, NULL);

  g_assert_cmpuint (row->n_fields, ==, 10000);
  g_assert_cmpstr (row->fields[9999], ==, "last");
  g_assert_cmpuint (rungs_csv_reader_next (reader, NULL, NULL)->n_fields, ==, 10000);
  g_assert_nonnull (rungs_csv_reader_next (reader, NULL, NULL)->problem);
  row = rungs_csv_reader_next (reader, NULL, NULL);
  g_assert_null (row->problem);
  g_assert_cmpint (row->line, ==, 4);
}

static void
test_cancel (void)
{
  g_autofree char *rows = repeat ("x@y.example,z\n", 1000000);
  g_autoptr (RungsCsvReader) reader = open_bytes (rows, strlen (rows), 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_cancellable_cancel (cancellable);
  while (rungs_csv_reader_next (reader, cancellable, &error) != NULL)
    n++;
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (n, <, 500000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *path = g_strconcat ("/csv-reader/", CASES[i].name, NULL);

      g_test_add_data_func (path, &CASES[i], test_case);
    }
  g_test_add_func ("/csv-reader/raw", test_raw);
  g_test_add_func ("/csv-reader/long", test_long);
  g_test_add_func ("/csv-reader/line-too-long", test_line_too_long);
  g_test_add_func ("/csv-reader/line-without-end", test_line_without_end);
  g_test_add_func ("/csv-reader/quote-too-long", test_quote_too_long);
  g_test_add_func ("/csv-reader/10000-columns", test_columns);
  g_test_add_func ("/csv-reader/cancel", test_cancel);
  return g_test_run ();
}
