/* rungs-progress-line.c: how far long work is, on standard error, where that is a terminal. */

#include "rungs-progress-line.h"

#include <stdio.h>
#include <unistd.h>

/* To the first column, and clear to the end of the line (ECMA-48). */
#define BEGIN_LINE "\r\033[K"

void
rungs_progress_line_show (const char *format,
                          ...)
{
  va_list arguments;

  if (!isatty (STDERR_FILENO))
    return;
  fputs (BEGIN_LINE, stderr);
  va_start (arguments, format);
  vfprintf (stderr, format, arguments);
  va_end (arguments);
  fflush (stderr);
}

void
rungs_progress_line_clear (void)
{
  rungs_progress_line_show ("%s", "");
}
