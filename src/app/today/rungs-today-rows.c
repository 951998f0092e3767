/* rungs-today-rows.c: the rows of the page Today. */

#include "rungs-today-rows.h"

#include <glib/gi18n.h>

#include "import/rungs-import-words.h"
#include "insights/rungs-contact-words.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-broadcast-store.h"
#include "mail/rungs-mailbox-store.h"
#include "mail/rungs-return-store.h"
#include "process/rungs-task-store.h"
#include "rungs-page-list.h"
#include "web/rungs-web-pull-store.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

/* Plain text in the title and the subtitle: names that users gave may stand in them. */
static AdwActionRow *
new_row (const char *icon_name,
         const char *style,
         const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle != NULL ? subtitle : "", -1);

  if (style != NULL)
    gtk_widget_add_css_class (icon, style);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
  return ADW_ACTION_ROW (row);
}

/* The whole row leads to what it is about; nothing happens where that page does not exist. */
static void
lead_to (AdwActionRow *row,
         const char   *page,
         const char   *target)
{
  if (rungs_page_list_find (page) == NULL)
    return;
  adw_action_row_add_suffix (row, gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", page, target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-target");
}

static GtkWidget *
add_button (AdwActionRow *row,
            const char   *label)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (row, button);
  return button;
}

static void
add_step (GPtrArray  *rows,
          gboolean    done,
          const char *title,
          const char *subtitle,
          const char *page)
{
  AdwActionRow *row = new_row (done ? "object-select-symbolic" : "rungs-step-symbolic",
                               done ? "success" : NULL, title, subtitle);

  lead_to (row, page, "begin");
  g_ptr_array_add (rows, row);
}

GPtrArray *
rungs_today_step_rows (const RungsToday *today)
{
  GPtrArray *rows = g_ptr_array_new ();
  const RungsExtent *extent = &today->extent;

  if (extent->leads > 0 && extent->products > 0 && extent->sequences > 0)
    return rows;

  add_step (rows, extent->leads > 0, _ ("Bring your leads in"),
            _ ("Import the file that your old program exported. It can be undone whole."), "leads");
  add_step (rows, extent->products > 0, _ ("Put your products on the ladder"),
            _ ("In rising value, with what is offered after what."), "ladder");
  add_step (rows, extent->sequences > 0, _ ("Start a sequence"),
            _ ("Messages and waits that a lead walks through until they buy."), "sequences");
  return rows;
}

static void
add_doubtful (GPtrArray        *rows,
              const RungsToday *today)
{
  gint64 n = today->outbox[RUNGS_OUTBOX_DOUBT];
  g_autofree char *title = g_strdup_printf (
    ngettext ("%d message is in doubt", "%d messages are in doubt", n), (int) n);
  AdwActionRow *row = NULL;

  if (n == 0)
    return;
  row = new_row (
      "dialog-question-symbolic", "warning", title,
      _ ("The line broke in the moment of sending. Sent, or to be tried again? You decide."));
  lead_to (row, "messages", "state:doubt");
  g_ptr_array_add (rows, row);
}

static void
add_address (GPtrArray        *rows,
             const RungsToday *today)
{
  AdwActionRow *row = NULL;

  if (!today->no_address)
    return;
  row = new_row ("dialog-warning-symbolic", "warning", _ ("Your postal address is missing"),
                 _ ("By law it must stand under every message that sells. Enter it in the "
                    "settings."));
  lead_to (row, "settings", "address");
  g_ptr_array_add (rows, row);
}

static void
add_paused (GPtrArray          *rows,
            const RungsAccount *account)
{
  g_autofree char *title = g_strdup_printf (_ ("The account “%s” has stopped sending"),
                                            account->name);
  g_autofree char *target = g_strdup_printf ("account:%" G_GINT64_FORMAT, account->id);
  AdwActionRow *row = NULL;

  if (account->paused_at == 0)
    return;
  row = new_row ("dialog-warning-symbolic", "error", title,
                 rungs_error_stored_words (account->paused_reason));
  lead_to (row, "settings", target);
  g_ptr_array_add (rows, row);
}

