/* rungs-question.c: asks one question over a window, with what this version of libadwaita has for
 * it. */

#include "rungs-question.h"

#include <glib/gi18n.h>

/* The two dialogs differ only in their names and in how they are put on the screen. */
#if ADW_CHECK_VERSION(1, 5, 0)
typedef AdwAlertDialog Dialog;
#define dialog_add_response adw_alert_dialog_add_response
#define dialog_set_appearance adw_alert_dialog_set_response_appearance
#define dialog_set_default adw_alert_dialog_set_default_response
#define dialog_set_close adw_alert_dialog_set_close_response
#define dialog_set_extra adw_alert_dialog_set_extra_child

static Dialog *
new_dialog (GtkWidget  *parent,
            const char *heading,
            const char *body)
{
  return ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));
}

static void
show_dialog (Dialog    *dialog,
             GtkWidget *parent)
{
  adw_dialog_present (ADW_DIALOG (dialog), parent);
}
#else
typedef AdwMessageDialog Dialog;
#define dialog_add_response adw_message_dialog_add_response
#define dialog_set_appearance adw_message_dialog_set_response_appearance
#define dialog_set_default adw_message_dialog_set_default_response
#define dialog_set_close adw_message_dialog_set_close_response
#define dialog_set_extra adw_message_dialog_set_extra_child

static Dialog *
new_dialog (GtkWidget  *parent,
            const char *heading,
            const char *body)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWindow *window = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;

  return ADW_MESSAGE_DIALOG (adw_message_dialog_new (window, heading, body));
}

static void
show_dialog (Dialog    *dialog,
             GtkWidget *parent)
{
  gtk_window_present (GTK_WINDOW (dialog));
}
#endif

typedef struct
{
  RungsQuestionFunc answered;
  gpointer data;
} Question;

static void
response_cb (Dialog     *dialog,
             const char *response,
             Question   *question)
{
  question->answered (g_str_equal (response, "agree"), question->data);
}

static void
copy_cb (Dialog     *dialog,
         const char *response,
         char       *details)
{
  if (g_str_equal (response, "copy"))
    gdk_clipboard_set_text (gdk_display_get_clipboard (gdk_display_get_default ()), details);
}

static void
free_closure_data (gpointer  data,
                   GClosure *closure)
{
  g_free (data);
}

void
rungs_question_ask (GtkWidget         *parent,
                    const char        *heading,
                    const char        *body,
                    const char        *agree,
                    RungsQuestionKind  kind,
                    RungsQuestionFunc  answered,
                    gpointer           data)
{
  rungs_question_ask_with (parent, heading, body, NULL, agree, kind, answered, data);
}

void
rungs_question_ask_with (GtkWidget         *parent,
                         const char        *heading,
                         const char        *body,
                         GtkWidget         *extra,
                         const char        *agree,
                         RungsQuestionKind  kind,
                         RungsQuestionFunc  answered,
                         gpointer           data)
{
  Dialog *dialog = new_dialog (parent, heading, body);
  gboolean destructive = kind == RUNGS_QUESTION_DESTRUCTIVE;
  Question *question = g_new (Question, 1);

  *question = (Question) { .answered = answered, .data = data };
  dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  dialog_add_response (dialog, "agree", agree);
  dialog_set_appearance (dialog, "agree",
                         destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  dialog_set_default (dialog, destructive ? "cancel" : "agree");
  dialog_set_close (dialog, "cancel");
  if (extra != NULL)
    dialog_set_extra (dialog, extra);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question,
                         free_closure_data, 0);
  show_dialog (dialog, parent);
}

void
rungs_question_tell (GtkWidget  *parent,
                     const char *heading,
                     const char *body,
                     const char *details)
{
  Dialog *dialog = new_dialog (parent, heading, body);

  if (details != NULL)
    {
      dialog_add_response (dialog, "copy", _ ("Copy _Details"));
      g_signal_connect_data (dialog, "response", G_CALLBACK (copy_cb), g_strdup (details),
                             free_closure_data, 0);
    }
  dialog_add_response (dialog, "close", _ ("_Close"));
  dialog_set_default (dialog, "close");
  dialog_set_close (dialog, "close");
  show_dialog (dialog, parent);
}
