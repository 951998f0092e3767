/* rungs-letter-dialog.c: makes or edits a sales letter. */

#include "rungs-letter-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ladder/rungs-sales-letter-store.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"

static RungsSalesLetter *
copy_letter (const RungsSalesLetter *letter)
{
  RungsSalesLetter *copy = g_new0 (RungsSalesLetter, 1);

  *copy = *letter;
  copy->name = g_strdup (letter->name);
  copy->address = g_strdup (letter->address);
  copy->text = g_strdup (letter->text);
  return copy;
}

/* ---- on the writing thread */

static gboolean
save (RungsDb   *db,
      gpointer   data,
      GError   **error)
{
  const RungsSalesLetter *letter = data;
  gint64 now = rungs_display_now ();

  return letter->id == 0 ? rungs_sales_letter_add (db, letter, now, error) != 0
                         : rungs_sales_letter_save (db, letter, now, error);
}

static gboolean
retire (RungsDb   *db,
        gpointer   data,
        GError   **error)
{
  const RungsSalesLetter *letter = data;

  return rungs_sales_letter_retire (db, letter->id,
                                    letter->retired_at == 0 ? rungs_display_now () : 0, error);
}

/* ---- the form */

typedef struct
{
  RungsForm *form;
  RungsLadderWriter *writer; /* (owned) */
  RungsSalesLetter *letter;  /* (owned): as it was */
  AdwComboRow *path;
  AdwEntryRow *name;
  AdwEntryRow *address;
  GtkTextBuffer *text;
  GtkLabel *hint;
} Dialog;

static void
dialog_free (Dialog  *self,
             GObject *form)
{
  g_object_unref (self->writer);
  rungs_sales_letter_free (self->letter);
  g_free (self);
}

const char *
rungs_letter_path_words (RungsLetterPath path)
{
  switch (path)
    {
    case RUNGS_LETTER_PPC:
      return _ ("For advertisements, with links to content");
    case RUNGS_LETTER_EMAIL:
      return _ ("For messages, without links that distract");
    case RUNGS_LETTER_PHONE:
      return _ ("Script for the telephone");
    case RUNGS_LETTER_PAGE:
    default:
      return _ ("Page for anybody");
    }
}

static RungsSalesLetter *
read_form (Dialog *self)
{
  RungsSalesLetter *letter = copy_letter (self->letter);

  letter->path = adw_combo_row_get_selected (self->path);
  g_free (letter->name);
  letter->name = rungs_form_dup_entry (self->name);
  g_free (letter->address);
  letter->address = rungs_form_dup_entry (self->address);
  g_free (letter->text);
  letter->text = rungs_form_dup_lines (self->text);
  return letter;
}

static void
show_hint_cb (Dialog *self)
{
  g_autoptr (RungsSalesLetter) letter = read_form (self);
  const char *hint = rungs_letter_hint_to_words (rungs_sales_letter_get_hint (letter));

  gtk_label_set_label (self->hint, hint ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);
}

/* What begins with no scheme is a web page. */
static gboolean
complete_address (char **address)
{
  g_autofree char *scheme = g_uri_parse_scheme (*address);

  if (**address != '\0' && scheme == NULL)
    {
      char *whole = g_strconcat ("https://", *address, NULL);

      g_free (*address);
      *address = whole;
    }
  return strpbrk (*address, " \t\"<>") == NULL;
}

static void
agreed_cb (Dialog *self)
{
  RungsSalesLetter *letter = read_form (self);
  gboolean named = *letter->name != '\0';
  gboolean found = complete_address (&letter->address);

  rungs_error_mark_row (self->name, named ? NULL : _ ("Give it a name"));
  rungs_error_mark_row (self->address, found ? NULL : _ ("An address has no spaces"));
  if (!named || !found)
    {
      rungs_sales_letter_free (letter);
      return;
    }
  rungs_form_set_ready (self->form, FALSE);
  rungs_ladder_writer_do (self->writer, save, letter, (GDestroyNotify) rungs_sales_letter_free,
                          letter->id == 0 ? _ ("Sales letter added") : _ ("Sales letter changed"),
                          self->name, _ ("The Sales Letter Could Not Be Saved"));
}

