/* rungs-account-rule-store.c: which account sends what. */

#include "mail/rungs-account-rule-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-names.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "segments/rungs-segment-member-store.h"
#include "segments/rungs-segment-store.h"

static const char SQL_LIST[]
    = "SELECT r.id, r.account, a.name, r.origin, r.broadcast, b.name, r.sequence, s.name,"
      "   r.message, m.name, r.kind, r.domains, r.segment, g.name, r.created_at"
      "  FROM account_rule r JOIN account a ON a.id = r.account"
      "  LEFT JOIN broadcast b ON b.id = r.broadcast LEFT JOIN sequence s ON s.id = r.sequence"
      "  LEFT JOIN message m ON m.id = r.message LEFT JOIN segment g ON g.id = r.segment"
      " ORDER BY r.position, r.id";

static const char SQL_CLEAR[] = "DELETE FROM account_rule";
static const char SQL_ADD[]
    = "INSERT INTO account_rule (id, position, account, origin, broadcast, sequence, message,"
      "                          kind, domains, segment, created_at)"
      " VALUES (:id, :position, :account, :origin, :broadcast, :sequence, :message, :kind,"
      "         :domains, :segment, :created_at)";

static const char SQL_COUNT[] = "SELECT count (*) FROM account_rule WHERE account = :id";
static const char SQL_NUMBER[]
    = "SELECT number, (SELECT id FROM account WHERE is_default = 1) FROM account_routing";

static const char *const ORIGINS[] = { "", "broadcast", "sequence" };
static const char *const KINDS[] = { "", "marketing", "transactional" };

struct _RungsAccountRules
{
  GPtrArray *rules;     /* (owned) (element-type RungsAccountRule) */
  GHashTable *segments; /* (owned): id → RungsSegment, NULL where it was deleted */
  gint64 number;
  gint64 standard; /* the default account */
  gint64 now;
};

const char *
rungs_account_rule_origin_to_text (RungsAccountRuleOrigin origin)
{
  return ORIGINS[origin];
}

gboolean
rungs_account_rule_origin_from_text (const char             *text,
                                     RungsAccountRuleOrigin *origin)
{
  return rungs_names_find (ORIGINS, G_N_ELEMENTS (ORIGINS), text, origin);
}

const char *
rungs_account_rule_kind_to_text (RungsAccountRuleKind kind)
{
  return KINDS[kind];
}

gboolean
rungs_account_rule_kind_from_text (const char           *text,
                                   RungsAccountRuleKind *kind)
{
  return rungs_names_find (KINDS, G_N_ELEMENTS (KINDS), text, kind);
}

RungsAccountRule *
rungs_account_rule_new (gint64 account)
{
  RungsAccountRule *self = g_new0 (RungsAccountRule, 1);

  self->account = account;
  self->domains = g_strdup ("");
  return self;
}

RungsAccountRule *
rungs_account_rule_copy (const RungsAccountRule *self)
{
  RungsAccountRule *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->account_name = g_strdup (self->account_name);
  copy->broadcast_name = g_strdup (self->broadcast_name);
  copy->sequence_name = g_strdup (self->sequence_name);
  copy->message_name = g_strdup (self->message_name);
  copy->domains = g_strdup (self->domains);
  copy->segment_name = g_strdup (self->segment_name);
  return copy;
}

void
rungs_account_rule_free (RungsAccountRule *self)
{
  if (self == NULL)
    return;
  g_free (self->account_name);
  g_free (self->broadcast_name);
  g_free (self->sequence_name);
  g_free (self->message_name);
  g_free (self->domains);
  g_free (self->segment_name);
  g_free (self);
}

/* ---- domains */

static char *
read_domain (const char *word)
{
  const char *name = word;
  g_autofree char *ascii = NULL;

  if (*name == '@')
    name++;
  if (g_str_has_prefix (name, "*."))
    name += 2;
  if (*name == '.' || strpbrk (name, "@*/:") != NULL)
    return NULL;
  ascii = g_hostname_to_ascii (name);
  return ascii != NULL && *ascii != '\0' ? g_ascii_strdown (ascii, -1) : NULL;
}

char *
rungs_account_rule_read_domains (const char *text,
                                 GError    **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) domains = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  words = g_strsplit_set (text, " ,;\t\r\n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *domain = NULL;

      if (*words[i] == '\0')
        continue;
      domain = read_domain (words[i]);
      if (domain == NULL)
        {
          g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("“%s” is no domain"), words[i]);
          return NULL;
        }
      g_string_append_printf (domains, "%s%s", domains->len > 0 ? " " : "", domain);
    }
  return g_string_free (g_steal_pointer (&domains), FALSE);
}

/* Whether the address is in one of the domains, or below one. */
static gboolean
is_within (const char *domains,
           const char *email_key)
{
  const char *at = email_key != NULL ? strrchr (email_key, '@') : NULL;
  g_auto (GStrv) words = at != NULL ? g_strsplit (domains, " ", -1) : NULL;
  gboolean within = FALSE;

  for (guint i = 0; words != NULL && words[i] != NULL && !within; i++)
    {
      gsize length = strlen (at + 1);
      gsize part = strlen (words[i]);

      within = length >= part && g_str_equal (at + 1 + length - part, words[i])
               && (length == part || at[length - part] == '.');
    }
  return within;
}

