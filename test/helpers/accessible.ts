/** What a machine can check of a page for everybody: run in the page, with nothing of this file around it. */

/** Words of the code or of no textbook, which a visitor cannot know. */
export const PRIVATE =
  /\b(nought|errand|wish|arrival|is told|its mind|updated mind|same life|kernels?|ensemble|latent)\b/i;

/** Texts of less contrast than 4.5 : 1 with what lies behind them, WCAG 2.2, 1.4.3; of the dark theme where it is asked for. */
export function faintTexts(isDark: boolean): readonly string[] {
  const pixel = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  if (pixel === null) return ["no canvas"];
  if (isDark)
    for (const sheet of document.styleSheets)
      for (const rule of sheet.cssRules)
        if (rule instanceof CSSMediaRule && rule.conditionText.includes("dark"))
          for (const inner of rule.cssRules)
            if (inner instanceof CSSStyleRule) document.documentElement.style.cssText += inner.style.cssText;
  const faint: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>("body *")) {
    const own = [...element.childNodes]
      .filter((node) => node.nodeType === 3)
      .map((node) => node.textContent ?? "");
    if (
      own.join("").trim() === "" ||
      element.offsetParent === null ||
      element.closest("canvas, kbd, :disabled")
    )
      continue;
    const luminances: number[] = [];
    for (const what of ["text", "background"]) {
      let from: Element | null = element;
      let colour = getComputedStyle(element).color;
      if (what === "background")
        for (
          colour = "rgba(0, 0, 0, 0)";
          from !== null && colour === "rgba(0, 0, 0, 0)";
          from = from.parentElement
        )
          colour = getComputedStyle(from).backgroundColor;
      pixel.fillStyle = colour;
      pixel.fillRect(0, 0, 1, 1);
      const [red, green, blue] = [...pixel.getImageData(0, 0, 1, 1).data].map((byte) =>
        byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
      );
      luminances.push(0.2126 * red + 0.7152 * green + 0.0722 * blue);
    }
    const ratio = (Math.max(...luminances) + 0.05) / (Math.min(...luminances) + 0.05);
    if (ratio < 4.5) faint.push(`${own.join("").trim().slice(0, 30)}: ${ratio.toFixed(2)}`);
  }
  return faint;
}

/** Controls without a name, or that the tab key leaves out. */
export function namelessControls(): readonly string[] {
  return [...document.querySelectorAll<HTMLElement>("button, input, select, a, summary")]
    .filter((control) => control.offsetParent !== null)
    .filter((control) => {
      const labels = [...((control as HTMLInputElement).labels ?? [])].map(
        (label) => label.textContent ?? "",
      );
      const name = [control.getAttribute("aria-label"), control.textContent, ...labels].join("").trim();
      return name === "" || control.tabIndex < 0;
    })
    .map((control) => control.outerHTML.slice(0, 80));
}

/** How far the page reaches beyond a screen of a phone's width, in pixels. */
export async function overflow(): Promise<number> {
  const phone = document.createElement("iframe");
  phone.style.cssText = "position: fixed; width: 390px; height: 844px; border: 0";
  phone.src = location.href;
  await new Promise((resolve) => {
    phone.onload = resolve;
    document.body.append(phone);
  });
  const wide = phone.contentDocument?.documentElement.scrollWidth ?? Number.POSITIVE_INFINITY;
  phone.remove();
  return wide - 390;
}
