/* rungs-text-encoding.c: which encoding a file of text is in, and which files are no text at all.
 *
 * uchardet is made for long texts of one language. A list of customers is a short text of names
 * from many, and of such it says IBM852 or Windows-1250 with confidence. So it is asked last, and
 * believed
 *
 *   - where bytes above 127 mostly stand together, as they do in Cyrillic, Greek, Chinese or
 *     Japanese;
 *   - for Central European and Turkish, where they mostly stand alone among ASCII letters, only if
 *     the sample has a byte that is a letter there and would be a sign or a rarity in Windows-1252.
 *
 * All else with lone bytes above 127 is Windows-1252, which Excel and Outlook write in the west. */

#include "base/rungs-text-encoding.h"

#include <glib/gi18n.h>
#include <string.h>
#include <uchardet.h>

#include "base/rungs-error.h"

typedef struct
{
  const char *magic;
  gsize size;
  const char *refusal;
} Format;

#define FORMAT(magic, refusal) { magic, sizeof magic - 1, refusal }

/* What people choose by mistake, by its first bytes. */
static const Format FORMATS[] = {
  FORMAT ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
          N_ ("This is an Excel workbook; open it and save it as .xlsx.")),
  FORMAT ("%PDF", N_ ("This is a PDF document; choose a CSV file.")),
  FORMAT ("\x1f\x8b",
          N_ ("This file is compressed (gzip); unpack it and choose the CSV file inside.")),
  FORMAT ("Rar!", N_ ("This is a RAR archive; unpack it and choose the CSV file inside.")),
  FORMAT ("7z\xbc\xaf\x27\x1c",
          N_ ("This is a 7-Zip archive; unpack it and choose the CSV file inside.")),
  FORMAT ("\x89PNG", N_ ("This is a picture; choose a CSV file.")),
  FORMAT ("\xff\xd8\xff", N_ ("This is a picture; choose a CSV file.")),
  FORMAT ("SQLite format 3", N_ ("This is a database file; choose a CSV file.")),
  FORMAT ("{\\rtf", N_ ("This is a formatted document (RTF); save the table as CSV.")),
  FORMAT ("<?xml", N_ ("This is an XML file; save the table as CSV.")),
  FORMAT ("<!DOCTYPE", N_ ("This is a web page; open it in a spreadsheet and save it as CSV.")),
  FORMAT ("<html", N_ ("This is a web page; open it in a spreadsheet and save it as CSV.")),
};

typedef struct
{
  const char *mark;
  gsize size;
  const char *encoding;
} Mark;

static const Mark MARKS[] = {
  { "\xef\xbb\xbf", 3, "UTF-8" },
  { "\xff\xfe\0\0", 4, "UTF-32LE" }, /* before UTF-16, whose mark it begins with */
  { "\0\0\xfe\xff", 4, "UTF-32BE" },
  { "\xff\xfe", 2, "UTF-16LE" },
  { "\xfe\xff", 2, "UTF-16BE" },
};

static gboolean
begins_with (const guint8 *bytes,
             gsize         size,
             const char   *magic,
             gsize         magic_size)
{
  return size >= magic_size && memcmp (bytes, magic, magic_size) == 0;
}

static gboolean
mentions (const guint8 *bytes,
          gsize         size,
          const char   *what)
{
  return memmem (bytes, size, what, strlen (what)) != NULL;
}

static const char *
zip_refusal (const guint8 *bytes,
             gsize         size)
{
  if (mentions (bytes, size, "xl/") || mentions (bytes, size, "[Content_Types].xml"))
    return _ ("This is no Excel workbook that can be read here; open it and save it as .xlsx, or as"
           " CSV.");
  if (mentions (bytes, size, "opendocument.spreadsheet"))
    return _ ("This is a LibreOffice spreadsheet; open it and save it as CSV.");
  if (mentions (bytes, size, "Index/"))
    return _ ("This is a Numbers spreadsheet; open it and export it as CSV.");
  return _ ("This is a ZIP archive; unpack it and choose the CSV file inside.");
}

static gboolean
refuse_other_formats (const guint8 *bytes,
                      gsize         size,
                      GError      **error)
{
  const char *refusal = NULL;

  if (begins_with (bytes, size, "PK\3\4", 4))
    refusal = zip_refusal (bytes, size);
  for (gsize i = 0; refusal == NULL && i < G_N_ELEMENTS (FORMATS); i++)
    if (begins_with (bytes, size, FORMATS[i].magic, FORMATS[i].size))
      refusal = _ (FORMATS[i].refusal);

  if (refusal == NULL)
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, refusal);
  return FALSE;
}

static gboolean
is_control (guint8 byte)
{
  return byte == 0 || (byte < 0x20 && strchr ("\t\n\v\f\r\x1b", byte) == NULL);
}

