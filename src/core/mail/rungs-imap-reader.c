/* rungs-imap-reader.c: a folder of an IMAP mailbox.
 *
 * A mail's key is its UID. How far the folder was read is kept as the UID of its last mail; where
 * the server has given new UIDs (another validity), it is read as if for the first time, and what
 * was taken before is known by its hash. */

#include "mail/rungs-imap-reader.h"

#include "mail/rungs-imap.h"

struct _RungsImapReader
{
  RungsMailFolder parent_instance;

  RungsMailbox *mailbox;       /* (owned) */
  RungsSmtpSettings *settings; /* (owned) */
  RungsAccess *access;         /* (owned) (nullable) */
  RungsImap *imap;             /* (owned) (nullable) */
  guint32 validity;
};

G_DEFINE_FINAL_TYPE (RungsImapReader, rungs_imap_reader, RUNGS_TYPE_MAIL_FOLDER)

static gboolean
connect (RungsImapReader *self,
         GCancellable    *cancellable,
         GError         **error)
{
  if (self->imap == NULL)
    self->imap = self->access != NULL
                   ? rungs_access_open_imap (self->access, self->settings, cancellable, error)
                   : rungs_imap_open (self->settings, cancellable, error);
  return self->imap != NULL;
}

static gboolean
rungs_imap_reader_list (RungsMailFolder *folder,
                        RungsMailNews   *news,
                        GCancellable    *cancellable,
                        GError         **error)
{
  RungsImapReader *self = RUNGS_IMAP_READER (folder);
  const RungsMailbox *mailbox = self->mailbox;
  g_autoptr (GArray) uids = NULL;
  RungsImapFolder opened;
  gboolean is_first;
  guint begin;

  if (!connect (self, cancellable, error)
      || !rungs_imap_examine (self->imap, mailbox->folder, &opened, cancellable, error))
    return FALSE;
  self->validity = opened.validity;
  is_first = opened.validity != mailbox->validity;
  uids = rungs_imap_list_from (self->imap, is_first ? 1 : mailbox->newest + 1, cancellable, error);
  if (uids == NULL)
    return FALSE;
  begin = is_first && uids->len > RUNGS_MAIL_FOLDER_FIRST ? uids->len - RUNGS_MAIL_FOLDER_FIRST : 0;
  for (guint i = begin; i < uids->len; i++)
    g_ptr_array_add (news->keys, g_strdup_printf ("%u", g_array_index (uids, guint32, i)));
  return TRUE;
}

static guint32
parse_key (const char *key)
{
  return (guint32) g_ascii_strtoull (key, NULL, 10);
}

static GBytes *
rungs_imap_reader_read_headers (RungsMailFolder *folder,
                                const char      *key,
                                GCancellable    *cancellable,
                                GError         **error)
{
  return rungs_imap_read_headers (RUNGS_IMAP_READER (folder)->imap, parse_key (key), cancellable,
                                  error);
}

static GBytes *
rungs_imap_reader_read_mail (RungsMailFolder *folder,
                             const char      *key,
                             gsize            limit,
                             GCancellable    *cancellable,
                             GError         **error)
{
  return rungs_imap_read_mail (RUNGS_IMAP_READER (folder)->imap, parse_key (key), limit,
                               cancellable, error);
}

static gboolean
rungs_imap_reader_note (RungsMailFolder *folder,
                        RungsDb         *db,
                        const char      *key,
                        gboolean         is_last,
                        GError         **error)
{
  RungsImapReader *self = RUNGS_IMAP_READER (folder);

  return key == NULL
         || rungs_mailbox_note (db, self->mailbox->id, self->validity, parse_key (key), error);
}

static void
rungs_imap_reader_finalize (GObject *object)
{
  RungsImapReader *self = RUNGS_IMAP_READER (object);

  g_clear_pointer (&self->imap, rungs_imap_close);
  rungs_smtp_settings_free (self->settings);
  g_clear_pointer (&self->access, rungs_access_unref);
  rungs_mailbox_free (self->mailbox);
  G_OBJECT_CLASS (rungs_imap_reader_parent_class)->finalize (object);
}

static void
rungs_imap_reader_class_init (RungsImapReaderClass *class)
{
  RungsMailFolderClass *folder_class = RUNGS_MAIL_FOLDER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = rungs_imap_reader_finalize;
  folder_class->list = rungs_imap_reader_list;
  folder_class->read_headers = rungs_imap_reader_read_headers;
  folder_class->read_mail = rungs_imap_reader_read_mail;
  folder_class->note = rungs_imap_reader_note;
}

static void
rungs_imap_reader_init (RungsImapReader *self)
{
}

RungsMailFolder *
rungs_imap_reader_new (const RungsMailbox *mailbox,
                       RungsAccess        *access,
                       const char         *secret)
{
  RungsImapReader *self;

  g_return_val_if_fail (mailbox != NULL, NULL);

  self = g_object_new (RUNGS_TYPE_IMAP_READER, NULL);
  self->mailbox = rungs_mailbox_copy (mailbox);
  self->settings = rungs_mailbox_dup_settings (mailbox);
  self->access = access ? rungs_access_ref (access) : NULL;
  if (access == NULL)
    rungs_smtp_settings_set_password (self->settings, secret);
  return RUNGS_MAIL_FOLDER (self);
}
