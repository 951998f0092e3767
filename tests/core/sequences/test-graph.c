/* test-graph.c: graphs are read, refused in words, and laid out without two steps in one place. */

#include "sequences/rungs-graph.h"

#include <string.h>

#include "rungs-fixture.h"

/* JSON with ' for ", which reads better here. */
static RungsGraph *
graph_of (const char *text,
          GPtrArray  *problems)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');

  return rungs_graph_parse (json, problems);
}

static const char EVERYTHING[] =
    "{'name': 'All', 'sells': 'BOOK',"
    " 'entry': {'triggers': [{'on': 'tag', 'name': 'news'}, {'on': 'form', 'name': 'F'},"
    "   {'on': 'import'}, {'on': 'import', 'source': 'jv:Sue'}, {'on': 'order'},"
    "   {'on': 'order', 'sku': 'BOOK'}, {'on': 'event', 'kind': 'mail.clicked', 'detail': 'x'},"
    "   {'on': 'manual'}], 'reentry': {'after_days': 30}},"
    " 'sending': {'weekdays': ['mon', 'fri'], 'from': '09:00', 'to': '17:00', 'zone': 'business'},"
    " 'start': 'm', 'steps': {"
    " 'm': {'kind': 'message', 'message': 'Hello', 'late': {'hours': 6, 'days': 2}, 'next': 'w'},"
    " 'w': {'kind': 'wait', 'minutes': 5, 'hours': 2, 'days': 1, 'next': 't'},"
    " 't': {'kind': 'wait_until', 'time': '09:30', 'weekdays': ['mon', 'sun'], 'next': 'd'},"
    " 'd': {'kind': 'wait_until', 'date': '2026-12-24', 'zone': 'business', 'next': 'l'},"
    " 'l': {'kind': 'wait_until', 'lead_date': 'field:birthday', 'before_days': 3,"
    "       'time': '08:15', 'yearly': true, 'next': 'e', 'missing': 'e'},"
    " 'e': {'kind': 'wait_until', 'event': {'on': 'tag', 'name': 'x'}, 'days': 3, 'next': 'c',"
    "       'timeout': 'c'},"
    " 'c': {'kind': 'condition', 'rule': {'field': 'score', 'op': 'more', 'value': 3}, 'yes': 's',"
    "       'no': null},"
    " 's': {'kind': 'split', 'branches': [{'weight': 3, 'next': 'a'}, {'next': 'x'}]},"
    " 'a': {'kind': 'action', 'add_tag': 't', 'next': 'b'},"
    " 'b': {'kind': 'action', 'set_field': {'field': 'city', 'value': ''}, 'next': 'f'},"
    " 'f': {'kind': 'action', 'add_score': -5, 'next': 'h'},"
    " 'h': {'kind': 'action', 'task': {'title': 'Call', 'days': 2}, 'next': 'i'},"
    " 'i': {'kind': 'action', 'start': 'Other', 'next': 'j'},"
    " 'j': {'kind': 'action', 'stop': 'Other', 'next': 'k'},"
    " 'k': {'kind': 'action', 'remove_tag': 't', 'next': 'w'},"
    " 'x': {'kind': 'exit'},"
    " 'g': {'kind': 'goal', 'event': {'on': 'order'}} } }";

static void
assert_layout_is_sound (RungsGraph *graph)
{
  g_autoptr (RungsGraphLayout) layout = rungs_graph_layout (graph);

  g_assert_cmpint (layout->places->len, ==, graph->steps->len);
  for (guint i = 0; i < layout->places->len; i++)
    {
      RungsGraphPlace *place = g_ptr_array_index (layout->places, i);

      g_assert_cmpint (place->row, >=, 0);
      g_assert_cmpint (place->row, <, layout->rows);
      g_assert_cmpint (place->column, >=, 0);
      g_assert_cmpint (place->column + 2, <=, layout->columns);
      for (guint j = 0; j < i; j++)
        {
          RungsGraphPlace *other = g_ptr_array_index (layout->places, j);

          g_assert_true (place->row != other->row || ABS (place->column - other->column) >= 2);
        }
    }
  for (guint i = 0; i < layout->arrows->len; i++)
    {
      RungsGraphArrow *arrow = g_ptr_array_index (layout->arrows, i);

      if (arrow->to != NULL && !arrow->up)
        g_assert_cmpint (arrow->to->row, >, arrow->from->row);
    }
}

