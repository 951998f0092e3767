/* rungs-partner-list-store.c: finds the partners that a browser shows, and reads what is known. */

#include "partners/rungs-partner-list-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"

#define N_SORTS (RUNGS_PARTNERS_BY_QUALITY + 1)
#define N_FILTERS (RUNGS_PARTNERS_FLAGGED + 1)

#define FROM                                                                                       \
  "SELECT t.id FROM partner t JOIN source s ON s.id = t.source"                                    \
  " WHERE (:part IS NULL OR instr (lower (t.name), :part) > 0"                                     \
  "        OR instr (lower (t.email), :part) > 0 OR instr (lower (t.phone), :part) > 0"            \
  "        OR instr (lower (t.manager), :part) > 0 OR instr (lower (t.note), :part) > 0) AND "

#define LAST                                                                                       \
  "(SELECT p.balance FROM posting p WHERE p.account = a.id ORDER BY p.number DESC LIMIT 1)"
#define BALANCE(state)                                                                             \
  "coalesce ((SELECT " LAST " FROM ledger_account a"                                               \
  "            WHERE a.partner = t.id AND a.state = '" state "' AND a.currency = t.currency), 0)"
#define HAS(states)                                                                                \
  "EXISTS (SELECT 1 FROM ledger_account a"                                                         \
  "         WHERE a.partner = t.id AND a.state IN (" states ") AND " LAST " <> 0)"

#define SALES(partner) "(SELECT count (*) FROM referral r WHERE r.partner = " partner ")"
#define REFUNDS(partner)                                                                           \
  "(SELECT count (*) FROM referral r WHERE r.partner = " partner                                   \
  "    AND EXISTS (SELECT 1 FROM refund f WHERE f.sales_order = r.sales_order))"

/* The leads of a source, and whether each bought after it came by that source. What was given away
 * is not bought. */
#define LEADS(what, source)                                                                        \
  "(SELECT " what                                                                                  \
  "   FROM (SELECT EXISTS (SELECT 1 FROM sales_order o WHERE o.lead = f.lead AND o.at >= f.at"     \
  "                           AND EXISTS (SELECT 1 FROM order_line l"                              \
  "                                        WHERE l.sales_order = o.id AND l.amount > 0))"          \
  "                AS bought"                                                                      \
  "           FROM (SELECT h.lead AS lead, min (h.at) AS at FROM touch h"                          \
  "                  WHERE h.source = " source " GROUP BY h.lead) f))"

/* Rising and falling. */
#define SORT(where, by)                                                                            \
  {                                                                                                \
    FROM where " ORDER BY " by ", t.name COLLATE NOCASE, t.id",                                    \
        FROM where " ORDER BY " by " DESC, t.name COLLATE NOCASE, t.id"                            \
  }

#define SORTS(where)                                                                               \
  {                                                                                                \
    SORT (where, "t.name COLLATE NOCASE"), SORT (where, SALES ("t.id")),                           \
        SORT (where, REFUNDS ("t.id")), SORT (where, "-" BALANCE ("held")),                        \
        SORT (where, "-" BALANCE ("approved")), SORT (where, "-" BALANCE ("paid")),                \
        SORT (where, BALANCE ("carried")),                                                         \
        SORT (where, "coalesce (" LEADS ("avg (bought)", "t.source") ", -1)")                      \
  }

static const char *const SQL_FIND[N_FILTERS][N_SORTS][2] = {
  SORTS ("1"),
  SORTS ("t.status = 'active'"),
  SORTS (HAS ("'held', 'approved', 'payable'")),
  SORTS (HAS ("'carried'")),
  SORTS ("s.kind = 'affiliate'"),
  SORTS ("s.kind = 'jv'"),
  SORTS ("t.status = 'ended'"),
  SORTS ("EXISTS (SELECT 1 FROM partner_flag f WHERE f.partner = t.id)"),
};

