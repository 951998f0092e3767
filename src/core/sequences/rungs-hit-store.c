/* rungs-hit-store.c: which leads an event happened to.
 *
 * Every statement reads the events of the stretch by their ids and nothing else: the unary + keeps
 * the planner from the index by kind, that leads through the whole history, and what is owned from
 * being looked for by its product, that many have.
 * In GROUP BY it keeps all enrolments from being read in their order. */

#include "sequences/rungs-hit-store.h"

#include <string.h>

#include "db/rungs-statement.h"
#include "sequences/rungs-sequence-store.h"

static const char SQL_CURSOR[] =
    "SELECT coalesce ((SELECT c.event FROM cursor c WHERE c.name = 'sequences'), 0)";

static const char SQL_NEWEST_EVENT[] = "SELECT coalesce (max (id), 0) FROM event";

static const char SQL_NEWEST_ENROLMENT[] = "SELECT coalesce (max (id), 0) FROM enrolment";

static const char SQL_KINDS[] =
    "SELECT v.kind FROM event v WHERE v.id > :after AND v.id <= :newest";

static const char SQL_LISTENERS[] = "SELECT s.id, v.id, v.id = s.version"
                                    "  FROM sequence s JOIN sequence_version v ON v.sequence = s.id"
                                    " WHERE s.state <> 'draft' AND instr (v.graph, :word) > 0"
                                    " ORDER BY s.id, v.id";

static const char SQL_MAKE_HITS[] =
    "CREATE TEMP TABLE IF NOT EXISTS hit (lead INTEGER NOT NULL, event INTEGER NOT NULL)";

static const char SQL_CLEAR_HITS[] = "DELETE FROM temp.hit";

#define IN_STRETCH " v.id > :after AND v.id <= :newest AND v.lead IS NOT NULL"

static const char SQL_HITS_OF_TAG[] =
    "INSERT INTO temp.hit (lead, event)"
    " SELECT v.lead, v.id FROM event v"
    "  WHERE" IN_STRETCH " AND +v.kind = 'tag.added' AND v.detail = :name COLLATE NOCASE"
    " UNION ALL "
    "SELECT x.lead, v.id"
    "   FROM event v JOIN tag t ON t.name = :name"
    "   JOIN lead_tag x ON x.tag = t.id AND +x.run = v.ref"
    "  WHERE v.id > :after AND v.id <= :newest AND +v.kind = 'import.done'";

static const char SQL_HITS_OF_FORM[] =
    "INSERT INTO temp.hit (lead, event)"
    " SELECT v.lead, v.id FROM event v"
    "  WHERE" IN_STRETCH " AND +v.kind = 'form.submitted' AND v.detail = :name COLLATE NOCASE";

static const char SQL_HITS_OF_IMPORT[] =
    "INSERT INTO temp.hit (lead, event)"
    " SELECT i.lead, v.id"
    "   FROM event v JOIN import_run r ON r.id = v.ref JOIN import_lead i ON i.run = r.id"
    "   LEFT JOIN source s ON s.id = r.source"
    "  WHERE v.id > :after AND v.id <= :newest AND +v.kind = 'import.done'"
    "    AND (:name IS NULL OR s.kind || ':' || s.name = :name)";

static const char SQL_HITS_OF_ORDER[] =
    "INSERT INTO temp.hit (lead, event)"
    " SELECT v.lead, v.id FROM event v"
    "  WHERE" IN_STRETCH " AND +v.kind = 'order.placed'"
    "    AND (:name IS NULL"
    "         OR EXISTS (SELECT 1 FROM order_line n"
    "                      JOIN product_holds h ON h.whole = n.product"
    "                      JOIN product p ON p.id = h.part"
    "                     WHERE n.sales_order = v.ref AND p.sku = :name))";

static const char SQL_HITS_OF_SEGMENT[] =
    "INSERT INTO temp.hit (lead, event)"
    " SELECT v.lead, v.id FROM event v"
    "  WHERE" IN_STRETCH " AND +v.kind = 'segment.entered'"
    "    AND +v.ref = (SELECT s.id FROM segment s WHERE s.key = :name)";

static const char SQL_HITS_OF_KIND[] =
    "INSERT INTO temp.hit (lead, event)"
    " SELECT v.lead, v.id FROM event v"
    "  WHERE" IN_STRETCH " AND +v.kind = :name AND (:detail IS NULL OR v.detail = :detail)";

