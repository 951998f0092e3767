/* rungs-output.c: what goes to standard output. */

#include "rungs-output.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <unistd.h>

#define STREAM_BYTES (64 * 1024)

struct _RungsOutput
{
  int fd;
  GString *held; /* (owned) */
  gboolean streaming;
  gboolean closed;
  int failure; /* errno of the first write that failed; 0: none */
};

/* Standard output can be a terminal or pipe that another program made non-blocking. */
static void
wait_until_writable (int fd)
{
  GPollFD poll = { .fd = fd, .events = G_IO_OUT };

  g_poll (&poll, 1, -1);
}

static void
write_held (RungsOutput *self)
{
  gsize done = 0;

  while (done < self->held->len && self->failure == 0 && !self->closed)
    {
      gssize n = write (self->fd, self->held->str + done, self->held->len - done);

      if (n >= 0)
        done += n;
      else if (errno == EPIPE)
        self->closed = TRUE;
      else if (errno == EAGAIN)
        wait_until_writable (self->fd);
      else if (errno != EINTR)
        self->failure = errno;
    }
  g_string_truncate (self->held, 0);
}

static void
write_if_long (RungsOutput *self)
{
  if (self->streaming && self->held->len >= STREAM_BYTES)
    write_held (self);
}

RungsOutput *
rungs_output_new (int fd)
{
  RungsOutput *self = g_new0 (RungsOutput, 1);

  self->fd = fd;
  self->held = g_string_new (NULL);
  return self;
}

void
rungs_output_free (RungsOutput *self)
{
  g_string_free (self->held, TRUE);
  g_free (self);
}

void
rungs_output_set_streaming (RungsOutput *self,
                            gboolean     streaming)
{
  self->streaming = streaming;
}

void
rungs_output_text (RungsOutput *self,
                   const char  *text)
{
  g_string_append (self->held, text);
  write_if_long (self);
}

void
rungs_output_printf (RungsOutput *self,
                     const char  *format,
                     ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (self->held, format, arguments);
  va_end (arguments);
  write_if_long (self);
}

gboolean
rungs_output_is_closed (RungsOutput *self)
{
  return self->closed || self->failure != 0;
}

gboolean
rungs_output_flush (RungsOutput  *self,
                    GError      **error)
{
  write_held (self);
  if (self->failure == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (self->failure),
               _ ("The output could not be written: %s"), g_strerror (self->failure));
  return FALSE;
}
