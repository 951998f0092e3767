/* rungs-link-dialog.c: gives a source a link, or changes where it leads. */

#include "rungs-link-dialog.h"

#include <glib/gi18n.h>

#include "import/rungs-import-words.h"
#include "rungs-page-opening.h"
#include "web/rungs-web-source-link-store.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"
#include "wire/rungs-link.h"

/* In the order of the choice. */
static const char *const REMEMBERS[] = { "both", "first", "last", "" };

#define NEW_SOURCE "0"

typedef struct
{
  gint64 source;             /* 0: a new link */
  RungsWebSourceLink *found; /* (owned) (nullable): NULL of a new one */
  GPtrArray *sources;        /* (owned) (element-type RungsSource): all */
  GPtrArray *links;          /* (owned) (element-type RungsSourceLink): all of sources in use */
} Facts;

typedef struct
{
  RungsForm *form; /* (unowned): holds this */
  RungsPage *page; /* (owned) */
  Facts *facts;    /* (owned) */
  RungsChoiceRow *source;
  AdwComboRow *kind;
  AdwEntryRow *name;
  AdwEntryRow *target;
  AdwEntryRow *code;
  AdwComboRow *remember;
  AdwEntryRow *days;
} Dialog;

static void
facts_free (gpointer data)
{
  Facts *self = data;

  g_clear_pointer (&self->found, rungs_web_source_link_free);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_free (self);
}

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_object_unref (self->page);
  facts_free (self->facts);
  g_free (self);
}

/* ---- storing it */

typedef struct
{
  RungsSourceLink *link; /* (owned): of source 0: */
  RungsSourceKind kind;
  char *name;            /* (owned): of a source that is made where there is none */
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  rungs_source_link_free (wanted->link);
  g_free (wanted->name);
  g_free (wanted);
}

/* On the store's writing thread. */
static gpointer
store_link (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Wanted *wanted = data;
  RungsSourceLink *link = wanted->link;

  if (link->source == 0)
    link->source = rungs_source_add (db, wanted->kind, wanted->name, rungs_display_now (), error);
  return link->source != 0 && rungs_source_link_save (db, link, error)
           ? g_memdup2 (&link->source, sizeof link->source)
           : NULL;
}

static gboolean
is_new_source (Dialog *self)
{
  return g_strcmp0 (rungs_choice_row_get_value (self->source), NEW_SOURCE) == 0;
}

/* Returns: (nullable): why no new source can be called so. */
static const char *
find_name_fault (Dialog     *self,
                 const char *name)
{
  RungsSourceKind kind = (RungsSourceKind) adw_combo_row_get_selected (self->kind);

  if (*name == '\0')
    return _ ("this is needed");
  for (guint i = 0; i < self->facts->sources->len; i++)
    {
      const RungsSource *source = self->facts->sources->pdata[i];

      if (source->kind == kind && g_utf8_collate (source->name, name) == 0)
        return _ ("there is one: choose it above");
    }
  return NULL;
}

/* Whether that can be stored, as far as it is seen without asking the file. */
static gboolean
check (Dialog     *self,
       const char *name,
       const char *target,
       gint64      days)
{
  const char *fault = is_new_source (self) ? find_name_fault (self, name) : NULL;
  gboolean leads = rungs_link_is_target (target);
  gboolean lasts = days >= 1 && days <= RUNGS_SOURCE_LINK_DAYS_MOST;

  rungs_error_mark_row (self->name, fault);
  rungs_error_mark_row (self->target,
                        leads ? NULL : _ ("an address such as https://www.example.com/"));
  rungs_error_mark_row (self->days, lasts ? NULL : _ ("a number from 1 to 400"));
  return fault == NULL && leads && lasts;
}

static void
agreed_cb (RungsForm *form,
           gpointer   data)
{
  Dialog *self = data;
  g_autofree char *name = rungs_form_dup_entry (self->name);
  g_autofree char *target = rungs_form_dup_entry (self->target);
  g_autofree char *code = rungs_form_dup_entry (self->code);
  g_autofree char *days = rungs_form_dup_entry (self->days);
  gint64 n = g_ascii_strtoll (days, NULL, 10);
  gint64 source = g_ascii_strtoll (rungs_choice_row_get_value (self->source), NULL, 10);
  Wanted *wanted;

  rungs_error_mark_row (self->code, NULL);
  if (!check (self, name, target, n))
    return;
  wanted = g_new0 (Wanted, 1);
  wanted->link = rungs_source_link_new (source, code, target);
  g_free (wanted->link->remember);
  wanted->link->remember = g_strdup (REMEMBERS[adw_combo_row_get_selected (self->remember)]);
  wanted->link->days = n;
  wanted->kind = (RungsSourceKind) adw_combo_row_get_selected (self->kind);
  wanted->name = g_steal_pointer (&name);
  rungs_form_save (form, rungs_page_get_store (self->page), store_link, wanted, wanted_free,
                   _ ("The Link Could Not Be Saved"), self->code);
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          gpointer   data)
{
  Dialog *self = data;
  g_autofree char *target = g_strdup_printf ("links:%" G_GINT64_FORMAT, id);

  rungs_page_show_target (self->page, target);
}

