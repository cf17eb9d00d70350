import { spawn, type ChildProcess } from 'node:child_process'
import { startFaultProxy } from '../fault-proxy/fault-proxy.js'
import { freePort } from './free-port.js'
import { controlOf } from './server-control.js'
import type { ServerOptions, TestServer } from './server.js'

const READY_WITHIN = 30_000

/** A real server. What it cannot do itself, breaking its connections, a proxy in front of it does. */
export async function startSurrealBinary(binary: string, options: ServerOptions): Promise<TestServer> {
  if (options.version !== undefined) throw new Error('SURREAL_BIN: a real server answers with its own version')
  const port = await freePort()
  const child = spawn(binary, flagsOf(port, options), {
    env: { ...process.env, SURREAL_ONLINE_VERSION_CHECK: 'false' },
    // what it inherits it keeps open, and Jest would wait for it
    stdio: 'ignore',
  })
  try {
    await ready(child, port)
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
  child.unref()
  const control = controlOf(child, port)
  const proxy = await startFaultProxy(port, { port: options.port ?? 0 }).catch(async (error: unknown) => {
    await control.stop()
    throw error
  })
  return {
    ...control,
    port: proxy.port,
    wsUrl: proxy.wsUrl,
    httpUrl: proxy.httpUrl,
    createsDatabases: false,
    dropConnections: () => proxy.cut(),
    async stop() {
      await control.stop()
      await proxy.stop()
    },
  }
}

function flagsOf(port: number, { store = 'mem://', requireAuth = false }: ServerOptions): string[] {
  const flags = ['--bind', `127.0.0.1:${port}`, '--username', 'root', '--password', 'root', '--log', 'none']
  return ['start', ...flags, ...(requireAuth ? [] : ['--unauthenticated']), store === 'mem://' ? 'memory' : store]
}

/** Resolves when the server says that it is ready; older ones have no word for it but that they are alive. */
async function ready(child: ChildProcess, port: number): Promise<void> {
  let failure: Error | undefined
  child.once('error', (error) => (failure = error))
  child.once('exit', (code) => (failure ??= new Error(`the server of SURREAL_BIN ended with code ${code}`)))
  const deadline = Date.now() + READY_WITHIN
  while (Date.now() < deadline) {
    if (failure) throw failure
    if ((await isFine(port, 'ready')) || (await isFine(port, 'health'))) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the server of SURREAL_BIN does not become ready')
}

async function isFine(port: number, route: string): Promise<boolean> {
  const answer = fetch(`http://127.0.0.1:${port}/${route}`, { signal: AbortSignal.timeout(1_000) })
  return answer.then(
    ({ ok }) => ok,
    () => false,
  )
}
