/* rungs-mail-view.c: one mail: what its reader sees, its HTML, and its headers. */

#include "rungs-mail-view.h"

#include <glib/gi18n.h>

struct _RungsMailView
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkLabel *trouble;
  GtkLabel *subject;
  GtkLabel *from;
  GtkLabel *to;
  GtkStackPage *html_page;
  GtkStack *parts;
  GtkTextView *text;
  GtkTextView *html;
  GtkTextView *headers;
};

G_DEFINE_FINAL_TYPE (RungsMailView, rungs_mail_view, GTK_TYPE_WIDGET)

static void
rungs_mail_view_dispose (GObject *object)
{
  RungsMailView *self = RUNGS_MAIL_VIEW (object);
  GtkWidget *stack = GTK_WIDGET (self->stack);

  self->stack = NULL;
  g_clear_pointer (&stack, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_mail_view_parent_class)->dispose (object);
}

static void
rungs_mail_view_class_init (RungsMailViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_mail_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/messages/rungs-mail-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsMailView, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsMailView, trouble);
  gtk_widget_class_bind_template_child (widget_class, RungsMailView, subject);
  gtk_widget_class_bind_template_child (widget_class, RungsMailView, from);
  gtk_widget_class_bind_template_child (widget_class, RungsMailView, to);
  gtk_widget_class_bind_template_child (widget_class, RungsMailView, html_page);
  gtk_widget_class_bind_template_child (widget_class, RungsMailView, parts);
  gtk_widget_class_bind_template_child (widget_class, RungsMailView, text);
  gtk_widget_class_bind_template_child (widget_class, RungsMailView, html);
  gtk_widget_class_bind_template_child (widget_class, RungsMailView, headers);
}

static void
rungs_mail_view_init (RungsMailView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_text (GtkTextView *view,
          const char  *text)
{
  g_autofree char *valid = g_utf8_make_valid (text ? text : "", -1);
  g_auto (GStrv) lines = g_strsplit (valid, "\r\n", -1);
  g_autofree char *joined = g_strjoinv ("\n", lines);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), g_strchomp (joined), -1);
}

void
rungs_mail_view_show (RungsMailView           *self,
                      const RungsPracticeMail *mail)
{
  g_return_if_fail (RUNGS_IS_MAIL_VIEW (self));
  g_return_if_fail (mail != NULL);

  gtk_label_set_label (self->subject, *mail->subject ? mail->subject : _ ("(no subject)"));
  gtk_label_set_label (self->from, mail->from);
  gtk_label_set_label (self->to, mail->to);
  set_text (self->text, mail->text);
  set_text (self->html, mail->html);
  set_text (self->headers, mail->headers);
  gtk_stack_page_set_visible (self->html_page, mail->html != NULL);
  gtk_stack_set_visible_child_name (self->stack, "mail");
}

void
rungs_mail_view_show_trouble (RungsMailView *self,
                              const char    *trouble)
{
  g_return_if_fail (RUNGS_IS_MAIL_VIEW (self));

  gtk_label_set_label (self->trouble, trouble);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
}
