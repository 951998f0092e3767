/* rungs-import-date.h: dates as other programs export them. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RungsDateOrder:
 * @RUNGS_DATE_EITHER: not known: "/" means that the month comes first, as in the United States,
 *   "." and "-" the day
 */
typedef enum
{
  RUNGS_DATE_EITHER,
  RUNGS_DATE_DAY_FIRST,
  RUNGS_DATE_MONTH_FIRST,
} RungsDateOrder;

/* Reads "2024-03-12 09:14:05", "2024-03-12T09:14Z", "…+01:00", "12.03.2024", "03/12/2024 2:30 PM",
 * "12-03-2024 09:30", "Mar 12, 2024", "12. März 2024", "20240312", seconds or milliseconds since
 * 1970. What has no offset is local to `zone` (NULL: UTC). A number that cannot be a month is the
 * day, whatever `order` says. FALSE where it is none of these, or before 1970. */
gboolean rungs_import_date_parse (const char     *text,
                                  RungsDateOrder  order,
                                  GTimeZone      *zone,
                                  gint64         *instant);

/* Reads a day of any year: with the name of a month ("21 Nov 1964", "12. März 2024", "March 12,
 * 2024"), or of eight digits ("19641121"); years have four digits. What follows as time and offset
 * is left out. */
gboolean rungs_import_date_parse_day (const char  *text,
                                      int         *year,
                                      int         *month,
                                      int         *day);

/* What one date tells of the order in its column: EITHER where it does not tell. */
RungsDateOrder rungs_import_date_tell_order (const char *text);

G_END_DECLS
