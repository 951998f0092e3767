/* rungs-note-store.c: writes down, reads, edits and deletes notes, calls and meetings. */

#include "leads/rungs-note-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-search-store.h"

#define NOTES                                                                                      \
  "SELECT v.id, v.lead, v.kind, v.at, v.detail, coalesce (n.who, ''),"                             \
  "       coalesce (n.direction, ''), coalesce (n.outcome, ''), coalesce (n.place, '')"            \
  "  FROM event v LEFT JOIN note n ON n.event = v.id"                                              \
  " WHERE v.kind IN ('note.added', 'call.logged', 'meeting.logged')"

static const char SQL_LOAD[] = NOTES " AND v.id = :id";

static const char SQL_LIST[] = NOTES " AND v.lead = :id ORDER BY v.at DESC, v.id DESC";

static const char SQL_HAS_LEAD[] = "SELECT EXISTS (SELECT 1 FROM lead WHERE id = :id)";

static const char SQL_SET[]
    = "INSERT INTO note (event, who, direction, outcome, place)"
      " VALUES (:id, :who, :direction, :outcome, :place)"
      " ON CONFLICT (event) DO UPDATE"
      "    SET who = excluded.who, direction = excluded.direction, outcome = excluded.outcome,"
      "        place = excluded.place";

static const char SQL_SET_EVENT[] = "UPDATE event SET at = :at, detail = :text WHERE id = :id";

static const char SQL_DELETE[] = "DELETE FROM event WHERE id = :id";

static const char SQL_RESTORE[] = "INSERT INTO event (id, lead, kind, at, detail)"
                                  " VALUES (:id, :lead, :kind, :at, :text)"
                                  " ON CONFLICT (id) DO NOTHING";

static gpointer
note_from_row (RungsStatement *row)
{
  RungsNote *note = g_new0 (RungsNote, 1);

  note->id = rungs_statement_get_int64 (row, 0);
  note->lead = rungs_statement_get_int64 (row, 1);
  rungs_note_kind_from_event (rungs_statement_get_text (row, 2), &note->kind);
  note->at = rungs_statement_get_int64 (row, 3);
  note->text = rungs_statement_dup_text (row, 4);
  note->who = rungs_statement_dup_text (row, 5);
  note->direction = rungs_call_direction_from_text (rungs_statement_get_text (row, 6));
  note->outcome = rungs_statement_dup_text (row, 7);
  note->place = rungs_statement_dup_text (row, 8);
  return note;
}

/* ---- what may be stored */

/* A copy without the space around its texts, and without what its kind does not have. */
static RungsNote *
tidy_copy (const RungsNote *note)
{
  RungsNote *copy = rungs_note_copy (note);

  g_strstrip (copy->text);
  g_strstrip (copy->who);
  g_strstrip (copy->outcome);
  g_strstrip (copy->place);
  if (copy->kind != RUNGS_NOTE_CALL)
    copy->direction = RUNGS_CALL_UNKNOWN;
  if (copy->kind == RUNGS_NOTE)
    *copy->outcome = '\0';
  if (copy->kind != RUNGS_NOTE_MEETING)
    *copy->place = '\0';
  return copy;
}

static gboolean
refuse (const char  *words,
        GError     **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, words);
  return FALSE;
}

static gboolean
is_sound (const RungsNote  *note,
          gint64            now,
          GError          **error)
{
  gboolean silent = *note->text == '\0' && *note->outcome == '\0' && *note->place == '\0';

  if (silent && note->kind == RUNGS_NOTE)
    return refuse (_ ("the note is empty"), error);
  if (silent && note->direction == RUNGS_CALL_UNKNOWN)
    return refuse (_ ("write down what was said, or how it ended"), error);
  if (note->at > now)
    return refuse (_ ("this lies in the future: make a task of it"), error);
  if (note->kind == RUNGS_NOTE_CALL && *note->outcome != '\0'
      && !g_strv_contains (rungs_call_outcomes (), note->outcome))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("“%s” is not how a call ends"),
                   note->outcome);
      return FALSE;
    }
  return TRUE;
}

static gboolean
has_lead (RungsDb *db,
          gint64   lead,
          GError **error)
{
  gint64 has = 0;

  return rungs_record_ask (db, SQL_HAS_LEAD, lead, 0, &has, error)
         && (has != 0 || rungs_record_refuse_missing ("lead", lead, error));
}

/* ---- writing */

/* The row beside the event. */
static gboolean
set_row (RungsDb          *db,
         gint64            id,
         const RungsNote  *note,
         GError          **error)
{
  g_autoptr (RungsStatement) set = rungs_db_prepare (db, SQL_SET, error);

  if (set == NULL)
    return FALSE;
  rungs_statement_bind_int64 (set, ":id", id);
  rungs_statement_bind_text (set, ":who", note->who);
  rungs_statement_bind_text (set, ":direction", rungs_call_direction_to_text (note->direction));
  rungs_statement_bind_text (set, ":outcome", note->outcome);
  rungs_statement_bind_text (set, ":place", note->place);
  return rungs_statement_run (set, error);
}

