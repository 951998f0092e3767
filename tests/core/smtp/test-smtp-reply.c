/* test-smtp-reply.c: what a mail server says is read as it was meant, however it comes, and nothing
 * that is not SMTP is taken for it. */

#include <string.h>

#include "base/rungs-error.h"
#include "smtp/rungs-smtp-extensions.h"
#include "smtp/rungs-smtp-reply.h"
#include "smtp/rungs-smtp-safety.h"
#include "smtp/rungs-smtp-sign-in.h"

/* Each reply as "CODE text", lines parted by CR LF, replies by "; "; "broken" where it ends so. */
static char *
read_all (const char *bytes,
          gsize       length,
          gsize       step)
{
  g_autoptr (RungsSmtpReplyReader) reader = rungs_smtp_reply_reader_new ();
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < length && error == NULL; i += step)
    {
      g_auto (RungsSmtpReply) reply = { 0 };

      rungs_smtp_reply_reader_feed (reader, (const guint8 *) bytes + i, MIN (step, length - i));
      while (rungs_smtp_reply_reader_next (reader, &reply, &error))
        {
          g_string_append_printf (all, "%d %s; ", reply.code, reply.text->str);
          rungs_smtp_reply_clear (&reply);
        }
    }
  if (error != NULL)
    {
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      g_string_append (all, "broken");
    }
  else if (rungs_smtp_reply_reader_has_more (reader))
    g_string_append (all, "more");
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static const struct
{
  const char *bytes;
  const char *read;
} CASES[] = {
  { "250 yes\r\n", "250 250 yes; " },
  { "250\r\n", "250 250; " },
  { "250 yes\n", "250 250 yes; " },
  { "250-one\r\n250-two\r\n250 three\r\n", "250 250-one\r\n250-two\r\n250 three; " },
  { "250 a\r\n354 b\r\n", "250 250 a; 354 354 b; " },
  { "250-a\r\n550 b\r\n", "550 250-a\r\n550 b; " },
  { "250 yes", "more" },
  { "250-yes\r\n", "more" },
  { "250 yes\r\n2", "250 250 yes; more" },
  { "HTTP/1.1 400 Bad Request\r\n", "broken" },
  { "\r\n", "broken" },
  { "25\r\n", "broken" },
  { "2500 yes\r\n", "broken" },
  { "150 yes\r\n", "broken" },
  { "650 yes\r\n", "broken" },
  { "250_yes\r\n", "broken" },
  { "250 yes\r\nno\r\n250 yes\r\n", "250 250 yes; broken" },
  { "", "" },
};

static void
test_replies (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    for (gsize step = 1; step <= strlen (CASES[i].bytes) + 1; step++)
      {
        g_autofree char *read = read_all (CASES[i].bytes, strlen (CASES[i].bytes), step);

        g_assert_cmpstr (read, ==, CASES[i].read);
      }
}

static void
test_nul_is_no_end (void)
{
  g_autofree char *read = read_all ("250 a\0b\r\n", 9, 4);

  g_assert_cmpstr (read, ==, "250 250 a b; ");
}

/* A line without an end, and a reply without one, are let go before they fill the memory. */
static void
test_without_end (void)
{
  g_autofree char *line = g_strnfill (3000000, '2');
  g_autofree char *many = NULL;
  g_autofree char *read = read_all (line, 3000000, 4096);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *long_line = NULL;

  g_assert_cmpstr (read, ==, "broken");
  for (int i = 0; i < 100000; i++)
    g_string_append (lines, "250-and so on and on\r\n");
  many = read_all (lines->str, lines->len, 4096);
  g_assert_cmpstr (many, ==, "broken");

  /* Long, but with an end: taken, and cut. */
  g_string_printf (lines, "250 %.*s\r\n", 100000, line);
  long_line = read_all (lines->str, lines->len, 4096);
  g_assert_true (g_str_has_prefix (long_line, "250 250 2222"));
  g_assert_cmpuint (strlen (long_line), <, 5000);
}

static void
test_extensions (void)
{
  RungsSmtpExtensions offered = { .chunking = TRUE };

  rungs_smtp_extensions_parse (&offered, "250-mail.example STARTTLS\r\n250-PIPELINING\r\n"
                                         "250-size 35882577\r\n250-8bitmime\r\n250-AUTH LOGIN "
                                         "XOAUTH2\r\n250 SMTPUTF8");
  g_assert_true (offered.pipelining && offered.eight_bit && offered.utf8 && offered.size);
  g_assert_false (offered.starttls || offered.chunking);
  g_assert_true (offered.auth_login && offered.auth_xoauth2 && !offered.auth_plain);
  g_assert_cmpuint (offered.most_bytes, ==, 35882577);

  rungs_smtp_extensions_parse (&offered, "250-x\r\n250-STARTTLS\r\n250-SIZE\r\n250-\r\n250-CHUNKING"
                                         "\r\n250 AUTH=PLAIN");
  g_assert_true (offered.starttls && offered.chunking && offered.size && offered.auth_plain);
  g_assert_false (offered.pipelining || offered.auth_login);
  g_assert_cmpuint (offered.most_bytes, ==, 0);
}

