/* rungs-search-words.h: whether the full-text index would find a text, without asking the index.
 *
 * For looking at a few rows whose texts are at hand: the index must first put together all rows
 * that have a word, which takes long where nearly all have it. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct _RungsSearchWords RungsSearchWords;

/* Each of `words` must begin a word of the text; where one holds several ("ann@ex"), they must
 * stand one after the other. To be used on the thread of `db`, as long as it is open. */
RungsSearchWords *rungs_search_words_new (RungsDb            *db,
                                          const char *const  *words,
                                          GError            **error);
void rungs_search_words_free (RungsSearchWords *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSearchWords, rungs_search_words_free)

/* Whether every word is found in some of the `n` texts (elements nullable). */
gboolean rungs_search_words_match (RungsSearchWords   *self,
                                   const char *const  *texts,
                                   guint               n);

/* Where in `text` the word of that number (they count from 0) is found first: the words that it
 * begins stand from the byte `start` to before the byte `end`. */
gboolean rungs_search_words_find (RungsSearchWords *self,
                                  guint             word,
                                  const char       *text,
                                  gsize            *start,
                                  gsize            *end);

G_END_DECLS
