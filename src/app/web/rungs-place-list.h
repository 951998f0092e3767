/* rungs-place-list.h: places onto which lines of a RungsLeafList are dragged, or which take the one
 * that the keys are at. */

#pragma once

#include <adwaita.h>

#include "rungs-leaf-list.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PLACE_LIST (rungs_place_list_get_type ())

/**
 * RungsPlaceList::taken: a line was dropped on a place, or the place was activated while a line was
 *   selected in the list of rungs_place_list_set_leaves()
 * @place: its key
 * @leaf: the key of the line
 * RungsPlaceList::emptied: the place is to have nothing any more
 * @place: its key
 */
G_DECLARE_FINAL_TYPE (RungsPlaceList, rungs_place_list, RUNGS, PLACE_LIST, AdwBin)

/* What an activated place takes. */
void rungs_place_list_set_leaves (RungsPlaceList *self,
                                  RungsLeafList  *leaves);

void rungs_place_list_add (RungsPlaceList *self,
                           const char     *key,
                           const char     *title);

/* What stands in a place; NULL: nothing. `can_be_emptied` shows the button for it. */
void rungs_place_list_set_content (RungsPlaceList *self,
                                   const char     *key,
                                   const char     *text,
                                   gboolean        can_be_emptied);

G_END_DECLS
