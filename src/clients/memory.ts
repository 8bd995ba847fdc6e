// Clients at hand: as the database has them, or had them seconds ago. The news says which have changed.

import { type Client, type ClientState, sameState } from './client.ts'

/** What is needed to remember; `trust` as in sessions/news.ts, `find` throws where there is no such client. */
export interface ClientMemoryDeps {
  find: (clientId: string) => Promise<Client>
  trust: () => Promise<void> | undefined
}

const most = 1_000

/** Opens the memory of clients. A client that does not change is the same object. */
export function openClientMemory({ find, trust }: ClientMemoryDeps) {
  const clients = new Map<string, Client>()
  let forgotten = 0

  const read = async (clientId: string): Promise<Client> => {
    const before = forgotten
    const client = await find(clientId)
    if (forgotten !== before) return client
    clients.set(clientId, client)
    const [oldest] = clients.keys()
    if (clients.size > most && oldest !== undefined) clients.delete(oldest)
    return client
  }

  return {
    /** A client by its id; rejects with what `find` says, or `unavailable`. */
    async get(clientId: string): Promise<Client> {
      if (clients.has(clientId)) await trust()
      return clients.get(clientId) ?? read(clientId)
    },
    /** A client as memory has it, however old, or as the database has it. Whoever uses it must check its state. */
    any: async (clientId: string): Promise<Client> => clients.get(clientId) ?? read(clientId),
    /** The ids of which the news should bring the states. */
    ids: (): string[] => [...clients.keys()],
    /** Forgets what is not in one of these states. */
    keep(states: ReadonlyMap<string, ClientState>, asked: readonly string[]): void {
      for (const id of asked) {
        if (sameState(clients.get(id), states.get(id))) continue
        forgotten += 1
        clients.delete(id)
      }
    },
    /** Forgets everything. */
    clear(): void {
      forgotten += 1
      clients.clear()
    },
  }
}
