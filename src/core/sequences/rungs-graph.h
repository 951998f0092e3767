/* rungs-graph.h: a version of a sequence: the steps a lead walks. Read this first in sequences/.
 *
 * It is a JSON object. Members that are not named here are refused, so that a slip is not
 * overlooked.
 *
 *   {
 *     "name": "Book to course",            what the sequence is called; unique in the file
 *     "sells": "COURSE",                   the SKU of the product it sells; left out: it sells none
 *     "entry": {                           left out: leads enter by hand only, and once
 *       "triggers": [EVENT, …],            a lead for whom one of these happens enters by itself
 *       "reentry": "never"                 may a lead that has left enter again?
 *     },
 *     "sending": {                         left out: at any time
 *       "weekdays": ["mon", "tue"],        its messages leave only on these days (left out: any) …
 *       "from": "09:00", "to": "17:00",    … and between these times (left out: all day) …
 *       "zone": "lead"                     … of the lead's clock, or of the "business"'s
 *     },
 *     "reply": "pause",                    what a reply to one of its messages does to the walk
 *     "start": "hello",                    the id of the first step
 *     "steps": {"hello": STEP, …}          by id
 *   }
 *
 * "reentry" is "never", "after_end", or {"after_days": N}: N days after it left. By a trigger a
 * lead enters the same sequence at most once an hour, whatever this says, so that two sequences
 * cannot chase each other.
 *
 * "reply" is "go_on" (the default), "pause", or "end"; each reply makes a task, whatever this says.
 * "pause": the walk stands still, and what is planned does not leave, until that task is done.
 *
 * A STEP is an object with a "kind"; wherever one names the "next" step, leaving it out, or null,
 * means that the walk ends there with the outcome "finished".
 *
 * "sending" holds for every message of the sequence, and beside the hours, days and holidays of the
 * business (mail/rungs-sending-hours.h). What is planned outside waits for the next time inside.
 *
 *   {"kind": "message", "message": "Welcome 1", "next": ID, "late": {"hours": 12, "days": 7}}
 *       puts the message of that name into the outbox, to leave now. "late" says what becomes of it
 *       where its time was slept through: up to so many "hours" (1 or more) late it leaves at once;
 *       then at the next time at which it may, and on a day on which the lead gets no other
 *       marketing message; and where it is more than so many "days" (0 or more) late, not at all.
 *       "days" left out: however late. "late" left out: 12 hours, and however late; but after a
 *       wait for a date 24 hours, and then not at all: a greeting is no greeting a week after
 *
 *   {"kind": "wait", "days": 2, "next": ID}
 *       waits; "minutes", "hours" and "days" (whole numbers, 1 or more) add up. Days are calendar
 *       days of the lead's zone: from nine o'clock to nine o'clock, also where summer time begins
 *       between
 *
 *   {"kind": "wait_until", "time": "09:00", "weekdays": ["mon", "tue"], "zone": "lead", "next": ID}
 *       until a clock next shows that time, on one of those days ("mon" … "sun"; left out: any).
 *       "zone" is "lead" (the default; the business's where the lead has none) or "business". A
 *       lead that comes straight from another such step waits for the next time after it
 *
 *   {"kind": "wait_until", "date": "2026-12-24 09:00", "zone": "business", "next": ID}
 *       until that day or minute in the zone; a time that is over is not waited for, and counts as
 *       slept through
 *
 *   {"kind": "wait_until", "lead_date": "field:birthday", "before_days": 3, "time": "09:00",
 *    "yearly": true, "zone": "lead", "next": ID, "missing": ID}
 *       until that time, so many days before or "after_days" after (left out: on) a date of the
 *       lead: "field:KEY", a custom field that is a date; "created", the day on which it became
 *       known; "first_order", "last_order", "paid_until" (to when what it bought last is paid), of
 *       the product "sku" where that is said. "yearly": when the day comes round next; who has a
 *       29 February has it on the 28th in years that have no 29th. A lead without the date goes
 *       "missing". Else as "date". Where the date changes meanwhile, the wait follows it
 *
 *   {"kind": "wait_until", "event": EVENT, "days": 3, "next": ID, "timeout": ID}
 *       until the event happens for the lead; it goes on at "timeout" where that time is over first
 *
 *   {"kind": "condition", "rule": RULE, "yes": ID, "no": ID}
 *       a rule as in segments/rungs-rule.h
 *
 *   {"kind": "split", "branches": [{"weight": 50, "next": ID}, {"weight": 50, "next": ID}]}
 *       by chance, in proportion to the weights (1 or more); the same lead goes the same way in a
 *       rehearsal and in earnest
 *
 *   {"kind": "action", ACT, "next": ID}, where ACT is one of
 *       "add_tag": "TAG"     "remove_tag": "TAG"
 *       "set_field": {"field": "city", "value": "Rome"}    a column of the lead, or "field:KEY"
 *       "add_score": -5
 *       "task": {"title": "Call back", "days": 2}          a task for a person, due in so many days
 *       "start": "SEQUENCE"  "stop": "SEQUENCE"            of the same lead
 *
 *   {"kind": "goal", "event": EVENT} or {"kind": "goal", "rule": RULE} or {"kind": "goal"}
 *       ends the walk with the outcome "goal": when a lead comes here, and for the first two also,
 *       wherever the lead stands, when the event happens or the rule comes true. (A rule is asked
 *       when something happened to the lead, and before each walk.) Such a goal needs no arrow that
 *       leads to it
 *
 *   {"kind": "exit"}
 *       ends the walk with the outcome "exit"
 *
 * An EVENT is one of
 *
 *   {"on": "tag", "name": "TAG"}             the lead gets the tag, by an import too
 *   {"on": "form", "name": "FORM"}           the lead sends the form
 *   {"on": "import"}                         an import brings or meets the lead …
 *   {"on": "import", "source": "jv:Sue"}     … whose source is that one, as KIND:NAME
 *   {"on": "order"}                          the lead orders something
 *   {"on": "order", "sku": "BOOK"}           … that is, or is a bundle that holds, the product
 *   {"on": "segment", "segment": "KEY"}      the lead comes into the segment; a live one is watched
 *       from the start of the sequence on
 *   {"on": "event", "kind": "mail.clicked", "detail": "https://…"}
 *       any event of the timeline that is about a lead (leads/rungs-event.h); "detail", where
 *       given, must be the same. What a mail program opened is refused: machines do that too
 *   {"on": "manual"}                         as a trigger only: by hand, which is always possible
 *
 * The owner of the product that is sold is never enrolled and never walked on: the walk ends with
 * the outcome "bought". */

