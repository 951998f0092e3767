/* rungs-programme-form.c: adds a programme, or gives one new terms. Terms are never changed: new
 * ones begin later, and older sales keep the old ones. */

#include "rungs-programme-form.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "base/rungs-rate.h"
#include "base/rungs-time.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-business-store.h"
#include "rungs-lead-pay-rows.h"
#include "rungs-page-opening.h"
#include "rungs-programme-load.h"
#include "rungs-rate-rows.h"
#include "rungs-trial-rows.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-value-row.h"

#define DAYS_MOST 3650

/* What is read before the form opens. */
typedef struct
{
  gint64 id;              /* (in) 0: a new one */
  RungsProgrammeRow *row; /* (owned) (nullable): NULL of a new one */
  GPtrArray *products;    /* (owned) (element-type RungsProduct) in use */
  char currency[4];
} Facts;

static void
facts_free (gpointer data)
{
  Facts *self = data;

  g_clear_pointer (&self->row, rungs_programme_row_free);
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_free (self);
}

/* The form while it is open. */
typedef struct
{
  RungsForm *form; /* (unowned): holds this */
  RungsPage *page; /* (owned) */
  Facts *facts;    /* (owned) */
  AdwEntryRow *name; /* (nullable): of a new one */
  RungsValueRow *from;
  RungsValueRow *hold;
  RungsValueRow *tax;
  RungsChoiceRow *base;
  RungsChoiceRow *approve;
  RungsValueRow *second;
  RungsRateRows *rates;    /* (owned) */
  RungsLeadPayRows *leads; /* (owned) */
} Form;

static void
form_free (gpointer data)
{
  Form *self = data;

  g_clear_pointer (&self->rates, rungs_rate_rows_free);
  g_clear_pointer (&self->leads, rungs_lead_pay_rows_free);
  g_object_unref (self->page);
  facts_free (self->facts);
  g_free (self);
}

/* ---- storing */

typedef struct
{
  gint64 id;
  char *name;        /* (owned) (nullable) */
  char *day;         /* (owned) "": now */
  RungsTerms *terms; /* (owned) */
} Change;

static void
change_free (gpointer data)
{
  Change *self = data;

  g_free (self->name);
  g_free (self->day);
  g_clear_pointer (&self->terms, rungs_terms_free);
  g_free (self);
}

/* On the store's writing thread. */
static gpointer
store_programme (RungsDb       *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  const Change *change = data;
  gint64 now = rungs_display_now (), from = now;
  gint64 id = change->id;
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);

  if (zone == NULL
      || (*change->day != '\0' && !rungs_time_parse (change->day, zone, &from, error)))
    return NULL;
  if (id == 0)
    id = rungs_programme_add (db, change->name, now, error);
  return id != 0 && rungs_programme_set_terms (db, id, from, change->terms, now, error) != 0
             ? g_memdup2 (&id, sizeof id)
             : NULL;
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          Form      *self)
{
  g_autofree char *target = g_strdup_printf ("programmes:%" G_GINT64_FORMAT, id);

  rungs_page_show_target (self->page, target);
}

static gboolean
take_name (Form    *self,
           Change  *change)
{
  if (self->name == NULL)
    return TRUE;
  change->name = rungs_form_dup_entry (self->name);
  rungs_error_mark_row (self->name, *change->name != '\0' ? NULL : _ ("this is needed"));
  return *change->name != '\0';
}

static gboolean
take_day (Form   *self,
          Change *change)
{
  gint64 day;
  gboolean is_right;

  change->day = rungs_value_row_dup_text (self->from);
  is_right = *change->day == '\0' || rungs_time_parse (change->day, NULL, &day, NULL);
  rungs_value_row_mark (self->from, is_right ? NULL : _ ("a day, such as 2026-11-30"));
  return is_right;
}

static gboolean
take_days (Form   *self,
           gint64 *days)
{
  g_autofree char *text = rungs_value_row_dup_text (self->hold);
  guint64 number = 0;
  gboolean is_right = g_ascii_string_to_unsigned (text, 10, 0, DAYS_MOST, &number, NULL);

  rungs_value_row_mark (self->hold, is_right ? NULL : _ ("a number of days, such as 30"));
  *days = (gint64) number;
  return is_right;
}

/* Empty: 0. */
static gboolean
take_share (RungsValueRow *row,
            const char    *example,
            gint64        *share)
{
  g_autofree char *text = rungs_value_row_dup_text (row);
  gboolean is_right;

  *share = 0;
  is_right = *text == '\0' || rungs_rate_parse (text, share, NULL);
  rungs_value_row_mark (row, is_right ? NULL : example);
  return is_right;
}

/* NULL where something is wrong: said beside it, or with an error. */
static RungsTerms *
read_terms (Form    *self,
            GError **error)
{
  g_autofree char *rates = NULL;
  g_autofree char *leads = NULL;
  g_autofree char *json = NULL;
  gint64 days, tax, second;
  gboolean is_right = take_days (self, &days);

  is_right &= take_share (self->tax, _ ("a share, such as 19 %"), &tax);
  is_right &= take_share (self->second, _ ("a share, such as 5 %"), &second);
  rates = rungs_rate_rows_dup_json (self->rates);
  leads = rungs_lead_pay_rows_dup_json (self->leads);
  if (!is_right || rates == NULL || leads == NULL)
    return NULL;
  json = g_strdup_printf ("{\"tax\": %" G_GINT64_FORMAT ", \"hold_days\": %" G_GINT64_FORMAT
                          ", \"approve\": \"%s\", \"second\": %" G_GINT64_FORMAT
                          ", \"before_discount\": %s, \"rates\": %s%s}",
                          tax, days, rungs_choice_row_get_value (self->approve), second,
                          rungs_choice_row_get_value (self->base), rates, leads);
  return rungs_terms_parse (json, error);
}

