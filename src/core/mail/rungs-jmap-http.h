/* rungs-jmap-http.h: asks an HTTP server, and says how far that got. Part of rungs-jmap.c. */

#pragma once

#include "mail/rungs-jmap-settings.h"

G_BEGIN_DECLS

typedef struct _RungsJmapHttp RungsJmapHttp;

typedef struct
{
  const char *method; /* "GET", "POST" */
  GUri *uri;
  const char *type;  /* (nullable): of the body */
  GBytes *body;      /* (nullable) */
  gsize limit;       /* bytes of the answer that are read … */
  gboolean cut;      /* … and the rest is left out; else a longer one is an error */
  guint timeout;     /* seconds without progress; 0: that of the settings */
  guint grace;       /* seconds for which the answer to a body that is out is waited for after a
                      * cancellation */
} RungsJmapAsk;

typedef struct
{
  guint status;     /* 0: none came */
  char *location;   /* (owned) (nullable) */
  GBytes *body;     /* (owned) (nullable) */
  gboolean went_out; /* the whole request may have reached the server */
} RungsJmapReply;

void rungs_jmap_reply_clear (RungsJmapReply *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsJmapReply, rungs_jmap_reply_clear)

/* Belongs to one thread at a time. */
RungsJmapHttp *rungs_jmap_http_new (const RungsJmapSettings *settings);
void rungs_jmap_http_free (RungsJmapHttp *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsJmapHttp, rungs_jmap_http_free)

/* Asks, with what is secret; blocks. No redirection is followed. FALSE where no whole answer came:
 * NETWORK, AUTH (a certificate that nobody vouches for), INVALID (an answer that is too long), and
 * G_IO_ERROR_CANCELLED; `reply` then still says how far it got. */
gboolean rungs_jmap_http_ask (RungsJmapHttp       *self,
                              const RungsJmapAsk  *ask,
                              GCancellable        *cancellable,
                              RungsJmapReply      *reply,
                              GError             **error);

G_END_DECLS
