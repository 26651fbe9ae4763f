import { useMutation, useQuery, useQueryClient, type Query, type QueryClient } from '@tanstack/react-query'
import { answerOf, api, type Session } from '../api.ts'
import { troubleOf } from '../problem.ts'
import { announce } from '../ui/announcer.tsx'

const key = ['session']

/** Who is signed in. A simulated shop on this machine opens its door by itself. */
export function useSession() {
  return useQuery({ queryKey: key, queryFn: findSession, staleTime: Infinity, retry: 3 })
}

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (token: string) => answerOf(api.session.$post({ json: { token } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: key })
      announce('Signed in')
    },
    onError: (error) => announce(troubleOf(error).detail),
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => answerOf(api.session.$delete()),
    onSuccess: (session) => {
      client.setQueryData<Session>(key, session)
      client.removeQueries({ predicate: isAboutTheShop })
      announce('Signed out')
    },
  })
}

/** A cookie that the browser did not keep shows at the second look, so that nobody is let in and thrown out in a circle. */
async function findSession({ client }: { client: QueryClient }): Promise<Session> {
  const session = await answerOf(api.session.$get())
  if (session.signedIn || !session.open) return session
  await answerOf(api.session.$post({ json: {} }))
  void client.invalidateQueries({ predicate: isAboutTheShop })
  return answerOf(api.session.$get())
}

function isAboutTheShop({ queryKey }: Query): boolean {
  return queryKey[0] !== key[0]
}
