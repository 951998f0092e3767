/* rungs-invocation.c: one use of rungsctl: what was asked for, and what is said in return. */

#include "rungs-invocation.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-time.h"
#include "engine/rungs-business.h"
#include "rungs-command-table.h"
#include "rungs-suggestion.h"

struct _RungsInvocation
{
  const RungsCommand *command;
  RungsOutput *output;  /* lent */
  GHashTable *options;  /* (owned) name without dashes -> GPtrArray of text */
  GPtrArray *arguments; /* (owned) (element-type utf8) */
  GPtrArray *none;      /* (owned) stays empty */
  RungsClock *clock;    /* (owned) */
  GTimeZone *zone;      /* (owned) */
  char *file;           /* (owned) (nullable) made when it is first asked for */
};

G_DEFINE_QUARK (rungs - usage - error, rungs_usage_error)

/* What was typed as UTF-8: it usually is, whatever the locale says. */
static char *
to_utf8 (const char *typed)
{
  char *text;

  if (g_utf8_validate (typed, -1, NULL))
    return g_strdup (typed);
  text = g_locale_to_utf8 (typed, -1, NULL, NULL, NULL);
  return text ? text : g_utf8_make_valid (typed, -1);
}

static gboolean
fail_usage (GError          **error,
            RungsUsageError   code,
            char             *message)
{
  g_set_error_literal (error, RUNGS_USAGE_ERROR, code, message);
  g_free (message);
  return FALSE;
}

static const GOptionEntry *
find_option (const GOptionEntry *options,
             const char         *name)
{
  for (; options != NULL && options->long_name != NULL; options++)
    if (strcmp (options->long_name, name) == 0)
      return options;
  return NULL;
}

static void
add_names (GPtrArray          *names,
           const GOptionEntry *options)
{
  for (; options != NULL && options->long_name != NULL; options++)
    g_ptr_array_add (names, (gpointer) options->long_name);
}

static gboolean
refuse_option (RungsInvocation  *self,
               const char       *name,
               GError          **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *near;

  add_names (names, self->command->options);
  add_names (names, rungs_command_global_options ());
  near = rungs_suggestion_find (name, names);
  return fail_usage (
      error, RUNGS_USAGE_ERROR_OPTION,
      near ? g_strdup_printf (_ ("There is no option --%s. Did you mean --%s?"), name, near)
           : g_strdup_printf (_ ("There is no option --%s."), name));
}

/* The words that are meant to be options, up to "--", as far as they are unknown. */
static gboolean
refuse_unknown_options (RungsInvocation  *self,
                        GStrv             words,
                        GError          **error)
{
  for (guint i = 0; words[i] != NULL && strcmp (words[i], "--") != 0; i++)
    {
      g_autofree char *name = NULL;
      const GOptionEntry *option;

      if (!g_str_has_prefix (words[i], "--"))
        continue;
      name = g_strndup (words[i] + 2, strcspn (words[i] + 2, "="));
      option = find_option (self->command->options, name);
      if (option == NULL)
        option = find_option (rungs_command_global_options (), name);
      if (option == NULL)
        return refuse_option (self, name, error);
      if (!(option->flags & G_OPTION_FLAG_NO_ARG) && !strchr (words[i], '=')
          && words[i + 1] != NULL)
        i++;
    }
  return TRUE;
}

static gboolean
check_arguments (RungsInvocation  *self,
                 GError          **error)
{
  g_auto (GStrv) names = g_strsplit (self->command->arguments, " ", -1);
  guint min, max;

  rungs_command_get_limits (self->command, &min, &max);
  if (rungs_invocation_has (self, "help"))
    return TRUE;
  if (self->arguments->len < min)
    {
      const char *name = names[self->arguments->len];

      return fail_usage (error, RUNGS_USAGE_ERROR_ARGUMENT,
                         g_strdup_printf (_ ("“%s” needs %s."), self->command->words, name));
    }
  if (self->arguments->len > max)
    return fail_usage (error, RUNGS_USAGE_ERROR_ARGUMENT,
                       g_strdup_printf (_ ("“%s” does not take “%s”."), self->command->words,
                                        rungs_invocation_get_argument (self, max)));
  return TRUE;
}

static void
take_arguments (RungsInvocation *self,
                GStrv            words)
{
  gboolean ended = FALSE;

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (!ended && strcmp (words[i], "--") == 0)
        ended = TRUE;
      else
        g_ptr_array_add (self->arguments, to_utf8 (words[i]));
    }
}

