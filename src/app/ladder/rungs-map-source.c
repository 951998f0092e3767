/* rungs-map-source.c: the name of a source and what it cost, day by day. */

#include "rungs-map-source.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

/* Of the newest. */
#define MOST_SHOWN 60

struct _RungsMapSource
{
  GtkWidget parent_instance;

  GtkWidget *box;
  AdwEntryRow *name;
  AdwPreferencesGroup *spending;
  AdwEntryRow *day;
  AdwEntryRow *amount;
  AdwEntryRow *note;
  GtkListBox *list;
  gint64 source;
  char currency[4];
};

enum
{
  EDIT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RungsMapSource, rungs_map_source, GTK_TYPE_WIDGET)

static void
emit (RungsMapSource *self,
      const char     *label,
      RungsMapEdit   *edit)
{
  g_signal_emit (self, signals[EDIT], 0, label, edit);
}

static const char *
text_of (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
name_applied_cb (RungsMapSource *self)
{
  g_autofree char *name = g_strstrip (g_strdup (text_of (self->name)));

  rungs_error_mark_row (self->name, *name != '\0' ? NULL : _ ("Give the source a name"));
  if (*name != '\0')
    emit (self, _ ("name of a source"), rungs_map_edit_rename_source (self->source, name));
}

static gboolean
is_day (const char *day)
{
  int year, month, date;

  return sscanf (day, "%d-%d-%d", &year, &month, &date) == 3
         && g_date_valid_dmy ((GDateDay) CLAMP (date, 0, 99), (GDateMonth) CLAMP (month, 0, 99),
                              (GDateYear) CLAMP (year, 0, 9999));
}

static void
add_clicked_cb (RungsMapSource *self)
{
  RungsMoney amount;
  gboolean right = rungs_money_parse (text_of (self->amount), self->currency, &amount, NULL)
                   && amount.minor > 0;
  gboolean dated = is_day (text_of (self->day));

  rungs_error_mark_row (self->amount, right ? NULL : _ ("Write an amount such as 49.00"));
  rungs_error_mark_row (self->day, dated ? NULL : _ ("Write a day such as 2026-03-31"));
  if (!right || !dated)
    return;
  emit (self, _ ("cost of a source"),
        rungs_map_edit_add_spend (self->source, text_of (self->day), amount, text_of (self->note)));
  gtk_editable_set_text (GTK_EDITABLE (self->amount), "");
  gtk_editable_set_text (GTK_EDITABLE (self->note), "");
}

static void
remove_clicked_cb (GtkWidget      *button,
                   RungsMapSource *self)
{
  gint64 *spend = g_object_get_data (G_OBJECT (button), "rungs-spend");

  emit (self, _ ("cost of a source"), rungs_map_edit_remove_spend (*spend));
}

static GtkWidget *
spend_row (RungsMapSource   *self,
           const RungsSpend *spend)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *amount = rungs_display_money (spend->amount);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), amount);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), spend->day);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _ ("Remove Cost"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove Cost"), -1);
  g_object_set_data_full (G_OBJECT (remove), "rungs-spend",
                          g_memdup2 (&spend->id, sizeof spend->id), g_free);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_clicked_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  return row;
}

static void
show_spend (RungsMapSource *self,
            GPtrArray      *spend)
{
  GtkWidget *row;
  guint shown = 0;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < spend->len && shown < MOST_SHOWN; i++)
    {
      const RungsSpend *one = g_ptr_array_index (spend, i);

      if (one->source != self->source)
        continue;
      gtk_list_box_append (self->list, spend_row (self, one));
      shown++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), shown > 0);
}

/* ---- the class */

static void
rungs_map_source_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_MAP_SOURCE (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_map_source_parent_class)->dispose (object);
}

static void
rungs_map_source_class_init (RungsMapSourceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_map_source_dispose;
  signals[EDIT] = g_signal_new ("edit", RUNGS_TYPE_MAP_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/ladder/rungs-map-source.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsMapSource, box);
  gtk_widget_class_bind_template_child (widget_class, RungsMapSource, name);
  gtk_widget_class_bind_template_child (widget_class, RungsMapSource, spending);
  gtk_widget_class_bind_template_child (widget_class, RungsMapSource, day);
  gtk_widget_class_bind_template_child (widget_class, RungsMapSource, amount);
  gtk_widget_class_bind_template_child (widget_class, RungsMapSource, note);
  gtk_widget_class_bind_template_child (widget_class, RungsMapSource, list);
  gtk_widget_class_bind_template_callback (widget_class, name_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
}

static void
rungs_map_source_init (RungsMapSource *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rungs_map_source_new (const RungsMap    *map,
                      const RungsSource *source)
{
  RungsMapSource *self = g_object_new (RUNGS_TYPE_MAP_SOURCE, NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *today = rungs_time_format_day (rungs_display_now (), zone);
  g_autofree char *title = g_strdup_printf (_ ("Amount in %s"), map->ladder->currency);

  self->source = source->id;
  g_strlcpy (self->currency, map->ladder->currency, sizeof self->currency);
  gtk_editable_set_text (GTK_EDITABLE (self->name), source->name);
  gtk_editable_set_text (GTK_EDITABLE (self->day), today);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->amount), title);
  if (source->kind == RUNGS_SOURCE_JV || source->kind == RUNGS_SOURCE_AFFILIATE)
    adw_preferences_group_set_description (
      self->spending, _ ("What was spent. Commissions are counted too, as the ledger has them."));
  show_spend (self, map->spend);
  return GTK_WIDGET (self);
}

gboolean
rungs_map_source_update (RungsMapSource *self,
                         const RungsMap *map)
{
  const RungsSource *source;

  g_return_val_if_fail (RUNGS_IS_MAP_SOURCE (self), FALSE);

  source = rungs_map_find_source (map, self->source);
  if (source == NULL || source->retired_at != 0)
    return FALSE;
  show_spend (self, map->spend);
  return TRUE;
}
