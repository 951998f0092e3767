/* rungs-partner-flag-store.c: finds what is out of the ordinary with partners' orders.
 *
 * A partner's orders are read three times over: who the buyers are and what was given back, which
 * used a coupon and with what before it, and which followed a click. Each is a walk along the
 * partner's referrals, the newest first, so it is bounded by their number and not by that of all
 * orders. What the others do is counted once: refunds of all orders in the window, and the times
 * from click to order of the newest orders of everybody, which know their partner so that a
 * partner's own are left out. */

#include "partners/rungs-partner-flag-store.h"

#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-email-address.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-business-store.h"
#include "partners/rungs-partner-kin.h"
#include "partners/rungs-partner-store.h"

#define WINDOW (RUNGS_PARTNER_FLAG_DAYS * RUNGS_DAY)

/* "Right before" an order. */
#define BEFORE (G_GINT64_CONSTANT (60) * 60 * 1000)

/* The others' clicks are those of so many of the newest orders. */
#define NEWEST 10000

/* So many sources are named. */
#define NAMED 3

/* The newest orders of a partner in the window. */
#define OF_PARTNER                                                                                 \
  "(SELECT x.sales_order AS id FROM referral x"                                                    \
  "  WHERE x.partner = :partner AND x.at >= :from"                                   \
  "  ORDER BY x.at DESC, x.sales_order DESC LIMIT " G_STRINGIFY (RUNGS_PARTNER_FLAG_MOST) ")"

/* A touch is there because of an order's coupon only. */
#define IS_MADE(touch)                                                                             \
  "EXISTS (SELECT 1 FROM coupon_use m WHERE m.touch = " touch " AND m.made_touch = 1)"

/* The click that led to order o of a lead, by the source: one order to a click, the first. A lead
 * has few touches, a source many: the + keeps SQLite from asking by the source. */
#define CLICK(source)                                                                              \
  "JOIN touch t ON t.id = (SELECT y.id FROM touch y"                                               \
  "                         WHERE y.lead = o.lead AND y.at < o.at AND +y.source = " source         \
  "                           AND y.path IN ('direct', 'opt-in') AND NOT " IS_MADE ("y.id")        \
  "                         ORDER BY y.at DESC, y.id DESC LIMIT 1)"                                \
  " AND NOT EXISTS (SELECT 1 FROM sales_order e"                                                   \
  "                  WHERE e.lead = o.lead AND e.at > t.at AND (e.at, e.id) < (o.at, o.id)) "

#define BUYER_COLUMNS                                                                              \
  " l.id, l.email_key, l.first_name, l.last_name, l.phone, l.street, l.postcode, l.city, l.country "

static const char SQL_OWN[]
    = "SELECT" BUYER_COLUMNS "FROM lead l WHERE l.id = :lead OR l.email_key = :email";

static const char SQL_BUYERS[]
    = "SELECT" BUYER_COLUMNS ", o.id, o.at,"
      "       (SELECT min (f.at) FROM refund f WHERE f.sales_order = o.id)"
      "  FROM " OF_PARTNER " r JOIN sales_order o ON o.id = r.id JOIN lead l ON l.id = o.lead";

/* Of each buyer the first order by a coupon; whether there was a visit; from where else. */
static const char SQL_COUPONS[]
    = "SELECT o.id, o.lead, o.at,"
      "       EXISTS (SELECT 1 FROM touch t"
      "                WHERE t.lead = o.lead AND t.at < o.at AND +t.source = :source"
      "                  AND NOT " IS_MADE ("t.id") "),"
      "       (SELECT s.name FROM touch t JOIN source s ON s.id = t.source"
      "         WHERE t.lead = o.lead AND t.at < o.at AND t.at >= o.at - :before"
      "           AND t.source <> :source AND NOT " IS_MADE ("t.id")
      "         ORDER BY t.at DESC, t.id DESC LIMIT 1)"
      "  FROM (SELECT n.id AS id, n.lead AS lead, min (n.at) AS at"
      "          FROM " OF_PARTNER " r JOIN sales_order n ON n.id = r.id"
      "         WHERE EXISTS (SELECT 1 FROM coupon_use u JOIN coupon c ON c.id = u.coupon"
      "                        WHERE u.sales_order = n.id AND c.source = :source)"
      "         GROUP BY n.lead) o";

