const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A count: 2,000. */
export function count(value: number): string {
  return whole.format(value);
}

/** A count and its noun: 1 episode, 2,000 episodes. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** A return: −143.2 or −1,204; a dash when there is none. */
export function amount(value: number | null | undefined): string {
  if (value == null) return "–";
  return (Math.abs(value) < 1000 ? tenth : whole).format(value).replace("-", "−");
}

/** Two or three figures of a small positive number: 0.083, 12.4; a dash when there is none. */
export function figures(value: number | null | undefined): string {
  if (value == null || Number.isNaN(value)) return "–";
  return value >= 10 ? tenth.format(value) : String(Number(value.toPrecision(2)));
}

/** A span of time: 9 s, 3 min, 2 h. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** Commands to paste into a shell, each with what it does. */
export function commands(entries: readonly (readonly [command: string, purpose: string])[]): string {
  return rows(entries.map(([command, purpose]) => [command, `# ${purpose}`]));
}

/** Lines of a name and a value, the values in one column. */
export function rows(entries: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `  ${name.padEnd(width)}  ${value}\n`).join("");
}

/** A path as it is typed in a shell. */
export function shellWord(path: string): string {
  return /^[\w./\\:@%+,=-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
