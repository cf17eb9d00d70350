/** Jest's sandbox has a Uint32Array of its own beside Node's ArrayBuffer, and the driver's Uuid.v4() falls between the two. */
globalThis.Uint32Array = (Uint8Array.constructor as (body: string) => () => Uint32ArrayConstructor)(
  'return Uint32Array',
)()
