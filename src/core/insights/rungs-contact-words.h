/* rungs-contact-words.h: how soon somebody was in touch, as people read it. */

#pragma once

#include "insights/rungs-first-contact-store.h"

G_BEGIN_DECLS

/* "less than a minute", "5 min", "2 h 5 min", "3 d 4 h"; "–" where it is below 0. */
char *rungs_contact_dup_span (gint64 milliseconds);

/* "Captured 3 h ago, nobody has been in touch yet", "First contact after 2 h 5 min". */
char *rungs_contact_dup_words (const RungsFirstContact *contact,
                               gint64                   now);

/* "71 %"; of few "5 of 7"; "–" of none. */
char *rungs_contact_dup_share (gint64 part,
                               gint64 whole);

G_END_DECLS
