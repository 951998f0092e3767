/* rungs-lead-edit.h: a lead as its form reads and leaves it. */

#pragma once

#include "db/rungs-store.h"
#include "leads/rungs-lead.h"

G_BEGIN_DECLS

typedef struct
{
  RungsLead *lead;    /* (owned): id 0: a new one */
  GPtrArray *fields;  /* (owned) (element-type RungsField): the business's own */
  GHashTable *values; /* (owned) (element-type utf8 utf8): by the key of the field */
} RungsLeadEdit;

/* Counted from any thread: a form may close while what it left is being stored. */
RungsLeadEdit *rungs_lead_edit_ref (RungsLeadEdit *self);
void rungs_lead_edit_unref (RungsLeadEdit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadEdit, rungs_lead_edit_unref)

/* RungsStoreFuncs: reads it, by id (gint64 *; 0: an empty one), and stores it (RungsLeadEdit);
 * that returns the id (gint64 *). */
gpointer rungs_lead_edit_load (RungsDb       *db,
                               gpointer       data,
                               GCancellable  *cancellable,
                               GError       **error);
gpointer rungs_lead_edit_save (RungsDb       *db,
                               gpointer       data,
                               GCancellable  *cancellable,
                               GError       **error);

G_END_DECLS
