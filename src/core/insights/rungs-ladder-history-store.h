/* rungs-ladder-history-store.h: what leads did on the ladder, in memory and lead by lead; for
 * rungs-ladder-figures.c and its neighbours. */

#pragma once

#include "insights/rungs-ladder-catalogue-store.h"
#include "insights/rungs-ladder-figures.h"

G_BEGIN_DECLS

/* Places stand here as the catalogue numbers them. */
typedef struct
{
  gint64 lead;
  gint64 at;
  guint source;
  RungsPath path;
} RungsLadderTouch;

/* A line of an order, with what the order says. */
typedef struct
{
  gint64 lead;
  gint64 at;
  gint64 order; /* its id */
  gint64 amount;
  gint64 quantity;
  gint64 refunded;   /* of it, until now */
  gint64 paid_until; /* with the days of grace; G_MAXINT64: for ever */
  guint product;
  guint currency;
  guint first_refund; /* where its refunds stand in `refunds` */
  guint n_refunds;
  gboolean whole; /* all of it was given back: nobody owns anything by it */
} RungsLadderLine;

typedef struct
{
  gint64 line;
  gint64 at;
  gint64 amount;
} RungsLadderRefund;

/**
 * RungsLadderOutcome: how a walk through a sequence stands.
 * @RUNGS_LADDER_WALKS: it goes on
 * @RUNGS_LADDER_WALKED: it came to its end, or to its goal
 * @RUNGS_LADDER_SOLD: the lead bought what the sequence sells
 * @RUNGS_LADDER_STOPPED: it ended in another way
 */
typedef enum
{
  RUNGS_LADDER_WALKS,
  RUNGS_LADDER_WALKED,
  RUNGS_LADDER_SOLD,
  RUNGS_LADDER_STOPPED,
} RungsLadderOutcome;

typedef struct
{
  gint64 lead;
  gint64 at;
  gint64 ended_at;
  guint sequence;
  RungsLadderOutcome outcome;
} RungsLadderEnrolment;

typedef struct _RungsLadderHistory RungsLadderHistory;

/* All that happened until the question's now, of the leads it is about; whatever its period. */
RungsLadderHistory *rungs_ladder_history_load (RungsDb                    *db,
                                               const RungsLadderQuestion  *question,
                                               RungsLadderCatalogue       *catalogue,
                                               GError                    **error);
void rungs_ladder_history_free (RungsLadderHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLadderHistory, rungs_ladder_history_free)

/* What one lead did: pointers to its rows in the order in which they happened. */
typedef struct
{
  gint64 lead;
  GPtrArray *touches;    /* (element-type RungsLadderTouch) */
  GPtrArray *lines;      /* (element-type RungsLadderLine) */
  GPtrArray *enrolments; /* (element-type RungsLadderEnrolment) */
} RungsLadderDeeds;

RungsLadderDeeds *rungs_ladder_deeds_new (void);
void rungs_ladder_deeds_free (RungsLadderDeeds *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLadderDeeds, rungs_ladder_deeds_free)

/* Fills in the next lead after deeds->lead (0: the first) who did anything, in the order of ids;
 * FALSE after the last. */
gboolean rungs_ladder_history_next (const RungsLadderHistory *self,
                                    RungsLadderDeeds         *deeds);

/* When the first of all orders was; G_MAXINT64 where there is none. */
gint64 rungs_ladder_history_get_first_sale (const RungsLadderHistory *self);

/* The `index`th refund of the line. */
const RungsLadderRefund *rungs_ladder_history_get_refund (const RungsLadderHistory *self,
                                                          const RungsLadderLine    *line,
                                                          guint                     index);

G_END_DECLS
