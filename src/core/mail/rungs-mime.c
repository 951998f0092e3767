/* rungs-mime.c: a message as bytes.
 *
 * GMime encodes the parts; the message is put together here, because GMime's tree of objects takes
 * three times as long. */

#include "mail/rungs-mime.h"

#include <glib/gi18n.h>
#include <gmime/gmime.h>
#include <string.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "mail/rungs-mime-header.h"
#include "mail/rungs-picture.h"

#define LONGEST_PLAIN_LINE 900 /* bytes; what is longer is sent as quoted-printable */
#define LONGEST_NAME 200       /* characters */

void
rungs_mime_init (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      g_mime_init ();
      g_once_init_leave (&done, 1);
    }
}

/* ---- headers */

static gboolean
append_mailbox (GString     *out,
                const char  *header,
                const char  *name,
                const char  *email,
                GError     **error)
{
  g_autofree char *clean_name = rungs_mime_clean_line (name, LONGEST_NAME);
  g_autofree char *address = rungs_email_for_smtp (email, error);
  g_autofree char *clean_address = NULL;

  if (address == NULL)
    return FALSE;
  clean_address = rungs_mime_clean_line (address, G_MAXLONG);
  if (strcmp (address, clean_address) != 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("the address “%s” has characters that are not shown"), clean_address);
      return FALSE;
    }
  rungs_mime_append_phrase (out, header, clean_name, address);
  return TRUE;
}

/* What stands between brackets and is for machines: a Message-ID, a List-Id, a URL. */
static gboolean
check_token (const char  *header,
             const char  *token,
             GError     **error)
{
  gboolean is_good = *token != '\0' && strlen (token) <= LONGEST_PLAIN_LINE;

  for (const char *p = token; is_good && *p != '\0'; p++)
    is_good = g_ascii_isgraph (*p) && *p != '<' && *p != '>';
  if (!is_good)
    {
      g_autofree char *shown = rungs_mime_clean_line (token, 100);

      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("“%s” cannot be the %s of a message"), shown, header);
    }
  return is_good;
}

static gboolean
append_unsubscribe (GString          *out,
                    const RungsMime  *mime,
                    GError          **error)
{
  if (mime->unsubscribe == NULL)
    return TRUE;
  if (!check_token ("List-Unsubscribe", mime->unsubscribe, error))
    return FALSE;
  if (mime->unsubscribe_web == NULL)
    {
      rungs_mime_append_phrase (out, "List-Unsubscribe", "", mime->unsubscribe);
      return TRUE;
    }
  if (!check_token ("List-Unsubscribe", mime->unsubscribe_web, error))
    return FALSE;
  g_string_append_printf (out,
                          "List-Unsubscribe: <%s>,\r\n <%s>\r\n"
                          "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
                          mime->unsubscribe_web, mime->unsubscribe);
  return TRUE;
}

static gboolean
append_list_headers (GString          *out,
                     const RungsMime  *mime,
                     GError          **error)
{
  if (mime->list_id != NULL)
    {
      g_autofree char *name =
          rungs_mime_clean_line (mime->list_name ? mime->list_name : "", LONGEST_NAME);

      if (!check_token ("List-Id", mime->list_id, error))
        return FALSE;
      rungs_mime_append_phrase (out, "List-Id", name, mime->list_id);
    }
  return append_unsubscribe (out, mime, error);
}

/* RFC 5322, 3.3; its names of days and months are English. */
static void
append_date (GString         *out,
             const RungsMime *mime)
{
  g_autoptr (GDateTime) date = rungs_time_in_zone (mime->date, mime->zone);
  g_autofree char *text = g_mime_utils_header_format_date (date);

  rungs_mime_append_text (out, "Date", text);
}

static gboolean
append_headers (GString          *out,
                const RungsMime  *mime,
                GError          **error)
{
  g_autofree char *subject = rungs_mime_clean_line (mime->subject, G_MAXLONG);

  append_date (out, mime);
  if (!append_mailbox (out, "From", mime->from_name, mime->from_email, error)
      || !append_mailbox (out, "To", mime->to_name, mime->to_email, error))
    return FALSE;
  if (mime->reply_to != NULL && *mime->reply_to != '\0'
      && !append_mailbox (out, "Reply-To", "", mime->reply_to, error))
    return FALSE;
  if (!check_token ("Message-ID", mime->message_id, error))
    return FALSE;

  rungs_mime_append_phrase (out, "Message-ID", "", mime->message_id);
  rungs_mime_append_text (out, "Subject", subject);
  if (!append_list_headers (out, mime, error))
    return FALSE;
  g_string_append (out, "MIME-Version: 1.0\r\n");
  return TRUE;
}

/* ---- parts */

/* The text with every line end as LF, and one at its end. */
static char *
unify_line_ends (const char *text)
{
  GString *unified = g_string_sized_new (strlen (text) + 1);

  for (const char *p = text; *p != '\0'; p++)
    if (*p != '\r')
      g_string_append_c (unified, *p);
    else if (p[1] != '\n')
      g_string_append_c (unified, '\n');
  if (unified->len > 0 && unified->str[unified->len - 1] != '\n')
    g_string_append_c (unified, '\n');
  return g_string_free (unified, FALSE);
}

