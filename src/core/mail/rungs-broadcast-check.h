/* rungs-broadcast-check.h: the check list before many get a message: what keeps it from leaving,
 * and what to know before it does. The same list serves a message of a sequence: a broadcast of it
 * that is not stored, to those whom the sequence is for. */

#pragma once

#include "mail/rungs-broadcast.h"
#include "mail/rungs-message-check.h"
#include "mail/rungs-sender-domain.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_FINDING_BLOCKS, /* it cannot be sent like this */
  RUNGS_FINDING_WARNS,
  RUNGS_FINDING_TELLS,  /* who is left out, and why */
} RungsFindingLevel;

/* "blocks", "warns", "tells". */
const char *rungs_finding_level_to_text (RungsFindingLevel level);

typedef struct
{
  RungsFindingLevel level;
  const char *code; /* "missing-value", "no-consent", …: for --json */
  char *words;      /* (owned): a sentence; "" where `problem` tells */
  RungsMessageProblem *problem; /* (owned) (nullable): of the message itself */
  gint64 leads;     /* that it is about; 0: about none in particular */
  char *rule;       /* (owned) (nullable) JSON: those leads */
} RungsFinding;

void rungs_finding_free (RungsFinding *self);

/* Returns: (transfer full) (element-type RungsFinding): what blocks first. Asks nothing of the
 * network. Counts the leads of the audience a few times: not for a window's main thread. */
GPtrArray *rungs_broadcast_check (RungsDb               *db,
                                  const RungsBroadcast  *broadcast,
                                  gint64                 now,
                                  GError               **error);

/* The domain that its messages come from; NULL where nothing leaves the machine. */
char *rungs_broadcast_dup_domain (RungsDb  *db,
                                  GError  **error);

/* Adds what was found out about the domain. */
void rungs_broadcast_check_add_domain (GPtrArray                *findings,
                                       const RungsSenderDomain  *domain);

/* Whether one of them blocks. */
gboolean rungs_findings_block (GPtrArray *findings);

G_END_DECLS
