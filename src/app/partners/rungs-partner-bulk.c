/* rungs-partner-bulk.c: what the list does to many partners at once. */

#include "rungs-partner-bulk.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "leads/rungs-lead-bulk.h"
#include "leads/rungs-lead-pickers.h"
#include "partners/rungs-partner-csv.h"
#include "partners/rungs-partner-many-store.h"
#include "partners/rungs-programme-store.h"
#include "rungs-approvals-ask.h"
#include "rungs-bulk.h"
#include "rungs-page-opening.h"
#include "rungs-payout-form.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-file-save.h"
#include "widgets/rungs-form.h"

/* What is done, and what came of it so far. */
typedef struct
{
  GArray *partners;    /* (owned) (nullable) (element-type gint64): to whom */
  gint64 programme;    /* 0: none */
  char *name;          /* (owned) (nullable): of the programme, or of who looks after them */
  GArray *moved;       /* (owned) (nullable) (element-type RungsPartnerMove) */
  GPtrArray *managers; /* (owned) (nullable) (element-type RungsPartnerManager) */
  guint done;          /* of taking back: how many */
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  g_clear_pointer (&self->partners, g_array_unref);
  g_clear_pointer (&self->moved, g_array_unref);
  g_clear_pointer (&self->managers, g_ptr_array_unref);
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* Takes `partners` (nullable). */
static Work *
work_new (GArray     *partners,
          gint64      programme,
          const char *name)
{
  Work *self = g_new0 (Work, 1);

  self->partners = partners;
  self->programme = programme;
  self->name = g_strdup (name);
  self->moved = g_array_new (FALSE, FALSE, sizeof (RungsPartnerMove));
  self->managers = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_partner_manager_free);
  return self;
}

static GArray *
part_of (GArray *partners,
         guint   first,
         guint   n)
{
  GArray *part = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  return g_array_append_vals (part, &g_array_index (partners, gint64, first), n);
}

static void
keep (gpointer data,
      gpointer found)
{
  Work *self = data;
  g_autoptr (Work) part = found;

  if (part->moved->len > 0)
    g_array_append_vals (self->moved, part->moved->data, part->moved->len);
  g_ptr_array_extend_and_steal (self->managers, g_steal_pointer (&part->managers));
  self->done += part->done;
}

static char *
words_of_undo (gpointer data)
{
  guint n = ((Work *) data)->done;
  g_autofree char *number = rungs_display_number (n);

  return g_strdup_printf (
      ngettext ("Taken back for %s partner", "Taken back for %s partners", n), number);
}

static gpointer
found_done (gboolean done,
            guint    n)
{
  Work *found = done ? work_new (NULL, 0, NULL) : NULL;

  if (found != NULL)
    found->done = n;
  return found;
}

/* ---- programmes */

static gpointer
move (RungsDb   *db,
      gpointer   data,
      guint      first,
      guint      n,
      GError   **error)
{
  const Work *self = data;
  g_autoptr (GArray) part = part_of (self->partners, first, n);
  g_autoptr (Work) found = work_new (NULL, 0, NULL);

  return rungs_partners_move (db, part, self->programme, rungs_display_now (), found->moved, error)
             ? g_steal_pointer (&found)
             : NULL;
}

static gpointer
move_back (RungsDb   *db,
           gpointer   data,
           guint      first,
           guint      n,
           GError   **error)
{
  const Work *self = data;

  return found_done (rungs_partners_move_back (db, self->moved, first, n, error), n);
}

static gpointer
offer_move (gpointer  data,
            guint    *n)
{
  Work *self = data;
  Work *back;

  if (self->moved->len == 0)
    return NULL;
  back = work_new (NULL, 0, NULL);
  g_array_append_vals (back->moved, self->moved->data, self->moved->len);
  *n = back->moved->len;
  return back;
}

static char *
words_of_moving (gpointer data)
{
  const Work *self = data;
  guint n = self->moved->len;
  g_autofree char *number = rungs_display_number (n);

  if (self->programme == 0)
    return g_strdup_printf (ngettext ("%s partner is in no programme any more",
                                      "%s partners are in no programme any more", n),
                            number);
  return g_strdup_printf (ngettext ("%s partner came into “%s”", "%s partners came into “%s”", n),
                          number, self->name);
}

