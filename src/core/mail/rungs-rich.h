/* rungs-rich.h: Markdown as paragraphs of formatted runs, as an editor shows it, and back.
 *
 * What an editor can hold is a paragraph, an item of a plain list, or a heading, with bold, italic,
 * code and links in it. Each other block (quotes, pictures, lists in lists, code, rules) is a
 * paragraph of source: its Markdown as it was typed. Reading checks itself: where what would be
 * written again does not mean the same to rungs-markdown.h, the whole text is one such paragraph,
 * so that nothing is ever lost by editing beside it.
 *
 * The merge language stands in the text of the runs as it is written, and is never escaped. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNGS_RICH_BOLD = 1 << 0,
  RUNGS_RICH_ITALIC = 1 << 1,
  RUNGS_RICH_CODE = 1 << 2,
} RungsRichStyle;

/* Text of one look. */
typedef struct
{
  char *text; /* (owned): "\n" is a line that ends within the paragraph */
  RungsRichStyle style;
  char *link; /* (owned) (nullable): where it leads */
} RungsRichRun;

/**
 * RungsRichKind:
 * @RUNGS_RICH_PLAIN: a paragraph
 * @RUNGS_RICH_BULLET: an item of a list with bullets; neighbours are of one list
 * @RUNGS_RICH_NUMBER: an item of a numbered list, which begins with 1
 * @RUNGS_RICH_HEADING: a heading
 * @RUNGS_RICH_SOURCE: Markdown as it was typed: one run
 */
typedef enum
{
  RUNGS_RICH_PLAIN,
  RUNGS_RICH_BULLET,
  RUNGS_RICH_NUMBER,
  RUNGS_RICH_HEADING,
  RUNGS_RICH_SOURCE,
} RungsRichKind;

typedef struct
{
  RungsRichKind kind;
  guint level;     /* of a heading: 1 to 6 */
  GPtrArray *runs; /* (owned) (element-type RungsRichRun) */
} RungsRichParagraph;

RungsRichParagraph *rungs_rich_paragraph_new (RungsRichKind kind);
void rungs_rich_paragraph_free (RungsRichParagraph *self);

/* Appends text; to the last run, where that looks the same. `link` is nullable. */
void rungs_rich_paragraph_append (RungsRichParagraph *self,
                                  const char         *text,
                                  gssize              length,
                                  RungsRichStyle      style,
                                  const char         *link);

/* Returns: (transfer full) (element-type RungsRichParagraph): empty where there is no text. */
GPtrArray *rungs_rich_read (const char *markdown);

/* White space at the ends of paragraphs, lines and styles loses its style, or goes; paragraphs
 * without text go, but for items of lists. */
char *rungs_rich_write (GPtrArray *paragraphs);

/* Whether both texts mean the same to rungs-markdown.h, whatever values are merged into them. How
 * marks are nested, and where lines that are no lines to the reader end, makes no difference. */
gboolean rungs_rich_means_same (const char *markdown,
                                const char *other);

/* The length of the piece of the merge language at the beginning of `text`, "{{ … }}" or "{% … %}";
 * 0 where there is none. */
gsize rungs_rich_liquid_length (const char *text);

G_END_DECLS