static const char SQL_CLICKS[]
    = "SELECT o.id, o.lead, o.at, o.at - t.at"
      "  FROM " OF_PARTNER " r JOIN sales_order o ON o.id = r.id " CLICK (":source");

static const char SQL_ALL_CLICKS[]
    = "SELECT p.id, o.at - t.at"
      "  FROM (SELECT n.id, n.lead, n.at FROM sales_order n WHERE n.at >= :from"
      "         ORDER BY n.at DESC LIMIT " G_STRINGIFY (NEWEST) ") o"
      "  JOIN referral r ON r.sales_order = o.id"
      "  JOIN partner p ON p.id = r.partner " CLICK ("p.source");

static const char SQL_ALL_REFUNDS[]
    = "SELECT (SELECT count (*) FROM sales_order WHERE at >= :from),"
      "       (SELECT count (DISTINCT f.sales_order)"
      "          FROM refund f JOIN sales_order o ON o.id = f.sales_order"
      "         WHERE o.at >= :from)";

static const char SQL_DECISION[]
    = "SELECT verdict, note, cases, until_at, decided_at FROM partner_flag_decision"
      " WHERE partner = :partner AND kind = :kind ORDER BY id DESC LIMIT 1";

/* ---- what the others do */

typedef struct
{
  gint64 partner;
  gint64 span;
} Span;

struct _RungsPartnerBaseline
{
  gint64 orders;
  gint64 refunded;
  GArray *spans; /* (owned) (element-type Span) of all partners */
};

void
rungs_partner_baseline_free (RungsPartnerBaseline *self)
{
  g_array_unref (self->spans);
  g_free (self);
}

static RungsStatement *
prepare (RungsDb     *db,
         const char  *sql,
         gint64       now,
         GError     **error)
{
  RungsStatement *query = rungs_db_prepare (db, sql, error);

  if (query != NULL)
    rungs_statement_bind_int64 (query, ":from", now - WINDOW);
  return query;
}

static gboolean
read_spans (RungsDb               *db,
            RungsPartnerBaseline  *baseline,
            gint64                 now,
            GError               **error)
{
  g_autoptr (RungsStatement) query = prepare (db, SQL_ALL_CLICKS, now, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      Span span = { rungs_statement_get_int64 (query, 0), rungs_statement_get_int64 (query, 1) };

      g_array_append_val (baseline->spans, span);
    }
  return rungs_statement_done (query, error);
}

RungsPartnerBaseline *
rungs_partner_baseline_load (RungsDb *db,
                             gint64   now,
                             GError **error)
{
  g_autoptr (RungsPartnerBaseline) self = g_new0 (RungsPartnerBaseline, 1);
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  self->spans = g_array_new (FALSE, FALSE, sizeof (Span));
  query = prepare (db, SQL_ALL_REFUNDS, now, error);
  if (query == NULL || rungs_statement_step (query, error) != RUNGS_ROW)
    return NULL;
  self->orders = rungs_statement_get_int64 (query, 0);
  self->refunded = rungs_statement_get_int64 (query, 1);
  rungs_statement_reset (query);
  return read_spans (db, self, now, error) ? g_steal_pointer (&self) : NULL;
}

/* ---- one partner */

/* What is found of one partner, and where it stands meanwhile. */
typedef struct
{
  RungsDb *db;
  const RungsPartner *partner;
  const RungsPartnerBaseline *baseline;
  gint64 now;
  RungsPartnerFlag *flags[RUNGS_PARTNER_FLAG_N_KINDS]; /* (owned) */
  gboolean is_flag[RUNGS_PARTNER_FLAG_N_KINDS];
} Search;

