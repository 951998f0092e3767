/* rungs-import-start.h: begins imports for the page of leads.
 * Nothing happens where the page has no store.
 *
 * The leads of an import that the user wants to see are shown by the page's target "import:ID". */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

typedef void (*RungsImportFileFunc) (RungsPage  *page,
                                     const char *path);

/* Asks for a file, in a window of that title, and calls `import` with it. `patterns` are those of
 * `files`. */
void rungs_import_choose_for (RungsPage           *page,
                              const char          *title,
                              const char          *files,
                              const char          *patterns,
                              RungsImportFileFunc  import);

/* Asks for a file of leads, and imports it. */
void rungs_import_choose (RungsPage *page);

void rungs_import_file (RungsPage  *page,
                        const char *path);

/* Imports the rows that are in the clipboard. */
void rungs_import_paste (RungsPage *page);

/* The imports there were. */
void rungs_import_list (RungsPage *page);

G_END_DECLS
