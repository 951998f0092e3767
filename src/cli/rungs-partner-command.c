/* rungs-partner-command.c: affiliates and joint venture partners, and what they are owed. */

#include <glib/gi18n.h>
#include <string.h>

#include "leads/rungs-lead-store.h"
#include "partners/rungs-ledger-store.h"
#include "partners/rungs-partner-csv.h"
#include "partners/rungs-partner-list-store.h"
#include "partners/rungs-partner-status-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payment-file.h"
#include "partners/rungs-programme-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-payee-options.h"
#include "rungs-source-argument.h"

static const char *const KINDS[] = { "affiliate", "jv", NULL };

#define MONEY_COLUMNS                                                                              \
  { "held", N_ ("Held"), RUNGS_COLUMN_MONEY, NULL },                                               \
      { "approved", N_ ("May be paid"), RUNGS_COLUMN_MONEY, NULL },                                \
      { "payable", N_ ("On its way"), RUNGS_COLUMN_MONEY, NULL },                                  \
      { "paid", N_ ("Paid"), RUNGS_COLUMN_MONEY, NULL },                                           \
      { "carried", N_ ("Has to give back"), RUNGS_COLUMN_MONEY, NULL }

static const RungsColumn COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "email", N_ ("E-mail"), RUNGS_COLUMN_TEXT, NULL },
  MONEY_COLUMNS,
  { NULL },
};

static const RungsColumn SHOW_COLUMNS[] = {
  { "id", N_ ("Number"), RUNGS_COLUMN_NUMBER, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "source", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "lead", N_ ("Lead"), RUNGS_COLUMN_TEXT, NULL },
  { "recruited_by", N_ ("Recruited by"), RUNGS_COLUMN_TEXT, NULL },
  { "recruits", N_ ("Recruited"), RUNGS_COLUMN_WORDS, NULL },
  { "email", N_ ("E-mail"), RUNGS_COLUMN_TEXT, NULL },
  { "phone", N_ ("Telephone"), RUNGS_COLUMN_TEXT, NULL },
  { "country", N_ ("Country"), RUNGS_COLUMN_TEXT, NULL },
  { "language", N_ ("Language"), RUNGS_COLUMN_TEXT, NULL },
  { "currency", N_ ("Currency"), RUNGS_COLUMN_TEXT, NULL },
  { "manager", N_ ("Looked after by"), RUNGS_COLUMN_TEXT, NULL },
  { "note", N_ ("Note"), RUNGS_COLUMN_LINES, NULL },
  { "pay_way", N_ ("Is paid by"), RUNGS_COLUMN_TERM, NULL },
  RUNGS_PAYEE_COLUMNS,
  { "status", N_ ("Status"), RUNGS_COLUMN_TERM, NULL },
  { "ended_at", N_ ("Ended"), RUNGS_COLUMN_TIME, NULL },
  MONEY_COLUMNS,
  { NULL },
};

#define KEYS                                                                                       \
  "id, name, kind, source, lead, recruited_by, recruits: [], email, phone, country, language,"     \
  " currency, manager, note, pay_way, status, ended_at, held: [], approved: [], payable: [],"      \
  " paid: [], carried: []"

/* What the book has of a partner in one state, in each currency; what is owed counts from 0 up. */
static void
add_state (JsonObject       *row,
           const char       *key,
           GArray           *balances,
           RungsLedgerState  state)
{
  g_autoptr (GArray) monies = g_array_new (FALSE, FALSE, sizeof (RungsMoney));

  for (guint i = 0; i < balances->len; i++)
    {
      const RungsLedgerBalances *there = &g_array_index (balances, RungsLedgerBalances, i);
      gint64 minor = state == RUNGS_LEDGER_CARRIED ? there->states[state] : -there->states[state];
      RungsMoney money = rungs_money (minor, there->currency);

      if (minor != 0)
        g_array_append_val (monies, money);
    }
  rungs_row_set_monies (row, key, monies);
}

/* `address` (out) (transfer full) (nullable). */
static gboolean
find_lead (RungsDb  *db,
           gint64    id,
           char    **address,
           GError  **error)
{
  g_autoptr (RungsLead) lead = id != 0 ? rungs_lead_load (db, id, error) : NULL;

  if (lead != NULL)
    *address = g_strdup (lead->email);
  return lead != NULL || id == 0;
}

