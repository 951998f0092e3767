/* rungs-partner-dialog.c: adds or edits a partner. What can be chosen is read first, then the form
 * opens. */

#include "rungs-partner-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-email-address.h"
#include "leads/rungs-lead-store.h"
#include "mail/rungs-language-names.h"
#include "partners/rungs-partner-list-store.h"
#include "partners/rungs-partner-status-store.h"
#include "partners/rungs-programme-store.h"
#include "rungs-page-opening.h"
#include "rungs-partner-lead-row.h"
#include "rungs-partner-words.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"

#define NO_PROGRAMME ""
#define AS_SOLD ""
#define NOBODY "0"

/* What is read before the form opens. */
typedef struct
{
  gint64 id;             /* (in) 0: a new one */
  RungsPartner *partner; /* (owned) (nullable): NULL when it is on its way into the file */
  RungsLead *lead;       /* (owned) (nullable): that it is */
  char *programme;       /* (owned) that it is in; "": none */
  GPtrArray *programmes; /* (owned) (element-type RungsProgramme) */
  GPtrArray *recruiters; /* (owned) (element-type RungsPartner) who can have recruited it */
} Facts;

static void
facts_free (gpointer data)
{
  Facts *self = data;

  g_clear_pointer (&self->partner, rungs_partner_free);
  g_clear_pointer (&self->lead, rungs_lead_free);
  g_clear_pointer (&self->programmes, g_ptr_array_unref);
  g_clear_pointer (&self->recruiters, g_ptr_array_unref);
  g_free (self->programme);
  g_free (self);
}

/* The form while it is open. */
typedef struct
{
  RungsForm *form; /* (unowned): holds this */
  RungsPage *page; /* (owned) */
  Facts *facts;    /* (owned) */
  AdwEntryRow *name;
  RungsChoiceRow *kind; /* (nullable): what a partner is, its source says for ever */
  RungsChoiceRow *status; /* (nullable): of a new one */
  RungsChoiceRow *programme;
  RungsChoiceRow *recruiter;
  RungsPartnerLeadRow *lead;
  AdwEntryRow *email;
  AdwEntryRow *phone;
  AdwEntryRow *country;
  RungsChoiceRow *language;
  RungsChoiceRow *currency;
  AdwEntryRow *manager;
  GtkTextBuffer *note;
  gboolean joins; /* it joins another programme */
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_object_unref (self->page);
  facts_free (self->facts);
  g_free (self);
}

/* ---- storing */

typedef struct
{
  RungsPartner *partner; /* (owned) */
  char *programme;       /* (owned) that it joins now; "": none */
} Change;

static void
change_free (gpointer data)
{
  Change *self = data;

  g_clear_pointer (&self->partner, rungs_partner_free);
  g_free (self->programme);
  g_free (self);
}

static gboolean
join (RungsDb       *db,
      const Change  *change,
      gint64         now,
      GError       **error)
{
  g_autoptr (RungsProgramme) programme = NULL;

  if (*change->programme == '\0')
    return TRUE;
  programme = rungs_programme_load_by_name (db, change->programme, now, error);
  return programme != NULL
         && rungs_programme_join (db, programme->id, change->partner->id, now, error);
}

/* On the store's writing thread. */
static gpointer
store_partner (RungsDb       *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Change *change = data;
  RungsPartner *partner = change->partner;
  gint64 now = rungs_display_now ();
  gboolean is_new = partner->id == 0;
  gboolean stored = is_new ? rungs_partner_add (db, partner, now, error) != 0
                           : rungs_partner_save (db, partner, now, error);

  if (stored && is_new && partner->status == RUNGS_PARTNER_APPLIED)
    stored = rungs_partner_apply (db, partner->id, now, error);
  return stored && join (db, change, now, error) ? g_memdup2 (&partner->id, sizeof partner->id)
                                                 : NULL;
}

/* What the partner was before is written again. Not where it joined a programme by the same form,
 * whose terms are in force from then on. */
