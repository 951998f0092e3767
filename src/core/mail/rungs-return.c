/* rungs-return.c: what comes back by mail, read from its bytes.
 *
 * What a mail is, is asked in this order, because reports and answers of machines carry the headers
 * of replies too:
 *
 *   1. a multipart/report with a part that says what happened
 *   2. a subject that names one of our messages as the one to have no more of, which our
 *      List-Unsubscribe asks for
 *   3. a report in a shape of its own: from a mail system, with a subject or a header of reports
 *   4. an answer by a machine: it says so itself (Auto-Submitted and its forerunners), or its
 *      subject does
 *   5. an answer: it names what it answers
 *
 * The message that is meant is the one whose headers the report brings along; then what is
 * answered; then what was referred to, the latest first. */

#include "mail/rungs-return.h"

#include <gmime/gmime.h>
#include <string.h>

#include "base/rungs-time.h"
#include "mail/rungs-mime-header.h"
#include "mail/rungs-mime.h"
#include "mail/rungs-return-report.h"
#include "mail/rungs-return-words.h"

/* Bytes of a mail, and of one of its parts, that are read. */
#define MOST_BYTES (2 * 1024 * 1024)
#define MOST_PART_BYTES (256 * 1024)

#define MOST_DEPTH 20
#define MOST_ABOUT 50
#define LONGEST_LINE 500

static const char *const KINDS[] = {
  [RUNGS_RETURN_OTHER] = "other",         [RUNGS_RETURN_BOUNCE] = "bounce",
  [RUNGS_RETURN_BLOCKED] = "blocked",     [RUNGS_RETURN_DELAY] = "delay",
  [RUNGS_RETURN_COMPLAINT] = "complaint", [RUNGS_RETURN_UNSUBSCRIBE] = "unsubscribe",
  [RUNGS_RETURN_ABSENCE] = "absence",     [RUNGS_RETURN_REPLY] = "reply",
};

/* What the parts of a mail hold. */
typedef struct
{
  RungsReturn *read;
  char *status;   /* (owned) (nullable) of a message/delivery-status */
  char *feedback; /* (owned) (nullable) of a message/feedback-report */
  char *text;     /* (owned) (nullable) the first text that is plain … */
  char *html;     /* (owned) (nullable) … and the first that is HTML */
} Parts;

const char *
rungs_return_kind_to_text (RungsReturnKind kind)
{
  g_return_val_if_fail (kind <= RUNGS_RETURN_REPLY, NULL);

  return KINDS[kind];
}

RungsReturnKind
rungs_return_kind_from_text (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_strcmp0 (text, KINDS[i]) == 0)
      return (RungsReturnKind) i;
  return RUNGS_RETURN_OTHER;
}

void
rungs_return_free (RungsReturn *self)
{
  if (self == NULL)
    return;
  g_free (self->message_id);
  g_ptr_array_unref (self->about);
  g_free (self->from);
  g_free (self->from_name);
  g_free (self->recipient);
  g_free (self->status);
  g_free (self->subject);
  g_free (self->words);
  g_free (self);
}

static RungsReturn *
return_new (void)
{
  RungsReturn *self = g_new0 (RungsReturn, 1);

  self->about = g_ptr_array_new_with_free_func (g_free);
  self->message_id = g_strdup ("");
  self->from = g_strdup ("");
  self->from_name = g_strdup ("");
  self->recipient = g_strdup ("");
  self->status = g_strdup ("");
  self->subject = g_strdup ("");
  self->words = g_strdup ("");
  return self;
}

static char *
clean (const char *text)
{
  return rungs_mime_clean_line (text ? text : "", LONGEST_LINE);
}

static void
set_text (char **text,
          char  *value)
{
  g_free (*text);
  *text = value;
}

/* ---- which messages it is about */

static void
add_about (RungsReturn *self,
           const char  *message_id)
{
  g_autofree char *id = clean (message_id);

  if (*id != '\0' && self->about->len < MOST_ABOUT
      && !g_ptr_array_find_with_equal_func (self->about, id, g_str_equal, NULL))
    g_ptr_array_add (self->about, g_steal_pointer (&id));
}

/* The Message-IDs of a header, the last first. */
static void
add_references (RungsReturn *self,
                GMimeObject *object,
                const char  *header)
{
  const char *value = g_mime_object_get_header (object, header);
  GMimeReferences *references = value ? g_mime_references_parse (NULL, value) : NULL;

  for (int i = references ? g_mime_references_length (references) - 1 : -1; i >= 0; i--)
    add_about (self, g_mime_references_get_message_id (references, i));
  if (references != NULL)
    g_mime_references_free (references);
}

