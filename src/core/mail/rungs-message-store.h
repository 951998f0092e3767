/* rungs-message-store.h: messages: written once, sent often. A message says what it is for and what
 * its reader gets from it; its text is in immutable versions, so that it is known which text was
 * sent. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* A message with its text in use. */
typedef struct
{
  gint64 id;
  char *name;    /* (owned): unique in the file */
  char *purpose; /* (owned): what it is for */
  char *value;   /* (owned): what the reader gets from it */
  gboolean marketing; /* FALSE: transactional, needs no consent */
  char *language;     /* (owned): in which it is written (BCP 47: "de"); empty: the lead's */
  gint64 version;     /* 0: it has no text yet */
  char *subject;      /* (owned): merge language */
  char *preview;      /* (owned): what mail programs show beside the subject */
  char *blocks;       /* (owned): JSON, see mail/rungs-message-body.h */
  gint64 created_at;
  gint64 updated_at;
} RungsMessage;

/* An empty marketing message. */
RungsMessage *rungs_message_new (void);
RungsMessage *rungs_message_copy (const RungsMessage *self);
void rungs_message_free (RungsMessage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMessage, rungs_message_free)

/* One text as the blocks that hold it: [{"type": "text", "text": …}]. */
char *rungs_message_blocks_from_text (const char *text);

/* What the blocks say, parted by blank lines: mail/rungs-block-markdown.h. NULL with INVALID where
 * they are no blocks. */
char *rungs_message_text_from_blocks (const char  *blocks,
                                      GError     **error);

/* Whether they are blocks of text only, so that the text from them says it all. */
gboolean rungs_message_is_text (const char *blocks);

/* Stores a message: a new one where its id is 0, else that one; where subject, preview or blocks
 * differ from the version in use, as a new version. Sets id, version and instants. Errors: INVALID
 * (no name, purpose, value or subject; blocks that are none; a template that is wrong, the error
 * says where), CONFLICT (the name is taken, or a sequence knows the message by its old name),
 * NOT_FOUND. */
gboolean rungs_message_save (RungsDb       *db,
                             RungsMessage  *message,
                             gint64         now,
                             GError       **error);

/* Errors: NOT_FOUND; CONFLICT while it is planned, was sent, or a sequence or a product uses it. */
gboolean rungs_message_remove (RungsDb  *db,
                               gint64    message,
                               GError  **error);

/* By id or name, with the version in use. Errors: NOT_FOUND. */
RungsMessage *rungs_message_load (RungsDb  *db,
                                  gint64    id,
                                  GError  **error);
RungsMessage *rungs_message_load_by_name (RungsDb     *db,
                                          const char  *name,
                                          GError     **error);

/* The message with the text of that version. Errors: NOT_FOUND. */
RungsMessage *rungs_message_load_version (RungsDb  *db,
                                          gint64    version,
                                          GError  **error);

/* A row of the list. */
typedef struct
{
  RungsMessage *message; /* (owned) */
  gint64 sent;
  gint64 planned;
  gint64 last_sent_at; /* 0: never */
} RungsMessageRow;

void rungs_message_row_free (RungsMessageRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMessageRow, rungs_message_row_free)

/* Returns: (transfer full) (element-type RungsMessageRow): all by name. */
GPtrArray *rungs_message_list (RungsDb  *db,
                               GError  **error);

G_END_DECLS
