/* rungs-draft-editor.c: shows a draft that one edits. */

#include "rungs-draft-editor.h"

#include <glib/gi18n.h>

#include "widgets/rungs-error-words.h"

/* It is narrower only where its content is. */
#define LEAST_WIDTH 620

typedef struct
{
  GtkWidget *content; /* (nullable): gone when it is disposed of, as are those below */
  GtkWidget *undo;
  GtkWidget *redo;
  GtkLabel *saved;

  RungsPage *page;     /* (nullable): a weak pointer */
  RungsDraft *draft;   /* (owned) (nullable): what is open */
  const char *awaited; /* (nullable): the action that is done when all is in the file */
} RungsDraftEditorPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RungsDraftEditor, rungs_draft_editor, GTK_TYPE_WIDGET)

#define PRIVATE(self) \
  ((RungsDraftEditorPrivate *) rungs_draft_editor_get_instance_private (self))

/* ---- showing */

static const char *
saved_words (RungsDraft *draft)
{
  const RungsDraftFacts *facts = rungs_draft_get_facts (draft);

  if (!rungs_draft_is_saved (draft))
    return _ ("Not saved yet");
  if (facts->published == NULL)
    return _ ("Not published yet");
  return rungs_draft_is_unpublished (draft) ? _ ("Changes not published yet") : "";
}

