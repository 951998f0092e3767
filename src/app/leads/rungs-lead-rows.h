/* rungs-lead-rows.h: the leads as rows of a browser. */

#pragma once

#include "leads/rungs-lead-list-store.h"
#include "widgets/rungs-browser-source.h"

G_BEGIN_DECLS

/* Remembers the list of all leads, and for whom the rule holds that was asked last, so that a
 * search need not sort them, or ask the rule, at each key press. From any thread. */
typedef struct _RungsLeadRoll RungsLeadRoll;

RungsLeadRoll *rungs_lead_roll_new (void);
RungsLeadRoll *rungs_lead_roll_ref (RungsLeadRoll *self);
void rungs_lead_roll_unref (RungsLeadRoll *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadRoll, rungs_lead_roll_unref)

/* Leads came, went or changed. */
void rungs_lead_roll_forget (RungsLeadRoll *self);

/* A query of the source below, which finds what `query` finds of the leads for whom a rule
 * holds. */
typedef struct _RungsLeadRowsQuery RungsLeadRowsQuery;

/* Takes `query`, whose `within` and `limit` are not set. `rule` (nullable) is JSON; NULL: all
 * leads. `roll` (nullable). */
RungsLeadRowsQuery *rungs_lead_rows_query_new (RungsLeadQuery *query,
                                               const char     *rule,
                                               RungsLeadRoll  *roll);
void rungs_lead_rows_query_free (RungsLeadRowsQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadRowsQuery, rungs_lead_rows_query_free)

/* What the browser shows of it; on a thread of the store. Errors: INVALID where it is no rule. */
RungsLeadList *rungs_lead_rows_find (RungsDb                   *db,
                                     const RungsLeadRowsQuery  *query,
                                     GError                   **error);

const RungsBrowserSource *rungs_lead_rows_get_source (void);
const RungsBrowserColumn *rungs_lead_rows_get_columns (guint *n);

/* What a row shows of a field of the business's own: RungsBrowserColumn.text_of. */
char *rungs_lead_rows_dup_value (gpointer row,
                                 gint64   field);

/* By what a column of that id sorts. `column` NULL: by when the lead became known. */
RungsLeadSort rungs_lead_rows_get_sort (const char *column);

G_END_DECLS
