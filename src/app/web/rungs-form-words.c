/* rungs-form-words.c: what people read of opt-in forms and their parts. */

#include "rungs-form-words.h"

#include <glib/gi18n.h>

#include "mail/rungs-language-names.h"
#include "widgets/rungs-error-words.h"

const char *
rungs_form_state_words (const RungsOptInForm *form)
{
  if (form->retired_at != 0)
    return C_ ("form", "Retired");
  return form->version != 0 ? C_ ("form", "Live") : C_ ("form", "Draft");
}

const char *
rungs_form_state_style (const RungsOptInForm *form)
{
  return form->retired_at == 0 && form->version != 0 ? "live" : "draft";
}

char *
rungs_form_share_words (gint64 sent,
                        gint64 views)
{
  /* Translators: a share of a hundred. */
  return views > 0 ? g_strdup_printf (_ ("%.1f %%"), 100.0 * (double) sent / (double) views) : NULL;
}

const char *
rungs_form_kind_words (RungsOptInKind kind)
{
  static const char *const WORDS[RUNGS_OPT_IN_KINDS] = {
    [RUNGS_OPT_IN_TEXT] = N_ ("A line of text"),
    [RUNGS_OPT_IN_EMAIL] = N_ ("An e-mail address"),
    [RUNGS_OPT_IN_TEL] = N_ ("A telephone number"),
    [RUNGS_OPT_IN_CHOICE] = N_ ("One of several choices"),
    [RUNGS_OPT_IN_CHOICES] = N_ ("Any number of choices"),
    [RUNGS_OPT_IN_CHECK] = N_ ("A box to tick"),
    [RUNGS_OPT_IN_LONG] = N_ ("Several lines of text"),
    [RUNGS_OPT_IN_NUMBER] = N_ ("A number"),
    [RUNGS_OPT_IN_DATE] = N_ ("A day"),
  };

  return _ (WORDS[kind]);
}

const char *
rungs_form_field_words (const RungsOptInField *field)
{
  if (g_str_has_prefix (field->key, "field:"))
    return _ ("Your own field");
  if (g_str_has_prefix (field->key, "question:"))
    return _ ("Question");
  return rungs_opt_in_column_words (field->key);
}

const char *
rungs_form_language_words (const char *tag)
{
  const char *name = rungs_language_name (tag);

  return name != NULL ? name : tag;
}

const char *
rungs_form_problem_words (const RungsOptInProblem *problem)
{
  return rungs_error_stored_words (problem->words);
}
