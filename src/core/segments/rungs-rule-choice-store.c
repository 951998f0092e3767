/* rungs-rule-choice-store.c: from what the values of a rule can be picked. */

#include "segments/rungs-rule-choice-store.h"

#include <glib/gi18n.h>

#include "db/rungs-statement.h"
#include "leads/rungs-event.h"

typedef struct
{
  RungsRuleSource source;
  const char *word;
  const char *label;
} Word;

static const Word WORDS[] = {
  { RUNGS_RULE_FROM_SOURCE_KINDS, "customers", N_ ("current customers") },
  { RUNGS_RULE_FROM_SOURCE_KINDS, "ppc", N_ ("pay-per-click") },
  { RUNGS_RULE_FROM_SOURCE_KINDS, "other", N_ ("other marketing") },
  { RUNGS_RULE_FROM_SOURCE_KINDS, "seo", N_ ("SEO and social") },
  { RUNGS_RULE_FROM_SOURCE_KINDS, "jv", N_ ("joint venture") },
  { RUNGS_RULE_FROM_SOURCE_KINDS, "affiliate", N_ ("affiliate") },
  { RUNGS_RULE_FROM_PATHS, "opt-in", N_ ("opt-in") },
  { RUNGS_RULE_FROM_PATHS, "direct", N_ ("direct") },
  { RUNGS_RULE_FROM_PATHS, "phone", N_ ("phone") },
  { RUNGS_RULE_FROM_PATHS, "in person", N_ ("in person") },
  { RUNGS_RULE_FROM_TOUCHES, "any", N_ ("any") },
  { RUNGS_RULE_FROM_TOUCHES, "first", N_ ("the first") },
  { RUNGS_RULE_FROM_TOUCHES, "last", N_ ("the last") },
  { RUNGS_RULE_FROM_HOLDINGS, "any", N_ ("in whatever way") },
  { RUNGS_RULE_FROM_HOLDINGS, "itself", N_ ("by itself") },
  { RUNGS_RULE_FROM_HOLDINGS, "bundle", N_ ("in a bundle") },
  { RUNGS_RULE_FROM_LIFECYCLES, "lead", N_ ("has never ordered") },
  { RUNGS_RULE_FROM_LIFECYCLES, "customer", N_ ("owns something") },
  { RUNGS_RULE_FROM_LIFECYCLES, "former", N_ ("has ordered and owns nothing now") },
  { RUNGS_RULE_FROM_OUTCOMES, "finished", N_ ("finished") },
  { RUNGS_RULE_FROM_OUTCOMES, "goal", N_ ("reached the goal") },
  { RUNGS_RULE_FROM_OUTCOMES, "bought", N_ ("bought") },
  { RUNGS_RULE_FROM_OUTCOMES, "exit", N_ ("left by an exit") },
  { RUNGS_RULE_FROM_OUTCOMES, "stopped", N_ ("stopped") },
  { RUNGS_RULE_FROM_OUTCOMES, "error", N_ ("broke") },
  { RUNGS_RULE_FROM_CHANNELS, "email", N_ ("e-mail") },
  { RUNGS_RULE_FROM_CHANNELS, "phone", N_ ("phone") },
  { RUNGS_RULE_FROM_CHANNELS, "post", N_ ("post") },
  { RUNGS_RULE_FROM_CHANNELS, "sms", N_ ("text message") },
  { RUNGS_RULE_FROM_CONSENT_STATES, "given", N_ ("given") },
  { RUNGS_RULE_FROM_CONSENT_STATES, "withdrawn", N_ ("withdrawn") },
  { RUNGS_RULE_FROM_CONSENT_STATES, "none", N_ ("never asked") },
  { RUNGS_RULE_FROM_HOWS, "phone", N_ ("by phone") },
  { RUNGS_RULE_FROM_HOWS, "in person", N_ ("in person") },
  { RUNGS_RULE_FROM_HOWS, "email", N_ ("by e-mail") },
  { RUNGS_RULE_FROM_HOWS, "sms", N_ ("by text message") },
  { RUNGS_RULE_FROM_HOWS, "post", N_ ("by post") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_LEAD_CREATED, N_ ("became known") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_LEAD_CHANGED, N_ ("was changed") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_FIELD_CHANGED, N_ ("a field was changed") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_SCORE_CHANGED, N_ ("the score changed") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_NOTE_ADDED, N_ ("a note was added") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_CALL_LOGGED, N_ ("there was a call") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_MEETING_LOGGED, N_ ("there was a meeting") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_TAG_ADDED, N_ ("got a tag") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_TAG_REMOVED, N_ ("lost a tag") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_TOUCH_MADE, N_ ("came from a source") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_CONSENT_GIVEN, N_ ("agreed") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_CONSENT_WITHDRAWN, N_ ("said no") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_LEAD_SUPPRESSED, N_ ("gets nothing more") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_FORM_SUBMITTED, N_ ("sent a form") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_ORDER_PLACED, N_ ("ordered") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_ORDER_RENEWED, N_ ("renewed a subscription") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_SUBSCRIPTION_LAPSED, N_ ("a subscription lapsed") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_ORDER_REFUNDED, N_ ("got money back") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_COUPON_GIVEN, N_ ("was given a coupon") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_COUPON_REDEEMED, N_ ("used a coupon") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_MAIL_SENT, N_ ("a message was sent") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_MAIL_CLICKED, N_ ("followed a link") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_MAIL_SCANNED, N_ ("a machine followed a link") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_MAIL_REPLIED, N_ ("replied") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_MAIL_ABSENT, N_ ("a machine replied") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_MAIL_BOUNCED, N_ ("a message came back") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_MAIL_BLOCKED, N_ ("a message was turned away") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_MAIL_COMPLAINED, N_ ("called a message spam") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_MAIL_WITHHELD, N_ ("a message was withheld") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_MAIL_FAILED, N_ ("a message failed") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_SEQUENCE_ENTERED, N_ ("entered a sequence") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_SEQUENCE_LEFT, N_ ("left a sequence") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_SEGMENT_ENTERED, N_ ("came into a segment") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_SEGMENT_LEFT, N_ ("left a segment") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_TASK_ADDED, N_ ("a task was added") },
  { RUNGS_RULE_FROM_EVENT_KINDS, RUNGS_EVENT_TASK_DONE, N_ ("a task was done") },
};

