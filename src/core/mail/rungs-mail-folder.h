/* rungs-mail-folder.h: a folder of mails, wherever it is kept, that is read without changing
 * anything in it. Read this first to add another way.
 *
 * It belongs to one thread. Every call blocks, and may fail with NETWORK, AUTH, INVALID, FAILED,
 * and G_IO_ERROR_CANCELLED. */

#pragma once

#include <gio/gio.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* Of a folder that is read for the first time only so many of the newest mails are looked at. */
#define RUNGS_MAIL_FOLDER_FIRST 2000

/* What is new since the folder was last read, or a part of it. */
typedef struct
{
  GPtrArray *keys; /* (owned) (element-type utf8): of mails, in the order in which they came */
  gboolean more;   /* there is another part: ask again when this one has been noted */
  gboolean moved;  /* to be noted although there may be no mails */
} RungsMailNews;

void rungs_mail_news_clear (RungsMailNews *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsMailNews, rungs_mail_news_clear)

#define RUNGS_TYPE_MAIL_FOLDER (rungs_mail_folder_get_type ())

G_DECLARE_DERIVABLE_TYPE (RungsMailFolder, rungs_mail_folder, RUNGS, MAIL_FOLDER, GObject)

struct _RungsMailFolderClass
{
  GObjectClass parent_class;

  gboolean (*list) (RungsMailFolder  *self,
                    RungsMailNews    *news,
                    GCancellable     *cancellable,
                    GError          **error);
  GBytes *(*read_headers) (RungsMailFolder  *self,
                           const char       *key,
                           GCancellable     *cancellable,
                           GError          **error);
  GBytes *(*read_mail) (RungsMailFolder  *self,
                        const char       *key,
                        gsize             limit,
                        GCancellable     *cancellable,
                        GError          **error);
  gboolean (*note) (RungsMailFolder  *self,
                    RungsDb          *db,
                    const char       *key,
                    gboolean          is_last,
                    GError          **error);
};

/* Connects where there is no connection, and lists what is new. */
gboolean rungs_mail_folder_list (RungsMailFolder  *self,
                                 RungsMailNews    *news,
                                 GCancellable     *cancellable,
                                 GError          **error);

/* Returns: (transfer full): the headers of a mail, or its first `limit` bytes. Empty where it has
 * been deleted meanwhile. */
GBytes *rungs_mail_folder_read_headers (RungsMailFolder  *self,
                                        const char       *key,
                                        GCancellable     *cancellable,
                                        GError          **error);
GBytes *rungs_mail_folder_read_mail (RungsMailFolder  *self,
                                     const char       *key,
                                     gsize             limit,
                                     GCancellable     *cancellable,
                                     GError          **error);

/* Writes down, in a transaction, that the folder has been read up to and with that mail (nullable:
 * there was none); `is_last`: of this part. */
gboolean rungs_mail_folder_note (RungsMailFolder  *self,
                                 RungsDb          *db,
                                 const char       *key,
                                 gboolean          is_last,
                                 GError          **error);

G_END_DECLS
