/* rungs-person-words-store.h: the words by which a person is named in texts about others.
 *
 * These are every address that the person has or had, the telephone number, and the name: first and
 * last together, either way round; each alone only where no other lead has it, where it is at least
 * four letters long and written as it is in the name, for "will" is no Will. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct _RungsPersonWords RungsPersonWords;

/* Asks who else bears the name, so the lead must be in the search index still. Errors:
 * NOT_FOUND. */
RungsPersonWords *rungs_person_words_load (RungsDb  *db,
                                           gint64    lead,
                                           GError  **error);
void rungs_person_words_free (RungsPersonWords *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPersonWords, rungs_person_words_free)

/* Returns: (transfer none) (element-type utf8): the addresses, as e-mail keys. */
GPtrArray *rungs_person_words_get_email_keys (RungsPersonWords *self);

gboolean rungs_person_words_are_in (RungsPersonWords *self,
                                    const char       *text);

/* Returns: (transfer full) (nullable): the text with "[…]" in the place of each such word; NULL
 * where there is none in it. JSON stays JSON: only strings that are values are changed. */
char *rungs_person_words_blank (RungsPersonWords *self,
                                const char       *text);

G_END_DECLS
