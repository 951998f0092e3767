/* rungs-rate.h: rates in basis points (ten-thousandths) as people write them: 12.5 %. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RUNGS_RATE_WHOLE 10000 /* 100 % */

/* Reads "12.5 %", "12,5", "0.25%". More than two digits after the point are refused, not rounded,
 * and so is what does not lie between 0 % and 100 %. Errors: INVALID. */
gboolean rungs_rate_parse (const char  *text,
                           gint64      *basis_points,
                           GError     **error);

/* "12.5 %", with as many digits as it needs: the form that rungs_rate_parse() reads. */
char *rungs_rate_format (gint64 basis_points);

G_END_DECLS
