/* rungs-form-row.h: rows of an inspector, each for one member of what defines a form, which is
 * shown and edited where it stands. `where` is as rungs_form_document_dup_path() has it. */

#pragma once

#include <adwaita.h>

#include "rungs-form-document.h"

G_BEGIN_DECLS

/* A line of text. */
GtkWidget *rungs_form_row_text (RungsFormDocument *document,
                                const char        *where,
                                const char        *title);

/* Several lines of text. */
GtkWidget *rungs_form_row_lines (RungsFormDocument *document,
                                 const char        *where,
                                 const char        *title);

/* Yes or no; `hint` (nullable) stands below the title, `fallback` is what it is where nothing is
 * said. */
GtkWidget *rungs_form_row_switch (RungsFormDocument *document,
                                  const char        *where,
                                  const char        *title,
                                  const char        *hint,
                                  gboolean           fallback);

/* A whole number; `fallback` is what it is where nothing is said. */
GtkWidget *rungs_form_row_number (RungsFormDocument *document,
                                  const char        *where,
                                  const char        *title,
                                  const char        *hint,
                                  int                least,
                                  int                most,
                                  int                fallback);

/* One of the texts of `values`, shown as the words at the same place; the first where there is
 * none. Both are NULL-terminated; the words are translated already. */
GtkWidget *rungs_form_row_choice (RungsFormDocument *document,
                                  const char        *where,
                                  const char        *title,
                                  const char *const *values,
                                  const char *const *words);

/* One of `picks` (element-type RungsPick), whose value is the number that is kept, or, where
 * `open`, a text, which can be another too; `none` is offered first, and leaves the member out. */
GtkWidget *rungs_form_row_pick (RungsFormDocument *document,
                                const char        *where,
                                const char        *title,
                                GPtrArray         *picks,
                                const char        *none,
                                gboolean           open);

/* A list of texts, each with a button that takes it out, and one that adds one of `picks`, or
 * another. */
GtkWidget *rungs_form_row_words (RungsFormDocument *document,
                                 const char        *where,
                                 const char        *title,
                                 const char        *add,
                                 GPtrArray         *picks);

/* A colour, "#rrggbb". */
GtkWidget *rungs_form_row_colour (RungsFormDocument *document,
                                  const char        *where,
                                  const char        *title,
                                  const char        *fallback);

/* What a choice of a field is called and does, to be opened for its rows. */
GtkWidget *rungs_form_row_choice_of (RungsFormDocument *document,
                                     const char        *key,
                                     const char        *value);

/* Shows what the definition says now. */
void rungs_form_row_update (GtkWidget *row);

/* Says beside the row what is wrong with it, or, unless it `blocks`, what should be thought of;
 * NULL: nothing is. */
void rungs_form_row_mark (GtkWidget  *row,
                          const char *fault,
                          gboolean    blocks);

/* Takes the keys. */
void rungs_form_row_edit (GtkWidget *row);

/* Of what the row is; NULL where it is another one. */
const char *rungs_form_row_get_where (GtkWidget *row);

G_END_DECLS
