/** The agent as a file of the visitor's. */

export function download(name: string, bytes: Uint8Array): void {
  const address = URL.createObjectURL(
    new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "application/octet-stream" }),
  );
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The bytes of a file that was chosen; undefined for none. The same file may be chosen again. */
export async function chosen(input: HTMLInputElement): Promise<Uint8Array | undefined> {
  const file = input.files?.[0];
  const bytes = file && new Uint8Array(await file.arrayBuffer());
  input.value = "";
  return bytes;
}
