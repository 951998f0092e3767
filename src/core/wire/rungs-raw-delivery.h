/* rungs-raw-delivery.h: one request of a form, a shop or a mail provider, as it came in.
 *
 * It is kept before anything is done with it, so that what is not understood can be read again. The
 * one that was received by a relay goes to the desktop in this form, and rungsctl takes it from a
 * file; several may follow each other:
 *
 *   rungs-delivery 1
 *   received-at: 1767168000000              milliseconds since 1970, UTC
 *   address: 203.0.113.7                    of whom it came from; may be empty
 *   request: POST /in/stripe-x7…?a=b        method and path, with what follows "?"
 *   header: Content-Type: application/json  each header, in the order in which they came
 *   header: Stripe-Signature: t=…,v1=…
 *   body: 1234                              how many bytes
 *                                           an empty line, then so many bytes, then "\n"
 *
 * Lines end with "\n". The five that stand alone stand in this order. A line that a later release
 * adds before "body" has another word before ":" and is passed over. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RUNGS_RAW_BODY_MOST (10 * 1024 * 1024)
#define RUNGS_RAW_HEADERS_MOST 200
#define RUNGS_RAW_LINE_MOST (32 * 1024)

typedef struct
{
  char *name;  /* (owned) as it was written */
  char *value; /* (owned) UTF-8, without the space around it */
} RungsRawHeader;

typedef struct
{
  char *method;       /* (owned) "POST" */
  char *path;         /* (owned) with "?" and what follows it */
  GPtrArray *headers; /* (owned) (element-type RungsRawHeader) */
  GBytes *body;       /* (owned) */
  char *address;      /* (owned) "" where it is not known */
  gint64 received_at; /* milliseconds */
} RungsRawDelivery;

/* Without headers and body. */
RungsRawDelivery *rungs_raw_delivery_new (const char *method,
                                          const char *path,
                                          const char *address,
                                          gint64      received_at);
void rungs_raw_delivery_free (RungsRawDelivery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRawDelivery, rungs_raw_delivery_free)

/* Adds a header. Bytes that are no UTF-8 are read as ISO 8859-1. FALSE where it is none: no name, a
 * line end in it, too long, or one too many. */
gboolean rungs_raw_delivery_add_header (RungsRawDelivery *self,
                                        const char       *name,
                                        const char       *value);

void rungs_raw_delivery_set_body (RungsRawDelivery *self,
                                  GBytes           *body);

/* Returns: (transfer none) (nullable): the first header of that name, in any case. */
const char *rungs_raw_delivery_get_header (const RungsRawDelivery *self,
                                           const char             *name);

/* Returns: (transfer full): the path without "?" and what follows it. */
char *rungs_raw_delivery_dup_path (const RungsRawDelivery *self);

/* Returns: (transfer full) (nullable): what follows "NAME=" behind the "?", decoded. */
char *rungs_raw_delivery_dup_query (const RungsRawDelivery *self,
                                    const char             *name);

/* Returns: (transfer full): the headers as "Name: value\n" each. */
char *rungs_raw_delivery_dup_headers (const RungsRawDelivery *self);

/* Adds headers that are written so. FALSE where one is none. */
gboolean rungs_raw_delivery_add_headers (RungsRawDelivery *self,
                                         const char       *lines);

/* As it is told above. */
GBytes *rungs_raw_delivery_to_bytes (const RungsRawDelivery *self);

/* Reads the first one of `bytes`; `used` (out) is how many bytes it takes up. Errors: INVALID, it
 * is none, or exceeds what is allowed. */
RungsRawDelivery *rungs_raw_delivery_from_bytes (const char  *bytes,
                                                 gsize        length,
                                                 gsize       *used,
                                                 GError     **error);

G_END_DECLS
