/* rungs-value-row.h: a short value at the right of its title, with room for what it means. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_VALUE_ROW (rungs_value_row_get_type ())

/* RungsValueRow::agreed: Enter was pressed in it
 * RungsValueRow::changed: something else is written in it */
G_DECLARE_FINAL_TYPE (RungsValueRow, rungs_value_row, RUNGS, VALUE_ROW, AdwActionRow)

/* `hint` (nullable) stands below the title, `example` (nullable) in the entry while it is empty,
 * and `unit` (nullable) behind it. */
RungsValueRow *rungs_value_row_new (const char *title,
                                    const char *hint,
                                    const char *example,
                                    const char *unit);

/* The value is a day, to be picked from a calendar too; `rest` (nullable): see
 * rungs_day_button_new(). */
void rungs_value_row_add_calendar (RungsValueRow *self,
                                   const char    *rest);

void rungs_value_row_set_text (RungsValueRow *self,
                               const char    *text);

/* Without the space around it. */
char *rungs_value_row_dup_text (RungsValueRow *self);

/* How many characters the entry has room for; 7 unless said. */
void rungs_value_row_set_width (RungsValueRow *self,
                                int            chars);

/* Says in the place of the hint what is wrong with it; NULL: nothing is. */
void rungs_value_row_mark (RungsValueRow *self,
                           const char    *fault);

G_END_DECLS
