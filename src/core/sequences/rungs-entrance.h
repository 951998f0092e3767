/* rungs-entrance.h: the door of a sequence, for the files of this folder: who may enter, and
 * entering. */

#pragma once

#include "sequences/rungs-enrolment-store.h"
#include "sequences/rungs-sequence-store.h"

G_BEGIN_DECLS

/* What entering goes by: the sequence and its version in use. */
typedef struct
{
  gint64 sequence;
  gint64 version;
  gint64 sells; /* product; 0: none */
  RungsSequenceState state;
  char *name;  /* (owned) */
  char *start; /* (owned): id of the first step */
  RungsGraphReentry reentry;
  gint64 reentry_days;
  gboolean mails;     /* it sends messages */
  gboolean marketing; /* some of them are marketing */
} RungsEntrance;

/* Errors: NOT_FOUND, DAMAGED. */
RungsEntrance *rungs_entrance_load (RungsDb  *db,
                                    gint64    sequence,
                                    GError  **error);
void rungs_entrance_free (RungsEntrance *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsEntrance, rungs_entrance_free)

/* Whether the graph has message steps, and whether one of their messages is marketing. */
gboolean rungs_graph_look_at_messages (RungsGraph  *graph,
                                       RungsDb     *db,
                                       gboolean    *mails,
                                       gboolean    *marketing,
                                       GError     **error);

/* Whether the lead may enter. By itself (`automatic`) it may not within an hour of entering
 * before. */
gboolean rungs_entrance_ask (RungsEntrance     *self,
                             RungsDb           *db,
                             gint64             lead,
                             gboolean           automatic,
                             gint64             now,
                             RungsEnrolAnswer  *answer,
                             GError           **error);

/* How many questions are asked in turn, which of them is asked at that place, and whether it alone
 * says no, for a lead who would enter by hand. */
#define RUNGS_ENTRANCE_QUESTIONS 7

RungsEnrolAnswer rungs_entrance_question (guint place);

gboolean rungs_entrance_ask_one (RungsEntrance     *self,
                                 RungsDb           *db,
                                 gint64             lead,
                                 RungsEnrolAnswer   question,
                                 gint64             now,
                                 gboolean          *no,
                                 GError           **error);

/* Asks, and where it may lets it enter. */
gboolean rungs_entrance_enter (RungsEntrance     *self,
                               RungsDb           *db,
                               gint64             lead,
                               gboolean           automatic,
                               const char        *why,
                               gint64             now,
                               RungsEnrolAnswer  *answer,
                               GError           **error);

/* Lets all leads of the temporary table `hit` enter who may, as by themselves; `why` becomes
 * "event:ID". Who is suppressed is not asked here but at the first walk, for it cannot be asked of
 * many at once. `entered` counts them. */
gboolean rungs_entrance_enter_hits (RungsEntrance  *self,
                                    RungsDb        *db,
                                    gint64          now,
                                    gint64         *entered,
                                    GError        **error);

/* Ends an enrolment: what is planned of it is withheld with `withhold` as the reason (NULL: still
 * leaves), and the event sequence.left is added. */
gboolean rungs_enrolment_end (RungsDb     *db,
                              gint64       enrolment,
                              gint64       lead,
                              const char  *outcome,
                              const char  *why,
                              const char  *withhold,
                              gint64       now,
                              GError     **error);

G_END_DECLS
