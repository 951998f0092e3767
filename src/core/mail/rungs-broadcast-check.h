/* rungs-broadcast-check.h: the check list before many get a message: what keeps it from leaving,
 * and what to know before it does. The same list serves a message that is being written, and those
 * of a sequence (sequences/rungs-publish-check.h). */

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
  char *about;      /* (owned) (nullable): the message it is about, where there are several */
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

/* For whom and what a message is checked that no broadcast sends. */
typedef struct
{
  const char *sku;  /* (nullable): of the product it sells; NULL: none, or not known yet */
  const char *rule; /* (nullable) JSON: leads who would get it; NULL: nobody is counted */
  gboolean left_out; /* also tells who of them is left out */
  gboolean taste;    /* and what is a matter of taste */
} RungsCheckFor;

/* The same of a message that need not be stored. That the audience is empty, or has not agreed,
 * blocks nothing: others come. The account is not looked at. Errors: NOT_FOUND where there is no
 * such product. */
GPtrArray *rungs_message_findings (RungsDb              *db,
                                   const RungsMessage   *message,
                                   const RungsCheckFor  *what,
                                   gint64                now,
                                   GError              **error);

/* Adds what the accounts have against sending by which messages of sequences may leave, of those
 * that are `marketing` or not. */
gboolean rungs_findings_add_account (RungsDb    *db,
                                     GPtrArray  *findings,
                                     gboolean    marketing,
                                     GError    **error);

/* What blocks comes first, else the order stays. */
void rungs_findings_sort (GPtrArray *findings);

/* The domain that marketing comes from, of the first account by which it may leave; NULL where
 * nothing leaves the machine. */
char *rungs_broadcast_dup_domain (RungsDb  *db,
                                  GError  **error);

/* Adds what was found out about the domain. */
void rungs_broadcast_check_add_domain (GPtrArray                *findings,
                                       const RungsSenderDomain  *domain);

/* Whether one of them blocks. */
gboolean rungs_findings_block (GPtrArray *findings);

G_END_DECLS
