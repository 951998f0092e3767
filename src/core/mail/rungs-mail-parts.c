/* rungs-mail-parts.c: a message that we composed, taken apart again. */

#include "mail/rungs-mail-parts.h"

#include <glib/gi18n.h>
#include <gmime/gmime.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-mime-header.h"
#include "mail/rungs-mime.h"

#define DEEPEST 10

/* These have blanks of their own, or are made by whoever sends the message. */
static const char *const NOT_EXTRA[] = { "From",         "To",   "Reply-To", "Subject",
                                         "MIME-Version", "Date", NULL };

static void
set_address (RungsBlanks         *blanks,
             const char          *name,
             InternetAddressList *list)
{
  InternetAddress *first
    = list && internet_address_list_length (list) > 0 ? internet_address_list_get_address (list, 0)
                                                      : NULL;
  g_autofree char *name_blank = g_strconcat (name, "_name", NULL);
  g_autofree char *email_blank = g_strconcat (name, "_email", NULL);
  g_autofree char *whole = NULL;

  if (first == NULL || !INTERNET_ADDRESS_IS_MAILBOX (first))
    return;
  whole = internet_address_to_string (first, NULL, FALSE);
  rungs_blanks_set (blanks, name, whole);
  rungs_blanks_set (blanks, name_blank, internet_address_get_name (first));
  rungs_blanks_set (blanks, email_blank,
                    internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (first)));
}

/* RFC 9562, 5.8: a UUID whose bits are our own: the beginning of a hash. */
static char *
dup_uuid (const char *text)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strdup_printf ("%.8s-%.4s-8%.3s-8%.3s-%.12s", hash, hash + 8, hash + 12, hash + 15,
                          hash + 18);
}

/* ---- headers */

static gboolean
is_extra (const char        *name,
          const char *const *left_out)
{
  for (guint i = 0; NOT_EXTRA[i] != NULL; i++)
    if (g_ascii_strcasecmp (NOT_EXTRA[i], name) == 0)
      return FALSE;
  for (guint i = 0; left_out != NULL && left_out[i] != NULL; i++)
    if (g_ascii_strcasecmp (left_out[i], name) == 0)
      return FALSE;
  return g_ascii_strncasecmp (name, "Content-", strlen ("Content-")) != 0;
}

static void
read_headers (GMimeMessage      *message,
              const char *const *left_out,
              RungsBlanks       *blanks)
{
  GMimeHeaderList *headers = g_mime_object_get_header_list (GMIME_OBJECT (message));

  for (int i = 0; i < g_mime_header_list_get_count (headers); i++)
    {
      GMimeHeader *header = g_mime_header_list_get_header_at (headers, i);
      RungsBlanks *item;
      g_autofree char *value = NULL;

      if (!is_extra (g_mime_header_get_name (header), left_out))
        continue;
      value = rungs_mime_clean_line (g_mime_header_get_value (header), G_MAXLONG);
      item = rungs_blanks_add_item (blanks, "headers");
      rungs_blanks_set (item, "name", g_mime_header_get_name (header));
      rungs_blanks_set (item, "value", value);
    }
}

/* ---- parts */

static char *
dup_base64 (GMimePart *part)
{
  GMimeDataWrapper *content = g_mime_part_get_content (part);
  GMimeStream *stream = g_mime_stream_mem_new ();
  GByteArray *bytes = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));
  char *base64;

  if (content != NULL)
    g_mime_data_wrapper_write_to_stream (content, stream);
  base64 = g_base64_encode (bytes->data, bytes->len);
  g_object_unref (stream);
  return base64;
}

