/* rungs-form-document.c: an opt-in form that is being written.
 *
 * One write is on its way at a time: what is done meanwhile is kept by the next one, which takes
 * the text as it is then. A write that failed is tried again with the next edit. */

#include "rungs-form-document.h"

/* Pauses in typing that are no pauses. */
#define MERGE_US G_USEC_PER_SEC

typedef struct _Edit Edit;

struct _RungsFormDocument
{
  GObject parent_instance;

  RungsStore *store;         /* (owned) */
  gint64 form;
  char *language;            /* (owned): "": the first */
  RungsFormFacts *facts;     /* (owned) (nullable): as read last */
  char *text;                /* (owned) (nullable) */
  char *saved;               /* (owned) (nullable): the text that is in the file */
  JsonNode *root;            /* (owned) (nullable): of the text */
  RungsOptIn *opt_in;        /* (owned) (nullable): of the text */
  GPtrArray *problems;       /* (owned): of the text */
  RungsHistory *history;     /* (owned) */
  Edit *open;                /* (unowned) (nullable): the last one, while it may grow */
  gint64 opened_at;          /* when it grew last, in microseconds */
  GCancellable *cancellable; /* (owned): of what is read */
  gboolean saving;
  guint edits;               /* how many there were */
  guint read_after;          /* how many of them the file that is read has; G_MAXUINT: not all */
};

G_DEFINE_FINAL_TYPE (RungsFormDocument, rungs_form_document, G_TYPE_OBJECT)

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
has_language (RungsFormDocument *self,
              const char        *language)
{
  g_autofree char *path = g_strdup_printf ("languages.%s", language);

  return rungs_form_json_find (self->root, path) != NULL;
}

/* Reads the text, which core has written. */
static void
read_text (RungsFormDocument *self)
{
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->opt_in, rungs_opt_in_free);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  self->root = json_from_string (self->text, NULL);
  self->opt_in = rungs_opt_in_parse (self->text, NULL);
  self->problems = rungs_opt_in_check (self->opt_in);
  if (*self->language == '\0' || has_language (self, self->language))
    return;
  g_free (self->language);
  self->language = g_strdup ("");
}

/* Also what only the file tells. */
static void
take_problems (RungsFormDocument *self,
               GPtrArray         *problems)
{
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  self->problems = g_ptr_array_ref (problems);
}

/* ---- keeping */

/* A write on its way. */
typedef struct
{
  RungsFormDocument *document; /* (owned) */
  char *text;                  /* (owned): that is written */
  GAsyncReadyCallback done;    /* itself, for the next one */
} Writing;

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->document);
  g_free (writing->text);
  g_free (writing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writing, writing_free)

/* Begins to write the text as it is now. */
static void
write_text (RungsFormDocument   *self,
            GAsyncReadyCallback  done)
{
  Writing *writing = g_new0 (Writing, 1);

  writing->document = g_object_ref (self);
  writing->text = g_strdup (self->text);
  writing->done = done;
  self->saving = TRUE;
  rungs_store_write_async (self->store, rungs_form_facts_save,
                           rungs_form_saving_new (self->form, self->opt_in),
                           (GDestroyNotify) rungs_form_saving_free,
                           (GDestroyNotify) g_ptr_array_unref, NULL, done, writing);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Writing) writing = data;
  RungsFormDocument *self = writing->document;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems
    = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  self->saving = FALSE;
  if (problems == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error, TRUE);
      return;
    }
  g_free (self->saved);
  self->saved = g_strdup (writing->text);
  if (!g_str_equal (self->text, self->saved))
    write_text (self, writing->done);
  else
    take_problems (self, problems);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_text (RungsFormDocument *self,
          const char        *text)
{
  g_autofree char *before = self->text;

  self->text = g_strdup (text);
  self->edits++;
  read_text (self);
  if (!self->saving)
    write_text (self, written_cb);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- undo */

struct _Edit
{
  RungsFormDocument *document; /* (unowned): whose history it stands in */
  char *place;                 /* (owned) (nullable) */
  char *before;                /* (owned) */
  char *after;                 /* (owned) */
};

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  if (edit->document->open == edit)
    edit->document->open = NULL;
  g_free (edit->place);
  g_free (edit->before);
  g_free (edit->after);
  g_free (edit);
}

static void
start_edit (gpointer            command,
            gboolean            undo,
            GAsyncReadyCallback callback,
            gpointer            data)
{
  Edit *edit = command;
  g_autoptr (GTask) task = g_task_new (edit->document, NULL, callback, data);

  edit->document->open = NULL;
  set_text (edit->document, undo ? edit->before : edit->after);
  g_task_return_boolean (task, TRUE);
}

