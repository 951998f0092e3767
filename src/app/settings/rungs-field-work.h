/* rungs-field-work.h: what the settings write about fields, and how it is taken back. */

#pragma once

#include "leads/rungs-field.h"
#include "rungs-page.h"

G_BEGIN_DECLS

/* A field as its form left it: what to store, and, once that is done, what it was before. */
typedef struct _RungsFieldEdit RungsFieldEdit;

RungsFieldEdit *rungs_field_edit_ref (RungsFieldEdit *self);
void rungs_field_edit_unref (RungsFieldEdit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsFieldEdit, rungs_field_edit_unref)

/* `field` (copied) is what it shall be; id 0: a new one. Choices without a key are new. */
RungsFieldEdit *rungs_field_edit_new (const RungsField *field);

/* A RungsStoreFunc with a RungsFieldEdit as data: stores it. Returns: its id (gint64 *). */
gpointer rungs_field_edit_store (RungsDb       *db,
                                 gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);

/* Says on the page that an edit was stored, and offers to take it back. Takes `edit`. */
void rungs_field_edit_offer_undo (RungsFieldEdit *edit,
                                  RungsPage      *page);

/* Each writes at once, says so on the page, and offers Undo. */
void rungs_field_work_move (RungsPage *page,
                            gint64     field,
                            guint      place);
void rungs_field_work_retire (RungsPage  *page,
                              gint64      field,
                              const char *label);
void rungs_field_work_bring_back (RungsPage  *page,
                                  gint64      field,
                                  const char *label);
void rungs_field_work_delete (RungsPage  *page,
                              gint64      field,
                              const char *label);

G_END_DECLS
