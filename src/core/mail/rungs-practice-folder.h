/* rungs-practice-folder.h: reads what the practice account has written. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One message in the folder. Texts are decoded and may be empty, never NULL. */
typedef struct
{
  char *name;       /* (owned): of its file, without the folder */
  char *from;       /* (owned) */
  char *to;         /* (owned) */
  char *subject;    /* (owned) */
  char *message_id; /* (owned): without < > */
  char *headers;    /* (owned) (nullable): as they were written; only of one that was read */
  char *text;       /* (owned) (nullable): the text part; only of one that was read */
  char *html;       /* (owned) (nullable): the HTML part; only of one that was read and has one */
  gint64 at;        /* when it was written */
  gint64 size;      /* bytes */
} RungsPracticeMail;

void rungs_practice_mail_free (RungsPracticeMail *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPracticeMail, rungs_practice_mail_free)

/* Returns: (transfer full) (element-type RungsPracticeMail): the newest `limit` messages, newest
 * first; empty where there is no folder yet. `total` (nullable) counts all that are there. */
GPtrArray *rungs_practice_folder_list (const char  *folder,
                                       guint        limit,
                                       guint       *total,
                                       GError     **error);

/* Reads the message in the file `name`, with its headers and text. Errors: NOT_FOUND, DAMAGED. */
RungsPracticeMail *rungs_practice_folder_read (const char  *folder,
                                               const char  *name,
                                               GError     **error);

/* A message that is in no file, read the same way: its name is empty,
 * its time 0. Errors: DAMAGED. */
RungsPracticeMail *rungs_practice_mail_from_bytes (GBytes  *bytes,
                                                   GError **error);

/* Whether a message to `address` goes. */
typedef gboolean (*RungsPracticeFunc) (const char *address,
                                       gpointer    data);

/* Removes the messages, whole or half written, of whose receivers `func` says so. `removed`
 * (nullable) counts them. Errors: FAILED. */
gboolean rungs_practice_folder_remove (const char         *folder,
                                       RungsPracticeFunc   func,
                                       gpointer            data,
                                       gint64             *removed,
                                       GError            **error);

G_END_DECLS
