/* rungs-web-provider-draft.h: the file of a provider, made from something that it sent.
 *
 * Whoever makes it says which of the values of the delivery is what; how its signature is written
 * is read from the header that has it. */

#pragma once

#include "web/rungs-web-content.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;         /* (owned) what it calls itself */
  char *home;         /* (owned) "https://…" */
  char *scheme;       /* (owned) of rungs_signature_schemes(), or "path", "bearer", "basic": a
                       * secret that is shared, and where */
  char *join;         /* (owned) what stands between the time that is signed and the body */
  char *doing;        /* (owned) "form", "order", "unsubscribe", "bounce", "complaint" */
  GHashTable *places; /* (owned) (element-type utf8 utf8): what → its path: "signature" and "time"
                       * (headers), "id", "event", "at", "email", "first_name", …, "form",
                       * "number", "total", "currency", "sku", "product", "message" */
  gboolean is_minor;  /* sums are in cents */
  gboolean only_kind; /* only what has the same "event" */
} RungsWebProviderDraft;

RungsWebProviderDraft *rungs_web_provider_draft_new (void);
void rungs_web_provider_draft_free (RungsWebProviderDraft *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebProviderDraft, rungs_web_provider_draft_free)

/* `path` (nullable): it is nothing any more. */
void rungs_web_provider_draft_place (RungsWebProviderDraft *self,
                                     const char            *what,
                                     const char            *path);

/* Returns: (transfer full): its key, of the name. */
char *rungs_web_provider_draft_dup_key (const RungsWebProviderDraft *self);

/* The file. A sample is in it, of the shape of `raw`, in which persons are made up: nobody stands
 * in a file beside the business. Errors: INVALID, it lacks something. */
GBytes *rungs_web_provider_draft_to_bytes (const RungsWebProviderDraft  *self,
                                           const RungsRawDelivery       *raw,
                                           GError                      **error);

/* Writes the file into `folder`, which is made. Errors: as above; CONFLICT where there is a
 * provider of that key; those of writing. */
gboolean rungs_web_provider_draft_save (const RungsWebProviderDraft  *self,
                                        const RungsRawDelivery       *raw,
                                        const char                   *folder,
                                        GError                      **error);

G_END_DECLS
