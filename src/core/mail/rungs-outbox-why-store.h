/* rungs-outbox-why-store.h: why a message leaves, left, waits or does not leave.
 *
 * The checks are those of claiming (rungs-outbox-check-store.h), asked by the same functions and
 * all of them, also those after the first that says no. */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-outbox.h"

G_BEGIN_DECLS

/* What is looked at beside the checks of claiming. */
#define RUNGS_WHY_STATE "state"     /* what became of it: the reason that was written down */
#define RUNGS_WHY_DUE "due"         /* whether its time has come */
#define RUNGS_WHY_ACCOUNT "account" /* whether the mail account sends */
#define RUNGS_WHY_LIMITS "limits"   /* … and may send more now */

/* Why the account holds a message back. */
#define RUNGS_WHY_NOT_DUE "not-due"
#define RUNGS_WHY_NO_ACCOUNT "no-account"
#define RUNGS_WHY_ACCOUNT_PAUSED "account-paused"
#define RUNGS_WHY_LIMIT "limit"

/* What one check says. */
typedef struct
{
  const char *check;  /* its name: "address", "consent", … */
  const char *reason; /* (nullable): why it says no, interned; NULL: it says yes */
  gint64 until;       /* it says no until then; 0: for ever, or until somebody changes something */
  gboolean decides;   /* it is the one that decides */
  const char *about;  /* (nullable): what is said beside it, in words, interned */
} RungsWhyLine;

typedef struct
{
  RungsOutboxRow *row; /* (owned) (nullable): NULL: nothing of it is or was in the outbox */
  RungsAccount *account; /* (owned) (nullable): the one that sends it, or did */
  gint64 rule;         /* the rule that chose the account, which may be gone; 0: none fits */
  GArray *lines;       /* (owned) (element-type RungsWhyLine): the deciding one first, then in the
                        * order of asking */
} RungsOutboxWhy;

void rungs_outbox_why_free (RungsOutboxWhy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOutboxWhy, rungs_outbox_why_free)

/* Of a message of the outbox. Errors: NOT_FOUND. */
RungsOutboxWhy *rungs_outbox_why (RungsDb  *db,
                                  gint64    id,
                                  gint64    now,
                                  GError  **error);

/* Of a message and a lead: of the last one that is or was in the outbox, else as if it were due
 * now. Errors: NOT_FOUND. */
RungsOutboxWhy *rungs_outbox_why_lead (RungsDb  *db,
                                       gint64    lead,
                                       gint64    message,
                                       gint64    now,
                                       GError  **error);

/* Moves the line that decides to the beginning. */
void rungs_why_lines_order (GArray *lines);

G_END_DECLS
