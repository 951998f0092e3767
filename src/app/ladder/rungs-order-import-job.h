/* rungs-order-import-job.h: an import of orders on a thread and a connection of its own. */

#pragma once

#include "db/rungs-store.h"
#include "import/rungs-imports-kind.h"
#include "ladder/rungs-order-import.h"
#include "widgets/rungs-progress.h"

G_BEGIN_DECLS

/* What to import, and how, as the window gathers it. */
typedef struct
{
  char *path;          /* (owned) */
  GHashTable *choices; /* (owned) name in the shop -> SKU, "new", "monthly", "yearly" or "skip" */
  char *shop;          /* (owned) (nullable): nobody said yet */
  char *source;        /* (owned) (nullable): "KIND:NAME" */
  char *consent;       /* (owned) (nullable): the words that they agreed to */
  gboolean no_consent; /* what the file says of it is left alone */
  char *rejects;       /* (owned) (nullable): where refused rows are written to */
  RungsOrderTaxIn tax;
  gboolean starts;     /* sequences begin with these orders */
  gboolean dry_run;
} RungsOrderPlan;

RungsOrderPlan *rungs_order_plan_new (const char *path);
void rungs_order_plan_free (RungsOrderPlan *self);

/* What came of it, and between what can be chosen. */
typedef struct
{
  RungsOrderImportResult result;
  GPtrArray *products; /* (owned) (element-type RungsProduct) that are sold */
  GPtrArray *sources;  /* (owned) (element-type RungsSource) */
} RungsOrderLook;

void rungs_order_look_free (RungsOrderLook *self);

/* Imports into the file of `store`, which is told of the change, or only looks. `progress` is set
 * meanwhile. Cancelling leaves nothing half done. */
void rungs_order_import_job_async (RungsStore            *store,
                                   const RungsOrderPlan  *plan,
                                   RungsProgress         *progress,
                                   GCancellable          *cancellable,
                                   GAsyncReadyCallback    callback,
                                   gpointer               data);

/* Returns: (transfer full): NULL on error. */
RungsOrderLook *rungs_order_import_job_finish (GAsyncResult  *result,
                                               GError       **error);

/* How imports of orders are listed and taken back. */
const RungsImportsKind *rungs_order_import_job_get_kind (void);

G_END_DECLS
