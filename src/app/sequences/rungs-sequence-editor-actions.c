/* rungs-sequence-editor-actions.c: what buttons and menus of the editor do. */

#include "rungs-sequence-editor-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "messages/rungs-message-dialog.h"
#include "rungs-publish-dialog.h"
#include "rungs-rehearsal-window.h"
#include "rungs-step-waiting.h"
#include "sequences/rungs-graph-path.h"
#include "widgets/rungs-canvas-item.h"
#include "widgets/rungs-error-words.h"

static const char *
text_of (RungsSequenceEditor *self)
{
  return rungs_draft_get_text (RUNGS_DRAFT (self->document));
}

/* ---- menus */

/* It may be activated after it was closed: the popover goes a little later. */
static gboolean
drop_popover (gpointer data)
{
  gtk_widget_unparent (data);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, drop_popover, g_object_ref (popover), g_object_unref);
}

static void
show_menu (GtkWidget          *widget,
           GMenu              *menu,
           const GdkRectangle *where)
{
  GtkWidget *popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));

  gtk_widget_set_parent (popover, widget);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), where);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* What can be put on the arrow of that `+`. */
static void
insert_at_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (widget);
  const char *place = g_variant_get_string (parameter, NULL);
  g_autoptr (GMenu) menu = g_menu_new ();
  const char *item, *label;
  GdkRectangle where;

  for (guint i = 0; rungs_sequence_palette_get (i, &item, &label); i++)
    if (rungs_sequence_editor_accepts (self, item, place))
      {
        g_autoptr (GMenuItem) entry = g_menu_item_new (label, NULL);

        g_menu_item_set_action_and_target (entry, "flow.insert", "(ss)", item, place);
        g_menu_append_item (menu, entry);
      }
  if (rungs_canvas_locate (self->canvas, place, &where))
    show_menu (GTK_WIDGET (self->canvas), menu, &where);
}

static void
insert_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  const char *item, *place;

  g_variant_get (parameter, "(&s&s)", &item, &place);
  rungs_sequence_editor_put (RUNGS_SEQUENCE_EDITOR (widget), item, place);
}

static GMenu *
menu_of (const char *id)
{
  GMenu *menu = g_menu_new ();

  if (rungs_flow_get_step (id) != NULL)
    {
      g_menu_append (menu, _ ("_Edit"), "flow.edit");
      g_menu_append (menu, _ ("_Insert a Step…"), "canvas.insert");
      g_menu_append (menu, _ ("_Move…"), "canvas.move");
      g_menu_append (menu, _ ("C_ut"), "canvas.cut");
      g_menu_append (menu, _ ("_Copy"), "canvas.copy");
      g_menu_append (menu, _ ("_Paste Behind It"), "canvas.paste");
      g_menu_append (menu, _ ("D_uplicate"), "canvas.duplicate");
      g_menu_append (menu, _ ("_Delete"), "flow.delete");
      return menu;
    }
  if (id != NULL)
    g_menu_append (menu, _ ("_Edit"), "flow.edit");
  g_menu_append (menu, _ ("_Insert a Step…"), "canvas.insert");
  g_menu_append (menu, _ ("_Paste"), "canvas.paste");
  g_menu_append (menu, _ ("Show _Outline"), "flow.show-outline");
  g_menu_append (menu, _ ("See _All"), "flow.fit");
  g_menu_append (menu, _ ("P_rint…"), "flow.print");
  g_menu_append (menu, _ ("E_xport…"), "flow.export");
  return menu;
}

static void
menu_cb (GtkWidget           *widget,
         const char          *id,
         double               x,
         double               y,
         RungsSequenceEditor *self)
{
  g_autoptr (GMenu) menu = menu_of (id);

  show_menu (widget, menu, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
}

/* ---- what is selected */

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (widget);

  rungs_sequence_editor_show_side (self);
  rungs_sequence_inspector_edit (self->inspector, NULL);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  rungs_sequence_editor_remove_selected (RUNGS_SEQUENCE_EDITOR (widget));
  gtk_widget_grab_focus (GTK_WIDGET (RUNGS_SEQUENCE_EDITOR (widget)->canvas));
}

static void
duplicate_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (RUNGS_SEQUENCE_EDITOR (widget)->canvas),
                              "canvas.duplicate", NULL);
}

static void
waiting_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (widget);
  const char *step = g_variant_get_string (parameter, NULL);
  g_autofree char *id = rungs_flow_step_id (step);
  GtkWidget *card = rungs_canvas_get_widget (self->canvas, id);

  if (card != NULL && self->document != NULL)
    rungs_step_waiting_show (card, rungs_draft_get_store (RUNGS_DRAFT (self->document)),
                             rungs_draft_get_id (RUNGS_DRAFT (self->document)), step);
}