/* Whether the code units (of `width` bytes, the low one at `low`) have more control characters than
 * damage explains. */
static gboolean
is_binary (const guint8 *bytes,
           gsize         size,
           gsize         width,
           gsize         low)
{
  gsize units = size / width;
  gsize controls = 0;

  for (gsize i = 0; i < units; i++)
    {
      const guint8 *unit = bytes + i * width;

      if (is_control (unit[low]) && (width == 1 || unit[1 - low] == 0))
        controls++;
    }
  return controls > 8 + units / 50;
}

/* The length of a well-formed sequence at `bytes` (RFC 3629); 0 where there is none. */
static gsize
sequence_length (const guint8 *bytes,
                 gsize         size)
{
  gsize length = bytes[0] < 0x80 ? 1 : bytes[0] < 0xc2 ? 0 : bytes[0] < 0xe0 ? 2
                 : bytes[0] < 0xf0 ? 3 : bytes[0] < 0xf5 ? 4 : 0;

  if (length == 0 || length > size)
    return 0;
  for (gsize i = 1; i < length; i++)
    if ((bytes[i] & 0xc0) != 0x80)
      return 0;
  if ((bytes[0] == 0xe0 && bytes[1] < 0xa0) || (bytes[0] == 0xed && bytes[1] > 0x9f)
      || (bytes[0] == 0xf0 && bytes[1] < 0x90) || (bytes[0] == 0xf4 && bytes[1] > 0x8f))
    return 0;
  return length;
}

