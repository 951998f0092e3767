/* rungs-import-kind.h: what a new field holds that an import makes. */

#pragma once

#include "leads/rungs-field.h"
#include "leads/rungs-import-preview.h"

G_BEGIN_DECLS

/* What the values of a column are, as far as some of them tell: the narrowest kind that all of them
 * fit, and text where that is in doubt: a value that does not fit later has its row refused.
 * `currency` is that of the business. Empty values say nothing. */
RungsFieldKind rungs_import_kind_guess (const char *const *values,
                                        guint              n,
                                        const char        *currency);

/* The same for all columns of a file, whether or not they become fields. */
void rungs_import_kind_guess_all (RungsImportMapping *mapping,
                                  const GPtrArray    *rows,
                                  const char         *currency);

/* Says of each row that has none yet what its problem is, where a value does not fit the field that
 * its column goes to. `fields` (element-type RungsField) are those of the file. */
void rungs_import_kind_check (const RungsImportMapping *mapping,
                              GPtrArray                *rows,
                              const GPtrArray          *fields,
                              const char               *currency,
                              const RungsCountry       *country);

/* A field that is not in the file yet. `currency` is of money, `country` (nullable) of telephone
 * numbers without one. */
RungsField *rungs_import_kind_draft (const char         *key,
                                     const char         *label,
                                     RungsFieldKind      kind,
                                     const char         *currency,
                                     const RungsCountry *country);

/* Gives such a field, where it has choices, those that `text` names and that it has not yet.
 * FALSE: they would be too many for a list. */
gboolean rungs_import_kind_learn (RungsField *draft,
                                  const char *text);

G_END_DECLS