static void
offer_undo (Dialog *self)
{
  Change *change = g_new0 (Change, 1);
  RungsPageWork undo = { .func = store_partner,
                         .data = change,
                         .data_free = change_free,
                         .result_free = g_free,
                         .done = _ ("The partner is as before"),
                         .failed = _ ("It Could Not Be Undone") };

  change->partner = g_steal_pointer (&self->facts->partner);
  change->programme = g_strdup ("");
  rungs_page_offer_undo (self->page, _ ("Partner changed"), &undo);
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          Dialog    *self)
{
  g_autofree char *target = g_strdup_printf ("partners:%" G_GINT64_FORMAT, id);

  if (self->facts->id != 0 && !self->joins)
    offer_undo (self);
  rungs_page_show_target (self->page, target);
}

static void
take (AdwEntryRow  *row,
      char        **text)
{
  g_free (*text);
  *text = rungs_form_dup_entry (row);
}

/* Says beside each field what is wrong with it. */
static gboolean
check (Dialog *self)
{
  g_autofree char *name = rungs_form_dup_entry (self->name);
  g_autofree char *email = rungs_form_dup_entry (self->email);
  g_autofree char *country = rungs_form_dup_entry (self->country);
  g_autofree char *key = *email != '\0' ? rungs_email_key (email, NULL) : g_strdup ("");
  gboolean is_country = *country == '\0' || g_regex_match_simple ("^[A-Za-z]{2}$", country, 0, 0);

  rungs_error_mark_row (self->name, *name != '\0' ? NULL : _ ("this is needed"));
  rungs_error_mark_row (self->email, key != NULL ? NULL : _ ("this is no e-mail address"));
  rungs_error_mark_row (self->country, is_country ? NULL : _ ("two letters: DE, AT, US …"));
  return *name != '\0' && key != NULL && is_country;
}

static void
agreed_cb (RungsForm *form,
           Dialog    *self)
{
  const RungsPartner *old = self->facts->partner;
  const char *programme = rungs_choice_row_get_value (self->programme);
  g_autofree char *name = rungs_form_dup_entry (self->name);
  g_autofree char *country = rungs_form_dup_entry (self->country);
  Change *change;

  if (!check (self))
    return;
  change = g_new0 (Change, 1);
  change->partner = rungs_partner_new (name, rungs_choice_row_get_value (self->currency));
  change->partner->id = old->id;
  if (self->status != NULL)
    rungs_partner_status_from_text (rungs_choice_row_get_value (self->status),
                                    &change->partner->status);
  change->partner->lead = rungs_partner_lead_row_get_lead (self->lead);
  change->partner->recruited_by
      = g_ascii_strtoll (rungs_choice_row_get_value (self->recruiter), NULL, 10);
  if (self->kind != NULL && strcmp (rungs_choice_row_get_value (self->kind), "jv") == 0)
    change->partner->kind = RUNGS_SOURCE_JV;
  take (self->email, &change->partner->email);
  take (self->phone, &change->partner->phone);
  take (self->manager, &change->partner->manager);
  g_free (change->partner->country);
  change->partner->country = g_ascii_strup (country, -1);
  rungs_partner_set (&change->partner->language, rungs_choice_row_get_value (self->language));
  g_free (change->partner->note);
  change->partner->note = rungs_form_dup_lines (self->note);
  self->joins = strcmp (programme, self->facts->programme) != 0;
  change->programme = g_strdup (self->joins ? programme : "");
  rungs_form_save (form, rungs_page_get_store (self->page), store_partner, change, change_free,
                   _ ("The Partner Could Not Be Saved"), self->name);
}

/* ---- the form */

static RungsChoiceRow *
add_choice (Dialog     *self,
            const char *title)
{
  RungsChoiceRow *row = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", title, NULL);

  rungs_form_add_widget (self->form, GTK_WIDGET (row));
  return row;
}

static void
add_kind (Dialog *self)
{
  self->kind = add_choice (self, _ ("Kind"));
  rungs_choice_row_add (self->kind, "affiliate", rungs_partner_kind_words (RUNGS_SOURCE_AFFILIATE));
  rungs_choice_row_add (self->kind, "jv", rungs_partner_kind_words (RUNGS_SOURCE_JV));
  rungs_choice_row_set_value (self->kind, "affiliate");
}

