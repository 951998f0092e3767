/* test-vcard.c: address cards of three versions as rows. */

#include "tables/rungs-vcard-reader.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  const char *name;
  const char *text;
  gssize size;          /* -1: up to the NUL */
  const char *expected; /* LINE:field|field …, one row a line; "!" before rows with a problem */
} Case;

#define CARD(text) "BEGIN:VCARD\r\nVERSION:3.0\r\n" text "END:VCARD\r\n", -1

static const Case CASES[] = {
  { "empty", CARD (""), "1:E-mail\n" },
  { "name", CARD ("N:Smith;Ann;Mary;Dr.;\r\nFN:Dr. Ann Smith\r\nEMAIL:a@x.example\r\n"),
    "1:E-mail|First name|Last name\n1:a@x.example|Ann Mary|Smith\n" },
  { "full-name-only", CARD ("FN:Ann Smith\r\n"), "1:E-mail|Full name\n1:|Ann Smith\n" },
  { "folded", CARD ("NOTE:one tw\r\n o thr\r\n\tee\r\n  four\r\n"),
    "1:E-mail|Notes\n1:|one two three four\n" },
  { "escapes", CARD ("NOTE:a\\, b\\; c\\\\ d\\ne\\:f\\N\r\nNOTE:more\r\n"),
    "1:E-mail|Notes\n1:|a, b; c\\ d\ne:f\n\nmore\n" },
  { "preferred-leads",
    CARD ("EMAIL:one@x.example\r\nEMAIL;TYPE=INTERNET,pref:two@x.example\r\n"
          "EMAIL;PREF=1:mailto:three@x.example\r\nEMAIL:four@x.example\r\n"),
    "1:E-mail|E-mail 2|E-mail 3\n1:three@x.example|two@x.example|one@x.example\n" },
  { "telephones", CARD ("TEL;TYPE=FAX:9\r\nTEL;TYPE=HOME:1\r\nTEL;VALUE=uri:tel:+2\r\n"),
    "1:E-mail|Telephone|Telephone 2\n1:|1|+2\n" },
  { "address",
    CARD ("ADR:;Floor 2;Ring 5;Rome;RM;00100;Italy\r\nADR;TYPE=pref:Box 1;;;Oslo;;0150;Norway\r\n"),
    "1:E-mail|Street|Postcode|City|Country\n1:|Box 1|0150|Oslo|Norway\n" },
  { "address-second-part", CARD ("ADR:;Floor 2;Ring 5;Rome\r\n"),
    "1:E-mail|Street|City\n1:|Ring 5, Floor 2|Rome\n" },
  { "company", CARD ("ORG:Smith\\; Sons;Sales\r\n"), "1:E-mail|Company\n1:|Smith; Sons\n" },
  { "birthday", CARD ("BDAY:19800301\r\n"), "1:E-mail|Birthday\n1:|1980-03-01\n" },
  { "birthday-with-time", CARD ("BDAY:1980-03-01T00:00:00Z\r\n"),
    "1:E-mail|Birthday\n1:|1980-03-01\n" },
  { "tags", CARD ("CATEGORIES:VIP,a\\,b,,c\r\n"), "1:E-mail|Tags\n1:|VIP, a,b, c\n" },
  { "groups-and-case", CARD ("item1.email;type=home:a@x.example\r\nitem1.X-ABLabel:x\r\n"),
    "1:E-mail\n1:a@x.example\n" },
  { "colon-in-quotes", CARD ("EMAIL;X=\"a:b;c\":a@x.example\r\n"), "1:E-mail\n1:a@x.example\n" },
  { "own", CARD ("X-RUNGS-DOGS-NAME:Rex\r\n"), "1:E-mail|dogs name\n1:|Rex\n" },
  { "picture", CARD ("PHOTO;ENCODING=b:AAAA\r\n BBBB\r\nNOTE;ENCODING=BASE64:AAAA\r\n"),
    "1:E-mail\n" },
  { "quoted-printable",
    CARD ("N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:B=F6rk;J=F6rg\r\n"
          "NOTE;QUOTED-PRINTABLE:=C3=A4 one=0D=0A=\r\ntwo =3D three=\r\n four\r\n"),
    "1:E-mail|First name|Last name|Notes\n1:|Jörg|Börk|ä one\ntwo = three four\n" },
  { "card-within", CARD ("AGENT:BEGIN:VCARD\r\nBEGIN:VCARD\r\nEMAIL:no@x.example\r\nEND:VCARD\r\n"
                         "EMAIL:a@x.example\r\n"),
    "1:E-mail\n1:a@x.example\n" },
  { "lines-of-nothing", CARD ("\r\nno colon\r\n:x\r\n é:x\r\nEMAIL\r\nEMAIL:a@x.example\r\n\r\n"),
    "1:E-mail\n1:a@x.example\n" },
  { "no-end", "BEGIN:VCARD\nEMAIL:a@x.example\n", -1, "1:E-mail\n!1:a@x.example\n" },
  { "bytes", "BEGIN:VCARD\nNOTE:a\0b\xff\nEND:VCARD", 31, "1:E-mail|Notes\n1:|abÿ\n" },
  { "mark-and-utf-16",
    "\xff\xfe" "B\0E\0G\0I\0N\0:\0V\0C\0A\0R\0D\0\n\0E\0M\0A\0I\0L\0:\0a\0\n\0E\0N\0D\0:\0V\0C\0A"
    "\0R\0D\0\n\0", 62, "1:E-mail\n1:a\n" },
};

