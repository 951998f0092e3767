/* rungs-lead-search-store.c: keeps the search index of leads right. */

#include "leads/rungs-lead-search-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"

#define COLUMNS RUNGS_LEAD_SEARCH_TEXTS
#define FORGET                                                                                     \
  "INSERT INTO lead_search (lead_search, rowid, " COLUMNS ")"                                      \
  " SELECT 'delete', id, " COLUMNS " FROM lead_text"
#define ADD                                                                                        \
  "INSERT INTO lead_search (rowid, " COLUMNS ") SELECT id, " COLUMNS " FROM lead_text"
#define ONE " WHERE id = :id"
#define OF_EVENT                                                                                   \
  " WHERE id = (SELECT lead FROM event"                                                            \
  "              WHERE id = :id AND kind IN ('note.added', 'call.logged', 'meeting.logged'))"
#define CREATED " WHERE id IN (SELECT lead FROM import_lead WHERE run = :id AND created = 1)"
#define CHANGED " WHERE id IN (SELECT lead FROM import_change WHERE run = :id)"

static const char SQL_FORGET[] = FORGET ONE;
static const char SQL_ADD[] = ADD ONE;
static const char SQL_FORGET_OF_EVENT[] = FORGET OF_EVENT;
static const char SQL_ADD_OF_EVENT[] = ADD OF_EVENT;
static const char SQL_FORGET_CREATED[] = FORGET CREATED;
static const char SQL_ADD_CREATED[] = ADD CREATED;
static const char SQL_FORGET_CHANGED[] = FORGET CHANGED;
static const char SQL_ADD_CHANGED[] = ADD CHANGED;
static const char SQL_REBUILD[] = "INSERT INTO lead_search (lead_search) VALUES ('rebuild')";
static const char SQL_OPTIMIZE[] = "INSERT INTO lead_search (lead_search) VALUES ('optimize')";
static const char SQL_CHECK[]
    = "INSERT INTO lead_search (lead_search, rank) VALUES ('integrity-check', 1)";

gboolean
rungs_lead_search_forget (RungsDb *db,
                          gint64   lead,
                          GError **error)
{
  return rungs_record_run (db, SQL_FORGET, lead, error);
}

gboolean
rungs_lead_search_add (RungsDb *db,
                       gint64   lead,
                       GError **error)
{
  return rungs_record_run (db, SQL_ADD, lead, error);
}

gboolean
rungs_lead_search_forget_of_event (RungsDb *db,
                                   gint64   event,
                                   GError **error)
{
  return rungs_record_run (db, SQL_FORGET_OF_EVENT, event, error);
}

gboolean
rungs_lead_search_add_of_event (RungsDb *db,
                                gint64   event,
                                GError **error)
{
  return rungs_record_run (db, SQL_ADD_OF_EVENT, event, error);
}

gboolean
rungs_lead_search_forget_created (RungsDb *db,
                                  gint64   import,
                                  GError **error)
{
  return rungs_record_run (db, SQL_FORGET_CREATED, import, error);
}

gboolean
rungs_lead_search_add_created (RungsDb *db,
                               gint64   import,
                               GError **error)
{
  return rungs_record_run (db, SQL_ADD_CREATED, import, error);
}

gboolean
rungs_lead_search_forget_changed (RungsDb *db,
                                  gint64   import,
                                  GError **error)
{
  return rungs_record_run (db, SQL_FORGET_CHANGED, import, error);
}

gboolean
rungs_lead_search_add_changed (RungsDb *db,
                               gint64   import,
                               GError **error)
{
  return rungs_record_run (db, SQL_ADD_CHANGED, import, error);
}

gboolean
rungs_lead_search_rebuild (RungsDb *db,
                           GError **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, SQL_REBUILD, error);

  return statement != NULL && rungs_statement_run (statement, error);
}

gboolean
rungs_lead_search_forget_words (RungsDb *db,
                                GError **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, SQL_OPTIMIZE, error);

  return statement != NULL && rungs_statement_run (statement, error);
}

gboolean
rungs_lead_search_check (RungsDb *db,
                         GError **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, SQL_CHECK, error);

  return statement != NULL && rungs_statement_run (statement, error);
}

/* Whether the index would see a word in it at all: its tokenizer keeps letters and digits only. */
static gboolean
has_token (const char *word)
{
  for (; *word != '\0'; word = g_utf8_next_char (word))
    if (g_unichar_isalnum (g_utf8_get_char (word)))
      return TRUE;
  return FALSE;
}

/* "word"* with the quotes in it doubled: what stands between quotes is never an operator. */
static void
append_quoted (GString    *query,
               const char *word)
{
  g_string_append (query, query->len > 0 ? " AND \"" : "\"");
  for (; *word != '\0'; word++)
    {
      if (*word == '"')
        g_string_append_c (query, '"');
      g_string_append_c (query, *word);
    }
  g_string_append (query, "\"*");
}

char **
rungs_lead_search_words (const char *typed)
{
  g_autofree char *valid = typed ? g_utf8_make_valid (typed, -1) : g_strdup ("");
  g_auto (GStrv) parts = g_strsplit_set (valid, " \t\r\n", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (char **word = parts; *word != NULL; word++)
    if (has_token (*word))
      g_strv_builder_add (words, *word);
  return g_strv_builder_end (words);
}

char *
rungs_lead_search_query (const char *typed)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_auto (GStrv) words = rungs_lead_search_words (typed);

  for (char **word = words; *word != NULL; word++)
    append_quoted (query, *word);
  return query->len > 0 ? g_strdup (query->str) : NULL;
}
