/* test-field.c: custom fields: their keys, and what their values become. */

#include "base/rungs-error.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-field-store.h"
#include "rungs-fixture.h"

typedef struct
{
  const char *label, *key;
} KeyCase;

static const KeyCase KEYS[] = {
  { "Dog's name", "dogs_name" }, { "  Größe (cm) ", "grosse_cm" }, { "E-Mail 2", "e_mail_2" },
  { "犬", "field" },             { "__a__", "a" },
};

static void
test_keys (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (KEYS); i++)
    {
      g_autofree char *key = rungs_field_key_from_label (KEYS[i].label);

      g_assert_cmpstr (key, ==, KEYS[i].key);
    }
}

typedef struct
{
  RungsFieldKind kind;
  const char *given;
  const char *stored; /* NULL: refused */
} ValueCase;

static const ValueCase VALUES[] = {
  { RUNGS_FIELD_TEXT, " a b ", "a b" },
  { RUNGS_FIELD_NUMBER, "12", "12" },
  { RUNGS_FIELD_NUMBER, "-1,5", "-1.5" },
  { RUNGS_FIELD_NUMBER, "+1.5", "1.5" },
  { RUNGS_FIELD_NUMBER, "1,234", "1234" },
  { RUNGS_FIELD_NUMBER, "1.234,50", "1234.50" },
  { RUNGS_FIELD_NUMBER, "1,234.50", "1234.50" },
  { RUNGS_FIELD_NUMBER, "1.234.567", "1234567" },
  { RUNGS_FIELD_NUMBER, "1 234 567", "1234567" },
  { RUNGS_FIELD_NUMBER, "12.", "12" },
  { RUNGS_FIELD_NUMBER, "", NULL },
  { RUNGS_FIELD_NUMBER, ".", NULL },
  { RUNGS_FIELD_NUMBER, "1e5", NULL },
  { RUNGS_FIELD_NUMBER, "1-2", NULL },
  { RUNGS_FIELD_DATE, "2026-11-21", "2026-11-21" },
  { RUNGS_FIELD_DATE, "2026-11-21T10:00:00Z", "2026-11-21" },
  { RUNGS_FIELD_DATE, "2026-1-2", "2026-01-02" },
  { RUNGS_FIELD_DATE, "21.11.2026", "2026-11-21" },
  { RUNGS_FIELD_DATE, "21/11/2026", "2026-11-21" },
  { RUNGS_FIELD_DATE, "11/21/2026", "2026-11-21" },
  { RUNGS_FIELD_DATE, "5/5/2026", "2026-05-05" },
  { RUNGS_FIELD_DATE, "5/6/2026", NULL },
  { RUNGS_FIELD_DATE, "2026-02-29", NULL },
  { RUNGS_FIELD_DATE, "2024-02-29", "2024-02-29" },
  { RUNGS_FIELD_DATE, "2026-11-21x", NULL },
  { RUNGS_FIELD_DATE, "-026-11-21", NULL },
  { RUNGS_FIELD_DATE, "soon", NULL },
  { RUNGS_FIELD_DATE, "21 Nov 1964", "1964-11-21" },
  { RUNGS_FIELD_DATE, "12. März 2024", "2024-03-12" },
  { RUNGS_FIELD_DATE, "Mar 12, 2024 2:30 PM", "2024-03-12" },
  { RUNGS_FIELD_DATE, "19641121", "1964-11-21" },
  { RUNGS_FIELD_DATE, "21.11.26", NULL },
  { RUNGS_FIELD_DATE, "21 Nov 64", NULL },
  { RUNGS_FIELD_DATE, "1234567", NULL },
  { RUNGS_FIELD_LONG, " a\r\nb\rc ", "a\nb\nc" },
  { RUNGS_FIELD_LINK, "https://rungs.app/a?b=1#c", "https://rungs.app/a?b=1#c" },
  { RUNGS_FIELD_LINK, "rungs.app/a", "https://rungs.app/a" },
  { RUNGS_FIELD_LINK, "rungs.app:8080", "https://rungs.app:8080" },
  { RUNGS_FIELD_LINK, "ann@rungs.app", "mailto:ann@rungs.app" },
  { RUNGS_FIELD_LINK, "mailto:ann@rungs.app?subject=a", "mailto:ann@rungs.app?subject=a" },
  { RUNGS_FIELD_LINK, "HTTP://rungs.app", "HTTP://rungs.app" },
  { RUNGS_FIELD_LINK, "javascript:alert(1.5)", NULL },
  { RUNGS_FIELD_LINK, "file:///etc/passwd", NULL },
  { RUNGS_FIELD_LINK, "https://", NULL },
  { RUNGS_FIELD_LINK, "https://a b", NULL },
  { RUNGS_FIELD_LINK, "my page", NULL },
  { RUNGS_FIELD_LINK, "data:text/html,x", NULL },
  { RUNGS_FIELD_YESNO, "Yes", "yes" },
  { RUNGS_FIELD_YESNO, "JA", "yes" },
  { RUNGS_FIELD_YESNO, "0", "no" },
  { RUNGS_FIELD_YESNO, "maybe", NULL },
};

