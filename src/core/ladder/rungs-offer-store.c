/* rungs-offer-store.c: reads and writes the arrows of the ladder. */

#include "ladder/rungs-offer-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "base/rungs-names.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-product-store.h"
#include "segments/rungs-field-table.h"
#include "segments/rungs-rule.h"

#define COLUMNS                                                                                    \
  " id, from_product, to_product, kind, after_days, priority, condition, created_at,"             \
  " retired_at, valid_from, valid_until, cap, fallback "

static const char *const KINDS[] = { "next", "upsell", "cross", "downsell" };

static const char SQL_FIND[]
    = "SELECT id FROM offer"
      " WHERE from_product IS :from_product AND to_product = :to_product AND kind = :kind"
      "   AND retired_at IS NULL AND id <> :id";

static const char SQL_ADD[]
    = "INSERT INTO offer (from_product, to_product, kind, after_days, priority, condition,"
      "                   valid_from, valid_until, cap, fallback, created_at)"
      " VALUES (:from_product, :to_product, :kind, :after_days, :priority, :condition,"
      "         :valid_from, :valid_until, :cap, :fallback, :now)";

static const char SQL_LOAD[] = "SELECT" COLUMNS "FROM offer WHERE id = :id";

static const char SQL_SAVE[]
    = "UPDATE offer"
      "   SET from_product = :from_product, to_product = :to_product, kind = :kind,"
      "       after_days = :after_days, priority = :priority, condition = :condition,"
      "       valid_from = :valid_from, valid_until = :valid_until, cap = :cap,"
      "       fallback = :fallback"
      " WHERE id = :id";

/* Whether the fallback leaves from another product, or those that fall back on this one do. */
static const char SQL_IS_ELSEWHERE[]
    = "SELECT EXISTS (SELECT 1 FROM offer"
      "                WHERE (id = :fallback OR fallback = :id)"
      "                  AND from_product IS NOT :from_product)";

static const char SQL_FALLS_ROUND[]
    = "WITH RECURSIVE chain (id) AS ("
      "  SELECT :fallback"
      "   UNION"
      "  SELECT o.fallback FROM chain c JOIN offer o ON o.id = c.id WHERE o.fallback IS NOT NULL)"
      "SELECT EXISTS (SELECT 1 FROM chain WHERE id = :id)";

static const char SQL_RETIRE[] = "UPDATE offer SET retired_at = :at WHERE id = :id";

static const char SQL_DELETE[] = "DELETE FROM offer WHERE id = :id";

static const char SQL_LIST[]
    = "SELECT" COLUMNS "FROM offer WHERE retired_at IS NULL ORDER BY from_product, priority, id";

static const char SQL_LIST_ENDED[]
    = "SELECT" COLUMNS "FROM offer WHERE retired_at IS NOT NULL ORDER BY retired_at DESC, id DESC";

const char *
rungs_offer_kind_to_text (RungsOfferKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (KINDS), KINDS[0]);

  return KINDS[kind];
}

gboolean
rungs_offer_kind_from_text (const char     *text,
                            RungsOfferKind *kind)
{
  return rungs_names_find (KINDS, G_N_ELEMENTS (KINDS), text, kind);
}

RungsOffer *
rungs_offer_new (void)
{
  return g_new0 (RungsOffer, 1);
}

void
rungs_offer_free (RungsOffer *self)
{
  g_free (self->condition);
  g_free (self);
}

static gboolean
refuse (GError    **error,
        RungsError  code,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, code, why);
  return FALSE;
}

