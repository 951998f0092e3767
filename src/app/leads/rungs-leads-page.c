/* rungs-leads-page.c: all leads, and what is known of the one that is selected. */

#include "rungs-leads-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "import/rungs-import-start.h"
#include "leads/rungs-merge.h"
#include "rungs-lead-bulk.h"
#include "rungs-lead-columns.h"
#include "rungs-lead-detail.h"
#include "rungs-lead-dialog.h"
#include "rungs-lead-export-dialog.h"
#include "rungs-lead-filters.h"
#include "rungs-lead-pickers.h"
#include "rungs-lead-rows.h"
#include "rungs-lead-target.h"
#include "rungs-lead-work.h"
#include "rungs-merge-bulk.h"
#include "rungs-merge-window.h"
#include "rungs-privacy-window.h"
#include "segments/rungs-segment-forms.h"
#include "segments/rungs-segment-picker.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

struct _RungsLeadsPage
{
  RungsPage parent_instance;

  RungsBrowser *browser;
  RungsLeadFilters *filters;
  RungsLeadDetail *detail;
  GMenuModel *page_menu;
  GMenuModel *row_menu;

  RungsRuleFields *fields; /* (owned) (nullable) */
  RungsLeadRoll *roll;     /* (owned) */
};

G_DEFINE_FINAL_TYPE (RungsLeadsPage, rungs_leads_page, RUNGS_TYPE_PAGE)

static RungsStore *
store_of (RungsLeadsPage *self)
{
  return rungs_page_get_store (RUNGS_PAGE (self));
}

/* ---- the list */

/* What the list shows now. */
static RungsLeadRowsQuery *
new_query (RungsLeadsPage *self)
{
  RungsLeadQuery *query = g_new0 (RungsLeadQuery, 1);
  g_autofree char *rule = rungs_lead_filters_dup_rule (self->filters);

  query->words = g_strdup (rungs_page_get_search_text (RUNGS_PAGE (self)));
  rungs_lead_columns_sort (self->browser, query);
  return rungs_lead_rows_query_new (query, rule, self->roll);
}

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  return new_query (data);
}

static gboolean
is_narrowed (RungsLeadsPage *self)
{
  return *rungs_page_get_search_text (RUNGS_PAGE (self)) != '\0'
         || rungs_lead_filters_is_narrowing (self->filters);
}

static void
requery (RungsLeadsPage *self)
{
  rungs_browser_requery (self->browser, is_narrowed (self));
}

static void
n_rows_changed_cb (RungsLeadsPage *self)
{
  guint n = rungs_browser_get_n_rows (self->browser);
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *subtitle
    = is_narrowed (self) ? g_strdup_printf (ngettext ("%s lead found", "%s leads found", n), number)
                         : g_strdup_printf (ngettext ("%s lead", "%s leads", n), number);

  rungs_page_settle_focus (RUNGS_PAGE (self));
  if (!rungs_browser_is_whole (self->browser))
    return;
  rungs_page_set_subtitle (RUNGS_PAGE (self), n > 0 || is_narrowed (self) ? subtitle : NULL);
}

static void
selection_changed_cb (RungsLeadsPage *self)
{
  guint n = rungs_browser_get_n_selected (self->browser);
  static const char *const for_some[]
    = { "leads.add-tag", "leads.remove-tag", "leads.add-to-sequence",
        "leads.take-out-of-sequence", "leads.add-to-segment", "leads.copy",
        "leads.export-selected", "leads.delete" };

  for (guint i = 0; i < G_N_ELEMENTS (for_some); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), for_some[i], n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "leads.edit", n == 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "leads.merge", n >= 2);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "leads.privacy", n == 1);
  rungs_lead_detail_set_lead (self->detail, rungs_browser_get_single (self->browser));
}

/* ---- adding and editing */

static void
lead_saved_cb (gint64   lead,
               gpointer data)
{
  RungsLeadsPage *self = data;

  rungs_browser_select (self->browser, lead);
}

static void
activated_cb (RungsLeadsPage *self,
              gint64          lead)
{
  rungs_lead_dialog_open (GTK_WIDGET (self), store_of (self), lead, NULL, NULL);
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  RungsLeadsPage *self = RUNGS_LEADS_PAGE (widget);

  if (store_of (self) != NULL)
    rungs_lead_dialog_open (widget, store_of (self), 0, lead_saved_cb, self);
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsLeadsPage *self = RUNGS_LEADS_PAGE (widget);
  gint64 lead = rungs_browser_get_single (self->browser);

  if (lead != 0)
    activated_cb (self, lead);
}

