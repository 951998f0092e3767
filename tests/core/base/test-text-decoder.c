/* test-text-decoder.c: files in every encoding become UTF-8, and what is no text is refused. */

#include "base/rungs-text-decoder.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/rungs-error.h"

typedef struct
{
  const char *encoding; /* the text is written in */
  const char *mark;     /* (nullable) before it */
  const char *expected; /* encoding found */
  const char *text;
} Encoded;

static const char GERMAN[] =
    "Vorname;Nachname;E-Mail\nJürgen;Müller;j@x.example\nKäthe;Groß;k@x.example\n";
static const char MIXED[] =
    "First Name,City\nSøren,Århus\nFrançois,Orléans\nJosé,Málaga\nBjörk,Reykjavík\n";
static const char EURO[] = "name,notes\nAndré,10 € “gut” – cœur\n";
static const char POLISH[] =
    "Imię;Miasto\nŁukasz;Kraków\nMałgorzata;Łódź\nŚwiętosław;Gdańsk\nŻaneta;Bielsko-Biała\n";
static const char TURKISH[] =
    "Ad;Şehir\nAyşe Yılmaz;İstanbul\nÇağrı Öztürk;Eskişehir\nGülşah Doğan;Muğla\n";
static const char RUSSIAN[] =
    "Имя;Фамилия;Почта\nИван;Петров;i@x.example\nМария;Сидорова;m@x.example\n";
static const char GREEK[] = "Όνομα;Επώνυμο\nΓιώργος;Παπαδόπουλος\nΜαρία;Κώστα\n";
static const char JAPANESE[] = "名前,メール\n山田太郎,y@x.example\n鈴木花子,s@x.example\n";
static const char CHINESE[] = "姓名,邮箱\n王小明,w@x.example\n李雷,l@x.example\n";
static const char ASCII[] = "email,name\nann@x.example,Ann\n";

static const Encoded ENCODED[] = {
  { "UTF-8", NULL, "UTF-8", GERMAN },
  { "UTF-8", "\xef\xbb\xbf", "UTF-8", GERMAN },
  { "UTF-8", "\xef\xbb\xbf", "UTF-8", ASCII },
  { "UTF-8", NULL, "UTF-8", JAPANESE },
  { "UTF-8", NULL, "ASCII", ASCII },
  { "UTF-8", NULL, "ASCII", "" },
  { "UTF-16LE", "\xff\xfe", "UTF-16LE", GERMAN },
  { "UTF-16BE", "\xfe\xff", "UTF-16BE", GERMAN },
  { "UTF-16LE", NULL, "UTF-16LE", GERMAN },
  { "UTF-16BE", NULL, "UTF-16BE", GERMAN },
  { "UTF-16LE", NULL, "UTF-16LE", RUSSIAN },
  { "UTF-16LE", NULL, "UTF-16LE", JAPANESE },
  { "UTF-16BE", NULL, "UTF-16BE", ASCII },
  { "WINDOWS-1252", NULL, "WINDOWS-1252", GERMAN },
  { "WINDOWS-1252", NULL, "WINDOWS-1252", MIXED },
  { "WINDOWS-1252", NULL, "WINDOWS-1252", EURO },
  { "WINDOWS-1252", NULL, "WINDOWS-1252", "name,email\nAndré,a@x.example\n" },
  { "WINDOWS-1250", NULL, "WINDOWS-1250", POLISH },
  { "ISO-8859-2", NULL, "ISO-8859-2", POLISH },
  { "WINDOWS-1254", NULL, "WINDOWS-1254", TURKISH },
  { "WINDOWS-1251", NULL, "WINDOWS-1251", RUSSIAN },
  { "KOI8-R", NULL, "KOI8-R", RUSSIAN },
  { "ISO-8859-7", NULL, "ISO-8859-7", GREEK },
  { "SHIFT_JIS", NULL, "SHIFT_JIS", JAPANESE },
  { "EUC-JP", NULL, "EUC-JP", JAPANESE },
  { "GB18030", NULL, "GB18030", CHINESE },
};

typedef struct
{
  const char *begins;
  gsize size;
  const char *says;
} Refused;

#define BYTES(bytes) bytes, sizeof bytes - 1

