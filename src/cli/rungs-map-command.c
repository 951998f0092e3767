/* rungs-map-command.c: what every arrow and every thing of the ladder map carries. */

#include <glib/gi18n.h>

#include "insights/rungs-ladder-number.h"
#include "ladder/rungs-exchange-store.h"
#include "ladder/rungs-product-store.h"
#include "rungs-commands.h"
#include "rungs-lead-view.h"
#include "rungs-map-arrows.h"
#include "rungs-report.h"
#include "rungs-term.h"
#include "segments/rungs-segment-store.h"
#include "sequences/rungs-sequence-store.h"

#define MILLION 1e6

static const RungsColumn SOURCE_COLUMNS[] = {
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "name", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_NUMBER, NULL },
  { "new_leads", N_ ("New"), RUNGS_COLUMN_NUMBER, NULL },
  { "spend", N_ ("Spend"), RUNGS_COLUMN_MONEY, NULL },
  { "commission", N_ ("Commissions"), RUNGS_COLUMN_MONEY, NULL },
  { "cost_words", N_ ("Per lead"), RUNGS_COLUMN_TEXT, NULL },
  { "front", N_ ("Front"), RUNGS_COLUMN_MONEY, NULL },
  { "back", N_ ("Back"), RUNGS_COLUMN_MONEY, NULL },
  { "paid_back", N_ ("Paid back"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn SEQUENCE_COLUMNS[] = {
  { "name", N_ ("Sequence"), RUNGS_COLUMN_TEXT, NULL },
  { "entered", N_ ("Entered"), RUNGS_COLUMN_NUMBER, NULL },
  { "walking", N_ ("In it now"), RUNGS_COLUMN_NUMBER, NULL },
  { "finished", N_ ("To the end"), RUNGS_COLUMN_NUMBER, NULL },
  { "bought", N_ ("Bought"), RUNGS_COLUMN_NUMBER, NULL },
  { NULL },
};

static const RungsColumn PRODUCT_COLUMNS[] = {
  { "name", N_ ("Product"), RUNGS_COLUMN_TEXT, NULL },
  { "price", N_ ("Price"), RUNGS_COLUMN_MONEY, NULL },
  { "owners", N_ ("Owners"), RUNGS_COLUMN_NUMBER, NULL },
  { "buyers", N_ ("Buyers"), RUNGS_COLUMN_NUMBER, NULL },
  { "revenue", N_ ("Revenue"), RUNGS_COLUMN_MONEY, NULL },
  { "refunded", N_ ("Refunded"), RUNGS_COLUMN_MONEY, NULL },
  { "refund_words", N_ ("Asked for money back"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn ARROW_COLUMNS[] = {
  { "from_name", N_ ("From"), RUNGS_COLUMN_TEXT, NULL },
  { "by", N_ ("By"), RUNGS_COLUMN_TERM, NULL },
  { "to_name", N_ ("To"), RUNGS_COLUMN_TEXT, NULL },
  { "cases", N_ ("Leads"), RUNGS_COLUMN_NUMBER, NULL },
  { "hits", N_ ("Went on"), RUNGS_COLUMN_NUMBER, NULL },
  { "words", N_ ("Share"), RUNGS_COLUMN_TEXT, NULL },
  { "money", N_ ("Paid"), RUNGS_COLUMN_MONEY, NULL },
  { NULL },
};

static const RungsColumn APART_COLUMNS[] = {
  { "currency", N_ ("Currency"), RUNGS_COLUMN_TEXT, NULL },
  { "orders", N_ ("Orders"), RUNGS_COLUMN_NUMBER, NULL },
  { "costs", N_ ("Costs"), RUNGS_COLUMN_NUMBER, NULL },
  { "first_day", N_ ("There are rates from"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn COLUMNS[] = {
  { "from", N_ ("From"), RUNGS_COLUMN_TIME, NULL },
  { "until", N_ ("Until"), RUNGS_COLUMN_TIME, NULL },
  { "segment", N_ ("Segment"), RUNGS_COLUMN_TEXT, NULL },
  { "currency", N_ ("Told in"), RUNGS_COLUMN_TEXT, NULL },
  { "opt_in", N_ ("Opted in"), RUNGS_COLUMN_NUMBER, NULL },
  { "sources", N_ ("Sources"), RUNGS_COLUMN_ROWS, SOURCE_COLUMNS },
  { "sequences", N_ ("Sequences"), RUNGS_COLUMN_ROWS, SEQUENCE_COLUMNS },
  { "products", N_ ("Products"), RUNGS_COLUMN_ROWS, PRODUCT_COLUMNS },
  { "arrows", N_ ("Arrows"), RUNGS_COLUMN_ROWS, ARROW_COLUMNS },
  { "apart", N_ ("Without a rate"), RUNGS_COLUMN_ROWS, APART_COLUMNS },
  { NULL },
};

/* ---- what is asked */

typedef struct
{
  RungsLadderQuestion question;
  RungsRule *segment; /* (owned) (nullable) */
  char *name;         /* (owned) (nullable) of the segment */
  RungsExchange *exchange; /* (owned) (nullable) */
} Asked;

static void
asked_clear (Asked *self)
{
  g_clear_pointer (&self->segment, rungs_rule_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->exchange, rungs_exchange_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

/* Live or fixed, a segment is asked about by its key. */
static gboolean
read_segment (RungsInvocation  *call,
              RungsDb          *db,
              Asked            *asked,
              GError          **error)
{
  const char *name = rungs_invocation_get_text (call, "segment", NULL);
  g_autoptr (RungsSegment) segment = NULL;
  g_autofree char *json = NULL;

  if (name == NULL)
    return TRUE;
  segment = rungs_segment_find (db, name, error);
  if (segment == NULL)
    return FALSE;
  asked->name = g_strdup (segment->name);
  json = g_strdup_printf ("{\"field\": \"segment\", \"op\": \"has\", \"value\": \"%s\"}",
                          segment->key);
  asked->segment = rungs_rule_parse (json, error);
  asked->question.segment = asked->segment;
  return asked->segment != NULL;
}

static gboolean
read_question (RungsInvocation  *call,
               RungsDb          *db,
               Asked            *asked,
               GError          **error)
{
  asked->question.now = rungs_invocation_get_now (call);
  asked->question.until = G_MAXINT64;
  return rungs_invocation_get_time (call, "from", &asked->question.from, error)
         && rungs_invocation_get_time (call, "until", &asked->question.until, error)
         && read_segment (call, db, asked, error);
}

/* ---- rows */

static void
set_share (JsonObject *row,
           const char *key,
           double      share,
           gboolean    known)
{
  if (known)
    rungs_row_set_number (row, key, (gint64) (share * MILLION + 0.5));
  else
    json_object_set_null_member (row, key);
}

static char *
share_words (const RungsLadderShare *share)
{
  if (share->cases == 0)
    return g_strdup ("");
  if (share->too_few)
    return g_strdup (_ ("too few to say"));
  return g_strdup_printf (_ ("%.1f %% (%.1f–%.1f %%)"),
                          (double) share->hits * 100 / (double) share->cases,
                          share->share.low * 100, share->share.high * 100);
}

/* Shares are in millionths. */
static void
set_shares (JsonObject             *row,
            const RungsLadderShare *share)
{
  gboolean known = !share->too_few;

  rungs_row_set_number (row, "cases", share->cases);
  rungs_row_set_number (row, "hits", share->hits);
  set_share (row, "share", known ? (double) share->hits / (double) share->cases : 0, known);
  set_share (row, "low", share->share.low, known);
  set_share (row, "high", share->share.high, known);
  rungs_row_set_monies (row, "money", share->money);
  rungs_row_set_monies (row, "converted", share->converted);
}

static JsonObject *
arrow_to_row (const RungsMapArrow   *arrow,
              const RungsLadderFlow *flow)
{
  JsonObject *row = rungs_row_new ();
  g_autofree char *from = rungs_ladder_place_to_text (arrow->from.place);
  g_autofree char *to = rungs_ladder_place_to_text (arrow->to.place);
  g_autofree char *words = share_words (&flow->all);
  int by = arrow->from.place.path;
  JsonArray *paths;

  rungs_row_set_text (row, "from", from);
  rungs_row_set_text (row, "from_name", arrow->from.name);
  rungs_row_set_text (row, "by", by >= 0 ? rungs_ladder_path_to_text (by) : NULL);
  rungs_row_set_text (row, "to", to);
  rungs_row_set_text (row, "to_name", arrow->to.name);
  set_shares (row, &flow->all);
  rungs_row_set_text (row, "words", words);
  paths = rungs_row_set_array (row, "paths");
  for (int path = 0; path < RUNGS_LADDER_PATHS; path++)
    {
      JsonObject *part = rungs_row_new ();

      rungs_row_set_text (part, "path", rungs_ladder_path_to_text (path));
      set_shares (part, &flow->by_path[path]);
      json_array_add_object_element (paths, part);
    }
  return row;
}

/* "12.30 EUR: 8.00 EUR spent, 4.30 EUR commissions". */
static char *
cost_words (const RungsLadderSourceFigures *figures)
{
  g_autofree char *cost = rungs_money_format (figures->cost);
  g_autofree char *spent = rungs_money_format (figures->cost_spent);
  g_autofree char *commission = rungs_money_format (figures->cost_commission);

  if (figures->commission->len == 0)
    return g_strdup_printf (_ ("%s, all of it spent"), cost);
  if (figures->spend->len == 0)
    return g_strdup_printf (_ ("%s, all of it commissions"), cost);
  return g_strdup_printf (_ ("%s: %s spent, %s commissions"), cost, spent, commission);
}

static void
set_cost (JsonObject                     *row,
          const RungsLadderSourceFigures *figures)
{
  static const char *const NAMES[] = { "cost", "cost_spent", "cost_commission" };
  const RungsMoney parts[] = { figures->cost, figures->cost_spent, figures->cost_commission };
  g_autofree char *words = figures->has_cost ? cost_words (figures) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (figures->has_cost)
      rungs_row_set_money (row, NAMES[i], parts[i]);
    else
      json_object_set_null_member (row, NAMES[i]);
  rungs_row_set_text (row, "cost_words", words);
}

static JsonObject *
source_to_row (const RungsSource              *source,
               const RungsLadderSourceFigures *figures)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", source->id);
  rungs_row_set_text (row, "kind", rungs_source_kind_to_text (source->kind));
  rungs_row_set_text (row, "name", source->name);
  rungs_row_set_number (row, "leads", figures->leads);
  rungs_row_set_number (row, "new_leads", figures->new_leads);
  rungs_row_set_number (row, "opt_in", figures->by_path[RUNGS_PATH_OPT_IN]);
  rungs_row_set_number (row, "direct", figures->by_path[RUNGS_PATH_DIRECT]);
  rungs_row_set_number (row, "phone", figures->by_path[RUNGS_PATH_PHONE]);
  rungs_row_set_number (row, "in_person", figures->by_path[RUNGS_PATH_IN_PERSON]);
  rungs_row_set_monies (row, "spend", figures->spend);
  rungs_row_set_monies (row, "commission", figures->commission);
  rungs_row_set_monies (row, "costs", figures->costs);
  set_cost (row, figures);
  rungs_row_set_monies (row, "front", figures->front);
  rungs_row_set_monies (row, "back", figures->back);
  rungs_row_set_monies (row, "spend_converted", figures->spend_converted);
  rungs_row_set_monies (row, "commission_converted", figures->commission_converted);
  rungs_row_set_monies (row, "front_converted", figures->front_converted);
  rungs_row_set_monies (row, "back_converted", figures->back_converted);
  rungs_row_set_text (row, "paid_back", *figures->paid_back ? figures->paid_back : NULL);
  return row;
}

static JsonObject *
sequence_to_row (const RungsSequence              *sequence,
                 const RungsLadderSequenceFigures *figures)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_number (row, "id", sequence->id);
  rungs_row_set_text (row, "name", sequence->name);
  rungs_row_set_number (row, "entered", figures->entered);
  rungs_row_set_number (row, "walking", figures->walking);
  rungs_row_set_number (row, "finished", figures->finished);
  rungs_row_set_number (row, "bought", figures->bought);
  return row;
}

static JsonObject *
product_to_row (const RungsProduct              *product,
                const RungsLadderProductFigures *figures)
{
  JsonObject *row = rungs_row_new ();
  const RungsLadderShare *refunds = &figures->refunds;
  g_autofree char *words = share_words (refunds);

  rungs_row_set_number (row, "id", product->id);
  rungs_row_set_text (row, "sku", product->sku);
  rungs_row_set_text (row, "name", product->name);
  rungs_row_set_money (row, "price", product->price);
  rungs_row_set_number (row, "owners", figures->owners);
  rungs_row_set_number (row, "sold", figures->sold);
  rungs_row_set_number (row, "buyers", figures->buyers);
  rungs_row_set_monies (row, "revenue", figures->revenue);
  rungs_row_set_monies (row, "refunded", figures->refunded);
  rungs_row_set_monies (row, "revenue_converted", figures->revenue_converted);
  rungs_row_set_number (row, "paid", refunds->cases);
  rungs_row_set_number (row, "got_back", refunds->hits);
  rungs_row_set_text (row, "refund_words", words);
  return row;
}

/* ---- the commands */

static gboolean
add_nodes (JsonObject          *row,
           RungsDb             *db,
           RungsLadderFigures  *figures,
           GError             **error)
{
  g_autoptr (GPtrArray) sources = rungs_source_list (db, error);
  g_autoptr (GPtrArray) sequences = sources != NULL ? rungs_sequence_list (db, error) : NULL;
  g_autoptr (GPtrArray) products = sequences != NULL ? rungs_product_list (db, error) : NULL;
  JsonArray *rows;

  if (products == NULL)
    return FALSE;
  rows = rungs_row_set_array (row, "sources");
  for (guint i = 0; i < sources->len; i++)
    {
      const RungsSource *source = sources->pdata[i];

      json_array_add_object_element (
        rows, source_to_row (source, rungs_ladder_figures_get_source (figures, source->id)));
    }
  rows = rungs_row_set_array (row, "sequences");
  for (guint i = 0; i < sequences->len; i++)
    {
      const RungsSequence *sequence = sequences->pdata[i];

      json_array_add_object_element (
        rows,
        sequence_to_row (sequence, rungs_ladder_figures_get_sequence (figures, sequence->id)));
    }
  rows = rungs_row_set_array (row, "products");
  for (guint i = 0; i < products->len; i++)
    {
      const RungsProduct *product = products->pdata[i];

      json_array_add_object_element (
        rows, product_to_row (product, rungs_ladder_figures_get_product (figures, product->id)));
    }
  return TRUE;
}

static gboolean
add_arrows (JsonObject          *row,
            RungsDb             *db,
            RungsLadderFigures  *figures,
            GError             **error)
{
  g_autoptr (GPtrArray) arrows = rungs_map_arrows (db, figures, error);
  JsonArray *rows;

  if (arrows == NULL)
    return FALSE;
  rows = rungs_row_set_array (row, "arrows");
  for (guint i = 0; i < arrows->len; i++)
    {
      const RungsMapArrow *arrow = arrows->pdata[i];
      g_autoptr (RungsLadderFlow) flow
        = rungs_ladder_figures_flow (figures, arrow->from.place, arrow->to.place);

      if (flow != NULL)
        json_array_add_object_element (rows, arrow_to_row (arrow, flow));
    }
  return TRUE;
}

/* What has no rate. */
static void
add_apart (JsonObject         *row,
           RungsLadderFigures *figures)
{
  GArray *apart = rungs_ladder_figures_get_apart (figures);
  JsonArray *rows = rungs_row_set_array (row, "apart");

  for (guint i = 0; i < apart->len; i++)
    {
      const RungsLadderApart *one = &g_array_index (apart, RungsLadderApart, i);
      JsonObject *part = rungs_row_new ();

      rungs_row_set_text (part, "currency", one->currency);
      rungs_row_set_number (part, "orders", one->orders);
      rungs_row_set_number (part, "costs", one->costs);
      rungs_row_set_text (part, "first_day", *one->first_day ? one->first_day : NULL);
      json_array_add_object_element (rows, part);
    }
}

static gboolean
show_map (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  g_auto (Asked) asked = { 0 };
  g_autoptr (RungsLadderFigures) figures = NULL;
  g_autoptr (JsonObject) row = rungs_row_new ();

  if (!read_question (call, db, &asked, error)
      || !rungs_report_read (call, db, &asked.exchange, error))
    return FALSE;
  asked.question.exchange = asked.exchange;
  figures = rungs_ladder_figures_load (db, &asked.question, error);
  if (figures == NULL)
    return FALSE;
  rungs_row_set_time (row, "from", asked.question.from);
  rungs_row_set_time (row, "until",
                      asked.question.until == G_MAXINT64 ? 0 : asked.question.until);
  rungs_row_set_text (row, "segment", asked.name);
  rungs_row_set_text (row, "currency",
                      asked.exchange ? rungs_exchange_get_currency (asked.exchange) : NULL);
  rungs_row_set_number (row, "opt_in", rungs_ladder_figures_get_opt_in (figures)->leads);
  if (!add_nodes (row, db, figures, error) || !add_arrows (row, db, figures, error))
    return FALSE;
  add_apart (row, figures);
  rungs_column_show (call, COLUMNS, g_steal_pointer (&row));
  return TRUE;
}

static gboolean
list_leads (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  const char *text = rungs_invocation_get_argument (call, 0);
  g_auto (Asked) asked = { 0 };
  g_autoptr (GArray) leads = NULL;
  RungsLadderNumber number;
  gint64 limit = G_MAXUINT;

  if (!rungs_ladder_number_from_text (text, &number))
    {
      g_set_error (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_ARGUMENT,
                   _ ("“%s” is no figure of the ladder"), text);
      return FALSE;
    }
  if (!rungs_invocation_get_number (call, "limit", 1, G_MAXUINT, &limit, error)
      || !read_question (call, db, &asked, error))
    return FALSE;
  leads = rungs_ladder_number_list (db, &asked.question, &number, 0, (guint) limit, error);
  return leads != NULL && rungs_lead_list_behind (call, db, leads, error);
}

#define QUESTION_OPTIONS                                                                           \
  RUNGS_OPTION ("from", N_ ("TIME"), N_ ("Who came from then on; a day begins at midnight")),      \
    RUNGS_OPTION ("until", N_ ("TIME"), N_ ("Who came before then")),                              \
    RUNGS_OPTION ("segment", N_ ("NAME"), N_ ("Only leads of this segment"))

static const GOptionEntry SHOW_OPTIONS[] = {
  QUESTION_OPTIONS,
  RUNGS_REPORT_OPTION,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry LEADS_OPTIONS[] = {
  QUESTION_OPTIONS,
  RUNGS_OPTION ("limit", N_ ("N"), N_ ("At most so many")),
  RUNGS_OPTIONS_END,
};

/* What --json prints of a share. */
#define SHARE_JSON "cases, hits, share, low, high, money, converted"

const RungsCommand RUNGS_MAP_COMMANDS[] = {
  { "map show", "",
    N_ ("Show what each source, sequence, product and arrow of the ladder carries"),
    RUNGS_COMMAND_READS, show_map, SHOW_OPTIONS,
    N_ ("Each lead is counted once at each place, when it first came there: by its first touch\n"
        "of a source, its first opt-in, its first walk through a sequence, its first order of a\n"
        "product. An arrow tells how many of those who came to its beginning in the time asked\n"
        "about have gone on to its end since, and what they have paid, less what was given\n"
        "back. Behind the share stands where it most likely lies; of fewer than 20 leads no\n"
        "share is told. In JSON shares are in millionths. What a lead cost is what was spent on\n"
        "its source and what the ledger has for the partner whose source it is: commissions and\n"
        "awards, less what was taken back, on the days of the time asked about."),
    "{from, until, segment, currency, opt_in, sources: [id, kind, name, leads, new_leads, opt_in, "
    "direct, phone, in_person, spend, commission, costs, cost, cost_spent, cost_commission, "
    "cost_words, front, back, spend_converted, commission_converted, front_converted, "
    "back_converted, paid_back], sequences: [id, name, entered, "
    "walking, finished, bought], products: [id, sku, name, price, owners, sold, buyers, revenue, "
    "refunded, revenue_converted, paid, got_back, refund_words], arrows: [from, from_name, by, to, "
    "to_name, " SHARE_JSON ", words, paths: [path, " SHARE_JSON "]], "
    "apart: [currency, orders, costs, first_day]}" },
  { "map leads", "FIGURE", N_ ("List the leads behind a figure of the ladder"),
    RUNGS_COMMAND_READS, list_leads, LEADS_OPTIONS,
    N_ ("FIGURE is what is counted and where: came:source:3, came:source:3/direct, came:opt-in,\n"
        "new:source:3, front:source:3, back:source:3, cases:FROM>TO, hits:FROM>TO and\n"
        "misses:FROM>TO of an arrow, owners:product:5, buyers:product:5, payers:product:5,\n"
        "refunded:product:5, walking:sequence:2, finished:sequence:2, bought:sequence:2. Places\n"
        "are named as “map show --json” does. “#direct” at the end: only leads whose first\n"
        "touch was by that path."),
    "[id, email, first_name, last_name]" },
  { NULL },
};
