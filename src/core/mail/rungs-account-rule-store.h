/* rungs-account-rule-store.h: which account sends what.
 *
 * The rules are asked in their order; the first that fits a message wins, and where none fits it is
 * the default account. All that a rule asks for must hold. What is chosen for a message is chosen
 * when it is due (mail/rungs-outbox-route-store.h), and anew whenever the rules, or the default
 * account, change, as long as no sender has claimed it.
 *
 * A rule names an account whether it is paused or not: then its messages wait for it. With an
 * account go the rules that name it, and with a broadcast, a sequence or a message those that are
 * about it alone. A segment that was deleted holds nobody. */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-account-store.h"

G_BEGIN_DECLS

/**
 * RungsAccountRuleOrigin: what a message is sent for.
 * @RUNGS_ACCOUNT_RULE_ANY: that is not asked
 * @RUNGS_ACCOUNT_RULE_BROADCAST: a broadcast
 * @RUNGS_ACCOUNT_RULE_SEQUENCE: a walk through a sequence
 */
typedef enum
{
  RUNGS_ACCOUNT_RULE_ANY,
  RUNGS_ACCOUNT_RULE_BROADCAST,
  RUNGS_ACCOUNT_RULE_SEQUENCE,
} RungsAccountRuleOrigin;

/* "", "broadcast", "sequence". FALSE where `text` is none of them. */
const char *rungs_account_rule_origin_to_text (RungsAccountRuleOrigin origin);
gboolean rungs_account_rule_origin_from_text (const char             *text,
                                              RungsAccountRuleOrigin *origin);

/**
 * RungsAccountRuleKind: of the message.
 * @RUNGS_ACCOUNT_RULE_EVERY_KIND: that is not asked
 */
typedef enum
{
  RUNGS_ACCOUNT_RULE_EVERY_KIND,
  RUNGS_ACCOUNT_RULE_MARKETING,
  RUNGS_ACCOUNT_RULE_TRANSACTIONAL,
} RungsAccountRuleKind;

/* "", "marketing", "transactional". FALSE where `text` is none of them. */
const char *rungs_account_rule_kind_to_text (RungsAccountRuleKind kind);
gboolean rungs_account_rule_kind_from_text (const char           *text,
                                            RungsAccountRuleKind *kind);

/* Where an id is 0 that is not asked. Names are read with the rule, and not written. */
typedef struct
{
  gint64 id; /* 0: not stored yet */
  gint64 account;
  char *account_name; /* (owned) (nullable) */
  RungsAccountRuleOrigin origin;
  gint64 broadcast;
  char *broadcast_name; /* (owned) (nullable) */
  gint64 sequence;
  char *sequence_name; /* (owned) (nullable) */
  gint64 message;
  char *message_name; /* (owned) (nullable) */
  RungsAccountRuleKind kind;
  char *domains; /* (owned): "gmail.com googlemail.com"; empty: that is not asked */
  gint64 segment;
  char *segment_name; /* (owned) (nullable): NULL: that is not asked, or it was deleted */
  gint64 created_at;
} RungsAccountRule;

/* One that asks for nothing. */
RungsAccountRule *rungs_account_rule_new (gint64 account);
RungsAccountRule *rungs_account_rule_copy (const RungsAccountRule *self);
void rungs_account_rule_free (RungsAccountRule *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsAccountRule, rungs_account_rule_free)

/* Domains as they are kept: parted by blanks or commas as people write them, in ASCII and lower
 * case, without "@" and "*." before them. NULL with INVALID where one is none. */
char *rungs_account_rule_read_domains (const char  *text,
                                       GError     **error);

/* Returns: (transfer full) (element-type RungsAccountRule): in the order of asking. */
GPtrArray *rungs_account_rule_list (RungsDb  *db,
                                    GError  **error);

/* Makes `rules` (element-type RungsAccountRule) all that there are, in that order. One with an id
 * keeps it, others get theirs: so the list as it was puts back what was changed or removed. Errors:
 * INVALID (an account or something else that is not there). */
gboolean rungs_account_rules_write (RungsDb    *db,
                                    GPtrArray  *rules,
                                    gint64      now,
                                    GError    **error);

/* How many rules name the account. */
gboolean rungs_account_rules_count (RungsDb  *db,
                                    gint64    account,
                                    gint64   *count,
                                    GError  **error);

/* ---- choosing */

/* The rules as they are at an instant. */
typedef struct _RungsAccountRules RungsAccountRules;

RungsAccountRules *rungs_account_rules_load (RungsDb  *db,
                                             gint64    now,
                                             GError  **error);
void rungs_account_rules_free (RungsAccountRules *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsAccountRules, rungs_account_rules_free)

/* How often it was changed which account sends what. */
gint64 rungs_account_rules_get_number (const RungsAccountRules *self);
gboolean rungs_account_rules_are_none (const RungsAccountRules *self);

/* In the place of the id of a broadcast, a sequence or a message: it is not known which. */
#define RUNGS_ACCOUNT_RULE_UNKNOWN -1

/* What is asked about a message. */
typedef struct
{
  gint64 lead;
  const char *email_key; /* (nullable) */
  gint64 message;
  gboolean marketing;
  gint64 broadcast; /* 0: none */
  gint64 sequence;  /* 0: none */
} RungsAccountRuleFacts;

/* The account that sends it; `rule` gets the id of the rule that says so, 0 where none fits. */
gboolean rungs_account_rules_choose (RungsAccountRules            *self,
                                     RungsDb                      *db,
                                     const RungsAccountRuleFacts  *facts,
                                     gint64                       *account,
                                     gint64                       *rule,
                                     GError                      **error);

/* Returns: (transfer full) (element-type RungsAccount): by which accounts such messages may leave,
 * whoever gets them: in the order of asking, each once. Lead and address are not asked. */
GPtrArray *rungs_account_rules_list_possible (RungsDb                      *db,
                                              const RungsAccountRuleFacts  *facts,
                                              GError                      **error);

G_END_DECLS
