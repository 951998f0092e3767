/* rungs-duplicate-group.c: pairs of leads that are surely one person, put together.
 *
 * Each lead points to another one of its group, in the end to the lowest of them; two groups become
 * one when a pair joins them. */

#include "leads/rungs-duplicate-group.h"

#include "leads/rungs-merge.h"

void
rungs_duplicate_group_free (RungsDuplicateGroup *self)
{
  g_array_unref (self->leads);
  g_free (self->words);
  g_free (self);
}

static gint64 *
key_of (gint64 lead)
{
  return g_memdup2 (&lead, sizeof lead);
}

/* The lowest of the group of that lead. */
static gint64
find_root (GHashTable *parents,
           gint64      lead)
{
  gint64 *parent;

  while ((parent = g_hash_table_lookup (parents, &lead)) != NULL && *parent != lead)
    {
      gint64 *above = g_hash_table_lookup (parents, parent);

      if (above != NULL)
        *parent = *above; /* the way is shorter next time */
      lead = *parent;
    }
  return lead;
}

static void
join (GHashTable *parents,
      gint64      one,
      gint64      other)
{
  gint64 root = find_root (parents, one);
  gint64 other_root = find_root (parents, other);

  g_hash_table_insert (parents, key_of (MAX (root, other_root)),
                       key_of (MIN (root, other_root)));
  g_hash_table_insert (parents, key_of (MIN (root, other_root)),
                       key_of (MIN (root, other_root)));
}

static gboolean
counts (const RungsDuplicate *pair,
        const RungsLeadSet   *among,
        guint                 reasons)
{
  return (pair->reasons & reasons) != 0
         && (among == NULL
             || (rungs_lead_set_has (among, pair->lead)
                 && rungs_lead_set_has (among, pair->other)));
}

static int
compare_leads (gconstpointer a,
               gconstpointer b)
{
  const gint64 *one = a;
  const gint64 *other = b;

  return (*one > *other) - (*one < *other);
}

static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  const RungsDuplicateGroup *one = *(RungsDuplicateGroup *const *) a;
  const RungsDuplicateGroup *other = *(RungsDuplicateGroup *const *) b;

  return compare_leads (one->leads->data, other->leads->data);
}

static void
add_lead (RungsDuplicateGroup *group,
          gint64               lead,
          const char          *name,
          const char          *email)
{
  g_autofree char *before = group->words;
  g_autofree char *called = *email != '\0' && !g_str_equal (name, email)
                              ? g_strdup_printf ("%s · %s", name, email)
                              : g_strdup (name);

  for (guint i = 0; i < group->leads->len; i++)
    if (g_array_index (group->leads, gint64, i) == lead)
      {
        group->words = g_steal_pointer (&before);
        return;
      }
  g_array_append_val (group->leads, lead);
  group->words = before ? g_strdup_printf ("%s, %s", before, called) : g_strdup (called);
}

static RungsDuplicateGroup *
group_of (GHashTable *groups,
          gint64      root)
{
  RungsDuplicateGroup *group = g_hash_table_lookup (groups, &root);

  if (group == NULL)
    {
      group = g_new0 (RungsDuplicateGroup, 1);
      group->leads = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (groups, key_of (root), group);
    }
  return group;
}

GPtrArray *
rungs_duplicate_groups (GPtrArray          *pairs,
                        const RungsLeadSet *among,
                        guint               reasons)
{
  g_autoptr (GHashTable) parents
    = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GHashTable) groups
    = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GPtrArray *found
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_duplicate_group_free);
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (pairs != NULL, found);

  for (guint i = 0; i < pairs->len; i++)
    {
      const RungsDuplicate *pair = g_ptr_array_index (pairs, i);

      if (counts (pair, among, reasons))
        join (parents, pair->lead, pair->other);
    }
  for (guint i = 0; i < pairs->len; i++)
    {
      const RungsDuplicate *pair = g_ptr_array_index (pairs, i);
      RungsDuplicateGroup *group;

      if (!counts (pair, among, reasons))
        continue;
      group = group_of (groups, find_root (parents, pair->lead));
      add_lead (group, pair->lead, pair->name, pair->email);
      add_lead (group, pair->other, pair->other_name, pair->other_email);
    }
  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      RungsDuplicateGroup *group = value;

      g_array_sort (group->leads, compare_leads);
      if (group->leads->len <= RUNGS_MERGE_MOST)
        g_ptr_array_add (found, group);
      else
        rungs_duplicate_group_free (group);
    }
  g_ptr_array_sort (found, compare_groups);
  return found;
}
