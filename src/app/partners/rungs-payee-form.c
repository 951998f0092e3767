/* rungs-payee-form.c: asks how a partner is paid, or from which account the business pays.
 *
 * The form shows what the way of paying needs, and what is stored beside; what it does not show
 * when it is saved is forgotten. Each field says while it is typed in what is wrong with it. */

#include "rungs-payee-form.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "compat/rungs-question.h"
#include "partners/rungs-bank-number.h"
#include "rungs-payee-load.h"
#include "rungs-payee-words.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-value-row.h"

#define WAY(way) (1u << (way))
#define ANY_WAY G_MAXUINT

/* The fields of one line, in the order in which they are asked for. */
static const struct
{
  RungsPayeeField field;
  guint ways;   /* that need it */
  gboolean own; /* of the business, too */
  const char *hint;
} FIELDS[] = {
  { RUNGS_PAYEE_IBAN, WAY (RUNGS_PAY_BANK) | WAY (RUNGS_PAY_WISE), TRUE, NULL },
  { RUNGS_PAYEE_BIC, WAY (RUNGS_PAY_BANK), TRUE, N_ ("Not needed within SEPA") },
  { RUNGS_PAYEE_PAYPAL, WAY (RUNGS_PAY_PAYPAL), FALSE, NULL },
  { RUNGS_PAYEE_WISE, WAY (RUNGS_PAY_WISE), FALSE, N_ ("To which Wise writes; or an IBAN") },
  { RUNGS_PAYEE_HOLDER, WAY (RUNGS_PAY_BANK) | WAY (RUNGS_PAY_WISE), TRUE,
    N_ ("Empty: the partner") },
  { RUNGS_PAYEE_TAX_NUMBER, ANY_WAY, FALSE, N_ ("As the tax office writes it") },
  { RUNGS_PAYEE_VAT_ID, ANY_WAY, FALSE, N_ ("Begins with the country: DE123456789") },
};

/* The first of the fields that are about taxes. */
#define TAXES 5

/* The form while it is open. */
typedef struct
{
  RungsForm *form; /* (unowned): holds this */
  RungsPage *page; /* (owned) */
  gint64 partner;
  char *name;      /* (owned) */
  gboolean forgets; /* it closes because all was forgotten */
  guint kept;      /* bits by RungsPayeeField: something is stored there */
  RungsChoiceRow *way; /* (nullable): of a partner */
  RungsValueRow *rows[RUNGS_PAYEE_N_FIELDS]; /* (nullable) */
  GtkTextBuffer *other;                      /* (nullable) */
  GtkWidget *other_group;
  GtkTextBuffer *address;                    /* (nullable) */
} PayeeForm;

static void
payee_form_free (gpointer data)
{
  PayeeForm *self = data;

  g_object_unref (self->page);
  g_free (self->name);
  g_free (self);
}

/* ---- what is in it */

static RungsPayWay
way_of (PayeeForm *self)
{
  RungsPayWay way = RUNGS_PAY_UNSAID;

  if (self->way != NULL)
    rungs_pay_way_from_text (rungs_choice_row_get_value (self->way), &way);
  return way;
}

static void
take_lines (RungsPayee      *payee,
            RungsPayeeField  field,
            GtkTextBuffer   *buffer)
{
  g_autofree char *text = rungs_form_dup_lines (buffer);

  rungs_payee_set (payee, field, text);
}

/* Returns: (transfer full): what is seen. */
static RungsPayee *
dup_payee (PayeeForm *self)
{
  RungsPayee *payee = rungs_payee_new ();

  payee->way = way_of (self);
  for (guint i = 0; i < RUNGS_PAYEE_N_FIELDS; i++)
    if (self->rows[i] != NULL && gtk_widget_get_visible (GTK_WIDGET (self->rows[i])))
      {
        g_autofree char *text = rungs_value_row_dup_text (self->rows[i]);

        rungs_payee_set (payee, i, text);
      }
  if (self->other != NULL && gtk_widget_get_visible (self->other_group))
    take_lines (payee, RUNGS_PAYEE_OTHER, self->other);
  if (self->address != NULL)
    take_lines (payee, RUNGS_PAYEE_ADDRESS, self->address);
  return payee;
}

/* ---- what is wrong with it */

static gboolean
check_row (PayeeForm       *self,
           RungsPayee      *payee,
           RungsPayeeField  field)
{
  g_autoptr (GError) error = NULL;
  gboolean right = rungs_payee_check_field (payee, field, &error);

  rungs_value_row_mark (self->rows[field], right ? NULL : error->message);
  return right;
}

