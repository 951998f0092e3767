/* test-field-kinds.c: fields for money, choices and telephone numbers; their order, their
 * retirement, and what becomes of values when a field changes its kind or is deleted. */

#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-field-choice-store.h"
#include "leads/rungs-field-kind-store.h"
#include "leads/rungs-field-snapshot-store.h"
#include "leads/rungs-field-store.h"
#include "rungs-fixture.h"

/* ---- what is read */

static RungsField *
new_field (RungsFieldKind kind,
           const char    *currency,
           const char    *country)
{
  static const char *const LABELS[] = { "Garden", "Kitchen, big", "Bath", NULL };
  RungsField *field = g_new0 (RungsField, 1);

  field->kind = kind;
  field->currency = g_strdup (currency);
  field->country = country != NULL ? rungs_country_find (country) : NULL;
  field->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_field_choice_free);
  for (guint i = 0; LABELS[i] != NULL; i++)
    {
      RungsFieldChoice *choice = rungs_field_choice_new (LABELS[i]);

      choice->key = rungs_field_key_from_label (LABELS[i]);
      g_ptr_array_add (field->choices, choice);
    }
  return field;
}

typedef struct
{
  RungsFieldKind kind;
  const char *of; /* currency or country */
  const char *given;
  const char *stored; /* NULL: refused */
  const char *shown;
} ReadCase;

static const ReadCase READ[] = {
  { RUNGS_FIELD_MONEY, "EUR", "49", "4900", "49.00 EUR" },
  { RUNGS_FIELD_MONEY, "EUR", "49,5", "4950", "49.50 EUR" },
  { RUNGS_FIELD_MONEY, "EUR", "1.234,50 €", "123450", "1234.50 EUR" },
  { RUNGS_FIELD_MONEY, "EUR", "€1,234.50", "123450", "1234.50 EUR" },
  { RUNGS_FIELD_MONEY, "EUR", "-€ 0.05", "-5", "-0.05 EUR" },
  { RUNGS_FIELD_MONEY, "EUR", "€-7", "-700", "-7.00 EUR" },
  { RUNGS_FIELD_MONEY, "EUR", "49.00 eur", "4900", "49.00 EUR" },
  { RUNGS_FIELD_MONEY, "EUR", "49.005", NULL, NULL },
  { RUNGS_FIELD_MONEY, "EUR", "$49", NULL, NULL },
  { RUNGS_FIELD_MONEY, "EUR", "49 USD", NULL, NULL },
  { RUNGS_FIELD_MONEY, "EUR", "", NULL, NULL },
  { RUNGS_FIELD_MONEY, "EUR", "much", NULL, NULL },
  { RUNGS_FIELD_MONEY, "EUR", "92233720368547758.08", NULL, NULL },
  { RUNGS_FIELD_MONEY, "USD", "$49", "4900", "49.00 USD" },
  { RUNGS_FIELD_MONEY, "JPY", "4,900", "4900", "4900 JPY" },
  { RUNGS_FIELD_MONEY, "JPY", "49.5", NULL, NULL },
  { RUNGS_FIELD_MONEY, "KWD", "1.234", "1234", "1.234 KWD" },
  { RUNGS_FIELD_ONE, NULL, "Garden", "garden", "Garden" },
  { RUNGS_FIELD_ONE, NULL, " gARDEN ", "garden", "Garden" },
  { RUNGS_FIELD_ONE, NULL, "kitchen_big", "kitchen_big", "Kitchen, big" },
  { RUNGS_FIELD_ONE, NULL, "Kitchen", NULL, NULL },
  { RUNGS_FIELD_SEVERAL, NULL, "Garden, bath", "bath,garden", "Garden; Bath" },
  { RUNGS_FIELD_SEVERAL, NULL, "Kitchen, big", "kitchen_big", "Kitchen, big" },
  { RUNGS_FIELD_SEVERAL, NULL, "bath;Kitchen, big;;Bath", "bath,kitchen_big",
    "Kitchen, big; Bath" },
  { RUNGS_FIELD_SEVERAL, NULL, "Garden\nBath", "bath,garden", "Garden; Bath" },
  { RUNGS_FIELD_SEVERAL, NULL, "Garden, Cellar", NULL, NULL },
  { RUNGS_FIELD_SEVERAL, NULL, ";", NULL, NULL },
  { RUNGS_FIELD_PHONE, "IE", "086 123 4567", "+353861234567", "+353861234567" },
  { RUNGS_FIELD_PHONE, "IE", "+49 (0)30 901820", "+4930901820", "+4930901820" },
  { RUNGS_FIELD_PHONE, "IE", "086 123 4567 ext. 12", "+353861234567 x12", "+353861234567 x12" },
  { RUNGS_FIELD_PHONE, "IE", "086 123 4567#12", "+353861234567 x12", "+353861234567 x12" },
  { RUNGS_FIELD_PHONE, NULL, "086 123 4567", "0861234567", "0861234567" },
  { RUNGS_FIELD_PHONE, "IE", "086 123 4567 (work)", NULL, NULL },
  { RUNGS_FIELD_PHONE, "IE", "086 123 4567, 086 123 4568", NULL, NULL },
  { RUNGS_FIELD_PHONE, "IE", "12", NULL, NULL },
  { RUNGS_FIELD_PHONE, "IE", "call me", NULL, NULL },
};