static void
append_row (GString             *text,
            const RungsTableRow *row)
{
  g_string_append_printf (text, "%s%d:", row->problem != NULL ? "!" : "", (int) row->line);
  for (guint i = 0; i < row->n_fields; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", row->fields[i]);
  g_string_append_c (text, '\n');
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  const RungsTableOptions options = { NULL };
  g_autoptr (RungsTableReader) reader = NULL;
  g_autoptr (GString) got = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  const RungsTableRow *row;
  int fd = g_file_open_tmp ("rungs-test-XXXXXX.vcf", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, c->text, c->size, NULL));
  reader = rungs_table_reader_open (path, &options, &error);
  g_assert_no_error (error);
  while ((row = rungs_table_reader_next (reader, NULL, &error)) != NULL)
    append_row (got, row);
  g_assert_no_error (error);
  g_assert_cmpstr (got->str, ==, c->expected);
  g_remove (path);
}

/* A thousand columns, and a line of ten megabytes, are no reason to fail. */
static void
test_large (void)
{
  const RungsTableOptions options = { NULL };
  g_autoptr (GString) text = g_string_new ("BEGIN:VCARD\n");
  g_autoptr (RungsTableReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  const RungsTableRow *row;
  int fd = g_file_open_tmp ("rungs-test-XXXXXX.vcf", &path, NULL);

  g_close (fd, NULL);
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "X-RUNGS-C%u:v\n", i);
  g_string_append (text, "PHOTO:");
  for (guint i = 0; i < 1000000; i++)
    g_string_append (text, "0123456789");
  g_string_append (text, "\nEMAIL:a@x.example\nEND:VCARD\n");
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  reader = rungs_table_reader_open (path, &options, &error);
  g_assert_no_error (error);
  row = rungs_table_reader_next (reader, NULL, &error);
  g_assert_cmpuint (row->n_fields, <, 260);
  row = rungs_table_reader_next (reader, NULL, &error);
  g_assert_null (row->problem);
  g_assert_cmpstr (row->fields[0], ==, "a@x.example");
  g_remove (path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *name = g_strconcat ("/tables/vcard/", CASES[i].name, NULL);

      g_test_add_data_func (name, &CASES[i], test_case);
    }
  g_test_add_func ("/tables/vcard/large", test_large);
  return g_test_run ();
}
