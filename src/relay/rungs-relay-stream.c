/* rungs-relay-stream.c: a connection as libsoup is given it. */

#include "rungs-relay-stream.h"

/* ---- what is read */

#define RUNGS_TYPE_RELAY_INPUT (rungs_relay_input_get_type ())

G_DECLARE_FINAL_TYPE (RungsRelayInput, rungs_relay_input, RUNGS, RELAY_INPUT, GFilterInputStream)

struct _RungsRelayInput
{
  GFilterInputStream parent_instance;

  gboolean rests; /* nothing was read since the last answer, or at all */
};

static GPollableInputStream *
base_of (GPollableInputStream *stream)
{
  return G_POLLABLE_INPUT_STREAM (
    g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream)));
}

static gboolean
can_poll (GPollableInputStream *stream)
{
  return g_pollable_input_stream_can_poll (base_of (stream));
}

static gboolean
is_readable (GPollableInputStream *stream)
{
  return g_pollable_input_stream_is_readable (base_of (stream));
}

static GSource *
create_source (GPollableInputStream *stream,
               GCancellable         *cancellable)
{
  g_autoptr (GSource) base
    = g_pollable_input_stream_create_source (base_of (stream), cancellable);

  return g_pollable_source_new_full (stream, base, NULL);
}

/* `count` is what was read of the base into the buffer, `failure` (transfer full) (nullable) why
 * nothing could be: a connection that was broken off has ended, too. */
static gssize
note (RungsRelayInput *self,
      char            *buffer,
      gssize           count,
      GError          *failure,
      GError         **error)
{
  gboolean waits = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  gboolean ends_at_rest = count <= 0 && !waits && self->rests;

  if (!waits)
    self->rests = FALSE;
  if (!ends_at_rest)
    {
      if (failure != NULL)
        g_propagate_error (error, failure);
      return count;
    }
  g_clear_error (&failure);
  *buffer = '\0';
  return 1;
}

static gssize
read_nonblocking (GPollableInputStream *stream,
                  void                 *buffer,
                  gsize                 count,
                  GError              **error)
{
  GError *failure = NULL;
  gssize was_read
    = g_pollable_input_stream_read_nonblocking (base_of (stream), buffer, count, NULL, &failure);

  return note ((RungsRelayInput *) stream, buffer, was_read, failure, error);
}

static gssize
read_blocking (GInputStream *stream,
               void         *buffer,
               gsize         count,
               GCancellable *cancellable,
               GError      **error)
{
  GInputStream *base = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream));
  GError *failure = NULL;
  gssize was_read = g_input_stream_read (base, buffer, count, cancellable, &failure);

  return note ((RungsRelayInput *) stream, buffer, was_read, failure, error);
}

static void
pollable_init (GPollableInputStreamInterface *iface)
{
  iface->can_poll = can_poll;
  iface->is_readable = is_readable;
  iface->create_source = create_source;
  iface->read_nonblocking = read_nonblocking;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RungsRelayInput,
                               rungs_relay_input,
                               G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, pollable_init))

static void
rungs_relay_input_class_init (RungsRelayInputClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = read_blocking;
}

static void
rungs_relay_input_init (RungsRelayInput *self)
{
  self->rests = TRUE;
}

/* ---- the whole */

struct _RungsRelayStream
{
  GIOStream parent_instance;

  GIOStream *base;        /* (owned) */
  RungsRelayInput *input; /* (owned) */
};

G_DEFINE_FINAL_TYPE (RungsRelayStream, rungs_relay_stream, G_TYPE_IO_STREAM)

static GInputStream *
get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (RUNGS_RELAY_STREAM (stream)->input);
}

static GOutputStream *
get_output_stream (GIOStream *stream)
{
  return g_io_stream_get_output_stream (RUNGS_RELAY_STREAM (stream)->base);
}

static gboolean
close_base (GIOStream    *stream,
            GCancellable *cancellable,
            GError      **error)
{
  return g_io_stream_close (RUNGS_RELAY_STREAM (stream)->base, cancellable, error);
}

static void
rungs_relay_stream_finalize (GObject *object)
{
  RungsRelayStream *self = RUNGS_RELAY_STREAM (object);

  g_clear_object (&self->input);
  g_clear_object (&self->base);
  G_OBJECT_CLASS (rungs_relay_stream_parent_class)->finalize (object);
}

static void
rungs_relay_stream_class_init (RungsRelayStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rungs_relay_stream_finalize;
  G_IO_STREAM_CLASS (klass)->get_input_stream = get_input_stream;
  G_IO_STREAM_CLASS (klass)->get_output_stream = get_output_stream;
  G_IO_STREAM_CLASS (klass)->close_fn = close_base;
}

static void
rungs_relay_stream_init (RungsRelayStream *self)
{
}

RungsRelayStream *
rungs_relay_stream_new (GIOStream *base)
{
  RungsRelayStream *self = g_object_new (RUNGS_TYPE_RELAY_STREAM, NULL);

  self->base = g_object_ref (base);
  self->input = g_object_new (RUNGS_TYPE_RELAY_INPUT, "base-stream",
                              g_io_stream_get_input_stream (base), "close-base-stream", FALSE,
                              NULL);
  return self;
}

void
rungs_relay_stream_rest (RungsRelayStream *self)
{
  g_return_if_fail (RUNGS_IS_RELAY_STREAM (self));

  self->input->rests = TRUE;
}
