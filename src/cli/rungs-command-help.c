/* rungs-command-help.c: what --help says. */

#include "rungs-command-help.h"

#include <glib/gi18n.h>

#include "rungs-command-table.h"
#include "rungs-text-width.h"

/* Where the second column begins, unless the first is wider. */
#define HELP_INDENT 2
#define HELP_COLUMN 30

/* How long lines are. */
#define HELP_WIDTH 90

/* A line of two columns; the second goes to a line of its own where the first is wide. */
static void
put_pair (RungsOutput *output,
          const char  *first,
          const char  *second)
{
  int room = HELP_COLUMN - HELP_INDENT - (int) rungs_text_width (first);

  rungs_output_printf (output, "%*s%s", HELP_INDENT, "", first);
  if (room < 2)
    rungs_output_printf (output, "\n%*s%s\n", HELP_COLUMN, "", second);
  else
    rungs_output_printf (output, "%*s%s\n", room, "", second);
}

static void
put_group (RungsOutput             *output,
           const RungsCommandGroup *group)
{
  rungs_output_printf (output, "\n%s:\n", _ (group->summary));
  for (const RungsCommand *command = group->commands; command->words != NULL; command++)
    put_pair (output, command->words, _ (command->summary));
}

static void
put_options (RungsOutput        *output,
             const GOptionEntry *options)
{
  for (; options->long_name != NULL; options++)
    {
      g_autofree char *name =
          options->arg_description
              ? g_strdup_printf ("--%s %s", options->long_name, _ (options->arg_description))
              : g_strdup_printf ("--%s", options->long_name);

      put_pair (output, name, _ (options->description));
    }
}

/* The keys of --json, in lines that fit. */
static void
put_json (RungsOutput *output,
          const char  *keys)
{
  g_autofree char *text = g_strdup_printf (_ ("With --json: %s"), keys);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint width = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint more = rungs_text_width (words[i]) + 1;

      rungs_output_printf (output, "%s%s", width == 0 || width + more > HELP_WIDTH ? "\n" : " ",
                           words[i]);
      width = width == 0 || width + more > HELP_WIDTH ? more : width + more;
    }
  rungs_output_text (output, "\n");
}

static void
put_global_options (RungsOutput *output)
{
  rungs_output_printf (output, "\n%s\n", _ ("Options of every command:"));
  put_options (output, rungs_command_global_options ());
}

void
rungs_command_help_all (RungsOutput *output)
{
  const RungsCommandGroup *groups = rungs_command_groups ();

  rungs_output_printf (
      output, "%s\n  rungsctl %s\n\n%s\n", _ ("Usage:"), _ ("COMMAND [OPTION…] [ARGUMENT…]"),
      _ ("Leads, ladder, messages and sequences of a business, without a window."));
  for (const RungsCommandGroup *group = groups; group->commands != NULL; group++)
    put_group (output, group);
  put_global_options (output);
  rungs_output_printf (
      output, "\n%s\n",
      _ ("“rungsctl COMMAND --help” tells more about a command. The exit status is 0, 1 for a\n"
         "refused input or a failure, 2 for wrong use."));
}

void
rungs_command_help_group (const RungsCommandGroup *group,
                          RungsOutput             *output)
{
  rungs_output_printf (output, "%s\n  rungsctl %s %s\n", _ ("Usage:"), group->word,
                       _ ("COMMAND [OPTION…] [ARGUMENT…]"));
  for (const RungsCommandGroup *part = rungs_command_groups (); part->commands != NULL; part++)
    if (g_strcmp0 (part->word, group->word) == 0)
      put_group (output, part);
  put_global_options (output);
}

void
rungs_command_help (const RungsCommand *command,
                    RungsOutput        *output)
{
  rungs_output_printf (output, "%s\n  rungsctl %s%s%s%s\n\n%s\n", _ ("Usage:"), command->words,
                       command->options ? _ (" [OPTION…]") : "", *command->arguments ? " " : "",
                       command->arguments, _ (command->summary));
  if (command->details != NULL)
    rungs_output_printf (output, "\n%s\n", _ (command->details));
  if (command->json != NULL)
    put_json (output, command->json);
  if (command->options != NULL)
    {
      rungs_output_printf (output, "\n%s\n", _ ("Options:"));
      put_options (output, command->options);
    }
  put_global_options (output);
}
