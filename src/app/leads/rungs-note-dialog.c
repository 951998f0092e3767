/* rungs-note-dialog.c: the form of a note, a call or a meeting. */

#include "rungs-note-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-time.h"
#include "leads/rungs-note-store.h"
#include "process/rungs-task-store.h"
#include "rungs-lead-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"

#define DAY (24 * 3600 * 1000LL)

/* ---- on the writing thread */

/* What is stored. */
typedef struct
{
  RungsNote *note; /* (owned) */
  char *task;      /* (owned): what is to be done next; "": nothing */
  gint64 due_at;
  gint64 *made;    /* (owned) (nullable): the id of the task that was made; 0: none. A box that the
                    * dialog and what takes it back share */
} Work;

static Work *
work_new (const RungsNote *note,
          gint64          *made)
{
  Work *work = g_new0 (Work, 1);

  work->made = made != NULL ? g_atomic_rc_box_acquire (made) : NULL;

  work->note = rungs_note_copy (note);
  work->task = g_strdup ("");
  return work;
}

static void
work_free (Work *work)
{
  rungs_note_free (work->note);
  g_free (work->task);
  g_clear_pointer (&work->made, g_atomic_rc_box_release);
  g_free (work);
}

static gboolean
add_task (RungsDb     *db,
          const Work  *work,
          gint64       now,
          GError     **error)
{
  if (*work->task == '\0')
    return TRUE;
  *work->made = rungs_task_add (db, work->note->lead, work->task, work->due_at, now, error);
  return *work->made != 0;
}

static gpointer
save (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  const Work *work = data;
  gint64 now = rungs_display_now ();
  gint64 id = work->note->id;

  if (id == 0)
    id = rungs_note_add (db, work->note, now, error);
  else if (!rungs_note_save (db, work->note, now, error))
    return NULL;
  if (id == 0 || !add_task (db, work, now, error))
    return NULL;
  return g_memdup2 (&id, sizeof id);
}

static gpointer
delete (RungsDb       *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  const Work *work = data;
  g_autoptr (RungsNote) deleted = NULL;

  if (work->made != NULL && *work->made != 0 && !rungs_task_take_back (db, *work->made, error))
    return NULL;
  deleted = rungs_note_delete (db, work->note->id, rungs_display_now (), error);
  return NULL;
}

static gpointer
restore (RungsDb       *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  const Work *work = data;

  rungs_note_restore (db, work->note, rungs_display_now (), error);
  return NULL;
}

/* ---- words */

/* By RungsNoteKind. */
static const struct
{
  const char *add;
  const char *edit;
  const char *added;
  const char *changed;
  const char *deleted;
} WORDS[] = {
  { N_ ("Add Note"), N_ ("Edit Note"), N_ ("Note added"), N_ ("Note changed"),
    N_ ("Note deleted") },
  { N_ ("Log Call"), N_ ("Edit Call"), N_ ("Call written down"), N_ ("Call changed"),
    N_ ("Call deleted") },
  { N_ ("Log Meeting"), N_ ("Edit Meeting"), N_ ("Meeting written down"), N_ ("Meeting changed"),
    N_ ("Meeting deleted") },
};

/* ---- the form */

typedef struct
{
  RungsForm *form;
  RungsPage *page;      /* (owned) */
  RungsNote *note;      /* (owned): as it was */
  RungsNote *entered;   /* (owned) (nullable): as it is stored */
  AdwEntryRow *at;
  char *at_text;        /* (owned): what stood there at first */
  AdwEntryRow *who;
  AdwComboRow *direction;
  AdwComboRow *outcome;
  AdwEntryRow *result;
  AdwEntryRow *place;
  GtkTextBuffer *text;
  AdwEntryRow *task;
  AdwEntryRow *due;
  gint64 *made;         /* (owned): as in Work */
} Dialog;

