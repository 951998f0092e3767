/* test-message-check.c: what is wrong with a message is said before anybody gets it. */

#include <string.h>

#include "leads/rungs-business-store.h"
#include "leads/rungs-field-store.h"
#include "mail/rungs-message-check.h"
#include "rungs-fixture.h"

/* A message, and its problems as "code: detail", errors with a "!", parted by " | ". */
static const struct
{
  const char *subject, *preview, *text, *problems;
} CASES[] = {
  { "Hello", "Look", "Dear {{ lead.first_name }}", "" },
  { "Hello", "", "Dear", "no-preview: " },
  { "", "Look", "Dear", "!no-subject: " },
  { "Hello", "Look", " \n", "!no-text: " },
  { "Hello {{", "Look", "Dear",
    "!template: Subject: Line 1, column 7: “{{” is opened here, but its “}}” is missing" },
  { "Hello", "Look", "a\n{% fi x %}", "!template: Text: Line 2, column 1: there is no tag “fi”" },
  { "Hello", "Look", "{{ 1 | divided_by: 0 }}",
    "!template: Text: Line 1, column 8: nothing can be divided by 0" },
  { "Hello", "Look", "{{ 12 | divided_by: lead.fields.age }}", "" },
  { "{{ lead.firstname }}x", "Look", "{{ lead.fields.cat }}{{ lead.fields.age }}{{ product.url }}",
    "variable: lead.firstname | variable: lead.fields.cat | variable: product.url" },
  { "A subject that goes on and on, so long that no telephone shows even the half of it at once",
    "Look", "Dear",
    "long-subject: A subject that goes on and on, so long that no telephone shows even the half "
    "of it at once" },
  { "Hello", "Look", "<b>Dear</b>", "html: " },
  { "Hello", "Look", "5 < 6, {% if 1 < 2 %}a > b{% endif %}", "" },
};

static char *
list_problems (RungsDb            *db,
               const RungsMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = rungs_message_check (db, message, &error);
  GString *list = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    {
      const RungsMessageProblem *problem = g_ptr_array_index (problems, i);

      g_string_append_printf (list, "%s%s%s: %s", i > 0 ? " | " : "", problem->is_error ? "!" : "",
                              rungs_message_problem_code_to_text (problem->code), problem->detail);
    }
  return g_string_free (list, FALSE);
}

static RungsMessage *
new_message (const char *subject,
             const char *preview,
             const char *text)
{
  RungsMessage *message = rungs_message_new ();
  char **const texts[] = { &message->name, &message->purpose, &message->value };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_free (*texts[i]);
      *texts[i] = g_strdup ("x");
    }
  g_free (message->subject);
  g_free (message->preview);
  g_free (message->blocks);
  message->subject = g_strdup (subject);
  message->preview = g_strdup (preview);
  message->blocks = rungs_message_blocks_from_text (text);
  return message;
}

static void
test_problems (RungsFixture *self,
               RungsDb      *db)
{
  rungs_field_add (db, "age", "Age", RUNGS_FIELD_NUMBER, rungs_fixture_now (self), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RungsMessage) message =
          new_message (CASES[i].subject, CASES[i].preview, CASES[i].text);
      g_autofree char *problems = list_problems (db, message);

      g_assert_cmpstr (problems, ==, CASES[i].problems);
    }
}

static void
test_empty_message (RungsFixture *self,
                    RungsDb      *db)
{
  g_autoptr (RungsMessage) message = rungs_message_new ();
  g_autofree char *problems = list_problems (db, message);

  g_assert_cmpstr (problems, ==,
                   "!no-name:  | !no-purpose:  | !no-value:  | !no-subject:  | !no-text:  | "
                   "no-preview: ");
}

static void
test_no_postal_address (RungsFixture *self,
                        RungsDb      *db)
{
  g_autoptr (RungsMessage) message = new_message ("Hello", "Look", "Dear");
  g_autoptr (RungsBusiness) business = rungs_business_load (db, NULL);
  g_autofree char *marketing = NULL;
  g_autofree char *transactional = NULL;

  g_free (business->address);
  business->address = g_strdup (" ");
  g_assert_true (rungs_business_save (db, business, NULL));
  marketing = list_problems (db, message);
  message->marketing = FALSE;
  transactional = list_problems (db, message);
  g_assert_cmpstr (marketing, ==, "no-address: ");
  g_assert_cmpstr (transactional, ==, "");
}

