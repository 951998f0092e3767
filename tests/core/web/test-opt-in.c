/* test-opt-in.c: opt-in forms: their JSON, their languages, what is wrong with them, and their
 * versions in the file. */

#include "rungs-fixture.h"
#include "web/rungs-opt-in-store.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-field-store.h"

static const char FORM[]
    = "{\"title\": \"Tea letter\", \"language\": \"en\","
      " \"fields\": [{\"key\": \"email\", \"label\": \"E-mail\", \"required\": true},"
      "  {\"key\": \"question:likes\", \"kind\": \"choices\", \"label\": \"You like\","
      "   \"choices\": [{\"value\": \"green\", \"label\": \"Green tea\", \"tag\": \"Green\"},"
      "                 {\"value\": \"black\", \"label\": \"Black tea\"}]}],"
      " \"consent\": {\"wording\": \"Write to me.\", \"required\": true},"
      " \"then\": {\"tags\": [\"Letter\"]},"
      " \"languages\": {\"de\": {\"title\": \"Teebrief\", \"consent\": \"Schreibt mir.\","
      "   \"fields\": {\"question:likes\": {\"choices\": {\"green\": \"Grüner Tee\"}}}}}}";

static RungsOptIn *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  RungsOptIn *form = rungs_opt_in_parse (json, &error);

  g_assert_no_error (error);
  return form;
}

static const RungsOptInProblem *
find_problem (GPtrArray  *problems,
              const char *where)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const RungsOptInProblem *problem = problems->pdata[i];

      if (strcmp (problem->where, where) == 0)
        return problem;
    }
  return NULL;
}

static void
test_json_comes_back (void)
{
  g_autoptr (RungsOptIn) form = parse (FORM);
  g_autofree char *written = rungs_opt_in_write (form);
  g_autoptr (RungsOptIn) again = parse (written);
  g_autofree char *twice = rungs_opt_in_write (again);
  const RungsOptInField *field = rungs_opt_in_find_field (again, "question:likes");

  g_assert_cmpstr (written, ==, twice);
  g_assert_cmpint (field->kind, ==, RUNGS_OPT_IN_CHOICES);
  g_assert_cmpstr (rungs_opt_in_field_find_choice (field, "green")->tag, ==, "Green");
  g_assert_null (rungs_opt_in_field_find_choice (field, "white"));
  g_assert_cmpuint (rungs_opt_in_check (form)->len, >, 0);
}

static void
test_wrong_json_is_said (void)
{
  static const struct
  {
    const char *json;
    const char *says;
  } CASES[] = {
    { "", "" },
    { "[]", "" },
    { "{}", "fields" },
    { "{\"fields\": {}}", "fields" },
    { "{\"fields\": [1]}", "braces" },
    { "{\"fields\": [], \"titel\": \"x\"}", "titel" },
    { "{\"fields\": [], \"title\": 4}", "title" },
    { "{\"fields\": [], \"double\": \"yes\"}", "double" },
    { "{\"fields\": [], \"most\": -1}", "most" },
    { "{\"fields\": [], \"protect\": {\"bits\": 99}}", "bits" },
    { "{\"fields\": [{\"key\": \"email\", \"kind\": \"mail\"}]}", "mail" },
    { "{\"fields\": [], \"languages\": {\"de\": {\"fields\": {\"phone\": {\"label\": \"x\"}}}}}",
      "fields.phone.label" },
    { "{\"fields\": [], \"languages\": {\"en\": {}}}", "en" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rungs_opt_in_parse (CASES[i].json, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, CASES[i].says));
    }
}

