/* rungs-provider-dialog.h: asks for something that a provider sent: pasted, or out of a file. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* With what is given rungs-provider-window.h goes on. */
void rungs_provider_dialog_open (RungsPage *page);

G_END_DECLS
