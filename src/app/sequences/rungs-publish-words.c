/* rungs-publish-words.c: what publishing a sequence does to whom, in the user's words. */

#include "rungs-publish-words.h"

#include <glib/gi18n.h>

#include "rungs-step-words.h"
#include "widgets/rungs-display.h"

/* The step as the user knows it; its id where there is no such step. */
static char *
name_step (RungsGraph     *graph,
           const char     *id,
           RungsStepNames *names)
{
  const RungsGraphStep *step = graph != NULL ? rungs_graph_find (graph, id) : NULL;
  g_autofree char *words = step != NULL ? rungs_step_words (step, names) : NULL;

  if (step == NULL)
    return g_strdup (id);
  return *words != '\0' ? g_strdup_printf ("%s: %s", rungs_step_kind_words (step), words)
                        : g_strdup (rungs_step_kind_words (step));
}

static char *
place_words (const RungsPublishGroup *group,
             const char              *number,
             const char              *step)
{
  gulong leads = (gulong) group->leads;

  switch (group->place)
    {
    case RUNGS_PUBLISH_NOT_BEGUN:
      return g_strdup_printf (
        ngettext ("%s lead has not begun", "%s leads have not begun", leads), number);
    case RUNGS_PUBLISH_BEFORE:
      return g_strdup_printf (
        ngettext ("%s lead comes to “%s” next", "%s leads come to “%s” next", leads), number, step);
    case RUNGS_PUBLISH_AT:
    default:
      return g_strdup_printf (
        ngettext ("%s lead waits at “%s”", "%s leads wait at “%s”", leads), number, step);
    }
}

char *
rungs_publish_group_words (const RungsPublishPlan  *plan,
                           const RungsPublishGroup *group,
                           RungsStepNames          *names)
{
  g_autofree char *step = name_step (group->graph, group->step, names);
  g_autofree char *number = rungs_display_number (group->leads);
  g_autofree char *words = place_words (group, number, step);

  if (group->version == plan->version)
    return g_steal_pointer (&words);
  return g_strdup_printf (_ ("%s, in version %d"), words, (int) group->number);
}

static char *
waiting_words (const RungsPublishPlan  *plan,
               const RungsPublishGroup *group,
               const RungsPublishWay   *way,
               RungsStepNames          *names)
{
  g_autofree char *place = name_step (plan->graph, way->target, names);
  g_autofree char *words = NULL;

  if (group->place == RUNGS_PUBLISH_NOT_BEGUN)
    return g_strdup (_ ("They begin with the new version"));
  if (group->change == RUNGS_PUBLISH_SAME)
    return g_strdup (_ ("They wait on"));
  if (group->change == RUNGS_PUBLISH_REMOVED)
    words = g_strdup_printf (_ ("They wait at “%s” instead: the time they have waited counts"),
                             place);
  else
    words = g_strdup_printf (_ ("They wait on, now “%s”: the time they have waited counts"), place);
  if (way->at_once == 0)
    return g_steal_pointer (&words);
  return g_strdup_printf (
    ngettext ("%s; %d goes on at once", "%s; %d go on at once", (gulong) way->at_once), words,
    (int) way->at_once);
}

char *
rungs_publish_way_words (const RungsPublishPlan  *plan,
                         const RungsPublishGroup *group,
                         const RungsPublishWay   *way,
                         RungsStepNames          *names)
{
  g_autofree char *target
    = way->target != NULL ? name_step (plan->graph, way->target, names) : NULL;

  switch (way->fate)
    {
    case RUNGS_PUBLISH_CONTINUE:
      return waiting_words (plan, group, way, names);
    case RUNGS_PUBLISH_AGAIN:
      return g_strdup (_ ("They wait again, from now on"));
    case RUNGS_PUBLISH_GO:
      return target != NULL ? g_strdup_printf (_ ("They go on at once, with “%s”"), target)
                            : g_strdup (_ ("They have finished: nothing follows"));
    case RUNGS_PUBLISH_END:
      return g_strdup (_ ("Their walk ends"));
    case RUNGS_PUBLISH_KEEP:
    default:
      return g_strdup_printf (_ ("They go on as before, in version %d"), (int) group->number);
    }
}

static void
add_line (GString    *text,
          const char *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

/* What is lost where two people wrote: the version that came between. */
static void
add_basis (GString                *text,
           const RungsPublishPlan *plan)
{
  g_autofree char *line = NULL;

  if (plan->based_on == plan->number)
    return;
  line = g_strdup_printf (_ ("The draft was begun from version %d, but version %d is in use:"
                             " what that changed is not in the draft."),
                          (int) plan->based_on, (int) plan->number);
  add_line (text, line);
}

static void
add_withheld (GString                *text,
              const RungsPublishPlan *plan)
{
  gint64 withheld = rungs_publish_plan_count_withheld (plan);
  g_autofree char *number = rungs_display_number (withheld);
  g_autofree char *line = NULL;

  if (withheld == 0)
    return;
  line = g_strdup_printf (
    ngettext ("%s message is on its way whose step is gone: it is withheld.",
              "%s messages are on their way whose step is gone: they are withheld.",
              (gulong) withheld),
    number);
  add_line (text, line);
}

char *
rungs_publish_plan_words (const RungsPublishPlan *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *problems = rungs_graph_problems_describe (plan->problems);

  if (rungs_graph_problems_are_fatal (plan->problems))
    add_line (text, _ ("It cannot be published yet:"));
  else if (plan->same)
    add_line (text, _ ("The draft is what is in use already."));
  else
    {
      add_basis (text, plan);
      if (plan->groups->len == 0)
        add_line (text, _ ("Nobody is in it now. Who enters from now on walks the new version."));
      else
        add_line (text, _ ("Leads are in it now. This happens to them; who enters from now on"
                           " walks the new version."));
      add_withheld (text, plan);
    }
  if (*problems != '\0')
    add_line (text, problems);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
