/* rungs-practice-transport.c: writes messages to a folder instead of sending them.
 *
 * A file gets its name only after its bytes are on the disk, and the folder is flushed before the
 * message counts as accepted: what is there after a crash is whole,
 * and what was accepted is there. */

#include "mail/rungs-practice-transport.h"

#include <glib/gi18n.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

/* Longer names are replaced by a checksum: 255 bytes is what file systems take. */
#define NAME_LIMIT 200

struct _RungsPracticeTransport
{
  RungsTransport parent_instance;

  char *folder; /* (owned) */
};

G_DEFINE_FINAL_TYPE (RungsPracticeTransport, rungs_practice_transport, RUNGS_TYPE_TRANSPORT)

static gboolean
write_all (int    fd,
           GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  while (size > 0)
    {
      gssize written = write (fd, data, size);

      if (written < 0 && errno != EINTR)
        return FALSE;
      if (written > 0)
        {
          data += written;
          size -= (gsize) written;
        }
    }
  return TRUE;
}

static gboolean
flush_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean flushed = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return flushed;
}

/* Writes a new file beside `path`, mode 0600, and gives it its name. errno tells what failed. */
static gboolean
write_file (const char *path,
            GBytes     *message)
{
  g_autofree char *part = g_strconcat (path, ".XXXXXX", NULL);
  int fd = g_mkstemp_full (part, O_WRONLY | O_CLOEXEC, 0600);
  gboolean written;
  int saved;

  if (fd < 0)
    return FALSE;

  written = write_all (fd, message) && fsync (fd) == 0;
  saved = errno;
  if (close (fd) != 0 && written)
    {
      written = FALSE;
      saved = errno;
    }
  if (written && g_rename (part, path) == 0)
    return TRUE;
  if (written)
    saved = errno;
  g_unlink (part);
  errno = saved;
  return FALSE;
}

static void
rungs_practice_transport_send (RungsTransport      *transport,
                               const RungsEnvelope *envelope,
                               GBytes              *message,
                               GCancellable        *cancellable,
                               RungsDelivery       *delivery)
{
  RungsPracticeTransport *self = RUNGS_PRACTICE_TRANSPORT (transport);
  g_autofree char *name = rungs_practice_file_name (envelope->message_id);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  if (g_cancellable_is_cancelled (cancellable))
    {
      delivery->outcome = RUNGS_DELIVERY_CANCELLED;
      return;
    }
  if (g_mkdir_with_parents (self->folder, 0700) == 0 && write_file (path, message)
      && flush_folder (self->folder))
    {
      delivery->outcome = RUNGS_DELIVERY_ACCEPTED;
      delivery->reply = g_strdup_printf (_ ("written to %s"), name);
      return;
    }
  delivery->outcome = RUNGS_DELIVERY_ACCOUNT_TROUBLE;
  delivery->reply = g_strdup_printf (_ ("The practice folder %s cannot be written: %s"),
                                     self->folder, g_strerror (errno));
}

static void
rungs_practice_transport_finalize (GObject *object)
{
  RungsPracticeTransport *self = RUNGS_PRACTICE_TRANSPORT (object);

  g_free (self->folder);
  G_OBJECT_CLASS (rungs_practice_transport_parent_class)->finalize (object);
}

static void
rungs_practice_transport_class_init (RungsPracticeTransportClass *class)
{
  G_OBJECT_CLASS (class)->finalize = rungs_practice_transport_finalize;
  RUNGS_TRANSPORT_CLASS (class)->send = rungs_practice_transport_send;
}

static void
rungs_practice_transport_init (RungsPracticeTransport *self)
{
}

RungsTransport *
rungs_practice_transport_new (const char *folder)
{
  RungsPracticeTransport *self;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_PRACTICE_TRANSPORT, NULL);
  self->folder = g_strdup (folder);
  return RUNGS_TRANSPORT (self);
}

char *
rungs_practice_get_folder (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return g_strconcat (path, "-practice", NULL);
}

char *
rungs_practice_file_name (const char *message_id)
{
  g_autoptr (GString) name = g_string_new (NULL);

  g_return_val_if_fail (message_id != NULL, NULL);

  for (const char *p = message_id; *p != '\0'; p++)
    if (g_ascii_isalnum (*p) || (strchr ("@-_+=.", *p) != NULL && (*p != '.' || p > message_id)))
      g_string_append_c (name, *p);
    else
      g_string_append_printf (name, "%%%02X", (guchar) *p);
  if (name->len > NAME_LIMIT)
    {
      g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, message_id, -1);

      g_string_assign (name, sum);
    }
  g_string_append (name, ".eml");
  return g_string_free (g_steal_pointer (&name), FALSE);
}

gboolean
rungs_practice_has (const char *folder,
                    const char *message_id)
{
  g_autofree char *name = rungs_practice_file_name (message_id);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}
