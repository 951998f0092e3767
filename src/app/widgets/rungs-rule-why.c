/* rungs-rule-why.c: says why a rule holds for a lead or not, line by line. */

#include "rungs-rule-why.h"

#include <glib/gi18n.h>

#include "segments/rungs-rule.h"
#include "widgets/rungs-rule-tally.h"
#include "widgets/rungs-rule-words.h"
#include "widgets/rungs-why-popover.h"

/* A question under way. */
typedef struct
{
  GWeakRef parent;
  RungsRuleFields *fields; /* (owned) */
  char *rule;              /* (owned) */
} Why;

static void
why_free (Why *self)
{
  g_weak_ref_clear (&self->parent);
  g_object_unref (self->fields);
  g_free (self->rule);
  g_free (self);
}

static gboolean
let_go (gpointer popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* What takes the keys after it must find it still there. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, let_go, g_object_ref (popover), g_object_unref);
}

/* The row that it hangs on may go while it is read. */
static void
show (GtkWidget  *parent,
      GtkWidget  *popover)
{
  gtk_widget_set_parent (popover, parent);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_object (parent, "destroy", G_CALLBACK (let_go), popover, G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* The lines of the rule in the user's words stand beside the reasons, which come in their order. */
static GtkWidget *
new_popover (const Why              *self,
             const RungsRuleVerdict *verdict)
{
  g_autoptr (RungsRuleTree) tree = rungs_rule_tree_new (self->rule, NULL);
  g_autoptr (GPtrArray) lines = tree ? rungs_rule_tree_lines (tree) : g_ptr_array_new ();
  g_autofree char *decision
    = g_strdup_printf (verdict->holds ? _ ("%s is in it") : _ ("%s is not in it"), verdict->name);
  RungsWhyPopover *popover = rungs_why_popover_new (decision);

  for (guint i = 0; i < verdict->reasons->len; i++)
    {
      const RungsRuleReason *reason = g_ptr_array_index (verdict->reasons, i);
      g_autofree char *words
        = lines->len == verdict->reasons->len
              ? rungs_rule_words_of_line (self->fields, g_ptr_array_index (lines, i))
              : g_strdup (reason->words);

      rungs_why_popover_add (popover, reason->holds ? RUNGS_WHY_FOR : RUNGS_WHY_AGAINST, words,
                             reason->decides);
    }
  if (verdict->reasons->len == 0)
    rungs_why_popover_add (popover, RUNGS_WHY_FOR, _ ("The rule asks nothing: it holds for all"),
                           TRUE);
  return GTK_WIDGET (popover);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Why *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsRuleVerdict) verdict
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&self->parent);

  if (parent != NULL && gtk_widget_get_mapped (parent))
    show (parent, verdict != NULL ? new_popover (self, verdict)
                                  : GTK_WIDGET (rungs_why_popover_new (error->message)));
  why_free (self);
}

void
rungs_rule_why_open (GtkWidget       *parent,
                     RungsRuleFields *fields,
                     const char      *rule,
                     gint64           lead)
{
  Why *self;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (RUNGS_IS_RULE_FIELDS (fields));
  g_return_if_fail (rule != NULL);

  self = g_new0 (Why, 1);
  g_weak_ref_init (&self->parent, parent);
  self->fields = g_object_ref (fields);
  self->rule = g_strdup (rule);
  rungs_store_read_async (rungs_rule_fields_get_store (fields), rungs_rule_verdict_load,
                          rungs_rule_case_new (rule, lead), (GDestroyNotify) rungs_rule_case_free,
                          (GDestroyNotify) rungs_rule_verdict_free, NULL, loaded_cb, self);
}
