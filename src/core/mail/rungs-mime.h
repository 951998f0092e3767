/* rungs-mime.h: a message as bytes, as SMTP wants them (RFC 5322, MIME). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A picture that the HTML shows as <img src="cid:…">. */
typedef struct
{
  const char *content_id; /* without < > */
  const char *media_type;
  const char *name; /* what people call it; its file name has the ending of its type */
  GBytes *bytes;
} RungsMimePicture;

/* All texts are UTF-8. Whatever could end a header early, or turn a name around (line ends,
 * control characters, bidirectional overrides), is taken out of names and subject, not trusted
 * to be absent. */
typedef struct
{
  const char *from_name; /* may be empty */
  const char *from_email;
  const char *to_name; /* may be empty */
  const char *to_email;
  const char *reply_to; /* may be empty: from_email */
  const char *subject;
  const char *text;
  const char *html;       /* (nullable) NULL: plain text only */
  gboolean is_encoded;    /* the texts are quoted-printable, whatever they hold */
  const RungsMimePicture *pictures; /* of the HTML; they are sent inside it (RFC 2387) */
  guint n_pictures;
  const char *message_id; /* without < > */
  gint64 date;
  GTimeZone *zone;         /* (nullable) in which the date is written; NULL: UTC */
  const char *unsubscribe; /* (nullable) List-Unsubscribe, a URL: "mailto:…" (RFC 2369) */
  const char *unsubscribe_web; /* (nullable) before it, "https://…", at which one POST is enough
                                * (RFC 8058) */
  const char *list_name;   /* (nullable) List-ID: the name of the business, with … */
  const char *list_id;     /* … "uuid.example.com", no spaces (RFC 2919) */
} RungsMime;

/* Lines end in CR LF and are shorter than 998 bytes, all of them ASCII unless an address is not.
 * The same message gives the same bytes. Errors: INVALID (an address or a Message-ID that cannot
 * stand in a header). */
GBytes *rungs_mime_compose (const RungsMime  *message,
                            GError          **error);

/* Makes GMime ready; once is enough, from any thread. */
void rungs_mime_init (void);

G_END_DECLS