/* The Message-ID in headers that stand in a text, as bounces quote them. */
static void
add_quoted (RungsReturn *self,
            const char  *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("^[> \\t]*Message-ID:\\s*<([^<>\\s]{3,400})>",
                                          G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  for (gboolean found = g_regex_match (regex, text, 0, &match); found;
       found = g_match_info_next (match, NULL))
    {
      g_autofree char *id = g_match_info_fetch (match, 1);

      add_about (self, id);
    }
}

/* ---- parts */

/* Its text in UTF-8. */
static char *
read_text (GMimeObject *object)
{
  g_autofree char *text = NULL;

  if (GMIME_IS_TEXT_PART (object))
    text = g_mime_text_part_get_text (GMIME_TEXT_PART (object));
  if (text == NULL && GMIME_IS_PART (object))
    {
      GMimeDataWrapper *content = g_mime_part_get_content (GMIME_PART (object));
      GMimeStream *stream = g_mime_stream_mem_new ();
      GByteArray *bytes = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));

      if (content != NULL && g_mime_data_wrapper_write_to_stream (content, stream) >= 0)
        text = g_strndup ((const char *) bytes->data, MIN (bytes->len, MOST_PART_BYTES));
      g_object_unref (stream);
    }
  if (text != NULL && strlen (text) > MOST_PART_BYTES)
    text[MOST_PART_BYTES] = '\0';
  return g_utf8_make_valid (text ? text : "", -1);
}

static void
keep_text (char        **place,
           GMimeObject  *object)
{
  if (*place == NULL)
    *place = read_text (object);
}

static void
take_leaf (Parts       *self,
           GMimeObject *object)
{
  GMimeContentType *type = g_mime_object_get_content_type (object);

  if (g_mime_content_type_is_type (type, "message", "delivery-status")
      || g_mime_content_type_is_type (type, "message", "global-delivery-status"))
    keep_text (&self->status, object);
  else if (g_mime_content_type_is_type (type, "message", "feedback-report"))
    keep_text (&self->feedback, object);
  else if (g_mime_content_type_is_type (type, "text", "rfc822-headers")
           || g_mime_content_type_is_type (type, "message", "global-headers"))
    {
      g_autofree char *headers = read_text (object);

      add_quoted (self->read, headers);
    }
  else if (g_mime_content_type_is_type (type, "text", "html"))
    keep_text (&self->html, object);
  else if (g_mime_content_type_is_type (type, "text", "plain"))
    keep_text (&self->text, object);
}

/* A mail within the mail is what the report is about: of it only the headers count. */
static void
take_part (Parts       *self,
           GMimeObject *object,
           guint        depth)
{
  if (object == NULL || depth > MOST_DEPTH)
    return;
  if (GMIME_IS_MESSAGE_PART (object))
    {
      GMimeMessage *inner = g_mime_message_part_get_message (GMIME_MESSAGE_PART (object));

      if (inner != NULL)
        add_about (self->read, g_mime_message_get_message_id (inner));
    }
  else if (GMIME_IS_MULTIPART (object))
    for (int i = 0; i < g_mime_multipart_get_count (GMIME_MULTIPART (object)); i++)
      take_part (self, g_mime_multipart_get_part (GMIME_MULTIPART (object), i), depth + 1);
  else
    take_leaf (self, object);
}

static void
parts_clear (Parts *self)
{
  g_free (self->status);
  g_free (self->feedback);
  g_free (self->text);
  g_free (self->html);
}

/* ---- headers */

static void
read_sender (RungsReturn  *self,
             GMimeMessage *message)
{
  InternetAddressList *from = g_mime_message_get_from (message);
  InternetAddress *first = from != NULL && internet_address_list_length (from) > 0
                             ? internet_address_list_get_address (from, 0)
                             : NULL;

  if (first == NULL || !INTERNET_ADDRESS_IS_MAILBOX (first))
    return;
  set_text (&self->from, clean (internet_address_mailbox_get_addr (
                           INTERNET_ADDRESS_MAILBOX (first))));
  set_text (&self->from_name, clean (internet_address_get_name (first)));
}

static void
read_headers (RungsReturn  *self,
              GMimeMessage *message)
{
  GDateTime *date = g_mime_message_get_date (message);

  read_sender (self, message);
  set_text (&self->message_id, clean (g_mime_message_get_message_id (message)));
  set_text (&self->subject, clean (g_mime_message_get_subject (message)));
  self->date = date ? rungs_time_from_date_time (date) : 0;
}

static gboolean
header_begins (GMimeMessage *message,
               const char   *header,
               const char   *prefix)
{
  const char *value = g_mime_object_get_header (GMIME_OBJECT (message), header);

  while (value != NULL && g_ascii_isspace (*value))
    value++;
  return value != NULL && g_ascii_strncasecmp (value, prefix, strlen (prefix)) == 0;
}

static gboolean
has_header (GMimeMessage *message,
            const char   *header)
{
  return header_begins (message, header, "");
}

/* ---- what it is */

