import { Code, Text } from '@mantine/core'

export function SimulatedNotice() {
  return (
    <Text size="sm" className="notice">
      This shop is simulated: no Lightspeed is connected, so every product, customer and sale here is made up. To mirror
      yours, set <Code>LIGHTSPEED_DOMAIN_PREFIX</Code> and <Code>LIGHTSPEED_TOKEN</Code>, name a new folder in{' '}
      <Code>CONSIGN_DATA_DIR</Code>, and start Consign again.
    </Text>
  )
}
