/** What `run` throws or rejects with. */
export async function errorOf(run: () => unknown): Promise<object> {
  try {
    await run()
  } catch (error) {
    return error as object
  }
  throw new Error('nothing was thrown')
}
