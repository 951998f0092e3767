/* rungs-form-command.c: opt-in forms of the business's own. */

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-source-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-source-argument.h"
#include "rungs-text-file.h"
#include "web/rungs-opt-in-page.h"
#include "web/rungs-opt-in-store.h"
#include "web/rungs-opt-in-templates.h"
#include "web/rungs-web-relay-store.h"

static const char *const SHAPES[] = { "page", "snippet", "paste", "thanks", NULL };
#define SHAPE_THANKS 3

static const RungsColumn COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "path", N_ ("Path"), RUNGS_COLUMN_TEXT, NULL },
  { "source", N_ ("Source"), RUNGS_COLUMN_TEXT, NULL },
  { "version", N_ ("Version"), RUNGS_COLUMN_NUMBER, NULL },
  { "changed", N_ ("Changed since"), RUNGS_COLUMN_FLAG, NULL },
  { "submissions", N_ ("Filled in"), RUNGS_COLUMN_COUNT, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_COUNT, NULL },
  { "pending", N_ ("To confirm"), RUNGS_COLUMN_COUNT, NULL },
  { "confirmed", N_ ("Confirmed"), RUNGS_COLUMN_COUNT, NULL },
  { "last_at", N_ ("Last"), RUNGS_COLUMN_TIME, NULL },
  { "published_at", N_ ("Published"), RUNGS_COLUMN_TIME, NULL },
  { "retired_at", N_ ("Retired"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static const RungsColumn PROBLEM_COLUMNS[] = {
  { "where", N_ ("Where"), RUNGS_COLUMN_TEXT, NULL },
  { "blocks", N_ ("Keeps it from being published"), RUNGS_COLUMN_FLAG, NULL },
  { "words", N_ ("What is wrong"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn TEMPLATE_COLUMNS[] = {
  { "template", N_ ("Template"), RUNGS_COLUMN_TEXT, NULL },
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "summary", N_ ("What it is for"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static JsonObject *
form_to_row (RungsDb              *db,
             const RungsOptInForm *form)
{
  JsonObject *row = rungs_row_new ();
  g_autoptr (RungsSource) source
      = form->source != 0 ? rungs_source_load (db, form->source, NULL) : NULL;
  g_autofree char *path = g_strconcat ("/f/", form->slug, NULL);
  g_autofree char *from = source != NULL
                            ? g_strdup_printf ("%s:%s", rungs_source_kind_to_text (source->kind),
                                               source->name)
                            : NULL;

  rungs_row_set_number (row, "id", form->id);
  rungs_row_set_text (row, "name", form->name);
  rungs_row_set_text (row, "path", path);
  rungs_row_set_text (row, "source", from);
  rungs_row_set_number (row, "version", form->number);
  rungs_row_set_flag (row, "changed", form->is_changed);
  rungs_row_set_number (row, "submissions", form->submissions);
  rungs_row_set_number (row, "leads", form->leads);
  rungs_row_set_number (row, "pending", form->pending);
  rungs_row_set_number (row, "confirmed", form->confirmed);
  rungs_row_set_time (row, "last_at", form->last_at);
  rungs_row_set_time (row, "published_at", form->published_at);
  rungs_row_set_time (row, "retired_at", form->retired_at);
  return row;
}

/* The one that the first argument names. */
static RungsOptInForm *
load_form (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  gint64 id = 0;

  if (!rungs_opt_in_find (db, rungs_invocation_get_argument (call, 0), &id, error))
    return NULL;
  return rungs_opt_in_load (db, id, rungs_invocation_get_now (call), error);
}

static gboolean
list_forms (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (GPtrArray) forms = rungs_opt_in_list (db, rungs_invocation_get_now (call), error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);

  if (forms == NULL)
    return FALSE;
  for (guint i = 0; i < forms->len; i++)
    rungs_listing_add (listing, form_to_row (db, forms->pdata[i]));
  rungs_listing_end (listing, _ ("There are no forms."));
  return TRUE;
}

static gboolean
list_templates (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, TEMPLATE_COLUMNS);
  gsize n = 0;
  const RungsOptInTemplate *templates = rungs_opt_in_templates (&n);

  for (gsize i = 0; i < n; i++)
    {
      JsonObject *row = rungs_row_new ();

      rungs_row_set_text (row, "template", templates[i].key);
      rungs_row_set_text (row, "name", _ (templates[i].name));
      rungs_row_set_text (row, "summary", _ (templates[i].summary));
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, "");
  return TRUE;
}

static gboolean
show_form (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (RungsOptInForm) form = load_form (call, db, error);
  g_autofree char *definition = NULL;
  JsonObject *row;

  if (form == NULL)
    return FALSE;
  row = form_to_row (db, form);
  if (rungs_invocation_wants_json (call))
    {
      definition = rungs_opt_in_write (form->draft);
      rungs_row_set_json (row, "definition", definition);
      rungs_column_show (call, COLUMNS, row);
      return TRUE;
    }
  definition = rungs_opt_in_write_pretty (form->draft);
  rungs_column_show (call, COLUMNS, row);
  rungs_output_printf (rungs_invocation_get_output (call), "\n%s\n", definition);
  return TRUE;
}

/* ---- writing */

/* A form that asks for an address, for whoever gives no file. */
static RungsOptIn *
make_plain (const char *name)
{
  RungsOptIn *form = rungs_opt_in_new ();
  RungsOptInField *email = rungs_opt_in_field_new ("email", RUNGS_OPT_IN_EMAIL,
                                                   "E-mail address");

  email->required = TRUE;
  g_ptr_array_add (form->fields, email);
  rungs_opt_in_set_text (form, NULL, "title", name);
  return form;
}

/* What --from gives. `definition` (out) stays NULL where it was not given. */
static gboolean
read_definition (RungsInvocation  *call,
                 RungsOptIn      **definition,
                 GError          **error)
{
  const char *path = rungs_invocation_get_text (call, "from", NULL);
  g_autofree char *json = NULL;

  *definition = NULL;
  if (path == NULL)
    return TRUE;
  json = rungs_text_file_read (path, error);
  if (json != NULL)
    *definition = rungs_opt_in_parse (json, error);
  if (*definition == NULL)
    g_prefix_error (error, "%s: ", path);
  return *definition != NULL;
}

/* What --template or --from gives; else what asks for an address only. */
static RungsOptIn *
make_definition (RungsInvocation  *call,
                 const char       *name,
                 GError          **error)
{
  const char *key = rungs_invocation_get_text (call, "template", NULL);
  const RungsOptInTemplate *template = NULL;
  g_autoptr (RungsOptIn) definition = NULL;

  if (key != NULL && rungs_invocation_has (call, "from"))
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                           _ ("Give --template or --from, not both."));
      return NULL;
    }
  if (key != NULL)
    {
      template = rungs_opt_in_template_find (key, error);
      return template != NULL ? template->make () : NULL;
    }
  if (!read_definition (call, &definition, error))
    return NULL;
  return definition != NULL ? g_steal_pointer (&definition) : make_plain (name);
}

static gboolean
take_source (RungsInvocation  *call,
             RungsDb          *db,
             gint64           *source,
             GError          **error)
{
  const char *text = rungs_invocation_get_text (call, "source", NULL);

  if (text == NULL)
    return TRUE;
  *source = *text != '\0'
              ? rungs_source_ensure_by_text (db, text, rungs_invocation_get_now (call), error)
              : 0;
  return *source != 0 || *text == '\0';
}

static gboolean
say (RungsInvocation  *call,
     RungsDb          *db,
     gint64            id,
     const char       *words,
     GError          **error)
{
  g_autoptr (RungsOptInForm) form
      = rungs_opt_in_load (db, id, rungs_invocation_get_now (call), error);

  if (form == NULL)
    return FALSE;
  rungs_column_say (call, form_to_row (db, form), "%s: %s", form->name, words);
  return TRUE;
}

static gboolean
add_form (RungsInvocation  *call,
          RungsDb          *db,
          GError          **error)
{
  const char *name = rungs_invocation_get_argument (call, 0);
  g_autoptr (RungsOptIn) definition = make_definition (call, name, error);
  gint64 source = 0, id;

  if (definition == NULL || !take_source (call, db, &source, error))
    return FALSE;
  id = rungs_opt_in_add (db, name, rungs_invocation_get_text (call, "slug", NULL), source,
                         definition, rungs_invocation_get_now (call), error);
  return id != 0
         && say (call, db, id, _ ("the form was added. Publish it when it is as you want it."),
                 error);
}

static gboolean
edit_form (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (RungsOptInForm) form = load_form (call, db, error);
  g_autoptr (RungsOptIn) definition = NULL;
  gint64 now = rungs_invocation_get_now (call);

  if (form == NULL || !read_definition (call, &definition, error)
      || !take_source (call, db, &form->source, error))
    return FALSE;
  rungs_invocation_take_text (call, "name", &form->name);
  rungs_invocation_take_text (call, "slug", &form->slug);
  if (!rungs_opt_in_rename (db, form->id, form->name, form->slug, form->source, now, error)
      || (definition != NULL && !rungs_opt_in_save_draft (db, form->id, definition, now, error)))
    return FALSE;
  return say (call, db, form->id, _ ("the draft was changed."), error);
}

static gboolean
publish_form (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsOptInForm) form = load_form (call, db, error);
  guint number = 0;

  return form != NULL
         && rungs_opt_in_publish (db, form->id, rungs_invocation_get_now (call), &number, error)
         && say (call, db, form->id, _ ("the draft is what people get now."), error);
}

static gboolean
retire_form (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsOptInForm) form = load_form (call, db, error);
  gboolean undo = rungs_invocation_has (call, "undo");

  return form != NULL
         && rungs_opt_in_retire (db, form->id, undo ? 0 : rungs_invocation_get_now (call), error)
         && say (call, db, form->id,
                 undo ? _ ("the form is in use again.") : _ ("the form takes nothing any more."),
                 error);
}

static gboolean
delete_form (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsOptInForm) form = load_form (call, db, error);

  if (form == NULL || !rungs_opt_in_delete (db, form->id, error))
    return FALSE;
  rungs_column_say (call, form_to_row (db, form), _ ("The form “%s” was deleted."), form->name);
  return TRUE;
}

static gboolean
check_form (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsOptInForm) form = load_form (call, db, error);
  g_autoptr (GPtrArray) problems
      = form != NULL ? rungs_opt_in_check_all (db, form->draft, error) : NULL;
  g_autoptr (RungsListing) listing = NULL;

  if (problems == NULL)
    return FALSE;
  listing = rungs_listing_new (call, PROBLEM_COLUMNS);
  for (guint i = 0; i < problems->len; i++)
    {
      const RungsOptInProblem *problem = problems->pdata[i];
      JsonObject *row = rungs_row_new ();

      rungs_row_set_text (row, "where", problem->where);
      rungs_row_set_flag (row, "blocks", problem->blocks);
      rungs_row_set_text (row, "words", problem->words);
      rungs_listing_add (listing, row);
    }
  rungs_listing_end (listing, _ ("Nothing is wrong with it."));
  return TRUE;
}

