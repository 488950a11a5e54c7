/** What is promised, or an Error that begins with the path of the file at fault. */
export async function named<Value>(path: string, promise: Promise<Value>): Promise<Value> {
  try {
    return await promise;
  } catch (cause) {
    throw new Error(`${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
