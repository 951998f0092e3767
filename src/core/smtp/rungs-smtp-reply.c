/* rungs-smtp-reply.c: the bytes that a mail server sends, as replies. */

#include "smtp/rungs-smtp-reply.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"

#define LINE_MOST 4096
#define TEXT_MOST (64 * 1024)
#define REPLY_MOST (1024 * 1024)

struct _RungsSmtpReplyReader
{
  GByteArray *waiting; /* (owned): from `at` on it was not looked at */
  guint at;
  GString *line; /* (owned): so far; what is too much of it is left out */
  GString *text; /* (owned) (nullable): the lines of the reply so far */
  gsize size;    /* of the reply so far, as it came */
};

void
rungs_smtp_reply_clear (RungsSmtpReply *self)
{
  g_return_if_fail (self != NULL);

  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  *self = (RungsSmtpReply){ 0 };
}

RungsSmtpReplyReader *
rungs_smtp_reply_reader_new (void)
{
  RungsSmtpReplyReader *self = g_new0 (RungsSmtpReplyReader, 1);

  self->waiting = g_byte_array_new ();
  self->line = g_string_new (NULL);
  return self;
}

void
rungs_smtp_reply_reader_free (RungsSmtpReplyReader *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->waiting);
  g_string_free (self->line, TRUE);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_free (self);
}

void
rungs_smtp_reply_reader_feed (RungsSmtpReplyReader *self,
                              const guint8         *bytes,
                              gsize                 length)
{
  g_return_if_fail (self != NULL);

  if (self->at == self->waiting->len)
    {
      g_byte_array_set_size (self->waiting, 0);
      self->at = 0;
    }
  g_byte_array_append (self->waiting, bytes, (guint) length);
}

gboolean
rungs_smtp_reply_reader_has_more (RungsSmtpReplyReader *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->at < self->waiting->len || self->line->len > 0 || self->text != NULL;
}

/* The code of a reply line; 0 where it is none. */
static int
parse_code (const GString *line)
{
  const char *s = line->str;

  if (line->len < 3 || s[0] < '2' || s[0] > '5' || !g_ascii_isdigit (s[1])
      || !g_ascii_isdigit (s[2]))
    return 0;
  if (line->len > 3 && s[3] != '-' && s[3] != ' ')
    return 0;
  return (s[0] - '0') * 100 + (s[1] - '0') * 10 + (s[2] - '0');
}

/* The line has ended. Returns the code, where the reply has ended with it; 0: it has not;
 * -1: it is no reply. */
static int
end_line (RungsSmtpReplyReader *self)
{
  gboolean last;
  int code;

  if (self->line->len > 0 && self->line->str[self->line->len - 1] == '\r')
    g_string_truncate (self->line, self->line->len - 1);
  code = parse_code (self->line);
  last = code != 0 && (self->line->len == 3 || self->line->str[3] == ' ');

  if (self->text == NULL)
    self->text = g_string_new (NULL);
  if (self->text->len + self->line->len + 2 <= TEXT_MOST)
    {
      g_string_append_len (self->text, self->text->len > 0 ? "\r\n" : "", -1);
      g_string_append_len (self->text, self->line->str, (gssize) self->line->len);
    }
  g_string_truncate (self->line, 0);
  if (code == 0)
    return -1;
  return last ? code : 0;
}

gboolean
rungs_smtp_reply_reader_next (RungsSmtpReplyReader *self,
                              RungsSmtpReply       *reply,
                              GError              **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (reply != NULL && reply->text == NULL, FALSE);

  while (self->at < self->waiting->len)
    {
      guint8 byte = self->waiting->data[self->at++];
      int code = 0;

      if (byte == '\n')
        code = end_line (self);
      else if (self->line->len < LINE_MOST)
        g_string_append_c (self->line, byte == '\0' ? ' ' : (char) byte);

      if (code < 0 || ++self->size > REPLY_MOST)
        {
          g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                               _ ("what it says is not what mail servers say"));
          return FALSE;
        }
      if (code > 0)
        {
          *reply = (RungsSmtpReply){ code, g_steal_pointer (&self->text) };
          self->size = 0;
          return TRUE;
        }
    }
  return FALSE;
}
