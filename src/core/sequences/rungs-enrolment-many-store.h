/* rungs-enrolment-many-store.h: puts many leads into a sequence, takes many out, and undoes either
 * exactly.
 *
 * Leads are arrays of their ids (element-type gint64). All is called in a write transaction; who
 * has many thousands of leads calls it for a part of them at a time. */

#pragma once

#include "sequences/rungs-enrolment-store.h"

G_BEGIN_DECLS

/* Enters those who may, as rungs_enrolment_add(). What was answered how often is added to `counts`,
 * which has a place for each RungsEnrolAnswer, the enrolments that began to `entered` (nullable)
 * (element-type gint64). */
gboolean rungs_enrolments_enter (RungsDb     *db,
                                 GArray      *leads,
                                 gint64       sequence,
                                 const char  *why,
                                 gint64       now,
                                 gint64       counts[RUNGS_ENROL_SUPPRESSED + 1],
                                 GArray      *entered,
                                 GError     **error);

/* Undoes that for the `n` enrolments from `first` on: it is as if the lead had never entered, but
 * for its timeline. One of which a message has left already cannot be unmade: it is stopped. */
gboolean rungs_enrolments_unmake (RungsDb  *db,
                                  GArray   *enrolments,
                                  guint     first,
                                  guint     n,
                                  gint64    now,
                                  GError  **error);

/* How a lead stood in a sequence when it was taken out. */
typedef struct
{
  gint64 enrolment;
  gint64 lead;
  gint64 due_at;
  gint64 stopped_at;
  const char *waits_for; /* (nullable) interned: kind of event */
  const char *why;       /* interned */
} RungsEnrolmentStop;

/* Takes those who walk the sequence (0: any) out of it, as rungs_enrolment_stop(); adds to
 * `stopped` (element-type RungsEnrolmentStop) how each stood. */
gboolean rungs_enrolments_stop (RungsDb     *db,
                                GArray      *leads,
                                gint64       sequence,
                                const char  *why,
                                gint64       now,
                                GArray      *stopped,
                                GError     **error);

/* Undoes that for the `n` from `first` on: they stand where they stood, and what was planned for
 * them is planned again. Those who walk the sequence again by now are left as they are. */
gboolean rungs_enrolments_resume (RungsDb  *db,
                                  GArray   *stopped,
                                  guint     first,
                                  guint     n,
                                  gint64    now,
                                  GError  **error);

G_END_DECLS
