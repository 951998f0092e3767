/* rungs-plain-words.h: English words for a while, whatever language the user speaks: for what is
 * stored in the file of a business, which other people and programs read too. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RungsPlainWords RungsPlainWords;

/* Until it is freed, gettext translates nothing on this thread. They may be nested. */
RungsPlainWords *rungs_plain_words_new (void);
void rungs_plain_words_free (RungsPlainWords *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPlainWords, rungs_plain_words_free)

G_END_DECLS
