/* rungs-block-clipboard.h: blocks of a message on the clipboard, as their JSON. */

#pragma once

#include <gtk/gtk.h>

#include "mail/rungs-block.h"

G_BEGIN_DECLS

void rungs_block_clipboard_offer (GtkWidget        *widget,
                                  const RungsBlock *block);

/* Calls `pasted` with the JSON of the blocks there; not where there are none, or `widget` is gone
 * meanwhile. */
void rungs_block_clipboard_fetch (GtkWidget *widget,
                                  void (*pasted) (GtkWidget  *widget,
                                                  const char *json));

G_END_DECLS
