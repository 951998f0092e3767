/* rungs-forms-view.c: the opt-in forms, what came by each, and the editor of the one that is
 * opened. */

#include "rungs-forms-view.h"

#include <glib/gi18n.h>

#include "rungs-form-editor.h"
#include "rungs-form-list-rows.h"
#include "rungs-form-publish-dialog.h"
#include "rungs-form-share-dialog.h"
#include "rungs-form-words.h"
#include "rungs-form-work.h"
#include "rungs-new-form-dialog.h"
#include "web/rungs-opt-in-templates.h"
#include "widgets/rungs-browser-held.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-wrap-box.h"

struct _RungsFormsView
{
  RungsPageView parent_instance;

  GtkStack *stack;
  RungsBrowser *browser;
  GMenuModel *row_menu;
  GtkLabel *name;
  GtkLabel *state;
  GtkLabel *facts;
  GtkLabel *asks;
  GtkBox *beginnings;
  RungsFormEditor *editor;
};

G_DEFINE_FINAL_TYPE (RungsFormsView, rungs_forms_view, RUNGS_TYPE_PAGE_VIEW)

static RungsStore *
store_of (RungsFormsView *self)
{
  return rungs_page_view_get_store (RUNGS_PAGE_VIEW (self));
}

static RungsPage *
page_of (RungsFormsView *self)
{
  return rungs_page_view_get_page (RUNGS_PAGE_VIEW (self));
}

static GtkWindow *
window_of (RungsFormsView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static gboolean
is_editing (RungsFormsView *self)
{
  return rungs_draft_editor_get_id (RUNGS_DRAFT_EDITOR (self->editor)) != 0;
}

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  return rungs_browser_query_new (browser, rungs_page_get_search_text (page_of (data)));
}

/* ---- the form that is selected */

static void
append_fact (GString    *facts,
             const char *words,
             gint64      n)
{
  g_autofree char *number = rungs_display_number (n);
  g_auto (GStrv) around = g_strsplit (words, "%s", 2);
  g_autofree char *part = g_strjoinv (number, around);

  g_string_append_printf (facts, "%s%s", facts->len > 0 ? "\n" : "", part);
}

static char *
dup_facts (const RungsFormListed *listed)
{
  const RungsOptInForm *form = listed->form;
  g_autoptr (GString) facts = g_string_new (NULL);

  append_fact (facts, ngettext ("%s submission", "%s submissions", (gulong) form->submissions),
               form->submissions);
  append_fact (facts, ngettext ("of %s lead", "of %s leads", (gulong) form->leads), form->leads);
  if (form->draft->is_double)
    {
      append_fact (facts, _ ("%s confirmed"), form->confirmed);
      append_fact (facts, _ ("%s not confirmed yet"), form->pending);
    }
  if (listed->views > 0)
    append_fact (facts, _ ("%s views of its page"), listed->views);
  g_string_append_printf (facts, "\n/f/%s", form->slug);
  return g_string_free (g_steal_pointer (&facts), FALSE);
}

static char *
dup_asks (const RungsOptIn *opt_in)
{
  g_autoptr (GString) asks = g_string_new (NULL);

  for (guint i = 0; i < opt_in->fields->len; i++)
    {
      const RungsOptInField *field = g_ptr_array_index (opt_in->fields, i);

      g_string_append_printf (asks, "%s%s", i > 0 ? "\n" : "", field->label);
    }
  return g_string_free (g_steal_pointer (&asks), FALSE);
}

static void
show_form (RungsFormsView        *self,
           const RungsFormListed *listed)
{
  const RungsOptInForm *form = listed->form;
  const char *classes[] = { "state-chip", rungs_form_state_style (form), NULL };
  g_autofree char *facts = dup_facts (listed);
  g_autofree char *asks = dup_asks (form->draft);

  gtk_label_set_label (self->name, form->name);
  gtk_label_set_label (self->state, rungs_form_state_words (form));
  gtk_widget_set_css_classes (GTK_WIDGET (self->state), classes);
  gtk_label_set_label (self->facts, facts);
  gtk_label_set_label (self->asks, asks);
}

/* Returns: (nullable): the one that is selected, once it is read. */
static const RungsOptInForm *
form_of (RungsFormsView *self)
{
  const RungsFormListed *listed = rungs_page_view_get_details (RUNGS_PAGE_VIEW (self));

  return listed != NULL ? listed->form : NULL;
}

