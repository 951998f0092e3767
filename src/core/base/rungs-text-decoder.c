/* rungs-text-decoder.c: a file of text in whatever encoding, as a stream of UTF-8.
 *
 * Raw bytes are read into `raw`; each call converts as many of them as fit. Text that is ASCII so
 * far is passed on without a decision: the encoding is chosen at the first byte that is not,
 * looking at the bytes from there on. So a long list whose first accent comes after a million rows
 * is read right. */

#include "base/rungs-text-decoder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/rungs-error.h"
#include "base/rungs-text-encoding.h"

#define RAW_SIZE (256 * 1024)
#define REPLACEMENT "\xef\xbf\xbd"
#define REPLACEMENT_SIZE 3

struct _RungsTextDecoder
{
  int fd;              /* -1: reads `bytes` */
  GBytes *bytes;       /* (owned) (nullable) */
  gint64 size;
  gint64 position;     /* of the end of `raw` in the file */
  gint64 replaced;
  const char *encoding; /* interned; NULL: ASCII so far */
  GIConv converter;    /* (GIConv) -1: none needed */
  gsize unit;          /* bytes of the smallest unit of the encoding */
  gboolean at_end;     /* nothing comes after `raw` */
  guint8 *raw;         /* (owned) RAW_SIZE bytes; those from raw_start to raw_end are waiting */
  gsize raw_start;
  gsize raw_end;
};

static gssize
read_from_bytes (RungsTextDecoder *self,
                 guint8           *to,
                 gsize             size)
{
  gsize total;
  const guint8 *data = g_bytes_get_data (self->bytes, &total);
  gsize count = MIN (size, total - (gsize) self->position);

  if (count > 0)
    memcpy (to, data + self->position, count);
  return count;
}

static gssize
read_from_file (RungsTextDecoder *self,
                guint8           *to,
                gsize             size,
                GError          **error)
{
  for (;;)
    {
      gssize count = read (self->fd, to, size);

      if (count >= 0)
        return count;
      if (errno != EINTR)
        {
          g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, _ ("The file cannot be read: %s"),
                       g_strerror (errno));
          return -1;
        }
    }
}

/* Fills `raw` as far as the file goes. */
static gboolean
fill (RungsTextDecoder *self,
      GError          **error)
{
  memmove (self->raw, self->raw + self->raw_start, self->raw_end - self->raw_start);
  self->raw_end -= self->raw_start;
  self->raw_start = 0;

  while (!self->at_end && self->raw_end < RAW_SIZE)
    {
      guint8 *to = self->raw + self->raw_end;
      gsize room = RAW_SIZE - self->raw_end;
      gssize count = self->fd >= 0 ? read_from_file (self, to, room, error)
                                   : read_from_bytes (self, to, room);

      if (count < 0)
        return FALSE;
      self->raw_end += count;
      self->position += count;
      self->at_end = count == 0;
    }
  return TRUE;
}

static gsize
unit_of (const char *encoding)
{
  if (g_ascii_strncasecmp (encoding, "UTF-16", 6) == 0
      || g_ascii_strncasecmp (encoding, "UCS-2", 5) == 0)
    return 2;
  return g_ascii_strncasecmp (encoding, "UTF-32", 6) == 0 ? 4 : 1;
}

static gboolean
use_encoding (RungsTextDecoder *self,
              const char       *encoding,
              GError          **error)
{
  self->encoding = g_intern_string (encoding);
  self->unit = unit_of (encoding);
  if (g_ascii_strcasecmp (encoding, "UTF-8") == 0)
    return TRUE;
  self->converter = g_iconv_open ("UTF-8", encoding);
  if (self->converter != (GIConv) -1)
    return TRUE;
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("The encoding “%s” is not known here."),
               encoding);
  return FALSE;
}

static gboolean
begin (RungsTextDecoder *self,
       const char       *encoding,
       GError          **error)
{
  RungsTextEncoding guess;

  self->raw = g_malloc (RAW_SIZE);
  self->converter = (GIConv) -1;
  self->unit = 1;
  if (!fill (self, error)
      || !rungs_text_encoding_guess (self->raw, self->raw_end, self->at_end, &guess, error))
    return FALSE;

  self->raw_start = guess.mark_size;
  if (encoding == NULL || guess.mark_size > 0)
    return guess.name == NULL || use_encoding (self, guess.name, error);
  return use_encoding (self, encoding, error);
}

static gboolean
refuse_file (GError    **error,
             RungsError  code,
             const char *path,
             const char *why)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, RUNGS_ERROR, code, _ ("“%s” %s"), name, why);
  return FALSE;
}

static gboolean
open_file (RungsTextDecoder *self,
           const char       *path,
           GError          **error)
{
  struct stat info;

  /* O_NONBLOCK: opening a pipe that nobody writes to would wait for ever. */
  self->fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (self->fd < 0 && errno == ENOENT)
    return refuse_file (error, RUNGS_ERROR_NOT_FOUND, path, _ ("does not exist."));
  if (self->fd < 0 || fstat (self->fd, &info) != 0)
    return refuse_file (error, RUNGS_ERROR_FAILED, path, g_strerror (errno));
  if (S_ISDIR (info.st_mode))
    return refuse_file (error, RUNGS_ERROR_INVALID, path, _ ("is a folder; choose a CSV file."));
  if (!S_ISREG (info.st_mode))
    return refuse_file (error, RUNGS_ERROR_INVALID, path, _ ("is not a file; choose a CSV file."));
  self->size = info.st_size;
  return TRUE;
}