static void
search_clear (Search *self)
{
  for (guint i = 0; i < RUNGS_PARTNER_FLAG_N_KINDS; i++)
    g_clear_pointer (&self->flags[i], rungs_partner_flag_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static void
add_case (Search               *self,
          RungsPartnerFlagKind  kind,
          RungsPartnerFlagCase  found)
{
  g_array_append_val (self->flags[kind]->cases, found);
}

static RungsStatement *
prepare_search (Search     *self,
                const char *sql,
                GError    **error)
{
  RungsStatement *query = prepare (self->db, sql, self->now, error);

  if (query != NULL)
    {
      rungs_statement_bind_int64 (query, ":partner", self->partner->id);
      rungs_statement_offer_int64 (query, ":source", self->partner->source);
      rungs_statement_offer_int64 (query, ":before", BEFORE);
    }
  return query;
}

/* ---- who the buyers are, and what was given back */

static RungsPartnerBuyer
read_buyer (RungsStatement *row)
{
  return (RungsPartnerBuyer){
    .lead = rungs_statement_get_int64 (row, 0),
    .email_key = rungs_statement_get_text (row, 1),
    .first_name = rungs_statement_get_text (row, 2),
    .last_name = rungs_statement_get_text (row, 3),
    .phone = rungs_statement_get_text (row, 4),
    .street = rungs_statement_get_text (row, 5),
    .postcode = rungs_statement_get_text (row, 6),
    .city = rungs_statement_get_text (row, 7),
    .country = rungs_statement_get_text (row, 8),
  };
}

static RungsPartnerKin *
load_kin (Search  *self,
          GError **error)
{
  const RungsPartner *partner = self->partner;
  g_autoptr (RungsBusiness) business = rungs_business_load (self->db, error);
  g_autoptr (RungsStatement) query
      = business != NULL ? rungs_db_prepare (self->db, SQL_OWN, error) : NULL;
  g_autoptr (RungsPartnerKin) kin = NULL;
  g_autofree char *key = rungs_email_key (partner->email, NULL);

  if (query == NULL)
    return NULL;
  kin = rungs_partner_kin_new (partner->lead, partner->name, partner->email, partner->phone,
                               partner->country, rungs_country_of_zone (business->zone));
  rungs_statement_bind_id (query, ":lead", partner->lead);
  rungs_statement_bind_text (query, ":email", key);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsPartnerBuyer own = read_buyer (query);

      rungs_partner_kin_add (kin, &own);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&kin) : NULL;
}

static void
look_at_buyer (Search          *self,
               RungsPartnerKin *kin,
               RungsStatement  *row)
{
  RungsPartnerBuyer buyer = read_buyer (row);
  RungsPartnerFlagReason why = rungs_partner_kin_find (kin, &buyer);
  RungsPartnerFlagCase found = { .order = rungs_statement_get_int64 (row, 9),
                                 .lead = buyer.lead,
                                 .at = rungs_statement_get_int64 (row, 10),
                                 .why = why };

  if (why != RUNGS_PARTNER_FLAG_BY_FIGURES)
    add_case (self, rungs_partner_kin_kind (why), found);
  if (rungs_statement_is_null (row, 11))
    return;
  found.at = rungs_statement_get_int64 (row, 11);
  found.why = RUNGS_PARTNER_FLAG_BY_FIGURES;
  add_case (self, RUNGS_PARTNER_FLAG_REFUNDS, found);
}

static gboolean
look_at_buyers (Search  *self,
                GError **error)
{
  g_autoptr (RungsPartnerKin) kin = load_kin (self, error);
  g_autoptr (RungsStatement) query
      = kin != NULL ? prepare_search (self, SQL_BUYERS, error) : NULL;
  RungsPartnerFlag *refunds = self->flags[RUNGS_PARTNER_FLAG_REFUNDS];
  gint64 orders = 0, hits;

  if (query == NULL)
    return FALSE;
  for (; rungs_statement_step (query, error) == RUNGS_ROW; orders++)
    look_at_buyer (self, kin, query);
  if (!rungs_statement_done (query, error))
    return FALSE;
  for (guint i = RUNGS_PARTNER_FLAG_SELF; i <= RUNGS_PARTNER_FLAG_HOUSEHOLD; i++)
    {
      self->flags[i]->of = orders;
      self->is_flag[i] = self->flags[i]->cases->len > 0;
    }
  hits = refunds->cases->len;
  refunds->of = orders;
  refunds->others_of = MAX (self->baseline->orders - orders, 0);
  refunds->others = CLAMP (self->baseline->refunded - hits, 0, refunds->others_of);
  self->is_flag[refunds->kind] = rungs_partner_flag_is_refunded (
      hits, orders, refunds->others, refunds->others_of, &refunds->chance);
  return TRUE;
}

/* ---- coupons */

static int
compare_counts_cb (gconstpointer a,
                   gconstpointer b,
                   gpointer      counts)
{
  const char *first = *(const char *const *) a;
  const char *second = *(const char *const *) b;
  int order = GPOINTER_TO_INT (g_hash_table_lookup (counts, second))
              - GPOINTER_TO_INT (g_hash_table_lookup (counts, first));

  return order != 0 ? order : strcmp (first, second);
}

/* "Deals (18), Search (3)": those that come most. */
static char *
name_sources (GHashTable *counts)
{
  guint n;
  g_autofree gpointer *names = g_hash_table_get_keys_as_array (counts, &n);
  g_autoptr (GString) words = g_string_new (NULL);

  g_qsort_with_data (names, (int) n, sizeof *names, compare_counts_cb, counts);
  for (guint i = 0; i < MIN (n, NAMED); i++)
    g_string_append_printf (words, "%s%s (%d)", i > 0 ? ", " : "", (char *) names[i],
                            GPOINTER_TO_INT (g_hash_table_lookup (counts, names[i])));
  if (n > NAMED)
    g_string_append (words, " …");
  return g_strdup (words->str);
}

static void
look_at_coupon (RungsPartnerFlag *flag,
                GHashTable       *sources,
                RungsStatement   *row)
{
  const char *source = rungs_statement_get_text (row, 4);
  gboolean visited = rungs_statement_get_int64 (row, 3) != 0;
  RungsPartnerFlagCase found = { .order = rungs_statement_get_int64 (row, 0),
                                 .lead = rungs_statement_get_int64 (row, 1),
                                 .at = rungs_statement_get_int64 (row, 2) };

  flag->of++;
  flag->unvisited += !visited;
  if (source != NULL)
    {
      int count = GPOINTER_TO_INT (g_hash_table_lookup (sources, source));

      flag->elsewhere++;
      g_hash_table_insert (sources, g_strdup (source), GINT_TO_POINTER (count + 1));
    }
  if (!visited || source != NULL)
    g_array_append_val (flag->cases, found);
}

static gboolean
look_at_coupons (Search  *self,
                 GError **error)
{
  RungsPartnerFlag *flag = self->flags[RUNGS_PARTNER_FLAG_COUPON];
  g_autoptr (RungsStatement) query = prepare_search (self, SQL_COUPONS, error);
  g_autoptr (GHashTable) sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  double elsewhere;

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    look_at_coupon (flag, sources, query);
  if (!rungs_statement_done (query, error))
    return FALSE;
  flag->sources = name_sources (sources);
  self->is_flag[flag->kind] = rungs_partner_flag_is_leaked (flag->unvisited, flag->of,
                                                            &flag->chance);
  self->is_flag[flag->kind] |= rungs_partner_flag_is_leaked (flag->elsewhere, flag->of, &elsewhere);
  flag->chance = MIN (flag->chance, elsewhere);
  return TRUE;
}

/* ---- clicks */

static gint64
half_of (GArray *spans)
{
  return spans->len > 0 ? g_array_index (spans, gint64, (spans->len - 1) / 2) : -1;
}

static gint64
count_soon (GArray *spans)
{
  gint64 soon = 0;

  for (guint i = 0; i < spans->len; i++)
    soon += g_array_index (spans, gint64, i) <= RUNGS_PARTNER_FLAG_SOON;
  return soon;
}

/* Times from click to order of those who are not the partner. */
static GArray *
other_spans (Search *self)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->baseline->spans->len; i++)
    {
      const Span *span = &g_array_index (self->baseline->spans, Span, i);

      if (span->partner != self->partner->id)
        g_array_append_val (spans, span->span);
    }
  return spans;
}