static void
test_everything (void)
{
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
  g_autoptr (RungsGraph) graph = graph_of (EVERYTHING, problems);
  g_autofree char *text = rungs_graph_problems_describe (problems);
  RungsGraphStep *step;

  g_assert_cmpstr (text, ==, "");
  g_assert_nonnull (graph);
  g_assert_cmpstr (graph->sells, ==, "BOOK");
  g_assert_cmpint (graph->triggers->len, ==, 8);
  g_assert_cmpint (graph->reentry, ==, RUNGS_GRAPH_AFTER_DAYS);
  g_assert_cmpint (graph->reentry_days, ==, 30);
  g_assert_cmpint (graph->steps->len, ==, 17);
  g_assert_cmpint (graph->sending->weekdays, ==, 17);
  g_assert_cmpint (graph->sending->from, ==, 540);
  g_assert_false (graph->sending->lead_zone);
  g_assert_cmpstr (((RungsGraphStep *) g_ptr_array_index (graph->steps, 1))->id, ==, "w");

  step = rungs_graph_find (graph, "w");
  g_assert_cmpint (step->minutes, ==, 125);
  g_assert_cmpint (step->days, ==, 1);
  step = rungs_graph_find (graph, "m");
  g_assert_cmpint (step->late_hours, ==, 6);
  g_assert_cmpint (step->late_days, ==, 2);
  step = rungs_graph_find (graph, "l");
  g_assert_cmpstr (step->lead_date, ==, "field:birthday");
  g_assert_cmpint (step->days, ==, -3);
  g_assert_cmpint (step->minute, ==, 495);
  g_assert_true (step->yearly);
  step = rungs_graph_find (graph, "t");
  g_assert_cmpint (step->minute, ==, 570);
  g_assert_cmpint (step->weekdays, ==, 65);
  g_assert_false (step->business_zone);
  step = rungs_graph_find (graph, "s");
  g_assert_cmpint (((RungsGraphBranch *) g_ptr_array_index (step->branches, 0))->weight, ==, 3);
  g_assert_cmpint (((RungsGraphBranch *) g_ptr_array_index (step->branches, 1))->weight, ==, 1);
  step = rungs_graph_find (graph, "f");
  g_assert_cmpint (step->number, ==, -5);
  assert_layout_is_sound (graph);
}

/* A graph with these steps, that starts with "a". */
static char *
with_steps (const char *steps)
{
  return g_strdup_printf ("{'name': 'N', 'start': 'a', 'steps': {%s}}", steps);
}

