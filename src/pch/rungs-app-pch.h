/* rungs-app-pch.h: what rungs-core-pch.h is for core, for the window. */

#include <adwaita.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>