static void
retire_cb (Dialog *self)
{
  RungsSalesLetter *letter = copy_letter (self->letter);

  rungs_ladder_writer_do (self->writer, retire, letter, (GDestroyNotify) rungs_sales_letter_free,
                          letter->retired_at == 0 ? _ ("The sales letter is no longer used")
                                                  : _ ("The sales letter is used again"),
                          NULL, _ ("The Sales Letter Could Not Be Saved"));
}

static void
ended_cb (Dialog   *self,
          gboolean  done)
{
  if (done)
    gtk_window_destroy (GTK_WINDOW (self->form));
  else
    rungs_form_set_ready (self->form, TRUE);
}

static void
writer_ended_cb (RungsLadderWriter *writer,
                 gboolean           done,
                 gpointer           form)
{
  Dialog *self = g_object_get_data (form, "rungs-letter");

  ended_cb (self, done);
}

static void
add_hint (Dialog *self)
{
  GtkWidget *hint = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_add_css_class (hint, "warning");
  gtk_widget_add_css_class (hint, "caption");
  gtk_widget_set_margin_top (hint, 6);
  self->hint = GTK_LABEL (hint);
  rungs_form_add_widget (self->form, hint);
}

static void
add_retire_button (Dialog *self)
{
  GtkWidget *button;

  if (self->letter->id == 0)
    return;
  button = gtk_button_new_with_mnemonic (self->letter->retired_at == 0 ? _ ("Use It No _Longer")
                                                                       : _ ("Use It _Again"));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (retire_cb), self);
  rungs_form_add_group (self->form, NULL);
  rungs_form_add_widget (self->form, button);
}

static void
make_fields (Dialog *self)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  for (int path = RUNGS_LETTER_PPC; path < RUNGS_N_LETTER_PATHS; path++)
    g_ptr_array_add (paths, (gpointer) rungs_letter_path_words (path));
  g_ptr_array_add (paths, NULL);
  self->name = rungs_form_add_entry (self->form, _ ("Name"), self->letter->name);
  self->path = rungs_form_add_choice (self->form, _ ("Kind"), (const char *const *) paths->pdata);
  adw_combo_row_set_selected (self->path, self->letter->path);
  self->address = rungs_form_add_entry (self->form, _ ("Address of the page"),
                                        self->letter->address);
  self->text = rungs_form_add_lines (self->form, _ ("Script, or words of the page"),
                                     self->letter->text);
  add_hint (self);
  add_retire_button (self);
  g_signal_connect_swapped (self->path, "notify::selected", G_CALLBACK (show_hint_cb), self);
  g_signal_connect_swapped (self->address, "changed", G_CALLBACK (show_hint_cb), self);
  g_signal_connect_swapped (self->text, "changed", G_CALLBACK (show_hint_cb), self);
  show_hint_cb (self);
}

void
rungs_letter_dialog_present (GtkWindow              *parent,
                             RungsLadderWriter      *writer,
                             const RungsSalesLetter *letter)
{
  Dialog *self = g_new0 (Dialog, 1);

  self->form
    = rungs_form_new (parent, letter->id ? _ ("Edit Sales Letter") : _ ("New Sales Letter"),
                      letter->id ? _ ("_Save") : _ ("_Add"));
  self->writer = g_object_ref (writer);
  self->letter = copy_letter (letter);
  make_fields (self);
  g_object_set_data (G_OBJECT (self->form), "rungs-letter", self);
  g_object_weak_ref (G_OBJECT (self->form), (GWeakNotify) dialog_free, self);
  g_signal_connect_swapped (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect_object (writer, "ended", G_CALLBACK (writer_ended_cb), self->form, 0);
  gtk_window_present (GTK_WINDOW (self->form));
}
