/* rungs-movable-row.h: makes a row of a list one that is dragged by a handle, and moved by Alt+Up
 * and Alt+Down. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What the list does; `owner` is who has the rows. */
typedef struct
{
  /* Where the row of that id stands, from 0; -1: it is none of this list. */
  int (*find) (gpointer owner,
               gint64   id);
  /* Moves it; the place may be none. */
  void (*move) (gpointer owner,
                gint64   id,
                int      place);
} RungsRowMoves;

/* `moves` is static. `owner` must live as long as the row. */
void rungs_movable_row_make (AdwActionRow        *row,
                             gint64               id,
                             const RungsRowMoves *moves,
                             gpointer             owner);

/* The id of such a row; 0 where it is none. */
gint64 rungs_movable_row_get_id (GtkWidget *row);

G_END_DECLS
