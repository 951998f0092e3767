/* rungs-privacy-window.c: all that is known of a person, to be read and saved; and to be erased.
 *
 * Before somebody is erased it is said what stays, which texts about others change, and which
 * copies still hold the person until when. It cannot be undone, so the page's offer to take back
 * something earlier ends with it: that might bring a part of the person back. */

#include "rungs-privacy-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "compat/rungs-question.h"
#include "db/rungs-backup.h"
#include "leads/rungs-erasure-mention-store.h"
#include "leads/rungs-erasure-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-privacy-rows.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-file-save.h"

#define MOST_SAMPLES 3
#define SAMPLE_LENGTH 80

struct _RungsPrivacyWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkWidget *save_button;
  GtkStack *stack;
  GtkBox *sections;

  RungsPage *page;            /* (owned) (nullable): the one it stands over */
  gint64 lead;
  RungsPrivacyReport *report; /* (owned) (nullable) */
  GtkEditable *reason;        /* (owned) (nullable): who asked, while it is asked */
};

G_DEFINE_FINAL_TYPE (RungsPrivacyWindow, rungs_privacy_window, ADW_TYPE_WINDOW)

static RungsStore *
store_of (RungsPrivacyWindow *self)
{
  return self->page != NULL ? rungs_page_get_store (self->page) : NULL;
}

/* ---- saving */

static void
saved_cb (GtkWidget *widget)
{
  RungsPage *page = RUNGS_PRIVACY_WINDOW (widget)->page;

  if (page != NULL)
    rungs_page_notify (page, _ ("The page is saved"));
}

static void
save_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  RungsPrivacyWindow *self = RUNGS_PRIVACY_WINDOW (widget);
  gboolean is_json = g_str_equal (action, "privacy.save-json");
  g_autofree char *name = g_strdup_printf ("lead-%" G_GINT64_FORMAT "%s", self->lead,
                                           is_json ? ".json" : ".html");

  if (self->report != NULL)
    rungs_file_save (widget,
                     &(RungsFileSave) {
                         .title = _ ("Save What Is Known"),
                         .proposed = name,
                         .text = is_json ? rungs_privacy_report_to_json (self->report)
                                         : rungs_privacy_report_to_html (self->report),
                         .flags = G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                         .failed = _ ("The Page Could Not Be Saved"),
                         .done = saved_cb,
                     });
}

/* ---- erasing */

/* What is read before it is asked. */
typedef struct
{
  RungsErasurePreview *preview;
  gint64 known_since;
  GPtrArray *copies;
} Warning;

static void
warning_free (gpointer data)
{
  Warning *warning = data;

  g_clear_pointer (&warning->preview, rungs_erasure_preview_free);
  g_clear_pointer (&warning->copies, g_ptr_array_unref);
  g_free (warning);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Warning, warning_free)

/* On a reading thread of the store. */
static gpointer
load_warning (RungsDb      *db,
              gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  gint64 lead = *(gint64 *) data;
  g_autoptr (RungsLead) stored = rungs_lead_load (db, lead, error);
  g_autoptr (Warning) warning = g_new0 (Warning, 1);

  if (stored == NULL || !(warning->preview = rungs_erasure_preview (db, lead, error)))
    return NULL;
  warning->known_since = stored->created_at;
  warning->copies = rungs_backup_list_copies (rungs_db_get_path (db), rungs_display_now ());
  return g_steal_pointer (&warning);
}

static void
append_mentions (GString         *words,
                 const GPtrArray *mentions)
{
  if (mentions->len == 0)
    return;
  g_string_append_printf (
      words,
      ngettext ("\n\n%u text about others names the person, and will say “[…]” instead:",
                "\n\n%u texts about others name the person, and will say “[…]” instead:",
                mentions->len),
      mentions->len);
  for (guint i = 0; i < MIN (mentions->len, MOST_SAMPLES); i++)
    {
      const RungsErasureMention *mention = g_ptr_array_index (mentions, i);
      g_autofree char *start = g_utf8_substring (
          mention->after, 0, MIN (SAMPLE_LENGTH, g_utf8_strlen (mention->after, -1)));

      g_string_append_printf (words, "\n• %s", g_strdelimit (start, "\n", ' '));
    }
}