static const char SQL_TAGS[] =
    "SELECT t.name, t.name FROM tag t ORDER BY t.name COLLATE NOCASE LIMIT :limit";

static const char SQL_SOURCES[] =
    "SELECT s.kind || ':' || s.name, s.name FROM source s"
    " ORDER BY s.retired_at IS NOT NULL, s.name COLLATE NOCASE LIMIT :limit";

static const char SQL_PARTNERS[] =
    "SELECT s.kind || ':' || s.name, s.name FROM source s WHERE s.kind IN ('jv', 'affiliate')"
    " ORDER BY s.retired_at IS NOT NULL, s.name COLLATE NOCASE LIMIT :limit";

static const char SQL_DETAILS[] =
    "SELECT x.detail, x.detail FROM touch x WHERE x.detail <> ''"
    " GROUP BY x.detail ORDER BY count(*) DESC, x.detail LIMIT :limit";

static const char SQL_PRODUCTS[] =
    "SELECT p.sku, p.name FROM product p"
    " ORDER BY p.retired_at IS NOT NULL, p.rung IS NULL, p.rung, p.name LIMIT :limit";

/* Coupons, then what orders carry that is none, then retired ones. */
static const char SQL_COUPONS[] =
    "SELECT x.code, x.code FROM ("
    " SELECT c.code AS code, 2 * (c.retired_at IS NOT NULL) AS place, c.created_at AS at"
    "   FROM coupon c"
    " UNION ALL SELECT o.coupon, 1, max (o.at) FROM sales_order o"
    "  WHERE o.coupon <> ''"
    "    AND NOT EXISTS (SELECT 1 FROM coupon c WHERE c.code = o.coupon COLLATE NOCASE)"
    "  GROUP BY o.coupon) x"
    " ORDER BY x.place, x.at DESC, x.code LIMIT :limit";

static const char SQL_MESSAGES[] =
    "SELECT m.name, m.name FROM message m ORDER BY m.name COLLATE NOCASE LIMIT :limit";

static const char SQL_SEQUENCES[] =
    "SELECT s.name, s.name FROM sequence s ORDER BY s.name COLLATE NOCASE LIMIT :limit";

/* The steps of the version that leads enter by; what a step is called stands in sequences/. */
static const char SQL_STEPS[] =
    "SELECT j.key, j.key FROM sequence s JOIN sequence_version v ON v.id = s.version"
    "  JOIN json_each (v.graph, '$.steps') j"
    " WHERE s.name = :context LIMIT :limit";

static const char SQL_SEGMENTS[] = "SELECT s.key, s.name FROM segment s"
                                   " WHERE s.archived_at IS NULL"
                                   " ORDER BY s.name COLLATE NOCASE LIMIT :limit";

static const char SQL_IMPORTS[] = "SELECT CAST (r.id AS TEXT), r.file_name FROM import_run r"
                                  " WHERE r.undone_at IS NULL ORDER BY r.id DESC LIMIT :limit";

static const char SQL_PURPOSES[] = "SELECT c.purpose, c.purpose FROM consent c GROUP BY c.purpose"
                                   " UNION SELECT 'marketing', 'marketing' LIMIT :limit";

