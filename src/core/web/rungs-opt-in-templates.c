/* rungs-opt-in-templates.c: what an opt-in form can begin with. */

#include "web/rungs-opt-in-templates.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-language-names.h"

/* The language that the user reads, as far as forms know it. */
static char *
dup_language (void)
{
  const char *const *names = g_get_language_names ();

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *tag = g_strndup (names[i], 2);

      if (rungs_language_name (tag) != NULL)
        return g_steal_pointer (&tag);
    }
  return g_strdup ("en");
}

static void
set_texts (RungsOptIn *self,
           const char *title,
           const char *intro,
           const char *button)
{
  rungs_opt_in_set_text (self, NULL, "title", title);
  rungs_opt_in_set_text (self, NULL, "intro", intro);
  rungs_opt_in_set_text (self, NULL, "button", button);
}

static RungsOptInField *
add_field (RungsOptIn     *self,
           const char     *key,
           RungsOptInKind  kind,
           const char     *label)
{
  RungsOptInField *field = rungs_opt_in_field_new (key, kind, label);

  g_ptr_array_add (self->fields, field);
  return field;
}

static void
add_column (RungsOptIn *self,
            const char *column,
            gboolean    required)
{
  add_field (self, column, rungs_opt_in_column_kind (column), rungs_opt_in_column_words (column))
    ->required = required;
}

/* A form for news, with a consent that says what it is to. */
static RungsOptIn *
form_new (void)
{
  RungsOptIn *self = rungs_opt_in_new ();

  g_free (self->language);
  self->language = dup_language ();
  rungs_opt_in_set_text (self, NULL, "consent",
                         _ ("Yes, write to me about news and offers. I can unsubscribe with one"
                            " click at any time."));
  rungs_opt_in_set_text (self, NULL, "thanks.title", _ ("Thank you"));
  rungs_opt_in_set_text (self, NULL, "thanks.text", _ ("We have your answer."));
  return self;
}

static RungsOptIn *
make_plain (void)
{
  RungsOptIn *self = form_new ();

  set_texts (self, _ ("Stay in touch"), "", _ ("Send"));
  add_column (self, "email", TRUE);
  self->consent_required = TRUE;
  return self;
}

static RungsOptIn *
make_newsletter (void)
{
  RungsOptIn *self = form_new ();

  set_texts (self, _ ("Our newsletter"), _ ("News and offers, no more than twice a month."),
             _ ("Sign me up"));
  add_column (self, "email", TRUE);
  add_column (self, "first_name", FALSE);
  self->consent_required = TRUE;
  self->is_double = TRUE;
  rungs_opt_in_set_text (self, NULL, "thanks.title", _ ("Almost done"));
  rungs_opt_in_set_text (self, NULL, "thanks.text",
                         _ ("We have sent you a message. Please follow the link in it."));
  return self;
}

static RungsOptIn *
make_guide (void)
{
  RungsOptIn *self = form_new ();

  set_texts (self, _ ("The free guide"), _ ("Where may we send it?"), _ ("Send me the guide"));
  add_column (self, "first_name", TRUE);
  add_column (self, "email", TRUE);
  rungs_opt_in_set_text (self, NULL, "thanks.text", _ ("The guide is on its way to you."));
  return self;
}

static RungsOptIn *
make_call (void)
{
  RungsOptIn *self = form_new ();

  set_texts (self, _ ("We call you back"), _ ("Tell us when it suits you."),
             _ ("Please call me"));
  add_column (self, "full_name", TRUE);
  add_column (self, "phone", TRUE);
  add_column (self, "email", TRUE);
  add_field (self, "question:q1", RUNGS_OPT_IN_LONG, _ ("What is it about?"));
  g_free (self->task);
  self->task = g_strdup (_ ("Call back"));
  rungs_opt_in_set_text (self, NULL, "thanks.text", _ ("We call you on the next working day."));
  return self;
}

static void
add_answer (RungsOptInField *field,
            const char      *value,
            const char      *label)
{
  RungsOptInChoice *choice = rungs_opt_in_choice_new (value, label);

  g_free (choice->tag);
  choice->tag = g_strdup (label);
  g_ptr_array_add (field->choices, choice);
}

static RungsOptIn *
make_survey (void)
{
  RungsOptIn *self = form_new ();
  RungsOptInField *field;

  set_texts (self, _ ("A few questions"), _ ("So that you get what helps you."), _ ("Send"));
  field = add_field (self, "question:q1", RUNGS_OPT_IN_CHOICE, _ ("How far are you?"));
  field->required = TRUE;
  add_answer (field, "c1", _ ("Beginner"));
  add_answer (field, "c2", _ ("Advanced"));
  add_field (self, "question:q2", RUNGS_OPT_IN_LONG, _ ("What is your greatest difficulty?"));
  add_column (self, "email", TRUE);
  return self;
}

static const RungsOptInTemplate TEMPLATES[] = {
  { "plain", N_ ("E-mail Address Only"), N_ ("One field and a consent, to put more into."),
    make_plain },
  { "newsletter", N_ ("Newsletter"), N_ ("Address and first name, confirmed from the mailbox."),
    make_newsletter },
  { "guide", N_ ("Free Guide"), N_ ("First name and address for something that you send."),
    make_guide },
  { "call", N_ ("Call Me Back"),
    N_ ("Name, telephone and what it is about, with a task for staff."), make_call },
  { "survey", N_ ("Survey"), N_ ("Questions whose answers decide the tags of the lead."),
    make_survey },
};

const RungsOptInTemplate *
rungs_opt_in_templates (gsize *n)
{
  *n = G_N_ELEMENTS (TEMPLATES);
  return TEMPLATES;
}

const RungsOptInTemplate *
rungs_opt_in_template_find (const char  *key,
                            GError     **error)
{
  g_autoptr (GString) keys = g_string_new (NULL);

  g_return_val_if_fail (key != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (TEMPLATES); i++)
    {
      if (strcmp (TEMPLATES[i].key, key) == 0)
        return &TEMPLATES[i];
      g_string_append_printf (keys, "%s%s", i > 0 ? ", " : "", TEMPLATES[i].key);
    }
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
               _ ("There is no template “%s”; there are: %s."), key, keys->str);
  return NULL;
}
