/* rungs-liquid-parser.h: makes the tree of a template. Private to the merge language. */

#pragma once

#include "mail/rungs-liquid-lexer.h"

G_BEGIN_DECLS

typedef struct
{
  RungsLiquid *template;
  RungsLiquidLexer lexer;
  guint depth; /* tags that are open */
  guint loops; /* of them, how many are `for` */
} RungsLiquidParser;

/* Reads on to the end, or to a tag that continues or closes another (`else`, `endif`): that is
 * `ending`. Errors: INVALID. */
gboolean rungs_liquid_read_block (RungsLiquidParser  *self,
                                  RungsLiquidNode   **nodes,
                                  RungsLiquidPiece   *ending,
                                  GError            **error);

/* Fills `node` from a tag and, where it opens a block, all up to its end. */
typedef gboolean (*RungsLiquidTagFunc) (RungsLiquidParser      *self,
                                        const RungsLiquidPiece *tag,
                                        RungsLiquidNode        *node,
                                        GError                **error);

/* NULL where no tag of that name begins anything. */
RungsLiquidTagFunc rungs_liquid_tag_find (const RungsLiquidPiece *tag);

gboolean rungs_liquid_tag_is (const RungsLiquidPiece *piece,
                              const char             *name);

G_END_DECLS
