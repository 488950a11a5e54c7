/** C0 and C1 controls, DEL, line and paragraph separators, and the marks that turn the direction of a text. */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * A text as a terminal or a drawing may show it: characters that would move the cursor, change colours or hide other text
 * are written as `\u001b` and the like. Names of files, fields of a log and arguments may hold any.
 *
 * @param allowed characters that stay as they are, for example the ends of lines
 *
 * @example
 * printable("run\u001b[2J"); // "run\\u001b[2J"
 */
export function printable(text: string, allowed = ""): string {
  return text.replace(UNSAFE, (character) => (allowed.includes(character) ? character : escaped(character)));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