static void
add_troubled (GPtrArray          *rows,
              const RungsMailbox *mailbox)
{
  g_autofree char *title = g_strdup_printf (_ ("The mailbox “%s” cannot be read"), mailbox->name);
  AdwActionRow *row = NULL;

  if (*mailbox->trouble == '\0')
    return;
  row = new_row ("dialog-warning-symbolic", "error", title,
                 rungs_error_stored_words (mailbox->trouble));
  lead_to (row, "settings", "accounts");
  g_ptr_array_add (rows, row);
}

/* A provider that does not tell what became of messages. */
static void
add_pull (GPtrArray            *rows,
          const RungsTodayPull *pull)
{
  g_autofree char *title
    = g_strdup_printf (_ ("“%s” does not tell what became of messages"), pull->name);
  g_autofree char *target = g_strdup_printf ("account:%" G_GINT64_FORMAT, pull->account);
  AdwActionRow *row = new_row ("dialog-warning-symbolic", "error", title,
                               rungs_error_stored_words (pull->trouble));

  lead_to (row, "settings", target);
  g_ptr_array_add (rows, row);
}

/* A form or a shop that is asked in vain. */
static void
add_unheard (GPtrArray                 *rows,
             const RungsWebPullTrouble *unheard)
{
  g_autofree char *title
    = g_strdup_printf (_ ("The endpoint “%s” gets no answers"), unheard->name);
  g_autofree char *target = g_strdup_printf ("endpoints:%" G_GINT64_FORMAT, unheard->endpoint);
  AdwActionRow *row = new_row ("dialog-warning-symbolic", "error", title,
                               rungs_error_stored_words (unheard->words));

  lead_to (row, "web", target);
  g_ptr_array_add (rows, row);
}

static void
add_relay (GPtrArray           *rows,
           const RungsWebRelay *relay)
{
  AdwActionRow *row;

  if (relay == NULL || *relay->trouble == '\0')
    return;
  row = new_row ("dialog-warning-symbolic", "error", _ ("The relay cannot be asked"),
                 rungs_error_stored_words (relay->trouble));
  lead_to (row, "settings", "mail");
  g_ptr_array_add (rows, row);
}

static void
add_quarantine (GPtrArray *rows,
                gint64     n)
{
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *title = g_strdup_printf (
    ngettext ("%s delivery waits in quarantine", "%s deliveries wait in quarantine", (gulong) n),
    number);
  AdwActionRow *row;

  if (n == 0)
    return;
  row = new_row ("dialog-warning-symbolic", "warning", title,
                 _ ("A form, a shop or a mail service sent what cannot be believed or understood. "
                    "Each says why."));
  lead_to (row, "web", "deliveries:state:quarantine");
  g_ptr_array_add (rows, row);
}

static void
add_approvals (GPtrArray *rows,
               gint64     n)
{
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *title = g_strdup_printf (
    ngettext ("%s commission waits for approval", "%s commissions wait for approval", (gulong) n),
    number);
  AdwActionRow *row;

  if (n == 0)
    return;
  row = new_row ("rungs-partners-symbolic", NULL, title,
                 _ ("The terms of their programmes want somebody to look at them before they may "
                    "be paid."));
  lead_to (row, "partners", "approvals:");
  g_ptr_array_add (rows, row);
}

static void
add_flagged (GPtrArray        *rows,
             const RungsToday *today)
{
  gint64 n = today->n_flagged;
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *title = g_strdup_printf (
    ngettext ("%s partner has something to look at", "%s partners have something to look at",
              (gulong) n),
    number);
  g_autofree char *target = n == 1 ? g_strdup_printf ("partners:%" G_GINT64_FORMAT, today->flagged)
                                   : g_strdup ("partners:flagged");
  AdwActionRow *row;

  if (n == 0)
    return;
  row = new_row ("dialog-question-symbolic", "warning", title,
                 _ ("Orders that are out of the ordinary, each with why. You decide."));
  lead_to (row, "partners", target);
  g_ptr_array_add (rows, row);
}