static void
add_status (Dialog *self)
{
  self->status = add_choice (self, _ ("Status"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->status),
                               _ ("Who has only applied is credited with nothing until you "
                                  "accept"));
  rungs_choice_row_add (self->status, "active", rungs_partner_status_words (RUNGS_PARTNER_ACTIVE));
  rungs_choice_row_add (self->status, "applied",
                        rungs_partner_status_words (RUNGS_PARTNER_APPLIED));
  rungs_choice_row_set_value (self->status, "active");
}

/* Who is in a programme can go to another one, but not out of all: its partner ends instead. Nobody
 * can go to one that is retired, which may be the one that it is in. */
static void
add_programme (Dialog *self)
{
  Facts *facts = self->facts;
  const char *first = NO_PROGRAMME;
  guint n_open = 0;

  self->programme = add_choice (self, _ ("Programme"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->programme),
                               _ ("Says what the partner earns, from now on"));
  if (*facts->programme == '\0')
    rungs_choice_row_add (self->programme, NO_PROGRAMME, _ ("None: earns nothing yet"));
  for (guint i = 0; i < facts->programmes->len; i++)
    {
      const RungsProgramme *programme = facts->programmes->pdata[i];

      if (programme->retired_at != 0 && strcmp (programme->name, facts->programme) != 0)
        continue;
      rungs_choice_row_add (self->programme, programme->name, programme->name);
      first = n_open++ == 0 ? programme->name : NO_PROGRAMME;
    }
  rungs_choice_row_set_value (self->programme, facts->id == 0 ? first : facts->programme);
}

static void
add_recruiter (Dialog *self)
{
  const RungsPartner *partner = self->facts->partner;
  g_autofree char *chosen = g_strdup_printf ("%" G_GINT64_FORMAT, partner->recruited_by);

  self->recruiter = add_choice (self, _ ("Recruited By"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->recruiter),
                               _ ("Earns by the partner's sales, too, where the terms have a "
                                  "second tier"));
  rungs_choice_row_add (self->recruiter, NOBODY, _ ("No partner"));
  for (guint i = 0; i < self->facts->recruiters->len; i++)
    {
      const RungsPartner *recruiter = self->facts->recruiters->pdata[i];
      g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, recruiter->id);

      rungs_choice_row_add (self->recruiter, value, recruiter->name);
    }
  rungs_choice_row_set_value (self->recruiter, chosen);
}

/* Of a new one, what the lead is called and how it is reached is taken from there. */
static void
lead_picked_cb (Dialog          *self,
                const RungsLead *lead)
{
  g_autofree char *name = rungs_lead_dup_name (lead);
  const char *const texts[] = { name, lead->email, lead->phone, lead->country };
  AdwEntryRow *const rows[] = { self->name, self->email, self->phone, self->country };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *there = rungs_form_dup_entry (rows[i]);

      if (*there == '\0' && texts[i] != NULL)
        gtk_editable_set_text (GTK_EDITABLE (rows[i]), texts[i]);
    }
}

static void
add_lead (Dialog *self)
{
  GtkWidget *row = rungs_partner_lead_row_new (rungs_page_get_store (self->page), self->facts->id);

  self->lead = RUNGS_PARTNER_LEAD_ROW (row);
  rungs_partner_lead_row_set_lead (self->lead, self->facts->lead);
  g_signal_connect_swapped (row, "picked", G_CALLBACK (lead_picked_cb), self);
  rungs_form_add_widget (self->form, row);
}

static void
add_language (Dialog *self)
{
  gsize n;
  const RungsLanguageName *languages = rungs_language_names (&n);

  self->language = add_choice (self, _ ("Language of Statements"));
  rungs_choice_row_add (self->language, "", _ ("That of the business"));
  for (gsize i = 0; i < n; i++)
    rungs_choice_row_add (self->language, languages[i].tag, languages[i].name);
  rungs_choice_row_set_value (self->language, self->facts->partner->language);
}

