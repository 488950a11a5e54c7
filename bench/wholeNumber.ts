/** The whole number ≥ 1 that a command's option gives. @throws RangeError that names it */
export function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new RangeError(`--${name}: expected a whole number ≥ 1, got ${text}`);
}
