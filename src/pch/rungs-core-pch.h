/* rungs-core-pch.h: the headers of libraries that nearly all of core, the command line and the
 * relay read; compiled once where meson is told -Db_pch=true, and otherwise not read at all. So a
 * source includes what it needs as if this file did not exist. */

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>