static gboolean
finish_edit (gpointer       command,
             GObject       *source,
             GAsyncResult  *result,
             GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Whether the edit that was the last one goes on. */
static gboolean
goes_on (RungsFormDocument *self,
         const char        *place)
{
  return self->open != NULL && place != NULL && g_strcmp0 (self->open->place, place) == 0
         && g_get_monotonic_time () - self->opened_at < MERGE_US;
}

static void
remember (RungsFormDocument *self,
          const char        *label,
          const char        *place,
          const char        *text)
{
  Edit *edit;

  if (goes_on (self, place))
    {
      g_free (self->open->after);
      self->open->after = g_strdup (text);
    }
  else
    {
      edit = g_new0 (Edit, 1);
      edit->document = self;
      edit->place = g_strdup (place);
      edit->before = g_strdup (self->text);
      edit->after = g_strdup (text);
      rungs_history_add (self->history, label, start_edit, finish_edit, edit, edit_free);
      self->open = edit;
    }
  self->opened_at = g_get_monotonic_time ();
}

JsonNode *
rungs_form_document_begin (RungsFormDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), NULL);

  return self->root != NULL ? rungs_form_json_copy (self->root) : NULL;
}

gboolean
rungs_form_document_end (RungsFormDocument *self,
                         const char        *label,
                         const char        *place,
                         JsonNode          *root)
{
  g_autoptr (JsonNode) taken = root;
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsOptIn) opt_in = NULL;

  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), FALSE);

  if (taken == NULL || self->text == NULL)
    return FALSE;
  json = json_to_string (taken, FALSE);
  opt_in = rungs_opt_in_parse (json, &error);
  if (opt_in == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error, FALSE);
      return FALSE;
    }
  text = rungs_opt_in_write (opt_in);
  if (g_str_equal (text, self->text))
    return FALSE;
  remember (self, label, place, text);
  set_text (self, text);
  return TRUE;
}

gboolean
rungs_form_document_put (RungsFormDocument *self,
                         const char        *label,
                         const char        *where,
                         JsonNode          *value)
{
  JsonNode *root = rungs_form_document_begin (self);
  g_autofree char *path = root != NULL ? rungs_form_document_dup_path (self, where) : NULL;

  if (path == NULL)
    {
      g_clear_pointer (&root, json_node_unref);
      g_clear_pointer (&value, json_node_unref);
      return FALSE;
    }
  rungs_form_json_put (root, path, value);
  return rungs_form_document_end (self, label, path, root);
}

/* ---- where members stand */

int
rungs_form_document_find (RungsFormDocument *self,
                          const char        *key,
                          const char        *value)
{
  const RungsOptInField *field = NULL;

  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), -1);

  for (guint i = 0; self->opt_in != NULL && i < self->opt_in->fields->len; i++)
    {
      field = g_ptr_array_index (self->opt_in->fields, i);
      if (!g_str_equal (field->key, key))
        continue;
      if (value == NULL)
        return (int) i;
      for (guint j = 0; j < field->choices->len; j++)
        if (g_str_equal (((RungsOptInChoice *) field->choices->pdata[j])->value, value))
          return (int) j;
    }
  return -1;
}

/* Of a choice: its label is a text. */
static char *
dup_path_of_choice (RungsFormDocument *self,
                    int                field,
                    char             **names)
{
  int choice = rungs_form_document_find (self, names[1], names[3]);

  if (choice < 0)
    return NULL;
  if (names[4] == NULL && *self->language != '\0')
    return g_strdup_printf ("languages.%s.fields.%s.choices.%s", self->language, names[1],
                            names[3]);
  return g_strdup_printf ("fields.%d.choices.%d.%s", field, choice,
                          names[4] != NULL ? names[4] : "label");
}

static char *
dup_path_of_field (RungsFormDocument *self,
                   char             **names)
{
  int field = rungs_form_document_find (self, names[1], NULL);

  if (field < 0)
    return NULL;
  if (names[2] == NULL)
    return g_strdup_printf ("fields.%d", field);
  if (g_str_equal (names[2], "choices") && names[3] != NULL)
    return dup_path_of_choice (self, field, names);
  if (*self->language != '\0'
      && (g_str_equal (names[2], "label") || g_str_equal (names[2], "help")))
    return g_strdup_printf ("languages.%s.fields.%s.%s", self->language, names[1], names[2]);
  return g_strdup_printf ("fields.%d.%s", field, names[2]);
}

char *
rungs_form_document_dup_path (RungsFormDocument *self,
                              const char        *where)
{
  static const char *const TEXTS[] = { "title",        "intro",       "button",    "consent",
                                       "thanks.title", "thanks.text", "thanks.url", NULL };
  g_auto (GStrv) names = g_strsplit (where, ".", -1);

  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), NULL);

  if (g_strcmp0 (names[0], "fields") == 0 && names[1] != NULL)
    return dup_path_of_field (self, names);
  if (*self->language != '\0' && g_strv_contains (TEXTS, where))
    return g_strdup_printf ("languages.%s.%s", self->language, where);
  return g_strdup (g_str_equal (where, "consent") ? "consent.wording" : where);
}