static void
test_read (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (READ); i++)
    {
      const ReadCase *given = &READ[i];
      gboolean money = given->kind == RUNGS_FIELD_MONEY;
      g_autoptr (RungsField) field
          = new_field (given->kind, money ? given->of : NULL, money ? NULL : given->of);
      g_autoptr (GError) error = NULL;
      g_autofree char *stored = rungs_field_read (field, given->given, &error);

      g_test_message ("%s", given->given);
      g_assert_cmpstr (stored, ==, given->stored);
      if (stored != NULL)
        {
          g_autofree char *shown = rungs_field_format (field, stored);
          g_autofree char *again = rungs_field_read (field, shown, NULL);

          g_assert_cmpstr (shown, ==, given->shown);
          g_assert_cmpstr (again, ==, stored);
        }
      else
        g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
    }
}

/* What is shown of any value is read back as that value, whatever the labels look like. */
static void
test_read_back (void)
{
  g_autoptr (RungsField) field = new_field (RUNGS_FIELD_SEVERAL, NULL, NULL);
  RungsFieldChoice *odd = rungs_field_choice_new ("garden, bath");

  odd->key = g_strdup ("odd");
  g_ptr_array_add (field->choices, odd);
  for (guint set = 1; set < 16; set++)
    {
      static const char *const KEYS[] = { "bath", "garden", "kitchen_big", "odd" };
      g_autoptr (GString) value = g_string_new (NULL);
      g_autofree char *shown = NULL;
      g_autofree char *again = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
        if (set & 1u << i)
          g_string_append_printf (value, "%s%s", value->len > 0 ? "," : "", KEYS[i]);
      shown = rungs_field_format (field, value->str);
      again = rungs_field_read (field, shown, NULL);
      g_assert_cmpstr (again, ==, value->str);
    }
}

static void
test_holds (void)
{
  g_assert_true (rungs_field_value_holds ("bath,garden", "bath"));
  g_assert_true (rungs_field_value_holds ("bath,garden", "garden"));
  g_assert_false (rungs_field_value_holds ("bath,garden", "gard"));
  g_assert_false (rungs_field_value_holds ("bathroom", "bath"));
  g_assert_false (rungs_field_value_holds ("", "bath"));
  g_assert_false (rungs_field_value_holds (NULL, "bath"));
}

/* ---- in the file */

static void
assert_text (RungsField *taken,
             const char *label)
{
  g_autoptr (RungsField) field = taken;

  g_assert_cmpstr (field->label, ==, label);
}

static char *
order_of (RungsDb *db)
{
  g_autoptr (GPtrArray) fields = rungs_field_list (db, NULL);
  g_autoptr (GString) order = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const RungsField *field = fields->pdata[i];

      g_string_append_printf (order, "%s%s%s", i > 0 ? " " : "", field->retired_at ? "-" : "",
                              field->key);
    }
  return g_strdup (order->str);
}