static const char SQL_WAKE[] =
    "UPDATE enrolment SET due_at = :now, waits_for = NULL"
    " WHERE lead IN (SELECT h.lead FROM temp.hit h) AND outcome IS NULL"
    "   AND +sequence = :sequence AND +version = :version AND +step = :step"
    "   AND waits_for IS NOT NULL";

/* Who an import concerns is told by its rows. */
static const char SQL_LOOK_AGAIN[] =
    "UPDATE enrolment SET due_at = :now"
    " WHERE lead IN (SELECT v.lead FROM event v"
    "                 WHERE" IN_STRETCH " AND v.kind IN ('field.changed', 'lead.changed',"
    "                   'order.placed', 'order.renewed', 'order.refunded')"
    "                UNION ALL "
    "                SELECT i.lead FROM event v JOIN import_lead i ON i.run = v.ref"
    "                 WHERE v.id > :after AND v.id <= :newest AND v.kind = 'import.done')"
    "   AND outcome IS NULL AND +sequence = :sequence AND +version = :version AND +step = :step"
    "   AND due_at > :now";

/* Who entered in this stretch says by which event: what happened before that does not concern
 * the walk. */
static const char SQL_CONCERNED_BY_HITS[] =
    "SELECT e.id, e.lead, e.version, max (h.event), 0"
    "  FROM temp.hit h JOIN enrolment e ON e.lead = h.lead AND e.outcome IS NULL"
    " WHERE +e.sequence = :sequence AND +e.version = :version"
    "   AND (e.id <= :newest_enrolment"
    "        OR (substr (e.why, 1, 6) = 'event:'"
    "            AND CAST (substr (e.why, 7) AS INTEGER) < h.event))"
    " GROUP BY +e.id";

static const char SQL_CONCERNED_BY_FACTS[] =
    "SELECT e.id, e.lead, e.version, max (v.id), 0"
    "  FROM event v JOIN enrolment e ON e.lead = v.lead AND e.outcome IS NULL"
    " WHERE" IN_STRETCH " AND v.kind NOT LIKE 'mail.%' AND v.kind NOT LIKE 'sequence.%'"
    "   AND +e.sequence = :sequence AND +e.version = :version"
    " GROUP BY +e.id";

static const char SQL_CONCERNED_BY_ORDERS[] =
    "SELECT e.id, e.lead, e.version, max (v.id), 0"
    "  FROM event v JOIN enrolment e ON e.lead = v.lead AND e.outcome IS NULL"
    "  JOIN sequence s ON s.id = +e.sequence"
    " WHERE" IN_STRETCH " AND +v.kind = 'order.placed'"
    "   AND EXISTS (SELECT 1 FROM owned w"
    "                WHERE w.lead = e.lead AND +w.product = s.sells"
    "                  AND (w.paid_until IS NULL OR w.paid_until > :now))"
    " GROUP BY +e.id";

static const char SQL_CONCERNED_BY_REFUSALS[] =
    "SELECT e.id, e.lead, e.version, max (v.id), max (v.kind = 'lead.suppressed')"
    "  FROM event v JOIN enrolment e ON e.lead = v.lead AND e.outcome IS NULL"
    " WHERE" IN_STRETCH "   AND (+v.kind = 'lead.suppressed'"
    "        OR (+v.kind IN ('consent.withdrawn', 'consent.annulled')"
    "            AND v.detail = 'marketing/email'))"
    " GROUP BY +e.id";

/* Where it is not known to which message it replies, it concerns all walks of the lead. */
static const char SQL_CONCERNED_BY_REPLIES[] =
    "SELECT e.id, e.lead, e.version, max (v.id), 0"
    "  FROM event v JOIN enrolment e ON e.lead = v.lead AND e.outcome IS NULL"
    "  LEFT JOIN outbox o ON o.id = v.ref"
    " WHERE" IN_STRETCH " AND +v.kind = 'mail.replied' AND +e.sequence = :sequence"
    "   AND +e.version = :version AND e.id <= :newest_enrolment"
    "   AND (o.id IS NULL OR o.enrolment = e.id)"
    " GROUP BY +e.id";

