/* rungs-output.h: what goes to standard output.
 *
 * It is held back until the command has succeeded, or until it is long and the command writes
 * nothing: what was said to be done is done. A reader that went away (`rungsctl leads list |
 * head`) is no error: the rest is dropped. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RungsOutput RungsOutput;

RungsOutput *rungs_output_new (int fd);
void rungs_output_free (RungsOutput *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOutput, rungs_output_free)

/* Whether text may leave before rungs_output_flush(). At first it may not. */
void rungs_output_set_streaming (RungsOutput *self,
                                 gboolean     streaming);

void rungs_output_text (RungsOutput *self,
                        const char  *text);
void rungs_output_printf (RungsOutput *self,
                          const char  *format,
                          ...) G_GNUC_PRINTF (2, 3);

/* Whether nobody reads any more. */
gboolean rungs_output_is_closed (RungsOutput *self);

/* Writes what is held. Errors: those of writing, now or before; a reader that went away is none. */
gboolean rungs_output_flush (RungsOutput  *self,
                             GError      **error);

G_END_DECLS
