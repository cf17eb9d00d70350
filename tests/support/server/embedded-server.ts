import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundledProgram } from '../bundled-program.js'
import { environmentOf } from '../engine/old-engine.js'
import { controlOf } from './server-control.js'
import type { TestServer } from './server.js'

/** What the program is told when it starts. */
export interface ServerSettings {
  readonly port: number
  readonly store: string
  readonly requireAuth: boolean
  readonly version?: string
  readonly refuseMethods?: readonly string[]
  /** The package of the engine, and a library that it needs. */
  readonly engine?: string
  readonly preload?: string | undefined
}

/** What the server's process tells. */
export type ServerMessage = { readonly port: number } | { readonly dropped: true } | { readonly failed: string }
/** What it is told. */
export type ServerCommand = 'drop connections'

const file = fileURLToPath(import.meta.url)
const here = path.dirname(file)
const READY_WITHIN = 20_000

/**
 * A process of its own, because the native engine may live in one thread of a process only; it ends with the process
 * that started it, stopped or not, and does not keep that one alive.
 */
export async function startEmbeddedServer(settings: ServerSettings): Promise<TestServer> {
  const program = bundledProgram(path.join(here, `server-process${path.extname(file)}`), 'esm')
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program, JSON.stringify(settings)], {
    cwd: path.join(here, '../../..'),
    env: environmentOf(settings.preload),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const { port } = await answer(child, (message) => ('port' in message ? message : undefined)).catch(
    (error: unknown) => {
      child.kill('SIGKILL')
      throw error
    },
  )
  child.unref()
  child.channel?.unref()
  return {
    ...controlOf(child, port),
    createsDatabases: true,
    async dropConnections() {
      const command: ServerCommand = 'drop connections'
      child.send(command)
      await answer(child, (message) => ('dropped' in message ? message : undefined))
    },
  }
}

/** Waits for the message that `choose` accepts; rejects if the process fails, ends or is silent for too long. */
function answer<Chosen>(child: ChildProcess, choose: (message: ServerMessage) => Chosen | undefined): Promise<Chosen> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(() => reject(new Error('the test server does not answer'))), READY_WITHIN)
    const onMessage = (message: ServerMessage) => {
      const chosen = choose(message)
      if (chosen !== undefined) finish(() => resolve(chosen))
      else if ('failed' in message) finish(() => reject(new Error(message.failed)))
    }
    const onExit = (code: number | null) => finish(() => reject(new Error(`the test server ended with code ${code}`)))
    const finish = (settle: () => void) => {
      clearTimeout(timer)
      child.off('message', onMessage)
      child.off('exit', onExit)
      settle()
    }
    child.on('message', onMessage)
    child.on('exit', onExit)
  })
}
