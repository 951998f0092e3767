/* rungs-rich-view.h: a text with bold, links, lists and values of the reader, as it is edited. */

#pragma once

#include <gtk/gtk.h>

#include "mail/rungs-rich.h"

G_BEGIN_DECLS

/**
 * RungsRichMode:
 * @RUNGS_RICH_MODE_TEXT: paragraphs; Markdown
 * @RUNGS_RICH_MODE_LINE: one line with styles and links; Markdown
 * @RUNGS_RICH_MODE_PLAIN: one line without; nothing is Markdown in it
 */
typedef enum
{
  RUNGS_RICH_MODE_TEXT,
  RUNGS_RICH_MODE_LINE,
  RUNGS_RICH_MODE_PLAIN,
} RungsRichMode;

#define RUNGS_TYPE_RICH_VIEW (rungs_rich_view_get_type ())

/**
 * RungsRichView::edited: the user changed the text
 * RungsRichView::moved: the cursor is elsewhere, or what is written next looks different
 */
G_DECLARE_FINAL_TYPE (RungsRichView, rungs_rich_view, RUNGS, RICH_VIEW, GtkTextView)

GtkWidget *rungs_rich_view_new (RungsRichMode mode);

/* The text; what it was before is not kept. The cursor stays near where it was. */
void rungs_rich_view_set_markdown (RungsRichView *self,
                                   const char    *markdown);
char *rungs_rich_view_dup_markdown (RungsRichView *self);

/* What is selected, or written next, looks so. */
gboolean rungs_rich_view_has_style (RungsRichView  *self,
                                    RungsRichStyle  style);
void rungs_rich_view_toggle_style (RungsRichView  *self,
                                   RungsRichStyle  style);

/* The line of the cursor. */
RungsRichKind rungs_rich_view_get_kind (RungsRichView *self);

/* Makes the lines that are selected items of such a list, or paragraphs where they are that. */
void rungs_rich_view_toggle_list (RungsRichView *self,
                                  RungsRichKind  kind);

/* The link at the cursor; NULL: none. Lent. */
const char *rungs_rich_view_get_link (RungsRichView *self);

/* Makes a link of what is selected, of the link at the cursor, or of the address itself. Empty:
 * takes the link away. */
void rungs_rich_view_set_link (RungsRichView *self,
                               const char    *link);

/* Puts a piece of the merge language in at the cursor. */
void rungs_rich_view_insert_liquid (RungsRichView *self,
                                    const char    *liquid);

/* Puts Markdown in at the cursor, as if it was pasted. */
void rungs_rich_view_insert_markdown (RungsRichView *self,
                                      const char    *markdown);

G_END_DECLS