static void
read_file (GMimePart   *part,
           RungsBlanks *blanks)
{
  RungsBlanks *item = rungs_blanks_add_item (blanks, "files");
  GMimeContentType *type = g_mime_object_get_content_type (GMIME_OBJECT (part));
  const char *content_id = g_mime_part_get_content_id (part);
  g_autofree char *media_type = g_mime_content_type_get_mime_type (type);
  g_autofree char *base64 = dup_base64 (part);
  g_autofree char *cid = content_id ? g_strconcat ("cid:", content_id, NULL) : NULL;
  const char *name = g_mime_part_get_filename (part);

  rungs_blanks_set (item, "name", name ? name : "file");
  rungs_blanks_set (item, "type", media_type);
  rungs_blanks_set (item, "base64", base64);
  rungs_blanks_set (item, "content_id", content_id);
  rungs_blanks_set (item, "cid", cid);
  rungs_blanks_set (item, "inline", content_id ? "yes" : "");
}

static void
read_part (GMimeObject *object,
           RungsBlanks *blanks,
           guint        depth)
{
  if (depth > DEEPEST || object == NULL)
    return;
  if (GMIME_IS_MULTIPART (object))
    {
      for (int i = 0; i < g_mime_multipart_get_count (GMIME_MULTIPART (object)); i++)
        read_part (g_mime_multipart_get_part (GMIME_MULTIPART (object), i), blanks, depth + 1);
      return;
    }
  if (GMIME_IS_TEXT_PART (object) && !g_mime_part_is_attachment (GMIME_PART (object)))
    {
      GMimeContentType *type = g_mime_object_get_content_type (object);
      const char *blank = g_mime_content_type_is_type (type, "text", "html") ? "html" : "text";
      g_autofree char *text = g_mime_text_part_get_text (GMIME_TEXT_PART (object));

      if (*rungs_blanks_get (blanks, blank) == '\0')
        rungs_blanks_set (blanks, blank, text);
      return;
    }
  if (GMIME_IS_PART (object))
    read_file (GMIME_PART (object), blanks);
}

static void
set_bytes (GBytes      *message,
           RungsBlanks *blanks)
{
  gsize length = 0;
  const guchar *bytes = g_bytes_get_data (message, &length);
  g_autofree char *text = g_strndup ((const char *) bytes, length);
  g_autofree char *base64 = g_base64_encode (bytes, length);

  rungs_blanks_set (blanks, "mime", text);
  rungs_blanks_set (blanks, "mime_base64", base64);
}

static void
read_message (GMimeMessage      *message,
              const char *const *left_out,
              RungsBlanks       *blanks)
{
  const char *id = g_mime_message_get_message_id (message);
  g_autofree char *uuid = dup_uuid (id ? id : "");

  set_address (blanks, "from", g_mime_message_get_from (message));
  set_address (blanks, "to", g_mime_message_get_to (message));
  set_address (blanks, "reply_to", g_mime_message_get_reply_to (message));
  rungs_blanks_set (blanks, "subject", g_mime_message_get_subject (message));
  rungs_blanks_set (blanks, "message_id", id);
  rungs_blanks_set (blanks, "message_uuid", uuid);
  read_headers (message, left_out, blanks);
  read_part (g_mime_message_get_mime_part (message), blanks, 0);
}

/* (transfer full) (nullable) */
static GMimeMessage *
parse (GBytes *bytes)
{
  gsize length = 0;
  const char *begin = g_bytes_get_data (bytes, &length);
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer (begin, length);
  GMimeParser *parser = g_mime_parser_new_with_stream (stream);
  GMimeMessage *message = g_mime_parser_construct_message (parser, NULL);

  g_object_unref (parser);
  g_object_unref (stream);
  return message;
}

gboolean
rungs_mail_parts_read (GBytes             *message,
                       const char *const  *left_out,
                       RungsBlanks        *blanks,
                       GError            **error)
{
  GMimeMessage *parsed;

  g_return_val_if_fail (message != NULL && blanks != NULL, FALSE);

  rungs_mime_init ();
  parsed = parse (message);
  if (parsed == NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("The message cannot be read."));
      return FALSE;
    }
  read_message (parsed, left_out, blanks);
  set_bytes (message, blanks);
  g_object_unref (parsed);
  return TRUE;
}
