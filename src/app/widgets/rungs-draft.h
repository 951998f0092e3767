/* rungs-draft.h: a text that is being written: what is wrong with it, and all that was done to it.
 * It is in the file at once, as the draft of the thing whose id it has. */

#pragma once

#include "db/rungs-store.h"
#include "widgets/rungs-history.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_DRAFT (rungs_draft_get_type ())

/**
 * RungsDraft::changed: the text, or what is known of it, is another now
 *
 * RungsDraft::failed: (GError *error, gboolean saving): it could not be kept, or read
 */
G_DECLARE_DERIVABLE_TYPE (RungsDraft, rungs_draft, RUNGS, DRAFT, GObject)

/* What the file tells of it. What it tells of a thing of some kind begins with this. */
typedef struct
{
  char *text;          /* (owned) */
  char *published;     /* (owned) (nullable): the text that is in use; NULL: none is */
  GPtrArray *problems; /* (owned): that the file finds in the draft */
} RungsDraftFacts;

/* Frees what it points to, for those who have one in theirs. */
void rungs_draft_facts_clear (RungsDraftFacts *self);

/* A text that is to be kept. */
typedef struct
{
  gint64 id;
  char *text; /* (owned) */
} RungsDraftSaving;

/**
 * RungsDraftClass:
 * @load: a RungsStoreFunc; `data`: the id (gint64 *). Returns what begins with RungsDraftFacts
 * @facts_free: frees what @load returns
 * @save: a RungsStoreFunc; `data`: a RungsDraftSaving. Returns what the file finds in the text
 *   (GPtrArray)
 * @read: reads `text`, which is another one now, or of which the file told more; `checked`: what
 *   the file found in it, or, while it is not saved, in the text before. Returns: (transfer full):
 *   all that is wrong with it
 */
struct _RungsDraftClass
{
  GObjectClass parent_class;

  RungsStoreFunc load;
  GDestroyNotify facts_free;
  RungsStoreFunc save;

  GPtrArray *(*read) (RungsDraft *self,
                      const char *text,
                      GPtrArray  *checked);
};

/* One of that kind. Nothing is read before rungs_draft_refresh(). */
gpointer rungs_draft_new (GType       type,
                          RungsStore *store,
                          gint64      id);

/* Reads the file again. A text that somebody else changed takes the place of this one, unless this
 * one was not kept yet. */
void rungs_draft_refresh (RungsDraft *self);

RungsStore *rungs_draft_get_store (RungsDraft *self);
gint64 rungs_draft_get_id (RungsDraft *self);

/* What the class's `load` returned last. Returns: (nullable): NULL before it was read, as are those
 * below. */
gpointer rungs_draft_get_facts (RungsDraft *self);
const char *rungs_draft_get_text (RungsDraft *self);

/* All that is wrong with it; of what type, the kind of draft says. */
GPtrArray *rungs_draft_get_problems (RungsDraft *self);

/* Puts another text in its place, and remembers that as `label` ("new step"); `text` is taken, and
 * NULL where `error` (taken too) says why there is none. Edits of one `place` (nullable) that
 * follow each other within a second are one, such as what was typed in one go. Returns: whether it
 * is another text. */
gboolean rungs_draft_edit (RungsDraft *self,
                           const char *label,
                           const char *place,
                           char       *text,
                           GError     *error);

RungsHistory *rungs_draft_get_history (RungsDraft *self);

/* Whether all that was done is in the file. */
gboolean rungs_draft_is_saved (RungsDraft *self);

/* Whether it says something else than what is in use. */
gboolean rungs_draft_is_unpublished (RungsDraft *self);

G_END_DECLS
