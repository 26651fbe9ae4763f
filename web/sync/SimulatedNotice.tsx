import { Code, Text } from '@mantine/core'

export function SimulatedNotice() {
  return (
    <Text size="sm" component="div" className="notice">
      This shop is simulated: every product, customer and sale in it is made up.
      <details>
        <summary>How to mirror your own</summary>
        Set <Code>LIGHTSPEED_DOMAIN_PREFIX</Code> and <Code>LIGHTSPEED_TOKEN</Code>, name a new folder in{' '}
        <Code>CONSIGN_DATA_DIR</Code>, and start Consign again.
      </details>
    </Text>
  )
}
