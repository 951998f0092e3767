/* rungs-error.c: the error domain. */

#include "base/rungs-error.h"

G_DEFINE_QUARK (rungs-error-quark, rungs_error)
