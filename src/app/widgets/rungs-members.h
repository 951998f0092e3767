/* rungs-members.h: what inspectors are made of that show members of a text, a row each: rows in
 * groups one below the other in a box, and buttons for what else can be done. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The member that a row is for; NULL where it is none of those rows. */
typedef const char *(*RungsMemberName) (GtkWidget *row);

typedef void (*RungsMemberFunc) (GtkWidget *row,
                                 gpointer   data);

/* Empties the box; lists and menus that are open in it are closed before. */
void rungs_members_clear (GtkBox *box);

/* Calls `func` with all rows in the box, those inside others after them. */
void rungs_members_for_each (GtkBox          *box,
                                 RungsMemberName  name,
                                 RungsMemberFunc  func,
                                 gpointer         data);

/* Returns: (transfer full) (nullable): the member whose row has the keys, the innermost; NULL: none
 * has. */
char *rungs_members_dup_focused (GtkBox          *box,
                                     RungsMemberName  name);

/* Puts a new group at the end; `title` and `text` (both nullable) stand above its rows. */
AdwPreferencesGroup *rungs_members_add_group (GtkBox     *box,
                                                  const char *title,
                                                  const char *text);

/* Buttons that activate an action; `target` (nullable) is taken. The label has a mnemonic; the name
 * of an icon is its tooltip too. */
GtkWidget *rungs_members_button (const char *label,
                                     const char *action,
                                     GVariant   *target);
GtkWidget *rungs_members_icon_button (const char *icon,
                                          const char *name,
                                          const char *action,
                                          GVariant   *target);

G_END_DECLS
