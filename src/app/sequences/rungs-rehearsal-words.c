/* rungs-rehearsal-words.c: what happens in a rehearsal, in the user's words. */

#include "rungs-rehearsal-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "leads/rungs-lead-words.h"
#include "leads/rungs-timeline-words.h"
#include "messages/rungs-outbox-words.h"

static const char *
answer_words (const char *answer)
{
  for (int i = RUNGS_ENROL_OK; i <= RUNGS_ENROL_SUPPRESSED; i++)
    if (strcmp (rungs_enrol_answer_to_text (i), answer) == 0)
      return rungs_enrol_answer_words (i);
  return answer;
}

/* The words of an outcome and, where there are any, the reason that is stored. */
static char *
ended_words (const char *outcome,
             const char *why)
{
  const char *words = rungs_outcome_words (outcome);

  if (strcmp (outcome, "error") == 0 && *why != '\0')
    return g_strdup_printf ("%s: %s", words, why);
  return g_strdup (words);
}

char *
rungs_rehearsal_fall_words (const RungsRehearsalFall *fall)
{
  g_autofree char *ended = NULL;

  switch (fall->kind)
    {
    case RUNGS_REHEARSAL_REFUSED:
      return g_strdup_printf (_ ("Cannot enter: %s"), answer_words (fall->reason));
    case RUNGS_REHEARSAL_ENDED:
      ended = ended_words (fall->reason, fall->why);
      return g_strdup_printf (_ ("At “%s”: %s"), fall->step, ended);
    case RUNGS_REHEARSAL_WITHHELD:
    default:
      return g_strdup_printf (_ ("Does not get “%s”: %s"), fall->message,
                              rungs_outbox_reason_words (fall->reason));
    }
}

/* How the step was left. */
static char *
step_words (const RungsRehearsalWay *way)
{
  static const char *const table[][2] = {
    { "", N_ ("Waits at “%s”") },
    { "next", N_ ("Waited at “%s” and goes on") },
    { "timeout", N_ ("Waited at “%s” for what did not happen in time") },
    { "planned", N_ ("Comes to “%s”: a message is planned") },
    { "yes", N_ ("Comes to “%s”: yes") },
    { "no", N_ ("Comes to “%s”: no") },
    { "goal", N_ ("Comes to “%s”: the goal") },
    { "exit", N_ ("Comes to “%s”: the exit") },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i][0], way->text) == 0)
      {
        g_auto (GStrv) around = g_strsplit (_ (table[i][1]), "%s", 2);

        return g_strjoinv (way->step, around);
      }
  return g_strdup_printf (_ ("Comes to “%s”: %s"), way->step, way->text);
}

char *
rungs_rehearsal_way_words (const RungsRehearsalWay *way)
{
  g_autofree char *ended = NULL;

  switch (way->kind)
    {
    case RUNGS_REHEARSAL_ENTERS:
      return g_strdup_printf (_ ("Enters “%s”"), way->sequence_name);
    case RUNGS_REHEARSAL_COMES:
      return step_words (way);
    case RUNGS_REHEARSAL_GETS:
      return g_strdup_printf (_ ("Gets “%s”"), way->text);
    case RUNGS_REHEARSAL_MISSES:
      return g_strdup_printf (_ ("Does not get “%s”: %s"), way->text,
                              rungs_outbox_reason_words (way->reason));
    case RUNGS_REHEARSAL_AWAITS:
      return g_strdup_printf (_ ("Would get “%s” after the end of the rehearsal"), way->text);
    case RUNGS_REHEARSAL_LEAVES:
    default:
      ended = ended_words (way->reason, way->text);
      return g_strdup_printf (_ ("Leaves “%s”: %s"), way->sequence_name, ended);
    }
}
