/* rungs-message-check.c: what is wrong with a message, before anybody gets it. */

#include "mail/rungs-message-check.h"

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-block.h"
#include "mail/rungs-composer.h"
#include "mail/rungs-markdown.h"
#include "mail/rungs-merge-data.h"
#include "mail/rungs-message-body.h"
#include "mail/rungs-message-insets.h"
#include "mail/rungs-picture.h"

#define LONGEST_SUBJECT 78
#define HEAVIEST_PICTURES (1000 * 1000) /* bytes */

/* When an example is merged: a day like any other. */
#define EXAMPLE_NOW (20000 * RUNGS_DAY + 9 * RUNGS_HOUR)

void
rungs_message_problem_free (RungsMessageProblem *self)
{
  g_free (self->detail);
  g_free (self);
}

const char *
rungs_message_problem_code_to_text (RungsMessageProblemCode code)
{
  static const char *const TEXTS[] = {
    [RUNGS_MESSAGE_PROBLEM_NO_NAME] = "no-name",
    [RUNGS_MESSAGE_PROBLEM_NO_PURPOSE] = "no-purpose",
    [RUNGS_MESSAGE_PROBLEM_NO_VALUE] = "no-value",
    [RUNGS_MESSAGE_PROBLEM_NO_SUBJECT] = "no-subject",
    [RUNGS_MESSAGE_PROBLEM_NO_TEXT] = "no-text",
    [RUNGS_MESSAGE_PROBLEM_TEMPLATE] = "template",
    [RUNGS_MESSAGE_PROBLEM_NO_ALT] = "no-alt",
    [RUNGS_MESSAGE_PROBLEM_TOO_LARGE] = "too-large",
    [RUNGS_MESSAGE_PROBLEM_VARIABLE] = "variable",
    [RUNGS_MESSAGE_PROBLEM_NO_PREVIEW] = "no-preview",
    [RUNGS_MESSAGE_PROBLEM_LONG_SUBJECT] = "long-subject",
    [RUNGS_MESSAGE_PROBLEM_HTML] = "html",
    [RUNGS_MESSAGE_PROBLEM_NO_ADDRESS] = "no-address",
    [RUNGS_MESSAGE_PROBLEM_NO_LETTER] = "no-letter",
    [RUNGS_MESSAGE_PROBLEM_NO_SIGNATURE] = "no-signature",
    [RUNGS_MESSAGE_PROBLEM_HEAVY] = "heavy",
  };

  g_return_val_if_fail (code < G_N_ELEMENTS (TEXTS), "");

  return TEXTS[code];
}

static void
add (GPtrArray               *problems,
     RungsMessageProblemCode  code,
     const char              *detail)
{
  RungsMessageProblem *problem = g_new0 (RungsMessageProblem, 1);

  problem->code = code;
  problem->is_error = code <= RUNGS_MESSAGE_PROBLEM_TOO_LARGE;
  problem->detail = g_strdup (detail);
  g_ptr_array_add (problems, problem);
}

static void
add_size (GPtrArray               *problems,
          RungsMessageProblemCode  code,
          gsize                    bytes)
{
  g_autofree char *kilobytes = g_strdup_printf ("%" G_GSIZE_FORMAT, (bytes + 999) / 1000);

  add (problems, code, kilobytes);
}

static gboolean
is_blank (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return *text == '\0';
}

