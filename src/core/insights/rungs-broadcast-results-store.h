/* rungs-broadcast-results-store.h: what came of a broadcast, held against what it is for.
 *
 * A lead clicked, complained, … where the timeline says so of its message; machines do not count,
 * and opens are not asked. A lead unsubscribed by it where it withdrew its consent after it, and
 * before another message. An order counts for it where it was placed after the message and within
 * the days of its window, and holds what the broadcast sells (of none: anything). Of those held out
 * that is counted from the time when they would have got it. */

#pragma once

#include "db/rungs-db.h"
#include "insights/rungs-wilson.h"
#include "ladder/rungs-exchange.h"
#include "leads/rungs-lead-set.h"
#include "mail/rungs-broadcast.h"

G_BEGIN_DECLS

/* Leads of a broadcast; the figures of RungsBroadcastFigures, and all others. */
typedef enum
{
  RUNGS_BROADCAST_AUDIENCE,
  RUNGS_BROADCAST_LEFT_OUT,
  RUNGS_BROADCAST_HELD,
  RUNGS_BROADCAST_WAITING,
  RUNGS_BROADCAST_SENT,
  RUNGS_BROADCAST_WITHHELD,
  RUNGS_BROADCAST_FAILED,
  RUNGS_BROADCAST_DOUBT,
  RUNGS_BROADCAST_BOUNCED,
  RUNGS_BROADCAST_COMPLAINED,
  RUNGS_BROADCAST_UNSUBSCRIBED,
  RUNGS_BROADCAST_CLICKED,
  RUNGS_BROADCAST_BOUGHT,
} RungsBroadcastCount;

/* "audience", "left-out", …. */
const char *rungs_broadcast_count_to_text (RungsBroadcastCount count);
gboolean rungs_broadcast_count_from_text (const char          *text,
                                          RungsBroadcastCount *count);

/* One group of leads. */
typedef struct
{
  char *part;      /* (owned) "all", "test", "rest", "held" */
  int subject;     /* number of what they got; 0: several, or nothing */
  char *words;     /* (owned) that subject; "" */
  gint64 leads;
  gint64 sent;
  gint64 bounced;
  gint64 complained;
  gint64 unsubscribed;
  gint64 clicked;
  gint64 buyers;   /* leads with an order that counts */
  gint64 orders;
  GArray *revenue; /* (owned) (element-type RungsMoney) of those orders, what was given back off */
  RungsInterval clicked_share; /* of those sent, at 95 % */
  RungsInterval bought_share;  /* of those sent; of those held out, of all */
} RungsBroadcastFigures;

typedef struct
{
  RungsBroadcast *broadcast; /* (owned) */
  GPtrArray *groups;  /* (owned) (element-type RungsBroadcastFigures): all who got it, each subject
                         of a test, the rest, those held out; those that there are */
  RungsInterval more; /* by how much the share that bought lies above that of those held out: from
                         -1 to 1, at 95 %; -1 to 1 where nobody is */
} RungsBroadcastResults;

void rungs_broadcast_results_free (RungsBroadcastResults *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsBroadcastResults, rungs_broadcast_results_free)

/* `exchange` (nullable) tells the revenue in one currency. Errors: NOT_FOUND. */
RungsBroadcastResults *rungs_broadcast_results_load (RungsDb              *db,
                                                     gint64                broadcast,
                                                     const RungsExchange  *exchange,
                                                     GError              **error);

/* The group of that name and subject; NULL where there is none. Lent. */
const RungsBroadcastFigures *rungs_broadcast_results_get (const RungsBroadcastResults *self,
                                                          const char                  *part,
                                                          int                          subject);

/* The subject of the test that has more of what the broadcast is for than each of the others, and
 * by more than chance gives; 0: they are too close, or the cases too few. */
int rungs_broadcast_results_winner (const RungsBroadcastResults *self);

/* The leads behind a figure: of a group, or left out or withheld for that reason ("all": of all),
 * of a subject (0: any). */
RungsLeadSet *rungs_broadcast_find (RungsDb              *db,
                                    gint64                broadcast,
                                    RungsBroadcastCount   count,
                                    const char           *part,
                                    int                   subject,
                                    GError              **error);

/* How the page Leads is asked to show them: "broadcast:ID:COUNT:PART:SUBJECT". */
char *rungs_broadcast_target (gint64               broadcast,
                              RungsBroadcastCount  count,
                              const char          *part,
                              int                  subject);

/* A rule (as JSON) that names the leads of such a text. Errors: INVALID, NOT_FOUND. */
char *rungs_broadcast_target_dup_rule (RungsDb     *db,
                                       const char  *target,
                                       GError     **error);

G_END_DECLS