static const RungsBulkKind MOVE_BACK = {
  .title = N_ ("Taking Partners Back"),
  .failed = N_ ("The Partners Could Not Be Taken Back"),
  .part = move_back,
  .found_free = work_free,
  .keep = keep,
  .words = words_of_undo,
  .data_free = work_free,
};

static const RungsBulkKind MOVE = {
  .title = N_ ("Putting Partners Into a Programme"),
  .failed = N_ ("The Partners Could Not Be Put Into It"),
  .part = move,
  .found_free = work_free,
  .keep = keep,
  .words = words_of_moving,
  .offer = offer_move,
  .undo = &MOVE_BACK,
  .data_free = work_free,
};

/* ---- who looks after them */

static gpointer
set_manager (RungsDb   *db,
             gpointer   data,
             guint      first,
             guint      n,
             GError   **error)
{
  const Work *self = data;
  g_autoptr (GArray) part = part_of (self->partners, first, n);
  g_autoptr (Work) found = work_new (NULL, 0, NULL);

  return rungs_partners_set_manager (db, part, self->name, rungs_display_now (), found->managers,
                                     error)
             ? g_steal_pointer (&found)
             : NULL;
}

static gpointer
restore_manager (RungsDb   *db,
                 gpointer   data,
                 guint      first,
                 guint      n,
                 GError   **error)
{
  const Work *self = data;

  return found_done (rungs_partners_restore_manager (db, self->managers, first, n,
                                                     rungs_display_now (), error),
                     n);
}

static gpointer
offer_managers (gpointer  data,
                guint    *n)
{
  Work *self = data;
  Work *back;

  if (self->managers->len == 0)
    return NULL;
  back = work_new (NULL, 0, NULL);
  *n = self->managers->len;
  g_ptr_array_extend_and_steal (back->managers, g_ptr_array_ref (self->managers));
  return back;
}

static char *
words_of_managing (gpointer data)
{
  const Work *self = data;
  guint n = self->managers->len;
  g_autofree char *number = rungs_display_number (n);

  if (*self->name == '\0')
    return g_strdup_printf (ngettext ("Nobody looks after %s partner any more",
                                      "Nobody looks after %s partners any more", n),
                            number);
  return g_strdup_printf (
      ngettext ("%2$s looks after %1$s partner", "%2$s looks after %1$s partners", n), number,
      self->name);
}

static const RungsBulkKind RESTORE_MANAGER = {
  .title = N_ ("Taking Partners Back"),
  .failed = N_ ("It Could Not Be Undone"),
  .part = restore_manager,
  .found_free = work_free,
  .keep = keep,
  .words = words_of_undo,
  .data_free = work_free,
};

static const RungsBulkKind SET_MANAGER = {
  .title = N_ ("Changing Who Looks After Them"),
  .failed = N_ ("The Partners Could Not Be Changed"),
  .part = set_manager,
  .found_free = work_free,
  .keep = keep,
  .words = words_of_managing,
  .offer = offer_managers,
  .undo = &RESTORE_MANAGER,
  .data_free = work_free,
};

/* ---- what is asked before */

/* A question, and what is read for it. */
typedef struct
{
  GArray *partners;      /* (owned) */
  RungsPage *page;       /* (owned) (nullable) until the form is open */
  GPtrArray *programmes; /* (owned) (nullable) (element-type RungsProgramme) in use */
  GArray *leads;         /* (owned) (nullable) that they are, of leads */
  RungsLeadPick pick;
  char *csv;             /* (owned) (nullable) of the table */
  AdwComboRow *choice;
  AdwEntryRow *entry;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_array_unref (self->partners);
  g_clear_object (&self->page);
  g_clear_pointer (&self->programmes, g_ptr_array_unref);
  g_clear_pointer (&self->leads, g_array_unref);
  g_free (self->csv);
  g_free (self);
}

static Question *
question_new (GArray *partners)
{
  Question *self = g_new0 (Question, 1);

  self->partners = partners;
  return self;
}

/* Opens the form, which holds the question from then on. */
static void
open_form (RungsForm *form,
           Question  *self,
           GCallback  agreed)
{
  g_object_set_data_full (G_OBJECT (form), "rungs-question", self, question_free);
  g_signal_connect (form, "agreed", agreed, self);
  gtk_window_present (GTK_WINDOW (form));
}

