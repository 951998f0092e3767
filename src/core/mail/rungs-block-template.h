/* rungs-block-template.h: a block that was read, and can be rendered for any lead. Private to
 * mail/rungs-message-body.c. */

#pragma once

#include "mail/rungs-block.h"
#include "mail/rungs-liquid.h"
#include "mail/rungs-message-body.h"

G_BEGIN_DECLS

typedef struct _RungsBlockTemplate RungsBlockTemplate;

/* What a message is made from, and where it goes. */
typedef struct
{
  const RungsMessageFrame *frame;
  RungsLiquidValue data;
  gint64 now;
  GTimeZone *zone; /* (nullable) */
  GString *html;
  GString *text;
  GPtrArray *pictures; /* (element-type utf8) the keys of those that were shown, each once */
  gssize *embedded;    /* by how many bytes `html` is longer for what is embedded in it */
  int room;            /* px */
  gboolean is_rtl;
} RungsBlockMerge;

/* The blocks (element-type RungsBlock), which it takes, as templates (element-type
 * RungsBlockTemplate). Errors: INVALID, which names the block: "Block 2: Line 1, column 3: …". */
GPtrArray *rungs_block_templates_new (GPtrArray  *blocks,
                                      GError    **error);

/* Calls `func` with each part in the merge language (RungsLiquid), in the order of the text. */
void rungs_block_templates_foreach (GPtrArray *templates,
                                    GFunc      func,
                                    gpointer   data);

/* Appends what a lead reads. Errors: INVALID, worded as above. */
gboolean rungs_block_templates_render (GPtrArray              *templates,
                                       const RungsBlockMerge  *merge,
                                       GError                **error);

G_END_DECLS