/* "unsubscribe 3a2c4714-9ef8@example.com": the Message-ID; NULL where the subject is not that. */
static char *
find_unsubscribed (const char *subject)
{
  g_autoptr (GRegex) regex = g_regex_new ("^(?:\\w{1,4}:\\s*)*unsubscribe\\s+(\\S{3,400}@\\S+)$",
                                          G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, subject, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

static gboolean
comes_from_mail_system (const RungsReturn *self,
                        GMimeMessage      *message)
{
  static const char *const NAMES[] = { "mailer-daemon@", "postmaster@", "mail-daemon@",
                                       "mailerdaemon@", "microsoftexchange" };
  g_autofree char *from = g_utf8_strdown (self->from, -1);

  if (has_header (message, "X-Failed-Recipients") || header_begins (message, "Return-Path", "<>"))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_str_has_prefix (from, NAMES[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_odd_bounce (const RungsReturn *self,
               GMimeMessage      *message)
{
  return comes_from_mail_system (self, message)
         && (rungs_return_subject_is_bounce (self->subject)
             || has_header (message, "X-Failed-Recipients"));
}

static gboolean
is_by_machine (const RungsReturn *self,
               GMimeMessage      *message)
{
  return (has_header (message, "Auto-Submitted")
          && !header_begins (message, "Auto-Submitted", "no"))
         || has_header (message, "X-Autoreply") || has_header (message, "X-Autorespond")
         || has_header (message, "X-Autoresponder")
         || header_begins (message, "Precedence", "auto_reply")
         || header_begins (message, "Precedence", "bulk")
         || rungs_return_subject_is_absence (self->subject);
}

/* What a reader sees of it. */
static char *
dup_shown (const Parts *parts)
{
  if (parts->text != NULL)
    return g_strdup (parts->text);
  return parts->html != NULL ? rungs_return_words_of_html (parts->html) : g_strdup ("");
}

static void
read_odd_bounce (RungsReturn  *self,
                 GMimeMessage *message,
                 const Parts  *parts)
{
  const char *failed = g_mime_object_get_header (GMIME_OBJECT (message), "X-Failed-Recipients");
  g_autofree char *shown = dup_shown (parts);

  if (failed != NULL && strchr (failed, ',') == NULL)
    set_text (&self->recipient, clean (failed));
  rungs_return_report_read_text (self, shown);
  add_quoted (self, shown);
}

static void
judge (RungsReturn  *self,
       GMimeMessage *message,
       const Parts  *parts)
{
  g_autofree char *unsubscribed = find_unsubscribed (self->subject);
  g_autofree char *shown = NULL;

  if (parts->feedback != NULL)
    {
      rungs_return_report_read_feedback (self, parts->feedback);
      return;
    }
  if (parts->status != NULL)
    {
      shown = dup_shown (parts);
      rungs_return_report_read_status (self, parts->status);
      rungs_return_report_read_reason (self, shown);
      return;
    }
  if (unsubscribed != NULL)
    {
      g_ptr_array_set_size (self->about, 0);
      add_about (self, unsubscribed);
      self->kind = RUNGS_RETURN_UNSUBSCRIBE;
      return;
    }
  if (is_odd_bounce (self, message))
    {
      read_odd_bounce (self, message, parts);
      return;
    }
  shown = dup_shown (parts);
  set_text (&self->words, rungs_return_words_of_person (shown));
  if (is_by_machine (self, message))
    self->kind = RUNGS_RETURN_ABSENCE;
  else if (rungs_return_words_are_no (self->words))
    self->kind = RUNGS_RETURN_UNSUBSCRIBE;
  else if (self->about->len > 0)
    self->kind = RUNGS_RETURN_REPLY;
}

static gboolean
is_report (const RungsReturn *self,
           GMimeMessage      *message)
{
  GMimeObject *root = g_mime_message_get_mime_part (message);
  GMimeContentType *type = root ? g_mime_object_get_content_type (root) : NULL;

  return (type != NULL && g_mime_content_type_is_type (type, "multipart", "report"))
         || comes_from_mail_system (self, message);
}

static void
read_message (RungsReturn  *self,
              GMimeMessage *message)
{
  Parts parts = { .read = self };

  read_headers (self, message);
  take_part (&parts, g_mime_message_get_mime_part (message), 0);
  add_references (self, GMIME_OBJECT (message), "In-Reply-To");
  add_references (self, GMIME_OBJECT (message), "References");
  self->is_report = is_report (self, message);
  judge (self, message, &parts);
  parts_clear (&parts);
}

RungsReturn *
rungs_return_read (const char *bytes,
                   gsize       length)
{
  RungsReturn *self = return_new ();
  GMimeStream *stream = NULL;
  GMimeParser *parser = NULL;
  GMimeMessage *message = NULL;

  g_return_val_if_fail (bytes != NULL || length == 0, self);

  rungs_mime_init ();
  stream = g_mime_stream_mem_new_with_buffer (bytes ? bytes : "", MIN (length, MOST_BYTES));
  parser = g_mime_parser_new_with_stream (stream);
  message = g_mime_parser_construct_message (parser, NULL);
  if (message != NULL)
    read_message (self, message);
  g_clear_object (&message);
  g_object_unref (parser);
  g_object_unref (stream);
  return self;
}
