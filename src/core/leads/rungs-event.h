/* rungs-event.h: the timeline: every fact, in the order in which it was written down. Read this
 * first in leads/.
 *
 * A fact is one row of the table `event`. Whoever writes a fact down adds its event in the same
 * transaction; whoever must react to it, in this folder or in one further right, follows the
 * events after its cursor (rungs_event_follow()) before that transaction commits. Nothing calls to
 * the right. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The kinds. In brackets: what `ref` is the id of, and what `detail` holds. JSON has no spaces to
 * rely on. An import writes down one import.done, not an event for each of its leads, tags and
 * touches: those carry its run, and the timeline of a lead shows them. */

#define RUNGS_EVENT_LEAD_CREATED "lead.created"     /* [-; origin: "by hand", "form", "demo", …] */
#define RUNGS_EVENT_LEAD_CHANGED "lead.changed"     /* [-; {"COLUMN": ["before", "after"], …}] */
#define RUNGS_EVENT_LEAD_DELETED "lead.deleted"     /* [the id it had; nothing]; about no lead */
#define RUNGS_EVENT_LEAD_RESTORED "lead.restored"   /* [-; nothing] */
#define RUNGS_EVENT_LEAD_ERASED "lead.erased"       /* [the lead; nothing]: forgotten on request */
#define RUNGS_EVENT_LEAD_IMPORTED "lead.imported"   /* only in timelines [import_run; its file] */
#define RUNGS_EVENT_LEAD_MERGED "lead.merged"       /* [lead_merge; who became part of it] */
#define RUNGS_EVENT_LEAD_UNMERGED "lead.unmerged"   /* [lead_merge; nothing]: a merge was undone */
#define RUNGS_EVENT_FIELD_CHANGED "field.changed"   /* [field; ["before", "after"], or null] */
#define RUNGS_EVENT_SCORE_CHANGED "score.changed"   /* [-; {"from": 5, "to": 8, "why": "…"}] */
#define RUNGS_EVENT_NOTE_ADDED "note.added"         /* [-; the note]: rungs-note.h */
#define RUNGS_EVENT_CALL_LOGGED "call.logged"       /* [-; what was said] */
#define RUNGS_EVENT_MEETING_LOGGED "meeting.logged" /* [-; what was said] */
#define RUNGS_EVENT_NOTE_CHANGED "note.changed"     /* [its event; that event's kind] */
#define RUNGS_EVENT_NOTE_DELETED "note.deleted"     /* [its event; that event's kind] */
#define RUNGS_EVENT_NOTE_RESTORED "note.restored"   /* [its event; that event's kind] */
#define RUNGS_EVENT_TAG_ADDED "tag.added"           /* [tag; its name] */
#define RUNGS_EVENT_TAG_REMOVED "tag.removed"       /* [tag; its name] */
#define RUNGS_EVENT_TOUCH_MADE "touch.made"         /* [touch; the source as "KIND:NAME"] */
#define RUNGS_EVENT_CONSENT_GIVEN "consent.given"         /* [consent; "PURPOSE/CHANNEL"] */
#define RUNGS_EVENT_CONSENT_WITHDRAWN "consent.withdrawn" /* [consent; "PURPOSE/CHANNEL"] */
#define RUNGS_EVENT_CONSENT_ANNULLED "consent.annulled"   /* [consent; "PURPOSE/CHANNEL"] */
#define RUNGS_EVENT_CONSENT_PAUSED "consent.paused" /* [-; until when; empty: no longer] */
#define RUNGS_EVENT_LEAD_SUPPRESSED "lead.suppressed"     /* [suppression; the reason] */
#define RUNGS_EVENT_LEAD_UNSUPPRESSED "lead.unsuppressed" /* [suppression; the reason it had] */
#define RUNGS_EVENT_IMPORT_DONE "import.done"       /* [import_run; its file]; about no lead */
#define RUNGS_EVENT_IMPORT_UNDONE "import.undone"   /* [import_run; its file]; about no lead */
#define RUNGS_EVENT_FORM_SUBMITTED "form.submitted" /* [-; the form's name] */

/* The order's event: {"products": ["NAME", …], "amount": 4900, "currency": "EUR", "coupon": "…"}.
 * The refund's: {"order": 12, "amount": 4900, "currency": "EUR", "whole": true, "reason": "…"}. */
#define RUNGS_EVENT_ORDER_PLACED "order.placed"     /* [sales_order; see above] */
#define RUNGS_EVENT_ORDER_RENEWED "order.renewed"   /* [sales_order; as order.placed]: also that */
#define RUNGS_EVENT_SUBSCRIPTION_LAPSED "subscription.lapsed" /* [order_line; the product's name] */
#define RUNGS_EVENT_ORDER_REFUNDED "order.refunded" /* [refund; see above] */
#define RUNGS_EVENT_ORDER_UNREFUNDED "order.unrefunded" /* [sales_order; nothing]: undone */

/* Given: {"code": "SPRING10", "how": "phone", "who": "Ann", "note": "…"}. Redeemed: {"coupon": 7,
 * "code": "SPRING10", "against": "over"}: why it was not meant for the order; "" where it was. */
