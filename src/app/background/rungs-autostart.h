/* rungs-autostart.h: asks the desktop to start Rungs with the session and to let it run without a
 * window. In a sandbox the portal is asked, which may ask the user; elsewhere it is a file in the
 * user's autostart folder (the Desktop Application Autostart Specification of freedesktop.org). */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RungsAutostartWay:
 * @RUNGS_AUTOSTART_FILE: a desktop file in the user's autostart folder
 * @RUNGS_AUTOSTART_PORTAL: org.freedesktop.portal.Background
 */
typedef enum
{
  RUNGS_AUTOSTART_FILE,
  RUNGS_AUTOSTART_PORTAL,
} RungsAutostartWay;

/* The way of this machine: the portal in a sandbox. */
RungsAutostartWay rungs_autostart_get_way (void);

/* Begins or ends it; `parent` (nullable) is the window over which the desktop may ask. */
void rungs_autostart_set_async (RungsAutostartWay    way,
                                gboolean             wanted,
                                GtkWindow           *parent,
                                GAsyncReadyCallback  callback,
                                gpointer             data);

/* FALSE where it could not be done, or the user or the desktop said no (G_IO_ERROR_CANCELLED or
 * G_IO_ERROR_PERMISSION_DENIED). */
gboolean rungs_autostart_set_finish (GAsyncResult  *result,
                                     GError       **error);

G_END_DECLS
