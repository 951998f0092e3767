/* rungs-approvals-ask.c: many commissions are approved, or put back on hold, when their sum
 * was seen. */

#include "rungs-approvals-ask.h"

#include <glib/gi18n.h>

#include "compat/rungs-question.h"
#include "rungs-page-opening.h"
#include "widgets/rungs-display.h"

void
rungs_approvals_do (RungsPage *page,
                    GArray    *lines,
                    gboolean   approve)
{
  g_autofree char *number = rungs_display_number (lines->len);
  g_autofree char *done
      = approve ? g_strdup_printf (ngettext ("%s commission is approved",
                                             "%s commissions are approved", lines->len),
                                   number)
                : g_strdup_printf (ngettext ("%s commission is on hold",
                                             "%s commissions are on hold", lines->len),
                                   number);
  const RungsPageWork work
      = { .func = approve ? rungs_approvals_do_approve : rungs_approvals_do_hold,
          .data = g_array_ref (lines),
          .data_free = (GDestroyNotify) g_array_unref,
          .done = done,
          .failed = _ ("The Commissions Could Not Be Changed") };
  const RungsPageWork undo
      = { .func = approve ? rungs_approvals_do_hold : rungs_approvals_do_approve,
          .data = lines,
          .data_free = (GDestroyNotify) g_array_unref,
          .done = _ ("The commissions are as they were"),
          .failed = _ ("It Could Not Be Undone") };

  rungs_page_do (page, &work, &undo);
}

/* What is done when the question is answered. */
typedef struct
{
  RungsPage *page;          /* (owned) */
  RungsApprovalsPlan *plan; /* (owned) */
} Asked;

static void
answered_cb (gboolean agreed,
             gpointer data)
{
  Asked *asked = data;

  if (agreed)
    rungs_approvals_do (asked->page, g_array_ref (asked->plan->lines), asked->plan->approve);
  g_object_unref (asked->page);
  rungs_approvals_plan_free (asked->plan);
  g_free (asked);
}

static char *
sum_words (GArray *sums)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < sums->len; i++)
    {
      g_autofree char *money = rungs_display_money (g_array_index (sums, RungsMoney, i));

      g_string_append_printf (words, "%s%s", i > 0 ? " + " : "", money);
    }
  return g_strdup (words->str);
}

static void
ask (RungsPage *page,
     GtkWindow *parent,
     gpointer   data)
{
  RungsApprovalsPlan *plan = data;
  Asked *asked = NULL;
  guint n = plan->lines->len;
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *sum = sum_words (plan->sums);
  g_autofree char *heading
      = g_strdup_printf (plan->approve ? _ ("Approve %s?") : _ ("Put %s Back on Hold?"), sum);
  g_autofree char *body
      = plan->approve
            ? g_strdup_printf (ngettext ("%s commission may then be paid, as soon as it is held no "
                                         "more.",
                                         "%s commissions may then be paid, as soon as they are "
                                         "held no more.",
                                         n),
                               number)
            : g_strdup_printf (ngettext ("%s commission is not paid until somebody approves it.",
                                         "%s commissions are not paid until somebody approves "
                                         "them.",
                                         n),
                               number);

  if (n == 0)
    {
      rungs_page_notify (page, _ ("Nothing waits for approval"));
      rungs_approvals_plan_free (plan);
      return;
    }
  asked = g_new0 (Asked, 1);
  *asked = (Asked){ g_object_ref (page), plan };
  rungs_question_ask (GTK_WIDGET (page), heading, body,
                      plan->approve ? _ ("_Approve") : _ ("_Put on Hold"), RUNGS_QUESTION_PLAIN,
                      answered_cb, asked);
}

void
rungs_approvals_ask (RungsPage          *page,
                     RungsApprovalsPlan *plan)
{
  g_return_if_fail (RUNGS_IS_PAGE (page) && plan != NULL);

  rungs_page_open_with (page, rungs_approvals_load_plan, plan, rungs_approvals_plan_free, ask);
}