/* By whom the partner was recruited, and whom the partner did. */
static gboolean
add_recruits (RungsDb             *db,
              const RungsPartner  *partner,
              JsonObject          *row,
              GError             **error)
{
  g_auto (GStrv) recruits = rungs_partner_list_recruits (db, partner->id, error);
  g_autoptr (RungsPartner) recruiter = NULL;
  JsonArray *names;

  if (recruits == NULL
      || (partner->recruited_by != 0
          && (recruiter = rungs_partner_load (db, partner->recruited_by, error)) == NULL))
    return FALSE;
  rungs_row_set_text (row, "recruited_by", recruiter != NULL ? recruiter->name : NULL);
  names = rungs_row_set_array (row, "recruits");
  for (guint i = 0; recruits[i] != NULL; i++)
    json_array_add_string_element (names, recruits[i]);
  return TRUE;
}

static JsonObject *
row_of (RungsDb             *db,
        const RungsPartner  *partner,
        GError             **error)
{
  g_autoptr (GArray) balances = rungs_ledger_balances (db, partner->id, error);
  g_autoptr (RungsSource) source
      = balances != NULL ? rungs_source_load (db, partner->source, error) : NULL;
  g_autofree char *source_text = NULL;
  g_autofree char *lead = NULL;
  g_autoptr (JsonObject) row = NULL;

  if (source == NULL || !find_lead (db, partner->lead, &lead, error))
    return NULL;
  row = rungs_row_new ();
  source_text = g_strdup_printf ("%s:%s", rungs_source_kind_to_text (source->kind), source->name);
  rungs_row_set_number (row, "id", partner->id);
  rungs_row_set_text (row, "name", partner->name);
  rungs_row_set_text (row, "kind", rungs_source_kind_to_text (partner->kind));
  rungs_row_set_text (row, "source", source_text);
  rungs_row_set_text (row, "lead", lead);
  if (!add_recruits (db, partner, row, error))
    return NULL;
  rungs_row_set_text (row, "email", partner->email);
  rungs_row_set_text (row, "phone", partner->phone);
  rungs_row_set_text (row, "country", partner->country);
  rungs_row_set_text (row, "language", partner->language);
  rungs_row_set_text (row, "currency", *partner->currency != '\0' ? partner->currency : NULL);
  rungs_row_set_text (row, "manager", partner->manager);
  rungs_row_set_text (row, "note", partner->note);
  rungs_row_set_text (row, "pay_way",
                      partner->pay_way != RUNGS_PAY_UNSAID
                          ? rungs_pay_way_to_text (partner->pay_way)
                          : NULL);
  rungs_row_set_text (row, "status", rungs_partner_status_to_text (partner->status));
  rungs_row_set_time (row, "ended_at", partner->ended_at);
  add_state (row, "held", balances, RUNGS_LEDGER_HELD);
  add_state (row, "approved", balances, RUNGS_LEDGER_APPROVED);
  add_state (row, "payable", balances, RUNGS_LEDGER_PAYABLE);
  add_state (row, "paid", balances, RUNGS_LEDGER_PAID);
  add_state (row, "carried", balances, RUNGS_LEDGER_CARRIED);
  return g_steal_pointer (&row);
}

/* All of them, where --csv names a file. */
static gboolean
write_table (RungsInvocation  *call,
             RungsDb          *db,
             GPtrArray        *partners,
             GError          **error)
{
  const char *path = rungs_invocation_get_text (call, "csv", NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *csv = NULL;

  if (path == NULL)
    return TRUE;
  for (guint i = 0; i < partners->len; i++)
    g_array_append_val (ids, ((RungsPartner *) partners->pdata[i])->id);
  csv = rungs_partners_to_csv (db, ids, rungs_invocation_get_now (call), error);
  return csv != NULL
         && rungs_payment_text_save (csv, path, rungs_invocation_has (call, "force"), error);
}

static gboolean
list_partners (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);
  g_autoptr (GPtrArray) partners = rungs_partner_list (db, error);

  if (partners == NULL || !write_table (call, db, partners, error))
    return FALSE;
  for (guint i = 0; i < partners->len; i++)
    {
      JsonObject *row = row_of (db, g_ptr_array_index (partners, i), error);

      if (row == NULL)
        return FALSE;
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("There are no partners."));
  return TRUE;
}

static gboolean
show_partner (RungsInvocation     *call,
              RungsDb             *db,
              const RungsPartner  *partner,
              GError             **error)
{
  JsonObject *row = row_of (db, partner, error);
  gboolean details = rungs_invocation_has (call, "details");
  g_autoptr (RungsPayee) payee
      = row != NULL && details ? rungs_payee_open (db, partner->id, error) : NULL;

  if (row == NULL || (details && payee == NULL))
    {
      g_clear_pointer (&row, json_object_unref);
      return FALSE;
    }
  if (details)
    rungs_payee_to_row (payee, RUNGS_PAYEE_VAT_ID, TRUE, row);
  rungs_column_show (call, SHOW_COLUMNS, row);
  return TRUE;
}

