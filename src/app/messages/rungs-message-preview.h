/* rungs-message-preview.h: a message as a lead reads it: at a desk, on a telephone, in the light,
 * in the dark, as text; with what is wrong with it. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-message-proof.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_MESSAGE_PREVIEW (rungs_message_preview_get_type ())

/* RungsMessagePreview::reader-changed: another lead was picked */
G_DECLARE_FINAL_TYPE (RungsMessagePreview, rungs_message_preview, RUNGS, MESSAGE_PREVIEW, GtkWidget)

/* Who can be picked (element-type RungsMessageReader); the first is, where there are some. */
void rungs_message_preview_set_readers (RungsMessagePreview *self,
                                        GPtrArray           *readers);

/* The id of the lead that reads; 0: an invented one. */
gint64 rungs_message_preview_get_reader (RungsMessagePreview *self);

void rungs_message_preview_show (RungsMessagePreview *self,
                                 RungsMessageProof   *proof);

/* Another list of what was found (element-type RungsFinding), of the same proof. */
void rungs_message_preview_show_findings (RungsMessagePreview *self,
                                          GPtrArray           *findings);

/* What went wrong with the proof. */
void rungs_message_preview_show_trouble (RungsMessagePreview *self,
                                         const char          *words);

/* Whether it is drawn as a mail program would, or is only text. */
gboolean rungs_message_preview_is_drawn (RungsMessagePreview *self);

G_END_DECLS