/* What must be there is not. */
static void
check_gaps (GPtrArray          *problems,
            const RungsMessage *message,
            const char         *text)
{
  const struct
  {
    const char *text;
    RungsMessageProblemCode code;
  } needed[] = {
    { message->name, RUNGS_MESSAGE_PROBLEM_NO_NAME },
    { message->purpose, RUNGS_MESSAGE_PROBLEM_NO_PURPOSE },
    { message->value, RUNGS_MESSAGE_PROBLEM_NO_VALUE },
    { message->subject, RUNGS_MESSAGE_PROBLEM_NO_SUBJECT },
    { text, RUNGS_MESSAGE_PROBLEM_NO_TEXT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (needed[i].text != NULL && is_blank (needed[i].text))
      add (problems, needed[i].code, "");
}

static gboolean
check_variables (GPtrArray             *problems,
                 RungsMessageTemplate  *template,
                 RungsDb               *db,
                 GError               **error)
{
  g_autoptr (GPtrArray) variables = rungs_message_template_list_variables (template);

  for (guint i = 0; i < variables->len; i++)
    {
      const RungsLiquidVariable *variable = g_ptr_array_index (variables, i);
      gboolean knows;

      if (!rungs_merge_data_knows (db, variable->path, &knows, error))
        return FALSE;
      if (!knows)
        add (problems, RUNGS_MESSAGE_PROBLEM_VARIABLE, variable->path);
    }
  return TRUE;
}

/* ---- blocks */

typedef struct
{
  GPtrArray *problems;
  gboolean has_signature; /* the business */
  GString *markdown;      /* of the texts */
} Walk;

static void
check_block (const RungsBlock *block,
             const char       *name,
             gpointer          data)
{
  Walk *walk = data;

  if (block->type == RUNGS_BLOCK_PICTURE && !block->decorative && is_blank (block->alt))
    add (walk->problems, RUNGS_MESSAGE_PROBLEM_NO_ALT, name);
  if (block->type == RUNGS_BLOCK_SIGNATURE && !walk->has_signature)
    add (walk->problems, RUNGS_MESSAGE_PROBLEM_NO_SIGNATURE, name);
  if (block->type != RUNGS_BLOCK_BUTTON)
    g_string_append_printf (walk->markdown, "%s\n\n", block->text);
}

static void
check_blocks (GPtrArray           *problems,
              const RungsMessage  *message,
              const RungsBusiness *business)
{
  g_autoptr (GPtrArray) blocks = rungs_blocks_parse (message->blocks, NULL);
  g_autoptr (GString) markdown = g_string_new (NULL);
  Walk walk = { problems, !is_blank (business->signature), markdown };

  if (blocks == NULL)
    return;
  rungs_blocks_foreach (blocks, check_block, &walk);
  if (rungs_markdown_has_html (markdown->str))
    add (problems, RUNGS_MESSAGE_PROBLEM_HTML, "");
}

/* What products and pictures there are is seen when it is merged. */
static gboolean
check_insets (GPtrArray             *problems,
              RungsMessageTemplate  *template,
              RungsDb               *db,
              GError               **error)
{
  g_auto (RungsMessageInsets)
    insets = { NULL };
  gsize size = 0;

  if (!rungs_message_insets_load (db, template, NULL, FALSE, &insets, error))
    return FALSE;
  for (guint i = 0; i < insets.products->len; i++)
    {
      const RungsMessageProduct *product = g_ptr_array_index (insets.products, i);

      if (*product->link == '\0')
        add (problems, RUNGS_MESSAGE_PROBLEM_NO_LETTER, product->sku);
    }
  for (guint i = 0; i < insets.pictures->len; i++)
    size += ((const RungsPicture *) g_ptr_array_index (insets.pictures, i))->size;
  if (size > HEAVIEST_PICTURES)
    add_size (problems, RUNGS_MESSAGE_PROBLEM_HEAVY, size);
  return TRUE;
}

/* Merges it with an invented lead of whom everything is known. */
static gboolean
check_example (GPtrArray           *problems,
               const RungsMessage  *message,
               RungsDb             *db,
               GError             **error)
{
  g_auto (RungsMessageContent)
    content = { NULL };
  g_autoptr (GError) wrong = NULL;

  if (!rungs_composer_preview_message (db, message, 0, 0, EXAMPLE_NOW, &content, &wrong))
    {
      if (!g_error_matches (wrong, RUNGS_ERROR, RUNGS_ERROR_INVALID))
        {
          g_propagate_error (error, g_steal_pointer (&wrong));
          return FALSE;
        }
      add (problems, RUNGS_MESSAGE_PROBLEM_TEMPLATE, wrong->message);
      return TRUE;
    }
  if (g_utf8_strlen (content.subject, -1) > LONGEST_SUBJECT)
    add (problems, RUNGS_MESSAGE_PROBLEM_LONG_SUBJECT, content.subject);
  if (content.html_size > RUNGS_MESSAGE_MAX_HTML)
    add_size (problems, RUNGS_MESSAGE_PROBLEM_TOO_LARGE, content.html_size);
  return TRUE;
}

static gboolean
check_business (GPtrArray           *problems,
                const RungsMessage  *message,
                RungsDb             *db,
                GError             **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  if (business == NULL)
    return FALSE;
  if (message->marketing && is_blank (business->address))
    add (problems, RUNGS_MESSAGE_PROBLEM_NO_ADDRESS, "");
  check_blocks (problems, message, business);
  return TRUE;
}

static int
compare_problems (gconstpointer a,
                  gconstpointer b)
{
  const RungsMessageProblem *x = *(const RungsMessageProblem *const *) a;
  const RungsMessageProblem *y = *(const RungsMessageProblem *const *) b;

  return x->code < y->code ? -1 : x->code > y->code;
}

GPtrArray *
rungs_message_check (RungsDb             *db,
                     const RungsMessage  *message,
                     GError             **error)
{
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_message_problem_free);
  g_autoptr (RungsMessageTemplate) template = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) wrong = NULL;

  g_return_val_if_fail (db != NULL && message != NULL, NULL);

  text = rungs_message_text_from_blocks (message->blocks, NULL);
  check_gaps (problems, message, text);
  template =
      rungs_message_template_new (message->subject, message->preview, message->blocks, &wrong);
  if (template == NULL)
    add (problems, RUNGS_MESSAGE_PROBLEM_TEMPLATE, wrong->message);
  else if (!check_variables (problems, template, db, error)
           || !check_insets (problems, template, db, error)
           || (!is_blank (message->subject) && !check_example (problems, message, db, error)))
    return NULL;

  if (is_blank (message->preview))
    add (problems, RUNGS_MESSAGE_PROBLEM_NO_PREVIEW, "");
  if (!check_business (problems, message, db, error))
    return NULL;
  g_ptr_array_sort (problems, compare_problems); /* errors have the lower codes; is stable */
  return g_steal_pointer (&problems);
}