static const struct
{
  const char *steps; /* or the whole, where it begins with "{" or is no object */
  const char *step;
  const char *words;
} REFUSALS[] = {
  { "{", NULL, "It is not JSON" },
  { "[]", NULL, "must be an object" },
  { "{'name': 'N', 'start': 'a'}", NULL, "“steps” is missing" },
  { "{'name': 'N', 'start': 'a', 'steps': {}}", NULL, "from 1 to 1000 steps" },
  { "{'start': 'a', 'steps': {'a': {'kind': 'exit'}}}", NULL, "“name” is missing" },
  { "{'name': 'N', 'start': 'z', 'steps': {'a': {'kind': 'exit'}}}", NULL, "starts with “z”" },
  { "{'name': 'N', 'start': 'a', 'stpes': 1, 'steps': {'a': {'kind': 'exit'}}}", NULL,
    "“stpes” is not known here" },
  { "{'name': 'N', 'start': 'a', 'entry': {'reentry': 'always'}, 'steps': {'a': {'kind': 'exit'}}}",
    NULL, "“reentry” must be" },
  { "{'name': 'N', 'start': 'a', 'entry': {'triggers': [{'on': 'weather'}]},"
    " 'steps': {'a': {'kind': 'exit'}}}",
    NULL, "An event must say “on”" },
  { "'a': 5", "a", "must be an object" },
  { "'a': {}", "a", "“kind” is missing" },
  { "'a': {'kind': 'mesage'}", "a", "no kind of step “mesage”" },
  { "'a': {'kind': 'message'}", "a", "“message” is missing" },
  { "'a': {'kind': 'message', 'message': 7}", "a", "“message” must be a text" },
  { "'a': {'kind': 'message', 'message': 'M', 'nxt': 'b'}", "a", "“nxt” is not known here" },
  { "'a': {'kind': 'message', 'message': 'M', 'next': 'b'}", "a", "leads to “b”, but there is no" },
  { "'a': {'kind': 'exit'}, 'a': {'kind': 'exit'}", NULL, "“a” stands twice" },
  { "'a': {'kind': 'wait'}", "a", "must say how long" },
  { "'a': {'kind': 'wait', 'days': 0}", "a", "“days” must be a whole number from 1" },
  { "'a': {'kind': 'wait', 'days': 1.5}", "a", "“days” must be a whole number from 1" },
  { "'a': {'kind': 'wait_until'}", "a",
    "one of “time”, “date”, “lead_date” and “event”" },
  { "'a': {'kind': 'wait_until', 'time': '9:00'}", "a", "a time such as" },
  { "'a': {'kind': 'wait_until', 'time': '24:00'}", "a", "a time such as" },
  { "'a': {'kind': 'wait_until', 'time': '09:00', 'weekdays': ['monday']}", "a",
    "“weekdays” must be" },
  { "'a': {'kind': 'wait_until', 'time': '09:00', 'zone': 'Mars'}", "a", "“zone” must be" },
  { "'a': {'kind': 'wait_until', 'date': 'soon'}", "a", "“date” must be" },
  { "'a': {'kind': 'wait_until', 'event': {'on': 'manual'}, 'days': 1}", "a",
    "no event that could" },
  { "'a': {'kind': 'wait_until', 'event': {'on': 'tag', 'name': 'x'}}", "a", "must say how long" },
  { "'a': {'kind': 'wait_until', 'event': {'on': 'event', 'kind': 'mail.opened'}, 'days': 1}", "a",
    "mail programs open messages by themselves" },
  { "'a': {'kind': 'wait_until', 'event': {'on': 'event', 'kind': 'tag.aded'}, 'days': 1}", "a",
    "no event “tag.aded”" },
  { "'a': {'kind': 'wait_until', 'lead_date': 'birthday', 'time': '09:00'}", "a",
    "“lead_date” must be" },
  { "'a': {'kind': 'wait_until', 'lead_date': 'created'}", "a", "“time” is missing" },
  { "'a': {'kind': 'wait_until', 'lead_date': 'created', 'time': '09:00', 'weekdays': ['mon']}",
    "a", "“weekdays” is not known here" },
  { "'a': {'kind': 'wait_until', 'lead_date': 'created', 'time': '09:00', 'sku': 'BOOK'}", "a",
    "not a matter of products" },
  { "'a': {'kind': 'wait_until', 'lead_date': 'created', 'time': '09:00', 'before_days': 1,"
    " 'after_days': 1}",
    "a", "exclude each other" },
  { "'a': {'kind': 'wait_until', 'lead_date': 'created', 'time': '09:00', 'yearly': 'yes'}", "a",
    "“yearly” must be true or false" },
  { "'a': {'kind': 'wait_until', 'lead_date': 'created', 'time': '09:00', 'yearly': true,"
    " 'before_days': 181}",
    "a", "at most 180 days" },
  { "'a': {'kind': 'wait_until', 'lead_date': 'created', 'time': '09:00', 'next': 'b'},"
    " 'b': {'kind': 'action', 'add_tag': 'x', 'next': 'a'}",
    "a", "round for ever without a wait: a → b → a" },
  { "'a': {'kind': 'wait_until', 'lead_date': 'field:x', 'time': '09:00', 'yearly': true,"
    " 'next': null, 'missing': 'a'}",
    "a", "round for ever without a wait: a → a" },
  { "'a': {'kind': 'message', 'message': 'M', 'late': 5}", "a", "“late” must be an object" },
  { "'a': {'kind': 'message', 'message': 'M', 'late': {'hours': 0}}", "a", "“hours” must be" },
  { "'a': {'kind': 'message', 'message': 'M', 'late': {'days': -1}}", "a", "“days” must be" },
  { "{'name': 'N', 'start': 'a', 'sending': {'from': '9'}, 'steps': {'a': {'kind': 'exit'}}}",
    NULL, "“sending”: “from” and “to” must be" },
  { "'a': {'kind': 'condition'}", "a", "“rule” is missing" },
  { "'a': {'kind': 'condition', 'rule': {'field': 'shoe', 'op': 'is', 'value': 'x'}}", "a",
    "no field “shoe”" },
  { "'a': {'kind': 'split', 'branches': [{}]}", "a", "at least two" },
  { "'a': {'kind': 'split', 'branches': [{'weight': 0}, {}]}", "a", "“weight” must be" },
  { "'a': {'kind': 'action'}", "a", "exactly one thing" },
  { "'a': {'kind': 'action', 'add_tag': 'x', 'stop': 'y'}", "a", "exactly one thing" },
  { "'a': {'kind': 'action', 'set_field': {'field': 'id', 'value': '7'}}", "a",
    "cannot set a field" },
  { "'a': {'kind': 'action', 'set_field': {'field': 'email', 'value': '7'}}", "a", "cannot set" },
  { "'a': {'kind': 'action', 'task': {}}", "a", "“title” is missing" },
  { "'a': {'kind': 'goal', 'event': {'on': 'order'}, 'rule': {'all': []}}", "a", "not both" },
  { "'a': {'kind': 'exit'}, 'b': {'kind': 'exit'}", "b", "no arrow leads to it" },
  { "'a': {'kind': 'exit'}, 'b': {'kind': 'goal'}", "b", "no arrow leads to it" },
  { "'a': {'kind': 'message', 'message': 'M', 'next': 'b'}, 'b': {'kind': 'condition',"
    " 'rule': {'all': []}, 'yes': 'a'}",
    "a", "round for ever without a wait: a → b → a" },
  { "'a': {'kind': 'action', 'add_tag': 'x', 'next': 'b'}, 'b': {'kind': 'wait_until', 'date':"
    " '2026-01-01', 'next': 'a'}",
    "a", "round for ever without a wait: a → b → a" },
  { "'a': {'kind': 'message', 'message': 'M', 'next': 'b'}, 'b': {'kind': 'wait', 'days': 1,"
    " 'next': 'a'}",
    "a", "would get messages for ever" },
};