/* How many it is about, over the fields. */
static void
set_text (RungsForm      *form,
          const Question *self,
          const char     *rest)
{
  guint n = self->partners->len;
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *who = g_strdup_printf (
      ngettext ("%s partner is selected.", "%s partners are selected.", n), number);
  g_autofree char *text = g_strdup_printf ("%s %s", who, rest);

  rungs_form_set_text (form, text);
}

static void
programme_agreed_cb (RungsForm *form,
                     Question  *self)
{
  guint chosen = adw_combo_row_get_selected (self->choice);
  const RungsProgramme *programme
      = chosen < self->programmes->len ? self->programmes->pdata[chosen] : NULL;
  guint n = self->partners->len;

  rungs_bulk_start (self->page, &MOVE,
                    work_new (g_array_ref (self->partners), programme != NULL ? programme->id : 0,
                              programme != NULL ? programme->name : NULL),
                    n);
  gtk_window_destroy (GTK_WINDOW (form));
}

static void
show_programmes (RungsPage *page,
                 GtkWindow *parent,
                 gpointer   facts)
{
  Question *self = facts;
  RungsForm *form = rungs_form_new (parent, _ ("Programme of Several Partners"), _ ("_Put There"));
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < self->programmes->len; i++)
    g_ptr_array_add (names, ((RungsProgramme *) self->programmes->pdata[i])->name);
  g_ptr_array_add (names, (gpointer) _ ("None: they earn nothing more"));
  g_ptr_array_add (names, NULL);
  self->page = g_object_ref (page);
  set_text (form, self,
            _ ("The programme says what they earn by what is sold from now on; what was sold "
               "until now keeps its terms."));
  self->choice
      = rungs_form_add_choice (form, _ ("Programme"), (const char *const *) names->pdata);
  open_form (form, self, G_CALLBACK (programme_agreed_cb));
}

static gpointer
load_programmes (RungsDb       *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Question *self = data;

  self->programmes = rungs_programme_list (db, rungs_display_now (), error);
  for (guint i = self->programmes != NULL ? self->programmes->len : 0; i > 0; i--)
    if (((RungsProgramme *) self->programmes->pdata[i - 1])->retired_at != 0)
      g_ptr_array_remove_index (self->programmes, i - 1);
  return self->programmes != NULL ? self : NULL;
}

void
rungs_partner_bulk_programme (RungsPage *page,
                              GArray    *partners)
{
  g_return_if_fail (RUNGS_IS_PAGE (page) && partners != NULL);

  rungs_page_open_with (page, load_programmes, question_new (partners), question_free,
                        show_programmes);
}

static void
manager_agreed_cb (RungsForm *form,
                   Question  *self)
{
  g_autofree char *name = rungs_form_dup_entry (self->entry);
  guint n = self->partners->len;

  rungs_bulk_start (self->page, &SET_MANAGER, work_new (g_array_ref (self->partners), 0, name), n);
  gtk_window_destroy (GTK_WINDOW (form));
}

void
rungs_partner_bulk_manager (RungsPage *page,
                            GArray    *partners)
{
  Question *self;
  RungsForm *form;

  g_return_if_fail (RUNGS_IS_PAGE (page) && partners != NULL);

  self = question_new (partners);
  self->page = g_object_ref (page);
  form = rungs_form_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                         _ ("Who Looks After Them"), _ ("_Set"));
  set_text (form, self, _ ("Empty: nobody."));
  self->entry = rungs_form_add_entry (form, _ ("Looked After By"), NULL);
  open_form (form, self, G_CALLBACK (manager_agreed_cb));
}

/* ---- the leads that they are */

/* Of what is picked for leads, until it is. Held by the page. */
#define PICKED "rungs-partner-leads"

static GArray *
steal_leads (gpointer page)
{
  return g_object_steal_data (page, PICKED);
}

static void
tag_picked_cb (gint64      id,
               const char *name,
               gpointer    page)
{
  rungs_lead_bulk_add_tag (page, steal_leads (page), name);
}

static void
lost_tag_picked_cb (gint64      id,
                    const char *name,
                    gpointer    page)
{
  rungs_lead_bulk_remove_tag (page, steal_leads (page), name);
}