static void
privacy_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  gint64 lead = rungs_browser_get_single (RUNGS_LEADS_PAGE (widget)->browser);

  if (lead != 0)
    rungs_privacy_open (RUNGS_PAGE (widget), lead);
}

/* ---- what is done to the selected leads */

static RungsLeadWork *
work_on_selected (RungsLeadsPage *self,
                  gint64          ref,
                  const char     *text)
{
  return rungs_lead_work_new (rungs_browser_get_selected (self->browser), ref, text);
}

static GArray *
get_selected (RungsLeadsPage *self)
{
  return rungs_browser_get_selected (self->browser);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsLeadsPage *self = RUNGS_LEADS_PAGE (widget);
  g_autofree char *most = rungs_display_number (RUNGS_LEAD_BULK_DELETED);
  g_autofree char *words
    = g_strdup_printf (_ ("Delete at most %s leads at once. Undo an import whole with Imports… in"
                          " the menu."), most);

  if (rungs_browser_get_n_selected (self->browser) > RUNGS_LEAD_BULK_DELETED)
    rungs_page_notify (RUNGS_PAGE (self), words);
  else
    rungs_lead_bulk_delete (RUNGS_PAGE (self), get_selected (self));
}

/* Asks what is to happen to the selected leads. */
static void
pick (GtkWidget           *page,
      RungsLeadPick        what,
      RungsLeadPickedFunc  picked)
{
  RungsLeadsPage *self = RUNGS_LEADS_PAGE (page);

  rungs_lead_pick (page, store_of (self), what, rungs_browser_get_n_selected (self->browser),
                   picked, self);
}

static void
tag_picked_cb (gint64      id,
               const char *name,
               gpointer    data)
{
  rungs_lead_bulk_add_tag (data, get_selected (data), name);
}

static void
add_tag_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  pick (widget, RUNGS_LEAD_PICK_TAG, tag_picked_cb);
}

static void
lost_tag_picked_cb (gint64      id,
                    const char *name,
                    gpointer    data)
{
  rungs_lead_bulk_remove_tag (data, get_selected (data), name);
}

static void
remove_tag_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  pick (widget, RUNGS_LEAD_PICK_LOST_TAG, lost_tag_picked_cb);
}

static void
sequence_picked_cb (gint64      id,
                    const char *name,
                    gpointer    data)
{
  rungs_lead_bulk_enter (data, get_selected (data), id);
}

static void
add_to_sequence_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  pick (widget, RUNGS_LEAD_PICK_SEQUENCE, sequence_picked_cb);
}

static void
left_sequence_picked_cb (gint64      id,
                         const char *name,
                         gpointer    data)
{
  rungs_lead_bulk_stop (data, get_selected (data), id);
}

static void
take_out_of_sequence_action (GtkWidget  *widget,
                             const char *name,
                             GVariant   *parameter)
{
  pick (widget, RUNGS_LEAD_PICK_LEFT_SEQUENCE, left_sequence_picked_cb);
}

static void
add_to_segment_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  RungsLeadsPage *self = RUNGS_LEADS_PAGE (widget);

  rungs_segment_put (RUNGS_PAGE (self), rungs_browser_get_selected (self->browser));
}

/* ---- the clipboard */

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsLeadsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (text == NULL)
    {
      rungs_page_notify (RUNGS_PAGE (self), error->message);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  rungs_page_notify (RUNGS_PAGE (self), _ ("Copied. Paste it into a spreadsheet or a letter."));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsLeadsPage *self = RUNGS_LEADS_PAGE (widget);

  rungs_store_read_async (store_of (self), rungs_lead_work_to_text,
                          work_on_selected (self, 0, NULL), (GDestroyNotify) rungs_lead_work_free,
                          g_free, NULL, copied_cb, g_object_ref (self));
}

/* ---- files */

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsLeadsPage *self = RUNGS_LEADS_PAGE (widget);

  if (store_of (self) != NULL)
    rungs_lead_export_open (RUNGS_PAGE (self), NULL, new_query (self),
                            rungs_browser_get_n_rows (self->browser), self->browser);
}

static void
export_selected_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  RungsLeadsPage *self = RUNGS_LEADS_PAGE (widget);

  rungs_lead_export_open (RUNGS_PAGE (self), rungs_browser_get_selected (self->browser), NULL,
                          rungs_browser_get_n_selected (self->browser), self->browser);
}

