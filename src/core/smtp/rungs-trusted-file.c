/* rungs-trusted-file.c: certificates that are trusted instead of the system's. */

#include "smtp/rungs-trusted-file.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"

GTlsDatabase *
rungs_trusted_file_open (const char *path,
                         GError    **error)
{
  g_autofree char *absolute = NULL;
  GTlsDatabase *trusted;

  g_return_val_if_fail (path != NULL, NULL);

  absolute = g_canonicalize_filename (path, NULL);
  trusted = g_tls_file_database_new (absolute, NULL);
  if (trusted == NULL)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH,
                 _ ("the file of certificates “%s” cannot be read, or holds none"), path);
  return trusted;
}