/* A broadcast that stopped itself, or whose subjects are too close. */
static void
add_asking (GPtrArray            *rows,
            const RungsBroadcast *broadcast)
{
  gboolean paused = broadcast->state == RUNGS_BROADCAST_PAUSED;
  g_autofree char *title = g_strdup_printf (paused ? _ ("The broadcast “%s” has stopped")
                                                   : _ ("Which subject does “%s” go on with?"),
                                            broadcast->name);
  g_autofree char *why = rungs_broadcast_dup_pause_words (broadcast);
  g_autofree char *target = g_strdup_printf ("broadcast:%" G_GINT64_FORMAT, broadcast->id);
  AdwActionRow *row = new_row (
      "dialog-warning-symbolic", paused ? "error" : "warning", title,
      paused ? why : _ ("They are too close, or too few leads answered, to tell which is better."));

  adw_action_row_set_subtitle_lines (row, 0);
  lead_to (row, "messages", target);
  g_ptr_array_add (rows, row);
}

static void
add_verdict (AdwActionRow *row,
             const char   *label,
             const char   *action,
             gint64        id)
{
  GtkWidget *button = add_button (row, label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

static void
add_unclear (GPtrArray                *rows,
             const RungsReturnUnclear *unclear)
{
  const RungsReturn *read = unclear->read;
  gboolean complaint = read->kind == RUNGS_RETURN_COMPLAINT;
  g_autofree char *title
    = g_strdup_printf (complaint ? _ ("Did %s call your message spam?")
                                 : _ ("Is there no such address as %s?"),
                       *read->recipient != '\0' ? read->recipient : unclear->lead_name);
  g_autofree char *subtitle
    = g_strdup_printf (_ ("A mail says so, but names no message of yours: %s"), read->words);
  AdwActionRow *row = new_row ("dialog-question-symbolic", "warning", title, subtitle);
  g_autofree char *name = g_strdup_printf ("unclear-%" G_GINT64_FORMAT, unclear->id);

  gtk_widget_set_name (GTK_WIDGET (row), name);
  adw_action_row_set_subtitle_lines (row, 2);
  add_verdict (row, _ ("It Is _True"), "today.believe", unclear->id);
  add_verdict (row, _ ("_Forget It"), "today.dismiss", unclear->id);
  g_ptr_array_add (rows, row);
}

static void
add_task (GPtrArray       *rows,
          const RungsTask *task,
          gint64           now)
{
  g_autofree char *due = rungs_display_moment (task->due_at, now);
  g_autofree char *subtitle = *task->lead_name != '\0'
                                ? g_strdup_printf ("%s · %s", task->lead_name, due)
                                : g_strdup (due);
  g_autofree char *target = g_strdup_printf ("lead:%" G_GINT64_FORMAT, task->lead);
  AdwActionRow *row = new_row ("rungs-task-symbolic", task->due_at < now ? "warning" : NULL,
                               task->title, subtitle);
  GtkWidget *button = add_button (row, _ ("_Done"));
  g_autofree char *name = g_strdup_printf ("task-%" G_GINT64_FORMAT, task->id);

  gtk_widget_set_name (GTK_WIDGET (row), name);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", task->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "today.task-done");
  if (task->lead != 0)
    lead_to (row, "leads", target);
  g_ptr_array_add (rows, row);
}

GPtrArray *
rungs_today_waiting_rows (const RungsToday *today,
                          gint64            now)
{
  GPtrArray *rows = g_ptr_array_new ();

  add_doubtful (rows, today);
  add_address (rows, today);
  for (guint i = 0; i < today->accounts->len; i++)
    add_paused (rows, g_ptr_array_index (today->accounts, i));
  for (guint i = 0; i < today->mailboxes->len; i++)
    add_troubled (rows, g_ptr_array_index (today->mailboxes, i));
  for (guint i = 0; i < today->pulls->len; i++)
    add_pull (rows, today->pulls->pdata[i]);
  for (guint i = 0; i < today->unheard->len; i++)
    add_unheard (rows, today->unheard->pdata[i]);
  add_relay (rows, today->relay);
  add_quarantine (rows, today->n_quarantine);
  add_approvals (rows, today->n_approvals);
  add_flagged (rows, today);
  for (guint i = 0; i < today->broadcasts->len; i++)
    add_asking (rows, g_ptr_array_index (today->broadcasts, i));
  for (guint i = 0; i < today->unclear->len; i++)
    add_unclear (rows, g_ptr_array_index (today->unclear, i));
  for (guint i = 0; i < today->tasks->len; i++)
    add_task (rows, g_ptr_array_index (today->tasks, i), now);

  if (today->n_tasks > today->tasks->len)
    {
      gint64 more = today->n_tasks - today->tasks->len;
      g_autofree char *title = g_strdup_printf (
        ngettext ("and %d more task", "and %d more tasks", more), (int) more);

      g_ptr_array_add (rows, new_row ("view-more-horizontal-symbolic", NULL, title, NULL));
    }
  if (rows->len == 0)
    g_ptr_array_add (rows, new_row ("object-select-symbolic", "success",
                                    _ ("Nothing waits for you"), NULL));
  return rows;
}

/* ---- new leads */

static void
add_unseen (GPtrArray *rows,
            gint64     n)
{
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *title = g_strdup_printf (
    ngettext ("%s new lead was not looked at yet", "%s new leads were not looked at yet",
              (gulong) n),
    number);
  AdwActionRow *row;
  GtkWidget *button;

  if (n == 0)
    return;
  row = new_row ("starred-symbolic", "accent", title, NULL);
  button = add_button (row, _ ("_Looked At"));
  gtk_widget_set_tooltip_text (button, _ ("Let All of Them Count as Looked At"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "today.see-leads");
  lead_to (row, "leads", "new");
  g_ptr_array_add (rows, row);
}

static void
add_contact (GPtrArray               *rows,
             const RungsFirstContact *contact,
             gint64                   now)
{
  g_autofree char *words = rungs_contact_dup_words (contact, now);
  g_autofree char *subtitle = *contact->source != '\0'
                                ? g_strdup_printf ("%s · %s", words, contact->source)
                                : g_strdup (words);
  g_autofree char *target = g_strdup_printf ("lead:%" G_GINT64_FORMAT, contact->lead);
  AdwActionRow *row = new_row (contact->is_new ? "starred-symbolic" : "rungs-leads-symbolic",
                               contact->is_new ? "accent" : NULL,
                               *contact->name != '\0' ? contact->name : _ ("Nameless"), subtitle);

  lead_to (row, "leads", target);
  g_ptr_array_add (rows, row);
}

static void
add_more_contacts (GPtrArray        *rows,
                   const RungsToday *today)
{
  gint64 more = today->n_waiting - today->contacts->len;
  g_autofree char *number = rungs_display_number (more);
  g_autofree char *title = g_strdup_printf (
    ngettext ("and %s more lead with whom nobody was in touch yet",
              "and %s more leads with whom nobody was in touch yet", (gulong) more),
    number);

  if (more > 0)
    g_ptr_array_add (rows, new_row ("view-more-horizontal-symbolic", NULL, title, NULL));
}

/* How soon somebody was in touch, of all here and in a window by source. */
static void
add_figures (GPtrArray        *rows,
             const RungsToday *today)
{
  const RungsContactFigures *all = today->figures->pdata[today->figures->len - 1];
  g_autofree char *share = rungs_contact_dup_share (all->within_hour, all->judged);
  g_autofree char *half = rungs_contact_dup_span (all->median);
  g_autofree char *subtitle = NULL;
  AdwActionRow *row;

  if (all->contacted == 0 && today->n_waiting == 0)
    return;
  /* Translators: a share, "71 %" or "5 of 7"; a span of time, "2 h 5 min". */
  subtitle = all->median < 0 ? g_strdup_printf (_ ("Within an hour: %s"), share)
                             : g_strdup_printf (_ ("Within an hour: %s · half of them within %s"),
                                                share, half);
  row = new_row ("document-open-recent-symbolic", NULL, _ ("First contact in the last 30 days"),
                 subtitle);
  adw_action_row_add_suffix (row, gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "today.contact-figures");
  g_ptr_array_add (rows, row);
}

GPtrArray *
rungs_today_lead_rows (const RungsToday *today,
                       gint64            now)
{
  GPtrArray *rows = g_ptr_array_new ();

  add_unseen (rows, today->unseen->len);
  for (guint i = 0; i < today->contacts->len; i++)
    add_contact (rows, today->contacts->pdata[i], now);
  add_more_contacts (rows, today);
  add_figures (rows, today);
  return rows;
}

static AdwActionRow *
import_row (const RungsImportRun *run)
{
  gint64 n = run->leads_created + run->leads_updated + run->leads_unchanged;
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *title
    = g_strdup_printf (ngettext ("%s lead imported", "%s leads imported", (gulong) n), number);
  g_autofree char *words = rungs_import_run_words (run);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", run->file_name, words);
  g_autofree char *target = g_strdup_printf ("import:%" G_GINT64_FORMAT, run->id);
  AdwActionRow *row = new_row ("rungs-leads-symbolic", NULL, title, subtitle);

  lead_to (row, "leads", target);
  return row;
}

GPtrArray *
rungs_today_import_rows (const RungsToday *today)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < today->imports->len; i++)
    g_ptr_array_add (rows, import_row (g_ptr_array_index (today->imports, i)));
  return rows;
}

static char *
describe_outbox (const RungsToday *today,
                 gint64            now)
{
  gint64 n = today->outbox[RUNGS_OUTBOX_PLANNED];
  g_autofree char *number = rungs_display_number (n);
  g_autofree char *planned = NULL;
  g_autofree char *next = NULL;

  if (n == 0)
    return g_strdup (_ ("No message is planned."));
  planned =
      g_strdup_printf (ngettext ("%s message is planned.", "%s messages are planned.", n), number);
  if (today->next_due <= now)
    return g_steal_pointer (&planned);
  next = rungs_display_moment (today->next_due, now);
  /* Translators: "12 messages are planned." and a time: "14:05", "Tomorrow 09:00". */
  return g_strdup_printf (_ ("%s The next leaves: %s"), planned, next);
}

static AdwActionRow *
asking_row (void)
{
  AdwActionRow *row = new_row (
      "dialog-question-symbolic", "warning", _ ("Messages are overdue"),
      _ ("This business was last run on another computer, or a long time ago. Nothing is sent "
         "until you agree: another copy of it may have sent them already."));
  GtkWidget *button = add_button (row, _ ("_Send…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "today.agree");
  return row;
}

static AdwActionRow *
engine_row (const RungsToday *today,
            RungsEngine      *engine,
            gint64            now)
{
  g_autofree char *outbox = describe_outbox (today, now);
  g_autofree char *message = engine != NULL ? rungs_engine_dup_message (engine) : NULL;
  RungsEngineState state = engine != NULL ? rungs_engine_get_state (engine) : RUNGS_ENGINE_STOPPED;

  switch (state)
    {
    case RUNGS_ENGINE_RUNNING:
      return new_row ("rungs-messages-symbolic", NULL, _ ("Messages leave by themselves"), outbox);
    case RUNGS_ENGINE_HELD:
      return new_row ("changes-prevent-symbolic", NULL, _ ("Another program sends the messages"),
                      message != NULL ? message : outbox);
    case RUNGS_ENGINE_ASKING:
      return asking_row ();
    case RUNGS_ENGINE_TROUBLE:
      return new_row ("dialog-warning-symbolic", "error",
                      _ ("Sending has stopped; it is tried again in a minute"), message);
    case RUNGS_ENGINE_STOPPED:
    default:
      return new_row ("media-playback-pause-symbolic", NULL, _ ("Nothing is sent just now"),
                      outbox);
    }
}

static AdwActionRow *
account_row (const RungsAccount *account)
{
  g_autofree char *title = NULL;
  AdwActionRow *row = NULL;

  if (account->kind == RUNGS_ACCOUNT_PRACTICE)
    {
      row = new_row (
          "folder-symbolic", NULL, _ ("Practice: no message leaves this computer"),
          _ ("Messages are written into the practice folder until you add a mail account."));
      lead_to (row, "settings", "accounts");
      return row;
    }
  title = g_strdup_printf (_ ("By the account “%s”"), account->name);
  row = new_row ("mail-send-symbolic", NULL, title, account->from_email);
  lead_to (row, "settings", "accounts");
  return row;
}

GPtrArray *
rungs_today_sending_rows (const RungsToday *today,
                          RungsEngine      *engine,
                          gint64            now)
{
  GPtrArray *rows = g_ptr_array_new ();
  AdwActionRow *row = engine_row (today, engine, now);

  if (gtk_actionable_get_action_name (GTK_ACTIONABLE (row)) == NULL
      && today->outbox[RUNGS_OUTBOX_PLANNED] > 0)
    lead_to (row, "messages", "state:planned");
  g_ptr_array_add (rows, row);
  if (today->accounts->len > 0)
    g_ptr_array_add (rows, account_row (g_ptr_array_index (today->accounts, 0)));
  return rows;
}
