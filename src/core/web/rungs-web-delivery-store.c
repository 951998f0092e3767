/* rungs-web-delivery-store.c: deliveries, kept raw. */

#include "web/rungs-web-delivery-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "base/rungs-names.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"

static const char *const STATES[] = { "waiting", "applied", "ignored", "quarantine" };

#define SELECT                                                                                     \
  "SELECT d.id, d.endpoint, coalesce (e.name, ''), d.state, d.reason, d.kind, d.lead,"             \
  "       coalesce (nullif (trim (l.first_name || ' ' || l.last_name), ''), l.email, ''),"         \
  "       d.received_at, d.taken_at, d.ended_at, d.pulled"                                         \
  "  FROM web_delivery d LEFT JOIN web_endpoint e ON e.id = d.endpoint"                            \
  "  LEFT JOIN lead l ON l.id = d.lead"

static const char SQL_FIND_ORIGIN[] = "SELECT id FROM web_delivery WHERE origin = :origin";

static const char SQL_ADD[]
    = "INSERT INTO web_delivery (endpoint, origin, received_at, taken_at)"
      " VALUES (:endpoint, :origin, :received_at, :now)";

static const char SQL_ADD_RAW[]
    = "INSERT INTO web_raw (delivery, method, path, headers, body, address)"
      " VALUES (:delivery, :method, :path, :headers, :body, :address)";

static const char SQL_LOAD[] = SELECT " WHERE d.id = :id";

static const char SQL_LOAD_RAW[]
    = "SELECT r.method, r.path, r.headers, r.body, r.address, d.received_at"
      "  FROM web_raw r JOIN web_delivery d ON d.id = r.delivery WHERE r.delivery = :id";

static const char SQL_LIST[]
    = SELECT " WHERE (:state IS NULL OR d.state = :state)"
             "   AND (:endpoint IS NULL OR d.endpoint = :endpoint)"
             " ORDER BY d.id DESC LIMIT :limit";

static const char SQL_COUNT[]
    = "SELECT count (*) FROM web_delivery WHERE state = :state";

static const char SQL_STATE[] = "SELECT state = 'quarantine' FROM web_delivery WHERE id = :id";

static const char SQL_REPLAY[]
    = "UPDATE web_delivery SET state = 'waiting', reason = '' WHERE id = :id";

static const char SQL_REPLAY_ALL[]
    = "UPDATE web_delivery SET state = 'waiting', reason = ''"
      " WHERE state = 'quarantine' AND (:endpoint IS NULL OR endpoint = :endpoint)"
      "   AND EXISTS (SELECT 1 FROM web_raw r WHERE r.delivery = web_delivery.id)";

static const char SQL_SETTLE_ENDPOINT[]
    = "UPDATE web_delivery SET endpoint = coalesce ("
      "    (SELECT e.id FROM web_endpoint e JOIN web_raw r ON r.delivery = web_delivery.id"
      "      WHERE e.path = iif (instr (r.path, '?') > 0,"
      "                          substr (r.path, 1, instr (r.path, '?') - 1), r.path)), endpoint)"
      " WHERE state = 'waiting' AND endpoint IS NULL";

static const char SQL_CHANGES[] = "SELECT changes ()";

static const char SQL_DUE[]
    = "SELECT d.id FROM web_delivery d"
      " WHERE d.state = 'waiting' AND d.id > :after"
      "   AND (NOT EXISTS (SELECT 1 FROM web_wait w WHERE w.delivery = d.id)"
      "        OR EXISTS (SELECT 1 FROM web_wait w"
      "                    JOIN web_reference r"
      "                      ON r.seller = w.seller AND r.reference = w.reference"
      "                   WHERE w.delivery = d.id)"
      "        OR EXISTS (SELECT 1 FROM web_wait w"
      "                    JOIN sales_order o ON o.external = w.seller || ':' || w.reference"
      "                   WHERE w.delivery = d.id))"
      " ORDER BY d.id LIMIT :limit";

static const char SQL_END[]
    = "UPDATE web_delivery"
      "   SET state = :state, key = :key, kind = :kind, lead = :lead, reason = :reason,"
      "       ended_at = :ended_at"
      " WHERE id = :id";