/* ---- splits and triggers */

static void
add_branch_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (widget);
  GError *error = NULL;
  char *text
    = rungs_graph_edit_add_branch (text_of (self), g_variant_get_string (parameter, NULL), &error);

  rungs_sequence_editor_do (self, _ ("new way"), text, error);
}

static void
remove_branch_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (widget);
  GError *error = NULL;
  const char *step, *way;
  char *text;

  g_variant_get (parameter, "(&s&s)", &step, &way);
  text = rungs_graph_edit_remove_branch (text_of (self), step, way, &error);
  rungs_sequence_editor_do (self, _ ("removal of a way"), text, error);
}

static void
add_trigger_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  g_autofree char *item
    = g_strconcat ("trigger:", g_variant_get_string (parameter, NULL), NULL);

  rungs_sequence_editor_put (RUNGS_SEQUENCE_EDITOR (widget), item, RUNGS_FLOW_ENTRY);
}

static void
remove_trigger_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (widget);
  g_autofree char *path
    = g_strdup_printf ("entry.triggers.%u", g_variant_get_uint32 (parameter));
  GError *error = NULL;
  char *text = rungs_graph_path_set (text_of (self), NULL, path, NULL, &error);

  rungs_sequence_editor_do (self, _ ("removal of a trigger"), text, error);
}

/* ---- messages */

static gpointer
load_message (RungsDb       *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return rungs_message_load_by_name (db, data, error);
}

static void
message_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (RungsSequenceEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsMessage) message
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (message == NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The Message Could Not Be Read"), error);
  else if (GTK_IS_WINDOW (root))
    gtk_window_present (GTK_WINDOW (
      rungs_message_dialog_new (GTK_WINDOW (root), RUNGS_STORE (source), message)));
}

/* Opens the message that the step sends. */
static void
write_message (RungsSequenceEditor *self,
               const char          *id)
{
  const RungsGraphStep *step
    = rungs_graph_find (rungs_sequence_document_get_graph (self->document), id);

  if (step != NULL && step->message != NULL)
    rungs_store_read_async (rungs_draft_get_store (RUNGS_DRAFT (self->document)), load_message,
                            g_strdup (step->message), g_free,
                            (GDestroyNotify) rungs_message_free, NULL, message_loaded_cb,
                            g_object_ref (self));
}

static void
write_message_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  write_message (RUNGS_SEQUENCE_EDITOR (widget), g_variant_get_string (parameter, NULL));
}

/* ---- mending */

/* A way out of the step that leads back to it, sooner or later, ends there. */
static char *
end_round (RungsSequenceEditor *self,
           const char          *id,
           GError             **error)
{
  RungsGraph *graph = rungs_sequence_document_get_graph (self->document);
  g_autoptr (RungsGraphLayout) layout = rungs_graph_layout (graph);

  for (guint i = 0; i < layout->arrows->len; i++)
    {
      const RungsGraphArrow *arrow = g_ptr_array_index (layout->arrows, i);

      if (arrow->up)
        return rungs_graph_edit_lead (text_of (self), arrow->from->step->id,
                                      arrow->branch->label, NULL, error);
    }
  return rungs_graph_edit_lead (text_of (self), id, "next", NULL, error);
}

/* Steps that nothing leads to go. */
static char *
remove_lost (RungsSequenceEditor *self,
             const char          *id,
             GError             **error)
{
  const char *const ids[] = { id, NULL };

  return rungs_graph_edit_remove (text_of (self), ids, error);
}

static char *
end_at (RungsSequenceEditor *self,
        const char          *id,
        const char          *way,
        GError             **error)
{
  RungsGraph *graph = rungs_sequence_document_get_graph (self->document);
  const RungsGraphStep *first = graph->steps->len > 0 ? graph->steps->pdata[0] : NULL;

  if (*id != '\0')
    return rungs_graph_edit_lead (text_of (self), id, way, NULL, error);
  return rungs_graph_edit_lead (text_of (self), NULL, NULL, first ? first->id : NULL, error);
}

static char *
put_wait (RungsSequenceEditor *self,
          const char          *id,
          GError             **error)
{
  const RungsGraphStep *step
    = rungs_graph_find (rungs_sequence_document_get_graph (self->document), id);
  const RungsGraphBranch *branch
    = step != NULL && step->branches->len > 0 ? step->branches->pdata[0] : NULL;

  return branch ? rungs_graph_edit_insert (text_of (self), id, branch->label,
                                           "{\"kind\": \"wait\", \"days\": 1}", NULL, error)
                : NULL;
}