/* Where it is orders within seconds, it is about those alone. */
static void
keep_soon (RungsPartnerFlag *flag)
{
  for (guint i = flag->cases->len; i > 0; i--)
    if (g_array_index (flag->cases, RungsPartnerFlagCase, i - 1).span > RUNGS_PARTNER_FLAG_SOON)
      g_array_remove_index (flag->cases, i - 1);
}

static void
judge_clicks (Search *self,
              GArray *spans)
{
  RungsPartnerFlag *flag = self->flags[RUNGS_PARTNER_FLAG_CLICKS];
  g_autoptr (GArray) others = other_spans (self);
  gboolean is_apart = rungs_partner_flag_is_apart (spans, others, &flag->chance);
  double chance;

  flag->of = spans->len;
  flag->soon = count_soon (spans);
  flag->others_of = others->len;
  flag->others = count_soon (others);
  if (rungs_partner_flag_is_soon (flag->soon, flag->of, flag->others, flag->others_of, &chance))
    {
      keep_soon (flag);
      flag->chance = chance;
      self->is_flag[flag->kind] = TRUE;
    }
  self->is_flag[flag->kind] |= is_apart;
  flag->half = half_of (spans);
  flag->others_half = half_of (others);
}

static gboolean
look_at_clicks (Search  *self,
                GError **error)
{
  g_autoptr (RungsStatement) query = prepare_search (self, SQL_CLICKS, error);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsPartnerFlagCase found = { .order = rungs_statement_get_int64 (query, 0),
                                     .lead = rungs_statement_get_int64 (query, 1),
                                     .at = rungs_statement_get_int64 (query, 2),
                                     .span = rungs_statement_get_int64 (query, 3) };

      g_array_append_val (spans, found.span);
      add_case (self, RUNGS_PARTNER_FLAG_CLICKS, found);
    }
  if (!rungs_statement_done (query, error))
    return FALSE;
  judge_clicks (self, spans);
  return TRUE;
}