static gboolean
show (RungsInvocation  *call,
      RungsDb          *db,
      GError          **error)
{
  g_autoptr (RungsPartner) partner
      = rungs_partner_load_by_name (db, rungs_invocation_get_argument (call, 0), error);

  return partner != NULL && show_partner (call, db, partner, error);
}

/* ---- writing */

/* Whose address the partner has unless another one is said. */
static gboolean
take_lead (RungsInvocation  *call,
           RungsDb          *db,
           RungsPartner     *partner,
           GError          **error)
{
  const char *address = rungs_invocation_get_text (call, "lead", NULL);
  g_autoptr (RungsLead) lead = NULL;

  if (address == NULL)
    return TRUE;
  partner->lead = 0;
  if (*address == '\0')
    return TRUE;
  lead = rungs_lead_load_by_email (db, address, error);
  if (lead == NULL)
    return FALSE;
  partner->lead = lead->id;
  if (*partner->email == '\0')
    rungs_partner_set (&partner->email, lead->email);
  return TRUE;
}

static gboolean
take_recruiter (RungsInvocation  *call,
                RungsDb          *db,
                RungsPartner     *partner,
                GError          **error)
{
  const char *name = rungs_invocation_get_text (call, "recruited-by", NULL);
  g_autoptr (RungsPartner) recruiter = NULL;

  if (name == NULL)
    return TRUE;
  partner->recruited_by = 0;
  if (*name == '\0')
    return TRUE;
  recruiter = rungs_partner_load_by_name (db, name, error);
  if (recruiter != NULL)
    partner->recruited_by = recruiter->id;
  return recruiter != NULL;
}

static void
take_options (RungsInvocation *call,
              RungsPartner    *partner)
{
  rungs_invocation_take_text (call, "email", &partner->email);
  rungs_invocation_take_text (call, "phone", &partner->phone);
  rungs_invocation_take_text (call, "country", &partner->country);
  rungs_invocation_take_text (call, "language", &partner->language);
  rungs_invocation_take_text (call, "manager", &partner->manager);
  rungs_invocation_take_text (call, "note", &partner->note);
  g_strlcpy (partner->currency, rungs_invocation_get_text (call, "currency", partner->currency),
             sizeof partner->currency);
}

/* The source that was said, or the kind of the one that is to be made. */
static gboolean
take_source (RungsInvocation  *call,
             RungsDb          *db,
             RungsPartner     *partner,
             GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "source", NULL);
  guint kind = 0;

  if (!rungs_invocation_get_choice (call, "kind", KINDS, &kind, error))
    return FALSE;
  partner->kind = kind == 0 ? RUNGS_SOURCE_AFFILIATE : RUNGS_SOURCE_JV;
  if (text == NULL)
    return TRUE;
  partner->source = rungs_source_ensure_by_text (db, text, rungs_invocation_get_now (call), error);
  return partner->source != 0;
}

static gboolean
join (RungsInvocation  *call,
      RungsDb          *db,
      gint64            partner,
      GError          **error)
{
  const char *name = rungs_invocation_get_text (call, "programme", NULL);
  gint64 now = rungs_invocation_get_now (call);
  g_autoptr (RungsProgramme) programme = NULL;

  if (name == NULL)
    return TRUE;
  if (*name == '\0')
    return rungs_programme_join (db, 0, partner, now, error);
  programme = rungs_programme_load_by_name (db, name, now, error);
  return programme != NULL && rungs_programme_join (db, programme->id, partner, now, error);
}

static gboolean
apply (RungsInvocation  *call,
       RungsDb          *db,
       RungsPartner     *partner,
       GError          **error)
{
  if (!rungs_invocation_has (call, "applied"))
    return TRUE;
  partner->status = RUNGS_PARTNER_APPLIED;
  return rungs_partner_apply (db, partner->id, rungs_invocation_get_now (call), error);
}

static gboolean
add (RungsInvocation  *call,
     RungsDb          *db,
     GError          **error)
{
  g_autoptr (RungsPartner) partner
      = rungs_partner_new (rungs_invocation_get_argument (call, 0), "");
  gint64 now = rungs_invocation_get_now (call);

  take_options (call, partner);
  return take_source (call, db, partner, error) && take_lead (call, db, partner, error)
         && take_recruiter (call, db, partner, error)
         && rungs_partner_add (db, partner, now, error) != 0 && apply (call, db, partner, error)
         && join (call, db, partner->id, error) && show_partner (call, db, partner, error);
}

