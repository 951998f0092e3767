/* test-message.c: messages keep every text they had; files of them are read and refused. */

#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-message-file.h"
#include "rungs-fixture.h"

static RungsMessage *
make (const char *name,
      const char *subject,
      const char *text)
{
  RungsMessage *message = rungs_message_new ();

  g_free (message->name);
  g_free (message->purpose);
  g_free (message->value);
  g_free (message->subject);
  g_free (message->blocks);
  message->name = g_strdup (name);
  message->purpose = g_strdup ("to test");
  message->value = g_strdup ("certainty");
  message->subject = g_strdup (subject);
  message->blocks = rungs_message_blocks_from_text (text);
  return message;
}

static void
test_versions (RungsFixture *fixture,
               RungsDb      *db)
{
  g_autoptr (RungsMessage) message = make ("Hello", "One", "First text");
  g_autoptr (RungsMessage) again = NULL;
  g_autoptr (RungsMessage) old = NULL;
  g_autoptr (GError) error = NULL;
  gint64 first;

  g_assert_true (rungs_message_save (db, message, 1, &error));
  first = message->version;
  g_assert_true (rungs_message_save (db, message, 2, &error));
  g_assert_cmpint (message->version, ==, first);
  g_free (message->subject);
  message->subject = g_strdup ("Two");
  g_assert_true (rungs_message_save (db, message, 3, &error));
  g_assert_cmpint (message->version, !=, first);

  again = rungs_message_load_by_name (db, "Hello", &error);
  g_assert_cmpstr (again->subject, ==, "Two");
  old = rungs_message_load_version (db, first, &error);
  g_assert_cmpstr (old->subject, ==, "One");
  g_assert_cmpstr (old->name, ==, "Hello");
}

static void
test_refused (RungsFixture *fixture,
              RungsDb      *db)
{
  g_autoptr (RungsMessage) first = make ("Hello", "s", "t");
  g_autoptr (RungsMessage) second = make ("Hello", "s", "t");
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_message_save (db, first, 1, &error));
  g_assert_false (rungs_message_save (db, second, 1, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  memset (second->value, ' ', strlen (second->value));
  g_assert_false (rungs_message_save (db, second, 1, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

static void
test_wrong_templates (RungsFixture *fixture,
                      RungsDb      *db)
{
  static const struct
  {
    const char *subject, *text, *refusal;
  } WRONG[] = {
    { "Hi {{ name", "t", "Subject: Line 1, column 4: “{{” is opened here,"
                         " but its “}}” is missing" },
    { "s", "a\n{% if b %}", "Text: Line 2, column 1: “if” is never closed: write {% endif %}" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autoptr (RungsMessage) message = make ("Hello", WRONG[i].subject, WRONG[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_false (rungs_message_save (db, message, 1, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, WRONG[i].refusal);
    }
}

static void
test_remove_and_rename (RungsFixture *fixture,
                        RungsDb      *db)
{
  g_autoptr (RungsMessage) used = make ("Used", "s", "t");
  g_autoptr (RungsMessage) unused = make ("Unused", "s", "t");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_message_save (db, used, 1, &error));
  g_assert_true (rungs_message_save (db, unused, 1, &error));
  rungs_fixture_run (fixture, "INSERT INTO sequence (id, name, created_at) VALUES (1, 'S', 0)");
  rungs_fixture_run (
    fixture,
    "INSERT INTO sequence_version (id, sequence, number, graph, created_at) VALUES"
    " (1, 1, 1, '{\"steps\": {\"a\": {\"kind\": \"message\", \"message\": \"Used\"}}}', 0)");
  rungs_fixture_run (fixture, "UPDATE sequence SET version = 1");

  g_assert_false (rungs_message_remove (db, used->id, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  used->name[0] = 'u';
  g_assert_true (rungs_message_save (db, used, 2, &error));
  g_assert_true (rungs_message_remove (db, unused->id, &error));
  rows = rungs_message_list (db, &error);
  g_assert_cmpint (rows->len, ==, 1);
}

static const struct
{
  const char *text;
  const char *subject; /* NULL: refused */
} FILES[] = {
  { "Subject: Hi: you\nPurpose: p\nValue: v\n\nText", "Hi: you" },
  { "\xef\xbb\xbfsubject: Hi\r\nvalue: v\r\nPURPOSE: p\r\nKind: Transactional\r\n\r\nText\r\n",
    "Hi" },
  { "Subject: Hi\nPurpose: p\n\nText", NULL },
  { "Subject: Hi\nPurpose: p\nValue: v\n\n \n", NULL },
  { "Subject: Hi\nPurpose: p\nValue: v\nKind: spam\n\nText", NULL },
  { "Subject: Hi\nSubject: Ho\nPurpose: p\nValue: v\n\nText", NULL },
  { "Subject: Hi\nFrom: x\nPurpose: p\nValue: v\n\nText", NULL },
  { "Just text", NULL },
  { "", NULL },
  { "Subject: \xff\nPurpose: p\nValue: v\n\nText", NULL },
};

static void
test_files (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (FILES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsMessage) message = rungs_message_file_parse (FILES[i].text, &error);

      if (FILES[i].subject == NULL)
        {
          g_assert_null (message);
          g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (message->subject, ==, FILES[i].subject);
      g_assert_cmpstr (message->blocks, ==, "[{\"type\":\"text\",\"text\":\"Text\"}]");
      g_assert_cmpint (message->marketing, ==, strstr (FILES[i].text, "Transactional") == NULL);
    }
}

static void
test_file_round_trip (void)
{
  g_autoptr (RungsMessage) message = make ("n", "Sub: ject", "Line one\n\n- a\n- b");
  g_autofree char *text = rungs_message_file_write (message, NULL);
  g_autoptr (RungsMessage) again = rungs_message_file_parse (text, NULL);

  g_assert_nonnull (again);
  g_assert_cmpstr (again->subject, ==, message->subject);
  g_assert_cmpstr (again->blocks, ==, message->blocks);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/message/versions", test_versions);
  rungs_fixture_add_test ("/message/refused", test_refused);
  rungs_fixture_add_test ("/message/wrong-templates", test_wrong_templates);
  rungs_fixture_add_test ("/message/remove-and-rename", test_remove_and_rename);
  g_test_add_func ("/message/files", test_files);
  g_test_add_func ("/message/file-round-trip", test_file_round_trip);
  return g_test_run ();
}