/* What leads have of it; of a field with choices those, the retired ones last. */
static const char SQL_CUSTOM[] =
    "SELECT value, label FROM ("
    " SELECT v.value AS value, v.value AS label, -count(*) AS place"
    "   FROM lead_value v JOIN field f ON f.id = v.field"
    "  WHERE f.key = :context AND f.kind NOT IN ('one', 'several') GROUP BY v.value"
    " UNION ALL SELECT c.key, c.label, (c.retired_at IS NOT NULL) * 1000000 + c.position"
    "   FROM field_choice c JOIN field f ON f.id = c.field WHERE f.key = :context)"
    " ORDER BY place, value LIMIT :limit";

static const char SQL_CHOICES[] =
    "SELECT c.key, c.label FROM field_choice c JOIN field f ON f.id = c.field"
    " WHERE f.key = :context ORDER BY c.retired_at IS NOT NULL, c.position LIMIT :limit";

#define COLUMN(name)                                                                               \
  {                                                                                                \
    name, "SELECT l." name ", l." name " FROM lead l WHERE l." name " <> ''"                       \
          " GROUP BY l." name " ORDER BY count(*) DESC, l." name " LIMIT :limit"                   \
  }

static const struct
{
  const char *field;
  const char *sql;
} SQL_COLUMNS[] = {
  COLUMN ("company"), COLUMN ("postcode"), COLUMN ("city"), COLUMN ("region"),
  COLUMN ("country"), COLUMN ("language"), COLUMN ("zone"),
};

void
rungs_rule_choice_free (RungsRuleChoice *self)
{
  if (self == NULL)
    return;
  g_free (self->value);
  g_free (self->label);
  g_free (self);
}

static RungsRuleChoice *
choice_new (const char *value,
            const char *label)
{
  RungsRuleChoice *choice = g_new0 (RungsRuleChoice, 1);

  choice->value = g_strdup (value);
  choice->label = g_strdup (label);
  return choice;
}

/* NULL where nothing of the file can be picked. */
static const char *
get_sql (RungsRuleSource  source,
         const char      *context)
{
  static const char *const SQL[] = {
    [RUNGS_RULE_FROM_CUSTOM] = SQL_CUSTOM,       [RUNGS_RULE_FROM_CHOICES] = SQL_CHOICES,
    [RUNGS_RULE_FROM_TAGS] = SQL_TAGS,
    [RUNGS_RULE_FROM_SOURCES] = SQL_SOURCES,     [RUNGS_RULE_FROM_PARTNERS] = SQL_PARTNERS,
    [RUNGS_RULE_FROM_DETAILS] = SQL_DETAILS,     [RUNGS_RULE_FROM_PRODUCTS] = SQL_PRODUCTS,
    [RUNGS_RULE_FROM_COUPONS] = SQL_COUPONS,     [RUNGS_RULE_FROM_MESSAGES] = SQL_MESSAGES,
    [RUNGS_RULE_FROM_SEQUENCES] = SQL_SEQUENCES, [RUNGS_RULE_FROM_STEPS] = SQL_STEPS,
    [RUNGS_RULE_FROM_SEGMENTS] = SQL_SEGMENTS,   [RUNGS_RULE_FROM_IMPORTS] = SQL_IMPORTS,
    [RUNGS_RULE_FROM_PURPOSES] = SQL_PURPOSES,
  };

  for (guint i = 0; source == RUNGS_RULE_FROM_LEADS && i < G_N_ELEMENTS (SQL_COLUMNS); i++)
    if (g_strcmp0 (SQL_COLUMNS[i].field, context) == 0)
      return SQL_COLUMNS[i].sql;
  return source < G_N_ELEMENTS (SQL) ? SQL[source] : NULL;
}

static void
add_words (GPtrArray       *choices,
           RungsRuleSource  source,
           guint            limit)
{
  for (guint i = 0; i < G_N_ELEMENTS (WORDS) && choices->len < limit; i++)
    if (WORDS[i].source == source)
      g_ptr_array_add (choices, choice_new (WORDS[i].word, WORDS[i].label));
}

GPtrArray *
rungs_rule_choices (RungsDb *db,
                    RungsRuleSource source,
                    const char *context,
                    guint limit,
                    GError **error)
{
  g_autoptr (GPtrArray) choices =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_rule_choice_free);
  const char *sql = get_sql (source, context);
  g_autoptr (RungsStatement) query = sql ? rungs_db_prepare (db, sql, error) : NULL;

  add_words (choices, source, limit);
  if (sql == NULL)
    return g_steal_pointer (&choices);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":limit", limit);
  if (rungs_statement_has (query, ":context"))
    rungs_statement_bind_text (query, ":context", context);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    g_ptr_array_add (choices, choice_new (rungs_statement_get_text (query, 0),
                                          rungs_statement_get_text (query, 1)));
  return rungs_statement_done (query, error) ? g_steal_pointer (&choices) : NULL;
}

const char *
rungs_rule_word_get_label (RungsRuleSource  source,
                           const char      *word)
{
  g_return_val_if_fail (word != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (WORDS[i].source == source && g_str_equal (WORDS[i].word, word))
      return WORDS[i].label;
  return NULL;
}
