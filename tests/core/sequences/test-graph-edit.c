/* test-graph-edit.c: graphs are edited as texts, and stay graphs whatever is done to them. */

#include "sequences/rungs-graph-edit.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "sequences/rungs-graph-region.h"

/* JSON with ' for ", which reads better here. */
static char *
quoted (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

static RungsGraph *
read_draft (const char *json)
{
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();

  return rungs_graph_parse_draft (json, problems);
}

/* "start>a a.next>c c.yes>b c.no>- b.next>-": the arrows, in the order of the file. */
static char *
describe (const char *json)
{
  g_autoptr (RungsGraph) graph = read_draft (json);
  const char *start = rungs_graph_get_target (graph, NULL, NULL);
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words, "start>%s", start ? start : "-");
  for (guint i = 0; i < graph->steps->len; i++)
    {
      RungsGraphStep *step = g_ptr_array_index (graph->steps, i);

      for (guint j = 0; j < step->branches->len; j++)
        {
          const RungsGraphBranch *branch = step->branches->pdata[j];

          g_string_append_printf (words, " %s.%s>%s", step->id, branch->label,
                                  branch->target ? branch->target : "-");
        }
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

#define assert_arrows(json, words) \
  G_STMT_START \
  { \
    g_autofree char *found = describe (json); \
\
    g_assert_cmpstr (found, ==, words); \
  } \
  G_STMT_END

/* a, a question whose ways have b, and c and d, and e where they join. */
static const char FORKED[] =
  "{'name': 'N', 'start': 'a', 'steps': {"
  " 'a': {'kind': 'message', 'message': 'A', 'next': 'q'},"
  " 'q': {'kind': 'condition', 'rule': {'field': 'score', 'op': 'more', 'value': 3},"
  "       'yes': 'b', 'no': 'c'},"
  " 'b': {'kind': 'wait', 'days': 1, 'next': 'e'},"
  " 'c': {'kind': 'wait', 'days': 2, 'next': 'd'},"
  " 'd': {'kind': 'message', 'message': 'D', 'next': 'e'},"
  " 'e': {'kind': 'message', 'message': 'E'},"
  " 'g': {'kind': 'goal', 'event': {'on': 'order'}} } }";

/* Replaces the id that was made for a step, so that it can be told beforehand. */
static char *
renamed (char       *json,
         const char *id,
         const char *name)
{
  g_autofree char *taken = json;
  g_autoptr (GString) text = g_string_new (taken);

  g_string_replace (text, id, name, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_insert (void)
{
  g_autofree char *empty = g_strdup ("{\"name\": \"N\", \"steps\": {}}");
  g_autofree char *id = NULL;
  g_autofree char *second = NULL;
  g_autofree char *forked = quoted (FORKED);
  g_autofree char *json = rungs_graph_edit_insert (empty, NULL, NULL, "{\"kind\": \"wait\"}", &id,
                                                   NULL);
  g_autofree char *more = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_prefix (id, "wait-"));
  json = renamed (g_steal_pointer (&json), id, "w");
  assert_arrows (json, "start>w w.next>-");

  /* both ways of a question join where the arrow led, whatever the JSON says of them */
  more = rungs_graph_edit_insert (json, NULL, NULL,
                                  "{\"kind\": \"condition\", \"yes\": \"nowhere\"}", &second, NULL);
  more = renamed (g_steal_pointer (&more), second, "q");
  assert_arrows (more, "start>q w.next>- q.yes>w q.no>w");

  /* an exit cuts nothing off */
  g_assert_null (rungs_graph_edit_insert (forked, "a", "next", "{\"kind\": \"exit\"}", NULL,
                                          &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_free (second);
  g_free (more);
  more = rungs_graph_edit_insert (forked, "b", "next", "{\"kind\": \"exit\"}", &second, &error);
  g_assert_no_error (error);
  more = renamed (g_steal_pointer (&more), second, "x");
  assert_arrows (more, "start>a a.next>q q.yes>b q.no>c b.next>x c.next>d d.next>e e.next>-");

  g_assert_null (rungs_graph_edit_insert (forked, "a", "yes", "{\"kind\": \"exit\"}", NULL,
                                          &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static const struct
{
  const char *ids; /* parted by spaces */
  const char *arrows;
} REMOVALS[] = {
  { "a", "start>q q.yes>b q.no>c b.next>e c.next>d d.next>e e.next>-" },
  { "b", "start>a a.next>q q.yes>e q.no>c c.next>d d.next>e e.next>-" },
  { "e", "start>a a.next>q q.yes>b q.no>c b.next>- c.next>d d.next>-" },
  /* the first way stays, the other goes with the question */
  { "q", "start>a a.next>b b.next>e e.next>-" },
  /* but an empty way has nothing to keep */
  { "b q", "start>a a.next>c c.next>d d.next>e e.next>-" },
  { "g nothing", "start>a a.next>q q.yes>b q.no>c b.next>e c.next>d d.next>e e.next>-" },
  { "a q b c d e g", "start>-" },
};

static void
test_remove (void)
{
  g_autofree char *forked = quoted (FORKED);

  for (guint i = 0; i < G_N_ELEMENTS (REMOVALS); i++)
    {
      g_auto (GStrv) ids = g_strsplit (REMOVALS[i].ids, " ", -1);
      g_autofree char *json
        = rungs_graph_edit_remove (forked, (const char *const *) ids, NULL);

      assert_arrows (json, REMOVALS[i].arrows);
    }
}

static const struct
{
  const char *id;
  const char *from; /* NULL: before the first */
  const char *way;
  const char *arrows; /* NULL: refused */
} MOVES[] = {
  { "a", "b", "next", "start>q a.next>e q.yes>b q.no>c b.next>a c.next>d d.next>e e.next>-" },
  { "e", NULL, NULL, "start>e a.next>q q.yes>b q.no>c b.next>- c.next>d d.next>- e.next>a" },
  /* a question takes its ways along, to where they join */
  { "q", "e", "next", "start>a a.next>e q.yes>b q.no>c b.next>- c.next>d d.next>- e.next>q" },
  { "q", NULL, NULL, "start>q a.next>e q.yes>b q.no>c b.next>a c.next>d d.next>a e.next>-" },
  { "d", "q", "yes", "start>a a.next>q q.yes>d q.no>c b.next>e c.next>e d.next>b e.next>-" },
  { "g", "e", "next", "start>a a.next>q q.yes>b q.no>c b.next>e c.next>d d.next>e e.next>g" },
  /* where it stands already, into itself, and where it would cut off the rest */
  { "b", "q", "yes", NULL },
  { "b", "b", "next", NULL },
  { "q", "c", "next", NULL },
  { "g", "a", "next", NULL },
};

static void
test_move (void)
{
  g_autofree char *forked = quoted (FORKED);

  for (guint i = 0; i < G_N_ELEMENTS (MOVES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *json
        = rungs_graph_edit_move (forked, MOVES[i].id, MOVES[i].from, MOVES[i].way, &error);

      if (MOVES[i].arrows == NULL)
        g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
      else
        {
          g_assert_no_error (error);
          assert_arrows (json, MOVES[i].arrows);
        }
    }
}

/* Into the midst of which an arrow leads, it cannot be moved. */
static void
test_entered_midway (void)
{
  g_autofree char *forked = quoted (FORKED);
  g_autofree char *json = rungs_graph_edit_lead (forked, "a", "next", "c", NULL);
  g_autofree char *other = rungs_graph_edit_lead (json, NULL, NULL, "q", NULL);
  g_autofree char *two = rungs_graph_edit_lead (other, "e", "next", "a", NULL);
  g_autoptr (GError) error = NULL;

  assert_arrows (two, "start>q a.next>c q.yes>b q.no>c b.next>e c.next>d d.next>e e.next>a");
  g_assert_null (rungs_graph_edit_move (two, "q", "a", "next", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (rungs_graph_edit_lead (two, "e", "next", "zz", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
test_set (void)
{
  g_autofree char *forked = quoted (FORKED);
  g_autofree char *split = rungs_graph_edit_set (
    forked, "q", "{\"kind\": \"split\", \"branches\": [{\"weight\": 2}, {\"weight\": 1}]}", NULL);
  g_autofree char *third = rungs_graph_edit_add_branch (split, "q", NULL);
  g_autofree char *two = rungs_graph_edit_remove_branch (third, "q", "1", NULL);
  g_autofree char *waits = rungs_graph_edit_set (
    forked, "q", "{\"kind\": \"wait\", \"days\": 2, \"next\": \"zz\"}", NULL);
  g_autofree char *named = rungs_graph_edit_set_member (forked, "name", "\"New\"", NULL);
  g_autofree char *unnamed = rungs_graph_edit_set_member (named, "name", NULL, NULL);
  g_autofree char *got = rungs_graph_edit_get (waits, "q", NULL);
  g_autoptr (RungsGraph) graph = read_draft (named);
  g_autoptr (RungsGraph) nameless = read_draft (unnamed);
  g_autoptr (GError) error = NULL;

  /* other kinds of ways go where the first one did */
  assert_arrows (split, "start>a a.next>q q.1>b q.2>b b.next>e e.next>-");
  assert_arrows (third, "start>a a.next>q q.1>b q.2>b q.3>b b.next>e e.next>-");
  assert_arrows (two, "start>a a.next>q q.1>b q.2>b b.next>e e.next>-");
  g_assert_null (rungs_graph_edit_remove_branch (two, "q", "1", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  assert_arrows (waits, "start>a a.next>q q.next>b b.next>e e.next>-");
  g_assert_cmpstr (got, ==, "{\"kind\":\"wait\",\"days\":2,\"next\":\"b\"}");
  g_assert_cmpstr (graph->name, ==, "New");
  g_assert_cmpstr (nameless->name, ==, "");
}

static void
test_paste (void)
{
  g_autofree char *forked = quoted (FORKED);
  const char *const two[] = { "d", "a", NULL };
  const char *const question[] = { "q", "c", "g", NULL };
  const char *const none[] = { "zz", NULL };
  g_autofree char *copied = rungs_graph_edit_copy (forked, two, NULL);
  g_autofree char *nothing = rungs_graph_edit_copy (forked, none, NULL);
  g_autofree char *part = rungs_graph_edit_copy (forked, question, NULL);
  g_auto (GStrv) ids = NULL;
  g_auto (GStrv) more = NULL;
  g_autofree char *json = rungs_graph_edit_paste (forked, copied, "b", "next", &ids, NULL);
  g_autofree char *twice = rungs_graph_edit_paste (forked, part, "b", "next", &more, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (nothing);
  g_assert_cmpuint (g_strv_length (ids), ==, 2);
  json = renamed (g_steal_pointer (&json), ids[0], "A");
  json = renamed (g_steal_pointer (&json), ids[1], "D");
  assert_arrows (json, "start>a a.next>q q.yes>b q.no>c b.next>A c.next>d d.next>e e.next>- "
                       "A.next>D D.next>e");

  g_assert_cmpuint (g_strv_length (more), ==, 3);
  twice = renamed (g_steal_pointer (&twice), more[0], "Q");
  twice = renamed (g_steal_pointer (&twice), more[1], "C");
  assert_arrows (twice, "start>a a.next>q q.yes>b q.no>c b.next>Q c.next>d d.next>e e.next>- "
                        "Q.yes>e Q.no>C C.next>e");

  g_assert_null (rungs_graph_edit_paste (forked, "some text", "b", "next", NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
}

/* ---- drafts */

static const struct
{
  const char *json;
  const char *step;
  RungsGraphFault fault;
  const char *member;
} FAULTS[] = {
  { "{'name': 'N', 'steps': {}}", NULL, RUNGS_GRAPH_FAULT_EMPTY, NULL },
  { "{'steps': {'a': {'kind': 'exit'}}}", NULL, RUNGS_GRAPH_FAULT_MISSING, "name" },
  { "{'name': 'N', 'steps': {'a': {'kind': 'message'}}}", "a", RUNGS_GRAPH_FAULT_MISSING,
    "message" },
  { "{'name': 'N', 'start': 'a', 'steps': {'a': {'kind': 'wait'}}}", "a",
    RUNGS_GRAPH_FAULT_MISSING, "days" },
  { "{'name': 'N', 'start': 'a', 'steps': {'a': {'kind': 'wait_until'}}}", "a",
    RUNGS_GRAPH_FAULT_MISSING, "until" },
  { "{'name': 'N', 'start': 'a', 'steps': {'a': {'kind': 'condition'}}}", "a",
    RUNGS_GRAPH_FAULT_MISSING, "rule" },
  { "{'name': 'N', 'start': 'a', 'steps': {'a': {'kind': 'action'}}}", "a",
    RUNGS_GRAPH_FAULT_MISSING, "act" },
  { "{'name': 'N', 'start': 'a', 'steps': {'a': {'kind': 'action', 'add_tag': null}}}", "a",
    RUNGS_GRAPH_FAULT_MISSING, "add_tag" },
  { "{'name': 'N', 'start': 'a', 'steps': {'a': {'kind': 'split'}}}", "a",
    RUNGS_GRAPH_FAULT_MISSING, "branches" },
  { "{'name': 'N', 'start': 'a', 'steps': {'a': {'kind': 'wait', 'days': 1, 'next': 'z'}}}", "a",
    RUNGS_GRAPH_FAULT_TARGET, "next" },
  { "{'name': 'N', 'start': 'z', 'steps': {'a': {'kind': 'exit'}}}", NULL,
    RUNGS_GRAPH_FAULT_TARGET, "start" },
  { "{'name': 'N', 'start': 'a', 'steps': {'a': {'kind': 'exit'}, 'b': {'kind': 'exit'}}}", "b",
    RUNGS_GRAPH_FAULT_UNREACHED, NULL },
  { "{'name': 'N', 'start': 'a', 'steps': {'a': {'kind': 'action', 'add_tag': 'x', 'next': 'a'}}}",
    "a", RUNGS_GRAPH_FAULT_ROUND, NULL },
  { "{'name': 'N', 'start': 'a', 'steps': {'a': {'kind': 'wait', 'days': 1, 'next': 'a'}}}", "a",
    RUNGS_GRAPH_FAULT_ENDLESS, NULL },
  { "nonsense", NULL, RUNGS_GRAPH_FAULT_OTHER, NULL },
  { "[1]", NULL, RUNGS_GRAPH_FAULT_OTHER, NULL },
};

static void
test_draft (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (FAULTS); i++)
    {
      g_autofree char *json = quoted (FAULTS[i].json);
      g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
      g_autoptr (RungsGraph) graph = rungs_graph_parse_draft (json, problems);
      gboolean found = FALSE;

      g_assert_nonnull (graph);
      for (guint j = 0; j < problems->len; j++)
        {
          const RungsGraphProblem *problem = g_ptr_array_index (problems, j);

          found = found
                  || (g_strcmp0 (problem->step, FAULTS[i].step) == 0
                      && problem->fault == FAULTS[i].fault
                      && g_strcmp0 (problem->member, FAULTS[i].member) == 0);
        }
      if (!found)
        g_test_message ("%s", FAULTS[i].json);
      g_assert_true (found);
    }
}

/* Steps that no arrow reaches are drawn beside the others, each above what it leads to. */
static void
test_parts (void)
{
  g_autofree char *json = quoted (
    "{'name': 'N', 'start': 'a', 'steps': {'a': {'kind': 'exit'},"
    " 'c': {'kind': 'wait', 'days': 1, 'next': 'a'}, 'b': {'kind': 'message', 'next': 'c'},"
    " 'x': {'kind': 'wait', 'days': 1, 'next': 'y'}, 'y': {'kind': 'message', 'next': 'x'}}}");
  g_autoptr (RungsGraph) graph = read_draft (json);
  g_autoptr (RungsGraphLayout) layout = rungs_graph_layout (graph);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < layout->places->len; i++)
    {
      RungsGraphPlace *place = g_ptr_array_index (layout->places, i);

      g_string_append_printf (words, "%s %d,%d; ", place->step->id, place->row, place->column);
    }
  g_assert_cmpstr (words->str, ==, "a 0,0; b 0,2; x 0,4; c 1,2; y 1,4; ");
  g_assert_cmpint (layout->arrows->len, ==, 4);
}

/* Two hundred steps with forks below each other are laid out at once. */
static void
test_long (void)
{
  g_autofree char *json = g_strdup ("{\"name\": \"N\", \"steps\": {}}");
  g_autoptr (RungsGraph) graph = NULL;
  g_autoptr (RungsGraphLayout) layout = NULL;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *before = g_steal_pointer (&json);

      json = rungs_graph_edit_insert (before, NULL, NULL,
                                      i % 3 == 0 ? "{\"kind\": \"condition\"}"
                                                 : "{\"kind\": \"wait\", \"days\": 1}",
                                      NULL, NULL);
    }
  graph = read_draft (json);
  layout = rungs_graph_layout (graph);
  g_assert_cmpint (layout->rows, ==, 200);
}

/* ---- any edits */

static const char *const STEPS[] = {
  "{'kind': 'message', 'message': 'M'}",
  "{'kind': 'message'}",
  "{'kind': 'wait', 'days': 1}",
  "{'kind': 'wait_until', 'time': '09:00'}",
  "{'kind': 'wait_until', 'event': {'on': 'order'}, 'days': 3}",
  "{'kind': 'condition'}",
  "{'kind': 'condition', 'rule': {'field': 'score', 'op': 'more', 'value': 3}}",
  "{'kind': 'split', 'branches': [{'weight': 1}, {'weight': 2}, {'weight': 3}]}",
  "{'kind': 'action', 'add_tag': 't'}",
  "{'kind': 'goal', 'event': {'on': 'order'}}",
  "{'kind': 'exit'}",
};

static char *
any_step (GRand *rand)
{
  return quoted (STEPS[g_rand_int_range (rand, 0, G_N_ELEMENTS (STEPS))]);
}

/* NULL where there are none. */
static RungsGraphStep *
any_of (GRand      *rand,
        RungsGraph *graph)
{
  return graph->steps->len == 0
           ? NULL
           : graph->steps->pdata[g_rand_int_range (rand, 0, (gint32) graph->steps->len)];
}

static void
any_arrow (GRand       *rand,
           RungsGraph  *graph,
           const char **from,
           const char **way)
{
  RungsGraphStep *step = any_of (rand, graph);

  *from = *way = NULL;
  if (step == NULL || step->branches->len == 0 || g_rand_int_range (rand, 0, 10) == 0)
    return;
  *from = step->id;
  *way = ((RungsGraphBranch *) step->branches->pdata[g_rand_int_range (
            rand, 0, (gint32) step->branches->len)])
           ->label;
}

/* Returns: (nullable): NULL where it was refused. */
static char *
edit_at_random (GRand      *rand,
                RungsGraph *graph,
                const char *json)
{
  RungsGraphStep *step = any_of (rand, graph);
  g_autofree char *new_step = any_step (rand);
  const char *id = step ? step->id : "none";
  const char *const ids[] = { id, step ? any_of (rand, graph)->id : id, NULL };
  g_autofree char *copied = NULL;
  const char *from, *way;

  any_arrow (rand, graph, &from, &way);
  switch (g_rand_int_range (rand, 0, 9))
    {
    case 0:
      return rungs_graph_edit_remove (json, ids, NULL);
    case 1:
    case 2:
      return rungs_graph_edit_move (json, id, from, way, NULL);
    case 3:
      return rungs_graph_edit_set (json, id, new_step, NULL);
    case 4:
      copied = rungs_graph_edit_copy (json, ids, NULL);
      return copied ? rungs_graph_edit_paste (json, copied, from, way, NULL, NULL) : NULL;
    case 5:
      return rungs_graph_edit_add_branch (json, id, NULL);
    case 6:
      return rungs_graph_edit_remove_branch (json, id, "2", NULL);
    default:
      return rungs_graph_edit_insert (json, from, way, new_step, NULL, NULL);
    }
}

static void
assert_all_reached (RungsGraph *graph,
                    const char *json)
{
  g_autoptr (GHashTable) reached = rungs_graph_reach (graph, NULL, NULL, NULL);

  for (guint i = 0; i < graph->steps->len; i++)
    {
      RungsGraphStep *step = g_ptr_array_index (graph->steps, i);

      if (!g_hash_table_contains (reached, step) && step->kind != RUNGS_GRAPH_GOAL)
        g_error ("%s is not reached:\n%s", step->id, json);
      for (guint j = 0; j < step->branches->len; j++)
        {
          const RungsGraphBranch *branch = step->branches->pdata[j];

          g_assert_true (branch->target == NULL || rungs_graph_find (graph, branch->target));
        }
    }
}

static void
assert_no_two_in_one_place (RungsGraph *graph)
{
  g_autoptr (RungsGraphLayout) layout = rungs_graph_layout (graph);

  g_assert_cmpint (layout->places->len, ==, graph->steps->len);
  for (guint i = 1; i < layout->places->len; i++)
    {
      RungsGraphPlace *place = layout->places->pdata[i];
      RungsGraphPlace *before = layout->places->pdata[i - 1];

      g_assert_true (place->row != before->row || place->column >= before->column + 2);
    }
}

/* Whatever is done, and undone: the graph is read, each of its steps is reached and drawn in a
 * place of its own, and going back gives the texts that were, which no edit touched. */
static void
test_any_edits (void)
{
  for (guint32 seed = 1; seed <= 60; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) sums = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *json = g_strdup ("{\"name\": \"N\", \"steps\": {}}");

      for (guint i = 0; i < 60; i++)
        {
          g_autoptr (RungsGraph) graph = read_draft (json);
          char *edited = edit_at_random (rand, graph, json);

          assert_all_reached (graph, json);
          assert_no_two_in_one_place (graph);
          if (edited == NULL)
            continue;
          g_ptr_array_add (sums, g_compute_checksum_for_string (G_CHECKSUM_SHA1, json, -1));
          g_ptr_array_add (texts, g_steal_pointer (&json));
          json = edited;
        }
      g_assert_cmpuint (texts->len, >, 20);
      for (guint i = texts->len; i > 0; i--)
        {
          g_autofree char *sum
            = g_compute_checksum_for_string (G_CHECKSUM_SHA1, texts->pdata[i - 1], -1);

          g_assert_cmpstr (sum, ==, sums->pdata[i - 1]);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sequences/graph-edit/insert", test_insert);
  g_test_add_func ("/sequences/graph-edit/remove", test_remove);
  g_test_add_func ("/sequences/graph-edit/move", test_move);
  g_test_add_func ("/sequences/graph-edit/entered-midway", test_entered_midway);
  g_test_add_func ("/sequences/graph-edit/set", test_set);
  g_test_add_func ("/sequences/graph-edit/paste", test_paste);
  g_test_add_func ("/sequences/graph-edit/draft", test_draft);
  g_test_add_func ("/sequences/graph-edit/parts", test_parts);
  g_test_add_func ("/sequences/graph-edit/long", test_long);
  g_test_add_func ("/sequences/graph-edit/any-edits", test_any_edits);
  return g_test_run ();
}
