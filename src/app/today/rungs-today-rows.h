/* rungs-today-rows.h: the rows of the page Today. */

#pragma once

#include <adwaita.h>

#include "engine/rungs-engine.h"
#include "today/rungs-today.h"

G_BEGIN_DECLS

/* What a business that has just begun does next. Returns: (transfer full) (element-type GtkWidget):
 * empty where all of it is done. */
GPtrArray *rungs_today_step_rows (const RungsToday *today);

/* What waits for a person; one row that says so where nothing does. Rows of tasks have a button
 * with the action "today.task-done" (x: the task), and are named "task-ID"; those of returned mail
 * have buttons with the actions "today.believe" and "today.dismiss" (x: the mail), and are named
 * "unclear-ID". */
GPtrArray *rungs_today_waiting_rows (const RungsToday *today,
                                     gint64            now);

/* New leads, and with whom nobody was in touch yet, who waits longest first; empty where there is
 * nobody. The row of those that were not looked at has a button with the action "today.see-leads",
 * that of the figures the action "today.contact-figures". */
GPtrArray *rungs_today_lead_rows (const RungsToday *today,
                                  gint64            now);

/* What was imported today; empty where nothing was. */
GPtrArray *rungs_today_import_rows (const RungsToday *today);

/* Who sends, by which account, and when the next message leaves. The row of an engine that asks has
 * a button with the action "today.agree". `engine` may be NULL. */
GPtrArray *rungs_today_sending_rows (const RungsToday *today,
                                     RungsEngine      *engine,
                                     gint64            now);

G_END_DECLS
