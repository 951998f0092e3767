/* rungs-sender-lines.h: the connections of a sender, a thread each. Part of rungs-sender.c. */

#pragma once

#include <gio/gio.h>

#include "engine/rungs-sender-route.h"
#include "mail/rungs-outbox-store.h"

G_BEGIN_DECLS

typedef struct _RungsSenderLines RungsSenderLines;

/* Starts `n` threads. Each connects, and is free then; one that cannot connect is out for good. */
RungsSenderLines *rungs_sender_lines_new (RungsSenderRoute *route,
                                          RungsClock       *clock,
                                          guint             n);

/* Ends the threads, after what they have under way, and closes their connections. */
void rungs_sender_lines_free (RungsSenderLines *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSenderLines, rungs_sender_lines_free)

/* Gives a claim to a line that is free; there must be one. Consumes the claim. */
void rungs_sender_lines_give (RungsSenderLines *self,
                              RungsOutboxClaim *claim);

/* Waits until a line has a result or is free anew, for `milliseconds` at most, or until woken. Then
 * moves all results into `results` (element-type RungsOutboxResult). Of a line that could not
 * connect there is one with the id 0. Returns: how many lines were free at that moment, and so have
 * no result that is not among these. */
guint rungs_sender_lines_collect (RungsSenderLines *self,
                                  gint64            milliseconds,
                                  GArray           *results);

/* What the lines are doing. */
typedef struct
{
  guint free;
  guint connecting;
  guint busy;    /* have a claim, or a result of one that was not collected */
  guint results; /* not collected, of whatever kind */
} RungsSenderLinesCount;

RungsSenderLinesCount rungs_sender_lines_count (RungsSenderLines *self);

/* Ends a wait early. From any thread. */
void rungs_sender_lines_wake (RungsSenderLines *self);

/* Stops what is under way, where it can still be stopped. */
void rungs_sender_lines_abort (RungsSenderLines *self);

/* Why a line cannot work (its file cannot be read); NULL: all is well. */
const GError *rungs_sender_lines_get_error (RungsSenderLines *self);

G_END_DECLS
