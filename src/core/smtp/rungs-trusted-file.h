/* rungs-trusted-file.h: certificates that are trusted instead of the system's. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* `path` may be relative. Errors: AUTH where it cannot be read, or holds no certificates. */
GTlsDatabase *rungs_trusted_file_open (const char  *path,
                                       GError     **error);

G_END_DECLS
