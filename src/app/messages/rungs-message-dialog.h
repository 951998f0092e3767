/* rungs-message-dialog.h: writes or edits a message, checks it while it is written,
 * and shows how a lead reads it. */

#pragma once

#include <adwaita.h>

#include "db/rungs-store.h"
#include "mail/rungs-message-store.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_MESSAGE_DIALOG (rungs_message_dialog_get_type ())

/**
 * RungsMessageDialog::saved: the message was stored; the dialog closes.
 * @id: of the message
 */
G_DECLARE_FINAL_TYPE (RungsMessageDialog, rungs_message_dialog, RUNGS, MESSAGE_DIALOG, AdwWindow)

/* `message` is copied; NULL: a new one. */
RungsMessageDialog *rungs_message_dialog_new (GtkWindow          *parent,
                                              RungsStore         *store,
                                              const RungsMessage *message);

G_END_DECLS
