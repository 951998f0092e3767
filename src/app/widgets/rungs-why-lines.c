/* rungs-why-lines.c: the checks of a message or a sequence, in a popover. */

#include "rungs-why-lines.h"

#include <glib/gi18n.h>

#include "mail/rungs-why-words.h"
#include "widgets/rungs-display.h"

static char *
line_words (const RungsWhyLine *line)
{
  const char *what = rungs_why_check_words (line->check);
  g_autofree char *why = rungs_why_line_dup_words (line);
  g_autofree char *until = NULL;

  if (line->until == 0)
    /* Translators: what is asked, and the answer: "Consent: nothing in the way". */
    return g_strdup_printf (_ ("%s: %s"), what, why);
  until = rungs_display_moment (line->until, rungs_display_now ());
  return g_strdup_printf (_ ("%s: %s, until %s"), what, why, until);
}

void
rungs_why_lines_show (RungsWhyPopover *popover,
                      const char      *decision,
                      GArray          *lines)
{
  g_return_if_fail (RUNGS_IS_WHY_POPOVER (popover));
  g_return_if_fail (lines != NULL);

  rungs_why_popover_clear (popover);
  rungs_why_popover_set_decision (popover, decision);
  for (guint i = 0; i < lines->len; i++)
    {
      const RungsWhyLine *line = &g_array_index (lines, RungsWhyLine, i);
      g_autofree char *words = line_words (line);

      rungs_why_popover_add (popover, line->reason == NULL ? RUNGS_WHY_FOR : RUNGS_WHY_AGAINST,
                             words, line->decides);
    }
}
