import type { TestServer } from './server.js'

/** Makes a namespace and a database: a real server does not do so for a plain request. */
export async function prepareDatabase(
  { httpUrl }: Pick<TestServer, 'httpUrl'>,
  namespace: string,
  database: string,
): Promise<void> {
  const [namespaceName, databaseName] = [namespace, database].map((name) => `\`${name}\``)
  const response = await fetch(httpUrl.replace(/\/rpc$/, '/sql'), {
    method: 'POST',
    headers: { accept: 'application/json', authorization: `Basic ${btoa('root:root')}` },
    body: `DEFINE NAMESPACE IF NOT EXISTS ${namespaceName}; USE NS ${namespaceName}; DEFINE DATABASE IF NOT EXISTS ${databaseName}`,
  })
  const text = await response.text()
  if (!response.ok || text.includes('"status":"ERR"')) throw new Error(`status ${response.status}: ${text}`)
}