static void
assert_order (RungsDb    *db,
              const char *order)
{
  g_autofree char *is = order_of (db);

  g_assert_cmpstr (is, ==, order);
}

static void
test_order (RungsFixture *f,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) in_use = NULL;
  gint64 a = rungs_field_add (db, "a", "A", RUNGS_FIELD_TEXT, 1, NULL);
  gint64 b = rungs_field_add (db, "b", "B", RUNGS_FIELD_TEXT, 1, NULL);
  gint64 c = rungs_field_add (db, "c", "C", RUNGS_FIELD_TEXT, 1, NULL);

  assert_order (db, "a b c");
  g_assert_true (rungs_field_move (db, c, 0, NULL));
  assert_order (db, "c a b");
  g_assert_true (rungs_field_move (db, c, 9, NULL));
  assert_order (db, "a b c");
  g_assert_true (rungs_field_retire (db, a, 5, NULL));
  assert_order (db, "b c -a");
  g_assert_true (rungs_field_retire (db, a, 6, NULL));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT retired_at FROM field WHERE key = 'a'"), ==, 5);
  g_assert_false (rungs_field_move (db, a, 0, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  in_use = rungs_field_list_in_use (db, NULL);
  g_assert_cmpuint (in_use->len, ==, 2);
  g_assert_true (rungs_field_retire (db, a, 0, NULL));
  assert_order (db, "b c a");
  g_assert_true (rungs_field_move (db, b, 1, NULL));
  assert_order (db, "c b a");
}

/* `labels` parted by "|"; one that begins with "-" is retired. */
static gboolean
put_choices (RungsDb    *db,
             gint64      id,
             const char *labels,
             GError    **error)
{
  g_auto (GStrv) parts = g_strsplit (labels, "|", -1);
  g_autoptr (RungsField) field = rungs_field_load (db, id, NULL);
  g_autoptr (GPtrArray) choices
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_field_choice_free);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *label = parts[i] + (*parts[i] == '-');
      RungsFieldChoice *choice = rungs_field_choice_new (label);

      for (guint old = 0; old < field->choices->len; old++)
        if (strcmp (((RungsFieldChoice *) field->choices->pdata[old])->label, label) == 0)
          choice->key = g_strdup (((RungsFieldChoice *) field->choices->pdata[old])->key);
      choice->retired_at = *parts[i] == '-' ? 5 : 0;
      g_ptr_array_add (choices, choice);
    }
  return rungs_field_choices_store (db, id, choices, error);
}

static void
assert_refused (RungsDb    *db,
                gint64      field,
                const char *labels,
                int         code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (put_choices (db, field, labels, &error));
  g_assert_error (error, RUNGS_ERROR, code);
}

static void
assert_value (RungsDb    *db,
              gint64      lead,
              const char *value,
              const char *text)
{
  g_autoptr (GPtrArray) values = rungs_field_values (db, lead, NULL);

  g_assert_cmpuint (values->len, ==, 1);
  g_assert_cmpstr (((RungsFieldValue *) values->pdata[0])->value, ==, value);
  g_assert_cmpstr (((RungsFieldValue *) values->pdata[0])->text, ==, text);
}