static void
test_values (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (VALUES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *stored = rungs_field_normalize (VALUES[i].kind, VALUES[i].given, &error);

      g_assert_cmpstr (stored, ==, VALUES[i].stored);
      g_assert_cmpint (error == NULL, ==, stored != NULL);
      if (stored != NULL)
        {
          g_autofree char *again = rungs_field_normalize (VALUES[i].kind, stored, NULL);

          g_assert_cmpstr (again, ==, stored);
        }
    }
}

static void
test_definitions (RungsFixture *f,
                  RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsField) field = NULL;
  g_autoptr (GPtrArray) all = NULL;
  gint64 dog = rungs_field_add (db, NULL, "Dog's name", RUNGS_FIELD_TEXT, 0, &error);
  gint64 age = rungs_field_add (db, "age", "Age", RUNGS_FIELD_NUMBER, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rungs_field_add (db, NULL, "Dogs Name", RUNGS_FIELD_TEXT, 0, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (rungs_field_add (db, "Bad Key", "x", RUNGS_FIELD_TEXT, 0, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (rungs_field_add (db, NULL, "  ", RUNGS_FIELD_TEXT, 0, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_true (rungs_field_rename (db, dog, "Name of the dog", NULL));
  all = rungs_field_list (db, NULL);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpint (((RungsField *) all->pdata[0])->id, ==, dog);
  g_assert_cmpint (((RungsField *) all->pdata[1])->id, ==, age);
  g_assert_cmpint (((RungsField *) all->pdata[1])->kind, ==, RUNGS_FIELD_NUMBER);
  field = rungs_field_load_by_key (db, "dogs_name", &error);
  g_assert_cmpstr (field->label, ==, "Name of the dog");
  g_assert_true (rungs_field_delete (db, dog, NULL));
  g_assert_false (rungs_field_delete (db, dog, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
test_set_value (RungsFixture *f,
                RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 age = rungs_field_add (db, "age", "Age", RUNGS_FIELD_NUMBER, 0, NULL);
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_field_set_value (db, ann, age, " 41 ", 1, &error));
  g_assert_true (rungs_field_set_value (db, ann, age, "41", 2, &error));
  g_assert_true (rungs_field_set_value (db, ann, age, "42", 3, &error));
  values = rungs_field_values (db, ann, &error);
  g_assert_cmpstr (((RungsFieldValue *) values->pdata[0])->value, ==, "42");
  g_assert_cmpstr (((RungsFieldValue *) values->pdata[0])->key, ==, "age");
  g_assert_false (rungs_field_set_value (db, ann, age, "old", 4, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (rungs_field_set_value (db, ann, age, "", 5, &error));

  events = rungs_timeline_page (db, ann, NULL, 10, &error);
  g_assert_cmpuint (events->len, ==, 4);
  g_assert_cmpstr (((RungsEvent *) events->pdata[3])->detail, ==, "[null,\"41\"]");
  g_assert_cmpstr (((RungsEvent *) events->pdata[1])->detail, ==, "[\"42\",null]");
  g_assert_cmpint (((RungsEvent *) events->pdata[1])->ref, ==, age);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead_value"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/field/keys", test_keys);
  g_test_add_func ("/field/values", test_values);
  rungs_fixture_add_test ("/field/definitions", test_definitions);
  rungs_fixture_add_test ("/field/set-value", test_set_value);
  return g_test_run ();
}