/* What only the owner can decide about. */
static void
append_kept (GString         *words,
             const GPtrArray *kept)
{
  if (kept->len == 0)
    return;
  g_string_append_printf (
      words,
      ngettext ("\n\n%u text names the person and is not changed; look at it yourself:",
                "\n\n%u texts name the person and are not changed; look at them yourself:",
                kept->len),
      kept->len);
  for (guint i = 0; i < MIN (kept->len, MOST_SAMPLES); i++)
    {
      const RungsErasureMention *mention = g_ptr_array_index (kept, i);
      const char *name = mention->before;

      g_string_append (words, "\n• ");
      if (g_str_equal (mention->place, "message"))
        g_string_append_printf (words, _ ("the message “%s”"), name);
      else if (g_str_equal (mention->place, "sequence"))
        g_string_append_printf (words, _ ("the sequence “%s”"), name);
      else if (g_str_equal (mention->place, "sales_letter"))
        g_string_append_printf (words, _ ("the sales letter “%s”"), name);
      else
        g_string_append_printf (words, _ ("what %s agreed to"), name);
    }
}

static void
append_copies (GString       *words,
               const Warning *warning)
{
  guint held = 0;
  gint64 until = 0;
  gboolean for_ever = FALSE;
  g_autofree char *day = NULL;

  for (guint i = 0; i < warning->copies->len; i++)
    {
      const RungsBackupCopy *copy = g_ptr_array_index (warning->copies, i);

      if (copy->written_at < warning->known_since)
        continue;
      held++;
      until = MAX (until, copy->kept_until);
      for_ever |= copy->kept_until == 0;
    }
  if (held == 0)
    return;
  day = rungs_display_day (until);
  g_string_append (words, "\n\n");
  if (for_ever)
    g_string_append_printf (
        words,
        ngettext ("%u backup still holds the person, until you remove it.",
                  "%u backups still hold the person, one until you remove it.", held), held);
  else
    g_string_append_printf (words,
                            ngettext ("%u backup still holds the person, until %s.",
                                      "%u backups still hold the person, the last until %s.",
                                      held),
                            held, day);
}

static char *
describe_warning (const Warning *warning)
{
  g_autoptr (GString) words = g_string_new (
      _ ("Everything that is known of this person goes, for ever. Of the address only a salted"
         " hash stays, so that no import brings it back."));

  if (warning->preview->orders > 0)
    g_string_append_printf (
        words,
        ngettext ("\n\n%u order stays for the books, without a name.",
                  "\n\n%u orders stay for the books, without a name.",
                  (guint) warning->preview->orders),
        (guint) warning->preview->orders);
  append_mentions (words, warning->preview->mentions);
  append_kept (words, warning->preview->kept);
  append_copies (words, warning);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Who is erased, and why. */
typedef struct
{
  gint64 lead;
  char *reason; /* (owned) */
} Erasing;

static void
erasing_free (gpointer data)
{
  Erasing *erasing = data;

  g_free (erasing->reason);
  g_free (erasing);
}

/* On the store's writing thread. */
static gpointer
erase (RungsDb      *db,
       gpointer      data,
       GCancellable *cancellable,
       GError      **error)
{
  const Erasing *erasing = data;

  return rungs_lead_erase (db, erasing->lead, erasing->reason, rungs_display_now (), error);
}

static void
erased_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsPrivacyWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsErasure) erasure = rungs_store_write_finish (RUNGS_STORE (source), result,
                                                               &error);

  if (erasure == NULL)
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "privacy.erase", TRUE);
      rungs_error_tell (GTK_WIDGET (self), _ ("The Person Could Not Be Erased"), error);
      return;
    }
  if (self->page != NULL)
    {
      rungs_page_end_undo (self->page);
      rungs_page_notify_of (self->page,
                            _ ("The person is erased; the last traces are being removed"),
                            "settings", "erased");
    }
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
answered_cb (gboolean agreed,
             gpointer data)
{
  RungsPrivacyWindow *self = data;
  RungsStore *store = store_of (self);
  g_autoptr (GtkEditable) reason = g_steal_pointer (&self->reason);
  Erasing *erasing;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "privacy.erase", !agreed);
  if (!agreed || store == NULL)
    return;
  erasing = g_new0 (Erasing, 1);
  erasing->lead = self->lead;
  erasing->reason = g_strdup (reason != NULL ? gtk_editable_get_text (reason) : "");
  rungs_store_write_async (store, erase, erasing, erasing_free,
                           (GDestroyNotify) rungs_erasure_free, NULL, erased_cb,
                           g_object_ref (self));
}

