/* rungs-web-lines.h: the lines of an order that a delivery tells of: for rungs-web-deed.c, whose
 * words they are. */

#pragma once

#include "web/rungs-web-deed.h"

G_BEGIN_DECLS

/* A deed as it is read. All is lent. */
typedef struct
{
  RungsWebReader *reader;
  JsonObject *rule;
  RungsWebDeed *deed;
  gboolean is_decimal; /* amounts are "49.00", not 4900 */
} RungsWebReading;

/* The amount that a member of `rule` says, without its sign; -1 where it says none. Errors:
 * INVALID. */
gboolean rungs_web_amount_read (const RungsWebReading  *reading,
                                JsonObject             *rule,
                                const char             *member,
                                gint64                 *amount,
                                GError                **error);

/* Fills in the deed's lines. Its currency and total are read. Errors: INVALID. */
gboolean rungs_web_lines_read (const RungsWebReading  *reading,
                               GError                **error);

void rungs_web_line_free (RungsWebLine *self);

G_END_DECLS