static const char SQL_FIGURES[]
    = "SELECT coalesce ((SELECT g.name FROM programme_partner m"
      "                    LEFT JOIN programme g ON g.id = m.programme"
      "                   WHERE m.partner = :id AND m.from_at <= :now"
      "                   ORDER BY m.from_at DESC LIMIT 1), ''),"
      SALES (":id") ", " REFUNDS (":id") ","
      "       (SELECT count (*) FROM partner_flag f WHERE f.partner = :id),"
      LEADS ("count (*)", ":source") ", " LEADS ("coalesce (sum (bought), 0)", ":source");

static const char SQL_ORDERS[] = "SELECT sales_order FROM referral WHERE partner = :id"
                                 " ORDER BY at DESC, sales_order DESC LIMIT :limit";

/* Of each account the last ones: entries follow each other in an account as they do in the book. */
static const char SQL_ENTRIES[]
    = "SELECT DISTINCT p.entry"
      "  FROM ledger_account a"
      "  JOIN posting p ON p.account = a.id"
      "   AND p.number > (SELECT max (n.number) FROM posting n WHERE n.account = a.id) - :limit"
      " WHERE a.partner = :id ORDER BY p.entry DESC LIMIT :limit";

static const char SQL_PAYOUTS[]
    = "SELECT i.payout, i.partner, i.approved, i.set_off, i.state, i.ended_at, p.currency,"
      "       p.made_at"
      "  FROM payout p JOIN payout_item i ON i.payout = p.id"
      " WHERE i.partner = :id ORDER BY p.id DESC LIMIT :limit";

static const char SQL_RECRUITS[]
    = "SELECT name FROM partner WHERE recruited_by = :id ORDER BY name COLLATE NOCASE, id";

static const char SQL_BELOW[]
    = "WITH RECURSIVE below (id) AS ("
      "  SELECT :id UNION"
      "  SELECT p.id FROM below JOIN partner p ON p.recruited_by = below.id)"
      "SELECT id FROM below";

static const char SQL_COUPONS[]
    = "SELECT c.code FROM coupon c JOIN partner t ON t.source = c.source"
      " WHERE t.id = :id AND c.retired_at IS NULL ORDER BY c.code_key";

void
rungs_partner_query_free (RungsPartnerQuery *self)
{
  if (self == NULL)
    return;
  g_free (self->words);
  g_free (self);
}

GArray *
rungs_partner_find (RungsDb                 *db,
                    const RungsPartnerQuery *query,
                    GError                 **error)
{
  g_autoptr (RungsStatement) find = NULL;
  g_autofree char *part = NULL;

  g_return_val_if_fail (db != NULL && query != NULL, NULL);
  g_return_val_if_fail (query->sort < N_SORTS && query->filter < N_FILTERS, NULL);

  find = rungs_db_prepare (db, SQL_FIND[query->filter][query->sort][query->descending != FALSE],
                           error);
  part = g_utf8_strdown (query->words != NULL ? query->words : "", -1);
  g_strstrip (part);
  if (find != NULL)
    rungs_statement_bind_text (find, ":part", *part != '\0' ? part : NULL);
  return rungs_record_ids (find, error);
}

/* ---- one of them */

void
rungs_partner_row_free (RungsPartnerRow *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->partner, rungs_partner_free);
  g_clear_pointer (&self->balances, g_array_unref);
  g_free (self->programme);
  g_free (self);
}

RungsPartnerRow *
rungs_partner_row_load (RungsDb *db,
                        gint64   id,
                        gint64   now,
                        GError **error)
{
  g_autoptr (RungsPartnerRow) row = g_new0 (RungsPartnerRow, 1);
  g_autoptr (RungsStatement) figures = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  row->partner = rungs_partner_load (db, id, error);
  if (row->partner == NULL || (row->balances = rungs_ledger_balances (db, id, error)) == NULL)
    return NULL;
  figures = rungs_db_prepare (db, SQL_FIGURES, error);
  if (figures == NULL)
    return NULL;
  rungs_statement_bind_int64 (figures, ":id", id);
  rungs_statement_bind_int64 (figures, ":source", row->partner->source);
  rungs_statement_bind_int64 (figures, ":now", now);
  if (rungs_statement_step (figures, error) != RUNGS_ROW)
    return NULL;
  row->programme = rungs_statement_dup_text (figures, 0);
  row->sales = rungs_statement_get_int64 (figures, 1);
  row->refunds = rungs_statement_get_int64 (figures, 2);
  row->flags = rungs_statement_get_int64 (figures, 3);
  row->leads = rungs_statement_get_int64 (figures, 4);
  row->buyers = rungs_statement_get_int64 (figures, 5);
  return g_steal_pointer (&row);
}

