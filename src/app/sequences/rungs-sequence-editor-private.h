/* rungs-sequence-editor-private.h: what the files of the editor share: rungs-sequence-editor.c
 * shows, -edits.c does what the mouse and the keys ask for, -actions.c what buttons and menus
 * do. */

#pragma once

#include "rungs-flow-layout.h"
#include "rungs-flow.h"
#include "rungs-sequence-document.h"
#include "rungs-sequence-editor.h"
#include "rungs-sequence-inspector.h"
#include "sequences/rungs-graph-region.h"
#include "widgets/rungs-canvas-outline.h"
#include "widgets/rungs-canvas.h"

G_BEGIN_DECLS

struct _RungsSequenceEditor
{
  RungsDraftEditor parent_instance;

  GtkWidget *content;
  GtkWidget *undo;
  GtkWidget *redo;
  GtkLabel *name;
  GtkLabel *sells;
  GtkLabel *state;
  GtkLabel *saved;
  GtkWidget *palette_side;
  GtkScrolledWindow *palette_scroller;
  GtkRevealer *outline_side;
  RungsCanvasOutline *outline;
  GtkScrolledWindow *scroller;
  GtkWidget *side;
  RungsSequenceInspector *inspector;
  RungsCanvas *canvas;

  RungsSequenceDocument *document; /* (unowned) (nullable): what is open */
  RungsRuleFields *fields;         /* (owned) (nullable) */
  RungsFlowLayout *layout;         /* (unowned): of the canvas */
  RungsGraphRegion *region;        /* (owned) (nullable): of the step that is asked for */
  char *region_of;                 /* (owned) (nullable): that step */
  gboolean pressed;                /* a button of the mouse is held on the canvas */
  gboolean fitted;                 /* the sequence was made to fit once */
  gboolean narrow;                 /* there is no room for all three parts */
};

/* Returns: (nullable): the page that it stands in. */
RungsPage *rungs_sequence_editor_get_page (RungsSequenceEditor *self);

/* The step that is selected alone. Returns: (transfer full) (nullable) */
char *rungs_sequence_editor_dup_selected (RungsSequenceEditor *self);

/* Shows what belongs to what is selected. */
void rungs_sequence_editor_show_side (RungsSequenceEditor *self);

/* Does an edit: see rungs_draft_edit(). */
gboolean rungs_sequence_editor_do (RungsSequenceEditor *self,
                                   const char          *label,
                                   char                *text,
                                   GError              *error);

/* ---- rungs-sequence-editor-edits.c */

/* Connects what is done on the canvas. */
void rungs_sequence_editor_edits_connect (RungsSequenceEditor *self);

/* Puts an item of the palette on a place. */
void rungs_sequence_editor_put (RungsSequenceEditor *self,
                                const char          *item,
                                const char          *place);

/* Whether it could be put there. */
gboolean rungs_sequence_editor_accepts (RungsSequenceEditor *self,
                                        const char          *item,
                                        const char          *place);

/* Removes what is selected. */
void rungs_sequence_editor_remove_selected (RungsSequenceEditor *self);

/* Forgets what is known of the steps: the graph is another one. */
void rungs_sequence_editor_forget_steps (RungsSequenceEditor *self);

/* ---- rungs-sequence-editor-actions.c */

void rungs_sequence_editor_actions_install (GtkWidgetClass *klass);
void rungs_sequence_editor_actions_connect (RungsSequenceEditor *self);

/* ---- rungs-sequence-paper.c */

/* The actions that print the drawing, and write it to a file. */
void rungs_sequence_paper_install (GtkWidgetClass *klass);

/* ---- rungs-sequence-palette.c */

/* What can be put in, into the palette. */
void rungs_sequence_palette_fill (GtkWidget   *palette,
                                  RungsCanvas *canvas);

/* The items that are steps, for menus: ids and names, by place. Returns: FALSE behind the last. */
gboolean rungs_sequence_palette_get (guint        place,
                                     const char **item,
                                     const char **name);

/* The JSON of a new step, or of a new trigger; NULL where the item is none. Returns: (transfer
 * full) */
char *rungs_sequence_palette_make_step (const char *item,
                                        const char *sells);

/* The kind of step that the item is. FALSE: it is none. */
gboolean rungs_sequence_palette_get_kind (const char     *item,
                                          RungsGraphKind *kind);

G_END_DECLS
