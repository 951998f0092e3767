/* rungs-provider-option.c: what a provider must be told besides a key. */

#include "wire/rungs-provider-option.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"

static void
choice_free (gpointer data)
{
  RungsProviderChoice *self = data;

  g_free (self->value);
  g_free (self->label);
  g_free (self);
}

static void
option_free (gpointer data)
{
  RungsProviderOption *self = data;

  g_free (self->key);
  g_free (self->label);
  g_free (self->help);
  g_free (self->usual);
  g_free (self->pattern);
  g_ptr_array_unref (self->choices);
  g_free (self);
}

static char *
dup_words (JsonObject        *object,
           const char        *member,
           const char *const *languages)
{
  const char *words = rungs_provider_get_words (object, member, languages);

  return g_strdup (words ? words : "");
}

static JsonArray *
get_array (JsonObject *object,
           const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
get_element (JsonArray *array,
             guint      place)
{
  JsonNode *node = json_array_get_element (array, place);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
read_choices (RungsProviderOption *self,
              JsonArray           *choices,
              const char *const   *languages)
{
  for (guint i = 0; choices != NULL && i < json_array_get_length (choices); i++)
    {
      JsonObject *object = get_element (choices, i);
      RungsProviderChoice *choice;

      if (object == NULL)
        continue;
      choice = g_new0 (RungsProviderChoice, 1);
      choice->value = dup_words (object, "value", languages);
      choice->label = dup_words (object, "label", languages);
      g_ptr_array_add (self->choices, choice);
    }
}

static RungsProviderOption *
read_option (JsonObject        *object,
             const char *const *languages)
{
  RungsProviderOption *self = g_new0 (RungsProviderOption, 1);

  self->key = dup_words (object, "key", languages);
  self->label = dup_words (object, "label", languages);
  self->help = dup_words (object, "help", languages);
  self->usual = dup_words (object, "default", languages);
  self->pattern = dup_words (object, "pattern", languages);
  self->optional = json_object_get_boolean_member_with_default (object, "optional", FALSE);
  self->choices = g_ptr_array_new_with_free_func (choice_free);
  read_choices (self, get_array (object, "choices"), languages);
  return self;
}

GPtrArray *
rungs_provider_list_options (const RungsProvider *self,
                             const char          *section,
                             const char *const   *languages)
{
  GPtrArray *options = g_ptr_array_new_with_free_func (option_free);
  JsonObject *object;
  JsonArray *array;

  g_return_val_if_fail (self != NULL && section != NULL && languages != NULL, options);

  object = rungs_provider_get_section (self, section);
  array = object ? get_array (object, "options") : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (get_element (array, i) != NULL)
      g_ptr_array_add (options, read_option (get_element (array, i), languages));
  return options;
}

/* ---- the key */

static const char *
get_secret_words (const RungsProvider *self,
                  const char          *section,
                  const char          *member,
                  const char *const   *languages)
{
  JsonObject *object = rungs_provider_get_section (self, section);
  JsonNode *secret = object ? json_object_get_member (object, "secret") : NULL;

  return secret != NULL && JSON_NODE_HOLDS_OBJECT (secret)
           ? rungs_provider_get_words (json_node_get_object (secret), member, languages)
           : NULL;
}

const char *
rungs_provider_get_secret_label (const RungsProvider *self,
                                 const char          *section,
                                 const char *const   *languages)
{
  const char *label;

  g_return_val_if_fail (self != NULL && section != NULL && languages != NULL, NULL);

  label = get_secret_words (self, section, "label", languages);
  return label != NULL ? label : _ ("API key");
}

const char *
rungs_provider_get_secret_help (const RungsProvider *self,
                                const char          *section,
                                const char *const   *languages)
{
  const char *help;

  g_return_val_if_fail (self != NULL && section != NULL && languages != NULL, NULL);

  help = get_secret_words (self, section, "help", languages);
  return help != NULL ? help : "";
}

/* ---- checking */

static gboolean
refuse (const char  *why,
        GError     **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
is_choice (const RungsProviderOption *option,
           const char                *value)
{
  for (guint i = 0; i < option->choices->len; i++)
    if (strcmp (((RungsProviderChoice *) option->choices->pdata[i])->value, value) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_control_character (const char *value)
{
  for (; *value != '\0'; value++)
    if (g_ascii_iscntrl (*value))
      return TRUE;
  return FALSE;
}

gboolean
rungs_provider_option_check (const RungsProviderOption *self,
                             const char                *value,
                             GError                   **error)
{
  g_return_val_if_fail (self != NULL && value != NULL, FALSE);

  if (*value == '\0' && *self->usual == '\0')
    return self->optional || refuse (_ ("this is needed"), error);
  if (*value == '\0')
    return TRUE;
  if (self->choices->len > 0)
    return is_choice (self, value) || refuse (_ ("there is no such choice"), error);
  if (has_control_character (value)
      || (*self->pattern != '\0' && !g_regex_match_simple (self->pattern, value, 0, 0)))
    return refuse (_ ("that is not what it can be"), error);
  return TRUE;
}

/* Lent; empty where there is none. */
static const char *
get_given (JsonObject *given,
           const char *key)
{
  JsonNode *node = given ? json_object_get_member (given, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : "";
}

JsonObject *
rungs_provider_complete_options (const RungsProvider *self,
                                 const char          *section,
                                 JsonObject          *given,
                                 GError             **error)
{
  const char *const *languages = g_get_language_names ();
  g_autoptr (GPtrArray) options = NULL;
  g_autoptr (JsonObject) whole = json_object_new ();

  g_return_val_if_fail (self != NULL && section != NULL, NULL);

  options = rungs_provider_list_options (self, section, languages);
  for (guint i = 0; i < options->len; i++)
    {
      const RungsProviderOption *option = options->pdata[i];
      g_autofree char *value = g_strstrip (g_strdup (get_given (given, option->key)));

      if (*value == '\0')
        {
          g_free (value);
          value = g_strdup (option->usual);
        }
      if (!rungs_provider_option_check (option, value, error))
        {
          g_prefix_error (error, "%s: ", option->label);
          return NULL;
        }
      json_object_set_string_member (whole, option->key, value);
    }
  return g_steal_pointer (&whole);
}
