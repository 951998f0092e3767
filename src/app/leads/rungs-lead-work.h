/* rungs-lead-work.h: what the leads page does to leads, for the writing thread of the store. */

#pragma once

#include "db/rungs-store.h"
#include "sequences/rungs-enrolment-store.h"
#include "widgets/rungs-progress.h"

G_BEGIN_DECLS

/* What is to be done to which leads. */
typedef struct
{
  GArray *leads;           /* (owned) (element-type gint64) */
  gint64 ref;              /* a tag, sequence or order; which, the function says */
  char *text;              /* (owned) a tag's name, a note, a reason, … */
  gint64 amount;           /* minor units */
  RungsProgress *progress; /* (owned) (nullable) */
} RungsLeadWork;

/* Takes `leads`; `text` may be NULL. */
RungsLeadWork *rungs_lead_work_new (GArray     *leads,
                                    gint64      ref,
                                    const char *text);
RungsLeadWork *rungs_lead_work_new_for_one (gint64      lead,
                                            gint64      ref,
                                            const char *text);
void rungs_lead_work_free (RungsLeadWork *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadWork, rungs_lead_work_free)

/* How many leads answered what. */
typedef struct
{
  gint64 of[RUNGS_ENROL_SUPPRESSED + 1];
} RungsEnrolCounts;

/* RungsStoreFuncs with a RungsLeadWork as data. Those that return nothing return NULL. Cancelling
 * undoes everything. */

/* `text` is a tag's name; it is made where there is none. */
gpointer rungs_lead_work_add_tag (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

/* `ref` is a tag. */
gpointer rungs_lead_work_remove_tag (RungsDb       *db,
                                     gpointer       data,
                                     GCancellable  *cancellable,
                                     GError       **error);

/* `ref` is a sequence. */
gpointer rungs_lead_work_stop (RungsDb       *db,
                               gpointer       data,
                               GCancellable  *cancellable,
                               GError       **error);

/* Marketing by e-mail; `text` is what the lead agreed to, or where it said no. */
gpointer rungs_lead_work_consent (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);
gpointer rungs_lead_work_withdraw (RungsDb       *db,
                                   gpointer       data,
                                   GCancellable  *cancellable,
                                   GError       **error);

/* Gives `amount` of the order `ref` back; `text` is the reason. */
gpointer rungs_lead_work_refund (RungsDb       *db,
                                 gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);

/* The same, for a reading thread: the leads as lines of a table, parted by tabs.
 * Returns: a text. */
gpointer rungs_lead_work_to_text (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

G_END_DECLS
