/* rungs-schema.h: which tables a file has, and by what it is known: the file of a business, or that
 * of another program of ours.
 *
 * The tables are numbered .sql files of a GResource, "001-business.sql", the migrations. A file's
 * user_version is the number of the last one it has had; its application_id says whose it is. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  guint32 application_id;
  GResource *(*get_resource) (void); /* a function, as the linker drops a resource of a static
                                      * library that nothing refers to */
  const char *folder;                /* of the resource, that holds nothing but migrations */
} RungsSchema;

/* The file of a business: "RUNG", data/schema. */
const RungsSchema *rungs_schema_of_business (void);

G_END_DECLS
