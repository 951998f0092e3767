/* rungs-warm-up-group.c: the warm-up of a mail account, where it is edited. */

#include "rungs-warm-up-group.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mail/rungs-warm-up.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-display.h"

#define OFF ""
#define OWN "own"

struct _RungsWarmUpGroup
{
  AdwPreferencesGroup parent_instance;

  RungsChoiceRow *how_row;
  GtkWidget *start_row;
  GtkSpinButton *start_spin;
  GtkWidget *growth_row;
  GtkSpinButton *growth_spin;
  AdwActionRow *result_row;

  RungsAccount *account; /* (owned) (nullable): as it is stored, with the limit that is entered */
  char *today;           /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsWarmUpGroup, rungs_warm_up_group, ADW_TYPE_PREFERENCES_GROUP)

static const RungsWarmUpPreset *
find_preset (const char *key)
{
  for (const RungsWarmUpPreset *preset = RUNGS_WARM_UP_PRESETS; preset->key != NULL; preset++)
    if (g_str_equal (preset->key, key))
      return preset;
  return NULL;
}

/* The key of what is chosen already: OFF, OWN, or that of a preset. */
static const char *
find_key (const RungsAccount *account)
{
  if (account->warm_start == 0)
    return OFF;
  for (const RungsWarmUpPreset *preset = RUNGS_WARM_UP_PRESETS; preset->key != NULL; preset++)
    if (preset->start == account->warm_start && preset->growth == account->warm_growth)
      return preset->key;
  return OWN;
}

/* What is entered, as an account of which nothing else counts. */
static RungsAccount *
draft (RungsWarmUpGroup *self)
{
  RungsAccount *account = rungs_account_copy (self->account);

  rungs_warm_up_group_read (self, account);
  if (account->warm_start != self->account->warm_start)
    {
      account->warm_days = 0;
      g_clear_pointer (&account->warm_day, g_free);
    }
  return account;
}

/* After how many more days with messages the limit rises no more; 0: it has none. */
static gint64
count_days_left (const RungsAccount *account,
                 const char         *today)
{
  gint64 left = 0;
  gint64 days = 0;

  if (account->warm_day != NULL)
    days = account->warm_days + (strcmp (account->warm_day, today) < 0);
  while (account->per_day != 0
         && rungs_warm_up_goes_on (account->warm_start, account->warm_growth, days + left,
                                   account->per_day))
    left++;
  return left;
}

static char *
describe_end (const RungsAccount *account,
              const char         *today)
{
  gint64 left = count_days_left (account, today);
  g_autofree char *most = rungs_display_number (account->per_day);

  if (account->per_day == 0)
    return g_strdup (_ ("It rises until you end it, for the account has no limit a day."));
  if (left == 0)
    return g_strdup (_ ("The account’s own limit is reached: the warm-up is over."));
  return g_strdup_printf (ngettext ("After %d more day of sending the limit of %s is reached.",
                                    "After %d more days of sending the limit of %s is reached.",
                                    (gulong) left),
                          (int) left, most);
}

static void
show_result (RungsWarmUpGroup *self)
{
  g_autoptr (RungsAccount) account = draft (self);
  g_autofree char *today
    = rungs_display_number (rungs_account_get_limit_on (account, self->today));
  g_autofree char *tomorrow
    = rungs_display_number (rungs_account_get_limit_after (account, self->today));
  /* Translators: both are numbers of messages. */
  g_autofree char *title = g_strdup_printf (_ ("Today up to %s, tomorrow %s"), today, tomorrow);
  g_autofree char *subtitle = describe_end (account, self->today);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->result_row), title);
  adw_action_row_set_subtitle (self->result_row, subtitle);
}

static void
changed_cb (RungsWarmUpGroup *self)
{
  const char *how = rungs_choice_row_get_value (self->how_row);
  gboolean own = g_strcmp0 (how, OWN) == 0;

  if (self->account == NULL)
    return;
  gtk_widget_set_visible (self->start_row, own);
  gtk_widget_set_visible (self->growth_row, own);
  gtk_widget_set_visible (GTK_WIDGET (self->result_row), g_strcmp0 (how, OFF) != 0);
  show_result (self);
}

static void
rungs_warm_up_group_finalize (GObject *object)
{
  RungsWarmUpGroup *self = RUNGS_WARM_UP_GROUP (object);

  g_clear_pointer (&self->account, rungs_account_free);
  g_free (self->today);

  G_OBJECT_CLASS (rungs_warm_up_group_parent_class)->finalize (object);
}

static void
rungs_warm_up_group_class_init (RungsWarmUpGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rungs_warm_up_group_finalize;

  g_type_ensure (RUNGS_TYPE_CHOICE_ROW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/settings/rungs-warm-up-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsWarmUpGroup, how_row);
  gtk_widget_class_bind_template_child (widget_class, RungsWarmUpGroup, start_row);
  gtk_widget_class_bind_template_child (widget_class, RungsWarmUpGroup, start_spin);
  gtk_widget_class_bind_template_child (widget_class, RungsWarmUpGroup, growth_row);
  gtk_widget_class_bind_template_child (widget_class, RungsWarmUpGroup, growth_spin);
  gtk_widget_class_bind_template_child (widget_class, RungsWarmUpGroup, result_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
rungs_warm_up_group_init (RungsWarmUpGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_choice_row_add (self->how_row, OFF, _ ("No: as much as the limits allow"));
  for (const RungsWarmUpPreset *preset = RUNGS_WARM_UP_PRESETS; preset->key != NULL; preset++)
    rungs_choice_row_add (self->how_row, preset->key, _ (preset->name));
  rungs_choice_row_add (self->how_row, OWN, _ ("With numbers of your own"));
}

void
rungs_warm_up_group_show (RungsWarmUpGroup   *self,
                          const RungsAccount *account,
                          const char         *today)
{
  g_return_if_fail (RUNGS_IS_WARM_UP_GROUP (self));
  g_return_if_fail (account != NULL && today != NULL);

  g_clear_pointer (&self->account, rungs_account_free);
  g_free (self->today);
  self->today = g_strdup (today);
  gtk_spin_button_set_value (self->start_spin, account->warm_start != 0 ? account->warm_start : 50);
  gtk_spin_button_set_value (self->growth_spin,
                             account->warm_start != 0 ? account->warm_growth : 30);
  rungs_choice_row_set_value (self->how_row, find_key (account));
  self->account = rungs_account_copy (account);
  changed_cb (self);
}

void
rungs_warm_up_group_set_most (RungsWarmUpGroup *self,
                              gint64            most)
{
  g_return_if_fail (RUNGS_IS_WARM_UP_GROUP (self));

  if (self->account == NULL)
    return;
  self->account->per_day = most;
  show_result (self);
}

void
rungs_warm_up_group_read (RungsWarmUpGroup *self,
                          RungsAccount     *account)
{
  const char *how;
  const RungsWarmUpPreset *preset;

  g_return_if_fail (RUNGS_IS_WARM_UP_GROUP (self));
  g_return_if_fail (account != NULL);

  how = rungs_choice_row_get_value (self->how_row);
  preset = find_preset (how != NULL ? how : OFF);
  account->warm_start = preset != NULL ? preset->start : 0;
  account->warm_growth = preset != NULL ? preset->growth : 0;
  if (g_strcmp0 (how, OWN) != 0)
    return;
  account->warm_start = gtk_spin_button_get_value_as_int (self->start_spin);
  account->warm_growth = gtk_spin_button_get_value_as_int (self->growth_spin);
}
