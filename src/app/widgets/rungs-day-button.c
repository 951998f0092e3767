/* rungs-day-button.c: a button beside an entry, with a calendar from which a day is picked. */

#include "rungs-day-button.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "leads/rungs-field.h"

#define REST "rungs-rest"

/* How much of the text is the day. */
static gsize
day_length (const char *text)
{
  return strcspn (text, " T");
}

static void
day_selected_cb (GtkEditable *target,
                 GtkCalendar *calendar)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);
  g_autofree char *day = g_date_time_format (date, "%Y-%m-%d");
  const char *text = gtk_editable_get_text (target);
  const char *rest = *text != '\0' ? text + day_length (text)
                                   : g_object_get_data (G_OBJECT (target), REST);
  g_autofree char *whole = g_strconcat (day, rest, NULL);

  gtk_editable_set_text (target, whole);
}

/* The calendar shows the day that is written, whenever it opens. */
static void
calendar_wanted_cb (GtkMenuButton *button,
                    gpointer       data)
{
  GtkEditable *target = data;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();
  const char *text = gtk_editable_get_text (target);
  g_autofree char *first = g_strndup (text, day_length (text));
  g_autofree char *day = rungs_field_normalize (RUNGS_FIELD_DATE, first, NULL);
  g_autoptr (GDateTime) date = NULL;
  int y, m, d;

  if (day != NULL && sscanf (day, "%4d-%2d-%2d", &y, &m, &d) == 3)
    date = g_date_time_new_local (y, m, d, 12, 0, 0);
  if (date != NULL)
    gtk_calendar_select_day (GTK_CALENDAR (calendar), date);
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (day_selected_cb), target,
                           G_CONNECT_SWAPPED);
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_popover (button, popover);
}

GtkWidget *
rungs_day_button_new (GtkEditable *target,
                      const char  *rest)
{
  GtkWidget *button = gtk_menu_button_new ();

  g_return_val_if_fail (GTK_IS_EDITABLE (target), button);

  g_object_set_data_full (G_OBJECT (target), REST, g_strdup (rest), g_free);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), calendar_wanted_cb, target,
                                         NULL);
  gtk_widget_set_tooltip_text (button, _ ("Choose from a calendar"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose from a calendar"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}