static gboolean
read_number (RungsDb     *db,
             const char  *sql,
             gint64      *number,
             GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  return query != NULL && rungs_statement_get_number (query, 0, number, error);
}

gboolean
rungs_stretch_load (RungsDb       *db,
                    RungsStretch  *stretch,
                    GError       **error)
{
  return read_number (db, SQL_CURSOR, &stretch->after, error)
         && read_number (db, SQL_NEWEST_EVENT, &stretch->newest, error);
}

gboolean
rungs_stretch_go_on (RungsDb       *db,
                     RungsStretch  *stretch,
                     GError       **error)
{
  stretch->after = stretch->newest;
  return read_number (db, SQL_NEWEST_EVENT, &stretch->newest, error);
}

gboolean
rungs_enrolment_newest (RungsDb  *db,
                        gint64   *newest,
                        GError  **error)
{
  return read_number (db, SQL_NEWEST_ENROLMENT, newest, error);
}

static void
bind_stretch (RungsStatement     *query,
              const RungsStretch *stretch)
{
  rungs_statement_bind_int64 (query, ":after", stretch->after);
  rungs_statement_bind_int64 (query, ":newest", stretch->newest);
}

GHashTable *
rungs_stretch_kinds (RungsDb             *db,
                     const RungsStretch  *stretch,
                     GError             **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_KINDS, error);
  g_autoptr (GHashTable) kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (query == NULL)
    return NULL;
  bind_stretch (query, stretch);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    if (!g_hash_table_contains (kinds, rungs_statement_get_text (query, 0)))
      g_hash_table_add (kinds, rungs_statement_dup_text (query, 0));
  return rungs_statement_done (query, error) ? g_steal_pointer (&kinds) : NULL;
}

void
rungs_listener_free (RungsListener *self)
{
  if (self == NULL)
    return;
  rungs_graph_unref (self->graph);
  g_free (self);
}

static gboolean
has_listener (GPtrArray *listeners,
              gint64     version)
{
  for (guint i = 0; i < listeners->len; i++)
    if (((RungsListener *) g_ptr_array_index (listeners, i))->version == version)
      return TRUE;
  return FALSE;
}

gboolean
rungs_listeners_collect (RungsDb     *db,
                         const char  *word,
                         GPtrArray   *listeners,
                         GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LISTENERS, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":word", word);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 version = rungs_statement_get_int64 (query, 1);
      RungsListener *listener;

      if (has_listener (listeners, version))
        continue;
      listener = g_new0 (RungsListener, 1);
      listener->sequence = rungs_statement_get_int64 (query, 0);
      listener->version = version;
      listener->current = rungs_statement_get_int64 (query, 2) != 0;
      g_ptr_array_add (listeners, listener);
      listener->graph = rungs_sequence_load_graph (db, version, error);
      if (listener->graph == NULL)
        return FALSE;
    }
  return rungs_statement_done (query, error);
}

static gboolean
run (RungsDb     *db,
     const char  *sql,
     GError     **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, sql, error);

  return statement != NULL && rungs_statement_run (statement, error);
}

gboolean
rungs_hits_find (RungsDb                *db,
                 const RungsStretch     *stretch,
                 const RungsGraphEvent  *event,
                 gint64                 *hits,
                 GError                **error)
{
  static const char *const FINDERS[] = {
    [RUNGS_GRAPH_ON_TAG] = SQL_HITS_OF_TAG,       [RUNGS_GRAPH_ON_FORM] = SQL_HITS_OF_FORM,
    [RUNGS_GRAPH_ON_IMPORT] = SQL_HITS_OF_IMPORT, [RUNGS_GRAPH_ON_ORDER] = SQL_HITS_OF_ORDER,
    [RUNGS_GRAPH_ON_SEGMENT] = SQL_HITS_OF_SEGMENT, [RUNGS_GRAPH_ON_EVENT] = SQL_HITS_OF_KIND,
  };
  g_autoptr (RungsStatement) insert = NULL;

  g_return_val_if_fail (event->on < G_N_ELEMENTS (FINDERS), FALSE);

  if (!run (db, SQL_MAKE_HITS, error) || !run (db, SQL_CLEAR_HITS, error))
    return FALSE;
  insert = rungs_db_prepare (db, FINDERS[event->on], error);
  if (insert == NULL)
    return FALSE;
  bind_stretch (insert, stretch);
  rungs_statement_bind_text (insert, ":name", event->name);
  if (event->on == RUNGS_GRAPH_ON_EVENT)
    rungs_statement_bind_text (insert, ":detail", event->detail);
  if (!rungs_statement_run (insert, error))
    return FALSE;
  *hits = rungs_db_get_changes (db);
  return TRUE;
}