static const char SQL_SAVE_HEADERS[]
    = "UPDATE web_raw SET headers = :headers WHERE delivery = :id";

static const char SQL_NOTE[]
    = "UPDATE web_delivery SET reason = :reason WHERE id = :id AND state = 'waiting'";

static const char SQL_IS_KNOWN[]
    = "SELECT EXISTS (SELECT 1 FROM web_delivery WHERE endpoint = :endpoint AND key = :key)";

static const char SQL_CLEAR_WAITS[] = "DELETE FROM web_wait WHERE delivery = :id";

static const char SQL_WAIT[]
    = "INSERT OR IGNORE INTO web_wait (delivery, seller, reference)"
      " VALUES (:delivery, :seller, :reference)";

const char *
rungs_web_state_to_text (RungsWebState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (STATES), "");

  return STATES[state];
}

gboolean
rungs_web_state_from_text (const char    *text,
                           RungsWebState *state)
{
  g_return_val_if_fail (state != NULL, FALSE);

  return rungs_names_find (STATES, G_N_ELEMENTS (STATES), text, state);
}

void
rungs_web_delivery_free (RungsWebDelivery *self)
{
  if (self == NULL)
    return;
  g_free (self->endpoint_name);
  g_free (self->reason);
  g_free (self->kind);
  g_free (self->lead_name);
  g_free (self);
}

/* ---- taking */

static gboolean
find_origin (RungsDb     *db,
             const char  *origin,
             gint64      *id,
             GError     **error)
{
  g_autoptr (RungsStatement) query = NULL;

  *id = 0;
  if (origin == NULL)
    return TRUE;
  query = rungs_db_prepare (db, SQL_FIND_ORIGIN, error);
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":origin", origin);
  return rungs_statement_get_number (query, 0, id, error);
}

static gboolean
add_raw (RungsDb                 *db,
         gint64                   id,
         const RungsRawDelivery  *raw,
         GError                 **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD_RAW, error);
  g_autofree char *headers = rungs_raw_delivery_dup_headers (raw);
  gsize length = 0;
  gconstpointer body = g_bytes_get_data (raw->body, &length);

  if (add == NULL)
    return FALSE;
  rungs_statement_bind_int64 (add, ":delivery", id);
  rungs_statement_bind_text (add, ":method", raw->method);
  rungs_statement_bind_text (add, ":path", raw->path);
  rungs_statement_bind_text (add, ":headers", headers);
  rungs_statement_bind_blob (add, ":body", length > 0 ? body : "", length);
  rungs_statement_bind_text (add, ":address", raw->address);
  return rungs_statement_run (add, error);
}

gint64
rungs_web_delivery_take (RungsDb                 *db,
                         const RungsRawDelivery  *raw,
                         const char              *origin,
                         gint64                   now,
                         GError                 **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);
  g_autofree char *path = NULL;
  gint64 id = 0, endpoint = 0;

  g_return_val_if_fail (raw != NULL, 0);

  path = rungs_raw_delivery_dup_path (raw);
  if (add == NULL || !find_origin (db, origin, &id, error)
      || !rungs_web_endpoint_find (db, path, &endpoint, error))
    return 0;
  if (id != 0)
    return id;
  rungs_statement_bind_id (add, ":endpoint", endpoint);
  rungs_statement_bind_text (add, ":origin", origin);
  rungs_statement_bind_int64 (add, ":received_at", raw->received_at);
  rungs_statement_bind_int64 (add, ":now", now);
  if (!rungs_statement_run (add, error))
    return 0;
  id = rungs_db_get_last_id (db);
  return add_raw (db, id, raw, error) ? id : 0;
}

/* ---- reading */

static gpointer
read_delivery (RungsStatement *row)
{
  RungsWebDelivery *self = g_new0 (RungsWebDelivery, 1);

  self->id = rungs_statement_get_int64 (row, 0);
  self->endpoint = rungs_statement_get_int64 (row, 1);
  self->endpoint_name = rungs_statement_dup_text (row, 2);
  rungs_web_state_from_text (rungs_statement_get_text (row, 3), &self->state);
  self->reason = rungs_statement_dup_text (row, 4);
  self->kind = rungs_statement_dup_text (row, 5);
  self->lead = rungs_statement_get_int64 (row, 6);
  self->lead_name = rungs_statement_dup_text (row, 7);
  self->received_at = rungs_statement_get_int64 (row, 8);
  self->taken_at = rungs_statement_get_int64 (row, 9);
  self->ended_at = rungs_statement_get_int64 (row, 10);
  self->pulled = rungs_statement_get_int64 (row, 11) != 0;
  return self;
}

