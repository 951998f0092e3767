/* rungs-person-words-store.c: the words by which a person is named in texts about others. */

#include "leads/rungs-person-words-store.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-email-address.h"
#include "db/rungs-record.h"
#include "leads/rungs-lead-store.h"

#define BLANK "[…]"
#define SHORTEST_NAME 4
#define SHORTEST_PHONE 6

struct _RungsPersonWords
{
  GPtrArray *email_keys; /* (owned) (element-type utf8) */
  GRegex *regex;         /* (owned) (nullable): any of the words; NULL: there are none */
};

/* What it is called now, in the merges that it came of, before it was changed, and as it was
 * written to. */
static const char SQL_EMAILS[]
    = "SELECT email FROM lead WHERE id = :id AND email IS NOT NULL"
      " UNION "
      "SELECT r.before ->> '$.email'"
      "  FROM lead_merge m JOIN lead_merge_row r ON r.lead_merge = m.id"
      " WHERE m.lead = :id AND r.place = 'lead' AND r.before ->> '$.email' IS NOT NULL"
      " UNION "
      "SELECT v.value FROM event e, json_each (e.detail, '$.email') v"
      " WHERE e.lead = :id AND e.kind = 'lead.changed' AND json_valid (e.detail)"
      "   AND v.value IS NOT NULL"
      " UNION "
      "SELECT email FROM outbox WHERE lead = :id AND email <> ''";

static const char SQL_IS_SHARED[]
    = "SELECT EXISTS (SELECT 1 FROM lead_search WHERE lead_search MATCH :query AND rowid <> :id)";

void
rungs_person_words_free (RungsPersonWords *self)
{
  g_clear_pointer (&self->email_keys, g_ptr_array_unref);
  g_clear_pointer (&self->regex, g_regex_unref);
  g_free (self);
}

GPtrArray *
rungs_person_words_get_email_keys (RungsPersonWords *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->email_keys;
}

/* A pattern that finds it whole, however it is written. */
static void
add_phrase (GPtrArray  *patterns,
            const char *phrase)
{
  g_autofree char *escaped = g_regex_escape_string (phrase, -1);

  g_ptr_array_add (patterns, g_strdup_printf ("(?i:%s)(?![\\p{L}\\p{N}])", escaped));
}

/* Other characters than of names may stand before and after a part of an address. */
static void
add_address (GPtrArray  *patterns,
             const char *address)
{
  g_autofree char *escaped = g_regex_escape_string (address, -1);

  g_ptr_array_add (patterns, g_strdup_printf ("(?<![._%%+\\-])(?i:%s)"
                                              "(?![\\p{L}\\p{N}\\-]|\\.[\\p{L}\\p{N}])",
                                              escaped));
}

static gboolean
is_listed (GPtrArray  *texts,
           const char *text)
{
  return g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL);
}

static gboolean
add_emails (RungsPersonWords *self,
            RungsDb          *db,
            gint64            lead,
            GPtrArray        *patterns,
            GError          **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_EMAILS, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", lead);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      const char *email = rungs_statement_get_text (query, 0);
      g_autofree char *key = NULL;

      /* a lead that had none before it was changed; nothing would be found everywhere */
      if (*email == '\0')
        continue;
      key = rungs_email_key (email, NULL);
      add_address (patterns, email);
      if (key == NULL || is_listed (self->email_keys, key))
        continue;
      add_address (patterns, key);
      g_ptr_array_add (self->email_keys, g_steal_pointer (&key));
    }
  return rungs_statement_done (query, error);
}

static gboolean
is_shared (RungsDb    *db,
           gint64      lead,
           const char *name,
           gboolean   *shared,
           GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_IS_SHARED, error);
  g_auto (GStrv) parts = g_strsplit (name, "\"", -1);
  g_autofree char *quoted = g_strjoinv ("\"\"", parts);
  g_autofree char *match = g_strdup_printf ("{first_name last_name} : \"%s\"", quoted);
  gint64 answer;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":query", match);
  rungs_statement_bind_int64 (query, ":id", lead);
  if (!rungs_statement_get_number (query, 0, &answer, error))
    return FALSE;
  *shared = answer != 0;
  return TRUE;
}

static gboolean
add_lone_name (RungsDb    *db,
               gint64      lead,
               const char *name,
               GPtrArray  *patterns,
               GError    **error)
{
  g_autofree char *escaped = NULL;
  gboolean shared = TRUE;

  if (g_utf8_strlen (name, -1) < SHORTEST_NAME)
    return TRUE;
  if (!is_shared (db, lead, name, &shared, error))
    return FALSE;
  escaped = g_regex_escape_string (name, -1);
  if (!shared)
    g_ptr_array_add (patterns, g_strdup_printf ("%s(?![\\p{L}\\p{N}])", escaped));
  return TRUE;
}

