/* rungs-listing.h: a list: a table for people, a JSON array for machines.
 *
 * It may be long: rows leave as they come. How wide the columns of the table are is decided by
 * its first rows; a later cell that is wider pushes its line. */

#pragma once

#include "rungs-column.h"

G_BEGIN_DECLS

typedef struct _RungsListing RungsListing;

/* `columns` are what people see; --json prints all keys of each row. */
RungsListing *rungs_listing_new (RungsInvocation   *call,
                                 const RungsColumn *columns);
void rungs_listing_free (RungsListing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsListing, rungs_listing_free)

/* Takes the row. */
void rungs_listing_add (RungsListing *self,
                        JsonObject   *row);

/* The end of the list. `none` is what people read where there was no row. */
void rungs_listing_end (RungsListing *self,
                        const char   *none);

/* A table of rows (element-type JsonObject) inside something else, each line after `indent`
 * spaces. */
void rungs_listing_put_table (RungsInvocation   *call,
                              const RungsColumn *columns,
                              JsonArray         *rows,
                              guint              indent);

G_END_DECLS
