/* test-relay-links.c: links of messages that lead over the relay, in the bytes that are sent. */

#include <string.h>

#include "mail/rungs-click-links.h"
#include "mail/rungs-composer.h"
#include "mail/rungs-link-key-store.h"
#include "mail/rungs-message-store.h"
#include "rungs-fixture.h"
#include "wire/rungs-link.h"

#define RELAY "https://relay.example"

#define TEXT                                                                                       \
  "[Read on](https://shop.example/a?b=1&c=2) or <https://shop.example/plain> or "                  \
  "[write](mailto:ann@shop.example) or [how often]({{ preferences_link }})"

static void
set_up (RungsFixture *self,
        RungsDb      *db,
        const char   *relay,
        gboolean      counts)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO web_relay (id, uuid, address, paired_at) VALUES (1, 'u', '%s', 0)", relay);
  g_autoptr (GError) error = NULL;

  rungs_fixture_run (self, sql);
  if (counts)
    rungs_fixture_run (self, "UPDATE business SET count_clicks = 1");
  rungs_link_key_ensure (db, rungs_fixture_now (self), &error);
  g_assert_no_error (error);
}

static gint64
add_message (RungsFixture *self,
             RungsDb      *db)
{
  g_autoptr (RungsMessage) message = rungs_message_new ();
  g_autoptr (GError) error = NULL;

  g_free (message->name);
  g_free (message->purpose);
  g_free (message->value);
  g_free (message->subject);
  g_free (message->blocks);
  message->name = g_strdup ("News");
  message->purpose = g_strdup ("to test");
  message->value = g_strdup ("a test");
  message->subject = g_strdup ("News");
  message->blocks = rungs_message_blocks_from_text (TEXT);
  rungs_message_save (db, message, rungs_fixture_now (self), &error);
  g_assert_no_error (error);
  return message->version;
}