/* ---- leads that are one person */

static void
find_duplicates_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  if (store_of (RUNGS_LEADS_PAGE (widget)) != NULL)
    rungs_merge_find (RUNGS_PAGE (widget));
}

/* A few leads are one person, who is shown field by field; of many those are merged who surely
 * are. */
static void
merge_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  RungsLeadsPage *self = RUNGS_LEADS_PAGE (widget);

  if (rungs_browser_get_n_selected (self->browser) <= RUNGS_MERGE_MOST)
    rungs_merge_open (RUNGS_PAGE (self), get_selected (self));
  else
    rungs_merge_bulk (RUNGS_PAGE (self), get_selected (self));
}

static void
undo_merge_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  rungs_merge_take_back (RUNGS_PAGE (widget), g_variant_get_int64 (parameter));
}

/* ---- showing */

static void
rungs_leads_page_refresh (RungsPage *page)
{
  RungsLeadsPage *self = RUNGS_LEADS_PAGE (page);

  rungs_lead_roll_forget (self->roll);
  if (self->fields != NULL)
    {
      rungs_rule_fields_refresh (self->fields);
      rungs_lead_columns_load (self->browser, store_of (self), TRUE);
    }
  rungs_browser_refresh (self->browser);
  rungs_lead_detail_refresh (self->detail);
}

static void
rungs_leads_page_search (RungsPage  *page,
                         const char *text)
{
  RungsLeadsPage *self = RUNGS_LEADS_PAGE (page);

  rungs_browser_set_searching (self->browser, *text != '\0');
  requery (self);
}

/* Shows the leads for whom the rule holds, and no others; NULL: all. */
static void
show_rule (RungsLeadsPage *self,
           const char     *rule)
{
  rungs_page_set_search_text (RUNGS_PAGE (self), "");
  rungs_lead_filters_set_rule (self->filters, rule);
}

static void
target_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (RungsLeadsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *rule = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (rule != NULL)
    show_rule (self, rule);
  else
    rungs_error_tell (GTK_WIDGET (self), _ ("The Leads Could Not Be Shown"), error);
}

static void
show_lead (RungsLeadsPage *self,
           gint64          lead)
{
  if (is_narrowed (self))
    show_rule (self, NULL);
  rungs_browser_select (self->browser, lead);
}

static gboolean
rungs_leads_page_focus_content (RungsPage *page)
{
  return rungs_browser_focus (RUNGS_LEADS_PAGE (page)->browser);
}

/* ---- imports */

static void
rungs_leads_page_main_action (RungsPage *page)
{
  rungs_import_choose (page);
}

static void
paste_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  rungs_import_paste (RUNGS_PAGE (widget));
}

static void
imports_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  rungs_import_list (RUNGS_PAGE (widget));
}

/* ---- the page */

static void
rungs_leads_page_show_target (RungsPage  *page,
                              const char *target)
{
  RungsLeadsPage *self = RUNGS_LEADS_PAGE (page);

  if (g_str_equal (target, "add"))
    add_action (GTK_WIDGET (self), NULL, NULL);
  else if (g_str_has_prefix (target, "import:/"))
    rungs_import_file (page, target + strlen ("import:"));
  else if (g_str_has_prefix (target, "lead:"))
    show_lead (self, g_ascii_strtoll (target + strlen ("lead:"), NULL, 10));
  else if (g_str_has_prefix (target, "rule:"))
    show_rule (self, target + strlen ("rule:"));
  else if (store_of (self) != NULL && rungs_lead_target_is_known (target))
    rungs_store_read_async (store_of (self), rungs_lead_target_load, g_strdup (target), g_free,
                            g_free, NULL, target_loaded_cb, g_object_ref (self));
}

/* ---- the filter */

static void
segment_saved_cb (RungsLeadsPage *self,
                  gint64          id)
{
  g_autofree char *target = g_strdup_printf ("segment:%" G_GINT64_FORMAT, id);

  rungs_page_notify_of (RUNGS_PAGE (self), _ ("Segment saved"), "segments", target);
}

static void
save_filter_cb (RungsLeadsPage *self)
{
  g_autofree char *rule = rungs_lead_filters_dup_rule (self->filters);
  RungsForm *form;

  if (rule == NULL)
    return;
  form = rungs_segment_form_new (GTK_WIDGET (self), store_of (self), rule);
  g_signal_connect_object (form, "saved", G_CALLBACK (segment_saved_cb), self, G_CONNECT_SWAPPED);
}

