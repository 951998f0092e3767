/* rungs-command-table.c: all commands of rungsctl, and how one is found by its words. */

#include "rungs-command-table.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-commands.h"

static const RungsCommandGroup GROUPS[] = {
  { NULL, N_ ("Begin"), RUNGS_INIT_COMMANDS },
  { "business", N_ ("Business"), RUNGS_BUSINESS_COMMANDS },
  { "holiday", N_ ("Holidays"), RUNGS_HOLIDAY_COMMANDS },
  { "rate", N_ ("Rates of currencies"), RUNGS_RATE_COMMANDS },
  { NULL, N_ ("Figures"), RUNGS_TODAY_COMMANDS },
  { "leads", N_ ("Leads"), RUNGS_LEADS_COMMANDS },
  { "leads", N_ ("Leads from files"), RUNGS_IMPORT_COMMANDS },
  { "leads", N_ ("Leads into files"), RUNGS_LEAD_EXPORT_COMMANDS },
  { "leads", N_ ("Leads, one by one"), RUNGS_LEAD_COMMANDS },
  { "leads", N_ ("Notes, calls and meetings"), RUNGS_NOTE_COMMANDS },
  { "leads", N_ ("Leads that are one person"), RUNGS_MERGE_COMMANDS },
  { "leads", N_ ("Leads who ask what is known, or to be forgotten"), RUNGS_PRIVACY_COMMANDS },
  { "tag", N_ ("Tags"), RUNGS_TAG_COMMANDS },
  { "field", N_ ("Fields of your own"), RUNGS_FIELD_COMMANDS },
  { "score", N_ ("Score"), RUNGS_SCORE_COMMANDS },
  { "segment", N_ ("Segments"), RUNGS_SEGMENT_COMMANDS },
  { "segment", N_ ("Who is in them"), RUNGS_SEGMENT_LEADS_COMMANDS },
  { "segment", N_ ("What rules can ask"), RUNGS_RULE_COMMANDS },
  { "source", N_ ("Lead sources"), RUNGS_SOURCE_COMMANDS },
  { "source", N_ ("Links that tell a source"), RUNGS_SOURCE_LINK_COMMANDS },
  { NULL, N_ ("Visits of pages"), RUNGS_VISITS_COMMANDS },
  { "way", N_ ("Ways in"), RUNGS_WAY_COMMANDS },
  { "consent", N_ ("Consent"), RUNGS_CONSENT_COMMANDS },
  { "suppress", N_ ("Addresses that get nothing more"), RUNGS_SUPPRESS_COMMANDS },
  { "ladder-template", N_ ("Ladders to start from"), RUNGS_LADDER_TEMPLATE_COMMANDS },
  { "product", N_ ("Products"), RUNGS_PRODUCT_COMMANDS },
  { "letter", N_ ("Sales letters"), RUNGS_LETTER_COMMANDS },
  { "offer", N_ ("Offers"), RUNGS_OFFER_COMMANDS },
  { "order", N_ ("Orders"), RUNGS_ORDER_COMMANDS },
  { "order", N_ ("Orders from files"), RUNGS_ORDER_IMPORT_COMMANDS },
  { "coupon", N_ ("Coupons"), RUNGS_COUPON_COMMANDS },
  { "coupon", N_ ("Coupons given and used"), RUNGS_COUPON_USE_COMMANDS },
  { "partner", N_ ("Partners: affiliates and joint ventures"), RUNGS_PARTNER_COMMANDS },
  { "partner", N_ ("Whether partners earn"), RUNGS_PARTNER_STATUS_COMMANDS },
  { "partner", N_ ("What partners earn without a sale"), RUNGS_AWARD_COMMANDS },
  { "partner", N_ ("What to look at with partners"), RUNGS_PARTNER_FLAG_COMMANDS },
  { "partner", N_ ("How partners are paid"), RUNGS_PAYEE_COMMANDS },
  { "partner", N_ ("Documents of partners"), RUNGS_PARTNER_DOCUMENT_COMMANDS },
  { "partner", N_ ("Their own pages on the web"), RUNGS_PARTNER_PAGE_COMMANDS },
  { "partner", N_ ("Partners and tax offices"), RUNGS_PARTNER_TAX_COMMANDS },
  { "programme", N_ ("What partners earn by which sale"), RUNGS_PROGRAMME_COMMANDS },
  { "programme", N_ ("Texts that partners may copy"), RUNGS_PROGRAMME_TEXTS_COMMANDS },
  { "referral", N_ ("Who is credited with an order"), RUNGS_REFERRAL_COMMANDS },
  { "ledger", N_ ("The book of commissions"), RUNGS_LEDGER_COMMANDS },
  { "payout", N_ ("Paying partners"), RUNGS_PAYOUT_COMMANDS },
  { "payout", N_ ("How the money gets there"), RUNGS_PAYMENT_COMMANDS },
  { "payout", N_ ("Invoices in the name of partners"), RUNGS_INVOICE_COMMANDS },
  { "map", N_ ("Figures of the ladder"), RUNGS_MAP_COMMANDS },
  { NULL, N_ ("What to offer"), RUNGS_NEXT_OFFER_COMMANDS },
  { NULL, N_ ("What to offer to how many"), RUNGS_NEXT_OFFERS_COMMANDS },
  { "what-if", N_ ("What the year would bring"), RUNGS_WHAT_IF_COMMANDS },
  { "message", N_ ("Messages"), RUNGS_MESSAGE_COMMANDS },
  { "picture", N_ ("Pictures in messages"), RUNGS_PICTURE_COMMANDS },
  { "broadcast", N_ ("Broadcasts: one message to many"), RUNGS_BROADCAST_COMMANDS },
  { "broadcast", N_ ("Sending broadcasts"), RUNGS_BROADCAST_CHECK_COMMANDS },
  { "sequence", N_ ("Sequences"), RUNGS_SEQUENCE_COMMANDS },
  { "sequence", N_ ("Drafts of sequences"), RUNGS_PUBLISH_COMMANDS },
  { "sequence", N_ ("Who walks them"), RUNGS_ENROLMENT_COMMANDS },
  { NULL, N_ ("Rehearsing"), RUNGS_REHEARSE_COMMANDS },
  { NULL, N_ ("Asking why"), RUNGS_WHY_COMMANDS },
  { NULL, N_ ("Running"), RUNGS_RUN_COMMANDS },
  { "outbox", N_ ("Messages on their way"), RUNGS_OUTBOX_COMMANDS },
  { "account", N_ ("Mail accounts"), RUNGS_ACCOUNT_COMMANDS },
  { "account", N_ ("Which account sends what"), RUNGS_ACCOUNT_RULE_COMMANDS },
  { "account", N_ ("Signing in to mail accounts"), RUNGS_SIGN_IN_COMMANDS },
  { "mailbox", N_ ("Mailboxes: replies and returned mail"), RUNGS_MAILBOX_COMMANDS },
  { "form", N_ ("Opt-in forms"), RUNGS_FORM_COMMANDS },
  { "endpoint", N_ ("Where forms, shops and mail providers send to"), RUNGS_ENDPOINT_COMMANDS },
  { "endpoint", N_ ("Providers that are asked"), RUNGS_ENDPOINT_PULL_COMMANDS },
  { "delivery", N_ ("What they sent"), RUNGS_DELIVERY_COMMANDS },
  { "relay", N_ ("Relay: what comes in while this machine sleeps"), RUNGS_RELAY_COMMANDS },
  { "page", N_ ("Landing pages and sales letters on the web"), RUNGS_PAGE_COMMANDS },
  { "notices", N_ ("Telling staff of new leads"), RUNGS_NOTICES_COMMANDS },
  { "task", N_ ("Tasks"), RUNGS_TASK_COMMANDS },
  { "retention", N_ ("How long what happened is kept"), RUNGS_RETENTION_COMMANDS },
  { NULL, N_ ("File"), RUNGS_FILE_COMMANDS },
  { NULL, NULL, NULL },
};

