/* rungs-finding-view.c: the check list before something leaves, as commands print it. */

#include "rungs-finding-view.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "rungs-message-words.h"

const RungsColumn RUNGS_FINDING_COLUMNS[] = {
  { "level", N_ ("It"), RUNGS_COLUMN_TERM, NULL },
  { "words", N_ ("What"), RUNGS_COLUMN_TEXT, NULL },
  { "about", N_ ("Message"), RUNGS_COLUMN_TEXT, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_COUNT, NULL },
  { NULL },
};

static char *
dup_words (const RungsFinding *finding)
{
  return finding->problem != NULL ? rungs_message_problem_dup_words (finding->problem)
                                  : g_strdup (finding->words);
}

JsonObject *
rungs_finding_to_row (const RungsFinding *finding)
{
  g_autofree char *words = dup_words (finding);
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "level", rungs_finding_level_to_text (finding->level));
  rungs_row_set_text (row, "code", finding->code);
  rungs_row_set_text (row, "words", words);
  rungs_row_set_text (row, "about", finding->about);
  rungs_row_set_number (row, "leads", finding->leads);
  if (finding->rule != NULL)
    rungs_row_set_json (row, "rule", finding->rule);
  else
    rungs_row_set_text (row, "rule", NULL);
  return row;
}

gboolean
rungs_findings_pass (GPtrArray  *findings,
                     GError    **error)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const RungsFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *words = NULL;

      if (finding->level != RUNGS_FINDING_BLOCKS)
        continue;
      words = dup_words (finding);
      if (finding->about != NULL)
        g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, "“%s”: %s", finding->about, words);
      else
        g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, words);
      return FALSE;
    }
  return TRUE;
}
