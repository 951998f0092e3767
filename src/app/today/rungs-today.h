/* rungs-today.h: what the page Today shows, read in one go. */

#pragma once

#include "db/rungs-db.h"
#include "insights/rungs-first-contact-store.h"
#include "insights/rungs-period-store.h"
#include "mail/rungs-outbox.h"
#include "web/rungs-web-relay-store.h"

G_BEGIN_DECLS

/* A question to a provider of mail, about what became of messages, that failed. */
typedef struct
{
  gint64 account;
  char *name;    /* (owned) of the account */
  char *trouble; /* (owned) */
} RungsTodayPull;

typedef struct
{
  char currency[4];     /* of the business */
  RungsPeriod *day;     /* (owned): since midnight in the business's zone */
  RungsPeriod *month;   /* (owned): since the first of the month */
  RungsExtent extent;
  gint64 outbox[RUNGS_OUTBOX_DOUBT + 1]; /* how many messages are in each state */
  gint64 next_due;      /* when the next message leaves; G_MAXINT64: none is planned */
  gint64 n_tasks;       /* that are due today or were before */
  GPtrArray *tasks;     /* (owned) (element-type RungsTask): the first of them */
  GPtrArray *accounts;  /* (owned) (element-type RungsAccount): the default first */
  GPtrArray *mailboxes; /* (owned) (element-type RungsMailbox) */
  GPtrArray *unclear;   /* (owned) (element-type RungsReturnUnclear): the first returned mails of
                         * which a person must say whether they are true */
  GPtrArray *broadcasts; /* (owned) (element-type RungsBroadcast): that ask for a person */
  GPtrArray *imports;   /* (owned) (element-type RungsImportRun): of the day, the newest first */
  GArray *unseen;       /* (owned) (element-type gint64): new leads that nobody has looked at */
  gint64 n_waiting;     /* leads of the last days with whom nobody was in touch yet */
  GPtrArray *contacts;  /* (owned) (element-type RungsFirstContact): of those, who waits longest */
  GPtrArray *figures;   /* (owned) (element-type RungsContactFigures): of the last days */
  gint64 n_quarantine;  /* deliveries that wait for a person */
  gint64 n_approvals;   /* commissions that wait for somebody to approve them */
  RungsWebRelay *relay; /* (owned) (nullable) */
  GPtrArray *pulls;     /* (owned) (element-type RungsTodayPull): questions to mail providers that
                         * failed */
  GPtrArray *unheard;   /* (owned) (element-type RungsWebPullTrouble): endpoints whose providers are
                         * asked in vain */
  gint64 n_flagged;     /* partners whose orders are out of the ordinary … */
  gint64 flagged;       /* … and one of them; 0: there is none */
  gboolean no_address;  /* the business's postal address is missing */
} RungsToday;

void rungs_today_free (RungsToday *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsToday, rungs_today_free)

/* As it is at `now`. */
RungsToday *rungs_today_load (RungsDb  *db,
                              gint64    now,
                              GError  **error);

/* How many things wait for a person: messages in doubt, tasks, accounts that stand still, mailboxes
 * that cannot be read, returned mail that is unclear, broadcasts that ask, a postal address that is
 * missing, new leads that nobody has looked at, deliveries in quarantine, commissions to approve,
 * partners with something to look at, a relay that does not answer, providers that do not tell what
 * became of messages, or what came in. */
guint rungs_today_count_waiting (const RungsToday *self);

G_END_DECLS
