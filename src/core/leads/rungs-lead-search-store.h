/* rungs-lead-search-store.h: keeps the search index of leads right.
 *
 * The index holds no text of its own: to take a lead out of it, the values that it was indexed
 * with must still stand in the view `lead_text`: in `lead`, and in the notes, calls and meetings
 * of its timeline. So whoever changes leads, or events of these kinds, forgets the leads first,
 * changes them, and adds them again; whoever deletes leads forgets them first. For many leads at
 * once there are functions that do a whole import in one statement.
 */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* What the index holds of a lead, in its order: the columns of lead_search and of lead_text. */
#define RUNGS_LEAD_SEARCH_TEXTS                                                                    \
  "email, first_name, last_name, company, city, phone, notes, logged"
#define RUNGS_LEAD_SEARCH_N_TEXTS 8

gboolean rungs_lead_search_forget (RungsDb  *db,
                                   gint64    lead,
                                   GError  **error);
gboolean rungs_lead_search_add (RungsDb  *db,
                                gint64    lead,
                                GError  **error);

/* The lead that a note, call or meeting is about, by the id of its event; any other: none. */
gboolean rungs_lead_search_forget_of_event (RungsDb  *db,
                                            gint64    event,
                                            GError  **error);
gboolean rungs_lead_search_add_of_event (RungsDb  *db,
                                         gint64    event,
                                         GError  **error);

/* The leads that the import `run` created (import_lead.created = 1). */
gboolean rungs_lead_search_forget_created (RungsDb  *db,
                                           gint64    run,
                                           GError  **error);
gboolean rungs_lead_search_add_created (RungsDb  *db,
                                        gint64    run,
                                        GError  **error);

/* The leads that the import `run` has rows about in import_change: written before the leads are
 * changed. */
gboolean rungs_lead_search_forget_changed (RungsDb  *db,
                                           gint64    run,
                                           GError  **error);
gboolean rungs_lead_search_add_changed (RungsDb  *db,
                                        gint64    run,
                                        GError  **error);

/* Makes the index anew from all leads: quicker than adding them where most are new. */
gboolean rungs_lead_search_rebuild (RungsDb  *db,
                                    GError  **error);

/* Errors: DAMAGED where the index does not agree with the leads: rebuild it. */
gboolean rungs_lead_search_check (RungsDb  *db,
                                  GError  **error);

/* The words that people typed, without what the index does not see. Returns: (transfer full). */
char **rungs_lead_search_words (const char *typed);

/* The same as a query of the index: every word must begin a word of the lead; "ann@ex" finds
 * ann@example.com. Returns: (transfer full) (nullable): NULL where there is nothing to search
 * for. */
char *rungs_lead_search_query (const char *typed);

/* Removes the words of leads that were deleted or changed, which the index else keeps until it
 * happens to merge: two seconds for a million leads. In a write transaction. */
gboolean rungs_lead_search_forget_words (RungsDb  *db,
                                         GError  **error);

G_END_DECLS
