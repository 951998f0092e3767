/* rungs-broadcast-check.c: the check list before many get a message.
 *
 * What a message says of itself (rungs-message-check.c) comes first. Then it is merged with an
 * invented lead, and what mail programs would get is looked at: where links lead, whether pictures
 * say what they show, how large it is. Whom it would go to is asked as rules, so that the leads
 * behind each number can be looked at. */

#include "mail/rungs-broadcast-check.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ladder/rungs-product-store.h"
#include "mail/rungs-account-rule-store.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-composer.h"
#include "mail/rungs-mailbox-store.h"
#include "mail/rungs-message-body.h"
#include "mail/rungs-message-store.h"
#include "segments/rungs-rule.h"

/* Fewer capitals than this are an abbreviation. */
#define SHOUTED 8

typedef struct
{
  RungsDb *db;
  const RungsBroadcast *broadcast;
  gint64 now;
  gboolean is_open;  /* others can come into the audience later */
  gboolean taste;    /* matters of taste are told of */
  gboolean left_out; /* and who of the audience gets nothing */
  GPtrArray *findings;
  GHashTable *links; /* (element-type utf8): that lead nowhere, each told of once */
} Check;

static const char *const LEVELS[] = { "blocks", "warns", "tells" };

const char *
rungs_finding_level_to_text (RungsFindingLevel level)
{
  g_return_val_if_fail (level < G_N_ELEMENTS (LEVELS), "");

  return LEVELS[level];
}

void
rungs_finding_free (RungsFinding *self)
{
  g_free (self->words);
  g_free (self->about);
  g_clear_pointer (&self->problem, rungs_message_problem_free);
  g_free (self->rule);
  g_free (self);
}

/* Takes `words`. */
static RungsFinding *
add (GPtrArray         *findings,
     RungsFindingLevel  level,
     const char        *code,
     char              *words)
{
  RungsFinding *finding = g_new0 (RungsFinding, 1);

  finding->level = level;
  finding->code = code;
  finding->words = words;
  g_ptr_array_add (findings, finding);
  return finding;
}

/* ---- the message */

/* What its check found. */
static void
add_problem (Check               *check,
             RungsMessageProblem *problem)
{
  gboolean blocks = problem->is_error || problem->code == RUNGS_MESSAGE_PROBLEM_NO_ADDRESS;
  RungsFinding *finding;

  if (!check->taste
      && (problem->code == RUNGS_MESSAGE_PROBLEM_NO_PREVIEW
          || problem->code == RUNGS_MESSAGE_PROBLEM_LONG_SUBJECT))
    return;
  finding = add (check->findings, blocks ? RUNGS_FINDING_BLOCKS : RUNGS_FINDING_WARNS,
                 rungs_message_problem_code_to_text (problem->code), g_strdup (""));
  finding->problem = g_new0 (RungsMessageProblem, 1);
  *finding->problem = *problem;
  finding->problem->detail = g_strdup (problem->detail);
}

static gboolean
check_message (Check               *check,
               const RungsMessage  *message,
               GError             **error)
{
  g_autoptr (GPtrArray) problems = rungs_message_check (check->db, message, error);

  if (problems == NULL)
    return FALSE;
  for (guint i = 0; i < problems->len; i++)
    add_problem (check, g_ptr_array_index (problems, i));
  return TRUE;
}

static gboolean
is_shouted (const char *subject)
{
  guint capitals = 0;

  for (const char *p = subject; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar sign = g_utf8_get_char (p);

      if (p[0] == '{' && (p[1] == '{' || p[1] == '%'))
        {
          const char *end = strstr (p, p[1] == '{' ? "}}" : "%}");

          if (end == NULL)
            return FALSE;
          p = end + 1; /* the second sign is gone over by the loop */
          continue;
        }
      if (g_unichar_islower (sign))
        return FALSE;
      if (g_unichar_isupper (sign))
        capitals++;
    }
  return capitals >= SHOUTED;
}

static void
check_subject (Check      *check,
               const char *subject)
{
  if (is_shouted (subject))
    add (check->findings, RUNGS_FINDING_WARNS, "capitals",
         g_strdup_printf (_ ("The subject “%s” is written in capitals only: filters take that for"
                             " advertising, and readers for shouting."),
                          subject));
}

static void
check_subjects (Check              *check,
                const RungsMessage *message)
{
  const GPtrArray *subjects = check->broadcast->subjects;

  if (!rungs_broadcast_tests (check->broadcast))
    check_subject (check, message->subject);
  for (guint i = 0; i < subjects->len; i++)
    check_subject (check, g_ptr_array_index (subjects, i));
}

