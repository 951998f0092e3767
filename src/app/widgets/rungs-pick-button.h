/* rungs-pick-button.h: a button that shows one of many things, and on a click a list of them that
 * is searched as one types. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Something that can be picked. */
typedef struct
{
  char *value; /* (owned): what it is */
  char *label; /* (owned): how people read it */
  char *group; /* (owned) (nullable): under which heading it stands */
} RungsPick;

RungsPick *rungs_pick_new (const char *value,
                           const char *label,
                           const char *group);
void rungs_pick_free (RungsPick *self);

/* Returns: (transfer full) (element-type RungsPick): an empty list. */
GPtrArray *rungs_picks_new (void);

/* Returns: (nullable): the one of that value. */
const RungsPick *rungs_picks_find (GPtrArray  *picks,
                                   const char *value);

#define RUNGS_TYPE_PICK_BUTTON (rungs_pick_button_get_type ())

/**
 * RungsPickButton::picked: the user picked something.
 * @value: its value
 */
G_DECLARE_FINAL_TYPE (RungsPickButton, rungs_pick_button, RUNGS, PICK_BUTTON, GtkWidget)

/* `name` is what a screen reader calls it ("Field"); the button says `prompt` while nothing is
 * picked. */
GtkWidget *rungs_pick_button_new (const char *name,
                                  const char *prompt);

/* What can be picked (element-type RungsPick); those of one group stand together. */
void rungs_pick_button_set_picks (RungsPickButton *self,
                                  GPtrArray       *picks);

/* Shows an icon in the place of what is picked: for a button that only ever adds something. */
void rungs_pick_button_set_icon (RungsPickButton *self,
                                 const char      *icon_name,
                                 const char      *tooltip);

/* Whether something can be written that is not in the list. */
void rungs_pick_button_set_open (RungsPickButton *self,
                                 gboolean         open);

/* Shows what has that value; NULL: the prompt. One that is not in the list is shown as it is. */
void rungs_pick_button_set_value (RungsPickButton *self,
                                  const char      *value);

/* Opens the list. */
void rungs_pick_button_open_list (RungsPickButton *self);

G_END_DECLS
