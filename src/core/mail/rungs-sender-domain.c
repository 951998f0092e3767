/* rungs-sender-domain.c: what the name servers say about a domain that mail comes from.
 *
 * The name under which a DKIM key lies is the provider's choice, and stands only in signed mail. So
 * those that the large providers use are tried, all at once. */

#include "mail/rungs-sender-domain.h"

#include <string.h>

static const char *const SELECTORS[] = {
  "default", "dkim", "mail", "google", "selector1", "selector2", "s1", "s2", "k1", "k2", "k3",
  "mx", "smtp", "fm1", "mandrill", "mailjet", "pm", "brevo1", "resend", "zoho", "protonmail",
};

/* A question: whether a text at `name` begins with `prefix`; NULL: whether it holds a key, which
 * need not say what it is. */
typedef struct
{
  char *name;
  const char *prefix; /* (nullable) */
  RungsDomainAnswer answer;
} Question;

static void
question_clear (gpointer data)
{
  g_free (((Question *) data)->name);
}

void
rungs_sender_domain_free (RungsSenderDomain *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self);
}

static void
add_question (GArray     *questions,
              char       *name,
              const char *prefix)
{
  const Question question = { name, prefix, RUNGS_DOMAIN_NOT_ASKED };

  g_array_append_val (questions, question);
}

/* Whether a record, whose strings belong together, is what is asked for. */
static gboolean
is_answer (GVariant   *record,
           const char *prefix)
{
  g_autofree const char **strings = NULL;
  g_autofree char *text = NULL;

  g_variant_get (record, "(^a&s)", &strings);
  text = g_strjoinv ("", (char **) strings);
  if (prefix == NULL)
    return strstr (text, "p=") != NULL;
  return g_ascii_strncasecmp (text, prefix, strlen (prefix)) == 0;
}

typedef struct
{
  GMainLoop *loop;
  guint pending;
} Waiting;

typedef struct
{
  Question *question;
  Waiting *waiting;
} Asked;

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autofree Asked *asked = data;
  g_autoptr (GError) error = NULL;
  GList *records = g_resolver_lookup_records_finish (G_RESOLVER (source), result, &error);

  if (records != NULL || g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    asked->question->answer = RUNGS_DOMAIN_LACKS;
  for (GList *record = records; record != NULL; record = record->next)
    if (is_answer (record->data, asked->question->prefix))
      asked->question->answer = RUNGS_DOMAIN_HAS;
  g_list_free_full (records, (GDestroyNotify) g_variant_unref);
  if (--asked->waiting->pending == 0)
    g_main_loop_quit (asked->waiting->loop);
}

static gboolean
time_is_over_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

/* Cancelling answers what is still open. */
static void
ask_all (GResolver *resolver,
         GArray    *questions,
         guint      seconds)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GSource) limit = g_timeout_source_new_seconds (seconds);
  Waiting waiting = { loop, questions->len };

  g_main_context_push_thread_default (context);
  g_source_set_callback (limit, time_is_over_cb, cancellable, NULL);
  g_source_attach (limit, context);
  for (guint i = 0; i < questions->len; i++)
    {
      Asked *asked = g_new0 (Asked, 1);

      asked->question = &g_array_index (questions, Question, i);
      asked->waiting = &waiting;
      g_resolver_lookup_records_async (resolver, asked->question->name, G_RESOLVER_RECORD_TXT,
                                       cancellable, answered_cb, asked);
    }
  g_main_loop_run (loop);
  g_source_destroy (limit);
  g_main_context_pop_thread_default (context);
}

/* The best of the answers from the n-th on. */
static RungsDomainAnswer
best_of (GArray *questions,
         guint   first)
{
  RungsDomainAnswer best = RUNGS_DOMAIN_NOT_ASKED;

  for (guint i = first; i < questions->len; i++)
    best = MAX (best, g_array_index (questions, Question, i).answer);
  return best;
}

RungsSenderDomain *
rungs_sender_domain_ask_of (GResolver  *resolver,
                            const char *domain,
                            guint       seconds)
{
  g_autoptr (GArray) questions = g_array_new (FALSE, FALSE, sizeof (Question));
  RungsSenderDomain *self = g_new0 (RungsSenderDomain, 1);

  g_return_val_if_fail (G_IS_RESOLVER (resolver) && domain != NULL, NULL);

  g_array_set_clear_func (questions, question_clear);
  add_question (questions, g_strdup (domain), "v=spf1");
  add_question (questions, g_strconcat ("_dmarc.", domain, NULL), "v=DMARC1");
  for (guint i = 0; i < G_N_ELEMENTS (SELECTORS); i++)
    add_question (questions, g_strconcat (SELECTORS[i], "._domainkey.", domain, NULL), NULL);
  ask_all (resolver, questions, seconds);
  self->name = g_strdup (domain);
  self->spf = g_array_index (questions, Question, 0).answer;
  self->dmarc = g_array_index (questions, Question, 1).answer;
  self->dkim = best_of (questions, 2);
  return self;
}

RungsSenderDomain *
rungs_sender_domain_ask (const char *domain,
                         guint       seconds)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  return rungs_sender_domain_ask_of (resolver, domain, seconds);
}