/* ---- the message as it leaves */

/* Whether mail programs can follow it. */
static gboolean
leads_somewhere (const char *link)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme;

  if (*link == '#' || *link == '\0')
    return FALSE;
  uri = g_uri_parse (link, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL)
    return FALSE;
  scheme = g_uri_get_scheme (uri);
  if (g_str_equal (scheme, "mailto") || g_str_equal (scheme, "tel")
      || g_str_equal (scheme, "sms"))
    return *g_uri_get_path (uri) != '\0';
  return (g_str_equal (scheme, "http") || g_str_equal (scheme, "https"))
         && g_uri_get_host (uri) != NULL && strchr (g_uri_get_host (uri), '.') != NULL;
}

/* The links that the pattern finds, but for those that only merging makes, and pictures. */
static void
check_links (Check      *check,
             const char *text,
             const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *link = g_match_info_fetch (match, 1);

      /* the way out has no address in a preview */
      if (g_str_equal (link, "mailto:") || g_str_has_prefix (link, "{")
          || g_str_has_prefix (link, "picture:") || leads_somewhere (link)
          || !g_hash_table_add (check->links, g_strdup (link)))
        continue;
      add (check->findings, RUNGS_FINDING_BLOCKS, "link",
           g_strdup_printf (_ ("The link “%s” leads nowhere: it needs the whole address, such as"
                               " https://example.com/page."),
                            link));
    }
}

