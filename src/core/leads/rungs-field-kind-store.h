/* rungs-field-kind-store.h: a field that is to hold something else than before.
 *
 * A kind changes only where nothing is lost: where every value that a lead has can be read as one
 * of the new kind. Text to long text always can; text to a number where all texts are numbers;
 * several to one where no lead has more than one. Otherwise nothing changes, and how many would not
 * fit is told, with one of them. What was text becomes choices of its own: each text that leads
 * have is one.
 *
 * Rules ask by the kind of a field: those that name it can be wrong afterwards, and say so. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-field.h"

G_BEGIN_DECLS

/* How the values of a field take to another kind. */
typedef struct
{
  gint64 values;  /* so many leads have one */
  gint64 misfits; /* so many of them cannot be read as the kind */
  char *example;  /* (owned) (nullable): one of those, as people read it */
  char *why;      /* (owned) (nullable): and why it does not fit */
} RungsFieldFit;

void rungs_field_fit_clear (RungsFieldFit *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsFieldFit, rungs_field_fit_clear)

/* `currency` of money: NULL: the business's. Changes nothing. Errors: INVALID: it would have too
 * many choices. */
gboolean rungs_field_check_kind (RungsDb         *db,
                                 gint64           field,
                                 RungsFieldKind   kind,
                                 const char      *currency,
                                 RungsFieldFit   *fit,
                                 GError         **error);

/* Errors: CONFLICT where a value does not fit; INVALID as above. */
gboolean rungs_field_change_kind (RungsDb         *db,
                                  gint64           field,
                                  RungsFieldKind   kind,
                                  const char      *currency,
                                  GError         **error);

G_END_DECLS