/* The bytes, without what quoted-printable adds. */
static char *
compose (RungsFixture *self,
         RungsDb      *db,
         gint64        id,
         gboolean      marketing)
{
  g_autoptr (RungsComposer) composer = rungs_composer_new ();
  g_autoptr (RungsAccount) account = rungs_account_new (RUNGS_ACCOUNT_PRACTICE);
  RungsOutboxClaim claim = { .id = id,
                             .marketing = marketing,
                             .email = (char *) "ann@example.com",
                             .message_id = (char *) "abc.1@shop.example" };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  GString *text;

  claim.lead = rungs_fixture_add_lead (self, "ann@example.com", "Ann");
  claim.message_version = add_message (self, db);
  bytes = rungs_composer_compose (composer, db, &claim, account, rungs_fixture_now (self), &error);
  g_assert_no_error (error);
  text = g_string_new_len (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_string_replace (text, "=\r\n", "", 0);
  g_string_replace (text, "=3D", "=", 0);
  return g_string_free (text, FALSE);
}

static void
assert_holds (const char *message,
              const char *text,
              gboolean    holds)
{
  if ((strstr (message, text) != NULL) != holds)
    g_error ("“%s” is %s:\n%s", text, holds ? "not in" : "in", message);
}

/* The token behind `before`, read with the keys of the file. */
static void
read_link (RungsDb    *db,
           const char *message,
           const char *before,
           RungsLink  *link)
{
  g_autoptr (GPtrArray) keys = rungs_link_keys_load (db, NULL);
  const char *begin = strstr (message, before);
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;

  if (begin == NULL)
    g_error ("“%s” is not in:\n%s", before, message);
  begin += strlen (before);
  token = g_strndup (begin, strcspn (begin, ">\""));
  rungs_link_parse (keys, token, link, &error);
  g_assert_no_error (error);
  g_assert_cmpint (link->minute, ==, 1772442000 / 60);
}

static void
test_counted (RungsFixture *self,
              RungsDb      *db)
{
  static const char *const BEFORE[] = { "<a href=\"" RELAY "/l/", "Read on <" RELAY "/l/" };
  g_autofree char *message = NULL;

  set_up (self, db, RELAY, TRUE);
  message = compose (self, db, 77, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (BEFORE); i++)
    {
      g_auto (RungsLink) link = { 0 };

      read_link (db, message, BEFORE[i], &link);
      g_assert_cmpint (link.kind, ==, RUNGS_LINK_CLICK);
      g_assert_cmpint (link.mail, ==, 77);
      g_assert_cmpint (link.lead, ==, 1);
      g_assert_cmpstr (link.rest, ==, "https://shop.example/a?b=1&c=2");
    }
  assert_holds (message, "https://shop.example/a", FALSE);
  assert_holds (message, "<a href=\"https://shop.example/plain\"", TRUE); /* says where it leads */
  assert_holds (message, "<a href=\"mailto:ann@shop.example\"", TRUE);
}

static void
test_unsubscribe (RungsFixture *self,
                  RungsDb      *db)
{
  static const char *const BEFORE[] = { "\r\nList-Unsubscribe: <" RELAY "/u/",
                                        "Unsubscribe: <" RELAY "/u/",
                                        "<a href=\"" RELAY "/u/", "how often <" RELAY "/u/" };
  g_autofree char *message = NULL;

  set_up (self, db, RELAY, FALSE);
  message = compose (self, db, 77, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (BEFORE); i++)
    {
      g_auto (RungsLink) link = { 0 };

      read_link (db, message, BEFORE[i], &link);
      g_assert_cmpint (link.kind, ==, RUNGS_LINK_UNSUBSCRIBE);
      g_assert_cmpint (link.mail, ==, 77);
      g_assert_cmpint (link.lead, ==, 1);
    }
  assert_holds (message, ">,\r\n <mailto:practice@business.example?subject=unsubscribe%20abc.1",
                TRUE);
  assert_holds (message, "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", TRUE);
  assert_holds (message, "<a href=\"https://shop.example/a", TRUE);
  assert_holds (message, "/l/", FALSE);
}

/* Nothing is counted, and nobody is led, where there is no relay that readers can reach. */
static void
test_without (RungsFixture *self,
              RungsDb      *db)
{
  g_autofree char *message = NULL;

  set_up (self, db, "http://127.0.0.1:8080", TRUE);
  message = compose (self, db, 77, TRUE);
  assert_holds (message, "\r\nList-Unsubscribe: <mailto:", TRUE);
  assert_holds (message, "One-Click", FALSE);
  assert_holds (message, "127.0.0.1", FALSE);
  assert_holds (message, "how often <mailto:", TRUE);
}

/* A message that somebody asked for is not counted, and one that is no line of the outbox (a test)
 * cannot be unsubscribed from at the relay. */
static void
test_transactional (RungsFixture *self,
                    RungsDb      *db)
{
  g_autofree char *message = NULL;

  set_up (self, db, RELAY, TRUE);
  message = compose (self, db, 77, FALSE);
  assert_holds (message, "List-", FALSE);
  assert_holds (message, "/l/", FALSE);
  assert_holds (message, "how often <" RELAY "/u/", TRUE);
}

static void
test_line_of_none (RungsFixture *self,
                   RungsDb      *db)
{
  g_autofree char *message = NULL;

  set_up (self, db, RELAY, TRUE);
  message = compose (self, db, 0, TRUE);
  assert_holds (message, RELAY, FALSE);
  assert_holds (message, "\r\nList-Unsubscribe: <mailto:", TRUE);
}

typedef struct
{
  const char *html;
  const char *text;
  const char *new_html;
  const char *new_text;
} Case;

static char *
dup_marked (const char *target,
            gpointer    data)
{
  return g_str_has_prefix (target, "http") ? g_strconcat ("https://r/?", target, NULL) : NULL;
}

static void
test_replace (void)
{
  static const Case CASES[] = {
    { "<p>a</p>", "a\n", "<p>a</p>", "a\n" },
    { "<a href=\"http://x/?a=1&amp;b=%22\" style=\"c\">t</a>", "t <http://x/?a=1&b=%22>",
      "<a href=\"https://r/?http://x/?a=1&amp;b=%22\" style=\"c\">t</a>",
      "t <https://r/?http://x/?a=1&b=%22>" },
    { "<a class=\"q\" href=\"http://x\">t</a><a href=\"http://x\">u</a>", "<http://x> <http://y>",
      "<a class=\"q\" href=\"https://r/?http://x\">t</a><a href=\"https://r/?http://x\">u</a>",
      "<https://r/?http://x> <http://y>" },
    { "<a href=\"http://x\"> HTTPS://x</a>", "<http://x>", "<a href=\"http://x\"> HTTPS://x</a>",
      "<http://x>" },
    { "<a name=\"n\">t</a><abbr href=\"http://x\">", "a < b > c <", "<a name=\"n\">t</a>"
      "<abbr href=\"http://x\">", "a < b > c <" },
    { "<a href=\"mailto:a@b\">t</a>", "<mailto:a@b>", "<a href=\"mailto:a@b\">t</a>",
      "<mailto:a@b>" },
    { "<a href=\"http://x", "<http://x", "<a href=\"http://x", "<http://x" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_auto (RungsMessageContent) content = { .html = g_strdup (CASES[i].html),
                                               .text = g_strdup (CASES[i].text),
                                               .html_size = strlen (CASES[i].html) };

      rungs_click_links_replace (&content, dup_marked, NULL);
      g_assert_cmpstr (content.html, ==, CASES[i].new_html);
      g_assert_cmpstr (content.text, ==, CASES[i].new_text);
      g_assert_cmpuint (content.html_size, ==, strlen (CASES[i].new_html));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/relay-links/counted", test_counted);
  rungs_fixture_add_test ("/relay-links/unsubscribe", test_unsubscribe);
  rungs_fixture_add_test ("/relay-links/without", test_without);
  rungs_fixture_add_test ("/relay-links/transactional", test_transactional);
  rungs_fixture_add_test ("/relay-links/line-of-none", test_line_of_none);
  g_test_add_func ("/relay-links/replace", test_replace);
  return g_test_run ();
}
