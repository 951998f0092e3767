/* rungs-block-list.h: blocks of a message, one below the other, with places between them where
 * others are put. */

#pragma once

#include "rungs-block-card.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_BLOCK_LIST (rungs_block_list_get_type ())

G_DECLARE_FINAL_TYPE (RungsBlockList, rungs_block_list, RUNGS, BLOCK_LIST, GtkWidget)

/* `blocks` (element-type RungsBlock) is that of the message, or of a column (`is_column`), and is
 * changed as the list is: each change activates "blocks.changed". It must live as long. */
GtkWidget *rungs_block_list_new (RungsStore *store,
                                 GPtrArray  *blocks,
                                 gboolean    is_column);

/* Shows blocks like these instead; cards of those that are alike stay, with the keys if they have
 * them. The array itself stays the one of rungs_block_list_new(). */
void rungs_block_list_set_blocks (RungsBlockList *self,
                                  GPtrArray      *blocks);

guint rungs_block_list_get_n_cards (RungsBlockList *self);
RungsBlockCard *rungs_block_list_get_card (RungsBlockList *self,
                                           guint           index);

/* Puts a new block in before that of `index`, and gives it the keys. Takes `block`. */
void rungs_block_list_insert (RungsBlockList *self,
                              guint           index,
                              RungsBlock     *block);

/* Puts those of the JSON in. Returns: whether they can stand here. */
gboolean rungs_block_list_insert_json (RungsBlockList *self,
                                       guint           index,
                                       const char     *json);

/* Whether such a block can be in it: columns hold no columns. */
gboolean rungs_block_list_accepts (RungsBlockList *self,
                                   RungsBlockType  type);

/* Moves a card of this or another list, and keeps its keys. */
void rungs_block_list_move_here (RungsBlockList *self,
                                 RungsBlockCard *card,
                                 guint           index);

/* The list that holds a card, and its place there. */
RungsBlockList *rungs_block_list_of (RungsBlockCard *card,
                                     guint          *index);

/* What the card's actions do. */
void rungs_block_list_shift (RungsBlockCard *card,
                             int             by);
void rungs_block_list_duplicate (RungsBlockCard *card);
void rungs_block_list_remove (RungsBlockCard *card);

G_END_DECLS