static gpointer
offer_from_row (RungsStatement *row)
{
  RungsOffer *offer = rungs_offer_new ();

  offer->id = rungs_statement_get_int64 (row, 0);
  offer->from_product = rungs_statement_get_int64 (row, 1);
  offer->to_product = rungs_statement_get_int64 (row, 2);
  rungs_offer_kind_from_text (rungs_statement_get_text (row, 3), &offer->kind);
  offer->after_days = rungs_statement_get_int64 (row, 4);
  offer->priority = rungs_statement_get_int64 (row, 5);
  offer->condition = rungs_statement_dup_text (row, 6);
  offer->created_at = rungs_statement_get_int64 (row, 7);
  offer->retired_at = rungs_statement_get_int64 (row, 8);
  offer->valid_from = rungs_statement_get_int64 (row, 9);
  offer->valid_until = rungs_statement_get_int64 (row, 10);
  offer->cap = rungs_statement_get_int64 (row, 11);
  offer->fallback = rungs_statement_get_int64 (row, 12);
  return offer;
}

RungsOffer *
rungs_offer_load (RungsDb *db,
                  gint64   id,
                  GError **error)
{
  return rungs_record_load (db, SQL_LOAD, id, offer_from_row, "offer", error);
}

static gboolean
is_rule (RungsDb    *db,
         const char *condition,
         GError    **error)
{
  g_autoptr (RungsRule) rule = rungs_rule_parse (condition, error);
  g_autoptr (GPtrArray) faults = rule ? rungs_rule_check (db, rule, FALSE, error) : NULL;
  gboolean asks = FALSE;

  if (faults == NULL || !rungs_rule_asks (db, rule, RUNGS_RULE_NEXT_OFFER, &asks, error))
    return FALSE;
  if (asks)
    return refuse (error, RUNGS_ERROR_INVALID,
                   _ ("the condition of an offer cannot ask what is offered next, for that depends"
                      " on it"));
  return faults->len == 0 || refuse (error, RUNGS_ERROR_INVALID, faults->pdata[0]);
}

static gboolean
is_product (RungsDb *db,
            gint64   id,
            GError **error)
{
  g_autoptr (RungsProduct) product = rungs_product_load (db, id, error);

  return product != NULL;
}

/* Binds what makes an arrow the same as another. */
static void
bind_arrow (RungsStatement   *statement,
            const RungsOffer *offer)
{
  rungs_statement_bind_id (statement, ":from_product", offer->from_product);
  rungs_statement_bind_int64 (statement, ":to_product", offer->to_product);
  rungs_statement_bind_text (statement, ":kind", rungs_offer_kind_to_text (offer->kind));
}

static gboolean
is_new (RungsDb          *db,
        const RungsOffer *offer,
        gint64            id,
        GError          **error)
{
  g_autoptr (RungsStatement) find = rungs_db_prepare (db, SQL_FIND, error);
  gint64 other;

  if (find == NULL)
    return FALSE;
  bind_arrow (find, offer);
  rungs_statement_bind_int64 (find, ":id", id);
  if (!rungs_statement_get_number (find, 0, &other, error))
    return FALSE;
  return other == 0
         || refuse (error, RUNGS_ERROR_CONFLICT,
                    _ ("there is an offer of this kind between them already"));
}

/* Asks `sql` of the offer that is to be stored under `id`; refuses with `why` where the answer is
 * yes. */
static gboolean
is_not (RungsDb          *db,
        const char       *sql,
        const RungsOffer *offer,
        gint64            id,
        const char       *why,
        GError          **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);
  gint64 answer;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_id (query, ":fallback", offer->fallback);
  rungs_statement_bind_int64 (query, ":id", id);
  if (sql == SQL_IS_ELSEWHERE)
    rungs_statement_bind_id (query, ":from_product", offer->from_product);
  return rungs_statement_get_number (query, 0, &answer, error)
         && (answer == 0 || refuse (error, RUNGS_ERROR_CONFLICT, why));
}

static gboolean
is_fallback (RungsDb          *db,
             const RungsOffer *offer,
             gint64            id,
             GError          **error)
{
  g_autoptr (RungsOffer) fallback = NULL;

  if (offer->fallback != 0)
    fallback = rungs_offer_load (db, offer->fallback, error);
  if (offer->fallback != 0 && fallback == NULL)
    return FALSE;
  return is_not (db, SQL_IS_ELSEWHERE, offer, id,
                 _ ("an offer and the one that is made in its place leave from the same product"),
                 error)
         && is_not (db, SQL_FALLS_ROUND, offer, id,
                    _ ("offers cannot stand in for each other in a circle"), error);
}

