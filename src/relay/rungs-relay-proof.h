/* rungs-relay-proof.h: that somebody took the trouble to fill in a form: time, work or a step.
 *
 * A token is base64url of a byte that says what it is of, the time it was made (8 bytes,
 * milliseconds, the most significant first), 8 random bytes and a seal (wire/rungs-link.h) over
 * these and the form: 44 letters. It counts for a day, and for one submission. The work is a number
 * of at most 10 digits such that SHA-256 of "TOKEN.NUMBER" begins with so many zero bits. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RungsRelayTokenKind:
 * @RUNGS_RELAY_TOKEN_TIME: of a form that is to be filled in
 * @RUNGS_RELAY_TOKEN_STEP: of the page on which a button is pressed
 */
typedef enum
{
  RUNGS_RELAY_TOKEN_TIME = 't',
  RUNGS_RELAY_TOKEN_STEP = 's',
} RungsRelayTokenKind;

typedef enum
{
  RUNGS_RELAY_PROOF_NONE,
  RUNGS_RELAY_PROOF_TIME,
  RUNGS_RELAY_PROOF_WORK,
  RUNGS_RELAY_PROOF_STEP,
} RungsRelayProof;

/* What the desktop is told: "time", "work", "step". */
const char *rungs_relay_proof_to_text (RungsRelayProof proof);

/* Returns: (transfer full): a token for a form. `now` in milliseconds. */
char *rungs_relay_token_new (GPtrArray           *seals,
                             RungsRelayTokenKind  kind,
                             const char          *slug,
                             gint64               now);

/* What a submission proves. `token` and `work` (nullable): what was sent; a work that is none
 * counts against it. `seconds` must have gone by since the token was made, `bits` be zero. */
RungsRelayProof rungs_relay_proof_check (GPtrArray  *seals,
                                         const char *slug,
                                         const char *token,
                                         const char *work,
                                         guint       seconds,
                                         guint       bits,
                                         gint64      now);

/* Tokens that have counted. */
typedef struct _RungsRelaySpent RungsRelaySpent;

RungsRelaySpent *rungs_relay_spent_new (void);
void rungs_relay_spent_free (RungsRelaySpent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelaySpent, rungs_relay_spent_free)

/* Whether a token may count for this body: it has not, or has for the same, which is then a
 * submission that was sent twice. */
gboolean rungs_relay_spent_take (RungsRelaySpent *self,
                                 const char      *token,
                                 GBytes          *body);

G_END_DECLS
