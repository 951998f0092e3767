/* rungs-award-rows.c: what a partner earned without a sale, a row each. */

#include "rungs-award-rows.h"

#include <glib/gi18n.h>

#include "widgets/rungs-display.h"
#include "widgets/rungs-row-menu.h"

static const char *
title_of (const RungsPartnerAward *award)
{
  if (award->award->kind == RUNGS_AWARD_BONUS)
    return _ ("Bonus");
  return award->lead != NULL ? award->lead : _ ("A lead who is gone");
}

static char *
dup_state (const RungsAward *award)
{
  g_autofree char *day = NULL;

  switch (rungs_award_get_state (award))
    {
    case RUNGS_AWARD_WAITS:
      return g_strdup (_ ("waits for approval"));
    case RUNGS_AWARD_HELD:
      day = rungs_display_day (award->hold_until);
      return g_strdup_printf (_ ("held until %s"), day);
    case RUNGS_AWARD_PAID:
      return g_strdup (_ ("in a payout"));
    case RUNGS_AWARD_TAKEN:
      day = rungs_display_day (award->taken_at);
      return g_strdup_printf (_ ("taken back on %s"), day);
    case RUNGS_AWARD_DUE:
    default:
      return g_strdup (_ ("may be paid"));
    }
}

static GMenu *
menu_of (const RungsAward *award)
{
  GMenu *menu = g_menu_new ();
  RungsAwardState state = rungs_award_get_state (award);

  if (state == RUNGS_AWARD_WAITS)
    rungs_row_menu_append (menu, _ ("_Approve"), "partners.award-approve", award->id);
  if (state == RUNGS_AWARD_TAKEN)
    rungs_row_menu_append (menu, _ ("Give _Again…"), "partners.award-again", award->id);
  else if (award->kind == RUNGS_AWARD_LEAD)
    rungs_row_menu_append (menu, _ ("_Reject the Lead…"), "partners.award-take", award->id);
  else
    rungs_row_menu_append (menu, _ ("_Take Back…"), "partners.award-take", award->id);
  return menu;
}

static void
add_row (GtkListBox              *list,
         const RungsPartnerAward *award)
{
  const char *title = title_of (award);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *day = rungs_display_day (award->award->at);
  g_autofree char *state = dup_state (award->award);
  g_autofree char *words = g_strdup_printf ("%s · %s · %s", day, award->award->words, state);
  g_autofree char *money = rungs_display_money (award->award->amount);
  g_autoptr (GMenu) menu = menu_of (award->award);
  GtkWidget *label = gtk_label_new (money);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), rungs_row_menu_button_new (menu, title));
  gtk_list_box_append (list, row);
}

void
rungs_award_rows_show (GtkListBox                *list,
                       const RungsPartnerDetails *details)
{
  GtkWidget *row;

  g_return_if_fail (GTK_IS_LIST_BOX (list));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
  for (guint i = 0; i < details->awards->len; i++)
    add_row (list, details->awards->pdata[i]);
}

char *
rungs_award_rows_words (const RungsPartnerAward *award)
{
  g_autofree char *money = rungs_display_money (award->award->amount);

  if (award->award->kind == RUNGS_AWARD_BONUS)
    return g_strdup_printf (_ ("A bonus of %s: %s"), money, award->award->words);
  /* Translators: an amount, and the name of a lead */
  return g_strdup_printf (_ ("%s for %s"), money, title_of (award));
}

const RungsPartnerAward *
rungs_award_rows_find (const RungsPartnerDetails *details,
                       gint64                     id)
{
  for (guint i = 0; details != NULL && i < details->awards->len; i++)
    if (((const RungsPartnerAward *) details->awards->pdata[i])->award->id == id)
      return details->awards->pdata[i];
  return NULL;
}
