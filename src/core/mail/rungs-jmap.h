/* rungs-jmap.h: talks to a JMAP server (RFC 8620): session, method calls, uploads and downloads.
 *
 * Every call blocks, for at most the time-out without progress; for worker threads and the command
 * line. One belongs to one thread at a time. Errors: NETWORK (it cannot be reached, breaks off, or
 * is out of order), BUSY (it says: later), AUTH (it does not let us in, or nobody vouches for it),
 * INVALID (it is no JMAP server, or asks for what it may not), FAILED (it refuses, in its words),
 * and G_IO_ERROR_CANCELLED. */

#pragma once

#include "mail/rungs-jmap-json.h"
#include "mail/rungs-jmap-settings.h"

G_BEGIN_DECLS

/* What accounts can do (RFC 8621, 1.3). */
#define RUNGS_JMAP_CORE "urn:ietf:params:jmap:core"
#define RUNGS_JMAP_MAIL "urn:ietf:params:jmap:mail"
#define RUNGS_JMAP_SUBMISSION "urn:ietf:params:jmap:submission"

typedef struct _RungsJmap RungsJmap;

/* What the server puts up with (RFC 8620, 2); its own figures, or ours where it gives none. */
typedef struct
{
  gint64 upload;  /* bytes of a blob */
  gint64 request; /* bytes of a request */
  gint64 calls;   /* in a request */
  gint64 get;     /* objects in one …/get */
} RungsJmapLimits;

RungsJmap *rungs_jmap_new (const RungsJmapSettings *settings);
void rungs_jmap_free (RungsJmap *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsJmap, rungs_jmap_free)

/* Asks for the session, unless it is known and has not changed. What follows needs it. */
gboolean rungs_jmap_open (RungsJmap     *self,
                          GCancellable  *cancellable,
                          GError       **error);

/* How many seconds without progress are put up with from now on; 0: those of the settings. */
void rungs_jmap_set_timeout (RungsJmap *self,
                             guint      seconds);

/* Forgets the session and the connection. */
void rungs_jmap_close (RungsJmap *self);

/* Of the last answer of the server; 0: none came. */
guint rungs_jmap_get_status (RungsJmap *self);

const RungsJmapLimits *rungs_jmap_get_limits (RungsJmap *self);

/* Returns: (nullable): the user's own account that has the capability; NULL: none has. */
const char *rungs_jmap_get_account (RungsJmap  *self,
                                    const char *capability);

/* ---- method calls (RFC 8620, 3) */

typedef struct _RungsJmapRequest RungsJmapRequest;

RungsJmapRequest *rungs_jmap_request_new (void);
void rungs_jmap_request_free (RungsJmapRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsJmapRequest, rungs_jmap_request_free)

/* Adds a call; `id` names it, once in a request; the arguments are taken. */
void rungs_jmap_request_add (RungsJmapRequest *self,
                             const char       *method,
                             JsonObject       *arguments,
                             const char       *id);

/* The argument `name` of a call is what `path` finds in the answer to the earlier call `id` of
 * `method` (RFC 8620, 3.7). */
void rungs_jmap_refer (JsonObject *arguments,
                       const char *name,
                       const char *id,
                       const char *method,
                       const char *path);

typedef struct _RungsJmapAnswer RungsJmapAnswer;

void rungs_jmap_answer_free (RungsJmapAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsJmapAnswer, rungs_jmap_answer_free)

/* `grace`: seconds for which the answer to a request that is out is waited for although the caller
 * has cancelled. `unclear` (out) (nullable): on error, whether the server may have done what it was
 * asked for all the same. */
RungsJmapAnswer *rungs_jmap_call (RungsJmap               *self,
                                  const RungsJmapRequest  *request,
                                  guint                    grace,
                                  gboolean                *unclear,
                                  GCancellable            *cancellable,
                                  GError                 **error);

/* Returns: (nullable): what `method` answered to the call `id`, lent; NULL where it was refused:
 * BUSY or FAILED, or the answer is missing: INVALID. */
JsonObject *rungs_jmap_answer_get (const RungsJmapAnswer  *self,
                                   const char             *id,
                                   const char             *method,
                                   GError                **error);

/* Returns: (nullable): the type of error with which the call was refused (RFC 8620, 3.6.2). */
const char *rungs_jmap_answer_get_refusal (const RungsJmapAnswer *self,
                                           const char            *id);

/* ---- bytes (RFC 8620, 6) */

/* Returns: (transfer full): the name of the blob. */
char *rungs_jmap_upload (RungsJmap     *self,
                         const char    *account,
                         const char    *type,
                         GBytes        *bytes,
                         GCancellable  *cancellable,
                         GError       **error);

/* Returns: (transfer full): the first `limit` bytes. NOT_FOUND: it is not there any more. */
GBytes *rungs_jmap_download (RungsJmap     *self,
                             const char    *account,
                             const char    *blob,
                             gsize          limit,
                             GCancellable  *cancellable,
                             GError       **error);

G_END_DECLS
