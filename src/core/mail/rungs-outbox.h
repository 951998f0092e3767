/* rungs-outbox.h: messages on their way: what a row of the outbox is, and what its reasons mean.
 * Read this first in mail/.
 *
 *   planned ──claim──► claimed ──► sent | failed | doubt
 *      │ ▲                │
 *      ▼ └── postponed, refused for now, cancelled
 *   withheld
 *
 * A claim checks again, in its own transaction, whether the message may leave. From the commit of a
 * claim until the commit of its result a sender has the message, and nobody else. A crash between
 * the two leaves it claimed: then nobody knows whether the server took it, and it is in doubt. One
 * commit records the results of messages and claims the next ones, so that at most one a connection
 * can ever be in doubt. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many hours late a message leaves at once, where its plan says nothing else. */
#define RUNGS_OUTBOX_LATE_HOURS 12

typedef enum
{
  RUNGS_OUTBOX_PLANNED = 1,
  RUNGS_OUTBOX_CLAIMED,
  RUNGS_OUTBOX_SENT,
  RUNGS_OUTBOX_FAILED,
  RUNGS_OUTBOX_WITHHELD,
  RUNGS_OUTBOX_DOUBT,
} RungsOutboxState;

/* "planned", "claimed", …; the texts of the file. */
const char *rungs_outbox_state_to_text (RungsOutboxState state);

/* 0 where `text` is none of them. */
RungsOutboxState rungs_outbox_state_from_text (const char *text);

/* Why a message was withheld (the first check that said no) … */
#define RUNGS_OUTBOX_NO_ADDRESS "no-address" /* the lead has none, or one that cannot be */
#define RUNGS_OUTBOX_BOUNCED "bounced"       /* the address was refused for good */
#define RUNGS_OUTBOX_SUPPRESSED "suppressed" /* the address gets nothing more */
#define RUNGS_OUTBOX_NO_CONSENT "no-consent" /* marketing, and the lead has not agreed to it */
#define RUNGS_OUTBOX_QUIET "quiet"           /* marketing, and the lead asked for a pause */
#define RUNGS_OUTBOX_OWNED "owned"           /* the lead owns what it sells */
#define RUNGS_OUTBOX_LEFT "left"             /* the lead no longer walks the sequence */
#define RUNGS_OUTBOX_EDITED "edited"         /* its step was taken out of the sequence */
#define RUNGS_OUTBOX_MERGED "merged"         /* two leads became one, and the other has it */
#define RUNGS_OUTBOX_REFUNDED "refunded"     /* what it was to deliver was given back before */
#define RUNGS_OUTBOX_CANCELLED "cancelled"   /* its broadcast was cancelled */
#define RUNGS_OUTBOX_NO_TEXT "no-text"       /* the message has none, or it cannot be merged */
#define RUNGS_OUTBOX_LATE "late"             /* its time has been over for too long */

/* … why it waits longer, though it was due … */
#define RUNGS_OUTBOX_PAUSED "paused"       /* its sequence or broadcast stands still */
#define RUNGS_OUTBOX_CAP "cap"             /* the lead got enough lately */
#define RUNGS_OUTBOX_WINDOW "window"       /* it is not the time of day */
#define RUNGS_OUTBOX_WEEKDAY "weekday"     /* not the day of the week */
#define RUNGS_OUTBOX_HOLIDAY "holiday"     /* a day on which no marketing leaves */
#define RUNGS_OUTBOX_SPACED "spaced"       /* it is late, and the lead got another one today */
#define RUNGS_OUTBOX_TEMPORARY "temporary" /* the server said: later */
#define RUNGS_OUTBOX_ACCOUNT_PAUSED "account-paused" /* its account: told, never written down */

/* … and why it failed or is in doubt. */
#define RUNGS_OUTBOX_REFUSED "refused"     /* the server said: never */
#define RUNGS_OUTBOX_GAVE_UP "gave-up"     /* the server said "later" too often */
#define RUNGS_OUTBOX_BROKE_OFF "broke-off" /* no answer came after the message had gone out */
#define RUNGS_OUTBOX_CRASHED "crashed"     /* the program ended while the message was under way */

/* A row, with the names of what it points at. */
typedef struct
{
  gint64 id;
  gint64 lead;
  char *lead_name;    /* (owned): name, else address, else empty */
  char *email;        /* (owned): the address used; of a planned one, the lead's now; empty: none */
  gint64 message;
  char *message_name; /* (owned) */
  gint64 message_version; /* 0: not claimed yet */
  gboolean marketing;
  gint64 account;         /* of a planned one, by which it is to leave; 0: that is not chosen yet */
  char *account_name;     /* (owned) (nullable) */
  gboolean account_paused; /* it is planned, and would leave, but its account is paused */
  gint64 enrolment;       /* 0: none */
  char *sequence_name;    /* (owned) (nullable) */
  char *step;             /* (owned) */
  gint64 broadcast;       /* 0: none */
  char *broadcast_name;   /* (owned) (nullable) */
  gint64 visit;
  gint64 sells;           /* product; 0: none */
  RungsOutboxState state;
  gint64 due_at;
  gint64 attempts;
  char *message_id;   /* (owned): without < > */
  gint64 claimed_at;  /* 0: never */
  gint64 ended_at;    /* 0: not yet */
  char *reason;       /* (owned): one of the above, or empty */
  char *reply;        /* (owned): the server's last words, or empty */
  gint64 created_at;
} RungsOutboxRow;

/* Its reason; of one that waits for nothing but its paused account, that. */
const char *rungs_outbox_row_get_reason (const RungsOutboxRow *self);

void rungs_outbox_row_free (RungsOutboxRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOutboxRow, rungs_outbox_row_free)

G_END_DECLS
