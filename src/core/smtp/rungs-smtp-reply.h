/* rungs-smtp-reply.h: the bytes that a mail server sends, as replies. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One reply: "250-first line", …, "250 last line" (RFC 5321, 4.2). */
typedef struct
{
  int code;      /* of its last line */
  GString *text; /* (owned): its lines, each with its code, parted by CR LF; at most 64 KiB of them;
                    without NUL, but not necessarily UTF-8 */
} RungsSmtpReply;

void rungs_smtp_reply_clear (RungsSmtpReply *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsSmtpReply, rungs_smtp_reply_clear)

typedef struct _RungsSmtpReplyReader RungsSmtpReplyReader;

RungsSmtpReplyReader *rungs_smtp_reply_reader_new (void);
void rungs_smtp_reply_reader_free (RungsSmtpReplyReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSmtpReplyReader, rungs_smtp_reply_reader_free)

/* Gives it what has come; it takes as much at a time as the caller received, and keeps at most a
 * line of what is not a whole reply yet. */
void rungs_smtp_reply_reader_feed (RungsSmtpReplyReader *self,
                                   const guint8         *bytes,
                                   gsize                 length);

/* Takes the next whole reply into `reply`, which is empty. FALSE without an error: more must come
 * first. Errors: INVALID, for good: it is not SMTP, or a reply has no end. */
gboolean rungs_smtp_reply_reader_next (RungsSmtpReplyReader *self,
                                       RungsSmtpReply       *reply,
                                       GError              **error);

/* Whether something has come that belongs to no reply that was taken. */
gboolean rungs_smtp_reply_reader_has_more (RungsSmtpReplyReader *self);

G_END_DECLS
