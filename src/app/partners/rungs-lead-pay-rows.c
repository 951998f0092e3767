/* rungs-lead-pay-rows.c: what a programme's terms pay for leads, to be edited in a form. */

#include "rungs-lead-pay-rows.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-json-members.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-value-row.h"

struct _RungsLeadPayRows
{
  RungsValueRow *amount;
  RungsChoiceRow *when;
  RungsValueRow *countries;
  RungsValueRow *most;
  char currency[4];
};

void
rungs_lead_pay_rows_free (RungsLeadPayRows *self)
{
  g_free (self);
}

static RungsValueRow *
add_value (RungsForm  *form,
           const char *title,
           const char *hint,
           const char *text)
{
  RungsValueRow *row = rungs_value_row_new (title, hint, NULL, NULL);

  rungs_value_row_set_width (row, 12);
  rungs_value_row_set_text (row, text);
  rungs_form_add_widget (form, GTK_WIDGET (row));
  return row;
}

RungsLeadPayRows *
rungs_lead_pay_rows_new (RungsForm             *form,
                         const RungsTermsLeads *leads,
                         const char            *currency)
{
  RungsLeadPayRows *self = g_new0 (RungsLeadPayRows, 1);
  g_autofree char *amount = leads != NULL ? rungs_money_format (leads->fixed) : g_strdup ("");
  g_autofree char *countries
      = leads != NULL ? g_strjoinv (", ", leads->countries) : g_strdup ("");
  g_autofree char *most = leads != NULL && leads->most_by_month > 0
                              ? g_strdup_printf ("%" G_GINT64_FORMAT, leads->most_by_month)
                              : g_strdup ("");

  g_strlcpy (self->currency, currency, sizeof self->currency);
  rungs_form_add_group (form, _ ("For Leads"));
  self->amount = add_value (form, _ ("For Each Lead"),
                            _ ("Who came by the partner first of all. Empty: nothing"), amount);
  self->when = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", _ ("As Soon as the Lead"), NULL);
  rungs_choice_row_add (self->when, "arrived", _ ("Has arrived"));
  rungs_choice_row_add (self->when, "confirmed", _ ("Has confirmed the address"));
  rungs_choice_row_set_value (self->when, leads != NULL && !leads->when_confirmed ? "arrived"
                                                                                  : "confirmed");
  rungs_form_add_widget (form, GTK_WIDGET (self->when));
  self->countries = add_value (form, _ ("Only from Countries"),
                               _ ("Such as DE, AT. Empty: from all"), countries);
  self->most = add_value (form, _ ("At Most in a Month"), _ ("Empty: no end"), most);
  return self;
}

/* ---- reading */

static gboolean
take_amount (RungsLeadPayRows *self,
             RungsTermsLeads  *leads)
{
  g_autofree char *text = rungs_value_row_dup_text (self->amount);
  gboolean is_right = *text == '\0'
                      || (rungs_money_parse (text, self->currency, &leads->fixed, NULL)
                          && leads->fixed.minor > 0);

  rungs_value_row_mark (self->amount, is_right ? NULL : _ ("an amount, such as 2.00"));
  return is_right;
}

static gboolean
take_countries (RungsLeadPayRows *self,
                RungsTermsLeads  *leads)
{
  g_autofree char *text = rungs_value_row_dup_text (self->countries);

  leads->countries = rungs_terms_leads_parse_countries (text);
  rungs_value_row_mark (self->countries,
                        leads->countries != NULL ? NULL : _ ("two letters each, such as DE, AT"));
  return leads->countries != NULL;
}

static gboolean
take_most (RungsLeadPayRows *self,
           RungsTermsLeads  *leads)
{
  g_autofree char *text = rungs_value_row_dup_text (self->most);
  guint64 most = 0;
  gboolean is_right
      = *text == '\0' || g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT32, &most, NULL);

  leads->most_by_month = (gint64) most;
  rungs_value_row_mark (self->most, is_right ? NULL : _ ("a number of leads, such as 500"));
  return is_right;
}

static char *
json_of (const RungsTermsLeads *leads)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *json = NULL;

  json_builder_begin_object (builder);
  rungs_terms_leads_add (leads, builder);
  json_builder_end_object (builder);
  json = rungs_json_dup (builder);
  json[strlen (json) - 1] = '\0';
  return g_strconcat (", ", json + 1, NULL);
}

char *
rungs_lead_pay_rows_dup_json (RungsLeadPayRows *self)
{
  g_autoptr (RungsTermsLeads) leads = g_new0 (RungsTermsLeads, 1);
  gboolean is_right;

  g_return_val_if_fail (self != NULL, NULL);

  is_right = take_amount (self, leads);
  is_right &= take_countries (self, leads);
  is_right &= take_most (self, leads);
  leads->when_confirmed
      = g_strcmp0 (rungs_choice_row_get_value (self->when), "confirmed") == 0;
  if (!is_right)
    return NULL;
  return leads->fixed.minor > 0 ? json_of (leads) : g_strdup ("");
}
