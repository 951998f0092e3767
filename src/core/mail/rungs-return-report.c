/* rungs-return-report.c: the fields of reports about mail.
 *
 * A report is trusted in what it says of an address only as far as the caller finds that its
 * Message-ID is one of ours: anybody can send one. */

#include "mail/rungs-return-report.h"

#include <string.h>

#include "mail/rungs-return-words.h"
#include "smtp/rungs-mail-status.h"

/* A report about so many recipients is none of ours: each of our messages has one. */
#define MOST_GROUPS 100

/* Returns: (element-type utf8 utf8): the fields of a group by their names in lower case. What
 * begins with a blank goes on with the line above. Moves `lines` behind the group. */
static GHashTable *
read_group (char ***lines)
{
  GHashTable *fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *name = NULL;

  for (; **lines != NULL && (***lines != '\0' && ***lines != '\r'); (*lines)++)
    {
      const char *line = **lines;
      const char *colon = strchr (line, ':');

      if (g_ascii_isspace (*line) && name != NULL)
        {
          const char *before = g_hash_table_lookup (fields, name);

          g_hash_table_insert (fields, g_strdup (name), g_strconcat (before, " ", line, NULL));
        }
      else if (colon != NULL)
        {
          g_free (name);
          name = g_ascii_strdown (line, colon - line);
          g_hash_table_insert (fields, g_strdup (g_strstrip (name)),
                               g_strstrip (g_strdup (colon + 1)));
        }
    }
  return fields;
}

/* Returns: (element-type GHashTable): the groups, which blank lines part. */
static GPtrArray *
read_groups (const char *text)
{
  g_auto (GStrv) all = g_strsplit (text, "\n", -1);
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  char **lines = all;

  while (*lines != NULL && groups->len < MOST_GROUPS)
    {
      GHashTable *group = read_group (&lines);

      if (g_hash_table_size (group) > 0)
        g_ptr_array_add (groups, g_steal_pointer (&group));
      else
        g_hash_table_unref (group);
      if (*lines != NULL)
        lines++;
    }
  return groups;
}

/* "rfc822; ann@example.com" and "smtp; 550 5.1.1 …": what stands behind the type. */
static const char *
skip_type (const char *value)
{
  const char *semicolon = value ? strchr (value, ';') : NULL;
  const char *rest = semicolon ? semicolon + 1 : value;

  while (rest != NULL && g_ascii_isspace (*rest))
    rest++;
  return rest;
}

/* An address as fields hold it: perhaps in angle brackets. */
static char *
dup_address (const char *value)
{
  char *address = g_strdup (value ? value : "");

  g_strdelimit (address, "<>\"", ' ');
  g_strstrip (address);
  if (strchr (address, '@') == NULL || !g_utf8_validate (address, -1, NULL))
    *address = '\0';
  return address;
}

static void
set_text (char **text,
          char  *value)
{
  g_free (*text);
  *text = value;
}

RungsReturnKind
rungs_return_report_judge (const char *status,
                           const char *words,
                           gboolean    gave_up)
{
  RungsMailStatus read;

  if (!rungs_mail_status_parse (status, &read))
    return rungs_return_words_say_nobody (words) ? RUNGS_RETURN_BOUNCE
           : gave_up                             ? RUNGS_RETURN_BLOCKED
                                                 : RUNGS_RETURN_DELAY;
  if (read.class == 5 && read.subject == 0 && rungs_return_words_say_nobody (words))
    return RUNGS_RETURN_BOUNCE;
  if (rungs_mail_status_is_bad_address (&read))
    return RUNGS_RETURN_BOUNCE;
  return gave_up || read.class == 5 ? RUNGS_RETURN_BLOCKED : RUNGS_RETURN_DELAY;
}

/* ---- delivery status */

/* How bad it is, for the order of recipients. */
static int
weigh (RungsReturnKind kind)
{
  return kind == RUNGS_RETURN_BOUNCE ? 3 : kind == RUNGS_RETURN_BLOCKED ? 2 : 1;
}

