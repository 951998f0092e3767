/* rungs-enrolment-store.h: who walks which sequence, where they stand, and how it ended.
 *
 * `visit` counts the steps that an enrolment has walked; it is 0 until the first walk. Between
 * walks a lead stands at a wait, or before the first step. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/**
 * RungsEnrolAnswer: whether a lead may enter a sequence.
 * @RUNGS_ENROL_OK: it may, or did
 * @RUNGS_ENROL_NOT_STARTED: the sequence is a draft
 * @RUNGS_ENROL_ACTIVE: the lead walks it already
 * @RUNGS_ENROL_REENTRY: the lead has walked it, and its re-entry rule says no
 * @RUNGS_ENROL_OWNS: the lead owns the product that it sells
 * @RUNGS_ENROL_NO_ADDRESS: it sends messages and the lead has no e-mail address, or one that
 *   bounced
 * @RUNGS_ENROL_NO_CONSENT: it sends marketing and the lead has not agreed to any, or no longer does
 * @RUNGS_ENROL_SUPPRESSED: the address gets nothing more
 */
typedef enum
{
  RUNGS_ENROL_OK,
  RUNGS_ENROL_NOT_STARTED,
  RUNGS_ENROL_ACTIVE,
  RUNGS_ENROL_REENTRY,
  RUNGS_ENROL_OWNS,
  RUNGS_ENROL_NO_ADDRESS,
  RUNGS_ENROL_NO_CONSENT,
  RUNGS_ENROL_SUPPRESSED,
} RungsEnrolAnswer;

/* The code as --json and logs name it: "ok", "not-started", "active", "reentry", "owns",
 * "no-address", "no-consent", "suppressed". */
const char *rungs_enrol_answer_to_text (RungsEnrolAnswer answer);

/* Whether the lead may enter the sequence at `now`; writes nothing. Errors: NOT_FOUND. */
gboolean rungs_enrolment_check (RungsDb           *db,
                                gint64             lead,
                                gint64             sequence,
                                gint64             now,
                                RungsEnrolAnswer  *answer,
                                GError           **error);

/* Enters the lead, due at once, where rungs_enrolment_check() says that it may; `why` says in words
 * how it came ("by hand"). Adds the event sequence.entered. FALSE only on error; `answer` says what
 * happened. Errors: NOT_FOUND. */
gboolean rungs_enrolment_add (RungsDb           *db,
                              gint64             lead,
                              gint64             sequence,
                              const char        *why,
                              gint64             now,
                              RungsEnrolAnswer  *answer,
                              GError           **error);

/* Takes the lead out of the sequence (0: out of all): outcome "stopped", planned messages of it are
 * withheld. Nothing where it walks none. `stopped` (nullable) counts them. */
gboolean rungs_enrolment_stop (RungsDb     *db,
                               gint64       lead,
                               gint64       sequence,
                               const char  *why,
                               gint64       now,
                               gint64      *stopped,
                               GError     **error);

typedef struct
{
  gint64 id;
  gint64 lead;
  char *lead_name;     /* (owned): name, else address */
  gint64 sequence;
  char *sequence_name; /* (owned) */
  gint64 version;
  char *step;          /* (owned): where the lead stands or stood last */
  gint64 visit;
  gint64 due_at;       /* 0: ended */
  char *waits_for;     /* (owned) (nullable): kind of event */
  char *outcome;       /* (owned) (nullable): NULL: walking */
  char *why;           /* (owned): in words, or "event:ID" */
  gint64 entered_at;
  gint64 arrived_at;
  gint64 ended_at;     /* 0: walking */
} RungsEnrolment;

void rungs_enrolment_free (RungsEnrolment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsEnrolment, rungs_enrolment_free)

/* Returns: (transfer full) (element-type RungsEnrolment): those of a lead, walking ones first, then
 * the newest. */
GPtrArray *rungs_enrolment_list_of_lead (RungsDb  *db,
                                         gint64    lead,
                                         GError  **error);

/* Returns: (transfer full) (element-type RungsEnrolment): up to `limit` of those who stand at the
 * step now (NULL: at any), by id, after the id `after`. */
GPtrArray *rungs_enrolment_list_at_step (RungsDb     *db,
                                         gint64       sequence,
                                         const char  *step,
                                         gint64       after,
                                         guint        limit,
                                         GError     **error);

/* A step that was walked. */
typedef struct
{
  gint64 visit;
  char *step;   /* (owned) */
  gint64 at;    /* of arriving */
  char *result; /* (owned): the way it was left, or what it did; empty while the lead waits there */
} RungsEnrolmentStep;

void rungs_enrolment_step_free (RungsEnrolmentStep *self);

/* Returns: (transfer full) (element-type RungsEnrolmentStep): in the order in which they were
 * walked. */
GPtrArray *rungs_enrolment_history (RungsDb  *db,
                                    gint64    enrolment,
                                    GError  **error);

G_END_DECLS
