/* rungs-first-contact-store.c: how soon a person is in touch with who comes by itself.
 *
 * The row of a lead is made anew from the timeline and the tasks whenever one of the facts that it
 * is made from is added, changed or taken back; so it never depends on what was there before. A
 * call is written down to the minute: one of up to a minute before the capture counts as after. */

#include "insights/rungs-first-contact-store.h"

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"

#define FEWEST_FOR_NINETIETH 10

/* How rows are made: of whom `of_event` and `of_task` say. */
#define REACHED                                                                                    \
  "NOT (e.kind = 'call.logged' AND coalesce (n.outcome, '') IN ('no-answer', 'busy', 'wrong'))"
#define MADE(of_event, of_task)                                                                    \
  "WITH captured AS (SELECT e.lead, min (e.at) AS at FROM event e"                                 \
  "   WHERE e.kind IN ('form.submitted', 'order.placed') AND e.run IS NULL"                        \
  "     AND e.lead IS NOT NULL" of_event " GROUP BY e.lead),"                                      \
  " contacted AS (SELECT e.lead, e.at, e.kind FROM event e LEFT JOIN note n ON n.event = e.id"     \
  "   WHERE e.kind IN ('call.logged', 'meeting.logged') AND " REACHED of_event                     \
  "  UNION ALL SELECT t.lead, t.done_at, 'task.done' FROM task t"                                  \
  "   WHERE t.done_at IS NOT NULL AND t.lead IS NOT NULL" of_task "),"                             \
  " first AS (SELECT lead, min (at) AS at, kind FROM contacted GROUP BY lead)"                     \
  " SELECT c.lead, c.at,"                                                                          \
  "        coalesce ((SELECT t.source FROM touch t"                                                \
  "                    WHERE t.lead = c.lead AND t.at <= c.at + 60000"                             \
  "                    ORDER BY t.at DESC, t.id LIMIT 1),"                                         \
  "                  (SELECT t.source FROM touch t WHERE t.lead = c.lead"                          \
  "                    ORDER BY t.at, t.id LIMIT 1)),"                                             \
  "        max (f.at, c.at), coalesce (f.kind, '')"                                                \
  "   FROM captured c LEFT JOIN first f ON f.lead = c.lead"                                        \
  "  WHERE f.at IS NULL OR f.at >= c.at - 60000"

#define COLUMNS "(lead, captured_at, source, contacted_at, contact)"

static const char SQL_FORGET[] = "DELETE FROM first_contact WHERE lead = :id";

static const char SQL_MAKE[]
    = "INSERT INTO first_contact " COLUMNS " "
      MADE (" AND e.lead = :id", " AND t.lead = :id");

static const char SQL_COUNT_WRONG[]
    = "WITH made (lead, captured_at, source, contacted_at, contact) AS (" MADE ("", "") ")"
      " SELECT count (*) FROM made m FULL JOIN first_contact f ON f.lead = m.lead"
      "  WHERE f.lead IS NULL OR m.lead IS NULL OR f.captured_at <> m.captured_at"
      "     OR f.contacted_at IS NOT m.contacted_at";

static const char SQL_FORGET_ALL[] = "DELETE FROM first_contact";

static const char SQL_MAKE_ALL[] = "INSERT INTO first_contact " COLUMNS " " MADE ("", "");

#define ROW                                                                                        \
  "SELECT f.lead,"                                                                                 \
  "       coalesce (nullif (trim (l.first_name || ' ' || l.last_name), ''),"                       \
  "                 nullif (l.company, ''), l.email, l.phone),"                                    \
  "       coalesce (s.name, ''), f.captured_at, coalesce (f.contacted_at, 0),"                     \
  "       EXISTS (SELECT 1 FROM notice n"                                                          \
  "                WHERE n.lead = f.lead AND n.today = 1 AND n.seen_at IS NULL)"                   \
  "  FROM first_contact f JOIN lead l ON l.id = f.lead LEFT JOIN source s ON s.id = f.source"

#define IS_WAITING                                                                                 \
  " WHERE f.contacted_at IS NULL AND f.captured_at >= :since"                                      \
  "   AND (:on_today = 0"                                                                          \
  "        OR EXISTS (SELECT 1 FROM notice n WHERE n.lead = f.lead AND n.today = 1))"

static const char SQL_LOAD[] = ROW " WHERE f.lead = :lead";

static const char SQL_COUNT_WAITING[]
    = "SELECT count (*) FROM first_contact f" IS_WAITING;

static const char SQL_LIST_WAITING[]
    = ROW IS_WAITING
          " ORDER BY f.captured_at, f.lead LIMIT :limit";

/* By source, of each the shortest wait first, then those that are not over. */
static const char SQL_WAITS[]
    = "SELECT coalesce (f.source, 0), coalesce (s.kind, ''), coalesce (s.name, ''), f.captured_at,"
      "       coalesce (f.contacted_at, 0)"
      "  FROM first_contact f LEFT JOIN source s ON s.id = f.source"
      " WHERE f.captured_at >= :from AND f.captured_at < :until"
      " ORDER BY f.source, f.contacted_at IS NULL, f.contacted_at - f.captured_at";

