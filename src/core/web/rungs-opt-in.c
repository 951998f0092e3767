/* rungs-opt-in.c: what an opt-in form asks, and its texts in several languages. */

#include "web/rungs-opt-in.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-names.h"

static const char *const KINDS[]
    = { "text", "email", "tel", "choice", "choices", "check", "long", "number", "date" };

static const char *const COLUMNS[]
    = { "email",  "first_name", "last_name", "full_name", "company", "phone",
        "street", "postcode",   "city",      "region",    "country", NULL };

const char *
rungs_opt_in_kind_to_text (RungsOptInKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (KINDS), "");

  return KINDS[kind];
}

gboolean
rungs_opt_in_kind_from_text (const char     *text,
                             RungsOptInKind *kind)
{
  g_return_val_if_fail (kind != NULL, FALSE);

  return rungs_names_find (KINDS, G_N_ELEMENTS (KINDS), text, kind);
}

gboolean
rungs_opt_in_kind_has_choices (RungsOptInKind kind)
{
  return kind == RUNGS_OPT_IN_CHOICE || kind == RUNGS_OPT_IN_CHOICES;
}

const char *const *
rungs_opt_in_columns (void)
{
  return COLUMNS;
}

const char *
rungs_opt_in_column_words (const char *column)
{
  static const struct
  {
    const char *column;
    const char *words;
  } WORDS[] = {
    { "email", N_ ("E-mail address") }, { "first_name", N_ ("First name") },
    { "last_name", N_ ("Last name") },  { "full_name", N_ ("Full name") },
    { "company", N_ ("Company") },      { "phone", N_ ("Telephone") },
    { "street", N_ ("Street") },        { "postcode", N_ ("Postcode") },
    { "city", N_ ("Town") },            { "region", N_ ("Region") },
    { "country", N_ ("Country") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (g_str_equal (WORDS[i].column, column))
      return _ (WORDS[i].words);
  return column;
}

RungsOptInKind
rungs_opt_in_column_kind (const char *column)
{
  if (g_strcmp0 (column, "email") == 0)
    return RUNGS_OPT_IN_EMAIL;
  return g_strcmp0 (column, "phone") == 0 ? RUNGS_OPT_IN_TEL : RUNGS_OPT_IN_TEXT;
}

/* ---- making */

RungsOptInChoice *
rungs_opt_in_choice_new (const char *value,
                         const char *label)
{
  RungsOptInChoice *self = g_new0 (RungsOptInChoice, 1);

  g_return_val_if_fail (value != NULL && label != NULL, NULL);

  self->value = g_strdup (value);
  self->label = g_strdup (label);
  self->tag = g_strdup ("");
  return self;
}

void
rungs_opt_in_choice_free (RungsOptInChoice *self)
{
  if (self == NULL)
    return;
  g_free (self->value);
  g_free (self->label);
  g_free (self->tag);
  g_free (self);
}

RungsOptInField *
rungs_opt_in_field_new (const char     *key,
                        RungsOptInKind  kind,
                        const char     *label)
{
  RungsOptInField *self = g_new0 (RungsOptInField, 1);

  g_return_val_if_fail (key != NULL && label != NULL, NULL);

  self->key = g_strdup (key);
  self->kind = kind;
  self->label = g_strdup (label);
  self->help = g_strdup ("");
  self->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_opt_in_choice_free);
  return self;
}

void
rungs_opt_in_field_free (RungsOptInField *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->label);
  g_free (self->help);
  g_ptr_array_unref (self->choices);
  g_free (self);
}

const RungsOptInChoice *
rungs_opt_in_field_find_choice (const RungsOptInField *self,
                                const char            *value)
{
  g_return_val_if_fail (self != NULL && value != NULL, NULL);

  for (guint i = 0; i < self->choices->len; i++)
    {
      const RungsOptInChoice *choice = self->choices->pdata[i];

      if (strcmp (choice->value, value) == 0)
        return choice;
    }
  return NULL;
}

static void
variant_free (RungsOptInVariant *self)
{
  g_free (self->language);
  g_hash_table_unref (self->texts);
  g_free (self);
}

