/* rungs-partner-lead-row.c: a row of a form that says which lead a partner is.
 *
 * The leads are searched as one types, a few are shown. Who is another partner already is shown
 * with the name of that one, and cannot be picked. */

#include "rungs-partner-lead-row.h"

#include <glib/gi18n.h>

#include "leads/rungs-lead-list-store.h"
#include "partners/rungs-partner-store.h"
#include "widgets/rungs-error-words.h"

#define LEADS_SHOWN 8

struct _RungsPartnerLeadRow
{
  AdwActionRow parent_instance;

  GtkMenuButton *button;
  GtkWidget *none; /* the button that takes the lead away */
  GtkSearchEntry *search;
  GtkListBox *list;
  GtkWidget *nothing;

  RungsStore *store;         /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of a search */
  gint64 partner;
  gint64 lead;
};

G_DEFINE_FINAL_TYPE (RungsPartnerLeadRow, rungs_partner_lead_row, ADW_TYPE_ACTION_ROW)

static guint picked_signal;

/* ---- on the store's thread */

/* A lead that was found. */
typedef struct
{
  RungsLead *lead; /* (owned) */
  char *partner;   /* (owned) (nullable): who it is already */
  gint64 partner_id;
} Found;

static void
found_free (gpointer data)
{
  Found *self = data;

  rungs_lead_free (self->lead);
  g_free (self->partner);
  g_free (self);
}

static gpointer
find_leads (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const RungsLeadQuery query = { .words = data, .descending = TRUE };
  g_autoptr (GPtrArray) rows = rungs_lead_list_page (db, &query, 0, LEADS_SHOWN, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (found_free);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      RungsLeadRow *row = rows->pdata[i];
      g_autoptr (RungsPartner) partner = NULL;
      Found *found;

      if (row == NULL)
        continue;
      if (!rungs_partner_find_of_lead (db, row->lead->id, &partner, error))
        return NULL;
      found = g_new0 (Found, 1);
      found->lead = rungs_lead_copy (row->lead);
      found->partner = partner != NULL ? g_strdup (partner->name) : NULL;
      found->partner_id = partner != NULL ? partner->id : 0;
      g_ptr_array_add (all, found);
    }
  return rows != NULL ? g_steal_pointer (&all) : NULL;
}

/* ---- the list */

static char *
words_of (const RungsLead *lead)
{
  g_autofree char *name = rungs_lead_dup_name (lead);

  return lead->email != NULL && !g_str_equal (name, lead->email)
             ? g_strdup_printf ("%s · %s", name, lead->email)
             : g_strdup (name);
}

static GtkWidget *
new_row (RungsPartnerLeadRow *self,
         Found               *found)
{
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *words = words_of (found->lead);
  gboolean other = found->partner != NULL && found->partner_id != self->partner;
  /* Translators: a lead who is a partner already: “Anna Berg · anna@example.com · partner Anna”. */
  g_autofree char *text = other ? g_strdup_printf (_ ("%s · partner “%s”"), words, found->partner)
                                : g_strdup (words);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_widget_set_sensitive (row, !other);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data_full (G_OBJECT (row), "found", found, found_free);
  return row;
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (RungsPartnerLeadRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  GtkListBoxRow *row;

  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (all == NULL)
    {
      gtk_menu_button_popdown (self->button);
      rungs_error_tell (GTK_WIDGET (self), _ ("The Leads Could Not Be Read"), error);
      return;
    }
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self->list), all->len > 0);
  gtk_widget_set_visible (self->nothing, all->len == 0);
  while (all->len > 0)
    gtk_list_box_append (self->list, new_row (self, g_ptr_array_steal_index (all, 0)));
}

static void
search_changed_cb (RungsPartnerLeadRow *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->store == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  rungs_store_read_async (self->store, find_leads, g_strdup (words), g_free,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, found_cb,
                          g_object_ref (self));
}

static void
row_activated_cb (RungsPartnerLeadRow *self,
                  GtkListBoxRow       *row)
{
  const Found *found = g_object_get_data (G_OBJECT (row), "found");

  gtk_menu_button_popdown (self->button);
  rungs_partner_lead_row_set_lead (self, found->lead);
  g_signal_emit (self, picked_signal, 0, found->lead);
}

/* Enter takes the first that can be taken. */
static void
search_activated_cb (RungsPartnerLeadRow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_widget_get_sensitive (GTK_WIDGET (row)))
      {
        row_activated_cb (self, row);
        return;
      }
}

static void
opened_cb (RungsPartnerLeadRow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
none_clicked_cb (RungsPartnerLeadRow *self)
{
  rungs_partner_lead_row_set_lead (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->button));
}

/* ---- the row */

static GtkWidget *
new_popover (RungsPartnerLeadRow *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (self->search, "placeholder-text", _ ("Name or address of a lead"), NULL);
  gtk_widget_set_size_request (GTK_WIDGET (self->search), 280, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name or address of a lead"), -1);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "picks");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Leads"), -1);
  self->nothing = gtk_label_new (_ ("No lead is found by this"));
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_widget_set_visible (self->nothing, FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), self->nothing);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activated_cb), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_popover_popdown),
                            popover);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_swapped (popover, "map", G_CALLBACK (opened_cb), self);
  return popover;
}

static void
rungs_partner_lead_row_dispose (GObject *object)
{
  RungsPartnerLeadRow *self = RUNGS_PARTNER_LEAD_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (rungs_partner_lead_row_parent_class)->dispose (object);
}

static void
rungs_partner_lead_row_class_init (RungsPartnerLeadRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_partner_lead_row_dispose;
  picked_signal = g_signal_new ("picked", RUNGS_TYPE_PARTNER_LEAD_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
rungs_partner_lead_row_init (RungsPartnerLeadRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Lead"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  self->none = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_set_valign (self->none, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->none, "flat");
  gtk_widget_set_tooltip_text (self->none, _ ("The partner is no lead"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->none), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The partner is no lead"), -1);
  g_signal_connect_swapped (self->none, "clicked", G_CALLBACK (none_clicked_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->none);
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_child (self->button, gtk_label_new (_ ("Choose…")));
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _ ("Choose the lead that it is"));
  /* what has the keys is the button inside */
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->button))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Choose the lead that it is"), -1);
  gtk_menu_button_set_popover (self->button, new_popover (self));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
  rungs_partner_lead_row_set_lead (self, NULL);
}

GtkWidget *
rungs_partner_lead_row_new (RungsStore *store,
                            gint64      partner)
{
  RungsPartnerLeadRow *self = g_object_new (RUNGS_TYPE_PARTNER_LEAD_ROW, NULL);

  g_set_object (&self->store, store);
  self->partner = partner;
  return GTK_WIDGET (self);
}

void
rungs_partner_lead_row_set_lead (RungsPartnerLeadRow *self,
                                 const RungsLead     *lead)
{
  g_autofree char *words = lead != NULL ? words_of (lead) : NULL;

  g_return_if_fail (RUNGS_IS_PARTNER_LEAD_ROW (self));

  self->lead = lead != NULL ? lead->id : 0;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               words != NULL ? words
                                             : _ ("None: the partner is no lead that you know of"));
  gtk_widget_set_visible (self->none, lead != NULL);
}

gint64
rungs_partner_lead_row_get_lead (RungsPartnerLeadRow *self)
{
  g_return_val_if_fail (RUNGS_IS_PARTNER_LEAD_ROW (self), 0);

  return self->lead;
}