/* "--now" is read twice: at first to refuse what is no time, then in the zone of the business. */
static gboolean
set_clock (RungsInvocation  *self,
           GError          **error)
{
  gint64 now = 0;

  if (!rungs_invocation_has (self, "now"))
    return TRUE;
  if (!rungs_invocation_get_time (self, "now", &now, error))
    return FALSE;
  if (rungs_clock_is_pretended (self->clock))
    rungs_clock_set (self->clock, now);
  else
    {
      g_object_unref (self->clock);
      self->clock = rungs_clock_new_pretended (now);
    }
  return TRUE;
}

gboolean
rungs_invocation_take_option (const char  *name,
                              const char  *value,
                              gpointer     call,
                              GError     **error)
{
  RungsInvocation *self = call;
  const char *key = name + strspn (name, "-");
  GPtrArray *values = g_hash_table_lookup (self->options, key);

  if (values == NULL)
    {
      values = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->options, g_strdup (key), values);
    }
  g_ptr_array_add (values, value ? to_utf8 (value) : g_strdup (""));
  return TRUE;
}

RungsInvocation *
rungs_invocation_new (const RungsCommand *command,
                      RungsOutput        *output)
{
  RungsInvocation *self = g_new0 (RungsInvocation, 1);

  self->command = command;
  self->output = output;
  self->options =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->arguments = g_ptr_array_new_with_free_func (g_free);
  self->none = g_ptr_array_new ();
  self->clock = rungs_clock_new ();
  self->zone = g_time_zone_new_utc ();
  return self;
}

void
rungs_invocation_free (RungsInvocation *self)
{
  g_hash_table_unref (self->options);
  g_ptr_array_unref (self->arguments);
  g_ptr_array_unref (self->none);
  g_object_unref (self->clock);
  g_time_zone_unref (self->zone);
  g_free (self->file);
  g_free (self);
}

gboolean
rungs_invocation_parse (RungsInvocation  *self,
                        GStrv             words,
                        GError          **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) rest = words;
  GOptionGroup *group = g_option_group_new ("main", "", "", self, NULL);

  if (self->command->options != NULL)
    g_option_group_add_entries (group, self->command->options);
  g_option_group_add_entries (group, rungs_command_global_options ());
  g_option_context_set_main_group (context, group);
  g_option_context_set_help_enabled (context, FALSE);

  if (!refuse_unknown_options (self, rest + 1, error)
      || !g_option_context_parse_strv (context, &rest, error))
    return FALSE;
  take_arguments (self, rest + 1);
  return check_arguments (self, error) && set_clock (self, error);
}

gboolean
rungs_invocation_set_zone (RungsInvocation  *self,
                           GTimeZone        *zone,
                           GError          **error)
{
  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  return set_clock (self, error);
}

const RungsCommand *
rungs_invocation_get_command (RungsInvocation *self)
{
  return self->command;
}

RungsOutput *
rungs_invocation_get_output (RungsInvocation *self)
{
  return self->output;
}

RungsClock *
rungs_invocation_get_clock (RungsInvocation *self)
{
  return self->clock;
}

gint64
rungs_invocation_get_now (RungsInvocation *self)
{
  return rungs_clock_now (self->clock);
}

GTimeZone *
rungs_invocation_get_zone (RungsInvocation *self)
{
  return self->zone;
}

gboolean
rungs_invocation_wants_json (RungsInvocation *self)
{
  return rungs_invocation_has (self, "json");
}

const char *
rungs_invocation_get_file (RungsInvocation *self)
{
  if (self->file == NULL)
    self->file = g_strdup (rungs_invocation_get_text (self, "file", NULL));
  if (self->file == NULL)
    self->file = rungs_business_get_default_path ();
  return self->file;
}

const char *
rungs_invocation_get_argument (RungsInvocation *self,
                               guint            n)
{
  return n < self->arguments->len ? g_ptr_array_index (self->arguments, n) : NULL;
}

guint
rungs_invocation_count_arguments (RungsInvocation *self)
{
  return self->arguments->len;
}

char *
rungs_invocation_join_arguments (RungsInvocation *self,
                                 guint            n)
{
  GString *text = g_string_new (NULL);

  for (guint i = n; i < self->arguments->len; i++)
    g_string_append_printf (text, "%s%s", i > n ? " " : "",
                            rungs_invocation_get_argument (self, i));
  return g_string_free (text, FALSE);
}

gboolean
rungs_invocation_has (RungsInvocation *self,
                      const char      *option)
{
  return g_hash_table_contains (self->options, option);
}