static void
sequence_picked_cb (gint64      id,
                    const char *name,
                    gpointer    page)
{
  rungs_lead_bulk_enter (page, steal_leads (page), id);
}

static void
show_pick (RungsPage *page,
           GtkWindow *parent,
           gpointer   facts)
{
  static const RungsLeadPickedFunc PICKED_FUNCS[] = {
    [RUNGS_LEAD_PICK_TAG] = tag_picked_cb,
    [RUNGS_LEAD_PICK_SEQUENCE] = sequence_picked_cb,
    [RUNGS_LEAD_PICK_LOST_TAG] = lost_tag_picked_cb,
  };
  Question *self = facts;
  guint n = self->leads->len;
  guint others = self->partners->len - n;
  g_autofree char *number = rungs_display_number (others);
  g_autofree char *words
      = g_strdup_printf (ngettext ("%s of them is no lead, and left out",
                                   "%s of them are no leads, and left out", others),
                         number);

  if (n == 0)
    rungs_page_notify (page, _ ("None of them is a lead: link a partner with one first"));
  else
    {
      if (others > 0)
        rungs_page_notify (page, words);
      g_object_set_data_full (G_OBJECT (page), PICKED, g_array_ref (self->leads),
                              (GDestroyNotify) g_array_unref);
      rungs_lead_pick (GTK_WIDGET (page), rungs_page_get_store (page), self->pick, n,
                       PICKED_FUNCS[self->pick], page);
    }
  question_free (self);
}

static gpointer
load_leads (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Question *self = data;

  self->leads = rungs_partners_list_leads (db, self->partners, error);
  return self->leads != NULL ? self : NULL;
}

static void
pick (RungsPage     *page,
      GArray        *partners,
      RungsLeadPick  what)
{
  Question *self = question_new (partners);

  self->pick = what;
  rungs_page_open_with (page, load_leads, self, question_free, show_pick);
}

void
rungs_partner_bulk_tag (RungsPage *page,
                        GArray    *partners)
{
  g_return_if_fail (RUNGS_IS_PAGE (page) && partners != NULL);

  pick (page, partners, RUNGS_LEAD_PICK_TAG);
}

void
rungs_partner_bulk_untag (RungsPage *page,
                          GArray    *partners)
{
  g_return_if_fail (RUNGS_IS_PAGE (page) && partners != NULL);

  pick (page, partners, RUNGS_LEAD_PICK_LOST_TAG);
}

void
rungs_partner_bulk_sequence (RungsPage *page,
                             GArray    *partners)
{
  g_return_if_fail (RUNGS_IS_PAGE (page) && partners != NULL);

  pick (page, partners, RUNGS_LEAD_PICK_SEQUENCE);
}

/* ---- money, and the table */

void
rungs_partner_bulk_approve (RungsPage *page,
                            GArray    *partners)
{
  RungsApprovalsPlan *plan;

  g_return_if_fail (RUNGS_IS_PAGE (page) && partners != NULL);

  plan = g_new0 (RungsApprovalsPlan, 1);
  plan->partners = partners;
  plan->approve = TRUE;
  rungs_approvals_ask (page, plan);
}

void
rungs_partner_bulk_payout (RungsPage *page,
                           GArray    *partners)
{
  g_return_if_fail (RUNGS_IS_PAGE (page) && partners != NULL);

  rungs_payout_form_open_for (page, partners);
}

static void
exported_cb (GtkWidget *page)
{
  rungs_page_notify (RUNGS_PAGE (page), _ ("The partners are saved"));
}

static void
show_table (RungsPage *page,
            GtkWindow *parent,
            gpointer   facts)
{
  Question *self = facts;

  rungs_csv_save (GTK_WIDGET (page), _ ("Save the Partners"), "partners.csv",
                  g_steal_pointer (&self->csv), exported_cb);
  question_free (self);
}

static gpointer
load_table (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Question *self = data;

  self->csv = rungs_partners_to_csv (db, self->partners, rungs_display_now (), error);
  return self->csv != NULL ? self : NULL;
}

void
rungs_partner_bulk_export (RungsPage *page,
                           GArray    *partners)
{
  g_return_if_fail (RUNGS_IS_PAGE (page) && partners != NULL);

  rungs_page_open_with (page, load_table, question_new (partners), question_free, show_table);
}