#pragma once

#include "db/rungs-db.h"
#include "mail/rungs-sending-hours.h"
#include "segments/rungs-rule.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_GRAPH_MESSAGE,
  RUNGS_GRAPH_WAIT,
  RUNGS_GRAPH_WAIT_UNTIL,
  RUNGS_GRAPH_CONDITION,
  RUNGS_GRAPH_SPLIT,
  RUNGS_GRAPH_ACTION,
  RUNGS_GRAPH_GOAL,
  RUNGS_GRAPH_EXIT,
} RungsGraphKind;

typedef enum
{
  RUNGS_GRAPH_ON_TAG,
  RUNGS_GRAPH_ON_FORM,
  RUNGS_GRAPH_ON_IMPORT,
  RUNGS_GRAPH_ON_ORDER,
  RUNGS_GRAPH_ON_SEGMENT,
  RUNGS_GRAPH_ON_EVENT,
  RUNGS_GRAPH_ON_MANUAL,
} RungsGraphOn;

typedef struct
{
  RungsGraphOn on;
  char *name;   /* (owned) (nullable): tag, form, source, SKU, key of a segment, or kind of event */
  char *detail; /* (owned) (nullable) */
} RungsGraphEvent;

typedef enum
{
  RUNGS_GRAPH_UNTIL_TIME,
  RUNGS_GRAPH_UNTIL_DATE,
  RUNGS_GRAPH_UNTIL_EVENT,
  RUNGS_GRAPH_UNTIL_LEAD_DATE,
} RungsGraphUntil;

typedef enum
{
  RUNGS_GRAPH_ADD_TAG,
  RUNGS_GRAPH_REMOVE_TAG,
  RUNGS_GRAPH_SET_FIELD,
  RUNGS_GRAPH_ADD_SCORE,
  RUNGS_GRAPH_TASK,
  RUNGS_GRAPH_START,
  RUNGS_GRAPH_STOP,
} RungsGraphAct;

