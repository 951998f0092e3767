/* rungs-imap-reader.h: a folder of an IMAP mailbox. */

#pragma once

#include "mail/rungs-access.h"
#include "mail/rungs-mail-folder.h"
#include "mail/rungs-mailbox-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_IMAP_READER (rungs_imap_reader_get_type ())

G_DECLARE_FINAL_TYPE (RungsImapReader, rungs_imap_reader, RUNGS, IMAP_READER, RungsMailFolder)

/* Reads on from where `mailbox` says that it was read to. What lets it in is what `access`
 * (nullable) gives, else `secret`. */
RungsMailFolder *rungs_imap_reader_new (const RungsMailbox *mailbox,
                                        RungsAccess        *access,
                                        const char         *secret);

G_END_DECLS
