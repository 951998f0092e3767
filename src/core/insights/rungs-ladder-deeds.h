/* rungs-ladder-deeds.h: what one lead did on the ladder, and how that is written down.
 *
 * The rows of a lead are found in the tables (rungs-ladder-rows-store.h) or in what is kept of them
 * (rungs-ladder-keep-store.h); with the ids and in the order in which the tables have them. Then
 * they are taken up for a question (rungs-ladder-history-store.h), which sets the numbers of the
 * places and leaves out what the question is not about. */

#pragma once

#include "leads/rungs-touch-store.h"

G_BEGIN_DECLS

/* An arrival. */
typedef struct
{
  gint64 at;
  gint64 source_id;
  RungsPath path;

  guint source; /* taken up: its number */
} RungsLadderTouch;

/* A line of an order, with what the order says. */
typedef struct
{
  gint64 at;
  gint64 order; /* its id */
  gint64 product_id;
  gint64 amount;
  gint64 quantity;
  gint64 paid_until; /* G_MAXINT64: for ever; taken up: with the days of grace */
  guint first_refund;
  guint n_refunds;
  char code[4]; /* the currency */

  guint product;   /* taken up: its number */
  guint currency;  /* taken up: its number */
  gint64 refunded; /* taken up: of it, until now */
  gboolean whole;  /* taken up: all of it was given back: nobody owns anything by it */
} RungsLadderLine;

typedef struct
{
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

/* A walk through a sequence. */
typedef struct
{
  gint64 at;
  gint64 ended_at; /* 0: it goes on */
  gint64 sequence_id;
  RungsLadderOutcome outcome;

  guint sequence; /* taken up: its number */
} RungsLadderEnrolment;

/* All of one lead: its rows in the order in which they happened, those of one moment in the order
 * in which they were written down. */
typedef struct
{
  gint64 lead;
  GArray *touches;    /* (owned) (element-type RungsLadderTouch) */
  GArray *lines;      /* (owned) (element-type RungsLadderLine) */
  GArray *enrolments; /* (owned) (element-type RungsLadderEnrolment) */
  GArray *refunds;    /* (owned) (element-type RungsLadderRefund): line by line */
} RungsLadderDeeds;

RungsLadderDeeds *rungs_ladder_deeds_new (void);
void rungs_ladder_deeds_free (RungsLadderDeeds *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLadderDeeds, rungs_ladder_deeds_free)

/* Makes it those of a lead who did nothing. */
void rungs_ladder_deeds_begin (RungsLadderDeeds *self,
                               gint64            lead);

static inline const RungsLadderTouch *
rungs_ladder_deeds_get_touch (const RungsLadderDeeds *self,
                              guint                   index)
{
  return &g_array_index (self->touches, RungsLadderTouch, index);
}

static inline const RungsLadderLine *
rungs_ladder_deeds_get_line (const RungsLadderDeeds *self,
                             guint                   index)
{
  return &g_array_index (self->lines, RungsLadderLine, index);
}

static inline const RungsLadderEnrolment *
rungs_ladder_deeds_get_enrolment (const RungsLadderDeeds *self,
                                  guint                   index)
{
  return &g_array_index (self->enrolments, RungsLadderEnrolment, index);
}

/* The `index`th refund of the line. */
static inline const RungsLadderRefund *
rungs_ladder_deeds_get_refund (const RungsLadderDeeds *self,
                               const RungsLadderLine  *line,
                               guint                   index)
{
  return &g_array_index (self->refunds, RungsLadderRefund, line->first_refund + index);
}

/* Writes the rows, with the lead as its distance from `first`, to the end of `bytes`. */
void rungs_ladder_deeds_write (const RungsLadderDeeds *self,
                               gint64                  first,
                               GByteArray             *bytes);

/* Reads what was written at `*next`, and moves that behind it. FALSE where it is damaged. */
gboolean rungs_ladder_deeds_read (RungsLadderDeeds  *self,
                                  gint64             first,
                                  const guint8     **next,
                                  const guint8      *end);

G_END_DECLS