static gboolean
says (GPtrArray  *problems,
      const char *step,
      const char *words)
{
  for (guint i = 0; i < problems->len; i++)
    {
      RungsGraphProblem *problem = g_ptr_array_index (problems, i);

      if (g_strcmp0 (problem->step, step) == 0 && strstr (problem->text, words) != NULL)
        return problem->fatal;
    }
  return FALSE;
}

static void
test_refusals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (REFUSALS); i++)
    {
      g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
      g_autofree char *whole = REFUSALS[i].steps[0] == '\'' ? with_steps (REFUSALS[i].steps)
                                                            : g_strdup (REFUSALS[i].steps);
      g_autoptr (RungsGraph) graph = graph_of (whole, problems);
      g_autofree char *text = rungs_graph_problems_describe (problems);

      g_test_message ("%s: %s", REFUSALS[i].steps, text);
      g_assert_null (graph);
      g_assert_true (says (problems, REFUSALS[i].step, REFUSALS[i].words));
    }
}

static void
test_several_at_once (void)
{
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
  g_autoptr (RungsGraph) graph = graph_of (
      "{'name': 'N', 'start': 'a', 'steps': {'a': {'kind': 'wait'}, 'b': {'kind': 'message'},"
      " 'c': {'kind': 'dance'}}}",
      problems);

  g_assert_null (graph);
  g_assert_cmpint (problems->len, ==, 3);
}

static void
test_nesting (void)
{
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
  g_autofree char *deep = g_strnfill (200000, '[');

  g_assert_null (rungs_graph_parse (deep, problems));
  g_assert_true (says (problems, NULL, "nested more than"));
}

