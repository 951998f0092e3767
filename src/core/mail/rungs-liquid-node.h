/* rungs-liquid-node.h: a template as a tree. Private to the merge language. */

#pragma once

#include "mail/rungs-liquid.h"

G_BEGIN_DECLS

typedef struct _RungsLiquidRender RungsLiquidRender;
typedef struct _RungsLiquidExpression RungsLiquidExpression;
typedef struct _RungsLiquidFilter RungsLiquidFilter;
typedef struct _RungsLiquidBranch RungsLiquidBranch;
typedef struct _RungsLiquidNode RungsLiquidNode;

/* A filter of the language. `input` is the value before the bar, `args` those after the colon. What
 * goes wrong is said with rungs_liquid_render_fail(). */
typedef RungsLiquidValue (*RungsLiquidFilterFunc) (RungsLiquidRender      *render,
                                                   RungsLiquidValue        input,
                                                   const RungsLiquidValue *args,
                                                   guint                   n_args);

typedef struct
{
  const char *name;
  guint min_args;
  guint max_args;
  RungsLiquidFilterFunc func;
} RungsLiquidFilterInfo;

#define RUNGS_LIQUID_MAX_ARGS 2

typedef enum
{
  RUNGS_LIQUID_LITERAL,
  RUNGS_LIQUID_PATH,
  RUNGS_LIQUID_RANGE,
  RUNGS_LIQUID_NOT,
  RUNGS_LIQUID_AND,
  RUNGS_LIQUID_OR,
  RUNGS_LIQUID_EQUAL,
  RUNGS_LIQUID_UNEQUAL,
  RUNGS_LIQUID_LESS,
  RUNGS_LIQUID_MORE,
  RUNGS_LIQUID_AT_MOST,
  RUNGS_LIQUID_AT_LEAST,
  RUNGS_LIQUID_CONTAINS,
} RungsLiquidOperation;

struct _RungsLiquidExpression
{
  RungsLiquidOperation operation;
  gsize at; /* byte of the source where it begins */

  RungsLiquidValue literal;

  /* a path: `root`, or the expression `left`, then each key in turn */
  const char *root;
  gsize root_length;
  RungsLiquidExpression *keys; /* a chain by `next` */
  RungsLiquidExpression *next;

  RungsLiquidExpression *left;
  RungsLiquidExpression *right;
};

struct _RungsLiquidFilter
{
  const RungsLiquidFilterInfo *info;
  gsize at;
  guint n_args;
  RungsLiquidExpression *args[RUNGS_LIQUID_MAX_ARGS];
  RungsLiquidExpression *allow_false; /* of `default`, which then gets it as one argument more */
  RungsLiquidFilter *next;
};

/* An expression and the filters behind it. */
typedef struct
{
  RungsLiquidExpression *expression;
  RungsLiquidFilter *filters;
  gboolean is_raw; /* ends in `| raw` */
} RungsLiquidFiltered;

typedef enum
{
  RUNGS_LIQUID_NODE_TEXT,
  RUNGS_LIQUID_NODE_OUTPUT,
  RUNGS_LIQUID_NODE_IF, /* also unless */
  RUNGS_LIQUID_NODE_CASE,
  RUNGS_LIQUID_NODE_FOR,
  RUNGS_LIQUID_NODE_ASSIGN,
  RUNGS_LIQUID_NODE_CAPTURE,
  RUNGS_LIQUID_NODE_COUNT, /* increment and decrement */
  RUNGS_LIQUID_NODE_CYCLE,
  RUNGS_LIQUID_NODE_BREAK,
  RUNGS_LIQUID_NODE_CONTINUE,
} RungsLiquidNodeKind;

/* One way on: of an if while its condition holds (`is_inverted`: does not); of a case for any of a
 * chain of values; of a cycle its turn. */
struct _RungsLiquidBranch
{
  RungsLiquidFiltered condition;
  gboolean is_inverted;
  RungsLiquidExpression *values;
  RungsLiquidNode *body;
  RungsLiquidBranch *next;
};

struct _RungsLiquidNode
{
  RungsLiquidNodeKind kind;
  gsize at;
  RungsLiquidNode *next;

  const char *text; /* of a text; of for, assign, capture, count: the name; of a cycle: its turns */
  gsize text_length;
  RungsLiquidFiltered value; /* output, case, assign */
  RungsLiquidBranch *branches;
  RungsLiquidNode *body;      /* for, capture */
  RungsLiquidNode *otherwise; /* the else of if, case, for */
  int step;                   /* of a count: 1 or -1 */

  RungsLiquidExpression *collection; /* for; of a cycle: its group */
  RungsLiquidExpression *offset;
  RungsLiquidExpression *limit;
  gboolean is_reversed;
};

struct _RungsLiquid
{
  gatomicrefcount references;
  RungsArena *arena; /* (owned) all that follows lives here */
  RungsLiquidOutput output;
  const char *source;
  gsize source_length;
  RungsLiquidNode *nodes;
};

/* “Line 2, column 5: …”, for the byte `at` of `source`. */
void rungs_liquid_set_error (GError     **error,
                             const char  *source,
                             gsize        at,
                             const char  *format,
                             ...)
    G_GNUC_PRINTF (4, 5);

/* NULL where there is no filter of that name. */
const RungsLiquidFilterInfo *rungs_liquid_filter_find (const char *name,
                                                       gsize       length);

G_END_DECLS