static const Refused REFUSED[] = {
  { BYTES ("PK\3\4\x14\0\6\0[Content_Types].xml"), "Excel" },
  { BYTES ("PK\3\4\x14\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
    "LibreOffice" },
  { BYTES ("PK\3\4\x14\0\0\0subscribed_members_export.csv"), "ZIP" },
  { BYTES ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0"), "Excel" },
  { BYTES ("%PDF-1.7\n"), "PDF" },
  { BYTES ("<!DOCTYPE html><table>"), "web page" },
  { BYTES ("\x7f"
           "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\x3e\0\1\0\0\0\x60\x5d\0\0\1\2\3\4"),
    "text file" },
  { BYTES ("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "text file" },
};

/* All of it, read in pieces of `piece` bytes. */
static char *
read_all (RungsTextDecoder *decoder,
          gsize             piece)
{
  g_autofree char *buffer = g_malloc (piece);
  GString *all = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gssize count;

  while ((count = rungs_text_decoder_read (decoder, buffer, piece, &error)) > 0)
    {
      g_assert_cmpint (count, <=, piece);
      g_assert_true (g_utf8_validate (buffer, count, NULL));
      g_string_append_len (all, buffer, count);
    }
  g_assert_no_error (error);
  return g_string_free (all, FALSE);
}

static GBytes *
encode (const Encoded *encoded)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *converted = NULL;
  gsize size;

  if (encoded->mark != NULL)
    g_byte_array_append (bytes, (const guint8 *) encoded->mark, strlen (encoded->mark));
  converted = g_convert (encoded->text, -1, encoded->encoding, "UTF-8", NULL, &size, &error);
  g_assert_no_error (error);
  g_byte_array_append (bytes, (const guint8 *) converted, size);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
test_encodings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ENCODED); i++)
    for (gsize piece = 16; piece < 100000; piece *= 5)
      {
        g_autoptr (GBytes) bytes = encode (&ENCODED[i]);
        g_autoptr (GError) error = NULL;
        g_autoptr (RungsTextDecoder) decoder =
            rungs_text_decoder_new_for_bytes (bytes, NULL, &error);
        g_autofree char *text = NULL;

        g_assert_no_error (error);
        text = read_all (decoder, piece);
        g_assert_cmpstr (text, ==, ENCODED[i].text);
        g_assert_cmpstr (rungs_text_decoder_get_encoding (decoder), ==, ENCODED[i].expected);
        g_assert_cmpint (rungs_text_decoder_get_replaced (decoder), ==, 0);
        g_assert_cmpint (rungs_text_decoder_get_position (decoder), ==, g_bytes_get_size (bytes));
      }
}

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (REFUSED); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (REFUSED[i].begins, REFUSED[i].size);
      g_autoptr (GError) error = NULL;

      g_assert_null (rungs_text_decoder_new_for_bytes (bytes, NULL, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, REFUSED[i].says));
    }
}

static char *
decode (const char *bytes,
        gsize       size,
        const char *encoding,
        gint64     *replaced)
{
  g_autoptr (GBytes) given = g_bytes_new (bytes, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsTextDecoder) decoder = rungs_text_decoder_new_for_bytes (given, encoding, &error);
  char *text;

  g_assert_no_error (error);
  text = read_all (decoder, 4096);
  *replaced = rungs_text_decoder_get_replaced (decoder);
  return text;
}

static void
test_damage (void)
{
  gint64 replaced;
  g_autofree char *utf8 =
      decode (BYTES ("Köln, Zürich, Málaga, Orléans, Malmö, \xff, \xe2\x82"), NULL, &replaced);

  g_assert_cmpstr (utf8, ==,
                   "Köln, Zürich, Málaga, Orléans, Malmö, \xef\xbf\xbd, \xef\xbf\xbd\xef\xbf\xbd");
  g_assert_cmpint (replaced, ==, 3);

  g_autofree char *latin = decode (BYTES ("a \x81 \xe9"), "WINDOWS-1252", &replaced);

  g_assert_cmpstr (latin, ==, "a \xef\xbf\xbd é");
  g_assert_cmpint (replaced, ==, 1);

  g_autofree char *half = decode (BYTES ("\xff\xfe" "a\0\0\xdc" "b\0c"), NULL, &replaced);

  g_assert_cmpstr (half, ==, "a\xef\xbf\xbd" "b\xef\xbf\xbd");
  g_assert_cmpint (replaced, ==, 2);
}

/* A long list whose first accent comes late, in either encoding. */
static void
test_late_accent (void)
{
  static const char *const NAMES[] = { "UTF-8", "WINDOWS-1252" };
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len < 3 * 1024 * 1024)
    g_string_append (text, "ann@x.example,Ann\n");
  g_string_append (text, "j@x.example,Jürgen Müller\n");

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      Encoded encoded = { NAMES[i], NULL, NAMES[i], text->str };
      g_autoptr (GBytes) bytes = encode (&encoded);
      g_autoptr (RungsTextDecoder) decoder = rungs_text_decoder_new_for_bytes (bytes, NULL, NULL);
      g_autofree char *got = NULL;

      g_assert_cmpstr (rungs_text_decoder_get_encoding (decoder), ==, "ASCII");
      got = read_all (decoder, 100000);
      g_assert_cmpstr (got, ==, text->str);
      g_assert_cmpstr (rungs_text_decoder_get_encoding (decoder), ==, NAMES[i]);
    }
}

static void
test_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("rungs-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "list.csv", NULL);
  g_autofree char *pipe_path = g_build_filename (folder, "pipe", NULL);
  g_autoptr (RungsTextDecoder) decoder = NULL;
  g_autofree char *text = NULL;
  GError *error = NULL;

  g_assert_true (g_file_set_contents (path, GERMAN, -1, NULL));
  decoder = rungs_text_decoder_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rungs_text_decoder_get_size (decoder), ==, strlen (GERMAN));
  text = read_all (decoder, 64);
  g_assert_cmpstr (text, ==, GERMAN);

  g_assert_null (rungs_text_decoder_open (folder, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  g_assert_null (rungs_text_decoder_open (pipe_path, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_remove (pipe_path);
  g_remove (path);
  g_assert_null (rungs_text_decoder_open (path, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_rmdir (folder);
}

static void
test_unknown_encoding (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (BYTES ("a,b\n"));
  g_autoptr (GError) error = NULL;

  g_assert_null (rungs_text_decoder_new_for_bytes (bytes, "KLINGON-8", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-decoder/encodings", test_encodings);
  g_test_add_func ("/text-decoder/refused", test_refused);
  g_test_add_func ("/text-decoder/damage", test_damage);
  g_test_add_func ("/text-decoder/late-accent", test_late_accent);
  g_test_add_func ("/text-decoder/files", test_files);
  g_test_add_func ("/text-decoder/unknown-encoding", test_unknown_encoding);
  return g_test_run ();
}
