/* rungs-lead-evidence.c: to what a lead agreed, and from where the lead came. */

#include "rungs-lead-evidence.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "ladder/rungs-ladder-words.h"
#include "leads/rungs-import-run-store.h"
#include "rungs-lead-line.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-keyed-rows.h"

/* A row and what it stands among. */
typedef struct
{
  const RungsLeadEvidence *evidence;
  const RungsConsent *consent; /* (nullable) */
  const RungsTouch *touch;     /* (nullable) */
} Item;

void
rungs_lead_evidence_free (RungsLeadEvidence *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->consents, g_ptr_array_unref);
  g_clear_pointer (&self->touches, g_ptr_array_unref);
  g_clear_pointer (&self->imports, g_hash_table_unref);
  g_free (self);
}

/* ---- reading */

/* An import whose record is gone has no name. */
static gboolean
note_import (RungsLeadEvidence *self,
             RungsDb           *db,
             gint64             run,
             GError           **error)
{
  g_autoptr (RungsImportRun) import = NULL;
  g_autoptr (GError) missing = NULL;

  if (run == 0 || g_hash_table_contains (self->imports, &run))
    return TRUE;
  import = rungs_import_run_load (db, run, &missing);
  if (import == NULL && !g_error_matches (missing, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  if (import != NULL)
    g_hash_table_insert (self->imports, g_memdup2 (&run, sizeof run),
                         g_strdup (import->file_name));
  return TRUE;
}

static gboolean
note_imports (RungsLeadEvidence *self,
              RungsDb           *db,
              GError           **error)
{
  for (guint i = 0; i < self->consents->len; i++)
    if (!note_import (self, db, ((RungsConsent *) g_ptr_array_index (self->consents, i))->run,
                      error))
      return FALSE;
  for (guint i = 0; i < self->touches->len; i++)
    if (!note_import (self, db, ((RungsTouch *) g_ptr_array_index (self->touches, i))->run, error))
      return FALSE;
  return TRUE;
}

static void
turn_round (GPtrArray *array)
{
  for (guint i = 0, j = array->len; i + 1 < j; i++, j--)
    {
      gpointer first = array->pdata[i];

      array->pdata[i] = array->pdata[j - 1];
      array->pdata[j - 1] = first;
    }
}

RungsLeadEvidence *
rungs_lead_evidence_load (RungsDb *db,
                          gint64   lead,
                          GError **error)
{
  g_autoptr (RungsLeadEvidence) self = g_new0 (RungsLeadEvidence, 1);

  self->imports = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->consents = rungs_consent_list (db, lead, error);
  if (self->consents == NULL || !(self->touches = rungs_touch_list (db, lead, error))
      || !note_imports (self, db, error))
    return NULL;
  turn_round (self->consents);
  turn_round (self->touches);
  return g_steal_pointer (&self);
}

/* ---- showing */

static const char *
channel_words (const char *channel)
{
  static const char *const table[][2] = {
    { "email", N_ ("by e-mail") },
    { "phone", N_ ("by telephone") },
    { "post", N_ ("by post") },
    { "sms", N_ ("by text message") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i][0], channel))
      return _ (table[i][1]);
  return channel;
}

static char *
consent_words (const RungsConsent *consent)
{
  const char *how = channel_words (consent->channel);

  /* Translators: %s is "by e-mail", "by telephone" … */
  if (g_str_equal (consent->action, "given"))
    return g_strdup_printf (_ ("Agreed to be written to %s"), how);
  if (g_str_equal (consent->action, "withdrawn"))
    return g_strdup_printf (_ ("Wants no more %s"), how);
  return g_strdup_printf (_ ("The entry before was taken back (%s)"), how);
}

static void
append_part (GString    *text,
             const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static void
append_import (GString                 *text,
               const RungsLeadEvidence *evidence,
               gint64                   run)
{
  const char *file = run != 0 ? g_hash_table_lookup (evidence->imports, &run) : NULL;
  g_autofree char *words = file != NULL ? g_strdup_printf (_ ("import of %s"), file) : NULL;

  append_part (text, words);
}

/* Where it was said: words that the program itself writes are told in the user's language. */
static const char *
origin_words (const char *origin)
{
  static const char *const table[][2] = {
    { "by hand", N_ ("entered by hand") },
    { "form", N_ ("on a form") },
    { "demo", N_ ("part of the demo business") },
    { "import", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i][0], origin))
      return *table[i][1] != '\0' ? _ (table[i][1]) : "";
  return origin;
}

static void
show_consent (RungsLeadLine *line,
              const Item    *item)
{
  const RungsConsent *consent = item->consent;
  gboolean given = g_str_equal (consent->action, "given");
  g_autofree char *words = consent_words (consent);
  g_autofree char *when = rungs_display_time (consent->at);
  g_autofree char *quoted = *consent->wording != '\0'
                                ? g_strdup_printf (_ ("“%s”"), consent->wording)
                                : NULL;
  g_autoptr (GString) below = g_string_new (when);

  append_part (below, origin_words (consent->origin));
  append_import (below, item->evidence, consent->run);
  append_part (below, quoted);
  rungs_lead_line_set_icon (line, given ? "object-select-symbolic" : "action-unavailable-symbolic",
                            "dim-label");
  rungs_lead_line_set_texts (line, words, below->str);
}

static void
show_touch (RungsLeadLine *line,
            const Item    *item)
{
  const RungsTouch *touch = item->touch;
  g_autofree char *when = rungs_display_moment (touch->at, rungs_display_now ());
  g_autofree char *target = g_strdup_printf ("source:%" G_GINT64_FORMAT, touch->source);
  g_autoptr (GString) below = g_string_new (when);

  append_part (below, rungs_ladder_words_path (touch->path));
  append_part (below, touch->detail);
  append_import (below, item->evidence, touch->run);
  rungs_lead_line_set_icon (line, "go-jump-symbolic", "dim-label");
  rungs_lead_line_set_texts (line, touch->source_name, below->str);
  rungs_lead_line_set_icon_button (line, "go-next-symbolic", _ ("Show the leads of this source"),
                                   "win.show-target", g_variant_new ("(ss)", "leads", target));
}

static gint64
item_key (gconstpointer data)
{
  const Item *item = data;

  return item->consent != NULL ? item->consent->id : item->touch->id;
}

static void
show_item (GtkWidget     *row,
           gconstpointer  data)
{
  const Item *item = data;

  if (item->consent != NULL)
    show_consent (RUNGS_LEAD_LINE (row), item);
  else
    show_touch (RUNGS_LEAD_LINE (row), item);
}

static const RungsKeyedRows ROWS = { item_key, rungs_lead_line_new, show_item };

static void
add_item (GPtrArray *items,
          Item       item)
{
  g_ptr_array_add (items, g_memdup2 (&item, sizeof item));
}

void
rungs_lead_evidence_show_consents (GtkWidget               *box,
                                   const RungsLeadEvidence *evidence)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);

  g_return_if_fail (evidence != NULL);

  for (guint i = 0; i < evidence->consents->len; i++)
    add_item (items, (Item) { evidence, g_ptr_array_index (evidence->consents, i), NULL });
  rungs_keyed_rows_update (box, &ROWS, items);
}

void
rungs_lead_evidence_show_touches (GtkWidget               *box,
                                  const RungsLeadEvidence *evidence)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);

  g_return_if_fail (evidence != NULL);

  for (guint i = 0; i < evidence->touches->len; i++)
    add_item (items, (Item) { evidence, NULL, g_ptr_array_index (evidence->touches, i) });
  rungs_keyed_rows_update (box, &ROWS, items);
}
