/* rungs-command-line.c: runs what was typed. */

#include "rungs-command-line.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-file-header.h"
#include "db/rungs-migrations.h"
#include "engine/rungs-business.h"
#include "leads/rungs-business-store.h"
#include "rungs-command-help.h"
#include "rungs-command-table.h"
#include "rungs-invocation.h"
#include "rungs-suggestion.h"
#include "rungs-text-width.h"

/* The words of a command, taken out of what was typed. */
typedef struct
{
  const char *first;  /* (nullable) */
  const char *second; /* (nullable) */
  gboolean help;      /* --help or -h stands somewhere */
  gboolean version;
  const char *early; /* (nullable) an option that stands before the command, and belongs to none */
} Typed;

static gboolean
is_global (const char *word,
           gboolean   *takes_value)
{
  for (const GOptionEntry *o = rungs_command_global_options (); o->long_name != NULL; o++)
    {
      gsize size = strlen (o->long_name);

      if (strncmp (word + 2, o->long_name, size) != 0
          || (word[2 + size] != '\0' && word[2 + size] != '='))
        continue;
      *takes_value = word[2 + size] == '\0' && !(o->flags & G_OPTION_FLAG_NO_ARG);
      return TRUE;
    }
  return FALSE;
}

/* Whether the word is an option, and how many words it takes with it that are not to be read as
 * commands. */
static gboolean
is_option (const char *word,
           Typed      *typed,
           guint      *skip)
{
  gboolean takes_value = FALSE;

  *skip = 0;
  if (*word != '-' || word[1] == '\0')
    return FALSE;
  if (strcmp (word, "--help") == 0 || strcmp (word, "-h") == 0)
    typed->help = TRUE;
  else if (strcmp (word, "--version") == 0)
    typed->version = TRUE;
  else if (g_str_has_prefix (word, "--") && is_global (word, &takes_value))
    *skip = takes_value;
  else if (typed->first == NULL && typed->early == NULL)
    typed->early = word;
  return TRUE;
}

/* Finds the command's words among the first that are no options, as far as they make up a
 * command. */
static void
read_typed (const char *const *words,
            Typed             *typed)
{
  guint skip;

  for (guint i = 0; words[i] != NULL && strcmp (words[i], "--") != 0; i++)
    {
      if (is_option (words[i], typed, &skip))
        i += words[i + 1] != NULL ? skip : 0;
      else if (typed->first == NULL && strcmp (words[i], "help") == 0)
        typed->help = TRUE;
      else if (typed->first == NULL)
        typed->first = words[i];
      else if (typed->second == NULL)
        typed->second = words[i];
    }
}

/* What was typed, for GOption: a program's name, then all but the words of the command. */
static GStrv
drop_command (const char  *const *words,
              const Typed        *typed,
              guint               n)
{
  GStrvBuilder *rest = g_strv_builder_new ();
  GStrv result;

  g_strv_builder_add (rest, "rungsctl");
  for (guint i = 0; words[i] != NULL; i++)
    if (!(words[i] == typed->first || (n == 2 && words[i] == typed->second)))
      g_strv_builder_add (rest, words[i]);
  result = g_strv_builder_end (rest);
  g_strv_builder_unref (rest);
  return result;
}

static const char *
last_word (const char *words)
{
  const char *space = strchr (words, ' ');

  return space ? space + 1 : words;
}

static void
add_last_words (GPtrArray               *words,
                const RungsCommandGroup *group)
{
  for (const RungsCommand *command = group->commands; command->words != NULL; command++)
    g_ptr_array_add (words, (gpointer) last_word (command->words));
}

/* The words that could have been meant in the place of one that is unknown: those that go with
 * the word `within`, or, where that is NULL, those that come first. */
static GPtrArray *
list_words (const char *within)
{
  GPtrArray *words = g_ptr_array_new ();

  for (const RungsCommandGroup *group = rungs_command_groups (); group->commands != NULL; group++)
    {
      if (within == NULL && group->word != NULL)
        g_ptr_array_add (words, (gpointer) group->word);
      else if (g_strcmp0 (within, group->word) == 0)
        add_last_words (words, group);
    }
  return words;
}

/* The words as the user would type them. */
static char *
join_words (const RungsCommandGroup *group,
            const char              *word)
{
  return group ? g_strdup_printf ("%s %s", group->word, word) : g_strdup (word);
}

static void
refuse_unknown (const RungsCommandGroup  *group,
                const char               *word,
                GError                  **error)
{
  g_autoptr (GPtrArray) known = list_words (group ? group->word : NULL);
  const char *near = rungs_suggestion_find (word, known);
  g_autofree char *typed = join_words (group, word);
  g_autofree char *meant = near ? join_words (group, near) : NULL;

  if (meant != NULL)
    g_set_error (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_COMMAND,
                 _ ("There is no command “%s”. Did you mean “%s”?"), typed, meant);
  else
    g_set_error (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_COMMAND,
                 _ ("There is no command “%s”."), typed);
}

static void
refuse_command (const Typed  *typed,
                GError      **error)
{
  const RungsCommandGroup *group = typed->first ? rungs_command_group_find (typed->first) : NULL;

  if (typed->early != NULL)
    g_set_error (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_COMMAND,
                 _ ("%s must stand after the command."), typed->early);
  else if (typed->first == NULL)
    g_set_error_literal (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_COMMAND,
                         _ ("A command is missing."));
  else if (group != NULL && typed->second == NULL)
    g_set_error (error, RUNGS_USAGE_ERROR, RUNGS_USAGE_ERROR_COMMAND,
                 _ ("“%s” needs a further word that says what to do."), group->word);
  else
    refuse_unknown (group, group ? typed->second : typed->first, error);
}

