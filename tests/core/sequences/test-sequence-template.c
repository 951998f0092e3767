/* test-sequence-template.c: every template is a sequence that lacks nothing but what only its owner
 * knows, in every language; its messages are still to be written, and so it cannot be published. */

#include "sequences/rungs-sequence-template.h"

#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-message-store.h"
#include "rungs-fixture.h"
#include "sequences/rungs-graph.h"
#include "sequences/rungs-sequence-draft-store.h"

static const char *const LANGUAGES[][3]
  = { { "en", NULL }, { "de_DE", "de", NULL }, { "C", NULL } };

static void
assert_sound (const char        *id,
              const char *const *languages)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = rungs_sequence_template_make (id, "N", "BOOK", languages, &error);
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
  g_autoptr (RungsGraph) graph = NULL;

  g_assert_no_error (error);
  graph = rungs_graph_parse_draft (json, problems);
  g_assert_cmpuint (graph->steps->len, >, 3);
  g_assert_cmpstr (graph->sells, ==, "BOOK");
  g_assert_null (strstr (json, "@"));
  g_assert_null (strstr (json, "\"en\""));
  for (guint i = 0; i < problems->len; i++)
    {
      const RungsGraphProblem *problem = g_ptr_array_index (problems, i);

      g_test_message ("%s: %s: %s", id, problem->step, problem->text);
      g_assert_cmpint (problem->fault, ==, RUNGS_GRAPH_FAULT_MISSING);
      g_assert_cmpstr (problem->member, ==, "date");
    }
}

static void
test_all (void)
{
  for (guint language = 0; language < G_N_ELEMENTS (LANGUAGES); language++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) all = rungs_sequence_template_list (LANGUAGES[language], &error);

      g_assert_no_error (error);
      g_assert_cmpuint (all->len, ==, 10);
      g_assert_cmpstr (((const RungsSequenceTemplate *) all->pdata[0])->id, ==, "welcome");
      g_assert_cmpstr (((const RungsSequenceTemplate *) all->pdata[9])->id, ==,
                       "onboard-partner");
      for (guint i = 0; i < all->len; i++)
        {
          const RungsSequenceTemplate *template = g_ptr_array_index (all, i);

          g_assert_cmpstr (template->name, !=, "");
          g_assert_cmpstr (template->summary, !=, "");
          assert_sound (template->id, LANGUAGES[language]);
        }
    }
}

/* Whether a problem of the graph says so. */
static gboolean
has_problem (GPtrArray       *problems,
             RungsGraphFault  fault)
{
  for (guint i = 0; i < problems->len; i++)
    if (((RungsGraphProblem *) problems->pdata[i])->fault == fault)
      return TRUE;
  return FALSE;
}

static void
test_use (RungsFixture *fixture,
          RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
  g_autoptr (RungsSequenceDraft) draft = NULL;
  g_autoptr (RungsMessage) message = NULL;
  g_autoptr (RungsGraph) graph = NULL;
  gint64 id = rungs_sequence_template_use (db, "welcome", "Hello", NULL, LANGUAGES[1],
                                           rungs_fixture_now (fixture), &error);

  g_assert_no_error (error);
  message = rungs_message_load_by_name (db, "Willkommen 1: Hallo", &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (message->subject, "✎"));
  draft = rungs_sequence_draft_load (db, id, &error);
  graph = rungs_graph_parse_draft (draft->graph, problems);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_true (rungs_graph_check (graph, db, problems, &error));
  g_assert_true (has_problem (problems, RUNGS_GRAPH_FAULT_UNWRITTEN));
  g_assert_true (rungs_graph_problems_are_fatal (problems));

  /* its name is taken now */
  g_assert_cmpint (rungs_sequence_template_use (db, "welcome", "Hello", NULL, LANGUAGES[1],
                                                rungs_fixture_now (fixture), &error),
                   ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sequences/template/all", test_all);
  rungs_fixture_add_test ("/sequences/template/use", test_use);
  return g_test_run ();
}
