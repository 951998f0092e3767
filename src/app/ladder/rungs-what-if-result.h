/* rungs-what-if-result.h: two years side by side: as it goes on, and with the changes. */

#pragma once

#include <gtk/gtk.h>

#include "insights/rungs-what-if.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_WHAT_IF_RESULT (rungs_what_if_result_get_type ())

G_DECLARE_FINAL_TYPE (RungsWhatIfResult, rungs_what_if_result, RUNGS, WHAT_IF_RESULT, GtkWidget)

/* Shows both years. All three must stay until others are shown, or it is gone. */
void rungs_what_if_result_show (RungsWhatIfResult     *self,
                                const RungsWhatIf     *what_if,
                                const RungsWhatIfYear *base,
                                const RungsWhatIfYear *changed);

G_END_DECLS
