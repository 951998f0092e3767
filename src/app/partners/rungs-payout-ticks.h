/* rungs-payout-ticks.h: who would be in a payout, or is left out, as a list of which only those
 * rows are made that are seen: ten thousand partners open as quickly as ten. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_PAYOUT_TICKS (rungs_payout_ticks_get_type ())

/* RungsPayoutTicks::ticked: others are ticked than before */
G_DECLARE_FINAL_TYPE (RungsPayoutTicks, rungs_payout_ticks, RUNGS, PAYOUT_TICKS, GtkWidget)

/* `label`: what the list is, for those who hear the window. Where it is not `tickable` it only
 * tells. */
GtkWidget *rungs_payout_ticks_new (const char *label,
                                   gboolean    tickable);

/* Shows those lines (element-type RungsPayoutLine), which must stay until others are shown, or
 * `lines` is NULL. Who was unticked before stays so. `words` (transfer full) says in small what
 * else is known of a line. */
void rungs_payout_ticks_show (RungsPayoutTicks *self,
                              GPtrArray        *lines,
                              const char       *currency,
                              char           *(*words) (gconstpointer  line,
                                                        const char    *currency));

/* Ticks these partners (element-type gint64) and nobody else. */
void rungs_payout_ticks_set_only (RungsPayoutTicks *self,
                                  GArray           *partners);

gboolean rungs_payout_ticks_is_ticked (RungsPayoutTicks *self,
                                       gint64            partner);

G_END_DECLS
