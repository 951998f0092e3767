/* rungs-event-store.c: adds events, follows them, and reads the timeline of a lead.
 *
 * A follower's cursor is the id of the last event it has seen. Following reads up to the newest
 * event there is, in batches, so that no statement is open while the follower works; what the
 * follower adds is newer, and read in the next round, until a round finds nothing new. Then the
 * cursor moves, once. */

#include "leads/rungs-event-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"

#define BATCH 256

static const char SQL_ADD[]
    = "INSERT INTO event (lead, kind, at, ref, detail, run)"
      " VALUES (:lead, :kind, :at, :ref, :detail, :run)";

static const char SQL_LOAD[]
    = "SELECT id, lead, kind, at, ref, detail, run FROM event WHERE id = :id";

static const char SQL_CURSOR[] = "SELECT event FROM cursor WHERE name = :name";

static const char SQL_NEWEST[] = "SELECT coalesce (max (id), 0) FROM event";

static const char SQL_MOVE_CURSOR[]
    = "INSERT INTO cursor (name, event) VALUES (:name, :event)"
      " ON CONFLICT (name) DO UPDATE SET event = excluded.event";

static const char SQL_BATCH[]
    = "SELECT id, lead, kind, at, ref, detail, run"
      "  FROM event"
      " WHERE id > :after AND id <= :newest"
      "   AND (:kinds IS NULL OR instr (:kinds, char (10) || kind || char (10)) > 0)"
      " ORDER BY id LIMIT :limit";

/* The two are merged as they are read, so that no more events are read than are wanted. */
static const char SQL_TIMELINE[]
    = "SELECT id, lead, kind, at, ref, detail, run"
      "  FROM event WHERE lead = :lead AND (at, id) < (:at, :id)"
      " UNION ALL "
      "SELECT -r.id AS id, i.lead AS lead, 'lead.imported' AS kind, r.finished_at AS at,"
      "       r.id AS ref, r.file_name AS detail, r.id AS run"
      "  FROM import_lead i JOIN import_run r ON r.id = i.run"
      " WHERE i.lead = :lead AND r.undone_at IS NULL AND (r.finished_at, -r.id) < (:at, :id)"
      " ORDER BY at DESC, id DESC LIMIT :limit";

static gpointer
event_from_row (RungsStatement *row)
{
  RungsEvent *event = g_new0 (RungsEvent, 1);

  event->id = rungs_statement_get_int64 (row, 0);
  event->lead = rungs_statement_get_int64 (row, 1);
  event->kind = rungs_statement_dup_text (row, 2);
  event->at = rungs_statement_get_int64 (row, 3);
  event->ref = rungs_statement_get_int64 (row, 4);
  event->detail = rungs_statement_dup_text (row, 5);
  event->run = rungs_statement_get_int64 (row, 6);
  return event;
}

static gboolean
read_number (RungsDb    *db,
             const char *sql,
             const char *name,
             gint64     *number,
             GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return FALSE;
  if (name != NULL)
    rungs_statement_bind_text (query, ":name", name);
  return rungs_statement_get_number (query, 0, number, error);
}

static gboolean
move_cursor (RungsDb    *db,
             const char *name,
             gint64      event,
             GError    **error)
{
  g_autoptr (RungsStatement) move = rungs_db_prepare (db, SQL_MOVE_CURSOR, error);

  if (move == NULL)
    return FALSE;
  rungs_statement_bind_text (move, ":name", name);
  rungs_statement_bind_int64 (move, ":event", event);
  return rungs_statement_run (move, error);
}

/* Each in a line, with an end of line before the first, too: to find one is quicker than to look it
 * up in a table that is made for it. NULL for NULL. */
static char *
join_kinds (const char *const *kinds)
{
  g_autofree char *lines = kinds ? g_strjoinv ("\n", (char **) kinds) : NULL;

  return lines ? g_strdup_printf ("\n%s\n", lines) : NULL;
}

static GPtrArray *
read_batch (RungsDb    *db,
            const char *kinds,
            gint64      after,
            gint64      newest,
            GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_BATCH, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":after", after);
  rungs_statement_bind_int64 (query, ":newest", newest);
  rungs_statement_bind_text (query, ":kinds", kinds);
  rungs_statement_bind_int64 (query, ":limit", BATCH);
  return rungs_record_list (query, event_from_row, (GDestroyNotify) rungs_event_free, error);
}

/* Calls `func` for the events after `after` up to `newest`. */
static gboolean
follow_up_to (RungsDb       *db,
              const char    *kinds,
              gint64         after,
              gint64         newest,
              RungsEventFunc func,
              gpointer       data,
              GError       **error)
{
  guint seen = BATCH;

  while (seen == BATCH)
    {
      g_autoptr (GPtrArray) batch = read_batch (db, kinds, after, newest, error);

      if (batch == NULL)
        return FALSE;
      seen = batch->len;
      for (guint i = 0; i < batch->len; i++)
        {
          const RungsEvent *event = g_ptr_array_index (batch, i);

          if (!func (db, event, data, error))
            return FALSE;
          after = event->id;
        }
    }
  return TRUE;
}