static void
typed_cb (RungsValueRow *row,
          PayeeForm     *self)
{
  g_autoptr (RungsPayee) payee = dup_payee (self);

  for (guint i = 0; i < RUNGS_PAYEE_N_FIELDS; i++)
    if (self->rows[i] == row)
      check_row (self, payee, i);
}

/* The row that the way of paying cannot do without; NULL: it has none. */
static RungsValueRow *
needed_row (PayeeForm *self)
{
  switch (way_of (self))
    {
    case RUNGS_PAY_BANK:
      return self->rows[RUNGS_PAYEE_IBAN];
    case RUNGS_PAY_PAYPAL:
      return self->rows[RUNGS_PAYEE_PAYPAL];
    case RUNGS_PAY_WISE:
      return self->rows[RUNGS_PAYEE_WISE];
    case RUNGS_PAY_OTHER:
    case RUNGS_PAY_UNSAID:
    default:
      return NULL;
    }
}

/* Says beside each field what is wrong with it, and goes to the first. */
static gboolean
check (PayeeForm  *self,
       RungsPayee *payee)
{
  g_autoptr (GError) error = NULL;
  RungsValueRow *wrong = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    {
      RungsValueRow *row = self->rows[FIELDS[i].field];

      if (row != NULL && !check_row (self, payee, FIELDS[i].field) && wrong == NULL)
        wrong = row;
    }
  if (wrong == NULL && rungs_payee_check (payee, &error))
    return TRUE;
  if (wrong == NULL && (wrong = needed_row (self)) != NULL)
    rungs_value_row_mark (wrong, error->message);
  if (wrong != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (wrong));
  else
    rungs_payee_tell (GTK_WIDGET (self->form), _ ("Something Is Missing"), error);
  return FALSE;
}

/* ---- storing it */

typedef struct
{
  gint64 partner;
  RungsPayee *payee; /* (owned) (nullable): NULL: it is forgotten */
  RungsSealKey *key; /* (owned) (nullable) */
} Change;

static void
change_free (gpointer data)
{
  Change *self = data;

  rungs_payee_free (self->payee);
  rungs_seal_key_free (self->key);
  g_free (self);
}

/* On the store's writing thread. What is wrong is said by its own words alone. */
static gpointer
store_payee (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Change *change = data;
  g_autoptr (GError) failure = NULL;
  gboolean stored
      = change->payee != NULL
            ? rungs_payee_save (db, change->partner, change->payee, change->key, &failure)
            : rungs_payee_forget (db, change->partner, &failure);

  if (stored)
    return g_memdup2 (&change->partner, sizeof change->partner);
  if (rungs_payee_is_lost (failure))
    failure->code = RUNGS_ERROR_FAILED;
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

typedef struct
{
  RungsForm *form; /* (owned) */
  Change *change;  /* (owned) */
} Saving;

static void
key_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autofree Saving *saving = data;
  g_autoptr (RungsForm) form = saving->form;
  g_autoptr (GError) error = NULL;

  if (!rungs_payee_key_finish (result, &saving->change->key, &error)
      || !gtk_widget_get_visible (GTK_WIDGET (form)))
    {
      change_free (saving->change);
      if (!gtk_widget_get_visible (GTK_WIDGET (form)))
        return;
      rungs_form_set_ready (form, TRUE);
      rungs_payee_tell (GTK_WIDGET (form), _ ("The Details Could Not Be Saved"), error);
      return;
    }
  rungs_form_save (form, RUNGS_STORE (source), store_payee, saving->change, change_free,
                   _ ("The Details Could Not Be Saved"), NULL);
}

static void
agreed_cb (RungsForm *form,
           PayeeForm *self)
{
  g_autoptr (RungsPayee) payee = dup_payee (self);
  Saving *saving;

  if (!check (self, payee))
    return;
  saving = g_new0 (Saving, 1);
  saving->form = g_object_ref (form);
  saving->change = g_new0 (Change, 1);
  saving->change->partner = self->partner;
  saving->change->payee = g_steal_pointer (&payee);
  rungs_form_set_ready (form, FALSE);
  rungs_payee_key_async (rungs_page_get_store (self->page), TRUE, NULL, key_found_cb, saving);
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          PayeeForm *self)
{
  rungs_page_notify (self->page, self->forgets
                                     ? _ ("The details are forgotten")
                                     : _ ("Saved, encrypted with the key in the keyring"));
}

/* ---- forgetting it */

static Change *
forgetting_new (gint64 partner)
{
  Change *change = g_new0 (Change, 1);

  change->partner = partner;
  return change;
}

