/* rungs-web-content.h: what was sent, made readable: as a table of its values, and as text. */

#pragma once

#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_WEB_CONTENT_EMPTY,
  RUNGS_WEB_CONTENT_JSON,
  RUNGS_WEB_CONTENT_FORM,
  RUNGS_WEB_CONTENT_TEXT,
  RUNGS_WEB_CONTENT_BINARY,
} RungsWebContentKind;

/* One value. */
typedef struct
{
  char *path;  /* (owned) as a provider's file says it: "data.items[0].sku" */
  char *value; /* (owned) */
} RungsWebLeaf;

typedef struct
{
  RungsWebContentKind kind;
  GPtrArray *leaves; /* (owned) (element-type RungsWebLeaf) of JSON and of forms, in their order */
  char *text;        /* (owned) JSON with its lines indented, else as it came; bytes that are no
                      * text as a table of them, 16 a line */
  gboolean is_whole; /* whether `text` and `leaves` are all there is */
} RungsWebContent;

/* Never fails: what cannot be read is bytes. */
RungsWebContent *rungs_web_content_new (const RungsRawDelivery *raw);
void rungs_web_content_free (RungsWebContent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebContent, rungs_web_content_free)

/* The path of a member of what stands at `before`; "" is the whole. A name that holds what parts
 * names is written in quotes. */
char *rungs_web_content_dup_path (const char *before,
                                  const char *name);

G_END_DECLS
