/* rungs-lead-list-store.h: finds the leads of a list, and reads the rows that are on screen. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-list.h"
#include "leads/rungs-lead.h"

G_BEGIN_DECLS

/* What a row of the browser shows. */
typedef struct
{
  RungsLead *lead; /* (owned) */
  char *tags;      /* (owned) names, comma-separated; "" */
  char *source;    /* (owned) the name of the source of the first touch; "" */
  GPtrArray *values; /* (owned) (nullable) (element-type RungsFieldValue): of the business's own
                      * fields; NULL where nobody asked for them */
} RungsLeadRow;

void rungs_lead_row_free (RungsLeadRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadRow, rungs_lead_row_free)

/* Finds the leads that `query` asks for. `all` (nullable) is a list of every lead in the order of
 * the same column (either direction) that was loaded before: with it a search need not sort. It
 * may be a little old: leads that came since are then missing from a large result. Returns:
 * (transfer full). */
RungsLeadList *rungs_lead_list_load (RungsDb               *db,
                                     const RungsLeadQuery  *query,
                                     RungsLeadList         *all,
                                     GError               **error);

/* How many leads `query` finds; no sorting. */
gboolean rungs_lead_list_count (RungsDb               *db,
                                const RungsLeadQuery  *query,
                                gint64                *count,
                                GError               **error);

/* The rows from position `first` on, up to `n`. Returns: (transfer full) (element-type
 * RungsLeadRow): as many as there are positions; NULL stands where a lead has been deleted
 * meanwhile. */
GPtrArray *rungs_lead_list_rows (RungsDb        *db,
                                 RungsLeadList  *list,
                                 guint           first,
                                 guint           n,
                                 GError        **error);

/* Reads the values of the business's own fields of rows that were read. */
gboolean rungs_lead_list_add_values (RungsDb    *db,
                                     GPtrArray  *rows,
                                     GError    **error);

/* For one use: the rows that `query` finds at `offset`, up to `limit`, as above. */
GPtrArray *rungs_lead_list_page (RungsDb               *db,
                                 const RungsLeadQuery  *query,
                                 guint                  offset,
                                 guint                  limit,
                                 GError               **error);

G_END_DECLS
