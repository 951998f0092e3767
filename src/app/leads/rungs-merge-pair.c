/* rungs-merge-pair.c: two leads that may be one person, as an item of a list. */

#include "rungs-merge-pair.h"

#include <glib/gi18n.h>

struct _RungsMergePair
{
  GObject parent_instance;

  RungsDuplicate *duplicate; /* (owned) */
};

G_DEFINE_FINAL_TYPE (RungsMergePair, rungs_merge_pair, G_TYPE_OBJECT)

static void
rungs_merge_pair_finalize (GObject *object)
{
  rungs_duplicate_free (RUNGS_MERGE_PAIR (object)->duplicate);
  G_OBJECT_CLASS (rungs_merge_pair_parent_class)->finalize (object);
}

static void
rungs_merge_pair_class_init (RungsMergePairClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_merge_pair_finalize;
}

static void
rungs_merge_pair_init (RungsMergePair *self)
{
}

RungsMergePair *
rungs_merge_pair_new (RungsDuplicate *duplicate)
{
  RungsMergePair *self = g_object_new (RUNGS_TYPE_MERGE_PAIR, NULL);

  self->duplicate = duplicate;
  return self;
}

const RungsDuplicate *
rungs_merge_pair_get (RungsMergePair *self)
{
  g_return_val_if_fail (RUNGS_IS_MERGE_PAIR (self), NULL);

  return self->duplicate;
}

char *
rungs_merge_pair_dup_why (RungsMergePair *self)
{
  /* in the order of the bits of RungsDuplicateReason */
  static const char *const words[]
    = { N_ ("Same mailbox"),
        N_ ("Same phone number"),
        N_ ("Same name and date"),
        N_ ("Same name and company"),
        N_ ("Same name and place"),
        N_ ("Similar name, same date"),
        N_ ("Similar name, same company"),
        N_ ("Similar name, same place") };
  g_autoptr (GString) why = g_string_new (NULL);

  g_return_val_if_fail (RUNGS_IS_MERGE_PAIR (self), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (self->duplicate->reasons & 1u << i)
      g_string_append_printf (why, "%s%s", why->len > 0 ? " · " : "", _ (words[i]));
  return g_strdup (why->str);
}