static void
dialog_free (Dialog  *self,
             GObject *form)
{
  g_object_unref (self->page);
  rungs_note_free (self->note);
  g_clear_pointer (&self->entered, rungs_note_free);
  g_free (self->at_text);
  g_atomic_rc_box_release (self->made);
  g_free (self);
}

/* An instant as it was written; one that was left as it stood is `otherwise`. */
static gboolean
read_time (AdwEntryRow *row,
           const char  *at_first,
           gint64       otherwise,
           gint64      *at)
{
  g_autofree char *text = rungs_form_dup_entry (row);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gboolean good = TRUE;

  if (*text == '\0' || g_strcmp0 (text, at_first) == 0)
    *at = otherwise;
  else
    good = rungs_time_parse (text, zone, at, NULL);
  rungs_error_mark_row (row, good ? NULL : _ ("Write a time such as 2026-11-21 09:30"));
  return good;
}

/* Now, and for what was there before its own time, where nobody changed it. */
static gboolean
read_at (Dialog *self)
{
  gint64 now = rungs_display_now ();

  if (!read_time (self->at, self->at_text, self->note->id != 0 ? self->note->at : now,
                  &self->entered->at))
    return FALSE;
  if (self->entered->at <= now)
    return TRUE;
  rungs_error_mark_row (self->at, _ ("This lies in the future: make a task of it"));
  return FALSE;
}

static void
read_call (Dialog *self)
{
  const char *const *outcomes = rungs_call_outcomes ();
  guint outcome = adw_combo_row_get_selected (self->outcome);

  self->entered->direction = adw_combo_row_get_selected (self->direction);
  rungs_note_set (&self->entered->outcome, outcome > 0 ? outcomes[outcome - 1] : "");
}

static void
take_entry (AdwEntryRow *row,
            char       **field)
{
  g_autofree char *text = row != NULL ? rungs_form_dup_entry (row) : NULL;

  if (row != NULL)
    rungs_note_set (field, text);
}

static void
agreed_cb (RungsForm *form,
           Dialog    *self)
{
  g_autofree char *text = rungs_form_dup_lines (self->text);
  Work *work;
  gint64 due = 0;

  g_clear_pointer (&self->entered, rungs_note_free);
  self->entered = rungs_note_copy (self->note);
  rungs_note_set (&self->entered->text, text);
  take_entry (self->who, &self->entered->who);
  take_entry (self->place, &self->entered->place);
  take_entry (self->result, &self->entered->outcome);
  if (self->outcome != NULL)
    read_call (self);
  if (!read_at (self)
      || (self->due != NULL && !read_time (self->due, NULL, rungs_display_now () + DAY, &due)))
    return;
  work = work_new (self->entered, self->made);
  work->due_at = due;
  take_entry (self->task, &work->task);
  rungs_form_save (form, rungs_page_get_store (self->page), save, work,
                   (GDestroyNotify) work_free, _ ("It Could Not Be Stored"), self->at);
}

static void
offer_undo (Dialog          *self,
            const char      *done,
            RungsStoreFunc   func,
            const RungsNote *note)
{
  const RungsPageWork undo = {
    .func = func,
    .data = work_new (note, func == delete ? self->made : NULL),
    .data_free = (GDestroyNotify) work_free,
    .result_free = g_free,
    .failed = _ ("It Could Not Be Taken Back"),
  };

  rungs_page_offer_undo (self->page, done, &undo);
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          Dialog    *self)
{
  if (self->note->id != 0)
    {
      offer_undo (self, _ (WORDS[self->note->kind].changed), save, self->note);
      return;
    }
  self->entered->id = id;
  offer_undo (self, _ (WORDS[self->note->kind].added), delete, self->entered);
}

