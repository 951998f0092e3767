/* rungs-rule-history.c: what a rule was before each change of it. */

#include "rungs-rule-history.h"

#define STEPS 200

struct _RungsRuleHistory
{
  GPtrArray *undo; /* (owned) (element-type RungsRuleTree) */
  GPtrArray *redo; /* (owned) (element-type RungsRuleTree) */
  guint typed;     /* number of the line that the last change was typed into; 0: none */
};

RungsRuleHistory *
rungs_rule_history_new (void)
{
  RungsRuleHistory *self = g_new0 (RungsRuleHistory, 1);

  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rule_tree_free);
  self->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rule_tree_free);
  return self;
}

void
rungs_rule_history_free (RungsRuleHistory *self)
{
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  g_free (self);
}

void
rungs_rule_history_add (RungsRuleHistory *self,
                        RungsRuleTree    *before)
{
  g_ptr_array_add (self->undo, before);
  if (self->undo->len > STEPS)
    g_ptr_array_remove_index (self->undo, 0);
  g_ptr_array_set_size (self->redo, 0);
  self->typed = 0;
}

void
rungs_rule_history_add_typed (RungsRuleHistory    *self,
                              const RungsRuleTree *tree,
                              guint                line)
{
  if (self->typed != line)
    rungs_rule_history_add (self, rungs_rule_tree_copy (tree));
  self->typed = line;
}

static gboolean
go (RungsRuleHistory  *self,
    GPtrArray         *from,
    GPtrArray         *to,
    RungsRuleTree    **tree)
{
  if (from->len == 0)
    return FALSE;
  g_ptr_array_add (to, *tree);
  *tree = g_ptr_array_steal_index (from, from->len - 1);
  self->typed = 0;
  return TRUE;
}

gboolean
rungs_rule_history_undo (RungsRuleHistory  *self,
                         RungsRuleTree    **tree)
{
  return go (self, self->undo, self->redo, tree);
}

gboolean
rungs_rule_history_redo (RungsRuleHistory  *self,
                         RungsRuleTree    **tree)
{
  return go (self, self->redo, self->undo, tree);
}

void
rungs_rule_history_clear (RungsRuleHistory *self)
{
  g_ptr_array_set_size (self->undo, 0);
  g_ptr_array_set_size (self->redo, 0);
  self->typed = 0;
}
