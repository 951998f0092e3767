/* rungs-offer-ladder-store.c: the ladder as the next offer needs it: what stands, ranked.
 *
 * A condition that cannot be asked keeps one product back and not all of them: the arrow carries
 * why. So it is with one that asks for the next offer, which depends on it in turn. */

#include "ladder/rungs-offer-ladder-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "ladder/rungs-exchange-store.h"
#include "segments/rungs-field-table.h"
#include "segments/rungs-rule.h"

static const char SQL_PRODUCTS[]
    = "SELECT p.id, p.name, p.retired_at IS NOT NULL FROM product p ORDER BY p.id";

static const char SQL_PARTS[]
    = "SELECT h.whole, h.part FROM product_holds h WHERE h.part <> h.whole"
      " ORDER BY h.whole, h.part";

static const char SQL_ARROWS[]
    = "SELECT o.id, o.from_product, o.to_product, o.kind, o.priority, o.after_days, o.condition,"
      "       o.valid_from, o.valid_until, o.cap, o.fallback, p.rung, p.price, p.currency, p.cost,"
      "       p.affiliate_rate, p.currency = b.currency, f.cases, f.hits"
      "  FROM offer o JOIN product p ON p.id = o.to_product JOIN business b ON b.id = 1"
      "  LEFT JOIN offer_figure f ON f.offer = o.id"
      " WHERE o.retired_at IS NULL";

static void
product_free (gpointer data)
{
  RungsRungProduct *product = data;

  g_free (product->name);
  g_array_unref (product->parts);
  g_free (product);
}

void
rungs_offer_ladder_free (RungsOfferLadder *self)
{
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->arrows, g_ptr_array_unref);
  g_free (self);
}

int
rungs_offer_ladder_find (const RungsOfferLadder *self,
                         gint64                  product)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->places, &product)) - 1;
}

const RungsArrow *
rungs_offer_ladder_get_arrow (const RungsOfferLadder *self,
                              guint                   index)
{
  g_return_val_if_fail (index < self->arrows->len, NULL);

  return g_ptr_array_index (self->arrows, index);
}

const RungsRungProduct *
rungs_offer_ladder_get_product (const RungsOfferLadder *self,
                                int                     place)
{
  g_return_val_if_fail (place >= 0 && (guint) place < self->products->len, NULL);

  return g_ptr_array_index (self->products, place);
}

static gpointer
product_from_row (RungsStatement *row)
{
  RungsRungProduct *product = g_new0 (RungsRungProduct, 1);

  product->id = rungs_statement_get_int64 (row, 0);
  product->name = rungs_statement_dup_text (row, 1);
  product->retired = rungs_statement_get_int64 (row, 2) != 0;
  product->parts = g_array_new (FALSE, FALSE, sizeof (int));
  return product;
}

static gboolean
load_products (RungsOfferLadder  *self,
               RungsDb           *db,
               GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PRODUCTS, error);

  self->products = rungs_record_list (query, product_from_row, product_free, error);
  if (self->products == NULL)
    return FALSE;
  self->places = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < self->products->len; i++)
    g_hash_table_insert (self->places, &((RungsRungProduct *) self->products->pdata[i])->id,
                         GINT_TO_POINTER (i + 1));
  return TRUE;
}

static gboolean
load_parts (RungsOfferLadder  *self,
            RungsDb           *db,
            GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_PARTS, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      int whole = rungs_offer_ladder_find (self, rungs_statement_get_int64 (query, 0));
      int part = rungs_offer_ladder_find (self, rungs_statement_get_int64 (query, 1));

      if (whole >= 0 && part >= 0)
        g_array_append_val (rungs_offer_ladder_get_product (self, whole)->parts, part);
    }
  return rungs_statement_done (query, error);
}

/* What an affiliate gets is rounded as it is when it is paid. */
static RungsMoney
margin_of_row (RungsStatement *row)
{
  RungsMoney price
      = rungs_money (rungs_statement_get_int64 (row, 12), rungs_statement_get_text (row, 13));
  RungsMoney share = price;

  if (!rungs_money_share (price, rungs_statement_get_int64 (row, 15), &share, NULL))
    share.minor = 0;
  price.minor -= rungs_statement_get_int64 (row, 14) + share.minor;
  return price;
}

