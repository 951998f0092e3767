/* rungs-step-field.h: rows of a form, each for one member of a step, or of the sequence itself,
 * which is shown and edited where it stands (rungs-graph-path.h). A text is kept when it is left,
 * or Enter is pressed in it; a choice and a number soon after it is made. */

#pragma once

#include <adwaita.h>

#include "rungs-sequence-document.h"
#include "widgets/rungs-rule-fields.h"

G_BEGIN_DECLS

/* What the rows of a form have in common; copied by each. */
typedef struct
{
  RungsSequenceDocument *document;
  RungsRuleFields *fields;
  const char *step; /* (nullable): NULL: the sequence itself */
} RungsStepForm;

/* A line of text; an empty one leaves the member out. */
GtkWidget *rungs_step_field_text (const RungsStepForm *form,
                                  const char          *path,
                                  const char          *title);

/* A whole number; `none` is shown where there is none, and where it is chosen the member is left
 * out (a number below `least`: there is always one). */
GtkWidget *rungs_step_field_number (const RungsStepForm *form,
                                    const char          *path,
                                    const char          *title,
                                    int                  least,
                                    int                  most,
                                    int                  none);

/* A time of day. */
GtkWidget *rungs_step_field_time (const RungsStepForm *form,
                                  const char          *path,
                                  const char          *title);

/* Days of the week; none: any. */
GtkWidget *rungs_step_field_weekdays (const RungsStepForm *form,
                                      const char          *path,
                                      const char          *title);

/* One of the texts of `values`, shown as the words at the same place; the first where there is
 * none. Both are NULL-terminated; the words are translated already. */
GtkWidget *rungs_step_field_choice (const RungsStepForm *form,
                                    const char          *path,
                                    const char          *title,
                                    const char *const   *values,
                                    const char *const   *words);

/* A rule about leads. */
GtkWidget *rungs_step_field_rule (const RungsStepForm *form,
                                  const char          *path,
                                  const char          *title);

/* What the file has of that source; `none` (nullable) is offered first, and leaves the member out.
 * `open`: something else can be written too. */
GtkWidget *rungs_step_field_pick (const RungsStepForm *form,
                                  const char          *path,
                                  const char          *title,
                                  RungsRuleSource      source,
                                  const char          *none,
                                  gboolean             open);

/* One of a list of the caller's (element-type RungsPick), which is taken. */
GtkWidget *rungs_step_field_pick_of (const RungsStepForm *form,
                                     const char          *path,
                                     const char          *title,
                                     GPtrArray           *picks);

/* To which step a way leads. */
GtkWidget *rungs_step_field_way (const RungsStepForm *form,
                                 const char          *way,
                                 const char          *title);

/* A choice that is made of more than one member: `chosen` says which of the words it is now,
 * `choose` makes the text in which it is another one. */
typedef guint (*RungsStepChosen) (const char *text,
                                  const char *step,
                                  const char *path);
typedef char *(*RungsStepChoose) (const char  *text,
                                  const char  *step,
                                  const char  *path,
                                  guint        choice,
                                  GError     **error);

GtkWidget *rungs_step_field_turn (const RungsStepForm *form,
                                  const char          *path,
                                  const char          *title,
                                  const char *const   *words,
                                  RungsStepChosen      chosen,
                                  RungsStepChoose      choose);

/* Shows what the text says now, unless a person is at it. */
void rungs_step_field_update (GtkWidget *row);

/* Keeps what is being entered. */
void rungs_step_field_settle (GtkWidget *row);

/* Takes the keys; a list opens, an empty rule too. */
void rungs_step_field_edit (GtkWidget *row);

/* The path of the row; NULL where it is another one. */
const char *rungs_step_field_get_path (GtkWidget *row);

G_END_DECLS
