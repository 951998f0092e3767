/* rungs-block-card.h: one block of a message: what it is, what can be done with it, its fields. */

#pragma once

#include "rungs-block-form.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_BLOCK_CARD (rungs_block_card_get_type ())

/* A stop of the keys: Enter goes to its fields, Escape back to it. Alt+Up and Alt+Down move it,
 * Ctrl+D doubles it, Delete deletes it, and it is copied, cut and pasted. What it cannot do itself
 * it asks of the list that it is in. It can be dragged. */
G_DECLARE_FINAL_TYPE (RungsBlockCard, rungs_block_card, RUNGS, BLOCK_CARD, GtkWidget)

GtkWidget *rungs_block_card_new (RungsStore *store,
                                 RungsBlock *block);

RungsBlock *rungs_block_card_get_block (RungsBlockCard *self);
RungsBlockForm *rungs_block_card_get_form (RungsBlockCard *self);

/* How a screen reader calls it: "Text, block 2 of 5". */
void rungs_block_card_set_place (RungsBlockCard *self,
                                 guint           index,
                                 guint           n);

/* The card that `widget` is in, itself included; NULL: none. The innermost one. */
RungsBlockCard *rungs_block_card_of (GtkWidget *widget);

G_END_DECLS
