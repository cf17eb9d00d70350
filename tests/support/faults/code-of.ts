/** How a call ended: `ok`, or the code of its error. */
export async function codeOf(call: () => unknown): Promise<unknown> {
  try {
    await call()
    return 'ok'
  } catch (error) {
    return (error as { readonly code?: unknown }).code
  }
}
