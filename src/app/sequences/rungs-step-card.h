/* rungs-step-card.h: a step of a sequence as a node of the canvas. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_STEP_CARD (rungs_step_card_get_type ())

G_DECLARE_FINAL_TYPE (RungsStepCard, rungs_step_card, RUNGS, STEP_CARD, GtkBox)

/* Says nothing yet. */
GtkWidget *rungs_step_card_new (void);

/* Says what the step does and did, copied; `figures` may be NULL. `style`: a CSS class. */
void rungs_step_card_show_texts (RungsStepCard *self,
                                 const char    *icon,
                                 const char    *kind,
                                 const char    *words,
                                 const char    *figures,
                                 const char    *style);

/* Marks it with what is wrong; NULL: nothing is. `grave`: it cannot be published so. */
void rungs_step_card_set_fault (RungsStepCard *self,
                                const char    *fault,
                                gboolean       grave);

G_END_DECLS
