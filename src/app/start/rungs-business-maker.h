/* rungs-business-maker.h: makes the file of a new business without keeping the window waiting. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the new business is. */
typedef struct
{
  const char *path;     /* (nullable): NULL: in the user's data folder, named after the business */
  const char *name;     /* NULL: the demo business */
  const char *address;  /* (nullable) */
  const char *currency;
  const char *zone;
} RungsBusinessPlan;

/* The program stays until the file is made, though its last window be closed. */
void rungs_business_make_async (const RungsBusinessPlan *plan,
                                GAsyncReadyCallback      callback,
                                gpointer                 data);

/* Returns: (transfer full): the path of the file. */
char *rungs_business_make_finish (GAsyncResult  *result,
                                  GError       **error);

G_END_DECLS