/* ---- all of it */

static gboolean
load_decision (RungsDb           *db,
               RungsPartnerFlag  *flag,
               GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_DECISION, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":partner", flag->partner);
  rungs_statement_bind_text (query, ":kind", rungs_partner_flag_kind_to_text (flag->kind));
  step = rungs_statement_step (query, error);
  if (step == RUNGS_ROW)
    {
      flag->decision = g_new0 (RungsPartnerFlagDecision, 1);
      rungs_partner_flag_verdict_from_text (rungs_statement_get_text (query, 0),
                                            &flag->decision->verdict);
      flag->decision->note = rungs_statement_dup_text (query, 1);
      flag->decision->cases = rungs_statement_get_int64 (query, 2);
      flag->decision->until = rungs_statement_get_int64 (query, 3);
      flag->decision->at = rungs_statement_get_int64 (query, 4);
    }
  return step != RUNGS_FAILED;
}

static int
compare_cases_cb (gconstpointer a,
                  gconstpointer b)
{
  const RungsPartnerFlagCase *first = a;
  const RungsPartnerFlagCase *second = b;

  if (first->at != second->at)
    return first->at < second->at ? 1 : -1;
  return (first->order < second->order) - (first->order > second->order);
}

/* Returns: (transfer full) (element-type RungsPartnerFlag). */
static GPtrArray *
collect (Search  *self,
         GError **error)
{
  g_autoptr (GPtrArray) flags
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_partner_flag_free);

  for (guint i = 0; i < RUNGS_PARTNER_FLAG_N_KINDS; i++)
    if (self->is_flag[i])
      {
        g_array_sort (self->flags[i]->cases, compare_cases_cb);
        if (!load_decision (self->db, self->flags[i], error))
          return NULL;
        g_ptr_array_add (flags, g_steal_pointer (&self->flags[i]));
      }
  return g_steal_pointer (&flags);
}

GPtrArray *
rungs_partner_flags_find (RungsDb              *db,
                          gint64                partner,
                          RungsPartnerBaseline *baseline,
                          gint64                now,
                          GError              **error)
{
  g_autoptr (RungsPartner) who = NULL;
  g_autoptr (RungsPartnerBaseline) own = NULL;
  g_auto (Search) search = { .db = db, .now = now };

  g_return_val_if_fail (db != NULL, NULL);

  who = rungs_partner_load (db, partner, error);
  if (who == NULL)
    return NULL;
  if (baseline == NULL && (own = rungs_partner_baseline_load (db, now, error)) == NULL)
    return NULL;
  search.partner = who;
  search.baseline = baseline != NULL ? baseline : own;
  for (guint i = 0; i < RUNGS_PARTNER_FLAG_N_KINDS; i++)
    search.flags[i] = rungs_partner_flag_new (partner, i);
  return look_at_buyers (&search, error) && look_at_coupons (&search, error)
                 && look_at_clicks (&search, error)
             ? collect (&search, error)
             : NULL;
}