/* ---- reading */

/* Takes the text of the file, unless there is one here that was not in it when it was read. */
static void
take_facts (RungsFormDocument *self,
            RungsFormFacts    *facts)
{
  g_autofree char *text = rungs_opt_in_write (facts->form->draft);
  gboolean same = self->text != NULL && g_str_equal (self->text, text);

  g_clear_pointer (&self->facts, rungs_form_facts_free);
  self->facts = facts;
  if (self->text != NULL && !same && self->read_after != self->edits)
    return;
  if (!same)
    {
      self->open = NULL;
      rungs_history_clear (self->history);
      g_free (self->text);
      self->text = g_steal_pointer (&text);
    }
  g_free (self->saved);
  self->saved = g_strdup (self->text);
  read_text (self);
  take_problems (self, facts->problems);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsFormDocument) self = data;
  g_autoptr (GError) error = NULL;
  RungsFormFacts *facts = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (facts == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error, FALSE);
      return;
    }
  take_facts (self, facts);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
rungs_form_document_refresh (RungsFormDocument *self)
{
  g_return_if_fail (RUNGS_IS_FORM_DOCUMENT (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->read_after = self->saving || !rungs_form_document_is_saved (self) ? G_MAXUINT : self->edits;
  rungs_store_read_async (self->store, rungs_form_facts_load,
                          g_memdup2 (&self->form, sizeof self->form), g_free,
                          (GDestroyNotify) rungs_form_facts_free, self->cancellable, loaded_cb,
                          g_object_ref (self));
}

/* ---- the class */

static void
rungs_form_document_dispose (GObject *object)
{
  RungsFormDocument *self = RUNGS_FORM_DOCUMENT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->history != NULL)
    rungs_history_clear (self->history);
  g_clear_object (&self->history);
  G_OBJECT_CLASS (rungs_form_document_parent_class)->dispose (object);
}

static void
rungs_form_document_finalize (GObject *object)
{
  RungsFormDocument *self = RUNGS_FORM_DOCUMENT (object);

  g_clear_pointer (&self->facts, rungs_form_facts_free);
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->opt_in, rungs_opt_in_free);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_object_unref (self->store);
  g_free (self->language);
  g_free (self->text);
  g_free (self->saved);
  G_OBJECT_CLASS (rungs_form_document_parent_class)->finalize (object);
}

static void
rungs_form_document_class_init (RungsFormDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rungs_form_document_dispose;
  object_class->finalize = rungs_form_document_finalize;
  signals[CHANGED] = g_signal_new ("changed", RUNGS_TYPE_FORM_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", RUNGS_TYPE_FORM_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_ERROR, G_TYPE_BOOLEAN);
}

static void
rungs_form_document_init (RungsFormDocument *self)
{
  self->language = g_strdup ("");
  self->history = rungs_history_new ();
}

RungsFormDocument *
rungs_form_document_new (RungsStore *store,
                         gint64      form)
{
  RungsFormDocument *self = g_object_new (RUNGS_TYPE_FORM_DOCUMENT, NULL);

  self->store = g_object_ref (store);
  self->form = form;
  return self;
}

gint64
rungs_form_document_get_form (RungsFormDocument *self)
{
  return self->form;
}

RungsFormFacts *
rungs_form_document_get_facts (RungsFormDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), NULL);

  return self->facts;
}

const char *
rungs_form_document_get_text (RungsFormDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), NULL);

  return self->text;
}

JsonNode *
rungs_form_document_get_root (RungsFormDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), NULL);

  return self->root;
}

const RungsOptIn *
rungs_form_document_get_opt_in (RungsFormDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), NULL);

  return self->opt_in;
}

GPtrArray *
rungs_form_document_get_problems (RungsFormDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), NULL);

  return self->problems;
}

const char *
rungs_form_document_get_language (RungsFormDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), NULL);

  return self->language;
}

void
rungs_form_document_set_language (RungsFormDocument *self,
                                  const char        *language)
{
  g_return_if_fail (RUNGS_IS_FORM_DOCUMENT (self));

  if (g_str_equal (language, self->language))
    return;
  g_free (self->language);
  self->language = g_strdup (language);
  g_signal_emit (self, signals[CHANGED], 0);
}

RungsHistory *
rungs_form_document_get_history (RungsFormDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), NULL);

  return self->history;
}

gboolean
rungs_form_document_is_saved (RungsFormDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), FALSE);

  return g_strcmp0 (self->text, self->saved) == 0;
}

gboolean
rungs_form_document_is_unpublished (RungsFormDocument *self)
{
  g_return_val_if_fail (RUNGS_IS_FORM_DOCUMENT (self), FALSE);

  return self->facts != NULL && g_strcmp0 (self->text, self->facts->published) != 0;
}
