/* rungs-hit-store.h: which leads an event happened to, for the files of this folder.
 *
 * Hits are rows of a temporary table of the connection, so that a million of them meet the
 * sequences in a few statements. A stretch of the timeline is the events after `after`, up to
 * `newest`. */

#pragma once

#include "db/rungs-db.h"
#include "sequences/rungs-graph.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 after;
  gint64 newest;
} RungsStretch;

/* What is after the cursor "sequences"; `after` = `newest` where nothing is. */
gboolean rungs_stretch_load (RungsDb       *db,
                             RungsStretch  *stretch,
                             GError       **error);

/* What was added since; as rungs_stretch_load(). */
gboolean rungs_stretch_go_on (RungsDb       *db,
                              RungsStretch  *stretch,
                              GError       **error);

/* Returns: (transfer full) (element-type utf8): the kinds of the events in it, a set. */
GHashTable *rungs_stretch_kinds (RungsDb             *db,
                                 const RungsStretch  *stretch,
                                 GError             **error);

/* The versions of started sequences whose graphs hold the word, each added to `listeners`
 * (element-type RungsListener) once. */
gboolean rungs_listeners_collect (RungsDb     *db,
                                  const char  *word,
                                  GPtrArray   *listeners,
                                  GError     **error);

/* A version that waits for something. */
typedef struct
{
  gint64 sequence;
  gint64 version;
  gboolean current;  /* the one that leads enter by */
  RungsGraph *graph; /* (owned) */
} RungsListener;

void rungs_listener_free (RungsListener *self);

/* Fills the table of hits anew: with the leads to whom it happened in the stretch. `hits` counts
 * them. */
gboolean rungs_hits_find (RungsDb                *db,
                          const RungsStretch     *stretch,
                          const RungsGraphEvent  *event,
                          gint64                 *hits,
                          GError                **error);

/* Lets those of the hits who wait at the step go on now. */
gboolean rungs_hits_wake (RungsDb              *db,
                          const RungsListener  *listener,
                          const char           *step,
                          gint64                now,
                          GError              **error);

/* Lets those walk now who wait at the step for a date of theirs that may have changed in the
 * stretch, so that it is looked at again. Who is due walks anyhow. */
gboolean rungs_dates_look_again (RungsDb              *db,
                                 const RungsStretch   *stretch,
                                 const RungsListener  *listener,
                                 const char           *step,
                                 gint64                now,
                                 GError              **error);

/* An enrolment that an event concerns. */
typedef struct
{
  gint64 enrolment;
  gint64 lead;
  gint64 version;
  gint64 event;
  gboolean suppressed; /* it says that the address gets nothing more */
} RungsConcerned;

/* Each returns: (transfer full) (element-type RungsConcerned): of the hits, those who walk that
 * version, and entered before the event … */
GArray *rungs_concerned_by_hits (RungsDb              *db,
                                 const RungsListener  *listener,
                                 gint64                newest_enrolment,
                                 GError              **error);

/* … who walk that version, and about whom there is an event that rules can ask about … */
GArray *rungs_concerned_by_facts (RungsDb              *db,
                                  const RungsStretch   *stretch,
                                  const RungsListener  *listener,
                                  GError              **error);

/* … who ordered, and own what their sequence sells … */
GArray *rungs_concerned_by_orders (RungsDb             *db,
                                   const RungsStretch  *stretch,
                                   gint64               now,
                                   GError             **error);

/* … who walked that version before the stretch, and replied to a message of the walk … */
GArray *rungs_concerned_by_replies (RungsDb              *db,
                                    const RungsStretch   *stretch,
                                    const RungsListener  *listener,
                                    gint64                newest_enrolment,
                                    GError              **error);

/* … who said "no more", or whose address is suppressed. */
GArray *rungs_concerned_by_refusals (RungsDb             *db,
                                     const RungsStretch  *stretch,
                                     GError             **error);

/* The id of the newest enrolment; 0: there is none. */
gboolean rungs_enrolment_newest (RungsDb  *db,
                                 gint64   *newest,
                                 GError  **error);

G_END_DECLS