RungsTextDecoder *
rungs_text_decoder_open (const char *path,
                         const char *encoding,
                         GError    **error)
{
  g_autoptr (RungsTextDecoder) self = g_new0 (RungsTextDecoder, 1);

  g_return_val_if_fail (path != NULL, NULL);

  self->converter = (GIConv) -1;
  self->fd = -1;
  if (!open_file (self, path, error) || !begin (self, encoding, error))
    return NULL;
  return g_steal_pointer (&self);
}

RungsTextDecoder *
rungs_text_decoder_new_for_bytes (GBytes     *bytes,
                                  const char *encoding,
                                  GError    **error)
{
  g_autoptr (RungsTextDecoder) self = g_new0 (RungsTextDecoder, 1);

  g_return_val_if_fail (bytes != NULL, NULL);

  self->fd = -1;
  self->bytes = g_bytes_ref (bytes);
  self->size = g_bytes_get_size (bytes);
  if (!begin (self, encoding, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
rungs_text_decoder_free (RungsTextDecoder *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->converter != (GIConv) -1)
    g_iconv_close (self->converter);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->raw);
  g_free (self);
}

/* Puts U+FFFD in place of one unit of the raw text. */
static gsize
replace_unit (RungsTextDecoder *self,
              char             *to)
{
  memcpy (to, REPLACEMENT, REPLACEMENT_SIZE);
  self->raw_start += MIN (self->unit, self->raw_end - self->raw_start);
  self->replaced++;
  return REPLACEMENT_SIZE;
}

static gsize
copy_utf8 (RungsTextDecoder *self,
           char             *buffer,
           gsize             size)
{
  gsize written = 0;

  while (self->raw_start < self->raw_end && size - written >= 4)
    {
      const guint8 *raw = self->raw + self->raw_start;
      gsize waiting = self->raw_end - self->raw_start;
      gsize good = rungs_text_utf8_prefix (raw, MIN (waiting, size - written));

      memcpy (buffer + written, raw, good);
      written += good;
      self->raw_start += good;
      waiting -= good;
      if (waiting == 0 || size - written < 4)
        break;
      if (!self->at_end && rungs_text_is_utf8_begun (raw + good, waiting))
        break;
      if (rungs_text_utf8_prefix (raw + good, MIN (waiting, 4)) == 0)
        written += replace_unit (self, buffer + written);
    }
  return written;
}

static gsize
convert (RungsTextDecoder *self,
         char             *buffer,
         gsize             size)
{
  char *out = buffer;
  gsize room = size;

  while (self->raw_start < self->raw_end && room >= 4)
    {
      char *in = (char *) self->raw + self->raw_start;
      gsize waiting = self->raw_end - self->raw_start;
      gsize result = g_iconv (self->converter, &in, &waiting, &out, &room);
      int problem = errno;

      self->raw_start = self->raw_end - waiting;
      if (result != (gsize) -1)
        continue;
      if (problem == E2BIG || (problem == EINVAL && !self->at_end))
        break;
      if (room < 4)
        break;
      out += replace_unit (self, out);
      room = size - (out - buffer);
    }
  return out - buffer;
}

static gsize
copy_ascii (RungsTextDecoder *self,
            char             *buffer,
            gsize             size)
{
  const guint8 *raw = self->raw + self->raw_start;
  gsize good = rungs_text_ascii_prefix (raw, MIN (size, self->raw_end - self->raw_start));

  memcpy (buffer, raw, good);
  self->raw_start += good;
  return good;
}

/* Chooses the encoding once a byte waits that is not ASCII. */
static gboolean
decide (RungsTextDecoder *self,
        GError          **error)
{
  if (self->raw_start == self->raw_end || self->raw[self->raw_start] < 0x80)
    return TRUE;
  if (!fill (self, error))
    return FALSE;
  return use_encoding (
      self, rungs_text_encoding_guess_8bit (self->raw, self->raw_end, self->at_end), error);
}

static gsize
decode (RungsTextDecoder *self,
        char             *buffer,
        gsize             size)
{
  if (self->converter != (GIConv) -1)
    return convert (self, buffer, size);
  return self->encoding != NULL ? copy_utf8 (self, buffer, size) : copy_ascii (self, buffer, size);
}

gssize
rungs_text_decoder_read (RungsTextDecoder *self,
                         char             *buffer,
                         gsize             size,
                         GError          **error)
{
  g_return_val_if_fail (self != NULL && buffer != NULL && size >= 16, -1);

  for (;;)
    {
      gsize written;

      if (self->encoding == NULL && !decide (self, error))
        return -1;
      written = decode (self, buffer, size);
      if (written > 0)
        return written;
      if (self->at_end && self->raw_start == self->raw_end)
        return 0;
      if ((self->encoding != NULL || self->raw_start == self->raw_end) && !fill (self, error))
        return -1;
    }
}

const char *
rungs_text_decoder_get_encoding (RungsTextDecoder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->encoding != NULL ? self->encoding : "ASCII";
}

gint64
rungs_text_decoder_get_position (RungsTextDecoder *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->position - (gint64) (self->raw_end - self->raw_start);
}

gint64
rungs_text_decoder_get_size (RungsTextDecoder *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

gint64
rungs_text_decoder_get_replaced (RungsTextDecoder *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->replaced;
}
