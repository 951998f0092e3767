/* rungs-search-words.c: whether the full-text index would find a text, without asking the index.
 *
 * Texts are parted into words by SQLite's own tokenizer, with the options of the index, so that
 * both agree on what a word is. The words of a text lie one after the other in a buffer, each with
 * a zero at its end. */

#include "db/rungs-search-words.h"

#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-db-private.h"

/* What `tokenize` of lead_search says. */
#define TOKENIZER "unicode61"
static const char *OPTIONS[] = { "remove_diacritics", "2" };

/* Where a word stands in its text, in bytes. */
typedef struct
{
  int start;
  int end;
} Span;

/* The words of a text. */
typedef struct
{
  GString *letters;
  guint n;
  GArray *spans; /* (owned) (nullable) (element-type Span): where they stand; NULL: nobody asks */
} Words;

/* What is looked for: these words, one after the other. */
typedef struct
{
  Words words;
  gboolean found;
} Phrase;

struct _RungsSearchWords
{
  fts5_tokenizer tokenizer;
  Fts5Tokenizer *instance; /* (owned) */
  GArray *phrases;         /* (owned) (element-type Phrase) */
  Words text;              /* of the text that is looked at */
};

static int
add_word_cb (void       *data,
             int         flags,
             const char *word,
             int         length,
             int         start,
             int         end)
{
  Words *words = data;

  g_string_append_len (words->letters, word, length);
  g_string_append_c (words->letters, '\0');
  words->n++;
  if (words->spans != NULL)
    g_array_append_val (words->spans, ((Span) { start, end }));
  return SQLITE_OK;
}

static void
part (RungsSearchWords *self,
      const char       *text,
      int               flags,
      Words            *words)
{
  g_string_truncate (words->letters, 0);
  words->n = 0;
  self->tokenizer.xTokenize (self->instance, words, flags, text, (int) strlen (text), add_word_cb);
}

/* Whether the words at `text` begin with the phrase: all its words, of the last its beginning. */
static gboolean
begins_with (const char  *text,
             const Words *phrase)
{
  const char *word = phrase->letters->str;

  for (guint i = 0; i + 1 < phrase->n; i++)
    {
      if (strcmp (text, word) != 0)
        return FALSE;
      text += strlen (text) + 1;
      word += strlen (word) + 1;
    }
  return g_str_has_prefix (text, word);
}

/* `at` (out) (optional): the first of its words that begin with the phrase. */
static gboolean
holds (const Words *text,
       const Words *phrase,
       guint       *at)
{
  const char *word = text->letters->str;

  for (guint i = 0; i + phrase->n <= text->n; i++, word += strlen (word) + 1)
    if (begins_with (word, phrase))
      {
        if (at != NULL)
          *at = i;
        return TRUE;
      }
  return FALSE;
}

static fts5_api *
find_api (RungsDb *db,
          GError **error)
{
  sqlite3 *handle = rungs_db_get_handle (db);
  sqlite3_stmt *query = NULL;
  fts5_api *api = NULL;
  int code = sqlite3_prepare_v2 (handle, "SELECT fts5 (?1)", -1, &query, NULL);

  if (code == SQLITE_OK)
    {
      sqlite3_bind_pointer (query, 1, &api, "fts5_api_ptr", NULL);
      sqlite3_step (query);
      code = sqlite3_finalize (query);
    }
  if (api == NULL)
    rungs_db_fail (db, code, "searching", error);
  return api;
}

static void
clear_phrase (gpointer data)
{
  g_string_free (((Phrase *) data)->words.letters, TRUE);
}

static gboolean
create_tokenizer (RungsSearchWords *self,
                  RungsDb          *db,
                  GError          **error)
{
  fts5_api *api = find_api (db, error);
  void *data = NULL;
  int code = SQLITE_OK;

  if (api == NULL)
    return FALSE;
  code = api->xFindTokenizer (api, TOKENIZER, &data, &self->tokenizer);
  if (code == SQLITE_OK)
    code = self->tokenizer.xCreate (data, OPTIONS, G_N_ELEMENTS (OPTIONS), &self->instance);
  return code == SQLITE_OK || rungs_db_fail (db, code, "searching", error);
}

RungsSearchWords *
rungs_search_words_new (RungsDb            *db,
                        const char *const  *words,
                        GError            **error)
{
  g_autoptr (RungsSearchWords) self = g_new0 (RungsSearchWords, 1);

  g_return_val_if_fail (words != NULL, NULL);

  self->phrases = g_array_new (FALSE, FALSE, sizeof (Phrase));
  g_array_set_clear_func (self->phrases, clear_phrase);
  self->text.letters = g_string_new (NULL);
  if (!create_tokenizer (self, db, error))
    return NULL;
  for (; *words != NULL; words++)
    {
      Phrase phrase = { { g_string_new (NULL), 0, NULL }, FALSE };

      part (self, *words, FTS5_TOKENIZE_QUERY | FTS5_TOKENIZE_PREFIX, &phrase.words);
      g_array_append_val (self->phrases, phrase);
    }
  return g_steal_pointer (&self);
}

void
rungs_search_words_free (RungsSearchWords *self)
{
  if (self->instance != NULL)
    self->tokenizer.xDelete (self->instance);
  g_array_unref (self->phrases);
  g_string_free (self->text.letters, TRUE);
  g_free (self);
}

gboolean
rungs_search_words_match (RungsSearchWords   *self,
                          const char *const  *texts,
                          guint               n)
{
  Phrase *phrases;
  guint missing;

  g_return_val_if_fail (self != NULL, FALSE);

  phrases = (Phrase *) (gpointer) self->phrases->data;
  missing = self->phrases->len;
  for (guint i = 0; i < missing; i++)
    phrases[i].found = FALSE;
  for (guint i = 0; i < n && missing > 0; i++)
    {
      if (texts[i] == NULL || *texts[i] == '\0')
        continue;
      part (self, texts[i], FTS5_TOKENIZE_DOCUMENT, &self->text);
      for (guint j = 0; j < self->phrases->len; j++)
        if (!phrases[j].found && holds (&self->text, &phrases[j].words, NULL))
          {
            phrases[j].found = TRUE;
            missing--;
          }
    }
  return missing == 0;
}

gboolean
rungs_search_words_find (RungsSearchWords *self,
                         guint             word,
                         const char       *text,
                         gsize            *start,
                         gsize            *end)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (Span));
  Words words = { NULL, 0, spans };
  const Words *phrase;
  gboolean found;
  guint at = 0;

  g_return_val_if_fail (self != NULL && word < self->phrases->len, FALSE);
  g_return_val_if_fail (text != NULL && start != NULL && end != NULL, FALSE);

  phrase = &g_array_index (self->phrases, Phrase, word).words;
  if (phrase->n == 0)
    return FALSE;
  words.letters = g_string_new (NULL);
  part (self, text, FTS5_TOKENIZE_DOCUMENT, &words);
  found = holds (&words, phrase, &at);
  if (found)
    {
      *start = g_array_index (spans, Span, at).start;
      *end = g_array_index (spans, Span, at + phrase->n - 1).end;
    }
  g_string_free (words.letters, TRUE);
  return found;
}
