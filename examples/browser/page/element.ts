/** The element of that id. */
export function element<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (!found) throw new Error(`page: expected an element #${id}, got none`);
  return found as Kind;
}
