import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** A running server of SurrealDB's RPC protocol, with an empty `mem://` store behind it. */
export interface BridgeServer {
  /** `ws://127.0.0.1:port/rpc` */
  readonly wsUrl: string
  /** `http://127.0.0.1:port/rpc` */
  readonly httpUrl: string
  /** Breaks every open websocket, as a failing network does; resolves when it is done. */
  dropConnections(): Promise<void>
  /** Ends the process; resolves when it has ended. */
  stop(): Promise<void>
}

/** What the server's process tells. */
export type ServerMessage = { readonly port: number } | { readonly dropped: true }
/** What it is told. */
export type ServerCommand = 'drop connections'

const here = path.dirname(fileURLToPath(import.meta.url))
const READY_WITHIN = 20_000

/**
 * Starts a server on a free port of 127.0.0.1. It is a process of its own, because the native engine may live in one
 * thread of a process only; it ends with the process that started it, stopped or not, and does not keep that one alive.
 */
export async function startServer(): Promise<BridgeServer> {
  const program = path.join(here, 'bridge-server-process.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    cwd: path.join(here, '../..'),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const { port } = await answer(child, (message) => ('port' in message ? message : undefined))
  child.unref()
  child.channel?.unref()
  return {
    wsUrl: `ws://127.0.0.1:${port}/rpc`,
    httpUrl: `http://127.0.0.1:${port}/rpc`,
    async dropConnections() {
      const command: ServerCommand = 'drop connections'
      child.send(command)
      await answer(child, (message) => ('dropped' in message ? message : undefined))
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.ref()
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Waits for the message that `choose` accepts; rejects if the process ends or is silent for too long. */
function answer<Chosen>(child: ChildProcess, choose: (message: ServerMessage) => Chosen | undefined): Promise<Chosen> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(() => reject(new Error('the test server does not answer'))), READY_WITHIN)
    const onMessage = (message: ServerMessage) => {
      const chosen = choose(message)
      if (chosen !== undefined) finish(() => resolve(chosen))
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
