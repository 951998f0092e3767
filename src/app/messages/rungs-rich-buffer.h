/* rungs-rich-buffer.h: paragraphs of formatted runs in a text buffer. Each of its lines is a
 * paragraph; a line that ends within one is U+2028. */

#pragma once

#include <gtk/gtk.h>

#include "mail/rungs-rich.h"

G_BEGIN_DECLS

/* Gives the buffer the tags that all below needs. */
void rungs_rich_buffer_prepare (GtkTextBuffer *buffer);

/* Puts the paragraphs in at `at`, which is behind them afterwards. The first goes on what stands
 * before it in the line. Values of the reader are child anchors. */
void rungs_rich_buffer_insert (GtkTextBuffer *buffer,
                               GtkTextIter   *at,
                               GPtrArray     *paragraphs);

/* Returns: (transfer full) (element-type RungsRichParagraph) */
GPtrArray *rungs_rich_buffer_read (GtkTextBuffer     *buffer,
                                   const GtkTextIter *start,
                                   const GtkTextIter *end);

/* What stands at the anchor, in the merge language; lent. */
const char *rungs_rich_buffer_get_liquid (GtkTextChildAnchor *anchor);
void rungs_rich_buffer_set_liquid (GtkTextChildAnchor *anchor,
                                   const char         *liquid);

/* Puts a piece of the merge language in: as an anchor where it is but a value, else as text. */
void rungs_rich_buffer_insert_liquid (GtkTextBuffer *buffer,
                                      GtkTextIter   *at,
                                      const char    *liquid);

/* Removes torn markers of lists, counts numbered lists anew, and marks what is of the merge
 * language. To be called after each change. */
void rungs_rich_buffer_tidy (GtkTextBuffer *buffer);

/* The kind of the line, PLAIN, BULLET, NUMBER, HEADING or SOURCE. */
RungsRichKind rungs_rich_buffer_get_kind (GtkTextBuffer     *buffer,
                                          const GtkTextIter *at);

/* Makes the line at `at` such an item, or PLAIN. */
void rungs_rich_buffer_set_kind (GtkTextBuffer     *buffer,
                                 const GtkTextIter *at,
                                 RungsRichKind      kind);

/* Moves `iter` to where the text of its line begins, behind the marker of a list. */
void rungs_rich_buffer_to_text (GtkTextBuffer *buffer,
                                GtkTextIter   *iter);

/* Whether the sign at `at` has that style. */
gboolean rungs_rich_buffer_has_style (GtkTextBuffer     *buffer,
                                      const GtkTextIter *at,
                                      RungsRichStyle     style);
void rungs_rich_buffer_set_style (GtkTextBuffer     *buffer,
                                  const GtkTextIter *start,
                                  const GtkTextIter *end,
                                  RungsRichStyle     style,
                                  gboolean           set);

/* Where the sign at `at` leads; NULL: it is no link. Lent. */
const char *rungs_rich_buffer_get_link (const GtkTextIter *at);

/* Moves both to the ends of the link that stands at `start`. */
void rungs_rich_buffer_to_link_ends (GtkTextIter *start,
                                     GtkTextIter *end);

/* NULL takes links away. */
void rungs_rich_buffer_set_link (GtkTextBuffer     *buffer,
                                 const GtkTextIter *start,
                                 const GtkTextIter *end,
                                 const char        *link);

G_END_DECLS
