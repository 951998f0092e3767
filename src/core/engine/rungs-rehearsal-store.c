/* rungs-rehearsal-store.c: reads from a copy what a rehearsal did there. */

#include "engine/rungs-rehearsal-store.h"

#include "db/rungs-statement.h"

#define NAME "coalesce (nullif (trim (l.first_name || ' ' || l.last_name), ''), l.email, '')"

static const char SQL_BEFORE[] = "SELECT o.id FROM outbox o WHERE o.ended_at >= :from";

static const char SQL_MAILS[]
    = "SELECT o.id, o.lead, " NAME ", m.name, s.name, o.step,"
      "   coalesce (:sequence IS NULL OR e.sequence = :sequence, 0), o.created_at, o.ended_at,"
      "   o.enrolment, o.account"
      "  FROM outbox o JOIN lead l ON l.id = o.lead JOIN message m ON m.id = o.message"
      "  LEFT JOIN enrolment e ON e.id = o.enrolment LEFT JOIN sequence s ON s.id = e.sequence"
      " WHERE o.account IN (SELECT id FROM account) AND o.state = 'sent' AND o.ended_at >= :from"
      " ORDER BY o.ended_at, o.id";

static const char SQL_WITHHELD[]
    = "SELECT o.id, o.lead, " NAME ", coalesce (s.name, ''), o.step, m.name, o.reason, o.reply,"
      "   o.ended_at"
      "  FROM outbox o JOIN lead l ON l.id = o.lead JOIN message m ON m.id = o.message"
      "  LEFT JOIN enrolment e ON e.id = o.enrolment LEFT JOIN sequence s ON s.id = e.sequence"
      " WHERE o.state = 'withheld' AND o.ended_at >= :from"
      "   AND (:sequence IS NULL OR e.sequence = :sequence)"
      " ORDER BY o.ended_at, o.id";

static const char SQL_ENDED[]
    = "SELECT e.id, e.lead, " NAME ", s.name, e.step, '', e.outcome, e.why, e.ended_at"
      "  FROM enrolment e JOIN lead l ON l.id = e.lead JOIN sequence s ON s.id = e.sequence"
      " WHERE e.outcome IN ('stopped', 'error', 'bought') AND e.ended_at >= :from"
      "   AND (:sequence IS NULL OR e.sequence = :sequence)"
      " ORDER BY e.ended_at, e.id";

static const char SQL_WALKS[]
    = "SELECT e.lead, " NAME " AS name, s.name, e.step, e.outcome, e.entered_at, e.ended_at, e.id"
      "  FROM enrolment e JOIN lead l ON l.id = e.lead JOIN sequence s ON s.id = e.sequence"
      " WHERE (e.ended_at IS NULL OR e.ended_at >= :from)"
      "   AND (:sequence IS NULL OR e.sequence = :sequence)"
      "   AND (s.state = 'live' OR e.sequence = :sequence)"
      " ORDER BY name COLLATE NOCASE, e.id";

static const char SQL_NAME[] = "SELECT " NAME " FROM lead l WHERE l.id = :lead";

/* The numbers are those of RungsRehearsalWayKind, and order what happens at the same time. */
static const char SQL_WAY[]
    = "SELECT 0 AS kind, e.entered_at AS at, s.name, '', '', '', e.id AS walk, 0 AS visit"
      "  FROM enrolment e JOIN sequence s ON s.id = e.sequence"
      " WHERE e.lead = :lead AND e.entered_at >= :from"
      " UNION ALL "
      "SELECT 1, w.at, s.name, w.step, w.result, '', e.id, w.visit"
      "  FROM enrolment e JOIN sequence s ON s.id = e.sequence"
      "  JOIN enrolment_step w ON w.enrolment = e.id"
      " WHERE e.lead = :lead AND (w.at >= :from OR e.ended_at IS NULL OR e.ended_at >= :from)"
      " UNION ALL "
      "SELECT CASE o.state WHEN 'sent' THEN 2 WHEN 'withheld' THEN 3 ELSE 4 END,"
      "   coalesce (o.ended_at, o.due_at), coalesce (s.name, ''), o.step, m.name, o.reason,"
      "   coalesce (o.enrolment, 0), o.visit"
      "  FROM outbox o JOIN message m ON m.id = o.message"
      "  LEFT JOIN enrolment e ON e.id = o.enrolment LEFT JOIN sequence s ON s.id = e.sequence"
      " WHERE o.lead = :lead AND (o.ended_at >= :from OR o.state = 'planned')"
      " UNION ALL "
      "SELECT 5, e.ended_at, s.name, e.step, e.why, e.outcome, e.id, 1 << 40"
      "  FROM enrolment e JOIN sequence s ON s.id = e.sequence"
      " WHERE e.lead = :lead AND e.ended_at >= :from"
      " ORDER BY at, walk, visit, kind";

GHashTable *
rungs_rehearsal_read_before (RungsDb *db,
                             gint64   from,
                             GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_BEFORE, error);
  g_autoptr (GHashTable) before
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":from", from);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 id = rungs_statement_get_int64 (query, 0);

      g_hash_table_add (before, g_memdup2 (&id, sizeof id));
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&before) : NULL;
}

static RungsStatement *
begin (const RungsRehearsalReading *self,
       const char                  *sql,
       GError                     **error)
{
  RungsStatement *query = rungs_db_prepare (self->db, sql, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":from", self->from);
  rungs_statement_bind_id (query, ":sequence", self->sequence);
  return query;
}

