/* test-rule-tree.c: a rule that is edited keeps what it says, through moves and back. */

#include "widgets/rungs-rule-tree.h"

#define A "{\"field\":\"tag\",\"op\":\"has\",\"value\":\"a\"}"
#define B "{\"field\":\"tag\",\"op\":\"has\",\"value\":\"b\"}"
#define C "{\"field\":\"tag\",\"op\":\"has\",\"value\":\"c\"}"
#define D "{\"field\":\"tag\",\"op\":\"has\",\"value\":\"d\"}"

static void
assert_json (const RungsRuleTree *tree,
             const char          *expected)
{
  g_autofree char *json = rungs_rule_tree_to_json (tree);

  g_assert_cmpstr (json, ==, expected);
}

/* The part that stands at these places, one for each depth; -1 ends. */
static RungsRulePart *
part_at (const RungsRuleTree *tree,
         int                  first,
         int                  second)
{
  RungsRulePart *part = g_ptr_array_index (tree->root->children, (guint) first);

  return second < 0 ? part : g_ptr_array_index (part->children, (guint) second);
}

static void
test_json (void)
{
  static const struct
  {
    const char *rule;
    const char *json;
  } cases[] = {
    { NULL, "{\"all\":[]}" },
    { A, "{\"all\":[" A "]}" },
    { "{\"any\":[" A ",{\"none\":[" B "]}]}", "{\"any\":[" A ",{\"none\":[" B "]}]}" },
    { "{\"field\":\"orders\",\"within_days\":90,\"op\":\"at_least\",\"value\":2}",
      "{\"all\":[{\"field\":\"orders\",\"within_days\":90,\"op\":\"at_least\",\"value\":2}]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RungsRuleTree) tree = rungs_rule_tree_new (cases[i].rule, NULL);
      g_autoptr (RungsRuleTree) copy = rungs_rule_tree_copy (tree);

      assert_json (tree, cases[i].json);
      assert_json (copy, cases[i].json);
      g_assert_true (rungs_rule_tree_is_finished (tree));
    }
  g_assert_null (rungs_rule_tree_new ("{", NULL));
}

/* What is not finished is left out of what is asked, and groups in which nothing is left too. */
static void
test_unfinished (void)
{
  g_autoptr (RungsRuleTree) tree = rungs_rule_tree_new ("{\"any\":[" A "]}", NULL);
  RungsRulePart *group = rungs_rule_tree_add (tree, tree->root, 1, RUNGS_RULE_PART_NONE);
  RungsRulePart *line = rungs_rule_tree_add (tree, group, 0, RUNGS_RULE_PART_LINE);
  g_autofree char *rule = rungs_rule_tree_to_rule (tree);
  g_autofree char *nothing = NULL;

  g_assert_false (rungs_rule_tree_is_finished (tree));
  g_assert_cmpstr (rule, ==, "{\"any\":[" A "]}");
  rungs_rule_part_begin (line, "tag", "has");
  g_assert_null (rungs_rule_part_to_rule (line));
  rungs_rule_part_set (line, "value", json_node_init_string (json_node_alloc (), "b"));
  g_assert_true (rungs_rule_tree_is_finished (tree));
  assert_json (tree, "{\"any\":[" A ",{\"none\":[" B "]}]}");
  rungs_rule_tree_remove (tree, group);
  rungs_rule_tree_remove (tree, part_at (tree, 0, -1));
  nothing = rungs_rule_tree_to_rule (tree);
  g_assert_cmpstr (nothing, ==, "{\"all\":[]}");
}

static void
test_copy_stands_alone (void)
{
  g_autoptr (RungsRuleTree) tree = rungs_rule_tree_new (A, NULL);
  g_autoptr (RungsRuleTree) copy = rungs_rule_tree_copy (tree);
  RungsRulePart *line = part_at (tree, 0, -1);

  rungs_rule_part_set (line, "value", json_node_init_string (json_node_alloc (), "b"));
  assert_json (tree, "{\"all\":[" B "]}");
  assert_json (copy, "{\"all\":[" A "]}");
  g_assert_cmpuint (rungs_rule_tree_find (copy, line->id)->id, ==, line->id);
}

static void
test_steps (void)
{
  g_autoptr (RungsRuleTree) tree
    = rungs_rule_tree_new ("{\"all\":[" A ",{\"any\":[" B "," C "]}," D "]}", NULL);
  RungsRulePart *a = part_at (tree, 0, -1);

  g_assert_false (rungs_rule_tree_move_up (tree, a));
  g_assert_true (rungs_rule_tree_move_down (tree, a));
  assert_json (tree, "{\"all\":[{\"any\":[" A "," B "," C "]}," D "]}");
  g_assert_cmpuint (rungs_rule_part_get_depth (a), ==, 2);
  g_assert_true (rungs_rule_tree_move_down (tree, a));
  g_assert_true (rungs_rule_tree_move_down (tree, a));
  assert_json (tree, "{\"all\":[{\"any\":[" B "," C "," A "]}," D "]}");
  g_assert_true (rungs_rule_tree_move_down (tree, a));
  assert_json (tree, "{\"all\":[{\"any\":[" B "," C "]}," A "," D "]}");
  g_assert_true (rungs_rule_tree_move_up (tree, a));
  assert_json (tree, "{\"all\":[{\"any\":[" B "," C "," A "]}," D "]}");
  g_assert_true (rungs_rule_tree_move_out (tree, a));
  g_assert_true (rungs_rule_tree_wrap (tree, a));
  assert_json (tree, "{\"all\":[{\"any\":[" B "," C "]},{\"any\":[" A "]}," D "]}");
}

static void
test_moves (void)
{
  g_autoptr (RungsRuleTree) tree
    = rungs_rule_tree_new ("{\"all\":[" A ",{\"any\":[" B "]}," D "]}", NULL);
  RungsRulePart *group = part_at (tree, 1, -1);
  RungsRulePart *b = part_at (tree, 1, 0);

  g_assert_false (rungs_rule_tree_move (tree, group, group, 0));
  g_assert_false (rungs_rule_tree_move (tree, group, tree->root, 1));
  g_assert_false (rungs_rule_tree_move (tree, group, tree->root, 2));
  g_assert_false (rungs_rule_tree_move (tree, tree->root, group, 0));
  g_assert_false (rungs_rule_tree_move (tree, part_at (tree, 0, -1), b, 0));
  g_assert_true (rungs_rule_tree_move (tree, group, tree->root, 3));
  assert_json (tree, "{\"all\":[" A "," D ",{\"any\":[" B "]}]}");
  g_assert_true (rungs_rule_tree_move (tree, part_at (tree, 0, -1), group, G_MAXUINT));
  assert_json (tree, "{\"all\":[" D ",{\"any\":[" B "," A "]}]}");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/rule-tree/json", test_json);
  g_test_add_func ("/app/rule-tree/unfinished", test_unfinished);
  g_test_add_func ("/app/rule-tree/copy-stands-alone", test_copy_stands_alone);
  g_test_add_func ("/app/rule-tree/steps", test_steps);
  g_test_add_func ("/app/rule-tree/moves", test_moves);
  return g_test_run ();
}
