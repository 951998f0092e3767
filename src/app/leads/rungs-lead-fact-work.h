/* rungs-lead-fact-work.h: stores one fact of a lead, unless somebody else has changed it. */

#pragma once

#include "db/rungs-store.h"

G_BEGIN_DECLS

/* One fact, as it was seen and as it is to be. Counted from any thread. */
typedef struct
{
  gint64 lead;
  char *name;      /* (owned) a column of rungs_lead_columns(), or "field:KEY" */
  char *before;    /* (owned) what the person saw: the text of a field as people read it */
  char *after;     /* (owned) */
  char *meanwhile; /* (owned) (nullable) out: what it is by now, where that is not `before` */
  gint64 other;    /* out: the lead that has this address already; 0: none */
} RungsLeadFactWork;

RungsLeadFactWork *rungs_lead_fact_work_new (gint64      lead,
                                             const char *name,
                                             const char *before,
                                             const char *after);
RungsLeadFactWork *rungs_lead_fact_work_ref (RungsLeadFactWork *self);
void rungs_lead_fact_work_unref (RungsLeadFactWork *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadFactWork, rungs_lead_fact_work_unref)

/* A RungsStoreFunc with a RungsLeadFactWork as data. Returns: the text as it was stored (free with
 * g_free()). Errors: CONFLICT, with `meanwhile` or `other` set; those of rungs_lead_set_text(). */
gpointer rungs_lead_fact_work (RungsDb       *db,
                               gpointer       data,
                               GCancellable  *cancellable,
                               GError       **error);

G_END_DECLS