RungsOptIn *
rungs_opt_in_new (void)
{
  RungsOptIn *self = g_new0 (RungsOptIn, 1);

  self->language = g_strdup ("en");
  self->title = g_strdup ("");
  self->intro = g_strdup ("");
  self->button = g_strdup ("Send");
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_opt_in_field_free);
  self->consent = g_strdup ("");
  self->purpose = g_strdup ("marketing");
  self->thanks_title = g_strdup ("Thank you");
  self->thanks_text = g_strdup ("");
  self->thanks_url = g_strdup ("");
  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->task = g_strdup ("");
  self->most = 3;
  self->seconds = 2;
  self->bits = 14;
  self->per_hour = 20;
  self->style = rungs_web_style_new ();
  self->variants = g_ptr_array_new_with_free_func ((GDestroyNotify) variant_free);
  return self;
}

void
rungs_opt_in_free (RungsOptIn *self)
{
  if (self == NULL)
    return;
  g_free (self->language);
  g_free (self->title);
  g_free (self->intro);
  g_free (self->button);
  g_ptr_array_unref (self->fields);
  g_free (self->consent);
  g_free (self->purpose);
  g_free (self->thanks_title);
  g_free (self->thanks_text);
  g_free (self->thanks_url);
  g_ptr_array_unref (self->tags);
  g_free (self->task);
  rungs_web_style_free (self->style);
  g_ptr_array_unref (self->variants);
  g_free (self);
}

RungsOptIn *
rungs_opt_in_copy (const RungsOptIn *self)
{
  g_autofree char *json = rungs_opt_in_write (self);
  RungsOptIn *copy = rungs_opt_in_parse (json, NULL);

  g_assert (copy != NULL);
  return copy;
}

RungsOptInField *
rungs_opt_in_find_field (const RungsOptIn *self,
                         const char       *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      RungsOptInField *field = self->fields->pdata[i];

      if (strcmp (field->key, key) == 0)
        return field;
    }
  return NULL;
}

/* ---- texts */

/* Texts that stand once in a form, in the order in which people read them: those after the fields
 * from CONSENT on. */
#define CONSENT 2

/* The same in all languages. */
#define ADDRESS "thanks.url"

static const struct
{
  const char *path;
  gsize offset;
} TEXTS[] = {
  { "title", offsetof (RungsOptIn, title) },
  { "intro", offsetof (RungsOptIn, intro) },
  { "consent", offsetof (RungsOptIn, consent) },
  { "button", offsetof (RungsOptIn, button) },
  { "thanks.title", offsetof (RungsOptIn, thanks_title) },
  { "thanks.text", offsetof (RungsOptIn, thanks_text) },
  { ADDRESS, offsetof (RungsOptIn, thanks_url) },
};

static char **
find_field_text (const RungsOptIn *self,
                 const char       *path)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", 4);
  guint n = g_strv_length (parts);
  RungsOptInField *field = n >= 3 ? rungs_opt_in_find_field (self, parts[1]) : NULL;

  if (field == NULL || strcmp (parts[0], "fields") != 0)
    return NULL;
  if (n == 3 && strcmp (parts[2], "label") == 0)
    return &field->label;
  if (n == 3 && strcmp (parts[2], "help") == 0)
    return &field->help;
  for (guint i = 0; n == 4 && strcmp (parts[2], "choices") == 0 && i < field->choices->len; i++)
    {
      RungsOptInChoice *choice = field->choices->pdata[i];

      if (strcmp (choice->value, parts[3]) == 0)
        return &choice->label;
    }
  return NULL;
}

/* Where a text of the form's own language stands. Returns: (nullable). */
static char **
find_text (const RungsOptIn *self,
           const char       *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    if (strcmp (TEXTS[i].path, path) == 0)
      return G_STRUCT_MEMBER_P (self, TEXTS[i].offset);
  return find_field_text (self, path);
}

static RungsOptInVariant *
find_variant (const RungsOptIn *self,
              const char       *language)
{
  for (guint i = 0; language != NULL && i < self->variants->len; i++)
    {
      RungsOptInVariant *variant = self->variants->pdata[i];

      if (g_ascii_strcasecmp (variant->language, language) == 0)
        return variant;
    }
  return NULL;
}

GPtrArray *
rungs_opt_in_languages (const RungsOptIn *self)
{
  GPtrArray *languages = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL, languages);

  g_ptr_array_add (languages, g_strdup (self->language));
  for (guint i = 0; i < self->variants->len; i++)
    {
      const RungsOptInVariant *variant = self->variants->pdata[i];

      g_ptr_array_add (languages, g_strdup (variant->language));
    }
  return languages;
}