/* Who asked for it, for the register: an authority may want to know. */
static GtkWidget *
new_reason (RungsPrivacyWindow *self)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Who asked, and when; without a name"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reason"), -1);
  g_set_object (&self->reason, GTK_EDITABLE (entry));
  return entry;
}

static void
warning_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (RungsPrivacyWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Warning) warning = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  if (self->page == NULL)
    return;
  if (warning == NULL)
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "privacy.erase", TRUE);
      rungs_error_tell (GTK_WIDGET (self), _ ("The Person Could Not Be Erased"), error);
      return;
    }
  /* Translators: %s is the name of a person. */
  heading = g_strdup_printf (_ ("Erase %s?"), self->report->title);
  body = describe_warning (warning);
  rungs_question_ask_with (GTK_WIDGET (self), heading, body, new_reason (self),
                           _ ("_Erase for Ever"), RUNGS_QUESTION_DESTRUCTIVE, answered_cb, self);
}

static void
erase_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  RungsPrivacyWindow *self = RUNGS_PRIVACY_WINDOW (widget);
  RungsStore *store = store_of (self);

  if (store == NULL)
    return;
  gtk_widget_action_set_enabled (widget, "privacy.erase", FALSE);
  rungs_store_read_async (store, load_warning, g_memdup2 (&self->lead, sizeof self->lead), g_free,
                          warning_free, NULL, warning_loaded_cb, g_object_ref (self));
}

/* ---- showing */

/* On a reading thread of the store. */
static gpointer
load_report (RungsDb      *db,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  return rungs_privacy_report_load (db, *(gint64 *) data, rungs_display_now (), error);
}

static void
report_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (RungsPrivacyWindow) self = data;
  g_autoptr (GError) error = NULL;
  RungsPrivacyReport *report = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (report == NULL)
    {
      rungs_error_tell (GTK_WIDGET (self), _ ("What Is Known Could Not Be Read"), error);
      return;
    }
  self->report = report;
  adw_window_title_set_subtitle (self->title, report->title);
  for (guint i = 0; i < report->sections->len; i++)
    gtk_box_append (self->sections,
                    rungs_privacy_rows_new (g_ptr_array_index (report->sections, i)));
  gtk_widget_set_sensitive (self->save_button, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "privacy.erase", TRUE);
  gtk_stack_set_visible_child_name (self->stack, "known");
}

static void
rungs_privacy_window_dispose (GObject *object)
{
  g_clear_object (&RUNGS_PRIVACY_WINDOW (object)->page);
  g_clear_object (&RUNGS_PRIVACY_WINDOW (object)->reason);

  G_OBJECT_CLASS (rungs_privacy_window_parent_class)->dispose (object);
}

static void
rungs_privacy_window_finalize (GObject *object)
{
  g_clear_pointer (&RUNGS_PRIVACY_WINDOW (object)->report, rungs_privacy_report_free);

  G_OBJECT_CLASS (rungs_privacy_window_parent_class)->finalize (object);
}

static void
rungs_privacy_window_class_init (RungsPrivacyWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_privacy_window_dispose;
  object_class->finalize = rungs_privacy_window_finalize;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_install_action (widget_class, "privacy.save-page", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "privacy.save-json", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "privacy.erase", NULL, erase_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/leads/rungs-privacy-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsPrivacyWindow, title);
  gtk_widget_class_bind_template_child (widget_class, RungsPrivacyWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, RungsPrivacyWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsPrivacyWindow, sections);
}

static void
rungs_privacy_window_init (RungsPrivacyWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "privacy.erase", FALSE);
}

void
rungs_privacy_open (RungsPage *page,
                    gint64     lead)
{
  RungsPrivacyWindow *self;

  g_return_if_fail (RUNGS_IS_PAGE (page));

  if (rungs_page_get_store (page) == NULL)
    return;
  self = g_object_new (RUNGS_TYPE_PRIVACY_WINDOW, "transient-for",
                       gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  self->page = g_object_ref (page);
  self->lead = lead;
  rungs_store_read_async (rungs_page_get_store (page), load_report,
                          g_memdup2 (&lead, sizeof lead), g_free,
                          (GDestroyNotify) rungs_privacy_report_free, NULL, report_loaded_cb,
                          g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}
