import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { isPassing, isSignedOut } from './problem.ts'

const mostRetries = 1

/** Who turns out not to be signed in any more is asked in again; what may pass is tried again. */
export function makeQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) void client.invalidateQueries({ queryKey: ['session'] })
  }
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { retry: (failures, error) => isPassing(error) && failures < mostRetries, staleTime: 1_000 },
    },
  })
  return client
}
