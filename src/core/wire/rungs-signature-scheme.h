/* rungs-signature-scheme.h: the nine ways of signing: for rungs-signature.c only. */

#pragma once

#include "wire/rungs-signature.h"

G_BEGIN_DECLS

/* Which members of a rule are no texts. */
typedef enum
{
  RUNGS_SHAPE_TEXTS,
  RUNGS_SHAPE_STANDARD, /* "prefixes" */
  RUNGS_SHAPE_IN_BODY,  /* "fields" */
  RUNGS_SHAPE_RSA,      /* "signature", "certificate", "parts" or "named" */
  RUNGS_SHAPE_SHARED,   /* "where" */
} RungsSignatureShape;

typedef struct
{
  JsonObject *rule;
  const RungsRawDelivery *delivery;
  const char *const *secrets;
  const char *path;
  const char *certificate;
  JsonNode *body; /* (owned) (nullable) where a scheme has looked into it */
} RungsSignatureCheck;

typedef RungsSignatureVerdict (*RungsSchemeFunc) (RungsSignatureCheck *self);

typedef struct
{
  const char *name;
  RungsSignatureShape shape;
  RungsSchemeFunc check;
  const char *needs[4]; /* members of the rule that must be there */
} RungsSignatureScheme;

/* Returns: (nullable): NULL where there is none of that name. */
const RungsSignatureScheme *rungs_signature_scheme_find (const char *name);

/* What {"header": …} or {"path": …} names. Returns: (transfer full) (nullable). */
char *rungs_signature_dup_named (RungsSignatureCheck *self,
                                 JsonObject          *place);

G_END_DECLS
