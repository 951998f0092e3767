/* rungs-form-editor-private.h: what the parts of the editor of forms share. */

#pragma once

#include "rungs-form-editor.h"
#include "rungs-form-inspector.h"
#include "rungs-form-outline.h"
#include "rungs-form-preview.h"

G_BEGIN_DECLS

struct _RungsFormEditor
{
  RungsDraftEditor parent_instance;

  GtkWidget *content;
  GtkWidget *undo;
  GtkWidget *redo;
  GtkLabel *name;
  GtkLabel *state;
  GtkLabel *saved;
  GtkDropDown *language;
  GtkToggleButton *flip;
  GtkWidget *writing;
  RungsFormOutline *outline;
  RungsFormInspector *inspector;
  RungsFormPreview *preview;

  RungsFormDocument *document; /* (unowned) (nullable): what is open */
  gboolean is_narrow;          /* no room for the preview beside the rest */
  gboolean filling;            /* the program chooses the language */
  char *offered;               /* (owned) (nullable): the text since which undoing is offered */
};

/* ---- rungs-form-editor-actions.c */

void rungs_form_editor_actions_install (GtkWidgetClass *klass);

/* Which of them can be done now. */
void rungs_form_editor_actions_update (RungsFormEditor *self);

G_END_DECLS