RungsWebDelivery *
rungs_web_delivery_load (RungsDb  *db,
                         gint64    id,
                         GError  **error)
{
  return rungs_record_load (db, SQL_LOAD, id, read_delivery, "delivery", error);
}

static gpointer
read_raw (RungsStatement *row)
{
  RungsRawDelivery *raw = rungs_raw_delivery_new (
      rungs_statement_get_text (row, 0), rungs_statement_get_text (row, 1),
      rungs_statement_get_text (row, 4), rungs_statement_get_int64 (row, 5));
  g_autoptr (GBytes) body = rungs_statement_dup_blob (row, 3);

  rungs_raw_delivery_add_headers (raw, rungs_statement_get_text (row, 2));
  if (body != NULL)
    rungs_raw_delivery_set_body (raw, body);
  return raw;
}

RungsRawDelivery *
rungs_web_delivery_load_raw (RungsDb  *db,
                             gint64    id,
                             GError  **error)
{
  return rungs_record_load (db, SQL_LOAD_RAW, id, read_raw, "delivery", error);
}

GPtrArray *
rungs_web_delivery_list (RungsDb  *db,
                         int       state,
                         gint64    endpoint,
                         guint     limit,
                         GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  if (query != NULL)
    {
      rungs_statement_bind_text (query, ":state",
                                 state >= 0 ? rungs_web_state_to_text (state) : NULL);
      rungs_statement_bind_id (query, ":endpoint", endpoint);
      rungs_statement_bind_int64 (query, ":limit", limit);
    }
  return rungs_record_list (query, read_delivery, (GDestroyNotify) rungs_web_delivery_free, error);
}

gboolean
rungs_web_delivery_count (RungsDb  *db,
                          gint64    counts[RUNGS_WEB_STATES],
                          GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_COUNT, error);

  for (guint i = 0; query != NULL && i < RUNGS_WEB_STATES; i++)
    {
      rungs_statement_bind_text (query, ":state", STATES[i]);
      if (!rungs_statement_get_number (query, 0, &counts[i], error))
        return FALSE;
    }
  return query != NULL;
}

GArray *
rungs_web_delivery_due (RungsDb  *db,
                        gint64    after,
                        guint     limit,
                        GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_DUE, error);

  if (query != NULL)
    {
      rungs_statement_bind_int64 (query, ":after", after);
      rungs_statement_bind_int64 (query, ":limit", limit);
    }
  return rungs_record_ids (query, error);
}

/* ---- what a person decides */

static gboolean
is_in_quarantine (RungsDb  *db,
                  gint64    id,
                  GError  **error)
{
  gint64 is = -1;

  if (!rungs_record_ask (db, SQL_STATE, id, -1, &is, error))
    return FALSE;
  if (is < 0)
    return rungs_record_refuse_missing ("delivery", id, error);
  if (is == 0)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                         _ ("That delivery is not in quarantine."));
  return is != 0;
}

/* An endpoint may have come since. */
static gboolean
settle_endpoints (RungsDb  *db,
                  GError  **error)
{
  g_autoptr (RungsStatement) settle = rungs_db_prepare (db, SQL_SETTLE_ENDPOINT, error);

  return settle != NULL && rungs_statement_run (settle, error);
}

gboolean
rungs_web_delivery_replay (RungsDb  *db,
                           gint64    id,
                           GError  **error)
{
  g_autoptr (RungsRawDelivery) raw = NULL;

  if (!is_in_quarantine (db, id, error))
    return FALSE;
  raw = rungs_web_delivery_load_raw (db, id, error);
  return raw != NULL && rungs_record_run (db, SQL_REPLAY, id, error)
         && settle_endpoints (db, error);
}