static void
test_needs_of_file (RungsFixture *fixture,
                    RungsDb      *db)
{
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
  g_autoptr (RungsGraph) graph = graph_of (EVERYTHING, problems);
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_graph_check (graph, db, problems, &error));
  g_assert_true (says (problems, NULL, "There is no product “BOOK”."));
  g_assert_true (says (problems, "m", "There is no message “Hello”."));
  g_assert_true (says (problems, "l", "There is no custom field “birthday” that is a date."));
  g_assert_false (says (problems, "e", "There is no tag “x” yet."));

  rungs_fixture_run (fixture, "INSERT INTO product (sku, name, price, currency, created_at)"
                              " VALUES ('BOOK', 'Book', 1, 'EUR', 0)");
  rungs_fixture_run (fixture,
                     "INSERT INTO message (name, purpose, value, kind, created_at, updated_at)"
                     " VALUES ('Hello', '', '', 'transactional', 0, 0)");
  g_ptr_array_set_size (problems, 0);
  g_assert_true (rungs_graph_check (graph, db, problems, &error));
  g_assert_true (says (problems, "m", "is not marketing"));

  rungs_fixture_run (fixture, "UPDATE message SET kind = 'marketing'");
  rungs_fixture_run (fixture, "INSERT INTO field (key, label, kind, created_at)"
                              " VALUES ('birthday', 'Birthday', 'date', 0)");
  g_ptr_array_set_size (problems, 0);
  g_assert_true (rungs_graph_check (graph, db, problems, &error));
  g_assert_no_error (error);
  g_assert_cmpint (problems->len, >, 0);
  g_assert_false (rungs_graph_problems_are_fatal (problems));
}

static void
test_clicks (RungsFixture *fixture,
             RungsDb      *db)
{
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
  g_autoptr (RungsGraph) graph = graph_of (
      "{'name': 'N', 'start': 'w', 'steps': {'w': {'kind': 'wait_until', 'event': {'on': 'event',"
      " 'kind': 'mail.clicked'}, 'hours': 1, 'next': 'x', 'timeout': 'x'},"
      " 'x': {'kind': 'exit'}}}",
      problems);
  g_autoptr (GError) error = NULL;

  g_assert_true (rungs_graph_check (graph, db, problems, &error));
  g_assert_cmpint (problems->len, ==, 1);
  g_assert_false (says (problems, "w", "Clicks are not counted"));
  g_assert_nonnull (strstr (((RungsGraphProblem *) problems->pdata[0])->text, "Clicks are not"));

  rungs_fixture_run (fixture, "UPDATE business SET count_clicks = 1");
  g_ptr_array_set_size (problems, 0);
  g_assert_true (rungs_graph_check (graph, db, problems, &error));
  g_assert_cmpint (problems->len, ==, 0);
}

/* "ROW,COLUMN" of a step. */
static char *
place_of (RungsGraphLayout *layout,
          const char       *id)
{
  for (guint i = 0; i < layout->places->len; i++)
    {
      RungsGraphPlace *place = g_ptr_array_index (layout->places, i);

      if (g_str_equal (place->step->id, id))
        return g_strdup_printf ("%d,%d", place->row, place->column);
    }
  return NULL;
}

static void
test_layout (void)
{
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
  g_autoptr (RungsGraph) graph =
      graph_of ("{'name': 'N', 'start': 'a', 'steps': {"
                " 'a': {'kind': 'condition', 'rule': {'all': []}, 'yes': 'b', 'no': 'c'},"
                " 'b': {'kind': 'message', 'message': 'M', 'next': 'd'},"
                " 'c': {'kind': 'message', 'message': 'M', 'next': 'e'},"
                " 'e': {'kind': 'wait', 'days': 1, 'next': 'd'},"
                " 'd': {'kind': 'message', 'message': 'M'},"
                " 'g': {'kind': 'goal', 'event': {'on': 'order'}}}}",
                problems);
  g_autoptr (RungsGraphLayout) layout = rungs_graph_layout (graph);
  const struct
  {
    const char *id;
    const char *place;
  } PLACES[] = { { "a", "0,1" }, { "b", "1,0" }, { "c", "1,2" },
                 { "e", "2,2" }, { "d", "3,1" }, { "g", "0,4" } };

  for (guint i = 0; i < G_N_ELEMENTS (PLACES); i++)
    {
      g_autofree char *place = place_of (layout, PLACES[i].id);

      g_assert_cmpstr (place, ==, PLACES[i].place);
    }
  g_assert_cmpint (layout->rows, ==, 4);
  g_assert_cmpint (layout->columns, ==, 6);
}

