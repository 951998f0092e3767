/* test-duplicate-group.c: pairs become groups: chains, among some leads, for some reasons. */

#include "leads/rungs-duplicate-group.h"

#include "leads/rungs-merge.h"

static void
add (GPtrArray *pairs,
     gint64     lead,
     gint64     other,
     guint      reasons)
{
  RungsDuplicate *pair = g_new0 (RungsDuplicate, 1);

  pair->lead = lead;
  pair->other = other;
  pair->reasons = reasons;
  pair->name = g_strdup_printf ("L%d", (int) lead);
  pair->email = g_strdup ("");
  pair->other_name = g_strdup_printf ("L%d", (int) other);
  pair->other_email = g_strdup (other == 9 ? "nine@example.com" : "");
  g_ptr_array_add (pairs, pair);
}

/* "1 4 9: L1, L4, L9 · nine@example.com; 2 3: L2, L3; " */
static char *
words_of (GPtrArray *groups)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < groups->len; i++)
    {
      const RungsDuplicateGroup *group = g_ptr_array_index (groups, i);

      for (guint j = 0; j < group->leads->len; j++)
        g_string_append_printf (words, "%s%d", j > 0 ? " " : "",
                                (int) g_array_index (group->leads, gint64, j));
      g_string_append_printf (words, ": %s; ", group->words);
    }
  return g_string_free (words, FALSE);
}

static void
assert_groups (GPtrArray          *pairs,
               const RungsLeadSet *among,
               const char         *expected)
{
  g_autoptr (GPtrArray) groups = rungs_duplicate_groups (pairs, among, RUNGS_DUPLICATE_SURE);
  g_autofree char *words = words_of (groups);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_groups (void)
{
  g_autoptr (GPtrArray) pairs
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_duplicate_free);
  g_autoptr (RungsLeadSet) among = rungs_lead_set_new (9);

  assert_groups (pairs, NULL, "");
  add (pairs, 4, 9, RUNGS_DUPLICATE_EMAIL);
  add (pairs, 2, 3, RUNGS_DUPLICATE_NAME_COMPANY | RUNGS_DUPLICATE_PHONE);
  add (pairs, 1, 4, RUNGS_DUPLICATE_NAME_DATE);
  add (pairs, 3, 5, RUNGS_DUPLICATE_CLOSE_COMPANY);
  add (pairs, 6, 7, RUNGS_DUPLICATE_PHONE);
  assert_groups (pairs, NULL, "1 4 9: L4, L9 · nine@example.com, L1; 2 3: L2, L3; ");
  for (gint64 lead = 1; lead <= 4; lead++)
    rungs_lead_set_add (among, lead);
  assert_groups (pairs, among, "1 4: L1, L4; 2 3: L2, L3; ");
}

/* A chain in whatever order it comes; and one too long to be merged at once. */
static void
test_chain (void)
{
  g_autoptr (GPtrArray) pairs
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_duplicate_free);
  g_autoptr (GPtrArray) groups = NULL;

  for (gint64 lead = RUNGS_MERGE_MOST - 1; lead > 0; lead -= 2)
    add (pairs, lead, lead + 1, RUNGS_DUPLICATE_EMAIL);
  for (gint64 lead = 2; lead < RUNGS_MERGE_MOST; lead += 2)
    add (pairs, lead, lead + 1, RUNGS_DUPLICATE_EMAIL);
  groups = rungs_duplicate_groups (pairs, NULL, RUNGS_DUPLICATE_SURE);
  g_assert_cmpuint (groups->len, ==, 1);
  g_assert_cmpuint (((RungsDuplicateGroup *) groups->pdata[0])->leads->len, ==, RUNGS_MERGE_MOST);
  add (pairs, 1, 100, RUNGS_DUPLICATE_EMAIL);
  assert_groups (pairs, NULL, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duplicate-group/groups", test_groups);
  g_test_add_func ("/duplicate-group/chain", test_chain);
  return g_test_run ();
}
