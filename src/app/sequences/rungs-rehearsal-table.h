/* rungs-rehearsal-table.h: a table of texts, of which rows can be selected and searched. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const char *title;
  gboolean right;  /* set to the right: a number */
  gboolean expand; /* it takes the width that is left */
} RungsRehearsalColumn;

#define RUNGS_TYPE_REHEARSAL_TABLE (rungs_rehearsal_table_get_type ())

/**
 * RungsRehearsalTable::selected: another row is selected.
 * @key: what it was added with; 0: none is
 */
G_DECLARE_FINAL_TYPE (RungsRehearsalTable, rungs_rehearsal_table, RUNGS, REHEARSAL_TABLE, GtkWidget)

/* `label` is what a screen reader calls it. `columns` must live as long as the table. */
void rungs_rehearsal_table_set_up (RungsRehearsalTable        *self,
                                   const char                 *label,
                                   const RungsRehearsalColumn *columns,
                                   guint                       n_columns);

/* Fills it anew between begin and end: a row takes its texts, one for each column. Then the first
 * row is selected. */
void rungs_rehearsal_table_begin (RungsRehearsalTable *self);
void rungs_rehearsal_table_add (RungsRehearsalTable *self,
                                gint64               key,
                                GStrv                texts);
void rungs_rehearsal_table_end (RungsRehearsalTable *self);

/* Only rows of which a text holds the words are shown. */
void rungs_rehearsal_table_search (RungsRehearsalTable *self,
                                   const char          *words);

gint64 rungs_rehearsal_table_get_selected (RungsRehearsalTable *self);

/* Selects the row of that key, if it is shown. */
void rungs_rehearsal_table_select (RungsRehearsalTable *self,
                                   gint64               key);

G_END_DECLS
