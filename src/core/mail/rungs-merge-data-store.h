/* rungs-merge-data-store.h: reads what messages say of a lead, in as few questions as can be.
 * Private to mail/rungs-merge-data.c. */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-liquid-value.h"

G_BEGIN_DECLS

/* The custom fields of a lead as a map by key: numbers as numbers, yes and no as true and false. */
gboolean rungs_merge_data_read_fields (RungsDb           *db,
                                       gint64             lead,
                                       RungsArena        *arena,
                                       RungsLiquidValue  *fields,
                                       GError           **error);

/* The names of its tags. */
gboolean rungs_merge_data_read_tags (RungsDb           *db,
                                     gint64             lead,
                                     RungsArena        *arena,
                                     RungsLiquidValue  *tags,
                                     GError           **error);

/* What it owns at `now`, in the order in which it came: maps of name, sku and since. */
gboolean rungs_merge_data_read_products (RungsDb           *db,
                                         gint64             lead,
                                         gint64             now,
                                         RungsArena        *arena,
                                         RungsLiquidValue  *products,
                                         GError           **error);

/* The text of the database for templates: copied, and made UTF-8 if it is not. */
RungsLiquidValue rungs_merge_data_take_text (RungsArena *arena,
                                             const char *text);

G_END_DECLS