static void
test_choices (RungsFixture *f,
              RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 rooms = rungs_field_add (db, "rooms", "Rooms", RUNGS_FIELD_SEVERAL, 1, NULL);
  gint64 text = rungs_field_add (db, "text", "Text", RUNGS_FIELD_TEXT, 1, NULL);
  g_autoptr (RungsField) field = NULL;
  RungsFieldChoice *first;

  g_assert_true (put_choices (db, rooms, "Bath|Garden|bath!|犬", NULL));
  field = rungs_field_load (db, rooms, NULL);
  g_assert_cmpstr (((RungsFieldChoice *) field->choices->pdata[2])->key, ==, "bath_2");
  g_assert_cmpstr (((RungsFieldChoice *) field->choices->pdata[3])->key, ==, "choice");
  assert_refused (db, rooms, "Bath|BATH", RUNGS_ERROR_INVALID);
  assert_refused (db, rooms, "Bath| ", RUNGS_ERROR_INVALID);
  assert_refused (db, rooms, "Bath;Garden", RUNGS_ERROR_INVALID);
  assert_refused (db, text, "Bath", RUNGS_ERROR_INVALID);

  g_assert_true (rungs_field_set_value (db, ann, rooms, "Garden, Bath", 1, NULL));
  assert_refused (db, rooms, "Garden", RUNGS_ERROR_CONFLICT);
  g_assert_true (put_choices (db, rooms, "Garden|-Bath", NULL));
  assert_value (db, ann, "bath,garden", "Garden; Bath");

  /* A new name, and one that was another's: what a lead has stays what it is. */
  g_clear_pointer (&field, rungs_field_free);
  field = rungs_field_load (db, rooms, NULL);
  first = field->choices->pdata[0];
  g_free (first->label);
  first->label = g_strdup ("Park");
  g_ptr_array_add (field->choices, rungs_field_choice_new ("Garden"));
  g_assert_true (rungs_field_choices_store (db, rooms, field->choices, NULL));
  assert_value (db, ann, "bath,garden", "Park; Bath");
  g_assert_true (rungs_field_set_value (db, ann, rooms, "Park; Bath", 2, NULL));
  g_assert_true (rungs_field_set_value (db, ann, rooms, "Garden", 2, NULL));
  assert_value (db, ann, "garden_2", "Garden");
}

/* ---- another kind */

typedef struct
{
  RungsFieldKind from, to;
  const char *values; /* of a lead each, parted by "|" */
  const char *after;  /* as they are stored; NULL: refused */
} KindCase;

static const KindCase CHANGES[] = {
  { RUNGS_FIELD_TEXT, RUNGS_FIELD_LONG, "a|b", "a|b" },
  { RUNGS_FIELD_LONG, RUNGS_FIELD_TEXT, "a|b", "a|b" },
  { RUNGS_FIELD_LONG, RUNGS_FIELD_TEXT, "a\nb|b", NULL },
  { RUNGS_FIELD_TEXT, RUNGS_FIELD_NUMBER, "1|2,5", "1|2.5" },
  { RUNGS_FIELD_TEXT, RUNGS_FIELD_NUMBER, "1|two", NULL },
  { RUNGS_FIELD_NUMBER, RUNGS_FIELD_MONEY, "1|2.5", "100|250" },
  { RUNGS_FIELD_NUMBER, RUNGS_FIELD_MONEY, "1|2.555", NULL },
  { RUNGS_FIELD_MONEY, RUNGS_FIELD_NUMBER, "1|2.5", "1.00|2.50" },
  { RUNGS_FIELD_MONEY, RUNGS_FIELD_TEXT, "1|2.5", "1.00 EUR|2.50 EUR" },
  { RUNGS_FIELD_TEXT, RUNGS_FIELD_DATE, "21.11.2026|2 Jan 1980", "2026-11-21|1980-01-02" },
  { RUNGS_FIELD_DATE, RUNGS_FIELD_TEXT, "21.11.2026|2 Jan 1980", "2026-11-21|1980-01-02" },
  { RUNGS_FIELD_TEXT, RUNGS_FIELD_YESNO, "ja|No", "yes|no" },
  { RUNGS_FIELD_TEXT, RUNGS_FIELD_ONE, "Big dog|big DOG|Cat", "big_dog|big_dog|cat" },
  { RUNGS_FIELD_TEXT, RUNGS_FIELD_SEVERAL, "Dog, Cat|cat", "cat,dog|cat" },
  { RUNGS_FIELD_TEXT, RUNGS_FIELD_ONE, "Dog; Cat|Cat", NULL },
  { RUNGS_FIELD_YESNO, RUNGS_FIELD_ONE, "yes|no", "yes|no" },
  { RUNGS_FIELD_TEXT, RUNGS_FIELD_LINK, "a.example|b@c.example",
    "https://a.example|mailto:b@c.example" },
  { RUNGS_FIELD_TEXT, RUNGS_FIELD_LINK, "a.example|see notes", NULL },
  { RUNGS_FIELD_TEXT, RUNGS_FIELD_PHONE, "+353 86 123 4567", "+353861234567" },
  { RUNGS_FIELD_PHONE, RUNGS_FIELD_TEXT, "+353 86 123 4567", "+353861234567" },
};

