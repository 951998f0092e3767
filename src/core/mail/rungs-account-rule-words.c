/* rungs-account-rule-words.c: rules which account sends what, and what they chose, in words. */

#include "mail/rungs-account-rule-words.h"

#include <glib/gi18n.h>

static void
take_part (GPtrArray *parts,
           char      *part)
{
  g_ptr_array_add (parts, part);
}

static void
add_origin (GPtrArray              *parts,
            const RungsAccountRule *rule)
{
  if (rule->origin == RUNGS_ACCOUNT_RULE_BROADCAST)
    take_part (parts, rule->broadcast != 0
                        ? g_strdup_printf (_ ("the broadcast “%s”"), rule->broadcast_name)
                        : g_strdup (_ ("broadcasts")));
  if (rule->origin == RUNGS_ACCOUNT_RULE_SEQUENCE)
    take_part (parts, rule->sequence != 0
                        ? g_strdup_printf (_ ("the sequence “%s”"), rule->sequence_name)
                        : g_strdup (_ ("sequences")));
}

static void
add_message (GPtrArray              *parts,
             const RungsAccountRule *rule)
{
  if (rule->message != 0)
    take_part (parts, g_strdup_printf (_ ("the message “%s”"), rule->message_name));
  if (rule->kind == RUNGS_ACCOUNT_RULE_MARKETING)
    take_part (parts, g_strdup (_ ("marketing")));
  if (rule->kind == RUNGS_ACCOUNT_RULE_TRANSACTIONAL)
    take_part (parts, g_strdup (_ ("not marketing")));
}

static void
add_recipient (GPtrArray              *parts,
               const RungsAccountRule *rule)
{
  if (*rule->domains != '\0')
    {
      g_auto (GStrv) words = g_strsplit (rule->domains, " ", -1);
      g_autofree char *domains = g_strjoinv (", ", words);

      /* Translators: %s are domains of addresses: "to gmail.com, gmx.de". */
      take_part (parts, g_strdup_printf (_ ("to %s"), domains));
    }
  if (rule->segment == 0)
    return;
  if (rule->segment_name != NULL)
    take_part (parts, g_strdup_printf (_ ("to leads in “%s”"), rule->segment_name));
  else
    take_part (parts, g_strdup (_ ("to leads in a segment that was deleted: to nobody")));
}

char *
rungs_account_rule_dup_words (const RungsAccountRule *rule)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (rule != NULL, NULL);

  add_origin (parts, rule);
  add_message (parts, rule);
  add_recipient (parts, rule);
  if (parts->len == 0)
    take_part (parts, g_strdup (_ ("every message")));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

char *
rungs_account_rules_dup_choice (GPtrArray          *rules,
                                const RungsAccount *account,
                                gint64              rule)
{
  g_return_val_if_fail (rules != NULL, NULL);

  if (account == NULL || (rules->len == 0 && rule == 0))
    return NULL;
  if (rule == 0)
    return g_strdup_printf (_ ("“%s”, for no rule fits"), account->name);
  for (guint i = 0; i < rules->len; i++)
    {
      const RungsAccountRule *one = rules->pdata[i];
      g_autofree char *words = one->id == rule ? rungs_account_rule_dup_words (one) : NULL;

      if (words != NULL)
        /* Translators: an account, and what its rule asks for. */
        return g_strdup_printf (_ ("“%s”, by the rule: %s"), account->name, words);
    }
  return g_strdup_printf (_ ("“%s”, by a rule that is gone"), account->name);
}