static RungsStatement *
prepare (RungsDb    *db,
         const char *sql,
         gint64      partner,
         guint       limit,
         GError    **error)
{
  RungsStatement *query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", partner);
  rungs_statement_offer_int64 (query, ":limit", limit);
  return query;
}

GArray *
rungs_partner_list_orders (RungsDb *db,
                           gint64   partner,
                           guint    limit,
                           GError **error)
{
  g_autoptr (RungsStatement) query = prepare (db, SQL_ORDERS, partner, limit, error);

  return rungs_record_ids (query, error);
}

GPtrArray *
rungs_partner_list_entries (RungsDb *db,
                            gint64   partner,
                            guint    limit,
                            GError **error)
{
  g_autoptr (RungsStatement) query = prepare (db, SQL_ENTRIES, partner, limit, error);
  g_autoptr (GArray) ids = rungs_record_ids (query, error);
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_ledger_entry_free);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      RungsLedgerEntry *entry = rungs_ledger_load (db, g_array_index (ids, gint64, i), error);

      if (entry == NULL)
        return NULL;
      g_ptr_array_add (entries, entry);
    }
  return ids != NULL ? g_steal_pointer (&entries) : NULL;
}

GArray *
rungs_partner_list_payouts (RungsDb *db,
                            gint64   partner,
                            guint    limit,
                            GError **error)
{
  g_autoptr (RungsStatement) query = prepare (db, SQL_PAYOUTS, partner, limit, error);
  g_autoptr (GArray) payouts = g_array_new (FALSE, TRUE, sizeof (RungsPartnerPayout));

  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsPartnerPayout payout = { .made_at = rungs_statement_get_int64 (query, 7) };

      payout.item.payout = rungs_statement_get_int64 (query, 0);
      payout.item.partner = rungs_statement_get_int64 (query, 1);
      payout.item.approved = rungs_statement_get_int64 (query, 2);
      payout.item.set_off = rungs_statement_get_int64 (query, 3);
      rungs_payout_state_from_text (rungs_statement_get_text (query, 4), &payout.item.state);
      payout.item.ended_at = rungs_statement_get_int64 (query, 5);
      g_strlcpy (payout.currency, rungs_statement_get_text (query, 6), sizeof payout.currency);
      g_array_append_val (payouts, payout);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&payouts) : NULL;
}

/* Returns: (transfer full): the text of each row. */
static GStrv
list_texts (RungsDb    *db,
            const char *sql,
            gint64      partner,
            GError    **error)
{
  g_autoptr (RungsStatement) query = prepare (db, sql, partner, 0, error);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  if (query == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    g_strv_builder_add (texts, rungs_statement_get_text (query, 0));
  return rungs_statement_done (query, error) ? g_strv_builder_end (texts) : NULL;
}

GStrv
rungs_partner_list_recruits (RungsDb *db,
                             gint64   partner,
                             GError **error)
{
  return list_texts (db, SQL_RECRUITS, partner, error);
}

GArray *
rungs_partner_list_below (RungsDb *db,
                          gint64   partner,
                          GError **error)
{
  g_autoptr (RungsStatement) query = prepare (db, SQL_BELOW, partner, 0, error);

  return rungs_record_ids (query, error);
}

GStrv
rungs_partner_list_coupons (RungsDb *db,
                            gint64   partner,
                            GError **error)
{
  return list_texts (db, SQL_COUPONS, partner, error);
}
