/* rungs-web-pull-store.c: which endpoints ask their providers, and how far they were asked. */

#include "web/rungs-web-pull-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "web/rungs-web-delivery-store.h"
#include "wire/rungs-provider-option.h"

#define PLAN "p.endpoint, p.minutes, p.options, p.since, p.stopped_at"
#define QUESTION "name, since, walk, looked_at, wait_until, tries, trouble, refused"

static const char SQL_LOAD[] = "SELECT " PLAN " FROM web_pull p WHERE p.endpoint = :id";

static const char SQL_LIST[]
  = "SELECT " PLAN " FROM web_pull p JOIN web_endpoint e ON e.id = p.endpoint"
    " WHERE p.stopped_at IS NULL AND e.retired_at IS NULL ORDER BY e.id";

static const char SQL_SAVE[]
  = "INSERT INTO web_pull (endpoint, minutes, options, since, stopped_at)"
    " VALUES (:endpoint, :minutes, :options, :since, :stopped_at)"
    " ON CONFLICT (endpoint) DO UPDATE SET minutes = excluded.minutes,"
    "   options = excluded.options, since = excluded.since, stopped_at = excluded.stopped_at";

/* Also a walk that began later: what it heard is known, and comes to nothing. */
static const char SQL_GO_BACK[]
  = "UPDATE web_pull_question SET since = :since, walk = '', tries = 0"
    " WHERE endpoint = :endpoint"
    "   AND :since < (SELECT since FROM web_pull WHERE endpoint = :endpoint)";

static const char SQL_LOAD_QUESTION[]
  = "SELECT " QUESTION " FROM web_pull_question WHERE endpoint = :endpoint AND name = :name";

static const char SQL_SAVE_QUESTION[]
  = "INSERT INTO web_pull_question (endpoint, " QUESTION ")"
    " VALUES (:endpoint, :name, :since, :walk, :looked_at, :wait_until, :tries, :trouble,"
    "         :refused)"
    " ON CONFLICT (endpoint, name) DO UPDATE SET since = excluded.since, walk = excluded.walk,"
    "   looked_at = excluded.looked_at, wait_until = excluded.wait_until, tries = excluded.tries,"
    "   trouble = excluded.trouble, refused = excluded.refused";

static const char SQL_DROP_QUESTION[]
  = "DELETE FROM web_pull_question WHERE endpoint = :endpoint AND name = :name";

static const char SQL_STATE[]
  = "SELECT coalesce (max (looked_at), 0), coalesce (min (since), 0),"
    "       coalesce (max (walk <> ''), 0), coalesce (max (trouble), '')"
    "  FROM web_pull_question WHERE endpoint = :endpoint";

/* Of each endpoint the question with which it is worst. */
static const char SQL_TROUBLES[]
  = "SELECT endpoint, name, trouble FROM"
    " (SELECT q.endpoint, e.name, q.trouble, row_number () OVER"
    "           (PARTITION BY q.endpoint ORDER BY q.refused DESC, q.tries DESC, q.name) AS n"
    "    FROM web_pull_question q JOIN web_pull p ON p.endpoint = q.endpoint"
    "    JOIN web_endpoint e ON e.id = q.endpoint"
    "   WHERE q.trouble <> '' AND (q.refused OR q.tries >= :tries)"
    "     AND p.stopped_at IS NULL AND e.retired_at IS NULL)"
    " WHERE n = 1 ORDER BY endpoint";

static const char SQL_MARK_PULLED[] = "UPDATE web_delivery SET pulled = 1 WHERE id = :id";

static const char SQL_IS_TAKEN[]
  = "SELECT EXISTS (SELECT 1 FROM web_delivery WHERE origin = :origin)";

/* ---- plans */

void
rungs_web_pull_plan_free (RungsWebPullPlan *self)
{
  if (self == NULL)
    return;
  g_free (self->options);
  g_free (self);
}

static gpointer
read_plan (RungsStatement *row)
{
  RungsWebPullPlan *self = g_new0 (RungsWebPullPlan, 1);

  self->endpoint = rungs_statement_get_int64 (row, 0);
  self->minutes = rungs_statement_get_int64 (row, 1);
  self->options = rungs_statement_dup_text (row, 2);
  self->since = rungs_statement_get_int64 (row, 3);
  self->stopped_at = rungs_statement_get_int64 (row, 4);
  return self;
}

RungsWebPullPlan *
rungs_web_pull_plan_new (const RungsWebEndpoint *endpoint)
{
  RungsWebPullPlan *self = g_new0 (RungsWebPullPlan, 1);

  g_return_val_if_fail (endpoint != NULL, self);

  self->endpoint = endpoint->id;
  self->options = g_strdup ("{}");
  self->since = endpoint->created_at;
  return self;
}