static void
test_languages (void)
{
  g_autoptr (RungsOptIn) form = parse (FORM);
  g_autoptr (GPtrArray) paths = rungs_opt_in_paths (form);
  g_autoptr (GPtrArray) languages = NULL;

  g_assert_cmpstr (rungs_opt_in_get_text (form, "de", "title"), ==, "Teebrief");
  g_assert_cmpstr (rungs_opt_in_get_text (form, NULL, "title"), ==, "Tea letter");
  g_assert_cmpstr (rungs_opt_in_get_text (form, "de", "button"), ==, "Send");
  g_assert_cmpstr (rungs_opt_in_get_text (form, "fr", "title"), ==, "Tea letter");
  g_assert_cmpstr (rungs_opt_in_get_text (form, "de", "fields.question:likes.choices.green"), ==,
                   "Grüner Tee");
  g_assert_false (rungs_opt_in_has_text (form, "de", "button"));
  g_assert_true (rungs_opt_in_set_text (form, "de", "button", "Absenden"));
  g_assert_true (rungs_opt_in_has_text (form, "de", "button"));
  g_assert_true (rungs_opt_in_set_text (form, "de", "button", ""));
  g_assert_false (rungs_opt_in_has_text (form, "de", "button"));
  g_assert_false (rungs_opt_in_set_text (form, "de", "fields.phone.label", "x"));
  g_assert_true (rungs_opt_in_set_text (form, NULL, "fields.email.label", "Your address"));
  g_assert_cmpstr (rungs_opt_in_find_field (form, "email")->label, ==, "Your address");
  g_assert_cmpstr (paths->pdata[0], ==, "title");
  g_assert_true (g_ptr_array_find_with_equal_func (paths, "fields.question:likes.choices.black",
                                                   g_str_equal, NULL));
  rungs_opt_in_remove_language (form, "de");
  languages = rungs_opt_in_languages (form);
  g_assert_cmpuint (languages->len, ==, 1);
}

/* Each fault is said at its place, and nothing is said of the sound form there. */
static void
test_faults_are_said (void)
{
  static const struct
  {
    const char *member;
    const char *value;
    const char *where;
    gboolean blocks;
  } CASES[] = {
    { "title", "\"\"", "title", TRUE },
    { "button", "\" \"", "button", TRUE },
    { "language", "\"english\"", "language", TRUE },
    { "fields", "[]", "fields", TRUE },
    { "fields", "[{\"key\":\"email\",\"label\":\"A\"}]", "fields.email", TRUE },
    { "fields", "[{\"key\":\"email\",\"label\":\"\",\"required\":true}]", "fields.email.label",
      TRUE },
    { "fields", "[{\"key\":\"phone\",\"label\":\"T\",\"required\":true,\"kind\":\"date\"}]",
      "fields.phone", TRUE },
    { "fields", "[{\"key\":\"shoe\",\"label\":\"S\"}]", "fields.shoe", TRUE },
    { "fields", "[{\"key\":\"question:a\",\"label\":\"S\",\"kind\":\"choice\"}]",
      "fields.question:a", TRUE },
    { "fields",
      "[{\"key\":\"question:a\",\"label\":\"S\",\"kind\":\"choice\",\"choices\":"
      "[{\"value\":\"B c\",\"label\":\"x\"}]}]",
      "fields.question:a.choices.B c", TRUE },
    { "thanks", "{\"url\":\"javascript:alert(1)\"}", "thanks.url", TRUE },
    { "double", "true", "confirm_message", TRUE },
    { "style", "{\"accent\":\"red\"}", "style.accent", TRUE },
    { "style", "{\"accent\":\"#ffff00\"}", "style.accent", FALSE },
    { "style", "{\"font\":\"Comic\"}", "style.font", TRUE },
    { "protect", "{\"per_hour\":0}", "protect.per_hour", TRUE },
    { "languages", "{\"de\":{\"title\":\"T\"}}", "languages.de", FALSE },
    { "consent", "{\"wording\":\"W\",\"purpose\":\"x\"}", "consent.purpose", TRUE },
  };
  g_autoptr (RungsOptIn) sound = parse (FORM);
  g_autoptr (GPtrArray) none = rungs_opt_in_check (sound);

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (JsonNode) root = json_from_string (FORM, NULL);
      g_autofree char *json = NULL;
      g_autoptr (RungsOptIn) form = NULL;
      g_autoptr (GPtrArray) problems = NULL;
      const RungsOptInProblem *problem;

      json_object_remove_member (json_node_get_object (root), "languages");
      json_object_set_member (json_node_get_object (root), CASES[i].member,
                              json_from_string (CASES[i].value, NULL));
      json = json_to_string (root, FALSE);
      form = parse (json);
      problems = rungs_opt_in_check (form);
      problem = find_problem (problems, CASES[i].where);
      g_assert_nonnull (problem);
      g_assert_cmpint (problem->blocks, ==, CASES[i].blocks);
      if (CASES[i].blocks)
        g_assert_null (find_problem (none, CASES[i].where));
    }
}

