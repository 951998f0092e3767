/* rungs-segment-forms.c: the small forms of segments. */

#include "rungs-segment-forms.h"

#include <glib/gi18n.h>

#include "rungs-segment-work.h"
#include "widgets/rungs-error-words.h"

/* Asks nothing: every lead. */
#define EMPTY_RULE "{\"all\":[]}"

/* An open form. */
typedef struct
{
  RungsStore *store; /* (owned) */
  gint64 segment;    /* 0: a new one */
  char *rule;        /* (owned) (nullable) */
  RungsStoreFunc func;
  AdwEntryRow *name;
  AdwComboRow *kind; /* (nullable) */
} Form;

static void
form_gone_cb (gpointer  data,
              GObject  *form)
{
  Form *self = data;

  g_object_unref (self->store);
  g_free (self->rule);
  g_free (self);
}

static void
agreed_cb (RungsForm *form,
           Form      *self)
{
  g_autofree char *name = rungs_form_dup_entry (self->name);
  gboolean fixed = self->kind != NULL && adw_combo_row_get_selected (self->kind) == 1;

  rungs_error_mark_row (self->name, *name ? NULL : _ ("Write a name"));
  if (*name != '\0')
    rungs_form_save (form, self->store, self->func,
                     rungs_segment_work_new (self->segment, name, fixed ? NULL : self->rule),
                     (GDestroyNotify) rungs_segment_work_free,
                     _ ("The Segment Could Not Be Saved"), self->name);
}

static Form *
form_new (RungsForm      *form,
          RungsStore     *store,
          gint64          segment,
          RungsStoreFunc  func,
          const char     *name)
{
  Form *self = g_new0 (Form, 1);

  self->store = g_object_ref (store);
  self->segment = segment;
  self->func = func;
  self->name = rungs_form_add_entry (form, _ ("Name"), name);
  g_object_weak_ref (G_OBJECT (form), form_gone_cb, self);
  g_signal_connect (form, "agreed", G_CALLBACK (agreed_cb), self);
  return self;
}

static RungsForm *
form_over (GtkWidget  *parent,
           const char *title,
           const char *agree)
{
  return rungs_form_new (GTK_WINDOW (gtk_widget_get_root (parent)), title, agree);
}

RungsForm *
rungs_segment_form_new (GtkWidget  *parent,
                        RungsStore *store,
                        const char *rule)
{
  const char *const kinds[]
    = { _ ("Live: a rule decides"), _ ("Fixed: chosen by hand"), NULL };
  RungsForm *form = form_over (parent, _ ("New Segment"), _ ("_Create"));
  Form *self = form_new (form, store, 0, rungs_segment_work_create, NULL);

  self->rule = g_strdup (rule ? rule : EMPTY_RULE);
  if (rule == NULL)
    self->kind = rungs_form_add_choice (form, _ ("Who is in it"), kinds);
  gtk_window_present (GTK_WINDOW (form));
  return form;
}

RungsForm *
rungs_segment_form_rename (GtkWidget          *parent,
                           RungsStore         *store,
                           const RungsSegment *segment)
{
  RungsForm *form = form_over (parent, _ ("Rename Segment"), _ ("_Rename"));

  form_new (form, store, segment->id, rungs_segment_work_rename, segment->name);
  gtk_window_present (GTK_WINDOW (form));
  return form;
}

RungsForm *
rungs_segment_form_duplicate (GtkWidget          *parent,
                              RungsStore         *store,
                              const RungsSegment *segment)
{
  RungsForm *form = form_over (parent, _ ("Duplicate Segment"), _ ("_Duplicate"));
  /* Translators: the name of a copy. */
  g_autofree char *name = g_strdup_printf (_ ("%s (copy)"), segment->name);

  form_new (form, store, segment->id, rungs_segment_work_duplicate, name);
  gtk_window_present (GTK_WINDOW (form));
  return form;
}

RungsForm *
rungs_segment_form_snapshot (GtkWidget          *parent,
                             RungsStore         *store,
                             const RungsSegment *segment)
{
  RungsForm *form = form_over (parent, _ ("Keep as Fixed Segment"), _ ("_Keep"));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("%s %s", segment->name, day);

  rungs_form_set_text (form, _ ("The leads who are in it now, whatever becomes of them."));
  form_new (form, store, segment->id, rungs_segment_work_snapshot, name);
  gtk_window_present (GTK_WINDOW (form));
  return form;
}