gboolean
rungs_event_follow (RungsDb           *db,
                    const char        *name,
                    const char *const *kinds,
                    RungsEventFunc     func,
                    gpointer           data,
                    GError           **error)
{
  g_autofree char *wanted = NULL;
  gint64 start;
  gint64 after;
  gint64 newest;

  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  if (!read_number (db, SQL_CURSOR, name, &start, error)
      || !read_number (db, SQL_NEWEST, NULL, &newest, error))
    return FALSE;

  wanted = join_kinds (kinds);
  for (after = start; newest > after;)
    {
      if (!follow_up_to (db, wanted, after, newest, func, data, error))
        return FALSE;
      after = newest;
      if (!read_number (db, SQL_NEWEST, NULL, &newest, error))
        return FALSE;
    }
  return after == start || move_cursor (db, name, after, error);
}

gboolean
rungs_event_skip (RungsDb    *db,
                  const char *name,
                  GError    **error)
{
  gint64 newest;

  g_return_val_if_fail (name != NULL, FALSE);

  return read_number (db, SQL_NEWEST, NULL, &newest, error)
         && move_cursor (db, name, newest, error);
}

gint64
rungs_event_add (RungsDb    *db,
                 gint64      lead,
                 const char *kind,
                 gint64      at,
                 gint64      ref,
                 const char *detail,
                 GError    **error)
{
  return rungs_event_add_of_run (db, lead, kind, at, ref, detail, 0, error);
}

gint64
rungs_event_add_of_run (RungsDb    *db,
                        gint64      lead,
                        const char *kind,
                        gint64      at,
                        gint64      ref,
                        const char *detail,
                        gint64      run,
                        GError    **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);

  g_return_val_if_fail (kind != NULL, 0);

  if (add == NULL)
    return 0;
  rungs_statement_bind_id (add, ":lead", lead);
  rungs_statement_bind_text (add, ":kind", kind);
  rungs_statement_bind_int64 (add, ":at", at);
  rungs_statement_bind_id (add, ":ref", ref);
  rungs_statement_bind_text (add, ":detail", detail ? detail : "");
  rungs_statement_bind_id (add, ":run", run);
  return rungs_statement_run (add, error) ? rungs_db_get_last_id (db) : 0;
}

RungsEvent *
rungs_event_load (RungsDb *db,
                  gint64   id,
                  GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, event_from_row, "event", error);
}

GPtrArray *
rungs_timeline_page (RungsDb          *db,
                     gint64            lead,
                     const RungsEvent *after,
                     guint             limit,
                     GError          **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_TIMELINE, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_int64 (query, ":at", after ? after->at : G_MAXINT64);
  rungs_statement_bind_int64 (query, ":id", after ? after->id : G_MAXINT64);
  rungs_statement_bind_int64 (query, ":limit", limit);
  return rungs_record_list (query, event_from_row, (GDestroyNotify) rungs_event_free, error);
}

/* Those that were kept are no more there. */
static void
free_sifted (RungsEvent *event)
{
  if (event != NULL)
    rungs_event_free (event);
}

/* What a filter reads at a time, of which it keeps some. */
#define SIFTED 512

/* Moves what belongs to `groups` from `page` to `kept`. Returns: a copy of the last row of the
 * page, which the next one comes after; NULL: there is none. */
static RungsEvent *
sift (GPtrArray *page,
      guint      groups,
      guint      limit,
      GPtrArray *kept)
{
  RungsEvent *last = NULL;

  for (guint i = 0; i < page->len; i++)
    {
      RungsEvent *event = g_ptr_array_index (page, i);

      if (i + 1 == page->len)
        {
          last = g_new0 (RungsEvent, 1);
          last->id = event->id;
          last->at = event->at;
        }
      if ((rungs_event_kind_get_group (event->kind) & groups) == 0 || kept->len == limit)
        continue;
      g_ptr_array_add (kept, event);
      page->pdata[i] = NULL;
    }
  return last;
}

/* Groups are known by the beginning of their kinds, which no index of a lead's events knows: the
 * rows are looked at one after the other, and those of a year are soon read. */
GPtrArray *
rungs_timeline_page_of (RungsDb          *db,
                        gint64            lead,
                        guint             groups,
                        const RungsEvent *after,
                        guint             limit,
                        GError          **error)
{
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (RungsEvent) last = NULL;

  if ((groups & RUNGS_EVENTS_ALL) == RUNGS_EVENTS_ALL)
    return rungs_timeline_page (db, lead, after, limit, error);
  kept = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_event_free);
  while (kept->len < limit)
    {
      g_autoptr (GPtrArray) page
          = rungs_timeline_page (db, lead, last ? last : after, SIFTED, error);

      if (page == NULL)
        return NULL;
      g_clear_pointer (&last, rungs_event_free);
      g_ptr_array_set_free_func (page, (GDestroyNotify) free_sifted);
      last = sift (page, groups, limit, kept);
      if (page->len < SIFTED)
        break;
    }
  return g_steal_pointer (&kept);
}
