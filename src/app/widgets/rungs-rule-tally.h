/* rungs-rule-tally.h: for whom a rule holds, as it is asked while the rule is edited. On threads of
 * the store. */

#pragma once

#include "db/rungs-store.h"

G_BEGIN_DECLS

/* For how many leads a rule holds, and some of them. */
typedef struct
{
  gint64 count;
  GPtrArray *samples; /* (owned) (element-type RungsLead) */
} RungsRuleTally;

void rungs_rule_tally_free (RungsRuleTally *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRuleTally, rungs_rule_tally_free)

/* A RungsStoreFunc; `data` is the rule as JSON. Returns: a RungsRuleTally. */
gpointer rungs_rule_tally_load (RungsDb       *db,
                                gpointer       data,
                                GCancellable  *cancellable,
                                GError       **error);

/* What is known of a line taken alone. */
typedef struct
{
  char *rule;    /* (owned): JSON */
  gint64 count;  /* -1: it cannot be asked */
  char *fault;   /* (owned) (nullable): why not, or what it names that is not there yet */
} RungsRuleLine;

RungsRuleLine *rungs_rule_line_new (const char *rule);
void rungs_rule_line_free (RungsRuleLine *self);

/* A RungsStoreFunc; `data` is (element-type RungsRuleLine), of which only the rules count. Returns:
 * (element-type RungsRuleLine): the same, answered. */
gpointer rungs_rule_lines_load (RungsDb       *db,
                                gpointer       data,
                                GCancellable  *cancellable,
                                GError       **error);

/* Why a rule holds for a lead or not. */
typedef struct
{
  char *name;         /* (owned): of the lead */
  gboolean holds;
  GPtrArray *reasons; /* (owned) (element-type RungsRuleReason): one for each line, in order */
} RungsRuleVerdict;

void rungs_rule_verdict_free (RungsRuleVerdict *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRuleVerdict, rungs_rule_verdict_free)

typedef struct
{
  char *rule; /* (owned) */
  gint64 lead;
} RungsRuleCase;

RungsRuleCase *rungs_rule_case_new (const char *rule,
                                    gint64      lead);
void rungs_rule_case_free (RungsRuleCase *self);

/* A RungsStoreFunc; `data` is a RungsRuleCase. Returns: a RungsRuleVerdict. */
gpointer rungs_rule_verdict_load (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

G_END_DECLS
