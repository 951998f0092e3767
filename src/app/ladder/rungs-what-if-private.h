/* rungs-what-if-private.h: what the files of the what-if view share.
 *
 * rungs-what-if-view.c reads the period and reckons the year, rungs-what-if-knobs.c is the list of
 * what can be changed, rungs-what-if-keep.c keeps what was changed by name. */

#pragma once

#include "insights/rungs-what-if-store.h"
#include "insights/rungs-what-if.h"
#include "ladder/rungs-what-if-result.h"
#include "ladder/rungs-what-if-view.h"
#include "widgets/rungs-history.h"

G_BEGIN_DECLS

struct _RungsWhatIfView
{
  GtkWidget parent_instance;

  RungsPage *page;        /* (unowned) (nullable): that it stands in */
  GCancellable *reading;  /* (owned) (nullable) */
  RungsWhatIf *what_if;   /* (owned) (nullable): the period */
  RungsWhatIfYear *base;  /* (owned) (nullable) */
  RungsWhatIfYear *year;  /* (owned) (nullable): with the changes */
  GPtrArray *scenarios;   /* (owned) (nullable) (element-type RungsScenario): that are kept */
  RungsScenario *kept;    /* (owned): the one that is open, as it is kept; id 0: a new one */
  GArray *changes;        /* (owned) (element-type RungsWhatIfChange) */
  GArray *settled;        /* (owned) the same, as the history has them */
  gboolean reckoning;     /* a year is on its way */
  gboolean stale;         /* and it is not the one that is wanted any more */
  char *wanted;           /* (owned) (nullable): what to begin with, once it is read */
  GHashTable *knobs;      /* (owned) (element-type utf8 RungsWhatIfKnob): those that were made */
  GHashTable *unfolded;   /* (owned) (element-type utf8): names of the lists that are */
  RungsHistory *history;  /* (owned) */

  GtkWidget *stack;
  GtkDropDown *period;
  GtkMenuButton *menu;
  GtkSpinner *spinner;
  GtkWidget *undo;
  GtkWidget *redo;
  GtkBox *lists;
  GtkLabel *note;
  RungsWhatIfResult *result;
  AdwStatusPage *fault;
};

/* ---- the list */

/* Makes it anew, as the period has it. */
void rungs_what_if_knobs_show (RungsWhatIfView *self);

/* Shows the changes in it. */
void rungs_what_if_knobs_update (RungsWhatIfView *self);

/* Unfolds and focuses what `wanted` names ("product:3"). */
void rungs_what_if_knobs_begin (RungsWhatIfView *self,
                                const char      *wanted);

/* ---- the year */

/* The changes are others: reckons the year again. */
void rungs_what_if_view_reckon (RungsWhatIfView *self);

/* What was changed is a step that can be undone. */
void rungs_what_if_view_settle (RungsWhatIfView *self);

/* Puts other changes in place of all; nothing of it can be undone. */
void rungs_what_if_view_open (RungsWhatIfView     *self,
                              const RungsScenario *scenario);

/* ---- keeping */

void rungs_what_if_keep_install (GtkWidgetClass *klass);

/* The menu lists what is kept, and what can be done with what is open. */
void rungs_what_if_keep_show (RungsWhatIfView *self);

/* Whether there is anything that is not kept. */
gboolean rungs_what_if_keep_is_dirty (RungsWhatIfView *self);

/* How many days the period has that is chosen. */
gint64 rungs_what_if_view_get_days (RungsWhatIfView *self);

G_END_DECLS
