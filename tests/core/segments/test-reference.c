/* test-reference.c: docs/rules.md tells of all that the language has, and of no field that there is
 * not. */

#include <string.h>

#include "segments/rungs-field-table.h"
#include "segments/rungs-rule-choice-store.h"

static char *
read_reference (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "docs", "rules.md", NULL);
  char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
assert_told (const char *text,
             const char *word)
{
  g_autofree char *marked = g_strdup_printf ("`%s`", word);

  if (strstr (text, marked) == NULL)
    g_error ("docs/rules.md does not tell of %s", marked);
}

static void
test_tables (void)
{
  g_autofree char *text = read_reference ();
  const RungsRuleField *field;
  const RungsRuleOperator *operator;

  for (guint i = 0; (field = rungs_field_table_get_field (i)) != NULL; i++)
    {
      assert_told (text, field->name);
      for (guint j = 0; field->parameters[j].name != NULL; j++)
        assert_told (text, field->parameters[j].name);
    }
  for (guint i = 0; (operator= rungs_field_table_get_operator (i)) != NULL; i++)
    assert_told (text, operator->name);
}

/* The program's own words, but for the many kinds of events, which the program lists. */
static void
test_words (void)
{
  g_autofree char *text = read_reference ();

  for (guint source = RUNGS_RULE_FROM_SOURCE_KINDS; source <= RUNGS_RULE_FROM_HOWS;
       source++)
    {
      g_autoptr (GPtrArray) words = rungs_rule_choices (NULL, source, NULL, 100, NULL);

      g_assert_cmpint (words->len, >, 1);
      for (guint i = 0; i < words->len; i++)
        assert_told (text, ((RungsRuleChoice *) g_ptr_array_index (words, i))->value);
    }
}

/* The first cell of each row of the tables under "Fields". */
static void
test_no_others (void)
{
  g_autofree char *text = read_reference ();
  g_auto (GStrv)
    lines = g_strsplit (strstr (text, "\n## Fields"), "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv)
        parts = NULL;

      if (!g_str_has_prefix (*line, "| `"))
        continue;
      *strchr (*line + 1, '|') = '\0';
      parts = g_strsplit (*line, "`", -1);
      for (guint i = 1; parts[i] != NULL; i += 2)
        if (rungs_field_table_find (parts[i]) == NULL)
          g_error ("docs/rules.md tells of a field %s that there is not", parts[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/segments/reference/tables", test_tables);
  g_test_add_func ("/segments/reference/words", test_words);
  g_test_add_func ("/segments/reference/no-others", test_no_others);
  return g_test_run ();
}