static gboolean
add_names (RungsDb         *db,
           const RungsLead *lead,
           GPtrArray       *patterns,
           GError         **error)
{
  if (*lead->first_name != '\0' && *lead->last_name != '\0')
    {
      g_autofree char *western = g_strdup_printf ("%s %s", lead->first_name, lead->last_name);
      g_autofree char *eastern = g_strdup_printf ("%s %s", lead->last_name, lead->first_name);
      g_autofree char *listed = g_strdup_printf ("%s, %s", lead->last_name, lead->first_name);

      add_phrase (patterns, western);
      add_phrase (patterns, eastern);
      add_phrase (patterns, listed);
    }
  return add_lone_name (db, lead->id, lead->first_name, patterns, error)
         && add_lone_name (db, lead->id, lead->last_name, patterns, error);
}

/* One expression of all patterns; none begins within a word. */
static gboolean
compile (RungsPersonWords *self,
         GPtrArray        *patterns,
         GError          **error)
{
  g_autoptr (GString) all = g_string_new ("(?<![\\p{L}\\p{N}])(?:");

  for (guint i = 0; i < patterns->len; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? "|" : "",
                            (const char *) g_ptr_array_index (patterns, i));
  g_string_append_c (all, ')');
  if (patterns->len > 0)
    self->regex = g_regex_new (all->str, G_REGEX_OPTIMIZE, 0, error);
  return patterns->len == 0 || self->regex != NULL;
}

RungsPersonWords *
rungs_person_words_load (RungsDb *db,
                         gint64   lead,
                         GError **error)
{
  g_autoptr (RungsLead) stored = rungs_lead_load (db, lead, error);
  g_autoptr (RungsPersonWords) self = NULL;
  g_autoptr (GPtrArray) patterns = g_ptr_array_new_with_free_func (g_free);

  if (stored == NULL)
    return NULL;
  self = g_new0 (RungsPersonWords, 1);
  self->email_keys = g_ptr_array_new_with_free_func (g_free);
  if (g_utf8_strlen (stored->phone, -1) >= SHORTEST_PHONE)
    add_phrase (patterns, stored->phone);
  if (!add_emails (self, db, lead, patterns, error) || !add_names (db, stored, patterns, error)
      || !compile (self, patterns, error))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
rungs_person_words_are_in (RungsPersonWords *self,
                           const char       *text)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return text != NULL && self->regex != NULL && g_regex_match (self->regex, text, 0, NULL);
}

static gboolean
is_json (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  return (*text == '{' || *text == '[') && json_parser_load_from_data (parser, text, -1, NULL);
}

/* Where the string that begins at `quote` ends: its closing quote. */
static const char *
end_of_string (const char *quote)
{
  const char *p = quote + 1;

  while (*p != '"')
    p += *p == '\\' ? 2 : 1;
  return p;
}

static gboolean
is_key (const char *closing)
{
  const char *p = closing + 1;

  while (g_ascii_isspace (*p))
    p++;
  return *p == ':';
}

/* Within the strings that are values: names of members, numbers and the JSON around them stay, byte
 * for byte. */
static char *
blank_json (RungsPersonWords *self,
            const char       *text)
{
  g_autoptr (GString) blanked = g_string_new (NULL);
  const char *rest = text;
  const char *quote;

  while ((quote = strchr (rest, '"')) != NULL)
    {
      const char *closing = end_of_string (quote);
      g_autofree char *inside = g_strndup (quote + 1, (gsize) (closing - quote - 1));
      g_autofree char *changed
          = is_key (closing) ? g_strdup (inside)
                             : g_regex_replace_literal (self->regex, inside, -1, 0, BLANK, 0, NULL);

      g_string_append_len (blanked, rest, quote + 1 - rest);
      g_string_append (blanked, changed != NULL ? changed : inside);
      g_string_append_c (blanked, '"');
      rest = closing + 1;
    }
  g_string_append (blanked, rest);
  return g_str_equal (blanked->str, text) ? NULL
                                          : g_string_free (g_steal_pointer (&blanked), FALSE);
}

char *
rungs_person_words_blank (RungsPersonWords *self,
                          const char       *text)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!rungs_person_words_are_in (self, text))
    return NULL;
  return is_json (text) ? blank_json (self, text)
                        : g_regex_replace_literal (self->regex, text, -1, 0, BLANK, 0, NULL);
}