static void
test_damaged_blocks (RungsFixture *self,
                     RungsDb      *db)
{
  g_autoptr (RungsMessage) message = new_message ("Hello", "Look", "Dear");
  g_autofree char *problems = NULL;

  g_free (message->blocks);
  message->blocks = g_strdup ("[{\"type\": \"carousel\"}]");
  problems = list_problems (db, message);
  g_assert_cmpstr (problems, ==,
                   "!template: Block 1: it is a “carousel”, which this version of Rungs "
                   "does not know");
}

/* What is wrong with blocks, and what could be better. */
static void
test_blocks (RungsFixture *self,
             RungsDb      *db)
{
  static const struct
  {
    const char *blocks, *problems;
  } CASES_OF_BLOCKS[] = {
    { "[{\"type\":\"picture\",\"picture\":\"cup\",\"alt\":\"A cup\"}]",
      "!template: Block 1: there is no picture “cup”" },
    { "[{\"type\":\"columns\",\"columns\":[[{\"type\":\"text\",\"text\":\"a\"}],"
      "[{\"type\":\"picture\",\"picture\":\"cup\"}]]}]",
      "!template: Block 1, column 2, block 1: there is no picture “cup” | "
      "!no-alt: Block 1, column 2, block 1" },
    { "[{\"type\":\"picture\",\"picture\":\"cup\",\"decorative\":true}]",
      "!template: Block 1: there is no picture “cup”" },
    { "[{\"type\":\"product\",\"sku\":\"BOX\"}]",
      "!template: Block 1: there is no product “BOX”" },
    { "[{\"type\":\"product\",\"sku\":\"KIT\"},{\"type\":\"signature\"}]",
      "no-letter: KIT | no-signature: Block 2" },
    { "[{\"type\":\"button\",\"text\":\"a\",\"link\":\"\"}]",
      "!template: Block 1: its link leads nowhere" },
    { "[{\"type\":\"button\",\"text\":\"a\",\"link\":\"{{ lead.city }}\"}]", "" },
    { "[{\"type\":\"button\",\"text\":\"{{ lead.cat }}x\",\"link\":\"https://a.example\"}]",
      "variable: lead.cat" },
    { "[{\"type\":\"html\",\"html\":\"<b>a</b>\"}]", "" },
    { "[{\"type\":\"heading\",\"text\":\"<b>a</b>\"}]", "html: " },
  };

  rungs_fixture_add_product (self, "KIT", 4900);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES_OF_BLOCKS); i++)
    {
      g_autoptr (RungsMessage) message = new_message ("Hello", "Look", "");
      g_autofree char *problems = NULL;

      g_free (message->blocks);
      message->blocks = g_strdup (CASES_OF_BLOCKS[i].blocks);
      problems = list_problems (db, message);
      g_assert_cmpstr (problems, ==, CASES_OF_BLOCKS[i].problems);
    }
}

static void
test_too_large (RungsFixture *self,
                RungsDb      *db)
{
  g_autofree char *text = g_strnfill (110 * 1000, 'a');
  g_autoptr (RungsMessage) message = new_message ("Hello", "Look", text);
  g_autofree char *problems = list_problems (db, message);

  g_assert_true (g_str_has_prefix (problems, "!too-large: 11"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/message-check/problems", test_problems);
  rungs_fixture_add_test ("/message-check/empty-message", test_empty_message);
  rungs_fixture_add_test ("/message-check/no-postal-address", test_no_postal_address);
  rungs_fixture_add_test ("/message-check/damaged-blocks", test_damaged_blocks);
  rungs_fixture_add_test ("/message-check/blocks", test_blocks);
  rungs_fixture_add_test ("/message-check/too-large", test_too_large);
  return g_test_run ();
}
