/* rungs-text-file.c: a text that a command is given as a file. */

#include "rungs-text-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/rungs-error.h"

#define MOST_BYTES (8 * 1024 * 1024)
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static gboolean
fail (const char  *path,
      GError     **error)
{
  g_set_error (error, RUNGS_ERROR, errno == ENOENT ? RUNGS_ERROR_NOT_FOUND : RUNGS_ERROR_FAILED,
               _ ("%s cannot be read: %s"), path, g_strerror (errno));
  return FALSE;
}

static gboolean
read_bytes (int          fd,
            const char  *path,
            GString     *text,
            GError     **error)
{
  char buffer[65536];
  gssize n;

  while ((n = read (fd, buffer, sizeof buffer)) != 0)
    {
      if (n < 0 && errno != EINTR)
        return fail (path, error);
      g_string_append_len (text, buffer, MAX (n, 0));
      if (text->len > MOST_BYTES)
        {
          g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("%s is too long."), path);
          return FALSE;
        }
    }
  return TRUE;
}

char *
rungs_text_file_read (const char  *path,
                      GError     **error)
{
  gboolean standard = strcmp (path, "-") == 0;
  int fd = standard ? STDIN_FILENO : g_open (path, O_RDONLY | O_CLOEXEC, 0);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean done;

  if (fd < 0)
    {
      fail (path, error);
      return NULL;
    }
  done = read_bytes (fd, path, text, error);
  if (!standard)
    close (fd);
  if (!done)
    return NULL;
  if (g_str_has_prefix (text->str, BYTE_ORDER_MARK))
    g_string_erase (text, 0, strlen (BYTE_ORDER_MARK));
  if (g_utf8_validate (text->str, text->len, NULL))
    return g_string_free (g_steal_pointer (&text), FALSE);
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("%s is no text in UTF-8."), path);
  return NULL;
}
