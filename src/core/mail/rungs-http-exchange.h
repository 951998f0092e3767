/* rungs-http-exchange.h: one question and one answer over HTTP, with a limit to everything.
 *
 * Certificates are checked; no redirect is followed, no cookie kept, and no challenge answered:
 * what was to be said to one host is never said to another. Without TLS only this machine itself is
 * spoken to. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One connection; of one thread. */
typedef struct _RungsHttpLine RungsHttpLine;

/* `ca_file` (nullable): trusted instead of the system's certificates. */
RungsHttpLine *rungs_http_line_new (const char *ca_file);
void rungs_http_line_free (RungsHttpLine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsHttpLine, rungs_http_line_free)

/* For tests: how long an answer is waited for, in seconds, instead of RUNGS_HTTP_PATIENCE. */
void rungs_http_line_set_patience (RungsHttpLine *self,
                                   guint          seconds);

#define RUNGS_HTTP_PATIENCE 90

typedef struct
{
  char *method;       /* (owned) */
  char *address;      /* (owned): "https://…" */
  GPtrArray *headers; /* (owned) (element-type utf8): name and value in turn */
  GBytes *body;       /* (owned) (nullable) */
  gsize most;         /* bytes of the answer that are read … */
  gboolean may_be_cut; /* … and the rest is left out; else there is no body */
  guint patience;     /* seconds for the whole; 0: as the line has it */
  guint grace;        /* seconds for which the answer to a question that is out is waited for after
                       * a cancellation */
} RungsHttpQuestion;

RungsHttpQuestion *rungs_http_question_new (const char *method);
void rungs_http_question_add_header (RungsHttpQuestion *self,
                                     const char        *name,
                                     const char        *value);
void rungs_http_question_free (RungsHttpQuestion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsHttpQuestion, rungs_http_question_free)

typedef struct
{
  guint status;        /* 0: there was none */
  GHashTable *headers; /* (owned): name in small letters → value */
  GBytes *body;        /* (owned) (nullable): NULL: it was cut off, or larger than `most` … */
  gboolean too_large;  /* … which this tells */
  gboolean was_sent;   /* the whole question was on its way: it may have been understood */
} RungsHttpAnswer;

void rungs_http_answer_clear (RungsHttpAnswer *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsHttpAnswer, rungs_http_answer_clear)

/* Lent; NULL where there is no such header. */
const char *rungs_http_answer_get_header (const RungsHttpAnswer *self,
                                          const char            *name);

/* How long one is asked to wait (Retry-After, RFC 9110 10.2.3), in milliseconds; 0: not told.
 * At most a day. `now` in milliseconds. */
gint64 rungs_http_answer_get_wait (const RungsHttpAnswer *self,
                                   gint64                 now);

/* Asks, and blocks until there is an answer. `answer` (out): tells in every case how far it came; a
 * status of any kind is an answer, and no error. Errors: INVALID (an address that may not be
 * asked), NETWORK, AUTH (the certificate is not to be trusted), G_IO_ERROR_TIMED_OUT,
 * G_IO_ERROR_CANCELLED. */
gboolean rungs_http_line_ask (RungsHttpLine            *self,
                              const RungsHttpQuestion  *question,
                              GCancellable             *cancellable,
                              RungsHttpAnswer          *answer,
                              GError                  **error);

/* Makes the connection beforehand, where there is none. Errors: as above. */
gboolean rungs_http_line_connect (RungsHttpLine *self,
                                  const char    *address,
                                  GCancellable  *cancellable,
                                  GError       **error);

/* Closes the connection; the next question opens another. */
void rungs_http_line_close (RungsHttpLine *self);

/* How many connections it has opened so far. */
guint rungs_http_line_get_connections (RungsHttpLine *self);

G_END_DECLS
