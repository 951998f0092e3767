/* rungs-interrupt.c: Ctrl+C as a wish to stop well.
 *
 * The signals are blocked, in this thread and those it starts, and read by a thread of their
 * own, which may do what a signal handler may not. */

#include "rungs-interrupt.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

struct _RungsInterrupt
{
  GCancellable *cancellable; /* (owned) */
  GCancellable *done;        /* (owned) ends the thread */
  GThread *thread;           /* (owned) */
  sigset_t signals;
  sigset_t before;
  int fd;
};

static void
end_program (int number)
{
  signal (number, SIG_DFL);
  raise (number);
}

static void
take_signal (RungsInterrupt *self)
{
  struct signalfd_siginfo info;
  sigset_t one;

  if (read (self->fd, &info, sizeof info) != sizeof info)
    return;
  if (!g_cancellable_is_cancelled (self->cancellable))
    {
      g_cancellable_cancel (self->cancellable);
      return;
    }
  sigemptyset (&one);
  sigaddset (&one, info.ssi_signo);
  pthread_sigmask (SIG_UNBLOCK, &one, NULL);
  end_program (info.ssi_signo);
}

static gpointer
watch (gpointer data)
{
  RungsInterrupt *self = data;
  GPollFD polls[2] = { { .fd = self->fd, .events = G_IO_IN } };

  g_cancellable_make_pollfd (self->done, &polls[1]);
  while (!g_cancellable_is_cancelled (self->done))
    if (g_poll (polls, G_N_ELEMENTS (polls), -1) > 0 && polls[0].revents != 0)
      take_signal (self);
  g_cancellable_release_fd (self->done);
  return NULL;
}

RungsInterrupt *
rungs_interrupt_new (void)
{
  RungsInterrupt *self = g_new0 (RungsInterrupt, 1);

  self->cancellable = g_cancellable_new ();
  self->done = g_cancellable_new ();
  sigemptyset (&self->signals);
  sigaddset (&self->signals, SIGINT);
  sigaddset (&self->signals, SIGTERM);
  pthread_sigmask (SIG_BLOCK, &self->signals, &self->before);
  self->fd = signalfd (-1, &self->signals, SFD_CLOEXEC);
  self->thread = g_thread_new ("interrupt", watch, self);
  return self;
}

void
rungs_interrupt_free (RungsInterrupt *self)
{
  g_cancellable_cancel (self->done);
  g_thread_join (self->thread);
  close (self->fd);
  pthread_sigmask (SIG_SETMASK, &self->before, NULL);
  g_object_unref (self->cancellable);
  g_object_unref (self->done);
  g_free (self);
}

GCancellable *
rungs_interrupt_get_cancellable (RungsInterrupt *self)
{
  return self->cancellable;
}
