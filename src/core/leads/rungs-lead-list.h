/* rungs-lead-list.h: which leads the browser shows, in which order.
 *
 * A list is the ids of all leads that a query finds, in the order it asks for, taken at one moment.
 * It is immutable and may be read from any thread. A million ids are 8 MB; the rows that are on
 * screen are read by id (rungs_lead_list_rows()), so that every position is reached equally fast.
 * How to show them:
 *
 *   1. load with `limit` set to what fits the screen: the first page, at once;
 *   2. load without a limit: all positions, 0.1 to 0.3 s at a million leads; keep it;
 *   3. load what is typed into the search with that list as `all`: 0.1 to 30 ms at a million leads,
 *      up to 0.2 s for a word that nearly all leads have. */

#pragma once

#include "leads/rungs-field.h"
#include "leads/rungs-lead-set.h"

G_BEGIN_DECLS

/**
 * RungsLeadSort:
 * @RUNGS_LEAD_SORT_CREATED: when the lead became known
 * @RUNGS_LEAD_SORT_NAME: last name, then first name
 * @RUNGS_LEAD_SORT_EMAIL: the address
 * @RUNGS_LEAD_SORT_TEXTS: a field of the business's own, by the alphabet, or by date
 * @RUNGS_LEAD_SORT_NUMBERS: such a field of numbers or money
 * @RUNGS_LEAD_SORT_CHOICES: such a field of one choice, in the order of the choices
 *
 * Leads that have nothing in the column come last in either direction.
 */
typedef enum
{
  RUNGS_LEAD_SORT_CREATED,
  RUNGS_LEAD_SORT_NAME,
  RUNGS_LEAD_SORT_EMAIL,
  RUNGS_LEAD_SORT_COMPANY,
  RUNGS_LEAD_SORT_CITY,
  RUNGS_LEAD_SORT_SCORE,
  RUNGS_LEAD_SORT_TEXTS,
  RUNGS_LEAD_SORT_NUMBERS,
  RUNGS_LEAD_SORT_CHOICES,
} RungsLeadSort;

/* How leads are sorted by a field of that kind. FALSE: they cannot be. */
gboolean rungs_lead_sort_of_kind (RungsFieldKind  kind,
                                  RungsLeadSort  *sort);

/* What is asked for; all zeros: every lead, the oldest first. Which leads are looked at at all is
 * what a rule says (segments/rungs-rule-leads-store.h): this folder only knows who they are. */
typedef struct
{
  char *words;          /* (owned) (nullable) what was typed: rungs_lead_search_query() */
  RungsLeadSet *within; /* (owned) (nullable) only these leads */
  RungsLeadSort sort;
  gint64 field;         /* by which it sorts, where it is one of the business's own; else 0 */
  gboolean descending;
  guint limit; /* only the first so many; 0: all */
} RungsLeadQuery;

RungsLeadQuery *rungs_lead_query_copy (const RungsLeadQuery *query);
void rungs_lead_query_free (RungsLeadQuery *query);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadQuery, rungs_lead_query_free)

typedef struct _RungsLeadList RungsLeadList;

/* A list of these ids (element-type gint64; taken), in the order of `query`, of which the last
 * `blank` have nothing in its column. */
RungsLeadList *rungs_lead_list_new (GArray               *ids,
                                    guint                 blank,
                                    const RungsLeadQuery *query);

RungsLeadList *rungs_lead_list_ref (RungsLeadList *self);
void rungs_lead_list_unref (RungsLeadList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadList, rungs_lead_list_unref)

guint rungs_lead_list_get_count (RungsLeadList *self);

/* The lead at `position`, which must be below the count. */
gint64 rungs_lead_list_get_id (RungsLeadList *self,
                               guint          position);

/* The same, of the list in that direction. `blank` (out) (optional):
 * whether the lead has nothing in the column. */
gint64 rungs_lead_list_get_id_towards (RungsLeadList *self,
                                       gboolean       descending,
                                       guint          position,
                                       gboolean      *blank);

/* Where `lead` stands; FALSE where it is not in the list. Looks at every position. */
gboolean rungs_lead_list_find (RungsLeadList *self,
                               gint64         lead,
                               guint         *position);

/* Whether the list is sorted by the column of `query`, in whatever direction. */
gboolean rungs_lead_list_is_by (RungsLeadList        *self,
                                const RungsLeadQuery *query);

/* The first `limit` (0: all) of those leads that are in `set` (nullable: all), in that
 * direction. */
RungsLeadList *rungs_lead_list_filter (RungsLeadList      *self,
                                       const RungsLeadSet *set,
                                       gboolean            descending,
                                       guint               limit);

G_END_DECLS