gboolean
rungs_hits_wake (RungsDb              *db,
                 const RungsListener  *listener,
                 const char           *step,
                 gint64                now,
                 GError              **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_WAKE, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":sequence", listener->sequence);
  rungs_statement_bind_int64 (update, ":version", listener->version);
  rungs_statement_bind_text (update, ":step", step);
  rungs_statement_bind_int64 (update, ":now", now);
  return rungs_statement_run (update, error);
}

gboolean
rungs_dates_look_again (RungsDb              *db,
                        const RungsStretch   *stretch,
                        const RungsListener  *listener,
                        const char           *step,
                        gint64                now,
                        GError              **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_LOOK_AGAIN, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":after", stretch->after);
  rungs_statement_bind_int64 (update, ":newest", stretch->newest);
  rungs_statement_bind_int64 (update, ":sequence", listener->sequence);
  rungs_statement_bind_int64 (update, ":version", listener->version);
  rungs_statement_bind_text (update, ":step", step);
  rungs_statement_bind_int64 (update, ":now", now);
  return rungs_statement_run (update, error);
}

static GArray *
read_concerned (RungsStatement  *query,
                GError         **error)
{
  g_autoptr (GArray) concerned = g_array_new (FALSE, FALSE, sizeof (RungsConcerned));

  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsConcerned one = {
        .enrolment = rungs_statement_get_int64 (query, 0),
        .lead = rungs_statement_get_int64 (query, 1),
        .version = rungs_statement_get_int64 (query, 2),
        .event = rungs_statement_get_int64 (query, 3),
        .suppressed = rungs_statement_get_int64 (query, 4) != 0,
      };

      g_array_append_val (concerned, one);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&concerned) : NULL;
}

GArray *
rungs_concerned_by_hits (RungsDb              *db,
                         const RungsListener  *listener,
                         gint64                newest_enrolment,
                         GError              **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_CONCERNED_BY_HITS, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":sequence", listener->sequence);
  rungs_statement_bind_int64 (query, ":version", listener->version);
  rungs_statement_bind_int64 (query, ":newest_enrolment", newest_enrolment);
  return read_concerned (query, error);
}

GArray *
rungs_concerned_by_facts (RungsDb              *db,
                          const RungsStretch   *stretch,
                          const RungsListener  *listener,
                          GError              **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_CONCERNED_BY_FACTS, error);

  if (query == NULL)
    return NULL;
  bind_stretch (query, stretch);
  rungs_statement_bind_int64 (query, ":sequence", listener->sequence);
  rungs_statement_bind_int64 (query, ":version", listener->version);
  return read_concerned (query, error);
}

GArray *
rungs_concerned_by_orders (RungsDb             *db,
                           const RungsStretch  *stretch,
                           gint64               now,
                           GError             **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_CONCERNED_BY_ORDERS, error);

  if (query == NULL)
    return NULL;
  bind_stretch (query, stretch);
  rungs_statement_bind_int64 (query, ":now", now);
  return read_concerned (query, error);
}

GArray *
rungs_concerned_by_refusals (RungsDb             *db,
                             const RungsStretch  *stretch,
                             GError             **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_CONCERNED_BY_REFUSALS, error);

  if (query == NULL)
    return NULL;
  bind_stretch (query, stretch);
  return read_concerned (query, error);
}

GArray *
rungs_concerned_by_replies (RungsDb              *db,
                            const RungsStretch   *stretch,
                            const RungsListener  *listener,
                            gint64                newest_enrolment,
                            GError              **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_CONCERNED_BY_REPLIES, error);

  if (query == NULL)
    return NULL;
  bind_stretch (query, stretch);
  rungs_statement_bind_int64 (query, ":sequence", listener->sequence);
  rungs_statement_bind_int64 (query, ":version", listener->version);
  rungs_statement_bind_int64 (query, ":newest_enrolment", newest_enrolment);
  return read_concerned (query, error);
}
