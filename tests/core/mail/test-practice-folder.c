/* test-practice-folder.c: what the practice account wrote is listed and read as people would. */

#include <string.h>

#include "../../support/rungs-test-server.h"
#include "base/rungs-error.h"
#include "mail/rungs-practice-folder.h"

static const char LETTER[]
    = "From: =?utf-8?q?B=C3=A4ckerei?= <shop@example.org>\r\n"
      "To: \"Ada Lovelace\" <ada@example.org>\r\n"
      "Subject: =?utf-8?b?R3LDvMOfZQ==?=\r\n"
      "Message-ID: <2.x@rungs.example>\r\n"
      "MIME-Version: 1.0\r\n"
      "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
      "--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
      "SGFsbG8gw5xtbGF1dA==\r\n"
      "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hallo</p>\r\n--b--\r\n";

static void
put (const char *folder,
     const char *name,
     const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_usleep (20000);
}

static void
test_list_and_read (void)
{
  g_autofree char *folder = rungs_test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) mails = NULL;
  g_autoptr (RungsPracticeMail) mail = NULL;
  RungsPracticeMail *first;
  guint total = 0;

  put (folder, "1.x@rungs.example.eml", "From: a@b.example\r\nSubject: old\r\n\r\nold\r\n");
  put (folder, "2.x@rungs.example.eml", LETTER);
  put (folder, "2.x@rungs.example.eml.Ab12Cd", "half of a");
  put (folder, "3.x@rungs.example.eml", "");

  mails = rungs_practice_folder_list (folder, 10, &total, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (total, ==, 3);
  g_assert_cmpuint (mails->len, >=, 2);
  first = g_ptr_array_index (mails, mails->len - 2);
  g_assert_cmpstr (first->subject, ==, "Grüße");
  g_assert_cmpstr (first->from, ==, "Bäckerei <shop@example.org>");
  g_assert_cmpstr (first->message_id, ==, "2.x@rungs.example");
  g_assert_null (first->text);

  mail = rungs_practice_folder_read (folder, first->name, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mail->to, ==, "Ada Lovelace <ada@example.org>");
  g_assert_cmpstr (mail->text, ==, "Hallo Ümlaut");
  g_assert_nonnull (strstr (mail->html, "<p>Hallo</p>"));
  g_assert_nonnull (strstr (mail->headers, "Message-ID: <2.x@rungs.example>"));
  rungs_test_folder_remove (folder);
}

static void
test_newest_come_first (void)
{
  g_autofree char *folder = rungs_test_folder_new ();
  g_autoptr (GPtrArray) mails = NULL;
  guint total = 0;

  for (int i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d.eml", i);
      g_autofree char *text = g_strdup_printf ("Subject: %d\r\n\r\nx\r\n", i);

      put (folder, name, text);
    }
  mails = rungs_practice_folder_list (folder, 2, &total, NULL);
  g_assert_cmpuint (total, ==, 5);
  g_assert_cmpuint (mails->len, ==, 2);
  g_assert_cmpstr (((RungsPracticeMail *) g_ptr_array_index (mails, 0))->subject, ==, "4");
  g_assert_cmpstr (((RungsPracticeMail *) g_ptr_array_index (mails, 1))->subject, ==, "3");
  rungs_test_folder_remove (folder);
}

static void
test_missing (void)
{
  g_autofree char *folder = rungs_test_folder_new ();
  g_autofree char *none = g_build_filename (folder, "none", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) outside = NULL;
  g_autoptr (GPtrArray) mails = rungs_practice_folder_list (none, 10, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (mails->len, ==, 0);
  g_assert_null (rungs_practice_folder_read (folder, "1.eml", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_assert_null (rungs_practice_folder_read (folder, "../../etc/passwd", &outside));
  g_assert_error (outside, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  rungs_test_folder_remove (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice-folder/list-and-read", test_list_and_read);
  g_test_add_func ("/practice-folder/newest-first", test_newest_come_first);
  g_test_add_func ("/practice-folder/missing", test_missing);
  return g_test_run ();
}
