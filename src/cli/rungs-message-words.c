/* rungs-message-words.c: what is wrong with a message, in words. */

#include "rungs-message-words.h"

#include <glib/gi18n.h>

char *
rungs_message_problem_dup_words (const RungsMessageProblem *problem)
{
  switch (problem->code)
    {
    case RUNGS_MESSAGE_PROBLEM_NO_NAME:
      return g_strdup (_ ("It has no name."));
    case RUNGS_MESSAGE_PROBLEM_NO_PURPOSE:
      return g_strdup (_ ("It does not say what it is for (Purpose)."));
    case RUNGS_MESSAGE_PROBLEM_NO_VALUE:
      return g_strdup (_ ("It does not say what its reader gets from it (Value)."));
    case RUNGS_MESSAGE_PROBLEM_NO_SUBJECT:
      return g_strdup (_ ("It has no subject."));
    case RUNGS_MESSAGE_PROBLEM_NO_TEXT:
      return g_strdup (_ ("It has no text."));
    case RUNGS_MESSAGE_PROBLEM_TEMPLATE:
      return g_strdup (problem->detail);
    case RUNGS_MESSAGE_PROBLEM_NO_ALT:
      return g_strdup_printf (_ ("%s: the picture says nothing to those who do not see it (alt)."),
                              problem->detail);
    case RUNGS_MESSAGE_PROBLEM_TOO_LARGE:
      return g_strdup_printf (_ ("Its HTML has %s kB: Gmail cuts off what is over 102."),
                              problem->detail);
    case RUNGS_MESSAGE_PROBLEM_NO_LETTER:
      return g_strdup_printf (
          _ ("The product “%s” has no sales letter for e-mail: its button is not shown."),
          problem->detail);
    case RUNGS_MESSAGE_PROBLEM_NO_SIGNATURE:
      return g_strdup (_ ("It shows the signature, and the business has none."));
    case RUNGS_MESSAGE_PROBLEM_HEAVY:
      return g_strdup_printf (_ ("Its pictures have %s kB, which takes long on a telephone."),
                              problem->detail);
    case RUNGS_MESSAGE_PROBLEM_VARIABLE:
      return g_strdup_printf (_ ("Nothing is known by the name “%s”: it would be empty."),
                              problem->detail);
    case RUNGS_MESSAGE_PROBLEM_NO_PREVIEW:
      return g_strdup (
          _ ("It has no preview: mail programs show the beginning of the text instead."));
    case RUNGS_MESSAGE_PROBLEM_LONG_SUBJECT:
      return g_strdup (_ ("The subject is long: phones show half of it."));
    case RUNGS_MESSAGE_PROBLEM_HTML:
      return g_strdup (_ ("HTML in the text is shown as it is typed."));
    case RUNGS_MESSAGE_PROBLEM_NO_ADDRESS:
      return g_strdup (_ ("The business has no postal address, which marketing must carry."));
    default:
      return g_strdup (rungs_message_problem_code_to_text (problem->code));
    }
}

JsonObject *
rungs_message_problem_to_row (const RungsMessageProblem *problem)
{
  JsonObject *row = rungs_row_new ();
  g_autofree char *words = rungs_message_problem_dup_words (problem);

  rungs_row_set_text (row, "code", rungs_message_problem_code_to_text (problem->code));
  rungs_row_set_flag (row, "is_error", problem->is_error);
  rungs_row_set_text (row, "detail", problem->detail);
  rungs_row_set_text (row, "words", words);
  return row;
}

char *
rungs_message_problems_dup_words (GPtrArray *problems,
                                  gboolean   errors_only)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const RungsMessageProblem *problem = g_ptr_array_index (problems, i);
      g_autofree char *words = rungs_message_problem_dup_words (problem);

      if (problem->is_error || !errors_only)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", words);
    }
  return g_string_free (text, FALSE);
}