static void
fill (Dialog *self)
{
  const RungsPartner *partner = self->facts->partner;

  if (partner->id == 0)
    rungs_form_set_text (self->form,
                         _ ("A partner gets a source of leads of the same name: whoever comes by "
                            "its link, its coupon or its number is the partner's."));
  self->name = rungs_form_add_entry (self->form, _ ("Name"), partner->name);
  if (partner->id == 0)
    {
      add_kind (self);
      add_status (self);
    }
  add_programme (self);
  add_recruiter (self);
  add_lead (self);
  self->email = rungs_form_add_entry (self->form, _ ("E-mail"), partner->email);
  self->phone = rungs_form_add_entry (self->form, _ ("Telephone"), partner->phone);
  self->country
      = rungs_form_add_entry (self->form, _ ("Country (DE, US …)"), partner->country);
  rungs_form_add_group (self->form, _ ("Payment"));
  self->currency = add_choice (self, _ ("Currency"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->currency),
                               _ ("Of what is booked from now on, at the rate of the order's day"));
  rungs_choice_row_add (self->currency, AS_SOLD, _ ("As sold"));
  rungs_choice_row_add_currencies (self->currency);
  rungs_choice_row_set_value (self->currency, partner->currency);
  add_language (self);
  rungs_form_add_group (self->form, _ ("For You"));
  self->manager = rungs_form_add_entry (self->form, _ ("Looked After By"), partner->manager);
  self->note = rungs_form_add_lines (self->form, _ ("Note"), partner->note);
}

/* ---- opening it */

/* Who can have recruited the partner: nobody it recruited itself, straight or by others. Who has
 * ended stays where it did so. */
static gboolean
load_recruiters (RungsDb  *db,
                 Facts    *facts,
                 GError  **error)
{
  g_autoptr (GArray) below = rungs_partner_list_below (db, facts->id, error);
  GPtrArray *list = below != NULL ? rungs_partner_list (db, error) : NULL;

  if (list == NULL)
    return FALSE;
  facts->recruiters = list;
  for (guint i = list->len; i > 0; i--)
    {
      const RungsPartner *partner = list->pdata[i - 1];
      gboolean is_below = FALSE;

      for (guint k = 0; k < below->len && !is_below; k++)
        is_below = g_array_index (below, gint64, k) == partner->id;
      if (is_below
          || (partner->status == RUNGS_PARTNER_ENDED
              && partner->id != facts->partner->recruited_by))
        g_ptr_array_remove_index (list, i - 1);
    }
  return TRUE;
}

static gpointer
load_facts (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Facts *facts = data;
  gint64 now = rungs_display_now ();
  g_autoptr (RungsPartnerRow) row = NULL;

  facts->programmes = rungs_programme_list (db, now, error);
  if (facts->programmes == NULL)
    return NULL;
  if (facts->id == 0)
    {
      facts->partner = rungs_partner_new ("", AS_SOLD);
      facts->programme = g_strdup ("");
      return load_recruiters (db, facts, error) ? facts : NULL;
    }
  row = rungs_partner_row_load (db, facts->id, now, error);
  if (row == NULL)
    return NULL;
  facts->partner = g_steal_pointer (&row->partner);
  facts->programme = g_steal_pointer (&row->programme);
  if (facts->partner->lead != 0
      && (facts->lead = rungs_lead_load (db, facts->partner->lead, error)) == NULL)
    return NULL;
  return load_recruiters (db, facts, error) ? facts : NULL;
}

static void
show (RungsPage *page,
      GtkWindow *parent,
      gpointer   facts)
{
  Dialog *self = g_new0 (Dialog, 1);
  gboolean is_new;

  self->page = g_object_ref (page);
  self->facts = facts;
  is_new = self->facts->id == 0;
  self->form = rungs_form_new (parent, is_new ? _ ("New Partner") : _ ("Partner"),
                               is_new ? _ ("_Add") : _ ("_Save"));
  fill (self);
  rungs_form_open (self->form, self, dialog_free, G_CALLBACK (agreed_cb), G_CALLBACK (saved_cb));
}

void
rungs_partner_dialog_open (RungsPage *page,
                           gint64     partner)
{
  Facts *facts = g_new0 (Facts, 1);

  facts->id = partner;
  rungs_page_open_with (page, load_facts, facts, facts_free, show);
}
