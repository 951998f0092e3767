/* rungs-leaf-list.h: names and values of something that was sent, a line each, which can be
 * dragged. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_LEAF_LIST (rungs_leaf_list_get_type ())

/* What is dragged is the key of a line, as text behind this, so that nothing else is taken for
 * it. */
#define RUNGS_LEAF_DRAGGED "rungs-leaf:"

/**
 * RungsLeafList:label: (writable): what a screen reader calls the list
 *
 * RungsLeafList::chosen: Enter, or a double click
 * @key: of the line
 */
G_DECLARE_FINAL_TYPE (RungsLeafList, rungs_leaf_list, RUNGS, LEAF_LIST, GtkWidget)

void rungs_leaf_list_clear (RungsLeafList *self);

/* `mark` (nullable): what stands at its end, where it goes. */
void rungs_leaf_list_add (RungsLeafList *self,
                          const char    *key,
                          const char    *name,
                          const char    *value,
                          const char    *mark);

/* Another mark for the line of that key. */
void rungs_leaf_list_set_mark (RungsLeafList *self,
                               const char    *key,
                               const char    *mark);

/* Whether lines can be dragged. */
void rungs_leaf_list_set_draggable (RungsLeafList *self,
                                    gboolean       draggable);

/* The list takes the keys; FALSE: there is nothing in it. */
gboolean rungs_leaf_list_focus (RungsLeafList *self);

/* Returns: (transfer none) (nullable): the key of the line that the keys are at. */
const char *rungs_leaf_list_get_selected (RungsLeafList *self);

/* Returns: (transfer none) (nullable): name and value of a line. */
const char *rungs_leaf_list_get_name (RungsLeafList *self,
                                      const char    *key);
const char *rungs_leaf_list_get_value (RungsLeafList *self,
                                       const char    *key);

G_END_DECLS
