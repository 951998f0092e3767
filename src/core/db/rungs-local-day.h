/* rungs-local-day.h: the SQL function local_day(): on which day an instant was, in a time zone.
 *
 * SQLite knows no time zones. local_day (AT, ZONE) is the day of the calendar, "2026-11-22", on
 * which the instant AT (milliseconds UTC) fell in the zone of that name; NULL where AT is NULL.
 * Queries may use it; the schema does not, so that the file can be read without Rungs. */

#pragma once

#include <sqlite3.h>

/* Returns: SQLITE_OK, or why it cannot be had. */
int rungs_local_day_register (sqlite3 *handle);
