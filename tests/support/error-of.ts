/** What `run` throws or rejects with. */
export async function errorOf(run: () => unknown): Promise<Error & { readonly code?: string }> {
  try {
    await run()
  } catch (error) {
    return error as Error & { readonly code?: string }
  }
  throw new Error('nothing was thrown')
}