/* ---- the form */

static void
show_fields (Dialog *self)
{
  gboolean is_new = is_new_source (self);

  gtk_widget_set_visible (GTK_WIDGET (self->kind), is_new);
  gtk_widget_set_visible (GTK_WIDGET (self->name), is_new);
}

static void
add_source_value (Dialog          *self,
                  gint64           id,
                  RungsSourceKind  kind,
                  const char      *name)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  g_autofree char *label = g_strdup_printf ("%s · %s", rungs_source_kind_words (kind), name);

  rungs_choice_row_add (self->source, value, label);
}

static gboolean
has_link (Dialog *self,
          gint64  source)
{
  for (guint i = 0; i < self->facts->links->len; i++)
    if (((RungsSourceLink *) self->facts->links->pdata[i])->source == source)
      return TRUE;
  return FALSE;
}

static void
add_source (Dialog *self)
{
  const char *kinds[RUNGS_SOURCE_KINDS + 1] = { NULL };

  self->source = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", _ ("Source"), NULL);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->source));
  if (self->facts->found != NULL)
    add_source_value (self, self->facts->source, self->facts->found->kind,
                      self->facts->found->name);
  for (guint i = 0; self->facts->found == NULL && i < self->facts->sources->len; i++)
    {
      const RungsSource *source = self->facts->sources->pdata[i];

      if (source->retired_at == 0 && !has_link (self, source->id))
        add_source_value (self, source->id, source->kind, source->name);
    }
  if (self->facts->found == NULL)
    rungs_choice_row_add (self->source, NEW_SOURCE, _ ("A new source"));
  for (guint i = 0; i < RUNGS_SOURCE_KINDS; i++)
    kinds[i] = rungs_source_kind_words ((RungsSourceKind) i);
  self->kind = rungs_form_add_choice (self->form, _ ("Kind of Source"), kinds);
  self->name = rungs_form_add_entry (self->form, _ ("Name of the New Source"), "");
  g_signal_connect_swapped (self->source, "notify::value", G_CALLBACK (show_fields), self);
}

static void
add_remember (Dialog     *self,
              const char *remember)
{
  const char *const labels[] = { _ ("The first and the last source"), _ ("The first source"),
                                 _ ("The last source"), _ ("Nothing"), NULL };

  self->remember = rungs_form_add_choice (self->form, _ ("A Form Then Tells of"), labels);
  for (guint i = 0; i < G_N_ELEMENTS (REMEMBERS); i++)
    if (g_str_equal (REMEMBERS[i], remember))
      adw_combo_row_set_selected (self->remember, i);
}

static void
fill (Dialog *self)
{
  const RungsWebSourceLink *found = self->facts->found;
  gint64 n = found != NULL ? found->link->days : RUNGS_SOURCE_LINK_DAYS;
  g_autofree char *days = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  rungs_form_set_text (self->form, _ ("Who follows it and fills in a form comes from the source."));
  add_source (self);
  rungs_form_add_group (self->form, NULL);
  self->target = rungs_form_add_entry (self->form, _ ("Where It Leads, https://…"),
                                       found != NULL ? found->link->target : "");
  self->code = rungs_form_add_entry (self->form, _ ("Last Part of Its Address, /r/…"),
                                     found != NULL ? found->link->code : "");
  rungs_form_add_group (self->form, NULL);
  add_remember (self, found != NULL ? found->link->remember : REMEMBERS[0]);
  self->days = rungs_form_add_entry (self->form, _ ("For How Many Days"), days);
  show_fields (self);
}

/* ---- opening it */

/* On a thread of the store. */
static gpointer
load_facts (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Facts *facts = data;

  facts->sources = rungs_source_list (db, error);
  facts->links = facts->sources != NULL ? rungs_source_link_list (db, error) : NULL;
  if (facts->links != NULL && facts->source != 0)
    facts->found = rungs_web_source_link_load (db, facts->source, error);
  return facts->links != NULL && (facts->found != NULL || facts->source == 0) ? facts : NULL;
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
  is_new = self->facts->source == 0;
  self->form = rungs_form_new (parent, is_new ? _ ("New Link") : _ ("Link"),
                               is_new ? _ ("_Add") : _ ("_Save"));
  fill (self);
  rungs_form_open (self->form, self, dialog_free, G_CALLBACK (agreed_cb), G_CALLBACK (saved_cb));
}

void
rungs_link_dialog_open (RungsPage *page,
                        gint64     source)
{
  Facts *facts = g_new0 (Facts, 1);

  facts->source = source;
  rungs_page_open_with (page, load_facts, facts, facts_free, show);
}