/* ---- HTML */

/* `address` (out) (nullable): where it posts: --relay, else the relay of the file; NULL without
 * one. */
static gboolean
find_relay (RungsInvocation  *call,
            RungsDb          *db,
            char            **address,
            GError          **error)
{
  g_autoptr (RungsWebRelay) relay = NULL;
  g_autoptr (GError) fault = NULL;

  *address = g_strdup (rungs_invocation_get_text (call, "relay", NULL));
  if (*address != NULL)
    return TRUE;
  relay = rungs_web_relay_load (db, &fault);
  if (relay != NULL)
    *address = g_strdup (relay->address);
  if (relay != NULL || g_error_matches (fault, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

static char *
draw (RungsInvocation   *call,
      RungsOptInForm    *form,
      const RungsOptIn  *definition,
      const char        *business,
      const char        *relay,
      guint              shape)
{
  const RungsOptInFace face = {
    .definition = definition,
    .slug = form->slug,
    .version = form->version,
    .language = rungs_invocation_get_text (call, "language", NULL),
    .business = business,
    .relay = relay,
  };

  return shape == SHAPE_THANKS ? rungs_opt_in_dup_thanks (&face)
                               : rungs_opt_in_dup_html (&face, shape);
}

static gboolean
show_html (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (RungsOptInForm) form = load_form (call, db, error);
  g_autoptr (RungsBusiness) business = form != NULL ? rungs_business_load (db, error) : NULL;
  g_autoptr (RungsOptInVersion) version = NULL;
  g_autofree char *relay = NULL;
  g_autofree char *html = NULL;
  guint shape = RUNGS_OPT_IN_SHAPE_PAGE;
  gboolean is_draft = rungs_invocation_has (call, "draft");

  if (business == NULL || !find_relay (call, db, &relay, error)
      || !rungs_invocation_get_choice (call, "shape", SHAPES, &shape, error))
    return FALSE;
  if (form->version != 0 && !is_draft)
    {
      version = rungs_opt_in_version_load (db, form->version, error);
      if (version == NULL)
        return FALSE;
    }
  html = draw (call, form, version != NULL ? version->definition : form->draft, business->name,
               relay, shape);
  if (rungs_invocation_wants_json (call))
    {
      JsonObject *row = rungs_row_new ();

      rungs_row_set_text (row, "shape", SHAPES[shape]);
      rungs_row_set_text (row, "html", html);
      rungs_column_show (call, COLUMNS, row);
    }
  else
    rungs_output_text (rungs_invocation_get_output (call), html);
  return TRUE;
}

static const GOptionEntry ADD_OPTIONS[] = {
  RUNGS_OPTION ("template", N_ ("TEMPLATE"), N_ ("Begin with one of form templates")),
  RUNGS_OPTION ("from", N_ ("FILE"), N_ ("JSON of the form, as form show --json has it")),
  RUNGS_OPTION ("slug", N_ ("WORD"), N_ ("The end of its address, /f/WORD")),
  RUNGS_OPTION ("source", N_ ("KIND:NAME"), N_ ("Where its leads come from")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry EDIT_OPTIONS[] = {
  RUNGS_OPTION ("name", N_ ("NAME"), N_ ("Name of the form")),
  RUNGS_OPTION ("from", N_ ("FILE"), N_ ("JSON of the form, as form show --json has it")),
  RUNGS_OPTION ("slug", N_ ("WORD"), N_ ("The end of its address, /f/WORD")),
  RUNGS_OPTION ("source", N_ ("KIND:NAME"), N_ ("Where its leads come from")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry RETIRE_OPTIONS[] = {
  RUNGS_FLAG ("undo", N_ ("Take it into use again")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry HTML_OPTIONS[] = {
  RUNGS_OPTION ("shape", N_ ("SHAPE"),
                N_ ("page, snippet (for another site), paste (bare markup), or thanks")),
  RUNGS_OPTION ("language", N_ ("TAG"), N_ ("In which of its languages")),
  RUNGS_OPTION ("relay", N_ ("URL"), N_ ("Where it posts, instead of your relay")),
  RUNGS_FLAG ("draft", N_ ("The draft, not what is published")),
  RUNGS_OPTIONS_END,
};

#define KEYS                                                                                       \
  "id, name, path, source, version, changed, submissions, leads, pending, confirmed, last_at,"     \
  " published_at, retired_at"

const RungsCommand RUNGS_FORM_COMMANDS[] = {
  { "form list", "", N_ ("List your opt-in forms"), RUNGS_COMMAND_READS, list_forms, NULL, NULL,
    "[" KEYS "]" },
  { "form templates", "", N_ ("List what a form can begin with"), RUNGS_COMMAND_READS,
    list_templates, NULL, NULL, "[template, name, summary]" },
  { "form show", "NAME", N_ ("Show a form and its draft"), RUNGS_COMMAND_READS, show_form, NULL,
    NULL, "{" KEYS ", definition}" },
  { "form add", "NAME", N_ ("Add a form"), RUNGS_COMMAND_WRITES, add_form, ADD_OPTIONS,
    N_ ("Without --template and --from it asks for an address only; show it with --json, and\n"
        "edit that. Templates are in your language."),
    "{" KEYS "}" },
  { "form edit", "NAME", N_ ("Change the draft of a form"), RUNGS_COMMAND_WRITES, edit_form,
    EDIT_OPTIONS, NULL, "{" KEYS "}" },
  { "form check", "NAME", N_ ("Say what is wrong with the draft of a form"), RUNGS_COMMAND_READS,
    check_form, NULL, NULL, "[where, blocks, words]" },
  { "form publish", "NAME", N_ ("Make the draft of a form what people get"), RUNGS_COMMAND_WRITES,
    publish_form, NULL, NULL, "{" KEYS "}" },
  { "form html", "NAME", N_ ("Put out a form as HTML"), RUNGS_COMMAND_READS, show_html,
    HTML_OPTIONS, NULL, "{shape, html}" },
  { "form retire", "NAME", N_ ("Let a form take nothing any more"), RUNGS_COMMAND_WRITES,
    retire_form, RETIRE_OPTIONS, NULL, "{" KEYS "}" },
  { "form delete", "NAME", N_ ("Delete a form that was never published"), RUNGS_COMMAND_WRITES,
    delete_form, NULL, NULL, "{" KEYS "}" },
  { NULL },
};
