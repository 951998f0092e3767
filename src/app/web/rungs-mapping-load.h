/* rungs-mapping-load.h: what the window of a mapping reads and writes, for the threads of the
 * store. */

#pragma once

#include <gio/gio.h>

#include "web/rungs-web-rehearsal-store.h"

G_BEGIN_DECLS

/* What the window begins with. */
typedef struct
{
  gint64 id;                  /* (in) of the endpoint */
  gint64 delivery;            /* (in) of one that came to it; 0: the newest, else a sample */
  RungsWebEndpoint *endpoint; /* (owned) */
  RungsRawDelivery *raw;      /* (owned) */
  GPtrArray *fields;          /* (owned) (element-type RungsField) of the business's own */
} RungsMappingFacts;

RungsMappingFacts *rungs_mapping_facts_new (gint64 endpoint,
                                            gint64 delivery);
void rungs_mapping_facts_free (RungsMappingFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsMappingFacts, rungs_mapping_facts_free)

/* `data` is a RungsMappingFacts. Returns it, filled; lent. Errors: NOT_FOUND, nothing came yet, and
 * its provider has no sample. */
gpointer rungs_mapping_load (RungsDb       *db,
                             gpointer       data,
                             GCancellable  *cancellable,
                             GError       **error);

/* What would come of the delivery with that mapping: a copy, for a thread. */
typedef struct
{
  RungsWebEndpoint *endpoint; /* (owned) */
  RungsRawDelivery *raw;      /* (owned) */
  RungsProvider *provider;    /* (owned) (nullable) instead of the endpoint's */
} RungsMappingQuestion;

RungsMappingQuestion *rungs_mapping_question_new (const RungsWebEndpoint *endpoint,
                                                  const RungsRawDelivery *raw,
                                                  RungsProvider          *provider);
void rungs_mapping_question_free (RungsMappingQuestion *self);

/* `data` is such a question. Returns: (transfer full): a RungsWebRehearsal. In a write. */
gpointer rungs_mapping_ask (RungsDb       *db,
                            gpointer       data,
                            GCancellable  *cancellable,
                            GError       **error);

/* `data` is a question, of whose endpoint the mapping is stored. In a write. */
gpointer rungs_mapping_store (RungsDb       *db,
                              gpointer       data,
                              GCancellable  *cancellable,
                              GError       **error);

G_END_DECLS