RungsWebPullPlan *
rungs_web_pull_plan_load (RungsDb  *db,
                          gint64    endpoint,
                          GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);

  if (query != NULL)
    rungs_statement_bind_int64 (query, ":id", endpoint);
  return rungs_record_first (query, read_plan, _ ("The provider of this endpoint is not asked."),
                             error);
}

GPtrArray *
rungs_web_pull_plan_list (RungsDb  *db,
                          GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, read_plan, (GDestroyNotify) rungs_web_pull_plan_free, error);
}

static JsonObject *
parse_options (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node)
                                                       : json_object_new ();
}

RungsProvider *
rungs_web_pull_plan_load_provider (const RungsWebPullPlan  *plan,
                                   const RungsWebEndpoint  *endpoint,
                                   JsonObject             **options,
                                   GError                 **error)
{
  g_autoptr (RungsProvider) provider = NULL;
  g_autoptr (JsonObject) given = NULL;

  g_return_val_if_fail (plan != NULL && endpoint != NULL && options != NULL, NULL);

  provider = rungs_provider_load (endpoint->provider, error);
  if (provider == NULL)
    return NULL;
  if (rungs_provider_get_section (provider, RUNGS_PROVIDER_PULL) == NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("%s cannot be asked; what it sends comes by the relay."),
                   rungs_provider_get_name (provider));
      return NULL;
    }
  given = parse_options (plan->options);
  *options = rungs_provider_complete_options (provider, RUNGS_PROVIDER_PULL, given, error);
  return *options != NULL ? g_steal_pointer (&provider) : NULL;
}

static gboolean
is_sound (RungsDb                 *db,
          const RungsWebPullPlan  *plan,
          GError                 **error)
{
  g_autoptr (RungsWebEndpoint) endpoint = rungs_web_endpoint_load (db, plan->endpoint, error);
  g_autoptr (JsonObject) options = NULL;
  g_autoptr (RungsProvider) provider
    = endpoint ? rungs_web_pull_plan_load_provider (plan, endpoint, &options, error) : NULL;

  return provider != NULL;
}

gboolean
rungs_web_pull_plan_save (RungsDb                 *db,
                          const RungsWebPullPlan  *plan,
                          GError                 **error)
{
  g_autoptr (RungsStatement) back = NULL;
  g_autoptr (RungsStatement) save = NULL;

  g_return_val_if_fail (plan != NULL, FALSE);

  if (!is_sound (db, plan, error) || (back = rungs_db_prepare (db, SQL_GO_BACK, error)) == NULL
      || (save = rungs_db_prepare (db, SQL_SAVE, error)) == NULL)
    return FALSE;
  rungs_statement_bind_int64 (back, ":endpoint", plan->endpoint);
  rungs_statement_bind_int64 (back, ":since", plan->since);
  rungs_statement_bind_int64 (save, ":endpoint", plan->endpoint);
  rungs_statement_bind_int64 (save, ":minutes", plan->minutes);
  rungs_statement_bind_text (save, ":options", plan->options);
  rungs_statement_bind_int64 (save, ":since", plan->since);
  rungs_statement_bind_id (save, ":stopped_at", plan->stopped_at);
  return rungs_statement_run (back, error) && rungs_statement_run (save, error);
}

char *
rungs_web_pull_dup_owner (const RungsWebEndpoint *endpoint)
{
  g_return_val_if_fail (endpoint != NULL, NULL);

  return g_strconcat (endpoint->uuid, ":pull", NULL);
}

/* ---- questions */

void
rungs_web_pull_question_free (RungsWebPullQuestion *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->walk);
  g_free (self->trouble);
  g_free (self);
}

static RungsWebPullQuestion *
read_question (RungsStatement *row)
{
  RungsWebPullQuestion *self = g_new0 (RungsWebPullQuestion, 1);

  self->name = rungs_statement_dup_text (row, 0);
  self->since = rungs_statement_get_int64 (row, 1);
  self->walk = rungs_statement_dup_text (row, 2);
  self->looked_at = rungs_statement_get_int64 (row, 3);
  self->wait_until = rungs_statement_get_int64 (row, 4);
  self->tries = rungs_statement_get_int64 (row, 5);
  self->trouble = rungs_statement_dup_text (row, 6);
  self->refused = rungs_statement_get_int64 (row, 7) != 0;
  return self;
}

RungsWebPullQuestion *
rungs_web_pull_question_load (RungsDb                 *db,
                              const RungsWebPullPlan  *plan,
                              const char              *name,
                              GError                 **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD_QUESTION, error);
  RungsWebPullQuestion *self;
  RungsStep step;

  g_return_val_if_fail (plan != NULL && name != NULL, NULL);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":endpoint", plan->endpoint);
  rungs_statement_bind_text (query, ":name", name);
  step = rungs_statement_step (query, error);
  if (step == RUNGS_FAILED)
    return NULL;
  if (step == RUNGS_ROW)
    return read_question (query);
  self = g_new0 (RungsWebPullQuestion, 1);
  self->name = g_strdup (name);
  self->since = plan->since;
  self->walk = g_strdup ("");
  self->trouble = g_strdup ("");
  return self;
}