static const GOptionEntry GLOBAL_OPTIONS[] = {
  RUNGS_OPTION ("file", N_ ("FILE"), N_ ("The file of the business")),
  RUNGS_OPTION ("now", N_ ("TIME"), N_ ("Pretend that it is TIME")),
  RUNGS_FLAG ("json", N_ ("Print JSON instead of text")),
  { "help", 'h', G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK,
    (gpointer) rungs_invocation_take_option, N_ ("Say how to use it, and stop"), NULL },
  RUNGS_FLAG ("version", N_ ("Print the version, and stop")),
  RUNGS_OPTIONS_END,
};

/* Whether they differ in nothing but an "s" at the end. */
static gboolean
same_group (const char *a,
            const char *b)
{
  gsize a_size = strlen (a) - g_str_has_suffix (a, "s");
  gsize b_size = strlen (b) - g_str_has_suffix (b, "s");

  return a_size == b_size && strncmp (a, b, a_size) == 0;
}

static const char *
last_word (const RungsCommand *command)
{
  const char *space = strchr (command->words, ' ');

  return space ? space + 1 : command->words;
}

const RungsCommandGroup *
rungs_command_groups (void)
{
  return GROUPS;
}

const GOptionEntry *
rungs_command_global_options (void)
{
  return GLOBAL_OPTIONS;
}

const RungsCommandGroup *
rungs_command_group_find (const char *word)
{
  for (const RungsCommandGroup *group = GROUPS; group->commands != NULL; group++)
    if (group->word != NULL && same_group (group->word, word))
      return group;
  return NULL;
}

const RungsCommand *
rungs_command_find (const char *first,
                    const char *second)
{
  for (const RungsCommandGroup *group = GROUPS; group->commands != NULL; group++)
    {
      const char *wanted = group->word ? second : first;

      if (wanted == NULL || (group->word != NULL && !same_group (group->word, first)))
        continue;
      for (const RungsCommand *command = group->commands; command->words != NULL; command++)
        if (strcmp (last_word (command), wanted) == 0)
          return command;
    }
  return NULL;
}

guint
rungs_command_count_words (const RungsCommand *command)
{
  return strchr (command->words, ' ') ? 2 : 1;
}

void
rungs_command_get_limits (const RungsCommand *command,
                          guint              *min,
                          guint              *max)
{
  g_auto (GStrv) words = g_strsplit (command->arguments, " ", -1);

  *min = *max = 0;
  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++)
    {
      if (*words[i] != '[')
        ++*min;
      *max = strstr (words[i], "…") || *max == G_MAXUINT ? G_MAXUINT : *max + 1;
    }
}
