/* test-return.c: what comes back by mail is told apart, in the shapes in which mail systems and
 * people send it. */

#include "mail/rungs-return.h"

#include <string.h>

#define OURS "3a2c4714-9ef8-4884-9b38-3d67063d4821@quaylane.example"
#define READER "fionn@inbox.example"

typedef struct
{
  const char *file;
  RungsReturnKind kind;
  const char *recipient;
  const char *status;
  const char *words; /* what they begin with */
} Case;

static const Case CASES[] = {
  { "postfix-no-user", RUNGS_RETURN_BOUNCE, "Fionn@inbox.example", "5.1.1",
    "550 5.1.1 <fionn@inbox.example>: Recipient address rejected: User unknown in" },
  { "exim-full", RUNGS_RETURN_BLOCKED, READER, "5.2.2", "552 5.2.2 The mailbox is over its quota" },
  { "exim-unrouteable", RUNGS_RETURN_BOUNCE, READER, "5.0.0", "Unrouteable address" },
  { "exim-quota", RUNGS_RETURN_BLOCKED, READER, "5.0.0", "mailbox is full" },
  { "delayed", RUNGS_RETURN_DELAY, READER, "4.4.1", "connect to mx.inbox.example:" },
  { "delivered", RUNGS_RETURN_OTHER, "", "", "" },
  { "exchange-blocked", RUNGS_RETURN_BLOCKED, READER, "5.7.1", "550 5.7.1 Service unavailable" },
  { "qmail-no-user", RUNGS_RETURN_BOUNCE, READER, "5.1.1", "Hi. This is the qmail-send program" },
  { "exim-old", RUNGS_RETURN_BOUNCE, READER, "",
    "host mx.inbox.example [192.0.2.7]: 550 No such user here" },
  { "odd-full", RUNGS_RETURN_DELAY, READER, "4.2.2", "452 4.2.2 The mailbox is full" },
  { "complaint", RUNGS_RETURN_COMPLAINT, READER, "", "abuse" },
  { "not-spam", RUNGS_RETURN_OTHER, "", "", "" },
  { "absence-outlook", RUNGS_RETURN_ABSENCE, "", "", "Ich bin bis Montag nicht im Büro." },
  { "absence-subject", RUNGS_RETURN_ABSENCE, "", "", "Back on Monday." },
  { "reply", RUNGS_RETURN_REPLY, "", "", "Hello Orla, does the kit come with glaze? ✨" },
  { "reply-html", RUNGS_RETURN_REPLY, "", "", "Yes, please !" },
  { "reply-no", RUNGS_RETURN_UNSUBSCRIBE, "", "", "Please unsubscribe me!" },
  { "unsubscribe", RUNGS_RETURN_UNSUBSCRIBE, "", "", "" },
  { "other", RUNGS_RETURN_OTHER, "", "", "Are you coming? Stop by." },
};

static char *
load (const char *name,
      gsize      *length)
{
  g_autofree char *file = g_strconcat (name, ".eml", NULL);
  g_autofree char *path
    = g_test_build_filename (G_TEST_DIST, "tests", "core", "mail", "returns", file, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;

  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);
  return bytes;
}

static void
test_case (gconstpointer data)
{
  const Case *wanted = data;
  gsize length = 0;
  g_autofree char *bytes = load (wanted->file, &length);
  g_autoptr (RungsReturn) read = rungs_return_read (bytes, length);

  g_assert_cmpstr (rungs_return_kind_to_text (read->kind), ==,
                   rungs_return_kind_to_text (wanted->kind));
  g_assert_cmpstr (read->recipient, ==, wanted->recipient);
  g_assert_cmpstr (read->status, ==, wanted->status);
  if (!g_str_has_prefix (read->words, wanted->words))
    g_assert_cmpstr (read->words, ==, wanted->words);
}

/* All but a mail that has nothing to do with us name the message that they are about, first. */
static void
test_about (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      gsize length = 0;
      g_autofree char *bytes = load (CASES[i].file, &length);
      g_autoptr (RungsReturn) read = rungs_return_read (bytes, length);

      if (g_str_equal (CASES[i].file, "other"))
        {
          g_assert_cmpuint (read->about->len, ==, 0);
          continue;
        }
      g_test_message ("%s", CASES[i].file);
      g_assert_cmpuint (read->about->len, >, 0);
      g_assert_cmpstr (read->about->pdata[0], ==, OURS);
    }
}

