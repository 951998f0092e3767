/* rungs-check-list.c: what stands against sending, and what to know before. */

#include "rungs-check-list.h"

#include <glib/gi18n.h>

#include "rungs-broadcast-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

#define DNS_SECONDS 5

struct _RungsCheckList
{
  GtkWidget parent_instance;

  GtkListBox *list;
  GPtrArray *findings; /* (owned) (nullable): of rungs_check_list_check() */
  gboolean compact;
  gboolean links;
};

G_DEFINE_FINAL_TYPE (RungsCheckList, rungs_check_list, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_COMPACT,
  PROP_LINKS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];
static guint checked_signal;

/* ---- rows */

static void
empty (RungsCheckList *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
}

static GtkWidget *
new_label (const char *words)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

/* Returns: (transfer none): the box of the row, to which more can be added. */
static GtkWidget *
add_row (RungsCheckList *self,
         const char     *icon_name,
         const char     *style,
         const char     *words,
         const char     *about)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

  if (style != NULL)
    gtk_widget_add_css_class (icon, style);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (texts), new_label (words));
  if (about != NULL)
    {
      GtkWidget *label = new_label (about);

      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (texts), label);
    }
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_set_margin_top (box, self->compact ? 3 : 9);
  gtk_widget_set_margin_bottom (box, self->compact ? 3 : 9);
  gtk_widget_set_margin_start (box, self->compact ? 0 : 12);
  gtk_widget_set_margin_end (box, self->compact ? 0 : 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, self->compact ? FALSE : TRUE);
  gtk_list_box_append (self->list, row);
  return box;
}

/* A number with the leads behind it. */
static GtkWidget *
leads_button (const RungsFinding *finding,
              const char         *words)
{
  g_autofree char *number = rungs_display_number (finding->leads);
  g_autofree char *target = g_strconcat ("rule:", finding->rule, NULL);
  GtkWidget *button = gtk_button_new_with_label (number);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "numeric");
  gtk_widget_set_tooltip_text (button, _ ("Show these leads"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-target");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", "leads", target);
  return button;
}

static void
add_finding (RungsCheckList     *self,
             const RungsFinding *finding)
{
  g_autofree char *words = rungs_finding_dup_words (finding);
  GtkWidget *box = add_row (self, rungs_finding_get_icon (finding),
                            rungs_finding_get_style (finding), words, finding->about);

  if (self->links && finding->rule != NULL)
    gtk_box_append (GTK_BOX (box), leads_button (finding, words));
}

void
rungs_check_list_show (RungsCheckList *self,
                       GPtrArray      *findings)
{
  g_return_if_fail (RUNGS_IS_CHECK_LIST (self));

  empty (self);
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    add_finding (self, g_ptr_array_index (findings, i));
  if (findings != NULL && findings->len == 0 && !self->compact)
    add_row (self, "object-select-symbolic", "success", _ ("Nothing stands against sending it"),
             NULL);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          gtk_widget_get_first_child (GTK_WIDGET (self->list)) != NULL);
}

void
rungs_check_list_show_trouble (RungsCheckList *self,
                               const char     *words)
{
  g_return_if_fail (RUNGS_IS_CHECK_LIST (self));

  empty (self);
  add_row (self, "dialog-error-symbolic", "error", words, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/* ---- what is to be shown */

void
rungs_checked_free (RungsChecked *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self->domain);
  g_free (self);
}

RungsChecked *
rungs_checked_new (RungsDb    *db,
                   GPtrArray  *findings,
                   GError    **error)
{
  g_autoptr (RungsChecked) checked = g_new0 (RungsChecked, 1);
  g_autoptr (GError) failure = NULL;

  checked->findings = findings;
  if (findings == NULL)
    return NULL;
  checked->domain = rungs_broadcast_dup_domain (db, &failure);
  if (failure == NULL)
    return g_steal_pointer (&checked);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/* Whether the window that it stands in was closed meanwhile. */
static gboolean
is_gone (RungsCheckList *self)
{
  return self->list == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL;
}

/* ---- the name servers */

static void
ask_domain (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  g_task_return_pointer (task, rungs_sender_domain_ask (data, DNS_SECONDS),
                         (GDestroyNotify) rungs_sender_domain_free);
}

static void
domain_asked_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  RungsCheckList *self = RUNGS_CHECK_LIST (source);
  g_autoptr (RungsSenderDomain) domain = g_task_propagate_pointer (G_TASK (result), NULL);

  if (is_gone (self) || domain == NULL)
    return;
  rungs_broadcast_check_add_domain (self->findings, domain);
  rungs_check_list_show (self, self->findings);
  g_signal_emit (self, checked_signal, 0);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsCheckList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsChecked) checked = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (is_gone (self))
    return;
  if (checked == NULL)
    {
      g_autofree char *words = rungs_error_words (error);

      rungs_check_list_show_trouble (self, words);
      return;
    }
  self->findings = g_steal_pointer (&checked->findings);
  rungs_check_list_show (self, self->findings);
  g_signal_emit (self, checked_signal, 0);
  if (checked->domain != NULL)
    {
      g_autoptr (GTask) task = g_task_new (self, NULL, domain_asked_cb, NULL);

      g_task_set_task_data (task, g_steal_pointer (&checked->domain), g_free);
      g_task_run_in_thread (task, ask_domain);
    }
}

void
rungs_check_list_check (RungsCheckList *self,
                        RungsStore     *store,
                        RungsStoreFunc  func,
                        gpointer        data,
                        GDestroyNotify  data_free)
{
  g_return_if_fail (RUNGS_IS_CHECK_LIST (self));

  g_clear_pointer (&self->findings, g_ptr_array_unref);
  empty (self);
  add_row (self, "content-loading-symbolic", "dim-label", _ ("Looking for what stands against it…"),
           NULL);
  rungs_store_read_async (store, func, data, data_free, (GDestroyNotify) rungs_checked_free, NULL,
                          checked_cb, g_object_ref (self));
}

gboolean
rungs_check_list_passes (RungsCheckList *self)
{
  g_return_val_if_fail (RUNGS_IS_CHECK_LIST (self), FALSE);

  return self->findings != NULL && !rungs_findings_block (self->findings);
}

/* ---- the class */

static void
rungs_check_list_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *spec)
{
  RungsCheckList *self = RUNGS_CHECK_LIST (object);

  if (id == PROP_LINKS)
    {
      self->links = g_value_get_boolean (value);
      return;
    }
  self->compact = g_value_get_boolean (value);
  if (self->compact)
    gtk_widget_remove_css_class (GTK_WIDGET (self->list), "boxed-list");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  if (self->compact)
    gtk_widget_add_css_class (GTK_WIDGET (self->list), "check-list");
}

static void
rungs_check_list_dispose (GObject *object)
{
  RungsCheckList *self = RUNGS_CHECK_LIST (object);

  if (self->list != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->list));
  self->list = NULL;
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  G_OBJECT_CLASS (rungs_check_list_parent_class)->dispose (object);
}

static void
rungs_check_list_class_init (RungsCheckListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = rungs_check_list_set_property;
  object_class->dispose = rungs_check_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  properties[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE, flags);
  properties[PROP_LINKS] = g_param_spec_boolean ("links", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  checked_signal = g_signal_new ("checked", RUNGS_TYPE_CHECK_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
rungs_check_list_init (RungsCheckList *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What stands against sending it"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
}

GtkWidget *
rungs_check_list_new (void)
{
  return g_object_new (RUNGS_TYPE_CHECK_LIST, NULL);
}
