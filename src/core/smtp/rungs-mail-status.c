/* rungs-mail-status.c: enhanced mail system status codes, as servers say them. */

#include "smtp/rungs-mail-status.h"

#include <string.h>

/* One to three digits. */
static gboolean
read_number (const char **text,
             int         *number)
{
  const char *p = *text;

  *number = 0;
  while (g_ascii_isdigit (*p) && p - *text < 3)
    *number = *number * 10 + g_ascii_digit_value (*p++);
  if (p == *text || g_ascii_isdigit (*p))
    return FALSE;
  *text = p;
  return TRUE;
}

gboolean
rungs_mail_status_parse (const char      *text,
                         RungsMailStatus *status)
{
  RungsMailStatus read = { 0 };

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (status != NULL, FALSE);

  *status = read;
  if (strchr ("245", *text) == NULL || *text == '\0' || text[1] != '.')
    return FALSE;
  read.class = g_ascii_digit_value (*text);
  text += 2;
  if (!read_number (&text, &read.subject) || *text++ != '.' || !read_number (&text, &read.detail))
    return FALSE;
  *status = read;
  return TRUE;
}

gboolean
rungs_mail_status_is_bad_address (const RungsMailStatus *status)
{
  g_return_val_if_fail (status != NULL, FALSE);

  if (status->class != 5)
    return FALSE;
  switch (status->subject * 1000 + status->detail)
    {
    case 1000: /* other address status */
    case 1001: /* no such mailbox */
    case 1002: /* no such domain */
    case 1003: /* not an address */
    case 1006: /* moved, left no address */
    case 1010: /* the domain takes no mail */
    case 2001: /* mailbox disabled */
      return TRUE;
    default:
      return FALSE;
    }
}
