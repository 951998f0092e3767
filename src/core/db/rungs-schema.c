/* rungs-schema.c: the tables of the file of a business. */

#include "db/rungs-schema.h"

#include "rungs-schema-resources.h"

static const RungsSchema BUSINESS = {
  .application_id = 0x52554e47,
  .get_resource = rungs_schema_get_resource,
  .folder = "/app/rungs/Rungs/schema",
};

const RungsSchema *
rungs_schema_of_business (void)
{
  return &BUSINESS;
}
