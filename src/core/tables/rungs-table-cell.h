/* rungs-table-cell.h: values as CSV and as JSON.
 *
 * CSV is as RFC 4180 has it, UTF-8, lines that end in CR LF. It is made to be opened in a
 * spreadsheet, and what a stranger typed into a form must not be computed there: before one of =
 * + - @ TAB CR that begins a text, or follows a quote, separator or line end within it, stands
 * an apostrophe. So text in CSV is not always what is in the file; JSON always is. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A text as a cell; NULL is an empty one. */
void rungs_table_append_csv (GString    *line,
                              const char *text);

/* Takes the apostrophes away again: what rungs_table_append_csv() made of a text becomes that text,
 * in place. Only for files that Rungs wrote: elsewhere an apostrophe may be meant. */
void rungs_table_unguard (char *text);

/* A text as a JSON string (RFC 8259), byte for byte what it is; NULL is null. */
void rungs_table_append_json (GString    *line,
                               const char *text);

G_END_DECLS
