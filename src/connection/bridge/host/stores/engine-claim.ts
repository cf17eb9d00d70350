import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { HostOptions } from '../../host-protocol.js'
import { OpenFailed } from '../channels/channel.js'

const BINARY = /surrealdb-node[^/\\\s]*\.node/

/**
 * The right to load the native engine, which one thread of a process may have at a time: the engine corrupts the memory of
 * a process in which two threads have loaded it (napi-rs #3357). Threads have nothing in common that both could lock, so
 * the claim is a file, which only one of them can create. It holds the name of the thread that started the host: when a
 * host was killed, the next one of the same thread goes on with its claim. A thread that ends in order says so with a
 * second file, and the next claim has the next number. Nothing is ever removed while the process lives, so no two threads
 * can both believe that they were first.
 */
export class EngineClaim {
  readonly #directory = path.join(tmpdir(), `surrealengine-${process.getuid?.() ?? 0}`, String(process.pid))
  readonly #owner: string
  readonly #isMainThread: boolean
  /** The file of the claim, once it is held. */
  #file: string | undefined

  constructor({ owner, isMainThread }: Pick<HostOptions, 'owner' | 'isMainThread'>) {
    this.#owner = owner
    this.#isMainThread = isMainThread
  }

  /** Fails when another thread has the engine, or may have it. Call it before the engine is loaded. */
  take(): void {
    if (this.#file !== undefined) return
    this.#removeLeftovers()
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 })
    let number = 1
    while (existsSync(this.#fileOf(number, 'ended'))) number++
    const file = this.#fileOf(number, 'held')
    const isFirst = createFile(file, this.#owner)
    if (!isFirst && read(file) !== this.#owner) throw refused('another thread of this process uses embedded stores')
    // Whoever loaded it without asking, with an `import('@surrealdb/node')` of the program's own, still has it.
    if (isFirst && number === 1 && isEngineLoaded()) {
      rmSync(file)
      throw refused('other code of this process has loaded @surrealdb/node')
    }
    this.#file = file
  }

  /** The thread that started this host ends, and the engine is idle. */
  end(): void {
    if (this.#file === undefined) return
    if (this.#isMainThread) rmSync(this.#directory, { recursive: true, force: true })
    else createFile(this.#file.replace(/held$/, 'ended'), '')
    this.#file = undefined
  }

  #fileOf(number: number, state: 'held' | 'ended'): string {
    return path.join(this.#directory, `${number}.${state}`)
  }

  /** Of processes that were killed: those that are gone, and an earlier one of this process' number. */
  #removeLeftovers(): void {
    const parent = path.dirname(this.#directory)
    for (const name of existsSync(parent) ? readdirSync(parent) : []) {
      const directory = path.join(parent, name)
      const isLeft = directory === this.#directory ? isOlderThanProcess(directory) : !isAlive(Number(name))
      if (isLeft) rmSync(directory, { recursive: true, force: true })
    }
  }
}

function createFile(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function isOlderThanProcess(directory: string): boolean {
  const started = Date.now() - process.uptime() * 1000
  const changed = statSync(directory, { throwIfNoEntry: false })?.mtimeMs ?? started
  return changed < started - 1000
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function isEngineLoaded(): boolean {
  return loadedFiles().some((file) => BINARY.test(file))
}

/** The native libraries of this process. */
function loadedFiles(): readonly string[] {
  if (process.platform === 'linux') return readFileSync('/proc/self/maps', 'utf8').split('\n')
  const settings = process.report as NodeJS.ProcessReport & { excludeNetwork?: boolean }
  const before = settings.excludeNetwork
  // without it the report looks up the name of every host the process talks to
  settings.excludeNetwork = true
  const report = settings.getReport() as unknown as { readonly sharedObjects: readonly string[] }
  settings.excludeNetwork = before ?? false
  return report.sharedObjects
}

function refused(reason: string): OpenFailed {
  const advice = 'open embedded stores there, or use a server'
  return new OpenFailed({
    reason: 'second-thread',
    message: `${reason}, and the native engine works in one thread of a process only; ${advice}`,
  })
}