static void
do_awaited (RungsDraftEditor *self)
{
  const char *action = g_steal_pointer (&PRIVATE (self)->awaited);

  if (action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

static void
draft_changed_cb (RungsDraftEditor *self)
{
  RungsDraftEditorPrivate *private = PRIVATE (self);
  gboolean first = !gtk_widget_get_visible (private->content);
  const char *saved;

  if (rungs_draft_get_facts (private->draft) == NULL)
    return;
  saved = saved_words (private->draft);
  gtk_label_set_label (private->saved, saved);
  gtk_widget_set_visible (GTK_WIDGET (private->saved), *saved != '\0');
  RUNGS_DRAFT_EDITOR_GET_CLASS (self)->show (self);
  gtk_widget_set_visible (private->content, TRUE);
  if (first && gtk_widget_get_mapped (GTK_WIDGET (self)))
    RUNGS_DRAFT_EDITOR_GET_CLASS (self)->take_focus (self);
  else if (private->page != NULL)
    rungs_page_settle_focus (private->page);
  if (rungs_draft_is_saved (private->draft))
    do_awaited (self);
}

static void
draft_failed_cb (RungsDraftEditor *self,
                 GError           *error,
                 gboolean          saving)
{
  RungsDraftEditorPrivate *private = PRIVATE (self);

  if (saving)
    {
      private->awaited = NULL;
      rungs_error_tell (GTK_WIDGET (self), _ ("The Draft Could Not Be Saved"), error);
    }
  else if (private->page != NULL && rungs_draft_get_facts (private->draft) == NULL)
    rungs_page_notify_error (private->page, error);
  else if (private->page != NULL)
    rungs_page_notify (private->page, error->message);
}

static void
forget (RungsDraftEditor *self)
{
  RungsDraftEditorPrivate *private = PRIVATE (self);

  if (private->draft == NULL)
    return;
  g_signal_handlers_disconnect_by_data (private->draft, self);
  RUNGS_DRAFT_EDITOR_GET_CLASS (self)->forget (self);
  g_clear_object (&private->draft);
}

/* ---- the class */

static void
rungs_draft_editor_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  gtk_widget_measure (PRIVATE (RUNGS_DRAFT_EDITOR (widget))->content, orientation, for_size,
                      minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, LEAST_WIDTH);
  *natural = MAX (*minimum, *natural);
  *minimum_baseline = *natural_baseline = -1;
}

static void
rungs_draft_editor_dispose (GObject *object)
{
  RungsDraftEditor *self = RUNGS_DRAFT_EDITOR (object);
  RungsDraftEditorPrivate *private = PRIVATE (self);

  forget (self);
  g_clear_weak_pointer (&private->page);
  g_clear_pointer (&private->content, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_draft_editor_parent_class)->dispose (object);
}

static void
rungs_draft_editor_class_init (RungsDraftEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_draft_editor_dispose;
  GTK_WIDGET_CLASS (klass)->measure = rungs_draft_editor_measure;
  g_signal_new ("closed", RUNGS_TYPE_DRAFT_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
rungs_draft_editor_init (RungsDraftEditor *self)
{
}

void
rungs_draft_editor_set_parts (RungsDraftEditor *self,
                              GtkWidget        *content,
                              GtkWidget        *undo,
                              GtkWidget        *redo,
                              GtkLabel         *saved)
{
  RungsDraftEditorPrivate *private = PRIVATE (self);

  g_return_if_fail (RUNGS_IS_DRAFT_EDITOR (self));

  private->content = content;
  private->undo = undo;
  private->redo = redo;
  private->saved = saved;
}

/* Undo and redo are those of the draft. */
static void
open_history (RungsDraftEditor *self)
{
  RungsDraftEditorPrivate *private = PRIVATE (self);
  RungsHistory *history = rungs_draft_get_history (private->draft);

  rungs_history_install (history, GTK_WIDGET (self));
  rungs_history_bind_buttons (history, private->undo, private->redo);
}

void
rungs_draft_editor_open (RungsDraftEditor *self,
                         RungsPage        *page,
                         gint64            id)
{
  RungsDraftEditorPrivate *private = PRIVATE (self);

  g_return_if_fail (RUNGS_IS_DRAFT_EDITOR (self));

  if (id == rungs_draft_editor_get_id (self))
    return;
  forget (self);
  gtk_widget_set_visible (private->content, FALSE);
  private->awaited = NULL;
  if (id == 0)
    return;
  g_set_weak_pointer (&private->page, page);
  private->draft
    = RUNGS_DRAFT_EDITOR_GET_CLASS (self)->open (self, rungs_page_get_store (page), id);
  g_signal_connect_object (private->draft, "changed", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (private->draft, "failed", G_CALLBACK (draft_failed_cb), self,
                           G_CONNECT_SWAPPED);
  open_history (self);
  rungs_draft_refresh (private->draft);
}

gint64
rungs_draft_editor_get_id (RungsDraftEditor *self)
{
  g_return_val_if_fail (RUNGS_IS_DRAFT_EDITOR (self), 0);

  return PRIVATE (self)->draft != NULL ? rungs_draft_get_id (PRIVATE (self)->draft) : 0;
}

RungsPage *
rungs_draft_editor_get_page (RungsDraftEditor *self)
{
  g_return_val_if_fail (RUNGS_IS_DRAFT_EDITOR (self), NULL);

  return PRIVATE (self)->page;
}

void
rungs_draft_editor_refresh (RungsDraftEditor *self)
{
  g_return_if_fail (RUNGS_IS_DRAFT_EDITOR (self));

  if (PRIVATE (self)->draft != NULL)
    rungs_draft_refresh (PRIVATE (self)->draft);
}

gboolean
rungs_draft_editor_put_off (RungsDraftEditor *self,
                            const char       *action)
{
  RungsDraftEditorPrivate *private = PRIVATE (self);

  g_return_val_if_fail (RUNGS_IS_DRAFT_EDITOR (self), FALSE);

  if (private->draft == NULL || rungs_draft_is_saved (private->draft))
    return FALSE;
  private->awaited = action;
  return TRUE;
}

gboolean
rungs_draft_editor_focus_content (RungsDraftEditor *self)
{
  g_return_val_if_fail (RUNGS_IS_DRAFT_EDITOR (self), FALSE);

  return gtk_widget_get_visible (PRIVATE (self)->content)
         && RUNGS_DRAFT_EDITOR_GET_CLASS (self)->take_focus (self);
}

char *
rungs_draft_editor_dup_unsaved (RungsDraftEditor *self)
{
  g_return_val_if_fail (RUNGS_IS_DRAFT_EDITOR (self), NULL);

  if (PRIVATE (self)->draft == NULL || rungs_draft_is_saved (PRIVATE (self)->draft))
    return NULL;
  return g_strdup (gettext (RUNGS_DRAFT_EDITOR_GET_CLASS (self)->unsaved));
}
