/* rungs-rich-pieces.h: hides the merge language from Markdown. Private to mail/rungs-rich. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pieces of the merge language, each of which is one character of Unicode's private use while
 * Markdown is read or written: to it a letter, as a value between its guards will be. */
typedef struct
{
  GPtrArray *texts;   /* (owned) (element-type utf8) */
  GHashTable *places; /* (owned): text → place in `texts` + 1 */
} RungsRichPieces;

void rungs_rich_pieces_init (RungsRichPieces *self);
void rungs_rich_pieces_clear (RungsRichPieces *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsRichPieces, rungs_rich_pieces_clear)

/* The text with its pieces as characters; the same piece is always the same character. */
char *rungs_rich_pieces_hide (RungsRichPieces *self,
                              const char      *text);

/* The text as it was. */
char *rungs_rich_pieces_show (const RungsRichPieces *self,
                              const char            *hidden);

/* Whether a text, or the pieces that were found, leave no room for such characters. */
gboolean rungs_rich_pieces_is_full (const RungsRichPieces *self,
                                    const char            *text);

G_END_DECLS
