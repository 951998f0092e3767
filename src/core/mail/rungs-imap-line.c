/* rungs-imap-line.c: the lines of IMAP, as they are read and written. */

#include "mail/rungs-imap-line.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"

#define LONGEST_LINE (64 * 1024)
#define LONGEST_LITERAL (8 * 1024 * 1024)
#define MOST_LITERALS 16

/* ---- errors */

gboolean
rungs_imap_fail_odd (GError **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("the mailbox's server says something that no mail server should"));
  return FALSE;
}

gboolean
rungs_imap_fail_network (GError  *cause,
                         GError **error)
{
  if (rungs_error_is_cancelled (cause)
      || cause->domain == RUNGS_ERROR)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  if (cause->domain == G_TLS_ERROR)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                 _ ("a safe connection to the mailbox's server cannot be made: %s"),
                 cause->message);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK,
                         _ ("the mailbox's server did not answer in time"));
  else
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NETWORK,
                 _ ("the mailbox's server cannot be reached: %s"), cause->message);
  g_error_free (cause);
  return FALSE;
}

void
rungs_imap_line_clear (RungsImapLine *self)
{
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->literals);
}

static gboolean
fill (GBufferedInputStream *in,
      GCancellable         *cancellable,
      GError              **error)
{
  g_autoptr (GError) cause = NULL;
  gssize read = g_buffered_input_stream_fill (in, -1, cancellable, &cause);

  if (read > 0)
    return TRUE;
  if (read == 0)
    cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                                 _ ("it closed the connection"));
  return rungs_imap_fail_network (g_steal_pointer (&cause), error);
}

/* Appends what follows up to the line end, without it. */
static gboolean
read_text (GBufferedInputStream *in,
           GString              *text,
           GCancellable         *cancellable,
           GError              **error)
{
  for (;;)
    {
      gsize available = 0;
      const char *bytes = g_buffered_input_stream_peek_buffer (in, &available);
      const char *end = available > 0 ? memchr (bytes, '\n', available) : NULL;
      gsize taken = end ? (gsize) (end - bytes) : available;

      if (text->len + taken > LONGEST_LINE || (taken > 0 && memchr (bytes, '\0', taken) != NULL))
        return rungs_imap_fail_odd (error);
      g_string_append_len (text, bytes, (gssize) taken);
      if (taken + (end != NULL) > 0
          && g_input_stream_skip (G_INPUT_STREAM (in), taken + (end != NULL), cancellable,
                                  error)
               < 0)
        return FALSE;
      if (end != NULL)
        break;
      if (!fill (in, cancellable, error))
        return FALSE;
    }
  if (g_str_has_suffix (text->str, "\r"))
    g_string_truncate (text, text->len - 1);
  return TRUE;
}

/* Takes "{12}" off the end of the text. Returns: 12; -1 where there is none, or too large a one. */
static gssize
take_literal_mark (GString *text)
{
  const char *brace = strrchr (text->str, '{');
  guint64 size = 0;
  const char *end = NULL;

  if (brace == NULL || !g_str_has_suffix (text->str, "}") || !g_ascii_isdigit (brace[1]))
    return -1;
  size = g_ascii_strtoull (brace + 1, (char **) &end, 10);
  if (end[0] != '}' || end[1] != '\0')
    return -1;
  g_string_truncate (text, (gsize) (brace - text->str));
  return size <= LONGEST_LITERAL ? (gssize) size : G_MAXSSIZE;
}

static GBytes *
read_literal (GBufferedInputStream *in,
              gsize                 size,
              GCancellable         *cancellable,
              GError              **error)
{
  g_autofree char *bytes = g_malloc (size + 1);
  gsize done = 0;

  while (done < size)
    {
      gsize available = g_buffered_input_stream_get_available (in);
      gssize read;

      if (available == 0)
        {
          if (!fill (in, cancellable, error))
            return NULL;
          continue;
        }
      read = g_input_stream_read (G_INPUT_STREAM (in), bytes + done,
                                  MIN (available, size - done), cancellable, error);
      if (read <= 0)
        return NULL;
      done += (gsize) read;
    }
  return g_bytes_new_take (g_steal_pointer (&bytes), size);
}

static void
line_init (RungsImapLine *self)
{
  self->text = g_string_new (NULL);
  self->literals = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

gboolean
rungs_imap_line_read (GBufferedInputStream *in,
                      RungsImapLine        *line,
                      GCancellable         *cancellable,
                      GError              **error)
{
  gssize size;

  line_init (line);
  do
    {
      GBytes *literal;

      if (!read_text (in, line->text, cancellable, error))
        return FALSE;
      size = take_literal_mark (line->text);
      if (size < 0)
        return TRUE;
      if (size > LONGEST_LITERAL || line->literals->len == MOST_LITERALS)
        return rungs_imap_fail_odd (error);
      literal = read_literal (in, (gsize) size, cancellable, error);
      if (literal == NULL)
        return FALSE;
      g_ptr_array_add (line->literals, literal);
      g_string_append (line->text, "{}");
    }
  while (TRUE);
}

/* ---- what we say */

char *
rungs_imap_dup_quoted (const char *text,
                       GError    **error)
{
  GString *quoted = g_string_new ("\"");

  for (const char *p = text; *p != '\0'; p++)
    {
      if ((guchar) *p < ' ' || (guchar) *p >= 0x7f)
        {
          g_string_free (quoted, TRUE);
          g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("“%s” has characters that the mailbox's server does not understand"),
                       text);
          return NULL;
        }
      if (*p == '"' || *p == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

char *
rungs_imap_dup_folder (const char *folder)
{
  GString *encoded = g_string_new (NULL);

  for (const char *p = folder; *p != '\0';)
    {
      g_autofree gunichar2 *utf16 = NULL;
      g_autofree char *base64 = NULL;
      const char *end = p;
      glong n = 0;

      if ((guchar) *p < 0x80)
        {
          g_string_append (encoded, *p == '&' ? "&-" : "");
          if (*p != '&')
            g_string_append_c (encoded, *p);
          p++;
          continue;
        }
      while ((guchar) *end >= 0x80)
        end++;
      utf16 = g_utf8_to_utf16 (p, end - p, NULL, &n, NULL);
      for (glong i = 0; i < n; i++)
        utf16[i] = GUINT16_TO_BE (utf16[i]);
      base64 = g_base64_encode ((const guchar *) utf16, (gsize) n * 2);
      g_strdelimit (base64, "/", ',');
      *strchrnul (base64, '=') = '\0';
      g_string_append_printf (encoded, "&%s-", base64);
      p = end;
    }
  return g_string_free (encoded, FALSE);
}