gboolean
rungs_web_pull_question_save (RungsDb                     *db,
                              gint64                       endpoint,
                              const RungsWebPullQuestion  *question,
                              GError                     **error)
{
  g_autoptr (RungsStatement) save = rungs_db_prepare (db, SQL_SAVE_QUESTION, error);

  g_return_val_if_fail (question != NULL, FALSE);

  if (save == NULL)
    return FALSE;
  rungs_statement_bind_int64 (save, ":endpoint", endpoint);
  rungs_statement_bind_text (save, ":name", question->name);
  rungs_statement_bind_int64 (save, ":since", question->since);
  rungs_statement_bind_text (save, ":walk", question->walk);
  rungs_statement_bind_int64 (save, ":looked_at", question->looked_at);
  rungs_statement_bind_int64 (save, ":wait_until", question->wait_until);
  rungs_statement_bind_int64 (save, ":tries", question->tries);
  rungs_statement_bind_text (save, ":trouble", question->trouble);
  rungs_statement_bind_int64 (save, ":refused", question->refused);
  return rungs_statement_run (save, error);
}

gboolean
rungs_web_pull_question_drop (RungsDb     *db,
                              gint64       endpoint,
                              const char  *name,
                              GError     **error)
{
  g_autoptr (RungsStatement) drop = rungs_db_prepare (db, SQL_DROP_QUESTION, error);

  if (drop == NULL)
    return FALSE;
  rungs_statement_bind_int64 (drop, ":endpoint", endpoint);
  rungs_statement_bind_text (drop, ":name", name);
  return rungs_statement_run (drop, error);
}

void
rungs_web_pull_state_clear (RungsWebPullState *self)
{
  g_clear_pointer (&self->trouble, g_free);
}

gboolean
rungs_web_pull_state_load (RungsDb            *db,
                           gint64              endpoint,
                           RungsWebPullState  *state,
                           GError            **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_STATE, error);

  g_return_val_if_fail (state != NULL, FALSE);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":endpoint", endpoint);
  if (rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  state->looked_at = rungs_statement_get_int64 (query, 0);
  state->heard = rungs_statement_get_int64 (query, 1);
  state->walks = rungs_statement_get_int64 (query, 2) != 0;
  g_free (state->trouble);
  state->trouble = rungs_statement_dup_text (query, 3);
  return TRUE;
}

/* ---- what a person must see to */

void
rungs_web_pull_trouble_free (RungsWebPullTrouble *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->words);
  g_free (self);
}

static gpointer
read_trouble (RungsStatement *row)
{
  RungsWebPullTrouble *self = g_new0 (RungsWebPullTrouble, 1);

  self->endpoint = rungs_statement_get_int64 (row, 0);
  self->name = rungs_statement_dup_text (row, 1);
  self->words = rungs_statement_dup_text (row, 2);
  return self;
}

GPtrArray *
rungs_web_pull_trouble_list (RungsDb  *db,
                             GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_TROUBLES, error);

  if (query != NULL)
    rungs_statement_bind_int64 (query, ":tries", RUNGS_WEB_PULL_MANY_TRIES);
  return rungs_record_list (query, read_trouble, (GDestroyNotify) rungs_web_pull_trouble_free,
                            error);
}

/* ---- taking */

static gboolean
is_taken (RungsDb     *db,
          const char  *origin,
          gboolean    *taken,
          GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_IS_TAKEN, error);
  gint64 is = 0;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":origin", origin);
  if (!rungs_statement_get_number (query, 0, &is, error))
    return FALSE;
  *taken = is != 0;
  return TRUE;
}

gboolean
rungs_web_pull_take (RungsDb                 *db,
                     const RungsWebEndpoint  *endpoint,
                     const RungsRawDelivery  *raw,
                     const char              *key,
                     gint64                   now,
                     gint64                  *taken,
                     GError                 **error)
{
  g_autofree char *origin = NULL;
  gboolean known = FALSE;
  gint64 id;

  g_return_val_if_fail (endpoint != NULL && raw != NULL && key != NULL && taken != NULL, FALSE);

  origin = g_strdup_printf ("pull:%s:%s", endpoint->uuid, key);
  if (!rungs_web_delivery_is_known (db, endpoint->id, key, &known, error)
      || (!known && !is_taken (db, origin, &known, error)))
    return FALSE;
  if (known)
    return TRUE;
  id = rungs_web_delivery_take (db, raw, origin, now, error);
  *taken += id != 0;
  return id != 0 && rungs_record_run (db, SQL_MARK_PULLED, id, error);
}
