import { afterAll } from '@jest/globals'
import { buildSync } from 'esbuild'
import { spawn, type ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** How a process ended, and what it said. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly output: string
}

/** A running process. */
export interface Child {
  readonly process: ChildProcess
  /** Resolves when the process has printed `text`; rejects if it ends before. */
  printed(text: string): Promise<void>
  readonly ended: Promise<Ended>
}

/** Runs a TypeScript program of tests/bridge/programs in a process of its own. */
export function runProgram(name: string, ...values: readonly string[]): Child {
  return run(['--import', 'tsx', sourceOf(name), ...values], root)
}

const bundles = new Map<string, string>()
const bundleDirectory = path.join(root, '.tmp', `bridge-programs-${process.pid}`)

afterAll(() => rmSync(bundleDirectory, { recursive: true, force: true }))

/** The same from a bundle, which starts in half the time; for programs that are run again and again. */
export function runBundled(name: string, ...values: readonly string[]): Child {
  const file = bundles.get(name) ?? bundle(name)
  bundles.set(name, file)
  return run([file, ...values], root)
}

function bundle(name: string): string {
  // inside the package, so that the program finds node_modules
  const outfile = path.join(bundleDirectory, `${name}.mjs`)
  buildSync({
    entryPoints: [sourceOf(name)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  })
  return outfile
}

function sourceOf(name: string): string {
  return path.join(root, 'tests/bridge/programs', `${name}.ts`)
}

/** Runs Node with these arguments. It is killed, with a signal in its `Ended`, when it takes too long. */
export function run(values: readonly string[], directory: string): Child {
  const child = spawn(process.execPath, values, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      output += data.toString()
      for (const listener of listeners) listener()
    })
  }
  const timer = setTimeout(() => child.kill('SIGABRT'), 25_000)
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code, signal, output })
    })
  })
  const printed = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (output.includes(text)) resolve()
      }
      listeners.add(look)
      look()
      void ended.then(() => reject(new Error(`ended without printing "${text}": ${output}`)))
    })
  return { process: child, printed, ended }
}

/** Runs `start` so many times, two at once, and gives what came of each. */
export async function repeat<Result>(times: number, start: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  const lane = async () => {
    while (times-- > 0) results.push(await start())
  }
  await Promise.all([lane(), lane()])
  return results
}