static void
rungs_forms_view_show_details (RungsPageView *view)
{
  RungsFormsView *self = RUNGS_FORMS_VIEW (view);
  GtkWidget *widget = GTK_WIDGET (view);
  const RungsOptInForm *form = form_of (self);
  gboolean is_one = rungs_browser_get_single (self->browser) != 0;
  gboolean is_used = form != NULL && form->retired_at == 0;

  gtk_widget_action_set_enabled (widget, "forms.edit", is_one);
  gtk_widget_action_set_enabled (widget, "forms.share", is_one);
  gtk_widget_action_set_enabled (widget, "forms.publish", is_used);
  gtk_widget_action_set_enabled (widget, "forms.retire", is_used && form->version != 0);
  gtk_widget_action_set_enabled (widget, "forms.reuse", form != NULL && !is_used);
  gtk_widget_action_set_enabled (widget, "forms.delete", form != NULL && form->version == 0);
  if (form != NULL)
    show_form (self, rungs_page_view_get_details (view));
}

/* ---- the editor */

static void
open_editor (RungsFormsView *self,
             gint64          form)
{
  rungs_draft_editor_open (RUNGS_DRAFT_EDITOR (self->editor), page_of (self), form);
  gtk_stack_set_visible_child_name (self->stack, "editor");
  rungs_page_view_summary_changed (RUNGS_PAGE_VIEW (self));
  rungs_page_take_focus (page_of (self));
}

static void
editor_closed_cb (RungsFormsView *self)
{
  gint64 form = rungs_draft_editor_get_id (RUNGS_DRAFT_EDITOR (self->editor));

  rungs_draft_editor_open (RUNGS_DRAFT_EDITOR (self->editor), page_of (self), 0);
  gtk_stack_set_visible_child_name (self->stack, "list");
  rungs_browser_refresh (self->browser);
  rungs_browser_select (self->browser, form);
  rungs_page_view_summary_changed (RUNGS_PAGE_VIEW (self));
  rungs_page_take_focus (page_of (self));
}

static void
activated_cb (RungsFormsView *self,
              gint64          id)
{
  open_editor (self, id);
}

static void
made_cb (RungsFormsView *self,
         gint64          id)
{
  if (page_of (self) != NULL)
    open_editor (self, id);
}

static void
begin (RungsFormsView *self,
       guint           template)
{
  RungsForm *form;

  if (store_of (self) == NULL)
    return;
  form = rungs_new_form_dialog_new (window_of (self), store_of (self), template);
  g_signal_connect_object (form, "saved", G_CALLBACK (made_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (form));
}

/* ---- actions */

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsFormsView *self = RUNGS_FORMS_VIEW (widget);
  gint64 id = rungs_browser_get_single (self->browser);

  if (id != 0)
    open_editor (self, id);
}

static void
begin_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  begin (RUNGS_FORMS_VIEW (widget), g_variant_get_uint32 (parameter));
}

static void
share_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  RungsFormsView *self = RUNGS_FORMS_VIEW (widget);
  gint64 id = rungs_browser_get_single (self->browser);

  if (id != 0)
    rungs_form_share_dialog_present (window_of (self), store_of (self), id);
}

static void
publish_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RungsFormsView *self = RUNGS_FORMS_VIEW (widget);
  gint64 id = rungs_browser_get_single (self->browser);

  if (id != 0)
    rungs_form_publish_dialog_present (page_of (self), id);
}

static void
retire_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsFormsView *self = RUNGS_FORMS_VIEW (widget);
  const RungsOptInForm *form = form_of (self);

  if (form != NULL)
    rungs_form_work_retire (page_of (self), form, form->retired_at == 0);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsFormsView *self = RUNGS_FORMS_VIEW (widget);

  if (form_of (self) != NULL)
    rungs_form_work_delete (page_of (self), form_of (self));
}

/* ---- as a view of its page */

static void
rungs_forms_view_set_up (RungsPageView *view)
{
  RungsPageViewRows rows = { .name = "forms",
                             .source = rungs_form_list_get_source (),
                             .make_query = make_query,
                             .load = rungs_form_listed_load,
                             .details_free = (GDestroyNotify) rungs_form_listed_free };

  rows.columns = rungs_form_list_get_columns (&rows.n_columns);
  rungs_page_view_set_rows (view, RUNGS_FORMS_VIEW (view)->browser, &rows);
}

static void
rungs_forms_view_refresh (RungsPageView *view)
{
  RungsFormsView *self = RUNGS_FORMS_VIEW (view);

  if (is_editing (self))
    rungs_draft_editor_refresh (RUNGS_DRAFT_EDITOR (self->editor));
  RUNGS_PAGE_VIEW_CLASS (rungs_forms_view_parent_class)->refresh (view);
}

