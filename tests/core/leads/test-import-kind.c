/* test-import-kind.c: new fields of an import hold what their values are, and go with it again. */

#include "leads/rungs-import-kind.h"

#include "leads/rungs-field-store.h"
#include "leads/rungs-import.h"
#include "rungs-fixture.h"

typedef struct
{
  const char *values; /* parted by "|" */
  RungsFieldKind kind;
} Case;

static const Case CASES[] = {
  { "", RUNGS_FIELD_TEXT },
  { "||  |", RUNGS_FIELD_TEXT },
  { "12|1,5|-3", RUNGS_FIELD_NUMBER },
  { "01067|04103", RUNGS_FIELD_TEXT },
  { "1|0|1", RUNGS_FIELD_NUMBER },
  { "1|0|1|0|1|1|1|0", RUNGS_FIELD_YESNO },
  { "yes|no||Ja", RUNGS_FIELD_YESNO },
  { "2024-02-01|21.11.2026", RUNGS_FIELD_DATE },
  { "2024-02-01|soon", RUNGS_FIELD_TEXT },
  { "+49 30 1234567|0044 20 7946 0018", RUNGS_FIELD_PHONE },
  { "https://a.example|www.b.example", RUNGS_FIELD_LINK },
  { "a.example", RUNGS_FIELD_TEXT },
  { "49,00 €|€12", RUNGS_FIELD_MONEY },
  { "49,00 $", RUNGS_FIELD_TEXT },
  { "S|M|L|S|M|L|S|M|L", RUNGS_FIELD_ONE },
  { "a;b|a|b|a;b|a|b|b;a|a|b", RUNGS_FIELD_SEVERAL },
  { "Ann|Bob|Cy|Di|Ed|Flo|Gus|Hal", RUNGS_FIELD_TEXT },
  { "S|S|S|S|S|S|S|S|S", RUNGS_FIELD_TEXT },
  { "one\ntwo", RUNGS_FIELD_LONG },
};

static void
test_guess (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_auto (GStrv) values = g_strsplit (CASES[i].values, "|", -1);
      RungsFieldKind kind = rungs_import_kind_guess ((const char *const *) values,
                                                     g_strv_length (values), "EUR");

      if (kind != CASES[i].kind)
        g_error ("“%s” is taken for %s", CASES[i].values, rungs_field_kind_to_text (kind));
    }
}

static void
import (RungsFixture      *f,
        RungsImportResult *result)
{
  static const char CSV[] = "E-mail,Age,Size,Likes,Paid\n"
                            "a@x.example,31,S,\"Wheel; Glaze\",\"49,50 €\"\n"
                            "b@x.example,many,M,,\n"
                            "c@x.example,40,s,glaze,12\n";
  static const char *const MAP[] = { "Age=field:age:number", "Size=field:size:one",
                                     "Likes=field:likes:several", "Paid=field:paid:money", NULL };
  g_autofree char *path = g_build_filename (f->folder, "leads.csv", NULL);
  RungsImportOptions options = { .path = path, .assignments = MAP };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, CSV, -1, NULL));
  rungs_import_run (f->db, &options, rungs_fixture_now (f), NULL, NULL, NULL, result, &error);
  g_assert_no_error (error);
}

static void
assert_field (RungsFixture  *f,
              const char    *key,
              RungsFieldKind kind,
              guint          n_choices)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsField) field = rungs_field_load_by_key (f->db, key, &error);

  g_assert_no_error (error);
  g_assert_cmpint (field->kind, ==, kind);
  g_assert_cmpuint (field->choices->len, ==, n_choices);
}

static gboolean
undo_cb (RungsDb *db,
         gpointer data,
         GError **error)
{
  RungsImportUndo undo = { 0 };

  return rungs_import_undo (db, *(gint64 *) data, 1, NULL, NULL, NULL, &undo, error);
}

/* A row whose value does not fit is refused and told; the rest is stored as its kind. */
static void
test_import (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();
  g_auto (RungsImportResult) result = { 0 };
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GError) error = NULL;

  import (f, &result);
  g_assert_cmpint (result.leads_created, ==, 2);
  g_assert_cmpint (result.rows_refused, ==, 1);
  g_assert_cmpstr (((RungsImportReject *) result.rejects->pdata[0])->reason, ==,
                   "Age: “many” is not a number");
  assert_field (f, "age", RUNGS_FIELD_NUMBER, 0);
  assert_field (f, "size", RUNGS_FIELD_ONE, 1);
  assert_field (f, "likes", RUNGS_FIELD_SEVERAL, 2);
  assert_field (f, "paid", RUNGS_FIELD_MONEY, 0);
  values = rungs_field_values (f->db, 1, &error);
  g_assert_cmpuint (values->len, ==, 4);
  g_assert_cmpstr (((RungsFieldValue *) values->pdata[2])->text, ==, "Wheel; Glaze");
  g_assert_cmpstr (((RungsFieldValue *) values->pdata[3])->value, ==, "4950");
  rungs_db_write (f->db, undo_cb, &result.run, &error);
  g_assert_no_error (error);
  left = rungs_field_list (f->db, &error);
  g_assert_cmpuint (left->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/leads/import-kind/guess", test_guess);
  g_test_add_func ("/leads/import-kind/import", test_import);
  return g_test_run ();
}