/* ---- the list */

static gpointer
rule_from_row (RungsStatement *row)
{
  RungsAccountRule *self = g_new0 (RungsAccountRule, 1);

  self->id = rungs_statement_get_int64 (row, 0);
  self->account = rungs_statement_get_int64 (row, 1);
  self->account_name = rungs_statement_dup_text (row, 2);
  rungs_account_rule_origin_from_text (rungs_statement_get_text (row, 3), &self->origin);
  self->broadcast = rungs_statement_get_int64 (row, 4);
  self->broadcast_name = rungs_statement_dup_text (row, 5);
  self->sequence = rungs_statement_get_int64 (row, 6);
  self->sequence_name = rungs_statement_dup_text (row, 7);
  self->message = rungs_statement_get_int64 (row, 8);
  self->message_name = rungs_statement_dup_text (row, 9);
  rungs_account_rule_kind_from_text (rungs_statement_get_text (row, 10), &self->kind);
  self->domains = rungs_statement_dup_text (row, 11);
  self->segment = rungs_statement_get_int64 (row, 12);
  self->segment_name = rungs_statement_dup_text (row, 13);
  self->created_at = rungs_statement_get_int64 (row, 14);
  return self;
}

GPtrArray *
rungs_account_rule_list (RungsDb *db,
                         GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, rule_from_row, (GDestroyNotify) rungs_account_rule_free, error);
}

static gboolean
write_rule (RungsStatement         *insert,
            const RungsAccountRule *rule,
            gint64                  position,
            gint64                  now,
            GError                **error)
{
  gboolean of_broadcast = rule->origin == RUNGS_ACCOUNT_RULE_BROADCAST;
  gboolean of_sequence = rule->origin == RUNGS_ACCOUNT_RULE_SEQUENCE;

  rungs_statement_bind_id (insert, ":id", rule->id);
  rungs_statement_bind_int64 (insert, ":position", position);
  rungs_statement_bind_int64 (insert, ":account", rule->account);
  rungs_statement_bind_text (insert, ":origin", ORIGINS[rule->origin]);
  rungs_statement_bind_id (insert, ":broadcast", of_broadcast ? rule->broadcast : 0);
  rungs_statement_bind_id (insert, ":sequence", of_sequence ? rule->sequence : 0);
  rungs_statement_bind_id (insert, ":message", rule->message);
  rungs_statement_bind_text (insert, ":kind", KINDS[rule->kind]);
  rungs_statement_bind_text (insert, ":domains", rule->domains);
  rungs_statement_bind_id (insert, ":segment", rule->segment);
  rungs_statement_bind_int64 (insert, ":created_at",
                              rule->created_at != 0 ? rule->created_at : now);
  return rungs_statement_run (insert, error);
}

gboolean
rungs_account_rules_write (RungsDb   *db,
                           GPtrArray *rules,
                           gint64     now,
                           GError   **error)
{
  g_autoptr (RungsStatement) clear = rungs_db_prepare (db, SQL_CLEAR, error);
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_ADD, error);
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (rules != NULL, FALSE);

  if (clear == NULL || insert == NULL || !rungs_statement_run (clear, error))
    return FALSE;
  for (guint i = 0; i < rules->len && failure == NULL; i++)
    write_rule (insert, rules->pdata[i], i + 1, now, &failure);
  if (failure == NULL)
    return TRUE;
  if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                         _ ("what the rule names is not there any more"));
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
rungs_account_rules_count (RungsDb *db,
                           gint64   account,
                           gint64  *count,
                           GError **error)
{
  return rungs_record_ask (db, SQL_COUNT, account, 0, count, error);
}

/* ---- choosing */

void
rungs_account_rules_free (RungsAccountRules *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->segments, g_hash_table_unref);
  g_free (self);
}

static gboolean
load_number (RungsAccountRules *self,
             RungsDb           *db,
             GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_NUMBER, error);

  if (query == NULL || rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  self->number = rungs_statement_get_int64 (query, 0);
  self->standard = rungs_statement_get_int64 (query, 1);
  return TRUE;
}

RungsAccountRules *
rungs_account_rules_load (RungsDb *db,
                          gint64   now,
                          GError **error)
{
  g_autoptr (RungsAccountRules) self = g_new0 (RungsAccountRules, 1);

  self->now = now;
  self->segments = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                          (GDestroyNotify) rungs_segment_free);
  self->rules = rungs_account_rule_list (db, error);
  return self->rules != NULL && load_number (self, db, error) ? g_steal_pointer (&self) : NULL;
}

gint64
rungs_account_rules_get_number (const RungsAccountRules *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->number;
}

gboolean
rungs_account_rules_are_none (const RungsAccountRules *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->rules->len == 0;
}