static char *
stored_values (RungsFixture *f,
               gint64        field)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (gint64 lead = 1; lead <= rungs_fixture_number (f, "SELECT max (id) FROM lead"); lead++)
    {
      g_autoptr (GPtrArray) values = rungs_field_values (f->db, lead, NULL);

      for (guint i = 0; i < values->len; i++)
        if (((RungsFieldValue *) values->pdata[i])->field == field)
          g_string_append_printf (all, "%s%s", all->len > 0 ? "|" : "",
                                  ((RungsFieldValue *) values->pdata[i])->value);
    }
  return g_strdup (all->str);
}

static void
change_kind (RungsFixture   *f,
             const KindCase *given)
{
  g_auto (GStrv) values = g_strsplit (given->values, "|", -1);
  gint64 field = rungs_field_add (f->db, NULL, "Field", given->from, 1, NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_auto (RungsFieldFit) fit = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; values[i] != NULL; i++)
    g_assert_true (rungs_field_set_value (f->db, i + 1, field, values[i], 1, NULL));
  before = stored_values (f, field);
  g_assert_true (rungs_field_check_kind (f->db, field, given->to, NULL, &fit, NULL));
  g_assert_cmpint (fit.values, ==, g_strv_length (values));
  g_assert_cmpint (fit.misfits > 0, ==, given->after == NULL);
  g_assert_cmpint (rungs_field_change_kind (f->db, field, given->to, NULL, &error), ==,
                   given->after != NULL);
  after = stored_values (f, field);
  g_assert_cmpstr (after, ==, given->after != NULL ? given->after : before);
  if (given->after == NULL)
    g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  else
    g_assert_no_error (error);
  g_assert_true (rungs_field_delete (f->db, field, NULL));
}

static void
test_change_kind (RungsFixture *f,
                  RungsDb      *db)
{
  for (guint i = 0; i < 3; i++)
    rungs_fixture_add_lead (f, NULL, "Ann");
  for (size_t i = 0; i < G_N_ELEMENTS (CHANGES); i++)
    change_kind (f, &CHANGES[i]);
}

/* More leads than are looked at together, and more texts than can be choices. */
static void
test_change_many (RungsFixture *f,
                  RungsDb      *db)
{
  gint64 field = rungs_field_add (db, "n", "N", RUNGS_FIELD_TEXT, 1, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1203; i++)
    rungs_fixture_add_lead (f, NULL, "Ann");
  rungs_fixture_run (f, "INSERT INTO lead_value (lead, field, value)"
                        " SELECT id, (SELECT max (id) FROM field), id || ',5' FROM lead");
  g_assert_false (rungs_field_change_kind (db, field, RUNGS_FIELD_ONE, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_true (rungs_field_change_kind (db, field, RUNGS_FIELD_MONEY, "USD", NULL));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead_value"
                                            " WHERE value = lead * 100 + 50"),
                   ==, 1203);
  assert_text (rungs_field_load (db, field, NULL), "N");
  g_assert_true (rungs_field_change_kind (db, field, RUNGS_FIELD_NUMBER, NULL, NULL));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead_value"
                                            " WHERE value = lead || '.50'"),
                   ==, 1203);
}

/* ---- deleted, and put back */

