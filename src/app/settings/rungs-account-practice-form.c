/* rungs-account-practice-form.c: a practice account, of which there is nothing to enter. */

#include "rungs-account-practice-form.h"

struct _RungsAccountPracticeForm
{
  RungsAccountForm parent_instance;
};

G_DEFINE_FINAL_TYPE (RungsAccountPracticeForm, rungs_account_practice_form,
                     RUNGS_TYPE_ACCOUNT_FORM)

static void
rungs_account_practice_form_class_init (RungsAccountPracticeFormClass *klass)
{
  gtk_widget_class_set_template_from_resource (
      GTK_WIDGET_CLASS (klass), "/app/rungs/Rungs/settings/rungs-account-practice-form.ui");
}

static void
rungs_account_practice_form_init (RungsAccountPracticeForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