static void
add_field_paths (GPtrArray             *paths,
                 const RungsOptInField *field)
{
  g_ptr_array_add (paths, g_strdup_printf ("fields.%s.label", field->key));
  g_ptr_array_add (paths, g_strdup_printf ("fields.%s.help", field->key));
  for (guint i = 0; i < field->choices->len; i++)
    {
      const RungsOptInChoice *choice = field->choices->pdata[i];

      g_ptr_array_add (paths,
                       g_strdup_printf ("fields.%s.choices.%s", field->key, choice->value));
    }
}

static void
add_path (GPtrArray        *paths,
          const RungsOptIn *self,
          const char       *path)
{
  char **text = find_text (self, path);

  if (text != NULL && **text != '\0')
    g_ptr_array_add (paths, g_strdup (path));
}

GPtrArray *
rungs_opt_in_paths (const RungsOptIn *self)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) of_fields = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL, paths);

  for (gsize i = 0; i < CONSENT; i++)
    add_path (paths, self, TEXTS[i].path);
  for (guint i = 0; i < self->fields->len; i++)
    add_field_paths (of_fields, self->fields->pdata[i]);
  for (guint i = 0; i < of_fields->len; i++)
    add_path (paths, self, of_fields->pdata[i]);
  for (gsize i = CONSENT; i < G_N_ELEMENTS (TEXTS) - 1; i++)
    add_path (paths, self, TEXTS[i].path);
  return paths;
}

gboolean
rungs_opt_in_has_text (const RungsOptIn *self,
                       const char       *language,
                       const char       *path)
{
  const RungsOptInVariant *variant;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  variant = find_variant (self, language);
  return variant != NULL && g_hash_table_contains (variant->texts, path);
}

const char *
rungs_opt_in_get_text (const RungsOptIn *self,
                       const char       *language,
                       const char       *path)
{
  const RungsOptInVariant *variant;
  const char *text;
  char **own;

  g_return_val_if_fail (self != NULL && path != NULL, "");

  variant = find_variant (self, language);
  text = variant != NULL ? g_hash_table_lookup (variant->texts, path) : NULL;
  if (text != NULL)
    return text;
  own = find_text (self, path);
  return own != NULL ? *own : "";
}

void
rungs_opt_in_add_language (RungsOptIn *self,
                           const char *language)
{
  RungsOptInVariant *variant;

  g_return_if_fail (self != NULL && language != NULL);

  if (find_variant (self, language) != NULL || g_ascii_strcasecmp (self->language, language) == 0)
    return;
  variant = g_new0 (RungsOptInVariant, 1);
  variant->language = g_strdup (language);
  variant->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_ptr_array_add (self->variants, variant);
}

void
rungs_opt_in_remove_language (RungsOptIn *self,
                              const char *language)
{
  RungsOptInVariant *variant;

  g_return_if_fail (self != NULL && language != NULL);

  variant = find_variant (self, language);
  if (variant != NULL)
    g_ptr_array_remove (self->variants, variant);
}

gboolean
rungs_opt_in_set_text (RungsOptIn *self,
                       const char *language,
                       const char *path,
                       const char *text)
{
  char **own;

  g_return_val_if_fail (self != NULL && path != NULL && text != NULL, FALSE);

  own = find_text (self, path);
  if (own == NULL)
    return FALSE;
  if (language == NULL || g_ascii_strcasecmp (language, self->language) == 0)
    {
      char *held = *own; /* `text` may be it */

      *own = g_strdup (text);
      g_free (held);
      return TRUE;
    }
  if (strcmp (path, ADDRESS) == 0)
    return FALSE;
  rungs_opt_in_add_language (self, language);
  if (*text == '\0')
    g_hash_table_remove (find_variant (self, language)->texts, path);
  else
    g_hash_table_replace (find_variant (self, language)->texts, g_strdup (path), g_strdup (text));
  return TRUE;
}

/* ---- problems */

void
rungs_opt_in_problem_free (RungsOptInProblem *self)
{
  if (self == NULL)
    return;
  g_free (self->where);
  g_free (self->words);
  g_free (self);
}

void
rungs_opt_in_problem_add (GPtrArray  *problems,
                          const char *where,
                          gboolean    blocks,
                          const char *words)
{
  RungsOptInProblem *problem = g_new0 (RungsOptInProblem, 1);

  g_return_if_fail (problems != NULL && where != NULL && words != NULL);

  problem->where = g_strdup (where);
  problem->words = g_strdup (words);
  problem->blocks = blocks;
  g_ptr_array_add (problems, problem);
}