static gboolean
is_in_segment (RungsAccountRules           *self,
               RungsDb                     *db,
               const RungsAccountRule      *rule,
               const RungsAccountRuleFacts *facts,
               gboolean                    *is_in,
               GError                     **error)
{
  RungsSegment *segment = g_hash_table_lookup (self->segments, &rule->segment);

  *is_in = FALSE;
  if (rule->segment_name == NULL)
    return TRUE;
  if (segment == NULL)
    {
      segment = rungs_segment_load (db, rule->segment, error);
      if (segment == NULL)
        return FALSE;
      g_hash_table_insert (self->segments, g_memdup2 (&rule->segment, sizeof rule->segment),
                           segment);
    }
  return rungs_segment_has (db, segment, facts->lead, self->now, is_in, error);
}

/* Whether the id that a rule asks for (0: any) may be the one that is known. */
static gboolean
may_be (gint64 asked,
        gint64 known)
{
  return asked == 0 || asked == known || known == RUNGS_ACCOUNT_RULE_UNKNOWN;
}

/* Whether the rule fits by what the message is, whoever gets it. */
static gboolean
fits_message (const RungsAccountRule      *rule,
              const RungsAccountRuleFacts *facts)
{
  if (rule->origin == RUNGS_ACCOUNT_RULE_BROADCAST
      && (facts->broadcast == 0 || !may_be (rule->broadcast, facts->broadcast)))
    return FALSE;
  if (rule->origin == RUNGS_ACCOUNT_RULE_SEQUENCE
      && (facts->sequence == 0 || !may_be (rule->sequence, facts->sequence)))
    return FALSE;
  if (!may_be (rule->message, facts->message))
    return FALSE;
  return rule->kind == RUNGS_ACCOUNT_RULE_EVERY_KIND
         || (rule->kind == RUNGS_ACCOUNT_RULE_MARKETING) == facts->marketing;
}

/* What needs no look into the file. */
static gboolean
fits (const RungsAccountRule      *rule,
      const RungsAccountRuleFacts *facts)
{
  if (!fits_message (rule, facts))
    return FALSE;
  return *rule->domains == '\0' || is_within (rule->domains, facts->email_key);
}

gboolean
rungs_account_rules_choose (RungsAccountRules           *self,
                            RungsDb                     *db,
                            const RungsAccountRuleFacts *facts,
                            gint64                      *account,
                            gint64                      *rule,
                            GError                     **error)
{
  g_return_val_if_fail (self != NULL && facts != NULL, FALSE);

  *account = self->standard;
  *rule = 0;
  for (guint i = 0; i < self->rules->len; i++)
    {
      const RungsAccountRule *asked = self->rules->pdata[i];
      gboolean all = fits (asked, facts);

      if (all && asked->segment != 0 && !is_in_segment (self, db, asked, facts, &all, error))
        return FALSE;
      if (!all)
        continue;
      *account = asked->account;
      *rule = asked->id;
      return TRUE;
    }
  return TRUE;
}

/* Whether the rule takes all such messages, so that no later one is asked. */
static gboolean
takes_all (const RungsAccountRule      *rule,
           const RungsAccountRuleFacts *facts)
{
  gint64 known = rule->origin == RUNGS_ACCOUNT_RULE_BROADCAST ? facts->broadcast
                                                              : facts->sequence;

  if (rule->origin != RUNGS_ACCOUNT_RULE_ANY && known == RUNGS_ACCOUNT_RULE_UNKNOWN)
    return FALSE;
  if (rule->message != 0 && facts->message == RUNGS_ACCOUNT_RULE_UNKNOWN)
    return FALSE;
  return *rule->domains == '\0' && rule->segment == 0;
}

static gboolean
add_account (GPtrArray *accounts,
             RungsDb   *db,
             gint64     id,
             GError   **error)
{
  RungsAccount *account;

  for (guint i = 0; i < accounts->len; i++)
    if (((RungsAccount *) accounts->pdata[i])->id == id)
      return TRUE;
  account = rungs_account_load (db, id, error);
  if (account == NULL)
    return FALSE;
  g_ptr_array_add (accounts, account);
  return TRUE;
}

GPtrArray *
rungs_account_rules_list_possible (RungsDb                     *db,
                                   const RungsAccountRuleFacts *facts,
                                   GError                     **error)
{
  g_autoptr (RungsAccountRules) rules = rungs_account_rules_load (db, 0, error);
  g_autoptr (GPtrArray) accounts
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_account_free);
  gboolean done = FALSE;

  g_return_val_if_fail (facts != NULL, NULL);

  if (rules == NULL)
    return NULL;
  for (guint i = 0; i < rules->rules->len && !done; i++)
    {
      const RungsAccountRule *rule = rules->rules->pdata[i];

      if (!fits_message (rule, facts))
        continue;
      if (!add_account (accounts, db, rule->account, error))
        return NULL;
      done = takes_all (rule, facts);
    }
  if (!done && rules->standard != 0 && !add_account (accounts, db, rules->standard, error))
    return NULL;
  return g_steal_pointer (&accounts);
}