void
rungs_first_contact_free (RungsFirstContact *self)
{
  g_free (self->name);
  g_free (self->source);
  g_free (self);
}

void
rungs_contact_figures_free (RungsContactFigures *self)
{
  g_free (self->name);
  g_free (self);
}

/* ---- following */

/* What tells of a lead's own deeds in bulk changes nothing here. */
static gboolean
event_cb (RungsDb           *db,
          const RungsEvent  *event,
          gpointer           data,
          GError           **error)
{
  GHashTable *leads = data;

  if (event->lead != 0 && event->run == 0)
    g_hash_table_add (leads, g_memdup2 (&event->lead, sizeof event->lead));
  return TRUE;
}

/* Of each lead once, however much has happened to it. */
static gboolean
make_anew (RungsDb     *db,
           GHashTable  *leads,
           GError     **error)
{
  GHashTableIter iter;
  gpointer lead;

  g_hash_table_iter_init (&iter, leads);
  while (g_hash_table_iter_next (&iter, &lead, NULL))
    if (!rungs_record_run (db, SQL_FORGET, *(gint64 *) lead, error)
        || !rungs_record_run (db, SQL_MAKE, *(gint64 *) lead, error))
      return FALSE;
  return TRUE;
}

gboolean
rungs_first_contacts_follow (RungsDb  *db,
                             GError  **error)
{
  static const char *const KINDS[]
      = { RUNGS_EVENT_FORM_SUBMITTED, RUNGS_EVENT_ORDER_PLACED,  RUNGS_EVENT_CALL_LOGGED,
          RUNGS_EVENT_MEETING_LOGGED, RUNGS_EVENT_NOTE_CHANGED,  RUNGS_EVENT_NOTE_DELETED,
          RUNGS_EVENT_NOTE_RESTORED,  RUNGS_EVENT_TASK_DONE,     RUNGS_EVENT_TASK_REOPENED,
          RUNGS_EVENT_TOUCH_MADE,     RUNGS_EVENT_LEAD_RESTORED, RUNGS_EVENT_LEAD_MERGED,
          RUNGS_EVENT_LEAD_UNMERGED,  NULL };
  g_autoptr (GHashTable) leads
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  return rungs_event_follow (db, "first contacts", KINDS, event_cb, leads, error)
         && make_anew (db, leads, error);
}

gboolean
rungs_first_contacts_check (RungsDb    *db,
                            GPtrArray  *faults,
                            GError    **error)
{
  g_autoptr (RungsStatement) count = rungs_db_prepare (db, SQL_COUNT_WRONG, error);
  gint64 n = 0;

  if (count == NULL || !rungs_statement_get_number (count, 0, &n, error))
    return FALSE;
  if (n > 0)
    g_ptr_array_add (faults,
                     g_strdup_printf ("of %" G_GINT64_FORMAT " leads it is kept wrongly when"
                                      " somebody was in touch first; --rebuild mends it",
                                      n));
  return TRUE;
}

gboolean
rungs_first_contacts_rebuild (RungsDb  *db,
                              GError  **error)
{
  g_autoptr (RungsStatement) forget = rungs_db_prepare (db, SQL_FORGET_ALL, error);
  g_autoptr (RungsStatement) make = forget ? rungs_db_prepare (db, SQL_MAKE_ALL, error) : NULL;

  return make != NULL && rungs_statement_run (forget, error) && rungs_statement_run (make, error);
}

/* ---- reading */

static gpointer
read_contact (RungsStatement *row)
{
  RungsFirstContact *self = g_new0 (RungsFirstContact, 1);

  self->lead = rungs_statement_get_int64 (row, 0);
  self->name = rungs_statement_dup_text (row, 1);
  self->source = rungs_statement_dup_text (row, 2);
  self->captured_at = rungs_statement_get_int64 (row, 3);
  self->contacted_at = rungs_statement_get_int64 (row, 4);
  self->is_new = rungs_statement_get_int64 (row, 5) != 0;
  return self;
}

gboolean
rungs_first_contact_load (RungsDb            *db,
                          gint64              lead,
                          RungsFirstContact **contact,
                          GError            **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);
  RungsStep step;

  g_return_val_if_fail (contact != NULL, FALSE);

  *contact = NULL;
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":lead", lead);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    *contact = read_contact (query);
  rungs_statement_reset (query);
  return step != RUNGS_FAILED;
}

gboolean
rungs_first_contact_count_waiting (RungsDb                 *db,
                                   const RungsContactQuery *asked,
                                   gint64                  *n,
                                   GError                 **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT_WAITING, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":since", asked->since);
  rungs_statement_bind_int64 (query, ":on_today", asked->on_today);
  return rungs_statement_get_number (query, 0, n, error);
}

