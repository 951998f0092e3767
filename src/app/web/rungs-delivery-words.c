/* rungs-delivery-words.c: deliveries in the user's words. */

#include "rungs-delivery-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/rungs-display.h"

const char *
rungs_delivery_state_words (RungsWebState state)
{
  static const char *const WORDS[RUNGS_WEB_STATES] = {
    [RUNGS_WEB_WAITING] = N_ ("Waiting"),
    [RUNGS_WEB_APPLIED] = N_ ("Done"),
    [RUNGS_WEB_IGNORED] = N_ ("Nothing to do"),
    [RUNGS_WEB_QUARANTINE] = N_ ("Quarantine"),
  };

  return _ (WORDS[state]);
}

const char *
rungs_delivery_state_style (RungsWebState state)
{
  static const char *const STYLES[RUNGS_WEB_STATES] = {
    [RUNGS_WEB_WAITING] = "warning",
    [RUNGS_WEB_APPLIED] = "success",
    [RUNGS_WEB_IGNORED] = "dim-label",
    [RUNGS_WEB_QUARANTINE] = "error",
  };

  return STYLES[state];
}

static const char *
kind_words (RungsWebDeedKind kind)
{
  switch (kind)
    {
    case RUNGS_WEB_FORM:
      return _ ("Form");
    case RUNGS_WEB_ORDER:
      return _ ("Order");
    case RUNGS_WEB_REFUND:
      return _ ("Money given back");
    case RUNGS_WEB_DISPUTE:
      return _ ("Payment disputed");
    case RUNGS_WEB_DISPUTE_WON:
      return _ ("Dispute won");
    case RUNGS_WEB_LAPSE:
      return _ ("End of a subscription");
    case RUNGS_WEB_BOUNCE:
      return _ ("Mail came back");
    case RUNGS_WEB_BLOCKED:
      return _ ("Mail was blocked");
    case RUNGS_WEB_COMPLAINT:
      return _ ("Complaint about mail");
    case RUNGS_WEB_UNSUBSCRIBE:
      return _ ("Unsubscription");
    case RUNGS_WEB_NOTE:
    default:
      return _ ("Note");
    }
}

static char *
order_words (const RungsWebDeed *deed)
{
  gint64 minor = deed->kind == RUNGS_WEB_ORDER ? deed->total : deed->amount;
  g_autofree char *money = minor >= 0 && *deed->currency != '\0'
                               ? rungs_display_money (rungs_money (minor, deed->currency))
                               : NULL;
  GString *words = g_string_new (kind_words (deed->kind));

  if (deed->number != NULL && *deed->number != '\0')
    g_string_append_printf (words, " %s", deed->number);
  if (money != NULL)
    g_string_append_printf (words, " · %s", money);
  return g_string_free (words, FALSE);
}

char *
rungs_delivery_deed_words (const RungsWebDeed *deed)
{
  const char *email = deed->person[RUNGS_IMPORT_EMAIL];

  switch (deed->kind)
    {
    case RUNGS_WEB_FORM:
      return deed->form != NULL && *deed->form != '\0'
                 ? g_strdup_printf (_ ("Form “%s”"), deed->form)
                 : g_strdup (_ ("Form"));
    case RUNGS_WEB_ORDER:
    case RUNGS_WEB_REFUND:
    case RUNGS_WEB_DISPUTE:
    case RUNGS_WEB_DISPUTE_WON:
      return order_words (deed);
    case RUNGS_WEB_LAPSE:
    case RUNGS_WEB_BOUNCE:
    case RUNGS_WEB_BLOCKED:
    case RUNGS_WEB_COMPLAINT:
    case RUNGS_WEB_UNSUBSCRIBE:
    case RUNGS_WEB_NOTE:
    default:
      return email != NULL && *email != '\0'
                 ? g_strdup_printf ("%s · %s", kind_words (deed->kind), email)
                 : g_strdup (kind_words (deed->kind));
    }
}

char *
rungs_delivery_title (const RungsDeliveryDetails *details)
{
  if (details->deeds != NULL && details->deeds->len > 0)
    {
      const RungsWebDeed *deed = details->deeds->pdata[0];
      gboolean is_nameless
          = deed->kind == RUNGS_WEB_FORM && (deed->form == NULL || *deed->form == '\0');

      return is_nameless ? g_strdup_printf (_ ("Form “%s”"), details->delivery->endpoint_name)
                         : rungs_delivery_deed_words (deed);
    }
  if (*details->delivery->kind != '\0')
    return g_strdup (details->delivery->kind);
  return *details->provider != '\0' ? g_strdup_printf (_ ("Something from “%s”"), details->provider)
                                    : g_strdup (_ ("A request to an unknown address"));
}

char *
rungs_delivery_field_words (const char *field)
{
  static const struct
  {
    const char *field;
    const char *words;
  } FIELDS[] = {
    { "email", N_ ("E-mail") },           { "first_name", N_ ("First name") },
    { "last_name", N_ ("Last name") },    { "full_name", N_ ("Full name") },
    { "company", N_ ("Company") },        { "phone", N_ ("Phone") },
    { "street", N_ ("Street") },          { "street_2", N_ ("Second line of the street") },
    { "postcode", N_ ("Postcode") },      { "city", N_ ("City") },
    { "region", N_ ("Region") },          { "country", N_ ("Country") },
    { "language", N_ ("Language") },      { "zone", N_ ("Time zone") },
    { "notes", N_ ("Notes") },            { "tags", N_ ("Tags") },
    { "consent", N_ ("Consent") },        { "campaign", N_ ("Campaign") },
    { "ignore", N_ ("Stays in the delivery") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (g_strcmp0 (FIELDS[i].field, field) == 0)
      return g_strdup (_ (FIELDS[i].words));
  return g_strdup (g_str_has_prefix (field, "field:") ? field + strlen ("field:") : field);
}