/* A graph of splits, that lead on, and waits, that lead anywhere. */
static char *
random_graph (GRand *rand,
              int    n)
{
  g_autoptr (GString) json = g_string_new ("{\"name\":\"N\",\"start\":\"s0\",\"steps\":{");

  for (int i = 0; i < n; i++)
    if (g_rand_boolean (rand))
      g_string_append_printf (json,
                              "\"s%d\":{\"kind\":\"wait_until\",\"event\":{\"on\":\"order\"},"
                              "\"days\":1,\"next\":\"s%d\",\"timeout\":\"s%d\"},",
                              i, g_rand_int_range (rand, 0, n + 1), i + 1);
    else
      g_string_append_printf (json,
                              "\"s%d\":{\"kind\":\"split\",\"branches\":[{\"next\":\"s%d\"},"
                              "{\"next\":\"s%d\"},{\"next\":%s}]},",
                              i, i + 1, g_rand_int_range (rand, i + 1, n + 1),
                              g_rand_boolean (rand) ? "null" : "\"end\"");
  g_string_append_printf (json, "\"s%d\":{\"kind\":\"exit\"},", n);
  g_string_append (json, "\"end\":{\"kind\":\"goal\",\"event\":{\"on\":\"order\"}}}}");
  return g_string_free (g_steal_pointer (&json), FALSE);
}

static void
test_layout_of_any (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *json = random_graph (rand, g_rand_int_range (rand, 1, 14));
      g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
      g_autoptr (RungsGraph) graph = rungs_graph_parse (json, problems);

      g_assert_cmpint (problems->len, ==, 0);
      assert_layout_is_sound (graph);
    }
}

static void
test_next_message (void)
{
  static const char JSON[]
    = "{\"name\": \"G\", \"start\": \"wait\", \"steps\": {"
      " \"wait\": {\"kind\": \"wait\", \"days\": 1, \"next\": \"tag\"},"
      " \"tag\": {\"kind\": \"action\", \"add_tag\": \"t\", \"next\": \"hello\"},"
      " \"hello\": {\"kind\": \"message\", \"message\": \"Hello\", \"next\": \"long\"},"
      " \"long\": {\"kind\": \"wait\", \"days\": 9, \"next\": \"ask\"},"
      " \"ask\": {\"kind\": \"condition\","
      "           \"rule\": {\"field\": \"score\", \"op\": \"more\", \"value\": 1},"
      "           \"yes\": \"hello\", \"no\": \"last\"},"
      " \"last\": {\"kind\": \"wait\", \"days\": 2, \"next\": \"out\"},"
      " \"out\": {\"kind\": \"exit\"}}}";
  g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
  g_autoptr (RungsGraph) graph = rungs_graph_parse (JSON, problems);

  g_assert_nonnull (graph);
  g_assert_cmpstr (rungs_graph_next_message (graph, "wait"), ==, "Hello");
  g_assert_cmpstr (rungs_graph_next_message (graph, "hello"), ==, "Hello");
  g_assert_null (rungs_graph_next_message (graph, "long"));
  g_assert_null (rungs_graph_next_message (graph, "last"));
  g_assert_null (rungs_graph_next_message (graph, "gone"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sequences/graph/everything", test_everything);
  g_test_add_func ("/sequences/graph/refusals", test_refusals);
  g_test_add_func ("/sequences/graph/several", test_several_at_once);
  g_test_add_func ("/sequences/graph/nesting", test_nesting);
  rungs_fixture_add_test ("/sequences/graph/needs-of-file", test_needs_of_file);
  rungs_fixture_add_test ("/sequences/graph/clicks", test_clicks);
  g_test_add_func ("/sequences/graph/next-message", test_next_message);
  g_test_add_func ("/sequences/graph/layout", test_layout);
  g_test_add_func ("/sequences/graph/layout-of-any", test_layout_of_any);
  return g_test_run ();
}