static gpointer
arrow_from_row (RungsStatement *row)
{
  RungsArrow *arrow = g_new0 (RungsArrow, 1);

  arrow->offer = rungs_statement_get_int64 (row, 0);
  arrow->from_product = rungs_statement_get_int64 (row, 1);
  arrow->to_product = rungs_statement_get_int64 (row, 2);
  rungs_offer_kind_from_text (rungs_statement_get_text (row, 3), &arrow->kind);
  arrow->priority = rungs_statement_get_int64 (row, 4);
  arrow->after_days = rungs_statement_get_int64 (row, 5);
  arrow->condition = rungs_statement_dup_text (row, 6);
  arrow->valid_from = rungs_statement_get_int64 (row, 7);
  arrow->valid_until = rungs_statement_get_int64 (row, 8);
  arrow->cap = rungs_statement_get_int64 (row, 9);
  arrow->fallback = rungs_statement_get_int64 (row, 10);
  arrow->rung = rungs_statement_get_int64 (row, 11);
  arrow->expected.margin = margin_of_row (row);
  arrow->expected.comparable = rungs_statement_get_int64 (row, 16) != 0;
  arrow->expected.cases = rungs_statement_get_int64 (row, 17);
  arrow->expected.hits = rungs_statement_get_int64 (row, 18);
  return arrow;
}

/* Notes why a condition cannot be asked. FALSE only where the file could not be. */
static gboolean
check_condition (RungsDb    *db,
                 RungsArrow *arrow,
                 GError    **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (RungsRule) rule = rungs_rule_parse (arrow->condition, &fault);
  gboolean asks = FALSE;

  if (rule != NULL && rungs_rule_asks (db, rule, RUNGS_RULE_NEXT_OFFER, &asks, &fault) && !asks)
    return TRUE;
  if (asks)
    arrow->fault = g_strdup (_ ("it asks for the next offer, which depends on it"));
  else if (g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_INVALID))
    arrow->fault = g_strdup (fault->message);
  else
    g_propagate_error (error, g_steal_pointer (&fault));
  return arrow->fault != NULL;
}

/* The currencies of the margins. */
static GPtrArray *
list_currencies (GPtrArray *arrows)
{
  GPtrArray *currencies = g_ptr_array_new ();

  for (guint i = 0; i < arrows->len; i++)
    {
      RungsArrow *arrow = g_ptr_array_index (arrows, i);

      if (!g_ptr_array_find_with_equal_func (currencies, arrow->expected.margin.currency,
                                             g_str_equal, NULL))
        g_ptr_array_add (currencies, arrow->expected.margin.currency);
    }
  g_ptr_array_add (currencies, NULL);
  return currencies;
}

/* Margins that can be told in the currency of the report, at the rate of the day, can be
 * compared. */
static gboolean
tell_margins (RungsOfferLadder  *self,
              RungsDb           *db,
              GError           **error)
{
  g_autoptr (GPtrArray) currencies = list_currencies (self->arrows);
  g_autoptr (RungsExchange) exchange = NULL;

  if (!rungs_exchange_load_at (db, (const char *const *) currencies->pdata, self->at, &exchange,
                               error))
    return FALSE;
  for (guint i = 0; exchange != NULL && i < self->arrows->len; i++)
    {
      RungsExpectation *expected = &((RungsArrow *) self->arrows->pdata[i])->expected;

      expected->comparable = rungs_exchange_convert (exchange, expected->margin, self->at,
                                                     &expected->margin)
                             == RUNGS_EXCHANGED;
    }
  return TRUE;
}

static gboolean
load_arrows (RungsOfferLadder  *self,
             RungsDb           *db,
             GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ARROWS, error);

  self->arrows
      = rungs_record_list (query, arrow_from_row, (GDestroyNotify) rungs_arrow_free, error);
  if (self->arrows == NULL || !tell_margins (self, db, error))
    return FALSE;
  for (guint i = 0; i < self->arrows->len; i++)
    {
      RungsArrow *arrow = g_ptr_array_index (self->arrows, i);

      arrow->from = rungs_offer_ladder_find (self, arrow->from_product);
      arrow->to = rungs_offer_ladder_find (self, arrow->to_product);
      if (arrow->condition != NULL && !check_condition (db, arrow, error))
        return FALSE;
    }
  rungs_arrows_rank (self->arrows);
  return TRUE;
}

RungsOfferLadder *
rungs_offer_ladder_load (RungsDb *db,
                   gint64   at,
                   GError **error)
{
  g_autoptr (RungsOfferLadder) self = g_new0 (RungsOfferLadder, 1);

  self->at = at;
  if (!load_products (self, db, error) || !load_parts (self, db, error)
      || !load_arrows (self, db, error))
    return NULL;
  return g_steal_pointer (&self);
}
