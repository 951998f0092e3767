/* rungs-error.h: what can go wrong, as far as a caller must tell cases apart. Read this first in
 * base/.
 *
 * Messages of these errors say what failed, in plain English for a log; the window and the command
 * line make the user's words from the code and what they were doing. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RungsError:
 * @RUNGS_ERROR_FAILED: something failed that no caller handles in its own way
 * @RUNGS_ERROR_NOT_FOUND: what was named does not exist
 * @RUNGS_ERROR_INVALID: the input is refused; the message says what is wrong with it
 * @RUNGS_ERROR_CONFLICT: it contradicts what is stored (a name taken, a cycle)
 * @RUNGS_ERROR_BUSY: another program or thread holds it; trying again may help
 * @RUNGS_ERROR_TOO_NEW: the file was written by a newer Rungs
 * @RUNGS_ERROR_DAMAGED: the file cannot be read as what it should be
 * @RUNGS_ERROR_NETWORK: the other side could not be reached or broke off
 * @RUNGS_ERROR_AUTH: the other side, or the keyring, refused us
 * @RUNGS_ERROR_LOCKED: the keyring is locked, or does not answer: it may later
 */
typedef enum
{
  RUNGS_ERROR_FAILED,
  RUNGS_ERROR_NOT_FOUND,
  RUNGS_ERROR_INVALID,
  RUNGS_ERROR_CONFLICT,
  RUNGS_ERROR_BUSY,
  RUNGS_ERROR_TOO_NEW,
  RUNGS_ERROR_DAMAGED,
  RUNGS_ERROR_NETWORK,
  RUNGS_ERROR_AUTH,
  RUNGS_ERROR_LOCKED,
} RungsError;

#define RUNGS_ERROR (rungs_error_quark ())

GQuark rungs_error_quark (void);

/* Sets INVALID: `why` says what is wrong with the input. Returns: FALSE. */
gboolean rungs_error_refuse (GError    **error,
                             const char *why);

/* Whether it is no failure: somebody asked for it to end (G_IO_ERROR_CANCELLED). `error` may be
 * NULL. */
gboolean rungs_error_is_cancelled (const GError *error);

G_END_DECLS