GPtrArray *
rungs_first_contact_list_waiting (RungsDb                 *db,
                                  const RungsContactQuery *asked,
                                  guint                    limit,
                                  GError                 **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST_WAITING, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":since", asked->since);
  rungs_statement_bind_int64 (query, ":on_today", asked->on_today);
  rungs_statement_bind_int64 (query, ":limit", limit);
  return rungs_record_list (query, read_contact, (GDestroyNotify) rungs_first_contact_free, error);
}

/* ---- by source */

/* The waits of one source, or of all, as they are read: those that are over, each in milliseconds,
 * and how many are not. */
typedef struct
{
  RungsContactFigures *figures; /* (unowned) */
  GArray *waits;                /* (owned) (element-type gint64) */
} Waits;

static gint
compare_waits (gconstpointer a,
               gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* The nearest rank: the smallest wait that `percent` of all do not exceed. */
static gint64
find_percentile (Waits *self,
                 gint64 percent)
{
  gint64 rank = (self->figures->captured * percent + 99) / 100;

  return rank > 0 && rank <= self->waits->len ? g_array_index (self->waits, gint64, rank - 1) : -1;
}

static void
count_lead (Waits  *self,
            gint64  captured_at,
            gint64  contacted_at,
            gint64  now)
{
  RungsContactFigures *figures = self->figures;
  gint64 wait = contacted_at - captured_at;

  figures->captured++;
  figures->judged += contacted_at != 0 || now - captured_at >= RUNGS_HOUR;
  if (contacted_at == 0)
    return;
  figures->contacted++;
  figures->within_hour += wait <= RUNGS_HOUR;
  g_array_append_val (self->waits, wait);
}

static void
finish (Waits *self)
{
  RungsContactFigures *figures = self->figures;

  g_array_sort (self->waits, compare_waits);
  figures->median = find_percentile (self, 50);
  figures->ninetieth
    = figures->captured >= FEWEST_FOR_NINETIETH ? find_percentile (self, 90) : -1;
  g_array_set_size (self->waits, 0);
}

static RungsContactFigures *
begin_source (RungsStatement *row)
{
  RungsContactFigures *figures = g_new0 (RungsContactFigures, 1);

  figures->source = rungs_statement_get_int64 (row, 0);
  rungs_source_kind_from_text (rungs_statement_get_text (row, 1), &figures->kind);
  figures->name = rungs_statement_dup_text (row, 2);
  return figures;
}

static gint
compare_sources (gconstpointer a,
                 gconstpointer b)
{
  const RungsContactFigures *x = *(RungsContactFigures *const *) a;
  const RungsContactFigures *y = *(RungsContactFigures *const *) b;

  if ((x->source == 0) != (y->source == 0))
    return x->source == 0 ? 1 : -1;
  return x->kind != y->kind ? (int) x->kind - (int) y->kind : g_utf8_collate (x->name, y->name);
}

static gboolean
count_rows (RungsStatement  *query,
            GPtrArray       *sources,
            Waits           *all,
            gint64           now,
            GError         **error)
{
  g_autoptr (GArray) buffer = g_array_new (FALSE, FALSE, sizeof (gint64));
  Waits one = { NULL, buffer };

  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 captured_at = rungs_statement_get_int64 (query, 3);
      gint64 contacted_at = rungs_statement_get_int64 (query, 4);

      if (one.figures == NULL || one.figures->source != rungs_statement_get_int64 (query, 0))
        {
          if (one.figures != NULL)
            finish (&one);
          one.figures = begin_source (query);
          g_ptr_array_add (sources, one.figures);
        }
      count_lead (&one, captured_at, contacted_at, now);
      count_lead (all, captured_at, contacted_at, now);
    }
  if (one.figures != NULL)
    finish (&one);
  finish (all);
  return rungs_statement_done (query, error);
}

GPtrArray *
rungs_contact_figures_load (RungsDb  *db,
                            gint64    from,
                            gint64    until,
                            gint64    now,
                            GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_WAITS, error);
  g_autoptr (GPtrArray) sources
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_contact_figures_free);
  g_autoptr (GArray) buffer = g_array_new (FALSE, FALSE, sizeof (gint64));
  RungsContactFigures *figures = NULL;
  Waits all = { NULL, buffer };

  if (query == NULL)
    return NULL;
  figures = g_new0 (RungsContactFigures, 1);
  figures->name = g_strdup ("");
  all.figures = figures;
  rungs_statement_bind_int64 (query, ":from", from);
  rungs_statement_bind_int64 (query, ":until", until);
  if (!count_rows (query, sources, &all, now, error))
    {
      rungs_contact_figures_free (figures);
      return NULL;
    }
  g_ptr_array_sort (sources, compare_sources);
  g_ptr_array_add (sources, figures);
  return g_steal_pointer (&sources);
}
