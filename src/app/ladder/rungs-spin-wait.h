/* rungs-spin-wait.h: a spin button whose number is taken soon after the last click, not at each. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A person has chosen another number, and clicks no more. */
typedef void (*RungsSpinSettled) (GtkSpinButton *spin,
                                  gpointer       data);

/* From now on; `data` must live as long as the button. The wheel no longer changes the number: it
 * scrolls what the button stands in. */
void rungs_spin_wait_watch (GtkSpinButton    *spin,
                            RungsSpinSettled  settled,
                            gpointer          data);

/* Shows a number, unless a person is just choosing one. */
void rungs_spin_wait_show (GtkSpinButton *spin,
                           gint64         number);

/* Does not wait any longer, where it waits. */
void rungs_spin_wait_settle (GtkSpinButton *spin);

G_END_DECLS
