/* rungs-programme-detail.c: a programme, with all versions of its terms. */

#include "rungs-programme-detail.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rungs-programme-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-wrap-box.h"

struct _RungsProgrammeDetail
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkLabel *name;
  GtkLabel *partners;
  GtkWidget *retired;
  GtkWidget *retire;
  GtkWidget *unretire;
  GtkListBox *versions;
};

G_DEFINE_FINAL_TYPE (RungsProgrammeDetail, rungs_programme_detail, GTK_TYPE_WIDGET)

static void
rungs_programme_detail_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_PROGRAMME_DETAIL (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_programme_detail_parent_class)->dispose (object);
}

static void
rungs_programme_detail_class_init (RungsProgrammeDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_programme_detail_dispose;
  g_type_ensure (RUNGS_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/partners/rungs-programme-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsProgrammeDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsProgrammeDetail, name);
  gtk_widget_class_bind_template_child (widget_class, RungsProgrammeDetail, partners);
  gtk_widget_class_bind_template_child (widget_class, RungsProgrammeDetail, retired);
  gtk_widget_class_bind_template_child (widget_class, RungsProgrammeDetail, retire);
  gtk_widget_class_bind_template_child (widget_class, RungsProgrammeDetail, unretire);
  gtk_widget_class_bind_template_child (widget_class, RungsProgrammeDetail, versions);
}

static void
rungs_programme_detail_init (RungsProgrammeDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_version (RungsProgrammeDetail    *self,
             const RungsProgrammeRow *row,
             guint                    i)
{
  const RungsTermsVersion *version = row->versions->pdata[i];
  gboolean will_be = i > row->in_force || row->in_force == row->versions->len;
  g_autofree char *day = rungs_display_day (version->from_at);
  g_autofree char *title
      = g_strdup_printf (will_be              ? _ ("From %s on")
                         : i == row->in_force ? _ ("In force since %s")
                                              : _ ("From %s, until the next"),
                         day);
  g_autofree char *rates = rungs_programme_rates_words (version->terms, row->names);
  g_autofree char *rest = rungs_programme_rest_words (version->terms);
  g_autofree char *words = g_strdup_printf ("%s\n%s", rates, rest);
  GtkWidget *line = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 0);
  gtk_list_box_append (self->versions, line);
}

void
rungs_programme_detail_show (RungsProgrammeDetail    *self,
                             const RungsProgrammeRow *row)
{
  g_autofree char *number = rungs_display_number (row->partners);
  g_autofree char *partners = g_strdup_printf (
      ngettext ("%s partner is in it", "%s partners are in it", (gulong) row->partners), number);
  GtkWidget *line;

  g_return_if_fail (RUNGS_IS_PROGRAMME_DETAIL (self));

  gtk_label_set_label (self->name, row->name);
  gtk_label_set_label (self->partners, partners);
  gtk_widget_set_visible (self->retired, row->retired_at != 0);
  gtk_widget_set_visible (self->retire, row->retired_at == 0);
  gtk_widget_set_visible (self->unretire, row->retired_at != 0);
  while ((line = gtk_widget_get_first_child (GTK_WIDGET (self->versions))) != NULL)
    gtk_list_box_remove (self->versions, line);
  for (guint i = row->versions->len; i > 0; i--)
    add_version (self, row, i - 1);
  gtk_widget_set_visible (GTK_WIDGET (self->versions), row->versions->len > 0);
}
