/* rungs-paper-output.c: papers that are written into files. */

#include "rungs-paper-output.h"

#include "partners/rungs-payment-file.h"

gboolean
rungs_paper_write (RungsInvocation   *call,
                   const RungsPaper  *paper,
                   GError           **error)
{
  static const char *const FORMATS[] = { "html", "pdf", NULL };
  const char *path = rungs_invocation_get_text (call, "output", "");
  gboolean force = rungs_invocation_has (call, "force");
  guint format = g_str_has_suffix (path, ".pdf") ? 1 : 0;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *page = NULL;

  if (!rungs_invocation_get_choice (call, "format", FORMATS, &format, error))
    return FALSE;
  if (format == 0)
    {
      page = rungs_paper_to_html (paper);
      return rungs_payment_text_save (page, path, force, error);
    }
  pdf = rungs_paper_to_pdf (paper, error);
  return pdf != NULL && rungs_payment_bytes_save (pdf, path, force, error);
}