/* The event, and what is beside it. */
static gboolean
set_all (RungsDb          *db,
         const RungsNote  *note,
         GError          **error)
{
  g_autoptr (RungsStatement) set = rungs_db_prepare (db, SQL_SET_EVENT, error);

  if (set == NULL)
    return FALSE;
  rungs_statement_bind_int64 (set, ":id", note->id);
  rungs_statement_bind_int64 (set, ":at", note->at);
  rungs_statement_bind_text (set, ":text", note->text);
  return rungs_statement_run (set, error) && set_row (db, note->id, note, error);
}

/* Adds an event about the event that it is. */
static gboolean
tell (RungsDb          *db,
      const RungsNote  *note,
      const char       *kind,
      gint64            now,
      GError          **error)
{
  return rungs_event_add (db, note->lead, kind, now, note->id,
                          rungs_note_kind_to_event (note->kind), error)
         != 0;
}

gint64
rungs_note_add (RungsDb          *db,
                const RungsNote  *note,
                gint64            now,
                GError          **error)
{
  g_autoptr (RungsNote) tidy = NULL;
  gint64 id;

  g_return_val_if_fail (note != NULL, 0);

  tidy = tidy_copy (note);
  if (!is_sound (tidy, now, error) || !has_lead (db, tidy->lead, error)
      || !rungs_lead_search_forget (db, tidy->lead, error))
    return 0;
  id = rungs_event_add (db, tidy->lead, rungs_note_kind_to_event (tidy->kind), tidy->at, 0,
                        tidy->text, error);
  return id != 0 && set_row (db, id, tidy, error) && rungs_lead_search_add (db, tidy->lead, error)
             ? id
             : 0;
}

gboolean
rungs_lead_add_note (RungsDb     *db,
                     gint64       lead,
                     const char  *text,
                     gint64       now,
                     GError     **error)
{
  g_autoptr (RungsNote) note = rungs_note_new (lead, RUNGS_NOTE, now);

  rungs_note_set (&note->text, text);
  return rungs_note_add (db, note, now, error) != 0;
}

RungsNote *
rungs_note_load (RungsDb *db,
                 gint64   id,
                 GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, note_from_row, "note", error);
}

static gboolean
is_same (const RungsNote *a,
         const RungsNote *b)
{
  return a->at == b->at && a->direction == b->direction && strcmp (a->text, b->text) == 0
         && strcmp (a->who, b->who) == 0 && strcmp (a->outcome, b->outcome) == 0
         && strcmp (a->place, b->place) == 0;
}

gboolean
rungs_note_save (RungsDb          *db,
                 const RungsNote  *note,
                 gint64            now,
                 GError          **error)
{
  g_autoptr (RungsNote) before = NULL;
  g_autoptr (RungsNote) after = NULL;

  g_return_val_if_fail (note != NULL, FALSE);

  before = rungs_note_load (db, note->id, error);
  if (before == NULL)
    return FALSE;
  after = tidy_copy (note);
  after->lead = before->lead;
  after->kind = before->kind;
  return is_same (before, after)
         || (is_sound (after, now, error) && rungs_lead_search_forget (db, after->lead, error)
             && set_all (db, after, error) && rungs_lead_search_add (db, after->lead, error)
             && tell (db, after, RUNGS_EVENT_NOTE_CHANGED, now, error));
}

RungsNote *
rungs_note_delete (RungsDb *db,
                   gint64   id,
                   gint64   now,
                   GError **error)
{
  g_autoptr (RungsNote) note = rungs_note_load (db, id, error);

  return note != NULL && rungs_lead_search_forget (db, note->lead, error)
                 && rungs_record_run (db, SQL_DELETE, id, error)
                 && rungs_lead_search_add (db, note->lead, error)
                 && tell (db, note, RUNGS_EVENT_NOTE_DELETED, now, error)
             ? g_steal_pointer (&note)
             : NULL;
}

/* `restored` is FALSE where the event is there. */
static gboolean
restore_event (RungsDb          *db,
               const RungsNote  *note,
               gboolean         *restored,
               GError          **error)
{
  g_autoptr (RungsStatement) restore = rungs_db_prepare (db, SQL_RESTORE, error);

  if (restore == NULL)
    return FALSE;
  rungs_statement_bind_int64 (restore, ":id", note->id);
  rungs_statement_bind_int64 (restore, ":lead", note->lead);
  rungs_statement_bind_text (restore, ":kind", rungs_note_kind_to_event (note->kind));
  rungs_statement_bind_int64 (restore, ":at", note->at);
  rungs_statement_bind_text (restore, ":text", note->text);
  if (!rungs_statement_run (restore, error))
    return FALSE;
  *restored = rungs_db_get_changes (db) > 0;
  return TRUE;
}

gboolean
rungs_note_restore (RungsDb          *db,
                    const RungsNote  *note,
                    gint64            now,
                    GError          **error)
{
  gboolean restored = FALSE;

  g_return_val_if_fail (note != NULL, FALSE);

  return has_lead (db, note->lead, error) && rungs_lead_search_forget (db, note->lead, error)
         && restore_event (db, note, &restored, error)
         && (!restored
             || (set_row (db, note->id, note, error)
                 && tell (db, note, RUNGS_EVENT_NOTE_RESTORED, now, error)))
         && rungs_lead_search_add (db, note->lead, error);
}

GPtrArray *
rungs_note_list (RungsDb *db,
                 gint64   lead,
                 GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  if (query != NULL)
    rungs_statement_bind_int64 (query, ":id", lead);
  return rungs_record_list (query, note_from_row, (GDestroyNotify) rungs_note_free, error);
}
