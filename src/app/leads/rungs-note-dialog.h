/* rungs-note-dialog.h: the form of a note, a call or a meeting. */

#pragma once

#include "db/rungs-store.h"
#include "leads/rungs-note.h"
#include "rungs-page.h"

G_BEGIN_DECLS

/* Opens it over `page`; what is stored or deleted can be undone there. `note` is copied; with id 0
 * it is a new one, of its lead and kind. */
void rungs_note_dialog_open (RungsPage       *page,
                             const RungsNote *note);

G_END_DECLS
