/* rungs-account-rule-dialog.c: makes or edits a rule which account sends what. */

#include "rungs-account-rule-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mail/rungs-broadcast-store.h"
#include "mail/rungs-message-store.h"
#include "segments/rungs-segment-store.h"
#include "sequences/rungs-sequence-store.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-error-words.h"

struct _RungsAccountRuleChoices
{
  GPtrArray *accounts;   /* (owned) (element-type RungsAccount) */
  GPtrArray *broadcasts; /* (owned) (element-type RungsBroadcast) */
  GPtrArray *sequences;  /* (owned) (element-type RungsSequence) */
  GPtrArray *messages;   /* (owned) (element-type RungsMessageRow) */
  GPtrArray *segments;   /* (owned) (element-type RungsSegment) */
};

typedef struct
{
  RungsForm *form;        /* (unowned): owns this */
  RungsAccountRule *rule; /* (owned): as it was */
  RungsAccountRuleEdited edited;
  gpointer data;
  GDestroyNotify data_free;

  RungsChoiceRow *account;
  RungsChoiceRow *origin; /* "", "broadcast", "broadcast:ID", "sequence", "sequence:ID" */
  RungsChoiceRow *message;
  RungsChoiceRow *kind;
  RungsChoiceRow *segment;
  AdwEntryRow *domains;
} Dialog;

RungsAccountRuleChoices *
rungs_account_rule_choices_load (RungsDb *db,
                                 GError **error)
{
  g_autoptr (RungsAccountRuleChoices) self = g_new0 (RungsAccountRuleChoices, 1);

  self->accounts = rungs_account_list (db, error);
  self->broadcasts = self->accounts ? rungs_broadcast_list (db, error) : NULL;
  self->sequences = self->broadcasts ? rungs_sequence_list (db, error) : NULL;
  self->messages = self->sequences ? rungs_message_list (db, error) : NULL;
  self->segments = self->messages ? rungs_segment_list (db, FALSE, error) : NULL;
  return self->segments != NULL ? g_steal_pointer (&self) : NULL;
}

void
rungs_account_rule_choices_free (RungsAccountRuleChoices *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->broadcasts, g_ptr_array_unref);
  g_clear_pointer (&self->sequences, g_ptr_array_unref);
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->segments, g_ptr_array_unref);
  g_free (self);
}

const RungsAccount *
rungs_account_rule_choices_get_default (const RungsAccountRuleChoices *self)
{
  const RungsAccount *first;

  g_return_val_if_fail (self != NULL, NULL);

  first = self->accounts->len > 0 ? self->accounts->pdata[0] : NULL;
  return first != NULL && first->is_default ? first : NULL;
}

guint
rungs_account_rule_choices_count_accounts (const RungsAccountRuleChoices *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->accounts->len;
}

/* ---- what is entered */

/* "sequence:7" of "sequence" and 7. */
static char *
dup_value (const char *word,
           gint64      id)
{
  return id != 0 ? g_strdup_printf ("%s:%" G_GINT64_FORMAT, word, id) : g_strdup (word);
}

/* 7 of "sequence:7"; 0 of "sequence" and "". */
static gint64
id_of (RungsChoiceRow *row)
{
  const char *value = rungs_choice_row_get_value (row);
  const char *colon = value != NULL ? strchr (value, ':') : NULL;

  return colon != NULL ? g_ascii_strtoll (colon + 1, NULL, 10) : 0;
}

static void
read_origin (Dialog           *self,
             RungsAccountRule *rule)
{
  g_auto (GStrv) parts = g_strsplit (rungs_choice_row_get_value (self->origin), ":", 2);

  rule->origin = RUNGS_ACCOUNT_RULE_ANY;
  if (parts[0] != NULL)
    rungs_account_rule_origin_from_text (parts[0], &rule->origin);
  rule->broadcast = rule->origin == RUNGS_ACCOUNT_RULE_BROADCAST ? id_of (self->origin) : 0;
  rule->sequence = rule->origin == RUNGS_ACCOUNT_RULE_SEQUENCE ? id_of (self->origin) : 0;
}

/* NULL where something is wrong, which is marked. */
static RungsAccountRule *
read_fields (Dialog *self)
{
  g_autoptr (RungsAccountRule) rule = rungs_account_rule_copy (self->rule);
  g_autofree char *entered = rungs_form_dup_entry (self->domains);
  g_autoptr (GError) error = NULL;
  char *domains = rungs_account_rule_read_domains (entered, &error);

  rungs_error_mark_row (self->domains, error != NULL ? error->message : NULL);
  if (domains == NULL)
    return NULL;
  g_free (rule->domains);
  rule->domains = domains;
  rule->account = id_of (self->account);
  rule->message = id_of (self->message);
  rule->segment = id_of (self->segment);
  rungs_account_rule_kind_from_text (rungs_choice_row_get_value (self->kind), &rule->kind);
  read_origin (self, rule);
  return g_steal_pointer (&rule);
}

static void
agreed_cb (RungsForm *form,
           Dialog    *self)
{
  g_autoptr (RungsAccountRule) rule = read_fields (self);

  if (rule == NULL)
    return;
  self->edited (rule, self->data);
  gtk_window_destroy (GTK_WINDOW (form));
}

/* ---- the form */

static RungsChoiceRow *
add_choice (Dialog     *self,
            const char *title)
{
  RungsChoiceRow *row = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", title, NULL);

  rungs_form_add_widget (self->form, GTK_WIDGET (row));
  return row;
}

