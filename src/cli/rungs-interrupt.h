/* rungs-interrupt.h: Ctrl+C as a wish to stop well. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* While it lives, SIGINT and SIGTERM cancel; a second one ends the program at once. To be made
 * before the program starts threads. */
typedef struct _RungsInterrupt RungsInterrupt;

RungsInterrupt *rungs_interrupt_new (void);
void rungs_interrupt_free (RungsInterrupt *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsInterrupt, rungs_interrupt_free)

/* Returns: (transfer none): what is cancelled. */
GCancellable *rungs_interrupt_get_cancellable (RungsInterrupt *self);

G_END_DECLS