static void
test_dots (void)
{
  static const char *const DOTS[][2] = {
    { "", ".\r\n" },
    { ".\r\n", "..\r\n.\r\n" },
    { "a\r\n", "a\r\n.\r\n" },
    { "a\r\n.b\r\n..c\r\n\r\n.\r\n", "a\r\n..b\r\n...c\r\n\r\n..\r\n.\r\n" },
    { "a.\r\nb .\r\n", "a.\r\nb .\r\n.\r\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (DOTS); i++)
    {
      g_autoptr (GByteArray) out = g_byte_array_new ();
      g_autoptr (GBytes) message = g_bytes_new (DOTS[i][0], strlen (DOTS[i][0]));

      rungs_smtp_append_with_dots (out, message);
      g_assert_cmpmem (out->data, out->len, DOTS[i][1], strlen (DOTS[i][1]));
    }
}

static void
test_ways_to_sign_in (void)
{
  static const struct
  {
    const char *way;
    guint n;
    const char *line;
  } LINES[] = {
    { "PLAIN", 0, "AUTH PLAIN AHUxAGNvcnJlY3QgaG9yc2U=\r\n" },
    { "PLAIN", 1, "*\r\n" },
    { "LOGIN", 0, "AUTH LOGIN\r\n" },
    { "LOGIN", 1, "dTE=\r\n" },
    { "LOGIN", 2, "Y29ycmVjdCBob3JzZQ==\r\n" },
    { "LOGIN", 3, "*\r\n" },
    { "XOAUTH2", 0, "AUTH XOAUTH2 dXNlcj11MQFhdXRoPUJlYXJlciBjb3JyZWN0IGhvcnNlAQE=\r\n" },
    { "XOAUTH2", 1, "\r\n" },
    { "XOAUTH2", 2, "*\r\n" },
  };
  RungsSmtpExtensions all = { .auth_plain = TRUE, .auth_login = TRUE, .auth_xoauth2 = TRUE };
  RungsSmtpExtensions only_login = { .auth_login = TRUE };
  g_autoptr (RungsSmtpSettings) settings = rungs_smtp_settings_new ("h", 0, RUNGS_SMTP_TLS);

  settings->username = g_strdup ("u1");
  rungs_smtp_settings_set_password (settings, "correct horse");
  for (gsize i = 0; i < G_N_ELEMENTS (LINES); i++)
    {
      char *line = rungs_smtp_sign_in_dup_line (settings, LINES[i].way, LINES[i].n);

      g_assert_cmpstr (line, ==, LINES[i].line);
      rungs_smtp_sign_in_wipe (line);
    }
  g_assert_cmpstr (rungs_smtp_sign_in_choose (RUNGS_SMTP_AUTH_AUTO, &all), ==, "PLAIN");
  g_assert_cmpstr (rungs_smtp_sign_in_choose (RUNGS_SMTP_AUTH_AUTO, &only_login), ==, "LOGIN");
  g_assert_null (rungs_smtp_sign_in_choose (RUNGS_SMTP_AUTH_PLAIN, &only_login));
  g_assert_null (rungs_smtp_sign_in_choose (RUNGS_SMTP_AUTH_XOAUTH2, &only_login));

  g_assert_true (rungs_smtp_sign_in_shows (settings, "what is “correct horse”?"));
  g_assert_true (rungs_smtp_sign_in_shows (settings, "what is AHUxAGNvcnJlY3QgaG9yc2U=?"));
  g_assert_true (rungs_smtp_sign_in_shows (settings, "what is Y29ycmVjdCBob3JzZQ==?"));
  g_assert_false (rungs_smtp_sign_in_shows (settings, "no such user u1"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp-reply/replies", test_replies);
  g_test_add_func ("/smtp-reply/nul", test_nul_is_no_end);
  g_test_add_func ("/smtp-reply/without-end", test_without_end);
  g_test_add_func ("/smtp-reply/extensions", test_extensions);
  g_test_add_func ("/smtp-reply/dots", test_dots);
  g_test_add_func ("/smtp-reply/sign-in", test_ways_to_sign_in);
  return g_test_run ();
}