static char *
make_mended (RungsSequenceEditor *self,
             RungsGraphFault      fault,
             const char          *id,
             const char          *member,
             GError             **error)
{
  switch (fault)
    {
    case RUNGS_GRAPH_FAULT_TARGET:
      return end_at (self, id, member, error);
    case RUNGS_GRAPH_FAULT_UNREACHED:
      return remove_lost (self, id, error);
    case RUNGS_GRAPH_FAULT_ROUND:
      return put_wait (self, id, error);
    case RUNGS_GRAPH_FAULT_ENDLESS:
      return end_round (self, id, error);
    case RUNGS_GRAPH_FAULT_MISSING:
    case RUNGS_GRAPH_FAULT_NAME:
    case RUNGS_GRAPH_FAULT_UNWRITTEN:
    case RUNGS_GRAPH_FAULT_EMPTY:
    case RUNGS_GRAPH_FAULT_OTHER:
    default:
      return NULL;
    }
}

static void
mend_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (widget);
  GError *error = NULL;
  const char *id, *member;
  char *text;
  guint fault;

  g_variant_get (parameter, "(&su&s)", &id, &fault, &member);
  if (fault == RUNGS_GRAPH_FAULT_MISSING || fault == RUNGS_GRAPH_FAULT_NAME)
    {
      rungs_sequence_inspector_edit (self->inspector, *member != '\0' ? member : NULL);
      return;
    }
  if (fault == RUNGS_GRAPH_FAULT_UNWRITTEN)
    {
      write_message (self, id);
      return;
    }
  text = make_mended (self, (RungsGraphFault) fault, id, member, &error);
  rungs_sequence_editor_do (self, _ ("mending"), text, error);
}

/* ---- the view */

/* Returns: (nullable): the page, where the action can be done now; it is done later else, as soon
 * as all of the draft, which it reads, is in the file. */
static RungsPage *
page_when_saved (RungsSequenceEditor *self,
                 const char          *action)
{
  return self->document == NULL
                 || rungs_draft_editor_put_off (RUNGS_DRAFT_EDITOR (self), action)
             ? NULL
             : rungs_sequence_editor_get_page (self);
}

static void
rehearse_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (widget);
  RungsPage *page = page_when_saved (self, "flow.rehearse");
  GtkRoot *root = gtk_widget_get_root (widget);

  if (page != NULL)
    rungs_rehearsal_window_present (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                    rungs_page_get_store (page),
                                    rungs_draft_get_id (RUNGS_DRAFT (self->document)));
}

static void
publish_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (widget);
  RungsPage *page = page_when_saved (self, "flow.publish");

  if (page != NULL)
    rungs_publish_dialog_present (page, rungs_draft_get_id (RUNGS_DRAFT (self->document)));
}

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_widget_activate_action_variant (GTK_WIDGET (RUNGS_SEQUENCE_EDITOR (widget)->canvas),
                                      "canvas.zoom", parameter);
}

static void
fit_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  rungs_canvas_fit (RUNGS_SEQUENCE_EDITOR (widget)->canvas);
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  g_signal_emit_by_name (widget, "closed");
}

void
rungs_sequence_editor_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "flow.insert-at", "s", insert_at_action);
  gtk_widget_class_install_action (klass, "flow.insert", "(ss)", insert_action);
  gtk_widget_class_install_action (klass, "flow.edit", NULL, edit_action);
  gtk_widget_class_install_action (klass, "flow.delete", NULL, delete_action);
  gtk_widget_class_install_action (klass, "flow.duplicate", NULL, duplicate_action);
  gtk_widget_class_install_action (klass, "flow.waiting", "s", waiting_action);
  gtk_widget_class_install_action (klass, "flow.add-branch", "s", add_branch_action);
  gtk_widget_class_install_action (klass, "flow.remove-branch", "(ss)", remove_branch_action);
  gtk_widget_class_install_action (klass, "flow.add-trigger", "s", add_trigger_action);
  gtk_widget_class_install_action (klass, "flow.remove-trigger", "u", remove_trigger_action);
  gtk_widget_class_install_action (klass, "flow.mend", "(sus)", mend_action);
  gtk_widget_class_install_action (klass, "flow.write-message", "s", write_message_action);
  gtk_widget_class_install_action (klass, "flow.rehearse", NULL, rehearse_action);
  gtk_widget_class_install_action (klass, "flow.publish", NULL, publish_action);
  gtk_widget_class_install_action (klass, "flow.zoom", "i", zoom_action);
  gtk_widget_class_install_action (klass, "flow.fit", NULL, fit_action);
  gtk_widget_class_install_action (klass, "flow.close", NULL, close_action);
}

void
rungs_sequence_editor_actions_connect (RungsSequenceEditor *self)
{
  g_signal_connect_object (self->canvas, "menu", G_CALLBACK (menu_cb), self, 0);
  g_signal_connect_object (self->outline, "menu", G_CALLBACK (menu_cb), self, 0);
}