static void
read_recipient (RungsReturn *self,
                GHashTable  *group,
                int         *worst)
{
  const char *action = g_hash_table_lookup (group, "action");
  const char *status = g_hash_table_lookup (group, "status");
  const char *address = skip_type (g_hash_table_lookup (group, "original-recipient"));
  g_autofree char *words
    = rungs_return_words_of_server (skip_type (g_hash_table_lookup (group, "diagnostic-code"))
                                      ?: "");
  gboolean gave_up = action != NULL && g_ascii_strcasecmp (action, "failed") == 0;
  RungsReturnKind kind;

  if (!gave_up && (action == NULL || g_ascii_strcasecmp (action, "delayed") != 0))
    return;
  kind = rungs_return_report_judge (status ? status : "", words, gave_up);
  if (weigh (kind) <= *worst)
    return;
  *worst = weigh (kind);
  self->kind = kind;
  if (address == NULL || strchr (address, '@') == NULL)
    address = skip_type (g_hash_table_lookup (group, "final-recipient"));
  set_text (&self->recipient, dup_address (address));
  set_text (&self->status, rungs_return_words_of_server (status ? status : ""));
  set_text (&self->words, g_steal_pointer (&words));
}

void
rungs_return_report_read_status (RungsReturn *self,
                                 const char  *fields)
{
  g_autoptr (GPtrArray) groups = read_groups (fields);
  int worst = 0;

  for (guint i = 0; i < groups->len; i++)
    read_recipient (self, groups->pdata[i], &worst);
}

/* ---- complaints */

void
rungs_return_report_read_feedback (RungsReturn *self,
                                   const char  *fields)
{
  g_autoptr (GPtrArray) groups = read_groups (fields);
  GHashTable *group = groups->len > 0 ? groups->pdata[0] : NULL;
  const char *type = group ? g_hash_table_lookup (group, "feedback-type") : NULL;

  if (type == NULL
      || (g_ascii_strcasecmp (type, "abuse") != 0 && g_ascii_strcasecmp (type, "fraud") != 0
          && g_ascii_strcasecmp (type, "opt-out") != 0))
    return;
  self->kind = RUNGS_RETURN_COMPLAINT;
  set_text (&self->recipient, dup_address (g_hash_table_lookup (group, "original-rcpt-to")));
  set_text (&self->words, rungs_return_words_of_server (type));
}

/* ---- texts */

/* The first match of a pattern's group 1; NULL: none. */
static char *
find (const char *pattern,
      const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

void
rungs_return_report_read_text (RungsReturn *self,
                               const char  *text)
{
  g_autofree char *status = find ("(?:^|[^0-9.])([45]\\.[0-9]{1,3}\\.[0-9]{1,3})(?![0-9.])", text);
  g_autofree char *refusal = find ("^(.*(?:[^0-9\n]|^)[45][0-9][0-9][ -].*)$", text);
  g_autofree char *code = refusal ? find ("(?:^|[^0-9.])([45])[0-9][0-9][ -]", refusal) : NULL;
  g_autofree char *address
    = find ("(?:^|[\\s<:\"])([^\\s<>:\"@]{1,64}@[^\\s<>:\"@]{1,190}[^\\s<>:\"@.,;])", text);
  g_autofree char *words = rungs_return_words_of_server (text);
  gboolean gave_up = !(status != NULL ? *status == '4' : code != NULL && *code == '4');

  self->kind = rungs_return_report_judge (status ? status : "", words, gave_up);
  if (*self->recipient == '\0')
    set_text (&self->recipient, dup_address (address));
  set_text (&self->status, status ? g_steal_pointer (&status) : g_strdup (""));
  set_text (&self->words,
            refusal ? rungs_return_words_of_server (refusal) : g_steal_pointer (&words));
}

/* The reason that stands below the address, indented, as Exim writes it; else the line of a
 * server's refusal; NULL: there is none. */
static char *
find_reason (const char *text)
{
  char *reason = find ("^ {4}(\\S.*)$", text);

  return reason != NULL ? reason : find ("^(.*(?:[^0-9\n]|^)5[0-9][0-9][ -].*)$", text);
}

void
rungs_return_report_read_reason (RungsReturn *self,
                                 const char  *text)
{
  RungsMailStatus status;
  g_autofree char *reason = NULL;
  g_autofree char *words = NULL;

  if (self->kind != RUNGS_RETURN_BLOCKED || *self->words != '\0'
      || (rungs_mail_status_parse (self->status, &status) && status.subject != 0))
    return;
  reason = find_reason (text);
  if (reason == NULL)
    return;
  words = rungs_return_words_of_server (reason);
  self->kind = rungs_return_report_judge (self->status, words, TRUE);
  set_text (&self->words, g_steal_pointer (&words));
}