static void
add_named (RungsChoiceRow *row,
           const char     *word,
           gint64          id,
           const char     *name)
{
  g_autofree char *value = dup_value (word, id);

  rungs_choice_row_add (row, value, name);
}

static void
choose (RungsChoiceRow *row,
        const char     *word,
        gint64          id)
{
  g_autofree char *value = dup_value (word, id);

  rungs_choice_row_set_value (row, value);
}

static void
add_accounts (Dialog                        *self,
              const RungsAccountRuleChoices *choices)
{
  self->account = add_choice (self, _ ("Account"));
  for (guint i = 0; i < choices->accounts->len; i++)
    {
      const RungsAccount *account = choices->accounts->pdata[i];

      add_named (self->account, "account", account->id, account->name);
    }
  choose (self->account, "account", self->rule->account);
}

static void
add_origins (Dialog                        *self,
             const RungsAccountRuleChoices *choices)
{
  const RungsAccountRule *rule = self->rule;

  self->origin = add_choice (self, _ ("Sent For"));
  add_named (self->origin, "", 0, _ ("Anything"));
  add_named (self->origin, "broadcast", 0, _ ("Broadcasts"));
  add_named (self->origin, "sequence", 0, _ ("Sequences"));
  for (guint i = 0; i < choices->sequences->len; i++)
    {
      const RungsSequence *sequence = choices->sequences->pdata[i];
      g_autofree char *label = g_strdup_printf (_ ("The sequence “%s”"), sequence->name);

      add_named (self->origin, "sequence", sequence->id, label);
    }
  for (guint i = 0; i < choices->broadcasts->len; i++)
    {
      const RungsBroadcast *broadcast = choices->broadcasts->pdata[i];
      g_autofree char *label = g_strdup_printf (_ ("The broadcast “%s”"), broadcast->name);

      add_named (self->origin, "broadcast", broadcast->id, label);
    }
  choose (self->origin, rungs_account_rule_origin_to_text (rule->origin),
          rule->broadcast + rule->sequence);
}

static void
add_messages (Dialog                        *self,
              const RungsAccountRuleChoices *choices)
{
  self->kind = add_choice (self, _ ("Kind of Message"));
  add_named (self->kind, "", 0, _ ("Every kind"));
  add_named (self->kind, "marketing", 0, _ ("Marketing"));
  add_named (self->kind, "transactional", 0, _ ("Transactional"));
  choose (self->kind, rungs_account_rule_kind_to_text (self->rule->kind), 0);
  self->message = add_choice (self, _ ("Message"));
  add_named (self->message, "", 0, _ ("Every message"));
  for (guint i = 0; i < choices->messages->len; i++)
    {
      const RungsMessage *message = ((RungsMessageRow *) choices->messages->pdata[i])->message;

      add_named (self->message, "message", message->id, message->name);
    }
  choose (self->message, self->rule->message != 0 ? "message" : "", self->rule->message);
}

/* The segment of the rule may be put away or deleted, and is chosen all the same. */
static void
add_put_away (Dialog                        *self,
              const RungsAccountRuleChoices *choices)
{
  const RungsAccountRule *rule = self->rule;

  for (guint i = 0; i < choices->segments->len; i++)
    if (((RungsSegment *) choices->segments->pdata[i])->id == rule->segment)
      return;
  if (rule->segment != 0)
    add_named (self->segment, "segment", rule->segment,
               rule->segment_name != NULL ? rule->segment_name : _ ("A segment that was deleted"));
}

static void
add_recipients (Dialog                        *self,
                const RungsAccountRuleChoices *choices)
{
  g_auto (GStrv) words = g_strsplit (self->rule->domains, " ", -1);
  g_autofree char *domains = g_strjoinv (", ", words);

  self->segment = add_choice (self, _ ("To Leads In"));
  add_named (self->segment, "", 0, _ ("Any segment, or none"));
  for (guint i = 0; i < choices->segments->len; i++)
    {
      const RungsSegment *segment = choices->segments->pdata[i];

      add_named (self->segment, "segment", segment->id, segment->name);
    }
  add_put_away (self, choices);
  choose (self->segment, self->rule->segment != 0 ? "segment" : "", self->rule->segment);
  self->domains
    = rungs_form_add_entry (self->form, _ ("To Addresses of These Domains"), domains);
}

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  rungs_account_rule_free (self->rule);
  if (self->data_free != NULL)
    self->data_free (self->data);
  g_free (self);
}

RungsForm *
rungs_account_rule_dialog_new (GtkWindow               *parent,
                               RungsAccountRuleChoices *choices,
                               const RungsAccountRule  *rule,
                               RungsAccountRuleEdited   edited,
                               gpointer                 data,
                               GDestroyNotify           data_free)
{
  Dialog *self = g_new0 (Dialog, 1);
  const RungsAccount *last = choices->accounts->len > 0
                               ? choices->accounts->pdata[choices->accounts->len - 1]
                               : NULL;

  self->edited = edited;
  self->data = data;
  self->data_free = data_free;
  self->rule = rule ? rungs_account_rule_copy (rule)
                    : rungs_account_rule_new (last != NULL ? last->id : 0);
  self->form = rungs_form_new (parent, rule ? _ ("Edit Rule") : _ ("New Rule"), _ ("_Save"));
  g_object_set_data_full (G_OBJECT (self->form), "account-rule-dialog", self, dialog_free);
  add_accounts (self, choices);
  rungs_form_add_group (self->form, _ ("Sends What Fits All of This"));
  add_origins (self, choices);
  add_messages (self, choices);
  add_recipients (self, choices);
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  return self->form;
}
