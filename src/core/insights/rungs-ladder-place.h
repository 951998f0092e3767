/* rungs-ladder-place.h: the places of the ladder map to which leads come. */

#pragma once

#include <glib.h>

#include "leads/rungs-touch-store.h"

G_BEGIN_DECLS

/**
 * RungsLadderPlaceKind:
 * @RUNGS_LADDER_KIND: one of the six kinds of source; the id is a RungsSourceKind
 * @RUNGS_LADDER_SOURCE: a source
 * @RUNGS_LADDER_OPT_IN: the opt-in; without an id
 * @RUNGS_LADDER_SEQUENCE: a sequence
 * @RUNGS_LADDER_PRODUCT: a product
 */
typedef enum
{
  RUNGS_LADDER_KIND,
  RUNGS_LADDER_SOURCE,
  RUNGS_LADDER_OPT_IN,
  RUNGS_LADDER_SEQUENCE,
  RUNGS_LADDER_PRODUCT,
} RungsLadderPlaceKind;

/* How many ways of coming are told apart: those of RungsPath, and that of leads of whom no touch
 * is known. */
#define RUNGS_LADDER_PATHS 5
#define RUNGS_LADDER_NO_PATH 4
#define RUNGS_LADDER_ANY_PATH (-1)

/* "opt-in", "direct", "phone", "in person", "none"; "any" for ANY_PATH. */
const char *rungs_ladder_path_to_text (int path);

/* A place; of a source or a kind of source, also the part of it that comes by one path. */
typedef struct
{
  RungsLadderPlaceKind kind;
  gint64 id;
  int path; /* of KIND and SOURCE: a RungsPath; of them and of all others: RUNGS_LADDER_ANY_PATH */
} RungsLadderPlace;

RungsLadderPlace rungs_ladder_place (RungsLadderPlaceKind kind,
                                     gint64               id);

/* A source or a kind of source, by that path. */
RungsLadderPlace rungs_ladder_place_by_path (RungsLadderPlaceKind kind,
                                             gint64               id,
                                             RungsPath            path);

gboolean rungs_ladder_place_equal (RungsLadderPlace a,
                                   RungsLadderPlace b);

/* "kind:ppc", "source:3", "source:3/direct", "opt-in", "sequence:3", "product:3". */
char *rungs_ladder_place_to_text (RungsLadderPlace place);
gboolean rungs_ladder_place_from_text (const char       *text,
                                       RungsLadderPlace *place);

G_END_DECLS