typedef enum
{
  RUNGS_GRAPH_NEVER,
  RUNGS_GRAPH_AFTER_END,
  RUNGS_GRAPH_AFTER_DAYS,
} RungsGraphReentry;

/* A way out of a step. */
typedef struct
{
  char *label;   /* (owned): "next", "timeout", "missing", "yes", "no"; of a split "1", "2", … */
  char *target;  /* (owned) (nullable): the step it leads to; NULL: the walk is finished */
  gint64 weight; /* of a split; else 0 */
} RungsGraphBranch;

typedef struct
{
  char *id; /* (owned) */
  RungsGraphKind kind;
  GPtrArray *branches; /* (owned) (element-type RungsGraphBranch): none of a goal and an exit */
  char *message;       /* (owned) (nullable): of a message step */
  gint64 late_hours;   /* of a message step that says "late"; 0: it does not */
  gint64 late_days;    /* -1: however late */

  gint64 minutes; /* of a wait, and of an event's time-out: hours counted in */
  gint64 days;    /* of these; of a date of the lead: after it, before it where negative */
  RungsGraphUntil until;  /* of a wait_until; what follows, as far as that kind of it has it */
  int minute;             /* after midnight */
  guint weekdays;         /* bit 0 Monday … bit 6 Sunday; 0: any */
  gboolean business_zone; /* FALSE: the lead's */
  char *date;             /* (owned) (nullable) */
  char *lead_date;        /* (owned) (nullable): "field:KEY", "created", … */
  char *sku;              /* (owned) (nullable): of the product whose orders count */
  gboolean yearly;

  RungsGraphEvent *event; /* (owned) (nullable): of a wait_until or a goal */
  RungsRule *rule;        /* (owned) (nullable): of a condition or a goal */

  RungsGraphAct act; /* of an action */
  char *name;        /* (owned) (nullable): its tag, field, sequence, or the task's title */
  char *value;       /* (owned) (nullable): of a field */
  gint64 number;     /* points, or the days until the task is due */
} RungsGraphStep;

/* What a reply does to the walk. */
typedef enum
{
  RUNGS_GRAPH_REPLY_GO_ON,
  RUNGS_GRAPH_REPLY_PAUSE,
  RUNGS_GRAPH_REPLY_END,
} RungsGraphReply;

/* Immutable; may be used, and is let go, from any thread. */
typedef struct
{
  gatomicrefcount references;
  char *name;  /* (owned) */
  char *sells; /* (owned) (nullable): SKU */
  GPtrArray *triggers; /* (owned) (element-type RungsGraphEvent) */
  RungsGraphReentry reentry;
  gint64 reentry_days;
  RungsSendingHours *sending; /* (owned) (nullable): at any time */
  RungsGraphReply reply;
  char *start;         /* (owned) */
  GPtrArray *steps;    /* (owned) (element-type RungsGraphStep): in the order of the file */
  GHashTable *by_id;   /* (owned): id → RungsGraphStep */
} RungsGraph;

RungsGraph *rungs_graph_ref (RungsGraph *graph);
void rungs_graph_unref (RungsGraph *graph);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsGraph, rungs_graph_unref)

/* What can be done against it. */
typedef enum
{
  RUNGS_GRAPH_FAULT_OTHER,
  RUNGS_GRAPH_FAULT_MISSING,   /* `member` is to be filled */
  RUNGS_GRAPH_FAULT_NAME,      /* what `member` names is not in the file */
  RUNGS_GRAPH_FAULT_UNWRITTEN, /* the message of the step is to be written */
  RUNGS_GRAPH_FAULT_EMPTY,     /* a step is to be put in */
  RUNGS_GRAPH_FAULT_TARGET,    /* the way `member` leads to a step that does not exist */
  RUNGS_GRAPH_FAULT_UNREACHED, /* an arrow is to lead to the step */
  RUNGS_GRAPH_FAULT_ROUND,     /* a wait is to be put into the round of which the step is one */
  RUNGS_GRAPH_FAULT_ENDLESS,   /* an arrow is to lead out */
} RungsGraphFault;

