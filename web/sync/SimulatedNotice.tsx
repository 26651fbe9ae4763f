import { Code, Text } from '@mantine/core'

export function SimulatedNotice() {
  return (
    <Text size="sm" className="notice">
      No Lightspeed is set up, so Consign made up a shop: nothing you see here is real. To mirror yours, set{' '}
      <Code>LIGHTSPEED_DOMAIN_PREFIX</Code> and <Code>LIGHTSPEED_TOKEN</Code>, name another{' '}
      <Code>CONSIGN_DATA_DIR</Code>, and start Consign again.
    </Text>
  )
}