gboolean
rungs_web_delivery_replay_all (RungsDb  *db,
                               gint64    endpoint,
                               gint64   *count,
                               GError  **error)
{
  g_autoptr (RungsStatement) replay = rungs_db_prepare (db, SQL_REPLAY_ALL, error);
  g_autoptr (RungsStatement) changes = NULL;

  g_return_val_if_fail (count != NULL, FALSE);

  if (replay == NULL)
    return FALSE;
  rungs_statement_bind_id (replay, ":endpoint", endpoint);
  if (!rungs_statement_run (replay, error))
    return FALSE;
  changes = rungs_db_prepare (db, SQL_CHANGES, error);
  return changes != NULL && rungs_statement_get_number (changes, 0, count, error)
         && settle_endpoints (db, error);
}

gboolean
rungs_web_delivery_dismiss (RungsDb  *db,
                            gint64    id,
                            gint64    now,
                            GError  **error)
{
  return is_in_quarantine (db, id, error)
         && rungs_web_delivery_end (db, id, RUNGS_WEB_IGNORED, NULL, "", 0,
                                    _ ("Somebody said that it is nothing."), now, error);
}

/* ---- ending */

gboolean
rungs_web_delivery_end (RungsDb        *db,
                        gint64          id,
                        RungsWebState   state,
                        const char     *key,
                        const char     *kind,
                        gint64          lead,
                        const char     *reason,
                        gint64          now,
                        GError        **error)
{
  g_autoptr (RungsStatement) end = rungs_db_prepare (db, SQL_END, error);

  if (end == NULL || !rungs_record_run (db, SQL_CLEAR_WAITS, id, error))
    return FALSE;
  rungs_statement_bind_int64 (end, ":id", id);
  rungs_statement_bind_text (end, ":state", rungs_web_state_to_text (state));
  rungs_statement_bind_text (end, ":key", key);
  rungs_statement_bind_text (end, ":kind", kind != NULL ? kind : "");
  rungs_statement_bind_id (end, ":lead", lead);
  rungs_statement_bind_text (end, ":reason", reason != NULL ? reason : "");
  rungs_statement_bind_id (end, ":ended_at",
                           state == RUNGS_WEB_APPLIED || state == RUNGS_WEB_IGNORED ? now : 0);
  return rungs_statement_run (end, error);
}

gboolean
rungs_web_delivery_save_headers (RungsDb                 *db,
                                 gint64                   id,
                                 const RungsRawDelivery  *raw,
                                 GError                 **error)
{
  g_autoptr (RungsStatement) save = rungs_db_prepare (db, SQL_SAVE_HEADERS, error);
  g_autofree char *headers = rungs_raw_delivery_dup_headers (raw);

  if (save == NULL)
    return FALSE;
  rungs_statement_bind_int64 (save, ":id", id);
  rungs_statement_bind_text (save, ":headers", headers);
  return rungs_statement_run (save, error);
}

gboolean
rungs_web_delivery_note (RungsDb     *db,
                         gint64       id,
                         const char  *reason,
                         GError     **error)
{
  g_autoptr (RungsStatement) note = rungs_db_prepare (db, SQL_NOTE, error);

  if (note == NULL)
    return FALSE;
  rungs_statement_bind_int64 (note, ":id", id);
  rungs_statement_bind_text (note, ":reason", reason);
  return rungs_statement_run (note, error);
}

gboolean
rungs_web_delivery_is_known (RungsDb     *db,
                             gint64       endpoint,
                             const char  *key,
                             gboolean    *known,
                             GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_IS_KNOWN, error);
  gint64 is = 0;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":endpoint", endpoint);
  rungs_statement_bind_text (query, ":key", key);
  if (!rungs_statement_get_number (query, 0, &is, error))
    return FALSE;
  *known = is != 0;
  return TRUE;
}

gboolean
rungs_web_delivery_wait (RungsDb     *db,
                         gint64       id,
                         const char  *seller,
                         GPtrArray   *references,
                         GError     **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_WAIT, error);

  for (guint i = 0; add != NULL && i < references->len; i++)
    {
      rungs_statement_bind_int64 (add, ":delivery", id);
      rungs_statement_bind_text (add, ":seller", seller);
      rungs_statement_bind_text (add, ":reference", references->pdata[i]);
      if (!rungs_statement_run (add, error))
        return FALSE;
    }
  return add != NULL;
}