static void
forget_answered_cb (gboolean agreed,
                    gpointer data)
{
  g_autoptr (RungsForm) form = data;
  PayeeForm *self = g_object_get_data (G_OBJECT (form), "rungs-form-data");

  if (!agreed)
    return;
  self->forgets = TRUE;
  rungs_form_save (form, rungs_page_get_store (self->page), store_payee,
                   forgetting_new (self->partner), change_free,
                   _ ("The Details Could Not Be Forgotten"), NULL);
}

static void
forget_clicked_cb (PayeeForm *self)
{
  gboolean own = self->partner == RUNGS_PAYEE_BUSINESS;
  g_autofree char *body
      = own ? g_strdup (_ ("Files for the bank can be made only when an account is given again."))
            : g_strdup_printf (_ ("How %s is paid has to be given again before it is paid by a "
                                  "file. What was paid stays in the book."),
                               self->name);

  rungs_question_ask (GTK_WIDGET (self->form),
                      own ? _ ("Forget Your Account?") : _ ("Forget the Payout Details?"), body,
                      _ ("_Forget"), RUNGS_QUESTION_DESTRUCTIVE, forget_answered_cb,
                      g_object_ref (self->form));
}

/* ---- the form */

static void
show_fields (PayeeForm *self)
{
  guint way = WAY (way_of (self));

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    {
      RungsPayeeField field = FIELDS[i].field;

      if (self->rows[field] != NULL)
        gtk_widget_set_visible (GTK_WIDGET (self->rows[field]),
                                self->way == NULL || (FIELDS[i].ways & way) != 0
                                    || (self->kept & WAY (field)) != 0);
    }
  if (self->other_group != NULL)
    gtk_widget_set_visible (self->other_group, way == WAY (RUNGS_PAY_OTHER)
                                                   || (self->kept & WAY (RUNGS_PAYEE_OTHER)) != 0);
}

static void
add_way (PayeeForm   *self,
         RungsPayWay  chosen)
{
  self->way = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", _ ("Paid by"), NULL);
  for (guint way = RUNGS_PAY_UNSAID; way <= RUNGS_PAY_OTHER; way++)
    rungs_choice_row_add (self->way, rungs_pay_way_to_text (way), rungs_pay_way_words (way));
  rungs_choice_row_set_value (self->way, rungs_pay_way_to_text (chosen));
  rungs_form_add_widget (self->form, GTK_WIDGET (self->way));
  g_signal_connect_swapped (self->way, "notify::value", G_CALLBACK (show_fields), self);
}

static const char *
hint_of (PayeeForm *self,
         guint      i)
{
  if (FIELDS[i].field == RUNGS_PAYEE_HOLDER && self->partner == RUNGS_PAYEE_BUSINESS)
    return _ ("Empty: the business");
  return FIELDS[i].hint != NULL ? _ (FIELDS[i].hint) : NULL;
}

static void
add_row (PayeeForm        *self,
         guint             i,
         const RungsPayee *payee)
{
  RungsPayeeField field = FIELDS[i].field;
  const char *text = rungs_payee_get (payee, field);
  g_autofree char *iban = field == RUNGS_PAYEE_IBAN ? rungs_iban_dup_grouped (text) : NULL;
  RungsValueRow *row
      = rungs_value_row_new (rungs_payee_field_words (field), hint_of (self, i), NULL, NULL);

  self->rows[field] = row;
  rungs_value_row_set_width (row, 26);
  rungs_value_row_set_text (row, iban != NULL ? iban : text);
  rungs_form_add_widget (self->form, GTK_WIDGET (row));
  g_signal_connect_object (row, "agreed", G_CALLBACK (rungs_form_agree), self->form,
                           G_CONNECT_SWAPPED);
  g_signal_connect (row, "changed", G_CALLBACK (typed_cb), self);
}

static void
add_forget (PayeeForm *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Forget…"));

  gtk_widget_add_css_class (button, "destructive-action");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (forget_clicked_cb), self);
  rungs_form_add_group (self->form, NULL);
  rungs_form_add_widget (self->form, button);
}

static void
fill_own (PayeeForm        *self,
          const RungsPayee *payee)
{
  rungs_form_set_text (self->form,
                       _ ("The account that partners are paid from, as files for the bank name it. "
                          "It stands encrypted in the file, and its key in the keyring of this "
                          "computer."));
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (FIELDS[i].own)
      add_row (self, i, payee);
}

