/* rungs-note-store.h: writes down, reads, edits and deletes notes, calls and meetings.
 *
 * Every function that writes runs in a write transaction, and keeps the search index right. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-note.h"

G_BEGIN_DECLS

/* Adds the event that tells of it. Returns: its id; 0 on error: INVALID (nothing is written in it,
 * it lies in the future, the outcome of a call is none of the words), NOT_FOUND (no such lead). */
gint64 rungs_note_add (RungsDb          *db,
                       const RungsNote  *note,
                       gint64            now,
                       GError          **error);

/* A note of now that has only a text. Errors: those of rungs_note_add(). */
gboolean rungs_lead_add_note (RungsDb     *db,
                              gint64       lead,
                              const char  *text,
                              gint64       now,
                              GError     **error);

/* Errors: NOT_FOUND. */
RungsNote *rungs_note_load (RungsDb  *db,
                            gint64    id,
                            GError  **error);

/* Stores all of it but its lead and kind; where nothing changed, does nothing. Adds the event
 * note.changed. Errors: NOT_FOUND, and those of rungs_note_add(). */
gboolean rungs_note_save (RungsDb          *db,
                          const RungsNote  *note,
                          gint64            now,
                          GError          **error);

/* Its event goes with it, and note.deleted is added. Returns: (transfer full): what it was, for
 * rungs_note_restore(). Errors: NOT_FOUND. */
RungsNote *rungs_note_delete (RungsDb  *db,
                              gint64    id,
                              gint64    now,
                              GError  **error);

/* Puts it back as it was, and adds note.restored; nothing where it is there. Errors: NOT_FOUND
 * where its lead is gone. */
gboolean rungs_note_restore (RungsDb          *db,
                             const RungsNote  *note,
                             gint64            now,
                             GError          **error);

/* Returns: (transfer full) (element-type RungsNote): those of a lead, the newest first. */
GPtrArray *rungs_note_list (RungsDb  *db,
                            gint64    lead,
                            GError  **error);

G_END_DECLS