/* ---- in the file */

static void
make_forms (RungsDb  *db,
            gint64   *made,
            GError  **error)
{
  g_autoptr (RungsOptIn) draft = parse (FORM);
  g_autoptr (RungsOptInForm) form = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  gint64 id = rungs_opt_in_add (db, "Tea & more", NULL, 0, draft, 1000, error);
  gint64 other = rungs_opt_in_add (db, "Tea more!", NULL, 0, draft, 1000, error);
  guint number = 0;

  g_assert_cmpint (id, !=, 0);
  g_assert_cmpint (other, !=, 0);
  g_assert_true (rungs_opt_in_publish (db, id, 2000, &number, error));
  g_assert_true (rungs_opt_in_publish (db, id, 3000, &number, error));
  g_assert_cmpuint (number, ==, 1);
  rungs_opt_in_set_text (draft, NULL, "consent", "Write to me, weekly.");
  g_assert_true (rungs_opt_in_save_draft (db, id, draft, 4000, error));
  form = rungs_opt_in_load (db, id, 4000, error);
  g_assert_cmpstr (form->slug, ==, "tea-more");
  g_assert_true (form->is_changed);
  g_assert_true (rungs_opt_in_publish (db, id, 5000, &number, error));
  g_assert_cmpuint (number, ==, 2);
  versions = rungs_opt_in_versions (db, id, error);
  g_assert_cmpuint (versions->len, ==, 2);
  g_assert_cmpstr (((RungsOptInVersion *) versions->pdata[1])->definition->consent, ==,
                   "Write to me.");
  *made = id;
}

static void
refuse_forms (RungsDb       *db,
              const gint64  *made,
              GError       **error)
{
  g_autoptr (RungsOptIn) draft = parse (FORM);
  g_autoptr (GError) fault = NULL;
  gint64 id = *made, other;
  guint number;

  g_assert_false (rungs_opt_in_rename (db, id, "Tea", "tea", 0, 6000, &fault));
  g_assert_error (fault, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&fault);
  g_assert_cmpint (rungs_opt_in_add (db, "TEA & MORE", NULL, 0, draft, 6000, &fault), ==, 0);
  g_assert_error (fault, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&fault);
  g_assert_cmpint (rungs_opt_in_add (db, "x", "Tea!", 0, draft, 6000, &fault), ==, 0);
  g_assert_error (fault, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&fault);
  g_assert_false (rungs_opt_in_delete (db, id, &fault));
  g_assert_error (fault, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&fault);
  draft->sequence = 4711;
  g_assert_true (rungs_opt_in_find (db, "tea-more-2", &other, error));
  g_assert_true (rungs_opt_in_save_draft (db, other, draft, 6000, error));
  g_assert_false (rungs_opt_in_publish (db, other, 6000, &number, &fault));
  g_assert_error (fault, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (fault->message, "then.sequence: "));
  rungs_opt_in_delete (db, other, error);
}

static void
test_versions_stay (RungsFixture *fixture,
                    RungsDb      *db)
{
  g_autoptr (GPtrArray) forms = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  make_forms (db, &id, &error);
  g_assert_no_error (error);
  refuse_forms (db, &id, &error);
  g_assert_no_error (error);
  forms = rungs_opt_in_list (db, 7000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (forms->len, ==, 1);
  g_assert_cmpuint (((RungsOptInForm *) forms->pdata[0])->number, ==, 2);
  g_assert_false (((RungsOptInForm *) forms->pdata[0])->is_changed);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/web/opt-in/json", test_json_comes_back);
  g_test_add_func ("/web/opt-in/wrong", test_wrong_json_is_said);
  g_test_add_func ("/web/opt-in/languages", test_languages);
  g_test_add_func ("/web/opt-in/faults", test_faults_are_said);
  rungs_fixture_add_test ("/web/opt-in/versions", test_versions_stay);
  return g_test_run ();
}