static gboolean
needs_encoding (const char *text)
{
  gsize line = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      line = *p == '\n' ? 0 : line + 1;
      if ((guchar) *p >= 0x7F || ((guchar) *p < ' ' && *p != '\n' && *p != '\t')
          || line > LONGEST_PLAIN_LINE)
        return TRUE;
    }
  return FALSE;
}

static void
append_with_crlf (GString    *out,
                  const char *text,
                  gsize       length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *line_end = memchr (text, '\n', end - text);

      g_string_append_len (out, text, (line_end ? line_end : end) - text);
      if (line_end != NULL)
        g_string_append_len (out, "\r\n", 2);
      text = line_end ? line_end + 1 : end;
    }
}

static void
append_quoted_printable (GString    *out,
                         const char *text)
{
  GMimeEncoding encoder;
  gsize length = strlen (text);
  g_autofree char *encoded = NULL;

  g_mime_encoding_init_encode (&encoder, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  encoded = g_malloc (g_mime_encoding_outlen (&encoder, length));
  length = g_mime_encoding_flush (&encoder, text, length, encoded);
  append_with_crlf (out, encoded, length);
}

static void
append_part (GString         *out,
             const RungsMime *mime,
             const char      *subtype,
             const char      *text)
{
  g_autofree char *unified = unify_line_ends (text);
  gboolean is_encoded = mime->is_encoded || needs_encoding (unified);

  g_string_append_printf (out,
                          "Content-Type: text/%s; charset=utf-8\r\n"
                          "Content-Transfer-Encoding: %s\r\n\r\n",
                          subtype, is_encoded ? "quoted-printable" : "7bit");
  if (is_encoded)
    append_quoted_printable (out, unified);
  else
    append_with_crlf (out, unified, strlen (unified));
}

/* The name of the file: of the picture what a file name may hold, and the ending of its type. */
static char *
dup_file_name (const RungsMimePicture *picture)
{
  g_autofree char *key = rungs_picture_dup_key (picture->name);
  const char *subtype = strrchr (picture->media_type, '/');
  gboolean is_jpeg = strcmp (picture->media_type, "image/jpeg") == 0;

  return g_strdup_printf ("%s.%s", key, is_jpeg ? "jpg" : subtype ? subtype + 1 : "bin");
}

static void
append_base64 (GString *out,
               GBytes  *bytes)
{
  GMimeEncoding encoder;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *encoded = NULL;

  g_mime_encoding_init_encode (&encoder, GMIME_CONTENT_ENCODING_BASE64);
  encoded = g_malloc (g_mime_encoding_outlen (&encoder, length));
  length = g_mime_encoding_flush (&encoder, data, length, encoded);
  append_with_crlf (out, encoded, length);
}

static void
append_picture (GString                *out,
                const RungsMimePicture *picture)
{
  g_autofree char *name = dup_file_name (picture);

  g_string_append_printf (out,
                          "Content-Type: %s; name=\"%s\"\r\n"
                          "Content-Transfer-Encoding: base64\r\n"
                          "Content-ID: <%s>\r\n"
                          "Content-Disposition: inline; filename=\"%s\"\r\n\r\n",
                          picture->media_type, name, picture->content_id, name);
  append_base64 (out, picture->bytes);
}

/* The HTML, with its pictures where there are any. */
static void
append_html (GString         *out,
             const RungsMime *mime,
             const char      *hash)
{
  if (mime->n_pictures == 0)
    {
      append_part (out, mime, "html", mime->html);
      return;
    }
  g_string_append_printf (out,
                          "Content-Type: multipart/related; type=\"text/html\";\r\n"
                          " boundary=\"=_r%s\"\r\n\r\n--=_r%s\r\n",
                          hash, hash);
  append_part (out, mime, "html", mime->html);
  for (guint i = 0; i < mime->n_pictures; i++)
    {
      g_string_append_printf (out, "\r\n--=_r%s\r\n", hash);
      append_picture (out, &mime->pictures[i]);
    }
  g_string_append_printf (out, "\r\n--=_r%s--\r\n", hash);
}

/* The boundary follows from the Message-ID, so that the same message gives the same bytes.
 * Before its "=_" stand two hyphens: in quoted-printable that cannot come up, in other text it
 * hardly will. */
static void
append_alternatives (GString         *out,
                     const RungsMime *mime)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, mime->message_id, -1);

  hash[32] = '\0';
  g_string_append_printf (out, "Content-Type: multipart/alternative;\r\n boundary=\"=_%s\"\r\n\r\n",
                          hash);
  g_string_append_printf (out, "--=_%s\r\n", hash);
  append_part (out, mime, "plain", mime->text);
  g_string_append_printf (out, "\r\n--=_%s\r\n", hash);
  append_html (out, mime, hash);
  g_string_append_printf (out, "\r\n--=_%s--\r\n", hash);
}

GBytes *
rungs_mime_compose (const RungsMime  *mime,
                    GError          **error)
{
  g_autoptr (GString) out = NULL;

  g_return_val_if_fail (mime != NULL, NULL);

  out = g_string_sized_new (16384);
  if (!append_headers (out, mime, error))
    return NULL;
  if (mime->html != NULL)
    append_alternatives (out, mime);
  else
    append_part (out, mime, "plain", mime->text);
  return g_string_free_to_bytes (g_steal_pointer (&out));
}
