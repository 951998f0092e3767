/* rungs-paper-output.c: papers that are written into files. */

#include "rungs-paper-output.h"

gboolean
rungs_paper_take_format (RungsInvocation  *call,
                         gboolean         *pdf,
                         GError          **error)
{
  static const char *const FORMATS[] = { "html", "pdf", NULL };
  guint format = *pdf ? 1 : 0;

  if (!rungs_invocation_get_choice (call, "format", FORMATS, &format, error))
    return FALSE;
  *pdf = format == 1;
  return TRUE;
}

gboolean
rungs_paper_write (RungsInvocation   *call,
                   const RungsPaper  *paper,
                   GError           **error)
{
  const char *path = rungs_invocation_get_text (call, "output", "");
  gboolean pdf = g_str_has_suffix (path, ".pdf");

  return rungs_paper_take_format (call, &pdf, error)
         && rungs_paper_save (paper, pdf, path, rungs_invocation_has (call, "force"), error);
}
