/* rungs-relay-letter-store.h: messages that the relay is to send, until it is known what became of
 * them. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* One that asks somebody to confirm an address; a row of the table `letter`. */
typedef struct
{
  gint64 id;
  char *once;       /* (owned) the submission that asks for it: hex */
  char *sender;     /* (owned) as SMTP wants them */
  char *recipient;  /* (owned) */
  char *message_id; /* (owned) without < > */
  GBytes *bytes;    /* (owned) */
  gint64 made_at;
  gint64 due_at;
  gint64 tries;
} RungsRelayLetter;

void rungs_relay_letter_free (RungsRelayLetter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelayLetter, rungs_relay_letter_free)

/* Keeps it; where there is one of the same submission, that one counts. */
gboolean rungs_relay_letter_put (RungsDb                 *db,
                                 const RungsRelayLetter  *letter,
                                 GError                 **error);

/* `letter` (out) (transfer full) (nullable): the one that is due first, whenever that is, of those
 * that no server is given; NULL where there is none. */
gboolean rungs_relay_letter_load_first (RungsDb           *db,
                                        RungsRelayLetter **letter,
                                        GError           **error);

/* `letter` (out) (transfer full) (nullable): one that a server was being given when the relay
 * died. */
gboolean rungs_relay_letter_load_lost (RungsDb           *db,
                                       RungsRelayLetter **letter,
                                       GError           **error);

/* A server is given it from now on. */
gboolean rungs_relay_letter_set_out (RungsDb  *db,
                                     gint64    id,
                                     GError  **error);

/* It is not, and is tried again at `due_at`. */
gboolean rungs_relay_letter_postpone (RungsDb  *db,
                                      gint64    id,
                                      gint64    due_at,
                                      GError  **error);

/* What became of it is known. */
gboolean rungs_relay_letter_forget (RungsDb  *db,
                                    gint64    id,
                                    GError  **error);

G_END_DECLS