static void
delete_cb (Dialog *self)
{
  const RungsPageWork work = {
    .func = delete,
    .data = work_new (self->note, NULL),
    .data_free = (GDestroyNotify) work_free,
    .done = _ (WORDS[self->note->kind].deleted),
    .failed = _ ("It Could Not Be Deleted"),
  };
  const RungsPageWork undo = {
    .func = restore,
    .data = work_new (self->note, NULL),
    .data_free = (GDestroyNotify) work_free,
    .failed = _ ("It Could Not Be Put Back"),
  };

  rungs_page_do (self->page, &work, &undo);
  gtk_window_close (GTK_WINDOW (self->form));
}

/* ---- its fields */

static void
add_call (Dialog *self)
{
  const char *const *outcomes = rungs_call_outcomes ();
  const char *directions[] = { _ ("Not said"), _ ("The lead called"), _ ("We called"), NULL };
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  guint selected = 0;

  g_ptr_array_add (labels, (gpointer) _ ("Not said"));
  for (guint i = 0; outcomes[i] != NULL; i++)
    {
      g_ptr_array_add (labels, (gpointer) rungs_call_outcome_words (outcomes[i]));
      if (strcmp (outcomes[i], self->note->outcome) == 0)
        selected = i + 1;
    }
  g_ptr_array_add (labels, NULL);
  self->direction = rungs_form_add_choice (self->form, _ ("Who called"), directions);
  adw_combo_row_set_selected (self->direction, self->note->direction);
  self->outcome = rungs_form_add_choice (self->form, _ ("How it ended"),
                                         (const char *const *) labels->pdata);
  adw_combo_row_set_selected (self->outcome, selected);
}

static void
add_fields (Dialog *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  self->at_text = rungs_time_format_minute (self->note->at, zone);
  self->at = rungs_form_add_entry (self->form, _ ("When"), self->at_text);
  self->who = rungs_form_add_entry (self->form, _ ("Who of you"), self->note->who);
  if (self->note->kind == RUNGS_NOTE_CALL)
    add_call (self);
  if (self->note->kind == RUNGS_NOTE_MEETING)
    {
      self->place = rungs_form_add_entry (self->form, _ ("Where"), self->note->place);
      self->result = rungs_form_add_entry (self->form, _ ("What came of it"),
                                           self->note->outcome);
    }
  self->text = rungs_form_add_lines (
    self->form, self->note->kind == RUNGS_NOTE ? _ ("Note") : _ ("What was said"),
    self->note->text);
}

static void
add_follow_up (Dialog *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *tomorrow = rungs_time_format_day (rungs_display_now () + DAY, zone);

  rungs_form_add_group (self->form, _ ("What Is to Be Done Next"));
  self->task = rungs_form_add_entry (self->form, _ ("Task"), NULL);
  self->due = rungs_form_add_entry (self->form, _ ("Due"), tomorrow);
}

static void
add_delete (Dialog *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Delete"));

  gtk_widget_add_css_class (button, "destructive-action");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (button, 12);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (delete_cb), self);
  rungs_form_add_group (self->form, NULL);
  rungs_form_add_widget (self->form, button);
}

void
rungs_note_dialog_open (RungsPage       *page,
                        const RungsNote *note)
{
  Dialog *self;
  gboolean fresh;

  g_return_if_fail (RUNGS_IS_PAGE (page));
  g_return_if_fail (note != NULL);

  fresh = note->id == 0;
  self = g_new0 (Dialog, 1);
  self->page = g_object_ref (page);
  self->note = rungs_note_copy (note);
  self->made = g_atomic_rc_box_new0 (gint64);
  self->form = rungs_form_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                               fresh ? _ (WORDS[note->kind].add) : _ (WORDS[note->kind].edit),
                               fresh ? _ ("_Add") : _ ("_Save"));
  add_fields (self);
  if (fresh)
    add_follow_up (self);
  else
    add_delete (self);
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect (self->form, "saved", G_CALLBACK (saved_cb), self);
  g_object_weak_ref (G_OBJECT (self->form), (GWeakNotify) dialog_free, self);
  gtk_window_present (GTK_WINDOW (self->form));
}
