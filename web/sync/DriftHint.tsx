import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answerOf, api, type Drift } from '../api.ts'
import { countedAs, labelOf } from '../ui/humane.rules.ts'

const everyMs = 60_000

/** A quiet word when Lightspeed sends something that the mirror's columns do not know. */
export function DriftHint() {
  const drift = useQuery({
    queryKey: ['sync', 'drift'],
    queryFn: () => answerOf(api.sync.drift.$get()),
    refetchInterval: everyMs,
  })
  const found = drift.data?.data ?? []
  if (found.length === 0) return null
  return (
    <details className="drift">
      <summary>
        Lightspeed sends {countedAs(found.length, 'field')} that the mirror’s columns do not hold. Nothing is lost: each
        row keeps them in <code>raw</code>.
      </summary>
      <ul>
        {found.map((one) => (
          <DriftLine key={`${one.entity} ${one.field} ${one.kind}`} drift={one} />
        ))}
      </ul>
    </details>
  )
}

function DriftLine({ drift: { entity, field, kind, example } }: { drift: Drift }) {
  return (
    <li>
      <Text size="sm" span className="words">
        {labelOf(entity)}: <code>{field}</code> {kind === 'unknown' ? 'is new' : 'cannot be read'}
        {example !== null && (
          <>
            , for example <code>{example}</code>
          </>
        )}
      </Text>
    </li>
  )
}
