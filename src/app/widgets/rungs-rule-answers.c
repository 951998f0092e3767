/* rungs-rule-answers.c: asks the store about a rule while it is edited.
 *
 * A moment after the last change two questions go to its readers, and older ones are cancelled: for
 * whom the finished parts of the rule hold, and for how many each line whose answer is not known
 * yet. */

#include "rungs-rule-answers.h"

#define ASK_AFTER_MS 250

struct _RungsRuleAnswers
{
  GObject parent_instance;

  RungsStore *store;         /* (owned) */
  GHashTable *lines;         /* (owned): rule of a line -> RungsRuleLine */
  GPtrArray *unknown;        /* (owned) (nullable): lines (RungsRuleLine) to be asked */
  char *rule;                /* (owned) (nullable): what is asked, or was asked last */
  GCancellable *cancellable; /* (owned) (nullable) */
  guint source;
};

G_DEFINE_FINAL_TYPE (RungsRuleAnswers, rungs_rule_answers, G_TYPE_OBJECT)

static guint asked_signal;
static guint lines_signal;
static guint tally_signal;
static guint failed_signal;

static void
tell_failed (RungsRuleAnswers *self,
             const GError     *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, failed_signal, 0, error->message);
}

static void
lines_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (RungsRuleAnswers) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (lines == NULL)
    {
      tell_failed (self, error);
      return;
    }
  g_ptr_array_set_free_func (lines, NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      RungsRuleLine *line = g_ptr_array_index (lines, i);

      g_hash_table_replace (self->lines, g_strdup (line->rule), line);
    }
  g_signal_emit (self, lines_signal, 0);
}

static void
tally_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (RungsRuleAnswers) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsRuleTally) tally
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (tally == NULL)
    tell_failed (self, error);
  else
    g_signal_emit (self, tally_signal, 0, self->rule, tally);
}

static gboolean
ask_cb (gpointer data)
{
  RungsRuleAnswers *self = data;
  g_autoptr (GPtrArray) unknown = g_steal_pointer (&self->unknown);

  self->source = 0;
  self->cancellable = g_cancellable_new ();
  g_signal_emit (self, asked_signal, 0);
  rungs_store_read_async (self->store, rungs_rule_tally_load, g_strdup (self->rule), g_free,
                          (GDestroyNotify) rungs_rule_tally_free, self->cancellable,
                          tally_loaded_cb, g_object_ref (self));
  if (unknown->len > 0)
    rungs_store_read_async (self->store, rungs_rule_lines_load, g_ptr_array_ref (unknown),
                            (GDestroyNotify) g_ptr_array_unref, (GDestroyNotify) g_ptr_array_unref,
                            self->cancellable, lines_loaded_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* The lines whose answers are not known. */
static GPtrArray *
unknown_lines (RungsRuleAnswers    *self,
               const RungsRuleTree *tree)
{
  g_autoptr (GPtrArray) lines = rungs_rule_tree_lines (tree);
  GPtrArray *unknown = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rule_line_free);

  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *rule = rungs_rule_part_to_rule (g_ptr_array_index (lines, i));

      if (rule != NULL && !g_hash_table_contains (self->lines, rule))
        g_ptr_array_add (unknown, rungs_rule_line_new (rule));
    }
  return unknown;
}

static void
rungs_rule_answers_finalize (GObject *object)
{
  RungsRuleAnswers *self = RUNGS_RULE_ANSWERS (object);

  rungs_rule_answers_stop (self);
  g_object_unref (self->store);
  g_hash_table_unref (self->lines);
  g_free (self->rule);

  G_OBJECT_CLASS (rungs_rule_answers_parent_class)->finalize (object);
}

static void
rungs_rule_answers_class_init (RungsRuleAnswersClass *klass)
{
  const GType type = RUNGS_TYPE_RULE_ANSWERS;

  G_OBJECT_CLASS (klass)->finalize = rungs_rule_answers_finalize;
  asked_signal = g_signal_new ("asked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  lines_signal = g_signal_new ("lines", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  tally_signal = g_signal_new ("tally", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
  failed_signal = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rungs_rule_answers_init (RungsRuleAnswers *self)
{
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) rungs_rule_line_free);
}

RungsRuleAnswers *
rungs_rule_answers_new (RungsStore *store)
{
  RungsRuleAnswers *self = g_object_new (RUNGS_TYPE_RULE_ANSWERS, NULL);

  self->store = g_object_ref (store);
  return self;
}

void
rungs_rule_answers_ask (RungsRuleAnswers    *self,
                        const RungsRuleTree *tree)
{
  g_return_if_fail (RUNGS_IS_RULE_ANSWERS (self));

  rungs_rule_answers_stop (self);
  g_free (self->rule);
  self->rule = rungs_rule_tree_to_rule (tree);
  self->unknown = unknown_lines (self, tree);
  self->source = g_timeout_add (ASK_AFTER_MS, ask_cb, self);
}

void
rungs_rule_answers_forget (RungsRuleAnswers *self)
{
  g_return_if_fail (RUNGS_IS_RULE_ANSWERS (self));

  g_hash_table_remove_all (self->lines);
}

void
rungs_rule_answers_stop (RungsRuleAnswers *self)
{
  g_return_if_fail (RUNGS_IS_RULE_ANSWERS (self));

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->unknown, g_ptr_array_unref);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

const RungsRuleLine *
rungs_rule_answers_get_line (RungsRuleAnswers    *self,
                             const RungsRulePart *line)
{
  g_autofree char *rule = NULL;

  g_return_val_if_fail (RUNGS_IS_RULE_ANSWERS (self), NULL);

  rule = rungs_rule_part_to_rule (line);
  return rule != NULL ? g_hash_table_lookup (self->lines, rule) : NULL;
}
