/* rungs-mailbox-store.h: the mailboxes in which replies and returned mail come in. Passwords are in
 * the keyring (mail/rungs-secret.h), under the mailbox's uuid, and never here. */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-jmap-settings.h"
#include "smtp/rungs-smtp-settings.h"

G_BEGIN_DECLS

/**
 * RungsMailboxKind:
 * @RUNGS_MAILBOX_IMAP: read by IMAP (RFC 3501)
 * @RUNGS_MAILBOX_JMAP: read by JMAP (RFC 8621)
 */
typedef enum
{
  RUNGS_MAILBOX_IMAP,
  RUNGS_MAILBOX_JMAP,
} RungsMailboxKind;

typedef struct
{
  gint64 id;
  char *uuid; /* (owned): names the secret */
  char *name; /* (owned): unique in the file */
  RungsMailboxKind kind;
  char *provider; /* (owned): where it signs in by OAUTH: who that was agreed with; else empty */
  char *url;      /* (owned): JMAP: the session resource; else empty */
  char *host;     /* (owned): IMAP, as are the next two */
  guint port; /* 0: 993 with TLS, else 143 */
  RungsSmtpSecurity security;
  RungsSmtpAuth auth; /* AUTO, XOAUTH2, OAUTH or GOA */
  char *username;     /* (owned): GOA: the id of the account there */
  char *ca_file;      /* (owned) */
  char *folder;       /* (owned): "INBOX" */
  guint minutes;      /* between two looks: 1 to 1440 */

  guint32 validity; /* IMAP: how far it was read: see rungs_mailbox_note() */
  guint32 newest;
  char *state;      /* (owned): JMAP: the same; empty: not at all */
  gint64 looked_at; /* 0: never */
  char *trouble;    /* (owned): why the last look failed; empty: it did not */
} RungsMailbox;

/* One with the usual values and no name; its uuid is there at once, for the keyring. */
RungsMailbox *rungs_mailbox_new (void);
RungsMailbox *rungs_mailbox_copy (const RungsMailbox *self);
void rungs_mailbox_free (RungsMailbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMailbox, rungs_mailbox_free)

/* "imap", "jmap". FALSE where `text` is none of them. */
const char *rungs_mailbox_kind_to_text (RungsMailboxKind kind);
gboolean rungs_mailbox_kind_from_text (const char       *text,
                                       RungsMailboxKind *kind);

/* How it is reached by IMAP, or by JMAP; the password is not set. */
RungsSmtpSettings *rungs_mailbox_dup_settings (const RungsMailbox *self);
RungsJmapSettings *rungs_mailbox_dup_jmap_settings (const RungsMailbox *self);

/* Stores a new one. Sets its id. Errors: INVALID (no name, server or user), CONFLICT (the
 * name is taken). */
gboolean rungs_mailbox_add (RungsDb       *db,
                            RungsMailbox  *mailbox,
                            gint64         now,
                            GError       **error);

/* Stores what was edited: all but uuid and how far it was read. With another server, user or folder
 * it is read anew. Errors as above, and NOT_FOUND. */
gboolean rungs_mailbox_save (RungsDb             *db,
                             const RungsMailbox  *mailbox,
                             GError             **error);

/* Errors: NOT_FOUND. */
gboolean rungs_mailbox_remove (RungsDb  *db,
                               gint64    mailbox,
                               GError  **error);

/* How far it has been read: UIDs of that validity, up to that one. */
gboolean rungs_mailbox_note (RungsDb  *db,
                             gint64    mailbox,
                             guint32   validity,
                             guint32   newest,
                             GError  **error);

/* The same, by the state of JMAP (RFC 8620, 5.2). */
gboolean rungs_mailbox_note_state (RungsDb     *db,
                                   gint64       mailbox,
                                   const char  *state,
                                   GError     **error);

/* When it was tried, and why that failed; empty: it did not. */
gboolean rungs_mailbox_note_look (RungsDb     *db,
                                  gint64       mailbox,
                                  gint64       now,
                                  const char  *trouble,
                                  GError     **error);

/* By id or name. Errors: NOT_FOUND. */
RungsMailbox *rungs_mailbox_load (RungsDb  *db,
                                  gint64    id,
                                  GError  **error);
RungsMailbox *rungs_mailbox_load_by_name (RungsDb     *db,
                                          const char  *name,
                                          GError     **error);

/* Returns: (transfer full) (element-type RungsMailbox): by name. */
GPtrArray *rungs_mailbox_list (RungsDb  *db,
                               GError  **error);

G_END_DECLS
