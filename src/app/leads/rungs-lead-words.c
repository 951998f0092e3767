/* rungs-lead-words.c: what holds of leads, in the user's words. */

#include "rungs-lead-words.h"

#include <glib/gi18n.h>

const char *
rungs_enrol_answer_words (RungsEnrolAnswer answer)
{
  switch (answer)
    {
    case RUNGS_ENROL_NOT_STARTED:
      return _ ("the sequence is a draft: start it first");
    case RUNGS_ENROL_ACTIVE:
      return _ ("in it already");
    case RUNGS_ENROL_REENTRY:
      return _ ("was in it before, and it takes nobody twice");
    case RUNGS_ENROL_OWNS:
      return _ ("owns what it sells");
    case RUNGS_ENROL_NO_ADDRESS:
      return _ ("no e-mail address that works");
    case RUNGS_ENROL_NO_CONSENT:
      return _ ("has not agreed to marketing by e-mail");
    case RUNGS_ENROL_SUPPRESSED:
      return _ ("on the do-not-send list");
    case RUNGS_ENROL_OK:
    default:
      return _ ("entered");
    }
}

char *
rungs_enrol_counts_words (const RungsEnrolCounts *counts)
{
  gint64 entered = counts->of[RUNGS_ENROL_OK];
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words,
                          ngettext ("%'d lead entered the sequence", "%'d leads entered the sequence",
                                    (gulong) entered),
                          (int) entered);
  for (int answer = RUNGS_ENROL_OK + 1; answer <= RUNGS_ENROL_SUPPRESSED; answer++)
    if (counts->of[answer] > 0)
      g_string_append_printf (words, " · %'d: %s", (int) counts->of[answer],
                              rungs_enrol_answer_words (answer));
  return g_string_free (g_steal_pointer (&words), FALSE);
}