static gboolean
are_limits_sound (const RungsOffer *offer,
                  GError          **error)
{
  if (offer->valid_from != 0 && offer->valid_until != 0 && offer->valid_until <= offer->valid_from)
    return refuse (error, RUNGS_ERROR_INVALID, _ ("an offer cannot end before it begins"));
  return offer->cap >= 0
         || refuse (error, RUNGS_ERROR_INVALID, _ ("the refusals of an offer cannot be negative"));
}

static gboolean
is_sound (RungsDb          *db,
          const RungsOffer *offer,
          gint64            id,
          GError          **error)
{
  if (offer->from_product == offer->to_product)
    return refuse (error, RUNGS_ERROR_INVALID, _ ("an offer cannot lead from a product to itself"));
  if (offer->after_days < 0)
    return refuse (error, RUNGS_ERROR_INVALID, _ ("the days of an offer cannot be negative"));
  return (offer->from_product == 0 || is_product (db, offer->from_product, error))
         && is_product (db, offer->to_product, error)
         && (offer->condition == NULL || is_rule (db, offer->condition, error))
         && is_new (db, offer, id, error) && are_limits_sound (offer, error)
         && is_fallback (db, offer, id, error);
}

static void
bind_offer (RungsStatement   *statement,
            const RungsOffer *offer)
{
  bind_arrow (statement, offer);
  rungs_statement_bind_int64 (statement, ":after_days", offer->after_days);
  rungs_statement_bind_int64 (statement, ":priority", offer->priority);
  rungs_statement_bind_text (statement, ":condition", offer->condition);
  rungs_statement_bind_id (statement, ":valid_from", offer->valid_from);
  rungs_statement_bind_id (statement, ":valid_until", offer->valid_until);
  rungs_statement_bind_id (statement, ":cap", offer->cap);
  rungs_statement_bind_id (statement, ":fallback", offer->fallback);
}

gint64
rungs_offer_add (RungsDb          *db,
                 const RungsOffer *offer,
                 gint64            now,
                 GError          **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (db, SQL_ADD, error);

  g_return_val_if_fail (offer != NULL, 0);

  if (add == NULL || !is_sound (db, offer, 0, error))
    return 0;
  bind_offer (add, offer);
  rungs_statement_bind_int64 (add, ":now", now);
  return rungs_statement_run (add, error) ? rungs_db_get_last_id (db) : 0;
}

gboolean
rungs_offer_save (RungsDb          *db,
                  const RungsOffer *offer,
                  GError          **error)
{
  g_autoptr (RungsStatement) save = rungs_db_prepare (db, SQL_SAVE, error);

  g_return_val_if_fail (offer != NULL, FALSE);

  if (save == NULL || !is_sound (db, offer, offer->id, error))
    return FALSE;
  bind_offer (save, offer);
  return rungs_record_change (db, save, offer->id, "offer", error);
}

gboolean
rungs_offer_retire (RungsDb *db,
                    gint64   offer,
                    gint64   at,
                    GError **error)
{
  return rungs_record_mark (db, SQL_RETIRE, offer, at, "offer", error);
}

gboolean
rungs_offer_delete (RungsDb *db,
                    gint64   offer,
                    GError **error)
{
  g_autoptr (RungsStatement) delete = rungs_db_prepare (db, SQL_DELETE, error);

  return delete != NULL && rungs_record_change (db, delete, offer, "offer", error);
}

GPtrArray *
rungs_offer_list (RungsDb *db,
                  GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, offer_from_row, (GDestroyNotify) rungs_offer_free, error);
}

GPtrArray *
rungs_offer_list_ended (RungsDb *db,
                        GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST_ENDED, error);

  return rungs_record_list (query, offer_from_row, (GDestroyNotify) rungs_offer_free, error);
}