static void
filter_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  rungs_lead_filters_start (RUNGS_LEADS_PAGE (widget)->filters);
}

static void
rungs_leads_page_constructed (GObject *object)
{
  RungsLeadsPage *self = RUNGS_LEADS_PAGE (object);
  RungsStore *store = store_of (self);
  guint n = 0;
  const RungsBrowserColumn *columns = rungs_lead_rows_get_columns (&n);

  G_OBJECT_CLASS (rungs_leads_page_parent_class)->constructed (object);

  rungs_page_set_menu (RUNGS_PAGE (self), self->page_menu);
  rungs_browser_set_menu (self->browser, self->row_menu);
  selection_changed_cb (self);
  if (store == NULL)
    return;
  self->fields = rungs_rule_fields_new (store);
  rungs_lead_filters_set_fields (self->filters, self->fields);
  rungs_lead_detail_set_store (self->detail, store);
  rungs_browser_set_up (self->browser, "leads", store, rungs_lead_rows_get_source (), columns, n,
                        make_query, self);
  rungs_lead_columns_load (self->browser, store, TRUE);
}

static void
rungs_leads_page_finalize (GObject *object)
{
  g_clear_object (&RUNGS_LEADS_PAGE (object)->fields);
  rungs_lead_roll_unref (RUNGS_LEADS_PAGE (object)->roll);
  G_OBJECT_CLASS (rungs_leads_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  const struct
  {
    const char *action;
    GtkWidgetActionActivateFunc activate;
    guint key;
    GdkModifierType modifiers;
  } actions[] = {
    { "leads.add", add_action, GDK_KEY_N, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "leads.edit", edit_action, GDK_KEY_F2, 0 },
    { "leads.delete", delete_action, GDK_KEY_Delete, 0 },
    { "leads.privacy", privacy_action, 0, 0 },
    { "leads.add-tag", add_tag_action, GDK_KEY_t, GDK_CONTROL_MASK },
    { "leads.remove-tag", remove_tag_action, GDK_KEY_T, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "leads.add-to-sequence", add_to_sequence_action, 0, 0 },
    { "leads.take-out-of-sequence", take_out_of_sequence_action, 0, 0 },
    { "leads.add-to-segment", add_to_segment_action, 0, 0 },
    { "leads.merge", merge_action, 0, 0 },
    { "leads.find-duplicates", find_duplicates_action, 0, 0 },
    { "leads.imports", imports_action, 0, 0 },
    { "leads.export", export_action, 0, 0 },
    { "leads.export-selected", export_selected_action, 0, 0 },
    { "leads.paste", paste_action, GDK_KEY_v, GDK_CONTROL_MASK },
    { "leads.copy", copy_action, GDK_KEY_c, GDK_CONTROL_MASK },
    { "leads.filter", filter_action, GDK_KEY_F, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (widget_class, actions[i].action, NULL, actions[i].activate);
      if (actions[i].key != 0)
        gtk_widget_class_add_binding_action (widget_class, actions[i].key, actions[i].modifiers,
                                             actions[i].action, NULL);
    }
}

static void
rungs_leads_page_class_init (RungsLeadsPageClass *klass)
{
  static const char *const tables[]
    = { "lead",       "lead_tag",    "lead_value",  "tag",       "touch",      "source", "consent",
        "sales_order", "refund_line", "enrolment",  "import_run", "event",     "field",
        "field_choice", "coupon_given", "coupon_use", "partner", "partner_lead", NULL };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageClass *page_class = RUNGS_PAGE_CLASS (klass);

  object_class->constructed = rungs_leads_page_constructed;
  object_class->finalize = rungs_leads_page_finalize;
  page_class->tables = tables;
  page_class->main_action = rungs_leads_page_main_action;
  page_class->search = rungs_leads_page_search;
  page_class->focus_content = rungs_leads_page_focus_content;
  page_class->refresh = rungs_leads_page_refresh;
  page_class->show_target = rungs_leads_page_show_target;
  install_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "leads.undo-merge", "x", undo_merge_action);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_LEAD_DETAIL);
  g_type_ensure (RUNGS_TYPE_LEAD_FILTERS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/leads/rungs-leads-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsLeadsPage, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadsPage, filters);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadsPage, detail);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadsPage, page_menu);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadsPage, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, n_rows_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, requery);
  gtk_widget_class_bind_template_callback (widget_class, save_filter_cb);
}

static void
rungs_leads_page_init (RungsLeadsPage *self)
{
  self->roll = rungs_lead_roll_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