gsize
rungs_text_ascii_prefix (const guint8 *bytes,
                         gsize         size)
{
  gsize at = 0;

  for (guint64 word; at + sizeof word <= size; at += sizeof word)
    {
      memcpy (&word, bytes + at, sizeof word);
      if ((word & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
        break;
    }
  while (at < size && bytes[at] < 0x80)
    at++;
  return at;
}

gsize
rungs_text_utf8_prefix (const guint8 *bytes,
                        gsize         size)
{
  gsize at = 0;

  while (at < size)
    {
      gsize length;

      at += rungs_text_ascii_prefix (bytes + at, size - at);
      if (at == size)
        break;
      length = sequence_length (bytes + at, size - at);
      if (length == 0)
        break;
      at += length;
    }
  return at;
}

gboolean
rungs_text_is_utf8_begun (const guint8 *bytes,
                          gsize         size)
{
  return size > 0 && size < 4
         && g_utf8_get_char_validated ((const char *) bytes, size) == (gunichar) -2;
}

/* Damage in a file of UTF-8 leaves most of its characters whole; another encoding leaves hardly
 * any. */
static gboolean
is_utf8 (const guint8 *bytes,
         gsize         size,
         gboolean      at_end)
{
  gsize whole = 0;
  gsize broken = 0;

  for (gsize at = rungs_text_ascii_prefix (bytes, size); at < size;)
    {
      gsize length = sequence_length (bytes + at, size - at);

      if (length == 0 && !at_end && rungs_text_is_utf8_begun (bytes + at, size - at))
        break;
      whole += length > 1;
      broken += length == 0;
      at += MAX (length, 1);
      at += rungs_text_ascii_prefix (bytes + at, size - at);
    }
  return broken == 0 || whole > broken;
}

/* UTF-16 without a mark: of a list of people much is ASCII (commas, line ends, addresses), so every
 * second byte is often zero, on one side. NULL where it is not. */
static const char *
utf16_by_zeros (const guint8 *bytes,
                gsize         size)
{
  gsize pairs = size / 2;
  gsize even = 0;
  gsize odd = 0;

  for (gsize i = 0; i < pairs; i++)
    {
      even += bytes[2 * i] == 0;
      odd += bytes[2 * i + 1] == 0;
    }
  if (odd >= pairs / 10 + 1 && even <= odd / 10)
    return "UTF-16LE";
  if (even >= pairs / 10 + 1 && odd <= even / 10)
    return "UTF-16BE";
  return NULL;
}

static char *
ask_uchardet (const guint8 *bytes,
              gsize         size)
{
  uchardet_t detector = uchardet_new ();
  char *name = NULL;

  if (uchardet_handle_data (detector, (const char *) bytes, size) == 0)
    {
      uchardet_data_end (detector);
      name = g_strdup (uchardet_get_charset (detector));
    }
  uchardet_delete (detector);
  return name;
}

/* Whether most bytes above 127 have another one beside them. */
static gboolean
stands_together (const guint8 *bytes,
                 gsize         size)
{
  gsize high = 0;
  gsize beside = 0;

  for (gsize i = 0; i < size; i++)
    if (bytes[i] >= 0x80)
      {
        high++;
        beside += (i > 0 && bytes[i - 1] >= 0x80) || (i + 1 < size && bytes[i + 1] >= 0x80);
      }
  return 2 * beside > high;
}

/* Whether one of `wanted` stands beside an ASCII letter. */
static gboolean
has_letter (const guint8 *bytes,
            gsize         size,
            const char   *wanted)
{
  for (gsize i = 0; i < size; i++)
    if (bytes[i] >= 0x80 && strchr (wanted, bytes[i]) != NULL
        && ((i > 0 && g_ascii_isalpha (bytes[i - 1]))
            || (i + 1 < size && g_ascii_isalpha (bytes[i + 1]))))
      return TRUE;
  return FALSE;
}

static gboolean
is_one_of (const char        *name,
           const char *const *names)
{
  for (; *names != NULL; names++)
    if (g_ascii_strcasecmp (name, *names) == 0)
      return TRUE;
  return FALSE;
}

static const char *
lone_bytes_encoding (const guint8 *bytes,
                     gsize         size,
                     const char   *told)
{
  static const char *const CENTRAL[] = { "WINDOWS-1250", "ISO-8859-2", "ISO-8859-16", NULL };
  static const char *const TURKISH[] = { "WINDOWS-1254", "ISO-8859-9", "ISO-8859-3", NULL };

  /* ą ś Ś Ź ľ; ł ą Ł Ż ź š ž ť ľ; ě with ř; ő ű where there is no Estonian ä or Portuguese ã;
   * ğ ı ş İ Ş Ğ */
  if (is_one_of (told, CENTRAL) && has_letter (bytes, size, "\xb1\xb6\xa6\xac\xb5"))
    return "ISO-8859-2";
  if (is_one_of (told, CENTRAL)
      && (has_letter (bytes, size, "\xb3\xb9\xa3\xaf\x9f\x9a\x9e\x9d\xbe")
          || (has_letter (bytes, size, "\xec") && has_letter (bytes, size, "\xf8"))
          || (has_letter (bytes, size, "\xf5\xfb") && !has_letter (bytes, size, "\xe3\xe4"))))
    return "WINDOWS-1250";
  if (is_one_of (told, TURKISH) && has_letter (bytes, size, "\xf0\xfd\xfe\xdd\xde\xd0"))
    return "WINDOWS-1254";
  return "WINDOWS-1252";
}

/* A static name for one that iconv can convert from; NULL for others. */
static const char *
convertible (const char *name)
{
  GIConv converter = g_iconv_open ("UTF-8", name);

  if (converter == (GIConv) -1)
    return NULL;
  g_iconv_close (converter);
  return g_intern_string (name);
}

const char *
rungs_text_encoding_guess_8bit (const guint8 *bytes,
                                gsize         size,
                                gboolean      at_end)
{
  static const char *const WESTERN[] = { "ASCII", "UTF-8", "ISO-8859-1", NULL };
  g_autofree char *told = NULL;
  const char *known;

  g_return_val_if_fail (bytes != NULL || size == 0, NULL);

  if (is_utf8 (bytes, size, at_end))
    return "UTF-8";
  told = ask_uchardet (bytes, size);
  if (told == NULL || *told == '\0' || is_one_of (told, WESTERN))
    return "WINDOWS-1252";
  if (!stands_together (bytes, size))
    return lone_bytes_encoding (bytes, size, told);
  known = convertible (told);
  return known != NULL ? known : "WINDOWS-1252";
}

static gboolean
refuse_binary (GError **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("This does not look like a text file; choose a CSV file."));
  return FALSE;
}

gboolean
rungs_text_encoding_guess (const guint8       *bytes,
                           gsize               size,
                           gboolean            at_end,
                           RungsTextEncoding  *encoding,
                           GError            **error)
{
  g_return_val_if_fail (bytes != NULL || size == 0, FALSE);
  g_return_val_if_fail (encoding != NULL, FALSE);

  *encoding = (RungsTextEncoding) { 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (MARKS); i++)
    if (begins_with (bytes, size, MARKS[i].mark, MARKS[i].size))
      {
        *encoding = (RungsTextEncoding) { MARKS[i].encoding, MARKS[i].size };
        return TRUE;
      }

  if (!refuse_other_formats (bytes, size, error))
    return FALSE;

  encoding->name = utf16_by_zeros (bytes, size);
  if (encoding->name != NULL)
    return is_binary (bytes, size, 2, g_str_equal (encoding->name, "UTF-16LE") ? 0 : 1)
             ? refuse_binary (error)
             : TRUE;

  if (is_binary (bytes, size, 1, 0))
    return refuse_binary (error);
  if (rungs_text_ascii_prefix (bytes, size) < size)
    encoding->name = rungs_text_encoding_guess_8bit (bytes, size, at_end);
  return TRUE;
}