static void
fill_partner (PayeeForm        *self,
              const RungsPayee *payee)
{
  gboolean is_new = self->kept == 0;

  rungs_form_set_text (self->form,
                       _ ("All of it stands encrypted in the file, and the key in the keyring of "
                          "this computer: elsewhere nobody can read it."));
  add_way (self, is_new && payee->way == RUNGS_PAY_UNSAID ? RUNGS_PAY_BANK : payee->way);
  for (guint i = 0; i < TAXES; i++)
    add_row (self, i, payee);
  self->other = rungs_form_add_lines (self->form, rungs_payee_field_words (RUNGS_PAYEE_OTHER),
                                      rungs_payee_get (payee, RUNGS_PAYEE_OTHER));
  self->other_group = rungs_form_get_group (self->form);
  rungs_form_add_group (self->form, _ ("For Invoices and the Tax Office"));
  for (guint i = TAXES; i < G_N_ELEMENTS (FIELDS); i++)
    add_row (self, i, payee);
  self->address = rungs_form_add_lines (self->form, rungs_payee_field_words (RUNGS_PAYEE_ADDRESS),
                                        rungs_payee_get (payee, RUNGS_PAYEE_ADDRESS));
}

/* ---- opening it */

typedef struct
{
  RungsPage *page;   /* (owned) */
  GtkWindow *parent; /* (owned) */
  gint64 partner;
  char *name;        /* (owned) */
} Opening;

static void
opening_free (Opening *self)
{
  g_object_unref (self->page);
  g_object_unref (self->parent);
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
show (const Opening    *opening,
      const RungsPayee *payee)
{
  PayeeForm *self = g_new0 (PayeeForm, 1);
  gboolean own = opening->partner == RUNGS_PAYEE_BUSINESS;
  g_autofree char *title = own ? g_strdup (_ ("Your Account"))
                               : g_strdup_printf (_ ("Payout Details of %s"), opening->name);

  self->page = g_object_ref (opening->page);
  self->partner = opening->partner;
  self->name = g_strdup (opening->name);
  for (guint i = 0; i < RUNGS_PAYEE_N_FIELDS; i++)
    if (*rungs_payee_get (payee, i) != '\0')
      self->kept |= WAY (i);
  self->form = rungs_form_new (opening->parent, title, _ ("_Save"));
  if (own)
    fill_own (self, payee);
  else
    fill_partner (self, payee);
  if (self->kept != 0)
    add_forget (self);
  show_fields (self);
  if (needed_row (self) != NULL)
    rungs_form_set_first (self->form, GTK_WIDGET (needed_row (self)));
  gtk_window_set_default_size (GTK_WINDOW (self->form), 540, -1);
  rungs_form_open (self->form, self, payee_form_free, G_CALLBACK (agreed_cb),
                   G_CALLBACK (saved_cb));
}

static void
lost_answered_cb (gboolean agreed,
                  gpointer data)
{
  g_autoptr (Opening) opening = data;

  if (agreed)
    rungs_page_do (opening->page,
                   &(RungsPageWork){ .func = store_payee,
                                     .data = forgetting_new (opening->partner),
                                     .data_free = change_free,
                                     .result_free = g_free,
                                     .done = _ ("The details are forgotten"),
                                     .failed = _ ("The Details Could Not Be Forgotten") },
                   NULL);
}

/* What cannot be read any more can only be given anew. Takes `opening`. */
static void
offer_to_forget (Opening      *opening,
                 const GError *error)
{
  rungs_question_ask (GTK_WIDGET (opening->parent), _ ("The Details Cannot Be Read"),
                      error->message, _ ("_Forget Them"), RUNGS_QUESTION_DESTRUCTIVE,
                      lost_answered_cb, opening);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Opening) opening = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPayee) payee = rungs_payee_read_finish (result, &error);

  if (!gtk_widget_get_visible (GTK_WIDGET (opening->parent)))
    return;
  if (payee != NULL)
    show (opening, payee);
  else if (rungs_payee_is_lost (error))
    offer_to_forget (g_steal_pointer (&opening), error);
  else
    rungs_payee_tell (GTK_WIDGET (opening->parent), _ ("The Details Cannot Be Read"), error);
}

void
rungs_payee_form_open (RungsPage  *page,
                       GtkWindow  *parent,
                       gint64      partner,
                       const char *name)
{
  Opening *opening;

  g_return_if_fail (RUNGS_IS_PAGE (page) && GTK_IS_WINDOW (parent));

  opening = g_new0 (Opening, 1);
  opening->page = g_object_ref (page);
  opening->parent = g_object_ref (parent);
  opening->partner = partner;
  opening->name = g_strdup (name);
  rungs_payee_read_async (rungs_page_get_store (page), partner, NULL, read_cb, opening);
}

void
rungs_payee_form_open_own (RungsPage *page,
                           GtkWindow *parent)
{
  rungs_payee_form_open (page, parent, RUNGS_PAYEE_BUSINESS, NULL);
}