static void
test_delete_undone (RungsFixture *f,
                    RungsDb      *db)
{
  static const char WHOLE[]
      = "SELECT (SELECT sum (id * 7 + position + length (key || label || kind)) FROM field)"
        "     + (SELECT sum (position + length (key || label)) FROM field_choice)"
        "     + (SELECT sum (lead * 3 + field + length (value)) FROM lead_value)";
  gint64 ann = rungs_fixture_add_lead (f, NULL, "Ann");
  gint64 bob = rungs_fixture_add_lead (f, NULL, "Bob");
  gint64 rooms = rungs_field_add (db, "rooms", "Rooms", RUNGS_FIELD_SEVERAL, 1, NULL);
  g_autoptr (RungsFieldSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before, count, other;

  put_choices (db, rooms, "Bath|Garden", NULL);
  rungs_field_add (db, "last", "Last", RUNGS_FIELD_TEXT, 1, NULL);
  rungs_field_set_value (db, ann, rooms, "Bath; Garden", 1, NULL);
  rungs_field_set_value (db, bob, rooms, "Bath", 1, NULL);
  g_assert_true (rungs_field_count_values (db, rooms, &count, NULL));
  g_assert_cmpint (count, ==, 2);
  g_assert_true (rungs_field_choice_count (db, rooms, "garden", &count, NULL));
  g_assert_cmpint (count, ==, 1);
  before = rungs_fixture_number (f, WHOLE);

  snapshot = rungs_field_snapshot_delete (db, rooms, NULL);
  g_assert_nonnull (snapshot);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead_value"), ==, 0);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM field_choice"), ==, 0);
  other = rungs_field_add (db, "rooms", "Other", RUNGS_FIELD_TEXT, 1, NULL);
  g_assert_cmpint (other, >, rooms + 1);
  g_assert_false (rungs_field_restore (db, snapshot, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_assert_true (rungs_field_delete (db, other, NULL));
  g_assert_true (rungs_field_restore (db, snapshot, NULL));
  g_assert_cmpint (rungs_fixture_number (f, WHOLE), ==, before);
  assert_order (db, "rooms last");
  assert_value (db, ann, "bath,garden", "Bath; Garden");
}

/* A change of kind is taken back to the byte, unless somebody changed a value meanwhile. */
static void
test_revert (RungsFixture *f,
             RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, NULL, "Ann");
  gint64 bob = rungs_fixture_add_lead (f, NULL, "Bob");
  gint64 size = rungs_field_add (db, "size", "Size", RUNGS_FIELD_TEXT, 1, NULL);
  g_autoptr (RungsFieldSnapshot) before = NULL;
  g_autoptr (RungsFieldSnapshot) after = NULL;
  g_autoptr (GError) error = NULL;

  rungs_field_set_value (db, ann, size, "1.000,50", 1, NULL);
  rungs_field_set_value (db, bob, size, "+2", 1, NULL);
  before = rungs_field_snapshot_new (db, size, TRUE, NULL);
  g_assert_true (rungs_field_change_kind (db, size, RUNGS_FIELD_NUMBER, NULL, NULL));
  g_assert_true (rungs_field_rename (db, size, "Length", NULL));
  after = rungs_field_snapshot_new (db, size, TRUE, NULL);
  assert_value (db, ann, "1000.50", "1000.50");
  g_assert_true (rungs_field_set_value (db, bob, size, "3", 2, NULL));
  g_assert_false (rungs_field_revert (db, before, after, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  assert_value (db, bob, "3", "3");
  g_assert_true (rungs_field_set_value (db, bob, size, "2", 3, NULL));
  g_assert_true (rungs_field_revert (db, before, after, NULL));
  assert_value (db, ann, "1.000,50", "1.000,50");
  assert_value (db, bob, "+2", "+2");
  assert_text (rungs_field_load (db, size, NULL), "Size");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/field-kinds/read", test_read);
  g_test_add_func ("/field-kinds/read-back", test_read_back);
  g_test_add_func ("/field-kinds/holds", test_holds);
  rungs_fixture_add_test ("/field-kinds/order", test_order);
  rungs_fixture_add_test ("/field-kinds/choices", test_choices);
  rungs_fixture_add_test ("/field-kinds/change-kind", test_change_kind);
  rungs_fixture_add_test ("/field-kinds/change-many", test_change_many);
  rungs_fixture_add_test ("/field-kinds/delete-undone", test_delete_undone);
  rungs_fixture_add_test ("/field-kinds/revert", test_revert);
  return g_test_run ();
}
