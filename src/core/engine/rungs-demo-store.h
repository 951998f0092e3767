/* rungs-demo-store.h: writes down what sequences and the outbox did in the past. Only the demo
 * business has a past that the engine did not make. All of it in a write transaction; each adds its
 * events. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 lead;
  gint64 sequence;
  gint64 version;
  const char *sequence_name;
  const char *why;  /* it began, in words */
  const char *step; /* where the lead stands, or stood last */
  gint64 visit;     /* how many steps were walked */
  gint64 due_at;    /* 0: it has ended; rungs_demo_end_enrolment() follows */
  gint64 entered_at;
  gint64 arrived_at;
} RungsDemoEnrolment;

/* Returns: the id; 0 on error. */
gint64 rungs_demo_add_enrolment (RungsDb                   *db,
                                 const RungsDemoEnrolment  *enrolment,
                                 GError                   **error);

gboolean rungs_demo_add_step (RungsDb     *db,
                              gint64       enrolment,
                              gint64       visit,
                              const char  *step,
                              gint64       at,
                              const char  *result,
                              GError     **error);

gboolean rungs_demo_end_enrolment (RungsDb     *db,
                                   gint64       enrolment,
                                   gint64       lead,
                                   const char  *outcome,
                                   const char  *why,
                                   gint64       at,
                                   GError     **error);

typedef struct
{
  gint64 lead;
  gint64 message;
  const char *message_name;
  gint64 account;
  gint64 enrolment;
  const char *step;
  gint64 visit;
  const char *state; /* "planned", "sent", "failed", "withheld", "doubt" */
  gint64 due_at;
  gint64 at;         /* when it ended, or was planned */
  const char *reason;
  const char *reply;
} RungsDemoMail;

gboolean rungs_demo_add_mail (RungsDb              *db,
                              const RungsDemoMail  *mail,
                              GError              **error);

/* Says that this is the demo business. */
gboolean rungs_demo_mark (RungsDb  *db,
                          GError  **error);

G_END_DECLS
