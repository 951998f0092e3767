/* rungs-graph-reader.h: reads the parts of a graph's JSON, and says what is wrong with them. */

#pragma once

#include <json-glib/json-glib.h>

#include "sequences/rungs-graph-private.h"

G_BEGIN_DECLS

#define RUNGS_GRAPH_MAX_NUMBER 1000000

typedef struct
{
  GPtrArray *problems; /* (unowned) */
  RungsGraph *graph;   /* (unowned) */
  const char *step;    /* (unowned) (nullable): the step that is read */
  GHashTable *seen;    /* (unowned): members that were read, as "OBJECT NAME" */
} RungsGraphReader;

/* Adds a problem of the step that is read. */
void rungs_graph_reader_refuse (RungsGraphReader *reader,
                                const char       *format,
                                ...) G_GNUC_PRINTF (2, 3);

/* Says of the problem that was added last that the member is to be filled. */
void rungs_graph_reader_miss (RungsGraphReader *reader,
                              const char       *member);

/* Refuses members of the object that are not among `names`, which are parted by spaces. */
void rungs_graph_reader_check_members (RungsGraphReader *reader,
                                       JsonObject       *object,
                                       const char       *names);

gboolean rungs_json_is_string (JsonNode *node);
gboolean rungs_json_is_integer (JsonNode *node);

/* The text of a member, lent; NULL where it is left out or null, and where it is no text, which is
 * refused, as is an empty one. */
const char *rungs_graph_reader_get_optional_text (RungsGraphReader *reader,
                                                  JsonObject       *object,
                                                  const char       *name);

/* The same of a member that must be there. */
const char *rungs_graph_reader_get_text (RungsGraphReader *reader,
                                         JsonObject       *object,
                                         const char       *name);

/* A whole number from `least` to RUNGS_GRAPH_MAX_NUMBER; `fallback` where it is left out. */
gint64 rungs_graph_reader_get_number (RungsGraphReader *reader,
                                      JsonObject       *object,
                                      const char       *name,
                                      gint64            least,
                                      gint64            fallback);

/* An object that must be there; NULL where it is not. */
JsonObject *rungs_graph_reader_get_object (RungsGraphReader *reader,
                                           JsonObject       *object,
                                           const char       *name);

/* An event; NULL where it is none. `node` may be NULL. */
RungsGraphEvent *rungs_graph_reader_read_event (RungsGraphReader *reader,
                                                JsonNode         *node);

/* The steps of a sequence, into the graph. */
void rungs_graph_reader_read_steps (RungsGraphReader *reader,
                                    JsonObject       *object);

G_END_DECLS