static void
check_pictures (Check      *check,
                const char *html)
{
  g_autoptr (GRegex) regex = g_regex_new ("<img\\b[^>]*>", G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint mute = 0;

  for (g_regex_match (regex, html, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *picture = g_match_info_fetch (match, 0);

      if (strstr (picture, " alt=") == NULL)
        mute++;
    }
  if (mute > 0)
    add (check->findings, RUNGS_FINDING_WARNS, "picture-without-text",
         g_strdup_printf (ngettext ("%u picture says nothing to readers who do not see it.",
                                    "%u pictures say nothing to readers who do not see them.",
                                    mute),
                          mute));
}

static void
check_content (Check                     *check,
               const RungsMessageContent *content,
               gboolean                   marketing)
{
  check_links (check, content->html, "<a\\b[^>]*\\bhref\\s*=\\s*\"([^\"]*)\"");
  check_pictures (check, content->html);
  if (marketing && strstr (content->html, "href=\"mailto:\"") == NULL)
    add (check->findings, RUNGS_FINDING_BLOCKS, "no-way-out",
         g_strdup (_ ("There is no way out in it: readers cannot unsubscribe.")));
}

static gboolean
check_example (Check               *check,
               const RungsMessage  *message,
               GError             **error)
{
  g_auto (RungsMessageContent)
    content = { NULL };
  g_autoptr (GError) wrong = NULL;

  if (rungs_composer_preview_message (check->db, message, 0, check->broadcast->sells, check->now,
                                      &content, &wrong))
    check_content (check, &content, message->marketing);
  else if (!rungs_findings_block (check->findings))
    add (check->findings, RUNGS_FINDING_BLOCKS, "template", g_strdup (wrong->message));
  return TRUE;
}

/* ---- the way it leaves */

static void
check_account (GPtrArray          *findings,
               const RungsAccount *account,
               gboolean            is_read,
               gboolean            marketing)
{
  const char *reply = *account->reply_to != '\0' ? account->reply_to : account->from_email;

  if (account->kind == RUNGS_ACCOUNT_PRACTICE)
    {
      add (findings, RUNGS_FINDING_WARNS, "practice",
           g_strdup (_ ("The practice account is in use: everything is written to the practice"
                        " folder, and nothing leaves.")));
      return;
    }
  if (account->paused_at != 0)
    add (findings, RUNGS_FINDING_WARNS, "account-paused",
         g_strdup_printf (_ ("The mail account “%s” has stopped: what it sends waits until it goes"
                             " on."),
                          account->name));
  if (*account->from_email == '\0')
    add (findings, RUNGS_FINDING_BLOCKS, "no-sender",
         g_strdup (_ ("The mail account has no address to send from.")));
  if (marketing && !is_read)
    add (findings, RUNGS_FINDING_WARNS, "way-out-unread",
         g_strdup_printf (_ ("Who unsubscribes writes to %s, and Rungs reads no mailbox: you must"
                             " enter each of them by hand. Add the mailbox in the settings."),
                          reply));
}

/* All accounts by which such messages may leave. */
static gboolean
check_accounts (RungsDb                     *db,
                GPtrArray                   *findings,
                const RungsAccountRuleFacts *facts,
                GError                     **error)
{
  g_autoptr (GPtrArray) accounts = rungs_account_rules_list_possible (db, facts, error);
  g_autoptr (GPtrArray) mailboxes = accounts ? rungs_mailbox_list (db, error) : NULL;

  if (mailboxes == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    check_account (findings, accounts->pdata[i], mailboxes->len > 0, facts->marketing);
  return TRUE;
}

gboolean
rungs_findings_add_account (RungsDb    *db,
                            GPtrArray  *findings,
                            gboolean    marketing,
                            GError    **error)
{
  const RungsAccountRuleFacts facts = { .message = RUNGS_ACCOUNT_RULE_UNKNOWN,
                                        .marketing = marketing,
                                        .sequence = RUNGS_ACCOUNT_RULE_UNKNOWN };

  return check_accounts (db, findings, &facts, error);
}

/* ---- whom it goes to */

/* The leads of the audience of whom the line holds. */
static char *
dup_narrowed (const Check *check,
              const char  *line)
{
  return g_strdup_printf ("{\"all\":[%s,%s]}", check->broadcast->rule, line);
}

static gboolean
count (const Check *check,
       const char  *json,
       gint64      *leads,
       GError     **error)
{
  g_autoptr (RungsRule) rule = rungs_rule_parse (json, error);

  return rule != NULL && rungs_rule_count (check->db, rule, check->now, leads, error);
}

/* How many of the audience the line holds for, and the rule that says who. */
static gboolean
count_narrowed (const Check  *check,
                const char   *line,
                gint64       *leads,
                char        **rule,
                GError      **error)
{
  *rule = dup_narrowed (check, line);
  return count (check, *rule, leads, error);
}

/* `words` have the number of them, and of the audience. */
static gboolean
tell_left_out (Check       *check,
               const char  *line,
               const char  *code,
               const char  *words,
               gint64       audience,
               GError     **error)
{
  g_autofree char *rule = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *n = NULL;
  g_autofree char *of = NULL;
  gint64 leads = 0;
  RungsFinding *finding;

  if (!count_narrowed (check, line, &leads, &rule, error))
    return FALSE;
  if (leads == 0)
    return TRUE;
  n = g_strdup_printf ("%" G_GINT64_FORMAT, leads);
  of = g_strdup_printf ("%" G_GINT64_FORMAT, audience);
  parts = g_strsplit (words, "%s", 3);
  finding = add (check->findings, RUNGS_FINDING_TELLS, code,
                 g_strconcat (parts[0], n, parts[1], of, parts[2], NULL));
  finding->leads = leads;
  finding->rule = g_steal_pointer (&rule);
  return TRUE;
}

static gboolean
check_consent (Check   *check,
               gint64   audience,
               GError **error)
{
  static const char LINE[] = "{\"field\":\"consent\",\"op\":\"is\",\"value\":false}";
  g_autofree char *rule = NULL;
  gint64 leads = 0;

  if (!check->broadcast->marketing)
    return TRUE;
  if (!count_narrowed (check, LINE, &leads, &rule, error))
    return FALSE;
  if (leads == audience && audience > 0 && !check->is_open)
    add (check->findings, RUNGS_FINDING_BLOCKS, "nobody-agreed",
         g_strdup (_ ("Nobody in the audience has agreed to get marketing.")));
  return tell_left_out (check, LINE, "no-consent",
                        /* Translators: both are numbers of leads. */
                        _ ("%s of %s have not agreed to get marketing: they are left out."),
                        audience, error);
}

static gboolean
check_owners (Check   *check,
              gint64   audience,
              GError **error)
{
  g_autofree char *sku = NULL;
  g_autofree char *line = NULL;

  if (check->broadcast->sells == 0)
    return TRUE;
  sku = g_strescape (check->broadcast->product_sku, NULL);
  line = g_strdup_printf ("{\"field\":\"owns\",\"op\":\"has\",\"value\":\"%s\"}", sku);
  return tell_left_out (check, line, "owned",
                        _ ("%s of %s own what it sells: they are left out."), audience, error);
}

static gboolean
check_audience (Check   *check,
                GError **error)
{
  gint64 audience = 0;

  if (!count (check, check->broadcast->rule, &audience, error))
    return FALSE;
  if (audience == 0 && check->is_open)
    return TRUE;
  if (audience == 0)
    add (check->findings, RUNGS_FINDING_BLOCKS, "nobody",
         g_strdup (_ ("The audience is empty: its rule holds for nobody.")));
  return check_consent (check, audience, error) && check_owners (check, audience, error)
         && tell_left_out (check, "{\"field\":\"email\",\"op\":\"empty\"}", "no-address",
                           _ ("%s of %s have no address: they are left out."), audience, error)
         && tell_left_out (check, "{\"field\":\"bounced\",\"op\":\"is\",\"value\":true}", "bounced",
                           _ ("The addresses of %s of %s were refused before: they are left out."),
                           audience, error);
}

/* ---- values that leads lack */

/* The field of rules that a path of the merge language reads; NULL where rules have none. */
static char *
dup_field (const char *path)
{
  static const char *const FIELDS[] = { "first_name", "last_name", "company", "phone", "street",
                                        "postcode", "city", "region", "country", NULL };

  if (g_str_has_prefix (path, "lead.fields.")
      && strchr (path + strlen ("lead.fields."), '.') == NULL)
    return g_strconcat ("field:", path + strlen ("lead.fields."), NULL);
  if (g_str_has_prefix (path, "lead.") && g_strv_contains (FIELDS, path + strlen ("lead.")))
    return g_strdup (path + strlen ("lead."));
  return NULL;
}

static gboolean
check_value (Check       *check,
             const char  *path,
             GError     **error)
{
  g_autofree char *field = dup_field (path);
  g_autofree char *line = NULL;
  g_autofree char *rule = NULL;
  g_autofree char *number = NULL;
  g_autoptr (GError) unknown = NULL;
  gint64 leads = 0;
  RungsFinding *finding;

  if (field == NULL)
    return TRUE;
  line = g_strdup_printf ("{\"field\":\"%s\",\"op\":\"empty\"}", field);
  if (!count_narrowed (check, line, &leads, &rule, &unknown))
    return TRUE; /* a field that is not there is told of as a variable that is not known */
  if (leads == 0)
    return TRUE;
  number = g_strdup_printf ("%" G_GINT64_FORMAT, leads);
  finding = add (check->findings, RUNGS_FINDING_WARNS, "missing-value",
                 g_strdup_printf (ngettext ("“%s” is not known of %s lead, and the message has"
                                            " nothing to say instead: give it a default.",
                                            "“%s” is not known of %s leads, and the message has"
                                            " nothing to say instead: give it a default.",
                                            (gulong) leads),
                                  path, number));
  finding->leads = leads;
  finding->rule = g_steal_pointer (&rule);
  return TRUE;
}

static gboolean
check_values (Check               *check,
              const RungsMessage  *message,
              GError             **error)
{
  g_autoptr (RungsMessageTemplate) template
      = rungs_message_template_new (message->subject, message->preview, message->blocks, NULL);
  g_autoptr (GPtrArray) variables = NULL;

  if (template == NULL)
    return TRUE; /* told of already */
  variables = rungs_message_template_list_variables (template);
  for (guint i = 0; i < variables->len; i++)
    {
      const RungsLiquidVariable *variable = g_ptr_array_index (variables, i);

      if (variable->is_bare && *check->broadcast->rule != '\0'
          && !check_value (check, variable->path, error))
        return FALSE;
      if (check->broadcast->sells == 0 && !check->is_open
          && g_str_has_prefix (variable->path, "product."))
        add (check->findings, RUNGS_FINDING_WARNS, "no-product",
             g_strdup_printf (_ ("It says “%s”, but the broadcast sells nothing."),
                              variable->path));
    }
  return TRUE;
}

/* ---- all of it */

static int
compare_levels (gconstpointer a,
                gconstpointer b)
{
  const RungsFinding *one = *(const RungsFinding *const *) a;
  const RungsFinding *other = *(const RungsFinding *const *) b;

  return (int) one->level - (int) other->level;
}

void
rungs_findings_sort (GPtrArray *findings)
{
  g_ptr_array_sort (findings, compare_levels);
}

static gboolean
check_all (Check               *check,
           const RungsMessage  *message,
           GError             **error)
{
  const RungsAccountRuleFacts facts = { .message = check->broadcast->message,
                                        .marketing = check->broadcast->marketing,
                                        .broadcast = check->broadcast->id != 0
                                                       ? check->broadcast->id
                                                       : RUNGS_ACCOUNT_RULE_UNKNOWN };
  g_autoptr (GHashTable) links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  check->links = links;
  if (!check_message (check, message, error))
    return FALSE;
  check_subjects (check, message);
  /* what is no address at all becomes no link, so it is looked for where it was written */
  check_links (check, message->blocks, "\\]\\(([^)\\s\\\\]+)");
  check_links (check, message->blocks, "\"link\"\\s*:\\s*\"([^\"]+)\"");
  if (!check_example (check, message, error)
      || (!check->is_open
          && !check_accounts (check->db, check->findings, &facts, error))
      || (check->left_out && !check_audience (check, error)))
    return FALSE;
  return check_values (check, message, error);
}

GPtrArray *
rungs_broadcast_check (RungsDb               *db,
                       const RungsBroadcast  *broadcast,
                       gint64                 now,
                       GError               **error)
{
  g_autoptr (GPtrArray) findings
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_finding_free);
  Check check = { .db = db, .broadcast = broadcast, .now = now, .left_out = TRUE,
                  .findings = findings };
  g_autoptr (RungsMessage) message = NULL;

  g_return_val_if_fail (db != NULL && broadcast != NULL, NULL);

  message = rungs_message_load (db, broadcast->message, error);
  if (message == NULL || !check_all (&check, message, error))
    return NULL;
  rungs_findings_sort (findings);
  return g_steal_pointer (&findings);
}

GPtrArray *
rungs_message_findings (RungsDb              *db,
                        const RungsMessage   *message,
                        const RungsCheckFor  *what,
                        gint64                now,
                        GError              **error)
{
  g_autoptr (GPtrArray) findings
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_finding_free);
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_new ();
  Check check = { .db = db, .broadcast = broadcast, .now = now, .findings = findings,
                  .is_open = TRUE, .taste = what->taste,
                  .left_out = what->rule != NULL && what->left_out };

  g_return_val_if_fail (db != NULL && message != NULL, NULL);

  broadcast->message = message->id;
  broadcast->marketing = message->marketing;
  rungs_broadcast_set (&broadcast->rule, what->rule != NULL ? what->rule : "");
  if (what->sku != NULL)
    {
      g_autoptr (RungsProduct) product = rungs_product_load_by_sku (db, what->sku, error);

      if (product == NULL)
        return NULL;
      broadcast->sells = product->id;
      rungs_broadcast_set (&broadcast->product_sku, product->sku);
    }
  if (!check_all (&check, message, error))
    return NULL;
  rungs_findings_sort (findings);
  return g_steal_pointer (&findings);
}

char *
rungs_broadcast_dup_domain (RungsDb *db,
                            GError **error)
{
  const RungsAccountRuleFacts facts = { .message = RUNGS_ACCOUNT_RULE_UNKNOWN,
                                        .marketing = TRUE,
                                        .broadcast = RUNGS_ACCOUNT_RULE_UNKNOWN,
                                        .sequence = RUNGS_ACCOUNT_RULE_UNKNOWN };
  g_autoptr (GPtrArray) accounts = rungs_account_rules_list_possible (db, &facts, error);

  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    {
      const RungsAccount *account = accounts->pdata[i];
      const char *at = strrchr (account->from_email, '@');

      if (at != NULL && account->kind != RUNGS_ACCOUNT_PRACTICE)
        return g_strdup (at + 1);
    }
  return NULL;
}

void
rungs_broadcast_check_add_domain (GPtrArray               *findings,
                                  const RungsSenderDomain *domain)
{
  const struct
  {
    RungsDomainAnswer answer;
    const char *code;
    const char *words;
  } missing[] = {
    { domain->spf, "no-spf",
      _ ("%s does not say which servers may send for it (SPF): much of the mail will be refused"
         " or taken for spam.") },
    { domain->dkim, "no-dkim",
      _ ("No key to sign mail of %s was found under the usual names (DKIM): ask your mail provider"
         " whether it signs.") },
    { domain->dmarc, "no-dmarc",
      _ ("%s does not say what to do with forged mail (DMARC): Gmail and Yahoo ask for that of"
         " whoever writes to many.") },
  };

  if (domain->spf == RUNGS_DOMAIN_NOT_ASKED)
    {
      add (findings, RUNGS_FINDING_WARNS, "domain-not-asked",
           g_strdup_printf (_ ("%s could not be asked about SPF, DKIM and DMARC: there is no way to"
                               " the network."),
                            domain->name));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    {
      g_auto (GStrv) around = g_strsplit (missing[i].words, "%s", 2);

      if (missing[i].answer == RUNGS_DOMAIN_LACKS)
        add (findings, RUNGS_FINDING_WARNS, missing[i].code, g_strjoinv (domain->name, around));
    }
  rungs_findings_sort (findings);
}

gboolean
rungs_findings_block (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    if (((RungsFinding *) g_ptr_array_index (findings, i))->level == RUNGS_FINDING_BLOCKS)
      return TRUE;
  return FALSE;
}
