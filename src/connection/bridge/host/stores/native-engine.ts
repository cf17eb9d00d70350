import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** The class inside the native part of `@surrealdb/node`: CBOR in, CBOR out. */
export interface NativeEngine {
  execute(request: Uint8Array): Promise<Uint8Array>
  notifications(): Promise<NativeReceiver>
  /** Of the namespace and database that its nameless session uses, whoever that is. */
  export(choice?: Uint8Array): Promise<string>
  /** Never with calls under way, and no call ever after: either ends the process. */
  free(): Promise<void>
}

/** Where live notifications come out; `null` when the engine is gone. */
export interface NativeReceiver {
  recv(): Promise<Uint8Array | null>
}

interface NativeClass {
  connect(endpoint: string): Promise<NativeEngine>
}

const PACKAGE = '@surrealdb/node'
let loading: Promise<NativeClass> | undefined

/** Loads the native engine, once. The package's own JavaScript chooses the binary for this platform. */
export function loadNativeEngine(resolveFrom: readonly string[]): Promise<NativeClass> {
  loading ??= load(resolveFrom).catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}

async function load(resolveFrom: readonly string[]): Promise<NativeClass> {
  await import(entryOf(resolveFrom))
  // The package exports only the driver's engine, which keeps a native call pending for ever; the class itself is in the
  // module cache.
  const file = Object.keys(require.cache).find((name) => /surrealdb-node[^/\\]*\.node$/.test(name))
  const binding = file === undefined ? undefined : (require.cache[file]?.exports as { SurrealNodeEngine?: NativeClass })
  if (!binding?.SurrealNodeEngine) throw new Error(`the native part of ${PACKAGE} was not found`)
  return binding.SurrealNodeEngine
}

/** `require.resolve` cannot be used: the package is exported for `import` only. */
function entryOf(resolveFrom: readonly string[]): string {
  for (const file of resolveFrom) {
    for (const directory of createRequire(file).resolve.paths(PACKAGE) ?? []) {
      const entry = entryIn(path.join(directory, PACKAGE))
      if (entry) return pathToFileURL(entry).href
    }
  }
  return PACKAGE
}

function entryIn(directory: string): string | undefined {
  try {
    const text = readFileSync(path.join(directory, 'package.json'), 'utf8')
    const { exports } = JSON.parse(text) as { exports: { '.': { import: string } } }
    return path.join(directory, exports['.'].import)
  } catch {
    return undefined
  }
}
