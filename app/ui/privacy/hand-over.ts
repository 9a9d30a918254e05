/** Long enough for every browser to have read the file. */
const KEPT_MS = 60_000;

/** Saves a text that is already in the page as a file. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

/** The admin need not lend its frame the clipboard: then the field's own text is selected and copied the old way. */
export async function copyFrom(fieldId: string, text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.getElementById(fieldId);
    if (!(field instanceof HTMLTextAreaElement)) return false;
    field.select();
    return document.execCommand("copy");
  }
}