/* Whether the text begins with a plain word, and not with a name that is to stay as it is. */
static gboolean
begins_with_word (const char *text)
{
  const char *end = text;

  while (g_ascii_isalpha (*end))
    end++;
  return end > text && (*end == ' ' || *end == ',');
}

/* A sentence of its own, however the message was begun. */
static void
print_error (const GError *error)
{
  g_autofree char *message = rungs_text_dup_lines (error->message);
  gboolean ended = g_str_has_suffix (message, ".") || g_str_has_suffix (message, "?");

  if (begins_with_word (message))
    *message = g_ascii_toupper (*message);
  fprintf (stderr, "rungsctl: %s%s\n", message, ended ? "" : ".");
}

static int
report (const GError       *error,
        const RungsCommand *command,
        const Typed        *typed)
{
  print_error (error);
  if (error->domain != RUNGS_USAGE_ERROR && error->domain != G_OPTION_ERROR)
    return RUNGS_EXIT_REFUSED;

  if (command != NULL)
    fprintf (stderr, _ ("Try “rungsctl %s --help”.\n"), command->words);
  else if (typed->first != NULL && rungs_command_group_find (typed->first) != NULL)
    fprintf (stderr, _ ("Try “rungsctl %s --help”.\n"),
             rungs_command_group_find (typed->first)->word);
  else
    fputs (_ ("Try “rungsctl --help”.\n"), stderr);
  return RUNGS_EXIT_USAGE;
}

/* On the open file, in the transaction that the command asks for. */
static gboolean
call_command (RungsDb   *db,
              gpointer   data,
              GError   **error)
{
  RungsInvocation *call = data;

  return rungs_invocation_get_command (call)->func (call, db, error);
}

static gboolean
read_zone (RungsDb   *db,
           gpointer   data,
           GError   **error)
{
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);

  return zone != NULL && rungs_invocation_set_zone (data, zone, error);
}

/* Whether an older release wrote the file last: who opens it for writing brings it up to date. */
static gboolean
is_older (const char *path)
{
  const RungsSchema *schema = rungs_schema_of_business ();
  RungsFileHeader header;

  return rungs_file_header_read (path, schema, &header, NULL) && header.kind == RUNGS_FILE_OURS
         && header.version < rungs_migrations_get_newest (schema);
}

static RungsDb *
open_file (RungsInvocation     *call,
           RungsCommandAccess   access,
           GError             **error)
{
  g_autoptr (GError) failure = NULL;
  const char *path = rungs_invocation_get_file (call);
  gboolean reads = access == RUNGS_COMMAND_READS && !is_older (path);
  RungsDb *db = rungs_business_open_at (path, reads ? RUNGS_DB_READ : RUNGS_DB_WRITE,
                                        rungs_invocation_get_clock (call), &failure);

  if (db != NULL)
    return db;
  if (g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                 _ ("There is no business at %s yet. “rungsctl init” begins one."), path);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static gboolean
run_on_file (RungsInvocation  *call,
             GError          **error)
{
  RungsCommandAccess access = rungs_invocation_get_command (call)->access;
  g_autoptr (RungsDb) db = open_file (call, access, error);

  if (db == NULL || !rungs_db_read (db, read_zone, call, error))
    return FALSE;
  rungs_output_set_streaming (rungs_invocation_get_output (call), access == RUNGS_COMMAND_READS);
  switch (access)
    {
    case RUNGS_COMMAND_READS:
      return rungs_db_read (db, call_command, call, error);
    case RUNGS_COMMAND_WRITES:
      return rungs_db_write (db, call_command, call, error);
    case RUNGS_COMMAND_ALONE:
    case RUNGS_COMMAND_HOLDS:
    default:
      return call_command (db, call, error);
    }
}

static gboolean
run_command (const RungsCommand *command,
             const char *const *words,
             const Typed *typed,
             RungsOutput *output,
             GError **error)
{
  g_autoptr (RungsInvocation) call = rungs_invocation_new (command, output);

  if (!rungs_invocation_parse (
          call, drop_command (words, typed, rungs_command_count_words (command)), error))
    return FALSE;
  return command->access == RUNGS_COMMAND_ALONE ? call_command (NULL, call, error)
                                                : run_on_file (call, error);
}

/* --help and --version, which need nothing else to be right. FALSE: neither was asked for. */
static gboolean
answer_at_once (const Typed        *typed,
                const RungsCommand *command,
                RungsOutput        *output)
{
  const RungsCommandGroup *group = typed->first ? rungs_command_group_find (typed->first) : NULL;

  if (typed->help && command != NULL)
    rungs_command_help (command, output);
  else if (typed->help && group != NULL)
    rungs_command_help_group (group, output);
  else if (typed->help && typed->first == NULL)
    rungs_command_help_all (output);
  else if (typed->version)
    rungs_output_text (output, "rungsctl " RUNGS_VERSION "\n");
  else
    return FALSE;
  return TRUE;
}

int
rungs_command_line_run (const char  *const *words,
                        RungsOutput        *output)
{
  g_autoptr (GError) error = NULL;
  Typed typed = { NULL };
  const RungsCommand *command = NULL;

  read_typed (words, &typed);
  if (typed.first != NULL)
    command = rungs_command_find (typed.first, typed.second);

  if (!answer_at_once (&typed, command, output))
    {
      if (command == NULL || typed.early != NULL)
        refuse_command (&typed, &error);
      else
        run_command (command, words, &typed, output, &error);
    }
  if (error == NULL)
    rungs_output_flush (output, &error);
  return error ? report (error, command, &typed) : 0;
}
