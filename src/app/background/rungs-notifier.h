/* rungs-notifier.h: tells of new leads of a file by notifications of the desktop, with a window or
 * without.
 *
 * What came within some minutes, and nobody has looked at, is put together in one notification,
 * which takes the place of the one before. It leads to the lead, or to Today. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_NOTIFIER (rungs_notifier_get_type ())

G_DECLARE_FINAL_TYPE (RungsNotifier, rungs_notifier, RUNGS, NOTIFIER, GObject)

/* Looks at once. `app` is lent, and outlives it; its action "app.show-target" (sss: the file, a
 * page, a target) is what a notification leads to. */
RungsNotifier *rungs_notifier_new (GApplication *app,
                                   const char   *path);

/* Something was written to the file: looks soon. */
void rungs_notifier_look (RungsNotifier *self);

/* Looks no more; what is being read is let go. */
void rungs_notifier_stop (RungsNotifier *self);

/* What a notification says of these (element-type RungsNotice): at least one. */
char *rungs_notifier_dup_title (GPtrArray *notices);
char *rungs_notifier_dup_body (GPtrArray *notices);

G_END_DECLS