/* The same for a trial. */
static RungsTerms *
read_terms_cb (RungsForm *form,
               gpointer   data)
{
  g_autoptr (GError) error = NULL;
  RungsTerms *terms = read_terms (data, &error);

  if (error != NULL)
    rungs_error_tell (GTK_WIDGET (form), _ ("The Terms Could Not Be Read"), error);
  return terms;
}

static void
agreed_cb (RungsForm *form,
           Form      *self)
{
  g_autoptr (GError) error = NULL;
  Change *change = g_new0 (Change, 1);
  gboolean is_right = take_name (self, change);

  change->id = self->facts->id;
  is_right &= take_day (self, change);
  change->terms = read_terms (self, &error);
  if (change->terms == NULL || !is_right)
    {
      change_free (change);
      if (error != NULL)
        rungs_error_tell (GTK_WIDGET (form), _ ("The Terms Could Not Be Read"), error);
      return;
    }
  rungs_form_save (form, rungs_page_get_store (self->page), store_programme, change, change_free,
                   _ ("The Programme Could Not Be Saved"), self->name);
}

/* ---- the form */

static RungsValueRow *
add_value (Form       *self,
           const char *title,
           const char *hint,
           const char *text)
{
  RungsValueRow *row = rungs_value_row_new (title, hint, NULL, NULL);

  rungs_value_row_set_text (row, text);
  rungs_form_add_widget (self->form, GTK_WIDGET (row));
  return row;
}

static void
fill_terms (Form             *self,
            const RungsTerms *terms)
{
  g_autofree char *hold = g_strdup_printf ("%" G_GINT64_FORMAT, terms->hold_days);
  g_autofree char *tax = terms->tax > 0 ? rungs_rate_format (terms->tax) : g_strdup ("");
  g_autofree char *second
      = terms->second > 0 ? rungs_rate_format (terms->second) : g_strdup ("");

  self->hold = add_value (self, _ ("Days Held"),
                          _ ("At least so long, and as long as the product may be given back"),
                          hold);
  self->approve = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", _ ("Then"), NULL);
  rungs_choice_row_add (self->approve, "rule", _ ("May be paid"));
  rungs_choice_row_add (self->approve, "hand", _ ("Waits for somebody to approve it"));
  rungs_choice_row_set_value (self->approve, terms->by_hand ? "hand" : "rule");
  rungs_form_add_widget (self->form, GTK_WIDGET (self->approve));
  self->tax = add_value (self, _ ("Tax in Your Prices"), _ ("Nothing is paid of it"), tax);
  self->base = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", _ ("Of a Discounted Price"), NULL);
  rungs_choice_row_add (self->base, "false", _ ("What the buyer paid"));
  rungs_choice_row_add (self->base, "true", _ ("The price before the discount"));
  rungs_choice_row_set_value (self->base, terms->before_discount ? "true" : "false");
  rungs_form_add_widget (self->form, GTK_WIDGET (self->base));
  self->second = add_value (self, _ ("Second Tier"),
                            _ ("A share for whoever recruited the partner, beside the partner's "
                               "own. Empty: none"),
                            second);
  self->rates = rungs_rate_rows_new (self->form, self->facts->products, self->facts->currency);
  for (guint i = 0; i < terms->rates->len; i++)
    rungs_rate_rows_add (self->rates, terms->rates->pdata[i]);
  self->leads = rungs_lead_pay_rows_new (self->form, terms->leads, self->facts->currency);
}

static void
fill (Form *self)
{
  const RungsProgrammeRow *row = self->facts->row;
  const RungsTermsVersion *version = row != NULL ? rungs_programme_row_get_version (row) : NULL;
  g_autoptr (RungsTerms) usual = rungs_terms_new ();

  rungs_form_set_text (self->form,
                       row == NULL ? _ ("A programme says what its partners earn by which sale.")
                                   : _ ("Sales before the terms are in force keep the old ones."));
  if (row == NULL)
    self->name = rungs_form_add_entry (self->form, _ ("Name"), "");
  self->from = add_value (self, _ ("In Force From"), _ ("Empty: from now on"), "");
  rungs_value_row_add_calendar (self->from, NULL);
  fill_terms (self, version != NULL ? version->terms : usual);
  if (row != NULL)
    rungs_trial_rows_add (self->form, rungs_page_get_store (self->page), self->facts->id,
                          read_terms_cb, self);
  gtk_window_set_default_size (GTK_WINDOW (self->form), 560, 690);
}

/* ---- opening it */

static gpointer
load_facts (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Facts *facts = data;
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  if (business == NULL || (facts->products = rungs_product_list (db, error)) == NULL)
    return NULL;
  g_strlcpy (facts->currency, business->currency, sizeof facts->currency);
  if (facts->id != 0 && (facts->row = rungs_programme_row_load (db, facts->id, error)) == NULL)
    return NULL;
  return facts;
}

static void
show (RungsPage *page,
      GtkWindow *parent,
      gpointer   facts)
{
  Form *self = g_new0 (Form, 1);
  gboolean is_new;

  self->page = g_object_ref (page);
  self->facts = facts;
  is_new = self->facts->id == 0;
  self->form = rungs_form_new (parent, is_new ? _ ("New Programme") : _ ("New Terms"),
                               is_new ? _ ("_Add") : _ ("_Save"));
  fill (self);
  rungs_form_open (self->form, self, form_free, G_CALLBACK (agreed_cb), G_CALLBACK (saved_cb));
}

void
rungs_programme_form_open (RungsPage *page,
                           gint64     programme)
{
  Facts *facts = g_new0 (Facts, 1);

  facts->id = programme;
  rungs_page_open_with (page, load_facts, facts, facts_free, show);
}
