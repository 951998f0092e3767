/* rungs-message-proof.h: a message as it is edited, checked and read;
 * for the threads of the store. */

#pragma once

#include <gio/gio.h>

#include "db/rungs-db.h"
#include "mail/rungs-broadcast-check.h"
#include "mail/rungs-message-body.h"
#include "mail/rungs-message-store.h"

G_BEGIN_DECLS

/* What is to be proved. */
typedef struct
{
  RungsMessage *message; /* (owned): need not be stored */
  gint64 lead;           /* who reads it; 0: an invented lead */
} RungsMessageDraft;

void rungs_message_draft_free (RungsMessageDraft *self);

/* What came out. */
typedef struct
{
  RungsMessage *message;       /* (owned): the one that was proved */
  GPtrArray *findings;         /* (owned) (element-type RungsFinding): what blocks first */
  RungsMessageContent content; /* what the lead reads; empty where it cannot be merged */
} RungsMessageProof;

void rungs_message_proof_free (RungsMessageProof *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMessageProof, rungs_message_proof_free)

/* Whether it cannot be stored as it is. */
gboolean rungs_message_proof_has_errors (const RungsMessageProof *self);

/* `data` is a RungsMessageDraft. Returns: a RungsMessageProof. */
gpointer rungs_message_proof_make (RungsDb       *db,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);

/* The same list, with the leads counted of whom a value is missing: that takes longer. `data` is a
 * RungsMessageDraft. Returns: (element-type RungsFinding). */
gpointer rungs_message_proof_count (RungsDb       *db,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* `data` is a gint64 *, the id of a stored message.
 * Returns: a RungsMessageProof for an invented lead. */
gpointer rungs_message_proof_load (RungsDb       *db,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);

/* A lead to read a message as. */
typedef struct
{
  gint64 id;
  char *name; /* (owned) */
} RungsMessageReader;

void rungs_message_reader_free (RungsMessageReader *self);

/* Returns: (element-type RungsMessageReader): the leads that became known last, as a GPtrArray. */
gpointer rungs_message_load_readers (RungsDb       *db,
                                     gpointer       data,
                                     GCancellable  *cancellable,
                                     GError       **error);

/* Stores a RungsMessage. Returns: a gint64 *, its id. */
gpointer rungs_message_do_save (RungsDb       *db,
                                gpointer       data,
                                GCancellable  *cancellable,
                                GError       **error);

/* Removes the message with the id `data` (a gint64 *). Returns: the RungsMessage that it was; with
 * an id of 0 it can be stored again. */
gpointer rungs_message_do_remove (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

G_END_DECLS
