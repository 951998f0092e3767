/* rungs-block-words.h: what the blocks of a message are called. */

#pragma once

#include "mail/rungs-block.h"

G_BEGIN_DECLS

/* "Picture" */
const char *rungs_block_words_name (RungsBlockType type);

const char *rungs_block_words_icon (RungsBlockType type);

G_END_DECLS