/* (nullable) as in the file. */
static const char *
text_of (const RungsRehearsalReading *self,
         RungsStatement              *row,
         int                          column)
{
  if (rungs_statement_is_null (row, column))
    return NULL;
  return g_string_chunk_insert_const (self->texts, rungs_statement_get_text (row, column));
}

static gboolean
was_before (const RungsRehearsalReading *self,
            RungsStatement              *row)
{
  gint64 id = rungs_statement_get_int64 (row, 0);

  return g_hash_table_contains (self->before, &id);
}

static void
count_mail (const RungsRehearsalReading *self,
            gint64                       enrolment)
{
  guint *n = g_hash_table_lookup (self->counts, &enrolment);

  if (n == NULL)
    {
      n = g_new0 (guint, 1);
      g_hash_table_insert (self->counts, g_memdup2 (&enrolment, sizeof enrolment), n);
    }
  ++*n;
}

GArray *
rungs_rehearsal_read_mails (const RungsRehearsalReading *reading,
                            GError                     **error)
{
  g_autoptr (RungsStatement) query = begin (reading, SQL_MAILS, error);
  g_autoptr (GArray) mails = g_array_new (FALSE, FALSE, sizeof (RungsRehearsalMail));

  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsRehearsalMail mail = {
        .lead = rungs_statement_get_int64 (query, 1),
        .lead_name = text_of (reading, query, 2),
        .message = text_of (reading, query, 3),
        .sequence_name = text_of (reading, query, 4),
        .step = text_of (reading, query, 5),
        .rehearsed = rungs_statement_get_int64 (query, 6) != 0,
        .planned_at = rungs_statement_get_int64 (query, 7),
        .left_at = rungs_statement_get_int64 (query, 8),
        .account = rungs_statement_get_int64 (query, 10),
      };

      if (was_before (reading, query))
        continue;
      g_array_append_val (mails, mail);
      count_mail (reading, rungs_statement_get_int64 (query, 9));
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&mails) : NULL;
}

static gboolean
read_falls (const RungsRehearsalReading *reading,
            const char                  *sql,
            RungsRehearsalFallKind       kind,
            GArray                      *falls,
            GError                     **error)
{
  g_autoptr (RungsStatement) query = begin (reading, sql, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsRehearsalFall fall = {
        .kind = kind,
        .lead = rungs_statement_get_int64 (query, 1),
        .lead_name = text_of (reading, query, 2),
        .sequence_name = text_of (reading, query, 3),
        .step = text_of (reading, query, 4),
        .message = text_of (reading, query, 5),
        .reason = text_of (reading, query, 6),
        .why = text_of (reading, query, 7),
        .at = rungs_statement_get_int64 (query, 8),
      };

      if (kind != RUNGS_REHEARSAL_WITHHELD || !was_before (reading, query))
        g_array_append_val (falls, fall);
    }
  return rungs_statement_done (query, error);
}

gboolean
rungs_rehearsal_read_falls (const RungsRehearsalReading *reading,
                            GArray                      *falls,
                            GError                     **error)
{
  return read_falls (reading, SQL_ENDED, RUNGS_REHEARSAL_ENDED, falls, error)
         && read_falls (reading, SQL_WITHHELD, RUNGS_REHEARSAL_WITHHELD, falls, error);
}

GArray *
rungs_rehearsal_read_walks (const RungsRehearsalReading *reading,
                            GError                     **error)
{
  g_autoptr (RungsStatement) query = begin (reading, SQL_WALKS, error);
  g_autoptr (GArray) walks = g_array_new (FALSE, FALSE, sizeof (RungsRehearsalWalk));

  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 id = rungs_statement_get_int64 (query, 7);
      const guint *mails = g_hash_table_lookup (reading->counts, &id);
      RungsRehearsalWalk walk = {
        .lead = rungs_statement_get_int64 (query, 0),
        .lead_name = text_of (reading, query, 1),
        .sequence_name = text_of (reading, query, 2),
        .step = text_of (reading, query, 3),
        .outcome = text_of (reading, query, 4),
        .entered_at = rungs_statement_get_int64 (query, 5),
        .ended_at = rungs_statement_get_int64 (query, 6),
        .mails = mails != NULL ? *mails : 0,
      };

      g_array_append_val (walks, walk);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&walks) : NULL;
}

const char *
rungs_rehearsal_read_name (const RungsRehearsalReading *reading,
                           gint64                       lead,
                           GError                     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (reading->db, SQL_NAME, error);
  RungsStep step;

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_FAILED)
    return NULL;
  return step == RUNGS_ROW ? text_of (reading, query, 0) : "";
}

static void
way_free (gpointer data)
{
  RungsRehearsalWay *way = data;

  g_free (way->sequence_name);
  g_free (way->step);
  g_free (way->text);
  g_free (way->reason);
  g_free (way);
}

GPtrArray *
rungs_rehearsal_read_way (RungsDb *db,
                          gint64   lead,
                          gint64   from,
                          GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_WAY, error);
  g_autoptr (GPtrArray) ways = g_ptr_array_new_with_free_func (way_free);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":lead", lead);
  rungs_statement_bind_int64 (query, ":from", from);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsRehearsalWay *way = g_new0 (RungsRehearsalWay, 1);

      way->kind = (RungsRehearsalWayKind) rungs_statement_get_int64 (query, 0);
      way->at = rungs_statement_get_int64 (query, 1);
      way->sequence_name = rungs_statement_dup_text (query, 2);
      way->step = rungs_statement_dup_text (query, 3);
      way->text = rungs_statement_dup_text (query, 4);
      way->reason = rungs_statement_dup_text (query, 5);
      g_ptr_array_add (ways, way);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&ways) : NULL;
}