#define RUNGS_EVENT_COUPON_GIVEN "coupon.given"       /* [coupon_given; see above] */
#define RUNGS_EVENT_COUPON_REDEEMED "coupon.redeemed" /* [sales_order; see above] */
#define RUNGS_EVENT_COUPON_UNDONE "coupon.undone"     /* [coupon; its code]: one of these was */

#define RUNGS_EVENT_MAIL_PLANNED "mail.planned"     /* [outbox; the message's name] */
#define RUNGS_EVENT_MAIL_SENT "mail.sent"           /* [outbox; the message's name] */
#define RUNGS_EVENT_MAIL_FAILED "mail.failed"       /* [outbox; the server's last words] */
#define RUNGS_EVENT_MAIL_WITHHELD "mail.withheld"   /* [outbox; the check that said no] */
#define RUNGS_EVENT_MAIL_DOUBT "mail.doubt"         /* [outbox; what was last heard] */
#define RUNGS_EVENT_MAIL_BOUNCED "mail.bounced"     /* [outbox; the server's words]: for good */
#define RUNGS_EVENT_MAIL_BLOCKED "mail.blocked"     /* [outbox; the server's words]: this once */
#define RUNGS_EVENT_MAIL_COMPLAINED "mail.complained" /* [outbox, or -; the report's words] */
#define RUNGS_EVENT_MAIL_REPLIED "mail.replied"     /* [outbox; the beginning of what it says] */
#define RUNGS_EVENT_MAIL_ABSENT "mail.absent"       /* [outbox; the same]: a machine's reply */
#define RUNGS_EVENT_MAIL_CLICKED "mail.clicked"     /* [outbox; the address that was followed] */
#define RUNGS_EVENT_MAIL_SCANNED "mail.scanned"     /* [the same]: by a machine, no person */
#define RUNGS_EVENT_SEQUENCE_ENTERED "sequence.entered" /* [enrolment; the sequence's name] */
#define RUNGS_EVENT_SEQUENCE_LEFT "sequence.left"   /* [enrolment; the outcome] */
#define RUNGS_EVENT_SEQUENCE_MOVED "sequence.moved" /* [enrolment; its name]: by an edit of it */
#define RUNGS_EVENT_SEQUENCE_HELD "sequence.held"       /* [enrolment; its name]: by a reply … */
#define RUNGS_EVENT_SEQUENCE_RESUMED "sequence.resumed" /* [the same]: … that was answered */
#define RUNGS_EVENT_SEQUENCE_PUBLISHED "sequence.published" /* [sequence_publish; its name]; … */
#define RUNGS_EVENT_SEQUENCE_UNPUBLISHED "sequence.unpublished" /* [the same]: … about no lead */
#define RUNGS_EVENT_SEGMENT_ENTERED "segment.entered" /* [segment; its name] */
#define RUNGS_EVENT_SEGMENT_LEFT "segment.left"     /* [segment; its name] */
#define RUNGS_EVENT_TASK_ASKED "task.asked"         /* [-; {"title": "…", "days": 2}] */
#define RUNGS_EVENT_TASK_ADDED "task.added"         /* [task; its title] */
#define RUNGS_EVENT_TASK_DONE "task.done"           /* [task; its title] */
#define RUNGS_EVENT_TASK_REOPENED "task.reopened"   /* [task; its title] */

/* The kinds in groups, by which timelines are filtered: bits. */
typedef enum
{
  RUNGS_EVENTS_MESSAGES = 1 << 0,  /* mail.… */
  RUNGS_EVENTS_ORDERS = 1 << 1,    /* order.…, coupon.… */
  RUNGS_EVENTS_NOTES = 1 << 2,     /* notes, calls, meetings, tasks */
  RUNGS_EVENTS_SOURCES = 1 << 3,   /* touches, forms, imports, how the lead became known */
  RUNGS_EVENTS_CONSENT = 1 << 4,   /* consent, and the do-not-send list */
  RUNGS_EVENTS_CHANGES = 1 << 5,   /* facts, tags, score, merges, and all else */
  RUNGS_EVENTS_SEQUENCES = 1 << 6, /* sequences and segments */
} RungsEventGroups;

#define RUNGS_EVENTS_ALL ((1u << 7) - 1)

/* "messages", "orders", "notes", "sources", "consent", "changes", "sequences": in the order of
 * their bits; NULL-terminated. */
const char *const *rungs_event_group_names (void);

/* The one group of a kind. */
RungsEventGroups rungs_event_kind_get_group (const char *kind);

/* One row of the timeline. */
typedef struct
{
  gint64 id;    /* negative where no event row stands behind it (RUNGS_EVENT_LEAD_IMPORTED) */
  gint64 lead;  /* 0: about no single lead */
  char *kind;   /* (owned) */
  gint64 at;    /* when it happened; the order of `id` is when it was written down */
  gint64 ref;   /* 0: none */
  char *detail; /* (owned) never NULL */
  gint64 run;   /* the import that wrote it; 0: none */
} RungsEvent;

void rungs_event_free (RungsEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsEvent, rungs_event_free)

G_END_DECLS
