/* rungs-return-words.h: what the words of returned mails say. Private to rungs-return.c. */

#pragma once

#include <glib.h>

#include "mail/rungs-return.h"

G_BEGIN_DECLS

/* Whether a server's words say that there is nobody of that address. */
gboolean rungs_return_words_say_nobody (const char *words);

/* Whether a subject is one that mail programs give to what they answer by themselves. */
gboolean rungs_return_subject_is_absence (const char *subject);

/* Whether a subject is one of reports that a mail could not be delivered. */
gboolean rungs_return_subject_is_bounce (const char *subject);

/* Whether the words of a person are a plain "no more", and nothing else. */
gboolean rungs_return_words_are_no (const char *words);

/* Returns: (transfer full): what a person wrote, without what is quoted below or above it and
 * without the signature, as one paragraph of at most RUNGS_RETURN_WORDS characters. */
char *rungs_return_words_of_person (const char *text);

/* Returns: (transfer full): the text as one line of at most RUNGS_RETURN_WORDS characters. */
char *rungs_return_words_of_server (const char *text);

/* Returns: (transfer full): the text of an HTML document; what it shows as blocks are lines. */
char *rungs_return_words_of_html (const char *html);

G_END_DECLS