/* What is wrong with a graph, in words for the owner of the shop. */
typedef struct
{
  char *step;     /* (owned) (nullable): the id of the step; NULL: the sequence as a whole */
  char *text;     /* (owned): a sentence */
  gboolean fatal; /* FALSE: it may be meant so, the sequence can be stored all the same */
  RungsGraphFault fault;
  char *member;   /* (owned) (nullable): of the step, or of the sequence as a whole */
} RungsGraphProblem;

void rungs_graph_problem_free (RungsGraphProblem *problem);

/* Returns: (transfer full) (element-type RungsGraphProblem): an empty list to collect them in. */
GPtrArray *rungs_graph_problems_new (void);

/* Whether one of them is fatal. */
gboolean rungs_graph_problems_are_fatal (GPtrArray *problems);

/* One line each: "Step “hello”: …". Lines of problems that are not fatal begin with "Note: ". */
char *rungs_graph_problems_describe (GPtrArray *problems);

/* Reads a graph and checks all that can be seen without the file: wrong types, unknown members, ids
 * that come twice, arrows to steps that do not exist, steps that no arrow reaches, loops without a
 * wait, paths that never end. Everything that is found is added to `problems`. Returns: NULL
 * where one of them is fatal. */
RungsGraph *rungs_graph_parse (const char *json,
                               GPtrArray  *problems);

/* Reads as much of an unfinished graph as can be drawn, whatever is wrong with it: what steps do
 * not say yet is NULL or 0, arrows may lead nowhere, it may have no steps; a graph that does not
 * say where it starts does with its first step. All that rungs_graph_parse() would refuse is added
 * to `problems`, so that a draft without a fatal one can be published. Returns: (transfer full):
 * never NULL. */
RungsGraph *rungs_graph_parse_draft (const char *json,
                                     GPtrArray  *problems);

/* Checks what the graph, which may be a draft, needs from the file: its product, messages and
 * custom fields must be there, a sequence that sells sends marketing messages only (others carry no
 * unsubscribe link); tags, sources, other sequences may be there later, and are noted. FALSE only
 * where the file cannot be read. */
gboolean rungs_graph_check (RungsGraph  *graph,
                            RungsDb     *db,
                            GPtrArray   *problems,
                            GError     **error);

/* The step of that id; NULL where there is none. */
RungsGraphStep *rungs_graph_find (RungsGraph *graph,
                                  const char *id);

/* The message that the step sends, or that the next step does to which there is but one way, past
 * waits and actions. Returns: (nullable): NULL where something is asked before, or none comes. */
const char *rungs_graph_next_message (RungsGraph *graph,
                                      const char *id);

/* "message", "wait_until", …, as in the format. */
const char *rungs_graph_kind_to_text (RungsGraphKind kind);

/* ---- drawing */

/* Where a step is drawn. The flow runs down; two columns are one step wide, so that a step can
 * stand in the middle above two others. */
typedef struct
{
  RungsGraphStep *step; /* lent by the graph */
  int row;
  int column;
} RungsGraphPlace;

/* An arrow. */
typedef struct
{
  RungsGraphPlace *from; /* lent by the layout */
  RungsGraphPlace *to;   /* lent by the layout; NULL: the walk is finished */
  RungsGraphBranch *branch; /* lent by the graph */
  gboolean up;           /* leads back to a step that stands above, or beside */
  int column;            /* in which it runs down from the step: no other step of the lane beside
                          * stands there */
} RungsGraphArrow;

typedef struct
{
  GPtrArray *places; /* (owned) (element-type RungsGraphPlace): by row, then column */
  GPtrArray *arrows; /* (owned) (element-type RungsGraphArrow) */
  int rows;
  int columns;
} RungsGraphLayout;

/* Places the steps: a step stands below all that lead to it (arrows up aside), branches side by
 * side from the left in their order, and no two in one place. Goals without an arrow to them stand
 * at the right of the first row, as do other steps that no way from the start leads to, each above
 * what it leads to. The graph must outlive the layout. */
RungsGraphLayout *rungs_graph_layout (RungsGraph *graph);

void rungs_graph_layout_free (RungsGraphLayout *layout);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsGraphLayout, rungs_graph_layout_free)

G_END_DECLS