gboolean
rungs_invocation_require (RungsInvocation  *self,
                          const char       *option,
                          GError          **error)
{
  if (rungs_invocation_has (self, option))
    return TRUE;
  return fail_usage (error, RUNGS_USAGE_ERROR_OPTION,
                     g_strdup_printf (_ ("“%s” needs --%s."), self->command->words, option));
}

const char *
rungs_invocation_get_text (RungsInvocation *self,
                           const char      *option,
                           const char      *fallback)
{
  GPtrArray *values = g_hash_table_lookup (self->options, option);

  return values ? g_ptr_array_index (values, values->len - 1) : fallback;
}

void
rungs_invocation_take_text (RungsInvocation  *self,
                            const char       *option,
                            char            **text)
{
  const char *given = rungs_invocation_get_text (self, option, NULL);

  if (given == NULL)
    return;
  g_free (*text);
  *text = g_strstrip (g_strdup (given));
}

GPtrArray *
rungs_invocation_get_texts (RungsInvocation *self,
                            const char      *option)
{
  GPtrArray *values = g_hash_table_lookup (self->options, option);

  return values ? values : self->none;
}

gboolean
rungs_invocation_get_number (RungsInvocation *self,
                             const char *option,
                             gint64 min,
                             gint64 max,
                             gint64 *value,
                             GError **error)
{
  const char *text = rungs_invocation_get_text (self, option, NULL);
  g_autofree char *least = g_strdup_printf ("%" G_GINT64_FORMAT, min);
  g_autofree char *most = g_strdup_printf ("%" G_GINT64_FORMAT, max);

  if (text == NULL || g_ascii_string_to_signed (text, 10, min, max, value, NULL))
    return TRUE;
  return fail_usage (
      error, RUNGS_USAGE_ERROR_OPTION,
      max == G_MAXINT64
          ? g_strdup_printf (_ ("--%s takes a number from %s on, not “%s”."), option, least, text)
          : g_strdup_printf (_ ("--%s takes a number from %s to %s, not “%s”."), option, least,
                             most, text));
}

gboolean
rungs_invocation_get_choice (RungsInvocation *self,
                             const char *option,
                             const char *const *choices,
                             guint *value,
                             GError **error)
{
  const char *text = rungs_invocation_get_text (self, option, NULL);
  g_autofree char *known = NULL;

  if (text == NULL)
    return TRUE;
  for (guint i = 0; choices[i] != NULL; i++)
    if (strcmp (choices[i], text) == 0)
      {
        *value = i;
        return TRUE;
      }
  known = g_strjoinv (", ", (char **) choices);
  return fail_usage (error, RUNGS_USAGE_ERROR_OPTION,
                     g_strdup_printf (_ ("--%s takes one of %s, not “%s”."), option, known, text));
}

gboolean
rungs_invocation_get_time (RungsInvocation *self,
                           const char *option,
                           gint64 *instant,
                           GError **error)
{
  const char *text = rungs_invocation_get_text (self, option, NULL);

  if (text == NULL || rungs_time_parse (text, self->zone, instant, NULL))
    return TRUE;
  return fail_usage (error, RUNGS_USAGE_ERROR_OPTION,
                     g_strdup_printf (_ ("--%s takes a time such as “2026-11-21 09:30”, not “%s”."),
                                      option, text));
}

gboolean
rungs_invocation_get_money (RungsInvocation *self,
                            const char *option,
                            const char *currency,
                            RungsMoney *money,
                            GError **error)
{
  const char *text = rungs_invocation_get_text (self, option, NULL);

  if (text == NULL || rungs_money_parse (text, currency, money, NULL))
    return TRUE;
  return fail_usage (error, RUNGS_USAGE_ERROR_OPTION,
                     g_strdup_printf (_ ("--%s takes an amount such as “49.00%s”, not “%s”."),
                                      option, currency ? currency : "EUR", text));
}

gboolean
rungs_invocation_get_id (RungsInvocation  *self,
                         guint             n,
                         gint64           *id,
                         GError          **error)
{
  const char *text = rungs_invocation_get_argument (self, n);

  if (text != NULL && g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL))
    return TRUE;
  return fail_usage (error, RUNGS_USAGE_ERROR_ARGUMENT,
                     g_strdup_printf (_ ("“%s” takes a number as the lists show it, not “%s”."),
                                      self->command->words, text ? text : ""));
}

gboolean
rungs_invocation_refuse (RungsInvocation *self,
                         const char *option,
                         const char *choices,
                         GError **error)
{
  return fail_usage (error, RUNGS_USAGE_ERROR_OPTION,
                     g_strdup_printf (_ ("--%s takes %s, not “%s”."), option, choices,
                                      rungs_invocation_get_text (self, option, "")));
}