static void
rungs_forms_view_main_action (RungsPageView *view)
{
  begin (RUNGS_FORMS_VIEW (view), 0);
}

static gboolean
rungs_forms_view_focus_content (RungsPageView *view)
{
  RungsFormsView *self = RUNGS_FORMS_VIEW (view);

  return is_editing (self) ? rungs_draft_editor_focus_content (RUNGS_DRAFT_EDITOR (self->editor))
                           : rungs_browser_focus (self->browser);
}

static char *
rungs_forms_view_dup_summary (RungsPageView *view)
{
  RungsFormsView *self = RUNGS_FORMS_VIEW (view);
  guint n = rungs_browser_get_n_rows (self->browser);
  g_autofree char *number = rungs_display_number (n);

  return n > 0 ? g_strdup_printf (ngettext ("%s form", "%s forms", n), number) : NULL;
}

static char *
rungs_forms_view_dup_unsaved (RungsPageView *view)
{
  return rungs_draft_editor_dup_unsaved (RUNGS_DRAFT_EDITOR (RUNGS_FORMS_VIEW (view)->editor));
}

/* "12": the form of that number. */
static void
rungs_forms_view_show_target (RungsPageView *view,
                              const char   *rest)
{
  RungsFormsView *self = RUNGS_FORMS_VIEW (view);

  if (is_editing (self))
    editor_closed_cb (self);
  rungs_browser_select (self->browser, g_ascii_strtoll (rest, NULL, 10));
}

/* ---- the class */

static void
install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "forms.begin", "u", begin_action);
  gtk_widget_class_install_action (klass, "forms.edit", NULL, edit_action);
  gtk_widget_class_install_action (klass, "forms.share", NULL, share_action);
  gtk_widget_class_install_action (klass, "forms.publish", NULL, publish_action);
  gtk_widget_class_install_action (klass, "forms.retire", NULL, retire_action);
  gtk_widget_class_install_action (klass, "forms.reuse", NULL, retire_action);
  gtk_widget_class_install_action (klass, "forms.delete", NULL, delete_action);
}

static void
rungs_forms_view_class_init (RungsFormsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageViewClass *view_class = RUNGS_PAGE_VIEW_CLASS (klass);

  view_class->main_action_label = N_ ("_New Form…");
  view_class->search_placeholder = N_ ("Search forms");
  view_class->set_up = rungs_forms_view_set_up;
  view_class->refresh = rungs_forms_view_refresh;
  view_class->main_action = rungs_forms_view_main_action;
  view_class->focus_content = rungs_forms_view_focus_content;
  view_class->dup_summary = rungs_forms_view_dup_summary;
  view_class->dup_unsaved = rungs_forms_view_dup_unsaved;
  view_class->show_target = rungs_forms_view_show_target;
  view_class->show_details = rungs_forms_view_show_details;
  install_actions (widget_class);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_FORM_EDITOR);
  g_type_ensure (RUNGS_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/web/rungs-forms-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsFormsView, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsFormsView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsFormsView, row_menu);
  gtk_widget_class_bind_template_child (widget_class, RungsFormsView, name);
  gtk_widget_class_bind_template_child (widget_class, RungsFormsView, state);
  gtk_widget_class_bind_template_child (widget_class, RungsFormsView, facts);
  gtk_widget_class_bind_template_child (widget_class, RungsFormsView, asks);
  gtk_widget_class_bind_template_child (widget_class, RungsFormsView, beginnings);
  gtk_widget_class_bind_template_child (widget_class, RungsFormsView, editor);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, editor_closed_cb);
}

/* What one can begin with, on the empty page. */
static void
add_beginning (RungsFormsView           *self,
               guint                     place,
               const RungsOptInTemplate *template)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *name = gtk_label_new (_ (template->name));
  GtkWidget *summary = gtk_label_new (_ (template->summary));

  gtk_widget_add_css_class (name, "heading");
  gtk_widget_add_css_class (summary, "caption");
  gtk_widget_add_css_class (summary, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (summary), 0);
  gtk_label_set_wrap (GTK_LABEL (summary), TRUE);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), summary);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (template->name), -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "forms.begin");
  gtk_box_append (self->beginnings, button);
}

static void
rungs_forms_view_init (RungsFormsView *self)
{
  gsize n;
  const RungsOptInTemplate *templates = rungs_opt_in_templates (&n);

  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_browser_set_menu (self->browser, self->row_menu);
  for (gsize i = 0; i < n; i++)
    add_beginning (self, (guint) i, &templates[i]);
  rungs_forms_view_show_details (RUNGS_PAGE_VIEW (self));
}
