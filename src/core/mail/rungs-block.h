/* rungs-block.h: what a message is made of, as an editor works on it.
 *
 * The format is told in mail/rungs-message-body.h. Here it is read into structs and written again;
 * whether a message of them can be sent is asked of rungs_message_check(). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RungsBlockType:
 * @RUNGS_BLOCK_TEXT: paragraphs: `text`
 * @RUNGS_BLOCK_HEADING: one line: `text`, `level`
 * @RUNGS_BLOCK_BUTTON: `text`, `link`
 * @RUNGS_BLOCK_PICTURE: `picture`, `alt`, `decorative`, `link`, `width`
 * @RUNGS_BLOCK_PRODUCT: `sku`, `text`, `button`
 * @RUNGS_BLOCK_COLUMNS: `columns`, `weights`
 * @RUNGS_BLOCK_DIVIDER: a line across
 * @RUNGS_BLOCK_SIGNATURE: that of the business
 * @RUNGS_BLOCK_HTML: `html`
 */
typedef enum
{
  RUNGS_BLOCK_TEXT,
  RUNGS_BLOCK_HEADING,
  RUNGS_BLOCK_BUTTON,
  RUNGS_BLOCK_PICTURE,
  RUNGS_BLOCK_PRODUCT,
  RUNGS_BLOCK_COLUMNS,
  RUNGS_BLOCK_DIVIDER,
  RUNGS_BLOCK_SIGNATURE,
  RUNGS_BLOCK_HTML,
} RungsBlockType;

#define RUNGS_N_BLOCK_TYPES (RUNGS_BLOCK_HTML + 1)
#define RUNGS_BLOCK_MIN_COLUMNS 2
#define RUNGS_BLOCK_MAX_COLUMNS 3
#define RUNGS_BLOCK_MAX_WEIGHT 12

/* "text", "heading", …: as in the JSON. */
const char *rungs_block_type_to_text (RungsBlockType type);
gboolean rungs_block_type_from_text (const char      *text,
                                     RungsBlockType  *type);

/* A block. No text is NULL, whatever the type; those that its type does not have are empty. */
typedef struct
{
  RungsBlockType type;
  char *text;          /* (owned) Markdown and merge language; of a button plain text and that */
  int level;           /* of a heading: 1 or 2 */
  char *link;          /* (owned) an address, or merge language that gives one */
  char *picture;       /* (owned) the key of a picture */
  char *alt;           /* (owned) what the picture shows, in words; merge language */
  gboolean decorative; /* the picture says nothing: it needs no words */
  int width;           /* of the picture, in px; 0: its own */
  char *sku;           /* (owned) of a product */
  char *button;        /* (owned) what the button of a product says; empty: none is shown */
  char *html;          /* (owned) HTML and merge language */
  GPtrArray *columns;  /* (owned) (nullable) (element-type GPtrArray of RungsBlock): of columns
                        * only */
  int weights[RUNGS_BLOCK_MAX_COLUMNS]; /* how wide each column is beside the others, 1 to 12 */
} RungsBlock;

/* An empty one; columns are two, alike and empty. */
RungsBlock *rungs_block_new (RungsBlockType type);
RungsBlock *rungs_block_copy (const RungsBlock *self);
void rungs_block_free (RungsBlock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsBlock, rungs_block_free)

/* A list without blocks, which frees those that are put into it. */
GPtrArray *rungs_blocks_new (void);

/* Returns: (transfer full) (element-type RungsBlock): NULL with INVALID where the JSON is not of
 * the format; the error names the block: "Block 3, column 2, block 1: …". Texts may be empty and
 * templates wrong: what is being written is such for a while. */
GPtrArray *rungs_blocks_parse (const char  *json,
                               GError     **error);

/* The same JSON again: members in the order of the format, those at their default left out. */
char *rungs_blocks_to_json (GPtrArray *blocks);

typedef void (*RungsBlockFunc) (const RungsBlock *block,
                                const char       *name,
                                gpointer          data);

/* Calls `func` with each block and what errors call it, those of columns behind the columns. */
void rungs_blocks_foreach (GPtrArray      *blocks,
                           RungsBlockFunc  func,
                           gpointer        data);

/* What errors call block `index` of `blocks`, those of `within` (NULL: of the message): "Block 3",
 * "Block 3, column 2, block 1"; the only one, where it is text: "Text". */
char *rungs_block_dup_name (GPtrArray  *blocks,
                            guint       index,
                            const char *within);

/* "Block 3, column 2". `column` counts from 0. */
char *rungs_block_dup_column_name (const char *block,
                                   guint       column);

G_END_DECLS
