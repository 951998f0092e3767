/* rungs-lead-found-store.c: in which of a lead's texts the words stand that were searched for. */

#include "leads/rungs-lead-found-store.h"

#include <string.h>

#include "db/rungs-statement.h"
#include "leads/rungs-lead-search-store.h"

/* So many letters are told before a word, and after it. */
#define BEFORE 14
#define AFTER 48

static const char SQL_TEXTS[]
    = "SELECT " RUNGS_LEAD_SEARCH_TEXTS " FROM lead_text WHERE id = :id";

void
rungs_lead_found_free (RungsLeadFound *self)
{
  g_free (self->before);
  g_free (self->word);
  g_free (self->after);
  g_free (self);
}

/* The text from `start` to before `end` as a part of one line. */
static char *
dup_line (const char *start,
          const char *end)
{
  char *line = g_strndup (start, end - start);

  return g_strdelimit (line, "\r\n\t", ' ');
}

/* What stands before `word`: the last letters of it, from a word's beginning. */
static char *
dup_before (const char *text,
            const char *word)
{
  const char *start = word;
  g_autofree char *line = NULL;

  for (guint i = 0; i < BEFORE && start > text; i++)
    start = g_utf8_prev_char (start);
  if (start == text)
    return dup_line (start, word);
  while (start < word && *start != ' ' && *start != '\n')
    start = g_utf8_next_char (start);
  line = dup_line (start < word ? start + 1 : start, word);
  return g_strconcat ("…", line, NULL);
}

static char *
dup_after (const char *from)
{
  const char *end = from;
  g_autofree char *line = NULL;

  for (guint i = 0; i < AFTER && *end != '\0'; i++)
    end = g_utf8_next_char (end);
  line = g_strchomp (dup_line (from, end));
  return *end != '\0' ? g_strconcat (line, "…", NULL) : g_steal_pointer (&line);
}

static RungsLeadFound *
found_new (RungsLeadFoundPlace place,
           const char         *text,
           gsize               start,
           gsize               end)
{
  RungsLeadFound *self = g_new0 (RungsLeadFound, 1);

  self->place = place;
  self->before = dup_before (text, text + start);
  self->word = dup_line (text + start, text + end);
  self->after = dup_after (text + end);
  return self;
}

/* (nullable): where the lead has nothing of that word. */
static RungsLeadFound *
find_word (RungsStatement   *texts,
           RungsSearchWords *words,
           guint             word)
{
  for (guint i = 0; i < RUNGS_LEAD_SEARCH_N_TEXTS; i++)
    {
      const char *text = rungs_statement_get_text (texts, i);
      gsize start = 0;
      gsize end = 0;

      if (text != NULL && rungs_search_words_find (words, word, text, &start, &end))
        return found_new (i, text, start, end);
    }
  return NULL;
}

GPtrArray *
rungs_lead_found (RungsDb          *db,
                  gint64            lead,
                  RungsSearchWords *words,
                  guint             n_words,
                  GError          **error)
{
  g_autoptr (GPtrArray) found
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_lead_found_free);
  g_autoptr (RungsStatement) texts = rungs_db_prepare (db, SQL_TEXTS, error);
  RungsStep step;

  g_return_val_if_fail (words != NULL, NULL);

  if (texts == NULL)
    return NULL;
  rungs_statement_bind_int64 (texts, ":id", lead);
  step = rungs_statement_step (texts, error);
  for (guint i = 0; step == RUNGS_ROW && i < n_words; i++)
    {
      RungsLeadFound *one = find_word (texts, words, i);

      if (one != NULL)
        g_ptr_array_add (found, one);
    }
  return step != RUNGS_FAILED ? g_steal_pointer (&found) : NULL;
}
