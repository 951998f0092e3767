/* rungs-password-prompt.c: takes a password from a person or a pipe, never from the command
 * line. */

#include "rungs-password-prompt.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/rungs-error.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-secret.h"
#include "rungs-interrupt.h"

/* Longer than any password; OAuth tokens are long too. */
#define MOST_BYTES 8192

/* Waits for something to read; FALSE where it was cancelled (nullable). */
static gboolean
wait_for_input (GCancellable *cancellable)
{
  GPollFD polls[2] = { { .fd = STDIN_FILENO, .events = G_IO_IN } };
  gboolean watched = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &polls[1]);

  g_poll (polls, watched ? 2 : 1, -1);
  if (watched)
    g_cancellable_release_fd (cancellable);
  return !g_cancellable_is_cancelled (cancellable);
}

/* The first line, byte by byte: what follows belongs to others. FALSE where it is too long, there
 * is nothing to read, or it was cancelled. */
static gboolean
read_line (char         *line,
           gsize         size,
           GCancellable *cancellable)
{
  gsize length = 0;
  gssize n;

  while (wait_for_input (cancellable) && (n = read (STDIN_FILENO, line + length, 1)) != 0
         && line[length] != '\n')
    {
      if (n < 0 && errno != EINTR)
        return FALSE;
      length += MAX (n, 0);
      if (length == size - 1)
        return FALSE;
    }
  if (length > 0 && line[length - 1] == '\r')
    length--;
  line[length] = '\0';
  return !g_cancellable_is_cancelled (cancellable);
}

/* Ctrl+C must not leave a terminal behind that shows nothing. */
static gboolean
read_unseen (const char *question,
             char       *line,
             gsize       size)
{
  g_autoptr (RungsInterrupt) interrupt = NULL;
  struct termios shown, hidden;
  gboolean done;

  if (tcgetattr (STDIN_FILENO, &shown) != 0)
    return FALSE;
  interrupt = rungs_interrupt_new ();
  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  fprintf (stderr, "%s ", question);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
  done = read_line (line, size, rungs_interrupt_get_cancellable (interrupt));
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  fputc ('\n', stderr);
  return done;
}

gboolean
rungs_password_prompt (RungsInvocation  *call,
                       const char       *question,
                       char            **password,
                       GError          **error)
{
  char line[MOST_BYTES] = "";
  gboolean piped = rungs_invocation_has (call, "password-stdin");

  *password = NULL;
  if (!piped && !isatty (STDIN_FILENO))
    return TRUE;
  if ((piped ? read_line (line, sizeof line, NULL) : read_unseen (question, line, sizeof line))
      && *line != '\0' && g_utf8_validate (line, -1, NULL))
    *password = g_strdup (line);
  else
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("No password was given."));
  explicit_bzero (line, sizeof line);
  return *password != NULL;
}

gboolean
rungs_password_keep (RungsInvocation  *call,
                     RungsDb          *db,
                     const char       *owner,
                     const char       *username,
                     const char       *label,
                     gboolean         *asked,
                     GError          **error)
{
  g_autofree char *question = g_strdup_printf (_ ("Password of %s:"), username);
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);
  char *password = NULL;
  gboolean kept;

  *asked = FALSE;
  if (business == NULL || !rungs_password_prompt (call, question, &password, error))
    return FALSE;
  *asked = password != NULL;
  kept = password == NULL
         || rungs_secret_store (business->uuid, owner, label, password,
                                RUNGS_SECRET_PATIENT_TIMEOUT, NULL, error);
  rungs_secret_free (password);
  return kept;
}

gboolean
rungs_password_replace (RungsInvocation  *call,
                        RungsDb          *db,
                        const char       *owner,
                        const char       *username,
                        const char       *label,
                        GError          **error)
{
  gboolean asked;

  if (!rungs_password_keep (call, db, owner, username, label, &asked, error))
    return FALSE;
  if (!asked)
    g_set_error_literal (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_OPTION,
                         _ ("Here is no terminal to ask at: give the password on standard input,"
                            " with --password-stdin."));
  return asked;
}

void
rungs_password_forget (const char *file,
                       const char *owner)
{
  g_autoptr (GError) failure = NULL;

  if (!rungs_secret_clear (file, owner, RUNGS_SECRET_TIMEOUT, NULL, &failure))
    fprintf (stderr, _ ("Its password may still be in the keyring: %s\n"), failure->message);
}