static gboolean
edit (RungsInvocation  *call,
      RungsDb          *db,
      GError          **error)
{
  g_autoptr (RungsPartner) partner
      = rungs_partner_load_by_name (db, rungs_invocation_get_argument (call, 0), error);

  if (partner == NULL)
    return FALSE;
  rungs_invocation_take_text (call, "name", &partner->name);
  take_options (call, partner);
  return take_lead (call, db, partner, error) && take_recruiter (call, db, partner, error)
         && rungs_partner_save (db, partner, rungs_invocation_get_now (call), error)
         && join (call, db, partner->id, error) && show_partner (call, db, partner, error);
}

static gboolean
end (RungsInvocation  *call,
     RungsDb          *db,
     GError          **error)
{
  g_autoptr (RungsPartner) partner
      = rungs_partner_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
  RungsPartnerStatus status = rungs_invocation_has (call, "undo") ? RUNGS_PARTNER_ACTIVE
                                                                  : RUNGS_PARTNER_ENDED;
  g_autoptr (RungsPartner) after = NULL;

  if (partner == NULL
      || !rungs_partner_set_status (db, partner->id, status, NULL,
                                    rungs_invocation_get_now (call), error))
    return FALSE;
  after = rungs_partner_load (db, partner->id, error);
  return after != NULL && show_partner (call, db, after, error);
}

#define PARTNER_OPTIONS                                                                            \
  RUNGS_OPTION ("lead", N_ ("ADDRESS"), N_ ("The lead that the partner is; nothing: none")),       \
      RUNGS_OPTION ("recruited-by", N_ ("NAME"),                                                   \
                    N_ ("The partner who recruited this one; nothing: none")),                     \
      RUNGS_OPTION ("email", N_ ("ADDRESS"), N_ ("E-mail address")),                               \
      RUNGS_OPTION ("phone", N_ ("NUMBER"), N_ ("Telephone number")),                              \
      RUNGS_OPTION ("country", N_ ("CODE"), N_ ("Country, with two letters: DE, US …")),           \
      RUNGS_OPTION ("language", N_ ("TAG"), N_ ("Language of statements: de, en …")),              \
      RUNGS_OPTION ("currency", N_ ("CODE"),                                                       \
                    N_ ("In which the partner earns from now on: EUR, USD …; nothing: as sold")),  \
      RUNGS_OPTION ("manager", N_ ("WHO"), N_ ("Who of the staff looks after the partner")),       \
      RUNGS_OPTION ("note", N_ ("TEXT"), N_ ("Anything else")),                                    \
      RUNGS_OPTION ("programme", N_ ("NAME"),                                                      \
                    N_ ("From now on in this programme; nothing: in none"))

static const GOptionEntry LIST_OPTIONS[] = {
  RUNGS_OPTION ("csv", N_ ("FILE"),
                N_ ("Also write them into this file, for spreadsheets, with sales and leads")),
  RUNGS_FLAG ("force", N_ ("Replace a file that is there")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry SHOW_OPTIONS[] = {
  RUNGS_FLAG ("details", N_ ("Also how the partner is paid, whole")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry ADD_OPTIONS[] = {
  RUNGS_OPTION ("kind", N_ ("KIND"), N_ ("affiliate or jv; affiliate where nothing is said")),
  RUNGS_OPTION ("source", N_ ("KIND:NAME"), N_ ("Leads from there are the partner's")),
  RUNGS_FLAG ("applied", N_ ("Asks to be one only: is credited with nothing until it is active")),
  PARTNER_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry EDIT_OPTIONS[] = {
  RUNGS_OPTION ("name", N_ ("NAME"), N_ ("Another name")),
  PARTNER_OPTIONS,
  RUNGS_OPTIONS_END,
};

static const GOptionEntry END_OPTIONS[] = {
  RUNGS_FLAG ("undo", N_ ("Take the partner back: earn again from now on")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_PARTNER_COMMANDS[] = {
  { "partner list", "", N_ ("List partners with what they are owed"), RUNGS_COMMAND_READS,
    list_partners, LIST_OPTIONS, NULL, "[" KEYS "]" },
  { "partner show", "NAME", N_ ("Show a partner"), RUNGS_COMMAND_READS, show,
    SHOW_OPTIONS, NULL, "{" KEYS "}" },
  { "partner add", "NAME", N_ ("Add a partner"), RUNGS_COMMAND_WRITES, add, ADD_OPTIONS,
    N_ ("A partner has a source of leads: without --source one of that name, made where there\n"
        "is none. Coupons and links of that source are the partner's."),
    "{" KEYS "}" },
  { "partner edit", "NAME", N_ ("Change a partner"), RUNGS_COMMAND_WRITES, edit, EDIT_OPTIONS,
    NULL, "{" KEYS "}" },
  { "partner end", "NAME", N_ ("Let a partner earn nothing more"), RUNGS_COMMAND_WRITES, end,
    END_OPTIONS, N_ ("What was earned until then stays."), "{" KEYS "}" },
  { NULL },
};
