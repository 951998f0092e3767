/* rungs-block-markdown.h: what blocks say, as one Markdown text, to be read and searched. */

#pragma once

#include "mail/rungs-block.h"

G_BEGIN_DECLS

/* `blocks` (element-type RungsBlock): text as it is, headings as “# …”, buttons as links, pictures
 * as ![alt](picture:KEY), a product as its SKU with its text, columns one after the other, a
 * divider as a line; a signature says nothing here, and of HTML what it shows. */
char *rungs_blocks_to_markdown (GPtrArray *blocks);

/* Whether all are text, so that nothing is lost where they become one text. */
gboolean rungs_blocks_are_text (GPtrArray *blocks);

/* Returns: (transfer full) (element-type utf8): the keys of the pictures that the blocks show, or,
 * from their Markdown, may show: each once, in the order of the text. */
GPtrArray *rungs_blocks_list_pictures (GPtrArray *blocks);

/* Returns: (transfer full) (element-type utf8): the SKUs of their products, each once. */
GPtrArray *rungs_blocks_list_products (GPtrArray *blocks);

/* The scheme of pictures in Markdown: ![alt](picture:KEY). */
#define RUNGS_PICTURE_SCHEME "picture:"

G_END_DECLS
