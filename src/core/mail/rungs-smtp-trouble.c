/* rungs-smtp-trouble.c: what libcurl says went wrong,
 * as the exchange and a person understand it. */

#include "mail/rungs-smtp-trouble.h"

#include <errno.h>
#include <glib/gi18n.h>

RungsSmtpBreak
rungs_smtp_trouble_classify (CURL          *curl,
                             CURLcode       result,
                             RungsSmtpPhase phase,
                             gboolean       cancelled)
{
  long os_error = 0;

  switch (result)
    {
    case CURLE_OK:
      return RUNGS_SMTP_BREAK_NONE;
    case CURLE_ABORTED_BY_CALLBACK:
      return cancelled ? RUNGS_SMTP_BREAK_CANCELLED : RUNGS_SMTP_BREAK_LINE;
    case CURLE_OPERATION_TIMEDOUT:
      return RUNGS_SMTP_BREAK_TIME;
    case CURLE_SSL_CONNECT_ERROR:
      curl_easy_getinfo (curl, CURLINFO_OS_ERRNO, &os_error);
      return os_error == ECONNRESET || os_error == EPIPE ? RUNGS_SMTP_BREAK_LINE
                                                         : RUNGS_SMTP_BREAK_SETUP;
    case CURLE_WEIRD_SERVER_REPLY: /* something said between STARTTLS and TLS: injected */
      return phase == RUNGS_SMTP_PHASE_STARTTLS ? RUNGS_SMTP_BREAK_SETUP
                                                : RUNGS_SMTP_BREAK_LINE;
    case CURLE_LOGIN_DENIED:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_URL_MALFORMAT:
    case CURLE_USE_SSL_FAILED:
      return RUNGS_SMTP_BREAK_SETUP;
    default:
      return RUNGS_SMTP_BREAK_LINE;
    }
}

char *
rungs_smtp_trouble_tell (RungsSmtpBreak broke,
                         CURLcode       result,
                         RungsSmtpPhase phase,
                         const char    *details)
{
  if (broke == RUNGS_SMTP_BREAK_CANCELLED)
    return g_strdup (_ ("Sending was stopped."));
  if (broke == RUNGS_SMTP_BREAK_TIME)
    return g_strdup (_ ("The mail server did not answer in time."));
  if (phase == RUNGS_SMTP_PHASE_END)
    return g_strdup (_ ("The connection broke after the whole message had gone out."));
  if (broke == RUNGS_SMTP_BREAK_LINE)
    return g_strdup_printf (_ ("The connection to the mail server failed: %s"), details);

  switch (result)
    {
    case CURLE_LOGIN_DENIED:
      return g_strdup (_ ("The mail server offers no way to sign in that Rungs knows."));
    case CURLE_USE_SSL_FAILED:
      return g_strdup (
        _ ("The mail server does not offer encryption, and without it nothing is sent."));
    case CURLE_PEER_FAILED_VERIFICATION:
      return g_strdup_printf (_ ("The mail server's certificate cannot be trusted: %s"), details);
    default:
      return g_strdup_printf (_ ("A safe connection to the mail server cannot be made: %s"),
                              details);
    }
}
