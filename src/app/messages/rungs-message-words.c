/* rungs-message-words.c: what is wrong with a message, in the user's words. */

#include "rungs-message-words.h"

#include <glib/gi18n.h>

char *
rungs_message_problem_words (const RungsMessageProblem *problem)
{
  g_return_val_if_fail (problem != NULL, NULL);

  switch (problem->code)
    {
    case RUNGS_MESSAGE_PROBLEM_NO_NAME:
      return g_strdup (_ ("Give it a name, by which you find it."));
    case RUNGS_MESSAGE_PROBLEM_NO_PURPOSE:
      return g_strdup (_ ("Say what it is for."));
    case RUNGS_MESSAGE_PROBLEM_NO_VALUE:
      return g_strdup (_ ("Say what the reader gets from it."));
    case RUNGS_MESSAGE_PROBLEM_NO_SUBJECT:
      return g_strdup (_ ("Give it a subject."));
    case RUNGS_MESSAGE_PROBLEM_NO_TEXT:
      return g_strdup (_ ("Write its text."));
    case RUNGS_MESSAGE_PROBLEM_TEMPLATE:
      return g_strdup (problem->detail);
    case RUNGS_MESSAGE_PROBLEM_NO_ALT:
      return g_strdup_printf (_ ("%s: say in words what the picture shows, or mark it as "
                                 "decoration."),
                              problem->detail);
    case RUNGS_MESSAGE_PROBLEM_TOO_LARGE:
      return g_strdup_printf (_ ("It is too long, with %s kB: Gmail cuts off what is over 102."),
                              problem->detail);
    case RUNGS_MESSAGE_PROBLEM_NO_LETTER:
      return g_strdup_printf (_ ("The product “%s” has no sales letter for e-mail, so that its "
                                 "button is not shown. Add one on the Ladder page."),
                              problem->detail);
    case RUNGS_MESSAGE_PROBLEM_NO_SIGNATURE:
      return g_strdup (_ ("Your signature is empty. Write it in Settings."));
    case RUNGS_MESSAGE_PROBLEM_HEAVY:
      return g_strdup_printf (_ ("Its pictures have %s kB, which takes long on a telephone."),
                              problem->detail);
    case RUNGS_MESSAGE_PROBLEM_VARIABLE:
      return g_strdup_printf (_ ("Nothing is known by the name “%s”: readers see a gap there."),
                              problem->detail);
    case RUNGS_MESSAGE_PROBLEM_NO_PREVIEW:
      return g_strdup (_ ("Without a preview, mail programs show the beginning of the text."));
    case RUNGS_MESSAGE_PROBLEM_LONG_SUBJECT:
      return g_strdup (
        _ ("The subject has more than 78 characters; telephones show half of that."));
    case RUNGS_MESSAGE_PROBLEM_HTML:
      return g_strdup (_ ("HTML in the text is shown as it is typed."));
    case RUNGS_MESSAGE_PROBLEM_NO_ADDRESS:
      return g_strdup (
        _ ("Marketing needs your postal address in its footer. Enter it in Settings."));
    default:
      return g_strdup (problem->detail);
    }
}

const char *
rungs_message_kind_words (gboolean marketing)
{
  return marketing ? _ ("Marketing") : _ ("Transactional");
}
