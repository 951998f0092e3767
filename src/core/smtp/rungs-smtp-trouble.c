/* rungs-smtp-trouble.c: what went wrong between us and a mail server,
 * as the exchange and a person understand it. */

#include "smtp/rungs-smtp-trouble.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"

RungsSmtpBreak
rungs_smtp_trouble_classify (const GError *error)
{
  if (rungs_error_is_cancelled (error))
    return RUNGS_SMTP_BREAK_CANCELLED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return RUNGS_SMTP_BREAK_TIME;
  if (g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_AUTH))
    return RUNGS_SMTP_BREAK_SETUP;
  return RUNGS_SMTP_BREAK_LINE;
}

char *
rungs_smtp_trouble_tell (const GError  *error,
                         RungsSmtpPhase phase)
{
  switch (rungs_smtp_trouble_classify (error))
    {
    case RUNGS_SMTP_BREAK_CANCELLED:
      return g_strdup (_ ("Sending was stopped."));
    case RUNGS_SMTP_BREAK_TIME:
      return g_strdup (_ ("The mail server did not answer in time."));
    case RUNGS_SMTP_BREAK_SETUP:
      return g_strdup (error->message);
    case RUNGS_SMTP_BREAK_LINE:
    case RUNGS_SMTP_BREAK_NONE:
    default:
      if (phase == RUNGS_SMTP_PHASE_END)
        return g_strdup (_ ("The connection broke after the whole message had gone out."));
      return g_strdup_printf (_ ("The connection to the mail server failed: %s"), error->message);
    }
}
