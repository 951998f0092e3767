/* rungs-rule.h: a question about leads with yes or no as the answer. Read this first in segments/.
 *
 * A rule is a JSON tree. Its groups are objects with one member:
 *
 *   {"all": [RULE, …]}    yes where every one holds (of none: yes)
 *   {"any": [RULE, …]}    yes where at least one holds; at least one must be there
 *   {"none": [RULE, …]}   yes where not one holds; at least one must be there
 *
 * and its leaves name a field and an operator of rungs-field-table.h, and parameters of the field:
 *
 *   {"field": "country", "op": "in", "value": ["DE", "AT"]}
 *   {"field": "orders", "product": "KIT", "within_days": 90, "op": "at_least", "value": 2}
 *
 *   operator                               for      value
 *   is, is_not                             text, choice    a string
 *   in, not_in                             text, choice    an array of strings
 *   contains, not_contains, starts_with, ends_with   text  a string
 *   is, is_not, less, at_most, at_least, more   number     a number (money: minor units)
 *   is, is_not                             yes or no       true or false
 *   before, since, on                      date, day       "2026-11-21" (dates also
 *                                          "2026-11-21T09:00:00Z"); since: then or later
 *   within_days, not_within_days           date, day       N: from N days ago until now
 *   over_days_ago, in_days, days_ago       date, day       N: longer ago; from now on; on that day
 *   yearly_in_days, yearly_within_days     day             N: its month and day come round within
 *                                          the next N days, or came within the last N
 *   has, has_not                           set             a string
 *   has_any, has_all, has_none             set             an array of strings
 *   empty, not_empty                       all but yes or no and what is always there   none
 *
 * docs/rules.md explains them for those who write rules. Every leaf says yes or no of every lead:
 * where a lead has no such value, is says no and is_not yes. A rule is immutable and may be used
 * from any thread. */

#pragma once

#include <json-glib/json-glib.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct _RungsRule RungsRule;

/* Reads and checks a rule. Errors: INVALID; the message names the leaf and says what is wrong
 * with it. */
RungsRule *rungs_rule_parse (const char  *json,
                             GError     **error);

/* The same, of a part of a larger JSON text. */
RungsRule *rungs_rule_new_from_json (JsonNode  *node,
                                     GError   **error);

void rungs_rule_free (RungsRule *rule);

/* As it was read. */
char *rungs_rule_dup_json (RungsRule *rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRule, rungs_rule_free)

/* In words: "country is one of “DE”, “AT” and (tag has “vip” or score is at least 10)". */
char *rungs_rule_describe (RungsRule *rule);

/**
 * RungsRuleNamed: what a rule names by a key.
 * @RUNGS_RULE_NAMED_FIELD: a field of the business's own, by its key
 * @RUNGS_RULE_NAMED_PRODUCT: a product, by its SKU
 * @RUNGS_RULE_NAMED_SEGMENT: a segment, by its key
 */
typedef enum
{
  RUNGS_RULE_NAMED_FIELD,
  RUNGS_RULE_NAMED_PRODUCT,
  RUNGS_RULE_NAMED_SEGMENT,
} RungsRuleNamed;

/* Returns: (nullable): how people call it; lent. NULL: the key is shown. */
typedef const char *(*RungsRuleNamer) (RungsRuleNamed  what,
                                       const char     *key,
                                       gpointer        data);

/* The same, with names in the place of keys. */
char *rungs_rule_describe_named (RungsRule      *rule,
                                 RungsRuleNamer  namer,
                                 gpointer        data);

/* What the rule names that the file lacks: custom fields, or a comparison that the kind of a custom
 * field does not allow (`missing` FALSE); tags, products, sources, messages, sequences or segments
 * that may yet come (`missing` TRUE). Returns: (transfer full) (element-type utf8): a sentence
 * each, empty where all is well; NULL on error. */
GPtrArray *rungs_rule_check (RungsDb    *db,
                             RungsRule  *rule,
                             gboolean    missing,
                             GError    **error);

/* Whether it asks about the field of that name, by itself or by a segment that it asks about.
 * Errors: INVALID where segments, or offers, ask about each other in a circle. */
gboolean rungs_rule_asks (RungsDb     *db,
                          RungsRule   *rule,
                          const char  *field,
                          gboolean    *asks,
                          GError     **error);

/* Whether it holds for one lead at the time `now`. A lead that does not exist matches nothing. */
gboolean rungs_rule_matches (RungsDb *db,
                             RungsRule *rule,
                             gint64 lead,
                             gint64 now,
                             gboolean *matches,
                             GError **error);

/* For how many leads it holds. */
gboolean rungs_rule_count (RungsDb    *db,
                           RungsRule  *rule,
                           gint64      now,
                           gint64     *count,
                           GError    **error);

/* The leads for which it holds, by id: those after `after` (0: from the first), `limit` at most.
 * Returns: (transfer full) (element-type gint64): NULL on error. */
GArray *rungs_rule_list (RungsDb *db,
                         RungsRule *rule,
                         gint64 now,
                         gint64 after,
                         guint limit,
                         GError **error);

/* Up to `limit` of them, to look at while a rule is edited: the newest leads. Returns: (transfer
 * full) (element-type gint64): NULL on error. */
GArray *rungs_rule_sample (RungsDb    *db,
                           RungsRule  *rule,
                           gint64      now,
                           guint       limit,
                           GError    **error);

/* How many leaves it has. They are counted from 0 in the order in which they stand in the JSON. */
guint rungs_rule_count_leaves (RungsRule *rule);

/* How many leads one leaf lets through alone. All that counts runs until it is done or its
 * connection is interrupted: ask by rungs_store_read_async() with a cancellable, and cancel it when
 * the rule has changed. */
gboolean rungs_rule_count_leaf (RungsDb *db,
                                RungsRule *rule,
                                guint leaf,
                                gint64 now,
                                gint64 *count,
                                GError **error);

/**
 * RungsRuleReason:
 * @words: the leaf in words
 * @field: its field, operator and value as the rule has them, for words in other languages
 * @op: see @field
 * @value: see @field; texts joined by ", "; empty where there is none
 * @holds: whether the leaf says yes of the lead
 * @decides: whether the rule's answer rests on it: on the first that says no of an "all" that does
 *   not hold, on the first that says yes of an "any" that does, on every one where all were needed
 */
typedef struct
{
  char *words;
  char *field;
  char *op;
  char *value;
  gboolean holds;
  gboolean decides;
} RungsRuleReason;

void rungs_rule_reason_free (RungsRuleReason *reason);

/* Why the rule holds or does not hold for the lead: each leaf in the order of the rule.
 * Returns: (transfer full) (element-type RungsRuleReason): NULL on error; NOT_FOUND where there is
 * no such lead. */
GPtrArray *rungs_rule_explain (RungsDb *db,
                               RungsRule *rule,
                               gint64 lead,
                               gint64 now,
                               gboolean *matches,
                               GError **error);

/* The SELECT that lists the leads, for tests that pin how it is run. Lives as long as the
 * program. */
const char *rungs_rule_get_sql (RungsRule *rule);

G_END_DECLS
