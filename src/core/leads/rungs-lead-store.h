/* rungs-lead-store.h: adds, reads, edits and deletes leads.
 *
 * Every function that writes runs in a write transaction, adds the events of what it did, and
 * keeps the search index right. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-lead.h"

G_BEGIN_DECLS

/* Stores a new lead (its id, key and instants are made here) that came from `origin` ("by hand",
 * …). Returns: its id; 0 on error: INVALID (no address, name, company or phone at all; an address
 * that is none; an unknown zone), CONFLICT (a lead has that address: the message names it). */
gint64 rungs_lead_add (RungsDb          *db,
                       const RungsLead  *lead,
                       const char       *origin,
                       gint64            now,
                       GError          **error);

/* Errors: NOT_FOUND. */
RungsLead *rungs_lead_load (RungsDb  *db,
                            gint64    id,
                            GError  **error);

/* By address, however it is written. Errors: NOT_FOUND, INVALID. */
RungsLead *rungs_lead_load_by_email (RungsDb     *db,
                                     const char  *email,
                                     GError     **error);

/* `id` is 0 where no lead has that address. Errors: INVALID. */
gboolean rungs_lead_find (RungsDb     *db,
                          const char  *email,
                          gint64      *id,
                          GError     **error);

/* Stores the texts of `lead` (score and instants are not touched); where none changed, does
 * nothing. A new address clears bounced_at. Errors: NOT_FOUND, and those of rungs_lead_add(). */
gboolean rungs_lead_save (RungsDb          *db,
                          const RungsLead  *lead,
                          gint64            now,
                          GError          **error);

/* Sets one text: `name` is a column (rungs_lead_columns()) or a custom field as "field:KEY".
 * Errors: NOT_FOUND (no such lead or field), INVALID, CONFLICT. */
gboolean rungs_lead_set_text (RungsDb     *db,
                              gint64       lead,
                              const char  *name,
                              const char  *value,
                              gint64       now,
                              GError     **error);

/* Gives `points` (may be negative), which the score is more by; `why` is for the timeline. */
gboolean rungs_lead_add_score (RungsDb     *db,
                               gint64       lead,
                               gint64       points,
                               const char  *why,
                               gint64       now,
                               GError     **error);

/* Writes down that the address was refused for good at `at`; 0 takes that back. */
gboolean rungs_lead_set_bounced (RungsDb  *db,
                                 gint64    lead,
                                 gint64    at,
                                 GError  **error);

/* How many leads there are. */
gboolean rungs_lead_count (RungsDb  *db,
                           gint64   *count,
                           GError  **error);

G_END_DECLS
