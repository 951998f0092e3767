/* rungs-imap.h: reads a mailbox without changing anything in it (IMAP4rev1, RFC 3501).
 *
 * The folder is opened with EXAMINE and mails are read with BODY.PEEK: what a person has not read
 * yet stays unread. Every call blocks, for at most the time-out; for worker threads and the
 * command line. Errors: NETWORK (the server cannot be reached, or breaks off), AUTH (it does not
 * let us in, or offers no encryption), INVALID (it says what IMAP does not allow, or more than is
 * sensible), FAILED (it refuses, in its words), and G_IO_ERROR_CANCELLED. */

#pragma once

#include <gio/gio.h>

#include "smtp/rungs-smtp-settings.h"

G_BEGIN_DECLS

/* A connection, signed in. */
typedef struct _RungsImap RungsImap;

/* A folder as it is when it is opened. A mail has the same UID as long as the folder has the same
 * validity; newer ones have higher UIDs. */
typedef struct
{
  guint32 validity;
  guint32 mails; /* how many there are */
} RungsImapFolder;

/* Of `settings` host, port (0: 993 with TLS, else 143), security, auth, username, password,
 * ca_file, connect_timeout and reply_timeout count. */
RungsImap *rungs_imap_open (const RungsSmtpSettings  *settings,
                            GCancellable             *cancellable,
                            GError                  **error);

/* Says goodbye, as far as the server listens. */
void rungs_imap_close (RungsImap *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsImap, rungs_imap_close)

/* Opens a folder for reading: "INBOX", or a name in UTF-8 with the server's separators. */
gboolean rungs_imap_examine (RungsImap        *self,
                             const char       *folder,
                             RungsImapFolder  *opened,
                             GCancellable     *cancellable,
                             GError          **error);

/* Returns: (transfer full) (element-type guint32): the UIDs from `first` on, ascending. */
GArray *rungs_imap_list_from (RungsImap     *self,
                              guint32        first,
                              GCancellable  *cancellable,
                              GError       **error);

/* Returns: (transfer full): the headers of a mail, or its first `limit` bytes. Empty where it has
 * been deleted meanwhile. */
GBytes *rungs_imap_read_headers (RungsImap     *self,
                                 guint32        uid,
                                 GCancellable  *cancellable,
                                 GError       **error);
GBytes *rungs_imap_read_mail (RungsImap     *self,
                              guint32        uid,
                              gsize          limit,
                              GCancellable  *cancellable,
                              GError       **error);

G_END_DECLS