static void
test_reply_headers (void)
{
  gsize length = 0;
  g_autofree char *bytes = load ("reply", &length);
  g_autoptr (RungsReturn) read = rungs_return_read (bytes, length);

  g_assert_cmpstr (read->from, ==, READER);
  g_assert_cmpstr (read->from_name, ==, "Fionn McCarthy");
  g_assert_cmpstr (read->subject, ==, "Re: The kit");
  g_assert_cmpstr (read->message_id, ==, "CAF=abc@mail.inbox.example");
  g_assert_cmpint (read->date, ==, G_GINT64_CONSTANT (1795251720000));
  g_assert_cmpuint (read->about->len, ==, 2);
  g_assert_cmpstr (read->about->pdata[1], ==, "first@elsewhere.example");
}

/* Headers alone tell replies, answers of machines and who wants no more. */
static void
test_headers_alone (void)
{
  static const char REPLY[] = "From: a@b.example\r\nIn-Reply-To: <" OURS ">\r\n\r\n";
  static const char ABSENCE[] = "From: a@b.example\r\nAuto-Submitted: auto-replied\r\n\r\n";
  static const char SELF[] = "From: a@b.example\r\nAuto-Submitted: no\r\n"
                             "In-Reply-To: <" OURS ">\r\n";
  g_autoptr (RungsReturn) reply = rungs_return_read (REPLY, strlen (REPLY));
  g_autoptr (RungsReturn) absence = rungs_return_read (ABSENCE, strlen (ABSENCE));
  g_autoptr (RungsReturn) self = rungs_return_read (SELF, strlen (SELF));

  g_assert_cmpint (reply->kind, ==, RUNGS_RETURN_REPLY);
  g_assert_cmpint (absence->kind, ==, RUNGS_RETURN_ABSENCE);
  g_assert_cmpint (self->kind, ==, RUNGS_RETURN_REPLY);
}

/* Any cut, and any byte put in, is read as something. */
static void
test_torn (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      gsize length = 0;
      g_autofree char *bytes = load (CASES[i].file, &length);

      for (gsize cut = 0; cut < length; cut += 17)
        {
          g_autoptr (RungsReturn) read = rungs_return_read (bytes, cut);
          char kept = bytes[cut];
          g_autoptr (RungsReturn) spoilt = NULL;

          bytes[cut] = (char) g_test_rand_int_range (-128, 128);
          spoilt = rungs_return_read (bytes, length);
          bytes[cut] = kept;
          g_assert_true (g_utf8_validate (read->words, -1, NULL));
          g_assert_true (g_utf8_validate (spoilt->words, -1, NULL));
          g_assert_true (g_utf8_validate (spoilt->recipient, -1, NULL));
          g_assert_true (g_utf8_validate (spoilt->status, -1, NULL));
        }
    }
}

static void
test_nothing (void)
{
  g_autoptr (RungsReturn) nothing = rungs_return_read (NULL, 0);

  g_assert_cmpint (nothing->kind, ==, RUNGS_RETURN_OTHER);
  g_assert_cmpstr (nothing->from, ==, "");
}

/* Mails in mails in mails, and a report about a thousand people, end soon. */
static void
test_bombs (void)
{
  g_autoptr (GString) deep = g_string_new ("From: a@b.example\r\n");
  g_autoptr (GString) wide = g_string_new (
    "From: a@b.example\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\n"
    "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; b\r\n\r\n");
  g_autoptr (RungsReturn) first = NULL;
  g_autoptr (RungsReturn) second = NULL;

  for (int i = 0; i < 5000; i++)
    g_string_append_printf (
      deep, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i);
  for (int i = 0; i < 100000; i++)
    g_string_append_printf (
      wide, "Final-Recipient: rfc822; %d@b.example\r\nAction: failed\r\n\r\n", i);
  first = rungs_return_read (deep->str, deep->len);
  second = rungs_return_read (wide->str, wide->len);
  g_assert_cmpint (first->kind, ==, RUNGS_RETURN_OTHER);
  g_assert_cmpint (second->kind, ==, RUNGS_RETURN_BLOCKED);
  g_assert_cmpstr (second->recipient, ==, "0@b.example");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *path = g_strconcat ("/return/", CASES[i].file, NULL);

      g_test_add_data_func (path, &CASES[i], test_case);
    }
  g_test_add_func ("/return/about", test_about);
  g_test_add_func ("/return/reply-headers", test_reply_headers);
  g_test_add_func ("/return/headers-alone", test_headers_alone);
  g_test_add_func ("/return/torn", test_torn);
  g_test_add_func ("/return/nothing", test_nothing);
  g_test_add_func ("/return/bombs", test_bombs);
  return g_test_run ();
}
